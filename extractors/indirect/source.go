package indirect

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// stands reports whether the determiner at token k may stand for people by itself: some say, both vowed.
func (f *finder) stands(k int) bool {
	return f.Is(k, rules.Generic|rules.NumberWord) || f.Is(k, rules.Determiner) && f.In(k, rules.Pronominal)
}

// sources returns who may be the source of the verb at token i: the subject of its clause, the words right before it, and
// a quantity. The token last ends what stands before the verb group.
func (f *finder) sources(i, last int) []clause.Source {
	var list []clause.Source
	add := func(src clause.Source, ok bool) {
		src = f.trimmed(src)
		if ok && src.Form != clause.Impersonal && src.Form != clause.NoForm && src.End > src.First &&
			!slices.ContainsFunc(list, func(s clause.Source) bool { return s.First < src.End && src.First < s.End }) {
			list = append(list, src)
		}
	}
	if last >= f.around.First && !f.Quoted(last) {
		add(f.quantity(last))
	}
	src, _, ok := f.SubjectBefore(i, f.around.First, 0)
	add(src, ok)
	k := i - 1
	if k > f.around.First && f.Word(k) == "to" {
		k--
		if k > f.around.First && f.Is(k, rules.Negation) {
			k--
		}
		add(f.EndingAt(k, max(f.around.First, i-clause.MaxLook)))
	} else if strings.HasSuffix(f.Word(i), "ing") || strings.HasSuffix(f.Word(i), "ed") {
		add(f.EndingAt(last, max(f.around.First, i-clause.MaxLook)))
	}
	if last >= f.around.First && !f.Quoted(last) && (f.Word(last) == "," || f.Is(last, rules.Conjunction|rules.Preposition|rules.Subordinator) &&
		f.MentionOf[last] < 0) {
		add(f.clauseSubject(last))
	}
	if last > f.around.First && !f.Quoted(last) && f.Word(last) == "," && strings.HasSuffix(f.Word(i), "ing") {
		add(f.invertedSubject(last))
	}
	return list
}

// invertedSubject finds the subject after a verb of speech before token i: “…,” said Park, | referring to.
func (f *finder) invertedSubject(i int) (clause.Source, bool) {
	for k := i - 1; k > max(f.around.First, i-clause.MaxLook/2) && !f.Quoted(k); k-- {
		if f.VerbCue(k) && (f.Quoted(k-1) || f.Word(k-1) == ",") {
			src, _, ok := f.phrase(f.CueEnd(k))
			return src, ok
		}
	}
	return clause.Source{}, false
}

// trimmed takes off a relative pronoun that was read as a determiner: the delay that | most owners blame.
func (f *finder) trimmed(src clause.Source) clause.Source {
	if src.Form == clause.Nominal && src.End-src.First > 1 && (segment.EqualFold(f.Word(src.First), "what") ||
		segment.EqualFold(f.Word(src.First), "that") && strings.HasSuffix(f.Word(src.End-1), "s")) {
		src.First++
	}
	return src
}

// clauseSubject finds the subject of the verb before token i: the owners have gone to court, | citing.
func (f *finder) clauseSubject(i int) (clause.Source, bool) {
	v := f.View
	first := max(f.around.First, i-clause.MaxLook/2)
	for t := i - 1; t > first; t-- {
		if f.Quoted(t) || v.Word(t) == ";" {
			return clause.Source{}, false
		}
		if f.MentionOf[t] >= 0 || v.Upper(t) || strings.HasSuffix(v.Word(t), "ing") || f.PossessiveMark(t) ||
			v.Is(t-1, rules.Determiner|rules.Possessive|rules.Preposition) && f.MentionOf[t-1] < 0 ||
			!v.Is(t, rules.Auxiliary|rules.Modal) && !f.Verb(t) && (v.Report(t) == nil || v.Report(t).Noun) {
			continue
		}
		last, _, _ := f.VerbGroup(t, first)
		if last < first || f.Quoted(last) {
			return clause.Source{}, false
		}
		if src, ok := f.EndingAt(last, first); ok {
			return src, true
		}
	}
	return clause.Source{}, false
}

// quantity reads the subject that ends with token last as a number of people: some, half of them, 60 percent of voters.
func (f *finder) quantity(last int) (clause.Source, bool) {
	v := f.View
	best := -1
	for k := last; k >= max(f.around.First, last-10); k-- {
		if f.Quoted(k) || f.mark(k) || f.MentionOf[k] < 0 &&
			(v.Is(k, rules.Auxiliary|rules.Modal|rules.Conjunction|rules.PronounRelative|rules.Subordinator) &&
				!v.Is(k, rules.NumberWord|rules.Determiner|rules.Generic|rules.Preposition) || f.Verb(k)) {
			break
		}
		if f.MentionOf[k] >= 0 {
			continue
		}
		if v.Is(k, rules.Generic|rules.NumberWord) || clause.DigitFirst(v.Word(k)) || k == last && v.Is(k, rules.Determiner) &&
			v.Is(k, rules.PronounImpersonal) && v.Word(k) != "that" || segment.EqualFold(v.Word(k), "half") || segment.EqualFold(v.Word(k), "another") {
			best = k
		} else if v.Is(k, rules.Determiner) && k+2 <= last && v.Word(k+2) == "of" { // a number of, the majority of
			best = k
		}
	}
	if best < 0 || best < last && !f.counted(best, last) {
		return clause.Source{}, false
	}
	return clause.Source{Form: clause.Nominal, Tokens: clause.Range(best, last+1), Affiliation: -1, Head: last,
		Generic: v.Is(best, rules.Generic) && !v.Is(best, rules.NumberWord)}, true
}

// counted reports whether the tokens first to last hold "of", "percent" or "%": 60 percent of voters.
func (f *finder) counted(first, last int) bool {
	for k := first; k <= last; k++ {
		if f.MentionOf[k] < 0 && (f.Word(k) == "of" || f.Word(k) == "percent" || f.Word(k) == "%") {
			return true
		}
	}
	return false
}

// possessor finds whose word the noun at token i is: his | false claim, the mayor’s | claim.
func (f *finder) possessor(i int) (clause.Source, bool) {
	v := f.View
	for k := i - 1; k >= max(f.around.First, i-4) && !f.Quoted(k); k-- {
		switch {
		case f.MentionOf[k] >= 0:
			return clause.Source{}, false
		case v.Is(k, rules.Possessive) && v.Is(k, clause.Personal|rules.PronounImpersonal):
			return clause.Source{Form: clause.Possessive, Tokens: clause.Range(k, k+1), Affiliation: -1, Head: k}, true
		case f.PossessiveMark(k):
			return f.EndingAt(k-1, f.around.First)
		case !v.Letter(k) || v.Is(k, clause.Breaks|rules.Determiner):
			return clause.Source{}, false
		}
	}
	return clause.Source{}, false
}
