package quotes

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Trainer learns a Judge from articles whose quotes are known.
type Trainer struct {
	stage *Stage
	rows  boost.Rows
	// doc holds for each row the article that it is from; rule whether the rules call it a quote.
	doc  []int
	rule []bool
	docs int
	// certain counts the quotes that the rules alone decide on: those that are none, and those that are some.
	certain [2]int
}

// NewTrainer returns a trainer for the given rules.
func NewTrainer(set *rules.Set) *Trainer {
	return &Trainer{stage: New(set), rows: boost.Rows{Names: featureNames}}
}

// Add takes in a segmented article with the spans of its quotes, marks included, and the regions that nobody annotated. A
// stretch between marks that lies in a quote by half is one.
func (t *Trainer) Add(d *annot.Document, quotes, discard []annot.Span) {
	f := t.stage.rule(d)
	a := f.article()
	var x [featureCount]float32
	for k, m := range d.Marked {
		if m.Parent >= 0 || slices.ContainsFunc(discard, m.Overlaps) {
			continue
		}
		right := slices.ContainsFunc(quotes, func(s annot.Span) bool {
			return 2*(min(m.End, s.End)-max(m.Start, s.Start)) >= m.Len()
		})
		rule := f.verdict[k].kind != annot.NoKind
		switch {
		case f.doubtful(k):
			f.features(&x, a, k)
			t.rows.Add(x[:], right, 0)
			t.doc = append(t.doc, t.docs)
			t.rule = append(t.rule, rule)
		case rule && right:
			t.certain[1]++
		case rule:
			t.certain[0]++
		}
	}
	t.docs++
}

// A Tally counts decisions: quotes that were found, stretches that were called quotes and are none, quotes that were not found.
type Tally struct{ Right, Wrong, Missed int }

// Precision returns the share of what was called a quote that is one.
func (t Tally) Precision() float64 { return float64(t.Right) / float64(max(1, t.Right+t.Wrong)) }

// Recall returns the share of the quotes that were called so.
func (t Tally) Recall() float64 { return float64(t.Right) / float64(max(1, t.Right+t.Missed)) }

func (t *Tally) add(quote, right bool) {
	switch {
	case quote && right:
		t.Right++
	case quote:
		t.Wrong++
	case right:
		t.Missed++
	}
}

// Outcome tells how judges did on articles that they had not seen, and how the rules alone: on all stretches, and on those
// that the rules are not certain of, Doubtful in number.
type Outcome struct {
	Doubtful                             int
	Rules, Judge, RulesDoubt, JudgeDoubt Tally
}

// Train fits the judge. Its threshold is the least with which judges that were trained on the other folds have the given
// precision on all stretches that they and the rules call quotes.
func (t *Trainer) Train(o boost.Options, folds int, precision float64) ([]byte, Outcome, error) {
	var out Outcome
	right := 0
	for _, y := range t.rows.Right {
		if y {
			right++
		}
	}
	if right == 0 || right == len(t.rows.Right) {
		return nil, out, errors.New("the articles must have stretches between marks that are quotes and others that are none")
	}
	scores := make([]float64, len(t.doc))
	for fold := range folds {
		in := boost.Rows{Names: featureNames}
		for i, y := range t.rows.Right {
			if t.doc[i]%folds != fold {
				in.Add(t.rows.Row(i), y, 0)
			}
		}
		in.Group = nil
		m, err := boost.Train(&in, o)
		if err != nil {
			return nil, out, fmt.Errorf("fold %d: %w", fold+1, err)
		}
		for i := range scores {
			if t.doc[i]%folds == fold {
				scores[i] = m.Score(t.rows.Row(i))
			}
		}
	}
	least := t.threshold(scores, precision)
	out = t.outcome(scores, least)
	t.rows.Group = nil
	m, err := boost.Train(&t.rows, o)
	if err != nil {
		return nil, out, err
	}
	j := Judge{model: m, least: least}
	return j.bytes(), out, nil
}

// threshold returns the least score from which on the precision holds.
func (t *Trainer) threshold(scores []float64, precision float64) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	tally := Tally{Right: t.certain[1], Wrong: t.certain[0]}
	least := math.Inf(1)
	for n, i := range order {
		tally.add(true, t.rows.Right[i])
		if n+1 < len(order) && scores[order[n+1]] == scores[i] {
			continue
		}
		if math.IsInf(least, 1) || tally.Precision() >= precision {
			least = scores[i]
		}
	}
	return least
}

func (t *Trainer) outcome(scores []float64, least float64) Outcome {
	out := Outcome{Doubtful: len(scores)}
	for i, y := range t.rows.Right {
		out.RulesDoubt.add(t.rule[i], y)
		out.JudgeDoubt.add(scores[i] >= least, y)
	}
	out.Rules, out.Judge = out.RulesDoubt, out.JudgeDoubt
	for _, all := range []*Tally{&out.Rules, &out.Judge} {
		all.Right += t.certain[1]
		all.Wrong += t.certain[0]
	}
	return out
}
