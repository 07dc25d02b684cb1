package output

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxRecord is the most bytes that a Scanner takes for one record. The longest article that quoth reads unless told
// otherwise makes a record far below it.
const MaxRecord = 256 << 20

var errTooLong = fmt.Errorf("more than %d MiB without the end of a record; is it the output of quoth?", MaxRecord>>20)

// A Frame is one record as it is in a file, not decoded yet, and where it is there.
type Frame struct {
	Data   []byte // of its own, the caller may keep it
	Format Format // JSON, JSONL or YAML, as the whole file
	Line   int    // the line of the first byte, counted from 1
	Offset int64  // of the first byte
}

// JSON returns the frame's data as JSON: that of YAML translated, the others as they are, unchecked.
func (f Frame) JSON() ([]byte, error) {
	if f.Format == YAML {
		return yamlToJSON(f.Data)
	}
	return f.Data, nil
}

// Record decodes the frame. It checks the syntax and the schema's name only; Check looks deeper.
func (f Frame) Record() (*Record, error) {
	text, err := f.JSON()
	if err != nil {
		return nil, err
	}
	record := new(Record)
	if err := json.Unmarshal(text, record); err != nil {
		return nil, err
	}
	if record.Schema != DocumentSchema {
		return nil, fmt.Errorf("its schema is %q, not %s", record.Schema, DocumentSchema)
	}
	return record, nil
}

// A Scanner cuts what a Writer wrote into frames, one per record, whatever the format, which the first bytes tell: JSON
// Lines, one indented object or an array of JSON, or a stream of YAML documents. It holds one record in memory, at most
// MaxRecord bytes of it, and is for one goroutine at a time.
//
// In JSON Lines and YAML a record that is no record does not hide those after it: its Frame fails to decode, and the
// next call goes on.
type Scanner struct {
	in   *bufio.Reader
	at   int64 // bytes taken from in
	line int   // lines taken from in
	next func() (Frame, error)
	err  error

	dec   *json.Decoder // of indented JSON
	array bool
	given *counter

	marker int   // of YAML: the line of the next document's ---, or 0
	start  int64 // and its offset
	rest   []byte
}

// NewScanner returns a Scanner of r. A byte order mark at the start is passed over.
func NewScanner(r io.Reader) *Scanner { return &Scanner{in: bufio.NewReaderSize(r, 1<<16)} }

// Next returns the next frame, or io.EOF after the last one. After an error every call returns the same error.
func (s *Scanner) Next() (Frame, error) {
	if s.err == nil && s.next == nil {
		s.err = s.open()
	}
	if s.err != nil {
		return Frame{}, s.err
	}
	f, err := s.next()
	if err != nil {
		f, s.err = Frame{}, err
	}
	return f, err
}

// open passes over white space and chooses the format.
func (s *Scanner) open() error {
	if head, _ := s.in.Peek(3); string(head) == "\ufeff" {
		s.discard(3)
	}
	for {
		head, err := s.in.Peek(1)
		if err != nil {
			return err
		}
		switch head[0] {
		case '\n':
			s.line++
			fallthrough
		case ' ', '\t', '\r':
			s.discard(1)
			continue
		case '[':
			return s.openJSON(true)
		case '{':
			if head, _ := s.in.Peek(16); alone(head) {
				return s.openJSON(false)
			}
			s.next = s.nextLine
		default:
			s.next = s.nextDocument
		}
		return nil
	}
}

func (s *Scanner) discard(n int) {
	s.in.Discard(n)
	s.at += int64(n)
}

// alone reports whether the first byte is alone in its line, as the bracket of an indented object is.
func alone(head []byte) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r")
	return len(rest) > 0 && rest[0] == '\n'
}

// readLine returns the next line with its end, in memory of its own. Only the last line may have no end.
func (s *Scanner) readLine(more int) ([]byte, error) {
	var line []byte
	for {
		part, err := s.in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line)+more > MaxRecord:
			return nil, errTooLong
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
			return nil, err
		}
		s.at += int64(len(line))
		s.line++
		return line, nil
	}
}

func (s *Scanner) nextLine() (Frame, error) {
	for {
		start := s.at
		line, err := s.readLine(0)
		if err != nil {
			return Frame{}, err
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			return Frame{text, JSONL, s.line, start + int64(bytes.Index(line, text))}, nil
		}
	}
}

// nextDocument returns the lines up to the next ---, which can be nothing else at the start of a line.
func (s *Scanner) nextDocument() (Frame, error) {
	f := Frame{Format: YAML, Line: s.marker, Offset: s.start, Data: s.rest}
	s.marker, s.rest = 0, nil
	for {
		start := s.at
		line, err := s.readLine(len(f.Data))
		if errors.Is(err, io.EOF) && f.Line > 0 {
			return f, nil
		}
		if err != nil {
			return Frame{}, err
		}
		if bytes.HasPrefix(line, []byte("---")) && (len(line) == 3 || bytes.IndexByte([]byte(" \t\r\n"), line[3]) >= 0) && f.Line > 0 {
			s.marker, s.start, s.rest = s.line, start, line
			return f, nil
		}
		if f.Line == 0 {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			f.Line, f.Offset = s.line, start
		}
		f.Data = append(f.Data, line...)
	}
}

func (s *Scanner) openJSON(array bool) error {
	s.given = &counter{r: s.in, at: s.at, line: s.line}
	s.dec, s.array, s.next = json.NewDecoder(s.given), array, s.nextValue
	if array {
		_, err := s.dec.Token()
		return cutOff(err)
	}
	return nil
}

// nextValue returns the next of several values, or of the items of an array.
func (s *Scanner) nextValue() (Frame, error) {
	s.given.limit = s.at + s.dec.InputOffset() + MaxRecord
	if s.array && !s.dec.More() {
		if _, err := s.dec.Token(); err != nil {
			return Frame{}, cutOff(err)
		}
		s.array = false
		s.next = func() (Frame, error) {
			if _, err := s.dec.Token(); !errors.Is(err, io.EOF) {
				return Frame{}, errors.New("there is something after the end of the array")
			}
			return Frame{}, io.EOF
		}
		return s.next()
	}
	var value json.RawMessage
	if err := s.dec.Decode(&value); err != nil {
		if s.array {
			err = cutOff(err)
		}
		return Frame{}, err
	}
	start := s.at + s.dec.InputOffset() - int64(len(value))
	return Frame{value, JSON, s.given.lineAt(start), start}, nil
}

// cutOff says of the end of the file that it came too early.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A counter reads r and knows on which line each byte is.
type counter struct {
	r     io.Reader
	at    int64 // bytes given
	limit int64 // the most to give
	line  int   // lines that ended before ends[0]
	ends  []int64
}

func (c *counter) Read(b []byte) (int, error) {
	if c.limit > 0 && c.at > c.limit {
		return 0, errTooLong
	}
	n, err := c.r.Read(b)
	for i, x := range b[:n] {
		if x == '\n' {
			c.ends = append(c.ends, c.at+int64(i))
		}
	}
	c.at += int64(n)
	return n, err
}

// lineAt returns the line of an offset. Those before it are forgotten.
func (c *counter) lineAt(offset int64) int {
	i := 0
	for i < len(c.ends) && c.ends[i] < offset {
		i++
	}
	c.line += i
	c.ends = append(c.ends[:0], c.ends[i:]...)
	return c.line + 1
}
