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
	lists       []*UserList // asked first, and never overruled
}

// New returns the stage with the given recognizers, or with those of Default if there are none. The order of the
// recognizers is their order of trust where the policy finds two proposals equal. A UserList wins over all others
// wherever it stands, and does not count as one: with nothing but lists those of Default are asked too.
func New(set *rules.Set, recognizers ...Recognizer) (*Stage, error) {
	table, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	s := &Stage{set: set, table: table}
	for _, r := range recognizers {
		if l, ok := r.(*UserList); ok {
			s.lists = append(s.lists, l)
		} else {
			s.recognizers = append(s.recognizers, r)
		}
	}
	if len(s.recognizers) == 0 {
		if s.recognizers, err = Default(set, nil); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Default returns the recognizers that New uses if it is given none, with tagger as the model, or with the embedded one
// if it is nil.
func Default(set *rules.Set, tagger *crf.Model) ([]Recognizer, error) {
	table, err := gazetteer.Load()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	if tagger == nil {
		if tagger, err = crf.Default(); err != nil {
			return nil, fmt.Errorf("entity model: %w", err)
		}
	}
	// The gazetteer is not among them: the tagger knows it, and asking it again changed nothing for the better.
	return []Recognizer{NewModel(set, table, tagger), NewRules(set, table)}, nil
}

// Name returns "entities".
func (s *Stage) Name() string { return "entities" }

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens, annot.Mentions | annot.Entities
}

// behindModel is the confidence of a proposal that the trained model did not make. The kinds of names that rules give
// less were wrong more often than right where it found nothing, on all development sets.
const behindModel = 0.88

// Process finds and groups the mentions of d.
func (s *Stage) Process(d *annot.Document) error {
	v := segment.NewView(d, s.set, nil)
	layers := make([]layer, 0, len(s.lists)+len(s.recognizers))
	for _, l := range s.lists {
		layers = append(layers, layer{proposals: l.Recognize(d)})
	}
	least := 0.0
	for _, r := range s.recognizers {
		l := layer{least: least}
		if shared, ok := r.(viewer); ok {
			l.proposals = shared.recognize(v)
		} else {
			l.proposals = r.Recognize(d)
		}
		layers = append(layers, l)
		if _, ok := r.(*Model); ok {
			least = behindModel
		}
	}
	d.Mentions = shortForms(v, resolve(layers))
	group(v, s.set, s.table, s.lists)
	return nil
}
