package atomic

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contents returns the files below a folder with what they hold.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func compare(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, contents(t, folder)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

// checkError compares the path that an error names, and looks for the temporary name.
func checkError(t *testing.T, err error, path string, cause error) {
	t.Helper()
	var fault *fs.PathError
	if !errors.As(err, &fault) || fault.Path != path || cause != nil && !errors.Is(err, cause) {
		t.Errorf("want %v of %s, got %v", cause, path, err)
	}
	if err != nil && strings.Contains(err.Error(), ".tmp") {
		t.Errorf("%v: it names the temporary file", err)
	}
}

func newFile(t *testing.T, path, text string) *File {
	t.Helper()
	f, err := Create(path)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func newFolder(t *testing.T, path string, files map[string]string) *Folder {
	t.Helper()
	f, err := CreateFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		w, err := f.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// An older file stays until the new one is committed, and is replaced then.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	put(t, path, "older")
	f := newFile(t, path, "new")
	if data, err := os.ReadFile(path); err != nil || string(data) != "older" {
		t.Errorf("before the commit: %q, %v", data, err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	compare(t, dir, map[string]string{"out": "new"})
}

func TestFileCommitAs(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	put(t, path, "older")
	if err := newFile(t, path, "some of it").CommitAs(path + ".partial"); err != nil {
		t.Fatal(err)
	}
	compare(t, dir, map[string]string{"out": "older", "out.partial": "some of it"})
}

func TestFileDiscard(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	put(t, path, "older")
	f := newFile(t, path, "new")
	f.Discard()
	if err := f.Commit(); err != nil {
		t.Errorf("a commit after it: %v", err)
	}
	compare(t, dir, map[string]string{"out": "older"})
}

// A commit that fails leaves nothing behind.
func TestFileFaults(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	put(t, filepath.Join(path, "inner"), "a folder cannot be replaced by a file")
	checkError(t, newFile(t, path, "new").Commit(), path, nil)

	f := newFile(t, path, "new")
	f.file.Close()
	_, err := f.Write([]byte("more"))
	checkError(t, err, path, fs.ErrClosed)
	checkError(t, f.Commit(), path, fs.ErrClosed)
	compare(t, dir, map[string]string{"out/inner": "a folder cannot be replaced by a file"})

	path = filepath.Join(dir, "none", "out")
	_, err = Create(path)
	checkError(t, err, path, fs.ErrNotExist)
}

// An older folder stays until the new one is committed, and goes with all that is in it.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "set")
	put(t, filepath.Join(path, "a"), "older")
	put(t, filepath.Join(path, "b"), "older")
	f := newFolder(t, path+"/", map[string]string{"a": "new", "c": "new"})
	if f.Path() != path {
		t.Errorf("its path is %s", f.Path())
	}
	if diff := cmp.Diff(map[string]string{"a": "older", "b": "older"}, contents(t, path)); diff != "" {
		t.Errorf("before the commit:\n%s", diff)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	compare(t, dir, map[string]string{"set/a": "new", "set/c": "new"})
}

func TestFolderDiscard(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "set")
	put(t, filepath.Join(path, "a"), "older")
	f := newFolder(t, path, map[string]string{"a": "new"})
	f.Discard()
	if err := f.Commit(); err != nil {
		t.Errorf("a commit after it: %v", err)
	}
	compare(t, dir, map[string]string{"set/a": "older"})
	if _, err := os.Stat(f.Temporary()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the temporary folder: %v", err)
	}
}

// The new folder cannot be moved: the older one is moved back.
func TestFolderFaults(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "set")
	put(t, filepath.Join(path, "a"), "older")
	f := newFolder(t, path, map[string]string{"a": "new"})
	_, err := f.Create("a")
	checkError(t, err, filepath.Join(path, "a"), fs.ErrExist)
	w, err := f.Create("b")
	if err != nil {
		t.Fatal(err)
	}
	w.(*member).file.Close()
	_, err = w.Write([]byte("more"))
	checkError(t, err, filepath.Join(path, "b"), fs.ErrClosed)
	checkError(t, w.Close(), filepath.Join(path, "b"), fs.ErrClosed)

	if err := os.RemoveAll(f.Temporary()); err != nil {
		t.Fatal(err)
	}
	checkError(t, f.Commit(), path, fs.ErrNotExist)
	f.Discard()
	compare(t, dir, map[string]string{"set/a": "older"})

	path = filepath.Join(dir, "none", "set")
	_, err = CreateFolder(path)
	checkError(t, err, path, fs.ErrNotExist)
}

// What a process that was killed has left does not come into a new folder.
func TestFolderLeft(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "set")
	newFolder(t, path, map[string]string{"left": "by a process that was killed"})
	if err := newFolder(t, path, map[string]string{"a": "new"}).Commit(); err != nil {
		t.Fatal(err)
	}
	compare(t, dir, map[string]string{"set/a": "new"})
}
