package annot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate checks every invariant that the fields of Document promise and returns all that are broken, up to a hundred,
// joined; nil if the document is sound. Each error names the layer, the index within it and what is wrong. No document
// makes it panic. It takes time linear in the text and the annotations, apart from the search for the paragraph of
// each part of a quote.
func (d *Document) Validate() error {
	v := validator{d: d}
	if !utf8.ValidString(d.Text) {
		v.fail("text is not valid UTF-8")
	}
	v.elements()
	v.paragraphs()
	v.marked()
	v.tokens()
	v.sentences()
	v.mentions()
	v.entities()
	v.quotes()
	v.quotedSpans()
	v.warnings()
	return errors.Join(v.errs...)
}

type validator struct {
	d    *Document
	errs []error
}

// fail keeps the first hundred faults; a broken stage would otherwise report one for every token.
func (v *validator) fail(format string, args ...any) {
	if len(v.errs) < 100 {
		v.errs = append(v.errs, fmt.Errorf(format, args...))
	}
}

// span checks that s is not empty, starts at least or later, lies in the text and cuts no code point.
func (v *validator) span(what string, i int, s Span, least int) bool {
	text, fault := v.d.Text, ""
	switch {
	case s.Start < 0 || s.End > len(text):
		fault = "is not within the text"
	case s.End <= s.Start:
		fault = "is empty"
	case s.Start < least:
		fault = fmt.Sprintf("is out of order: it starts before %d", least)
	case !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]):
		fault = "cuts a code point"
	default:
		return true
	}
	v.fail("%s %d: span [%d,%d) %s", what, i, s.Start, s.End, fault)
	return false
}

// named checks that an enum has a value other than the zero one, which means none.
func (v *validator) named(what string, i int, field string, value int, names []string) {
	switch {
	case value == 0:
		v.fail("%s %d: no %s", what, i, field)
	case value >= len(names):
		v.fail("%s %d: unknown %s %d", what, i, field, value)
	}
}

// A nest knows which of the spans read so far are around the next one.
type nest struct {
	spans []Span
	open  []int // indices of those that have not ended, the innermost last
}

// add returns the index of the innermost span around s, or -1, and whether s ends within it. Each span is opened and
// closed once: linear.
func (n *nest) add(s Span) (around int, within bool) {
	for len(n.open) > 0 && n.spans[n.open[len(n.open)-1]].End <= s.Start {
		n.open = n.open[:len(n.open)-1]
	}
	around, within = -1, true
	if len(n.open) > 0 {
		around = n.open[len(n.open)-1]
		within = s.End <= n.spans[around].End
	}
	n.open = append(n.open, len(n.spans))
	n.spans = append(n.spans, s)
	return around, within
}

func (v *validator) elements() {
	var around nest
	last := 0
	for i, e := range v.d.Elements {
		v.span("element", i, e.Span, last)
		last = e.Start
		v.named("element", i, "kind", int(e.Kind), elementNames[:])
		if _, within := around.add(e.Span); !within {
			v.fail("element %d: crosses the one around it", i)
		}
	}
}

func (v *validator) paragraphs() {
	end := 0
	for i, p := range v.d.Paragraphs {
		v.span("paragraph", i, p.Span, end)
		end = p.End
		v.named("paragraph", i, "zone", int(p.Zone), zoneNames[:])
	}
}

// inParagraph reports whether s lies within the paragraph with the index i.
func (v *validator) inParagraph(s Span, i int) bool {
	return i >= 0 && i < len(v.d.Paragraphs) && v.d.Paragraphs[i].Contains(s)
}

func (v *validator) marked() {
	var around nest
	last := 0
	for i, m := range v.d.Marked {
		v.span("marked", i, m.Span, last)
		last = m.Start
		if !v.inParagraph(m.Span, m.Paragraph) {
			v.fail("marked %d: does not lie in paragraph %d", i, m.Paragraph)
		}
		parent, within := around.add(m.Span)
		if !within {
			v.fail("marked %d: crosses the one around it", i)
		}
		if m.Parent != parent {
			v.fail("marked %d: parent %d, but the innermost around it is %d", i, m.Parent, parent)
		}
		if m.Open < 0 || m.Close < 0 || m.Open+m.Close > m.Len() {
			v.fail("marked %d: marks of %d and %d bytes do not fit into the span", i, m.Open, m.Close)
		}
		if m.Open+m.Close > 0 || m.Style != NoStyle { // markup quotes without marks
			v.named("marked", i, "style", int(m.Style), styleNames[:])
		}
	}
}

func (v *validator) tokens() {
	d, end := v.d, 0
	if d.Tokens == nil {
		return
	}
	for i, tok := range d.Tokens {
		if !v.span("token", i, tok.Span, end) {
			continue
		}
		v.blank(end, tok.Start)
		if strings.IndexFunc(d.Slice(tok.Span), unicode.IsSpace) >= 0 {
			v.fail("token %d: holds white space", i)
		}
		end = tok.End
	}
	v.blank(end, len(d.Text))
}

func (v *validator) blank(from, to int) {
	if strings.TrimSpace(v.d.Text[from:to]) != "" {
		v.fail("text [%d,%d) is in no token", from, to)
	}
}

func (v *validator) sentences() {
	d, end, tok := v.d, 0, 0
	for i, s := range d.Sentences {
		v.span("sentence", i, s.Span, end)
		end = s.End
		if !v.inParagraph(s.Span, s.Paragraph) {
			v.fail("sentence %d: does not lie in paragraph %d", i, s.Paragraph)
		}
		switch {
		case s.FirstToken != tok:
			v.fail("sentence %d: first token %d, want %d", i, s.FirstToken, tok)
		case s.EndToken <= s.FirstToken || s.EndToken > len(d.Tokens):
			v.fail("sentence %d: tokens [%d,%d) are none, or more than there are", i, s.FirstToken, s.EndToken)
		case d.Tokens[s.FirstToken].Start != s.Start || d.Tokens[s.EndToken-1].End != s.End:
			v.fail("sentence %d: does not start and end with its tokens", i)
		}
		tok = s.EndToken
	}
	if tok != len(d.Tokens) {
		v.fail("tokens from %d on are in no sentence", tok)
	}
}

func (v *validator) mentions() {
	d, end := v.d, 0
	for i, m := range d.Mentions {
		v.span("mention", i, m.Span, end)
		end = m.End
		v.named("mention", i, "type", int(m.Type), typeNames[:])
		if m.Entity < 0 || m.Entity > len(d.Entities) {
			v.fail("mention %d: no entity %d", i, m.Entity)
		}
		v.decision("mention", i, m.By, m.Confidence)
	}
}

// decision checks what a decision tells of itself. A confidence that is no number fails too.
func (v *validator) decision(what string, i int, by string, confidence float64) {
	if by == "" {
		v.fail("%s %d: decided by nothing", what, i)
	}
	if !(confidence >= 0 && confidence <= 1) {
		v.fail("%s %d: confidence %v is not between 0 and 1", what, i, confidence)
	}
}

func (v *validator) entities() {
	d := v.d
	listed := make([]bool, len(d.Mentions))
	for i, e := range d.Entities {
		v.id("entity", i, e.ID)
		v.named("entity", i, "type", int(e.Type), typeNames[:])
		if e.Name == "" {
			v.fail("entity %d: no name", i)
		}
		if len(e.Mentions) == 0 {
			v.fail("entity %d: no mention", i)
		}
		if !slices.IsSorted(e.Aliases) {
			v.fail("entity %d: aliases are not sorted", i)
		}
		last := -1
		for _, m := range e.Mentions {
			if m <= last || m >= len(d.Mentions) || d.Mentions[m].Entity != i+1 {
				v.fail("entity %d: mention %d is out of order or of another entity", i, m)
				break
			}
			last, listed[m] = m, true
		}
	}
	for i, m := range d.Mentions {
		if m.Entity > 0 && m.Entity <= len(d.Entities) && !listed[i] {
			v.fail("mention %d: entity %d does not list it", i, m.Entity)
		}
	}
}

func (v *validator) id(what string, i, id int) {
	if id != i+1 {
		v.fail("%s %d: ID %d, want %d", what, i, id, i+1)
	}
}

func (v *validator) quotes() {
	d, start := v.d, 0
	for i := range d.Quotes {
		q := &d.Quotes[i]
		v.id("quote", i, q.ID)
		v.named("quote", i, "kind", int(q.Kind), kindNames[:])
		v.named("quote", i, "zone", int(q.Zone), zoneNames[:])
		v.parts(i, q.Parts, start)
		if len(q.Parts) > 0 {
			start = q.Parts[0].Start
		}
		if q.Parent < 0 || q.Parent > len(d.Quotes) {
			v.fail("quote %d: no parent %d", i, q.Parent)
		}
		if q.Parent == i+1 {
			v.fail("quote %d: is its own parent", i)
		}
		if q.Status != NoStatus {
			v.attribution(i, q.Attribution)
		}
	}
}

// parts checks the parts of a quote; least is where the quote before starts.
func (v *validator) parts(i int, parts []Span, least int) {
	if len(parts) == 0 {
		v.fail("quote %d: no part", i)
	}
	for _, p := range parts {
		v.span("part of quote", i, p, least)
		least = p.End
		after, _ := slices.BinarySearchFunc(v.d.Paragraphs, p.Start+1, byStart)
		if !v.inParagraph(p, after-1) {
			v.fail("part of quote %d: span [%d,%d) does not lie in one paragraph", i, p.Start, p.End)
		}
	}
}

func byStart(p Paragraph, start int) int { return cmp.Compare(p.Start, start) }

func (v *validator) attribution(i int, a Attribution) {
	v.named("attribution of quote", i, "status", int(a.Status), statusNames[:])
	v.decision("attribution of quote", i, a.By, a.Confidence)
	sp := a.Speaker
	if !a.Cue.IsZero() {
		v.span("cue of quote", i, a.Cue, 0)
	}
	if !sp.Mention.IsZero() {
		v.span("speaker mention of quote", i, sp.Mention, 0)
	}
	if a.Status == Attributed {
		v.named("speaker of quote", i, "type", int(sp.Type), speakerNames[:])
		if sp.Mention.IsZero() {
			v.fail("speaker of quote %d: no mention", i)
		}
	}
	if a.Status == Ambiguous && sp.Name != "" {
		v.fail("speaker of quote %d: ambiguous, with the name %q", i, sp.Name)
	}
	if a.Status == Ambiguous && len(sp.Candidates) < 2 {
		v.fail("speaker of quote %d: ambiguous, with %d candidates", i, len(sp.Candidates))
	}
	for _, id := range sp.Entities {
		v.known("speaker of quote", i, id)
	}
	for _, c := range sp.Candidates {
		v.known("candidate of quote", i, c.Entity)
	}
}

// known checks that an entity has the ID.
func (v *validator) known(what string, i, id int) {
	if id < 1 || id > len(v.d.Entities) {
		v.fail("%s %d: no entity %d", what, i, id)
	}
}

func (v *validator) quotedSpans() {
	last := 0
	for i, s := range v.d.QuotedSpans {
		v.span("quoted span", i, s.Span, last)
		last = s.Start
		v.named("quoted span", i, "reason", int(s.Why), whyNames[:])
	}
}

func (v *validator) warnings() {
	for i, w := range v.d.Warnings {
		if w.Code == "" {
			v.fail("warning %d: no code", i)
		}
		if w.Start < -1 || w.Start > len(v.d.Text) {
			v.fail("warning %d: offset %d is not within the text", i, w.Start)
		}
	}
}
