package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// An unsure organization before a policy is a slogan; a sure one, a listed one and one with a head noun are not.
func TestSlogan(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := rules.MustEnglish()
	for _, test := range []struct {
		text, name string
		confidence float64
		want       annot.Type
	}{
		{"He praised the Rivers First foreign policy.", "Rivers First", 0.6, annot.MISC},
		{"He praised the Rivers First agenda.", "Rivers First", 0.6, annot.MISC},
		{"He praised the Rivers First foreign policy.", "Rivers First", 0.9, annot.ORG},
		{"He praised the Rivers First convention.", "Rivers First", 0.6, annot.ORG},
		{"He praised the Rivers First. Policy changed.", "Rivers First", 0.6, annot.ORG},
		{"He praised the Rivers Union policy.", "Rivers Union", 0.6, annot.ORG},
		{"He praised the European Union policy.", "European Union", 0.6, annot.ORG},
		{"He praised the Kestrel agenda.", "Kestrel", 0.6, annot.ORG},
	} {
		d := annot.New("", test.text)
		if err := segment.New(set).Process(d); err != nil {
			t.Fatal(err)
		}
		start := strings.Index(test.text, test.name)
		m := annot.Mention{Span: annot.Span{Start: start, End: start + len(test.name)}, Type: annot.ORG, By: "model/crf", Confidence: test.confidence}
		got := refine(segment.NewView(d, set, nil), table, []annot.Mention{m})
		if len(got) != 1 || got[0].Type != test.want || got[0].Span != m.Span {
			t.Errorf("%s, %g: want %s, got %v", test.text, test.confidence, test.want, got)
		}
	}
}

// A common word that the tagger takes for a name is one in the body if the tagger is sure, and none in a footer.
func TestCommonWords(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := rules.MustEnglish()
	const text = "The WHO sent boxes.\n\nFrom Harbor Daily via this RSS feed"
	for _, test := range []struct {
		name       string
		confidence float64
		want       int
	}{{"WHO", 0.82, 1}, {"WHO", 0.7, 0}, {"RSS", 0.9, 0}, {"Harbor Daily", 0.9, 1}} {
		d := annot.New("", text)
		if err := segment.New(set).Process(d); err != nil {
			t.Fatal(err)
		}
		start := strings.Index(text, test.name)
		m := annot.Mention{Span: annot.Span{Start: start, End: start + len(test.name)}, Type: annot.ORG, By: "model/crf", Confidence: test.confidence}
		if got := refine(segment.NewView(d, set, nil), table, []annot.Mention{m}); len(got) != test.want {
			t.Errorf("%s, %g: want %d mentions, got %v", test.name, test.confidence, test.want, got)
		}
	}
}

// A longer name gives its first word its type if the tagger was sure enough of it.
func TestAgreeWithLongerName(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := rules.MustEnglish()
	const text = "Zorvath Kestrels met. In the evening Zorvath left."
	for confidence, want := range map[float64]annot.Type{0.59: annot.PER, 0.6: annot.ORG} {
		d := annot.New("", text)
		if err := segment.New(set).Process(d); err != nil {
			t.Fatal(err)
		}
		last := strings.LastIndex(text, "Zorvath")
		list := []annot.Mention{
			{Span: annot.Span{Start: 0, End: len("Zorvath Kestrels")}, Type: annot.ORG, By: "model/crf", Confidence: confidence},
			{Span: annot.Span{Start: last, End: last + len("Zorvath")}, Type: annot.PER, By: "model/crf", Confidence: 0.5},
		}
		got := refine(segment.NewView(d, set, nil), table, list)
		if len(got) != 2 || got[1].Type != want {
			t.Errorf("a longer name of confidence %g: want %s, got %+v", confidence, want, got)
		}
	}
}
