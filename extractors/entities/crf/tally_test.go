package crf

import (
	"bytes"
	"strings"
	"testing"
)

func TestTally(t *testing.T) {
	m, err := Open(trainToy(t, Options{Folds: 1}))
	if err != nil {
		t.Fatal(err)
	}
	var tally Tally
	var l []Label
	for _, d := range toy(t).Docs {
		l = tally.Add(m, d.Doc, l)
	}
	var out bytes.Buffer
	if err := tally.Write(&out, 2); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\nOrla Quint\t8\t8\t0\t0\t0\n") || !strings.Contains(out.String(), "\nQuint\t16\t16\t0\t0\t0\n") {
		t.Errorf("Orla Quint is not counted:\n%s", &out)
	}
	again, err := ReadTally(&out, "tally.tsv")
	if err != nil {
		t.Fatal(err)
	}
	a, b := tally.append(nil), again.append(nil)
	if !bytes.Equal(a, b) {
		t.Error("reading a tally back gives another one")
	}
	if _, err := ReadTally(strings.NewReader("Quint\t1\t0\t0\t0\t0\nLee\t1\t2\t0\t0\t0\n"), "tally.tsv"); err == nil || !strings.HasPrefix(err.Error(), "tally.tsv:2: ") {
		t.Errorf("want an error with file and line, got %v", err)
	}
}
