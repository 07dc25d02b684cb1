package export

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// breaks reports whether r ends a line or a column for brat, which splits lines where Python's splitlines does.
func breaks(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', '\x1c', '\x1d', '\x1e', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// brat returns X.txt and X.ann. All parts of a quote are one span of several fragments.
func brat(a *article) ([]File, error) {
	var b bytes.Buffer
	ids := make([]int, len(a.marks)) // of the T that a mark is, or is part of
	quotes := map[*output.Quote]int{}
	n := 0
	for i, m := range a.marks {
		if m.quote != nil && m.part > 0 {
			continue
		}
		n++
		ids[i] = n
		spans := []output.Span{{Start: m.start, End: m.end}}
		if m.quote != nil {
			quotes[m.quote] = n
			spans = slices.Clone(m.quote.Parts)
		}
		if err := bratSpan(&b, a, n, m.label, spans); err != nil {
			return nil, err
		}
	}
	for i, m := range a.marks {
		if m.quote != nil {
			ids[i] = quotes[m.quote]
		}
	}
	relations, attributes, notes := 0, 0, 0
	for _, l := range a.links {
		if l.label == continues {
			continue // the fragments say it
		}
		relations++
		fmt.Fprintf(&b, "R%d\t%s Arg1:T%d Arg2:T%d\n", relations, l.label, ids[l.from], ids[l.to])
	}
	for i, m := range a.marks {
		if m.quote != nil && m.part == 0 {
			if !slices.Contains(kinds, m.quote.Kind) || !slices.Contains(statuses, m.quote.Status) {
				return nil, fmt.Errorf("quote %s is %q and %q; annotation.conf knows the kinds %s and the statuses %s",
					m.quote.QuoteID, m.quote.Kind, m.quote.Status,
					strings.Join(kinds, ", "), strings.Join(statuses, ", "))
			}
			fmt.Fprintf(&b, "A%d\tKind T%d %s\nA%d\tStatus T%d %s\n", attributes+1, ids[i], m.quote.Kind, attributes+2, ids[i], m.quote.Status)
			attributes += 2
		}
		if list := m.fields(); len(list) > 0 {
			notes++
			fmt.Fprintf(&b, "#%d\tAnnotatorNotes T%d\t%s\n", notes, ids[i], note(list))
		}
	}
	name := fileName(a.r)
	return []File{{name + ".txt", []byte(a.text)}, {name + ".ann", b.Bytes()}}, nil
}

// bratSpan writes a T: each line of each span is a fragment, and the text beside it is the fragments joined by spaces.
func bratSpan(b *bytes.Buffer, a *article, id int, label string, spans []output.Span) error {
	var places, texts []string
	slices.SortStableFunc(spans, func(x, y output.Span) int { return cmp.Compare(x.Start, y.Start) })
	end := 0
	for _, s := range spans {
		if s.Start < end {
			return errors.New("parts of a quote overlap, which brat takes for no span")
		}
		end = s.End
		for from := s.Start; from < s.End; {
			to := s.End
			if i := strings.IndexFunc(a.text[from:s.End], breaks); i >= 0 {
				to = from + i
			}
			if fragment := strings.TrimSpace(a.text[from:to]); fragment != "" {
				start := from + strings.Index(a.text[from:to], fragment)
				places = append(places, fmt.Sprintf("%d %d", a.at(start), a.at(start+len(fragment))))
				texts = append(texts, fragment)
			}
			from = to + len(firstRune(a.text[to:s.End]))
		}
	}
	if len(places) == 0 {
		return fmt.Errorf("%s at %d is white space, which brat takes for no span", label, spans[0].Start)
	}
	fmt.Fprintf(b, "T%d\t%s %s\t%s\n", id, label, strings.Join(places, ";"), strings.Join(texts, " "))
	return nil
}

// firstRune returns the first code point of s.
func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}
