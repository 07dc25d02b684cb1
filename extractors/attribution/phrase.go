package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// form is the kind of words that stand for a speaker.
type form uint8

const (
	noForm form = iota
	named
	pronoun
	nominal    // a description: the mayor, a spokesman for Kestrel
	relative   // who
	possessive // her, as in "her verdict:"
	handle     // @kiki
	label      // SMITH:
	impersonal // it, there
	account    // Transit Desk (@transitdesk), and other names that the recognizer does not know
)

// source is the words that stand for a speaker.
type source struct {
	form form
	tokens
	mentions []int // the names among them that are speakers
	head     int   // of a description, the token of its head noun
	// affiliation is the mention of the body or person that a description belongs to, or -1.
	affiliation int
	// antecedent are the mentions that a relative pronoun refers to.
	antecedent []int
	// generic says that the source is anybody: every child.
	generic bool
}

const (
	personal = rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst
	// breaks ends a noun phrase.
	breaks = rules.Preposition | rules.Conjunction | rules.Subordinator | rules.Auxiliary | rules.Modal | rules.Negation | rules.PronounRelative |
		rules.TimeWord | rules.Weekday | rules.QuestionWord
	people = rules.RoleNoun | rules.RolePlural | rules.SpokesNoun | rules.HumanPlural | rules.Kinship | rules.PronounIndefinite
	bodies = people | rules.GroupNoun | rules.ArtifactNoun
)

// verb reports whether token i reads as a verb where no noun is due.
func (w *work) verb(i int) bool {
	c := w.v.Class[i]
	if c&(people|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord) != 0 && c&rules.CommonVerb == 0 {
		return false
	}
	if w.mention[i] >= 0 || w.v.Upper(i) && !w.title[w.unit[i]] {
		return false
	}
	return c&rules.CommonVerb != 0 || w.v.Cue[i] != nil && w.v.Cue[i].Class != rules.Noun && w.v.Cue[i].Class != rules.Phrase
}

// possessiveMark reports whether token i is 's or the apostrophe of a plural.
func (w *work) possessiveMark(i int) bool {
	switch w.v.Word(i) {
	case "'s", "’s", "'", "’", "’S", "'S":
		return true
	}
	return false
}

// nounPhrase reads the noun phrase that begins at token i, within end, and returns the speaker that it would be and the
// token behind it. It reads each token once.
func (w *work) nounPhrase(i, end int) (source, int, bool) {
	base, j, ok := w.baseNP(i, end)
	if !ok {
		return source{}, 0, false
	}
	if base.form == named {
		base, j = w.coordinate(base, j, end)
		return base, w.behindName(j, end), true
	}
	// a spokesman for Kestrel, the director of the institute, people close to the talks
	for n := 0; base.form == nominal && n < 3 && j+1 < end && !w.quoted(j) && w.v.Is(base.head, bodies); n++ {
		familiar := w.behindPeople(j, end) && base.end == j
		if familiar {
			j++
		}
		if !w.v.Is(j, rules.Preposition) {
			break
		}
		// a spokesman for, or of an artifact its author: a survey by
		if !familiar && !w.v.Is(j, rules.Attaching) && !(w.v.Word(j) == "by" && w.v.Is(base.head, rules.ArtifactNoun)) {
			return base, j, true
		}
		next, k, ok := w.baseNP(j+1, end)
		if !ok || next.form == pronoun {
			break
		}
		if next.form == named && next.first > j+1 && w.hasPerson(next) && w.v.Upper(base.head) && w.v.Is(base.head, rules.TitleWord|rules.RoleNoun) {
			return next, k, true // Secretary for Fisheries | Nora Quill
		}
		if base.affiliation < 0 && len(next.mentions) > 0 {
			base.affiliation = next.mentions[0]
		} else if base.affiliation < 0 {
			base.affiliation = next.affiliation
		}
		base.end, j = k, k
	}
	// the former first lady and senator
	if base.form == nominal && j+1 < end && w.v.Is(base.head, people) && !w.quoted(j) && w.v.Word(j) == "and" && !w.v.Is(j+1, rules.Determiner|rules.Possessive) {
		if next, k, ok := w.baseNP(j+1, end); ok && next.form == nominal && w.v.Is(next.head, people) && !w.v.Is(next.head, rules.RolePlural) {
			base.end, j = k, k
		}
	}
	return base, j, true
}

// behindPeople reports whether an adjective with its preposition follows people at token j: people | familiar with.
func (w *work) behindPeople(j, end int) bool {
	return j+1 < end && j > 0 && w.v.Is(j-1, people) && w.v.Class[j] == 0 && w.v.Cue[j] == nil && w.mention[j] < 0 && w.v.Letter(j) && !w.v.Upper(j) && w.v.Is(j+1, rules.Preposition) && !w.quoted(j+1)
}

// behindName goes over what says where the bearer of a name belongs: Mr. Morgan | of the Sierra Club.
func (w *work) behindName(j, end int) int {
	if j+1 < end && !w.quoted(j) {
		switch w.v.Word(j) {
		case "of", "from", "at", "with":
			if next, k, ok := w.baseNP(j+1, end); ok && (next.form == named || next.affiliation >= 0 || w.v.Is(next.head, rules.GroupNoun)) {
				return k
			}
		}
	}
	return j
}

// coordinate adds further names to the name base: Lopez and Chen.
func (w *work) coordinate(base source, j, end int) (source, int) {
	for n := 0; n < 4 && j+1 < end && !w.quoted(j); n++ {
		k := j
		if w.v.Word(k) == "," {
			k++
		}
		if k < end && !w.quoted(k) && (w.v.Word(k) == "and" || w.v.Word(k) == "&") {
			k++
		} else if k == j || !w.listGoesOn(k, end) {
			break
		}
		if k >= end {
			break
		}
		next, e, ok := w.baseNP(k, end)
		if !ok || next.form != named {
			break
		}
		base.mentions = append(base.mentions, next.mentions...)
		base.end, j = next.end, e
	}
	return base, j
}

// listGoesOn reports whether a name and "and" follow at token k, so that a comma before it joins a list.
func (w *work) listGoesOn(k, end int) bool {
	for i := k; i < min(end, k+8); i++ {
		if w.v.Word(i) == "and" {
			return i > k
		}
		if w.mention[i] < 0 && !w.v.Upper(i) && w.v.Word(i) != "," {
			return false
		}
	}
	return false
}

// baseNP reads a noun phrase without what hangs behind it.
func (w *work) baseNP(i, end int) (source, int, bool) {
	v := w.v
	if i >= end || w.quoted(i) {
		return source{}, 0, false
	}
	src := source{form: nominal, tokens: tokens{i, i}, affiliation: -1, head: -1}
	c := v.Class[i]
	switch word := v.Word(i); {
	case word[0] == '@' && len(word) > 1:
		return source{form: handle, tokens: tokens{i, i + 1}, affiliation: -1}, i + 1, true
	case c&personal != 0 && w.mention[i] < 0 && !(c&rules.Possessive != 0 && i+1 < end && w.noun(i+1)):
		return source{form: pronoun, tokens: tokens{i, i + 1}, affiliation: -1, head: i}, i + 1, true
	case (segment.EqualFold(word, "one") || c&rules.PronounIndefinite != 0) && i+2 < end && v.Word(i+1) == "of": // one of the people
		if next, k, ok := w.baseNP(i+2, end); ok && next.form == nominal {
			next.first, next.generic = i, false
			return next, k, true
		}
		return source{}, 0, false
	case c&rules.PronounIndefinite != 0 && w.mention[i] < 0 && !(i+1 < end && (w.noun(i+1) || w.adjectival(i+1, i, end))): // “…,” tweeted another
		src.end, src.head = i+1, i
		return src, i + 1, true
	case c&rules.PronounImpersonal != 0 && !(segment.EqualFold(word, "one") && i+1 < end && w.noun(i+1)) && !(c&(rules.Determiner|rules.Possessive) != 0 && i+1 < end && w.noun(i+1)):
		return source{form: impersonal, tokens: tokens{i, i + 1}, affiliation: -1, head: i}, i + 1, true
	}
	j, last := i, -1
	for j < end && !w.quoted(j) {
		if m := int(w.mention[j]); m >= 0 {
			if j = w.endTok[m]; j > end {
				return source{}, 0, false
			}
			if j < end && !w.quoted(j) && w.possessiveMark(j) {
				src.affiliation, last, src.head = m, -1, -1
				j++
				continue
			}
			last, src.head = m, j-1
			t := w.d.Mentions[m].Type
			if j < end && w.verbCue(j) && !w.v.Is(j, people) && !w.v.Upper(j) {
				break // The Times | reports
			}
			if j < end && w.mention[j] >= 0 && t == annot.LOC {
				// In Ohio | Trump: a place does not stand before a name without a title between
				break
			}
			if t == annot.PER && !(j < end && w.modifies(j)) {
				break
			}
			if j+1 < end && w.mention[j] < 0 && v.Class[j] == 0 && !v.Upper(j) && v.Is(j+1, rules.Determiner|rules.Possessive) {
				break // the Alliance | backs the rule
			}
			if t != annot.PER && !(j < end && (w.noun(j) || w.mention[j] >= 0)) {
				break
			}
			src.affiliation = m
			continue
		}
		if j > i && src.head == j-1 && v.Is(j-1, people) && v.Class[j] == 0 && !v.Upper(j) && strings.HasSuffix(v.Word(j), "ing") {
			break // protesters | marching through the streets
		}
		if j > i && src.head == j-1 && w.behindPeople(j, end) {
			break
		}
		if !w.noun(j) && !w.participle(j, i, end) && !(j == i && v.Is(j, rules.Determiner|rules.Possessive|rules.NumberWord|rules.Generic)) && !w.adjectival(j, i, end) {
			break
		}
		if j == i && v.Is(j, rules.Generic) && !v.Is(j, rules.NumberWord) {
			src.generic = true
		}
		if !v.Is(j, rules.Determiner|rules.Possessive) {
			src.head, last = j, -1
		}
		j++
		if j < end && !w.quoted(j) && w.possessiveMark(j) && w.mention[j] < 0 {
			src.head = -1 // the mayor's office
			j++
		}
	}
	if src.head < 0 || j == i {
		return source{}, 0, false
	}
	src.end = j
	if src.generic && v.Is(i, rules.HumanPlural) { // people say, but not: people familiar with the talks say
		src.generic = j == i+1 && j < end && (w.verbCue(j) || v.Is(j, rules.Adverb|rules.Auxiliary|rules.Modal))
	}
	if last >= 0 {
		return source{form: named, tokens: tokens{w.firstTok[last], w.endTok[last]}, mentions: []int{last}, affiliation: src.affiliation, head: src.head}, j, true
	}
	return src, j, true
}

// modifies reports whether the noun at token j is headed by a name before it: Clinton | spokesman, the Trump | campaign.
func (w *work) modifies(j int) bool {
	if j+1 < len(w.mention) && w.v.Cue[j] != nil && w.v.Cue[j].Class != rules.Noun && (strings.HasSuffix(w.v.Word(j), "ed") || w.v.Is(j+1, rules.Determiner|rules.Possessive)) {
		return false // Cole | accused, the union | advocates a
	}
	return !w.quoted(j) && (w.v.Is(j, people|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord|rules.OrgHead) && !w.v.Is(j, breaks) && !(w.v.Cue[j] != nil && w.v.Cue[j].Class != rules.Noun && !w.v.Is(j, people|rules.GroupNoun)))
}

// noun reports whether token j may be a noun or an adjective of a noun phrase.
func (w *work) noun(j int) bool {
	v := w.v
	if w.quoted(j) || !v.Letter(j) && !digitFirst(v.Word(j)) {
		return false
	}
	if w.mention[j] >= 0 {
		return true
	}
	c := v.Class[j]
	if c&(people|rules.GroupNoun|rules.ArtifactNoun) != 0 && c&(rules.CommonVerb|breaks|rules.Determiner) == 0 {
		return true
	}
	if c&(breaks|rules.Determiner|rules.Possessive|personal|rules.PronounImpersonal|rules.Adverb) != 0 && !(v.Upper(j) && c&(rules.TitleWord|rules.RoleNoun) != 0) {
		return false
	}
	return !w.verb(j)
}

func digitFirst(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// adjectival reports whether the verb form at token j stands as an adjective before a noun: the elected officials.
func (w *work) adjectival(j, start, end int) bool {
	return w.verb(j) && j+1 < end && (j > start && w.v.Is(j-1, rules.Determiner|rules.Possessive|rules.NumberWord)) && w.noun(j+1)
}

// participle reports whether the verb form at token j begins a noun phrase as an adjective: retired general Lloyd Newton.
func (w *work) participle(j, start, end int) bool {
	if j != start || w.quoted(j) || !w.verb(j) || w.v.Cue[j] != nil || j+1 >= end || !strings.HasSuffix(w.v.Word(j), "ed") {
		return false
	}
	for k := j + 1; k < min(end, j+6) && w.noun(k); k++ {
		if w.v.Is(k, people|rules.TitleWord) {
			return true
		}
	}
	return false
}
