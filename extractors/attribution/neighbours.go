package attribution

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// sameSentence: another quote of the same sentence has its speaker already.
func (w *work) sameSentence(q int) (clause.Attribution, bool) {
	around := w.Around(w.Parts[q][0].First)
	for _, other := range []int{q - 1, q + 1} {
		if other < 0 || other >= len(w.answers) || len(w.Parts[other]) == 0 {
			continue
		}
		for _, p := range w.Parts[other] {
			if p.First >= around.First && p.End <= around.End && w.usable(other) {
				return w.inherit(other, "neighbour"), true
			}
		}
	}
	return clause.Attribution{}, false
}

// usable reports whether the answer of quote q may be handed on.
func (w *work) usable(q int) bool {
	return w.D.Quotes[q].Status == annot.Attributed && w.answers[q].Source.Form != clause.NoForm && w.D.Quotes[q].Zone != annot.Headline
}

func (w *work) inherit(from int, rule string) clause.Attribution {
	return clause.Attribution{Source: w.answers[from].Source, Rule: rule, Flags: annot.InheritedSpeaker}
}

// standsAlone reports whether the narrative sentence of the quote's first part is the quote alone.
func (w *work) standsAlone(q int) bool {
	p := w.Parts[q][0]
	u := w.Units[w.UnitOf[p.First]]
	for _, it := range u.Items {
		if !it.Quoted() && w.Letter(it.First) && !w.Quoted(it.First) {
			return false
		}
	}
	return true
}

// opensParagraph reports whether the sentence of the quote is the first of its paragraph.
func (w *work) opensParagraph(q int) bool {
	u := int(w.UnitOf[w.Parts[q][0].First])
	return u == 0 || w.Units[u-1].Paragraph != w.Units[u].Paragraph
}

// sameParagraph: the quote before it in the paragraph has its speaker, and nobody else was named since.
func (w *work) sameParagraph(q int) (clause.Attribution, bool) {
	b := q - 1
	if b < 0 || !w.usable(b) {
		return clause.Attribution{}, false
	}
	p, last := w.Parts[q][0], w.Parts[b][len(w.Parts[b])-1]
	ub, uq := w.UnitOf[last.End-1], w.UnitOf[p.First]
	if w.Units[ub].Paragraph != w.Units[uq].Paragraph {
		return clause.Attribution{}, false
	}
	if uq-ub > 1 && w.newSubject(int(ub)+1, int(uq)) {
		return clause.Attribution{}, false
	}
	return w.inherit(b, "quote-before"), true
}

// newSubject reports whether a sentence of the units [from, to) has a named subject of its own.
func (w *work) newSubject(from, to int) bool {
	for u := from; u < to && u < from+6; u++ {
		if src, ok := w.SubjectAt(w.Units[u].First, w.Units[u].End); ok && src.Form == clause.Named && w.HasPerson(src) {
			return true
		}
	}
	return false
}

// leadIn: Vega was blunt. “No one told us.”
func (w *work) leadIn(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	u := int(w.UnitOf[p.First])
	if w.opensParagraph(q) || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	return w.speakerBefore(q, u)
}

// farBack is how many sentences without a person are passed over on the way back to a speaker.
const farBack = 5

// speakerBefore finds who speaks or acts in the sentences before unit u, where quote q stands alone: the nearest one that tells of a
// person, but none before the quote before.
func (w *work) speakerBefore(q, u int) (clause.Attribution, bool) {
	last := -1 // the unit that the quote before ends in
	if b := q - 1; b >= 0 && len(w.Parts[b]) > 0 {
		last = int(w.UnitOf[w.Parts[b][len(w.Parts[b])-1].End-1])
	}
	for k := u - 1; k >= max(0, u-farBack) && w.D.Paragraphs[w.Units[k].Paragraph].Zone == annot.Body; k-- {
		if src, ok := w.unitSpeaker(k); ok {
			return clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, true
		}
		if w.ofGroup(k) {
			break
		}
		if k == last && w.usable(q-1) && w.personal(w.answers[q-1].Source) {
			return w.inherit(q-1, "paragraph"), true
		}
		if k <= last {
			break
		}
	}
	return clause.Attribution{}, false
}

// unitSpeaker finds the person whose speech unit u reports last, else the one who is its subject.
func (w *work) unitSpeaker(u int) (clause.Source, bool) {
	if m := w.Inverted(u); m >= 0 {
		return w.NamedSource(m), true
	}
	unit := w.Units[u]
	around := clause.Range(unit.First, unit.End)
	for k := unit.End - 1; k >= unit.First && k > unit.End-2*clause.MaxLook; k-- {
		if c := w.CueAt(k); c != nil && c.Class == rules.Phrase { // according to Cole
			if src, _, ok := w.NounPhrase(w.CueEnd(k), unit.End); ok && src.Form == clause.Named && w.HasPerson(src) {
				return src, true
			}
		}
		if w.Quoted(k) || !w.VerbCue(k) || w.Cue[k].Weight < 0.7 || w.NominalUse(k, around) {
			continue
		}
		if src, ok := w.asked(k, unit.End); ok {
			return src, true
		}
		if src, flags, ok := w.SubjectBefore(k, unit.First, 0); ok && !flags.Has(annot.Hypothetical) && w.personal(src) {
			return src, true
		}
	}
	return w.unitSubject(u)
}

// ofGroup reports whether a body is the subject of unit u: the group plans a fair.
func (w *work) ofGroup(u int) bool {
	src, ok := w.MainSubject(w.Units[u].First, w.Units[u].End)
	return ok && (src.Form == clause.Nominal && w.Is(src.Head, rules.GroupNoun) && !w.Is(src.Head, clause.People) ||
		src.Form == clause.Named && w.D.Mentions[src.Mentions[0]].Type == annot.ORG)
}

// asked finds the person whom the author asks by the cue at token k: I asked | Ann Cole.
func (w *work) asked(k, end int) (clause.Source, bool) {
	if w.Cue[k].Class != rules.Ask || k == 0 || w.Quoted(k-1) || !w.Is(k-1, rules.PronounFirst) {
		return clause.Source{}, false
	}
	src, _, ok := w.NounPhrase(w.CueEnd(k), end)
	return src, ok && w.personal(src)
}

// personal reports whether the source is a person.
func (w *work) personal(src clause.Source) bool {
	return src.Form == clause.Named && w.HasPerson(src) || src.Form == clause.Pronoun || src.Form == clause.Nominal && w.Is(src.Head, clause.People)
}

// unitSubject finds the person who is the subject of unit u.
func (w *work) unitSubject(u int) (clause.Source, bool) {
	unit := w.Units[u]
	src, ok := w.MainSubject(unit.First, unit.End)
	if !ok || src.Form == clause.Named && !w.HasPerson(src) || src.Form == clause.Nominal && !w.Is(src.Head, clause.People) {
		return clause.Source{}, false
	}
	return src, true
}

// lookAhead: a quote that opens a paragraph and stands alone belongs to the speaker of the next one in the paragraph.
func (w *work) lookAhead(q int) (clause.Attribution, bool) {
	if q+1 >= len(w.answers) || !w.usable(q+1) || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	a, b := w.Parts[q][len(w.Parts[q])-1], w.Parts[q+1][0]
	ua, ub := w.UnitOf[a.End-1], w.UnitOf[b.First]
	if w.Units[ua].Paragraph != w.Units[ub].Paragraph || ub-ua > 2 {
		return clause.Attribution{}, false
	}
	return w.inherit(q+1, "quote-after"), true
}

// carryForward: a paragraph that is a quote alone goes on with the speaker of the paragraph before.
func (w *work) carryForward(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	u := int(w.UnitOf[p.First])
	unit := w.Units[u]
	if u == 0 || p.First != unit.First || !w.opensParagraph(q) || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	prev := w.Units[u-1]
	if prev.Paragraph != unit.Paragraph-1 || w.D.Paragraphs[prev.Paragraph].Zone != annot.Body {
		return clause.Attribution{}, false
	}
	if b := q - 1; b >= 0 && w.usable(b) {
		last := w.Parts[b][len(w.Parts[b])-1]
		ub := int(w.UnitOf[last.End-1])
		if w.Units[ub].Paragraph == prev.Paragraph && !w.newSubject(ub+1, u) {
			return w.inherit(b, "paragraph"), true
		}
	}
	return w.speakerBefore(q, u)
}

// sentenceSubject: a fragment without a cue is ascribed to the person who acts in its sentence: Reid has gone after Trump
// as a “human leech”.
func (w *work) sentenceSubject(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	if w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	around := w.Around(p.First)
	src, ok := w.MainSubject(around.First, p.First)
	if !ok {
		i, _ := w.SkipPunctuation(p.End, around.End)
		src, ok = w.SubjectAt(i, around.End)
	}
	if !ok || !w.personal(src) {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, true
}

// noneRule is the rule of the answer that no source is named.
const noneRule = "none"

// noSource keeps the cue of a quote that names no source.
func (w *work) noSource(q int) (clause.Attribution, bool) {
	a := clause.Attribution{Rule: noneRule, Nobody: true}
	p := w.Parts[q][0]
	around := w.Around(p.First)
	for k := p.First - 1; k >= around.First && k > p.First-12; k-- {
		if w.VerbCue(k) {
			a.Cue = clause.Range(k, w.CueEnd(k))
			break
		}
	}
	return a, true
}
