package entities_test

import (
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// listOf proposes the names that it holds as organizations.
type listOf []string

func (l listOf) Name() string { return "list" }

func (l listOf) Recognize(d *annot.Document) (all []annot.Mention) {
	for _, name := range l {
		for _, tok := range d.Tokens {
			if end := tok.Start + len(name); end <= len(d.Text) && d.Text[tok.Start:end] == name {
				all = append(all, annot.Mention{Span: annot.Span{Start: tok.Start, End: end}, Type: annot.ORG, By: "list/x", Confidence: 1})
			}
		}
	}
	return all
}

// How long the letters may be that stand for a body named before.
func TestAcronymLength(t *testing.T) {
	for letters, want := range map[string]int{
		"H": 2, "HC": 1, "HCT": 1, "HCTMLRB": 1, "HCTMLRBS": 2,
	} {
		long := map[string]string{
			"H": "Harbor", "HC": "Harbor Council", "HCT": "Harbor Council Trust", "HCTMLRB": "Harbor Council Trust Mill Lane River Board",
			"HCTMLRBS": "Harbor Council Trust Mill Lane River Board South",
		}[letters]
		d := annot.New("", "They asked the "+long+" in May. They asked the "+letters+" again in June.")
		stages(t, listOf{long, letters})(t, d)
		if err := d.Validate(); err != nil {
			t.Error(err)
		}
		if len(d.Entities) != want {
			t.Errorf("%s and %s: %d entities, want %d", long, letters, len(d.Entities), want)
		}
	}
}
