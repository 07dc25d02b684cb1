package segment

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// englishTokens is the tokenizer of Tokenize. With faulty embedded rules it knows no abbreviation, which a test of the
// rules reports.
var englishTokens = sync.OnceValue(func() *tokenizer {
	set, _ := rules.English()
	return &tokenizer{set: set}
})

// Tokenize appends the tokens of text to dst and returns it. The spans are relative to text, in order, and do not
// overlap; only white space lies between them. It uses the embedded English abbreviations and is what a Stage with the
// embedded rules does, so that a model may be trained on it. It is safe for concurrent use and allocates only to grow dst.
//
// Full stops stay with abbreviations and initials (U.S., J.), clitics are tokens (do n’t, Ellison ’s), a currency sign is
// apart from its number, compounds with a hyphen are one token, and so are URLs, addresses, handles, hashtags and emoji.
// Every quotation mark is a token, “ and ” as well as the pairs of TeX.
func Tokenize(text string, dst []annot.Token) []annot.Token {
	return englishTokens().tokens(text, 0, len(text), dst)
}

// kind is the kind of an ASCII byte, or of a code point beyond ASCII.
type kind uint8

const (
	symbol kind = iota // anything else: a token of its own
	letter
	digit
	space
	beyond // not ASCII
	format // zero-width: soft hyphen, joiners, byte order mark
)

var kinds = func() (table [256]kind) {
	for c := range table {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			table[c] = letter
		case c >= '0' && c <= '9':
			table[c] = digit
		case c == ' ', c >= '\t' && c <= '\r':
			table[c] = space
		case c >= utf8.RuneSelf:
			table[c] = beyond
		}
	}
	return
}()

// kindOf returns the kind of a code point beyond ASCII.
func kindOf(r rune) kind {
	switch {
	case r == 0x85, r == 0xA0, r == 0x2028, r == 0x2029, r >= 0x2000 && r <= 0x200A:
		return space
	case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r == 0xFEFF:
		return format
	case r >= 0x2010 && r <= 0x2027, r == utf8.RuneError:
		return symbol // dashes and quotation marks, by far the most frequent
	case unicode.IsLetter(r), unicode.IsMark(r):
		return letter
	case unicode.IsNumber(r):
		return digit
	case unicode.IsSpace(r):
		return space
	case unicode.Is(unicode.Cf, r):
		return format
	}
	return symbol
}

// tokenizer splits text into tokens with the abbreviations and elisions of set.
type tokenizer struct{ set *rules.Set }

// classes is set.Classes for a set that may be missing.
func (t *tokenizer) classes(word string) rules.Class {
	if t.set == nil {
		return 0
	}
	return t.set.Classes(word)
}

// tokens appends the tokens of text[from:to] to dst. What lies outside of the range decides nothing.
func (t *tokenizer) tokens(text string, from, to int, dst []annot.Token) []annot.Token {
	text = text[:to]
	end := from // of the last token
	for i := from; i < to; {
		k, n := at(text, i)
		if k == space {
			i += n
			continue
		}
		j := t.token(text, i, k, n, i == end)
		dst = append(dst, annot.Token{Span: annot.Span{Start: i, End: j}})
		i, end = j, j
	}
	return dst
}

// at returns the kind and the length of the code point at i, symbol and 0 at the end.
func at(text string, i int) (kind, int) {
	if i >= len(text) {
		return symbol, 0
	}
	if k := kinds[text[i]]; k != beyond {
		return k, 1
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	return kindOf(r), n
}

// word reports whether a letter or digit stands at i.
func wordAt(text string, i int) bool {
	k, _ := at(text, i)
	return k == letter || k == digit
}

// token returns the end of the token at i, whose first code point has kind k and length n. Glued says that no white
// space lies between it and the token before.
func (t *tokenizer) token(text string, i int, k kind, n int, glued bool) int {
	curly := strings.HasPrefix(text[i:], "’")
	if k == letter && strings.HasPrefix(text[i:], "ʼ") {
		k, curly = symbol, true // Smithʼs: a letter to Unicode, an apostrophe to whoever typed it
	}
	switch k {
	case letter, digit:
		if glued {
			if n := negation(text, i); n > 0 {
				return i + n
			}
		}
		if j := url(text, i); j > 0 {
			return j
		}
		return t.word(text, i)
	case format:
		return run(text, i, format)
	}
	c := text[i]
	switch c {
	case '\'':
		if glued {
			if n := clitic(text, i); n > 0 {
				return i + n
			}
		}
		if strings.HasPrefix(text[i:], "''") {
			return i + 2
		}
		return t.elision(text, i, 1)
	case '`':
		if strings.HasPrefix(text[i:], "``") {
			return i + 2
		}
	case '.':
		if i+1 < len(text) && kinds[text[i+1]] == digit && !afterWord(text, i) {
			return t.word(text, i+1) // .22-caliber
		}
		return repeat(text, i)
	case '-', '*', '_', '=', '~':
		return repeat(text, i)
	case '@', '#':
		if wordAt(text, i+1) && !afterWord(text, i) {
			return handle(text, i+1)
		}
	}
	if c < utf8.RuneSelf {
		return i + 1
	}
	if curly {
		if glued {
			if n := clitic(text, i); n > 0 {
				return i + n
			}
		}
		return t.elision(text, i, n)
	}
	return emoji(text, i)
}

// afterWord reports whether a letter or digit stands directly before i.
func afterWord(text string, i int) bool {
	return i > 0 && (kinds[text[i-1]] == letter || kinds[text[i-1]] == digit)
}

// repeat returns the end of the run of the byte at i.
func repeat(text string, i int) int {
	j := i + 1
	for j < len(text) && text[j] == text[i] {
		j++
	}
	return j
}

// run returns the end of the run of code points of kind k that starts at i.
func run(text string, i int, k kind) int {
	for {
		next, n := at(text, i)
		if n == 0 || next != k {
			return i
		}
		i += n
	}
}

// handle returns the end of a handle or hashtag whose name starts at i.
func handle(text string, i int) int {
	for {
		k, n := at(text, i)
		if n == 0 || k != letter && k != digit && text[i] != '_' {
			return i
		}
		i += n
	}
}

// apostrophe returns the length of the apostrophe at i, 0 if there is none.
func apostrophe(text string, i int) int {
	switch {
	case i >= len(text):
	case text[i] == '\'':
		return 1
	case text[i] != 0xE2 && text[i] != 0xCA:
	case strings.HasPrefix(text[i:], "’"), strings.HasPrefix(text[i:], "‘"):
		return len("’")
	case strings.HasPrefix(text[i:], "ʼ"):
		return len("ʼ")
	}
	return 0
}

// clitic returns the length of 's, 're, 've, 'll, 'm or 'd at i, 0 if there is none.
func clitic(text string, i int) int {
	a := apostrophe(text, i)
	if a == 0 {
		return 0
	}
	j := i + a
	n := 0
	for j+n < len(text) && n < 3 && kinds[text[j+n]] == letter {
		n++
	}
	if n == 0 || n == 3 || wordAt(text, j+n) {
		return 0
	}
	first, second := text[j]|0x20, byte(0)
	if n == 2 {
		second = text[j+1] | 0x20
	}
	switch {
	case n == 1 && (first == 's' || first == 'm' || first == 'd'),
		second == 'e' && (first == 'r' || first == 'v'), second == 'l' && first == 'l':
		return a + n
	}
	return 0
}

// negation returns the length of n't at i, 0 if it is not there.
func negation(text string, i int) int {
	if text[i]|0x20 != 'n' {
		return 0
	}
	a := apostrophe(text, i+1)
	if j := i + 1 + a; a > 0 && j < len(text) && text[j]|0x20 == 't' && !wordAt(text, j+1) {
		return 2 + a
	}
	return 0
}

// elision returns the end of an elided word such as ’em or ’tis, or of the apostrophe of length n at i alone.
func (t *tokenizer) elision(text string, i, n int) int {
	j := i + n
	for j < len(text) && j < i+n+8 && kinds[text[j]] == letter {
		j++
	}
	if j > i+n && !wordAt(text, j) && t.classes(text[i+n:j]).Has(rules.Elision) {
		return j
	}
	return i + n
}

// emoji returns the end of the symbol at i with what belongs to it: an emoji's modifiers, its parts that joiners hold
// together, both halves of a flag.
func emoji(text string, i int) int {
	r, n := utf8.DecodeRuneInString(text[i:])
	i += n
	if r < 0x203C { // the first emoji beyond Latin-1
		if r != 0xA9 && r != 0xAE {
			return i
		}
	}
	if regional(r) {
		if r, n := utf8.DecodeRuneInString(text[i:]); regional(r) {
			i += n
		}
		return i
	}
	for i < len(text) && text[i] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == 0xFE0F, r == 0x20E3, r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F, unicode.Is(unicode.Mn, r):
			i += n
		case r == 0x200D && pictograph(text, i+n):
			_, m := utf8.DecodeRuneInString(text[i+n:])
			i += n + m
		default:
			return i
		}
	}
	return i
}

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

func pictograph(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r >= 0x2190 && r <= 0x2BFF || r >= 0x1F000 && r <= 0x1FAFF
}

// url returns the end of the URL at i, 0 if there is none. It ends before white space, quotation marks and brackets, and
// without the punctuation of the sentence. Nothing is read twice: what is trimmed holds no letter.
func url(text string, i int) int {
	rest := text[i:]
	prefix := 0
	switch rest[0] {
	case 'h', 'H':
		if len(rest) > 8 && strings.EqualFold(rest[:8], "https://") {
			prefix = 8
		} else if len(rest) > 7 && strings.EqualFold(rest[:7], "http://") {
			prefix = 7
		}
	case 'w', 'W':
		if len(rest) > 4 && strings.EqualFold(rest[:4], "www.") {
			prefix = 4
		}
	}
	if prefix == 0 {
		return 0
	}
	if n := urlLen(rest[prefix:]); n > 0 {
		return i + prefix + n
	}
	return 0
}

// urlLen returns the length of the rest of a URL at the start of text.
func urlLen(text string) int {
	n := 0
	for n < len(text) {
		c := text[n]
		if c == '"' || c == '<' || c == '>' || c == '`' || c == '|' {
			break
		}
		k, size := at(text, n)
		if k == space || k == symbol && size > 1 {
			break
		}
		n += size
	}
	// A closing bracket belongs to the URL only if one was opened there, as in …/Mercury_(planet).
	trim := ".,;:!?'*)]"
	if strings.IndexByte(text[:n], '(') >= 0 || strings.IndexByte(text[:n], '[') >= 0 {
		trim = ".,;:!?'*"
	}
	for n > 0 && strings.IndexByte(trim, text[n-1]) >= 0 {
		n--
	}
	return n
}

// word returns the end of the word or number that starts at start. It looks ahead over runs that it then takes or that
// end the word, so that every byte is read a fixed number of times.
func (t *tokenizer) word(text string, start int) int {
	i := start
	part := start  // start of the part after the last full stop or hyphen
	dots := 0      // full stops within the word
	single := true // all parts before a full stop have one letter: U.S
	for i < len(text) {
		c := text[i]
		switch kinds[c] {
		case letter, digit:
			i++
			continue
		case space:
			return i
		case beyond:
			if n := apostrophe(text, i); n > 0 {
				j := t.inner(text, start, i, n)
				if j <= i {
					return j
				}
				i = j
				continue
			}
			r, n := utf8.DecodeRuneInString(text[i:])
			switch kindOf(r) {
			case letter, digit:
				i += n
			case format:
				if j := run(text, i, format); wordAt(text, j) {
					i = j
				} else {
					return i
				}
			default:
				if (r == 0x2010 || r == 0x2011) && wordAt(text, i+n) { // hyphens
					i += n
					part = i
					continue
				}
				return i
			}
			continue
		}
		next := wordAt(text, i+1)
		switch c {
		case '\'':
			j := t.inner(text, start, i, 1)
			if j <= i {
				return j
			}
			i = j
		case '.':
			joined := next && joinsDot(text, part, i)
			switch {
			case joined:
				single = single && i-part == 1 && kinds[text[part]] == letter
				dots++
				i++
				part = i
			case t.keepsStop(text, start, part, i, dots > 0, single):
				i++
				// U.S.-led; the stop ends any other word.
				if i+1 < len(text) && text[i] == '-' && wordAt(text, i+1) {
					i++
					part, dots, single = i, 0, true
					continue
				}
				return i
			default:
				return i
			}
		case '-':
			if !next {
				return i
			}
			i++
			part, dots, single = i, 0, true
		case '&':
			if !next || kinds[text[i-1]] == digit {
				return i
			}
			i++
		case '_':
			if !next && (i+1 >= len(text) || text[i+1] != '_') {
				return i
			}
			i++
		case '*': // sh*t
			j := repeat(text, i)
			if k, _ := at(text, j); k != letter {
				return i
			}
			i = j
		case ',':
			if !thousands(text, i) {
				return i
			}
			i++
		case '/', ':':
			if c == '/' && dots > 0 && i-part >= 2 && kinds[text[i-1]] == letter {
				return i + urlLen(text[i:]) // example.com/news
			}
			if !next || kinds[text[i-1]] != digit || kinds[text[i+1]] != digit {
				return i
			}
			i++
		case '@':
			if n := domain(text[i+1:]); n > 0 {
				return i + 1 + n
			}
			return i
		default:
			return i
		}
	}
	return i
}

// inner decides on the apostrophe of length n at i within or behind the word that starts at start: it returns where to
// go on in the word if the apostrophe belongs to it, as in O’Neill, else the end of the word, which may be before the
// n of n’t.
func (t *tokenizer) inner(text string, start, i, n int) int {
	if !wordAt(text, i+n) || clitic(text, i) > 0 {
		return i
	}
	if i-1 > start && negation(text, i-1) > 0 {
		return i - 1
	}
	return i + n
}

// joinsDot reports whether the full stop at i joins the part before it to the letter or digit behind: 1.5, U.S,
// example.com, Ph.D, but not the last word of a sentence to the next one where the space is missing.
func joinsDot(text string, part, i int) bool {
	next := text[i+1]
	if kinds[text[i-1]] == digit {
		return kinds[next] == digit
	}
	if next >= 'a' && next <= 'z' {
		return true
	}
	if next < 'A' || next > 'Z' {
		return false
	}
	n := 1
	for n < 3 && i+1+n < len(text) && kinds[text[i+1+n]] == letter {
		n++
	}
	return i-part == 1 && n <= 2 || i-part == 2 && n == 1
}

// keepsStop reports whether the full stop at i stays with the word that starts at start. Dotted says that the word has
// full stops already, single that one letter stands before each of them.
func (t *tokenizer) keepsStop(text string, start, part, i int, dotted, single bool) bool {
	if i+1 < len(text) && text[i+1] == '.' {
		return false // an ellipsis
	}
	if dotted && single && i-part == 1 { // U.S.
		return true
	}
	if i-part == 1 && part == start && text[part] >= 'A' && text[part] <= 'Z' {
		return text[part] != 'I' && followedByCapital(text, i+1) // J. Tully, but: as tall as I.
	}
	word := text[start : i+1]
	class := t.classes(word)
	if class&rules.Abbreviation == 0 && part > start {
		word = text[part : i+1] // then-Gov.
		class = t.classes(word)
	}
	if class&rules.Abbreviation == 0 {
		return false
	}
	bare := word[:len(word)-1]
	if t.classes(bare)&(rules.Negation|rules.Determiner|rules.Preposition|rules.PronounFirst) != 0 {
		return followedByDigit(text, i+1) // No. 5, but: He said no.
	}
	// An ordinary word may look like an abbreviation: He is ill. They left. One without a vowel is none: Trump vs. Clinton.
	return dotted || strings.IndexFunc(bare, unicode.IsUpper) >= 0 || !strings.ContainsAny(bare, "aeiou") || !endsHere(text, i+1)
}

// endsHere reports whether a sentence may end before i: at the end of the text, or with a capital behind the space.
func endsHere(text string, i int) bool {
	r := nextRune(text, i)
	return r == utf8.RuneError || unicode.IsUpper(r) || unicode.Is(unicode.Quotation_Mark, r)
}

// followedByCapital reports whether the next letter, behind white space at most, is a capital.
func followedByCapital(text string, i int) bool {
	if i < len(text) && text[i] == '-' {
		return false
	}
	r := nextRune(text, i)
	return unicode.IsUpper(r)
}

func followedByDigit(text string, i int) bool {
	r := nextRune(text, i)
	return r >= '0' && r <= '9'
}

// nextRune returns the first code point from i on that is no space, of the next three.
func nextRune(text string, i int) rune {
	for range 3 {
		k, n := at(text, i)
		if k != space {
			r, _ := utf8.DecodeRuneInString(text[i:])
			return r
		}
		i += n
	}
	return utf8.RuneError
}

// thousands reports whether the comma at i groups digits: 1,000 and 1,00,000, but not the list 1,2.
func thousands(text string, i int) bool {
	if kinds[text[i-1]] != digit {
		return false
	}
	n := 0
	for n < 4 && i+1+n < len(text) && kinds[text[i+1+n]] == digit {
		n++
	}
	return n == 3 || n == 2 && i+3 < len(text) && text[i+3] == ','
}

// domain returns the length of the host name at the start of text, 0 if there is none. It must hold a full stop.
func domain(text string) int {
	n, last := 0, -1
	for n < len(text) && (kinds[text[n]] == letter || kinds[text[n]] == digit || text[n] == '.' || text[n] == '-') {
		if text[n] == '.' {
			last = n
		}
		n++
	}
	for n > 0 && (text[n-1] == '.' || text[n-1] == '-') {
		n--
	}
	if last < 0 || strings.IndexByte(text[:n], '.') <= 0 {
		return 0
	}
	return n
}
