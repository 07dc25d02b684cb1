package corpus

import (
	"strings"
	"unicode/utf8"
)

// visible writes the bytes of a file's name that are not UTF-8 as in \xff, so that records, which are UTF-8, name it as
// their ids do. No two names become one: a backslash that would look like the start of such a byte is written as \x5c.
func visible(name string) string {
	if utf8.ValidString(name) && !strings.Contains(name, `\x`) {
		return name
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for rest := name; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if r == utf8.RuneError && size == 1 || r == '\\' && looksEscaped(rest) {
			b.WriteString(`\x`)
			b.WriteByte(hex[rest[0]>>4])
			b.WriteByte(hex[rest[0]&15])
		} else {
			b.WriteString(rest[:size])
		}
		rest = rest[size:]
	}
	return b.String()
}

// looksEscaped reports whether s, which begins with a backslash, begins with what visible writes: \x5c or a byte from 80
// to ff, since smaller ones are UTF-8.
func looksEscaped(s string) bool {
	if len(s) < 4 || s[1] != 'x' {
		return false
	}
	return s[2:4] == "5c" || strings.IndexByte("89abcdef", s[2]) >= 0 && strings.IndexByte("0123456789abcdef", s[3]) >= 0
}
