package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// Inputs far beyond --max-doc-bytes are error records; the others are not affected, and memory stays bounded.
func TestHugeInputs(t *testing.T) {
	if effort.Race {
		t.Skip("the race detector takes memory of its own")
	}
	folder := filepath.Join(t.TempDir(), "news")
	os.Mkdir(folder, 0o777)
	// The files have holes, which are NUL bytes that take no room on the disk.
	huge := func(name string, size int64, before, after string) {
		f, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		f.WriteString(before)
		if _, err := f.WriteAt([]byte(after), size); err != nil {
			t.Fatal(err)
		}
	}
	huge("a-line.jsonl", effort.Pick[int64](1<<28, 1<<30), "{\"text\": \"", "\"}\n{\"text\": \"Fine.\"}\n")
	huge("b-article.txt", 100<<20, "Words. ", "Words.")
	value := strings.Repeat("x", effort.Pick(20<<20, 100<<20)) // a NUL is no JSON, and would end the value
	huge("c-value.json", int64(len(value)+len("[{\"text\": \"")), "[{\"text\": \""+value, "\"}]")
	huge("d-small.txt", 20, "Fine too.", "\n")
	c, stderr := quoth(t, "extract", "--text", "none", folder)
	out, err := c.Output()
	if exitCode(err) != exitPartial || bytes.Count(out, []byte("\n")) != 2 {
		t.Fatalf("%v: %d records, %s", err, bytes.Count(out, []byte("\n")), stderr)
	}
	var codes []string
	for line := range strings.Lines(stderr.String()) {
		var e struct{ Code string }
		if json.Unmarshal([]byte(line), &e) == nil {
			codes = append(codes, e.Code)
		}
	}
	if got := strings.Join(codes, " "); got != "too_large too_large too_large" {
		t.Errorf("error codes: %s", got)
	}
	if most := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss / 1000; most > 512 {
		t.Errorf("%d MB were resident, want less than 512", most)
	}
}

// A disk that is full ends the run with exit 4; what was done before stays, and the run goes on once there is room.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=1m"); err != nil {
		if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
			t.Skip("only root can make a small disk")
		}
		t.Fatal(err)
	}
	defer syscall.Unmount(disk, syscall.MNT_DETACH)
	articles, out := filepath.Join(t.TempDir(), "articles"), filepath.Join(disk, "run")
	manyArticles(t, articles, 6)
	c, _ := quoth(t, "extract", "--out", out, articles)
	if err := c.Run(); exitCode(err) != exitPartial {
		t.Fatal(err)
	}
	before := tree(t, out)
	manyArticles(t, articles, 300)
	c, stderr := quoth(t, "extract", "--resume", "--out", out, articles)
	if err := c.Run(); exitCode(err) != exitAborted || !strings.Contains(stderr.String(), "no space left on device") {
		t.Fatalf("%v: %s", err, stderr)
	}
	after := tree(t, out)
	for name := range before {
		if before[name] != after[name] {
			t.Errorf("%s changed", name)
		}
	}
	if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size=100m"); err != nil {
		t.Fatal(err)
	}
	c, stderr = quoth(t, "extract", "--resume", "--out", out, articles)
	if err := c.Run(); exitCode(err) != exitPartial {
		t.Fatalf("%v: %s", err, stderr)
	}
	whole := filepath.Join(disk, "whole")
	c, _ = quoth(t, "extract", "--out", whole, articles)
	c.Run()
	if want, got := tree(t, whole), tree(t, out); len(want) == 0 || firstDifference(want, got) != "nothing" {
		t.Error(firstDifference(want, got))
	}
}
