package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// The three forms of the same annotation give the same sample.
func TestNameForms(t *testing.T) {
	stage := segment.New(rules.MustEnglish())
	want, err := crf.ReadCoNLL(strings.NewReader("Zoë\tB-PER\nNúñez\tI-PER\nleft\tO\nLund\tB-LOC\n.\tO\n"), "names")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`{"tokens": ["Zoë", "Núñez", "left", "Lund", "."], "tags": ["B-PER", "I-PER", "O", "B-LOC", "O"]}`,
		`{"tokens": ["Zoë", "Núñez", "left", "Lund", "."], "tags": ["I-PER", "I-PER", "O", "I-LOC", "O"]}`,
		`{"text": "Zoë Núñez left Lund.", "entities": [{"start": 15, "end": 19, "type": "LOC"}, {"start": 0, "end": 9, "type": "PER"}]}`,
	} {
		got, err := readNamesJSONL(stage, strings.NewReader("\ufeff"+line), "names", false)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n%s", line, diff)
		}
	}
}

// Faults are reported up to a limit, and an empty file is one.
func TestNamesJSONLFaults(t *testing.T) {
	stage := segment.New(rules.MustEnglish())
	_, err := readNamesJSONL(stage, strings.NewReader(strings.Repeat("{}\n", 100)), "names.jsonl", false)
	if n := strings.Count(err.Error(), "\n") + 1; n != maxFaults {
		t.Errorf("want %d faults, got %d", maxFaults, n)
	}
	_, err = readNamesJSONL(stage, strings.NewReader("\n{\"text\": \"\"}\n{\"tokens\": []}\n"), "names.jsonl", false)
	if want := "names.jsonl: no tokens; write an object with tokens and tags, or text and entities, on each line"; err == nil || err.Error() != want {
		t.Errorf("want %s, got %v", want, err)
	}
}

// A loose file may have names that do not fit the tokens. Theirs are left unlabelled.
func TestLooseNames(t *testing.T) {
	stage := segment.New(rules.MustEnglish())
	in := `{"text": "The Lund-Rye line. Bo Moor", "entities": [
		{"start": 4, "end": 8, "type": "LOC"}, {"start": 9, "end": 12, "type": "LOC"}, {"start": 19, "end": 26, "type": "PER"}]}`
	names, err := readNamesJSONL(stage, strings.NewReader(strings.ReplaceAll(in, "\n", "")), "names", true)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(names.Docs[0].Tokens, names.Docs[0].Labels)
	if want := "[The Lund-Rye line . Bo Moor] [O ? O O B-PER L-PER]"; got != want {
		t.Errorf("want %s, got %s", want, got)
	}
}

// Documents that hold an article of another file are left out of training, whatever their tokens and letters' case.
func TestHeldOut(t *testing.T) {
	words := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "word%d, ", i*i)
		}
		return b.String()
	}
	file := filepath.Join(t.TempDir(), "held.jsonl")
	line, err := json.Marshal(map[string]string{"text": words(0, 200)})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, line, 0o644); err != nil {
		t.Fatal(err)
	}
	held, err := readHeldOut([]string{file})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"the article", words(0, 200), true},
		{"in capitals, with more around it", "Before. " + strings.ToUpper(words(20, 150)) + " After.", true},
		{"a sentence of it", words(100, 112), false},
		{"another", words(200, 400), false},
		{"nothing", "", false},
	} {
		doc := crf.Sample{Doc: crf.Doc{Tokens: strings.Fields(c.text)}}
		if got := held.has(doc); got != c.want {
			t.Errorf("%s: want %v, got %v", c.name, c.want, got)
		}
		left := held.without(crf.Dataset{Docs: []crf.Sample{doc}})
		if got := len(left.Docs) == 0; got != c.want {
			t.Errorf("%s: left out is %v, want %v", c.name, got, c.want)
		}
	}
}

func FuzzNamesJSONL(f *testing.F) {
	f.Add(`{"tokens": ["Zoë", "left"], "tags": ["B-PER", "O"]}`)
	f.Add(`{"text": "Zoë Núñez left. Lund", "entities": [{"start": 16, "end": 20, "type": "LOC"}, {"start": 0, "end": 9, "type": "PER"}]}`)
	stage := segment.New(rules.MustEnglish())
	f.Fuzz(func(t *testing.T, in string) {
		names, err := readNamesJSONL(stage, strings.NewReader(in), "fuzz", false)
		if err != nil {
			return
		}
		for _, d := range names.Docs {
			if len(d.Labels) != len(d.Tokens) || len(d.Sentences) == 0 || d.Sentences[len(d.Sentences)-1] != len(d.Tokens) {
				t.Fatalf("%d labels, %d tokens, sentences %v", len(d.Labels), len(d.Tokens), d.Sentences)
			}
			inside := crf.O
			for i, l := range d.Labels {
				p := l.Part()
				if (inside != crf.O) != (p == crf.Inside || p == crf.Last) || inside != crf.O && inside.Type() != l.Type() {
					t.Fatalf("token %d: %s after %s", i, l, inside)
				}
				if inside = crf.O; p == crf.Begin || p == crf.Inside {
					inside = l
				}
			}
			if inside != crf.O {
				t.Fatalf("the labels end within a name: %v", d.Labels)
			}
		}
	})
}

// A training that is interrupted says so and leaves no model.
func TestTrainInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("quotes.jsonl", []byte(annotated), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(interruption{syscall.SIGTERM})
	for _, call := range []string{"train quotes --train", "train attribution --train", "train indirect --gold"} {
		var said bytes.Buffer
		code := runCommand(ctx, strings.Fields("quoth "+call+" quotes.jsonl -o model"), streams{err: &said})
		if code != exitTerminate || said.String() != "quoth: interrupted\n" {
			t.Errorf("%s: exit code %d, %q", call, code, said.String())
		}
		if _, err := os.Stat("model"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: there is a model, or %v", call, err)
		}
	}
}
