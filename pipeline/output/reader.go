package output

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// A Reader reads records that a Writer wrote as JSON Lines or JSON. It holds one record in memory, and is for one
// goroutine at a time. It checks the syntax and the schema's name only; Check looks deeper.
type Reader struct {
	in    *bufio.Reader
	dec   *json.Decoder
	array bool
	n     int
	err   error
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(r, 1<<16)} }

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
	if r.dec == nil {
		first, err := firstByte(r.in)
		if err != nil {
			return nil, err
		}
		r.dec, r.array = json.NewDecoder(r.in), first == '['
		if r.array {
			if _, err := r.dec.Token(); err != nil {
				return nil, err
			}
		}
	}
	if r.array && !r.dec.More() {
		if _, err := r.dec.Token(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
	record := new(Record)
	if err := r.dec.Decode(record); err != nil {
		return nil, err
	}
	if record.Schema != DocumentSchema {
		return nil, fmt.Errorf("its schema is %q, not %s", record.Schema, DocumentSchema)
	}
	return record, nil
}

// firstByte returns the first byte that is not white space, without reading it.
func firstByte(b *bufio.Reader) (byte, error) {
	for {
		c, err := b.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c, b.UnreadByte()
		}
	}
}
