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
	weak   // closes, but may be a plural possessive, the players’ union, or inches
	either // straight marks between two letters or two spaces: the state decides
)

// mark is a quotation mark in the text, before pairing.
type mark struct {
	start, len int
	style      annot.Style
	role       role
	wrong      bool // ” where “ should be
	escaped    bool // \" and &quot;
	doubled    bool // "" for "
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
	for _, m := range d.Marked {
		if m.Escaped {
			d.Warnings = append(d.Warnings, annot.Warning{Code: "escaped_marks",
				Message: "quotation marks are written as escapes, as in \\\" or &quot;; get the article with its own marks", Start: m.Start})
			break
		}
	}
}

// paragraph pairs the marks of paragraph i. It returns the index of the stretch that is left open at its end, or -1.
func (p *pairer) paragraph(i, before int) int {
	d := p.d
	span := d.Paragraphs[i].Span
	p.scan(span)
	p.dropField(span)
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
		Unclosed: true, WrongDirection: m.wrong, Escaped: m.escaped,
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
			if m.role&weak != 0 && m.style.Single() && p.stack[j]+1 < len(p.d.Marked) {
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
	return s == annot.CurlyDouble || s == annot.StraightDouble || s == annot.TeX || s == annot.LowHigh
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
		start += lastSentence(strings.TrimRightFunc(p.d.Text[start:m.start], unicode.IsSpace))
	}
	p.d.Marked = append(p.d.Marked, annot.Marked{
		Span: annot.Span{Start: start, End: m.start + m.len}, Close: m.len, Style: m.style, Parent: -1, Paragraph: i, NoOpener: true, Escaped: m.escaped,
	})
	p.drop = append(p.drop, false)
}

// lastSentence returns where what comes after the last full stop with white space begins in s; 0 without one.
func lastSentence(s string) int {
	for k := len(s); k > 0; {
		if k = strings.LastIndexByte(s[:k], '.'); k < 0 {
			break
		}
		if end := run(s, k+1, space); end > k+1 {
			return end
		}
	}
	return 0
}

// finish settles what is still open at the end of paragraph i. Single marks that nothing closed are apostrophes, but for
// a ‘ that opens the paragraph or a sentence of it: the next may run on with it. It returns the outermost open stretch, or -1.
func (p *pairer) finish(i, first int) int {
	d, left := p.d, -1
	for _, k := range p.stack {
		x := &d.Marked[k]
		if x.Style.Single() && !p.singleRunsOn(i, x) {
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
		if y := d.Marked[k]; !p.drop[k] && y.Style == x.Style && p.parent(k) == left {
			x.End = x.Start + len(strings.TrimRightFunc(d.Text[x.Start:y.Start], unicode.IsSpace))
			break
		}
	}
	for k := first; k < len(d.Marked); k++ {
		if p.drop[k] {
			continue // its parent leads those within it to the stretch around both
		}
		y := &d.Marked[k]
		for y.Parent >= 0 && (p.drop[y.Parent] || !d.Marked[y.Parent].Contains(y.Span)) {
			y.Parent = d.Marked[y.Parent].Parent
		}
	}
	return left
}

// parent returns the innermost stretch around stretch k that is not dropped, or -1.
func (p *pairer) parent(k int) int {
	for k = p.d.Marked[k].Parent; k >= 0 && p.drop[k]; k = p.d.Marked[k].Parent {
	}
	return k
}

// singleRunsOn reports whether the single mark of x, which nothing closed, is a ‘ that the paragraph after i repeats.
func (p *pairer) singleRunsOn(i int, x *annot.Marked) bool {
	return x.Style == annot.CurlySingle && p.nextOpensWith(i, "‘") && p.startsWords(x, p.d.Paragraphs[i].Start)
}

// startsWords reports whether the ‘ of x opens its paragraph, which starts at first, or a sentence within it: Boyd said: ‘We won.
func (p *pairer) startsWords(x *annot.Marked, first int) bool {
	i := x.Start
	if i == first {
		return true
	}
	before, n := utf8.DecodeLastRuneInString(p.d.Text[first:i])
	if !unicode.IsSpace(before) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(p.d.Text[first:i-n], unicode.IsSpace))
	next, _ := utf8.DecodeRuneInString(p.d.Text[i+x.Open:])
	return strings.ContainsRune(".?!:,’”", last) && unicode.IsUpper(next)
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
// k is the apostrophe of a plural: 'The players' union won't budge,' said Tom; or inches: “It is 12" wide,” said Tom.
func (p *pairer) laterCloser(k int) bool {
	// The look-ahead is bounded: a possessive far from the end of its quotation is rare.
	for _, m := range p.marks[k+1 : min(len(p.marks), k+1+16)] {
		if m.style != p.marks[k].style && !(mixable(m.style) && mixable(p.marks[k].style)) {
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
	text := p.d.Text[:span.End]
	opened := -1 // end of the last mark that opens, which counts as the space before the next
	for i := span.Start; i < span.End; {
		if !mayMark[text[i]] {
			i++
			continue
		}
		g := glyphAt(text, i)
		if g.len == 0 {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		n, style, doubled := g.len, styleOf(g.r), false
		switch {
		case p.twoSingles(g, text[i:]):
			n, style = 2*n, annot.TeX
		case pairAt(text, i, g):
			doubled = true
			if n *= 2; style.Single() {
				style = annot.TeX
			}
		}
		m := mark{start: i, len: n, style: style, escaped: g.escaped, doubled: doubled}
		m.role, m.wrong = p.roleOf(m, g.r, span, i == opened)
		if m.role != 0 {
			p.marks = append(p.marks, m)
			if m.role == opens {
				opened = i + n
			}
		}
		i += n
	}
}

// dropField takes away the marks around the paragraph, or at one end of it, that are those of a field in a table, within which
// all others are doubled: "Boyd said, ""We lost,"" and left."
func (p *pairer) dropField(span annot.Span) {
	last := len(p.marks) - 1
	doubled, single := 0, 0
	atEnd := func(m mark) bool { return m.start == span.Start || m.start+m.len == span.End }
	for _, m := range p.marks {
		switch {
		case m.style != annot.StraightDouble:
		case m.doubled:
			doubled++
		case !atEnd(m):
			return
		default:
			single++
		}
	}
	if doubled < 2 || single == 0 {
		return
	}
	if m := p.marks[last]; !m.doubled && atEnd(m) && m.style == annot.StraightDouble {
		p.marks = p.marks[:last]
	}
	if m := p.marks[0]; !m.doubled && atEnd(m) && m.style == annot.StraightDouble {
		p.marks = p.marks[1:]
	}
}

// twoSingles reports whether rest, which begins with g, begins with a double mark that is typed as two single ones. Two curly
// ones only close what a double mark opened.
func (p *pairer) twoSingles(g glyph, rest string) bool {
	mark := rest[:g.len]
	if mark != "'" && mark != "`" && !(mark == "’" && p.doubleOpen()) {
		return false
	}
	n := 1
	for n < 4 && strings.HasPrefix(rest[n*g.len:], mark) {
		n++
	}
	return n > 1 && !(n == 3 && g.r != '`') // the law,''' : the inner quotation closes first
}

// styleOf returns the style of a usual mark, NoStyle if r is none.
func styleOf(r rune) annot.Style {
	switch r {
	case '"':
		return annot.StraightDouble
	case '\'', '`':
		return annot.StraightSingle
	case '“', '”', '‟':
		return annot.CurlyDouble
	case '‘', '’', '‛', '‚':
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

// A setting is what stands around a mark.
type setting struct {
	prev, next     rune
	atStart, atEnd bool // of the paragraph
	afterOpener    bool
	gap            bool // white space, or nothing, stands before the mark
	left, right    bool // there is room for an opener before it, for a closer after it
}

func (p *pairer) settingOf(m mark, span annot.Span, afterOpener bool) setting {
	text, end := p.d.Text[:span.End], m.start+m.len
	s := setting{atStart: m.start == span.Start, atEnd: end == span.End, afterOpener: afterOpener}
	s.prev, _ = utf8.DecodeLastRuneInString(text[span.Start:m.start])
	s.next, _ = utf8.DecodeRuneInString(text[end:])
	if s.next == '\\' || s.next == '&' {
		if g := glyphAt(text, end); g.len > 0 {
			s.next = g.r
		}
	}
	s.gap = s.atStart || unicode.IsSpace(s.prev)
	s.left = s.gap || afterOpener || strings.ContainsRune("([{—–-/:;,", s.prev)
	s.right = s.atEnd || unicode.IsSpace(s.next) || strings.ContainsRune(".,;:?!)]}…", s.next)
	return s
}

// closesHere reports whether a mark is where only one that closes may be, with no space before it and room after it.
func (s *setting) closesHere() bool { return s.right && !s.gap && !s.afterOpener }

// roleOf decides by its glyph and its setting whether the mark m, which stands for r, opens or closes.
func (p *pairer) roleOf(m mark, r rune, span annot.Span, afterOpener bool) (role, bool) {
	s := p.settingOf(m, span, afterOpener)
	switch r {
	case '“', '‟':
		if p.lastOpen(annot.LowHigh) || s.right && !s.left || p.doubleOpen() && p.slipped(m, &s, span) {
			return closes, false // „Wir bleiben“, or typed the wrong way round: no“ he said
		}
		return opens, false
	case '”':
		if !s.right && (s.gap || afterOpener) {
			return opens, true // ”We are ready,”
		}
		return closes, false
	case '„':
		if s.closesHere() && p.doubleOpen() {
			return closes, false
		}
		return opens, false
	case '«', '‹':
		if s.closesHere() && p.isOpen(m.style) {
			return closes, false // »We are ready«
		}
		return opens, false
	case '»', '›':
		if s.left && !s.right && !p.isOpen(m.style) {
			return opens, false
		}
		return closes, false
	case '「', '『':
		return opens, false
	case '」', '』':
		return closes, false
	case '"':
		return p.straight(m, &s, span), false
	}
	if m.style == annot.TeX {
		return p.twoSinglesRole(m, r, &s, span)
	}
	return p.single(m, r, &s, span), false
}

// twoSinglesRole decides on a double mark of two single ones.
func (p *pairer) twoSinglesRole(m mark, r rune, s *setting, span annot.Span) (role, bool) {
	switch r {
	case '`', '‘', '‛':
		if s.left && !s.right {
			return opens, false
		}
		if s.closesHere() && p.doubleOpen() {
			return closes, false
		}
		return 0, false
	case '’':
		return closes, false
	}
	return p.straight(m, s, span), false
}

// slipped reports whether the mark m closes although it is typed like one that opens, or its space is on the wrong side:
// “We lost,“ said Boyd; “We lost, “ said Boyd; “We lost, “said Boyd. A double mark must be open.
func (p *pairer) slipped(m mark, s *setting, span annot.Span) bool {
	if s.right {
		return !s.atStart && !s.afterOpener
	}
	before := strings.TrimRightFunc(p.d.Text[span.Start:m.start], unicode.IsSpace)
	if !s.gap && unicode.IsLower(s.next) {
		return !s.afterOpener && strings.ContainsRune(",.!?", s.prev) // “We lost,“she said
	}
	return s.gap && strings.HasSuffix(before, ",") && p.cueAt(m.start+m.len, span.End)
}

// cueAt reports whether a reporting verb that is no imperative begins at i: said, says, asked.
func (p *pairer) cueAt(i, end int) bool {
	j := i
	for j < end && j < i+16 && kinds[p.d.Text[j]] == letter {
		j++
	}
	word := p.d.Text[i:j]
	if word == "" || !unicode.IsLower(rune(word[0])) || !strings.HasSuffix(word, "d") && !strings.HasSuffix(word, "s") {
		return false
	}
	cue := p.set.Cue(word)
	return cue != nil && cue.Class != rules.Noun
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
func (p *pairer) straight(m mark, s *setting, span annot.Span) role {
	open := p.doubleOpen()
	switch {
	case unicode.IsDigit(s.prev) && !open:
		return 0 // 6'2": inches, seconds
	case unicode.IsDigit(s.prev) && unicode.IsSpace(s.next) && !s.atEnd:
		return closes | weak // "It is 12" wide," he said.
	case s.gap && s.right && !open && m.doubled && m.style == annot.StraightDouble:
		return 0 // ""
	case s.gap && !s.right && open && p.slipped(m, s, span):
		return closes
	case s.gap && s.right, !s.left && !s.right, s.left && !s.right && !s.gap && !s.afterOpener:
		return either
	case s.left && !s.right:
		return opens
	}
	return closes
}

// isOpen reports whether a mark of the style is open, as the last one tells.
func (p *pairer) isOpen(style annot.Style) bool {
	for k := len(p.marks) - 1; k >= 0 && k >= len(p.marks)-8; k-- {
		if p.marks[k].style == style {
			return p.marks[k].role&opens != 0
		}
	}
	return false
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
func (p *pairer) single(m mark, r rune, s *setting, span annot.Span) role {
	wordBefore := !s.atStart && (unicode.IsLetter(s.prev) || unicode.IsDigit(s.prev))
	wordAfter := !s.atEnd && (unicode.IsLetter(s.next) || unicode.IsDigit(s.next))
	if wordBefore && wordAfter {
		return 0 // it’s
	}
	right := s.right || strings.ContainsRune("\"”’'", s.next)
	switch {
	case r == '‚' || r == '`' && !s.closesHere():
		if s.left && !right {
			return opens
		}
		return 0
	case r == '`' && !(strings.ContainsRune(",.!?…", s.prev) && p.isOpen(m.style)):
		return 0
	case r == '‘' && s.closesHere() && p.isOpen(m.style): // ‘We lost,‘ said Boyd
	case r == '‘' || r == '\'' && s.left && !right && s.prev != ',':
		if wordBefore || s.atEnd || unicode.IsSpace(s.next) || p.elision(m.start+m.len, span.End) {
			return 0 // ’em, ’87
		}
		return opens
	}
	switch {
	case s.gap, wordAfter:
		return 0 // ’Twas, or a mark that is alone
	case strings.ContainsRune("sSnxz", s.prev) && unicode.IsSpace(s.next) && !s.atEnd:
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
