package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// writeError says that the output could not be written, which ends the run.
func writeError(name string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) { // it may name the temporary file
		err = pathError.Err
	}
	if errors.Is(err, syscall.EPIPE) {
		return &exitError{code: exitPipe, err: err}
	}
	return &exitError{exitAborted, fmt.Errorf("writing %s: %w; the output is not complete", name, err)}
}

// An outFile is an output of the program. A regular file is written beside its final place and moved there by commit,
// so that there never is half a file under its name, and an older file stays until the new one is whole.
type outFile struct {
	*bufio.Writer
	name  string // for messages
	file  disk
	final string // where commit moves the file to; "" if it is written in place
}

// A disk is what an outFile needs of *os.File; a test puts faults into it.
type disk interface {
	io.WriteCloser
	Name() string
	Sync() error
}

// standard returns an outFile for standard output.
func standard(f *os.File) *outFile {
	return &outFile{Writer: bufio.NewWriterSize(f, 1<<16), name: "standard output", file: f}
}

// create returns an outFile for the path, which must not exist unless force is set.
func create(path string, force bool) (*outFile, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, usage("%s is a folder; name a file", path)
	case err == nil && !info.Mode().IsRegular(): // a device or pipe, such as /dev/stdout, cannot be replaced
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, &exitError{exitAborted, err}
		}
		return &outFile{Writer: bufio.NewWriterSize(f, 1<<16), name: path, file: f}, nil
	case err == nil && !force:
		return nil, usage("%s exists; add --force to replace it, or name another file", path)
	}
	temporary := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, writeError(path, err)
	}
	return &outFile{Writer: bufio.NewWriterSize(f, 1<<16), name: path, file: f, final: path}, nil
}

// commit writes what is left and puts the file in its place.
func (o *outFile) commit() error { return o.commitAs(o.final) }

func (o *outFile) commitAs(final string) error {
	err := o.Flush()
	if o.final == "" {
		if err != nil {
			return writeError(o.name, err)
		}
		return nil
	}
	if err == nil {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	if err == nil {
		err = os.Rename(o.file.Name(), final)
	}
	if err != nil {
		os.Remove(o.file.Name())
		return writeError(o.name, err)
	}
	o.final = ""
	return nil
}

// discard removes a file that was not committed.
func (o *outFile) discard() {
	if o.final != "" {
		o.file.Close()
		os.Remove(o.file.Name())
		o.final = ""
	}
}

// Write writes b and gives an error that names the file.
func (o *outFile) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err == nil {
		err = o.Flush()
	}
	if err != nil {
		return n, writeError(o.name, err)
	}
	return n, nil
}

var _ io.Writer = (*outFile)(nil)
