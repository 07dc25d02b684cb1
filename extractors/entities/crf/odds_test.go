package crf

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func TestReadOdds(t *testing.T) {
	in := "Moor\tB-PER=0.6,B-LOC=0.4\nBank\tI-ORG=0.2,I-PER=0.5,O=0.3\nfell\tO\nRye\t?\n"
	set, err := ReadCoNLL(strings.NewReader(in), "odds")
	if err != nil {
		t.Fatal(err)
	}
	d := set.Docs[0]
	var got []string
	for i, o := range d.Odds {
		got = append(got, d.Labels[i].String()+" "+o.String())
	}
	want := []string{
		"B-PER B-PER=0.60,B-LOC=0.40",
		"L-PER I-PER=0.50,O=0.30,I-ORG=0.20",
		"O O=1.00",
		"? O=1.00,B-PER=1.00,I-PER=1.00,B-LOC=1.00,I-LOC=1.00,B-ORG=1.00,I-ORG=1.00,B-MISC=1.00,I-MISC=1.00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"B-PER=1.2", "B-PER=x", "B-ANT=0.1", "?=0.5", "B-PER=0.5,"} {
		if _, err := ReadCoNLL(strings.NewReader("Moor\t"+bad+"\n"), "odds"); err == nil || !strings.HasPrefix(err.Error(), "odds:1: unknown probability ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	plain, err := ReadCoNLL(strings.NewReader("Moor\tB-PER\n"), "plain")
	if err != nil || plain.Docs[0].Odds != nil {
		t.Errorf("labels alone have odds %v, or %v", plain.Docs[0].Odds, err)
	}
}

// A model that is trained on what another is sure of learns the same labels.
func TestTrainOnOdds(t *testing.T) {
	set := toy(t)
	teacher, err := Open(trainSets(t, set))
	if err != nil {
		t.Fatal(err)
	}
	silver := Dataset{Name: "silver"}
	for _, d := range set.Docs {
		odds := teacher.Odds(d.Doc, nil)
		if len(odds) != len(d.Tokens) {
			t.Fatalf("%d odds for %d tokens", len(odds), len(d.Tokens))
		}
		silver.Docs = append(silver.Docs, Sample{Doc: d.Doc, Labels: make([]Label, len(d.Tokens)), Odds: odds})
	}
	m, err := Open(trainSets(t, silver))
	if err != nil {
		t.Fatal(err)
	}
	s := m.Evaluate(set)
	if f := s.All().F1(); f < 90 {
		t.Errorf("F1 is %.1f", f)
	}
}

// Odds that are sure give the gradient of labels.
func TestSureOdds(t *testing.T) {
	set := toy(t)
	sure := Dataset{Name: "sure"}
	for _, d := range set.Docs {
		d.Odds = nil
		for _, l := range d.Labels {
			var o Odds
			o[l.iob()] = 255
			d.Odds = append(d.Odds, o)
		}
		sure.Docs = append(sure.Docs, d)
	}
	train := func(set Dataset) *Model {
		b, err := Train(Options{Epochs: 2, Folds: 1, Margin: 1}, []Dataset{set}, nil, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		m, err := Open(b)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a, b := train(set), train(sure)
	for _, d := range set.Docs {
		x, y := a.Odds(d.Doc, nil), b.Odds(d.Doc, nil)
		for i := range x {
			for k := range x[i] {
				if diff := int(x[i][k]) - int(y[i][k]); diff > 8 || diff < -8 {
					t.Fatalf("%s: %s from labels, %s from sure odds", d.Tokens[i], x[i], y[i])
				}
			}
		}
	}
}

func TestIOB2(t *testing.T) {
	for l, want := range map[Label]string{
		O: "O", Unlabelled: "O", Make(Unit, annot.PER): "B-PER", Make(Begin, annot.LOC): "B-LOC", Make(Inside, annot.ORG): "I-ORG", Make(Last, annot.MISC): "I-MISC",
	} {
		if got := l.IOB2(); got != want {
			t.Errorf("%s: want %s, got %s", l, want, got)
		}
	}
}

func FuzzOdds(f *testing.F) {
	f.Add("B-ORG=0.62,O=0.31")
	f.Add("?=1")
	f.Fuzz(func(t *testing.T, s string) {
		o, err := parseOdds(s)
		if err != nil {
			return
		}
		if text := o.String(); text != "" {
			if again, err := parseOdds(text); err != nil || again.String() != text {
				t.Fatalf("%q gives %q, %v", s, text, err)
			}
		}
		if tag := o.likeliest(); tag.typ > annot.MISC {
			t.Fatalf("%q is likeliest of type %d", s, tag.typ)
		}
	})
}
