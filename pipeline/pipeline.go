// Package pipeline is the front door of the library: it puts the stages of quoth together and runs them on documents.
//
//	p, err := pipeline.Default()
//	d := annot.New("", text)
//	err = p.Process(d) // d.Quotes now says who said what
//
// Stages of your own fit in with New; Run processes many documents in parallel and keeps their order.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Stage adds annotations to documents. It loads what it needs when it is made. Process does no I/O, depends on
// nothing but the document, writes no layer that Layers does not declare, and is safe for concurrent use on different
// documents.
type Stage interface {
	// Name names the stage in errors, as in "segment".
	Name() string
	// Layers returns the layers that Process needs and those that it adds to.
	Layers() (reads, writes annot.Layers)
	// Process annotates d. It never panics on any valid UTF-8 text.
	Process(d *annot.Document) error
}

// A Pipeline runs stages in order. It is immutable and safe for concurrent use.
type Pipeline struct{ stages []Stage }

// New returns a pipeline of the stages. It refuses stages that read a layer which no earlier stage writes, and two of
// the same name.
func New(stages ...Stage) (*Pipeline, error) {
	var faults []error
	var written annot.Layers
	seen := map[string]bool{}
	for i, s := range stages {
		if s == nil || s.Name() == "" {
			faults = append(faults, fmt.Errorf("stage %d has no name; give it one", i+1))
			continue
		}
		name := s.Name()
		if seen[name] {
			faults = append(faults, fmt.Errorf("two stages named %s; leave one out or give it another name", name))
		}
		seen[name] = true
		reads, writes := s.Layers()
		if missing := reads &^ written; missing != 0 {
			faults = append(faults, fmt.Errorf("stage %s reads %s, which no earlier stage writes; put one that does before it", name, missing))
		}
		written |= writes
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return &Pipeline{append([]Stage(nil), stages...)}, nil
}

// Stages returns the names of the stages, in order.
func (p *Pipeline) Stages() []string {
	names := make([]string, len(p.stages))
	for i, s := range p.stages {
		names[i] = s.Name()
	}
	return names
}

// Models returns the IDs of the trained models that the stages use, in the order of the stages: with the rules and the
// version of the program, what a record depends on besides the article. A stage of one's own is asked too if it has a
// method Models() []string.
func (p *Pipeline) Models() []string {
	var ids []string
	for _, s := range p.stages {
		if m, ok := s.(interface{ Models() []string }); ok {
			ids = append(ids, m.Models()...)
		}
	}
	return ids
}

// Process runs all stages on d, which must not have been processed before. It returns the first error, which names the
// stage; d is then annotated in part and should be thrown away. A stage that panics, or changes the text, is such an
// error, and says "internal error": please report it.
func (p *Pipeline) Process(d *annot.Document) error { return p.ProcessContext(context.Background(), d) }

// ProcessContext is Process, but begins no further stage once ctx is done, and then returns its error.
func (p *Pipeline) ProcessContext(ctx context.Context, d *annot.Document) error {
	if !utf8.ValidString(d.Text) {
		return errors.New("the text is not valid UTF-8; decode it first, for example with corpus.Decode")
	}
	var t segment.Tables
	for _, s := range p.stages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := run(s, d, &t); err != nil {
			return fmt.Errorf("stage %s: %w", s.Name(), err)
		}
	}
	return nil
}

// run keeps a bug in one stage from taking down a batch of thousands of articles.
func run(s Stage, d *annot.Document, t *segment.Tables) (err error) {
	text := d.Text
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal error: %v", fault)
		} else if err == nil && d.Text != text { // cheap: the same string has the same address
			err = errors.New("internal error: the stage changed the text")
		}
	}()
	return process(s, d, t)
}
