package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// afterQuote: “…,” said Smith; “…,” the mayor of Lund said; “…,” according to Smith.
func (w *work) afterQuote(q int) (clause.Attribution, bool) {
	for _, p := range w.Parts[q] {
		around := w.Around(p.End - 1)
		if i, punct := w.SkipPunctuation(p.End, around.End); i < around.End && !strings.Contains(punct, ".") {
			if a, ok := w.AttributionAt(i, around, true); ok {
				return a, true
			}
		}
	}
	return clause.Attribution{}, false
}

// beforeQuote: Smith said, “…”; Smith told Lee: “…”; he called it “…”.
func (w *work) beforeQuote(q int) (clause.Attribution, bool) {
	for n, p := range w.Parts[q] {
		if n > 1 {
			break
		}
		around := w.Around(p.First)
		if t, ok := w.cueBefore(p.First, around, 0); ok {
			if a, ok := w.subjectOf(t, p.First, around); ok && !(a.Nobody && w.earlierCue(t, around)) {
				return a, true
			}
		}
	}
	return clause.Attribution{}, false
}

// earlierCue reports whether a verb of speech stands before token t in the sentence.
func (w *work) earlierCue(t int, around clause.Tokens) bool {
	for k := t - 1; k >= around.First && k > t-clause.MaxLook; k-- {
		if w.VerbCue(k) && w.Cue[k].Weight >= 0.7 && !w.NominalUse(k, around) {
			return true
		}
	}
	return false
}

// cueBefore finds the cue that ends right before token i, but for punctuation and up to slack other words.
func (w *work) cueBefore(i int, around clause.Tokens, slack int) (int, bool) {
	v := w.View
	words := 0
	for k := i - 1; k >= around.First && k >= i-clause.MaxLook; k-- {
		if w.Quoted(k) {
			return 0, false
		}
		if w.MentionOf[k] < 0 && v.Cue[k] != nil && w.CueEnd(k) <= i && w.VerbCue(k) && !w.NominalUse(k, around) {
			return k, true
		}
		if !v.Letter(k) && w.MentionOf[k] < 0 {
			continue
		}
		if v.In(k, rules.BetweenCueQuote) && !v.Upper(k) || v.Is(k, clause.Personal|rules.PronounImpersonal|rules.Adverb) {
			continue
		}
		// The object of told, asked, called: Kim told Lee, “…”
		if words++; words > slack+4 {
			return 0, false
		}
	}
	return 0, false
}

// subjectOf completes the answer for the cue at token t before the quote at token q.
func (w *work) subjectOf(t, q int, around clause.Tokens) (clause.Attribution, bool) {
	c := w.Cue[t]
	a := clause.Attribution{Cue: clause.Range(t, w.CueEnd(t)), Rule: c.ID}
	if c.Class == rules.ReadOut {
		a.Flags = annot.Written
	}
	src, flags, ok := w.SubjectBefore(t, around.First, 0)
	if ok && src.Form == clause.Impersonal {
		a.Nobody, a.Source = true, clause.Source{}
		a.Flags |= flags
		return a, true
	}
	if !ok {
		// Said Smith: “…”
		src, e, ok := w.NounPhrase(w.CueEnd(t), q)
		if !ok || src.Form == clause.Impersonal || t != around.First {
			return clause.Attribution{}, false
		}
		if k, _ := w.SkipPunctuation(e, q); k < q && w.Word(k) != ":" {
			return clause.Attribution{}, false
		}
		a.Source = src
		return a, true
	}
	if whose, ok := w.whatHeCalls(src, around); ok {
		src = whose
	} else if outer, cue, ok := w.reportedBy(src, t, around); ok {
		src, flags = outer, flags&^annot.Hypothetical
		if c.Class == rules.Think {
			a.Cue, a.Rule = clause.Range(cue, w.CueEnd(cue)), w.Cue[cue].ID
		}
	}
	if c.Weight < weakCue && !(w.QuoteOf[q] >= 0 && w.D.Quotes[w.QuoteOf[q]].Kind == annot.Direct && !w.Letter(q-1)) {
		if o, ok := w.outerReport(t, around); ok {
			return o, true
		}
	}
	a.Source = src
	a.Flags |= flags | w.Remarks(t, clause.Range(t, q))
	if src.Generic {
		a.Nobody, a.Source = true, clause.Source{}
		a.Flags |= annot.Generic
	}
	if flags.Has(annot.Hypothetical) {
		a.Nobody = true
	}
	return a, true
}

// whatHeCalls finds whom the pronoun of a free relative clause means: Ban condemned | what he called a “brazen breach”.
func (w *work) whatHeCalls(src clause.Source, around clause.Tokens) (clause.Source, bool) {
	if src.Form != clause.Pronoun || src.First-1 <= around.First || !segment.EqualFold(w.Word(src.First-1), "what") ||
		w.Is(src.First, rules.PronounFirst) {
		return clause.Source{}, false
	}
	who, ok := w.MainSubject(around.First, src.First-1)
	if !ok || who.Form == clause.Pronoun || len(who.Mentions) > 1 {
		return clause.Source{}, false
	}
	if w.Is(src.First, rules.PronounMale|rules.PronounFemale) {
		if who.Form == clause.Named {
			id := w.D.Mentions[who.Mentions[0]].Entity
			return who, id > 0 && w.HasPerson(who) && w.names.Fits(w.D.Entities[id-1], src.First)
		}
		return who, w.Is(who.Head, clause.People) && !w.Is(who.Head, rules.RolePlural)
	}
	return who, who.Form == clause.Named && !w.HasPerson(who) || who.Form == clause.Nominal &&
		w.Is(who.Head, rules.GroupNoun|rules.RolePlural|rules.HumanPlural)
}

// reportedBy finds the speaker whose speech the clause of a pronoun is part of: Trump said | he believes it was “a
// mistake”. The pronoun means the speaker if it agrees with him.
func (w *work) reportedBy(src clause.Source, t int, around clause.Tokens) (clause.Source, int, bool) {
	if src.Form != clause.Pronoun || !w.Is(src.First, rules.PronounMale|rules.PronounFemale) {
		return clause.Source{}, 0, false
	}
	if k := src.First - 1; k > around.First && w.Is(k, rules.Conjunction) && w.Cue[t].Class == rules.Say {
		return clause.Source{}, 0, false // Trump said …, but | he said the plan was “a mistake”
	}
	for k := src.First - 1; k >= around.First && k > src.First-clause.MaxLook; k-- {
		if w.Quoted(k) || !w.VerbCue(k) || w.Cue[k].Weight < 0.7 || w.NominalUse(k, around) {
			continue
		}
		outer, _, ok := w.SubjectBefore(k, around.First, 1)
		if !ok || outer.Form != clause.Named || !w.HasPerson(outer) || len(outer.Mentions) != 1 {
			return clause.Source{}, 0, false
		}
		id := w.D.Mentions[outer.Mentions[0]].Entity
		if id == 0 || !w.names.Fits(w.D.Entities[id-1], src.First) || w.D.Entities[id-1].Gender == annot.UnknownGender {
			return clause.Source{}, 0, false
		}
		return outer, k, true
	}
	return clause.Source{}, 0, false
}

// accordingTo: According to Park, the plan is “reckless”.
func (w *work) accordingTo(q int) (clause.Attribution, bool) {
	for _, p := range w.Parts[q] {
		around := w.Around(p.First)
		for i := around.First; i < around.End && i < around.First+2*clause.MaxLook; i++ {
			if c := w.CueAt(i); c != nil && c.Class == rules.Phrase && w.MentionOf[i] < 0 {
				if a, ok := w.AttributionAt(i, around, false); ok {
					return a, true
				}
			}
		}
	}
	return clause.Attribution{}, false
}

// governingCue: the nearest cue before the quote in its sentence: Hale said the fee was “ruinous”.
func (w *work) governingCue(q int) (clause.Attribution, bool) {
	for _, p := range w.Parts[q] {
		around := w.Around(p.First)
		tries, found := 0, false
		var weak clause.Attribution
		for k := p.First - 1; k >= around.First && k >= p.First-2*clause.MaxLook && tries < 3; k-- {
			if !w.VerbCue(k) || w.Cue[k].Weight < 0.4 || w.NominalUse(k, around) || w.CueEnd(k) > p.First {
				continue
			}
			tries++
			a, ok := w.subjectOf(k, p.First, around)
			if !ok {
				continue
			}
			if !a.Nobody {
				return a, true
			}
			// Obama says the museum will tell of “…”: what is not said yet stands in what is said
			if !found {
				weak, found = a, true
			}
		}
		if found {
			return weak, true
		}
	}
	return clause.Attribution{}, false
}

// trailingCue: “We’re extremely happy” about the decision, said RoseAnn DeMoro.
func (w *work) trailingCue(q int) (clause.Attribution, bool) {
	for _, p := range w.Parts[q] {
		around := w.Around(p.End - 1)
		for k := p.End; k < around.End && k < p.End+clause.MaxLook; k++ {
			if w.Quoted(k) {
				continue
			}
			if word := w.Word(k); word != "," && word != "—" && word != "–" && !(k > 0 && w.Quoted(k-1)) {
				continue
			}
			i, _ := w.SkipPunctuation(k, around.End)
			if i >= around.End || w.Quoted(i) {
				continue
			}
			if a, ok := w.AttributionAt(i, around, true); ok {
				return a, true
			}
		}
	}
	return clause.Attribution{}, false
}

// nextSentence: “It is a scandal!” Senator Dale Orton said on Monday. What looks like a sentence of its own is an
// attribution if the verb of speech governs nothing else.
func (w *work) nextSentence(q int) (clause.Attribution, bool) {
	p := w.Parts[q][len(w.Parts[q])-1]
	u := int(w.UnitOf[p.End-1])
	if u+1 >= len(w.Units) || p.End != w.Units[u].End || w.Units[u+1].Paragraph != w.Units[u].Paragraph || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	next := w.Units[u+1]
	around := clause.Range(next.First, next.End)
	if segment.EqualFold(w.Word(next.First), "so") && next.First+1 < next.End && w.VerbCue(next.First+1) { // So said Ann Cole.
		return w.AttributionAt(next.First+1, around, true)
	}
	a, ok := w.AttributionAt(next.First, around, false)
	if !ok || a.Nobody || a.Source.First > a.Cue.First {
		return clause.Attribution{}, false
	}
	for k := a.Cue.End; k < min(next.End, a.Cue.End+8); k++ {
		switch c := w.Class[k]; {
		case w.Quoted(k):
			return a, w.Word(k-1) == ","
		case k == a.Cue.End && w.Letter(k) && (w.MentionOf[k] >= 0 ||
			c&(rules.Preposition|rules.Subordinator|rules.TimeWord|rules.Weekday|rules.Month|rules.Adverb) == 0 || w.Word(k) == "that"):
			return clause.Attribution{}, false
		case w.Word(k) == "that":
			return clause.Attribution{}, false
		}
	}
	return a, true
}

// weakCue is the weight below which a verb yields to the verb of speech whose report it stands in: Ito added that the
// partners had agreed to publish it “every month”. On the train part of PolNeAR it gave 1.1 points on the speakers of
// mixed quotes and changed nothing on direct ones.
const weakCue = 0.8

// outerReport finds the verb of speech whose report the clause of the cue at token t is part of.
func (w *work) outerReport(t int, around clause.Tokens) (clause.Attribution, bool) {
	for k := t - 1; k >= around.First && k > t-clause.MaxLook; k-- {
		if w.Quoted(k) || w.Word(k) == ";" {
			return clause.Attribution{}, false
		}
		if !w.VerbCue(k) || w.Cue[k].Weight < 0.9 || w.NominalUse(k, around) {
			continue
		}
		src, flags, ok := w.SubjectBefore(k, around.First, 1)
		if !ok || src.Form == clause.Impersonal || src.Form == clause.Relative {
			return clause.Attribution{}, false
		}
		return clause.Attribution{Source: src, Cue: clause.Range(k, w.CueEnd(k)), Rule: w.Cue[k].ID,
			Flags: flags&^annot.Hypothetical | w.Remarks(k, around)}, true
	}
	return clause.Attribution{}, false
}
