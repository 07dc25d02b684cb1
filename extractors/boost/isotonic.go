package boost

import (
	"cmp"
	"slices"
)

// A Curve maps scores to probabilities: X ascending, Y not descending, straight lines between and level beyond.
type Curve struct{ X, Y []float32 }

// At returns the probability at x.
func (c Curve) At(x float64) float64 {
	if len(c.X) == 0 {
		return 0
	}
	k, _ := slices.BinarySearch(c.X, float32(x))
	switch {
	case k == 0:
		return float64(c.Y[0])
	case k == len(c.X):
		return float64(c.Y[k-1])
	}
	x0, x1 := float64(c.X[k-1]), float64(c.X[k])
	y0, y1 := float64(c.Y[k-1]), float64(c.Y[k])
	return y0 + (y1-y0)*(x-x0)/(x1-x0)
}

// Isotonic fits a Curve to scores and whether they were right: isotonic regression by pooling adjacent violators (Zadrozny and
// Elkan 2002), each point with at least minRows rows and pulled a little to the mean of all, so that none is 0 or 1.
func Isotonic(scores []float64, right []bool, minRows int) Curve {
	order := make([]int, len(scores))
	mean := 0.0
	for i := range order {
		order[i] = i
		if right[i] {
			mean++
		}
	}
	mean /= max(1, float64(len(scores)))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	type block struct{ x, y, n float64 } // sums, and the number of rows
	var blocks []block
	for first := 0; first < len(order); first += minRows {
		end := first + minRows
		if end+minRows > len(order) {
			end = len(order)
		}
		var b block
		for _, i := range order[first:min(end, len(order))] {
			b.x += scores[i]
			b.n++
			if right[i] {
				b.y++
			}
		}
		blocks = append(blocks, b)
		for k := len(blocks) - 1; k > 0 && blocks[k].y*blocks[k-1].n <= blocks[k-1].y*blocks[k].n; k-- {
			blocks[k-1] = block{blocks[k-1].x + blocks[k].x, blocks[k-1].y + blocks[k].y, blocks[k-1].n + blocks[k].n}
			blocks = blocks[:k]
		}
		if end == len(order) {
			break
		}
	}
	var c Curve
	for _, b := range blocks {
		y := float32((b.y + mean) / (b.n + 1))
		if k := len(c.Y); k > 0 {
			y = max(y, c.Y[k-1]) // a small block is pulled further than its neighbour
		}
		c.X, c.Y = append(c.X, float32(b.x/b.n)), append(c.Y, y)
	}
	return c
}
