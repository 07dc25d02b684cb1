package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Check tests what a JSON Schema cannot say of a record: every start and end lies in the text, and the text between
// them is the text beside them; a quote's text is its parts joined by one space, its fingerprint that of its words; the
// hash is that of the text; ids are unique and every reference leads somewhere. It returns the faults joined, the first
// hundred of them.
//
// A record without texts is checked for references and order only, and must have no text anywhere.
func Check(r *Record) error {
	c := &checker{r: r}
	unit, ok := ParseUnit(r.Offsets)
	if !ok {
		return fmt.Errorf("no unit of offsets %q; take codepoint, byte or utf16", r.Offsets)
	}
	if r.Text != nil {
		c.table = newTable(*r.Text, unit)
		if sum := sha256.Sum256([]byte(*r.Text)); hex.EncodeToString(sum[:]) != r.TextSHA256 {
			c.fail("text_sha256 is not the hash of the text")
		}
	}
	c.structure()
	c.entities()
	c.quotes()
	for i, q := range r.QuotedSpans {
		c.span(fmt.Sprintf("quoted span %d", i), Span{q.Start, q.End, q.Text})
	}
	for i, w := range r.Warnings {
		if w.Start != nil {
			c.slice(fmt.Sprintf("warning %d", i), *w.Start, *w.Start)
		}
	}
	return errors.Join(c.errs...)
}

type checker struct {
	r     *Record
	table *table // nil if the record has no text
	errs  []error
}

func (c *checker) fail(format string, args ...any) {
	if len(c.errs) < 100 {
		c.errs = append(c.errs, fmt.Errorf(format, args...))
	}
}

// slice returns the text from start to end; false, with a fault noted, if there is no such text.
func (c *checker) slice(what string, start, end int) (string, bool) {
	if start < 0 || end < start {
		c.fail("%s: start %d and end %d are out of order", what, start, end)
		return "", false
	}
	if c.table == nil {
		return "", false
	}
	i, ok := c.table.byteOffset(start)
	j, ok2 := c.table.byteOffset(end)
	if !ok || !ok2 {
		c.fail("%s: [%d,%d) is not in the text or cuts a character", what, start, end)
		return "", false
	}
	return c.table.text[i:j], true
}

func (c *checker) span(what string, s Span) {
	text, ok := c.slice(what, s.Start, s.End)
	switch {
	case (s.Text == nil) != (c.table == nil):
		c.fail("%s: texts are to be everywhere or nowhere", what)
	case ok && text != *s.Text:
		c.fail("%s: text is %q, but [%d,%d) is %q", what, *s.Text, s.Start, s.End, text)
	}
}

func (c *checker) structure() {
	for i, p := range c.r.Paragraphs {
		c.slice(fmt.Sprintf("paragraph %d", i), p.Start, p.End)
	}
	ids := map[string]bool{}
	for _, s := range c.r.Sentences {
		c.slice("sentence "+s.SentenceID, s.Start, s.End)
		c.unique(ids, s.SentenceID)
		if s.Paragraph < 0 || s.Paragraph >= len(c.r.Paragraphs) {
			c.fail("sentence %s: no paragraph %d", s.SentenceID, s.Paragraph)
		} else if p := c.r.Paragraphs[s.Paragraph]; s.Start < p.Start || s.End > p.End || s.Zone != p.Zone {
			c.fail("sentence %s leaves its paragraph or has another zone", s.SentenceID)
		}
	}
}

func (c *checker) entities() {
	ids := map[string]bool{}
	for _, e := range c.r.Entities {
		c.unique(ids, e.EntityID)
		for _, m := range e.Mentions {
			c.span("mention of "+e.EntityID, Span{m.Start, m.End, m.Text})
		}
	}
	known := func(quote, id string) {
		if !ids[id] {
			c.fail("quote %s: no entity %s", quote, id)
		}
	}
	for _, q := range c.r.Quotes {
		if q.Speaker == nil {
			continue
		}
		for _, id := range q.Speaker.EntityIDs {
			known(q.QuoteID, id)
		}
		for _, candidate := range q.Speaker.Candidates {
			if candidate.EntityID != nil {
				known(q.QuoteID, *candidate.EntityID)
			}
		}
	}
}

func (c *checker) quotes() {
	ids := map[string]bool{}
	for _, q := range c.r.Quotes {
		c.unique(ids, q.QuoteID)
	}
	for _, q := range c.r.Quotes {
		what := "quote " + q.QuoteID
		if q.ParentID != nil && (!ids[*q.ParentID] || *q.ParentID == q.QuoteID) {
			c.fail("%s: no parent %s", what, *q.ParentID)
		}
		texts := []string{}
		for _, p := range q.Parts {
			c.span(what, p)
			if p.Text != nil {
				texts = append(texts, *p.Text)
			}
		}
		switch {
		case (q.Text == nil) != (c.table == nil):
			c.fail("%s: texts are to be everywhere or nowhere", what)
		case q.Text != nil && *q.Text != strings.Join(texts, " "):
			c.fail("%s: text is not the texts of the parts, joined by a space", what)
		case q.Text != nil && !equal(q.Fingerprint, Fingerprint(texts...)):
			c.fail("%s: fingerprint is not that of its words", what)
		}
		if q.Cue != nil {
			c.span("cue of "+what, *q.Cue)
		}
		if q.Speaker != nil && q.Speaker.Mention != nil {
			c.span("speaker of "+what, *q.Speaker.Mention)
		}
	}
}

func equal(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (c *checker) unique(ids map[string]bool, id string) {
	if ids[id] {
		c.fail("two with the id %s", id)
	}
	ids[id] = true
}
