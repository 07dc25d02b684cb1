package entities

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// resolve chooses among proposals that overlap: the longer one wins, of two as long the more confident, then the one
// proposed first. A proposal that lost to one that lost itself may still be chosen. The result is sorted.
func resolve(proposals []annot.Mention) []annot.Mention {
	slices.SortStableFunc(proposals, func(a, b annot.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(b.Confidence, a.Confidence))
	})
	chosen := proposals[:0]
	// Sweep the groups of proposals that overlap one another.
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
