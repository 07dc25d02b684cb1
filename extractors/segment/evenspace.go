package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// even returns s with every run of white space as one blank, and of that the first n bytes. The rules for lines are about
// words: a no-break space, two blanks, or the line ending of wrapped text between them makes no difference. Most texts
// are even already and are not copied.
func even(s string, n int) string {
	i := unevenAt(s, n)
	if i < 0 {
		return s[:min(len(s), n)]
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for i < len(s) && b.Len() < n {
		k, size := at(s, i)
		if k == space {
			b.WriteByte(' ')
			i = run(s, i, space)
			continue
		}
		b.WriteString(s[i : i+size])
		i += size
	}
	return b.String()
}

// unevenAt returns where the first n bytes of s first have white space that is not one blank, or -1.
func unevenAt(s string, n int) int {
	for i := 0; i < len(s) && i < n; i++ {
		switch c := s[i]; {
		case kinds[c] == space:
			if c != ' ' || i+1 < len(s) && kinds[s[i+1]] == space {
				return i
			}
			if k, _ := at(s, i+1); k == space {
				return i
			}
		case c >= utf8.RuneSelf && utf8.RuneStart(c):
			if k, _ := at(s, i); k == space {
				return i
			}
		}
	}
	return -1
}

// Width returns the length of s in code points, every run of white space as one: how long the text is, however it is typed.
func Width(s string) (n int) {
	blank := false
	for _, r := range s {
		was := blank
		if blank = unicode.IsSpace(r); !blank || !was {
			n++
		}
	}
	return n
}

// uneven returns the offset in s of what has the offset n in even(s, …).
func uneven(s string, n int) int {
	i := 0
	for i < len(s) && n > 0 {
		k, size := at(s, i)
		if k == space {
			i = run(s, i, space)
			n--
			continue
		}
		i += size
		n -= size
	}
	return i
}
