package main

import (
	"testing"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// What the taxonomy says is indirect speech is a quote only when it is asked for.
func TestIndirectOff(t *testing.T) {
	cases, err := gold.Taxonomy()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, c := range cases {
		for _, s := range c.Spans {
			if s.Why != "indirect_off" {
				continue
			}
			found++
			for _, on := range []bool{false, true} {
				p, err := pipeline.NewDefault(pipeline.Options{Indirect: on})
				if err != nil {
					t.Fatal(err)
				}
				d := annot.New(c.ID, c.Text)
				if err := p.Process(d); err != nil {
					t.Fatal(err)
				}
				if got := len(d.Quotes) == 1 && d.Quotes[0].Kind == annot.Indirect && d.Quotes[0].Parts[0] == s.Span; got != on || !on && len(d.Quotes) > 0 {
					t.Errorf("%s, indirect %t: quotes %+v", c.ID, on, d.Quotes)
				}
			}
		}
	}
	if found == 0 {
		t.Error("the taxonomy has no case of indirect speech")
	}
}
