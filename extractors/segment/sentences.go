package segment

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// lookahead is how many tokens after a closing mark are searched for a reporting verb. It bounds the work per mark.
const lookahead = 8

// maxParenthesis is how many tokens a parenthesis may hold and still not be split.
const maxParenthesis = 80

// place says where a token is in the quotation structure and the parentheses.
type place uint8

const (
	opener   place = 1 << iota // an opening quotation mark
	closer                     // a closing one
	inMarks                    // within quotation marks, these included
	inParens                   // within a parenthesis that is closed again
)

// end is a kind of sentence end.
type end uint8

const (
	noEnd     end = iota
	stop          // .
	query         // ? and !
	ellipsis      // … and . . .
	shortened     // an abbreviation
	broken        // a dash before a closing mark: “But I —”
)

// splitter finds sentences with the help of the lexical classes and cues of set and the case of words in table.
type splitter struct {
	set   *rules.Set
	table *gazetteer.Table
}

// split is the state for one document.
type split struct {
	set    *rules.Set
	table  *gazetteer.Table
	d      *annot.Document
	places []place // of each token
}

// sentences fills d.Sentences; ends[i] is the index of the token after paragraph i.
func (s splitter) sentences(d *annot.Document, ends []int) {
	x := split{set: s.set, table: s.table, d: d, places: make([]place, len(d.Tokens))}
	x.placeMarks()
	x.placeParentheses(ends)
	if cap(d.Sentences) == 0 {
		d.Sentences = make([]annot.Sentence, 0, len(d.Tokens)/16+len(ends))
	}
	d.Sentences = d.Sentences[:0]
	from := 0
	for i, to := range ends {
		x.paragraph(i, from, to)
		from = to
	}
}

// placeMarks notes for every token whether it is a mark or within marks.
func (x *split) placeMarks() {
	toks := x.d.Tokens
	i := 0
	for _, m := range x.d.Marked {
		for i < len(toks) && toks[i].Start < m.Start {
			i++
		}
		if m.Open > 0 && i < len(toks) && toks[i].Start == m.Start {
			x.places[i] |= opener
		}
		if m.Close > 0 {
			if j := sort.Search(len(toks), func(j int) bool { return toks[j].Start >= m.End-m.Close }); j < len(toks) && toks[j].Start == m.End-m.Close {
				x.places[j] |= closer
			}
		}
		if m.Parent < 0 {
			for j := i; j < len(toks) && toks[j].Start < m.End; j++ { // stretches without a parent do not overlap
				x.places[j] |= inMarks
			}
		}
	}
}

// placeParentheses notes the tokens within parentheses, brackets not included.
func (x *split) placeParentheses(ends []int) {
	const maxOpen = 4
	from := 0
	for _, to := range ends {
		var open [maxOpen]int
		n := 0
		for i := from; i < to; i++ {
			switch x.byteToken(i) {
			case '(', '[':
				if n < maxOpen {
					open[n] = i
					n++
				}
			case ')', ']':
				if n == 0 {
					continue
				}
				n--
				if i-open[n] <= maxParenthesis {
					for j := open[n] + 1; j < i; j++ {
						x.places[j] |= inParens
					}
				}
			}
		}
		from = to
	}
}

func (x *split) text(i int) string { return x.d.Slice(x.d.Tokens[i].Span) }

// byteToken returns token i if it is one byte, else 0.
func (x *split) byteToken(i int) byte {
	if t := x.d.Tokens[i]; t.Len() == 1 {
		return x.d.Text[t.Start]
	}
	return 0
}

// glued reports whether token i follows the one before without white space.
func (x *split) glued(i int) bool { return i > 0 && x.d.Tokens[i-1].End == x.d.Tokens[i].Start }

// paragraph appends the sentences of paragraph p, which holds the tokens [from, to).
func (x *split) paragraph(p, from, to int) {
	start := from
	if z := x.d.Paragraphs[p].Zone; z == annot.Dateline || z == annot.Byline {
		start, from = from, to // SACRAMENTO, Calif. (AP) — holds no sentence
	}
	for i := from; i < to; {
		kind := x.endAt(i)
		if kind == noEnd {
			i++
			continue
		}
		r := x.rest(i, to, kind)
		if r.next < to && x.splits(start, i, to, r) {
			x.add(p, start, r.next)
			start = r.next
		}
		i = r.next
	}
	if start < to {
		x.add(p, start, to)
	}
}

func (x *split) add(p, from, to int) {
	toks := x.d.Tokens
	x.d.Sentences = append(x.d.Sentences, annot.Sentence{
		Span: annot.Span{Start: toks[from].Start, End: toks[to-1].End}, Paragraph: p, FirstToken: from, EndToken: to,
	})
}

// endAt returns the kind of sentence end that token i may be.
func (x *split) endAt(i int) end {
	t := x.d.Tokens[i]
	text := x.d.Text
	switch last := text[t.End-1]; {
	case last == '.':
		if t.Len() == 1 {
			return stop
		}
		if text[t.Start] == '.' {
			return ellipsis
		}
		return shortened
	case t.Len() > 3:
		return noEnd
	case last == '!' || last == '?':
		return query
	case last < utf8.RuneSelf && last != '-':
		return noEnd
	}
	switch text[t.Start:t.End] {
	case "…":
		return ellipsis
	case "。":
		return stop
	case "！", "？", "‽":
		return query
	case "—", "–", "--", "―":
		return broken
	}
	return noEnd
}

// ending is what may end a sentence: punctuation and the closing marks and brackets after it.
type ending struct {
	kind   end
	next   int  // the token after it
	marks  bool // a closing mark is part of it
	parens bool // a closing bracket is
}

// rest returns the whole ending that begins with token i.
func (x *split) rest(i, to int, kind end) ending {
	r := ending{kind: kind, next: i + 1}
	stops := 0
	if kind == stop {
		stops = 1
	}
	for ; r.next < to; r.next++ {
		j := r.next
		if k := x.endAt(j); k == stop || k == query || k == ellipsis {
			if k != stop && !x.glued(j) && r.kind != ellipsis && k != ellipsis {
				break
			}
			if k == stop {
				stops++
			}
			if k == query && r.kind != ellipsis || k == ellipsis {
				r.kind = k
			}
			if r.kind == broken || r.kind == shortened {
				r.kind = k
			}
			continue
		}
		if b := x.byteToken(j); (b == ')' || b == ']') && x.glued(j) {
			r.parens = true
			continue
		}
		if x.closes(j, to) {
			r.marks = true
			continue
		}
		if x.places[j]&opener == 0 && x.glued(j) {
			if k, _ := at(x.d.Text, x.d.Tokens[j].Start); k == format {
				continue
			}
		}
		break
	}
	if stops >= 3 {
		r.kind = ellipsis // . . .
	}
	return r
}

// closes reports whether token i is a closing quotation mark, a paired one or one that plainly ends something.
func (x *split) closes(i, to int) bool {
	if x.places[i]&closer != 0 {
		return true
	}
	if x.places[i]&opener != 0 || !x.glued(i) {
		return false
	}
	switch x.text(i) {
	case "”", "»", "›":
		return true
	case "\"", "''", "’", "'":
		return i+1 == to || !x.glued(i+1)
	}
	return false
}

// splits reports whether the sentence that starts with token start ends with r, the ending that begins at token i.
func (x *split) splits(start, i, to int, r ending) bool {
	if r.kind == broken && !r.marks {
		return false
	}
	if r.kind == query && i > start && x.byteToken(i-1) == ',' {
		return false // a lost closing mark: ?We tried,? Ruth said.
	}
	if r.kind == query && x.inName(start, i, to) {
		return false
	}
	if x.places[i]&inParens != 0 && !(r.parens && (r.kind == stop || x.byteToken(start) == '(')) {
		return false
	}
	if r.kind == query && !r.marks && x.places[i]&inMarks != 0 && x.inTitle(start, i, to) {
		return false
	}
	m := r.next // the first token after the marks that open there
	for m < to && x.opens(m) {
		m++
	}
	if m == to {
		return false
	}
	word := x.text(m)
	first, n := utf8.DecodeRuneInString(word)
	if m == r.next {
		switch first {
		case ',', ';', ':', '—', '–', '―', '-', ')', ']', '/', '%':
			return false
		}
		if x.glued(m) && !r.marks && !(unicode.IsUpper(first) && x.lostSpace(start, i, m, r.kind)) {
			return false
		}
	}
	if unicode.IsLower(first) {
		second, _ := utf8.DecodeRuneInString(word[n:])
		camel := unicode.IsUpper(second) // iPhone
		return (camel || m > r.next) && r.kind == stop
	}
	switch r.kind {
	case stop:
		return !x.enumerates(start, i)
	case shortened:
		return x.splitsShortened(start, i, m, to, r)
	case ellipsis:
		if !r.marks {
			return x.places[i]&inMarks == 0 && unicode.IsUpper(first) && word != "I"
		}
	}
	if r.marks && m == r.next {
		return !x.reports(m, to)
	}
	return true
}

// maxTitle is how many tokens a title with a mark that ends sentences is looked for on either side of that mark.
const maxTitle = 10

// inTitle reports whether token i stands in marks around the title of a work, which the sentence goes on around: the novel “Guards!
// Guards!” sold well. All its words but the small ones are capitalised, and a word in small letters comes before it.
func (x *split) inTitle(start, i, to int) bool {
	const small = rules.Determiner | rules.Preposition | rules.Conjunction
	first := i
	for first > start && i-first < maxTitle && x.places[first]&opener == 0 {
		first--
	}
	if x.places[first]&opener == 0 || first == start || !x.lowerWord(first-1, start) && !Possessive(x.text(first-1)) {
		return false
	}
	last := i
	for last < to-1 && last-i < maxTitle && x.places[last]&closer == 0 {
		last++
	}
	if x.places[last]&closer == 0 {
		return false
	}
	for j := first + 1; j < last; j++ {
		word := x.text(j)
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && (j == first+1 || x.set.Classes(word)&small == 0) {
			return false
		}
	}
	return last+1 == to || x.goesOn(last+1, start)
}

// goesOn reports whether token m after a title goes on with the sentence: a word in small letters that is no reporting verb, or no word.
func (x *split) goesOn(m, start int) bool {
	word := x.text(m)
	return !wordAt(word, 0) || x.lowerWord(m, start) && x.set.Cue(word) == nil
}

// lostSpace reports whether a space is missing between the ending at token i and the capitalised word m: on Monday.The fire, at 9
// p.m.Police; but not www.Kestrel.
func (x *split) lostSpace(start, i, m int, kind end) bool {
	if kind == shortened {
		return clock(x.text(i))
	}
	return x.lowerWord(i-1, start) || i > start && len(x.text(m)) > 1 && x.set.Classes(x.text(m))&starters != 0
}

// opens reports whether token i is an opening mark, a bracket or a dash that may precede the first word of a sentence.
func (x *split) opens(i int) bool {
	if x.places[i]&opener != 0 {
		return true
	}
	switch x.text(i) {
	case "(", "[", "“", "«", "‹", "``", "‘", "¡", "¿":
		return true
	case "\"", "''", "'":
		return !x.glued(i) && x.places[i]&closer == 0
	}
	return false
}

// lowerWord reports whether token i is a word in lower case, not before token start.
func (x *split) lowerWord(i, start int) bool {
	if i < start {
		return false
	}
	t := x.d.Tokens[i]
	c := x.d.Text[t.Start]
	return t.Len() > 1 && c >= 'a' && c <= 'z'
}

// enumerates reports whether the full stop at token i belongs to the number of a list item: 1. Take the bus.
func (x *split) enumerates(start, i int) bool {
	if i == start {
		return true
	}
	if i > start+1 {
		return false
	}
	t := x.d.Tokens[start]
	return t.Len() <= 2 && kinds[x.d.Text[t.Start]] == digit || t.Len() == 1 && kinds[x.d.Text[t.Start]] == letter
}

// starters are the classes of words that begin sentences and hardly ever stand capitalised within one.
const starters = rules.Determiner | rules.Possessive | rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst |
	rules.PronounImpersonal | rules.Preposition | rules.Conjunction | rules.Subordinator | rules.SentenceAdverb | rules.QuestionWord |
	rules.CommonCap | rules.Auxiliary | rules.Modal

// splitsShortened decides on an abbreviation, token i, before the word m: its full stop ends the sentence as well if a
// word follows that begins sentences: He moved to the U.S. The house is empty.
func (x *split) splitsShortened(start, i, m, to int, r ending) bool {
	if b := x.byteToken(r.next); r.parens && !r.marks || b == '(' || b == '[' {
		return false // Schiff (D-Calif.) said; Sims Jr. (D-Chicago) said
	}
	if r.marks {
		return !x.reports(m, to)
	}
	word := x.text(i)
	class := x.set.Classes(word)
	if class&(rules.TitleWord|rules.HonorificMale|rules.HonorificFemale) != 0 {
		return false
	}
	next := x.text(m)
	if !firstUpper(next) {
		return false
	}
	initial := len(word) == 2 // J. A. Smith
	switch c := x.set.Classes(next); {
	case clock(word):
		return !(x.dates(m, to) || x.modifies(start, i) || x.saysWhen(start, i))
	case x.commonPlural(i, m, to):
		return !initial || x.lowerWord(i-1, start) // hepatitis B. Doctors said
	case class&rules.Month != 0:
		return false
	case c&starters != 0:
		return !(initial && (len(next) < 2 || x.surname(start, i, m, to)))
	}
	return m > r.next && !initial
}

// surname reports whether the word m, which may begin a sentence, is a surname after the initial i: a name comes before the initial,
// and after the word what ends a name, not what goes on with a sentence: Ernest R. May. L. L. May & Co
func (x *split) surname(start, i, m, to int) bool {
	named := i > start && firstUpper(x.text(i-1)) && x.set.Classes(x.text(i-1))&starters == 0
	if !named || x.set.Classes(x.text(m))&(rules.Modal|rules.CommonCap) == 0 || x.set.Classes(x.text(m))&rules.SentenceAdverb != 0 {
		return false
	}
	if m+1 >= to {
		return true
	}
	switch next := x.text(m + 1); next {
	case ".", ";", ":", ")", "&", "”", "\"":
		return true
	default:
		if Possessive(next) {
			return true
		}
	}
	c := x.set.Cue(x.text(m + 1))
	return c != nil && c.Class != rules.Noun && c.Class != rules.Phrase && x.lowerWord(m+1, m)
}

// firstUpper reports whether the word begins with a capital.
func firstUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// clock reports whether a word is the second part of a time of day.
func clock(word string) bool {
	return strings.EqualFold(word, "p.m.") || strings.EqualFold(word, "a.m.")
}

// zone reports whether a word after a time of day is that of a time zone: EST, GMT, Eastern; short ones stand in capitals.
func (x *split) zone(word string) bool {
	return x.set.StageClasses(word).Has(rules.TimeZone) && (len(word) > 5 || strings.ToUpper(word) == word)
}

// modifies reports whether the time of day that ends with token i stands before a noun: the 5 p.m. Senate vote.
func (x *split) modifies(start, i int) bool {
	return i-2 >= start && x.set.Classes(x.text(i-2))&(rules.Determiner|rules.Possessive) != 0
}

// dates reports whether token m, after a time of day, says more of when: 5 p.m. Monday, 5 p.m. EST, 5 p.m. Lund time.
func (x *split) dates(m, to int) bool {
	word := x.text(m)
	return x.set.Classes(word)&(rules.Weekday|rules.Month|rules.TimeWord) != 0 || x.zone(word) || m+1 < to && x.text(m+1) == "time"
}

// saysWhen reports whether the words up to the time of day that ends with token i say nothing but when something happens, so that the
// clause is yet to come: At 5 a.m. Mr. Boyd left. By about 9 p.m. on
func (x *split) saysWhen(start, i int) bool {
	const when = rules.Preposition | rules.TimeWord | rules.Weekday | rules.Month | rules.Determiner | rules.NumberWord
	if i-start > lookahead || x.set.Classes(x.text(start))&rules.Preposition == 0 {
		return false
	}
	for j := start + 1; j < i; j++ {
		if k, _ := at(x.text(j), 0); k == letter && x.set.Classes(x.text(j))&when == 0 {
			return false
		}
	}
	return true
}

// inName reports whether the mark at token i is a part of the name before it and a word of the name follows: Yahoo! Japan.
func (x *split) inName(start, i, to int) bool {
	if i == start || i+1 == to || !x.glued(i) || x.d.Tokens[i].Len() > 1 || !x.set.StageClasses(x.text(i-1)).Has(rules.ExclaimedName) {
		return false
	}
	next := x.text(i + 1)
	return !x.glued(i+1) && firstUpper(next) && x.set.Classes(next)&starters == 0
}

// commonPlural reports whether token m, after the abbreviation i, is a capitalised plural that news hardly ever writes so within a
// sentence, before a word in lower case: Firefighters freed, Sales rose, Lawyers for; but not Centers for Disease Control, U.S. Forces.
func (x *split) commonPlural(i, m, to int) bool {
	word := x.text(m)
	if m+1 == to || len(word) < 4 || !strings.HasSuffix(word, "s") || !x.lowerWord(m+1, m) {
		return false
	}
	least, names := float32(0.85), rules.OrgHead
	linked := x.set.Classes(x.text(m+1))&(rules.Preposition|rules.Conjunction) != 0
	if linked {
		least = 0.97
	}
	if linked || strings.Count(x.text(i), ".") > 1 {
		names |= rules.GroupNoun
	}
	ratio, known := x.table.Case(word)
	return known && ratio >= least && x.set.Classes(word)&rules.TitleWord == 0 && x.set.Classes(strings.TrimSuffix(word, "s"))&names == 0
}

// reports reports whether the tokens from i on report what is in the marks before them, as in “Who signed it?”
// Harris asked: a name, a title or a pronoun, then a reporting verb, with no other verb and no punctuation but commas
// and the stops of titles in between. At most lookahead tokens are read.
func (x *split) reports(i, to int) bool {
	if x.set.Classes(x.text(i))&rules.Weekday != 0 {
		return true // She asked “Why?” Monday.
	}
	if first := x.text(i); first != "I" && x.set.Classes(first)&starters != 0 {
		// What goes on has a small letter here, as in “Really?” he asked. With a capital it is a sentence of its own, unless
		// it is nothing but a slip: “Really?” He asked.
		return i+2 < to && x.set.Cue(x.text(i+1)) != nil && x.byteToken(i+2) == '.'
	}
	for j := i; j < to && j < i+lookahead; j++ {
		word := x.text(j)
		if word == "," || Possessive(word) {
			continue
		}
		if k, _ := at(word, 0); k != letter && k != digit {
			return false
		}
		if j > i {
			if c := x.set.Cue(word); c != nil && c.Class != rules.Noun && c.Class != rules.Phrase && word[0] >= 'a' && word[0] <= 'z' {
				return true
			}
		}
		class := x.set.Classes(word)
		if class&(rules.Auxiliary|rules.Modal|rules.Negation|rules.Subordinator|rules.CommonVerb) != 0 && !strings.HasSuffix(word, ".") {
			return false
		}
		if class&rules.Conjunction != 0 && !strings.EqualFold(word, "and") {
			return false
		}
	}
	return false
}
