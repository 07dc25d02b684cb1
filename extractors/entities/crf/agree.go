package crf

import (
	"errors"
	"math"
)

// An Ensemble tags with several models at once: its scores are the logarithms of the mean of their probabilities.
type Ensemble []*Model

// A Chance is the probability of a label at a token.
type Chance struct {
	Label Label
	P     float32
}

// leastChance is the least probability that Chances tells.
const leastChance = 0.01

// Tag appends the labels of d to dst and, if chances is not nil, calls it for every token with the mean probabilities of
// the labels that are not improbable.
func (en Ensemble) Tag(d Doc, dst []Label, chances func(i int, c []Chance)) ([]Label, error) {
	if len(en) == 0 {
		return nil, errors.New("no models; give at least one")
	}
	n := len(d.Tokens)
	mean := make([]scores, n)
	for _, m := range en {
		s := m.pool.Get().(*scratch)
		s.tag(&d)
		tr := m.trans
		if m.second {
			tr = m.trans2
		}
		s.lattice.setTransitions(&tr)
		d.sentences(func(first, end int) {
			s.lattice.run(s.emit[first:end], nil)
			for i := first; i < end; i++ {
				for l := range mean[i] {
					mean[i][l] += float32(s.lattice.marginal(i-first, Label(l))) / float32(len(en))
				}
			}
		})
		s.d = nil
		m.pool.Put(s)
	}
	list := make([]Chance, 0, labels)
	for i := range mean {
		list = list[:0]
		for l, p := range mean[i] {
			if p >= leastChance {
				list = append(list, Chance{Label(l), p})
			}
			mean[i][l] = float32(math.Log(float64(max(p, 1e-9))))
		}
		if chances != nil {
			chances(i, list)
		}
	}
	at := len(dst)
	dst = append(dst, make([]Label, n)...)
	back := make([][labels]Label, n)
	d.sentences(func(first, end int) {
		viterbi(mean[first:end], &transitions{}, back[first:end], dst[at+first:at+end])
	})
	return dst, nil
}

// Evaluate is Model.Evaluate for the ensemble.
func (en Ensemble) Evaluate(set Dataset) (Scores, error) {
	var s Scores
	for _, d := range set.Docs {
		got, err := en.Tag(d.Doc, nil, nil)
		if err != nil {
			return s, err
		}
		from := 0
		for _, end := range d.Sentences {
			s.compare(d.Labels[from:end], got[from:end])
			from = end
		}
	}
	return s, nil
}
