package extract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Document returns a document of the article for a pipeline to process: its text, the structure that the input gave, and
// the warnings of reading it. An article without text gets the warning empty. The document shares the elements with a, and
// its ID is the path.
func Document(a *corpus.Article) *annot.Document {
	d := annot.New(a.Path, a.Text)
	d.Elements, d.Warnings = a.Elements, slices.Clone(a.Warnings)
	if a.Blank() {
		d.Warnings = append(d.Warnings, annot.Warning{Code: "empty", Message: "the article has no text", Start: -1})
	}
	return d
}

// Source returns what records say of where the article came from. It points into a.
func Source(a *corpus.Article) output.Source {
	s := output.Source{Path: a.Path, Member: output.Optional(a.Member), Index: a.Index, SHA256: &a.SHA256, Bytes: &a.Bytes, Encoding: &a.Encoding}
	for _, r := range a.Repairs {
		s.Repairs = append(s.Repairs, output.Repair(r))
	}
	return s
}

// inputHash returns a hash of all that a record is made of besides the pipeline and the options.
func inputHash(a *corpus.Article) string {
	h := xxhash.New()
	fmt.Fprintf(h, "%d %s", len(a.Text), a.Text)
	json.NewEncoder(h).Encode([]any{a.Encoding, a.Repairs, a.Elements, a.Warnings, a.Meta}) // a hash takes all
	return strconv.FormatUint(h.Sum64(), 16)
}
