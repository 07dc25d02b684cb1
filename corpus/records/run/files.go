package run

import (
	"io"
	"io/fs"
	"os"
)

// system is what a run needs of the file system; tests put faults into it.
type system interface {
	OpenFile(name string, flag int) (file, error)
	Mkdir(name string) error
	Rename(from, to string) error
	RemoveAll(name string) error
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
}

// A file is open for reading or writing.
type file interface {
	io.ReadWriteCloser
	io.ReaderAt
	io.Seeker
	Sync() error
	Truncate(size int64) error
}

type realSystem struct{}

func (realSystem) OpenFile(name string, flag int) (file, error) {
	f, err := os.OpenFile(name, flag, 0o666)
	if err != nil {
		return nil, err // not a file that is a nil *os.File
	}
	return f, nil
}
func (realSystem) Mkdir(name string) error                    { return os.MkdirAll(name, 0o777) }
func (realSystem) Rename(from, to string) error               { return os.Rename(from, to) }
func (realSystem) RemoveAll(name string) error                { return os.RemoveAll(name) }
func (realSystem) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (realSystem) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// syncFolder makes renames within a folder last. Systems that cannot sync a folder say so, which is no fault.
func syncFolder(sys system, name string) {
	if f, err := sys.OpenFile(name, os.O_RDONLY); err == nil {
		f.Sync()
		f.Close()
	}
}

// writeFile writes a small file at once and syncs it.
func writeFile(sys system, name string, data []byte) error {
	f, err := sys.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// readFile reads a small file.
func readFile(sys system, name string) ([]byte, error) {
	f, err := sys.OpenFile(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
