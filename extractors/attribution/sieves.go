package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// sieve is a built-in sieve; q is the index of the quote.
type sieve struct {
	name      string
	attribute func(w *work, q int) (clause.Attribution, bool)
}

// sieves lists the built-in sieves in two passes, each ordered by precision. The second pass builds on what the first
// found for the quotes around.
var sieves = [][]sieve{
	{
		{"label", (*work).byLabel},
		{"headline", (*work).headline},
		{"quote-cue", (*work).afterQuote},
		{"cue-quote", (*work).beforeQuote},
		{"according-to", (*work).accordingTo},
		{"governing-cue", (*work).governingCue},
		{"trailing-cue", (*work).trailingCue},
		{"next-sentence", (*work).nextSentence},
		{"colon", (*work).colonBefore},
		{"dash", (*work).dashAfter},
		{"source-line", (*work).sourceLine},
		{"noun-cue", (*work).nounCue},
		{"lead-in-line", (*work).lineBefore},
	},
	{
		{"same-sentence", (*work).sameSentence},
		{"same-paragraph", (*work).sameParagraph},
		{"lead-in", (*work).leadIn},
		{"look-ahead", (*work).lookAhead},
		{"carry-forward", (*work).carryForward},
		{"sentence-subject", (*work).sentenceSubject},
		{"no-source", (*work).noSource},
	},
}

// confidence is the share of right speakers among the answers of a sieve, as measured on the train part of the PolNeAR
// news articles (docs/quality.md has the table).
func confidence(sieve string) float64 {
	switch sieve {
	case "quote-cue":
		return 0.98
	case "lead-in-line", "dash", "source-line", "headline", bySource:
		return 0.95
	case "trailing-cue", "next-sentence":
		return 0.94
	case "governing-cue":
		return 0.91
	case "cue-quote", "colon":
		return 0.88
	case "carry-forward", "lead-in", "look-ahead":
		return 0.78
	case "same-paragraph", "same-sentence", "according-to", "label", "sentence-subject":
		return 0.73
	}
	return 0.5
}

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
		switch v.Word(k) {
		case "that", "as", "a", "an", "the", "to", "be":
			continue
		}
		if v.Is(k, clause.Personal|rules.PronounImpersonal|rules.Adverb) {
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
	if src.Form != clause.Pronoun || src.First-1 <= around.First || !segment.EqualFold(w.Word(src.First-1), "what") || w.Is(src.First, rules.PronounFirst) {
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
	return who, who.Form == clause.Named && !w.HasPerson(who) || who.Form == clause.Nominal && w.Is(who.Head, rules.GroupNoun|rules.RolePlural|rules.HumanPlural)
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
	a, ok := w.AttributionAt(next.First, around, false)
	if !ok || a.Nobody || a.Source.First > a.Cue.First {
		return clause.Attribution{}, false
	}
	for k := a.Cue.End; k < min(next.End, a.Cue.End+8); k++ {
		switch c := w.Class[k]; {
		case w.Quoted(k):
			return a, w.Word(k-1) == ","
		case k == a.Cue.End && w.Letter(k) && (w.MentionOf[k] >= 0 || c&(rules.Preposition|rules.Subordinator|rules.TimeWord|rules.Weekday|rules.Month|rules.Adverb) == 0 || w.Word(k) == "that"):
			return clause.Attribution{}, false
		case w.Word(k) == "that":
			return clause.Attribution{}, false
		}
	}
	return a, true
}

// colonBefore: Rubio highlighted the cooperation between the two nations: “…”
func (w *work) colonBefore(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	if p.First-1 <= around.First || w.Word(p.First-1) != ":" {
		return clause.Attribution{}, false
	}
	return w.leadingSubject(clause.Range(around.First, p.First-1), "subject")
}

// leadingSubject finds the source that a lead-in names: the subject of its last cue, of its sentence, or a label.
func (w *work) leadingSubject(t clause.Tokens, rule string) (clause.Attribution, bool) {
	if a, ok := w.nounSource(t); ok {
		return a, true
	}
	// With the council worried, | Mayor Roe has a message:
	if t.End > t.First && w.Is(t.First, rules.Preposition|rules.Subordinator) {
		if src, ok := w.MainSubject(t.First, t.End); ok {
			t.First = src.First
		}
	}
	for k := t.End - 1; k >= t.First && k >= t.End-clause.MaxLook; k-- {
		if w.VerbCue(k) && !w.NominalUse(k, t) {
			if src, flags, ok := w.SubjectBefore(k, t.First, 0); ok && src.Form != clause.Impersonal {
				return clause.Attribution{Source: src, Cue: clause.Range(k, w.CueEnd(k)), Rule: w.Cue[k].ID, Flags: flags | w.Remarks(k, t)}, true
			}
		}
	}
	if src, ok := w.MainSubject(t.First, t.End); ok {
		return clause.Attribution{Source: src, Rule: rule, Flags: annot.NoCue}, true
	}
	return clause.Attribution{}, false
}

// nounSource: her verdict: “…”; the reply from Smith: “…”; and from Commissioner Orton: “…”.
func (w *work) nounSource(t clause.Tokens) (clause.Attribution, bool) {
	v := w.View
	last := t.End - 1
	if last < t.First || w.Quoted(last) {
		return clause.Attribution{}, false
	}
	if c := w.CueAt(last); c != nil && c.Class == rules.Noun && last > t.First {
		a := clause.Attribution{Cue: clause.Range(last, last+1), Rule: c.ID}
		switch {
		case v.Is(last-1, rules.Possessive):
			a.Source = clause.Source{Form: clause.Possessive, Tokens: clause.Range(last-1, last), Affiliation: -1}
			return a, true
		case w.PossessiveMark(last-1) && last-2 >= t.First && w.MentionOf[last-2] >= 0:
			m := int(w.MentionOf[last-2])
			a.Source = clause.Source{Form: clause.Named, Tokens: clause.Range(w.FirstToken[m], w.EndToken[m]), Mentions: []int{m}, Affiliation: -1}
			return a, true
		}
	}
	// And from Commissioner Dale Orton:
	for k := last; k >= t.First && k > last-10; k-- {
		if w.MentionOf[k] < 0 && v.Word(k) == "from" || v.Word(k) == "From" {
			if src, e, ok := w.NounPhrase(k+1, t.End); ok && e == t.End && src.Form != clause.Impersonal && k-t.First <= 2 {
				return clause.Attribution{Source: src, Cue: clause.Range(k, k+1), Rule: "from"}, true
			}
		}
	}
	// Minister: ‘No more delays’
	if src, e, ok := w.NounPhrase(t.First, t.End); ok && e == t.End && !w.VerbCue(last) && (src.Form == clause.Named || src.Form == clause.Nominal && v.Is(src.Head, clause.Bodies|rules.TitleWord)) && t.End-t.First <= 6 {
		return clause.Attribution{Source: src, Rule: "label"}, true
	}
	return clause.Attribution{}, false
}

// dashAfter: “Best pie in the county.” — Gil Tran, line cook
func (w *work) dashAfter(q int) (clause.Attribution, bool) {
	p := w.Parts[q][len(w.Parts[q])-1]
	i := p.End
	if i >= len(w.D.Tokens) || w.Quoted(i) {
		return clause.Attribution{}, false
	}
	switch w.Word(i) {
	case "—", "–", "--", "-", "―":
	default:
		return clause.Attribution{}, false
	}
	if i+1 >= len(w.D.Tokens) {
		return clause.Attribution{}, false
	}
	end := w.Around(i + 1).End
	src, j, ok := w.NounPhrase(i+1, end)
	line := w.UnitOf[i] != w.UnitOf[p.End-1] && w.Units[w.UnitOf[i]].First == i // -- President Obama addressing graduates
	if !ok || src.Form != clause.Named || !w.HasPerson(src) || !line && j < end && w.Word(j) != "," && w.Word(j) != "." && w.Word(j) != "(" {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Cue: clause.Range(i, i+1), Rule: "name"}, true
}

// headline: Rush Limbaugh: Hillary Asking Moderator To Fact Check ‘Reeks of Fear’
func (w *work) headline(q int) (clause.Attribution, bool) {
	if w.D.Quotes[q].Zone != annot.Headline {
		return clause.Attribution{}, false
	}
	p := w.Parts[q][0]
	around := w.Around(p.First)
	src, j, ok := w.NounPhrase(around.First, p.First)
	if !ok || j >= p.First || w.Word(j) != ":" || src.Form != clause.Named {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Rule: "label"}, true
}

// sourceLine: “The results are delayed.” Ian Millhiser, Vox: a name and nothing else follows the quote to the end of the
// paragraph.
func (w *work) sourceLine(q int) (clause.Attribution, bool) {
	p := w.Parts[q][len(w.Parts[q])-1]
	i := p.End
	u := int(w.UnitOf[p.End-1])
	if i >= len(w.D.Tokens) || !w.standsAlone(q) || w.Units[w.UnitOf[i]].Paragraph != w.Units[u].Paragraph {
		return clause.Attribution{}, false
	}
	last := w.Units[w.UnitOf[i]]
	if int(w.UnitOf[i]) > u+1 || last.End-i > 12 || int(w.UnitOf[i])+1 < len(w.Units) && w.Units[w.UnitOf[i]+1].Paragraph == last.Paragraph {
		return clause.Attribution{}, false
	}
	src, j, ok := w.NounPhrase(i, last.End)
	if !ok || src.Form != clause.Named {
		return clause.Attribution{}, false
	}
	for ; j < last.End; j++ { // , Vox
		if w.MentionOf[j] < 0 && w.Letter(j) && !w.Upper(j) {
			return clause.Attribution{}, false
		}
	}
	return clause.Attribution{Source: src, Rule: "name", Flags: annot.NoCue}, true
}

// nounCue: Smith’s message was “…”.
func (w *work) nounCue(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	for k := p.First - 1; k >= around.First && k > p.First-6; k-- {
		if w.Quoted(k) {
			return clause.Attribution{}, false
		}
		if c := w.CueAt(k); c != nil && c.Class == rules.Noun {
			return w.nounSource(clause.Range(around.First, k+1))
		}
	}
	return clause.Attribution{}, false
}

// lineBefore: the paragraph or sentence before ends with a colon: Caldwell continued:
func (w *work) lineBefore(q int) (clause.Attribution, bool) {
	u := int(w.UnitOf[w.Parts[q][0].First])
	if u == 0 || w.Parts[q][0].First != w.Units[u].First {
		return clause.Attribution{}, false
	}
	before := w.Units[u-1]
	if before.Paragraph < w.Units[u].Paragraph-1 || w.Word(before.End-1) != ":" || w.Quoted(before.End-1) {
		return clause.Attribution{}, false
	}
	return w.leadingSubject(clause.Range(before.First, before.End-1), "subject")
}

// byLabel: SMITH: We never saw the memo.
func (w *work) byLabel(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	if w.D.Quotes[q].Kind != annot.Transcript {
		// "WALLACE: Let’s start with the news."
		if w.Letter(p.First) || p.First+3 >= p.End {
			return clause.Attribution{}, false
		}
		for k := p.First + 1; k < min(p.First+5, p.End-1); k++ {
			if w.Word(k) == ":" && k > p.First+1 {
				return clause.Attribution{Source: clause.Source{Form: clause.Label, Tokens: clause.Range(p.First+1, k), Affiliation: -1}, Rule: "turn"}, true
			}
			if word := w.Word(k); strings.ToUpper(word) != word || !w.Letter(k) {
				break
			}
		}
		return clause.Attribution{}, false
	}
	first := p.First
	for first > 0 && w.D.Tokens[first-1].Start >= w.D.Paragraphs[w.Units[w.UnitOf[p.First]].Paragraph].Start {
		first--
	}
	if p.First-first < 2 {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: clause.Source{Form: clause.Label, Tokens: clause.Range(first, p.First-1), Affiliation: -1}, Rule: "turn"}, true
}

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
	if u == 0 || w.Units[u-1].Paragraph != w.Units[u].Paragraph || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	src, ok := w.unitSpeaker(u - 1)
	if !ok {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, true
}

// unitSpeaker finds the person whose speech unit u reports last, else the one who is its subject.
func (w *work) unitSpeaker(u int) (clause.Source, bool) {
	unit := w.Units[u]
	around := clause.Range(unit.First, unit.End)
	for k := unit.End - 1; k >= unit.First && k > unit.End-2*clause.MaxLook; k-- {
		if w.Quoted(k) || !w.VerbCue(k) || w.Cue[k].Weight < 0.7 || w.NominalUse(k, around) {
			continue
		}
		if src, flags, ok := w.SubjectBefore(k, unit.First, 0); ok && !flags.Has(annot.Hypothetical) && w.personal(src) {
			return src, true
		}
	}
	return w.unitSubject(u)
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
	if u == 0 || !w.standsAlone(q) || p.First != unit.First || u > 0 && w.Units[u-1].Paragraph == unit.Paragraph {
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
	if src, ok := w.unitSpeaker(u - 1); ok {
		return clause.Attribution{Source: src, Rule: "subject", Flags: annot.NoCue}, true
	}
	return clause.Attribution{}, false
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
		return clause.Attribution{Source: src, Cue: clause.Range(k, w.CueEnd(k)), Rule: w.Cue[k].ID, Flags: flags&^annot.Hypothetical | w.Remarks(k, around)}, true
	}
	return clause.Attribution{}, false
}
