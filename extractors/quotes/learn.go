package quotes

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Trainer learns a Judge from articles whose quotes are known. It is not safe for concurrent use.
type Trainer struct {
	stage *Stage
	rows  boost.Rows
	// doc holds for each row the article that it is from; rule whether the rules call it a quote; clue its words.
	doc  []int
	rule []bool
	clue []clues
	docs int
	// certain counts what the rules alone decide on.
	certain Tally
}

// NewTrainer returns a trainer for the given rules.
func NewTrainer(set *rules.Set) *Trainer {
	return &Trainer{stage: New(set), rows: boost.Rows{Names: featureNames}}
}

// Add takes in a segmented article with the spans of its quotes, marks included, and the regions that nobody annotated, all as
// bytes of its text. A stretch between marks that lies in a quote by half is one, and counts weight times.
func (t *Trainer) Add(d *annot.Document, quotes, discard []annot.Span, weight float64) {
	f := t.stage.rule(d, new(segment.Tables))
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
		if f.doubtful(k) {
			f.features(&x, a, k)
			t.rows.Add(x[:], right, 0)
			t.rows.Weight = append(t.rows.Weight, weight)
			var c clues
			c.gather(f, k)
			t.clue = append(t.clue, c)
			t.doc = append(t.doc, t.docs)
			t.rule = append(t.rule, rule)
		} else {
			t.certain.add(rule, right)
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
	all := make([]int, len(t.doc))
	for i := range all {
		all[i] = i
	}
	scores := make([]float64, len(t.doc))
	for fold := range folds {
		in, others := t.split(all, folds, fold)
		j, err := t.fit(in, o, folds)
		if err != nil {
			return nil, out, fmt.Errorf("fold %d: %w", fold+1, err)
		}
		for _, i := range others {
			x := [featureCount]float32(t.rows.Row(i))
			j.clues.score(&x, &t.clue[i])
			scores[i] = j.model.Score(x[:]) + benefit(&x)
		}
	}
	least := t.threshold(scores, precision)
	out = t.outcome(scores, least)
	j, err := t.fit(all, o, folds)
	if err != nil {
		return nil, out, err
	}
	j.least = least
	return j.bytes(), out, nil
}

// split parts rows by the fold of their articles.
func (t *Trainer) split(rows []int, folds, fold int) (in, others []int) {
	nth, last := -1, -1
	for _, i := range rows {
		if t.doc[i] != last {
			nth, last = nth+1, t.doc[i]
		}
		if nth%folds == fold {
			others = append(others, i)
		} else {
			in = append(in, i)
		}
	}
	return in, others
}

// fit makes a judge from some of the rows. The trees see each row with weights of clues that did not see its article.
func (t *Trainer) fit(rows []int, o boost.Options, folds int) (*Judge, error) {
	x := make(map[int][featureCount]float32, len(rows))
	for fold := range folds {
		in, others := t.split(rows, folds, fold)
		w := learnClues(in, t.clue, t.rows.Right)
		for _, i := range others {
			row := [featureCount]float32(t.rows.Row(i))
			w.score(&row, &t.clue[i])
			x[i] = row
		}
	}
	r := boost.Rows{Names: featureNames}
	for _, i := range rows {
		row := x[i]
		r.Add(row[:], t.rows.Right[i], 0)
		r.Weight = append(r.Weight, t.rows.Weight[i])
	}
	r.Group = nil
	m, err := boost.Train(&r, o)
	return &Judge{model: m, clues: learnClues(rows, t.clue, t.rows.Right)}, err
}

// threshold returns the least score from which on the precision holds.
func (t *Trainer) threshold(scores []float64, precision float64) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	tally := t.certain
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
		all.Right += t.certain.Right
		all.Wrong += t.certain.Wrong
		all.Missed += t.certain.Missed
	}
	return out
}
