package segment

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// blocks appends the paragraphs of a document with elements to dst: its blocks, the outermost of those that nest, and where
// no block is those of paragraphs.
func blocks(d *annot.Document, dst []annot.Paragraph) []annot.Paragraph {
	at := 0
	between := func(end int) {
		first := len(dst)
		dst = append(dst, paragraphs(d.Text[at:end], nil)...)
		for i := first; i < len(dst); i++ {
			dst[i].Start += at
			dst[i].End += at
		}
	}
	for _, e := range d.Elements {
		if e.Kind != annot.BlockElement || e.Start < at {
			continue
		}
		between(e.Start)
		at = e.End
		if s := trim(d.Text, e.Span); s.Len() > 0 {
			dst = append(dst, annot.Paragraph{Span: s, Zone: annot.Body})
		}
	}
	between(len(d.Text))
	return dst
}

// trim returns s without white space at its ends.
func trim(text string, s annot.Span) annot.Span {
	body := strings.TrimRightFunc(text[s.Start:s.End], unicode.IsSpace)
	s.End = s.Start + len(body)
	s.Start = s.End - len(strings.TrimLeftFunc(body, unicode.IsSpace))
	return s
}

// marked sets the zones of paras, which lie within the elements of d, and returns them. What the elements say goes before
// what the words look like.
func (z *zoner) marked(d *annot.Document, paras []annot.Paragraph) []annot.Paragraph {
	paras = z.lineZones(d.Text, paras)
	var open []annot.Element // the elements around
	next, heading := 0, false
	for i := range paras {
		p := &paras[i]
		for ; next < len(d.Elements) && d.Elements[next].Start <= p.Start; next++ {
			e := d.Elements[next]
			for len(open) > 0 && open[len(open)-1].End <= e.Start {
				open = open[:len(open)-1]
			}
			open = append(open, e)
		}
		for len(open) > 0 && open[len(open)-1].End <= p.Start {
			open = open[:len(open)-1]
		}
		// Elements nest: the innermost that says something decides, and it is looked for among a few.
		for k := len(open) - 1; k >= max(0, len(open)-maxDepth); k-- {
			if zone := zoneOf(open[k], *p); zone != annot.NoZone {
				p.Zone = zone
				break
			}
		}
		heading = heading || p.Zone == annot.Headline
	}
	if !heading {
		z.headline(d.Text, paras)
	}
	return paras
}

// zoneOf returns the zone that a paragraph has because it lies in e, or NoZone.
func zoneOf(e annot.Element, p annot.Paragraph) annot.Zone {
	if !e.Contains(p.Span) {
		return annot.NoZone
	}
	switch {
	case e.Kind == annot.HeadingElement && p.Zone == annot.Body:
		return annot.Headline
	case e.Kind == annot.BylineElement:
		return annot.Byline
	case e.Kind == annot.CaptionElement:
		return annot.Caption
	case e.Kind == annot.BlockQuoteElement || e.Kind == annot.CiteElement:
		return annot.Body // whatever the words look like: “Corrections will follow.”
	}
	return annot.NoZone
}

// markInline adds the inline quotes of the elements to the stretches between marks: stretches without marks. An inline quote
// that is in marks, holds words in marks and nothing else, or crosses marks or a paragraph is none: the marks say the same.
func markInline(d *annot.Document) {
	const inline = -2 // the parent of a stretch that is new
	old := len(d.Marked)
	p := 0
	for _, e := range d.Elements {
		if e.Kind != annot.InlineQuote {
			continue
		}
		s := trim(d.Text, e.Span)
		for p < len(d.Paragraphs) && d.Paragraphs[p].End <= s.Start {
			p++
		}
		if s.Len() > 0 && p < len(d.Paragraphs) && d.Paragraphs[p].Contains(s) {
			d.Marked = append(d.Marked, annot.Marked{Span: s, Parent: inline, Paragraph: p})
		}
	}
	if len(d.Marked) == old {
		return
	}
	slices.SortStableFunc(d.Marked, func(a, b annot.Marked) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	drop := make([]bool, len(d.Marked))
	var stack []int
	for k := range d.Marked {
		m := &d.Marked[k]
		for len(stack) > 0 && d.Marked[stack[len(stack)-1]].End <= m.Start {
			stack = stack[:len(stack)-1]
		}
		for len(stack) > 0 && !drop[k] {
			top := stack[len(stack)-1]
			t := d.Marked[top]
			isNew, topNew := m.Parent == inline, t.Parent == inline
			same := t.Span == m.Span || t.Inner() == m.Span
			switch {
			case isNew && (t.End < m.End || same):
				drop[k] = true
			case topNew && (t.End < m.End || same):
				drop[top] = true
				stack = stack[:len(stack)-1]
				continue
			}
			break
		}
		if !drop[k] {
			stack = append(stack, k)
		}
	}
	reparent(d, drop)
}

// reparent removes the dropped stretches and finds the parents of the others again.
func reparent(d *annot.Document, drop []bool) {
	kept := d.Marked[:0]
	var stack []int
	for k, m := range d.Marked {
		if drop[k] {
			continue
		}
		for len(stack) > 0 && kept[stack[len(stack)-1]].End <= m.Start {
			stack = stack[:len(stack)-1]
		}
		m.Parent = -1
		for i := len(stack) - 1; i >= 0 && i > len(stack)-1-maxDepth; i-- {
			if kept[stack[i]].Contains(m.Span) {
				m.Parent = stack[i]
				break
			}
		}
		stack = append(stack, len(kept))
		kept = append(kept, m)
	}
	d.Marked = kept
}
