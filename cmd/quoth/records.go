package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/quoth-nlp/quoth/corpus/records/run"
)

// A recordSource is where records are read from: their file, and that of the errors if there is one.
type recordSource struct {
	name   string
	in     io.ReadCloser
	errors io.ReadCloser // nil if there is no such file
}

// openRecords opens a run, a file of records, or standard input.
func openRecords(path string, std streams) (*recordSource, error) {
	if path == "-" {
		return &recordSource{name: "standard input", in: io.NopCloser(std.in)}, nil
	}
	name, err := recordsFile(path)
	if err != nil {
		return nil, err
	}
	s := &recordSource{name: name}
	if name != path { // a folder
		f, err := os.Open(filepath.Join(path, run.ErrorsName))
		switch {
		case err == nil:
			s.errors = f
		case !errors.Is(err, os.ErrNotExist):
			return nil, &exitError{exitUsage, err}
		}
	}
	f, err := os.Open(name)
	if err != nil {
		s.close()
		return nil, &exitError{exitUsage, err}
	}
	s.in = f
	return s, nil
}

// recordsFile returns the file that holds the records of what path names.
func recordsFile(path string) (string, error) {
	name, err := run.File(path)
	if err != nil {
		return "", &exitError{exitUsage, withoutOperation(err)}
	}
	return name, nil
}

func (s *recordSource) close() {
	if s.in != nil {
		s.in.Close()
	}
	if s.errors != nil {
		s.errors.Close()
	}
}
