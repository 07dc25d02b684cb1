package diff

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A File is a file of records in any format that is read front to back once to find the records, and again where they
// are needed. Error records are passed over.
type File struct {
	name   string
	r      io.ReaderAt
	frames *output.Scanner
	// Total is how many records were found so far.
	Total int
}

// NewFile returns a File of r, which has size bytes and must not change. The name is for errors.
func NewFile(name string, r io.ReaderAt, size int64) *File {
	return &File{name: name, r: r, frames: output.NewScanner(io.NewSectionReader(r, 0, size))}
}

// An Entry is a record of a File: where it is, and what it is found by.
type Entry struct {
	DocID  string
	Source output.Source
	Text   string // the hash of the text

	Number int // within the file, from 0
	Offset int64
	Length int
	Line   int
	Format output.Format

	taken bool // from the window that it waited in
}

// path is what tells the articles of a collection apart.
func (e *Entry) path() string {
	member := ""
	if e.Source.Member != nil {
		member = "\x00" + *e.Source.Member
	}
	return e.Source.Path + member + "\x00" + strconv.Itoa(e.Source.Index)
}

// next returns the next entry, or io.EOF.
func (f *File) next() (*Entry, error) {
	for {
		frame, err := f.frames.Next()
		if errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w; see quoth validate", f.name, err)
		}
		var head struct {
			Schema     string        `json:"schema"`
			DocID      string        `json:"doc_id"`
			Source     output.Source `json:"source"`
			TextSHA256 string        `json:"text_sha256"`
		}
		text, err := frame.JSON()
		if err == nil {
			err = json.Unmarshal(text, &head)
		}
		if err == nil && head.Schema != output.DocumentSchema && head.Schema != output.ErrorSchema {
			err = fmt.Errorf("its schema is %q, not %s", head.Schema, output.DocumentSchema)
		}
		if err != nil {
			return nil, f.fault(frame.Line, err)
		}
		if head.Schema == output.ErrorSchema {
			continue
		}
		f.Total++
		head.Source.Repairs = nil
		return &Entry{DocID: head.DocID, Source: head.Source, Text: head.TextSHA256, Number: f.Total - 1,
			Offset: frame.Offset, Length: len(frame.Data), Line: frame.Line, Format: frame.Format}, nil
	}
}

func (f *File) fault(line int, err error) error {
	return fmt.Errorf("%s:%d: %w; see quoth validate", f.name, line, err)
}

// Record reads the record of an entry. It is safe for concurrent use.
func (f *File) Record(e *Entry) (*output.Record, error) {
	data := make([]byte, e.Length)
	if _, err := f.r.ReadAt(data, e.Offset); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	r, err := output.Frame{Data: data, Format: e.Format, Line: e.Line, Offset: e.Offset}.Record()
	if err != nil {
		return nil, f.fault(e.Line, err)
	}
	return r, nil
}
