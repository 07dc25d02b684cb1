package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// ships is a recognizer of one name.
type ships struct{ name string }

func (s ships) Name() string { return "ships" }

func (s ships) Recognize(d *annot.Document) (found []annot.Mention) {
	for i, tok := range d.Tokens {
		if d.Slice(tok.Span) == s.name {
			found = append(found, annot.Mention{Span: d.Tokens[i].Span, Type: annot.MISC, By: "ships/list", Confidence: 0.9})
		}
	}
	return found
}

// firstEntity is a sieve that gives every quote to the first entity, or declines if there is none.
type firstEntity struct{}

func (firstEntity) Name() string { return "first-entity" }

func (firstEntity) Attribute(d *annot.Document, q annot.Quote) (annot.Attribution, bool) {
	if len(d.Entities) == 0 {
		return annot.Attribution{}, false
	}
	e := d.Entities[0]
	speaker := annot.Speaker{Type: annot.Person, Name: e.Name, Entities: []int{e.ID}, Mention: d.Mentions[e.Mentions[0]].Span}
	return annot.Attribution{Status: annot.Attributed, Speaker: speaker, By: "first-entity/always", Confidence: 0.6}, true
}

// counter is a stage that counts the quotes with a speaker.
type counter struct{ attributed *int }

func (counter) Name() string { return "counter" }
func (counter) Layers() (reads, writes annot.Layers) {
	return annot.Quotes | annot.Attributions, 0
}
func (c counter) Models() []string { return []string{"counter-1"} }
func (c counter) Process(d *annot.Document) error {
	for _, q := range d.Quotes {
		if q.Status == annot.Attributed {
			*c.attributed++
		}
	}
	return nil
}

// processWith runs the default pipeline with the options on a text.
func processWith(t *testing.T, opt pipeline.Options, text string) *annot.Document {
	t.Helper()
	p, err := pipeline.NewDefault(opt)
	if err != nil {
		t.Fatal(err)
	}
	d := annot.New("", text)
	if err := p.Process(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	return d
}

func mentionTexts(d *annot.Document) (all []string) {
	for _, m := range d.Mentions {
		all = append(all, d.Slice(m.Span)+" by "+m.By)
	}
	return all
}

func TestRecognizers(t *testing.T) {
	const text = "The Halcyon left Oslo on Monday. “We were late,” said Ann Lee."
	for _, test := range []struct {
		name string
		opt  pipeline.Options
		want []string
	}{
		{"beside the built-in ones", pipeline.Options{Recognizers: []entities.Recognizer{ships{"Halcyon"}}},
			[]string{"Halcyon by ships/list", "Oslo by model/crf", "Ann Lee by model/crf"}},
		{"before the built-in ones", pipeline.Options{Recognizers: []entities.Recognizer{ships{"Oslo"}}},
			[]string{"Oslo by ships/list", "Ann Lee by model/crf"}},
		{"alone", pipeline.Options{Recognizers: []entities.Recognizer{ships{"Oslo"}}, OnlyRecognizers: true},
			[]string{"Oslo by ships/list"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mentionTexts(processWith(t, test.opt, text)); !slices.Equal(got, test.want) {
				t.Errorf("want %q, got %q", test.want, got)
			}
		})
	}
}

func TestSieves(t *testing.T) {
	const text = "Bo Lind left. “We were late,” said Ann Lee."
	opt := pipeline.Options{Sieves: []attribution.Sieve{firstEntity{}}}
	if q := processWith(t, opt, text).Quotes[0]; q.Speaker.Name != "Bo Lind" || q.By != "first-entity/always" {
		t.Errorf("the sieve is not asked: %+v", q)
	}
	if q := processWith(t, opt, "“We were late,” she said.").Quotes[0]; q.By == "first-entity/always" || q.Status == annot.NoStatus {
		t.Errorf("where the sieve declines: %+v", q)
	}
	opt.MinConfidence = 0.7
	if q := processWith(t, opt, text).Quotes[0]; q.Status != annot.Unattributed || q.Flags&annot.LowConfidence == 0 {
		t.Errorf("the answer of the sieve is not withheld: %+v", q)
	}
}

// Stages of one's own see what the built-in ones leave, the threshold included.
func TestThen(t *testing.T) {
	const text = "Bo Lind left. “We were late,” said Ann Lee."
	for _, least := range []float64{0, 1} {
		n := 0
		processWith(t, pipeline.Options{MinConfidence: least, Then: []pipeline.Stage{counter{&n}}}, text)
		if want := 1 - int(least); n != want {
			t.Errorf("with the least confidence %g: want %d, got %d", least, want, n)
		}
	}
}

func TestOptionFaults(t *testing.T) {
	for _, test := range []struct {
		opt  pipeline.Options
		want string
	}{
		{pipeline.Options{OnlyRecognizers: true}, "no recognizer; give one in Recognizers"},
		{pipeline.Options{Recognizers: []entities.Recognizer{nil}}, "recognizer 1 is nil"},
		{pipeline.Options{Sieves: []attribution.Sieve{firstEntity{}, nil}}, "sieve 2 is nil"},
		{pipeline.Options{Sieves: []attribution.Sieve{nil, firstEntity{}}}, "sieve 1 is nil"},
		{pipeline.Options{Then: []pipeline.Stage{nil}}, "has no name"},
		{pipeline.Options{Then: []pipeline.Stage{counter{}, counter{}}}, "two stages named counter"},
	} {
		if _, err := pipeline.NewDefault(test.opt); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want %s, got %v", test.want, err)
		}
	}
}

// The models are those that the stages use, in the order of the stages.
func TestModels(t *testing.T) {
	prefixes := func(opt pipeline.Options) (all []string) {
		p, err := pipeline.NewDefault(opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range p.Models() {
			name, sum, ok := strings.Cut(id, "-")
			if !ok || sum == "" {
				t.Errorf("ID %s", id)
			}
			all = append(all, name)
		}
		return all
	}
	for _, test := range []struct {
		opt  pipeline.Options
		want []string
	}{
		{pipeline.Options{}, []string{"crf", "judge", "ranker"}},
		{pipeline.Options{Indirect: true, MinConfidence: 0.5}, []string{"crf", "judge", "ranker", "reports"}},
		{pipeline.Options{Recognizers: []entities.Recognizer{ships{}}, OnlyRecognizers: true}, []string{"judge", "ranker"}},
		{pipeline.Options{Then: []pipeline.Stage{counter{}}}, []string{"crf", "judge", "ranker", "counter"}},
	} {
		if got := prefixes(test.opt); !slices.Equal(got, test.want) {
			t.Errorf("want %q, got %q", test.want, got)
		}
	}
}
