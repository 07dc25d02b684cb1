package segment

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxUnclosed bounds how many tokens of an unclosed stretch are searched for its attribution.
const maxUnclosed = 120

// trimUnclosed ends the stretches that nothing closed at the comma before their attribution: “We will appeal, | Judge
// Orr said. Stretches that then lie outside of it become outer ones.
func trimUnclosed(d *annot.Document, set *rules.Set) {
	i := 0
	for k := range d.Marked {
		m := &d.Marked[k]
		for m.Parent >= 0 && !d.Marked[m.Parent].Contains(m.Span) {
			m.Parent = d.Marked[m.Parent].Parent
		}
		if !m.Unclosed || m.Runs || m.Parent >= 0 {
			continue
		}
		for i < len(d.Tokens) && d.Tokens[i].Start < m.Start {
			i++
		}
		for j := i; j < min(i+maxUnclosed, len(d.Tokens)) && d.Tokens[j].End <= m.End; j++ {
			if d.Slice(d.Tokens[j].Span) == "," && attributionFollows(d, set, j+1, m.End) {
				m.End = d.Tokens[j].End
				break
			}
		}
	}
}

// attributionFollows reports whether a capitalised name or a pronoun with a cue, in either order, begins at token j.
func attributionFollows(d *annot.Document, set *rules.Set, j, end int) bool {
	names := false
	for n := 0; j < len(d.Tokens) && d.Tokens[j].End <= end && n < 8; n++ {
		word := d.Slice(d.Tokens[j].Span)
		r, _ := utf8.DecodeRuneInString(word)
		c := set.Classes(word)
		if cue := set.Cue(word); cue != nil && cue.Weight >= 0.7 && !unicode.IsUpper(r) {
			if names {
				return true
			}
			if n > 0 || j+1 >= len(d.Tokens) {
				return false
			}
			next, _ := utf8.DecodeRuneInString(d.Slice(d.Tokens[j+1].Span))
			return unicode.IsUpper(next) // said Judge Orr
		}
		switch {
		case unicode.IsUpper(r), c&(rules.PronounMale|rules.PronounFemale|rules.RoleNoun|rules.TitleWord) != 0:
			names = true
		case c&(rules.Determiner|rules.NameParticle|rules.Adverb) != 0:
		default:
			return false
		}
		j++
	}
	return false
}
