package entities_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
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
	return after(stage(tb, recognizers...))
}

func stage(tb testing.TB, recognizers ...entities.Recognizer) *entities.Stage {
	tb.Helper()
	s, err := entities.New(rules.MustEnglish(), recognizers...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// after returns a function that segments a document and then runs the stage.
func after(s *entities.Stage) func(testing.TB, *annot.Document) {
	return func(tb testing.TB, d *annot.Document) {
		tb.Helper()
		if err := segmenter().Process(d); err != nil {
			tb.Fatal(err)
		}
		if err := s.Process(d); err != nil {
			tb.Fatal(err)
		}
	}
}

var segmenter = sync.OnceValue(func() *segment.Stage { return segment.New(rules.MustEnglish()) })

// segmented returns the text as the recognizers get it.
func segmented(tb testing.TB, text string) *annot.Document {
	tb.Helper()
	d := annot.New("test", text)
	if err := segmenter().Process(d); err != nil {
		tb.Fatal(err)
	}
	return d
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

// once proposes the first two tokens with the confidence.
type once struct{ confidence float64 }

func (once) Name() string { return "once" }
func (o once) Recognize(d *annot.Document) []annot.Mention {
	return []annot.Mention{{Span: annot.Span{Start: d.Tokens[0].Start, End: d.Tokens[1].End}, Type: annot.PER, By: "once/x", Confidence: o.confidence}}
}

// thorough finds nothing, and says that it has looked.
type thorough struct{ nobody }

func (thorough) LeastAfter() float64 { return 0.8 }

// What is found after a thorough recognizer needs its confidence, and so it does after one more.
func TestThorough(t *testing.T) {
	for _, test := range []struct {
		recognizers []entities.Recognizer
		want        int
	}{
		{[]entities.Recognizer{nobody{}, once{0.5}}, 1},
		{[]entities.Recognizer{thorough{}, once{0.5}}, 0},
		{[]entities.Recognizer{thorough{}, nobody{}, once{0.5}}, 0},
		{[]entities.Recognizer{thorough{}, once{0.8}}, 1},
		{[]entities.Recognizer{once{0.5}, thorough{}}, 1},
	} {
		d := annot.New("", "Ann Cole left.")
		stages(t, test.recognizers...)(t, d)
		if len(d.Mentions) != test.want {
			t.Errorf("%+v: want %d mentions, got %+v", test.recognizers, test.want, d.Mentions)
		}
	}
}

func TestNilRecognizer(t *testing.T) {
	if _, err := entities.New(rules.MustEnglish(), nobody{}, nil); err == nil || err.Error() != "recognizer 2 is nil; leave it out" {
		t.Errorf("got %v", err)
	}
}

// The stage names the models of its recognizers.
func TestModels(t *testing.T) {
	tagger, err := crf.Default()
	if err != nil {
		t.Fatal(err)
	}
	if got := stage(t).Models(); !slices.Equal(got, []string{tagger.ID()}) {
		t.Errorf("want %s, got %v", tagger.ID(), got)
	}
	if got := stage(t, nobody{}).Models(); len(got) != 0 {
		t.Errorf("want none, got %v", got)
	}
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
