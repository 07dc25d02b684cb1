package entities

import (
	"slices"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// tokensOf returns the tokens of the span, which begins at token at or later.
func tokensOf(v *segment.View, s annot.Span, at int) (first, end int) {
	t := v.D.Tokens
	for t[at].End <= s.Start {
		at++
	}
	end = at
	for end < len(t) && t[end].Start < s.End {
		end++
	}
	return at, end
}

// free calls use with each token that no mention of ms holds. ms are sorted and do not overlap.
func free(v *segment.View, ms []annot.Mention, use func(i int)) {
	k := 0
	for i, t := range v.D.Tokens {
		for k < len(ms) && ms[k].End <= t.Start {
			k++
		}
		if k == len(ms) || ms[k].Start >= t.End {
			use(i)
		}
	}
}

// insert returns ms with the mentions added, which lie between them. Both are sorted.
func insert(ms, added []annot.Mention) []annot.Mention {
	if len(added) == 0 {
		return ms
	}
	out := make([]annot.Mention, 0, len(ms)+len(added))
	for _, m := range added {
		for len(ms) > 0 && ms[0].Start < m.Start {
			out = append(out, ms[0])
			ms = ms[1:]
		}
		out = append(out, m)
	}
	return append(out, ms...)
}

// spaced reports whether white space alone lies between token i and the next, which is of the same paragraph.
func spaced(v *segment.View, i int) bool {
	t := v.D.Tokens
	if i+1 >= len(t) || t[i+1].Start == t[i].End {
		return false
	}
	gap := v.D.Text[t[i].End:t[i+1].Start]
	return gap == " " || strings.TrimFunc(gap, blank) == "" && !parted(v, t[i].End, t[i+1].Start)
}

// blank reports whether the rune is white space or invisible.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// parted reports whether a paragraph ends between the two places in the text.
func parted(v *segment.View, from, to int) bool {
	k, _ := slices.BinarySearchFunc(v.D.Paragraphs, from, func(p annot.Paragraph, at int) int { return p.End - at })
	return k < len(v.D.Paragraphs) && v.D.Paragraphs[k].End <= to
}
