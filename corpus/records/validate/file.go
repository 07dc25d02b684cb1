package validate

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A File checks what goes beyond one record: the bytes, the order, and ids across the file. Reader hands on what is
// read, Add takes the results of Record in the order of the file, End comes last. It is for one goroutine at a time, but
// Reader's may be another one.
type File struct {
	path   string
	counts Counts
	ids    map[uint64]int // of each document, the line
	last   *output.Record
	bytes  *byteCheck
}

// NewFile returns a File that names path in its findings.
func NewFile(path string) *File { return &File{path: path, ids: map[uint64]int{}} }

// Counts returns the totals of the records so far.
func (f *File) Counts() Counts { return f.counts }

// Reader returns a reader of r that looks at the bytes as they pass.
func (f *File) Reader(r io.Reader) io.Reader {
	f.bytes = &byteCheck{r: r}
	return f.bytes
}

// number returns the 64 bits of a doc_id, or a hash of what is none.
func number(id string) uint64 {
	if digits, ok := strings.CutPrefix(id, "d_"); ok && len(digits) == 16 {
		if n, err := strconv.ParseUint(digits, 16, 64); err == nil {
			return n
		}
	}
	return xxhash.Sum64String(id)
}

// Add returns all findings about the next record.
func (f *File) Add(r *Result) []Finding {
	if d := r.record; d != nil {
		f.document(r, d)
	}
	f.counts.Add(r.counts)
	for i := range r.Findings {
		r.Findings[i].Path = f.path
	}
	return r.Findings
}

func (f *File) document(r *Result, d *output.Record) {
	id := number(d.DocID)
	if d.DuplicateOf != nil {
		if _, ok := f.ids[number(*d.DuplicateOf)]; !ok {
			r.add(CodeDuplicate, "duplicate_of is %s, but no earlier record of the file has that doc_id", *d.DuplicateOf)
		}
	}
	if line, ok := f.ids[id]; ok {
		r.add(CodeID, "the record at line %d has the same doc_id", line)
	} else {
		f.ids[id] = r.line
	}
	if f.last != nil && sameFile(f.last.Source, d.Source) && d.Source.Index <= f.last.Source.Index {
		r.add(CodeOrder, "article %d of %s comes after article %d", d.Source.Index, d.Source.Path, f.last.Source.Index)
	}
	f.last = d
}

func sameFile(a, b output.Source) bool {
	return a.Path == b.Path && (a.Member == nil) == (b.Member == nil) && (a.Member == nil || *a.Member == *b.Member)
}

// End returns the findings about the file as a whole. scan is the error that ended the scanner, io.EOF if all went well.
// The error is that of reading the file, if it could not be read to its end.
func (f *File) End(scan error) ([]Finding, error) {
	if f.bytes.err != nil {
		return nil, f.bytes.err
	}
	var list []Finding
	if !errors.Is(scan, io.EOF) {
		list = append(list, Finding{Code: CodeSyntax, Line: f.bytes.line + 1, Message: scanFault(scan)})
	}
	list = append(list, f.bytes.end()...)
	for i := range list {
		list[i].Path = f.path
	}
	return list, nil
}

func scanFault(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file is cut off"
	}
	return "nothing can be read from here on: " + err.Error()
}
