package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// minWidth is the least number of columns that text is broken to.
const minWidth = 40

// colorful reports whether colour is welcome on f: on a terminal that knows it, unless NO_COLOR says no
// (https://no-color.org).
func colorful(f *os.File) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// terminalWidth returns how long lines of text on f should be.
func terminalWidth(f *os.File) int {
	const most, otherwise = 100, 80
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return max(minWidth, min(width, most))
	}
	return otherwise
}

// A style is a way to show text on a terminal: the parameters of the escape sequence SGR.
type style string

const (
	plain   style = ""
	bold    style = "1"
	faint   style = "2"
	good    style = "32" // green
	notable style = "33" // yellow
	subject style = "1;32"
	speech  style = "36" // cyan
)

// A palette shows styles, or none.
type palette struct{ on bool }

func (p palette) paint(s style, text string) string {
	if !p.on || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// clean makes one line of text that cannot steer a terminal: white space becomes a blank, other controls U+FFFD.
func clean(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// columns returns the columns that clean text takes, if no character of it is wide.
func columns(text string) (n int) {
	for _, r := range text {
		if !unicode.In(r, unicode.Mn, unicode.Cf) {
			n++
		}
	}
	return n
}

// clip shortens clean text to n columns.
func clip(text string, n int) string {
	if columns(text) <= n {
		return text
	}
	used := 0
	for i, r := range text {
		if !unicode.In(r, unicode.Mn, unicode.Cf) {
			if used++; used >= n {
				return strings.TrimRight(text[:i], " ") + "…"
			}
		}
	}
	return text
}

// A page writes text that is broken into lines. Its errors are those of the writer, which remembers them.
type page struct {
	w io.Writer
	palette
	width int
}

func (p *page) line(text string) { io.WriteString(p.w, strings.TrimRight(text, " ")+"\n") }

// wrap writes text with the prefix before its first line and as many blanks before the others.
func (p *page) wrap(prefix string, s style, text string) {
	indent := columns(prefix)
	for i, l := range breakLines(text, p.width-indent) {
		if i > 0 {
			prefix = strings.Repeat(" ", indent)
		}
		p.line(prefix + p.paint(s, l))
	}
}

// breakLines breaks clean text at blanks, so that no line has more columns than width, but for longer words.
func breakLines(text string, width int) (lines []string) {
	line, used := "", 0
	for _, word := range strings.Split(text, " ") {
		n := columns(word)
		if line != "" && used+1+n > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if line != "" {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	return append(lines, line)
}
