package quotes

import (
	"math"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/boost"
)

// The trees know of words only what the rules say of them. Clues are the words themselves, in their places before, inside
// and after the marks; their weights are those of a logistic regression. The sums of the weights, by place, are features
// of the trees. Words are told apart by their hash only; a few share a weight.

// clueBits is the size of the table of weights: on the train part of PolNeAR 14, 15 and 16 bits differ by less than the
// choice of the seed does.
const clueBits = 15

// clueUnit is the weight that a step of a byte stands for.
const clueUnit = 1.0 / 32

// The places of clues.
const (
	cluesBefore = iota
	cluesInside
	cluesBehind
	clueGroups
)

// A clue is a bucket of the table of weights.
type clue uint16

// clues are those of one stretch by place. They are used again for the next.
type clues [clueGroups][]clue

// gather collects the clues of stretch k.
func (c *clues) gather(f *finder, k int) {
	for g := range c {
		c[g] = c[g][:0]
	}
	v := f.v
	si := f.sight[k]
	items := v.Units[si.unit].Items
	word := func(j int) key {
		switch {
		case j < 0 || j >= len(items):
			return noKey
		case items[j].Quoted():
			return noKey.add(`"`)
		}
		return noKey.add(v.Word(items[j].First))
	}
	i := si.item
	for n := 1; n <= 4; n++ {
		c.add(cluesBefore, n, word(i-n))
	}
	c.add(cluesBefore, 5, word(i-1)*31+word(i-2))
	for j := max(0, i-12); j < i; j++ {
		c.add(cluesBefore, 6, word(j))
	}
	c.add(cluesBehind, 7, word(i+1))
	c.add(cluesBehind, 8, word(i+2))
	c.add(cluesBehind, 9, word(i+1)*31+word(i+2))
	for j := i + 1; j < min(len(items), i+8); j++ {
		c.add(cluesBehind, 10, word(j))
	}
	s := si.shape
	last := -1
	for j := s.first; j < min(s.end, s.first+12); j++ {
		w := noKey.add(v.Word(j))
		c.add(cluesInside, 11, w)
		if j == s.first {
			c.add(cluesInside, 12, w)
		}
		if v.Letter(j) {
			last = j
		}
	}
	if last >= 0 {
		w := v.Word(last)
		c.add(cluesInside, 13, noKey.add(w))
		if end := ending(w); end != "" {
			c.add(cluesInside, 14, noKey.add(end))
		}
	}
	look := key(min(s.words, 8)) * 4
	if s.upper {
		look++
	}
	if s.titleCase {
		look += 2
	}
	c.add(cluesInside, 15, look)
	c.add(cluesInside, 16, key(f.verdict[k].by))
}

// ending returns the last three bytes of a longer word, of which an apostrophe is one, however it is typed; "" for others.
func ending(w string) string {
	i := len(w)
	for n := 0; n < 3 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(w[:i])
		if _, mark := plainMark(w[i-size:]); mark == 0 {
			size = 1
		}
		i -= size
	}
	if i == 0 {
		return ""
	}
	return w[i:]
}

// add adds the word at one of the places that are told apart.
func (c *clues) add(group, place int, word key) {
	h := (uint64(word) + uint64(place)) * 0x9e3779b97f4a7c15
	c[group] = append(c[group], clue(h>>(64-clueBits)))
}

// clueWeights is the table of weights, in steps of clueUnit.
type clueWeights [1 << clueBits]int8

// sum returns the weights of some clues together.
func (w *clueWeights) sum(list []clue) float32 {
	sum := 0
	for _, c := range list {
		sum += int(w[c])
	}
	return float32(sum) * clueUnit
}

// score fills in the features that clues make.
func (w *clueWeights) score(x *[featureCount]float32, c *clues) {
	all := float32(0)
	for g := range c {
		x[lBefore+g] = w.sum(c[g])
		all += x[lBefore+g]
	}
	x[lAll] = all
}

// learnClues fits the weights to the stretches in rows by AdaGrad (Duchi et al. 2011) with a pull to zero.
func learnClues(rows []int, of []clues, right []bool) *clueWeights {
	const (
		epochs = 8
		rate   = 0.1
		pull   = 0.05
	)
	weight, square := make([]float64, 1<<clueBits), make([]float64, 1<<clueBits)
	for range epochs {
		for _, i := range rows {
			sum := 0.0
			for _, list := range of[i] {
				for _, c := range list {
					sum += weight[c]
				}
			}
			slope := boost.Sigmoid(sum)
			if right[i] {
				slope--
			}
			for _, list := range of[i] {
				for _, c := range list {
					g := slope + pull*weight[c]
					square[c] += g * g
					weight[c] -= rate * g / math.Sqrt(square[c]+1e-6)
				}
			}
		}
	}
	w := new(clueWeights)
	for i, x := range weight {
		w[i] = int8(max(-127, min(127, math.Round(x/clueUnit))))
	}
	return w
}
