package attribution_test

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestGolden shows every quote of the default pipeline, with its judge and its ranker, on a line of its own, as
// annottest.Describe does. The tests of single sieves, such as TestSieveReasons, run the stage without a ranker: they show what
// each sieve says, not what is chosen.
func TestGolden(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		if err := p.Process(d); err != nil {
			t.Error(err)
		}
		return annottest.Describe(d)
	})
}

// stages returns a function that runs the stages with neither judge nor ranker, and the sieves first before ours.
func stages(tb testing.TB, first ...attribution.Sieve) func(testing.TB, *annot.Document) {
	tb.Helper()
	set := rules.MustEnglish()
	names, err := entities.New(set)
	if err != nil {
		tb.Fatal(err)
	}
	list := []interface{ Process(*annot.Document) error }{segment.New(set), names, quotes.New(set), attribution.New(set, first...)}
	return func(tb testing.TB, d *annot.Document) {
		tb.Helper()
		for _, s := range list {
			if err := s.Process(d); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// fixed is a sieve that says the same of every quote.
type fixed struct{ a annot.Attribution }

func (f fixed) Name() string { return "fixed" }
func (f fixed) Attribute(d *annot.Document, q annot.Quote) (annot.Attribution, bool) {
	return f.a, f.a.Status != annot.NoStatus
}

// A sieve of the caller is asked first, and one that declines changes nothing.
func TestFirst(t *testing.T) {
	const text = "“We are closing the road,” said Ann Cole.\n"
	want := annot.Attribution{Status: annot.Unattributed, By: "fixed/none", Confidence: 1}
	for _, a := range []annot.Attribution{want, {}} {
		d := annot.New("", text)
		stages(t, fixed{a})(t, d)
		if err := d.Validate(); err != nil {
			t.Error(err)
		}
		got := d.Quotes[0].Attribution
		if asked := a.Status != annot.NoStatus; asked != (got.By == want.By) {
			t.Errorf("with the answer %+v: %+v", a, got)
		}
	}
}

// The confidence is about the name too: the words of both quotes are as plain, but a pronoun among several men is less certain than
// a surname that the article gives in full.
func TestConfidenceOfNames(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := annot.New("", "Paul Reyes met Mark Stone and Ivan Petrov. Bob Lane saw Karl Ott.\n\n“It held,” Reyes said.\n\nPetrov left with Lane. “It did not,” he said.")
	if err := p.Process(d); err != nil {
		t.Fatal(err)
	}
	if len(d.Quotes) != 2 || d.Quotes[0].Speaker.Name != "Paul Reyes" || d.Quotes[0].Confidence < d.Quotes[1].Confidence+0.02 {
		t.Errorf("%+v", d.Quotes)
	}
}

// Documents may ask each other for their authors only so far: the depth of the calls does not grow with the article.
func TestDocumentsInDocuments(t *testing.T) {
	defer debug.SetMaxStack(debug.SetMaxStack(16 << 20))
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	text := "The panel met.\n\n" + strings.Repeat("The letter said in the memo that it rained. ", 20000) + "\n\n“No more,” the letter said.\n"
	d := annot.New("", text)
	if err := p.Process(d); err != nil {
		t.Fatal(err)
	}
	if len(d.Quotes) != 1 || d.Quotes[0].Speaker.Name != "" {
		t.Errorf("%+v", d.Quotes)
	}
}
