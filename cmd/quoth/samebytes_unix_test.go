//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// The same input gives the same bytes, whatever the number of jobs and processors, the time zone, the language and the
// run, as a stream and as a folder.
func TestSameBytes(t *testing.T) {
	folder := t.TempDir()
	articles := filepath.Join(folder, "articles")
	manyArticles(t, articles, effort.Pick(30, 50))
	embedded, err := gold.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if !effort.All() {
		embedded = embedded[:4]
	}
	for _, a := range embedded {
		if err := os.WriteFile(filepath.Join(articles, a.Name+".txt"), []byte(a.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var stream []byte
	var run map[string]string
	type setting struct {
		jobs string
		env  []string
	}
	settings := []setting{
		{"1", nil}, {"8", []string{"GOMAXPROCS=1"}}, {"2", []string{"TZ=Asia/Kathmandu", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}},
	}
	if effort.All() {
		settings = append(settings, setting{"1", nil}, setting{"2", nil}, setting{"8", nil}, setting{"2", []string{"GOMAXPROCS=1"}},
			setting{"2", []string{"GOMAXPROCS=2"}}, setting{"2", []string{"TZ=", "LANG=C", "LC_ALL=C", "HOME=/nowhere"}})
	}
	for i, test := range settings {
		c, stderr := quoth(t, "extract", "--jobs", test.jobs, articles)
		c.Env = append(os.Environ(), test.env...)
		got, err := c.Output()
		if exitCode(err) != exitPartial {
			t.Fatalf("%v: %v: %s", test, err, stderr)
		}
		out := filepath.Join(folder, "run"+strings.Repeat("x", i))
		c, stderr = quoth(t, "extract", "--quiet", "--jobs", test.jobs, "--out", out, articles)
		c.Env = append(os.Environ(), test.env...)
		if err := c.Run(); exitCode(err) != exitPartial {
			t.Fatalf("%v: %v: %s", test, err, stderr)
		}
		files := tree(t, out)
		if i == 0 {
			stream, run = got, files
			if files["documents.jsonl"] != string(got) {
				t.Error("a stream and a folder differ")
			}
			continue
		}
		if !bytes.Equal(got, stream) {
			t.Errorf("%v: the stream differs", test)
		}
		if !cmp.Equal(files, run) {
			t.Errorf("%v: the run differs: %s", test, firstDifference(run, files))
		}
	}
}
