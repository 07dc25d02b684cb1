package duplicates

import (
	"unicode"
	"unicode/utf8"
)

// words walks through the words of a text and hashes them without case. Letters, digits and the marks on letters make
// words; apostrophes and invisible characters within are passed over: don't, don’t and dont are one.
type words struct {
	text string
	at   int
}

// The classes of a byte that is not the lower-case form of a letter or a digit.
const (
	between = 0 // ends a word
	skipped = 1 // is within a word and does not count
	longer  = 2 // begins a character of several bytes
)

var classes = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c == '\'' || c == '`':
			t[c] = skipped
		case c >= utf8.RuneSelf:
			t[c] = longer
		}
	}
	return t
}()

// next returns the hash of the next word, which is never 0; false after the last one.
func (w *words) next() (uint64, bool) {
	const offset, prime = 0xcbf29ce484222325, 0x100000001b3 // FNV-1a
	h := uint64(0)
	for w.at < len(w.text) {
		c, n := rune(classes[w.text[w.at]]), 1
		if c == longer {
			c, n = fold(w.text[w.at:])
		}
		w.at += n
		switch {
		case c == skipped:
		case c != between:
			if h == 0 {
				h = offset
			}
			h = (h ^ uint64(c)) * prime
		case h != 0:
			return mix(h), true
		}
	}
	return mix(h), h != 0
}

// fold returns the first character of s in lower case, or its class, and its length.
func fold(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == '’' || r == '‘' || r == 'ʼ' || unicode.Is(unicode.Cf, r):
		return skipped, n
	case r == utf8.RuneError && n == 1:
		return between, n
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
		return unicode.ToLower(r), n
	}
	return between, n
}
