// Package names compares the names of people and bodies. How far two names may differ and still be those of one bearer
// depends on what is known besides:
//
//   - Equal asks for the same name, written in two ways: what a measurement may count as right.
//   - Agree asks whether two names that different articles give for the source of the same words may have one bearer.
//   - ShortForm asks whether a short name may stand for a full one within one article, where both end in one surname.
//
// All three are true of a name and itself, the empty name aside. None looks at an article or at a rule: package entities
// decides which entity a mention belongs to. Clean gives the form in which a record prints a name. All functions of the
// package are safe for concurrent use.
package names

import (
	"regexp"
	"slices"
	"strings"
)

// Equal reports whether a and b are the same name, or the same list of names joined by ";", without regard to case, to
// the order of a list, to full stops, commas, spaces and the form of the apostrophe, to a leading "the" and to a trailing
// possessive. No name equals the empty one.
func Equal(a, b string) bool {
	return a != "" && b != "" && slices.Equal(bare(a), bare(b))
}

var possessive = regexp.MustCompile(`'s?$`)

// bare returns the names of a list as Equal compares them, sorted.
func bare(list string) []string {
	var names []string
	for name := range strings.SplitSeq(Fold(list), ";") {
		name = strings.Join(strings.Fields(strings.ReplaceAll(name, ",", "")), " ")
		name = possessive.ReplaceAllString(strings.TrimPrefix(name, "the "), "")
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Agree reports whether two names of the source of the same words may well have one bearer: all words of the one are in
// the other (Trump, Donald J. Trump), they share the surname and the first letter (Joe Biden, Joseph R. Biden Jr.), or
// one is made of the first letters of the other (FBI, Federal Bureau of Investigation). Only letters and digits are
// compared, without regard to case. Accents do not count if a and b are decomposed (Unicode form NFD or NFKD), and count
// if they are not. The order of a and b does not matter.
func Agree(a, b string) bool {
	v, w := Words(a), Words(b)
	if len(v) > len(w) {
		b, v, w = a, w, v
	}
	switch {
	case len(v) == 0:
		return len(w) == 0
	case within(v, w) || len(v) == len(w) && within(w, v):
		return true
	case len(v) == 1:
		return len(w) > 1 && v[0] == Initials(b)
	}
	return v[len(v)-1] == w[len(w)-1] && firstRune(v[0]) == firstRune(w[0])
}

// within reports whether w has all words of v.
func within(v, w []string) bool {
	return !slices.ContainsFunc(v, func(s string) bool { return !slices.Contains(w, s) })
}

// ShortForm reports whether the one of two names of persons may stand for the other within an article. Both are given as
// their folded words and end in the same surname. The shorter must be the end of the longer (de la fuente, juan ramón de
// la fuente), or have as first word its first word, an initial or a beginning of it (j biden, joe biden; tim, timothy)
// or its nickname in quotation marks (bobby scott, robert c “bobby” scott). A surname alone may stand for anybody who
// bears it. The order of the two does not matter.
func ShortForm(short, full []string) bool {
	if len(short) > len(full) {
		short, full = full, short
	}
	if len(short) == 1 || slices.Equal(short, full[len(full)-len(short):]) {
		return true
	}
	a, b := short[0], full[0]
	return nicknamed(full, a) || begins(b, a) || begins(a, b)
}

// nicknamed reports whether the name holds the word in quotation marks before its last word.
func nicknamed(name []string, word string) bool {
	front := name[:len(name)-1]
	return slices.Contains(front, `"`+word+`"`) || slices.Contains(front, "“"+word+"”")
}

// begins reports whether the first name begins with the word, which is the same, an initial, or long enough to be a form
// of it.
func begins(first, word string) bool {
	return first == word || (len(word) == 1 || len(word) >= 3) && strings.HasPrefix(first, word)
}
