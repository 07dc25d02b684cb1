package entities

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A layer is the proposals of one recognizer.
type layer struct {
	proposals []annot.Mention
	// least is the confidence that a proposal needs where the layers before it found nothing: high after the
	// trained model, which has looked there.
	least float64
}

// resolve chooses among proposals that overlap. The layers are in order of trust: what one recognizer found, later ones
// do not change, they fill the gaps. Within a layer the longer proposal wins, of two as long the more confident, then
// the one proposed first. The result is sorted.
func resolve(layers []layer) []annot.Mention {
	var chosen []annot.Mention
	for _, l := range layers {
		chosen = merge(chosen, sweep(l.proposals), l.least)
	}
	return chosen
}

// merge adds to the sorted mentions a those of the sorted b that overlap none of them and have the least confidence. One
// of b takes the place of those of a that it holds if it is not unlikely and says more of the same (Loretta | E.
// Lynch), or if they are unlikely and it is likely.
func merge(a, b []annot.Mention, least float64) []annot.Mention {
	out := make([]annot.Mention, 0, len(a)+len(b))
	i := 0
	for _, m := range b {
		for i < len(a) && a[i].End <= m.Start {
			out = append(out, a[i])
			i++
		}
		j := i
		for j < len(a) && a[j].Start < m.End && yields(a[j], m) {
			j++
		}
		if (j > i || m.Confidence >= least) && (j == len(a) || a[j].Start >= m.End) {
			out = append(out, m)
			i = j
		}
	}
	return append(out, a[i:]...)
}

// yields reports whether the trusted mention a gives way to the less trusted m.
func yields(a, m annot.Mention) bool {
	const unlikely, likely = 0.6, 0.85
	more := m.Type == a.Type && m.Span != a.Span && m.Confidence >= unlikely
	return a.By != byUser && m.Contains(a.Span) && (more || a.Confidence < unlikely && m.Confidence >= likely)
}

// sweep resolves the overlaps of one layer.
func sweep(proposals []annot.Mention) []annot.Mention {
	slices.SortStableFunc(proposals, func(a, b annot.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.Confidence, a.Confidence))
	})
	chosen := proposals[:0]
	for i := 0; i < len(proposals); {
		j, end := i+1, proposals[i].End
		for j < len(proposals) && proposals[j].Start < end {
			end = max(end, proposals[j].End)
			j++
		}
		chosen = append(chosen, pick(proposals[i:j])...)
		i = j
	}
	return chosen
}

// pick resolves one group of overlapping proposals.
func pick(group []annot.Mention) []annot.Mention {
	if len(group) == 1 {
		return group
	}
	byLength := slices.Clone(group)
	slices.SortStableFunc(byLength, func(a, b annot.Mention) int {
		return cmp.Or(cmp.Compare(b.Len(), a.Len()), cmp.Compare(b.Confidence, a.Confidence))
	})
	var kept []annot.Mention
	for _, m := range byLength {
		i, found := slices.BinarySearchFunc(kept, m, func(a, b annot.Mention) int { return cmp.Compare(a.Start, b.Start) })
		if found || i > 0 && kept[i-1].End > m.Start || i < len(kept) && kept[i].Start < m.End {
			continue
		}
		kept = slices.Insert(kept, i, m)
	}
	return kept
}
