package boost

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Options steer training; zero values give the defaults.
type Options struct {
	Trees   int     // 200; at most 1024
	Leaves  int     // of a tree at most, 8; at most 32
	Rate    float64 // by which each tree is shrunk, 0.06
	MinRows float64 // the least curvature in a leaf, 4
	L2      float64 // pull of the leaves to zero, 4
	Rows    float64 // share of the rows, or groups, that each tree sees, 0.8
	Columns float64 // share of the features that each tree sees, 0.6
	Runs    int     // the model is the mean of so many, with seeds that follow each other; 1
	Seed    uint64
}

func (o *Options) defaults() {
	set := func(p *float64, v float64) {
		if *p == 0 {
			*p = v
		}
	}
	o.Runs = cmp.Or(o.Runs, 1)
	o.Trees, o.Leaves = cmp.Or(o.Trees, 200), cmp.Or(o.Leaves, 8)
	set(&o.Rate, 0.06)
	set(&o.MinRows, 4)
	set(&o.L2, 4)
	set(&o.Rows, 0.8)
	set(&o.Columns, 0.6)
}

// Rows are what a model learns from.
type Rows struct {
	// Names are those of the features.
	Names []string
	// X holds the rows one after the other.
	X []float32
	// Right says of each row whether it is right.
	Right []bool
	// Group, if not nil, holds for each row the number of its group, ascending. Then the model learns to give the right
	// rows of a group more than the others (softmax over the group); groups without a right row teach nothing.
	// Without groups it learns the log-odds that a row is right.
	Group []int
	// Weight, if not nil, holds for each row how much it counts; the rows of a group count the same.
	Weight []float64
}

// Add appends a row of group g, which is ignored if the rows have no groups.
func (r *Rows) Add(x []float32, right bool, g int) {
	r.X = append(r.X, x...)
	r.Right = append(r.Right, right)
	r.Group = append(r.Group, g)
}

// Row returns row i.
func (r *Rows) Row(i int) []float32 { w := len(r.Names); return r.X[i*w : (i+1)*w] }

const maxBins = 64

// Train fits a model. The same rows and options give the same model on one kind of processor.
func Train(r *Rows, o Options) (*Model, error) {
	o.defaults()
	n, width := len(r.Right), len(r.Names)
	if o.Trees*o.Runs > maxTrees || o.Leaves > maxLeaves {
		return nil, fmt.Errorf("%d trees of %d leaves; at most %d of %d are possible", o.Trees*o.Runs, o.Leaves, maxTrees, maxLeaves)
	}
	if n == 0 || len(r.X) != n*width || width >= leaf || r.Weight != nil && len(r.Weight) != n {
		return nil, fmt.Errorf("%d values for %d rows of %d features", len(r.X), n, width)
	}
	t := &trainer{r: r, o: o, n: n, width: width}
	t.bin()
	m := &Model{width: width, names: hash(r.Names)}
	if r.Group == nil {
		right := 1.0
		for _, y := range r.Right {
			if y {
				right++
			}
		}
		p := right / float64(n+2)
		m.base = float32(math.Log(p / (1 - p)))
	}
	t.score = make([]float64, n)
	t.g, t.h = make([]float64, n), make([]float64, n)
	for run := range o.Runs {
		t.rng = rand.New(rand.NewPCG(o.Seed+uint64(run), 0x9e3779b97f4a7c15))
		for i := range t.score {
			t.score[i] = float64(m.base)
		}
		for range o.Trees {
			t.gradients()
			t.tree(m)
		}
	}
	return m, m.prepare()
}

type trainer struct {
	r        *Rows
	o        Options
	n, width int
	rng      *rand.Rand
	// bins holds for each feature the bin of each row, edges the value at which each bin but the first begins.
	bins  [][]uint8
	edges [][]float32
	score []float64
	g, h  []float64
}

// bin cuts the values of each feature into ranges of about as many rows.
func (t *trainer) bin() {
	t.bins, t.edges = make([][]uint8, t.width), make([][]float32, t.width)
	values := make([]float32, t.n)
	for f := range t.width {
		for i := range t.n {
			values[i] = t.r.X[i*t.width+f]
		}
		slices.Sort(values)
		var edges []float32
		distinct := slices.Compact(slices.Clone(values))
		if len(distinct) <= maxBins {
			edges = distinct[1:]
		} else {
			for b := 1; b < maxBins; b++ {
				if v := values[b*t.n/maxBins]; v > values[0] && (len(edges) == 0 || v > edges[len(edges)-1]) {
					edges = append(edges, v)
				}
			}
		}
		col := make([]uint8, t.n)
		for i := range t.n {
			k, found := slices.BinarySearch(edges, t.r.X[i*t.width+f])
			if found {
				k++
			}
			col[i] = uint8(k)
		}
		t.bins[f], t.edges[f] = col, edges
	}
}

// gradients computes the slope and the curvature of the loss at each row.
func (t *trainer) gradients() {
	t.losses()
	for i, w := range t.r.Weight {
		t.g[i], t.h[i] = w*t.g[i], w*t.h[i]
	}
}

// losses is gradients for rows that all count the same.
func (t *trainer) losses() {
	if t.r.Group == nil {
		for i, s := range t.score {
			p := Sigmoid(s)
			t.g[i], t.h[i] = p, p*(1-p)
			if t.r.Right[i] {
				t.g[i]--
			}
		}
		return
	}
	for first := 0; first < t.n; {
		end := first + 1
		for end < t.n && t.r.Group[end] == t.r.Group[first] {
			end++
		}
		t.softmax(first, end)
		first = end
	}
}

// softmax is the loss −log of the share that the right rows of a group have of its weights.
func (t *trainer) softmax(first, end int) {
	top := math.Inf(-1)
	for i := first; i < end; i++ {
		top = max(top, t.score[i])
	}
	all, right := 0.0, 0.0
	for i := first; i < end; i++ {
		e := math.Exp(t.score[i] - top)
		all += e
		if t.r.Right[i] {
			right += e
		}
	}
	for i := first; i < end; i++ {
		if right == 0 || right == all {
			t.g[i], t.h[i] = 0, 0
			continue
		}
		e := math.Exp(t.score[i] - top)
		p := e / all
		t.g[i], t.h[i] = p, p*(1-p)
		if t.r.Right[i] {
			t.g[i] -= e / right
		}
	}
}

// split is the best cut of a leaf.
type split struct {
	gain    float64
	feature int
	bin     uint8 // rows of this bin and above go right
}

// open is a leaf that may still be split.
type open struct {
	node int // in the tree
	rows []int32
	g, h float64
	best split
}

// tree grows one tree, the leaf with the greatest gain first, and adds it to the model and to the scores.
func (t *trainer) tree(m *Model) {
	rows := t.draw()
	var columns []int
	for f := range t.width {
		if len(t.edges[f]) > 0 && t.rng.Float64() < t.o.Columns {
			columns = append(columns, f)
		}
	}
	type grown struct {
		node
		bin uint8
	}
	tree := []grown{{node: node{feature: leaf}}}
	leaves := []open{t.leaf(0, rows, columns)}
	for len(leaves) < t.o.Leaves {
		k := 0
		for i := range leaves {
			if leaves[i].best.gain > leaves[k].best.gain {
				k = i
			}
		}
		l := leaves[k]
		if l.best.gain <= 1e-6 {
			break
		}
		col := t.bins[l.best.feature]
		var low, high []int32
		for _, i := range l.rows {
			if col[i] < l.best.bin {
				low = append(low, i)
			} else {
				high = append(high, i)
			}
		}
		next := len(tree)
		tree[l.node] = grown{node{threshold: t.edges[l.best.feature][l.best.bin-1], next: uint32(next), feature: uint16(l.best.feature)}, l.best.bin}
		tree = append(tree, grown{node: node{feature: leaf}}, grown{node: node{feature: leaf}})
		leaves[k] = t.leaf(next, low, columns)
		leaves = append(leaves, t.leaf(next+1, high, columns))
	}
	for _, l := range leaves {
		tree[l.node].threshold = float32(-t.o.Rate * l.g / (l.h + t.o.L2))
	}
	for i := range t.n {
		k := 0
		for tree[k].feature != leaf {
			next := int(tree[k].next)
			if t.bins[tree[k].feature][i] >= tree[k].bin {
				next++
			}
			k = next
		}
		t.score[i] += float64(tree[k].threshold)
	}
	first := uint32(len(m.nodes))
	m.roots = append(m.roots, first)
	for _, n := range tree {
		if n.feature == leaf {
			n.threshold /= float32(t.o.Runs)
		} else {
			n.next += first
		}
		m.nodes = append(m.nodes, n.node)
	}
}

// draw chooses the rows of a tree, whole groups where there are some.
func (t *trainer) draw() []int32 {
	var rows []int32
	in := false
	for i := range t.n {
		if i == 0 || t.r.Group == nil || t.r.Group[i] != t.r.Group[i-1] {
			in = t.rng.Float64() < t.o.Rows
		}
		if in && t.h[i] > 0 {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// leaf sums up the rows of a leaf and finds its best cut.
func (t *trainer) leaf(at int, rows []int32, columns []int) open {
	l := open{node: at, rows: rows}
	for _, i := range rows {
		l.g += t.g[i]
		l.h += t.h[i]
	}
	value := func(g, h float64) float64 { return g * g / (h + t.o.L2) }
	var g, h [maxBins + 1]float64
	for _, f := range columns {
		bins := len(t.edges[f]) + 1
		clear(g[:bins])
		clear(h[:bins])
		col := t.bins[f]
		for _, i := range rows {
			g[col[i]] += t.g[i]
			h[col[i]] += t.h[i]
		}
		lowG, lowH := 0.0, 0.0
		for b := 1; b < bins; b++ {
			lowG, lowH = lowG+g[b-1], lowH+h[b-1]
			if lowH < t.o.MinRows || l.h-lowH < t.o.MinRows {
				continue
			}
			if gain := value(lowG, lowH) + value(l.g-lowG, l.h-lowH) - value(l.g, l.h); gain > l.best.gain {
				l.best = split{gain, f, uint8(b)}
			}
		}
	}
	return l
}
