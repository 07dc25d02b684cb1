package crf

import (
	"math"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func TestLabel(t *testing.T) {
	seen := map[Label]bool{}
	for p := Begin; p <= Unit; p++ {
		for typ := annot.PER; typ <= annot.MISC; typ++ {
			l := Make(p, typ)
			if l.Part() != p || l.Type() != typ || l == O || l >= labels || seen[l] {
				t.Errorf("Make(%d, %s) is %d: %s", p, typ, l, l)
			}
			seen[l] = true
		}
	}
	if Make(Outside, annot.PER) != O || Make(Begin, annot.NoType) != O || O.Type() != annot.NoType || O.Part() != Outside {
		t.Error("O is not the label without a part or a type")
	}
	if got := Make(Last, annot.ORG).String(); got != "L-ORG" {
		t.Errorf("want L-ORG, got %s", got)
	}
	var open, closed uint32
	for i := range openers {
		open |= 1 << openers[i]
		closed |= 1 << closers[i]
	}
	if open != starts || closed != finishes {
		t.Error("the lists and the sets of labels differ")
	}
}

// randomSentence returns scores of n tokens and transitions.
func randomSentence(n int, seed uint64) ([]scores, *transitions) {
	rng := newRandom(seed)
	value := func() float32 { return float32(rng.next()>>40)/(1<<22) - 2 }
	em, tr := make([]scores, n), &transitions{}
	for i := range em {
		for l := range em[i] {
			em[i][l] = value()
		}
	}
	for k := range tr {
		for l := range tr[k] {
			tr[k][l] = value()
		}
	}
	return em, tr
}

// legal calls visit with every legal sequence of n labels.
func legal(n int, visit func([]Label)) {
	var walk func(prefix []Label, open annot.Type)
	walk = func(prefix []Label, open annot.Type) {
		if len(prefix) == n {
			if open == annot.NoType {
				visit(prefix)
			}
			return
		}
		for l := O; l < labels; l++ {
			p := l.Part()
			if (open != annot.NoType) != (p == Inside || p == Last) || open != annot.NoType && l.Type() != open {
				continue
			}
			next := annot.NoType
			if p == Begin || p == Inside {
				next = l.Type()
			}
			walk(append(prefix[:len(prefix):len(prefix)], l), next)
		}
	}
	walk(nil, annot.NoType)
}

func total(em []scores, tr *transitions, l []Label) float64 {
	sum := 0.0
	for i := range l {
		sum += float64(em[i][l[i]])
		if i > 0 {
			sum += float64(tr[l[i-1]][l[i]])
		}
	}
	return sum
}

// TestLattice compares with the sums over all sequences.
func TestLattice(t *testing.T) {
	for n := 1; n <= 4; n++ {
		em, tr := randomSentence(n, uint64(n))
		best, bestScore, z := []Label(nil), math.Inf(-1), 0.0
		marginals := make([][labels]float64, n)
		legal(n, func(l []Label) {
			s := total(em, tr, l)
			if s > bestScore {
				best, bestScore = append([]Label(nil), l...), s
			}
			z += math.Exp(s)
			for i := range l {
				marginals[i][l[i]] += math.Exp(s)
			}
		})
		got := make([]Label, n)
		viterbi(em, tr, make([][labels]Label, n), got)
		checkLegal(t, got)
		if s := total(em, tr, got); math.Abs(s-bestScore) > 1e-4 {
			t.Errorf("%d tokens: best %v of %f, got %v of %f", n, best, bestScore, got, s)
		}
		var la lattice
		la.setTransitions(tr)
		la.run(em, nil)
		for i := range n {
			for l := O; l < labels; l++ {
				if want, got := marginals[i][l]/z, la.marginal(i, l); math.Abs(want-got) > 1e-4 {
					t.Errorf("%d tokens: P(%d is %s) is %f, got %f", n, i, l, want, got)
				}
			}
		}
		if n > 1 {
			span := []Label{Make(Begin, annot.ORG), Make(Last, annot.ORG)}
			want := 0.0
			legal(n, func(l []Label) {
				if l[0] == span[0] && l[1] == span[1] {
					want += math.Exp(total(em, tr, l)) / z
				}
			})
			if got := la.span(0, 2, span); math.Abs(want-got) > 1e-4 {
				t.Errorf("%d tokens: the span has probability %f, got %f", n, want, got)
			}
		}
	}
}

// TestMasked checks that a token that may be O or MISC has no probability for other labels.
func TestMasked(t *testing.T) {
	em, tr := randomSentence(3, 9)
	var la lattice
	la.setTransitions(tr)
	la.run(em, []uint32{1 | miscSet, 1 << Make(Unit, annot.PER), 1 | miscSet})
	for i := range em {
		sum := 0.0
		for l := O; l < labels; l++ {
			p := la.marginal(i, l)
			sum += p
			if l.Type() != annot.MISC && l != O && i != 1 && p != 0 {
				t.Errorf("token %d is %s with probability %f", i, l, p)
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("the probabilities of token %d sum to %f", i, sum)
		}
	}
	if p := la.marginal(1, Make(Unit, annot.PER)); math.Abs(p-1) > 1e-6 {
		t.Errorf("the only label allowed has probability %f", p)
	}
}

func TestScores(t *testing.T) {
	want := []Label{Make(Begin, annot.PER), Make(Last, annot.PER), O, Make(Unit, annot.LOC), Make(Unit, annot.ORG), O}
	got := []Label{Make(Begin, annot.PER), Make(Last, annot.PER), O, Make(Unit, annot.ORG), O, Make(Unit, annot.MISC)}
	var s Scores
	s.compare(want, got)
	if s[annot.PER] != (Score{1, 1, 1}) || s[annot.LOC] != (Score{1, 0, 0}) || s[annot.ORG] != (Score{1, 1, 0}) || s[annot.MISC] != (Score{0, 1, 0}) {
		t.Errorf("got %v", s)
	}
	if all, plo := s.All(), s.PLO(); all != (Score{3, 3, 1}) || plo != (Score{3, 2, 1}) || math.Abs(plo.F1()-40) > 1e-9 {
		t.Errorf("got %v and %v, F1 %f", all, plo, plo.F1())
	}
}
