package entities

import (
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxPhrase is the number of tokens of the longest phrase looked up.
const maxPhrase = 8

// Gazetteer proposes the listed phrases, the longest at each place.
type Gazetteer struct {
	set   *rules.Set
	table *gazetteer.Table
}

// NewGazetteer returns the recognizer of the phrases in table, for pipelines without the trained tagger, which knows the
// same lists. It wants segmented documents and is safe for concurrent use.
func NewGazetteer(set *rules.Set, table *gazetteer.Table) *Gazetteer { return &Gazetteer{set, table} }

// Name returns "gazetteer".
func (g *Gazetteer) Name() string { return "gazetteer" }

// Recognize proposes the listed phrases of d.
func (g *Gazetteer) Recognize(d *annot.Document) []annot.Mention {
	return g.recognize(segment.NewView(d, g.set, nil))
}

func (g *Gazetteer) recognize(v *segment.View) []annot.Mention {
	c := newCaps(v, g.set, g.table)
	var found []annot.Mention
	for i := range v.D.Tokens {
		if !c.name[i] {
			continue
		}
		// At most maxPhrase tokens are read from each place: linear.
		if e, n := g.longest(c, i); n > 0 {
			found = append(found, annot.Mention{Span: v.Span(i, i+n), Type: e.Best, By: "gazetteer/" + lower(e.Best), Confidence: confidence(e, n)})
		}
	}
	return found
}

// longest returns the longest phrase at token i that is trusted where it stands, and its length in tokens.
func (g *Gazetteer) longest(c *caps, i int) (best gazetteer.Entry, n int) {
	v, h, fold := c.v, gazetteer.Seed, c.allCaps[i]
	if fold {
		h = gazetteer.SeedFold
	}
	for k := i; k < min(i+maxPhrase, len(v.D.Tokens)) && v.D.Tokens[k].End <= c.sentenceEnd(i); k++ {
		if fold {
			h = gazetteer.ExtendFold(h, v.Word(k))
		} else {
			h = gazetteer.Extend(h, v.Word(k))
		}
		e, ok := g.table.Phrase(h)
		if ok && e.Best != annot.MISC && g.trusted(c, e, i, k+1) {
			best, n = e, k+1-i
		}
		if !e.More {
			break
		}
	}
	return best, n
}

// trusted reports whether the entry may stand for the tokens [i, end) where they stand.
func (g *Gazetteer) trusted(c *caps, e gazetteer.Entry, i, end int) bool {
	v, n := c.v, end-i
	if !c.name[end-1] && n > 1 && !v.Is(end-1, rules.OrgSuffix) || v.Is(end-1, rules.Preposition|rules.Determiner) {
		return false
	}
	partOfName := i > 0 && c.joined(i-1, i) || end < len(v.D.Tokens) && c.joined(end-1, end)
	switch {
	case n > 2:
		return true
	case n == 2:
		return e.Weight >= 2 || !partOfName && !e.Ambiguous
	case e.Best == annot.PER:
		return false // one word names nobody for sure
	case c.titleCase[i] || c.initial[i]:
		return e.Weight >= 4 && !e.Ambiguous || e.Weight >= 6
	case partOfName:
		return e.Weight >= 5
	case i > 0 && v.Is(i-1, rules.PlacePreposition) && e.Best == annot.LOC:
		return e.Weight >= 1
	}
	return e.Weight >= 4 || e.Weight >= 3 && !e.Ambiguous
}

func confidence(e gazetteer.Entry, n int) float64 {
	p := 0.6 + 0.04*float64(e.Weight) + 0.04*float64(min(n, 3))
	if e.Ambiguous {
		p -= 0.15
	}
	return min(p, 0.98)
}

func lower(t annot.Type) string {
	return [...]string{"none", "per", "loc", "org", "misc"}[t]
}
