package main

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/records/atomic"
)

// A folderOut is an output folder, which appears under its name at commit; an older one stays until then.
type folderOut struct{ folder *atomic.Folder }

// A folderKind says what an output folder holds. Whoever replaces a folder must not lose anything else.
type folderKind struct {
	name    string // such as run, for messages
	holds   func(os.DirEntry) bool
	orInZip bool // whether it may be a .zip file instead
}

// newFolderOut returns a folderOut for the path, which must not exist, be empty, or hold nothing foreign while force is
// set.
func newFolderOut(path string, force bool, kind folderKind) (*folderOut, error) {
	path = filepath.Clean(path)
	if err := kind.mayReplace(path, force); err != nil {
		return nil, err
	}
	f, err := atomic.CreateFolder(path)
	if err != nil {
		return nil, writeError(path, err)
	}
	return &folderOut{f}, nil
}

// mayReplace refuses a path that cannot become a folder, or that holds what would be lost.
func (k folderKind) mayReplace(path string, force bool) error {
	switch entries, err := os.ReadDir(path); {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		if info, statErr := os.Stat(path); statErr == nil && !info.IsDir() {
			return usage("%s is a file; name a folder%s", path, k.zipHint())
		}
		return writeError(path, err)
	case len(entries) > 0 && !force:
		return usage("%s exists and is not empty; add --force to replace it, or name another folder", path)
	default:
		for _, entry := range entries {
			if !entry.Type().IsRegular() || !k.holds(entry) {
				return usage("%s holds %s, which no %s has written; name another folder", path, entry.Name(), k.name)
			}
		}
	}
	if abs, err := filepath.Abs(path); err != nil || filepath.Dir(abs) == abs {
		return usage("%s cannot be replaced; name another folder", path)
	}
	if filepath.Base(path) == "." || filepath.Base(path) == ".." {
		return usage("%s is named by where it is seen from; write its name", path)
	}
	return nil
}

func (k folderKind) zipHint() string {
	if k.orInZip {
		return ", or a file that ends in .zip"
	}
	return ""
}

// exportFolder is the folder of an export.
var exportFolder = folderKind{name: "export", orInZip: true, holds: func(entry os.DirEntry) bool {
	endings := []string{".txt", ".ann", ".json", ".conf", ".xml"}
	return slices.Contains(endings, strings.ToLower(filepath.Ext(entry.Name())))
}}

// create returns a new file of the folder.
func (f *folderOut) create(name string) (io.WriteCloser, error) {
	path := filepath.Join(f.folder.Path(), name)
	file, err := f.folder.Create(name)
	if errors.Is(err, os.ErrExist) {
		return nil, twice(name)
	}
	if err != nil {
		return nil, writeError(path, err)
	}
	return outputMember{file, path}, nil
}

// twice says that a file would be written for the second time.
func twice(name string) error {
	return usage("two records would be written to %s; they have one doc_id, so take one of them out", name)
}

// An outputMember is a file of a folder or archive that is written. Its errors end the run.
type outputMember struct {
	file io.WriteCloser
	name string // for messages
}

func (m outputMember) Write(b []byte) (int, error) {
	n, err := m.file.Write(b)
	if err != nil {
		err = writeError(m.name, err)
	}
	return n, err
}

func (m outputMember) Close() error {
	if err := m.file.Close(); err != nil {
		return writeError(m.name, err)
	}
	return nil
}

// commit puts the folder in its place.
func (f *folderOut) commit() error {
	if err := f.folder.Commit(); err != nil {
		return writeError(f.folder.Path(), err)
	}
	return nil
}

// discard removes a folder that was not committed.
func (f *folderOut) discard() { f.folder.Discard() }

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
	return outputMember{zipMember{w}, z.out.name}, nil
}

func (z *zipOut) commit() error {
	if err := z.zip.Close(); err != nil {
		return writeError(z.out.name, err)
	}
	return z.out.commit()
}

// A zipMember is a file of a .zip file, which ends where the next one begins.
type zipMember struct{ io.Writer }

func (zipMember) Close() error { return nil }
