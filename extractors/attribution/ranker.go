package attribution

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"sync"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Ranker chooses among the answers that a quote may get: those of the sieves, the subjects of the verbs around it, the
// names and pronouns near it and the speakers of its neighbours. It is immutable and safe for concurrent use.
type Ranker struct {
	model *boost.Model
	// curve leads from the share of the best answer to how often it is right.
	curve boost.Curve
	// certainty tells how likely speakers are right.
	certainty certainty
	sum       uint32
}

// ID returns a name for the ranker that differs from that of every other one in all likelihood: the checksum of its file.
func (r *Ranker) ID() string { return fmt.Sprintf("ranker-%08x", r.sum) }

//go:embed ranker.bin
var embedded []byte

var defaultRanker = sync.OnceValues(func() (*Ranker, error) { return Open(embedded) })

// Default returns the embedded ranker, always the same one. It is read on the first call.
func Default() (*Ranker, error) { return defaultRanker() }

// Open reads a ranker that Trainer.Train made; it keeps nothing of data. It returns an error for data that are damaged or of another
// version.
func Open(data []byte) (*Ranker, error) {
	sum := crc32.ChecksumIEEE(data)
	n, data, ok := cut(data)
	if !ok || n > len(data) {
		return nil, errors.New("not a model of attribution")
	}
	model, err := boost.Open(data[:n], featureNames)
	if err != nil {
		return nil, err
	}
	r := &Ranker{model: model, sum: sum}
	if r.curve, data, ok = cutCurve(data[n:]); !ok {
		return nil, errors.New("damaged model of attribution: its table of confidences is cut off")
	}
	if n, data, ok = cut(data); !ok || n > len(data) {
		return nil, errors.New("damaged model of attribution: its trees for names are cut off")
	}
	if n == 0 && len(data) == 0 {
		return r, nil
	}
	if r.certainty.model, err = boost.Open(data[:n], certaintyNames); err != nil {
		return nil, err
	}
	if r.certainty.curve, data, ok = cutCurve(data[n:]); !ok || len(data) > 0 {
		return nil, errors.New("damaged model of attribution: its table of confidences of names is cut off")
	}
	return r, nil
}

func cut(data []byte) (n int, rest []byte, ok bool) {
	if len(data) < 4 {
		return 0, nil, false
	}
	return int(binary.LittleEndian.Uint32(data)), data[4:], true
}

// names returns what tells how likely speakers are right, nil if the ranker has not learned it.
func (r *Ranker) names() *certainty {
	if r.certainty.model == nil {
		return nil
	}
	return &r.certainty
}

// cutCurve reads a curve from the front of data.
func cutCurve(data []byte) (c boost.Curve, rest []byte, ok bool) {
	points, data, ok := cut(data)
	if !ok || points < 1 || points > len(data)/8 {
		return c, nil, false
	}
	for i := range 2 * points {
		f := math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if i < points {
			c.X = append(c.X, f)
		} else {
			c.Y = append(c.Y, f)
		}
	}
	return c, data[8*points:], true
}

// bytes returns what Open reads: the trees and the curve of the words for the speaker, then those of names, or a 0.
func (r *Ranker) bytes() []byte {
	b := appendModel(nil, r.model, r.curve)
	if r.certainty.model == nil {
		return binary.LittleEndian.AppendUint32(b, 0)
	}
	return appendModel(b, r.certainty.model, r.certainty.curve)
}

func appendModel(b []byte, m *boost.Model, c boost.Curve) []byte {
	le := binary.LittleEndian
	model := m.Bytes()
	b = append(le.AppendUint32(b, uint32(len(model))), model...)
	b = le.AppendUint32(b, uint32(len(c.X)))
	for _, list := range [][]float32{c.X, c.Y} {
		for _, f := range list {
			b = le.AppendUint32(b, math.Float32bits(f))
		}
	}
	return b
}

// trust is by how much the share of another answer must exceed that of the sieves' one to win. A ranker that is taught by recent
// news too needs little of it: docs/quality.md has the table.
const trust = 0.05

// ranking is the work of the ranker on one document: it collects candidates and weighs them.
type ranking struct {
	*work
	// proposals is the buffer of gather.
	proposals []proposal
	// anchors are the verbs of speech beside the quote at hand, before and after it, or -1.
	anchors [2]int
}

func newRanking(w *work) *ranking { return &ranking{work: w} }

// rank lets the ranker choose among the proposals for each quote, in the order of the article. It shows each choice to
// watch, if that is not nil, before it makes it.
func (w *ranking) rank(r *Ranker, watch func(q, last int, list []proposal, best int)) {
	last := 0
	for i := range w.D.Quotes {
		if w.open(i) {
			list := w.gather(i)
			w.score(r, i, list, last)
			best := 0
			for k := range list {
				if list[k].share > list[best].share {
					best = k
				}
			}
			first := w.firstAnswer(i, list)
			if first >= 0 && list[first].share > list[best].share-trust {
				best = first
			}
			if watch != nil {
				watch(i, last, list, best)
			}
			name := "ranked"
			if best == first {
				name = w.sieve[i]
			}
			w.accept(i, name, r.curve.At(list[best].share), list[best].Attribution)
			w.shares[i] = float32(list[best].share)
		}
		last = w.speaks(i, last)
	}
}

// open reports whether the ranker may choose the speaker of quote q: not of a turn with a label, of a block that names its
// source, in a roundup, of a claim in a headline or in a subhead, nor where a further sieve or the words themselves decide, as with every child.
func (w *work) open(q int) bool {
	switch w.sieve[q] {
	case "", "label", bySource, byRoundup, byClaim:
		return false
	}
	return !w.subhead(q) && !w.answers[q].Flags.Has(annot.Generic) && !w.passedOn(q)
}

// passedOn reports whether the words say who passed on what the speaker said: the Ledger quoted Cole | as saying; “…,” Cole said,
// | according to the Ledger. The ranker, which is taught by people who draw the line elsewhere, would choose the Ledger.
func (w *work) passedOn(q int) bool {
	if w.answers[q].Flags.Has(annot.SecondHand) {
		return true
	}
	cue := w.answers[q].Cue
	if w.sieve[q] != "quote-cue" || cue.End <= cue.First || !w.VerbCue(cue.First) {
		return false
	}
	for k := cue.End; k < min(w.Around(cue.First).End, cue.End+clause.MaxLook) && !w.Quoted(k); k++ {
		if c := w.CueAt(k); c != nil && c.Class == rules.Phrase && w.Word(k-1) == "," {
			return true
		}
	}
	return false
}

// firstAnswer returns the proposal that the sieves would choose for quote q, or -1.
func (w *ranking) firstAnswer(q int, list []proposal) int {
	return slices.IndexFunc(list, func(p proposal) bool { v := p.voice(); return v < sieveCount && sieveName(v) == w.sieve[q] })
}

// speaks returns the entity that speaks quote q, as far as its words tell, or else the one that spoke before.
func (w *work) speaks(q, last int) int {
	if src := w.answers[q].Source; src.Form == clause.Named {
		if id := w.D.Mentions[src.Mentions[0]].Entity; id > 0 {
			return id
		}
	}
	return last
}

// score gives each proposal its share: they sum to 1.
func (w *ranking) score(r *Ranker, q int, list []proposal, last int) {
	base := w.quoteRow(q, list)
	top := math.Inf(-1)
	for k := range list {
		x := base
		w.features(&x, q, &list[k], last)
		list[k].share = r.model.Score(x[:])
		top = max(top, list[k].share)
	}
	sum := 0.0
	for k := range list {
		list[k].share = math.Exp(list[k].share - top)
		sum += list[k].share
	}
	for k := range list {
		list[k].share /= sum
	}
}
