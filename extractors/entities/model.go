package entities

import (
	"sync"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Model is the recognizer of the names that a trained tagger finds. It is Thorough.
type Model struct {
	set    *rules.Set
	table  *gazetteer.Table
	tagger *crf.Model
	pool   sync.Pool // of *modelScratch
}

// stretch is the number of tokens that are tagged at once. Longer articles are tagged in stretches, which bounds the
// memory; a name is then compared with the others of its stretch only.
const stretch = 20_000

// modelScratch is the memory of one document's tagging, used again for the next.
type modelScratch struct {
	doc      crf.Doc
	mentions []crf.Mention
}

// NewModel returns the recognizer of a trained tagger. It wants segmented documents, keeps nothing of them, and is safe for
// concurrent use.
func NewModel(set *rules.Set, table *gazetteer.Table, tagger *crf.Model) *Model {
	return &Model{set: set, table: table, tagger: tagger, pool: sync.Pool{New: func() any { return new(modelScratch) }}}
}

// Name returns "model".
func (m *Model) Name() string { return "model" }

// Models returns the ID of the tagger.
func (m *Model) Models() []string { return []string{m.tagger.ID()} }

// LeastAfter returns the confidence that a proposal needs where the tagger found nothing. The kinds of names that the
// rules give less were wrong more often than right there, on all development sets.
func (m *Model) LeastAfter() float64 { return 0.88 }

// Recognize proposes the names of d.
func (m *Model) Recognize(d *annot.Document) []annot.Mention {
	return m.recognize(segment.NewView(d, m.set, nil))
}

// plain returns the mark that the tagger knows for two that it was not trained with. It folds curly ones itself: names do not
// depend on the style of the marks.
func plain(word string) string {
	if word == "''" || word == "``" {
		return "\""
	}
	return word
}

func (m *Model) recognize(v *segment.View) []annot.Mention {
	d := v.D
	s := m.pool.Get().(*modelScratch)
	defer m.pool.Put(s)
	var found []annot.Mention
	for first, sent := 0, 0; first < len(d.Tokens); {
		end := min(first+stretch, len(d.Tokens))
		s.doc.Tokens, s.doc.Sentences = s.doc.Tokens[:0], s.doc.Sentences[:0]
		for _, tok := range d.Tokens[first:end] {
			s.doc.Tokens = append(s.doc.Tokens, plain(d.Slice(tok.Span)))
		}
		for ; sent < len(d.Sentences) && d.Sentences[sent].EndToken <= end; sent++ {
			s.doc.Sentences = append(s.doc.Sentences, d.Sentences[sent].EndToken-first)
		}
		s.mentions = m.tagger.Mentions(s.doc, s.mentions[:0])
		for _, x := range s.mentions {
			found = append(found, annot.Mention{Span: v.Span(first+x.First, first+x.End), Type: x.Type, By: "model/crf", Confidence: x.Confidence})
		}
		first = end
	}
	clear(s.doc.Tokens) // the words are parts of the article, which must not be kept alive
	return refine(v, m.table, found)
}
