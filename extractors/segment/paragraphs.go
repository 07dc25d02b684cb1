package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// line is one line of the text, without white space at its ends.
type line struct {
	annot.Span
	width    int // in code points
	indented bool
	block    bool // a blank line, a form feed or a paragraph separator lies before it
}

// paragraphs appends the paragraphs of text, all in zone body, to dst. Blank lines separate them; so does every other
// line ending, unless the text is wrapped at a fixed width.
func paragraphs(text string, dst []annot.Paragraph) []annot.Paragraph {
	lines := splitLines(text)
	width := wrapWidth(text, lines)
	open := false // a quotation is open at the end of the line before
	for i, l := range lines {
		joined := i > 0 && !l.block && (continues(text, lines[i-1], l, width) || open && closesSoon(text, lines[i-1:]))
		if i+1 < len(lines) && !lines[i+1].block {
			_, last := outerMarks(text, l.Span)
			open = last == opens || last == 0 && open && joined
		}
		if joined {
			dst[len(dst)-1].End = l.End
			continue
		}
		dst = append(dst, annot.Paragraph{Span: l.Span, Zone: annot.Body})
	}
	return dst
}

// splitLines returns the lines that are not blank. LF, CR, CRLF, vertical tab, form feed, NEL, and the line and the
// paragraph separator of Unicode end a line.
func splitLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")/2+8)
	block := true
	for i := 0; i < len(text); {
		end, next, hard := lineEnd(text, i)
		trimmed := strings.TrimRightFunc(text[i:end], unicode.IsSpace)
		body := strings.TrimLeftFunc(trimmed, unicode.IsSpace)
		if body == "" {
			block = true
		} else {
			start := i + len(trimmed) - len(body)
			s := annot.Span{Start: start, End: start + len(body)}
			lines = append(lines, line{Span: s, width: utf8.RuneCountInString(body), indented: start > i, block: block})
			block = hard
		}
		i = next
	}
	return lines
}

// lineEnd returns the end of the line that starts at i, the start of the next one, and whether what ends the line ends a
// paragraph as well.
func lineEnd(text string, i int) (end, next int, hard bool) {
	for j := i; j < len(text); j++ {
		c := text[j]
		if c > '\r' && c < 0xC2 {
			continue
		}
		switch {
		case c == '\n', c == '\v':
			return j, j + 1, false
		case c == '\f':
			return j, j + 1, true
		case c == '\r':
			if j+1 < len(text) && text[j+1] == '\n' {
				return j, j + 2, false
			}
			return j, j + 1, false
		case c == 0xC2 && strings.HasPrefix(text[j:], "\u0085"):
			return j, j + 2, false
		case c == 0xE2 && strings.HasPrefix(text[j:], "\u2028"):
			return j, j + 3, false
		case c == 0xE2 && strings.HasPrefix(text[j:], "\u2029"):
			return j, j + 3, true
		}
	}
	return len(text), len(text), false
}

// The widths at which texts are wrapped, in code points.
const (
	minWrap = 30
	maxWrap = 132
)

// The widths of a line that may be wrapped where others are not.
const (
	minLone = 45
	maxLone = 100
)

// wrapWidth returns the width at which text is wrapped, 0 if it is not. In wrapped text no line is longer than the width,
// and the first word of the next line would have been too much for nearly every line that another one follows.
func wrapWidth(text string, lines []line) int {
	width, breaks := 0, 0
	for i, l := range lines {
		if i > 0 && !l.block {
			breaks++
			width = max(width, lines[i-1].breakable(text), l.breakable(text))
		}
	}
	if breaks < 3 || width < minWrap || width > maxWrap {
		return 0
	}
	full, ended := 0, 0
	for i, l := range lines {
		if i == 0 || l.block {
			continue
		}
		if overflows(text, lines[i-1], l, width) {
			full++
		}
		if endsSentence(text, lines[i-1].Span) {
			ended++
		}
	}
	if full*10 < breaks*7 || ended*2 > breaks {
		return 0
	}
	return width
}

// breakable returns the width of l, 0 if it is one long word, which no wrapping breaks: an address of the web.
func (l line) breakable(text string) int {
	if l.width > minWrap && strings.IndexFunc(text[l.Start:l.End], unicode.IsSpace) < 0 {
		return 0
	}
	return l.width
}

// overflows reports whether the first word of next would have made l longer than width; ragged right edges by hand are
// forgiven a few bytes.
func overflows(text string, l, next line, width int) bool {
	const ragged = 8
	word := 0
	for _, r := range text[next.Start:next.End] {
		if r <= ' ' || l.width+1+word > width {
			break
		}
		word++
	}
	return l.width+1+word > width-ragged
}

// continues reports whether the line next goes on with the paragraph of l, the line directly before it.
func continues(text string, l, next line, width int) bool {
	r, _ := utf8.DecodeRuneInString(text[next.Start:])
	if width > 0 {
		return !next.indented && (overflows(text, l, next, width) || unicode.IsLower(r))
	}
	// One line in the midst of others that were not wrapped: only a sentence that plainly goes on is joined.
	return unicode.IsLower(r) && l.width >= minLone && l.width <= maxLone && !endsSentence(text, l.Span)
}

// maxOpenLines bounds how many lines are searched for the end of a quotation.
const maxOpenLines = 8

// closesSoon reports whether the quotation that is open at the end of the first line is closed in one of the next lines, of which
// none is longer than wrapped lines are, and no other quotation opens before: “We lost the | match,” said Boyd.
func closesSoon(text string, lines []line) bool {
	if lines[0].width > maxLone {
		return false
	}
	for _, l := range lines[1:min(len(lines), 1+maxOpenLines)] {
		if l.block || l.indented {
			return false
		}
		if first, _ := outerMarks(text, l.Span); first != 0 {
			return first == closes
		}
		if l.width > maxLone {
			return false
		}
	}
	return false
}

// outerMarks returns what the first and the last double mark of a line do by what stands around them, 0 if there is none or that
// does not tell.
func outerMarks(text string, s annot.Span) (first, last role) {
	for i := s.Start; i < s.End; {
		g := glyph{}
		if mayMark[text[i]] {
			g = glyphAt(text[:s.End], i)
		}
		if g.len == 0 || styleOf(g.r).Single() {
			i += max(1, g.len)
			continue
		}
		end := i + g.len
		for end < s.End && strings.HasPrefix(text[end:s.End], text[i:i+g.len]) {
			end += g.len
		}
		last = direction(text[s.Start:i], text[end:s.End])
		if first == 0 {
			first = last
		}
		i = end
	}
	return first, last
}

// direction tells what a mark between the two texts does.
func direction(before, after string) role {
	prev, n := utf8.DecodeLastRuneInString(before)
	next, m := utf8.DecodeRuneInString(after)
	gap := n == 0 || unicode.IsSpace(prev) || strings.ContainsRune("([—–", prev)
	room := m == 0 || unicode.IsSpace(next) || strings.ContainsRune(".,;:?!)]…", next)
	switch {
	case gap && !room:
		return opens
	case room && !gap && !unicode.IsDigit(prev):
		return closes
	}
	return 0
}

// endsSentence reports whether s ends with a full stop, question or exclamation mark, colon or ellipsis, closing marks
// aside.
func endsSentence(text string, s annot.Span) bool {
	switch lastRune(text, s) {
	case '.', '!', '?', ':', '…':
		return true
	}
	return false
}

// lastRune returns the last code point of s that is no closing mark, bracket or zero-width character.
func lastRune(text string, s annot.Span) rune {
	for s.End > s.Start {
		if n := markBefore(text[s.Start:s.End]); n > 0 {
			s.End -= n
			continue
		}
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if r != ')' && r != ']' && kindOf(r) != format {
			return r
		}
		s.End -= n
	}
	return utf8.RuneError
}
