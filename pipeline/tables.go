package pipeline

import (
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// tabled are the layers that the tables of the tokens are made of.
const tabled = annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens

// process runs s on d. The stages of ours share the tables t of the tokens, which a stage that writes what they are made of
// empties. The switch is over types, not over a method: a stage of somebody's own that embeds one of ours has that method too, and
// its Process must not be passed by.
func process(s Stage, d *annot.Document, t *segment.Tables) error {
	switch s := s.(type) {
	case *entities.Stage:
		return s.ProcessWith(d, t)
	case *quotes.Stage:
		return s.ProcessWith(d, t)
	case *attribution.Stage:
		return s.ProcessWith(d, t)
	case *indirect.Stage:
		return s.ProcessWith(d, t)
	}
	if _, writes := s.Layers(); writes&tabled != 0 {
		defer func() { *t = segment.Tables{} }()
	}
	return s.Process(d)
}
