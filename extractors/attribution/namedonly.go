package attribution

import (
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
)

// namesAlone reports whether the gold names speakers and knows no words that stand for any.
func namesAlone(known []Known) bool {
	return slices.ContainsFunc(known, func(k Known) bool { return k.Speaker.Name != "" }) &&
		!slices.ContainsFunc(known, func(k Known) bool { return k.spoken() })
}

// addNamed learns from an article whose gold names the speakers and not the words that stand for them: the words that lead to the
// right name, or rightly to none, are taken for right. A quote that none of its candidates leads there teaches nothing.
func (t *Trainer) addNamed(w *work, known []Known, weight float64) {
	said := make([]clause.Source, len(w.answers))
	for i := range w.answers {
		said[i] = w.answers[i].Source
	}
	w.names.Start(said)
	r := newRanking(w)
	last := 0
	for i := range w.D.Quotes {
		src := said[i]
		k, ok := match(w.D.Quotes[i], known)
		if ok && k.Speaker.Type != annot.UnknownSpeaker && w.open(i) {
			if right := t.named(r, i, k, last, weight); right.Form != clause.NoForm {
				src = right
			}
		}
		q := w.D.Quotes[i]
		if src.Form != clause.NoForm {
			w.names.Resolve(&q, src)
			w.names.Spoke(&q, src.First)
		}
		last = w.speaks(i, last)
	}
}

// named adds the candidates of quote q, if one leads to its speaker, and returns the first that does.
func (t *Trainer) named(w *ranking, q int, k Known, last int, weight float64) (found clause.Source) {
	list := w.gather(q)
	right := make([]bool, len(list))
	for i := range list {
		if src := list[i].Source; src.Form != clause.NoForm && sameName(w.leadsTo(q, src), k.Speaker.Name) {
			if right[i] = true; found.Form == clause.NoForm {
				found = src
			}
		}
	}
	if found.Form == clause.NoForm {
		return found
	}
	base := w.quoteRow(q, list)
	for i := range list {
		x := base
		w.features(&x, q, &list[i], last)
		t.rows.Add(x[:], right[i], len(t.doc))
		t.rows.Weight = append(t.rows.Weight, weight)
	}
	t.doc = append(t.doc, t.docs)
	t.spoken = append(t.spoken, false)
	t.weak = append(t.weak, true)
	return found
}

// sameName reports whether two speakers have the same name, or none.
func sameName(a, b string) bool { return a == b || names.Equal(a, b) }

// leadsTo returns the name that the words of src would give quote q.
func (w *work) leadsTo(q int, src clause.Source) string {
	quote := w.D.Quotes[q]
	quote.Speaker = annot.Speaker{}
	w.names.Resolve(&quote, src)
	return quote.Speaker.Name
}
