package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// debris sets right the names that the remains of a page's layout make: handles, names that are printed twice, and words
// in capitals or names that are glued to others. ms are sorted and do not overlap; so is the result.
func debris(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	out := make([]annot.Mention, 0, len(ms))
	i, end := 0, 0
	for _, m := range ms {
		i, end = tokensOf(v, m.Span, i)
		switch {
		case m.By == byUser:
			out = append(out, m)
		case v.Word(i)[0] == '@': // @dorn
		case end-i < 2:
			out = append(out, m)
		case twice(v, table, i, end):
			if e, ok := table.Phrase(hash(v, i, (i+end)/2)); ok && m.Confidence < unsure {
				m.Type = e.Best
			}
			first, second := m, m
			first.Span, second.Span = v.Span(i, (i+end)/2), v.Span((i+end)/2, end)
			out = append(out, first, second)
		case m.Type == annot.PER:
			m.Span = stripped(v, table, i, end)
			out = append(out, m)
		default:
			out = append(out, m)
		}
	}
	return out
}

// twice reports whether the mention of the tokens [i, end) is one name two times: Ina Dorn Ina Dorn. A place may be called
// so: Walla Walla.
func twice(v *segment.View, table *gazetteer.Table, i, end int) bool {
	half := (end - i) / 2
	if (end-i)%2 != 0 {
		return false
	}
	for k := range half {
		if v.Word(i+k) != v.Word(i+half+k) {
			return false
		}
	}
	if _, listed := table.Phrase(hash(v, i, end)); listed {
		return false
	}
	_, listed := table.Phrase(hash(v, i, i+half))
	return half > 1 || listed
}

// stripped returns the span of the name of a person, the tokens [i, end), without what a page's layout added to it.
func stripped(v *segment.View, table *gazetteer.Table, i, end int) annot.Span {
	if label(v, table, i) && !allUpper(v.Word(end-1)) {
		i++ // WATCHED | Ina Dorn
	}
	last := v.Word(end - 1)
	span := v.Span(i, end)
	if end-i < 3 {
		return span
	}
	rest, again := strings.CutPrefix(last, v.Word(i))
	next, _ := utf8.DecodeRuneInString(rest)
	if again && len(v.Word(i)) > 2 && (rest == "" && end-i > 3 || unicode.IsUpper(next)) {
		span = v.Span(i+1, end) // Dorn | Ina May Dorn | Budget
		span.End -= len(rest)
	}
	return span
}

// label reports whether token i is an ordinary word in capitals.
func label(v *segment.View, table *gazetteer.Table, i int) bool {
	w := v.Word(i)
	ratio, known := table.Case(w)
	return allUpper(w) && len(w) > 2 && (known && ratio > 0.9 || v.Is(i, rules.CommonVerb|rules.CommonCap))
}
