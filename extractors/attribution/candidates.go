package attribution

import (
	"math/bits"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// proposal is an answer that a quote may get, and who proposes it: the sieves, by their place in the order of trust,
// and the ways to collect candidates that no sieve trusts.
type proposal struct {
	clause.Attribution
	by    uint32
	share float64 // that the ranker gives it
}

// sieveSlots is how many sieves there may be: a ranker has a place for each.
const sieveSlots = 24

// The ways to collect candidates, after the sieves.
const (
	byCue      = sieveSlots + iota // the subject of a cue in the sentence
	bySubject                      // the subject of the sentence
	byMention                      // a name or pronoun in the sentence
	byNeighbor                     // the speaker of a quote beside it
	byUnit                         // the subject of the sentence before
	byTitle                        // the speaker whom the sentence before reports
	voices                         // how many voices a proposal may have
)

const (
	maxCues      = 6 // of a sentence, to each side of the quote
	maxNear      = 8 // names and pronouns of a sentence, to each side
	maxProposals = 40
)

// sieveCount is the number of built-in sieves, which have the bits below byCue.
var sieveCount = func() (n int) {
	for _, pass := range sieves {
		n += len(pass)
	}
	return n
}()

// gather collects the answers that quote q may get: those of all sieves, and the subjects, names and pronouns around it.
// The list is valid until the next call. It costs a bounded number of steps.
func (w *ranking) gather(q int) []proposal {
	w.proposals = w.proposals[:0]
	n := 0
	for _, pass := range sieves {
		for k := range pass {
			if a, ok := pass[k].attribute(w.work, q); ok {
				w.propose(a, n)
			}
			n++
		}
	}
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	before, after := w.Around(first.First), w.Around(last.End-1)
	w.cuesAround(q, before, after)
	if src, ok := w.MainSubject(before.First, first.First); ok {
		w.propose(clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, bySubject)
	}
	w.mentionsAround(before, after, first.First, last.End)
	for _, other := range []int{q - 1, q + 1} {
		if other >= 0 && other < len(w.answers) && w.usable(other) {
			w.propose(w.inherit(other, "neighbour"), byNeighbor)
		}
	}
	if u := int(w.UnitOf[first.First]); u > 0 {
		if src, ok := w.unitSubject(u - 1); ok {
			w.propose(clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, byUnit)
		}
		if src, ok := w.unitSpeaker(u - 1); ok {
			w.propose(clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, byTitle)
		}
	}
	return w.proposals
}

// propose adds an answer, or a further voice to the one with the same words as its source.
func (w *ranking) propose(a clause.Attribution, by int) {
	for i := range w.proposals {
		p := &w.proposals[i]
		if a.Source.Form == clause.NoForm && p.Source.Form == clause.NoForm || a.Source.Form != clause.NoForm && p.Source.Form != clause.NoForm &&
			a.Source.First < p.Source.End && p.Source.First < a.Source.End {
			if p.Cue.End == p.Cue.First && a.Cue.End > a.Cue.First && p.by < 1<<byCue == (by < byCue) {
				p.Cue, p.Rule, p.Flags = a.Cue, a.Rule, a.Flags
			}
			p.by |= 1 << by
			return
		}
	}
	if len(w.proposals) < maxProposals {
		w.proposals = append(w.proposals, proposal{Attribution: a, by: 1 << by})
	}
}

// cuesAround proposes the subjects of the verbs of speech in the sentences of the quote.
func (w *ranking) cuesAround(q int, before, after clause.Tokens) {
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	n := 0
	for k := first.First - 1; k >= max(before.First, first.First-2*clause.MaxLook) && n < maxCues; k-- {
		if w.VerbCue(k) && !w.NominalUse(k, before) {
			n++
			w.proposeSubject(k, before)
		}
	}
	n = 0
	for k := last.End; k < min(after.End, last.End+clause.MaxLook) && n < maxCues; k++ {
		if w.VerbCue(k) && !w.NominalUse(k, after) {
			n++
			w.proposeSubject(k, after)
		}
	}
}

func (w *ranking) proposeSubject(k int, around clause.Tokens) {
	src, flags, ok := w.SubjectBefore(k, around.First, 0)
	a := clause.Attribution{Source: src, Cue: clause.Range(k, w.CueEnd(k)), Rule: w.Cue[k].ID, Flags: flags | w.Remarks(k, around)}
	if ok && src.Form != clause.Impersonal {
		w.propose(a, byCue)
	}
	// with many marchers | chanting
	if strings.HasSuffix(w.Word(w.CueEnd(k)-1), "ing") && k > around.First {
		if a.Source, ok = w.EndingAt(k-1, max(around.First, k-clause.MaxLook)); ok && a.Source.Form != clause.Impersonal {
			w.propose(a, byCue)
		}
	}
}

// mentionsAround proposes the names of people and bodies and the personal pronouns of the sentences [before] up to
// token first and [after] from token end on, the nearest ones first.
func (w *ranking) mentionsAround(before, after clause.Tokens, first, end int) {
	n := 0
	for k := first - 1; k >= max(before.First, first-clause.MaxLook) && n < maxNear; k-- {
		if src, ok := w.single(k); ok {
			n++
			w.propose(clause.Attribution{Source: src, Rule: "near", Flags: annot.NoCue}, byMention)
			k = src.First
		}
	}
	n = 0
	for k := end; k < min(after.End, end+clause.MaxLook) && n < maxNear; k++ {
		if src, ok := w.single(k); ok {
			n++
			w.propose(clause.Attribution{Source: src, Rule: "near", Flags: annot.NoCue}, byMention)
			k = src.End - 1
		}
	}
}

// single returns the name or personal pronoun at token k.
func (w *ranking) single(k int) (clause.Source, bool) {
	if w.Quoted(k) {
		return clause.Source{}, false
	}
	if m := int(w.MentionOf[k]); m >= 0 {
		if w.D.Mentions[m].Type == annot.LOC {
			return clause.Source{}, false
		}
		return w.NamedSource(m), true
	}
	if w.Is(k, rules.PronounRelative) && w.Word(k) != "that" {
		src := clause.Source{Form: clause.Relative, Tokens: clause.Range(k, k+1), Affiliation: -1, Head: k}
		if noun, ok := w.antecedent(k); ok {
			src.Antecedent, src.Referent = noun.Mentions, noun.Tokens
		}
		return src, true
	}
	if w.Is(k, clause.Personal) {
		return clause.Source{Form: clause.Pronoun, Tokens: clause.Range(k, k+1), Affiliation: -1, Head: k}, true
	}
	return clause.Source{}, false
}

// antecedent returns what the relative pronoun at token k refers to.
func (w *ranking) antecedent(k int) (clause.Source, bool) {
	first := w.Around(k).First
	if k > first && w.Word(k-1) == "," {
		k--
	}
	return w.EndingAt(k-1, max(first, k-clause.MaxLook))
}

// voice returns the first sieve that proposes p, or sieveCount if none does.
func (p *proposal) voice() int {
	if s := p.by & (1<<byCue - 1); s != 0 {
		return bits.TrailingZeros32(s)
	}
	return sieveCount
}

// strongCue is the weight from which on a verb reports speech wherever it stands.
const strongCue = 0.9

// strongCues counts the verbs that report speech among the tokens [first, end).
func (w *ranking) strongCues(first, end int) (n int) {
	for k := max(first, end-2*clause.MaxLook); k < end; k++ {
		if c := w.CueAt(k); c != nil && c.Weight >= strongCue && w.VerbCue(k) && c.Class != rules.Think {
			n++
		}
	}
	return n
}
