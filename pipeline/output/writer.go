package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// A Format is a form in which records are written.
type Format uint8

// The formats.
const (
	NoFormat Format = iota
	JSON            // one indented object, or an array of several
	JSONL           // JSON Lines: one record per line
	YAML            // a stream of documents, each after a line ---
)

var formatNames = [...]string{"", "json", "jsonl", "yaml"}

// String returns the format's name.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return strconv.Itoa(int(f))
}

// ParseFormat returns the format of that name.
func ParseFormat(s string) (Format, bool) {
	for _, f := range []Format{JSON, JSONL, YAML} {
		if s == f.String() {
			return f, true
		}
	}
	return NoFormat, false
}

// A Writer writes records one after the other. Close ends the output, but does not close what is written to. Once
// a call has failed, nothing more is written and every later call returns the same error. A Writer holds at most one
// record in memory, and is for one goroutine at a time.
type Writer interface {
	Write(*Record) error
	Close() error
}

// NewWriter returns a Writer to w in format f. Each record is one call of w.Write, so that a line is never written in
// halves by us; the caller buffers w if that is wanted, and flushes it after Close. A Writer of no known format fails.
func NewWriter(w io.Writer, f Format) Writer {
	s := &sink{w: w}
	s.enc = json.NewEncoder(&s.buf)
	s.enc.SetEscapeHTML(false)
	switch f {
	case JSON:
		return &jsonWriter{sink: s}
	case JSONL:
		return &lineWriter{s}
	case YAML:
		return &yamlWriter{s}
	}
	s.err = fmt.Errorf("no output format %q; take json, jsonl or yaml", f)
	return &lineWriter{s}
}

// WriteError writes e to w as one line of JSON.
func WriteError(w io.Writer, e *Error) error {
	b, err := ErrorLine(e)
	if err != nil {
		return err
	}
	return (&sink{w: w}).write(b)
}

// ErrorLine returns e as a line of JSON, with its line end.
func ErrorLine(e *Error) ([]byte, error) {
	b, err := marshal(e)
	return append(b, '\n'), err
}

// A sink writes to w until the first error, which it keeps.
type sink struct {
	w   io.Writer
	buf bytes.Buffer
	enc *json.Encoder
	err error
}

// encode returns r as a line of JSON, good until the next call. A record that cannot be encoded is an error of that
// record, before anything of it was written: the output stays sound, and later records may follow.
func (s *sink) encode(r *Record) ([]byte, error) {
	if r.encoded != nil {
		return r.encoded, nil
	}
	s.buf.Reset()
	if err := s.enc.Encode(r); err != nil {
		return nil, recordError(r, err)
	}
	return s.buf.Bytes(), nil
}

// Prepare encodes r ahead of Write, so that many can be encoded at once and only the writing is left to be done in
// order. r must not be changed afterwards.
func (r *Record) Prepare() error {
	b, err := marshal(r)
	if err != nil {
		return recordError(r, err)
	}
	r.encoded = append(b, '\n')
	return nil
}

func recordError(r *Record, err error) error { return fmt.Errorf("record %s: %w", r.DocID, err) }

func (s *sink) write(b []byte) error {
	if s.err != nil {
		return s.err
	}
	n, err := s.w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	s.err = err
	return err
}

type lineWriter struct{ *sink }

func (w *lineWriter) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	line, err := w.encode(r)
	if err != nil {
		return err
	}
	return w.write(line)
}

func (w *lineWriter) Close() error { return w.err }

// A jsonWriter cannot know whether the first record is alone before it sees a second one or the end, so it keeps
// the first.
type jsonWriter struct {
	*sink
	first []byte // the first record, not indented
	n     int
	done  bool
}

func (w *jsonWriter) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	line, err := w.encode(r)
	if err != nil {
		return err
	}
	switch w.n++; w.n {
	case 1:
		w.first = bytes.Clone(line)
		return nil
	case 2:
		first := w.first
		w.first = nil
		if err := w.indented("[\n  ", first, "  ", ""); err != nil {
			return err
		}
	}
	return w.indented(",\n  ", line, "  ", "")
}

func (w *jsonWriter) Close() error {
	if w.done || w.err != nil {
		return w.err
	}
	w.done = true
	switch w.n {
	case 0:
		return w.write([]byte("[]\n"))
	case 1:
		return w.indented("", w.first, "", "\n")
	}
	return w.write([]byte("\n]\n"))
}

func (w *jsonWriter) indented(before string, line []byte, prefix, after string) error {
	var b bytes.Buffer
	b.WriteString(before)
	if err := json.Indent(&b, bytes.TrimSuffix(line, []byte("\n")), prefix, "  "); err != nil {
		return err
	}
	b.WriteString(after)
	return w.write(b.Bytes())
}
