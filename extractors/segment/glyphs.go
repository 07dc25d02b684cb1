package segment

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A glyph is a quotation mark as it is written in the text.
type glyph struct {
	r       rune // the usual mark that it stands for: “ for ❝, " for ″
	len     int  // bytes, 0 if there is no mark
	escaped bool // written as an escape: \" and &quot;
}

// glyphAt reads the single quotation mark or apostrophe at i; two of them that make one mark are left to pairAt.
func glyphAt(text string, i int) glyph {
	switch c := text[i]; c {
	case '"', '\'', '`':
		return glyph{r: rune(c), len: 1}
	case '\\':
		return escapeAt(text, i)
	case '&':
		return referenceAt(text, i)
	case ',':
		return commasAt(text, i)
	}
	if text[i] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r = usual(r); styleOf(r) != annot.NoStyle {
			return glyph{r: r, len: n}
		}
	}
	return glyph{}
}

// usual returns the mark that a rare one stands for, and any other code point as it is.
func usual(r rune) rune {
	switch r {
	case '＂', '″', '‶', '˝', 'ʺ':
		return '"'
	case '＇', '´', '′', '‵':
		return '\''
	case '❝', '〝', '🙶':
		return '“'
	case '❞', '〞', '〟', '🙷':
		return '”'
	case '❛':
		return '‘'
	case '❜':
		return '’'
	case '❠', '⹂', '🙸':
		return '„'
	case '❟':
		return '‚'
	}
	return r
}

// mayMark says which bytes a mark may begin with.
var mayMark = func() (may [256]bool) {
	for _, c := range []byte("\"'`\\&,\xC2\xCA\xCB\xE2\xE3\xEF\xF0") {
		may[c] = true
	}
	return
}()

// maxEscape bounds the bytes of an escape, so that looking for one costs the same anywhere.
const maxEscape = 14

// escapeAt reads a mark after backslashes, \" or \\", or by its number, \u201c.
func escapeAt(text string, i int) glyph {
	j := i
	for j < len(text) && text[j] == '\\' && j-i < 3 {
		j++
	}
	rest := text[j:min(len(text), i+maxEscape)]
	if rest == "" || rest[0] == ',' || rest[0] == '\\' {
		return glyph{}
	}
	if (rest[0] == 'u' || rest[0] == 'U') && len(rest) >= 5 {
		if n, err := strconv.ParseUint(rest[1:5], 16, 16); err == nil && styleOf(usual(rune(n))) != annot.NoStyle {
			return glyph{r: usual(rune(n)), len: j + 5 - i, escaped: true}
		}
		return glyph{}
	}
	r, n := utf8.DecodeRuneInString(rest)
	if r = usual(r); styleOf(r) == annot.NoStyle {
		return glyph{}
	}
	return glyph{r: r, len: j + n - i, escaped: true}
}

// referenceAt reads a mark that is written as a character reference of HTML, escaped once or twice: &ldquo; and &amp;#8220;
func referenceAt(text string, i int) glyph {
	end := strings.IndexByte(text[i:min(len(text), i+maxEscape)], ';')
	if end < 0 {
		return glyph{}
	}
	ref := text[i : i+end+1]
	if ref == "&amp;" {
		if end = strings.IndexByte(text[i+5:min(len(text), i+5+maxEscape)], ';'); end < 0 {
			return glyph{}
		}
		end += 5
		ref = "&" + text[i+5:i+end+1]
	}
	text = html.UnescapeString(ref)
	r, n := utf8.DecodeRuneInString(text)
	if r = usual(r); n < len(text) || styleOf(r) == annot.NoStyle {
		return glyph{}
	}
	return glyph{r: r, len: end + 1, escaped: true}
}

// commasAt reads two commas before a word, as in ,,We lost”.
func commasAt(text string, i int) glyph {
	if !strings.HasPrefix(text[i:], ",,") || i > 0 && !startsWord(text, i) {
		return glyph{}
	}
	if r, _ := utf8.DecodeRuneInString(text[i+2:]); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return glyph{}
	}
	return glyph{r: '„', len: 2}
}

// startsWord reports whether white space, or a mark that stands before words, comes before i.
func startsWord(text string, i int) bool {
	if i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsSpace(r) || strings.ContainsRune("([{—–-/:", r)
}

// maxRun is how many times a mark may be repeated and still mean something.
const maxRun = 4

// pairAt reports whether the mark g at i and the same one after it are one mark: ""We lost,"" said Boyd. Of three, the outer
// one stands alone: """We lost,"" she said."
func pairAt(text string, i int, g glyph) bool {
	if g.r == '\'' && text[i] == '\'' || g.r == '`' || g.r == '’' || g.escaped || text[i] == ',' {
		return false // '' and `` are older than that
	}
	mark := text[i : i+g.len]
	start, end := i, i+g.len
	for end-start <= maxRun*g.len && strings.HasSuffix(text[:start], mark) {
		start -= g.len
	}
	for end-start <= maxRun*g.len && strings.HasPrefix(text[end:], mark) {
		end += g.len
	}
	before, opening := (i-start)/g.len, startsWord(text, start)
	switch n := (end - start) / g.len; {
	case n < 2 || n > maxRun:
		return false
	case n == 3 && opening:
		return before == 1
	case n == 3:
		return before == 0
	case g.r == '"' && !opening && wordAt(text, end):
		return false // "We lost.""Who says so?"
	}
	return before%2 == 0
}

// markBefore returns the length of the mark that ends text, with all backslashes of an escape, 0 if there is none.
func markBefore(text string) int {
	r, n := utf8.DecodeLastRuneInString(text)
	mark := styleOf(usual(r)) != annot.NoStyle
	if !mark && r != ';' && !unicode.Is(unicode.ASCII_Hex_Digit, r) {
		return 0
	}
	length := 0
	if mark {
		length = n
	}
	for i := len(text) - n - 1; i >= 0 && i >= len(text)-maxEscape; i-- {
		if text[i] != '\\' && text[i] != '&' {
			continue
		}
		if g := glyphAt(text, i); g.escaped && i+g.len == len(text) {
			length = g.len
		}
	}
	return length
}

// hasDouble reports whether text holds a double mark.
func hasDouble(text string) bool {
	for i := range len(text) {
		if !mayMark[text[i]] {
			continue
		}
		if g := glyphAt(text, i); g.len > 0 && !styleOf(g.r).Single() {
			return true
		}
	}
	return false
}

// markLen returns the length of the mark at i that is a token of its own, 0 if there is none but apostrophes and what else
// the tokenizer knows by itself.
func markLen(text string, i int) int {
	g := glyphAt(text, i)
	switch {
	case g.len == 0:
		return 0
	case pairAt(text, i, g):
		return 2 * g.len
	}
	return g.len
}
