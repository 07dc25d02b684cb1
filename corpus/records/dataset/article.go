package dataset

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// separator joins several values in one cell. Tables of their own hold those in which it may occur.
const separator = "; "

// An article is a record on its way into the tables.
type article struct {
	*output.Record
	offsets *output.Offsets // nil if the record has no text
}

// newArticle prepares r, whose unit of offsets must be known.
func newArticle(r *output.Record) (*article, error) {
	a := &article{Record: r}
	if r.Text != nil {
		unit, ok := output.ParseUnit(r.Offsets)
		if !ok {
			return nil, fmt.Errorf("no unit of offsets %q; take codepoint, byte or utf16", r.Offsets)
		}
		a.offsets = output.NewOffsets(*r.Text, unit)
	}
	return a, nil
}

// global returns an id that is unique in the data set. It begins with a letter, as doc_id does, so that nobody takes it
// for a number.
func (a *article) global(id string) string { return a.DocID + "_" + id }

// slice returns the text between two offsets, or nil if the record has no text.
func (a *article) slice(start, end int) any {
	if a.offsets == nil {
		return nil
	}
	i, ok := a.offsets.Byte(start)
	j, ok2 := a.offsets.Byte(end)
	if !ok || !ok2 || j < i {
		return nil
	}
	return (*a.Text)[i:j]
}

// sentence returns the id of the sentence in which start lies, or nil.
func (a *article) sentence(start int) any {
	i := sort.Search(len(a.Sentences), func(i int) bool { return a.Sentences[i].End > start })
	if i == len(a.Sentences) || a.Sentences[i].Start > start {
		return nil
	}
	return a.global(a.Sentences[i].SentenceID)
}

// optional returns the string, or nil.
func optional(s *string) any {
	if s == nil {
		return nil
	}
	return *s
}

// joined returns the strings in one cell, or nil if there are none.
func joined(list []string) any {
	if len(list) == 0 {
		return nil
	}
	return strings.Join(list, separator)
}

// clean returns a value without what tables cannot hold: NUL ends strings early, and bytes that are no UTF-8 make
// readers give up. Texts of articles have neither, what the input said besides may.
func clean(v any) any {
	s, ok := v.(string)
	if !ok || utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return v
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}
