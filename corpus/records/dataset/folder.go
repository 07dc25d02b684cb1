package dataset

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/quoth-nlp/quoth/corpus/records/atomic"
)

// An ExistsError says that the folder of a data set is taken.
type ExistsError struct {
	// Replaceable says that it is a data set, which Options.Force replaces.
	Replaceable bool
	message     string
}

// Error says what is there.
func (e *ExistsError) Error() string { return e.message }

func exists(format string, args ...any) error {
	return &ExistsError{message: fmt.Sprintf(format, args...)}
}

// newFolder begins the folder of a data set, and makes the folders around it.
func newFolder(dir string, force bool) (*atomic.Folder, error) {
	dir = filepath.Clean(dir)
	if err := replaceable(dir, force); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return nil, err
	}
	return atomic.CreateFolder(dir)
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
		return &ExistsError{Replaceable: true, message: dir + " exists"}
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
