package corpus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// csv reads a table of RFC 4180, in which quoted cells may hold line endings. A bad row is an error, and the next one
// is read. The delimiter is the one of comma, semicolon, tab and bar that the header has most often.
func (r *reader) csv(in io.Reader) bool {
	return r.table(in, func(b *bufio.Reader, head []byte) rowReader { return newCSVRows(b, head, r.max, r.opt.Encoding) })
}

// csvRows reads the rows of a CSV file.
type csvRows struct {
	rowScanner
	parser   *rowParser
	encoding string // of the options
}

func newCSVRows(b *bufio.Reader, head []byte, max int64, encoding string) *csvRows {
	delimiter := sniffDelimiter(head)
	return &csvRows{rowScanner{b: b, max: max, delimiter: delimiter}, newRowParser(delimiter), encoding}
}

func (c *csvRows) header(row []byte, line int) (names []string, err error) {
	if isSeparatorLine(row) {
		return nil, nil
	}
	names, _, err = c.parser.parse(row, 0, line, c.encoding)
	return names, err
}

func (c *csvRows) cells(row []byte, t *table, line int) (cells []string, encoding string, err error) {
	return c.parser.parse(row, t.text, line, c.encoding)
}

// isSeparatorLine reports whether the row is the sep=; that Excel puts before the header.
func isSeparatorLine(row []byte) bool {
	return len(row) == len("sep=;") && bytes.EqualFold(row[:4], []byte("sep="))
}

// sniffDelimiter returns the delimiter of the header at the start of head.
func sniffDelimiter(head []byte) byte {
	const candidates = ",;\t|" // of two with the same count the first
	first, _, _ := bytes.Cut(head, []byte("\n"))
	if isSeparatorLine(bytes.TrimSuffix(first, []byte("\r"))) && strings.IndexByte(candidates, first[4]) >= 0 {
		return first[4]
	}
	var counts [256]int
	quoted := false
	for _, c := range head {
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == '\n' {
			break
		}
		counts[c]++
	}
	best := byte(',')
	for _, c := range []byte(candidates) {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// A rowScanner cuts a table into rows. It tells a line ending within quotes from the end of a row, so that a fault in
// one row does not spoil the next.
type rowScanner struct {
	b         *bufio.Reader
	max       int64
	delimiter byte
	line      int // of the last row's end
}

// The states of a rowScanner: where in a cell it is.
const (
	cellStart = iota
	cellPlain
	cellQuoted
	cellClosed // after a quotation mark within quotes: the end of the cell, or the first of two marks
)

// next returns the next row; see rowReader.
func (s *rowScanner) next() (row []byte, line int, long bool, err error) {
	state := cellStart
	line = s.line + 1
	for {
		part, err := s.b.ReadSlice('\n')
		content := bytes.TrimSuffix(part, []byte("\n"))
		ended := len(content) < len(part)
		state = s.scan(content, state)
		if !long && int64(len(row)+len(part)) > s.max+2 { // its end does not count
			row, long = nil, true
		}
		if !long {
			row = append(row, part...)
		}
		if ended {
			s.line++
		}
		if ended && state != cellQuoted || err != nil && err != bufio.ErrBufferFull {
			if err == io.EOF && len(part) > 0 {
				s.line++
			}
			row = bytes.TrimSuffix(bytes.TrimSuffix(row, []byte("\n")), []byte("\r"))
			if int64(len(row)) > s.max {
				row, long = nil, true
			}
			return row, line, long, err
		}
	}
}

// scan returns the state after a part of a row.
func (s *rowScanner) scan(part []byte, state int) int {
	for i := 0; i < len(part); i++ {
		c := part[i]
		switch state {
		case cellStart, cellClosed:
			switch {
			case c == '"':
				state = cellQuoted
			case c == s.delimiter:
				state = cellStart
			default:
				state = cellPlain
			}
		case cellPlain:
			skip := bytes.IndexByte(part[i:], s.delimiter)
			if skip < 0 {
				return state
			}
			i, state = i+skip, cellStart
		case cellQuoted:
			skip := bytes.IndexByte(part[i:], '"')
			if skip < 0 {
				return state
			}
			i, state = i+skip, cellClosed
		}
	}
	return state
}

// A rowParser turns a row into cells.
type rowParser struct {
	delimiter byte
	source    bytes.Reader
	buffer    *bufio.Reader // so that encoding/csv does not make a new one for each row
}

func newRowParser(delimiter byte) *rowParser {
	return &rowParser{delimiter: delimiter, buffer: bufio.NewReaderSize(nil, 1<<12)}
}

// parse returns the cells, and the encoding of the row; given is that of the options, or "". The cell of column text
// keeps its line endings, which encoding/csv would change without a word.
func (p *rowParser) parse(raw []byte, text, line int, given string) (cells []string, encoding string, err error) {
	raw, encoding = utf8Row(raw, given)
	for _, lazy := range []bool{false, true} {
		p.source.Reset(raw)
		p.buffer.Reset(&p.source)
		c := csv.NewReader(p.buffer)
		c.Comma, c.FieldsPerRecord, c.LazyQuotes = rune(p.delimiter), -1, lazy
		cells, err = c.Read()
		switch {
		case err == nil && c.InputOffset() < int64(len(raw)):
			return nil, "", errors.New("marks that do not pair; put the cell in quotes and double the marks within it")
		case err == nil && text < len(cells) && !lazy && bytes.IndexByte(raw, '\r') >= 0:
			cells[text] = cellAt(raw, c, text, cells[text])
			return cells, encoding, nil
		case err == nil:
			return cells, encoding, nil
		case !errors.Is(err, csv.ErrBareQuote): // a mark in a cell without quotes can only mean itself
			return nil, "", rowError(err, line)
		}
	}
	return nil, "", rowError(err, line)
}

// cellAt returns a cell as it is in the row.
func cellAt(raw []byte, c *csv.Reader, column int, parsed string) string {
	line, start := c.FieldPos(column)
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(raw[at:], '\n') + 1
	}
	cell := string(raw[at+start-1:])
	if !strings.HasPrefix(cell, `"`) {
		return parsed
	}
	inside, _ := cutQuoted(cell)
	return inside
}

// cutQuoted returns what is within the quotes that cell starts with, and what follows them.
func cutQuoted(cell string) (inside, rest string) {
	var b strings.Builder
	for rest = cell[1:]; ; {
		i := strings.IndexByte(rest, '"')
		if i < 0 {
			b.WriteString(rest)
			return b.String(), ""
		}
		b.WriteString(rest[:i])
		if rest = rest[i+1:]; !strings.HasPrefix(rest, `"`) {
			return b.String(), rest
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
}

func rowError(err error, line int) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		if errors.Is(parse.Err, csv.ErrQuote) {
			return fmt.Errorf("the cell in quotes that begins or ends in line %d is not closed, or has a single mark inside; "+
				"double the marks within it", line+parse.Line-1)
		}
		err = parse.Err
	}
	if err == io.EOF {
		err = errors.New("an empty row")
	}
	return err
}
