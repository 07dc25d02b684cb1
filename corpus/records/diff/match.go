package diff

import (
	"cmp"
	"slices"
)

// An item is a quote with its parts, or an entity with its mentions.
type item struct {
	spans []span
	key   string // what the items of changed texts are matched by
}

func (m *item) length() (n int) {
	for _, s := range m.spans {
		n += s.end - s.start
	}
	return n
}

type span struct{ start, end int }

// match returns for each item of a the index of the one of b that it belongs with, or -1, and the items of b that are left.
func match(a, b []item, byKey bool) (partner []int, added []int) {
	partner = make([]int, len(a))
	for i := range partner {
		partner[i] = -1
	}
	taken := make([]bool, len(b))
	if byKey {
		matchKeys(a, b, partner, taken)
	} else {
		for _, o := range overlaps(a, b) {
			if partner[o.a] < 0 && !taken[o.b] {
				partner[o.a], taken[o.b] = o.b, true
			}
		}
	}
	for j := range b {
		if !taken[j] {
			added = append(added, j)
		}
	}
	return partner, added
}

// matchKeys pairs items with the same key in their order. Without a key an item stays alone.
func matchKeys(a, b []item, partner []int, taken []bool) {
	places := map[string][]int{}
	for j := range b {
		places[b[j].key] = append(places[b[j].key], j)
	}
	for i := range a {
		if list := places[a[i].key]; a[i].key != "" && len(list) > 0 {
			partner[i], taken[list[0]] = list[0], true
			places[a[i].key] = list[1:]
		}
	}
}

// An overlap is how much two items share: from 0 to 1, where 1 is all of both.
type overlap struct {
	a, b  int
	share float64
}

// mostActive bounds how many spans at one place are looked at, so that hostile records take linear time too.
const mostActive = 32

// overlaps lists the items that share something, those that share most first.
func overlaps(a, b []item) []overlap {
	type part struct {
		span
		side, item int
	}
	var parts []part
	for side, items := range [][]item{a, b} {
		for i := range items {
			for _, s := range items[i].spans {
				if s.start >= 0 && s.start < s.end {
					parts = append(parts, part{s, side, i})
				}
			}
		}
	}
	slices.SortFunc(parts, func(p, q part) int {
		return cmp.Or(cmp.Compare(p.start, q.start), cmp.Compare(q.end, p.end), cmp.Compare(p.side, q.side), cmp.Compare(p.item, q.item))
	})
	shared := map[[2]int]int{}
	var active [2][]part // that have begun and not ended
	for _, p := range parts {
		for side := range active {
			active[side] = slices.DeleteFunc(active[side], func(q part) bool { return q.end <= p.start })
		}
		for _, q := range active[1-p.side] {
			pair := [2]int{p.item, q.item}
			if p.side == 1 {
				pair = [2]int{q.item, p.item}
			}
			shared[pair] += min(p.end, q.end) - p.start
		}
		if len(active[p.side]) < mostActive {
			active[p.side] = append(active[p.side], p)
		}
	}
	list := make([]overlap, 0, len(shared))
	for pair, n := range shared { // sorted below, in a total order
		both := a[pair[0]].length() + b[pair[1]].length()
		list = append(list, overlap{pair[0], pair[1], float64(2*n) / float64(both)})
	}
	// Pairs with one item in common differ in a+b, so that it makes no difference which side comes first.
	slices.SortFunc(list, func(x, y overlap) int {
		return cmp.Or(cmp.Compare(y.share, x.share), cmp.Compare(x.a+x.b, y.a+y.b), cmp.Compare(x.a, y.a))
	})
	return list
}
