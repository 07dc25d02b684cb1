package crf

import (
	"math"
	"slices"
	"sync"
)

// A pass holds the weights of one pass and the sums of the squares of their gradients.
type pass struct {
	w, g   []scores
	trans  transitions
	gTrans transitions
	// The sums of the weights at several times, which are better on average than at the end.
	sum      []scores
	sumTrans transitions
	n        int
}

func newPass(n int) *pass { return &pass{w: make([]scores, n), g: make([]scores, n)} }

// include adds the weights of q, which may be p, to the sums.
func (p *pass) include(q *pass) {
	if p.sum == nil {
		p.sum = make([]scores, len(q.w))
	}
	p.n++
	for i := range q.w {
		p.sum[i].add(&q.w[i])
	}
	for k := range q.trans {
		for l, v := range q.trans[k] {
			p.sumTrans[k][l] += v
		}
	}
}

// mean returns a copy of the weights: the mean of those remembered, or else those of now.
func (p *pass) mean() *pass {
	if p.n == 0 {
		return &pass{w: slices.Clone(p.w), trans: p.trans}
	}
	m := &pass{w: slices.Clone(p.sum), trans: p.sumTrans}
	r := 1 / float32(p.n)
	for i := range m.w {
		for l := range m.w[i] {
			m.w[i][l] *= r
		}
	}
	for k := range m.trans {
		for l := range m.trans[k] {
			m.trans[k][l] *= r
		}
	}
	return m
}

// A random is a small generator of random numbers (xorshift*).
type random uint64

func (r *random) next() uint64 {
	x := uint64(*r)
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*r = random(x)
	return x * 0x2545F4914F6CDD1D
}

func newRandom(parts ...uint64) random {
	h := uint64(0x9E3779B97F4A7C15)
	for _, p := range parts {
		h = mix(h ^ p*0xC2B2AE3D27D4EB4F)
	}
	return random(h | 1)
}

func (r *random) shuffle(list []int32) {
	for i := len(list) - 1; i > 0; i-- {
		j := int(r.next() % uint64(i+1))
		list[i], list[j] = list[j], list[i]
	}
}

// A worker computes the gradient of one sentence.
type worker struct {
	sent  int32
	rng   random
	emit  []scores
	grad  []tokenGrad
	kept  []weightedID // the features that dropout left in
	model lattice
	truth lattice
	odds  []scores // of the tokens, for truth
	trans [labels][labels]float64
	loss  float64
}

// A tokenGrad is the gradient of a token's scores where it matters. The token's features are kept[from:end].
type tokenGrad struct {
	from, end int
	n         int
	label     [labels]uint8
	amount    [labels]float32
}

type weightedID struct {
	id    int32
	value float32
}

// least is the least gradient that is worth a step.
const least = 2e-3

// batch is the number of sentences whose gradients are computed before the weights move.
const batch = 8

// pulls is the number of times an epoch that weights are drawn to zero.
const pulls = 4

func (t *trainer) rate(e, epochs int) float32 {
	return float32(t.o.Rate * (1 - 0.9*float64(e)/float64(max(1, epochs-1))))
}

// epoch goes over the given sentences once in random order and returns the mean loss of a token. The gradients of a batch
// are computed at once but applied in order, so that the number of threads does not matter.
func (t *trainer) epoch(p *pass, sents []int32, e, epochs int) float64 {
	order := slices.Clone(sents)
	rng := newRandom(t.o.Seed, uint64(e), 1)
	rng.shuffle(order)
	workers := make([]worker, batch)
	rate := t.rate(e, epochs)
	loss, tokens, pulled := 0.0, 0, 0
	for at := 0; at < len(order); at += batch {
		n := min(batch, len(order)-at)
		var wg sync.WaitGroup
		for th := range t.o.Threads {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for k := th; k < n; k += t.o.Threads {
					w := &workers[k]
					w.sent = order[at+k]
					w.rng = newRandom(t.o.Seed, uint64(e), uint64(w.sent), 2)
					t.gradient(p, w)
				}
			}()
		}
		wg.Wait()
		for k := range n {
			p.step(&workers[k], rate)
			loss += workers[k].loss
			tokens += len(workers[k].emit)
		}
		if (at+n)*pulls/len(order) > pulled {
			pulled++
			p.pull(rate, float32(t.o.L2)/pulls)
			if 2*e >= epochs-1 {
				p.include(p)
			}
		}
	}
	return loss / float64(max(1, tokens))
}

// pull draws all weights to zero, as strongly as AdaGrad would move them.
func (p *pass) pull(rate, l2 float32) {
	for i := range p.w {
		w, g := &p.w[i], &p.g[i]
		for l := range w {
			if w[l] != 0 {
				w[l] /= 1 + rate*l2/(sqrt32(g[l])+1e-3)
			}
		}
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// keep appends the features of token i that the random numbers leave in.
func (t *trainer) keep(i int32, rng *random, dst []weightedID) []weightedID {
	drop := uint64(t.o.Dropout * 256)
	scale := float32(1 / (1 - float64(drop)/256))
	var bits uint64
	left := 0
	for _, r := range t.refs[t.refAt[i]:t.refAt[i+1]] {
		v := r.value * scale
		for _, f := range t.lists[r.list] {
			if left == 0 {
				bits, left = rng.next(), 8
			}
			if bits&255 >= drop {
				dst = append(dst, weightedID{f, v})
			}
			bits >>= 8
			left--
		}
	}
	for _, f := range t.extras[t.extraAt[i]:t.extraAt[i+1]] {
		if left == 0 {
			bits, left = rng.next(), 8
		}
		if bits&255 >= drop {
			dst = append(dst, weightedID{f, scale})
		}
		bits >>= 8
		left--
	}
	return dst
}

// exact sums the weights of token i without leaving any out.
func (t *trainer) exact(p *pass, i int32, e *scores) {
	*e = scores{}
	for _, r := range t.refs[t.refAt[i]:t.refAt[i+1]] {
		for _, f := range t.lists[r.list] {
			w := &p.w[f]
			for l := range e {
				e[l] += r.value * w[l]
			}
		}
	}
	for _, f := range t.extras[t.extraAt[i]:t.extraAt[i+1]] {
		e.add(&p.w[f])
	}
}

func (w *worker) grow(n int) {
	if cap(w.emit) < n {
		w.emit, w.grad = make([]scores, 2*n), make([]tokenGrad, 2*n)
	}
	w.emit, w.grad = w.emit[:n], w.grad[:n]
}

// gradient fills w with the gradient of its sentence.
func (t *trainer) gradient(p *pass, w *worker) {
	s := t.sents[w.sent]
	w.grow(int(s.end - s.first))
	w.kept = w.kept[:0]
	for i := range w.emit {
		from := len(w.kept)
		w.kept = t.keep(s.first+int32(i), &w.rng, w.kept)
		w.grad[i].from, w.grad[i].end = from, len(w.kept)
		e := scores{}
		for _, f := range w.kept[from:] {
			row := &p.w[f.id]
			for l := range e {
				e[l] += f.value * row[l]
			}
		}
		w.emit[i] = e
	}
	if s.odds >= 0 {
		w.fitOdds(&p.trans, t.odds[s.odds:s.odds+s.end-s.first], float32(t.o.Margin))
	} else {
		w.fit(&p.trans, t.gold[s.first:s.end], float32(t.o.Margin))
	}
	w.weigh(s.weight)
}

// fit fills w.grad, w.trans and w.loss from w.emit. It adds the margin to the scores of the labels that are not gold.
func (w *worker) fit(tr *transitions, gold []uint32, margin float32) {
	w.truth.setTransitions(tr)
	w.truth.run(w.emit, gold)
	for i := range w.emit {
		for l := range w.emit[i] {
			if gold[i]>>l&1 == 0 {
				w.emit[i][l] += margin
			}
		}
	}
	w.model.trans = w.truth.trans
	w.model.run(w.emit, nil)
	w.compare()
	for i := range w.emit {
		w.loss += math.Log(w.model.norm[i]/w.truth.norm[i]) + float64(w.model.top[i]-w.truth.top[i])
	}
}

// fitOdds is fit for a sentence whose labels are only likely: the truth is the distribution over legal sequences that the
// odds of its tokens give. The margin is added as far as a label is unlikely. The loss is the divergence of each token's
// labels from the truth.
func (w *worker) fitOdds(tr *transitions, odds []Odds, margin float32) {
	w.odds = w.odds[:0]
	for _, o := range odds {
		w.odds = append(w.odds, o.scores())
	}
	w.truth.trans = even
	w.truth.run(w.odds, nil)
	for i := range w.emit {
		for l := range w.emit[i] {
			w.emit[i][l] += margin * float32(1-w.truth.marginal(i, Label(l)))
		}
	}
	w.model.setTransitions(tr)
	w.model.run(w.emit, nil)
	w.compare()
	for i := range w.emit {
		for l := range Label(labels) {
			if q := w.truth.marginal(i, l); q > 0 {
				w.loss += q * math.Log(q/max(w.model.marginal(i, l), 1e-12))
			}
		}
	}
}

// even transitions favour no pair of labels.
var even = func() (tr [labels][labels]float64) {
	for i := range tr {
		for j := range tr[i] {
			tr[i][j] = 1
		}
	}
	return tr
}()

// compare fills w.grad and w.trans with the difference between the model and the truth, and w.loss with 0.
func (w *worker) compare() {
	w.loss = 0
	w.trans = [labels][labels]float64{}
	for i := range w.emit {
		g := &w.grad[i]
		g.n = 0
		for l := Label(0); l < labels; l++ {
			d := w.model.marginal(i, l) - w.truth.marginal(i, l)
			if d > least || d < -least {
				g.label[g.n], g.amount[g.n] = uint8(l), float32(d)
				g.n++
			}
		}
		if i == 0 || g.n == 0 && w.grad[i-1].n == 0 {
			continue
		}
		for _, k := range closers {
			for _, l := range openers {
				w.trans[k][l] += w.model.pair(i, k, l) - w.truth.pair(i, k, l)
			}
		}
		for l := Label(1); l < labels; l += 4 {
			for k := l; k <= l+1; k++ {
				for to := l + 1; to <= l+2; to++ {
					w.trans[k][to] += w.model.pair(i, k, to) - w.truth.pair(i, k, to)
				}
			}
		}
	}
}

// weigh multiplies the gradients.
func (w *worker) weigh(by float32) {
	if by == 1 {
		return
	}
	for i := range w.grad {
		g := &w.grad[i]
		for k := range g.n {
			g.amount[k] *= by
		}
	}
	for k := range w.trans {
		for l := range w.trans[k] {
			w.trans[k][l] *= float64(by)
		}
	}
}

// step moves the weights by the gradient of one sentence.
func (p *pass) step(w *worker, rate float32) {
	for i := range w.grad {
		if g := &w.grad[i]; g.n > 0 {
			for _, f := range w.kept[g.from:g.end] {
				p.move(f.id, f.value, g, rate)
			}
		}
	}
	p.moveTrans(&w.trans, rate)
}

// move is one step of AdaGrad for one feature.
func (p *pass) move(f int32, value float32, g *tokenGrad, rate float32) {
	w, sum := &p.w[f], &p.g[f]
	for k := range g.n {
		l := g.label[k]
		d := g.amount[k] * value
		sum[l] += d * d
		w[l] -= rate * d / (sqrt32(sum[l]) + 1e-6)
	}
}

// moveTrans is one step of AdaGrad for the transitions.
func (p *pass) moveTrans(grad *[labels][labels]float64, rate float32) {
	for k := range grad {
		for l, d := range grad[k] {
			if d != 0 {
				g := float32(d)
				p.gTrans[k][l] += g * g
				p.trans[k][l] -= rate * g / (sqrt32(p.gTrans[k][l]) + 1e-6)
			}
		}
	}
}
