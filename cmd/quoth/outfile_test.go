package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A limitedFile holds so many bytes, as a disk that is full does.
type limitedFile struct {
	io.Writer
	left int
}

var errFull = errors.New("no space left on device")

func (f *limitedFile) Write(b []byte) (int, error) {
	if len(b) <= f.left {
		f.left -= len(b)
		return f.Writer.Write(b)
	}
	n, _ := f.Writer.Write(b[:f.left])
	f.left = 0
	return n, errFull
}

// A disk that is full at the n-th byte, for every n: the code is 4, the older file is as it was, nothing else is left.
func TestOutFileEveryByteFails(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "out.jsonl")
	records := []string{"{\"a\": 1}\n", "{\"b\": 22}\n", "{\"c\": 333}\n"}
	total := 0
	for _, r := range records {
		total += len(r)
	}
	for n := 0; n <= total; n++ {
		if err := os.WriteFile(name, []byte("older\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		o, err := create(name, true)
		if err != nil {
			t.Fatal(err)
		}
		o.Writer.Reset(&limitedFile{o.file, n})
		for _, r := range records {
			if err == nil {
				_, err = o.Write([]byte(r))
			}
		}
		if err == nil {
			err = o.commit()
		}
		o.discard()
		got, _ := os.ReadFile(name)
		entries, _ := os.ReadDir(folder)
		if len(entries) != 1 {
			t.Fatalf("after %d bytes: %d files, want one", n, len(entries))
		}
		if n == total {
			if err != nil || len(got) != total {
				t.Errorf("no fault: %q, %v", got, err)
			}
			continue
		}
		var exit *exitError
		if !errors.As(err, &exit) || exit.code != exitAborted || !errors.Is(err, errFull) || string(got) != "older\n" {
			t.Fatalf("after %d bytes: %v, the file is %q", n, err, got)
		}
	}
}
