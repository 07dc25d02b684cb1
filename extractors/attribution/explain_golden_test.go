package attribution_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestExplainGolden shows all that Explain says of the quotes of whole articles: who may have said each, with the share
// that the ranker gives and the signs that it sees, what each sieve says and how the name was found. Where TestGolden
// shows a result, these files show what leads to it: a share changes with any feature of the ranker.
func TestExplainGolden(t *testing.T) {
	before, err := pipeline.NewUnattributed(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ranker, err := attribution.Default()
	if err != nil {
		t.Fatal(err)
	}
	stage := attribution.NewRanked(rules.MustEnglish(), ranker)
	annottest.Run(t, "testdata/explain", func(d *annot.Document) string {
		if err := before.Process(d); err != nil {
			t.Error(err)
		}
		var b strings.Builder
		for i, e := range stage.Explain(d) {
			fmt.Fprintf(&b, "q%d %s\n", i+1, strings.ReplaceAll(d.Slice(d.Quotes[i].Span()), "\n", "⏎"))
			fmt.Fprintf(&b, "  first %s, ranked %v\n", e.First, e.Ranked)
			for _, c := range e.Candidates {
				fmt.Fprintf(&b, "  %.4f %s by %s: %s\n", c.Share, answered(d, c.Answer), strings.Join(c.By, ", "), strings.Join(c.Signs, "; "))
			}
			for _, s := range e.Sieves {
				if s.Answered {
					fmt.Fprintf(&b, "  %s: %s\n", s.Sieve, answered(d, s.Answer))
				} else {
					fmt.Fprintf(&b, "  %s declines: %s\n", s.Sieve, s.Reason)
				}
			}
			fmt.Fprintf(&b, "  name %q: %s\n", d.Quotes[i].Speaker.Name, e.Name.Reason)
			for _, p := range e.Name.Persons {
				fmt.Fprintf(&b, "    %+v\n", p)
			}
		}
		return b.String()
	})
}

// answered shows an answer: words [cue] rule.
func answered(d *annot.Document, a attribution.Answer) string {
	s := fmt.Sprintf("“%s” [%s] %s", d.Slice(a.Speaker), d.Slice(a.Cue), a.Rule)
	if a.Nobody {
		s += ", nobody"
	}
	return s
}
