package annot

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate checks every invariant that the fields of Document promise and returns all that are broken, joined; nil if
// the document is sound. It takes time linear in the text and the annotations.
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
	last := 0
	for i, s := range d.QuotedSpans {
		v.span("quoted span", i, s.Span, last)
		last = s.Start
		if s.Why == NoWhy || int(s.Why) >= len(whyNames) {
			v.fail("quoted span %d has no reason", i)
		}
	}
	for i, w := range d.Warnings {
		if w.Code == "" || w.Start < -1 || w.Start > len(d.Text) {
			v.fail("warning %d: bad code or offset", i)
		}
	}
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

// span checks that s is not empty, starts at min or later, lies in the text and cuts no code point.
func (v *validator) span(what string, i int, s Span, min int) bool {
	text := v.d.Text
	if s.Start < min || s.End <= s.Start || s.End > len(text) {
		v.fail("%s %d: span [%d,%d) is empty, out of order or out of the text", what, i, s.Start, s.End)
		return false
	}
	if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		v.fail("%s %d: span [%d,%d) cuts a code point", what, i, s.Start, s.End)
		return false
	}
	return true
}

func (v *validator) elements() {
	var open []int // the ends of those around
	last := 0
	for i, e := range v.d.Elements {
		v.span("element", i, e.Span, last)
		last = e.Start
		if e.Kind == NoElement || int(e.Kind) >= len(elementNames) {
			v.fail("element %d has no kind", i)
		}
		for len(open) > 0 && open[len(open)-1] <= e.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && open[len(open)-1] < e.End {
			v.fail("element %d crosses the one around it", i)
		}
		open = append(open, e.End)
	}
}

func (v *validator) paragraphs() {
	end := 0
	for i, p := range v.d.Paragraphs {
		v.span("paragraph", i, p.Span, end)
		end = p.End
		if p.Zone == NoZone || int(p.Zone) >= len(zoneNames) {
			v.fail("paragraph %d has no zone", i)
		}
	}
}

func (v *validator) marked() {
	d, last := v.d, 0
	for i, m := range d.Marked {
		if !v.span("marked", i, m.Span, last) {
			continue
		}
		last = m.Start
		switch {
		case m.Paragraph < 0 || m.Paragraph >= len(d.Paragraphs) || !d.Paragraphs[m.Paragraph].Contains(m.Span):
			v.fail("marked %d leaves its paragraph", i)
		case m.Parent < -1 || m.Parent >= i:
			v.fail("marked %d: bad parent %d", i, m.Parent)
		case m.Parent >= 0 && !d.Marked[m.Parent].Contains(m.Span):
			v.fail("marked %d leaves its parent", i)
		case m.Open+m.Close > m.Len() || m.Open < 0 || m.Close < 0:
			v.fail("marked %d: marks longer than the span", i)
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
			v.fail("token %d holds white space", i)
		}
		end = tok.End
	}
	v.blank(end, len(d.Text))
}

func (v *validator) blank(from, to int) {
	if from < to && strings.TrimSpace(v.d.Text[from:to]) != "" {
		v.fail("text [%d,%d) is in no token", from, to)
	}
}

func (v *validator) sentences() {
	d, end, tok := v.d, 0, 0
	for i, s := range d.Sentences {
		if !v.span("sentence", i, s.Span, end) {
			continue
		}
		end = s.End
		switch {
		case s.Paragraph < 0 || s.Paragraph >= len(d.Paragraphs) || !d.Paragraphs[s.Paragraph].Contains(s.Span):
			v.fail("sentence %d leaves its paragraph", i)
		case s.FirstToken != tok || s.EndToken <= s.FirstToken || s.EndToken > len(d.Tokens):
			v.fail("sentence %d: bad token range [%d,%d)", i, s.FirstToken, s.EndToken)
		case d.Tokens[s.FirstToken].Start != s.Start || d.Tokens[s.EndToken-1].End != s.End:
			v.fail("sentence %d does not start and end with its tokens", i)
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
		if m.Type == NoType || int(m.Type) >= len(typeNames) {
			v.fail("mention %d has no type", i)
		}
		if m.Entity < 0 || m.Entity > len(d.Entities) {
			v.fail("mention %d: no entity %d", i, m.Entity)
		}
		v.decision("mention", i, m.By, m.Confidence)
	}
}

func (v *validator) decision(what string, i int, by string, confidence float64) {
	if by == "" || !(confidence >= 0 && confidence <= 1) {
		v.fail("%s %d: decided by %q with confidence %v", what, i, by, confidence)
	}
}

func (v *validator) entities() {
	d := v.d
	for i, e := range d.Entities {
		if e.ID != i+1 || e.Name == "" || e.Type == NoType || len(e.Mentions) == 0 {
			v.fail("entity %d: bad ID %d, name %q or type, or no mention", i, e.ID, e.Name)
		}
		last := -1
		for _, m := range e.Mentions {
			if m <= last || m >= len(d.Mentions) || d.Mentions[m].Entity != e.ID {
				v.fail("entity %d: mention %d out of order or not its own", i, m)
				break
			}
			last = m
		}
	}
}

func (v *validator) quotes() {
	d, start := v.d, 0
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.ID != i+1 || len(q.Parts) == 0 || q.Kind == NoKind || q.Zone == NoZone {
			v.fail("quote %d: bad ID %d, or no part, kind or zone", i, q.ID)
			continue
		}
		end := start
		for j, p := range q.Parts {
			v.span("part of quote", i, p, end)
			if end = p.End; j == 0 {
				start = p.Start
			}
		}
		if q.Parent < 0 || q.Parent > len(d.Quotes) || q.Parent == q.ID {
			v.fail("quote %d: no parent %d", i, q.Parent)
		}
		if q.Status != NoStatus {
			v.attribution(i, q)
		}
	}
}

func (v *validator) attribution(i int, q *Quote) {
	v.decision("attribution of quote", i, q.By, q.Confidence)
	sp := q.Speaker
	if !q.Cue.IsZero() {
		v.span("cue of quote", i, q.Cue, 0)
	}
	if !sp.Mention.IsZero() {
		v.span("speaker mention of quote", i, sp.Mention, 0)
	}
	if q.Status == Attributed && (sp.Type == NoSpeaker || sp.Mention.IsZero()) {
		v.fail("quote %d is attributed to nobody", i)
	}
	if q.Status == Ambiguous && (sp.Name != "" || len(sp.Candidates) < 2) {
		v.fail("quote %d is ambiguous with a name, or with fewer than two candidates", i)
	}
	for _, id := range sp.Entities {
		if id < 1 || id > len(v.d.Entities) {
			v.fail("quote %d: no entity %d", i, id)
		}
	}
}
