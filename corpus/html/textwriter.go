package html

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// maxInline bounds how deep elements within a line nest; what is deeper is read as plain text. Each block opens them again.
const maxInline = 8

// A textWriter makes text and elements of what a page shows. Every block ends with one LF, and white space is collapsed as
// a browser does. A block is a run of words that nothing but line breaks divides: it becomes a BlockElement.
type textWriter struct {
	text     strings.Builder
	elements []annot.Element
	// outer are the open elements that hold blocks, inline those within a line, from the outside in.
	outer, inline []openElement
	block         int  // index in elements of the block that is being written, or -1
	end           int  // the end of the last visible character
	space         bool // white space is due before the next character
	breaks        int  // line breaks that are due
	plain         int  // how many open elements keep their white space
}

// An openElement is begun when its first character is written: index is -1 until then.
type openElement struct {
	kind  annot.ElementKind
	index int
}

func newTextWriter() *textWriter { return &textWriter{block: -1} }

// open begins an element that holds blocks, openInline one within a line. close and closeInline end the innermost.
func (w *textWriter) open(kind annot.ElementKind) {
	w.endBlock()
	w.outer = append(w.outer, openElement{kind, -1})
}

func (w *textWriter) close() {
	w.endBlock()
	last := len(w.outer) - 1
	w.finish(w.outer[last])
	w.outer = w.outer[:last]
}

func (w *textWriter) openInline(kind annot.ElementKind) bool {
	if len(w.inline) == maxInline {
		return false
	}
	w.inline = append(w.inline, openElement{kind, -1})
	return true
}

func (w *textWriter) closeInline() {
	last := len(w.inline) - 1
	w.finish(w.inline[last])
	w.inline = w.inline[:last]
}

func (w *textWriter) finish(e openElement) {
	if e.index >= 0 {
		w.elements[e.index].End = w.end
	}
}

// endBlock ends the block that is being written, if there is one. Elements within its line end with it, and go on in the
// next block.
func (w *textWriter) endBlock() {
	w.space, w.breaks = false, 0
	if w.block < 0 {
		return
	}
	w.elements[w.block].End = w.end
	if w.plain > 0 {
		w.elements[w.block].Kind = annot.NoElement
	}
	w.block = -1
	for i := range w.inline {
		w.finish(w.inline[i])
		w.inline[i].index = -1
	}
	w.text.WriteByte('\n')
}

// lineBreak writes a <br>: two of them begin a new block.
func (w *textWriter) lineBreak() {
	if w.block >= 0 {
		w.breaks++
	}
}

// write writes text of the page.
func (w *textWriter) write(s string) {
	for len(s) > 0 {
		switch c := s[0]; {
		case c == '\n' && w.plain > 0:
			w.preserved('\n')
			s = s[1:]
		case c == '\t' && w.plain > 0:
			w.preserved('\t')
			s = s[1:]
		case c == ' ' && w.plain > 0:
			w.preserved(' ')
			s = s[1:]
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f':
			w.space = true
			s = s[1:]
		default:
			n := strings.IndexAny(s, " \n\t\r\f")
			if n < 0 {
				n = len(s)
			}
			w.word(s[:n])
			s = s[n:]
		}
	}
}

// preserved writes white space that is kept. It begins no block.
func (w *textWriter) preserved(c byte) {
	if w.block >= 0 {
		w.text.WriteByte(c)
	}
}

// word writes characters without white space.
func (w *textWriter) word(s string) {
	if w.breaks >= 2 || w.breaks == 1 && BeginsSource(s) {
		w.endBlock()
	}
	switch {
	case w.block < 0:
		w.begin()
	case w.breaks > 0:
		w.text.WriteByte('\n')
	case w.space:
		w.text.WriteByte(' ')
	}
	w.space, w.breaks = false, 0
	w.start(w.inline)
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	w.text.WriteString(s)
	w.end = w.text.Len()
}

// begin begins a block, and the elements around it that have had none before.
func (w *textWriter) begin() {
	w.start(w.outer)
	w.block = len(w.elements)
	w.elements = append(w.elements, annot.Element{Kind: annot.BlockElement, Span: annot.Span{Start: w.text.Len()}})
}

// start begins those of the open elements that are still empty: always the innermost ones.
func (w *textWriter) start(open []openElement) {
	first := len(open)
	for first > 0 && open[first-1].index < 0 {
		first--
	}
	for i := first; i < len(open); i++ {
		open[i].index = len(w.elements)
		w.elements = append(w.elements, annot.Element{Kind: open[i].kind, Span: annot.Span{Start: w.text.Len()}})
	}
}

// BeginsSource reports whether a line begins with the dash that sets off the source of a quotation: — Lia Marsh.
func BeginsSource(s string) bool {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '—', '–', '―':
		return true
	}
	return strings.HasPrefix(s, "--") || s == "-"
}

// keepSpace says that white space is kept from here on, and dropSpace that it no longer is. What is written in between is no
// block: its lines tell more.
func (w *textWriter) keepSpace() {
	w.endBlock()
	w.plain++
}

func (w *textWriter) dropSpace() {
	w.endBlock()
	w.plain--
}

// result returns the text and its elements.
func (w *textWriter) result() (string, []annot.Element) {
	w.endBlock()
	w.elements = slices.DeleteFunc(w.elements, func(e annot.Element) bool { return e.Kind == annot.NoElement })
	return w.text.String(), slices.Clip(w.elements)
}
