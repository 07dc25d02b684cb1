// Package boost holds small models of gradient boosted decision trees (Friedman 2001, "Greedy Function Approximation: A
// Gradient Boosting Machine"; splits by gradient and curvature as in Chen and Guestrin 2016, "XGBoost"): the sum of the
// trees' leaves for a vector of features is a log-odds. Models are flat, are used where they lie in memory and are
// trained to the same bytes from the same rows.
package boost

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"math"
	"strings"
)

// A Model is immutable and safe for concurrent use.
type Model struct {
	width int
	names uint64
	base  float32
	roots []uint32
	nodes []node
}

// node is an inner node, which sends values of its feature below the threshold to the node next, all others to the one
// behind it; or a leaf, where feature is leaf and the threshold is the value.
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
	sum := m.base
	for _, i := range m.roots {
		n := m.nodes[i]
		for n.feature != leaf {
			i = n.next
			if !(x[n.feature] < n.threshold) {
				i++
			}
			n = m.nodes[i]
		}
		sum += n.threshold
	}
	return float64(sum)
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
		// Children stand behind their parents, so every walk ends.
		if n.feature != leaf && (int(n.feature) >= m.width || int(n.next) <= i || int(n.next)+1 >= nodes) {
			return nil, errors.New("damaged model: a node that leads nowhere")
		}
		m.nodes[i] = n
	}
	return m, nil
}
