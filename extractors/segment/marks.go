package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxDepth bounds how deep quotation marks may nest; openers beyond it are ignored, so that the work per mark is bounded.
const maxDepth = 12

// role says what a quotation mark may do where it is.
type role uint8

const (
	opens role = 1 << iota
	closes
	weak   // closes, but may be a plural possessive: the players’ union
	either // straight marks between two letters or two spaces: the state decides
)

// mark is a quotation mark in the text, before pairing.
type mark struct {
	start, len int
	style      annot.Style
	role       role
	wrong      bool // ” where “ should be
}

// pairer pairs the marks of one paragraph after the other with a typed stack.
type pairer struct {
	d     *annot.Document
	set   *rules.Set
	marks []mark
	stack []int  // indices into d.Marked of the open stretches
	drop  []bool // parallel to d.Marked: an opener that turned out to be an apostrophe
}

// markSpans fills d.Marked. Marks are paired within their paragraph; a stretch that is still open at its end and whose
// style opens the next paragraph again is a running quotation. Every mark is pushed and popped at most once: linear.
func markSpans(d *annot.Document, set *rules.Set) {
	p := pairer{d: d, set: set}
	d.Marked = d.Marked[:0]
	open := -1 // the stretch that the previous paragraph left open
	for i := range d.Paragraphs {
		open = p.paragraph(i, open)
	}
	p.compact()
}

// paragraph pairs the marks of paragraph i. It returns the index of the stretch that is left open at its end, or -1.
func (p *pairer) paragraph(i, before int) int {
	d := p.d
	span := d.Paragraphs[i].Span
	p.scan(span)
	first := len(d.Marked)
	p.stack = p.stack[:0]
	for k, m := range p.marks {
		switch {
		case m.role == either:
			if j := p.find(m); j >= 0 {
				p.close(j, m)
			} else if m.start+m.len < span.End {
				p.open(i, m)
			}
		case m.role&closes != 0:
			if m.role&weak != 0 && p.laterCloser(k) {
				continue
			}
			if j := p.find(m); j >= 0 {
				p.close(j, m)
			} else if !m.style.Single() && len(p.stack) == 0 && len(d.Marked) == first {
				p.withoutOpener(i, m, before)
			}
		default:
			p.open(i, m)
		}
	}
	// A stretch that the last paragraph left open goes on if this one opens with the same mark, or holds the closer.
	if before >= 0 && first < len(d.Marked) {
		if m := &d.Marked[first]; m.Start == span.Start && (m.NoOpener || m.Style == d.Marked[before].Style) {
			d.Marked[before].Runs = true
		}
	}
	return p.finish(i, first)
}

// open pushes a new stretch that starts with m; its end is set when it is closed.
func (p *pairer) open(i int, m mark) {
	if len(p.stack) == maxDepth {
		return
	}
	parent := -1
	if n := len(p.stack); n > 0 {
		parent = p.stack[n-1]
	}
	p.stack = append(p.stack, len(p.d.Marked))
	p.d.Marked = append(p.d.Marked, annot.Marked{
		Span: annot.Span{Start: m.start, End: p.d.Paragraphs[i].End}, Open: m.len, Style: m.style, Parent: parent, Paragraph: i,
		Unclosed: true, WrongDirection: m.wrong,
	})
	p.drop = append(p.drop, false)
}

// find returns the position in the stack of the stretch that m closes, or -1: the innermost of its own style, else the
// innermost of the other double style, as in “no evidence" yet. A single mark closes nothing across an open double one:
// within “the players’ union” it is an apostrophe.
func (p *pairer) find(m mark) int {
	other := -1
	for j := len(p.stack) - 1; j >= 0; j-- {
		x := p.d.Marked[p.stack[j]]
		switch {
		case x.Style == m.style || x.Style == annot.LowHigh && m.style == annot.CurlyDouble:
			if m.role&weak != 0 && p.stack[j]+1 < len(p.d.Marked) {
				return -1 // ‘… “…” … the players’ : a possessive, not the end of a stretch that holds others
			}
			return j
		case m.style.Single() && !x.Style.Single():
			return -1
		case m.style == annot.CurlySingle && x.Style == annot.StraightSingle, m.style == annot.StraightSingle && x.Style == annot.CurlySingle,
			mixable(x.Style) && mixable(m.style):
			if other < 0 {
				other = j
			}
		}
	}
	return other
}

func mixable(s annot.Style) bool {
	return s == annot.CurlyDouble || s == annot.StraightDouble || s == annot.TeX
}

// close ends the stretch at position j of the stack with m; what is open within it was never a quotation.
func (p *pairer) close(j int, m mark) {
	for _, k := range p.stack[j+1:] {
		p.drop[k] = true
	}
	x := &p.d.Marked[p.stack[j]]
	x.End, x.Close, x.Unclosed = m.start+m.len, m.len, false
	if strings.TrimSpace(p.d.Slice(x.Inner())) == "" {
		p.drop[p.stack[j]] = true
	}
	p.stack = p.stack[:j]
}

// withoutOpener keeps a closing mark that nothing opened: the stretch begins with the paragraph, or with the last
// sentence before it.
func (p *pairer) withoutOpener(i int, m mark, before int) {
	start := p.d.Paragraphs[i].Start
	if start+1 >= m.start {
		return
	}
	if before < 0 {
		if k := strings.LastIndex(p.d.Text[start:m.start-1], ". "); k >= 0 {
			start += k + 2
		}
	}
	p.d.Marked = append(p.d.Marked, annot.Marked{
		Span: annot.Span{Start: start, End: m.start + m.len}, Close: m.len, Style: m.style, Parent: -1, Paragraph: i, NoOpener: true,
	})
	p.drop = append(p.drop, false)
}

// finish settles what is still open at the end of paragraph i. Single marks that nothing closed are apostrophes, but for
// a ‘ that opens the paragraph: the next may run on with it. It returns the outermost open stretch, or -1.
func (p *pairer) finish(i, first int) int {
	d, left := p.d, -1
	for _, k := range p.stack {
		x := &d.Marked[k]
		if x.Style.Single() && !(x.Style == annot.CurlySingle && x.Start == d.Paragraphs[i].Start && p.nextOpensWith(i, "‘")) {
			p.drop[k] = true
		} else if left < 0 {
			left = k
		}
	}
	if left < 0 {
		return -1
	}
	x := &d.Marked[left]
	if p.nextOpensWith(i, d.Text[x.Start:x.Start+x.Open]) {
		return left
	}
	// An unclosed stretch ends before the next one of its style: “We will appeal, Orr said. “We lost.”
	for k := left + 1; k < len(d.Marked); k++ {
		if y := d.Marked[k]; !p.drop[k] && y.Style == x.Style {
			x.End = x.Start + len(strings.TrimRightFunc(d.Text[x.Start:y.Start], unicode.IsSpace))
			break
		}
	}
	for k := first; k < len(d.Marked); k++ {
		y := &d.Marked[k]
		for y.Parent >= 0 && !d.Marked[y.Parent].Contains(y.Span) {
			y.Parent = d.Marked[y.Parent].Parent
		}
	}
	return left
}

func (p *pairer) nextOpensWith(i int, mark string) bool {
	return i+1 < len(p.d.Paragraphs) && strings.HasPrefix(p.d.Text[p.d.Paragraphs[i+1].Start:], mark)
}

// compact removes the dropped stretches and renumbers the parents.
func (p *pairer) compact() {
	d := p.d
	renumber := make([]int, len(d.Marked))
	n := 0
	for k, x := range d.Marked {
		if renumber[k] = n; !p.drop[k] {
			n++
		}
		// Parents come before their children, so that a dropped parent's own parent is settled already.
		if x.Parent >= 0 && p.drop[x.Parent] {
			d.Marked[k].Parent = d.Marked[x.Parent].Parent
		}
	}
	kept := d.Marked[:0]
	for k, x := range d.Marked {
		if p.drop[k] {
			continue
		}
		if x.Parent >= 0 {
			x.Parent = renumber[x.Parent]
		}
		kept = append(kept, x)
	}
	d.Marked = kept
}

// laterCloser reports whether a better closing mark of the style of mark k follows before the style opens again, so that
// k is the apostrophe of a plural: 'The players' union won't budge,' said Tom.
func (p *pairer) laterCloser(k int) bool {
	// The look-ahead is bounded: a possessive far from the end of its quotation is rare.
	for _, m := range p.marks[k+1 : min(len(p.marks), k+1+16)] {
		if m.style != p.marks[k].style {
			continue
		}
		if m.role&opens != 0 {
			return false
		}
		if m.role&closes != 0 && m.role&weak == 0 {
			return true
		}
	}
	return false
}

// scan collects the quotation marks within span.
func (p *pairer) scan(span annot.Span) {
	p.marks = p.marks[:0]
	text := p.d.Text
	opened := -1 // end of the last mark that opens, which counts as the space before the next
	for i := span.Start; i < span.End; {
		c := text[i]
		if c < utf8.RuneSelf {
			if c != '"' && c != '\'' && c != '`' {
				i++
				continue
			}
		} else if c != 0xe2 && c != 0xc2 && c != 0xe3 { // the first bytes of the marks beyond ASCII
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:span.End])
		double := p.doubled(r, text[i:span.End])
		if double {
			n *= 2
		}
		style := styleOf(r, double)
		if style == annot.NoStyle {
			i += n
			continue
		}
		m := mark{start: i, len: n, style: style}
		m.role, m.wrong = p.roleOf(m, r, span, i == opened)
		if m.role != 0 {
			p.marks = append(p.marks, m)
			if m.role == opens {
				opened = i + n
			}
		}
		i += n
	}
}

// doubled reports whether rest begins with a double mark that is typed as two single ones of glyph r. Two curly ones only
// close what a double mark opened.
func (p *pairer) doubled(r rune, rest string) bool {
	if r != '\'' && r != '`' && !(r == '’' && p.doubleOpen()) {
		return false
	}
	n := 1
	for glyph := string(r); n < 4 && strings.HasPrefix(rest[n*len(glyph):], glyph); n++ {
	}
	return n > 1 && !(n == 3 && r != '`') // the law,''' : the inner quotation closes first
}

func styleOf(r rune, double bool) annot.Style {
	if double {
		return annot.TeX
	}
	switch r {
	case '"':
		return annot.StraightDouble
	case '\'', '`':
		return annot.StraightSingle
	case '“', '”', '‟':
		return annot.CurlyDouble
	case '‘', '’', '‛':
		return annot.CurlySingle
	case '„':
		return annot.LowHigh
	case '«', '»':
		return annot.Guillemet
	case '‹', '›':
		return annot.SingleGuillemet
	case '「', '」', '『', '』':
		return annot.Corner
	}
	return annot.NoStyle
}

// roleOf decides by its glyph and its neighbours whether the mark m (of glyph r) opens or closes.
func (p *pairer) roleOf(m mark, r rune, span annot.Span, afterOpener bool) (role, bool) {
	text := p.d.Text
	prev, _ := utf8.DecodeLastRuneInString(text[span.Start:m.start])
	next, _ := utf8.DecodeRuneInString(text[m.start+m.len : span.End])
	atStart, atEnd := m.start == span.Start, m.start+m.len == span.End
	gap := atStart || unicode.IsSpace(prev)
	left := gap || afterOpener || strings.ContainsRune("([{—–-/:;,", prev)              // room for an opener before it
	right := atEnd || unicode.IsSpace(next) || strings.ContainsRune(".,;:?!)]}…", next) // room for a closer after it
	switch r {
	case '“', '‟':
		if p.lastOpen(annot.LowHigh) || right && !left {
			return closes, false // „Wir bleiben“, or typed the wrong way round: no“ he said
		}
		return opens, false
	case '”':
		if !right && (gap || afterOpener) {
			return opens, true // ”We are ready,”
		}
		return closes, false
	case '„', '«', '‹', '「', '『':
		return opens, false
	case '»', '›', '」', '』':
		return closes, false
	case '`':
		if left && !right {
			return opens, false
		}
		return 0, false
	case '"':
		return p.straight(m, prev, left, right, gap), false
	case '\'':
		if m.style == annot.TeX {
			return p.straight(m, prev, left, right, gap), false
		}
	case '’':
		if m.style == annot.TeX {
			return closes, false
		}
	}
	return p.single(m, r, prev, next, span, left, right), false
}

// lastOpen reports whether a mark of the style is open, as far as the last few marks tell.
func (p *pairer) lastOpen(s annot.Style) bool {
	for k := len(p.marks) - 1; k >= 0 && k >= len(p.marks)-4; k-- {
		switch {
		case p.marks[k].style == s:
			return true
		case p.marks[k].style == annot.CurlyDouble && p.marks[k].role == closes:
			return false
		}
	}
	return false
}

// straight decides on " and ”: the neighbours tell the direction; where they do not, what is open will.
func (p *pairer) straight(m mark, prev rune, left, right, gap bool) role {
	switch {
	case prev >= '0' && prev <= '9' && !p.doubleOpen():
		return 0 // 6'2": inches, seconds
	case gap && right, !left && !right, left && !right && !gap:
		return either
	case left && !right:
		return opens
	}
	return closes
}

// doubleOpen reports whether a double mark is open, as the last one tells.
func (p *pairer) doubleOpen() bool {
	for k := len(p.marks) - 1; k >= 0 && k >= len(p.marks)-8; k-- {
		if mixable(p.marks[k].style) {
			return p.marks[k].role != closes
		}
	}
	return false
}

// single decides on ‘ ’ and ', which are apostrophes more often than marks.
func (p *pairer) single(m mark, r, prev, next rune, span annot.Span, left, right bool) role {
	wordBefore := m.start > span.Start && (unicode.IsLetter(prev) || unicode.IsDigit(prev))
	end := m.start + m.len
	wordAfter := end < span.End && (unicode.IsLetter(next) || unicode.IsDigit(next))
	if wordBefore && wordAfter {
		return 0 // it’s
	}
	right = right || strings.ContainsRune("\"”’'", next)
	if r == '‘' || r == '\'' && left && !right && prev != ',' {
		if wordBefore || end == span.End || unicode.IsSpace(next) || p.elision(end, span.End) {
			return 0 // ’em, ’87
		}
		return opens
	}
	switch {
	case m.start == span.Start, unicode.IsSpace(prev), wordAfter:
		return 0 // ’Twas, or a mark that is alone
	case strings.ContainsRune("sSnxz", prev) && unicode.IsSpace(next) && end < span.End:
		return closes | weak
	}
	return closes
}

// elision reports whether the letters from i on form an elision: em, tis, 87.
func (p *pairer) elision(i, end int) bool {
	j := i
	for j < end && j < i+12 {
		r, n := utf8.DecodeRuneInString(p.d.Text[j:end])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		j += n
	}
	w := p.d.Text[i:j]
	if len(w) >= 2 && w[0] >= '0' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9' && (len(w) == 2 || w[2:] == "s") {
		return true
	}
	return w != "" && p.set.Classes(w)&rules.Elision != 0
}
