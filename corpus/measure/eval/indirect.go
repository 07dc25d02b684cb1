package eval

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
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
// The content of an indirect quote of the gold and that of a predicted one are paired if they share a word; each is in one
// pair at most: those of the same source first, and of them those that agree best. A predicted content that is in no pair is not judged where the gold has
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

// A content is what an indirect quote says.
type content struct {
	quote *annot.Quote
	// parts are ranges of the document's words; words is how many they hold.
	parts [][2]int
	words int
	pair  int // the content it is paired with, or -1
}

// contents lists the contents of the indirect quotes of a list.
func contents(quotes []annot.Quote, words []annot.Span) []content {
	var list []content
	for i := range quotes {
		if quotes[i].Kind != annot.Indirect {
			continue
		}
		c := content{quote: &quotes[i], pair: -1}
		for _, p := range quotes[i].Parts {
			first, _ := slices.BinarySearchFunc(words, p.Start+1, func(w annot.Span, at int) int { return cmp.Compare(w.End, at) })
			end, _ := slices.BinarySearchFunc(words, p.End, func(w annot.Span, at int) int { return cmp.Compare(w.Start, at) })
			if end > first {
				c.parts = append(c.parts, [2]int{first, end})
				c.words += end - first
			}
		}
		list = append(list, c)
	}
	return list
}

// shared returns how many words two contents have in common.
func shared(a, b *content) int {
	n := 0
	for _, p := range a.parts {
		for _, q := range b.parts {
			n += max(0, min(p[1], q[1])-max(p[0], q[0]))
		}
	}
	return n
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
	for i := range want {
		w := &want[i]
		sourced := !w.quote.Speaker.Mention.IsZero()
		s.count("indirect.recall", w.pair >= 0)
		if w.pair < 0 {
			s.count("indirect.half", false)
			if sourced {
				s.count("indirect.both.recall", false)
			}
			s.error("indirect.missed", Error{Article: a.Name, Text: clip(d.Slice(w.quote.Parts[0])), Want: clip(d.Slice(w.quote.Speaker.Mention)) + " / " + clip(d.Slice(w.quote.Cue))})
			continue
		}
		g := &got[w.pair]
		n := shared(w, g)
		s.count("indirect.half", 2*n >= w.words)
		f := s.figure("indirect.words")
		f.Right, f.Of = f.Right+2*n, f.Of+w.words+g.words
		if sourced {
			right := sameSource(w, g)
			s.count("indirect.source", right)
			s.count("indirect.both.recall", right)
			if !right {
				s.error("indirect.source", Error{a.Name, clip(d.Slice(w.quote.Parts[0])), clip(d.Slice(w.quote.Speaker.Mention)), clip(d.Slice(g.quote.Speaker.Mention)), g.quote.By})
			}
		}
	}
	for i := range got {
		g := &got[i]
		r := s.rules.at(g.quote.By)
		r.Fired++
		if g.pair < 0 {
			if s.unjudged(a, d, g) {
				continue
			}
			s.count("indirect.precision", false)
			s.count("indirect.both.precision", false)
			r.judge(verdict{})
			s.error("indirect.extra", Error{a.Name, clip(d.Slice(g.quote.Parts[0])), "", clip(d.Slice(g.quote.Speaker.Mention)) + " / " + d.Slice(g.quote.Cue), g.quote.By})
			continue
		}
		s.count("indirect.precision", true)
		if w := &want[g.pair]; !w.quote.Speaker.Mention.IsZero() {
			right := sameSource(w, g)
			s.count("indirect.both.precision", right)
			r.judge(verdict{right: right, named: right})
		}
	}
}

func sameSource(w, g *content) bool { return w.quote.Speaker.Mention.Overlaps(g.quote.Speaker.Mention) }

// pairUp pairs the contents that share words, those of the same source first and of them those that agree best.
func pairUp(want, got []content) {
	type match struct {
		w, g   int
		source bool
		agree  float64
	}
	var all []match
	for i := range want {
		for j := range got {
			if n := shared(&want[i], &got[j]); n > 0 {
				all = append(all, match{i, j, sameSource(&want[i], &got[j]), 2 * float64(n) / float64(want[i].words+got[j].words)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		if a.source != b.source {
			if a.source {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.agree, a.agree)
	})
	for _, m := range all {
		if want[m.w].pair < 0 && got[m.g].pair < 0 {
			want[m.w].pair, got[m.g].pair = m.g, m.w
		}
	}
}

// unjudged reports whether the gold cannot judge the content g.
func (s *IndirectScorer) unjudged(a *gold.Article, d *annot.Document, g *content) bool {
	if slices.ContainsFunc(a.Discard, g.quote.Span().Overlaps) {
		return true
	}
	return slices.ContainsFunc(a.Quotes, func(q annot.Quote) bool {
		return q.Kind != annot.Indirect && (q.Cue.Overlaps(g.quote.Cue) || slices.ContainsFunc(q.Parts, func(p annot.Span) bool { return half(d.Text, g.quote.Parts[0], p) }))
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
