// Package segment finds the paragraphs of an article with their zones, its quotation structure, its tokens and its
// sentences. It is the first stage of the pipeline, and its Tokenize is the one tokenizer of the project: models are
// trained on the tokens that they will see.
package segment

import (
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Stage is the first stage of the pipeline. It is safe for concurrent use.
type Stage struct {
	set    *rules.Set
	tok    *tokenizer
	zoner  *zoner
	splits splitter
}

// New returns a Stage that follows set, which must not be nil.
func New(set *rules.Set) *Stage {
	return &Stage{set: set, tok: &tokenizer{set, table()}, zoner: newZoner(set), splits: splitter{set, table()}}
}

// table returns what is known of words before an article is read.
func table() *gazetteer.Table {
	t, err := gazetteer.Default()
	if err != nil {
		panic("internal error: embedded gazetteer: " + err.Error()) // a test of the gazetteer opens the same
	}
	return t
}

// Name returns "segment".
func (s *Stage) Name() string { return "segment" }

// Layers returns what the stage reads, nothing, and writes: paragraphs, quotation structure, sentences and tokens.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return 0, annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens | annot.Warnings
}

// Process fills d.Paragraphs, d.Marked, d.Tokens and d.Sentences, replacing what was there. It takes time linear in the
// text and never returns an error.
func (s *Stage) Process(d *annot.Document) error {
	text := d.Text
	if d.Elements == nil {
		d.Paragraphs = paragraphs(text, d.Paragraphs[:0])
		d.Paragraphs = s.zoner.zones(text, d.Paragraphs)
		markSpans(d, s.set)
	} else {
		d.Paragraphs = blocks(d, d.Paragraphs[:0])
		d.Paragraphs = s.zoner.marked(d, d.Paragraphs)
		markSpans(d, s.set)
		markInline(d)
	}

	if cap(d.Tokens) == 0 {
		d.Tokens = make([]annot.Token, 0, len(text)/5+8)
	}
	d.Tokens = d.Tokens[:0]
	ends := make([]int, len(d.Paragraphs)) // index of the token after each paragraph
	for i, p := range d.Paragraphs {
		d.Tokens = s.tok.tokens(text, p.Start, p.End, d.Tokens)
		ends[i] = len(d.Tokens)
	}
	trimUnclosed(d, s.set)
	s.splits.sentences(d, ends)
	return nil
}
