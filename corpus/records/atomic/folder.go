package atomic

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A Folder is a folder that is being written. It is for one goroutine at a time, as is each of its files.
type Folder struct {
	path, temporary string
	done            bool // committed or discarded
}

// CreateFolder begins the folder path, which replaces an older one, and all that is in it, when it is committed. The
// folder around it must exist. The caller calls Commit, or Discard to give up.
func CreateFolder(path string) (*Folder, error) {
	path = filepath.Clean(path)
	f := &Folder{path: path, temporary: temporaryName(path)}
	err := os.RemoveAll(f.temporary) // what was left by a process that was killed and had the same number
	if err == nil {
		err = os.Mkdir(f.temporary, 0o777)
	}
	if err != nil {
		return nil, named(path, err)
	}
	return f, nil
}

// Path returns the path of the folder once it is committed.
func (f *Folder) Path() string { return f.path }

// Temporary returns the path of the folder until it is committed, for those who write or read its files by name. They
// sync what they write.
func (f *Folder) Temporary() string { return f.temporary }

// Create returns a new file of the folder, which is synced when it is closed. If there is one of that name, the error is
// fs.ErrExist.
func (f *Folder) Create(name string) (io.WriteCloser, error) {
	final := filepath.Join(f.path, name)
	file, err := os.OpenFile(filepath.Join(f.temporary, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, named(final, err)
	}
	return &member{file, final}, nil
}

// A member is a file of a Folder.
type member struct {
	file *os.File
	path string
}

func (m *member) Write(b []byte) (int, error) {
	n, err := m.file.Write(b)
	return n, named(m.path, err)
}

func (m *member) Close() error {
	return named(m.path, errors.Join(m.file.Sync(), m.file.Close()))
}

// Commit puts the folder in its place. Its files must have been closed. After an error an older folder is as it was,
// unless the error says where it is now; the caller then calls Discard. Once the folder is in its place or discarded,
// Commit does nothing and returns nil.
func (f *Folder) Commit() error {
	if f.done {
		return nil
	}
	syncFolder(f.temporary)
	older := f.temporary + ".old"
	err := os.Rename(f.path, older)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return named(f.path, err)
	}
	replaces := err == nil
	if err := named(f.path, os.Rename(f.temporary, f.path)); err != nil {
		if replaces && os.Rename(older, f.path) != nil {
			return fmt.Errorf("%s: %w; the older one is now %s", f.path, errors.Unwrap(err), older)
		}
		return err
	}
	f.done = true
	syncFolder(filepath.Dir(f.path))
	if replaces {
		if err := named(older, os.RemoveAll(older)); err != nil {
			return fmt.Errorf("the older one is left in %s: %w", older, errors.Unwrap(err))
		}
	}
	return nil
}

// Discard removes a folder that was not committed. After Commit it does nothing.
func (f *Folder) Discard() {
	if f.done {
		return
	}
	f.done = true
	os.RemoveAll(f.temporary)
}
