//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// manyArticles writes n articles with quotes of different lengths, among them copies, empty ones and one that is no text.
func manyArticles(t *testing.T, folder string, n int) {
	t.Helper()
	for i := range n {
		text := strings.Repeat(fmt.Sprintf("The council met on day %d. “We will vote on item %d,” said Mayor Ann Lee of Oslo.\n\n", i, i), 1+i%17)
		switch {
		case i%23 == 5:
			text = ""
		case i%29 == 7:
			text = strings.Repeat("“A copy of the same words in every place,” said Bo Ek. It goes on and on until the end of the page is reached.\n\n", 5)
		case i == n/2:
			text = strings.Repeat("\x01\x02", 100)
		}
		name := filepath.Join(folder, fmt.Sprintf("%02d", i%7), fmt.Sprintf("%05d.txt", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// tree returns the files of a folder and below.
func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		if entry.IsDir() {
			files[name] = "a folder"
			return nil
		}
		data, err := os.ReadFile(path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A run that is killed at any moment, again and again, and resumed each time leaves the same files, byte for byte, as
// one that was not. QUOTH_CRASH_KILLS and QUOTH_CRASH_ARTICLES (a folder) make it a longer test.
func TestCrashLoop(t *testing.T) {
	kills, articles := effort.Pick(3, 12), filepath.Join(t.TempDir(), "articles")
	if n, err := strconv.Atoi(os.Getenv("QUOTH_CRASH_KILLS")); err == nil {
		kills = n
	}
	if folder := os.Getenv("QUOTH_CRASH_ARTICLES"); folder != "" {
		articles = folder
	} else {
		manyArticles(t, articles, effort.Pick(100, 300))
	}
	folder := t.TempDir()
	extract := func(out string, more ...string) *exec.Cmd {
		c, _ := quoth(t, append([]string{"extract", "--jobs", "2", "--out", filepath.Join(folder, out), articles}, more...)...)
		return c
	}
	started := time.Now()
	if err := extract("whole").Run(); err != nil && exitCode(err) != exitPartial {
		t.Fatal(err)
	}
	whole := time.Since(started)
	want := tree(t, filepath.Join(folder, "whole"))
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, a whole run takes %v", seed, whole)
	random := rand.New(rand.NewPCG(seed, 0))
	killed, finished := 0, 0
	for killed < kills {
		out := fmt.Sprintf("run%d", finished)
		for {
			c := extract(out, "--resume")
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			// Late moments, when the output is put together and moved, are as likely as early ones.
			timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole)+1)), func() { c.Process.Kill() })
			err := c.Wait()
			timer.Stop()
			if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
				killed++
				continue
			}
			if err != nil && exitCode(err) != exitPartial {
				t.Fatalf("after %d kills: %v: %s", killed, err, c.Stderr)
			}
			break
		}
		if got := tree(t, filepath.Join(folder, out)); !cmp.Equal(want, got) {
			t.Fatalf("after %d kills the output differs: %s", killed, firstDifference(want, got))
		}
		os.RemoveAll(filepath.Join(folder, out))
		finished++
	}
	ids := map[string]bool{}
	for line := range strings.Lines(want["documents.jsonl"]) {
		var r struct {
			DocID string `json:"doc_id"`
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil || ids[r.DocID] {
			t.Fatalf("doc_id %q is there twice, or the line is bad: %v", r.DocID, err)
		}
		ids[r.DocID] = true
	}
	t.Logf("%d kills, %d runs finished, %d documents each: all the same bytes", killed, finished, len(ids))
}

func exitCode(err error) int {
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode()
	}
	return -1
}

// firstDifference says where two folders differ, without printing megabytes.
func firstDifference(want, got map[string]string) string {
	for name, w := range want {
		g, ok := got[name]
		if !ok {
			return "no " + name
		}
		if g != w {
			i := 0
			for i < min(len(g), len(w)) && g[i] == w[i] {
				i++
			}
			return fmt.Sprintf("%s at byte %d: %.200q, want %.200q", name, i, g[i:], w[i:])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			return name + " is left over"
		}
	}
	return "nothing"
}

// The first interrupt ends a run in order, and the same call with --resume finishes it.
func TestInterruptRun(t *testing.T) {
	// The articles come through a pipe, so that the run waits for more of them when it is interrupted.
	articles := strings.Repeat("{\"text\": \"“We will vote,” said Mayor Ann Lee of Oslo.\"}\n{\"text\": broken}\n", effort.Pick(20, 200))
	folder := t.TempDir()
	c, _ := quoth(t, "extract", "--quiet", "--out", filepath.Join(folder, "whole"), "-")
	c.Stdin = strings.NewReader(articles)
	if err := c.Run(); exitCode(err) != exitPartial {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "run")
	c, stderr := quoth(t, "extract", "--jobs", "1", "--out", out, "-")
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	io.WriteString(stdin, articles)
	await(t, func() bool { return exists(filepath.Join(out, "partial", "run.json")) })
	c.Process.Signal(os.Interrupt)
	if err := c.Wait(); exitCode(err) != exitInterrupt || stderr.String() != "quoth: interrupted; what was done is kept: go on with the same call and --resume\n" {
		t.Fatalf("%v: %s", err, stderr)
	}
	if _, err := os.Stat(filepath.Join(out, "quoth.lock")); err == nil {
		t.Error("the lock is left")
	}
	// Without --resume nothing is touched.
	before := tree(t, out)
	c, stderr = quoth(t, "extract", "--out", out, "-")
	if err := c.Run(); exitCode(err) != exitUsage || !bytes.Contains(stderr.Bytes(), []byte("--resume")) {
		t.Errorf("%v: %s", err, stderr)
	}
	if after := tree(t, out); !cmp.Equal(before, after) {
		t.Error(firstDifference(before, after))
	}
	c, stderr = quoth(t, "extract", "--resume", "--out", out, "-")
	c.Stdin = strings.NewReader(articles)
	if err := c.Run(); exitCode(err) != exitPartial {
		t.Errorf("%v: %s", err, stderr)
	}
	if want, got := tree(t, filepath.Join(folder, "whole")), tree(t, out); !cmp.Equal(want, got) {
		t.Error(firstDifference(want, got))
	}
}

// Two runs never write to one folder: the second one names the first.
func TestConcurrentRuns(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	first, _ := quoth(t, "extract", "--out", out, "-")
	stdin, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	await(t, func() bool { return exists(filepath.Join(out, "partial", "run.json")) })
	second, stderr := quoth(t, "extract", "--resume", "--out", out, "-")
	if err := second.Run(); exitCode(err) != exitUsage || !strings.Contains(stderr.String(), fmt.Sprintf("another run writes to it (process %d on ", first.Process.Pid)) {
		t.Errorf("%v: %s", err, stderr)
	}
	stdin.Close()
	if err := first.Wait(); err != nil {
		t.Error(err)
	}
}
