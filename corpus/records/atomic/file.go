package atomic

import (
	"errors"
	"os"
	"path/filepath"
)

// A File is a file that is being written. It is for one goroutine at a time.
type File struct {
	file *os.File
	path string
	done bool // committed or discarded
}

// Create begins the file path, which replaces an older one when it is committed. Its folder must exist. The caller
// calls Commit or CommitAs, or Discard to give up.
func Create(path string) (*File, error) {
	file, err := os.OpenFile(temporaryName(path), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, named(path, err)
	}
	return &File{file: file, path: path}, nil
}

// Write appends b. It buffers nothing.
func (f *File) Write(b []byte) (int, error) {
	n, err := f.file.Write(b)
	return n, named(f.path, err)
}

// Commit puts the file in its place. If that fails, the file is discarded and an older one is as it was. After Commit,
// CommitAs or Discard it does nothing and returns nil.
func (f *File) Commit() error { return f.CommitAs(f.path) }

// CommitAs is Commit with another path, which must be in the same folder.
func (f *File) CommitAs(path string) error {
	if f.done {
		return nil
	}
	f.done = true
	err := errors.Join(f.file.Sync(), f.file.Close())
	if err == nil {
		err = os.Rename(f.file.Name(), path)
	}
	if err != nil {
		os.Remove(f.file.Name())
		return named(path, err)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// Discard removes a file that was not committed. After Commit or CommitAs it does nothing.
func (f *File) Discard() {
	if f.done {
		return
	}
	f.done = true
	f.file.Close()
	os.Remove(f.file.Name())
}
