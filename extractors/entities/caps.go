package entities

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// function holds the classes of words that name nothing even where they are capitalised.
const function = rules.Determiner | rules.Possessive | rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst |
	rules.PronounImpersonal | rules.PronounRelative | rules.Preposition | rules.Conjunction | rules.Subordinator | rules.Auxiliary |
	rules.Modal | rules.Negation | rules.QuestionWord | rules.SentenceAdverb

// caps holds what the capital letters of each token say.
type caps struct {
	v     *segment.View
	table *gazetteer.Table
	// name says that the token may be part of a name.
	name []bool
	// initial says that the token begins a sentence or a quotation, where any word has a capital.
	initial []bool
	// titleCase and allCaps say that the token is among words that have a capital for the look of it.
	titleCase, allCaps []bool
	sentence           []int32 // the sentence of each token
}

func newCaps(v *segment.View, table *gazetteer.Table) *caps {
	n := len(v.D.Tokens)
	c := &caps{
		v: v, table: table, name: make([]bool, n), initial: make([]bool, n), titleCase: make([]bool, n), allCaps: make([]bool, n),
		sentence: make([]int32, n),
	}
	for s, sent := range v.D.Sentences {
		c.look(s, sent)
	}
	return c
}

// look fills in the tokens of one sentence.
func (c *caps) look(s int, sent annot.Sentence) {
	v := c.v
	words, upper, all, shown := 0, 0, 0, 0
	start := true
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		c.sentence[i] = int32(s)
		w := v.Word(i)
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) {
			start = start || capitalAfter(w)
			continue
		}
		c.initial[i] = start
		start = false
		if len(w) <= 3 && v.Class[i]&function != 0 {
			continue
		}
		words++
		switch {
		case !unicode.IsUpper(r):
		case allUpper(w):
			upper++
			all++
		default:
			upper++
			if c.forTheLook(i) {
				shown++
			}
		}
	}
	zone := v.D.Paragraphs[sent.Paragraph].Zone
	shouting := zone == annot.Dateline || words >= 2 && all == words && sent.EndToken-sent.FirstToken > 1
	title := !shouting && words >= 4 && upper*10 >= words*7 && (shown >= 3 || shown >= 1 && zone == annot.Headline)
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		c.titleCase[i], c.allCaps[i] = title, shouting
		c.name[i] = c.isName(i)
	}
}

// capitalAfter reports whether the word after the mark w may have its capital from the mark: one that opens, a colon or a
// dash.
func capitalAfter(w string) bool {
	switch w {
	case ":", "—", "“", "\"", "‘", "``", "''", "'", "…":
		return true
	}
	return false
}

// forTheLook reports whether token i, which is capitalised within a sentence, is a common word and no part of the names
// that are made of common words.
func (c *caps) forTheLook(i int) bool {
	const inNames = rules.OrgHead | rules.PlaceHead | rules.OrgSuffix | rules.Weekday | rules.Month | rules.TitleWord
	return !c.initial[i] && c.common(i) && !c.v.Is(i, inNames)
}

func allUpper(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// isName reports whether token i may be part of a name.
func (c *caps) isName(i int) bool {
	v, w := c.v, c.v.Word(i)
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case !unicode.IsUpper(r):
		return innerCapital(w)
	case n == len(w) && !glued(v, i):
		return w != "I" && w != "A" && !c.initial[i] || w == "X" || w == "Q"
	case v.Class[i]&function != 0:
		return c.functionName(i)
	case c.allCaps[i]:
		return true
	}
	ratio, known := c.table.Case(w)
	if len(w) > 2 && known && ratio > 0.8 && allUpper(w) {
		return false // a SEAL in her greenhouse
	}
	if !c.initial[i] && !c.titleCase[i] || c.firstNameBegins(i) {
		return true
	}
	return !v.Is(i, rules.CommonCap|rules.CommonVerb|rules.Adverb|rules.NumberWord) && !(known && ratio > 0.5) && !(v.Cue[i] != nil && ratio > 0.2)
}

// innerCapital reports whether a word that begins with no capital has one among its next letters: al-Assad, d’Estaing,
// iPhone.
func innerCapital(w string) bool {
	k := 0
	for _, r := range w {
		if k > 0 && k < 5 && unicode.IsUpper(r) && unicode.IsLetter(rune(w[0])) {
			return true
		}
		k++
	}
	return false
}

// functionName reports whether the function word at token i may be part of a name: Will Smith, May, US, De Blasio. Function
// words in capitals are names within a sentence only, and then rarely.
func (c *caps) functionName(i int) bool {
	w := c.v.Word(i)
	acronym := allUpper(w) && !c.allCaps[i] && len(w) > 1 && !c.v.In(i, rules.Stressed)
	return acronym || c.v.Is(i, rules.NameParticle) && !c.initial[i]
}

// firstNameBegins reports whether a sentence begins with the first name at token i and a surname: Bill Clinton, Mark Green.
func (c *caps) firstNameBegins(i int) bool {
	f, ok := c.table.FirstName(c.v.Word(i))
	return ok && f.Common >= 14 && c.initial[i] && !c.titleCase[i] && c.surnameFollows(i)
}

// common reports whether token i is a word that is written in lower case more often than not.
func (c *caps) common(i int) bool { return c.mostly(i, 0.5) }

// mostly reports whether token i is a word that is written in lower case more often than the share.
func (c *caps) mostly(i int, share float32) bool {
	ratio, known := c.table.Case(c.v.Word(i))
	return known && ratio > share
}

// joined reports whether the neighbouring tokens i and j = i+1 are parts of one run of capitals.
func (c *caps) joined(i, j int) bool {
	return c.name[i] && c.name[j] && c.sentence[i] == c.sentence[j]
}

func (c *caps) sameSentence(i, j int) bool { return c.sentence[i] == c.sentence[j] }

// surnameFollows reports whether a capitalised surname, or an initial, comes right after token i.
func (c *caps) surnameFollows(i int) bool {
	if i+1 >= len(c.v.D.Tokens) || !c.v.Upper(i+1) {
		return false
	}
	w := c.v.Word(i + 1)
	s, ok := c.table.Surname(w)
	return initial(w) || ok && s.LowerRatio < 160
}
