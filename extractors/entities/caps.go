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

// caps tells of each token what its capital letters say.
type caps struct {
	v     *segment.View
	table *gazetteer.Table
	// name says that the token may be part of a name.
	name []bool
	// initial says that the token begins a sentence or a quotation, where any word has a capital.
	initial []bool
	// titleCase and allCaps say that the token stands among words that have a capital for the look of it.
	titleCase, allCaps []bool
	sentence           []int32 // the sentence of each token
}

func newCaps(v *segment.View, set *rules.Set, table *gazetteer.Table) *caps {
	n := len(v.D.Tokens)
	c := &caps{v: v, table: table, name: make([]bool, n), initial: make([]bool, n), titleCase: make([]bool, n), allCaps: make([]bool, n), sentence: make([]int32, n)}
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
			// What follows an opening mark, a colon or a dash may have its capital from there.
			start = start || w == ":" || w == "—" || w == "“" || w == "\"" || w == "‘" || w == "``" || w == "''" || w == "'" || w == "…"
			continue
		}
		c.initial[i] = start
		start = false
		if len(w) > 3 || v.Class[i]&function == 0 {
			words++
			if unicode.IsUpper(r) {
				upper++
				if allUpper(w) {
					all++
				} else if !c.initial[i] && c.common(i) && v.Class[i]&(rules.OrgHead|rules.PlaceHead|rules.OrgSuffix|rules.Weekday|rules.Month|rules.TitleWord) == 0 {
					shown++ // a capital for the look of it
				}
			}
		}
	}
	shouting := words >= 2 && all == words && sent.EndToken-sent.FirstToken > 1
	zone := v.D.Paragraphs[sent.Paragraph].Zone
	if zone == annot.Dateline {
		shouting = true
	}
	title := !shouting && words >= 4 && upper*10 >= words*7 && (shown >= 3 || shown >= 1 && zone == annot.Headline)
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		c.titleCase[i], c.allCaps[i] = title, shouting
		c.name[i] = c.isName(i)
	}
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
	if !unicode.IsUpper(r) {
		// al-Assad, d’Estaing, iPhone
		k := 0
		for _, r := range w {
			if k > 0 && k < 5 && unicode.IsUpper(r) && unicode.IsLetter(rune(w[0])) {
				return true
			}
			k++
		}
		return false
	}
	if n == len(w) && !(i+1 < len(v.D.Tokens) && v.D.Tokens[i+1].Start == v.D.Tokens[i].End) {
		return w != "I" && w != "A" && !c.initial[i] || w == "X" || w == "Q"
	}
	if v.Class[i]&function != 0 {
		// Will Smith, May, US, IT: function words in capitals are names within a sentence only, and then rarely.
		return allUpper(w) && !c.allCaps[i] && len(w) > 1 && w != "IT" && w != "OR" && w != "AND" && w != "NOT" || v.Class[i]&rules.NameParticle != 0 && !c.initial[i]
	}
	if c.allCaps[i] {
		return true
	}
	lowerRatio, known := c.table.Case(w)
	if len(w) > 2 && known && lowerRatio > 0.8 && allUpper(w) {
		return false // a SEAL in her greenhouse
	}
	if c.initial[i] || c.titleCase[i] {
		if f, ok := c.table.FirstName(w); ok && f.Common >= 14 && c.initial[i] && !c.titleCase[i] && c.surnameFollows(i) {
			return true // Bill Clinton, Mark Green
		}
		if v.Is(i, rules.CommonCap) || known && lowerRatio > 0.5 {
			return false
		}
		if v.Is(i, rules.CommonVerb|rules.Adverb|rules.NumberWord) || v.Cue[i] != nil && lowerRatio > 0.2 {
			return false
		}
	}
	return true
}

// common reports whether token i is a word that stands in lower case more often than not.
func (c *caps) common(i int) bool { return c.mostly(i, 0.5) }

// mostly reports whether token i is a word of which more than the share stands in lower case.
func (c *caps) mostly(i int, share float32) bool {
	ratio, known := c.table.Case(c.v.Word(i))
	return known && ratio > share
}

// joined reports whether the neighbouring tokens i and j = i+1 are parts of one run of capitals.
func (c *caps) joined(i, j int) bool {
	return c.name[i] && c.name[j] && c.sentence[i] == c.sentence[j]
}

func (c *caps) sameSentence(i, j int) bool { return c.sentence[i] == c.sentence[j] }

// surnameFollows reports whether a capitalised surname, or an initial, stands right behind token i.
func (c *caps) surnameFollows(i int) bool {
	if i+1 >= len(c.v.D.Tokens) || !c.v.Upper(i+1) {
		return false
	}
	w := c.v.Word(i + 1)
	s, ok := c.table.Surname(w)
	return initial(w) || ok && s.LowerRatio < 160
}
