package entities

import (
	"slices"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// bySurname is the confidence of a mention that the full name of its bearer taught.
const bySurname = 0.8

// bySurnames adds what the full names of the persons in an article teach: their bare surnames and their families. ms are
// sorted and do not overlap; so is the result.
func bySurnames(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	s := &surnamer{v: v, table: table, bearers: bearers(v, ms)}
	if len(s.bearers) == 0 {
		return ms
	}
	return s.families(s.surnames(ms))
}

// surnames adds the bare surnames of persons whom the article names in full, where nothing was found: Ina May …, May
// said. Many are months, days or other words, so what is around them must fit.
func (s *surnamer) surnames(ms []annot.Mention) []annot.Mention {
	v := s.v
	s.peoples(ms)
	var names []int // the tokens that may be surnames
	free(v, ms, func(i int) {
		if s.bearers[v.Word(i)] != nil && v.Upper(i) {
			names = append(names, i)
		}
	})
	for _, i := range names {
		s.bearers[v.Word(i)].count(s.reading(i))
	}
	added := make([]annot.Mention, 0, len(names))
	for _, i := range names {
		if s.isName(i) {
			added = append(added, annot.Mention{Span: v.Span(i, i+1), Type: annot.PER, By: "model/surname", Confidence: bySurname})
		}
	}
	return insert(ms, added)
}

// peoples makes persons of the names of peoples that are surnames of the article and act as such: Una English …, English said.
func (s *surnamer) peoples(ms []annot.Mention) {
	t, i := s.v.D.Tokens, 0
	for k := range ms {
		m := &ms[k]
		for t[i].End <= m.Start {
			i++
		}
		if m.Type == annot.MISC && m.By != byUser && m.Span == t[i].Span && s.bearers[s.v.Word(i)] != nil && s.reading(i) == person {
			m.Type, m.By, m.Confidence = annot.PER, "model/surname", bySurname
		}
	}
}

// A surnamer decides which words are surnames of persons of one article.
type surnamer struct {
	v       *segment.View
	table   *gazetteer.Table
	bearers map[string]*uses // by the surname
}

// uses counts how a word is used apart from the full name.
type uses struct{ person, other int }

func (u *uses) count(r reading) {
	switch r {
	case person:
		u.person++
	case other:
		u.other++
	}
}

// A reading says what the words around a surname make of it.
type reading int

const (
	open   reading = iota // the words around it do not tell
	person                // Mrs May, May said
	other                 // in May, May 5, the Law
)

// bearers returns the surnames of the persons in ms whose names have several words.
func bearers(v *segment.View, ms []annot.Mention) map[string]*uses {
	found := map[string]*uses{}
	i := 0
	for _, m := range ms {
		if m.Type != annot.PER || m.Confidence < sure {
			continue
		}
		var end int
		i, end = tokensOf(v, m.Span, i)
		last := end - 1
		for last > i && v.Is(last, rules.NameSuffix) {
			last--
		}
		if last > i && len(v.Word(last)) > 2 {
			found[v.Word(last)] = &uses{}
		}
	}
	return found
}

// isName reports whether the word at token i, which is the surname of somebody, is used as one.
func (s *surnamer) isName(i int) bool {
	switch r := s.reading(i); {
	case r != open:
		return r == person
	case s.v.Is(i, rules.Weekday):
		return false // the match Monday
	}
	u := s.bearers[s.v.Word(i)]
	return u.other == 0 || u.person > 0
}

// reading reads what is around token i.
func (s *surnamer) reading(i int) reading {
	v := s.v
	titled := i > 0 && v.Upper(i-1) && v.Is(i-1, rules.HonorificMale|rules.HonorificFemale|rules.TitleWord)
	switch {
	case titled && !s.followed(i):
		return person
	case s.inName(i), v.Is(i, rules.Month|rules.Weekday|rules.TimeWord) && s.dated(i), i > 0 && v.Is(i-1, rules.Determiner):
		return other
	case speaks(v, i):
		return person
	case s.followed(i), v.Is(i, rules.Modal) && s.asks(i):
		return other
	case s.ordinary(i) && s.starts(i) && !s.acts(i+1):
		return other // Hope is not lost.
	}
	return open
}

// inName reports whether a capitalised word before token i makes it part of a longer name.
func (s *surnamer) inName(i int) bool {
	v := s.v
	if i == 0 || !v.Upper(i-1) || s.starts(i) {
		return false
	}
	const noName = function | rules.TimeWord | rules.Adverb
	return !v.Is(i-1, noName)
}

// followed reports whether a capitalised word goes on after token i, so that it may begin another name.
func (s *surnamer) followed(i int) bool {
	v := s.v
	return i+1 < len(v.D.Tokens) && v.Upper(i+1) && !s.starts(i+1)
}

// dated reports whether the month, day or season at token i is one: in May, last May, May 5, May and June.
func (s *surnamer) dated(i int) bool {
	v := s.v
	const calendar = rules.Month | rules.Weekday | rules.TimeWord | rules.NumberWord
	number := func(k int) bool { return v.Word(k)[0] >= '0' && v.Word(k)[0] <= '9' }
	if i > 0 && (v.In(i-1, rules.BeforeDate) || v.Is(i-1, calendar) || number(i-1)) {
		return true
	}
	if i > 1 && v.Is(i-1, rules.Preposition|rules.Conjunction) && v.Is(i-2, calendar) {
		return true // the first week of May
	}
	n := len(v.D.Tokens)
	if i+1 < n && number(i+1) {
		return true
	}
	return i+2 < n && (v.Word(i+1) == "," && number(i+2) || v.Is(i+1, rules.Preposition|rules.Conjunction) && v.Is(i+2, rules.Month|rules.Weekday))
}

// asks reports whether a question or a wish begins with the modal verb at token i: May I, Will he.
func (s *surnamer) asks(i int) bool {
	const subject = rules.Determiner | rules.Possessive | rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst |
		rules.PronounImpersonal
	return i+1 < len(s.v.D.Tokens) && s.v.Is(i+1, subject)
}

// ordinary reports whether token i is a word that is no name as a rule. Months and days have their capital anyway.
func (s *surnamer) ordinary(i int) bool {
	if s.v.Is(i, rules.Month|rules.Weekday) {
		return false
	}
	ratio, known := s.table.Case(s.v.Word(i))
	return known && ratio > 0.2
}

// acts reports whether a verb is at token i, adverbs left out.
func (s *surnamer) acts(i int) bool {
	v := s.v
	for i < len(v.D.Tokens) && v.Is(i, rules.Adverb|rules.Negation) {
		i++
	}
	return i < len(v.D.Tokens) && (v.Is(i, rules.CommonVerb|rules.Auxiliary|rules.Modal) || v.Cue[i] != nil && v.Cue[i].Class != rules.Noun)
}

// starts reports whether token i begins a sentence or follows a mark after which any word has a capital.
func (s *surnamer) starts(i int) bool {
	if i == 0 || capitalAfter(s.v.Word(i-1)) {
		return true
	}
	_, found := slices.BinarySearchFunc(s.v.D.Sentences, i, func(x annot.Sentence, i int) int { return x.FirstToken - i })
	return found
}

// speaks reports whether a verb of speech follows token i, or comes between a quotation and it.
func speaks(v *segment.View, i int) bool {
	cue := func(k int) bool {
		return k >= 0 && k < len(v.D.Tokens) && v.Cue[k] != nil && v.Cue[k].Weight >= 0.5 && v.Cue[k].Class != rules.Noun && v.Cue[k].Class != rules.Phrase
	}
	end := i + 1
	for end < min(len(v.D.Tokens), i+3) && v.Is(end, rules.Adverb|rules.Auxiliary|rules.Negation) {
		end++
	}
	return cue(end) || i > 1 && cue(i-1) && v.Outer[i-2] >= 0
}
