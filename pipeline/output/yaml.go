package output

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type yamlWriter struct{ *sink }

func (w *yamlWriter) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	line, err := w.encode(r)
	if err != nil {
		return err
	}
	return w.write(yamlDocument(line))
}

func (w *yamlWriter) Close() error { return w.err }

// yamlDocument returns a YAML document of the same data as the compact JSON text, keys in the same order.
//
// It is written here and not by yaml.v3, which reads what we write in the tests, because that takes more than ten times
// as long (3.4 ms for a record of 25 kB) and writes an emoji as \U0001F389.
func yamlDocument(text []byte) []byte {
	e := &emitter{in: text, out: make([]byte, 0, 2*len(text))}
	e.out = append(e.out, "---\n"...)
	e.value(0)
	return append(e.out, '\n')
}

// An emitter rewrites JSON that encoding/json wrote: compact and without faults.
type emitter struct {
	in, out []byte
	i       int  // the next byte of in
	meta    bool // within meta, where keys are the input's
}

// value writes the next value. Indent is the column of its keys or items; the line may have been begun.
func (e *emitter) value(indent int) {
	switch e.in[e.i] {
	case '{':
		e.items(indent, '}', func() { e.pair(indent) })
	case '[':
		e.items(indent, ']', func() {
			e.out = append(e.out, "- "...)
			e.value(indent + 2)
		})
	case '"':
		e.string(indent)
	default:
		e.out = append(e.out, yamlPlain(e.scalar())...)
	}
}

func (e *emitter) items(indent int, end byte, item func()) {
	if e.in[e.i+1] == end {
		e.out = append(e.out, e.in[e.i], end)
		e.i += 2
		return
	}
	for first := true; e.in[e.i] != end; first = false {
		e.i++ // the opening bracket or a comma
		if !first {
			e.newLine(indent)
		}
		item()
	}
	e.i++
}

func (e *emitter) newLine(indent int) {
	e.out = append(e.out, '\n')
	for range indent {
		e.out = append(e.out, ' ')
	}
}

// maxKey is the longest key, in bytes, that is written without a question mark: readers look for the colon within 1024
// characters only, and an escape makes six of one.
const maxKey = 128

func (e *emitter) pair(indent int) {
	key := e.literal()
	name := string(key[1 : len(key)-1])
	if len(key) > maxKey {
		e.out = append(e.out, "? "...)
	}
	if e.meta && !metaKey(name) {
		e.quoted(key)
	} else {
		e.out = append(e.out, name...)
	}
	if len(key) > maxKey {
		e.newLine(indent)
	}
	e.out = append(e.out, ':')
	e.i++ // the colon
	outer := e.meta
	e.meta = outer || indent == 0 && name == "meta"
	if c := e.in[e.i]; (c == '{' || c == '[') && e.in[e.i+1] != c+2 { // ] and } follow two behind [ and {
		e.newLine(indent + 2)
	} else {
		e.out = append(e.out, ' ')
	}
	e.value(indent + 2)
	e.meta = outer
}

// literal reads a string, quotation marks included.
func (e *emitter) literal() []byte {
	start := e.i
	for e.i++; e.in[e.i] != '"'; e.i++ {
		if e.in[e.i] == '\\' {
			e.i++
		}
	}
	e.i++
	return e.in[start:e.i]
}

// scalar reads a number or true, false or null.
func (e *emitter) scalar() string {
	start := e.i
	for bytes.IndexByte([]byte(",]}\n"), e.in[e.i]) < 0 {
		e.i++
	}
	return string(e.in[start:e.i])
}

// string writes a string, which is the value of a key or an item of a list: its lines have a column of their own.
// Every string has quotation marks: readers of YAML 1.1 and 1.2 differ on what no, 1.10, 1e3, 0x1F, 12:30 and on are
// without them. A text of several lines is written as a block where no reader can disagree about it.
func (e *emitter) string(indent int) {
	literal := e.literal()
	text, ok := block(literal)
	if !ok {
		e.quoted(literal)
		return
	}
	e.out = append(e.out, "|-"...)
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			e.out = append(e.out, '\n')
			continue
		}
		e.newLine(indent)
		e.out = append(e.out, line...)
	}
}

// quoted writes a JSON string as a YAML string. All escapes of JSON are escapes of YAML; some characters need one in YAML
// only, or are better seen.
func (e *emitter) quoted(literal []byte) {
	for i := 0; i < len(literal); {
		r, n := utf8.DecodeRune(literal[i:])
		switch {
		case r < 0x7F || unicode.IsGraphic(r):
			e.out = append(e.out, literal[i:i+n]...)
		case r <= 0xFFFF:
			e.out = fmt.Appendf(e.out, `\u%04x`, r)
		default:
			e.out = fmt.Appendf(e.out, `\U%08x`, r)
		}
		i += n
	}
}

// block returns the text of a JSON string that has several lines and can be a block: no space at the ends of the text or
// of a line, which editors and readers strip, and no character that must be escaped or that some reader takes for the
// end of a line.
func block(literal []byte) (string, bool) {
	if !bytes.Contains(literal, []byte(`\n`)) {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(literal))
	before := '\n'
	for i := 1; i < len(literal)-1; {
		r, n := utf8.DecodeRune(literal[i:])
		if r == '\\' {
			n = 2
			switch c := literal[i+1]; c {
			case 'n':
				r = '\n'
			case '"', '\\':
				r = rune(c)
			default:
				return "", false
			}
		}
		if r == '\n' && (b.Len() == 0 || before == ' ') || r == ' ' && before == '\n' || r != '\n' && !unicode.IsGraphic(r) {
			return "", false
		}
		b.WriteRune(r)
		before = r
		i += n
	}
	return b.String(), before != '\n' && before != ' '
}

// yamlPlain writes a JSON number so that YAML 1.1 takes it for one too, which wants a point and a sign in 1.0e+21.
func yamlPlain(s string) string {
	mantissa, exponent, found := strings.Cut(strings.ToLower(s), "e")
	if !found || s == "true" || s == "false" {
		return s
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if exponent[0] != '-' && exponent[0] != '+' {
		exponent = "+" + exponent
	}
	return mantissa + "e" + exponent
}
