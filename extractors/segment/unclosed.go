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
		parent := m.Parent
		m.Parent = around(d, parent, m.Span)
		if !m.Unclosed || m.Runs || m.Parent >= 0 {
			continue
		}
		for i < len(d.Tokens) && d.Tokens[i].Start < m.Start {
			i++
		}
		if end := attributionComma(d, set, k, i); end > 0 {
			m.End = end
			m.Parent = around(d, parent, m.Span) // which may end at the same comma
		}
	}
}

// attributionComma returns the end of the comma before the attribution of stretch k, whose first token is given; 0 if there is none.
// A comma within a closed stretch is not meant: “We say "no, Orr said" and left.
func attributionComma(d *annot.Document, set *rules.Set, k, first int) int {
	end, inner, closed := d.Marked[k].End, k+1, 0
	for j := first; j < min(first+maxUnclosed, len(d.Tokens)) && d.Tokens[j].End <= end; j++ {
		tok := d.Tokens[j]
		for ; inner < len(d.Marked) && d.Marked[inner].Start <= tok.Start; inner++ {
			if !d.Marked[inner].Unclosed {
				closed = max(closed, d.Marked[inner].End)
			}
		}
		if tok.Start >= closed && d.Slice(tok.Span) == "," && attributionFollows(d, set, j+1, end) {
			return tok.End
		}
	}
	return 0
}

// around returns the innermost stretch around s, of stretch k and those that k lies within; -1 if there is none.
func around(d *annot.Document, k int, s annot.Span) int {
	for k >= 0 && !d.Marked[k].Contains(s) {
		k = d.Marked[k].Parent
	}
	return k
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
