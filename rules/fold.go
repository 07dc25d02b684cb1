package rules

import (
	"strings"
	"unicode/utf8"
)

// foldBuffer is a word's room on the stack: longer words are not in any list, so nobody minds their allocation.
const foldBuffer = 64

// fold writes the looked-up form of word, lower case and with straight apostrophes, into buf and returns the part used.
// It reports false when the word needs more than ASCII rules or more room; then slowFold must be used.
func fold(buf *[foldBuffer]byte, word string) ([]byte, bool) {
	n := 0
	for i := 0; i < len(word); i++ {
		if n == len(buf) {
			return nil, false
		}
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == 0xE2 && strings.HasPrefix(word[i:], "’"):
			c = '\''
			i += len("’") - 1
		case c == 0xCA && strings.HasPrefix(word[i:], "ʼ"):
			c = '\''
			i += len("ʼ") - 1
		case c >= utf8.RuneSelf:
			return nil, false
		}
		buf[n] = c
		n++
	}
	return buf[:n], true
}

var straightApostrophes = strings.NewReplacer("’", "'", "ʼ", "'")

// slowFold is fold for words of any length and script.
func slowFold(word string) string {
	return strings.ToLower(straightApostrophes.Replace(word))
}
