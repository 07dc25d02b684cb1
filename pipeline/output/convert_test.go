package output_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"pgregory.net/rapid"
)

// A record converted is the record that New makes in that unit.
func TestConvertRandom(t *testing.T) {
	units := []output.Unit{output.Codepoint, output.Byte, output.UTF16}
	rapid.Check(t, func(t *rapid.T) {
		d := document(t)
		in := output.Input{Meta: anyMeta(t), Source: output.Source{Path: "a.txt", Repairs: []output.Repair{{Kind: "nul", Count: 1, First: len(d.Text)}}}}
		for _, from := range units {
			r := output.New(d, in, output.Options{Offsets: from})
			before := asJSON(t, r)
			for _, to := range units {
				got, err := output.Convert(r, to)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(asJSON(t, output.New(d, in, output.Options{Offsets: to})), asJSON(t, got)); diff != "" {
					t.Fatalf("from %s to %s: %s", from, to, diff)
				}
			}
			if asJSON(t, r) != before {
				t.Fatal("the record has changed")
			}
		}
	})
}

func asJSON(t rapid.TB, r *output.Record) string {
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestConvertErrors(t *testing.T) {
	r := output.New(harbour(), output.Input{}, output.Options{Text: output.TextNone})
	if _, err := output.Convert(r, output.Byte); !errors.Is(err, output.ErrNoText) {
		t.Errorf("got %v, want ErrNoText", err)
	}
	if _, err := output.Convert(r, output.Codepoint); err != nil {
		t.Errorf("the same unit needs no text: %v", err)
	}
	tests := []struct {
		name   string
		change func(r *output.Record)
		want   string
	}{
		{"after the end", func(r *output.Record) { r.Sentences = []output.Sentence{{End: 99}} }, "offset 99 is not in the text"},
		{"before the start", func(r *output.Record) { r.Quotes[0].Cue.Start = -1 }, "offset -1 is not in the text"},
		{"within a character", func(r *output.Record) { r.Quotes[0].Parts[0].Start = 1 }, "offset 1 is not in the text or cuts a character"},
		{"no unit", func(r *output.Record) { r.Offsets = "words" }, `no unit of offsets "words"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := output.New(harbour(), output.Input{}, output.Options{Offsets: output.Byte})
			test.change(r)
			if _, err := output.Convert(r, output.UTF16); err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "record d_") {
				t.Errorf("got %v, want an error of the record with %q", err, test.want)
			}
		})
	}
}

// The place of a repair may be one of the page that the text was taken from.
func TestConvertRepairs(t *testing.T) {
	for first, want := range map[int]int{-1: 0, 0: 0, 2: 0, 3: 1, 9999: 42} {
		r := output.New(harbour(), output.Input{}, output.Options{Offsets: output.Byte})
		r.Source.Repairs = []output.Repair{{Kind: "nul", Count: 1, First: first}}
		got, err := output.Convert(r, output.UTF16)
		if err != nil {
			t.Fatal(err)
		}
		if got.Source.Repairs[0].First != want {
			t.Errorf("byte %d became %d, want %d", first, got.Source.Repairs[0].First, want)
		}
	}
}
