package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

const (
	// byCompound is the confidence of a name within a hyphen compound, byPartyTag that of the place of a party tag.
	byCompound, byPartyTag = 0.8, 0.9
	// compoundReach is the number of tokens that the first or the last name of a compound may have besides the one with
	// the hyphen: General Motors-backed, anti-Hong Kong.
	compoundReach = 3
)

// inside finds the names within hyphen compounds and party tags, and parts them from what stands around them: Leeds-born |
// Mia Rusk holds Leeds and Mia Rusk. ms are sorted and do not overlap; so is the result. The names of users' lists stay
// as they are.
func inside(v *segment.View, set *rules.Set, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	c := &compounds{v: v, set: set, table: table, ms: ms}
	for i := range v.D.Tokens {
		switch w := v.Word(i); {
		case len(w) < 2 || !strings.ContainsAny(w, hyphens):
			c.spacedTag(i)
		case !c.partyTag(i):
			c.compound(i)
		}
	}
	if len(c.found) == 0 {
		return ms
	}
	return c.put()
}

// hyphens are the hyphens that lie within tokens.
const hyphens = "-‑"

// compounds looks for the names within the tokens of one document.
type compounds struct {
	v     *segment.View
	set   *rules.Set
	table *gazetteer.Table
	ms    []annot.Mention
	at    int                   // the first mention that does not end before the token
	named map[string]annot.Type // what the article names elsewhere; made when first asked for
	found []hyphened            // in the order of the text
}

// hyphened is a compound or a party tag, with the names in it.
type hyphened struct {
	annot.Span
	names []annot.Mention
}

// put returns the mentions with those found, which take the place of what they share text with. What a mention has
// before or after the compound is left of it.
func (c *compounds) put() []annot.Mention {
	out := make([]annot.Mention, 0, len(c.ms)+len(c.found)*2)
	k := 0
	for _, m := range c.ms {
		for k < len(c.found) && c.found[k].End <= m.Start {
			out = append(out, c.found[k].names...)
			k++
		}
		if k == len(c.found) || c.found[k].Start >= m.End {
			out = append(out, m)
			continue
		}
		if before, ok := c.within(annot.Span{Start: m.Start, End: min(m.End, c.found[k].Start)}); ok {
			m.Span, before = before, m.Span
			out = append(out, m)
			m.Span = before
		}
		end := m.End
		for k < len(c.found) && c.found[k].Start < end {
			out = append(out, c.found[k].names...)
			m.Start = c.found[k].End
			k++
		}
		if rest, ok := c.within(annot.Span{Start: m.Start, End: end}); ok {
			m.Span = rest
			out = append(out, m)
		}
	}
	for ; k < len(c.found); k++ {
		out = append(out, c.found[k].names...)
	}
	return out
}

// within returns the span without the white space, commas and brackets at its ends, and false if nothing is left.
func (c *compounds) within(s annot.Span) (annot.Span, bool) {
	if s.Start >= s.End {
		return s, false
	}
	around := func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '(' || r == '[' }
	text := c.v.D.Slice(s)
	s.Start += len(text) - len(strings.TrimLeftFunc(text, around))
	s.End -= len(text) - len(strings.TrimRightFunc(text, around))
	return s, s.Start < s.End
}

// around returns the mentions that share text with the span, which starts no earlier than those asked for before but for
// compoundReach tokens.
func (c *compounds) around(s annot.Span) []annot.Mention {
	for c.at < len(c.ms) && c.ms[c.at].End <= s.Start {
		c.at++
	}
	end := c.at
	for end < len(c.ms) && c.ms[end].Start < s.End {
		end++
	}
	return c.ms[c.at:end]
}

// compound looks for the names in the hyphen compound at token i.
func (c *compounds) compound(i int) {
	h, ok := c.pieces(i)
	if !ok || len(h.names) == 0 && !c.endsIn(i, rules.CompoundTail) {
		return
	}
	for _, m := range c.around(h.Span) {
		if !c.yields(m, h) {
			return
		}
	}
	if n := len(c.found); n > 0 && c.found[n-1].End > h.Start {
		return
	}
	c.found = append(c.found, h)
}

// yields reports whether the mention m may be taken apart for the compound: Paris-based | Lia Marsh may, Ann
// Smith-London may not.
func (c *compounds) yields(m annot.Mention, h hyphened) bool {
	n := len(h.names)
	modifier := n == 0 || h.names[n-1].End < h.End // US-led
	switch {
	case m.By == byUser, m.Start < h.Start:
		return false
	case m.End > h.End:
		return modifier && m.Start == h.Start || m.Start > h.Start
	case modifier || m.Start > h.Start && n == 1:
		return true
	case m.Span == h.Span && m.Type == annot.PER:
		return n > 1 && allOf(h.names, annot.PER)
	}
	if m.Type == annot.ORG && n == 2 && h.names[0].Type == annot.ORG && h.names[1].Type == annot.LOC {
		return m.Span != h.Span // the college of a body at a place: UNC-Charlotte
	}
	return m.Span != h.Span || m.Confidence < unsure || allOf(h.names, annot.LOC)
}

// allOf reports whether all mentions are of the type.
func allOf(ms []annot.Mention, t annot.Type) bool {
	for _, m := range ms {
		if m.Type != t {
			return false
		}
	}
	return true
}

// pieces returns the compound at token i with the names in it. It is none if a capitalised part of it is no name that is
// known; but before the last part of some compounds anything is: Leeds-born.
func (c *compounds) pieces(i int) (hyphened, bool) {
	v := c.v
	tok, word := v.D.Tokens[i].Span, v.Word(i)
	h := hyphened{Span: tok}
	if !letters(word) || c.name(i) {
		return h, false
	}
	modifier := c.endsIn(i, rules.CompoundTail)
	for from := 0; from < len(word); {
		span, t := annot.Span{}, annot.NoType
		to := len(word)
		if from == 0 {
			to = lastHyphen(word, 0, to) // not the whole word
		}
		for ; to > from; to = lastHyphen(word, from, to) {
			if span, t = c.known(i, annot.Span{Start: tok.Start + from, End: tok.Start + to}); t != annot.NoType {
				break
			}
		}
		if t == annot.NoType {
			to = nextHyphen(word, from)
			if !modifier && !c.plain(word[from:to], from == 0) {
				return h, false
			}
			if from == 0 && c.endsIn(i, rules.PlaceTail) && to == strings.LastIndexAny(word, hyphens) {
				span, t = c.unlistedPlace(i, to)
			}
		}
		if t != annot.NoType && t != annot.MISC {
			h.names = append(h.names, annot.Mention{Span: span, Type: t, By: "model/compound", Confidence: byCompound})
			h.Start, h.End = min(h.Start, span.Start), max(h.End, span.End)
		}
		_, n := utf8.DecodeRuneInString(word[to:])
		from = to + n
	}
	return h, true
}

// endsIn reports whether the last part of the compound at token i is of the class.
func (c *compounds) endsIn(i int, class rules.StageClass) bool {
	word := c.v.Word(i)
	k := strings.LastIndexAny(word, hyphens)
	_, n := utf8.DecodeRuneInString(word[k:])
	return c.set.StageClasses(word[k+n:]).Has(class)
}

// unlistedPlace returns the place that no list has, of n bytes of token i, before the last part of a compound which
// follows places only: Fenn | -based.
func (c *compounds) unlistedPlace(i, n int) (annot.Span, annot.Type) {
	v := c.v
	s := annot.Span{Start: v.D.Tokens[i].Start, End: v.D.Tokens[i].Start + n}
	taken := false
	for _, m := range c.around(v.D.Tokens[i].Span) {
		taken = true
		s.Start = min(s.Start, m.Start) // Lake Orrin-based
	}
	text := v.D.Slice(s)
	if !v.Upper(i) || allUpper(text) || !taken && c.lower(text) {
		return s, annot.NoType
	}
	return s, annot.LOC
}

// letters reports whether the word begins with a letter, is not overlong and holds no mark of an address.
func letters(word string) bool {
	const overlong = 64
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r) && len(word) <= overlong && !strings.ContainsAny(word, "/@:_")
}

// lastHyphen returns the offset of the last hyphen of the word before offset to and after from, or from if there is none.
func lastHyphen(word string, from, to int) int {
	if k := strings.LastIndexAny(word[from:to], hyphens); k > 0 {
		return from + k
	}
	return from
}

// nextHyphen returns the offset of the first hyphen of the word after offset from, or the length of the word.
func nextHyphen(word string, from int) int {
	if k := strings.IndexAny(word[from:], hyphens); k >= 0 {
		return from + k
	}
	return len(word)
}

// name reports whether the whole token i is a listed name, or the people of a place: Guinea-Bissau, Anglo-American.
func (c *compounds) name(i int) bool {
	_, ok := c.table.Phrase(gazetteer.Hash(c.v.Word(i)))
	return ok || c.v.Is(i, rules.Demonym)
}

// known returns the type of the part of token i if it is known as a name, and its span, which may begin before the token or
// end after it. MISC stands for the people of a place, who are no name.
func (c *compounds) known(i int, part annot.Span) (annot.Span, annot.Type) {
	v := c.v
	tok := v.D.Tokens[i].Span
	if r, _ := utf8.DecodeRuneInString(v.D.Text[part.Start:]); !unicode.IsUpper(r) && part.Len() < 6 {
		return part, annot.NoType
	}
	sentence := c.reach(i)
	if part.Start == tok.Start {
		for k := max(sentence.first, i-compoundReach); k < i; k++ {
			if t := c.typeOf(v.D.Tokens[k].Start, part.End); t != annot.NoType && v.Upper(k) {
				return annot.Span{Start: v.D.Tokens[k].Start, End: part.End}, t
			}
		}
	}
	if part.End == tok.End {
		for k := min(sentence.end, i+compoundReach+1) - 1; k > i; k-- {
			if t := c.typeOf(part.Start, v.D.Tokens[k].End); t != annot.NoType && v.Upper(k) {
				return annot.Span{Start: part.Start, End: v.D.Tokens[k].End}, t
			}
		}
	}
	return part, c.typeOf(part.Start, part.End)
}

// reach returns the capitalised tokens around token i that a space sets apart at most, compoundReach on each side.
func (c *compounds) reach(i int) run {
	v, r := c.v, run{i, i + 1}
	for r.first > 0 && i-r.first < compoundReach && v.Upper(r.first-1) && spaced(v, r.first-1) {
		r.first--
	}
	for r.end < len(v.D.Tokens) && r.end-i <= compoundReach && v.Upper(r.end) && spaced(v, r.end-1) {
		r.end++
	}
	return r
}

// typeOf returns the type of the name that the text from start to end is, as the article or the gazetteer knows it.
func (c *compounds) typeOf(start, end int) annot.Type {
	text := c.v.D.Text[start:end]
	if t, ok := c.article()[text]; ok {
		return t
	}
	e, ok := c.table.Phrase(gazetteer.Hash(gazetteer.Split(text)...))
	switch {
	case !ok && c.personInNews(text):
		return annot.PER
	case !ok || c.lower(text):
		return annot.NoType
	case e.Best == annot.MISC:
		return annot.MISC
	case surelyPlaceOrBody(e), (e.Best == annot.LOC || e.Best == annot.ORG) && e.Weight >= 6:
		return e.Best
	}
	return annot.NoType
}

// personInNews reports whether the word is used in news as the name of a person is: after titles or before verbs of
// speech, seldom after “the” or “in”.
func (c *compounds) personInNews(word string) bool {
	const inTitles = rules.TitleWord | rules.RoleNoun | rules.Abbreviation
	seq, ok := c.table.CapSeq(gazetteer.Hash(word))
	if !ok || seq.N < 5 || seq.TheBefore > 0.25 || seq.LocPrepBefore > 0.1 || c.set.Classes(word)&inTitles != 0 {
		return false
	}
	ratio, known := c.table.Case(word)
	return known && ratio < 0.1 && (seq.TitleBefore > 0.07 || seq.TitleBefore > 0.03 && seq.SayAfter > 0.05)
}

// lower reports whether the word, which is not in capitals, is mostly written in lower case.
func (c *compounds) lower(word string) bool {
	ratio, known := c.table.Case(word)
	return known && ratio > 0.5 && !allUpper(word)
}

// plain reports whether the part of a compound names nothing: led, pro-, Anti-. Little words between others are
// parts of a name: Stratford-upon-Avon.
func (c *compounds) plain(part string, first bool) bool {
	switch r, _ := utf8.DecodeRuneInString(part); {
	case len(part) < 2 || !first && c.set.Classes(part)&function != 0:
		return false
	case unicode.IsLower(r), first && c.set.StageClasses(part).Has(rules.CompoundHead):
		return true
	}
	return c.lower(part)
}

// article returns the types of the names that the article has elsewhere, of persons also their last names.
func (c *compounds) article() map[string]annot.Type {
	if c.named != nil {
		return c.named
	}
	c.named = map[string]annot.Type{}
	for _, m := range c.ms {
		text := c.v.D.Slice(m.Span)
		if m.Confidence < sure || m.Type == annot.MISC || m.By == byUser || strings.ContainsAny(text, hyphens) {
			continue
		}
		c.named[text] = m.Type
		if k := lastWord(text); k > 0 && m.Type == annot.PER {
			c.named[text[k:]] = annot.PER
		}
	}
	return c.named
}
