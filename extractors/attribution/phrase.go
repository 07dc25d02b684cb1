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
func (r *clauseReader) verb(i int) bool {
	c := r.Class[i]
	if c&(people|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord) != 0 && c&rules.CommonVerb == 0 {
		return false
	}
	if r.mention[i] >= 0 || r.Upper(i) && !r.title[r.unit[i]] {
		return false
	}
	return c&rules.CommonVerb != 0 || r.Cue[i] != nil && r.Cue[i].Class != rules.Noun && r.Cue[i].Class != rules.Phrase
}

// possessiveMark reports whether token i is 's or the apostrophe of a plural.
func (r *clauseReader) possessiveMark(i int) bool {
	switch r.Word(i) {
	case "'s", "’s", "'", "’", "’S", "'S":
		return true
	}
	return false
}

// nounPhrase reads the noun phrase that begins at token i, within end, and returns the speaker that it would be and the
// token behind it. It reads each token once.
func (r *clauseReader) nounPhrase(i, end int) (source, int, bool) {
	base, j, ok := r.baseNP(i, end)
	if !ok {
		return source{}, 0, false
	}
	if base.form == named {
		base, j = r.coordinate(base, j, end)
		return base, r.behindName(j, end), true
	}
	// a spokesman for Kestrel, the director of the institute, people close to the talks
	for n := 0; base.form == nominal && n < 3 && j+1 < end && !r.quoted(j) && r.Is(base.head, bodies); n++ {
		familiar := r.behindPeople(j, end) && base.end == j
		if familiar {
			j++
		}
		if !r.Is(j, rules.Preposition) {
			break
		}
		// a spokesman for, or of an artifact its author: a survey by
		if !familiar && !r.Is(j, rules.Attaching) && !(r.Word(j) == "by" && r.Is(base.head, rules.ArtifactNoun)) {
			return base, j, true
		}
		next, k, ok := r.baseNP(j+1, end)
		if !ok || next.form == pronoun {
			break
		}
		if next.form == named && next.first > j+1 && r.hasPerson(next) && r.Upper(base.head) && r.Is(base.head, rules.TitleWord|rules.RoleNoun) {
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
	if base.form == nominal && j+1 < end && r.Is(base.head, people) && !r.quoted(j) && r.Word(j) == "and" && !r.Is(j+1, rules.Determiner|rules.Possessive) {
		if next, k, ok := r.baseNP(j+1, end); ok && next.form == nominal && r.Is(next.head, people) && !r.Is(next.head, rules.RolePlural) {
			base.end, j = k, k
		}
	}
	return base, j, true
}

// behindPeople reports whether an adjective with its preposition follows people at token j: people | familiar with.
func (r *clauseReader) behindPeople(j, end int) bool {
	return j+1 < end && j > 0 && r.Is(j-1, people) && r.Class[j] == 0 && r.Cue[j] == nil && r.mention[j] < 0 && r.Letter(j) && !r.Upper(j) && r.Is(j+1, rules.Preposition) && !r.quoted(j+1)
}

// behindName goes over what says where the bearer of a name belongs: Mr. Morgan | of the Sierra Club.
func (r *clauseReader) behindName(j, end int) int {
	if j+1 < end && !r.quoted(j) {
		switch r.Word(j) {
		case "of", "from", "at", "with":
			if next, k, ok := r.baseNP(j+1, end); ok && (next.form == named || next.affiliation >= 0 || r.Is(next.head, rules.GroupNoun)) {
				return k
			}
		}
	}
	return j
}

// coordinate adds further names to the name base: Lopez and Chen.
func (r *clauseReader) coordinate(base source, j, end int) (source, int) {
	for n := 0; n < 4 && j+1 < end && !r.quoted(j); n++ {
		k := j
		if r.Word(k) == "," {
			k++
		}
		if k < end && !r.quoted(k) && (r.Word(k) == "and" || r.Word(k) == "&") {
			k++
		} else if k == j || !r.listGoesOn(k, end) {
			break
		}
		if k >= end {
			break
		}
		next, e, ok := r.baseNP(k, end)
		if !ok || next.form != named {
			break
		}
		base.mentions = append(base.mentions, next.mentions...)
		base.end, j = next.end, e
	}
	return base, j
}

// listGoesOn reports whether a name and "and" follow at token k, so that a comma before it joins a list.
func (r *clauseReader) listGoesOn(k, end int) bool {
	for i := k; i < min(end, k+8); i++ {
		if r.Word(i) == "and" {
			return i > k
		}
		if r.mention[i] < 0 && !r.Upper(i) && r.Word(i) != "," {
			return false
		}
	}
	return false
}

// baseNP reads a noun phrase without what hangs behind it.
func (r *clauseReader) baseNP(i, end int) (source, int, bool) {
	v := r.View
	if i >= end || r.quoted(i) {
		return source{}, 0, false
	}
	src := source{form: nominal, tokens: tokens{i, i}, affiliation: -1, head: -1}
	c := v.Class[i]
	switch word := v.Word(i); {
	case word[0] == '@' && len(word) > 1:
		return source{form: handle, tokens: tokens{i, i + 1}, affiliation: -1}, i + 1, true
	case c&personal != 0 && r.mention[i] < 0 && !(c&rules.Possessive != 0 && i+1 < end && r.noun(i+1)):
		return source{form: pronoun, tokens: tokens{i, i + 1}, affiliation: -1, head: i}, i + 1, true
	case (segment.EqualFold(word, "one") || c&rules.PronounIndefinite != 0) && i+2 < end && v.Word(i+1) == "of": // one of the people
		if next, k, ok := r.baseNP(i+2, end); ok && next.form == nominal {
			next.first, next.generic = i, false
			return next, k, true
		}
		return source{}, 0, false
	case c&rules.PronounIndefinite != 0 && r.mention[i] < 0 && !(i+1 < end && (r.noun(i+1) || r.adjectival(i+1, i, end))): // “…,” tweeted another
		src.end, src.head = i+1, i
		return src, i + 1, true
	case c&rules.PronounImpersonal != 0 && !(segment.EqualFold(word, "one") && i+1 < end && r.noun(i+1)) && !(c&(rules.Determiner|rules.Possessive) != 0 && i+1 < end && r.noun(i+1)):
		return source{form: impersonal, tokens: tokens{i, i + 1}, affiliation: -1, head: i}, i + 1, true
	}
	j, last := i, -1
	for j < end && !r.quoted(j) {
		if m := int(r.mention[j]); m >= 0 {
			if j = r.endTok[m]; j > end {
				return source{}, 0, false
			}
			if j < end && !r.quoted(j) && r.possessiveMark(j) {
				src.affiliation, last, src.head = m, -1, -1
				j++
				continue
			}
			last, src.head = m, j-1
			t := r.D.Mentions[m].Type
			if j < end && r.verbCue(j) && !r.Is(j, people) && !r.Upper(j) {
				break // The Times | reports
			}
			if j < end && r.mention[j] >= 0 && t == annot.LOC {
				// In Ohio | Trump: a place does not stand before a name without a title between
				break
			}
			if t == annot.PER && !(j < end && r.modifies(j)) {
				break
			}
			if j+1 < end && r.mention[j] < 0 && v.Class[j] == 0 && !v.Upper(j) && v.Is(j+1, rules.Determiner|rules.Possessive) {
				break // the Alliance | backs the rule
			}
			if t != annot.PER && !(j < end && (r.noun(j) || r.mention[j] >= 0)) {
				break
			}
			src.affiliation = m
			continue
		}
		if j > i && src.head == j-1 && v.Is(j-1, people) && v.Class[j] == 0 && !v.Upper(j) && strings.HasSuffix(v.Word(j), "ing") {
			break // protesters | marching through the streets
		}
		if j > i && src.head == j-1 && r.behindPeople(j, end) {
			break
		}
		if !r.noun(j) && !r.participle(j, i, end) && !(j == i && v.Is(j, rules.Determiner|rules.Possessive|rules.NumberWord|rules.Generic)) && !r.adjectival(j, i, end) {
			break
		}
		if j == i && v.Is(j, rules.Generic) && !v.Is(j, rules.NumberWord) {
			src.generic = true
		}
		if !v.Is(j, rules.Determiner|rules.Possessive) {
			src.head, last = j, -1
		}
		j++
		if j < end && !r.quoted(j) && r.possessiveMark(j) && r.mention[j] < 0 {
			src.head = -1 // the mayor's office
			j++
		}
	}
	if src.head < 0 || j == i {
		return source{}, 0, false
	}
	src.end = j
	if src.generic && v.Is(i, rules.HumanPlural) { // people say, but not: people familiar with the talks say
		src.generic = j == i+1 && j < end && (r.verbCue(j) || v.Is(j, rules.Adverb|rules.Auxiliary|rules.Modal))
	}
	if last >= 0 {
		return source{form: named, tokens: tokens{r.firstTok[last], r.endTok[last]}, mentions: []int{last}, affiliation: src.affiliation, head: src.head}, j, true
	}
	return src, j, true
}

// modifies reports whether the noun at token j is headed by a name before it: Clinton | spokesman, the Trump | campaign.
func (r *clauseReader) modifies(j int) bool {
	if j+1 < len(r.mention) && r.Cue[j] != nil && r.Cue[j].Class != rules.Noun && (strings.HasSuffix(r.Word(j), "ed") || r.Is(j+1, rules.Determiner|rules.Possessive)) {
		return false // Cole | accused, the union | advocates a
	}
	return !r.quoted(j) && (r.Is(j, people|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord|rules.OrgHead) && !r.Is(j, breaks) && !(r.Cue[j] != nil && r.Cue[j].Class != rules.Noun && !r.Is(j, people|rules.GroupNoun)))
}

// noun reports whether token j may be a noun or an adjective of a noun phrase.
func (r *clauseReader) noun(j int) bool {
	v := r.View
	if r.quoted(j) || !v.Letter(j) && !digitFirst(v.Word(j)) {
		return false
	}
	if r.mention[j] >= 0 {
		return true
	}
	c := v.Class[j]
	if c&(people|rules.GroupNoun|rules.ArtifactNoun) != 0 && c&(rules.CommonVerb|breaks|rules.Determiner) == 0 {
		return true
	}
	if c&(breaks|rules.Determiner|rules.Possessive|personal|rules.PronounImpersonal|rules.Adverb) != 0 && !(v.Upper(j) && c&(rules.TitleWord|rules.RoleNoun) != 0) {
		return false
	}
	return !r.verb(j)
}

func digitFirst(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// adjectival reports whether the verb form at token j stands as an adjective before a noun: the elected officials.
func (r *clauseReader) adjectival(j, start, end int) bool {
	return r.verb(j) && j+1 < end && (j > start && r.Is(j-1, rules.Determiner|rules.Possessive|rules.NumberWord)) && r.noun(j+1)
}

// participle reports whether the verb form at token j begins a noun phrase as an adjective: retired general Lloyd Newton.
func (r *clauseReader) participle(j, start, end int) bool {
	if j != start || r.quoted(j) || !r.verb(j) || r.Cue[j] != nil || j+1 >= end || !strings.HasSuffix(r.Word(j), "ed") {
		return false
	}
	for k := j + 1; k < min(end, j+6) && r.noun(k); k++ {
		if r.Is(k, people|rules.TitleWord) {
			return true
		}
	}
	return false
}
