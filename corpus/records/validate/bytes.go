package validate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// A byteCheck passes bytes on and looks at them: they must be valid UTF-8 without a byte order mark, with LF at the end
// of each line, the last one too.
type byteCheck struct {
	r    io.Reader
	err  error // of reading
	n    int64
	line int    // lines that have ended
	tail []byte // of what was read, the start of a character
	last byte

	head        [3]byte
	invalid, cr fault
}

// A fault is how often something was met, and the line of the first.
type fault struct{ n, line int }

func (f *fault) add(line int) {
	if f.n++; f.n == 1 {
		f.line = line
	}
}

func (c *byteCheck) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	if n > 0 {
		c.look(b[:n])
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

func (c *byteCheck) look(b []byte) {
	for i := 0; i < len(b) && c.n+int64(i) < int64(len(c.head)); i++ {
		c.head[c.n+int64(i)] = b[i]
	}
	c.n += int64(len(b))
	c.last = b[len(b)-1]
	if len(c.tail) > 0 {
		b = append(c.tail, b...)
	}
	whole := len(b)
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if at := len(b) - i; utf8.RuneStart(b[at]) {
			if !utf8.FullRune(b[at:]) {
				whole = at
			}
			break
		}
	}
	c.text(b[:whole])
	c.tail = bytes.Clone(b[whole:])
}

// text looks at whole characters.
func (c *byteCheck) text(b []byte) {
	if utf8.Valid(b) && bytes.IndexByte(b, '\r') < 0 {
		c.line += bytes.Count(b, []byte("\n"))
		return
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			c.invalid.add(c.line + 1)
		case r == '\r':
			c.cr.add(c.line + 1)
		case r == '\n':
			c.line++
		}
		b = b[size:]
	}
}

// end returns the findings once all was read.
func (c *byteCheck) end() []Finding {
	var list []Finding
	add := func(line int, format string, args ...any) {
		list = append(list, Finding{Code: CodeBytes, Line: line, Message: fmt.Sprintf(format, args...)})
	}
	if len(c.tail) > 0 {
		c.invalid.add(c.line + 1)
	}
	if string(c.head[:]) == "\ufeff" {
		add(1, "a byte order mark; many programs do not read JSON with one")
	}
	if c.invalid.n > 0 {
		add(c.invalid.line, "not UTF-8: %d bytes that belong to no character, here the first", c.invalid.n)
	}
	if c.cr.n > 0 {
		add(c.cr.line, "%d carriage returns, here the first; lines end with LF alone", c.cr.n)
	}
	if c.n > 0 && c.last != '\n' {
		add(c.line+1, "the last line has no end; the file may be cut off")
	}
	return list
}
