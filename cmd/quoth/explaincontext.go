package main

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A cell is a character of the context and what it is part of.
type cell struct {
	r    rune
	role byte // a blank or one of the marks below
}

// The marks below the characters of the context where there is no colour.
const (
	inQuote   = '~'
	inSpeaker = '^'
	inCue     = '-'
)

// maxParts is how many parts of a quote the context shows: a running quotation may have hundreds.
const maxParts = 8

// writeContext writes the sentences of the parts, the speaker and the cue, with these set off by colour, or else by a line
// of marks below.
func (x *explainedArticle) writeContext(p *page, parts []annot.Span, speaker, cue annot.Span) {
	more := len(parts) > maxParts
	parts = parts[:min(len(parts), maxParts)]
	list := x.sentencesOf(append(append([]annot.Span{}, parts...), speaker, cue))
	if len(list) == 0 { // as in what the page says of itself
		p.cells(x.cells(parts[0], parts, speaker, cue))
	}
	var line []cell
	for k, i := range list {
		s := x.d.Sentences[i]
		if k > 0 {
			switch before := list[k-1]; {
			case x.d.Sentences[before].Paragraph != s.Paragraph:
				p.cells(line)
				line = nil
				if before < i-1 {
					p.line("  […]")
				}
			case before < i-1:
				for _, r := range " […] " {
					line = append(line, cell{r, ' '})
				}
			default:
				line = append(line, x.cells(annot.Span{Start: x.d.Sentences[before].End, End: s.Start}, parts, speaker, cue)...)
			}
		}
		line = append(line, x.cells(s.Span, parts, speaker, cue)...)
	}
	p.cells(line)
	if more {
		p.line("  […]")
	}
}

// sentencesOf returns the indices of the sentences that overlap the spans, ascending. It looks each span up, so that its
// cost does not depend on how far they stand apart.
func (x *explainedArticle) sentencesOf(spans []annot.Span) (list []int) {
	all := x.d.Sentences
	for _, s := range spans {
		if s.IsZero() {
			continue
		}
		for i := sort.Search(len(all), func(i int) bool { return all[i].End > s.Start }); i < len(all) && all[i].Start < s.End; i++ {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func meets(s annot.Span, list []annot.Span) bool {
	for _, o := range list {
		if s.Overlaps(o) {
			return true
		}
	}
	return false
}

// cells returns the characters of s, with white space as single blanks.
func (x *explainedArticle) cells(s annot.Span, parts []annot.Span, speaker, cue annot.Span) (cells []cell) {
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
