package dataset

import (
	"errors"
	"fmt"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// ErrNoText is the fault of a record without text whose offsets are not those of Options.Offsets.
var ErrNoText = errors.New("the record has no text, so that its offsets cannot be converted")

// convert changes the offsets of r to the unit.
func convert(r *output.Record, unit output.Unit) error {
	from, ok := output.ParseUnit(r.Offsets)
	switch {
	case !ok:
		return fmt.Errorf("no unit of offsets %q; take codepoint, byte or utf16", r.Offsets)
	case from == unit:
		return nil
	case r.Text == nil:
		return ErrNoText
	}
	old, now := output.NewOffsets(*r.Text, from), output.NewOffsets(*r.Text, unit)
	var err error
	eachOffset(r, func(at *int) {
		b, ok := old.Byte(*at)
		if !ok {
			err = fmt.Errorf("offset %d is not in the text or cuts a character", *at)
			return
		}
		*at = now.Of(b)
	})
	r.Offsets = unit.String()
	return err
}

// eachOffset calls do with the place of every offset of r.
func eachOffset(r *output.Record, do func(*int)) {
	for i := range r.Source.Repairs {
		do(&r.Source.Repairs[i].First)
	}
	for i := range r.Paragraphs {
		do(&r.Paragraphs[i].Start)
		do(&r.Paragraphs[i].End)
	}
	for i := range r.Sentences {
		do(&r.Sentences[i].Start)
		do(&r.Sentences[i].End)
	}
	for i := range r.Warnings {
		if r.Warnings[i].Start != nil {
			do(r.Warnings[i].Start)
		}
	}
	eachSpan(r, func(start, end *int, _ **string) { do(start); do(end) })
}

// eachSpan calls do with every span of r that has a text.
func eachSpan(r *output.Record, do func(start, end *int, text **string)) {
	span := func(s *output.Span) {
		if s != nil {
			do(&s.Start, &s.End, &s.Text)
		}
	}
	for i := range r.Entities {
		for j := range r.Entities[i].Mentions {
			m := &r.Entities[i].Mentions[j]
			do(&m.Start, &m.End, &m.Text)
		}
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		for j := range q.Parts {
			span(&q.Parts[j])
		}
		span(q.Cue)
		if q.Speaker != nil {
			span(q.Speaker.Mention)
		}
	}
	for i := range r.QuotedSpans {
		s := &r.QuotedSpans[i]
		do(&s.Start, &s.End, &s.Text)
	}
}

// strip takes the texts out of r, and what the input said besides the fixed fields of meta, which may hold the text under
// another name. Offsets, hashes and names stay.
func strip(r *output.Record) {
	r.Text, r.Meta.Extra = nil, nil
	for i := range r.Quotes {
		r.Quotes[i].Text = nil
	}
	eachSpan(r, func(_, _ *int, text **string) { *text = nil })
}
