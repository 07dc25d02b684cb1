package crf

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// TestShare gives one of three occurrences of a name scores of its own.
func TestShare(t *testing.T) {
	m := mustDefault(t)
	s := newScratch(m, false)
	d := Doc{Tokens: strings.Fields("Sele won . Sele lost . in Sele they met Sele Quint ."), Sentences: []int{3, 6, 13}}
	s.tag(&d)
	for i := range s.emit {
		s.emit[i] = scores{}
	}
	org, loc := Make(Unit, annot.ORG), Make(Unit, annot.LOC)
	s.emit[0][org], s.emit[3][org], s.emit[7][loc] = 3, 3, 1
	s.share()
	if e := s.emit[7]; e[org] <= e[loc] {
		t.Errorf("the place does not follow the two organizations: %v", e)
	}
	if e := s.emit[10]; e[Make(Begin, annot.ORG)] <= e[Make(Begin, annot.LOC)] {
		t.Errorf("the word in a longer name does not follow: %v", e)
	}
	for _, i := range []int{1, 8, 12} {
		if s.emit[i] != (scores{}) {
			t.Errorf("%s is in no run but was moved", d.Tokens[i])
		}
	}
}
