package dataset

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// An ExistsError says that the folder of a data set is taken.
type ExistsError struct{ message string }

func (e *ExistsError) Error() string { return e.message }

func exists(format string, args ...any) error { return &ExistsError{fmt.Sprintf(format, args...)} }

// A folder is a folder that is written beside its final place and moved there by commit, so that there never is half a
// data set under its name, and an older one stays until the new one is whole.
type folder struct {
	final     string
	temporary string // "" once it is gone
}

func newFolder(dir string, force bool) (*folder, error) {
	final := filepath.Clean(dir)
	if err := replaceable(final, force); err != nil {
		return nil, err
	}
	if parent := filepath.Dir(final); parent != "." {
		if err := os.MkdirAll(parent, 0o777); err != nil {
			return nil, err
		}
	}
	temporary := filepath.Join(filepath.Dir(final), tempName(final))
	if err := os.RemoveAll(temporary); err != nil { // of a run that was killed and had the same number
		return nil, err
	}
	if err := os.Mkdir(temporary, 0o777); err != nil {
		return nil, err
	}
	return &folder{final, temporary}, nil
}

func tempName(final string) string {
	return fmt.Sprintf(".%s.%d.tmp", filepath.Base(final), os.Getpid())
}

// replaceable refuses to replace what is no data set of ours, even by force: it would be lost.
func replaceable(dir string, force bool) error {
	switch filepath.Base(dir) {
	case ".", "..", string(filepath.Separator):
		return exists("%s cannot be replaced; name a new folder", dir)
	}
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return exists("%s is no folder; name another place", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	ours := fileNames()
	for _, e := range entries {
		if !slices.Contains(ours, e.Name()) || !e.Type().IsRegular() {
			return exists("%s holds %s, which is no part of a data set; name another folder", dir, e.Name())
		}
	}
	if !force {
		return exists("%s exists; add --force to replace it, or name another folder", dir)
	}
	return nil
}

// fileNames returns the names of all files that a data set may have.
func fileNames() []string {
	list := []string{nestedFile, sqliteFile, scriptFile, packageFile, cardFile, croissant}
	for i := range tables() {
		for f := CSVFiles; f <= SQLScript; f++ {
			if f.perTable() {
				list = append(list, f.file(&tables()[i]))
			}
		}
	}
	return list
}

func (f *folder) create(name string) (io.WriteCloser, error) {
	return os.OpenFile(filepath.Join(f.temporary, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// commit moves the folder to its final place.
func (f *folder) commit() error {
	if err := syncFolder(f.temporary); err != nil {
		return err
	}
	old := f.temporary + ".old"
	err := os.Rename(f.final, old)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	moved := err == nil
	if err := os.Rename(f.temporary, f.final); err != nil {
		if moved {
			err = errors.Join(err, os.Rename(old, f.final))
		}
		return err
	}
	f.temporary = ""
	if moved {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(f.final))
}

func (f *folder) discard() {
	if f.temporary != "" {
		os.RemoveAll(f.temporary)
		f.temporary = ""
	}
}

// syncFolder puts the names of a folder's files on the disk. Some systems cannot, which is no fault.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	d.Sync()
	return d.Close()
}
