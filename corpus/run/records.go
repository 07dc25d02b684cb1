package run

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrUnfinished is the cause of the error when the records of a run are asked for that is not done.
var ErrUnfinished = errors.New("the run is not finished")

// Records opens what path names: the records of a finished run, if it is a folder, else the file of that name, and
// stdin for "-".
func Records(path string, stdin io.Reader) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(stdin), nil
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return openFile(path)
	}
	if _, err := Read(path); err != nil {
		return nil, err
	}
	return openFile(filepath.Join(path, DocumentsName))
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
		return nil, fmt.Errorf("%s: %w; go on with quoth extract --out %s --resume", dir, ErrUnfinished, dir)
	}
	// A newer run that is under way, or was killed while its output was moved, could mix with what is read.
	if _, err := os.Stat(filepath.Join(dir, partialName, doneName)); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w: it was stopped while its files were moved; go on with quoth extract --out %s --resume", dir, ErrUnfinished, dir)
	}
	return m, nil
}

func openFile(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err // not a ReadCloser that is a nil *os.File
	}
	return f, nil
}
