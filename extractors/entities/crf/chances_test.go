package crf

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestEnsemble(t *testing.T) {
	m := mustDefault(t)
	d := article()
	want := m.Tag(d, nil)
	one := Ensemble{m}
	n := 0
	got, err := one.Tag(d, nil, func(i int, list []Chance) {
		sum := 0.0
		for _, c := range list {
			sum += float64(c.P)
		}
		if math.Abs(sum-1) > 0.2 || i != n {
			t.Errorf("token %d: chances %v", i, list)
		}
		n++
	})
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i := range got {
		if got[i] == want[i] {
			same++
		}
	}
	if same < len(want)*9/10 {
		t.Errorf("an ensemble of one model differs from it: %v, %v", got, want)
	}
	two, err := Ensemble{m, m}.Tag(d, nil, nil)
	if err != nil || !slices.Equal(two, got) {
		t.Errorf("two of the same model differ from one: %v, %v, %v", two, got, err)
	}
	if _, err := (Ensemble{}).Tag(d, nil, nil); err == nil {
		t.Error("want an error without models")
	}
}

func TestChances(t *testing.T) {
	m := mustDefault(t)
	d := article()
	var b bytes.Buffer
	for range 2 {
		if err := (Ensemble{m}).WriteChances(&b, d); err != nil {
			t.Fatal(err)
		}
	}
	set, err := ReadChances(&b, "test")
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Docs) != 2 || !slices.Equal(set.Docs[1].Tokens, d.Tokens) || !slices.Equal(set.Docs[1].Sentences, d.Sentences) {
		t.Fatalf("the document does not come back: %v", set.Docs)
	}
	for i, list := range set.Docs[0].Chances {
		if len(list) == 0 || list[0].P <= 0 {
			t.Errorf("token %d has chances %v", i, list)
		}
	}
	// A model that follows the chances finds what the teacher finds.
	o := Options{Epochs: 30, Folds: 1, Cutoff: 1, Dropout: 0.1}
	file, err := Train(o, []Dataset{set}, nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	student, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	names := func(m *Model) (list []string) {
		for _, x := range m.Mentions(d, nil) {
			list = append(list, strings.Join(d.Tokens[x.First:x.End], " ")+" "+x.Type.String())
		}
		return list
	}
	if got, want := names(student), names(m); len(got) < len(want)-1 || !slices.Contains(got, "Orla Quint PER") {
		t.Errorf("want %q, got %q", want, got)
	}
}

func TestReadChancesFaults(t *testing.T) {
	for _, in := range []string{"Ann\n", "Ann\tU-PER\n", "Ann\tU-PER 1001\n", "Ann\tX-PER 5\n"} {
		if _, err := ReadChances(strings.NewReader(in), "t"); err == nil || !strings.HasPrefix(err.Error(), "t:1: no label") {
			t.Errorf("%q: got %v", in, err)
		}
	}
}

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
