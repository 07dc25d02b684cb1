package attribution

import (
	"fmt"
	"math"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Trainer learns a Ranker from articles whose quotes have known speakers. It is not safe for concurrent use.
type Trainer struct {
	stage *Stage
	rows  boost.Rows
	// doc holds for each group of rows, a quote each, the article that it is from.
	doc  []int
	docs int
	// spoken says of each group that its speaker is annotated.
	spoken []bool
	// weak says that only the name of the speaker is.
	weak     []bool
	articles []named
}

// A Known quote is one that people have annotated, in bytes of the article's text.
type Known struct {
	annot.Span
	// Speaker has what is annotated of the speaker: the Mention, zero if no words stand for him, and the Type and the Name; the Type
	// is NoSpeaker where they are not known. Without mention and name it is nobody.
	Speaker annot.Speaker
	// Elsewhere are the words beside other quotes that stand for a speaker who has a name and no mention.
	Elsewhere []annot.Span
}

// right reports whether src stands for the speaker of the quote.
func (k *Known) right(w *work, src clause.Source) bool {
	said := k.Speaker.Mention
	if src.Form == clause.NoForm {
		return said.IsZero() && k.Speaker.Name == ""
	}
	words := src.Words()
	span := w.Span(words.First, words.End)
	if !said.IsZero() {
		return span.Overlaps(said)
	}
	if src.Form == clause.Named && k.Speaker.Name != "" {
		if id := w.D.Mentions[src.Mentions[0]].Entity; id > 0 && w.D.Entities[id-1].Name == k.Speaker.Name {
			return true
		}
	}
	return slices.ContainsFunc(k.Elsewhere, span.Overlaps)
}

// spoken reports whether words of the article stand for the speaker.
func (k *Known) spoken() bool { return !k.Speaker.Mention.IsZero() || len(k.Elsewhere) > 0 }

// NewTrainer returns a trainer for attribution by the given rules.
func NewTrainer(set *rules.Set) *Trainer {
	return &Trainer{stage: New(set), rows: boost.Rows{Names: featureNames}}
}

// Add takes in an article with its quotes, which no attribution has seen yet. The trainer attributes them by the sieves
// alone, which changes d, and learns from those that overlap a known quote, each of which counts weight times. It keeps d and
// known if they tell names of speakers.
func (t *Trainer) Add(d *annot.Document, known []Known, weight float64) {
	if slices.ContainsFunc(known, func(k Known) bool { return k.Speaker.Type != annot.NoSpeaker }) {
		t.articles = append(t.articles, named{d, slices.Clone(d.Quotes), known, t.docs})
	}
	w := t.stage.sieved(d, new(segment.Tables))
	if w == nil {
		return
	}
	if namesAlone(known) {
		t.addNamed(w, known, weight)
	} else {
		t.addSpoken(w, known, weight)
	}
	t.docs++
}

// addSpoken learns from an article whose gold knows the words that stand for speakers.
func (t *Trainer) addSpoken(w *work, known []Known, weight float64) {
	r := newRanking(w)
	last := 0
	for i := range w.D.Quotes {
		if k, ok := match(w.D.Quotes[i], known); ok && w.open(i) {
			t.quote(r, i, k, last, weight)
		}
		last = w.speaks(i, last)
	}
}

// match returns the known quote that the first part of q lies in by half.
func match(q annot.Quote, known []Known) (Known, bool) {
	p := q.Parts[0]
	for _, k := range known {
		if 2*(min(p.End, k.Span.End)-max(p.Start, k.Span.Start)) >= p.Len() {
			return k, true
		}
	}
	return Known{}, false
}

func (t *Trainer) quote(w *ranking, q int, k Known, last int, weight float64) {
	list := w.gather(q)
	base := w.quoteRow(q, list)
	for i := range list {
		x := base
		w.features(&x, q, &list[i], last)
		t.rows.Add(x[:], k.right(w.work, list[i].Source), len(t.doc))
		t.rows.Weight = append(t.rows.Weight, weight)
	}
	t.doc = append(t.doc, t.docs)
	t.spoken = append(t.spoken, k.spoken())
	t.weak = append(t.weak, false)
}

// Outcome tells how a ranker did on quotes that it had not seen: how many, for how many the right speaker was among the
// candidates, how many it got right, and how many the sieves alone.
type Outcome struct{ Quotes, Possible, Right, Sieves int }

// Train fits the ranker and returns it as Open reads it: the same bytes for the same articles in the same order, options
// and folds, at least 2. Its confidences are fitted to how often rankers that were trained on the other folds are right,
// on the quotes whose speaker is annotated.
func (t *Trainer) Train(o boost.Options, folds int) ([]byte, Outcome, error) {
	var out Outcome
	if len(t.doc) == 0 {
		return nil, out, fmt.Errorf("no quote of the articles overlaps an annotated one")
	}
	var shares []float64
	var right []bool
	var rankers []*Ranker
	for fold := range folds {
		in := boost.Rows{Names: featureNames}
		for i := range t.rows.Right {
			if g := t.rows.Group[i]; t.doc[g]%folds != fold {
				in.Add(t.rows.Row(i), t.rows.Right[i], g)
				in.Weight = append(in.Weight, t.rows.Weight[i])
			}
		}
		m, err := boost.Train(&in, o)
		if err != nil {
			return nil, out, err
		}
		rankers = append(rankers, &Ranker{model: m})
		t.each(func(g, first, end int) {
			if t.doc[g]%folds != fold || t.weak[g] {
				return
			}
			share, best := t.trusted(m, first, end)
			if t.spoken[g] && t.rows.Row(best)[fNone] == 0 {
				shares = append(shares, share)
				right = append(right, t.rows.Right[best])
			}
			out.Quotes++
			possible := false
			for i := first; i < end; i++ {
				possible = possible || t.rows.Right[i]
				if t.rows.Right[i] && t.rows.Row(i)[fIsFirst] == 1 {
					out.Sieves++
				}
			}
			if possible {
				out.Possible++
			}
			if t.rows.Right[best] {
				out.Right++
			}
		})
	}
	m, err := boost.Train(&t.rows, o)
	if err != nil {
		return nil, out, err
	}
	r := Ranker{model: m, curve: boost.Isotonic(shares, right, 50)}
	r.certainty, err = t.trainCertainty(rankers, o.Seed)
	return r.bytes(), out, err
}

// each calls f for each group of rows.
func (t *Trainer) each(f func(g, first, end int)) {
	for first := 0; first < len(t.rows.Group); {
		end := first
		for end < len(t.rows.Group) && t.rows.Group[end] == t.rows.Group[first] {
			end++
		}
		f(t.rows.Group[first], first, end)
		first = end
	}
}

// trusted is best with the benefit of the doubt for what the sieves choose, as in use.
func (t *Trainer) trusted(m *boost.Model, first, end int) (float64, int) {
	share, best := t.best(m, first, end)
	top := m.Score(t.rows.Row(best))
	for i := first; i < end; i++ {
		if s := share * math.Exp(m.Score(t.rows.Row(i))-top); t.rows.Row(i)[fIsFirst] == 1 && s > share-trust {
			return s, i
		}
	}
	return share, best
}

// best returns the share of the best of the rows, and which one it is.
func (t *Trainer) best(m *boost.Model, first, end int) (float64, int) {
	best := first
	scores := make([]float64, end-first)
	for i := range scores {
		scores[i] = m.Score(t.rows.Row(first + i))
		if scores[i] > scores[best-first] {
			best = first + i
		}
	}
	sum := 0.0
	for _, s := range scores {
		sum += math.Exp(s - scores[best-first])
	}
	return 1 / sum, best
}
