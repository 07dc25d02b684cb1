package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns a name as a record gives it: each stretch of white space is one blank, none is at the ends, there are no
// invisible characters such as soft hyphens and marks of the writing direction, and the form is NFC.
func Clean(name string) string {
	if plain(name) {
		return name
	}
	visible := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	return norm.NFC.String(strings.Join(strings.Fields(visible), " "))
}

// plain reports whether the name is clean for the sole reason that it has ASCII letters, marks and single blanks alone.
func plain(name string) bool {
	for i := 0; i < len(name); i++ {
		blank := name[i] == ' ' && (i == 0 || i == len(name)-1 || name[i-1] == ' ')
		if c := name[i]; blank || c < ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fold returns a clean name in lower case, with straight apostrophes and without full stops: two names that fold to the
// same differ in nothing that distinguishes names within an article.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '.':
			return -1
		case '’', 'ʼ':
			return '\''
		}
		return unicode.ToLower(r)
	}, Clean(name))
}

// Bare returns a folded name without accents, and with the base letter for one that a stroke crosses: joao lodz of João Łódź.
func Bare(folded string) string {
	if plain(folded) {
		return folded
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if base, ok := crossed[r]; ok {
			return base
		}
		return r
	}, norm.NFD.String(folded))
}

// crossed holds the letters that no accent parts from their base.
var crossed = map[rune]rune{'ø': 'o', 'ł': 'l', 'đ': 'd', 'ı': 'i', 'ħ': 'h'}

// Initials returns the first letters of the capitalized words of a name, in lower case: "fbi" of Federal Bureau of
// Investigation.
func Initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if r := firstRune(w); unicode.IsUpper(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// WithoutSuffix returns the words of a name without those at its end that are suffixes. It keeps the first word, whatever
// it is.
func WithoutSuffix(words []string, suffix func(word string) bool) []string {
	for len(words) > 1 && suffix(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// generations tell a person from the parent of the same name. No rule adds to them, as the list is closed.
var generations = []string{"jr", "sr", "ii", "iii", "iv"}

// Words returns the words of a name that Agree compares: in lower case, of letters and digits alone, without apostrophes
// and full stops, without accents as far as these are runes of their own (form NFD or NFKD), and without what tells
// generations apart.
func Words(name string) []string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("'’ʼ.", r):
			return -1 // O’Neil, F.B.I.
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, name)
	return WithoutSuffix(strings.Fields(name), func(word string) bool { return slices.Contains(generations, word) })
}

func firstRune(word string) rune {
	r, _ := utf8.DecodeRuneInString(word)
	return r
}
