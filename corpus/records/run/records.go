package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// ErrUnfinished is the cause of the error when the records of a run are asked for that is not done.
var ErrUnfinished = errors.New("the run is not finished")

// ErrDamaged is the cause of the error when the files of a run are not what they were when it was finished.
var ErrDamaged = errors.New("the run is damaged")

func damaged(dir string, cause error) error {
	return &FolderError{dir, fmt.Errorf("%w: %w", ErrDamaged, cause)}
}

// A FolderError says what is wrong with the folder of a run: its cause is ErrExists, ErrMixed, ErrUnfinished or ErrDamaged.
type FolderError struct {
	Dir string // as the caller named it
	Err error
}

// Error gives the folder and the cause.
func (e *FolderError) Error() string { return e.Dir + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *FolderError) Unwrap() error { return e.Err }

// Names returns the names of all files that the folder of a finished run may have.
func Names() []string {
	return []string{DocumentsName, ErrorsName, JournalName, manifestName, lockName}
}

// File returns the name of the file that holds the records of what path names: a file is its own; a folder has one, if it
// is a finished run, or holds a file of that name all the same. "-" stays as it is.
func File(path string) (string, error) {
	if path == "-" {
		return path, nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return path, err
	}
	name := filepath.Join(path, DocumentsName)
	_, none := os.Stat(name)
	switch _, err := Read(path); {
	case errors.Is(err, ErrUnfinished):
		return "", err
	case none != nil:
		return "", fmt.Errorf("%s: no run of quoth: it holds no %s; name a run, or a file of records", path, DocumentsName)
	}
	return name, nil
}

// Is reports whether the folder is that of a run, finished or not.
func Is(dir string) bool {
	for _, folder := range []string{dir, filepath.Join(dir, partialName)} {
		if m, err := readManifest(realSystem{}, folder); err == nil && m != nil {
			return true
		}
	}
	return false
}

// Read returns the manifest of a finished run.
func Read(dir string) (*Manifest, error) {
	m, err := readManifest(realSystem{}, dir)
	if err != nil {
		return nil, err
	}
	_, partial := os.Stat(filepath.Join(dir, partialName))
	switch {
	case m == nil && partial != nil:
		return nil, fmt.Errorf("%s: no run of quoth: it holds no %s", dir, manifestName)
	case m == nil:
		return nil, &FolderError{dir, ErrUnfinished}
	}
	// A newer run that is under way, or was killed while its output was moved, could mix with what is read.
	if _, err := os.Stat(filepath.Join(dir, partialName, doneName)); !errors.Is(err, fs.ErrNotExist) {
		return nil, &FolderError{dir, fmt.Errorf("%w: it was stopped while its files were moved", ErrUnfinished)}
	}
	return m, nil
}

// Newer reports whether the folder holds a newer run beside the finished one, which is under way or was interrupted.
func Newer(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, partialName))
	return err == nil
}

// Rewrite writes to the folder to, which exists, the finished run in the folder from with other lines for some records.
// change gets each line of documents.jsonl and returns the one to be written, its line end included, and the totals of
// its record; what is done is noted among the options of the manifest, under note. The
// caller sees to it that to appears in its place when it is whole. The error is ErrDamaged if from could not be read,
// what change returned, or one of writing.
func Rewrite(from, to, note string, change func(line []byte) (changed []byte, totals output.Totals, err error)) error {
	m, err := Read(from)
	if err != nil {
		return err
	}
	in, err := os.Open(filepath.Join(from, JournalName))
	if err != nil {
		return damaged(from, err)
	}
	defer in.Close()
	var files [2]*os.File
	for i, name := range [...]string{DocumentsName, ErrorsName} {
		if files[i], err = os.Open(filepath.Join(from, name)); err != nil {
			return damaged(from, err)
		}
		defer files[i].Close()
	}
	a := assembly{counts: Counts{Failed: map[string]int{}}}
	closeAll, err := a.create(realSystem{}, to)
	defer closeAll()
	if err != nil {
		return err
	}
	broken := true // unless another is at fault
	whole, err := scan(in, func(e *Entry, _ int64) (bool, error) {
		records := files[0]
		if e.Status == StatusFailed {
			records = files[1]
		}
		if info, err := records.Stat(); err != nil || e.Offset < 0 || e.Length > info.Size()-e.Offset {
			return false, fmt.Errorf("%s holds no %d bytes at %d for %s", filepath.Base(records.Name()), e.Length, e.Offset, e.Path)
		}
		line, err := recordAt(records, e)
		if err != nil {
			return false, fmt.Errorf("the record of %s at byte %d of %s is not what the journal says", e.Path, e.Offset, filepath.Base(records.Name()))
		}
		if e.Status != StatusFailed {
			if line, e.Totals, err = change(line); err != nil {
				broken = false
				return false, err
			}
		}
		err = a.write(e, line)
		broken = err == nil
		return true, err
	})
	switch {
	case err != nil && broken:
		return damaged(from, err)
	case err != nil:
		return err
	}
	if info, err := in.Stat(); err == nil && info.Size() != whole {
		return damaged(from, fmt.Errorf("bad entry at byte %d of %s", whole, JournalName))
	}
	m.Options[note], m.Counts = "true", &a.counts
	return a.finish(realSystem{}, to, m)
}
