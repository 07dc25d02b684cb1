package indirect_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestProposals shows all that the stage proposes, likely or not, with the features that the model weighs. Where
// TestGolden shows what is kept, these files show what leads to it.
func TestProposals(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	s, err := indirect.New(rules.MustEnglish(), nil)
	if err != nil {
		t.Fatal(err)
	}
	annottest.Run(t, "testdata/proposals", func(d *annot.Document) string {
		if err := p.Process(d); err != nil {
			t.Error(err)
		}
		var b strings.Builder
		for _, r := range s.Reports(d) {
			for _, part := range r.Quote.Parts {
				b.WriteString("| " + d.Slice(part) + " ")
			}
			fmt.Fprintf(&b, "<- %s [%s] by %s %.4f\n", d.Slice(r.Quote.Speaker.Mention), d.Slice(r.Quote.Cue), r.Quote.By, r.Quote.Confidence)
			for line := range slices.Chunk(r.Features, 6) {
				b.WriteString("  " + strings.Join(line, ", ") + "\n")
			}
		}
		return b.String()
	})
}
