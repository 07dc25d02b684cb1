// Package annottest runs golden tests of anything that annotates documents: the stages of quoth and those of others.
//
// A golden file is a txtar archive. Its comment states the reason for the test in its first line. The section input
// holds the text of the article, without the line ending at its end; where the text cannot be seen on a page, the section
// input.quoted holds it as a Go string instead. The section want holds the expected result:
//
//	a question in marks does not end the sentence of its cue
//	-- input --
//	“Who signed it?” Harris asked.
//	-- want --
//	body
//	  “Who signed it?” Harris asked.
//
// Where what runs is known to do worse than want says, the section got holds the result as it is today. The test then
// fails as soon as the result changes, for the better too: once it is what is wanted, the section got is to go.
//
// go test -update writes the results into the files, into got where there is one; read the difference before it is
// committed.
package annottest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

var update = flag.Bool("update", false, "write the results into the golden files")

// Run runs f on the input of every .txtar file in dir, each as a subtest named after the file, and compares what it
// returns with the section want, or with the section got where there is one. F annotates the document and describes the
// result; Run then checks d.Validate and that the text is unchanged. A directory without golden files fails the test.
// A line ending at the end of the result does not count.
func Run(t *testing.T, dir string, f func(d *annot.Document) string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s holds no .txtar file", dir)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runFile(t, file, f) })
	}
}

func runFile(t *testing.T, file string, f func(d *annot.Document) string) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Errorf("%s: no reason; state it in the first line", file)
	}
	text, ok := input(t, file, a)
	if !ok {
		t.Fatalf("%s: no section input or input.quoted", file)
	}
	d := annot.New(filepath.Base(file), text)
	got := strings.TrimSuffix(f(d), "\n") + "\n"
	if d.Text != text {
		t.Errorf("%s: the text was changed", file)
	}
	if err := d.Validate(); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	if *update {
		if write(a, got); !t.Failed() {
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	if fault := compare(a, got); fault != "" {
		t.Errorf("%s: %s", file, fault)
	}
}

// write puts the result into the section want, or into the section got where there is one. Once the result is what is
// wanted, got is removed.
func write(a *txtar.Archive, result string) {
	want, known := section(a, "want"), section(a, "got")
	switch {
	case known != nil && want != nil && string(want.Data) == result:
		a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "got" })
	case known != nil:
		known.Data = []byte(result)
	case want != nil:
		want.Data = []byte(result)
	default:
		a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(result)})
	}
}

// compare returns what is wrong with the result, or "".
func compare(a *txtar.Archive, result string) string {
	want, known := section(a, "want"), section(a, "got")
	switch {
	case want == nil:
		return "no section want; run go test -update and read what it writes"
	case known == nil:
		if diff := lines(want.Data, result); diff != "" {
			return "(-want +got):\n" + diff
		}
	case string(want.Data) == result:
		return "the result is now what is wanted; take the section got away, as go test -update does"
	default:
		if diff := lines(known.Data, result); diff != "" {
			return "a result known to be wrong has changed (-before +now):\n" + diff + "\n(-want +now):\n" + lines(want.Data, result)
		}
	}
	return ""
}

func lines(want []byte, got string) string {
	return cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n"))
}

// Input returns the text of the input section of every golden file in dir, for seeding a fuzz test.
func Input(tb testing.TB, dir string) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		if text, ok := input(tb, file, a); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func input(tb testing.TB, file string, a *txtar.Archive) (string, bool) {
	tb.Helper()
	if f := section(a, "input"); f != nil {
		return strings.TrimSuffix(string(f.Data), "\n"), true
	}
	f := section(a, "input.quoted")
	if f == nil {
		return "", false
	}
	text, err := strconv.Unquote(strings.TrimSpace(string(f.Data)))
	if err != nil {
		tb.Fatalf("%s: input.quoted is no Go string: %v", file, err)
	}
	return text, true
}

func section(a *txtar.Archive, name string) *txtar.File {
	for i := range a.Files {
		if a.Files[i].Name == name {
			return &a.Files[i]
		}
	}
	return nil
}
