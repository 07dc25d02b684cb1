package run

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
