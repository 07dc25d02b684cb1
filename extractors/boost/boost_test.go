package boost_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/boost"
)

var names = []string{"a", "b", "noise"}

// parity makes rows whose class is known from two features together only.
func parity(n int, groups bool) *boost.Rows {
	rng := rand.New(rand.NewPCG(1, 2))
	r := &boost.Rows{Names: names}
	for i := range n {
		a, b := rng.Float32(), rng.Float32()
		r.Add([]float32{a, b, rng.Float32()}, (a > 0.5) != (b > 0.5), i/5)
	}
	if !groups {
		r.Group = nil
	}
	return r
}

func TestLearnsFeaturesTogether(t *testing.T) {
	train, test := parity(4000, false), parity(1000, false)
	m, err := boost.Train(train, boost.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for i, want := range test.Right {
		if (m.Score(test.Row(i)) > 0) == want {
			right++
		}
	}
	if right < 970 {
		t.Errorf("%d of 1000 rows right; want at least 970", right)
	}
}

func TestGroups(t *testing.T) {
	r := parity(4000, true)
	m, err := boost.Train(r, boost.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	right, groups := 0, 0
	for first := 0; first < len(r.Group); first += 5 {
		best, possible := first, false
		for i := first; i < first+5; i++ {
			possible = possible || r.Right[i]
			if m.Score(r.Row(i)) > m.Score(r.Row(best)) {
				best = i
			}
		}
		if possible {
			groups++
			if r.Right[best] {
				right++
			}
		}
	}
	if right*100 < groups*97 {
		t.Errorf("the best row of %d of %d groups is right; want 97 of 100", right, groups)
	}
}

func TestSameBytesAndBack(t *testing.T) {
	a, err := boost.Train(parity(500, true), boost.Options{Trees: 20, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := boost.Train(parity(500, true), boost.Options{Trees: 20, Seed: 3})
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same rows and options gave two models")
	}
	c, _ := boost.Train(parity(500, true), boost.Options{Trees: 20, Seed: 4})
	if bytes.Equal(a.Bytes(), c.Bytes()) {
		t.Error("another seed gave the same model")
	}
	back, err := boost.Open(a.Bytes(), names)
	if err != nil {
		t.Fatal(err)
	}
	x := []float32{0.2, 0.9, 0.5}
	if back.Score(x) != a.Score(x) || back.Width() != 3 {
		t.Errorf("score %v, read back %v", a.Score(x), back.Score(x))
	}
	if n := testing.AllocsPerRun(100, func() { back.Score(x) }); n != 0 {
		t.Errorf("%v allocations per score", n)
	}
}

func TestOpenRefuses(t *testing.T) {
	m, err := boost.Train(parity(500, true), boost.Options{Trees: 5, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	good := m.Bytes()
	if _, err := boost.Open(good, []string{"a", "b", "c"}); err == nil {
		t.Error("a model of other features was opened")
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x41
		if _, err := boost.Open(bad, names); err == nil {
			t.Errorf("a model with byte %d changed was opened", i)
		}
		if _, err := boost.Open(good[:i], names); err == nil {
			t.Errorf("a model cut off at byte %d was opened", i)
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	if _, err := boost.Train(&boost.Rows{Names: names}, boost.Options{}); err == nil {
		t.Error("no rows were enough to train on")
	}
	if _, err := boost.Train(&boost.Rows{Names: names, X: make([]float32, 4), Right: make([]bool, 1)}, boost.Options{}); err == nil {
		t.Error("a row of 4 values was taken for 3 features")
	}
}

func TestIsotonic(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var scores []float64
	var right []bool
	for range 20000 {
		s := rng.Float64()
		scores = append(scores, s)
		right = append(right, rng.Float64() < s*s) // overconfident by far
	}
	c := boost.Isotonic(scores, right, 200)
	last := 0.0
	for s := 0.0; s <= 1; s += 0.05 {
		p := c.At(s)
		if p < last {
			t.Errorf("at %.2f the curve falls to %.3f", s, p)
		}
		last = p
		if s > 0.1 && s < 0.95 && math.Abs(p-s*s) > 0.06 {
			t.Errorf("at %.2f: %.3f, want about %.3f", s, p, s*s)
		}
	}
	if (boost.Curve{}).At(0.5) != 0 {
		t.Error("an empty curve knows something")
	}
}
