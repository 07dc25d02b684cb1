package attribution_test

import (
	"fmt"
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

// TestGolden shows every quote of the default pipeline, with its judge and its ranker, on a line of its own:
//
//	direct attributed | “We are ready,” <- she = Ann Lee (mayor) [said] by quote-then-cue/say, pronoun; flags
//
// the kind, the status, the parts, the words that stand for the speaker, the name that they lead to with the role, the
// cue, the sieve and rule that decided, how the name was found, the flags. Candidates of an ambiguous speaker follow
// as name?; the type of a speaker who is no person stands before the name.
func TestGolden(t *testing.T) {
	golden(t, "testdata", pipeline.Options{})
}

// golden compares the golden files in dir with what the pipeline finds that ships. The tests of single sieves, such as
// TestSieveReasons, run the stage without a ranker: they show what each sieve says, not what is chosen.
func golden(t *testing.T, dir string, opt pipeline.Options) {
	p, err := pipeline.NewDefault(opt)
	if err != nil {
		t.Fatal(err)
	}
	annottest.Run(t, dir, func(d *annot.Document) string {
		if err := p.Process(d); err != nil {
			t.Error(err)
		}
		return describe(d)
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

func describe(d *annot.Document) string {
	if len(d.Quotes) == 0 {
		return "none"
	}
	var b strings.Builder
	for _, q := range d.Quotes {
		fmt.Fprintf(&b, "%s %s", q.Kind, q.Status)
		for _, p := range q.Parts {
			b.WriteString(" | " + strings.ReplaceAll(d.Slice(p), "\n", "⏎"))
		}
		b.WriteString(speaker(d, q))
		fmt.Fprintf(&b, " [%s] by %s", d.Slice(q.Cue), q.By)
		if r := q.Speaker.ResolvedBy; r != "" {
			b.WriteString(", " + r)
		}
		if flags := q.Flags.Names(); len(flags) > 0 {
			b.WriteString("; " + strings.Join(flags, " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func speaker(d *annot.Document, q annot.Quote) string {
	sp := q.Speaker
	s := " <- "
	if sp.Mention.IsZero() {
		s += "nobody"
	} else {
		s += d.Slice(sp.Mention)
	}
	if sp.Type != annot.NoSpeaker {
		s += " ="
		if sp.Type != annot.Person {
			s += " " + sp.Type.String()
		}
		if sp.Name != "" {
			s += " " + sp.Name
		}
	}
	if sp.Role != "" {
		s += " (" + sp.Role + ")"
	}
	if sp.Affiliation != "" {
		s += " of " + sp.Affiliation
	}
	for _, c := range sp.Candidates {
		s += " " + c.Name + "?"
	}
	return s
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
