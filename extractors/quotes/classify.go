package quotes

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// fragment is the least number of words of a stretch that is a quote even if no cue is in its sentence. On the train
// part of PolNeAR 2, 3, 5 and 6 gave precision 95.5, 96.1, 96.3 and 96.4 with a recall of mixed quotes of 92.8, 91.4,
// 90.2 and 90.0.
const fragment = 3

// shape is what the words and marks of a stretch look like.
type shape struct {
	first, end  int // tokens between the marks
	words       int // of them, words
	upper       bool
	titleCase   bool // every word that is not a function word begins with a capital
	comma, full bool // a comma, or a mark that ends a sentence, stands before the closing mark
}

const small = rules.Determiner | rules.Preposition | rules.Conjunction

func (f *finder) shape(it segment.Item) shape {
	v := f.v
	m := f.d.Marked[it.Mark]
	s := shape{first: it.First, end: it.End, titleCase: true}
	for s.first < s.end && f.d.Tokens[s.first].Start < m.Start+m.Open {
		s.first++
	}
	for s.end > s.first && m.Close > 0 && f.d.Tokens[s.end-1].End > m.End-m.Close {
		s.end--
	}
	seen := false
	for i := s.first; i < s.end; i++ {
		r, _ := utf8.DecodeRuneInString(v.Word(i))
		if !v.Letter(i) {
			if unicode.IsDigit(r) {
				s.words++
			}
			continue
		}
		if v.D.Tokens[i].Start == v.D.Tokens[max(i-1, 0)].End && (v.Word(i)[0] == '\'' || r == 's') && i > s.first {
			continue // 's
		}
		s.words++
		up := unicode.IsUpper(r)
		if !seen {
			s.upper, seen = up, true
		}
		if !up && (v.Class[i]&small == 0 || i == s.first) {
			s.titleCase = false
		}
	}
	if s.end > s.first {
		switch w := v.Word(s.end - 1); w {
		case ",":
			s.comma = true
		case ".", "?", "!", "…", "...", "—", "–", "--", "?!", "!!", ". . .":
			s.full = true
		}
	}
	s.titleCase = s.titleCase && seen
	return s
}

// classify decides on the outer stretch that is item i of unit u.
func (f *finder) classify(u, i int) verdict {
	v, d := f.v, f.d
	unit := &v.Units[u]
	it := unit.Items[i]
	m := d.Marked[it.Mark]
	s := f.shape(it)
	zone := d.Paragraphs[m.Paragraph].Zone
	switch {
	case zone == annot.Related:
		return verdict{why: annot.ReadMore}
	case zone == annot.Boilerplate, zone == annot.Byline:
		return verdict{why: annot.OtherWhy}
	case m.NoOpener && !f.continued(it.Mark):
		return verdict{why: annot.NoOpener}
	case s.words == 0:
		return verdict{why: annot.OtherWhy}
	case m.NoOpener:
		return verdict{kind: annot.Direct}
	}
	c := f.context(unit, i, s)
	f.sight[it.Mark] = sight{unit: u, item: i, shape: s, context: c}
	if why, by := f.notWords(unit, i, s); why != annot.NoWhy {
		return verdict{why: why, by: by}
	}
	switch {
	case f.continued(it.Mark), m.Runs:
		return verdict{kind: annot.Direct}
	case zone == annot.Headline:
		// In headlines marks stand for somebody's words far more often than for anything else.
		return verdict{kind: annot.Mixed, by: inHeadline}
	case looksLikeTitle(s, c):
		return verdict{why: annot.Title, by: titleCased}
	case c.cueAfter && (s.comma || s.full || c.startsUnit || m.Unclosed), c.colon, c.alone && (s.full || s.comma || s.words > 3):
		return verdict{kind: f.kind(s, true), by: standsAlone}
	case (c.cueBefore || c.comma && c.cue) && (s.upper || s.full || s.comma):
		return verdict{kind: f.kind(s, c.comma && s.upper), by: afterCue}
	case s.upper && (s.full || s.comma || m.Unclosed) && s.words >= 3 && c.startsUnit:
		return verdict{kind: annot.Direct, by: opensSentence}
	case c.cueBefore, c.cue, c.according, c.as, c.noun && s.words > 1:
		return verdict{kind: f.kind(s, false), by: nearCue}
	case s.words >= fragment:
		return verdict{kind: f.kind(s, s.upper && s.full), by: long}
	}
	return verdict{why: annot.Scare, by: short}
}

// looksLikeTitle reports whether the words are capitalised as in a title, and nothing around them says that somebody said them.
func looksLikeTitle(s shape, c context) bool {
	if !s.titleCase || s.words < 2 || s.words > 10 {
		return false
	}
	called := c.call && c.cueBefore
	attributed := c.cueAfter && s.comma || c.cueBefore && (s.full || s.words > 6)
	sentence := c.alone || s.full && s.upper && c.startsUnit
	return !c.as && !c.colon && !called && !attributed && !sentence
}

// kind tells a clause from a fragment. A stretch that stands by itself, as before "he said" or after a colon, is
// direct, and so is one that holds a subject and its verb: said “he is home”.
func (f *finder) kind(s shape, standsAlone bool) annot.Kind {
	if standsAlone || f.clause(s) {
		return annot.Direct
	}
	return annot.Mixed
}

// clause reports whether the words between the marks are a clause: a subject at their beginning and a finite verb.
func (f *finder) clause(s shape) bool {
	v := f.v
	const pronoun = rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst | rules.PronounImpersonal
	if s.end-s.first < 2 || v.Is(s.first, rules.Preposition|rules.Conjunction|rules.PronounRelative|rules.Subordinator) && !v.Is(s.first, pronoun) {
		return false
	}
	if v.Is(s.first, rules.Auxiliary|rules.Modal) {
		return s.end-s.first > 2 && v.Is(s.first+1, pronoun|rules.Determiner) // are we there yet
	}
	for i := s.first + 1; i < min(s.end, s.first+9); i++ {
		c := v.Class[i]
		switch {
		case v.Word(i) == ",":
			return false
		case c&(rules.Auxiliary|rules.Modal) != 0:
			return true
		case c&rules.Preposition != 0, c&rules.PronounRelative != 0:
			return false
		case c&rules.Determiner != 0 && !v.Is(i-1, pronoun) && i > s.first+1:
			return true // a verb stands before the object's article: money buys the vote
		case f.verb(i) && !v.Is(i-1, rules.Determiner|rules.Possessive|rules.Adverb|rules.Preposition) && (i == s.end-1 || !v.Upper(i)):
			return true
		case v.Is(i-1, pronoun) && !v.Is(i, rules.Adverb):
			return true
		}
	}
	return false
}

// verb reports whether token i is a form of a verb.
func (f *finder) verb(i int) bool {
	return f.v.Is(i, rules.CommonVerb) || f.set.Cue(f.v.Word(i)) != nil && f.set.Cue(f.v.Word(i)).Class != rules.Noun
}

// context is what stands around a stretch in its unit.
type context struct {
	colon      bool // a colon stands before it
	comma      bool // a comma stands before it
	cueBefore  bool // a cue stands right before it, a comma, "that" and the like aside
	cueAfter   bool // a cue and its subject follow it
	cue        bool // a cue is in the unit
	according  bool // an according-to phrase is in the unit
	startsUnit bool // it is the first item
	alone      bool // it is the whole unit
	call       bool // the cue right before it names or describes: called him
	as         bool // "as", and perhaps an article, stands before it: dismissed him as a
	noun       bool // a noun of speech stands before it: his claim that
}

func (f *finder) context(unit *segment.Unit, i int, s shape) (c context) {
	v := f.v
	items := unit.Items
	c.startsUnit = i == 0
	c.alone = i == 0 && len(items) < 20 && f.onlyPunctuation(items[1:])
	j := i - 1
	if j >= 0 && (v.Word(items[j].First) == "(" || v.Word(items[j].First) == "[") {
		j--
	}
	if j >= 0 && !items[j].Quoted() {
		switch k := items[j].First; {
		case v.Word(k) == ":":
			c.colon = true
			j--
		case v.Word(k) == ",":
			c.comma = true
			j--
		case v.In(k, rules.BeforeMarks) && !v.Upper(k):
			j--
		}
	}
	if k := i - 1; k >= 0 && !items[k].Quoted() {
		if k > 0 && v.Is(items[k].First, rules.Determiner) && !items[k-1].Quoted() {
			k--
		}
		c.as = segment.EqualFold(v.Word(items[k].First), "as") && k > 0
	}
	// Cues further away than this do not govern the stretch, and every stretch looks at as many items at most: linear.
	const reach = 80
	for k := max(0, i-reach); k < min(len(items), i+reach); k++ {
		it := items[k]
		if it.Quoted() || v.Cue[it.First] == nil {
			continue
		}
		cue := v.Cue[it.First]
		if cue.Class == rules.Phrase {
			c.according = true
		}
		if cue.Class != rules.Noun && cue.Weight >= 0.4 && !f.adjectival(items, k) {
			c.cue = true
		}
		if end := k + int(v.CueLen[it.First]); end-1 == j ||
			end == j && v.Is(items[j].First, rules.Adverb|rules.PronounImpersonal|rules.PronounMale|rules.PronounFemale|rules.PronounPlural) {
			c.cueBefore = cue.Class != rules.Noun || c.colon
		}
		if k < i && cue.Class == rules.Call && i-k < 12 {
			c.call = true
		}
		if k < i && cue.Class == rules.Noun && i-k < 12 {
			c.noun = true
		}
	}
	c.cueAfter = f.cueFollows(items, i)
	return c
}

// adjectival reports whether the cue at item k modifies a noun: the stated goal.
func (f *finder) adjectival(items []segment.Item, k int) bool {
	return k > 0 && !items[k-1].Quoted() && f.v.Is(items[k-1].First, rules.Determiner|rules.Possessive) && k+1 < len(items)
}

func (f *finder) onlyPunctuation(items []segment.Item) bool {
	for _, it := range items {
		if it.Quoted() || f.v.Letter(it.First) {
			return false
		}
	}
	return true
}

// cueFollows reports whether a cue with its subject follows item i: “…,” said Smith; “…,” the mayor of Lund said.
func (f *finder) cueFollows(items []segment.Item, i int) bool {
	v := f.v
	comma := 0
	for k := i + 1; k < min(i+25, len(items)); k++ {
		it := items[k]
		if it.Quoted() {
			return false
		}
		if cue := v.Cue[it.First]; cue != nil && cue.Class != rules.Noun {
			if cue.Class == rules.Phrase || k == i+1 || comma%2 == 0 || comma > 0 {
				return cue.Weight >= 0.3
			}
		}
		switch w := v.Word(it.First); {
		case w == ",":
			comma++
		case w == ";" || w == ":":
			return false
		case comma == 0 && v.Is(it.First, rules.CommonVerb|rules.Subordinator|rules.Modal) && !v.Is(it.First, rules.RoleNoun):
			return false
		case k == i+1 && v.Is(it.First, rules.Preposition|rules.Conjunction) && w != "in" && w != "according":
			return false
		}
	}
	return false
}

// notWords returns the reason why the stretch at item i is plainly nobody's words, or NoWhy.
func (f *finder) notWords(unit *segment.Unit, i int, s shape) (annot.Why, branch) {
	before, hasBefore := wordAt(unit.Items, i-1)
	after, hasAfter := wordAt(unit.Items, i+1)
	if hasBefore && hasAfter && f.isNickname(unit, s, before, after) {
		return annot.Nickname, certain
	}
	if !hasBefore {
		return annot.NoWhy, certain
	}
	term := f.termBefore(unit.Items, i, before)
	if f.governs(unit.Items, i, term) {
		return annot.NoWhy, certain // saying “the fund is empty”
	}
	if why, by := f.byTerm(s, term); why != annot.NoWhy {
		return why, by
	}
	switch {
	case s.titleCase && s.words <= 8 && hasAfter && f.v.Is(after, rules.WorkNoun):
		return annot.Title, beforeWork
	case s.titleCase && s.words <= 3 && f.possessive(before, s):
		return annot.Title, afterPossessive // NBC’s “Today”
	}
	return annot.NoWhy, certain
}

// wordAt returns the token of item k if that is a word.
func wordAt(items []segment.Item, k int) (int, bool) {
	if k < 0 || k >= len(items) || items[k].Quoted() {
		return 0, false
	}
	return items[k].First, true
}

// isNickname reports whether the stretch stands within a name, between the tokens before and after: Leonard “Rocky” Dace.
func (f *finder) isNickname(unit *segment.Unit, s shape, before, after int) bool {
	const noName = rules.Determiner | rules.Conjunction | rules.Preposition | rules.Auxiliary | rules.CommonVerb
	return s.words <= 3 && s.titleCase && !s.comma && f.d.Paragraphs[unit.Paragraph].Zone != annot.Headline &&
		f.capital(before) && f.capital(after) && !f.v.Is(before, noName) && f.v.Cue[before] == nil
}

// capital reports whether token i is a word with a capital.
func (f *finder) capital(i int) bool { return f.v.Letter(i) && f.v.Upper(i) }

// termBefore returns the noun that says what the stretch at item i is, over a comma, colon, is or of: the word, “x”; its motto: “x”.
// It is the token before if there is no such noun.
func (f *finder) termBefore(items []segment.Item, i, before int) int {
	const named = rules.TermNoun | rules.MottoNoun | rules.WorkNoun | rules.NamedNoun
	if f.v.In(before, rules.Entitling) {
		return f.entitled(items, i, before, named)
	}
	switch f.v.Word(before) {
	case ",", "is", "was", "of":
		if b, ok := wordAt(items, i-2); ok && f.v.Is(b, named) {
			return b
		}
	case ":":
		if b, ok := wordAt(items, i-2); ok && f.v.Is(b, rules.MottoNoun|rules.WorkNoun) {
			return b
		}
	}
	return before
}

// entitled returns the noun of a class of named whose name the stretch at item i is, after the participle before: the novel is called | “X”.
// It is the participle if there is no such noun.
func (f *finder) entitled(items []segment.Item, i, before int, named rules.Class) int {
	const reach = 3
	for k := i - 2; k > i-2-reach; k-- {
		b, ok := wordAt(items, k)
		switch {
		case !ok:
			return before
		case f.v.Is(b, named):
			return b
		case !f.v.Is(b, rules.Auxiliary|rules.Adverb) && f.v.Word(b) != ",":
			return before
		}
	}
	return before
}

// governs reports whether token b is a verb of speech right before the stretch at item i, and no adjective.
func (f *finder) governs(items []segment.Item, i, b int) bool {
	cue := f.v.Cue[b]
	if cue == nil || cue.Class == rules.Noun {
		return false
	}
	first, ok := wordAt(items, i-2)
	return !ok || !f.v.Is(first, rules.Determiner|rules.Possessive)
}

// byTerm goes by the noun or participle at token b, which says what the stretch is.
func (f *finder) byTerm(s shape, b int) (annot.Why, branch) {
	v := f.v
	switch {
	case v.Is(b, rules.MottoNoun) && s.words <= 12:
		return annot.Motto, certain
	case v.Is(b, rules.TermNoun) && s.words <= 6:
		return annot.WordMention, afterTerm
	case v.Is(b, rules.NamedNoun) && s.words <= 5 && s.upper:
		return annot.Name, certain
	case v.Is(b, rules.WorkNoun) && s.upper && s.words <= 12 && (s.titleCase || !s.full):
		return annot.Title, afterWork
	case v.Is(b, rules.ScareTrigger) && v.Cue[b] == nil && s.words <= 6:
		if s.titleCase && s.words > 1 {
			return annot.Title, afterTrigger
		}
		return annot.Scare, afterTrigger
	}
	return annot.NoWhy, certain
}

// possessive reports whether token i is the mark of a possessive. A sentence after it is no title.
func (f *finder) possessive(i int, s shape) bool { return segment.Possessive(f.v.Word(i)) && !s.full }

// continued reports whether the stretch k goes on a running quotation of the paragraph before.
func (f *finder) continued(k int) bool {
	d := f.d
	for j := k - 1; j >= 0 && d.Marked[j].Paragraph >= d.Marked[k].Paragraph-1; j-- {
		if m := d.Marked[j]; m.Parent < 0 {
			return m.Runs && m.Paragraph == d.Marked[k].Paragraph-1
		}
	}
	return false
}
