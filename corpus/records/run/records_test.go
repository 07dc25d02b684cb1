package run

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

func TestFile(t *testing.T) {
	dir := t.TempDir()
	read := func(path string) (string, error) {
		name, err := File(path)
		if err != nil || name == "-" {
			return name, err
		}
		data, err := os.ReadFile(name)
		return string(data), err
	}
	if _, err := read(dir); err == nil || !strings.Contains(err.Error(), "no run of quoth") {
		t.Errorf("an empty folder: %v", err)
	}
	write(dir, articles, Options{}, settings(), 2, true)
	if _, err := read(dir); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an interrupted run: %v", err)
	}
	if _, err := write(dir, articles, Options{Resume: true}, settings(), -1, false); err != nil {
		t.Fatal(err)
	}
	want, _ := os.ReadFile(filepath.Join(dir, DocumentsName))
	for _, path := range []string{dir, filepath.Join(dir, DocumentsName)} {
		if got, err := read(path); err != nil || got != string(want) {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	// A finished run can be read while a newer one is under way.
	write(dir, articles[:2], Options{Force: true}, settings(), 1, true)
	if got, err := read(dir); err != nil || got != string(want) {
		t.Errorf("beside a newer run: %q, %v", got, err)
	}
	if got, err := read("-"); err != nil || got != "-" {
		t.Errorf("stdin: %q, %v", got, err)
	}
	other := t.TempDir()
	os.WriteFile(filepath.Join(other, DocumentsName), []byte("records"), 0o666)
	if got, err := read(other); err != nil || got != "records" {
		t.Errorf("a folder of records without a run: %q, %v", got, err)
	}
	if _, err := read(filepath.Join(dir, "nothing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestRewriteTellsReadingFromWriting(t *testing.T) {
	keep := func(line []byte) ([]byte, output.Totals, error) { return line, output.Totals{}, nil }
	errOwn := errors.New("its own error")
	for _, c := range []struct {
		name   string
		harm   func(dir, to string) error
		change func([]byte) ([]byte, output.Totals, error)
		is     error
		says   string
	}{
		{"sound", nil, keep, nil, ""},
		{"no journal", func(dir, _ string) error { return os.Remove(filepath.Join(dir, JournalName)) }, keep, ErrDamaged, JournalName},
		{"no records", func(dir, _ string) error { return os.Remove(filepath.Join(dir, DocumentsName)) }, keep, ErrDamaged, DocumentsName},
		{"records cut", func(dir, _ string) error { return os.Truncate(filepath.Join(dir, DocumentsName), 3) }, keep, ErrDamaged, "documents.jsonl holds no"},
		{"entry cut", func(dir, _ string) error {
			name := filepath.Join(dir, JournalName)
			info, err := os.Stat(name)
			return errors.Join(err, os.Truncate(name, info.Size()-2))
		}, keep, ErrDamaged, "bad entry at byte"},
		{"huge length", func(dir, _ string) error {
			return os.WriteFile(filepath.Join(dir, JournalName), []byte(`{"path":"a.txt","status":"ok","offset":0,"length":900000000000}`+"\n"), 0o666)
		}, keep, ErrDamaged, "holds no 900000000000 bytes"},
		{"change", nil, func([]byte) ([]byte, output.Totals, error) { return nil, output.Totals{}, errOwn }, errOwn, ""},
		{"writing", func(_, to string) error { return os.Remove(to) }, keep, os.ErrNotExist, ""},
	} {
		dir, to := t.TempDir(), t.TempDir()
		if _, err := write(dir, articles, Options{}, settings(), -1, false); err != nil {
			t.Fatal(err)
		}
		if c.harm != nil {
			if err := c.harm(dir, to); err != nil {
				t.Fatal(err)
			}
		}
		err := Rewrite(dir, to, "note", c.change)
		if !errors.Is(err, c.is) || errors.Is(err, ErrDamaged) != (c.is == ErrDamaged) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, without %q", c.name, err, c.says)
		}
	}
}
