package output

import (
	"sort"
	"strconv"
	"unicode/utf8"
)

// A Unit is what offsets count.
type Unit uint8

// The units. Codepoint, the zero value, is the default of the format.
const (
	Codepoint Unit = iota
	Byte
	UTF16
)

// String returns the unit's name in the output.
func (u Unit) String() string {
	switch u {
	case Codepoint:
		return "codepoint"
	case Byte:
		return "byte"
	case UTF16:
		return "utf16"
	}
	return strconv.Itoa(int(u))
}

// ParseUnit returns the unit of that name.
func ParseUnit(s string) (Unit, bool) {
	for _, u := range []Unit{Codepoint, Byte, UTF16} {
		if s == u.String() {
			return u, true
		}
	}
	return 0, false
}

// step is the distance in bytes between the checkpoints of a table: a look-up reads at most that many bytes.
const step = 64

// A table converts between byte offsets and another unit. It takes one pass over the text to build, and a bounded time
// for each look-up, in whatever order.
type table struct {
	text string
	unit Unit
	// at[k] is the offset of byte k*step; nil if all offsets are equal in both units.
	at []int
}

func newTable(text string, unit Unit) *table {
	t := &table{text: text, unit: unit}
	if unit == Byte || ascii(text) {
		return t
	}
	t.at = make([]int, 0, len(text)/step+1)
	n := 0
	for i := 0; i < len(text); i += step {
		t.at = append(t.at, n)
		n += t.count(i, min(i+step, len(text)))
	}
	if len(text)%step == 0 {
		t.at = append(t.at, n)
	}
	return t
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// count returns the units of the code points whose first byte lies in [from, to).
func (t *table) count(from, to int) int {
	n := 0
	for _, b := range []byte(t.text[from:to]) {
		if b&0xC0 != 0x80 { // not a continuation
			n++
		}
	}
	if t.unit == UTF16 {
		for _, b := range []byte(t.text[from:to]) {
			if b >= 0xF0 { // a code point of four bytes is a surrogate pair
				n++
			}
		}
	}
	return n
}

// offset returns the offset in units of a byte offset, which must be a boundary of code points.
func (t *table) offset(byteOffset int) int {
	if t.at == nil {
		return byteOffset
	}
	k := byteOffset / step
	return t.at[k] + t.count(k*step, byteOffset)
}

// byteOffset returns the byte offset of an offset in units; false if it lies outside the text or within a code point.
func (t *table) byteOffset(offset int) (int, bool) {
	if offset < 0 || offset > len(t.text) {
		return 0, false
	}
	if t.at == nil {
		return offset, offset == len(t.text) || utf8.RuneStart(t.text[offset])
	}
	// The code point sought starts in the last stretch that does not begin after it.
	k := sort.SearchInts(t.at, offset+1) - 1
	i, n := k*step, t.at[k]
	for {
		for i < len(t.text) && !utf8.RuneStart(t.text[i]) {
			i++
		}
		if n >= offset || i == len(t.text) {
			return i, n == offset
		}
		n += t.count(i, i+1)
		i++
	}
}
