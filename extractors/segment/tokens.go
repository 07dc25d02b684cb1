package segment

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// englishTokens is the tokenizer of Tokenize. With faulty embedded rules it knows no abbreviation, which a test of the
// rules reports.
var englishTokens = sync.OnceValue(func() *tokenizer {
	set, _ := rules.English()
	return &tokenizer{set, table()}
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

// tokenizer splits text into tokens with the abbreviations and elisions of set and the given names of table.
type tokenizer struct {
	set   *rules.Set
	table *gazetteer.Table
}

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

// word reports whether a letter or digit is at i.
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
	if c != '\'' && c != '`' && !curly && mayMark[c] {
		if n := markLen(text, i); n > 0 {
			return i + n
		}
	}
	switch c {
	case '\'':
		if strings.HasPrefix(text[i:], "''") {
			return i + 2
		}
		return t.fromApostrophe(text, i, 1, glued)
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
		return t.fromApostrophe(text, i, n, glued)
	}
	return emoji(text, i)
}

// fromApostrophe returns the end of the token that starts with the apostrophe of length n at i.
func (t *tokenizer) fromApostrophe(text string, i, n int, glued bool) int {
	if glued {
		if m := clitic(text, i); m > 0 {
			return i + m
		}
	}
	return t.elision(text, i, n)
}

// afterWord reports whether a letter or digit is directly before i.
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
	case text[i] == '\\' || text[i] == '&': // don\'t, don&rsquo;t
		if g := glyphAt(text, i); g.r == '\'' || g.r == '’' {
			return g.len
		}
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
	i := alphanumeric(text, start)
	if i == len(text) || kinds[text[i]] == space { // most words
		return i
	}
	w := wordScan{tokenizer: t, text: text, start: start, i: i, part: start, single: true}
	for w.i < len(text) {
		switch kinds[text[w.i]] {
		case letter, digit:
			w.i = alphanumeric(text, w.i)
		case space:
			return w.i
		case beyond:
			if !w.beyondASCII() {
				return w.i
			}
		default:
			if !w.symbol() {
				return w.i
			}
		}
	}
	return w.i
}

// alphanumeric returns the end of the run of ASCII letters and digits at i.
func alphanumeric(text string, i int) int {
	for i < len(text) && (kinds[text[i]] == letter || kinds[text[i]] == digit) {
		i++
	}
	return i
}

// A wordScan is at byte i of the word that starts at start. Its methods report whether the word goes on; if it does not,
// i is its end.
type wordScan struct {
	*tokenizer
	text     string
	start, i int
	part     int  // start of the part after the last full stop or hyphen
	dots     int  // full stops within the part after the last hyphen
	single   bool // all parts before a full stop have one letter: U.S
}

// take goes on after the next n bytes.
func (w *wordScan) take(n int) bool {
	w.i += n
	return true
}

// takeIf goes on after the next byte if yes.
func (w *wordScan) takeIf(yes bool) bool { return yes && w.take(1) }

// next reports whether a letter or digit follows the byte at i.
func (w *wordScan) next() bool { return wordAt(w.text, w.i+1) }

// before returns the kind of the byte before i.
func (w *wordScan) before() kind { return kinds[w.text[w.i-1]] }

// beyondASCII decides on the code point at i, which is not ASCII.
func (w *wordScan) beyondASCII() bool {
	if n := apostrophe(w.text, w.i); n > 0 {
		return w.apostrophe(n)
	}
	r, n := utf8.DecodeRuneInString(w.text[w.i:])
	switch k := kindOf(r); {
	case k == letter, k == digit:
		return w.take(n)
	case k == format:
		j := run(w.text, w.i, format)
		return wordAt(w.text, j) && w.take(j-w.i)
	case (r == 0x2010 || r == 0x2011) && wordAt(w.text, w.i+n): // hyphens
		w.i += n
		w.part = w.i
		return true
	}
	return false
}

// symbol decides on the ASCII byte at i, which is no letter, digit or space.
func (w *wordScan) symbol() bool {
	switch w.text[w.i] {
	case '\'':
		return w.apostrophe(1)
	case '.':
		return w.stop()
	case '-':
		return w.next() && w.hyphen()
	case '\\':
		n := apostrophe(w.text, w.i)
		return n > 0 && w.apostrophe(n)
	case '&':
		if g := glyphAt(w.text, w.i); g.len > 0 {
			n := apostrophe(w.text, w.i)
			return n > 0 && w.apostrophe(n)
		}
		return w.takeIf(w.next() && w.before() != digit)
	case '_':
		return w.takeIf(w.next() || w.i+1 < len(w.text) && w.text[w.i+1] == '_')
	case '*': // sh*t
		j := repeat(w.text, w.i)
		k, _ := at(w.text, j)
		return k == letter && w.take(j-w.i)
	case ',':
		return w.takeIf(thousands(w.text, w.i))
	case '/':
		if w.host() {
			w.i += urlLen(w.text[w.i:]) // example.com/news
			return false
		}
		return w.takeIf(w.betweenDigits())
	case ':':
		return w.takeIf(w.betweenDigits())
	case '@':
		if n := domain(w.text[w.i+1:]); n > 0 {
			w.i += 1 + n
		}
	}
	return false
}

// apostrophe decides on the apostrophe of length n at i.
func (w *wordScan) apostrophe(n int) bool {
	j := w.inner(w.text, w.start, w.i, n)
	within := j > w.i
	w.i = j
	return within
}

// stop decides on the full stop at i.
func (w *wordScan) stop() bool {
	switch {
	case w.next() && joinsDot(w.text, w.part, w.i):
		w.single = w.single && w.i-w.part == 1 && kinds[w.text[w.part]] == letter
		w.dots++
		w.i++
		w.part = w.i
		return true
	case w.keepsStop(w.text, w.start, w.part, w.i, w.dots > 0, w.single):
		w.i++
		// U.S.-led; the stop ends any other word.
		return w.i < len(w.text) && w.text[w.i] == '-' && w.next() && w.hyphen()
	}
	return false
}

// hyphen begins a new part after the hyphen at i.
func (w *wordScan) hyphen() bool {
	w.i++
	w.part, w.dots, w.single = w.i, 0, true
	return true
}

// host reports whether the word so far looks like the name of a host: example.com, not 1.5 or U.S.
func (w *wordScan) host() bool { return w.dots > 0 && w.i-w.part >= 2 && w.before() == letter }

// betweenDigits reports whether the byte at i is between two ASCII digits: 9:30, 1/2.
func (w *wordScan) betweenDigits() bool {
	return w.before() == digit && w.i+1 < len(w.text) && kinds[w.text[w.i+1]] == digit
}

// inner decides on the apostrophe of length n at i within or after the word that starts at start: it returns where to
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

// joinsDot reports whether the full stop at i joins the part before it to the letter or digit after: 1.5, U.S,
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
// full stops already, single that one letter comes before each of them.
func (t *tokenizer) keepsStop(text string, start, part, i int, dotted, single bool) bool {
	if i+1 < len(text) && text[i+1] == '.' {
		return false // an ellipsis
	}
	if dotted && single && i-part == 1 { // U.S.
		return true
	}
	if i-part == 1 && part == start && text[part] >= 'A' && text[part] <= 'Z' {
		// J. Tully, Albert I. Jansky; but: as tall as I. Tully left. World War I. Then peace came.
		return followedByCapital(text, i+1) && (text[part] != 'I' || t.initialI(text, start, i+1))
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

// endsHere reports whether a sentence may end before i: at the end of the text, or with a capital after the space.
func endsHere(text string, i int) bool {
	r := nextRune(text, i)
	return r == utf8.RuneError || unicode.IsUpper(r) || unicode.Is(unicode.Quotation_Mark, r)
}

// followedByCapital reports whether the next letter, after white space at most, is a capital.
func followedByCapital(text string, i int) bool {
	if i < len(text) && text[i] == '-' {
		return false
	}
	r := nextRune(text, i)
	return unicode.IsUpper(r)
}

// initialI reports whether the I that starts at start, with its full stop before after, is an initial: a given name comes before it, as in
// Albert I. Jansky, or a given name and another capital after it: the judge is I. Ray Tilden.
func (t *tokenizer) initialI(text string, start, after int) bool {
	next := wordFrom(text, after)
	if t.classes(next)&starters != 0 {
		return false
	}
	if t.afterGivenName(text, start) {
		return true
	}
	if _, known := t.table.FirstName(next); !known {
		return false
	}
	before := wordBefore(text, start)
	if before != "" && (before[0] < 'a' || t.classes(before)&(rules.Conjunction|rules.Subordinator) != 0) {
		return false // World War I. Ray Tilden left; you and I. Ray Tilden left
	}
	rest := run(text, after, space) + len(next)
	return followedByCapital(text, rest) && t.classes(wordFrom(text, rest))&starters == 0
}

// afterGivenName reports whether the word that starts at start stands after a given name in the line.
func (t *tokenizer) afterGivenName(text string, start int) bool {
	word := wordBefore(text, start)
	if word == "" || word[0] < 'A' || word[0] > 'Z' {
		return false
	}
	_, known := t.table.FirstName(word)
	return known
}

// wordBefore returns the ASCII letters that end where the white space before i begins; "" if there is none of either.
func wordBefore(text string, i int) string {
	end := spaceBefore(text, i)
	if end == i {
		return ""
	}
	start := end
	for start > 0 && kinds[text[start-1]] == letter && end-start <= maxGivenName {
		start--
	}
	return text[start:end]
}

// spaceBefore returns where the white space before i begins; i if there is none.
func spaceBefore(text string, i int) int {
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if r < utf8.RuneSelf && kinds[r] != space || r >= utf8.RuneSelf && kindOf(r) != space {
			break
		}
		i -= n
	}
	return i
}

// maxGivenName bounds the letters of a word that is looked up.
const maxGivenName = 20

// wordFrom returns the ASCII letters after the white space at i.
func wordFrom(text string, i int) string {
	i = run(text, i, space)
	end := i
	for end < len(text) && kinds[text[end]] == letter && end-i < maxGivenName {
		end++
	}
	return text[i:end]
}

func followedByDigit(text string, i int) bool {
	r := nextRune(text, i)
	return r >= '0' && r <= '9'
}

// nextRune returns the first code point from i on that is no white space.
func nextRune(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[run(text, i, space):])
	return r
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
