package entities

import (
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// joined gives one mention to what is listed as one body or place and was found in pieces: Board of Sports | in | India.
// ms are sorted and do not overlap; so is the result.
func joined(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	b := &bounder{v: v, table: table}
	out := ms[:0]
	for k := 0; k < len(ms); {
		m := ms[k]
		first, end, ok := b.tokens(m)
		if !ok || m.By == byUser {
			out = append(out, m)
			k++
			continue
		}
		k++
		if stop, e := b.longest(first, end, m.Type); stop > end {
			if n := within(ms, k, v.D.Tokens[stop-1].End); n >= 0 {
				m.Span, m.Type, m.By = v.Span(first, stop), e.Best, "model/listed"
				k = n
			}
		}
		out = append(out, m)
	}
	return out
}

// within returns the first mention from k on that begins no earlier than at, or -1 if at is within one or the name up to
// there would hold one of a user's list.
func within(ms []annot.Mention, k, at int) int {
	for ; k < len(ms) && ms[k].Start < at; k++ {
		if ms[k].End > at || ms[k].By == byUser {
			return -1
		}
	}
	return k
}

// longest returns the end of the longest well-known body or place that begins with the name [first, end) and is longer.
func (b *bounder) longest(first, end int, t annot.Type) (int, gazetteer.Entry) {
	h, stop, found := gazetteer.Seed, end, gazetteer.Entry{}
	for j := first; j < min(first+gazetteer.MaxTokens, len(b.v.D.Tokens)); j++ {
		if b.v.Word(j) == "," && t == annot.LOC {
			break // Paris | , | Texas
		}
		h = gazetteer.Extend(h, b.v.Word(j))
		e, ok := b.table.Phrase(h)
		if ok && j >= end && b.joins(e, j) {
			stop, found = j+1, e
		}
		if !e.More {
			break
		}
	}
	return stop, found
}

// joins reports whether the entry, of a phrase that ends with token j, is that of a body or place which is surely meant.
func (b *bounder) joins(e gazetteer.Entry, j int) bool {
	return (e.Best == annot.ORG || e.Best == annot.LOC) && e.Weight >= 4 && !e.Ambiguous && b.v.Word(j) != "."
}
