package eval

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// indirectFigures are the figures of an IndirectScorer in the order of the report.
var indirectFigures = []string{
	"indirect.precision", "indirect.recall", "indirect.f1", "indirect.half", "indirect.words", "indirect.source",
	"indirect.both.precision", "indirect.both.recall", "indirect.both.f1",
}

// An IndirectScorer counts how far the indirect quotes of documents agree with gold articles. It is not safe for
// concurrent use.
//
// A content of the gold, one part of an indirect quote, and a predicted one are paired if they share a word; each is in
// one pair at most, those that agree best first. A predicted content that is in no pair is not judged where the gold has
// a marked quote of the same cue, or a discarded region: of “the fee was ‘ruinous’” the gold knows the mixed quote only.
type IndirectScorer struct {
	tally
	articles int
	rules    ruleCounts
}

// NewIndirectScorer returns a scorer that keeps the first errors of each kind, at most keep.
func NewIndirectScorer(keep int) *IndirectScorer {
	return &IndirectScorer{tally: newTally(indirectFigures, keep), rules: ruleCounts{}}
}

// A content is one part of an indirect quote.
type content struct {
	span  annot.Span
	quote *annot.Quote
	// first and end are the words that it holds, in the words of the document.
	first, end int
	pair       int // the content it is paired with, or -1
}

// contents lists the parts of the indirect quotes of a list, in the order of their ends.
func contents(quotes []annot.Quote, words []annot.Span) []content {
	var list []content
	for i := range quotes {
		if quotes[i].Kind != annot.Indirect {
			continue
		}
		for _, p := range quotes[i].Parts {
			c := content{span: p, quote: &quotes[i], pair: -1}
			c.first, _ = slices.BinarySearchFunc(words, p.Start+1, func(w annot.Span, at int) int { return cmp.Compare(w.End, at) })
			c.end, _ = slices.BinarySearchFunc(words, p.End, func(w annot.Span, at int) int { return cmp.Compare(w.Start, at) })
			list = append(list, c)
		}
	}
	return list
}

// Add scores d, which must be the annotated document of a's Text.
func (s *IndirectScorer) Add(a *gold.Article, d *annot.Document) {
	s.articles++
	var words []annot.Span
	for _, tok := range d.Tokens {
		if r, _ := utf8.DecodeRuneInString(d.Slice(tok.Span)); unicode.IsLetter(r) || unicode.IsDigit(r) {
			words = append(words, tok.Span)
		}
	}
	want, got := contents(a.Quotes, words), contents(d.Quotes, words)
	pairUp(want, got)
	for _, w := range want {
		sourced := !w.quote.Speaker.Mention.IsZero()
		s.count("indirect.recall", w.pair >= 0)
		if w.pair < 0 {
			s.count("indirect.half", false)
			if sourced {
				s.count("indirect.both.recall", false)
			}
			s.error("indirect.missed", Error{Article: a.Name, Text: clip(d.Slice(w.span)), Want: clip(d.Slice(w.quote.Speaker.Mention)) + " / " + clip(d.Slice(w.quote.Cue))})
			continue
		}
		g := got[w.pair]
		shared := min(w.end, g.end) - max(w.first, g.first)
		s.count("indirect.half", 2*shared >= w.end-w.first)
		f := s.figure("indirect.words")
		f.Right, f.Of = f.Right+2*shared, f.Of+w.end-w.first+g.end-g.first
		if sourced {
			right := sameSource(w, g)
			s.count("indirect.source", right)
			s.count("indirect.both.recall", right)
			if !right {
				s.error("indirect.source", Error{a.Name, clip(d.Slice(w.span)), clip(d.Slice(w.quote.Speaker.Mention)), clip(d.Slice(g.quote.Speaker.Mention)), g.quote.By})
			}
		}
	}
	for _, g := range got {
		r := s.rules.at(g.quote.By)
		r.Fired++
		if g.pair < 0 {
			if s.unjudged(a, d, g) {
				continue
			}
			s.count("indirect.precision", false)
			s.count("indirect.both.precision", false)
			r.judge(verdict{})
			s.error("indirect.extra", Error{a.Name, clip(d.Slice(g.span)), "", clip(d.Slice(g.quote.Speaker.Mention)) + " / " + d.Slice(g.quote.Cue), g.quote.By})
			continue
		}
		s.count("indirect.precision", true)
		if w := want[g.pair]; !w.quote.Speaker.Mention.IsZero() {
			right := sameSource(w, g)
			s.count("indirect.both.precision", right)
			r.judge(verdict{right: right, named: right})
		}
	}
}

func sameSource(w, g content) bool { return w.quote.Speaker.Mention.Overlaps(g.quote.Speaker.Mention) }

// pairUp pairs the contents that share words, those that agree best first.
func pairUp(want, got []content) {
	type match struct {
		w, g  int
		agree float64
	}
	var all []match
	for i, w := range want {
		for j, g := range got {
			if shared := min(w.end, g.end) - max(w.first, g.first); shared > 0 {
				all = append(all, match{i, j, 2 * float64(shared) / float64(w.end-w.first+g.end-g.first)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int { return cmp.Compare(b.agree, a.agree) })
	for _, m := range all {
		if want[m.w].pair < 0 && got[m.g].pair < 0 {
			want[m.w].pair, got[m.g].pair = m.g, m.w
		}
	}
}

// unjudged reports whether the gold cannot judge the content g.
func (s *IndirectScorer) unjudged(a *gold.Article, d *annot.Document, g content) bool {
	if slices.ContainsFunc(a.Discard, g.span.Overlaps) {
		return true
	}
	return slices.ContainsFunc(a.Quotes, func(q annot.Quote) bool {
		return q.Kind != annot.Indirect && (q.Cue.Overlaps(g.quote.Cue) || slices.ContainsFunc(q.Parts, func(p annot.Span) bool { return half(d.Text, g.span, p) }))
	})
}

// Report adds the scores to r.
func (s *IndirectScorer) Report(r *Report) {
	for _, name := range []string{"indirect", "indirect.both"} {
		p, rec, f := s.figure(name+".precision"), s.figure(name+".recall"), s.figure(name+".f1")
		// A pair counts once on either side; where the gold has no source, it is on neither.
		f.Right, f.Of = p.Right+rec.Right, p.Of+rec.Of
	}
	r.Figures = append(r.Figures, s.figures...)
	r.Indirect = s.rules.list()
	r.Errors = append(r.Errors, s.errorList()...)
}
