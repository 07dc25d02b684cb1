package naming

import (
	"slices"
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// stranger is a place where the narrative describes a person whom it does not name: a neighbour, one survivor. The person
// is known by the noun: after a doctor, the doctor is the same.
type stranger struct {
	first, head int // tokens
	person      int // counts the persons from 1
}

// strangers collects the places in the narrative that describe unnamed persons: it reads a few tokens to either side of
// each noun for a person.
func (r *Resolver) findStrangers() {
	known := map[string]int{} // the last person of each noun
	r.strangerGender = []annot.Gender{annot.UnknownGender}
	meet := func(noun string, i int) {
		known[noun] = len(r.strangerGender)
		r.strangerGender = append(r.strangerGender, r.nounGender(i))
	}
	for i := range r.D.Tokens {
		if !r.personNoun(i) {
			continue
		}
		first, noun := r.descriptionStart(i), strings.ToLower(r.Word(i))
		if r.Quoted(first) || r.belongsToName(first, i) {
			continue
		}
		switch {
		case r.introduces(first):
			meet(noun, i)
		case !r.definite(first), known[noun] == 0 && (!r.Is(i, rules.SpokesNoun) || len(r.byRoleWord[noun]) > 0):
			continue
		case known[noun] == 0:
			meet(noun, i)
		}
		r.strangers = append(r.strangers, stranger{first, i, known[noun]})
	}
}

// personNoun reports whether token i is the last noun of a description of one person: a noun for people, or one before who.
func (r *Resolver) personNoun(i int) bool {
	if r.MentionOf[i] >= 0 || r.Quoted(i) || r.Is(i, rules.RolePlural|rules.HumanPlural) {
		return false
	}
	end := r.Units[r.UnitOf[i]].End
	if !r.Is(i, rules.RoleNoun|rules.SpokesNoun|rules.Kinship) {
		next := i + 1
		if next < end && r.Word(next) == "," {
			next++
		}
		return next < end && r.Word(next) == "who" && r.Letter(i) && r.Noun(i) && !r.Quoted(next) && r.introduces(r.descriptionStart(i))
	}
	return !r.Upper(i) && (i+1 >= end || r.Quoted(i+1) || r.MentionOf[i+1] < 0 && !r.PossessiveMark(i+1) && (r.VerbCue(i+1) || !r.Noun(i+1)))
}

// descriptionStart returns the first token of the description whose head is token i.
func (r *Resolver) descriptionStart(i int) int {
	first := r.NounStart(i)
	if first > r.Units[r.UnitOf[i]].First && r.introduces(first-1) && !r.Quoted(first-1) {
		return first - 1 // one survivor
	}
	return first
}

// introduces reports whether token first begins a description of somebody new: a, an, one, another.
func (r *Resolver) introduces(first int) bool {
	word := r.Word(first)
	return segment.EqualFold(word, "a") || segment.EqualFold(word, "an") || segment.EqualFold(word, "one") || segment.EqualFold(word, "another")
}

// definite reports whether token first begins a description of somebody known.
func (r *Resolver) definite(first int) bool {
	return r.Is(first, rules.Determiner|rules.Possessive) || r.MentionOf[first] >= 0
}

// belongsToName reports whether the description [first, head] is said of somebody who is named beside it: Cole, a lawyer;
// a lawyer from Lund, Ann Cole; Cole is a lawyer; an officer surnamed Cole.
func (r *Resolver) belongsToName(first, head int) bool {
	unit := r.Units[r.UnitOf[head]]
	if i := first - 1; i > unit.First && (r.Word(i) == "," || r.Word(i) == "(") && r.isPerson(i-1) {
		return true
	}
	if i := first - 1; i >= unit.First && (r.Is(i, rules.Be) || r.Word(i) == "as" || r.Word(i) == "As" || r.Word(i) == "became") {
		return true
	}
	end := head + 1
	if _, e, ok := r.NounPhrase(first, unit.End); ok {
		end = max(e, end)
	}
	for i := end; i < min(unit.End, end+4) && !r.Quoted(i); i++ {
		switch {
		case r.isPerson(i):
			return true
		case r.Word(i) == "," || r.Word(i) == "—" || r.Word(i) == "–" || r.Word(i) == "(" || r.Is(i, rules.PronounRelative|rules.TitleWord|rules.HonorificFemale|rules.HonorificMale):
		case strings.HasSuffix(r.Word(i), "named"), r.Word(i) == "called", r.Word(i) == "identified", r.Word(i) == "as":
		default:
			return false
		}
	}
	return false
}

// isPerson reports whether token i belongs to the name of a person.
func (r *Resolver) isPerson(i int) bool {
	return r.MentionOf[i] >= 0 && r.D.Mentions[r.MentionOf[i]].Type == annot.PER
}

// nounGender returns the gender that the noun at token i tells.
func (r *Resolver) nounGender(i int) annot.Gender {
	switch {
	case r.Is(i, rules.RoleMale):
		return annot.Male
	case r.Is(i, rules.RoleFemale):
		return annot.Female
	}
	return annot.UnknownGender
}

// strangerAt returns the stranger whom the noun at token head describes, or 0.
func (r *Resolver) strangerAt(head int) int {
	k, ok := slices.BinarySearchFunc(r.strangers, head, func(s stranger, head int) int { return s.head - head })
	if !ok {
		return 0
	}
	return r.strangers[k].person
}

// strangerFrom returns the stranger whom the description that begins at token first is of, or 0.
func (r *Resolver) strangerFrom(first int) int {
	k := sort.Search(len(r.strangers), func(k int) bool { return r.strangers[k].head >= first })
	if k == len(r.strangers) || r.strangers[k].first != first {
		return 0
	}
	return r.strangers[k].person
}

// persons goes backward over the names of persons and the descriptions of strangers.
type persons struct {
	*Resolver
	mention, stranger int // those before are to come
}

// personsBefore returns the persons before token i.
func (r *Resolver) personsBefore(i int) persons {
	return persons{r, r.MentionsBefore(i), sort.Search(len(r.strangers), func(k int) bool { return r.strangers[k].head >= i })}
}

// next returns the next words and the entity or the stranger whom they stand for: 0 for the name of no person. It returns false at
// the start of the article.
func (p *persons) next() (clause.Tokens, int, bool) {
	switch {
	case p.stranger > 0 && (p.mention == 0 || p.strangers[p.stranger-1].head > p.FirstToken[p.mention-1]):
		p.stranger--
		s := p.strangers[p.stranger]
		return clause.Range(s.first, s.head+1), -s.person, true
	case p.mention == 0:
		return clause.Tokens{}, 0, false
	}
	p.mention--
	k := p.mention
	words := clause.Range(p.FirstToken[k], p.EndToken[k])
	if m := p.D.Mentions[k]; m.Type == annot.PER && !p.Inside(k) && p.Headed(k) == k {
		return words, m.Entity, true
	}
	return words, 0, true
}

// strangerWords returns the words that describe a stranger last before token i, within the window of candidates.
func (r *Resolver) strangerWords(person, i int) string {
	last := r.personsBefore(i).stranger
	for k := last - 1; k >= max(0, last-window); k-- {
		if s := r.strangers[k]; s.person == person {
			return r.Text(clause.Range(s.first, s.head+1))
		}
	}
	return ""
}
