package attribution

import (
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// bySource is what By begins with where a block quotation itself says whose words it holds. It goes before all sieves and is
// none of them: only markup has such quotations, and the ranker has seen none.
const (
	bySource         = "block-source"
	sourceConfidence = 0.95
)

// A blockPlace is where a block quotation lies with its source.
type blockPlace struct {
	annot.Element
	cite annot.Span // the first cite in it; zero if there is none
}

// findBlocks finds the place of each quote that is a block quotation of the markup: the innermost around it.
func (w *work) findBlocks() {
	d := w.D
	if d.Elements == nil {
		return
	}
	w.blocks = make([]blockPlace, len(d.Quotes))
	var all []blockPlace
	var open []int // of all
	next := 0
	until := func(at int) {
		for ; next < len(d.Elements) && d.Elements[next].Start <= at; next++ {
			e := d.Elements[next]
			for len(open) > 0 && all[open[len(open)-1]].End <= e.Start {
				open = open[:len(open)-1]
			}
			switch e.Kind {
			case annot.BlockQuoteElement, annot.SocialElement:
				open = append(open, len(all))
				all = append(all, blockPlace{Element: e})
			case annot.CiteElement:
				if len(open) > 0 && all[open[len(open)-1]].cite.IsZero() {
					all[open[len(open)-1]].cite = e.Span
				}
			}
		}
	}
	place := make([]int, len(d.Quotes)) // index of all, from 1
	for i := range d.Quotes {
		q := &d.Quotes[i]
		until(q.Parts[0].Start)
		for len(open) > 0 && all[open[len(open)-1]].End <= q.Parts[0].Start {
			open = open[:len(open)-1]
		}
		if n := len(open); n > 0 && (q.Kind == annot.Block || q.Kind == annot.Direct && w.fillsParagraphs(q)) {
			place[i] = open[n-1] + 1
		}
	}
	until(len(d.Text))
	for i, k := range place {
		if k > 0 {
			w.blocks[i] = all[k-1]
		}
	}
}

// fillsParagraphs reports whether each part of q is a paragraph of its own.
func (w *work) fillsParagraphs(q *annot.Quote) bool {
	for _, s := range q.Parts {
		k, found := slices.BinarySearchFunc(w.D.Paragraphs, s.Start, func(p annot.Paragraph, at int) int { return p.Start - at })
		if !found || w.D.Paragraphs[k].Span != s {
			return false
		}
	}
	return true
}

// blockSource reads the source that a block quotation gives: in its cite, else in what stands after its words.
func (w *work) blockSource(q int) (clause.Attribution, bool) {
	if w.blocks == nil || w.blocks[q].Kind == annot.NoElement || len(w.Parts[q]) == 0 {
		return clause.Attribution{}, false
	}
	b := w.blocks[q]
	last := w.Parts[q][len(w.Parts[q])-1].End
	first, end := last, b.End
	if !b.cite.IsZero() {
		end = b.cite.End
		first = w.TokenAt(b.cite.Start)
	}
	stop := first
	for stop < len(w.D.Tokens) && w.D.Tokens[stop].End <= end && !w.Quoted(stop) && stop-first < clause.MaxLook {
		stop++
	}
	if b.Kind == annot.SocialElement {
		if src, ok := w.account(first, stop); ok {
			return clause.Attribution{Source: src, Rule: "account"}, true
		}
	}
	for first < stop && !w.Letter(first) && w.MentionOf[first] < 0 || first < stop && segment.EqualFold(w.Word(first), "by") {
		first++
	}
	if first == stop {
		return clause.Attribution{}, false
	}
	src, ok := w.sourceAt(first, stop)
	return clause.Attribution{Source: src, Rule: "cite"}, ok
}

// subhead reports whether quote q stands in a heading within the article: what is around it is not about its speaker.
func (w *work) subhead(q int) bool {
	if w.D.Elements == nil || w.D.Quotes[q].Zone != annot.Headline || len(w.Parts[q]) == 0 {
		return false
	}
	paragraph := w.Units[w.UnitOf[w.Parts[q][0].First]].Paragraph
	return paragraph > 0 && w.D.Paragraphs[paragraph-1].Zone == annot.Body
}

// sourceAt reads a name or a description: Lia Marsh, secretary.
func (w *work) sourceAt(i, end int) (clause.Source, bool) {
	src, j, ok := w.NounPhrase(i, end)
	if ok {
		src, _ = w.Apposed(src, j, end)
	}
	switch {
	case ok && src.Form == clause.Named, ok && src.Form == clause.Nominal && w.Is(src.Head, clause.Bodies) && !src.Generic:
		return src, true
	case w.Is(i, rules.Month|rules.Weekday|rules.NumberWord):
		return clause.Source{}, false
	}
	// A name that the recognizer does not know: the capitalised words up to a comma.
	for j = i; j < end && w.Upper(j) && w.Letter(j) && j-i < 5; j++ {
	}
	if j == i || j < end && w.Letter(j) {
		return clause.Source{}, false
	}
	return clause.Source{Form: clause.Account, Tokens: clause.Range(i, j), Affiliation: -1}, true
}

// account reads the source of an embedded post: — Transit Desk (@transitdesk) May 2; A post shared by Ann Cole (@anncole).
func (w *work) account(first, end int) (clause.Source, bool) {
	for k := first; k+1 < end; k++ {
		if w.Word(k) != "(" || w.Word(k + 1)[0] != '@' {
			continue
		}
		start := first
		for i := k - 1; i >= first; i-- {
			if !w.Letter(i) && w.MentionOf[i] < 0 && isDash(w.Word(i)) || w.Word(i) == "by" {
				start = i + 1
				break
			}
		}
		if start == k {
			return clause.Source{Form: clause.Handle, Tokens: clause.Range(k+1, k+2), Affiliation: -1}, true
		}
		if m := int(w.MentionOf[start]); m >= 0 && w.FirstToken[m] == start && w.EndToken[m] == k && w.D.Mentions[m].Type != annot.LOC {
			return w.NamedSource(m), true
		}
		return clause.Source{Form: clause.Account, Tokens: clause.Range(start, k), Affiliation: -1}, true
	}
	return clause.Source{}, false
}

func isDash(word string) bool {
	switch word {
	case "—", "–", "―", "--", "-":
		return true
	}
	return false
}
