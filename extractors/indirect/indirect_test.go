package indirect_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// stages returns a function that attributes the quotes of a document after the default stages.
func stages(tb testing.TB) func(testing.TB, *annot.Document) {
	tb.Helper()
	set := rules.MustEnglish()
	names, err := entities.New(set)
	if err != nil {
		tb.Fatal(err)
	}
	list := []interface{ Process(*annot.Document) error }{segment.New(set), names, quotes.New(set), attribution.New(set)}
	return func(tb testing.TB, d *annot.Document) {
		tb.Helper()
		for _, s := range list {
			if err := s.Process(d); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// TestGolden shows every quote of the default pipeline, marked or not, as annottest.Describe does.
func TestGolden(t *testing.T) {
	p, err := pipeline.NewDefault(pipeline.Options{Indirect: true})
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

// Reports proposes and changes nothing; Process keeps what reaches the threshold.
func TestReports(t *testing.T) {
	s, err := indirect.New(rules.MustEnglish(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := annot.New("", "Ann Cole said that the pier was not safe. Peter Tull made a chair in the yard.")
	stages(t)(t, d)
	reports := s.Reports(d)
	if len(d.Quotes) != 0 {
		t.Errorf("Reports has added %d quotes", len(d.Quotes))
	}
	likely := 0
	for _, r := range reports {
		if len(r.Features) == 0 || r.Quote.By == "" || len(r.Quote.Parts) == 0 {
			t.Errorf("a report without features, rule or content: %+v", r)
		}
		if r.Quote.Confidence > 0.8 {
			likely++
		}
	}
	if len(reports) < 2 || likely != 1 {
		t.Errorf("%d reports, %d of them likely; want several and 1", len(reports), likely)
	}
	if err := s.Process(d); err != nil {
		t.Fatal(err)
	}
	if len(d.Quotes) != 1 {
		t.Errorf("%d quotes, want 1", len(d.Quotes))
	}
}

func TestOpenFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "no threshold",
		"threshold\t1.5\n":              "no threshold",
		"threshold\t0.4\nbias 1\n":      "line 2",
		"threshold\t0.4\nbias\tmuch\n":  "line 2",
		"threshold\t0.4\nbias\tNaN\n":   "line 2",
		"threshold\t0.4\n\nbias\t0.1\n": "line 2",
	} {
		if _, err := indirect.Open([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want an error with %q, got %v", text, want, err)
		}
	}
}

// A model that was written and read again weighs as before, and has an ID of its embedded.
func TestModelRoundTrip(t *testing.T) {
	m := trained()
	var file strings.Builder
	if err := m.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := indirect.Open([]byte(file.String()))
	if err != nil {
		t.Fatal(err)
	}
	var second strings.Builder
	if err := again.Write(&second); err != nil {
		t.Fatal(err)
	}
	if file.String() != second.String() {
		t.Errorf("written %q, then %q", file.String(), second.String())
	}
	embedded, err := indirect.Default()
	if err != nil {
		t.Fatal(err)
	}
	if again.ID() == embedded.ID() || !strings.HasPrefix(embedded.ID(), "reports-") {
		t.Errorf("IDs %s and %s", again.ID(), embedded.ID())
	}
}

// trained has learned that what is said is reported and what is made is not.
func trained() *indirect.Model {
	var samples []indirect.Sample
	for range 20 {
		samples = append(samples,
			indirect.Sample{Features: []string{"bias", "cue say"}, Right: true},
			indirect.Sample{Features: []string{"bias", "cue make"}})
	}
	return indirect.Train(samples, indirect.TrainOptions{Threshold: 0.5, Epochs: 20, L2: 0.1, Seed: 1})
}

func ExampleTrain() {
	m := trained()
	fmt.Println(m.Confidence([]string{"bias", "cue say"}) > 0.8, m.Confidence([]string{"bias", "cue make"}) < 0.2)
	// Output: true true
}

func ExampleNew() {
	set := rules.MustEnglish()
	names, err := entities.New(set)
	if err != nil {
		panic(err)
	}
	stage, err := indirect.New(set, nil)
	if err != nil {
		panic(err)
	}
	d := annot.New("", "Ann Cole said on Monday that the pier was not safe.")
	for _, s := range []interface{ Process(*annot.Document) error }{segment.New(set), names, quotes.New(set), attribution.New(set), stage} {
		if err := s.Process(d); err != nil {
			panic(err)
		}
	}
	q := d.Quotes[0]
	fmt.Printf("%s: %s: %s\n", q.Kind, q.Speaker.Name, d.Slice(q.Parts[0]))
	// Output: indirect: Ann Cole: that the pier was not safe
}
