// Package clause reads the clauses of an article: its noun phrases, verb groups, appositions, subjects and attributions
// such as “said Ann Cole”. It names nobody and decides nothing: quotes, attribution, naming and indirect build on what it reads.
//
// A Reader belongs to one document. It reads the narration, that is the words outside of quotes, and looks a bounded number
// of tokens to each side, so that all questions together take time linear in the article.
package clause

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Reader reads the clauses of one document. It refers to the document and is not changed after New, so that it is safe for
// concurrent use as long as nobody changes the document.
type Reader struct {
	*segment.View
	// MentionOf holds for each token the mention that covers it, or -1; mentions of nationalities and those Inside a compound cover none.
	MentionOf []int32
	// FirstToken and EndToken delimit the tokens of each mention.
	FirstToken, EndToken []int
	// UnitOf holds for each token the index of its narrative sentence in Units.
	UnitOf []int32
	// Title says of each narrative sentence that its words have capitals for the look of it, as in a headline.
	Title []bool
	// QuoteOf holds for each token the index of the quote that it is part of, or -1.
	QuoteOf []int32
	// Parts holds the token ranges of each quote's parts.
	Parts [][]Tokens
}

// Tokens are the tokens [First, End), as indices in the tokens of the document.
type Tokens struct{ First, End int }

// Range returns the tokens [first, end).
func Range(first, end int) Tokens { return Tokens{first, end} }

// New returns the reader of d under the given rules. The document must have its sentences, mentions, quotes and quoted spans.
// Words between quotation marks that are no quote, as the nickname in Leonard “Rocky” Dace, belong to the narration.
//
// The tables are those of the tokens that other stages read too, or empty; they must not be nil.
func New(d *annot.Document, set *rules.Set, t *segment.Tables) *Reader {
	r := &Reader{View: t.View(d, set, words(d))}
	n := len(d.Tokens)
	r.MentionOf, r.UnitOf, r.QuoteOf = make([]int32, n), make([]int32, n), make([]int32, n)
	for i := range n {
		r.MentionOf[i], r.QuoteOf[i] = -1, -1
	}
	r.mentions()
	r.units()
	r.quotes()
	return r
}

// words returns the function that tells which marked stretches are words of the narration; nil if none is.
func words(d *annot.Document) func(mark int) bool {
	plain := map[annot.Span]bool{}
	for _, s := range d.QuotedSpans {
		if s.Why != annot.Nested {
			plain[s.Span] = true
		}
	}
	if len(plain) == 0 {
		return nil
	}
	return func(k int) bool { return plain[d.Marked[k].Span] }
}

// mentions finds the tokens of the mentions.
func (r *Reader) mentions() {
	d := r.D
	r.FirstToken, r.EndToken = make([]int, len(d.Mentions)), make([]int, len(d.Mentions))
	i := 0
	for k, m := range d.Mentions {
		for i > 0 && d.Tokens[i-1].End > m.Start {
			i-- // two names in one token: US-China
		}
		for d.Tokens[i].End <= m.Start {
			i++
		}
		first := i
		for i < len(d.Tokens) && d.Tokens[i].Start < m.End {
			i++
		}
		r.FirstToken[k], r.EndToken[k] = first, i
		if m.Type == annot.MISC || r.Inside(k) {
			continue // a nationality names no speaker, nor does a part of a compound: the Turk said, a US-led force said
		}
		for t := first; t < i; t++ {
			r.MentionOf[t] = int32(k)
		}
	}
}

// Inside reports whether mention m is a part of a hyphen compound, which names nobody itself: the US of US-led.
func (r *Reader) Inside(m int) bool {
	s := r.D.Mentions[m].Span
	return r.D.Tokens[r.FirstToken[m]].Start != s.Start || r.D.Tokens[r.EndToken[m]-1].End != s.End
}

// units finds the narrative sentence of each token.
func (r *Reader) units() {
	r.Title = make([]bool, len(r.Units))
	for u, unit := range r.Units {
		r.Title[u] = r.titleCase(unit)
		for i := unit.First; i < unit.End; i++ {
			r.UnitOf[i] = int32(u)
		}
	}
}

// titleCase reports whether most words of the unit begin with a capital.
func (r *Reader) titleCase(unit segment.Unit) bool {
	words, upper := 0, 0
	for i := unit.First; i < unit.End; i++ {
		if r.Letter(i) && r.MentionOf[i] < 0 && !r.Is(i, rules.Determiner|rules.Preposition|rules.Conjunction) {
			words++
			if r.Upper(i) {
				upper++
			}
		}
	}
	return words >= 3 && upper*10 >= words*8
}

// quotes finds the tokens of the quotes' parts. The parts of neighbouring quotes may interleave, but seldom do.
func (r *Reader) quotes() {
	d := r.D
	r.Parts = make([][]Tokens, len(d.Quotes))
	i := 0
	for k := range d.Quotes {
		for _, p := range d.Quotes[k].Parts {
			for i > 0 && d.Tokens[i-1].End > p.Start {
				i--
			}
			for i < len(d.Tokens) && d.Tokens[i].Start < p.Start {
				i++
			}
			t := Tokens{First: i}
			for ; i < len(d.Tokens) && d.Tokens[i].End <= p.End; i++ {
			}
			if t.End = i; t.End > t.First {
				t = r.withEscapes(t)
				i = t.End
				for j := t.First; j < t.End; j++ {
					r.QuoteOf[j] = int32(k)
				}
				r.Parts[k] = append(r.Parts[k], t)
			}
		}
	}
}

// withEscapes adds the marks of the part t that are written as escapes, which are no part of the quote, one token at most on each side.
func (r *Reader) withEscapes(t Tokens) Tokens {
	m := r.Outer[t.First]
	if m < 0 || !r.D.Marked[m].Escaped {
		return t
	}
	if t.First > 0 && r.Outer[t.First-1] == m {
		t.First--
	}
	if t.End < len(r.Outer) && r.Outer[t.End] == m {
		t.End++
	}
	return t
}

// Quoted reports whether token i is within a quote.
func (r *Reader) Quoted(i int) bool { return r.QuoteOf[i] >= 0 }

// Around returns the tokens of the narrative sentence of token i.
func (r *Reader) Around(i int) Tokens {
	u := r.Units[r.UnitOf[i]]
	return Tokens{u.First, u.End}
}

// Text returns the text of the tokens, of which there must be one at least, with what lies between them.
func (r *Reader) Text(t Tokens) string { return r.D.Slice(r.Span(t.First, t.End)) }

// Cite returns the words of the tokens between quotation marks, at most eight of them, for people to read. There must be one token at least.
func (r *Reader) Cite(t Tokens) string {
	more := ""
	if t.End-t.First > 8 {
		t.End, more = t.First+8, " …"
	}
	return "“" + strings.Join(strings.Fields(r.Text(t)), " ") + more + "”"
}

// MentionsBefore returns how many mentions start before token i, which is the index of the first that does not.
func (r *Reader) MentionsBefore(i int) int {
	k, _ := slices.BinarySearchFunc(r.D.Mentions, r.D.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	return k
}

// TokenAt returns the first token that starts at the byte offset or after it: the number of tokens if none does.
func (r *Reader) TokenAt(offset int) int {
	k, _ := slices.BinarySearchFunc(r.D.Tokens, offset, func(tok annot.Token, at int) int { return tok.Start - at })
	return k
}

// ZoneAt returns the zone of the last paragraph that starts at the byte offset or before it; NoZone if none does.
func (r *Reader) ZoneAt(at int) annot.Zone {
	k, found := slices.BinarySearchFunc(r.D.Paragraphs, at, func(p annot.Paragraph, at int) int { return cmp.Compare(p.Start, at) })
	if !found {
		k--
	}
	if k < 0 {
		return annot.NoZone
	}
	return r.D.Paragraphs[k].Zone
}
