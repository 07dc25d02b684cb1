package output

import (
	"errors"
	"fmt"
)

// ErrNoText says that something needs the text of a record that has none.
var ErrNoText = errors.New("the record has no text")

// Convert returns a copy of r whose offsets count units of to. Neither record is changed by changes of the other's spans
// and lists; only Meta.Extra and the strings are shared. Where the unit changes, the record must have its text, else the
// error is ErrNoText, and each offset must lie on a boundary of code points within it. It takes time linear in the text
// and the annotations.
func Convert(r *Record, to Unit) (*Record, error) {
	from, ok := ParseUnit(r.Offsets)
	if !ok {
		return nil, recordError(r, fmt.Errorf("no unit of offsets %q; take codepoint, byte or utf16", r.Offsets))
	}
	c := &conversion{same: from == to}
	if !c.same {
		if r.Text == nil {
			return nil, recordError(r, ErrNoText)
		}
		c.from, c.to = newTable(*r.Text, from), newTable(*r.Text, to)
	}
	out := c.record(r)
	out.Offsets = to.String()
	if c.err != nil {
		return nil, recordError(r, c.err)
	}
	return out, nil
}

// A conversion leads offsets from one unit to another, by way of bytes, and keeps the first error.
type conversion struct {
	same     bool
	from, to *table
	err      error
}

func (c *conversion) offset(n int) int {
	if c.same {
		return n
	}
	i, ok := c.from.byteOffset(n)
	if !ok {
		if c.err == nil {
			c.err = fmt.Errorf("offset %d is not in the text or cuts a character", n)
		}
		return 0
	}
	return c.to.offset(i)
}

func (c *conversion) record(r *Record) *Record {
	out := *r
	out.encoded = nil
	out.Source = c.source(r.Source)
	out.Meta.Authors = append([]string(nil), r.Meta.Authors...)
	out.Paragraphs = each(r.Paragraphs, func(p Paragraph) Paragraph {
		p.Start, p.End = c.offset(p.Start), c.offset(p.End)
		return p
	})
	out.Sentences = each(r.Sentences, func(s Sentence) Sentence {
		s.Start, s.End = c.offset(s.Start), c.offset(s.End)
		return s
	})
	out.Entities = each(r.Entities, c.entity)
	out.Quotes = each(r.Quotes, c.quote)
	out.QuotedSpans = each(r.QuotedSpans, func(s QuotedSpan) QuotedSpan {
		s.Start, s.End = c.offset(s.Start), c.offset(s.End)
		return s
	})
	out.Warnings = each(r.Warnings, func(w Warning) Warning {
		if w.Start != nil {
			w.Start = new(c.offset(*w.Start))
		}
		return w
	})
	return &out
}

// source converts the places of repairs. Of an article taken out of a page they need not lie in the text, nor on a
// boundary, so the nearest boundary before them is taken.
func (c *conversion) source(s Source) Source {
	s = s.filled()
	if c.same {
		return s
	}
	for i, repair := range s.Repairs {
		n := max(0, min(repair.First, c.from.offset(len(c.from.text))))
		at, ok := c.from.byteOffset(n)
		for !ok && n > 0 {
			n--
			at, ok = c.from.byteOffset(n)
		}
		s.Repairs[i].First = c.to.offset(at)
	}
	return s
}

func (c *conversion) span(s Span) Span {
	s.Start, s.End = c.offset(s.Start), c.offset(s.End)
	return s
}

func (c *conversion) optional(s *Span) *Span {
	if s == nil {
		return nil
	}
	return new(c.span(*s))
}

func (c *conversion) entity(e Entity) Entity {
	e.Aliases = each(e.Aliases, func(s string) string { return s })
	e.Mentions = each(e.Mentions, func(m Mention) Mention {
		m.Start, m.End = c.offset(m.Start), c.offset(m.End)
		return m
	})
	return e
}

func (c *conversion) quote(q Quote) Quote {
	q.Parts = each(q.Parts, c.span)
	q.Cue = c.optional(q.Cue)
	q.Flags = each(q.Flags, func(s string) string { return s })
	if q.Speaker != nil {
		s := *q.Speaker
		s.EntityIDs = each(s.EntityIDs, func(id string) string { return id })
		s.Candidates = each(s.Candidates, func(candidate Candidate) Candidate { return candidate })
		s.Mention = c.optional(s.Mention)
		q.Speaker = &s
	}
	return q
}

// each returns a new list of what do makes of each item; [] and not nil, which would become null.
func each[T any](list []T, do func(T) T) []T {
	out := make([]T, len(list))
	for i, item := range list {
		out[i] = do(item)
	}
	return out
}
