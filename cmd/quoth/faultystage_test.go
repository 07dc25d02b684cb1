package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/extract"
)

// A faultyStage does what a marker word in the article says, and counts how often it slept.
type faultyStage struct {
	name  string
	slept *atomic.Int32
}

func (s faultyStage) Name() string                       { return s.name }
func (faultyStage) Layers() (reads, writes annot.Layers) { return 0, 0 }
func (s faultyStage) Process(d *annot.Document) error {
	switch {
	case strings.Contains(d.Text, "PANIC"):
		panic("the marker word")
	case strings.Contains(d.Text, "SLEEP"):
		s.slept.Add(1)
		time.Sleep(300 * time.Millisecond)
	case strings.Contains(d.Text, "CHANGE"):
		d.Text += "!"
	case strings.Contains(d.Text, "BROKEN"):
		d.Sentences = []annot.Sentence{{Span: annot.Span{Start: 5, End: 2}}}
	}
	return nil
}

// extractFaulty runs an extraction of the folder with two faulty stages and returns what it said and the error.
func extractFaulty(t *testing.T, folder, out string, slept *atomic.Int32) (string, error) {
	t.Helper()
	articles, err := corpus.Open(t.Context(), []string{folder}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(faultyStage{"first", slept}, faultyStage{"second", slept})
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	e := &extraction{std: streams{os.Stdin, os.Stdout, &said}, articles: articles, pipeline: p, jobs: 2,
		options: extract.Options{Timeout: 100 * time.Millisecond, Validate: true, NoDuplicates: true}}
	e.folder = &runFolder{dir: out, manifest: run.Manifest{}, options: run.Options{
		Copies: func(folder string) (run.Copies, error) { return copies{duplicates.New(folder)}, nil }}}
	err = e.run(context.Background())
	return said.String(), err
}

// An article that makes a stage panic, hang or break the document is an error record, and the others are not affected.
func TestFaultyStage(t *testing.T) {
	folder, out := filepath.Join(t.TempDir(), "news"), filepath.Join(t.TempDir(), "run")
	os.Mkdir(folder, 0o777)
	for name, text := range map[string]string{"a": "Good.", "b": "PANIC", "c": "SLEEP", "d": "CHANGE", "e": "BROKEN text", "f": "Good too."} {
		if err := os.WriteFile(filepath.Join(folder, name+".txt"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var said string
	var err error
	var slept atomic.Int32
	synctest.Test(t, func(t *testing.T) { // where time passes only while a stage sleeps
		said, err = extractFaulty(t, folder, out, &slept)
		time.Sleep(time.Second) // the stage that was too slow ends
	})
	if exit, ok := err.(*exitError); !ok || exit.code != exitPartial || !strings.Contains(said, "2 ok (0 empty, 0 copies), 4 failed: 3 internal, 1 timeout") {
		t.Errorf("%v: %s", err, said)
	}
	documents, _ := os.ReadFile(filepath.Join(out, "documents.jsonl"))
	if n := bytes.Count(documents, []byte("\n")); n != 2 {
		t.Errorf("%d documents, want the two good ones", n)
	}
	errors, _ := os.ReadFile(filepath.Join(out, "errors.jsonl"))
	lines := strings.Split(strings.TrimSpace(string(errors)), "\n")
	for i, want := range []string{
		`"path":"news/b.txt".*"code":"internal","message":"stage first: internal error: the marker word"`,
		`"path":"news/c.txt".*"code":"timeout","message":"not done after 100ms; raise --timeout`,
		`"path":"news/d.txt".*"code":"internal","message":"stage first: internal error: the stage changed the text"`,
		`"path":"news/e.txt".*"code":"internal","message":"sentence 0`,
	} {
		if i >= len(lines) || !regexp.MustCompile(want).MatchString(lines[i]) {
			t.Errorf("error %d: want %s in %q", i, want, lines)
		}
	}
	if n := slept.Load(); n != 1 {
		t.Errorf("%d stages slept; the one that took too long should be the last of its article", n)
	}
}
