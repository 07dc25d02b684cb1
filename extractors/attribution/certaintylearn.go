package attribution

import (
	"slices"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// named is an article whose speakers' names are known: what the certainty of names is learned from.
type named struct {
	d *annot.Document
	// quotes are those of d before any attribution.
	quotes []annot.Quote
	known  []Known
	doc    int
}

// certaintyOptions are those of the small model of names.
var certaintyOptions = boost.Options{Trees: 80, Leaves: 4, Rate: 0.08, Runs: 2}

// trainCertainty learns from the articles whose names are known how likely a speaker is right; nothing if they are all in one
// fold. The speakers of each article are chosen by the ranker that was trained without its fold.
func (t *Trainer) trainCertainty(folds []*Ranker, seed uint64) (c certainty, err error) {
	o := certaintyOptions
	o.Seed = seed
	rows := boost.Rows{Names: certaintyNames}
	var docs []int
	for i := range t.articles {
		n := &t.articles[i]
		t.namesOf(n, folds[n.doc%len(folds)], func(x certaintyRow, right bool) {
			rows.Add(x[:], right, 0)
			docs = append(docs, n.doc)
		})
	}
	if len(docs) == 0 {
		return c, nil
	}
	rows.Group = nil
	scores := make([]float64, len(docs))
	for fold := range folds {
		in := boost.Rows{Names: certaintyNames}
		for i := range docs {
			if docs[i]%len(folds) != fold {
				in.Add(rows.Row(i), rows.Right[i], 0)
			}
		}
		if len(in.Right) == 0 {
			return certainty{}, nil
		}
		in.Group = nil
		m, err := boost.Train(&in, o)
		if err != nil {
			return c, err
		}
		for i := range docs {
			if docs[i]%len(folds) == fold {
				scores[i] = boost.Sigmoid(m.Score(rows.Row(i)))
			}
		}
	}
	c.curve = boost.Isotonic(scores, rows.Right, 80)
	c.model, err = boost.Train(&rows, o)
	return c, err
}

// namesOf attributes the quotes of an article and shows the features of those speakers that the gold can judge.
func (t *Trainer) namesOf(n *named, r *Ranker, use func(x certaintyRow, right bool)) {
	d := n.d
	d.Quotes = slices.Clone(n.quotes)
	w := t.stage.sieved(d, new(segment.Tables))
	if w == nil {
		return
	}
	newRanking(w).rank(r, nil)
	seen := map[int]certaintyRow{}
	w.seen = func(q int, x certaintyRow) { seen[q] = x }
	w.resolveAll(nil)
	for q := range d.Quotes {
		x, ok := seen[q]
		k, known := match(d.Quotes[q], n.known)
		if !ok || !known || d.Quotes[q].Status != annot.Attributed || k.Speaker.Type == annot.NoSpeaker {
			continue
		}
		got := &d.Quotes[q].Speaker
		words := k.Speaker.Mention.IsZero() || got.Mention.Overlaps(k.Speaker.Mention)
		use(x, words && sameName(got.Name, k.Speaker.Name))
	}
}
