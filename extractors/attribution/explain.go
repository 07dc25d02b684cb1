package attribution

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// An Explanation tells how one quote got its speaker. All texts are English for people and may change between versions;
// the names of sieves and the structure do not.
type Explanation struct {
	// Quote is the ID of the quote, whose attribution the document holds.
	Quote int
	// Sieves are all sieves in the order in which they are asked, those of the caller first. Documents with markup
	// have one more, block-source, and roundups have one more, roundup.
	Sieves []SieveAnswer
	// First is the name of the sieve that decides where there is no ranker, "" if the caller's sieves decided.
	First string
	// Ranked says that the ranker chose among the candidates. Otherwise the sieve First did.
	Ranked bool
	// Candidates are the answers that the quote could get: first the one that was chosen, which need not have the largest
	// share, since the first sieve's answer has the benefit of the doubt. The others are sorted by falling share where the
	// ranker chose, and else in the order of trust. There is always one, unless a sieve of the caller's decided.
	Candidates []CandidateAnswer
	// Name tells how the words that stand for the speaker led to a name, or why to none.
	Name naming.Explanation
}

// A SieveAnswer is what one sieve says of a quote.
type SieveAnswer struct {
	Sieve string
	// Answered says that the sieve proposes the Answer; otherwise Reason says why it declines.
	Answered bool
	Answer   Answer
	Reason   string
}

// An Answer is who may have said a quote.
type Answer struct {
	// Speaker is the span of the words that stand for the speaker; zero if the answer is that nobody is named.
	Speaker annot.Span
	// Cue is the span of the cue; zero if there is none.
	Cue annot.Span
	// Rule is the part of annot.Attribution.By after the slash.
	Rule string
	// Nobody says that the quote gets no speaker, though the words of a Speaker may be known.
	Nobody bool
}

// A CandidateAnswer is an answer that a quote could get.
type CandidateAnswer struct {
	Answer
	// Share is what the ranker gives the answer: the shares of a quote's candidates sum to 1. It is 0 where the ranker did
	// not choose. The confidence of the quote is the calibrated share of the chosen candidate.
	Share float64
	// By says who proposes the answer: names of sieves, and the ways to collect what no sieve trusts, in words.
	By []string
	// Signs are the most telling things that the ranker knows of the candidate, in words.
	Signs []string
}

// Explain attributes the quotes of d exactly as Process does, and tells how. It returns one explanation for each quote, in
// order. Like Process it is for documents whose quotes have no attribution yet, and safe for concurrent use on different
// documents.
//
// The sieves are asked in the state of the document in which the ranker asks them, or without a ranker when all quotes
// are attributed, so that those that lean on the quotes around see their speakers.
func (s *Stage) Explain(d *annot.Document) []Explanation {
	w := s.sieved(d, new(segment.Tables))
	if w == nil {
		return nil
	}
	x := &explainer{w: w, list: make([]Explanation, len(d.Quotes))}
	for i := range x.list {
		x.list[i].Quote, x.list[i].First = d.Quotes[i].ID, w.sieve[i]
	}
	if s.ranker != nil {
		r := newRanking(w)
		w.certainty = s.ranker.names()
		r.rank(s.ranker, func(q, last int, list []proposal, best int) { x.ranked(r, q, last, list, best) })
	}
	for i := range x.list {
		if !x.list[i].Ranked {
			x.decided(i)
		}
		x.list[i].Sieves = slices.Concat(s.own(d, i), x.list[i].Sieves)
	}
	x.names()
	return x.list
}

// own asks the sieves of the caller.
func (s *Stage) own(d *annot.Document, i int) []SieveAnswer {
	var list []SieveAnswer
	for _, sv := range s.first {
		a, ok := sv.Attribute(d, d.Quotes[i])
		sa := SieveAnswer{Sieve: sv.Name(), Answered: ok, Reason: "it is not sure of the speaker"}
		if ok {
			_, rule, _ := strings.Cut(a.By, "/")
			sa.Answer, sa.Reason = Answer{Speaker: a.Speaker.Mention, Cue: a.Cue, Rule: rule, Nobody: a.Status == annot.Unattributed}, ""
		}
		list = append(list, sa)
	}
	return list
}

// explainer collects the explanations of one document.
type explainer struct {
	w    *work
	list []Explanation
}

// ask asks all sieves about quote q.
func (x *explainer) ask(q int) {
	list := make([]SieveAnswer, 0, sieveCount)
	if x.w.blocks != nil {
		sa := SieveAnswer{Sieve: bySource, Reason: "it is no block quotation that names its source"}
		if a, ok := x.w.blockSource(q); ok {
			sa.Answered, sa.Answer, sa.Reason = true, x.answer(a), ""
		}
		list = append(list, sa)
	}
	if x.w.roundup {
		sa := SieveAnswer{Sieve: byRoundup, Reason: "no line below it names a source and nothing else"}
		if a, ok := x.w.roundupSource(q); ok {
			sa.Answered, sa.Answer, sa.Reason = true, x.answer(a), ""
		}
		list = append(list, sa)
	}
	if a, ok := x.w.claim(q); ok {
		list = append(list, SieveAnswer{Sieve: byClaim, Answered: true, Answer: x.answer(a)})
	}
	for _, pass := range sieves {
		for _, sv := range pass {
			sa := SieveAnswer{Sieve: sv.name}
			if a, ok := sv.attribute(x.w, q); ok {
				sa.Answered, sa.Answer = true, x.answer(a)
			} else {
				sa.Reason = sv.decline(x.w, q)
			}
			list = append(list, sa)
		}
	}
	x.list[q].Sieves = list
}

// ranked records a choice of the ranker.
func (x *explainer) ranked(r *ranking, q, last int, list []proposal, best int) {
	e := &x.list[q]
	x.ask(q)
	e.Ranked = true
	base := r.quoteRow(q, list)
	for i := range list {
		p := &list[i]
		row := base
		r.features(&row, q, p, last)
		e.Candidates = append(e.Candidates, CandidateAnswer{Answer: x.answer(p.Attribution), Share: p.share, By: proposers(p.by),
			Signs: r.signs(&row, q, p)})
	}
	chosen := e.Candidates[best]
	e.Candidates = slices.Delete(e.Candidates, best, best+1)
	slices.SortStableFunc(e.Candidates, func(a, b CandidateAnswer) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return 0
	})
	e.Candidates = slices.Insert(e.Candidates, 0, chosen)
}

// decided records the answers for a quote whose speaker the sieves, or those of the caller, have decided.
func (x *explainer) decided(q int) {
	e := &x.list[q]
	x.ask(q)
	if e.First == "" {
		return
	}
	before := true
	for i := range e.Sieves {
		s := &e.Sieves[i]
		switch {
		case s.Sieve == e.First:
			s.Answered, s.Answer, s.Reason = true, x.answer(x.w.answers[q]), ""
			e.add(s)
			before = false
		case s.Answered && before: // it leans on quotes that were attributed later
			s.Answered, s.Answer, s.Reason = false, Answer{}, "the quotes around had no speaker yet when it was asked"
		case s.Answered:
			e.add(s)
		}
	}
}

// add adds what a sieve answered to the candidates, or its voice to the one with the same words.
func (e *Explanation) add(s *SieveAnswer) {
	for i := range e.Candidates {
		if c := &e.Candidates[i]; c.Speaker == s.Answer.Speaker && c.Nobody == s.Answer.Nobody {
			c.By = append(c.By, s.Sieve)
			return
		}
	}
	e.Candidates = append(e.Candidates, CandidateAnswer{Answer: s.Answer, By: []string{s.Sieve}, Signs: []string{}})
}

// collected are the ways to collect candidates, in the order of byCue and the constants after it.
var collected = []string{
	"the subjects of verbs of speech around the quote",
	"the subject of the sentence",
	"the names and pronouns near the quote",
	"the speakers of the quotes beside it",
	"the subject of the sentence before",
	"whom the sentence before reports",
}

// proposers returns the names of the bits that are set in by.
func proposers(by uint32) []string {
	list := []string{}
	for i := range 32 {
		switch {
		case by>>i&1 == 0:
		case i < sieveCount:
			list = append(list, sieveName(i))
		case i >= byCue && i-byCue < len(collected):
			list = append(list, collected[i-byCue])
		}
	}
	return list
}

// names lets w find the names, and explains them.
func (x *explainer) names() {
	x.w.resolveAll(func(q int, persons []naming.Person) { x.list[q].Name.Persons = persons })
	for i := range x.list {
		q, n := &x.w.D.Quotes[i], &x.list[i].Name
		if src := x.w.answers[i].Source; src.Form != clause.NoForm {
			n.Reason = x.w.names.Reason(q, src)
		} else if q.Flags.Has(annot.ByRedundancy) { // a headline without words for the speaker has those of the body
			words := q.Speaker.Mention
			src.Tokens = clause.Range(x.w.TokenAt(words.Start), x.w.TokenAt(words.End))
			n.Reason = x.w.names.Reason(q, src)
			c := &x.list[i].Candidates[0]
			c.Speaker, c.Nobody = words, false
		}
		if len(n.Persons) == 0 {
			n.Persons = naming.Sharers(q.Speaker.Candidates)
		}
	}
}

func (x *explainer) answer(a clause.Attribution) Answer {
	out := Answer{Rule: a.Rule, Nobody: a.Nobody || a.Source.Form == clause.NoForm}
	if words := a.Source.Words(); words.End > words.First {
		out.Speaker = x.w.Span(words.First, words.End)
	}
	if a.Cue.End > a.Cue.First {
		out.Cue = x.w.Span(a.Cue.First, a.Cue.End)
	}
	return out
}
