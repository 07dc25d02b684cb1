package crf

import "math"

// scores are the scores of one token's labels.
type scores [labels]float32

// transitions hold the score of one label after another. Only the legal pairs are looked at: O, B and U after O, L and
// U; I and L after B and I of the same type.
type transitions [labels][labels]float32

// impossible is less than any sum of scores.
const impossible = float32(-1e30)

// viterbi writes the best legal labels of a sentence to dst. back is scratch memory of the same length. Of labels that
// score the same the lower one is taken.
func viterbi(em []scores, tr *transitions, back [][labels]Label, dst []Label) {
	if len(em) == 0 {
		return
	}
	var prev, next scores
	for l := range prev {
		prev[l] = impossible
	}
	for _, l := range openers {
		prev[l] = em[0][l]
	}
	for i := 1; i < len(em); i++ {
		e, b := &em[i], &back[i]
		for _, l := range openers {
			best, from := impossible*2, Label(0)
			for _, p := range closers {
				if s := prev[p] + tr[p][l]; s > best {
					best, from = s, p
				}
			}
			next[l], b[l] = best+e[l], from
		}
		for l := Label(1); l < labels; l += 4 { // l is B, l+1 is I, l+2 is L
			for to := l + 1; to <= l+2; to++ {
				s, from := prev[l]+tr[l][to], l
				if t := prev[l+1] + tr[l+1][to]; t > s {
					s, from = t, l+1
				}
				next[to], b[to] = s+e[to], from
			}
		}
		prev = next
	}
	last := O
	for _, l := range closers {
		if prev[l] > prev[last] {
			last = l
		}
	}
	for i := len(em) - 1; i >= 0; i-- {
		dst[i] = last
		last = back[i][last]
	}
}

// A lattice holds forward and backward probabilities of a sentence, each token's scaled to a forward sum of 1.
type lattice struct {
	emit, forward, backward [][labels]float64
	norm                    []float64
	top                     []float32 // what each token's scores were lowered by
	trans                   [labels][labels]float64
}

// setTransitions must come before run.
func (la *lattice) setTransitions(tr *transitions) {
	for p := range la.trans {
		for l := range la.trans[p] {
			la.trans[p][l] = math.Exp(float64(tr[p][l]))
		}
	}
}

// grow makes room for n tokens.
func (la *lattice) grow(n int) {
	if cap(la.norm) < n {
		la.emit = make([][labels]float64, n+n/2)
		la.forward = make([][labels]float64, n+n/2)
		la.backward = make([][labels]float64, n+n/2)
		la.norm = make([]float64, n+n/2)
		la.top = make([]float32, n+n/2)
	}
	la.emit, la.forward, la.backward = la.emit[:cap(la.emit)], la.forward[:cap(la.forward)], la.backward[:cap(la.backward)]
	la.norm, la.top = la.norm[:cap(la.norm)], la.top[:cap(la.top)]
}

// run computes the probabilities of a sentence whose labels are limited to the sets allowed, or not if allowed is nil.
func (la *lattice) run(em []scores, allowed []uint32) {
	n := len(em)
	la.grow(n)
	for i := range n {
		set := uint32(allSet)
		if allowed != nil {
			set = allowed[i]
		}
		if i == 0 {
			set &= starts
		}
		if i == n-1 {
			set &= finishes
		}
		la.weigh(i, &em[i], set)
		la.goForward(i)
	}
	b := &la.backward[n-1]
	for l := range b {
		b[l] = 0
	}
	for _, l := range closers {
		b[l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		la.goBackward(i)
	}
}

// weigh fills in what speaks for each label of the set at token i, regardless of other tokens.
func (la *lattice) weigh(i int, em *scores, set uint32) {
	top := impossible
	for l, s := range em {
		if set>>l&1 != 0 && s > top {
			top = s
		}
	}
	la.top[i] = top
	e := &la.emit[i]
	for l, s := range em {
		e[l] = 0
		if set>>l&1 != 0 && s > top-40 {
			e[l] = math.Exp(float64(s - top))
		}
	}
}

// goForward fills in the forward probabilities of token i from those of the token before it.
func (la *lattice) goForward(i int) {
	e, f := &la.emit[i], &la.forward[i]
	if i == 0 {
		*f = *e
	} else {
		p := &la.forward[i-1]
		for _, l := range openers {
			f[l] = 0
			if e[l] == 0 {
				continue
			}
			sum := 0.0
			for _, k := range closers {
				sum += p[k] * la.trans[k][l]
			}
			f[l] = sum * e[l]
		}
		for l := 1; l < labels; l += 4 {
			f[l+1] = (p[l]*la.trans[l][l+1] + p[l+1]*la.trans[l+1][l+1]) * e[l+1]
			f[l+2] = (p[l]*la.trans[l][l+2] + p[l+1]*la.trans[l+1][l+2]) * e[l+2]
		}
	}
	sum := 0.0
	for _, v := range f {
		sum += v
	}
	if sum <= 0 { // underflow; every label is as likely
		sum = 1e-300
	}
	la.norm[i] = sum
	for l := range f {
		f[l] /= sum
	}
}

// goBackward fills in the backward probabilities of token i from those of the token after it.
func (la *lattice) goBackward(i int) {
	b, c, e, z := &la.backward[i], &la.backward[i+1], &la.emit[i+1], la.norm[i+1]
	var w [labels]float64
	for l := range w {
		w[l] = c[l] * e[l] / z
	}
	for _, k := range closers {
		sum := 0.0
		for _, l := range openers {
			sum += la.trans[k][l] * w[l]
		}
		b[k] = sum
	}
	for l := 1; l < labels; l += 4 {
		b[l] = la.trans[l][l+1]*w[l+1] + la.trans[l][l+2]*w[l+2]
		b[l+1] = la.trans[l+1][l+1]*w[l+1] + la.trans[l+1][l+2]*w[l+2]
	}
}

// marginal returns the probability of label l at token i.
func (la *lattice) marginal(i int, l Label) float64 { return la.forward[i][l] * la.backward[i][l] }

// pair returns the probability of labels k at token i-1 and l at i.
func (la *lattice) pair(i int, k, l Label) float64 {
	return la.forward[i-1][k] * la.trans[k][l] * la.emit[i][l] * la.backward[i][l] / la.norm[i]
}

// span returns the probability that the tokens [first, end) have the labels of one mention of l's type.
func (la *lattice) span(first, end int, want []Label) float64 {
	p := la.forward[first][want[0]]
	for i := first + 1; i < end; i++ {
		k, l := want[i-1-first], want[i-first]
		p *= la.trans[k][l] * la.emit[i][l] / la.norm[i]
	}
	return max(0, min(1, p*la.backward[end-1][want[end-1-first]]))
}
