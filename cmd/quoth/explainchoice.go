package main

import (
	"fmt"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A selection is what is to be explained.
type selection struct {
	quotes []int // indices in d.Quotes
	spans  []int // indices in d.QuotedSpans
	place  *spot // where --at asked for a place
	list   bool  // a list of all is enough
}

// A spot is what a byte offset is in.
type spot struct {
	at       int
	zone     annot.Zone
	sentence int // index, or -1
	mention  int // index, or -1
	// The quote or quoted span that covers the place, or else the nearest: an index, or -1. distance is 0 if it covers it,
	// negative if it is before it.
	quote, span int
	distance    int
}

// choose finds what the options ask for.
func (x *explainedArticle) choose(o explainRequest) (s selection, err error) {
	d := x.d
	switch {
	case o.quote > 0:
		if o.quote > len(d.Quotes) {
			return s, usage("--quote q%d: no such quote; %s", o.quote, x.quotesThereAre())
		}
		s.quotes = []int{o.quote - 1}
		s.spans = x.inside(&d.Quotes[o.quote-1])
	case o.at >= 0:
		at, ok := x.units.Byte(o.at)
		if end := x.units.Of(len(d.Text)); o.at >= end {
			return s, usage("--at %d: after the end of the article, which has %s", o.at, number(end, unitName(o.unit)))
		}
		if !ok {
			return s, usage("--at %d: within a character; take the offset of its start, or count with --offsets codepoint", o.at)
		}
		s.place = x.spot(at)
		if s.place.distance == 0 {
			if s.place.span >= 0 {
				s.spans = []int{s.place.span}
			}
			if s.place.quote >= 0 {
				s.quotes = []int{s.place.quote}
			}
		}
	default:
		s.list = !o.all && !o.json
		for i := range d.Quotes {
			s.quotes = append(s.quotes, i)
		}
		for i := range d.QuotedSpans {
			s.spans = append(s.spans, i)
		}
	}
	return s, nil
}

// quotesThereAre says which ids quotes have.
func (x *explainedArticle) quotesThereAre() string {
	switch n := len(x.d.Quotes); n {
	case 0:
		return "the article has none"
	case 1:
		return "the article has q1 only"
	default:
		return fmt.Sprintf("the article has q1 to q%d", n)
	}
}

// inside returns the quoted spans within the quote's parts.
func (x *explainedArticle) inside(q *annot.Quote) (list []int) {
	for i, s := range x.d.QuotedSpans {
		for _, p := range q.Parts {
			if p.Contains(s.Span) {
				list = append(list, i)
				break
			}
		}
	}
	return list
}

// spot finds what the byte offset is in.
func (x *explainedArticle) spot(at int) *spot {
	d := x.d
	s := &spot{at: at, sentence: -1, mention: -1, quote: -1, span: -1}
	for _, p := range d.Paragraphs {
		if covers(p.Span, at) {
			s.zone = p.Zone
		}
	}
	for i, sentence := range d.Sentences {
		if covers(sentence.Span, at) {
			s.sentence = i
		}
	}
	for i, m := range d.Mentions {
		if covers(m.Span, at) {
			s.mention = i
		}
	}
	for i := range d.Quotes {
		for _, p := range d.Quotes[i].Parts {
			if covers(p, at) {
				s.quote = i
			}
		}
	}
	for i, q := range d.QuotedSpans { // the innermost is the shortest
		if covers(q.Span, at) && (s.span < 0 || q.Len() < d.QuotedSpans[s.span].Len()) {
			s.span = i
		}
	}
	if s.quote < 0 && s.span < 0 {
		x.nearest(s)
	}
	return s
}

func covers(s annot.Span, at int) bool { return s.Start <= at && at < s.End }

// nearest finds the quote or quoted span nearest to a place outside of all.
func (x *explainedArticle) nearest(s *spot) {
	best := -1
	consider := func(p annot.Span, quote, span int) {
		distance := p.Start - s.at
		if p.End <= s.at {
			distance = p.End - 1 - s.at
		}
		if size := max(distance, -distance); best < 0 || size < best {
			best, s.distance, s.quote, s.span = size, distance, quote, span
		}
	}
	for i := range x.d.Quotes {
		for _, p := range x.d.Quotes[i].Parts {
			consider(p, i, -1)
		}
	}
	for i, q := range x.d.QuotedSpans {
		consider(q.Span, -1, i)
	}
}
