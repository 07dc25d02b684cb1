package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A brokenStage finds one quote in every article, and then fails in that with the ID "bad".
type brokenStage struct{}

func (brokenStage) Name() string                         { return "broken" }
func (brokenStage) Layers() (reads, writes annot.Layers) { return 0, annot.Quotes }

func (brokenStage) Process(d *annot.Document) error {
	d.Quotes = []annot.Quote{{ID: 1, Parts: []annot.Span{{Start: 0, End: len("“Go,”")}}, Kind: annot.Direct, Zone: annot.Body}}
	if d.ID == "bad" {
		return errors.New("out of luck")
	}
	return nil
}

func TestFailedArticleIsMeasuredAsEmpty(t *testing.T) {
	p, err := pipeline.New(brokenStage{})
	if err != nil {
		t.Fatal(err)
	}
	text := "“Go,” said Moor."
	q := []annot.Quote{{Parts: []annot.Span{{Start: 0, End: len("“Go,”")}}, Kind: annot.Direct}}
	var stderr strings.Builder
	m := measurement{ctx: t.Context(), p: p, stderr: &stderr}
	report, err := m.run([]gold.Article{
		{Name: "good", Text: text, Quotes: q, QuotesOnly: true},
		{Name: "bad", Text: text, Quotes: q, QuotesOnly: true},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := report.Figure("quotes.recall.direct"); f.Right != 1 || f.Of != 2 {
		t.Errorf("recall is %d of %d, want 1 of 2: what a failed stage left behind does not count", f.Right, f.Of)
	}
	if want := "quoth: bad: stage broken: out of luck\n"; m.failed != 1 || stderr.String() != want {
		t.Errorf("%d failed, stderr %q; want 1 and %q", m.failed, stderr.String(), want)
	}
}
