package entities

import (
	"sync"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Model proposes the names that a trained tagger finds.
type Model struct {
	set    *rules.Set
	table  *gazetteer.Table
	tagger *crf.Model
	pool   sync.Pool // of *modelScratch
}

// modelScratch is the memory of one document's tagging, used again for the next.
type modelScratch struct {
	doc      crf.Doc
	mentions []crf.Mention
}

// NewModel returns the recognizer of a trained tagger. Documents that it sees for themselves are segmented already.
func NewModel(set *rules.Set, table *gazetteer.Table, tagger *crf.Model) *Model {
	return &Model{set: set, table: table, tagger: tagger, pool: sync.Pool{New: func() any { return new(modelScratch) }}}
}

// Name returns "model".
func (m *Model) Name() string { return "model" }

// Recognize proposes the names of d.
func (m *Model) Recognize(d *annot.Document) []annot.Mention {
	return m.recognize(segment.NewView(d, m.set, nil))
}

func (m *Model) recognize(v *segment.View) []annot.Mention {
	d := v.D
	s := m.pool.Get().(*modelScratch)
	defer m.pool.Put(s)
	s.doc.Tokens, s.doc.Sentences = s.doc.Tokens[:0], s.doc.Sentences[:0]
	for _, tok := range d.Tokens {
		s.doc.Tokens = append(s.doc.Tokens, d.Slice(tok.Span))
	}
	for _, sent := range d.Sentences {
		s.doc.Sentences = append(s.doc.Sentences, sent.EndToken)
	}
	s.mentions = m.tagger.Mentions(s.doc, s.mentions[:0])
	found := make([]annot.Mention, 0, len(s.mentions))
	for _, x := range s.mentions {
		found = append(found, annot.Mention{Span: v.Span(x.First, x.End), Type: x.Type, By: "model/crf", Confidence: x.Confidence})
	}
	clear(s.doc.Tokens) // the words are parts of the article, which must not be kept alive
	return refine(v, m.table, found)
}
