// Package boost holds small models of gradient boosted decision trees (Friedman 2001, "Greedy Function Approximation: A
// Gradient Boosting Machine"; splits by gradient and curvature as in Chen and Guestrin 2016, "XGBoost"): the sum of the
// trees' leaves for a vector of features is a log-odds. Models are trained to the same bytes from the same rows.
package boost

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// A Model is immutable and safe for concurrent use.
type Model struct {
	width int
	names uint64
	base  float32
	roots []uint32
	nodes []node
	// What Score reads: for each feature where its cuts begin in cuts, and for each tree where its leaves do in values.
	first  []uint32
	cuts   []cut
	leaves []uint32
	values []float32
}

// node is an inner node, which sends values of its feature below the threshold to the node next, all others to the one
// after it; or a leaf, where feature is leaf and the threshold is the value.
type node struct {
	threshold float32
	next      uint32
	feature   uint16
}

const leaf = math.MaxUint16

// Width returns the number of features of a row.
func (m *Model) Width() int { return m.width }

// Score returns the log-odds of the row x, which has Width values. It allocates nothing.
func (m *Model) Score(x []float32) float64 {
	// Bit k of a tree is set if its leaf k, from the left, is out of reach.
	var far [maxTrees]uint32
	for f, first := range m.first[:m.width] {
		v := x[f]
		for _, c := range m.cuts[first:m.first[f+1]] {
			if v < c.threshold {
				break
			}
			far[c.tree] |= c.left
		}
	}
	sum := m.base
	for t := range m.leaves {
		sum += m.values[int(m.leaves[t])+bits.TrailingZeros32(^far[t])]
	}
	return float64(sum)
}

// cut is an inner node as Score reads it: a row whose value is not below the threshold does not come to the leaves on its
// left. All nodes of a feature lie side by side, by threshold (Lucchese et al. 2015, "QuickScorer").
type cut struct {
	threshold float32
	left      uint32
	tree      uint16
}

const (
	maxTrees  = 1024
	maxLeaves = 32
)

// prepare fills in the tables that Score reads.
func (m *Model) prepare() error {
	if len(m.roots) > maxTrees {
		return fmt.Errorf("%d trees; %d are possible", len(m.roots), maxTrees)
	}
	byFeature := make([][]cut, m.width)
	for t, root := range m.roots {
		m.leaves = append(m.leaves, uint32(len(m.values)))
		n := 0
		var walk func(i uint32) (leaves uint32, ok bool)
		walk = func(i uint32) (uint32, bool) {
			nd := m.nodes[i]
			if nd.feature == leaf {
				n++
				m.values = append(m.values, nd.threshold)
				return 1 << (n - 1), n <= maxLeaves
			}
			left, ok := walk(nd.next)
			if !ok {
				return 0, false
			}
			right, ok := walk(nd.next + 1)
			byFeature[nd.feature] = append(byFeature[nd.feature], cut{nd.threshold, left, uint16(t)})
			return left | right, ok
		}
		if _, ok := walk(root); !ok {
			return fmt.Errorf("a tree of more than %d leaves", maxLeaves)
		}
	}
	for _, list := range byFeature {
		slices.SortStableFunc(list, func(a, b cut) int { return cmp.Compare(a.threshold, b.threshold) })
		m.first = append(m.first, uint32(len(m.cuts)))
		m.cuts = append(m.cuts, list...)
	}
	m.first = append(m.first, uint32(len(m.cuts)))
	return nil
}

// Sigmoid turns log-odds into a probability.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

const (
	magic    = "QBOOST1\n"
	header   = len(magic) + 4 + 4 + 8 + 4 + 4 + 4
	nodeSize = 10
)

// hash is the fingerprint of the features' names in their order: a model fits no other features.
func hash(names []string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(strings.Join(names, "\n")))
	return h.Sum64()
}

// Bytes returns the model as Open reads it.
func (m *Model) Bytes() []byte {
	le := binary.LittleEndian
	b := append([]byte(magic), 0, 0, 0, 0) // the checksum comes last
	b = le.AppendUint32(b, uint32(m.width))
	b = le.AppendUint64(b, m.names)
	b = le.AppendUint32(b, math.Float32bits(m.base))
	b = le.AppendUint32(b, uint32(len(m.roots)))
	b = le.AppendUint32(b, uint32(len(m.nodes)))
	for _, r := range m.roots {
		b = le.AppendUint32(b, r)
	}
	for _, n := range m.nodes {
		b = le.AppendUint32(b, math.Float32bits(n.threshold))
		b = le.AppendUint32(b, n.next)
		b = le.AppendUint16(b, n.feature)
	}
	le.PutUint32(b[len(magic):], crc32.ChecksumIEEE(b[len(magic)+4:]))
	return b
}

// Open reads a model for rows of the features named. It returns an error for data that are damaged or are a model of
// other features.
func Open(data []byte, names []string) (*Model, error) {
	le := binary.LittleEndian
	if len(data) < header || string(data[:len(magic)]) != magic {
		return nil, errors.New("not a model of boosted trees")
	}
	if le.Uint32(data[len(magic):]) != crc32.ChecksumIEEE(data[len(magic)+4:]) {
		return nil, errors.New("damaged model: its checksum is wrong")
	}
	at := len(magic) + 4
	next := func() uint32 { at += 4; return le.Uint32(data[at-4:]) }
	m := &Model{width: int(next())}
	m.names = le.Uint64(data[at:])
	at += 8
	m.base = math.Float32frombits(next())
	roots, nodes := int(next()), int(next())
	if m.width != len(names) || m.names != hash(names) {
		return nil, errors.New("the model was trained with other features than this version of quoth has; train it again")
	}
	if len(data) != header+4*roots+nodeSize*nodes {
		return nil, fmt.Errorf("damaged model: %d bytes for %d trees", len(data), roots)
	}
	m.roots, m.nodes = make([]uint32, roots), make([]node, nodes)
	for i := range m.roots {
		if m.roots[i] = next(); int(m.roots[i]) >= nodes {
			return nil, errors.New("damaged model: a tree without a root")
		}
	}
	for i := range m.nodes {
		n := node{threshold: math.Float32frombits(next()), next: next(), feature: le.Uint16(data[at:])}
		at += 2
		// Children come after their parents, so every walk ends.
		if n.feature != leaf && (int(n.feature) >= m.width || int(n.next) <= i || int(n.next)+1 >= nodes) {
			return nil, errors.New("damaged model: a node that leads nowhere")
		}
		m.nodes[i] = n
	}
	if err := m.prepare(); err != nil {
		return nil, fmt.Errorf("damaged model: %w", err)
	}
	return m, nil
}
