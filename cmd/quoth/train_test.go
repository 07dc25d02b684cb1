package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
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
		got, err := readNamesJSONL(stage, strings.NewReader("\ufeff"+line), "names")
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
	_, err := readNamesJSONL(stage, strings.NewReader(strings.Repeat("{}\n", 100)), "names.jsonl")
	if n := strings.Count(err.Error(), "\n") + 1; n != maxFaults {
		t.Errorf("want %d faults, got %d", maxFaults, n)
	}
	_, err = readNamesJSONL(stage, strings.NewReader("\n{\"text\": \"\"}\n{\"tokens\": []}\n"), "names.jsonl")
	if want := "names.jsonl: no tokens; write an object with tokens and tags, or text and entities, on each line"; err == nil || err.Error() != want {
		t.Errorf("want %s, got %v", want, err)
	}
}

func FuzzNamesJSONL(f *testing.F) {
	f.Add(`{"tokens": ["Zoë", "left"], "tags": ["B-PER", "O"]}`)
	f.Add(`{"text": "Zoë Núñez left. Lund", "entities": [{"start": 16, "end": 20, "type": "LOC"}, {"start": 0, "end": 9, "type": "PER"}]}`)
	stage := segment.New(rules.MustEnglish())
	f.Fuzz(func(t *testing.T, in string) {
		names, err := readNamesJSONL(stage, strings.NewReader(in), "fuzz")
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
