package output

import (
	"fmt"
	"io"
)

// A Reader reads records that a Writer wrote, in whatever format. It holds one record in memory, and is for one goroutine
// at a time. It checks the syntax and the schema's name only; Check looks deeper.
type Reader struct {
	frames *Scanner
	n      int
	err    error
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{frames: NewScanner(r)} }

// Read returns the next record, or io.EOF after the last one. After an error every call returns the same error.
func (r *Reader) Read() (*Record, error) {
	if r.err != nil {
		return nil, r.err
	}
	record, err := r.read()
	if err != nil && err != io.EOF {
		err = fmt.Errorf("record %d: %w", r.n+1, err)
	}
	r.n, r.err = r.n+1, err
	return record, err
}

func (r *Reader) read() (*Record, error) {
	f, err := r.frames.Next()
	if err != nil {
		return nil, err
	}
	return f.Record()
}
