package crf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCoNLL(t *testing.T) {
	in := "-DOCSTART-\tO\n\nAnn\tI-PER\nLee\tI-PER\nmet\tO\nBo\tB-PER\nCy\tB-PER\n\nIn\tO\nNew\tB-LOC\nYork\tI-LOC\nCity\tI-LOC\n-DOCSTART- -X- O\n\nNATO NNP I-NP B-ORG\r\nRye\t?\nBo\tI-PER\n"
	set, err := ReadCoNLL(strings.NewReader(in), "test")
	if err != nil {
		t.Fatal(err)
	}
	want := []Sample{
		{Doc: Doc{Tokens: []string{"Ann", "Lee", "met", "Bo", "Cy", "In", "New", "York", "City"}, Sentences: []int{5, 9}}},
		{Doc: Doc{Tokens: []string{"NATO", "Rye", "Bo"}, Sentences: []int{3}}},
	}
	labels := []string{"B-PER L-PER O U-PER U-PER O B-LOC I-LOC L-LOC", "U-ORG ? U-PER"}
	if len(set.Docs) != len(want) {
		t.Fatalf("want %d documents, got %d", len(want), len(set.Docs))
	}
	for i, d := range set.Docs {
		if diff := cmp.Diff(want[i].Doc, d.Doc); diff != "" {
			t.Errorf("document %d: %s", i, diff)
		}
		var got []string
		for _, l := range d.Labels {
			got = append(got, l.String())
		}
		if s := strings.Join(got, " "); s != labels[i] {
			t.Errorf("document %d: want labels %s, got %s", i, labels[i], s)
		}
	}
}

func TestReadCoNLLFaults(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no tag", "Ann\tB-PER\nLee\n", `names.conll:2: no tag in "Lee"; write the token, a tab and the tag`},
		{"unknown type", "Ann\tB-PER\nLee\tB-ANIMAL\n", `names.conll:2: unknown tag "B-ANIMAL"; use O, ?, or B- or I- before PER, LOC, ORG or MISC`},
		{"unknown part", "\n\nLee\tX-PER\n", `names.conll:3: unknown tag "X-PER"; use O, ?, or B- or I- before PER, LOC, ORG or MISC`},
		{"empty tag", "Lee\tB-\n", `names.conll:1: unknown tag "B-"; use O, ?, or B- or I- before PER, LOC, ORG or MISC`},
		{"empty", "\n\n", `names.conll: no tokens; write one token a line with its tag`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadCoNLL(strings.NewReader(c.in), "names.conll")
			if err == nil || err.Error() != c.want {
				t.Errorf("want %s, got %v", c.want, err)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	set, err := ReadCoNLL(strings.NewReader("Ann\tB-PER\n\nBo\tB-PER\nran\tO\n"), "test")
	if err != nil {
		t.Fatal(err)
	}
	if got := len(set.Split(2).Docs); got != 1 {
		t.Errorf("want 1 document kept whole, got %d", got)
	}
	docs := set.Split(1).Docs
	if len(docs) != 2 || len(docs[1].Tokens) != 2 || docs[1].Labels[0] != set.Docs[0].Labels[1] || docs[1].Sentences[0] != 2 {
		t.Errorf("want a document a sentence, got %v", docs)
	}
}

func FuzzReadCoNLL(f *testing.F) {
	f.Add("-DOCSTART-\tO\n\nAnn\tB-PER\nLee\tI-PER\n\n")
	f.Add("a O\n\xff\tI-MISC")
	f.Fuzz(func(t *testing.T, in string) {
		set, err := ReadCoNLL(strings.NewReader(in), "fuzz")
		if err != nil {
			return
		}
		for _, d := range set.Docs {
			if len(d.Labels) != len(d.Tokens) || d.Sentences[len(d.Sentences)-1] != len(d.Tokens) {
				t.Fatalf("%d labels, %d tokens, sentences %v", len(d.Labels), len(d.Tokens), d.Sentences)
			}
			from := 0
			for _, end := range d.Sentences {
				checkLegal(t, d.Labels[from:end])
				from = end
			}
		}
	})
}

// checkLegal fails unless l is a legal sequence of labels of a sentence.
func checkLegal(t *testing.T, l []Label) {
	t.Helper()
	inside := O
	for i, x := range l {
		p := x.Part()
		if (inside != O) != (p == Inside || p == Last) || inside != O && inside.Type() != x.Type() {
			t.Fatalf("illegal labels %v at %d", l, i)
		}
		inside = O
		if p == Begin || p == Inside {
			inside = x
		}
	}
	if inside != O {
		t.Fatalf("labels %v end within a mention", l)
	}
}
