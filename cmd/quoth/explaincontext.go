package main

import (
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A cell is a character of the context and what it is part of.
type cell struct {
	r    rune
	role byte // a blank or one of the marks below
}

// What stands below the characters of the context where there is no colour.
const (
	inQuote   = '~'
	inSpeaker = '^'
	inCue     = '-'
)

// writeContext writes the sentences of the parts, the speaker and the cue, with these set off by colour, or else by a line
// of marks below.
func (x *explained) writeContext(p *page, parts []annot.Span, speaker, cue annot.Span) {
	spans := append([]annot.Span{}, parts...)
	for _, s := range []annot.Span{speaker, cue} {
		if !s.IsZero() {
			spans = append(spans, s)
		}
	}
	shown := -1 // the sentence shown last
	var line []cell
	flush := func() {
		p.cells(line)
		line = nil
	}
	for i, sentence := range x.d.Sentences {
		if !meets(sentence.Span, spans) {
			continue
		}
		if shown >= 0 {
			switch {
			case x.d.Sentences[shown].Paragraph != sentence.Paragraph:
				flush()
				if shown < i-1 {
					p.line("  […]")
				}
			case shown < i-1:
				line = append(line, uncolored(" […] ")...)
			default:
				line = append(line, x.cells(annot.Span{Start: x.d.Sentences[shown].End, End: sentence.Start}, parts, speaker, cue)...)
			}
		}
		shown = i
		line = append(line, x.cells(sentence.Span, parts, speaker, cue)...)
	}
	if shown < 0 && len(parts) > 0 { // no sentence holds it
		line = x.cells(parts[0], parts, speaker, cue)
	}
	flush()
}

func meets(s annot.Span, list []annot.Span) bool {
	for _, o := range list {
		if s.Overlaps(o) {
			return true
		}
	}
	return false
}

func uncolored(text string) (cells []cell) {
	for _, r := range text {
		cells = append(cells, cell{r, ' '})
	}
	return cells
}

// cells returns the characters of s, with white space as single blanks.
func (x *explained) cells(s annot.Span, parts []annot.Span, speaker, cue annot.Span) (cells []cell) {
	for i, r := range x.d.Slice(s) {
		at := annot.Span{Start: s.Start + i, End: s.Start + i + 1}
		role := byte(' ')
		switch {
		case speaker.Overlaps(at):
			role = inSpeaker
		case cue.Overlaps(at):
			role = inCue
		case meets(at, parts):
			role = inQuote
		}
		switch {
		case unicode.IsSpace(r):
			if r = ' '; len(cells) > 0 && cells[len(cells)-1].r == ' ' {
				continue
			}
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			r = unicode.ReplacementChar
		}
		cells = append(cells, cell{r, role})
	}
	return cells
}

// cells writes a paragraph of the context.
func (p *page) cells(cells []cell) {
	if len(cells) == 0 {
		return
	}
	var text strings.Builder
	for _, c := range cells {
		text.WriteRune(c.r)
	}
	const indent = "  "
	for _, l := range breakLines(text.String(), p.width-len(indent)) {
		n := len([]rune(l))
		here := cells[:n]
		cells = cells[min(n+1, len(cells)):] // the blank at the break
		if p.on {
			p.line(indent + p.colored(here))
			continue
		}
		p.line(indent + l)
		if marks := marksBelow(here); marks != "" {
			p.line(indent + marks)
		}
	}
}

func (p *page) colored(cells []cell) string {
	var b strings.Builder
	for from := 0; from < len(cells); {
		end := from
		var run strings.Builder
		for ; end < len(cells) && cells[end].role == cells[from].role; end++ {
			run.WriteRune(cells[end].r)
		}
		b.WriteString(p.paint(map[byte]style{inQuote: speech, inSpeaker: subject, inCue: notable}[cells[from].role], run.String()))
		from = end
	}
	return b.String()
}

// marksBelow returns the line of marks that goes below the cells, "" if none of them is part of anything.
func marksBelow(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		if unicode.In(c.r, unicode.Mn, unicode.Cf) {
			continue
		}
		b.WriteByte(c.role)
	}
	return strings.TrimRight(b.String(), " ")
}
