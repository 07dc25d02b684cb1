// Package entities finds the people, places and organizations that an article names and groups the mentions into
// entities. Recognizers propose mentions, which may overlap; one policy decides between them.
package entities

import (
	"fmt"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Recognizer proposes mentions. The proposals may overlap and come in any order; they need no entity. Recognize must
// not change the document and is safe for concurrent use.
type Recognizer interface {
	// Name names the recognizer in errors.
	Name() string
	// Recognize returns the proposals for d, which has its sentences and tokens, and no mentions yet. Each covers whole
	// tokens, or is a part of a hyphen compound, and has a type, what decided in By, and a confidence.
	Recognize(d *annot.Document) []annot.Mention
}

// A Thorough recognizer has looked at every word: where it proposes nothing, there is likely no name.
type Thorough interface {
	Recognizer
	// LeastAfter returns the confidence that a proposal of a later recognizer needs where this one proposes nothing.
	LeastAfter() float64
}

// viewer is a Recognizer that can share the view that the stage has made already.
type viewer interface {
	recognize(v *segment.View) []annot.Mention
}

// A modeler is a Recognizer that uses trained models.
type modeler interface {
	Models() []string
}

// A Stage writes the mentions and entities of segmented documents. It is immutable and safe for concurrent use.
type Stage struct {
	set         *rules.Set
	table       *gazetteer.Table
	recognizers []Recognizer
	lists       []*UserList // asked first, and never overruled
}

// New returns the stage with the given recognizers, or with those of BuiltIn if there are none. The order of the
// recognizers is their order of trust: what one found, later ones do not change but for a longer mention of the same
// type or a much surer one; they fill the gaps.
func New(set *rules.Set, recognizers ...Recognizer) (*Stage, error) {
	table, err := gazetteer.Default()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	for i, r := range recognizers {
		if r == nil {
			return nil, fmt.Errorf("recognizer %d is nil; leave it out", i+1)
		}
	}
	if len(recognizers) == 0 {
		if recognizers, err = BuiltIn(set, nil); err != nil {
			return nil, err
		}
	}
	return &Stage{set: set, table: table, recognizers: slices.Clone(recognizers)}, nil
}

// BuiltIn returns the recognizers that the default pipeline uses: the trained tagger, which is the embedded one if tagger
// is nil, then the rules.
func BuiltIn(set *rules.Set, tagger *crf.Model) ([]Recognizer, error) {
	table, err := gazetteer.Default()
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	if tagger == nil {
		if tagger, err = crf.Default(); err != nil {
			return nil, fmt.Errorf("entity model: %w", err)
		}
	}
	// A recognizer of the listed phrases is not among them: the tagger knows the lists, and asking them again changed
	// nothing for the better.
	return []Recognizer{NewModel(set, table, tagger), NewRules(set, table)}, nil
}

// WithList returns a stage that has the names of l besides those of s. They win over what any recognizer finds, and over
// the names of lists that are added later. s is not changed.
func (s *Stage) WithList(l *UserList) *Stage {
	t := *s
	t.lists = append(slices.Clone(s.lists), l)
	return &t
}

// Name returns "entities".
func (s *Stage) Name() string { return "entities" }

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens, annot.Mentions | annot.Entities
}

// Models returns the IDs of the trained models that the recognizers use, in their order.
func (s *Stage) Models() []string {
	var ids []string
	for _, r := range s.recognizers {
		if m, ok := r.(modeler); ok {
			ids = append(ids, m.Models()...)
		}
	}
	return ids
}

// Process finds and groups the mentions of d.
func (s *Stage) Process(d *annot.Document) error { return s.ProcessWith(d, new(segment.Tables)) }

// ProcessWith is Process with tables of the tokens that other stages read too.
func (s *Stage) ProcessWith(d *annot.Document, t *segment.Tables) error {
	v := t.View(d, s.set, nil)
	layers := make([]layer, 0, len(s.lists)+len(s.recognizers))
	for _, l := range s.lists {
		layers = append(layers, layer{proposals: l.find(d)})
	}
	least := 0.0
	for _, r := range s.recognizers {
		layers = append(layers, layer{proposals: propose(r, v), least: least})
		if t, ok := r.(Thorough); ok {
			least = max(least, t.LeastAfter())
		}
	}
	ms := resolve(layers)
	ms = marketCodes(v, ms)
	ms = debris(v, s.table, ms)
	ms = headings(v, s.table, ms)
	ms = credentials(v, ms)
	ms = apart(v, s.table, ms)
	ms = titled(v, s.set, s.table, ms)
	ms = shortForms(v, ms)
	ms = bySurnames(v, s.table, ms)
	ms = storeNames(v, s.set, s.table, ms)
	ms = inside(v, s.set, s.table, ms)
	ms = joined(v, s.table, ms)
	d.Mentions = bounds(v, s.set, s.table, ms)
	group(v, s.set, s.table, s.lists)
	return nil
}

// propose asks a recognizer.
func propose(r Recognizer, v *segment.View) []annot.Mention {
	if shared, ok := r.(viewer); ok {
		return shared.recognize(v)
	}
	return r.Recognize(v.D)
}
