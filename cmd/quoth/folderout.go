package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A folderOut is an output folder. It is written beside its final place and moved there by commit, so that there never is
// half of it under its name, and an older one stays until the new one is whole.
type folderOut struct {
	final, temporary string
	old              bool // whether there is a folder to be replaced
	done             bool
}

// newFolderOut returns a folderOut for the path, which must not exist, be empty, or hold nothing foreign while force is
// set. foreign returns the name of an entry that is not of what will be written, or "": whoever replaces a folder must
// not lose anything else.
func newFolderOut(path string, force bool, what string, foreign func([]os.DirEntry) string) (*folderOut, error) {
	path = filepath.Clean(path)
	f := &folderOut{final: path, temporary: filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		if info, statErr := os.Stat(path); statErr == nil && !info.IsDir() {
			return nil, usage("%s is a file; name a folder%s", path, zipToo(what))
		}
		return nil, writeError(path, err)
	case len(entries) > 0 && !force:
		return nil, usage("%s exists and is not empty; add --force to replace it, or name another folder", path)
	default:
		f.old = true
		if name := foreign(entries); name != "" {
			return nil, usage("%s holds %s, which no %s has written; name another folder", path, name, what)
		}
	}
	if abs, err := filepath.Abs(path); err != nil || filepath.Dir(abs) == abs {
		return nil, usage("%s cannot be replaced; name another folder", path)
	}
	if filepath.Base(path) == "." || filepath.Base(path) == ".." {
		return nil, usage("%s is named by where it is seen from; write its name", path)
	}
	if err := os.Mkdir(f.temporary, 0o777); err != nil {
		return nil, writeError(path, err)
	}
	return f, nil
}

func zipToo(what string) string {
	if what == "export" {
		return ", or a file that ends in .zip"
	}
	return ""
}

// noExport returns the name of an entry that is not one of an export, or "".
func noExport(entries []os.DirEntry) string {
	for _, entry := range entries {
		ours := []string{".txt", ".ann", ".json", ".conf", ".xml"}
		if !entry.Type().IsRegular() || !slices.Contains(ours, strings.ToLower(filepath.Ext(entry.Name()))) {
			return entry.Name()
		}
	}
	return ""
}

// create returns a new file of the folder.
func (f *folderOut) create(name string) (io.WriteCloser, error) {
	file, err := os.OpenFile(filepath.Join(f.temporary, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return nil, twice(name)
	}
	if err != nil {
		return nil, writeError(filepath.Join(f.final, name), err)
	}
	return &folderFile{file, filepath.Join(f.final, name)}, nil
}

// twice says that a file would be written for the second time.
func twice(name string) error {
	return usage("two records would be written to %s; they have one doc_id, so take one of them out", name)
}

// A folderFile is a file of a folderOut, whose errors name the final place.
type folderFile struct {
	file *os.File
	name string
}

func (f *folderFile) Write(b []byte) (int, error) {
	n, err := f.file.Write(b)
	if err != nil {
		err = writeError(f.name, err)
	}
	return n, err
}

func (f *folderFile) Close() error {
	if err := errors.Join(f.file.Sync(), f.file.Close()); err != nil {
		return writeError(f.name, err)
	}
	return nil
}

// commit puts the folder in its place.
func (f *folderOut) commit() error {
	older := f.temporary + ".old"
	if f.old {
		if err := os.Rename(f.final, older); err != nil {
			return writeError(f.final, err)
		}
	}
	if err := os.Rename(f.temporary, f.final); err != nil {
		if f.old {
			err = errors.Join(err, os.Rename(older, f.final))
		}
		return writeError(f.final, err)
	}
	f.done = true
	if f.old {
		if err := os.RemoveAll(older); err != nil {
			return writeError(older, err)
		}
	}
	return nil
}

// discard removes a folder that was not committed.
func (f *folderOut) discard() {
	if !f.done {
		os.RemoveAll(f.temporary)
		f.done = true
	}
}

// A zipOut is a .zip file with the files of a folder. It holds no times, so that the same files are the same bytes.
type zipOut struct {
	out   *outFile
	zip   *zip.Writer
	names map[string]bool
}

func newZipOut(out *outFile) *zipOut {
	return &zipOut{out, zip.NewWriter(out.Writer), map[string]bool{}}
}

func (z *zipOut) create(name string) (io.WriteCloser, error) {
	if z.names[name] {
		return nil, twice(name)
	}
	z.names[name] = true
	w, err := z.zip.Create(name)
	if err != nil {
		return nil, writeError(z.out.name, err)
	}
	return zipFile{w, z.out.name}, nil
}

func (z *zipOut) commit() error {
	if err := z.zip.Close(); err != nil {
		return writeError(z.out.name, err)
	}
	return z.out.commit()
}

type zipFile struct {
	w    io.Writer
	name string
}

func (f zipFile) Write(b []byte) (int, error) {
	n, err := f.w.Write(b)
	if err != nil {
		err = writeError(f.name, err)
	}
	return n, err
}

func (f zipFile) Close() error { return nil }
