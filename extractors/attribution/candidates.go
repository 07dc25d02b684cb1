package attribution

import (
	"math/bits"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// proposal is an answer that a quote may get, and who proposes it: the sieves, by their place in the order of trust,
// and the ways to collect candidates that no sieve trusts.
type proposal struct {
	answer
	by    uint32
	share float64 // that the ranker gives it
}

// sieveSlots is how many sieves there may be: a ranker has a place for each.
const sieveSlots = 24

// The ways to collect candidates, behind the sieves.
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
func (w *work) gather(q int) []proposal {
	w.proposals = w.proposals[:0]
	n := 0
	for _, pass := range sieves {
		for _, sv := range pass {
			if a, ok := sv.attribute(w, q); ok {
				w.propose(a, n)
			}
			n++
		}
	}
	first, last := w.parts[q][0], w.parts[q][len(w.parts[q])-1]
	before, after := w.around(first.first), w.around(last.end-1)
	w.cuesAround(q, before, after)
	if src, ok := w.mainSubject(before.first, first.first); ok {
		w.propose(answer{src: src, rule: "subject", flags: annot.NoCue}, bySubject)
	}
	w.mentionsAround(before, after, first.first, last.end)
	for _, other := range []int{q - 1, q + 1} {
		if other >= 0 && other < len(w.answers) && w.usable(other) {
			w.propose(w.inherit(other, "neighbour"), byNeighbor)
		}
	}
	if u := int(w.unit[first.first]); u > 0 {
		if src, ok := w.unitSubject(u - 1); ok {
			w.propose(answer{src: src, rule: "subject", flags: annot.NoCue}, byUnit)
		}
		if src, ok := w.unitSpeaker(u - 1); ok {
			w.propose(answer{src: src, rule: "subject", flags: annot.NoCue}, byTitle)
		}
	}
	return w.proposals
}

// propose adds an answer, or a further voice to the one with the same words as its source.
func (w *work) propose(a answer, by int) {
	for i := range w.proposals {
		p := &w.proposals[i]
		if a.src.form == noForm && p.src.form == noForm || a.src.form != noForm && p.src.form != noForm && a.src.first < p.src.end && p.src.first < a.src.end {
			if p.cue.end == p.cue.first && a.cue.end > a.cue.first && p.by < 1<<byCue == (by < byCue) {
				p.cue, p.rule, p.flags = a.cue, a.rule, a.flags
			}
			p.by |= 1 << by
			return
		}
	}
	if len(w.proposals) < maxProposals {
		w.proposals = append(w.proposals, proposal{answer: a, by: 1 << by})
	}
}

// cuesAround proposes the subjects of the verbs of speech in the sentences of the quote.
func (w *work) cuesAround(q int, before, after tokens) {
	first, last := w.parts[q][0], w.parts[q][len(w.parts[q])-1]
	n := 0
	for k := first.first - 1; k >= max(before.first, first.first-2*maxLook) && n < maxCues; k-- {
		if w.verbCue(k) && !w.nominalUse(k, before) {
			n++
			w.proposeSubject(k, before)
		}
	}
	n = 0
	for k := last.end; k < min(after.end, last.end+maxLook) && n < maxCues; k++ {
		if w.verbCue(k) && !w.nominalUse(k, after) {
			n++
			w.proposeSubject(k, after)
		}
	}
}

func (w *work) proposeSubject(k int, around tokens) {
	src, flags, ok := w.subjectBefore(k, around.first, 0)
	a := answer{src: src, cue: tokens{k, w.cueEnd(k)}, rule: w.Cue[k].ID, flags: flags | w.remarks(k, around)}
	if ok && src.form != impersonal {
		w.propose(a, byCue)
	}
	// with many marchers | chanting
	if strings.HasSuffix(w.Word(w.cueEnd(k)-1), "ing") && k > around.first {
		if a.src, ok = w.endingAt(k-1, max(around.first, k-maxLook)); ok && a.src.form != impersonal {
			w.propose(a, byCue)
		}
	}
}

// mentionsAround proposes the names of people and bodies and the personal pronouns of the sentences [before] up to
// token first and [after] from token end on, the nearest ones first.
func (w *work) mentionsAround(before, after tokens, first, end int) {
	n := 0
	for k := first - 1; k >= max(before.first, first-maxLook) && n < maxNear; k-- {
		if src, ok := w.single(k); ok {
			n++
			w.propose(answer{src: src, rule: "near", flags: annot.NoCue}, byMention)
			k = src.first
		}
	}
	n = 0
	for k := end; k < min(after.end, end+maxLook) && n < maxNear; k++ {
		if src, ok := w.single(k); ok {
			n++
			w.propose(answer{src: src, rule: "near", flags: annot.NoCue}, byMention)
			k = src.end - 1
		}
	}
}

// single returns the name or personal pronoun at token k.
func (w *work) single(k int) (source, bool) {
	if w.quoted(k) {
		return source{}, false
	}
	if m := int(w.mention[k]); m >= 0 {
		if w.D.Mentions[m].Type == annot.LOC {
			return source{}, false
		}
		return source{form: named, tokens: tokens{w.firstTok[m], w.endTok[m]}, mentions: []int{m}, affiliation: -1, head: w.endTok[m] - 1}, true
	}
	if w.Is(k, rules.PronounRelative) && w.Word(k) != "that" {
		return source{form: relative, tokens: tokens{k, k + 1}, affiliation: -1, head: k, antecedent: w.antecedent(k)}, true
	}
	if w.Is(k, personal) {
		return source{form: pronoun, tokens: tokens{k, k + 1}, affiliation: -1, head: k}, true
	}
	return source{}, false
}

// antecedent returns the names that the relative pronoun at token k refers to.
func (w *work) antecedent(k int) []int {
	first := w.around(k).first
	if k > first && w.Word(k-1) == "," {
		k--
	}
	src, _ := w.endingAt(k-1, max(first, k-maxLook))
	return src.mentions
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
func (w *work) strongCues(first, end int) (n int) {
	for k := max(first, end-2*maxLook); k < end; k++ {
		if c := w.cueAt(k); c != nil && c.Weight >= strongCue && w.verbCue(k) && c.Class != rules.Think {
			n++
		}
	}
	return n
}
