package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/quoth-nlp/quoth/corpus/records/atomic"
)

// writeError says that the output could not be written, which ends the run.
func writeError(name string, err error) error {
	err = pathCause(err)
	if errors.Is(err, syscall.EPIPE) {
		return &exitError{code: exitPipe, err: err}
	}
	return &exitError{exitAborted, fmt.Errorf("writing %s: %w; the output is not complete", name, err)}
}

// pathCause returns the cause of an error that names a file.
func pathCause(err error) error {
	var fault *fs.PathError
	if errors.As(err, &fault) {
		return fault.Err
	}
	return err
}

// An outFile is an output of the program. A regular file appears under its name at commit, and an older one stays until
// then.
type outFile struct {
	*bufio.Writer
	name string       // for messages
	file *atomic.File // nil if the output is written in place
}

func newOutFile(name string, to io.Writer) *outFile {
	return &outFile{Writer: bufio.NewWriterSize(to, 1<<16), name: name}
}

// standard returns an outFile for standard output.
func standard(f *os.File) *outFile { return newOutFile("standard output", f) }

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
		return newOutFile(path, f), nil
	case err == nil && !force:
		return nil, usage("%s exists; add --force to replace it, or name another file", path)
	}
	f, err := atomic.Create(path)
	if err != nil {
		return nil, writeError(path, err)
	}
	o := newOutFile(path, f)
	o.file = f
	return o, nil
}

// commit writes what is left and puts the file in its place.
func (o *outFile) commit() error { return o.commitAs(o.name) }

// commitAs is commit with another path, which must be in the same folder. What is written in place stays where it is.
func (o *outFile) commitAs(path string) error {
	err := o.Flush()
	if o.file != nil {
		if err == nil {
			err = o.file.CommitAs(path)
		} else {
			o.file.Discard()
		}
	}
	if err != nil {
		return writeError(o.name, err)
	}
	return nil
}

// discard removes a file that was not committed.
func (o *outFile) discard() {
	if o.file != nil {
		o.file.Discard()
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
