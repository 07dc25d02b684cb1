package crf

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The file: magic, version, checksum of all that follows, flags, sharpness, the transitions of both passes, the number of
// clusterings, the clusterings, the weights of both passes.
const (
	magic      = "quothcrf"
	version    = 3
	headSize   = len(magic) + 4 + 4
	fixedSize  = 4 + 4 + 2*labels*labels*4 + 4
	twoPasses  = 1 // flag
	knownFlags = twoPasses
)

//go:embed model.bin
var embedded []byte

var load = sync.OnceValues(func() (*Model, error) { return Open(embedded) })

// Default returns the embedded model, always the same one.
func Default() (*Model, error) { return load() }

// A Model tags the people, places, organizations and other names of a document. It is immutable and safe for concurrent
// use, and the same document always gets the same labels.
type Model struct {
	sum       uint32 // of the file, from its head
	names     *gazetteer.Table
	clusters  []clusters
	weights   table
	trans     transitions
	second    bool
	weights2  table
	trans2    transitions
	sharpness float32 // what scores are multiplied with for probabilities
	pool      sync.Pool
}

// Open returns the model of a file that Train made. It keeps data, which must not be changed afterwards. It reports a
// file that is not a model, one of another version, and one that is damaged.
func Open(data []byte) (*Model, error) {
	if len(data) < headSize || string(data[:len(magic)]) != magic {
		return nil, errors.New("not an entity model; train one with quoth train entities")
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != version {
		return nil, fmt.Errorf("entity model of version %d, want %d; train it again", v, version)
	}
	sum := binary.LittleEndian.Uint32(data[len(magic)+4:])
	data = data[headSize:]
	if crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) != sum || len(data) < fixedSize {
		return nil, errDamaged
	}
	names, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	m, err := open(data, names)
	if err != nil {
		return nil, err
	}
	m.sum = sum
	return m, nil
}

// ID returns a name for the model that differs from that of every other model in all likelihood: the checksum of its file.
func (m *Model) ID() string { return fmt.Sprintf("crf-%08x", m.sum) }

// open reads what follows the head.
func open(data []byte, names *gazetteer.Table) (*Model, error) {
	m := &Model{names: names}
	flags := binary.LittleEndian.Uint32(data)
	m.second = flags&twoPasses != 0
	m.sharpness = math.Float32frombits(binary.LittleEndian.Uint32(data[4:]))
	if flags&^knownFlags != 0 || !(m.sharpness > 0 && m.sharpness < 100) {
		return nil, errDamaged
	}
	data = data[8:]
	for _, tr := range []*transitions{&m.trans, &m.trans2} {
		for i := range tr {
			for j := range tr[i] {
				tr[i][j] = math.Float32frombits(binary.LittleEndian.Uint32(data))
				if !(tr[i][j] > -1e4 && tr[i][j] < 1e4) {
					return nil, errDamaged
				}
				data = data[4:]
			}
		}
	}
	n := binary.LittleEndian.Uint32(data)
	data = data[4:]
	if n > maxClusterings {
		return nil, errDamaged
	}
	var err error
	for range n {
		var c clusters
		if c, data, err = openClusters(data); err != nil {
			return nil, err
		}
		m.clusters = append(m.clusters, c)
	}
	if m.weights, data, err = openTable(data, rowSize); err != nil {
		return nil, err
	}
	if m.weights2, data, err = openTable(data, rowSize); err != nil {
		return nil, err
	}
	if len(data) != 0 {
		return nil, errDamaged
	}
	m.pool.New = func() any { return newScratch(m, false) }
	return m, nil
}

// Tag appends a label for each token of d to dst and returns it. The labels of a sentence are always a legal sequence.
// It takes time linear in the document and allocates only to grow dst and for words not met before.
func (m *Model) Tag(d Doc, dst []Label) []Label {
	s := m.pool.Get().(*scratch)
	s.tag(&d)
	dst = append(dst, s.labels...)
	s.d = nil
	m.pool.Put(s)
	return dst
}

// A Mention is a name: the tokens [First, End) of a document.
type Mention struct {
	First, End int
	Type       annot.Type
	// Confidence is the probability, between 0 and 1, that span and type are right.
	Confidence float64
}

// Mentions appends the mentions of d, in order, to dst and returns it. They are those of Tag.
func (m *Model) Mentions(d Doc, dst []Mention) []Mention {
	s := m.ready(&d)
	d.sentences(func(first, end int) { dst = s.weigh(first, end, dst) })
	s.d = nil
	m.pool.Put(s)
	return dst
}

// Odds appends the odds of each token of d to dst and returns it.
func (m *Model) Odds(d Doc, dst []Odds) []Odds {
	s := m.ready(&d)
	d.sentences(func(first, end int) {
		s.runLattice(first, end)
		for i := range end - first {
			var p [iobTags]float64
			for l := range Label(labels) {
				p[l.iob()] += s.lattice.marginal(i, l)
			}
			var o Odds
			for k, v := range p {
				o[k] = uint8(min(1, v)*255 + 0.5)
			}
			dst = append(dst, o)
		}
	})
	s.d = nil
	m.pool.Put(s)
	return dst
}

// ready returns a scratch of the pool with the scores of the tagged document and the transitions for probabilities.
func (m *Model) ready(d *Doc) *scratch {
	s := m.pool.Get().(*scratch)
	s.tag(d)
	tr := m.trans
	if m.second {
		tr = m.trans2
	}
	for i := range tr {
		for j := range tr[i] {
			tr[i][j] *= m.sharpness
		}
	}
	s.lattice.setTransitions(&tr)
	return s
}

// runLattice finds the probabilities of a sentence. It changes the scores, so it is called once.
func (s *scratch) runLattice(first, end int) {
	em := s.emit[first:end]
	for k := range em {
		for l := range em[k] {
			em[k][l] *= s.m.sharpness
		}
	}
	s.lattice.run(em, nil)
}

// weigh appends the mentions of a sentence.
func (s *scratch) weigh(first, end int, dst []Mention) []Mention {
	ran := false
	for i := first; i < end; {
		if s.labels[i] == O {
			i++
			continue
		}
		if !ran {
			ran = true
			s.runLattice(first, end)
		}
		j := i + 1
		for p := s.labels[i].Part(); p != Unit && p != Last && j < end; j++ {
			p = s.labels[j].Part()
		}
		dst = append(dst, Mention{i, j, s.labels[i].Type(), s.lattice.span(i-first, j-first, s.labels[i:j])})
		i = j
	}
	return dst
}

// tag fills s.labels and s.emit, the scores of the last pass.
func (s *scratch) tag(d *Doc) {
	s.read(d)
	n := len(d.Tokens)
	if cap(s.emit) < n {
		s.emit = make([]scores, n+n/2)
		s.back = make([][labels]Label, n+n/2)
		s.labels = make([]Label, n+n/2)
	}
	s.emit, s.back, s.labels = s.emit[:n], s.back[:n], s.labels[:n]
	for i := range n {
		e := &s.emit[i]
		*e = scores{}
		s.refs = s.references(i, s.refs[:0])
		for _, r := range s.refs {
			e.add(s.gift(r.lexeme, r.family))
		}
		s.addElsewhere(i, e)
		s.hash = s.placeFeatures(i, s.hash[:0])
		for _, h := range s.hash {
			s.m.weights.add(h, 1, e)
		}
	}
	s.share()
	d.sentences(func(first, end int) {
		viterbi(s.emit[first:end], &s.m.trans, s.back[first:end], s.labels[first:end])
	})
	if !s.m.second {
		return
	}
	s.vote()
	for i := range n {
		s.votes = s.voteFeatures(i, s.votes[:0])
		for _, v := range s.votes {
			s.m.weights2.add(v.hash, v.value, &s.emit[i])
		}
	}
	d.sentences(func(first, end int) {
		viterbi(s.emit[first:end], &s.m.trans2, s.back[first:end], s.labels[first:end])
	})
}
