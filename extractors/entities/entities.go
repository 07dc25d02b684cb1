// Package entities finds the people, places and organizations that an article names and groups the mentions into
// entities. Recognizers propose mentions, which may overlap; one policy decides between them.
package entities

import (
	"fmt"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Recognizer proposes mentions. The proposals may overlap and come in any order; they need no entity. Recognize must
// not change the document and is safe for concurrent use.
type Recognizer interface {
	Name() string
	Recognize(d *annot.Document) []annot.Mention
}

// viewer is a Recognizer that can share the view that the stage has made already.
type viewer interface {
	recognize(v *segment.View) []annot.Mention
}

// A Stage writes the mentions and entities of segmented documents. It is immutable and safe for concurrent use.
type Stage struct {
	set         *rules.Set
	table       *gazetteer.Table
	recognizers []Recognizer
}

// New returns the stage with the given recognizers, or with those of Default if there are none. The order of the
// recognizers is their order of trust where the policy finds two proposals equal.
func New(set *rules.Set, recognizers ...Recognizer) (*Stage, error) {
	table, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	s := &Stage{set: set, table: table, recognizers: recognizers}
	if len(recognizers) == 0 {
		tagger, err := crf.Default()
		if err != nil {
			return nil, fmt.Errorf("entity model: %w", err)
		}
		// The gazetteer is not among them: the tagger knows it, and asking it again changed nothing for the better.
		s.recognizers = []Recognizer{NewModel(set, table, tagger), NewRules(set, table)}
	}
	return s, nil
}

// Name returns "entities".
func (s *Stage) Name() string { return "entities" }

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens, annot.Mentions | annot.Entities
}

// Process finds and groups the mentions of d.
func (s *Stage) Process(d *annot.Document) error {
	v := segment.NewView(d, s.set, nil)
	layers := make([][]annot.Mention, 0, len(s.recognizers))
	for _, r := range s.recognizers {
		if r, ok := r.(viewer); ok {
			layers = append(layers, r.recognize(v))
			continue
		}
		layers = append(layers, r.Recognize(d))
	}
	d.Mentions = resolve(layers)
	group(v, s.table)
	return nil
}
