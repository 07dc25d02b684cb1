package crf

import "github.com/quoth-nlp/quoth/pipeline/annot"

// A Score counts mentions: those of the gold standard, those found, and those found with the right span and type.
type Score struct{ Gold, Found, Right int }

// F1 returns the harmonic mean of precision and recall, in percent.
func (s Score) F1() float64 {
	if s.Gold+s.Found == 0 {
		return 0
	}
	return 200 * float64(s.Right) / float64(s.Gold+s.Found)
}

// Precision returns the share of the found mentions that are right, in percent.
func (s Score) Precision() float64 { return 100 * float64(s.Right) / float64(max(1, s.Found)) }

// Recall returns the share of the gold mentions that were found, in percent.
func (s Score) Recall() float64 { return 100 * float64(s.Right) / float64(max(1, s.Gold)) }

func (s *Score) add(o Score) {
	s.Gold += o.Gold
	s.Found += o.Found
	s.Right += o.Right
}

// Scores are the scores by type.
type Scores [annot.MISC + 1]Score

// All returns the sum over all four types.
func (s *Scores) All() Score {
	sum := s.PLO()
	sum.add(s[annot.MISC])
	return sum
}

// PLO returns the sum over people, places and organizations.
func (s *Scores) PLO() Score {
	var sum Score
	sum.add(s[annot.PER])
	sum.add(s[annot.LOC])
	sum.add(s[annot.ORG])
	return sum
}

// Evaluate tags the data set and compares with its labels.
func (m *Model) Evaluate(set Dataset) Scores {
	var s Scores
	var got []Label
	for _, d := range set.Docs {
		got = m.Tag(d.Doc, got[:0])
		from := 0
		for _, end := range d.Sentences {
			s.compare(d.Labels[from:end], got[from:end])
			from = end
		}
	}
	return s
}

// compare adds the counts of a sentence. Both must be legal sequences.
func (s *Scores) compare(want, got []Label) {
	for i := range want {
		if p := want[i].Part(); p == Begin || p == Unit {
			s[want[i].Type()].Gold++
		}
		if p := got[i].Part(); p == Begin || p == Unit {
			s[got[i].Type()].Found++
			j := i
			for j < len(want) && want[j] == got[j] && (got[j].Part() == Begin || got[j].Part() == Inside) {
				j++
			}
			if j < len(want) && want[j] == got[j] && (got[j].Part() == Last || got[j].Part() == Unit) {
				s[got[i].Type()].Right++
			}
		}
	}
}
