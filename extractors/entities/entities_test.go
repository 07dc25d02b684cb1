package entities_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestGolden shows every entity that the default pipeline finds on a line of its own, followed by what makes it one:
//
//	PER Ann Cole (mayor) female, also Cole | Ann Cole by rules/title-name | Cole by rules/known-surname
//
// the type, the name, the role, the gender, the aliases, then the mentions in the order of the text.
func TestGolden(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		if err := p.Process(d); err != nil {
			t.Error(err)
		}
		return describe(d)
	})
}

// stages returns a function that finds the entities of a document.
func stages(tb testing.TB, recognizers ...entities.Recognizer) func(testing.TB, *annot.Document) {
	tb.Helper()
	set := rules.MustEnglish()
	first := segment.New(set)
	second, err := entities.New(set, recognizers...)
	if err != nil {
		tb.Fatal(err)
	}
	return func(tb testing.TB, d *annot.Document) {
		tb.Helper()
		if err := first.Process(d); err != nil {
			tb.Fatal(err)
		}
		if err := second.Process(d); err != nil {
			tb.Fatal(err)
		}
	}
}

func describe(d *annot.Document) string {
	if len(d.Entities) == 0 {
		return "none"
	}
	var b strings.Builder
	for _, e := range d.Entities {
		fmt.Fprintf(&b, "%s %s", e.Type, e.Name)
		if e.Role != "" {
			fmt.Fprintf(&b, " (%s)", e.Role)
		}
		if e.Gender != annot.UnknownGender {
			b.WriteString(" " + e.Gender.String())
		}
		if len(e.Aliases) > 0 {
			b.WriteString(", also " + strings.Join(e.Aliases, ", "))
		}
		for _, k := range e.Mentions {
			m := d.Mentions[k]
			fmt.Fprintf(&b, " | %s by %s", d.Slice(m.Span), m.By)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// everything proposes all stretches of up to four tokens, so that the policy has to choose.
type everything struct{}

func (everything) Name() string { return "everything" }
func (everything) Recognize(d *annot.Document) []annot.Mention {
	var all []annot.Mention
	for i := range d.Tokens {
		for j := i; j < min(i+4, len(d.Tokens)); j++ {
			all = append(all, annot.Mention{Span: annot.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End}, Type: annot.PER, By: "everything/all", Confidence: 0.5})
		}
	}
	return all
}

// Recognizers may propose what they like: the mentions never overlap and every one has its entity.
func TestOverlappingProposals(t *testing.T) {
	process := stages(t, everything{}, everything{})
	for _, text := range append(annottest.Input(t, "testdata"), "", " ", "a", "a b c d e f g") {
		d := annot.New("", text)
		process(t, d)
		if err := d.Validate(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		for i, m := range d.Mentions {
			if m.Entity == 0 {
				t.Errorf("%q: mention %d, %q, has no entity", text, i, d.Slice(m.Span))
			}
		}
		if len(d.Tokens) > 0 && len(d.Mentions) < len(d.Tokens)/4 {
			t.Errorf("%q: %d mentions of %d tokens", text, len(d.Mentions), len(d.Tokens))
		}
	}
}
