package main

import (
	"encoding/json"
	"io"
	"math"
	"strconv"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// explanationSchema is the first key of what explain writes as JSON. docs/explain.md says what the keys mean; every key is
// always present, and a missing value is null or [].
const explanationSchema = "quoth/explanation/1"

type explanationRecord struct {
	Schema      string          `json:"schema"`
	DocID       string          `json:"doc_id"`
	Source      output.Source   `json:"source"`
	Offsets     string          `json:"offsets"`
	At          *placeRecord    `json:"at"`
	Quotes      []quoteRecord   `json:"quotes"`
	QuotedSpans []noQuoteRecord `json:"quoted_spans"`
	Tool        output.Tool     `json:"tool"`
}

type placeRecord struct {
	Offset   int              `json:"offset"`
	Zone     *string          `json:"zone"`
	Sentence *output.Sentence `json:"sentence"`
	Mention  *mentionRecord   `json:"mention"`
	Nearest  *nearestRecord   `json:"nearest"`
}

type mentionRecord struct {
	output.Mention
	Type     string  `json:"type"`
	EntityID *string `json:"entity_id"`
}

type nearestRecord struct {
	QuoteID  *string     `json:"quote_id"`
	Span     output.Span `json:"span"`
	Distance int         `json:"distance"`
}

type quoteRecord struct {
	Quote      output.Quote      `json:"quote"`
	Signs      []string          `json:"signs"`
	DecidedBy  string            `json:"decided_by"`
	FirstSieve *string           `json:"first_sieve"`
	Candidates []candidateRecord `json:"candidates"`
	Naming     namingRecord      `json:"naming"`
	Sieves     []sieveRecord     `json:"sieves"`
}

type candidateRecord struct {
	Chosen bool     `json:"chosen"`
	Share  *float64 `json:"share"`
	answerRecord
	ProposedBy []string `json:"proposed_by"`
	Signs      []string `json:"signs"`
}

type answerRecord struct {
	Mention *output.Span `json:"mention"`
	Cue     *output.Span `json:"cue"`
	Rule    string       `json:"rule"`
	Nobody  bool         `json:"nobody"`
}

type namingRecord struct {
	Reason  *string        `json:"reason"`
	Persons []personRecord `json:"persons"`
}

type personRecord struct {
	EntityID string   `json:"entity_id"`
	Name     string   `json:"name"`
	Score    float64  `json:"score"`
	Fits     bool     `json:"fits"`
	Signs    []string `json:"signs"`
}

type sieveRecord struct {
	Sieve  string        `json:"sieve"`
	Answer *answerRecord `json:"answer"`
	Reason *string       `json:"reason"`
}

type noQuoteRecord struct {
	output.QuotedSpan
	Reason string   `json:"reason"`
	Signs  []string `json:"signs"`
}

// writeJSON writes what the selection holds as one object.
func (x *explainedArticle) writeJSON(w io.Writer, s selection, o explainRequest, tool output.Tool) error {
	record := output.New(x.d, output.Input{Source: extract.Source(x.article)}, output.Options{Offsets: o.unit, Misc: true, Tool: tool})
	b := explanations{x, record}
	out := explanationRecord{Schema: explanationSchema, DocID: record.DocID, Source: record.Source, Offsets: record.Offsets,
		At: b.place(s.place), Quotes: []quoteRecord{}, QuotedSpans: []noQuoteRecord{}, Tool: tool}
	for _, i := range s.quotes {
		out.Quotes = append(out.Quotes, b.quote(i))
	}
	for _, i := range s.spans {
		reason, signs := x.marks.NoQuote(x.d.QuotedSpans[i])
		out.QuotedSpans = append(out.QuotedSpans, noQuoteRecord{record.QuotedSpans[i], reason, signs})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// explanations makes the parts of the record.
type explanations struct {
	*explainedArticle
	record *output.Record
}

func (b explanations) span(s annot.Span) *output.Span {
	if s.IsZero() {
		return nil
	}
	return &output.Span{Start: b.units.Of(s.Start), End: b.units.Of(s.End), Text: new(b.d.Slice(s))}
}

func (b explanations) place(s *spot) *placeRecord {
	if s == nil {
		return nil
	}
	out := &placeRecord{Offset: b.units.Of(s.at), Zone: output.Optional(s.zone.String())}
	if s.sentence >= 0 {
		out.Sentence = &b.record.Sentences[s.sentence]
	}
	if s.mention >= 0 {
		m := b.d.Mentions[s.mention]
		span := b.span(m.Span)
		out.Mention = &mentionRecord{Type: m.Type.String(), Mention: output.Mention{Start: span.Start, End: span.End, Text: span.Text,
			Zone: s.zone.String(), By: m.By, Confidence: hundredths(m.Confidence)}}
		if m.Entity > 0 {
			out.Mention.EntityID = new("e" + strconv.Itoa(m.Entity))
		}
	}
	if s.distance != 0 {
		id, span := b.near(s)
		out.Nearest = &nearestRecord{output.Optional(id), *b.span(span), b.distance(s)}
	}
	return out
}

// near returns the id, if any, and the span of what is nearest to a place.
func (x *explainedArticle) near(s *spot) (string, annot.Span) {
	if s.span >= 0 {
		return "", x.d.QuotedSpans[s.span].Span
	}
	q := &x.d.Quotes[s.quote]
	for _, p := range q.Parts {
		if p.Start == s.at+s.distance || p.End-1 == s.at+s.distance {
			return "q" + strconv.Itoa(q.ID), p
		}
	}
	return "q" + strconv.Itoa(q.ID), q.Span()
}

// distance returns how far away the nearest is, in the units asked for: negative if it is before.
func (x *explainedArticle) distance(s *spot) int {
	_, span := x.near(s)
	if s.distance > 0 {
		return x.units.Of(span.Start) - x.units.Of(s.at)
	}
	return x.units.Of(span.End) - 1 - x.units.Of(s.at)
}

func (b explanations) quote(i int) quoteRecord {
	e := &b.list[i]
	out := quoteRecord{Quote: b.record.Quotes[i], Signs: b.marks.Signs(b.d.Quotes[i].Parts[0]), DecidedBy: "sieve", FirstSieve: output.Optional(e.First),
		Candidates: []candidateRecord{}, Naming: namingRecord{output.Optional(e.Name.Reason), []personRecord{}}, Sieves: []sieveRecord{}}
	if e.Ranked {
		out.DecidedBy = "ranker"
	}
	for k, c := range e.Candidates {
		r := candidateRecord{Chosen: k == 0, answerRecord: b.answer(c.Answer), ProposedBy: c.By, Signs: c.Signs}
		if e.Ranked {
			r.Share = new(math.Round(c.Share*1e4) / 1e4)
		}
		out.Candidates = append(out.Candidates, r)
	}
	for _, p := range e.Name.Persons {
		entity := ""
		if p.Entity > 0 {
			entity = "e" + strconv.Itoa(p.Entity)
		}
		out.Naming.Persons = append(out.Naming.Persons, personRecord{entity, p.Name, hundredths(p.Score), p.Fits, p.Signs})
	}
	for _, s := range e.Sieves {
		out.Sieves = append(out.Sieves, b.sieve(s))
	}
	return out
}

func (b explanations) sieve(s attribution.SieveAnswer) sieveRecord {
	r := sieveRecord{Sieve: s.Sieve, Reason: output.Optional(s.Reason)}
	if s.Answered {
		r.Answer = new(b.answer(s.Answer))
	}
	return r
}

func (b explanations) answer(a attribution.Answer) answerRecord {
	return answerRecord{b.span(a.Speaker), b.span(a.Cue), a.Rule, a.Nobody}
}

// hundredths rounds to two places; a zero has no sign.
func hundredths(x float64) float64 {
	if x = math.Round(x*100) / 100; x == 0 {
		return 0
	}
	return x
}
