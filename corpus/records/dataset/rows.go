package dataset

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A rowWriter writes the rows of one table, a header first where the format has one. After an error it must not be
// called again.
type rowWriter interface {
	write(row []any) error
	close() error
}

// A FlatFormat is a form of the rows of one table.
type FlatFormat uint8

// The forms.
const (
	NoFlatFormat FlatFormat = iota
	JSONL                   // one JSON object per line
	CSV                     // RFC 4180 with LF, a header first
	TSV                     // as registered with IANA: no quotation marks, a tab or line ending in a cell becomes a space
	Excel                   // CSV as spreadsheets want it: a byte order mark, CRLF, and ' before what would be a formula
)

// ParseFlatFormat returns the form of that name: jsonl, csv or tsv.
func ParseFlatFormat(s string) (FlatFormat, bool) {
	switch s {
	case "jsonl":
		return JSONL, true
	case "csv":
		return CSV, true
	case "tsv":
		return TSV, true
	}
	return NoFlatFormat, false
}

// NewFlat returns a writer of the rows of one of FlatTables. Offsets and texts are as the records have them. Each record
// is one call of w.Write; the caller buffers w if that is wanted, and flushes it after Close. A record without rows
// writes nothing.
func NewFlat(w io.Writer, table string, format FlatFormat) (output.Writer, error) {
	i := slices.IndexFunc(tables(), func(t Table) bool { return t.Name == table && t.rows != nil })
	if i < 0 {
		return nil, fmt.Errorf("no table %s; take one of %s", table, strings.Join(FlatTables(), ", "))
	}
	f := &flat{table: &tables()[i], w: w, row: make([]any, 0, len(tables()[i].Columns))}
	if f.rows = newRows(&f.buf, f.table, format); f.rows == nil {
		return nil, fmt.Errorf("no format %d of rows; take jsonl, csv or tsv", format)
	}
	return f, nil
}

// newRows returns the writer of a format, or nil.
func newRows(w io.Writer, t *Table, format FlatFormat) rowWriter {
	switch format {
	case JSONL:
		return newJSONRows(w, t)
	case CSV, Excel:
		return newCSVRows(w, t, format == Excel)
	case TSV:
		return newTSVRows(w, t)
	}
	return nil
}

type flat struct {
	table *Table
	rows  rowWriter
	row   []any
	buf   bytes.Buffer
	w     io.Writer
	err   error
}

func (f *flat) Write(r *output.Record) error {
	if f.err != nil {
		return f.err
	}
	a, err := newArticle(r)
	if err != nil {
		return fmt.Errorf("record %s: %w", r.DocID, err)
	}
	if f.err = f.table.rows(a, f.row, f.rows.write); f.err == nil {
		f.flush()
	}
	return f.err
}

func (f *flat) Close() error {
	if f.err == nil {
		if f.err = f.rows.close(); f.err == nil {
			f.flush()
		}
	}
	return f.err
}

func (f *flat) flush() {
	if f.buf.Len() == 0 {
		return
	}
	n, err := f.w.Write(f.buf.Bytes())
	if err == nil && n < f.buf.Len() {
		err = io.ErrShortWrite
	}
	f.err = err
	f.buf.Reset()
}

// A jsonRows writes one object per row, with every key.
type jsonRows struct {
	w    io.Writer
	keys []string // `{"doc_id":` and `,"start":`
	buf  bytes.Buffer
	enc  *json.Encoder
}

func newJSONRows(w io.Writer, t *Table) *jsonRows {
	j := &jsonRows{w: w}
	j.enc = json.NewEncoder(&j.buf)
	j.enc.SetEscapeHTML(false)
	for i, c := range t.Columns {
		before := ","
		if i == 0 {
			before = "{"
		}
		j.keys = append(j.keys, before+strconv.Quote(c.Name)+":")
	}
	return j
}

func (j *jsonRows) write(row []any) error {
	j.buf.Reset()
	for i, v := range row {
		j.buf.WriteString(j.keys[i])
		if err := j.enc.Encode(v); err != nil {
			return err
		}
		j.buf.Truncate(j.buf.Len() - 1) // the encoder ends each value with a line ending
	}
	j.buf.WriteString("}\n")
	_, err := j.w.Write(j.buf.Bytes())
	return err
}

func (j *jsonRows) close() error { return nil }

// cell returns a value as it is in CSV and TSV.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// A csvRows writes RFC 4180. The library's own way to end rows with CRLF would change line endings within cells too.
type csvRows struct {
	w      io.Writer
	header []string
	cells  []string
	excel  bool
	buf    bytes.Buffer
	enc    *csv.Writer
}

func newCSVRows(w io.Writer, t *Table, excel bool) *csvRows {
	c := &csvRows{w: w, header: columnNames(t), excel: excel}
	c.enc = csv.NewWriter(&c.buf)
	return c
}

func columnNames(t *Table) []string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

func (c *csvRows) write(row []any) error {
	if err := c.start(); err != nil {
		return err
	}
	c.cells = c.cells[:0]
	for _, v := range row {
		s := cell(v)
		if _, ok := v.(string); ok && c.excel && formula(s) {
			s = "'" + s
		}
		c.cells = append(c.cells, s)
	}
	return c.line(c.cells)
}

// start writes the header before the first row.
func (c *csvRows) start() error {
	if c.header == nil {
		return nil
	}
	header := c.header
	c.header = nil
	if c.excel {
		if _, err := io.WriteString(c.w, "\ufeff"); err != nil {
			return err
		}
	}
	return c.line(header)
}

func (c *csvRows) line(cells []string) error {
	c.buf.Reset()
	if err := c.enc.Write(cells); err != nil {
		return err
	}
	c.enc.Flush()
	if c.excel {
		c.buf.Truncate(c.buf.Len() - 1)
		c.buf.WriteString("\r\n")
	}
	_, err := c.w.Write(c.buf.Bytes())
	return err
}

func (c *csvRows) close() error { return c.start() }

// formula reports whether a spreadsheet would compute the cell instead of showing it.
func formula(s string) bool { return s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 }

// A tsvRows writes the TSV of IANA, which has no way to write a tab or a line ending in a cell.
type tsvRows struct {
	w      io.Writer
	header []string
	buf    bytes.Buffer
}

func newTSVRows(w io.Writer, t *Table) *tsvRows { return &tsvRows{w: w, header: columnNames(t)} }

func (t *tsvRows) write(row []any) error {
	if err := t.start(); err != nil {
		return err
	}
	t.buf.Reset()
	for i, v := range row {
		if i > 0 {
			t.buf.WriteByte('\t')
		}
		t.buf.WriteString(unbroken(cell(v)))
	}
	t.buf.WriteByte('\n')
	_, err := t.w.Write(t.buf.Bytes())
	return err
}

func (t *tsvRows) start() error {
	if t.header == nil {
		return nil
	}
	line := strings.Join(t.header, "\t") + "\n"
	t.header = nil
	_, err := io.WriteString(t.w, line)
	return err
}

func (t *tsvRows) close() error { return t.start() }

// unbroken puts a space in the place of each tab and line ending, CRLF being one.
func unbroken(s string) string {
	if !strings.ContainsAny(s, "\t\r\n") {
		return s
	}
	return strings.NewReplacer("\r\n", " ", "\t", " ", "\n", " ", "\r", " ").Replace(s)
}
