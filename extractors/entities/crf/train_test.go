package crf

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func TestWeight(t *testing.T) {
	set := toy(t)
	light := set
	light.Weight = 0.01
	loud, quiet := trainSets(t, set), trainSets(t, light)
	if bytes.Equal(loud, quiet) {
		t.Error("the weight of a set does not matter")
	}
	same := set
	same.Weight = 1
	if !bytes.Equal(loud, trainSets(t, same)) {
		t.Error("a weight of 1 is not the default")
	}
}

func trainSets(t *testing.T, sets ...Dataset) []byte {
	t.Helper()
	b, err := Train(Options{Epochs: 2, Folds: 1}, sets, nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRuns(t *testing.T) {
	set := []Dataset{toy(t)}
	train := func(runs int) []byte {
		b, err := Train(Options{Epochs: 2, Folds: 1, Runs: runs}, set, nil, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	two := train(2)
	if !bytes.Equal(two, train(2)) || bytes.Equal(two, train(1)) {
		t.Error("two runs must be reproducible and differ from one")
	}
	m, err := Open(two)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Evaluate(set[0])
	if f := s.All().F1(); f < 95 {
		t.Errorf("the mean of two runs has F1 %.1f", f)
	}
}

// A margin changes what is learned and keeps what is right.
func TestMargin(t *testing.T) {
	set := toy(t)
	train := func(margin float64) []byte {
		b, err := Train(Options{Epochs: 4, Folds: 1, Margin: margin}, []Dataset{set}, nil, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	wide := train(1)
	if bytes.Equal(wide, train(0)) {
		t.Error("the margin does not matter")
	}
	m, err := Open(wide)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Evaluate(set)
	if f := s.All().F1(); f < 95 {
		t.Errorf("with a margin F1 is %.1f", f)
	}
}

// A token without a label may be anything: it teaches neither a name nor that there is none.
func TestUnlabelled(t *testing.T) {
	set := Dataset{NoMISC: true}
	for l, want := range map[Label]uint32{O: 1<<O | miscSet, Make(Unit, annot.PER): 1 << 4, Unlabelled: allSet} {
		if got := set.allowed(l); got != want {
			t.Errorf("%s: want %b, got %b", l, want, got)
		}
	}
	full := toy(t)
	half := Dataset{Name: full.Name}
	for _, d := range full.Docs {
		d.Labels = slices.Clone(d.Labels)
		for i, l := range d.Labels {
			if l != O && i%3 == 0 && l.Part() == Unit {
				d.Labels[i] = Unlabelled
			}
		}
		half.Docs = append(half.Docs, d)
	}
	m, err := Open(trainSets(t, half))
	if err != nil {
		t.Fatal(err)
	}
	scores := m.Evaluate(full)
	if s := scores.All(); s.F1() < 90 {
		t.Errorf("with some names unlabelled, F1 on all is %.1f", s.F1())
	}
}
