package entities

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// byFamily is the confidence of a family that a member's full name taught.
const byFamily = 0.75

// families finds the families of persons whom the article names in full, where nothing was found or the tagger was unsure
// of another type: Ina Dorn …, the Dorns.
func (s *surnamer) families(ms []annot.Mention) []annot.Mention {
	v := s.v
	i := 0
	for k := range ms {
		m := &ms[k]
		for v.D.Tokens[i].End <= m.Start {
			i++
		}
		doubtful := m.Type != annot.PER && m.Confidence < unsure && m.By != byUser
		if doubtful && m.Span == v.D.Tokens[i].Span && s.family(i) {
			m.Type, m.By = annot.PER, "model/family"
		}
	}
	var added []annot.Mention
	free(v, ms, func(i int) {
		if v.Upper(i) && s.family(i) {
			added = append(added, annot.Mention{Span: v.Span(i, i+1), Type: annot.PER, By: "model/family", Confidence: byFamily})
		}
	})
	return insert(ms, added)
}

// family reports whether token i is the plural of a surname of the article and stands alone.
func (s *surnamer) family(i int) bool {
	w := s.v.Word(i)
	if !s.plural(w) || s.inName(i) || s.followed(i) {
		return false
	}
	ratio, known := s.table.Case(w)
	return !known || ratio < 0.3
}

// plural reports whether the word is the plural of a surname of the article: Dorns, Hugheses.
func (s *surnamer) plural(word string) bool {
	one, ok := strings.CutSuffix(word, "s")
	if !ok {
		return false
	}
	if s.bearers[one] != nil {
		return true
	}
	one, ok = strings.CutSuffix(one, "e")
	return ok && s.bearers[one] != nil && strings.ContainsRune("shxz", rune(one[len(one)-1]))
}
