package pipeline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// cutter is a stage that writes the tokens again, without those of the last sentence.
type cutter struct{}

func (cutter) Name() string { return "cutter" }
func (cutter) Layers() (reads, writes annot.Layers) {
	return annot.Tokens | annot.Sentences, annot.Tokens | annot.Sentences
}
func (cutter) Process(d *annot.Document) error {
	last := d.Sentences[len(d.Sentences)-1]
	d.Sentences, d.Tokens = d.Sentences[:len(d.Sentences)-1], d.Tokens[:last.FirstToken]
	return nil
}

// wrapped is a stage of somebody's own around one of ours.
type wrapped struct{ *attribution.Stage }

func (w wrapped) Process(d *annot.Document) error {
	err := w.Stage.Process(d)
	for i := range d.Quotes {
		d.Quotes[i].Confidence = 0.125
	}
	return err
}

// Stages that share tables find what they find each by itself, whatever stages stand between.
func TestSharedTables(t *testing.T) {
	set := rules.MustEnglish()
	names, err := entities.New(set)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := indirect.New(set, nil)
	if err != nil {
		t.Fatal(err)
	}
	const text = "“We are ready,” said Ann Cole. She has long said that the “Rocky” pier was safe.\n\nCole can’t say when it opens. “Soon.” He left.\n"
	for _, stages := range [][]pipeline.Stage{
		{segment.New(set), names, quotes.New(set), attribution.New(set), reports},
		{segment.New(set), names, cutter{}, quotes.New(set), attribution.New(set), reports},
		{segment.New(set), names, quotes.New(set), wrapped{attribution.New(set)}, reports},
	} {
		p, err := pipeline.New(stages...)
		if err != nil {
			t.Fatal(err)
		}
		got, want := annot.New("", text), annot.New("", text)
		if err := p.Process(got); err != nil {
			t.Fatal(err)
		}
		for _, s := range stages {
			if err := s.Process(want); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: the pipeline differs from its stages:\n%s", p.Stages(), diff)
		}
		if len(got.Quotes) < 3 {
			t.Errorf("%s: %d quotes", p.Stages(), len(got.Quotes))
		}
	}
}
