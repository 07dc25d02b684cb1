package link

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// agree reports whether two names of speakers of the same words may well be one: all words of the one are in the other
// (Trump, Donald J. Trump), they share the surname and the first letter (Joe Biden, Joseph R. Biden Jr.), or one is made
// of the first letters of the other (FBI, Federal Bureau of Investigation).
func agree(a, b string) bool {
	a, b = norm.NFKD.String(a), norm.NFKD.String(b)
	v, w := words(a), words(b)
	if len(v) > len(w) {
		a, b, v, w = b, a, w, v
	}
	switch {
	case len(v) == 0:
		return len(w) == 0
	case within(v, w) || len(v) == len(w) && within(w, v):
		return true
	case len(v) == 1:
		return len(w) > 1 && v[0] == initials(b)
	}
	return v[len(v)-1] == w[len(w)-1] && initial(v[0]) == initial(w[0])
}

// within reports whether w has all words of v.
func within(v, w []string) bool {
	return !slices.ContainsFunc(v, func(s string) bool { return !slices.Contains(w, s) })
}

// suffixes follow surnames.
var suffixes = strings.Fields("jr sr ii iii iv")

// words returns the words of a decomposed name in small letters, without accents and what follows a surname.
func words(name string) []string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return unicode.ToLower(r)
		case unicode.IsMark(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("'’.", r):
			return -1 // O’Neil, F.B.I.
		}
		return ' '
	}, name)
	w := strings.Fields(name)
	for len(w) > 1 && slices.Contains(suffixes, w[len(w)-1]) {
		w = w[:len(w)-1]
	}
	return w
}

func initial(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return r
}

// initials returns the first letters of the capitalized words of a name, small.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if r := initial(w); unicode.IsUpper(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
