package attribution

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// stands reports whether the determiner at token k may stand for people by itself: some say, both vowed.
func (f *reportReader) stands(k int) bool {
	word := strings.ToLower(f.Word(k))
	return f.Is(k, rules.Generic|rules.NumberWord) || f.Is(k, rules.Determiner) && (word == "both" || word == "those" || word == "these" || word == "another" || word == "half")
}

// sources returns who may be the source of the verb at token i: the subject of its clause, the words right before it, and
// a quantity. The token last ends what stands before the verb group.
func (f *reportReader) sources(i, last int) []source {
	var list []source
	add := func(src source, ok bool) {
		src = f.trimmed(src)
		if ok && src.form != impersonal && src.form != noForm && src.end > src.first && !slices.ContainsFunc(list, func(s source) bool { return s.first < src.end && src.first < s.end }) {
			list = append(list, src)
		}
	}
	if last >= f.around.first && !f.quoted(last) {
		add(f.quantity(last))
	}
	src, _, ok := f.subjectBefore(i, f.around.first, 0)
	add(src, ok)
	k := i - 1
	if k > f.around.first && f.Word(k) == "to" {
		k--
		if k > f.around.first && f.Is(k, rules.Negation) {
			k--
		}
		add(f.endingAt(k, max(f.around.first, i-maxLook)))
	} else if strings.HasSuffix(f.Word(i), "ing") || strings.HasSuffix(f.Word(i), "ed") {
		add(f.endingAt(last, max(f.around.first, i-maxLook)))
	}
	if last >= f.around.first && !f.quoted(last) && (f.Word(last) == "," || f.Is(last, rules.Conjunction|rules.Preposition|rules.Subordinator) && f.mention[last] < 0) {
		add(f.clauseSubject(last))
	}
	if last > f.around.first && !f.quoted(last) && f.Word(last) == "," && strings.HasSuffix(f.Word(i), "ing") {
		add(f.invertedSubject(last))
	}
	return list
}

// invertedSubject finds the subject behind a verb of speech before token i: “…,” said Park, | referring to.
func (f *reportReader) invertedSubject(i int) (source, bool) {
	for k := i - 1; k > max(f.around.first, i-maxLook/2) && !f.quoted(k); k-- {
		if f.verbCue(k) && (f.quoted(k-1) || f.Word(k-1) == ",") {
			src, _, ok := f.phrase(f.cueEnd(k))
			return src, ok
		}
	}
	return source{}, false
}

// trimmed takes off a relative pronoun that was read as a determiner: the delay that | most owners blame.
func (f *reportReader) trimmed(src source) source {
	if src.form == nominal && src.end-src.first > 1 && (segment.EqualFold(f.Word(src.first), "what") || segment.EqualFold(f.Word(src.first), "that") && strings.HasSuffix(f.Word(src.end-1), "s")) {
		src.first++
	}
	return src
}

// clauseSubject finds the subject of the verb before token i: the owners have gone to court, | citing.
func (f *reportReader) clauseSubject(i int) (source, bool) {
	v := f.View
	first := max(f.around.first, i-maxLook/2)
	for t := i - 1; t > first; t-- {
		if f.quoted(t) || v.Word(t) == ";" {
			return source{}, false
		}
		if f.mention[t] >= 0 || v.Upper(t) || strings.HasSuffix(v.Word(t), "ing") || f.possessiveMark(t) || v.Is(t-1, rules.Determiner|rules.Possessive|rules.Preposition) && f.mention[t-1] < 0 ||
			!v.Is(t, rules.Auxiliary|rules.Modal) && !f.verb(t) && (f.set.Report(v.Word(t)) == nil || f.set.Report(v.Word(t)).Noun) {
			continue
		}
		last, _, _ := f.verbGroup(t, first)
		if last < first || f.quoted(last) {
			return source{}, false
		}
		if src, ok := f.endingAt(last, first); ok {
			return src, true
		}
	}
	return source{}, false
}

// quantity reads the subject that ends with token last as a number of people: some, half of them, 60 percent of voters.
func (f *reportReader) quantity(last int) (source, bool) {
	v := f.View
	best := -1
	for k := last; k >= max(f.around.first, last-10); k-- {
		if f.quoted(k) || f.mark(k) || f.mention[k] < 0 && (v.Is(k, rules.Auxiliary|rules.Modal|rules.Conjunction|rules.PronounRelative|rules.Subordinator) && !v.Is(k, rules.NumberWord|rules.Determiner|rules.Generic|rules.Preposition) || f.verb(k)) {
			break
		}
		if f.mention[k] >= 0 {
			continue
		}
		if v.Is(k, rules.Generic|rules.NumberWord) || digitFirst(v.Word(k)) || k == last && v.Is(k, rules.Determiner) && v.Is(k, rules.PronounImpersonal) && v.Word(k) != "that" || segment.EqualFold(v.Word(k), "half") || segment.EqualFold(v.Word(k), "another") {
			best = k
		} else if v.Is(k, rules.Determiner) && k+2 <= last && v.Word(k+2) == "of" { // a number of, the majority of
			best = k
		}
	}
	if best < 0 || best < last && !f.counted(best, last) {
		return source{}, false
	}
	return source{form: nominal, tokens: tokens{best, last + 1}, affiliation: -1, head: last, generic: v.Is(best, rules.Generic) && !v.Is(best, rules.NumberWord)}, true
}

// counted reports whether an "of" stands between the tokens first and last, or a number begins them: 60 percent of voters.
func (f *reportReader) counted(first, last int) bool {
	for k := first; k <= last; k++ {
		if f.mention[k] < 0 && (f.Word(k) == "of" || f.Word(k) == "percent" || f.Word(k) == "%") {
			return true
		}
	}
	return false
}

// possessor finds whose word the noun at token i is: his | false claim, the mayor’s | claim.
func (f *reportReader) possessor(i int) (source, bool) {
	v := f.View
	for k := i - 1; k >= max(f.around.first, i-4) && !f.quoted(k); k-- {
		switch {
		case f.mention[k] >= 0:
			return source{}, false
		case v.Is(k, rules.Possessive) && v.Is(k, personal|rules.PronounImpersonal):
			return source{form: possessive, tokens: tokens{k, k + 1}, affiliation: -1, head: k}, true
		case f.possessiveMark(k):
			return f.endingAt(k-1, f.around.first)
		case !v.Letter(k) || v.Is(k, breaks|rules.Determiner):
			return source{}, false
		}
	}
	return source{}, false
}
