package attribution_test

import (
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func TestThreshold(t *testing.T) {
	d := annot.New("", "“No,” she said. “Yes,” he said. “Well.”")
	said := func(status annot.Status, confidence float64) annot.Attribution {
		return annot.Attribution{Status: status, Speaker: annot.Speaker{Type: annot.Person, Name: "Ada Moor"}, By: "quote-cue/say", Confidence: confidence}
	}
	d.Quotes = []annot.Quote{
		{ID: 1, Flags: annot.Written, Attribution: said(annot.Attributed, 0.89)},
		{ID: 2, Attribution: said(annot.Attributed, 0.9)},
		{ID: 3, Attribution: annot.Attribution{Status: annot.Unattributed, By: "no-source/none", Confidence: 0.2}},
		{ID: 4, Attribution: said(annot.Ambiguous, 0.3)},
	}
	if err := attribution.NewThreshold(0.9).Process(d); err != nil {
		t.Fatal(err)
	}
	for i, withheld := range []bool{true, false, false, true} {
		q := d.Quotes[i]
		if q.Flags.Has(annot.LowConfidence) != withheld || withheld && (q.Status != annot.Unattributed || q.Speaker.Name != "" || q.By == "" || q.Confidence == 0) {
			t.Errorf("quote %d: %+v", q.ID, q)
		}
	}
	if !d.Quotes[0].Flags.Has(annot.Written) || d.Quotes[1].Speaker.Name != "Ada Moor" {
		t.Error("a flag or a speaker that should stay is gone")
	}
}
