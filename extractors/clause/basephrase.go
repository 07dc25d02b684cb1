package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// BasePhrase reads the noun phrase that begins at token i, within end, without what hangs on its head. It returns the speaker that
// the phrase would be and the token after it.
func (r *Reader) BasePhrase(i, end int) (Source, int, bool) {
	if i >= end || r.Quoted(i) {
		return Source{}, 0, false
	}
	word, start := Tokens{i, i + 1}, phraseStart{r}
	switch {
	case start.handle(i):
		return Source{Form: Handle, Tokens: word, Affiliation: -1}, i + 1, true
	case start.personalPronoun(i, end):
		return Source{Form: Pronoun, Tokens: word, Affiliation: -1, Head: i}, i + 1, true
	case start.someOf(i, end):
		next, k, ok := r.BasePhrase(i+2, end)
		if !ok || next.Form != Nominal {
			return Source{}, 0, false
		}
		next.First, next.Generic = i, false
		return next, k, true
	case start.indefinitePronoun(i, end):
		return Source{Form: Nominal, Tokens: word, Affiliation: -1, Head: i}, i + 1, true
	case start.impersonalPronoun(i, end):
		return Source{Form: Impersonal, Tokens: word, Affiliation: -1, Head: i}, i + 1, true
	}
	p := basePhrase{Reader: r, at: i, end: end, name: -1, Source: Source{Form: Nominal, Tokens: Tokens{i, i}, Affiliation: -1, Head: -1}}
	return p.read()
}

// phraseStart tells what a phrase of one word, or one that an indefinite pronoun leads, is by its first words.
type phraseStart struct{ *Reader }

// handle reports whether token i is the handle of an account: @kiki.
func (r phraseStart) handle(i int) bool {
	word := r.Word(i)
	return word[0] == '@' && len(word) > 1
}

// personalPronoun reports whether token i is a personal pronoun that is no possessive: she, but not her in “her lawyer”.
func (r phraseStart) personalPronoun(i, end int) bool {
	return r.Is(i, Personal) && r.MentionOf[i] < 0 && !(r.Is(i, rules.Possessive) && r.nounAfter(i, end))
}

// someOf reports whether “one of” or the like begins at token i: one of the people.
func (r phraseStart) someOf(i, end int) bool {
	return i+2 < end && r.Word(i+1) == "of" && (r.Is(i, rules.PronounIndefinite) || segment.EqualFold(r.Word(i), "one"))
}

// indefinitePronoun reports whether token i is an indefinite pronoun by itself: “…,” tweeted another.
func (r phraseStart) indefinitePronoun(i, end int) bool {
	return r.Is(i, rules.PronounIndefinite) && r.MentionOf[i] < 0 && !r.nounAfter(i, end) && !(i+1 < end && r.adjectival(i+1, i, end))
}

// impersonalPronoun reports whether token i is it, there or the like by itself: not one in “one man”, not this in “this plan”.
func (r phraseStart) impersonalPronoun(i, end int) bool {
	return r.Is(i, rules.PronounImpersonal) &&
		!(r.nounAfter(i, end) && (segment.EqualFold(r.Word(i), "one") || r.Is(i, rules.Determiner|rules.Possessive)))
}

// nounAfter reports whether a noun may follow token i.
func (r phraseStart) nounAfter(i, end int) bool { return i+1 < end && r.Noun(i+1) }

// basePhrase is a noun phrase that is being read, as the Source that it would be.
type basePhrase struct {
	*Reader
	Source
	at, end int
	// name is the mention that the phrase ends with so far, or -1.
	name int
}

// read reads the phrase to its end.
func (p *basePhrase) read() (Source, int, bool) {
	for goesOn := true; goesOn && p.at < p.end && !p.Quoted(p.at); {
		if m := int(p.MentionOf[p.at]); m < 0 {
			goesOn = p.wordFits() && p.takeWord()
		} else if p.EndToken[m] > p.end {
			return Source{}, 0, false
		} else {
			goesOn = p.takeName(m)
		}
	}
	if p.Head < 0 || p.at == p.First {
		return Source{}, 0, false
	}
	if p.name >= 0 {
		name := Tokens{p.FirstToken[p.name], p.EndToken[p.name]}
		return Source{Form: Named, Tokens: name, Mentions: []int{p.name}, Affiliation: p.Affiliation, Head: p.Head}, p.at, true
	}
	p.End = p.at
	if p.Generic && p.Is(p.First, rules.HumanPlural) { // people say, but not: people familiar with the talks say
		p.Generic = p.at == p.First+1 && p.at < p.end && (p.VerbCue(p.at) || p.Is(p.at, rules.Adverb|rules.Auxiliary|rules.Modal))
	}
	return p.Source, p.at, true
}

// takeName adds mention m to the phrase, and reports whether the phrase may go on after it.
func (p *basePhrase) takeName(m int) bool {
	j := p.EndToken[m]
	p.at = j
	if p.possessiveFollows() {
		p.Affiliation, p.name, p.Head = m, -1, -1
		p.at++
		return true
	}
	p.name, p.Head = m, j-1
	if j >= p.end || !p.nameLeadsOn(p.D.Mentions[m].Type, j) {
		return false
	}
	p.Affiliation = m
	return true
}

// nameLeadsOn reports whether token j belongs to the noun phrase of the name of type t before it: Clinton | spokesman.
func (p *basePhrase) nameLeadsOn(t annot.Type, j int) bool {
	switch {
	case p.VerbCue(j) && !p.Is(j, People) && !p.Upper(j):
		return false // The Times | reports
	case t == annot.LOC && p.MentionOf[j] >= 0:
		return false // In Ohio | Trump: a place does not stand before a name without a title between
	case t == annot.PER:
		return p.Modifies(j) && !p.verbWithObject(j)
	case p.verbWithObject(j):
		return false
	}
	return p.Noun(j) || p.MentionOf[j] >= 0
}

// verbWithObject reports whether an unknown word at token j is a verb by what follows: the Alliance | backs the rule.
func (p *basePhrase) verbWithObject(j int) bool {
	return j+1 < p.end && p.MentionOf[j] < 0 && p.Class[j] == 0 && !p.Upper(j) && p.Is(j+1, rules.Determiner|rules.Possessive)
}

// possessiveFollows reports whether the token at hand is the mark of a possessive.
func (p *basePhrase) possessiveFollows() bool {
	return p.at < p.end && !p.Quoted(p.at) && p.PossessiveMark(p.at)
}

// wordFits reports whether the word at hand, which is no name, belongs to the phrase.
func (p *basePhrase) wordFits() bool {
	j, opens := p.at, p.at == p.First
	if !opens && p.Head == j-1 && (p.participleAfterPeople(j) || p.afterPeople(j, p.end)) {
		return false
	}
	return p.Noun(j) || p.verbAsNoun(j) || p.percent(j) || p.participle(j, p.First, p.end) || opens && p.Is(j, rules.Determiner|rules.Possessive|rules.NumberWord|rules.Generic) ||
		p.adjectival(j, p.First, p.end)
}

// verbAsNoun reports whether the form of a verb at token j is a noun, as it stands between the and a verb: the | states | argued.
func (p *basePhrase) verbAsNoun(j int) bool {
	return j == p.First+1 && p.MentionOf[j] < 0 && segment.EqualFold(p.Word(j-1), "the") && j+1 < len(p.Class) && p.VerbCue(j+1) &&
		!p.Is(j, Breaks|rules.Adverb)
}

// percent reports whether token j says of the number before it that it is a share: 44 | percent, 44 | per cent.
func (p *basePhrase) percent(j int) bool {
	if j > p.First+1 && p.Word(j-1) == "per" {
		j--
	}
	return j > p.First && DigitFirst(p.Word(j-1)) && (p.isPercent(j) || p.Word(j) == "per" && j+1 < p.end && p.isPercent(j+1))
}

// participleAfterPeople reports whether a participle follows people at token j: protesters | marching through the streets, but
// not: a senior | managing editor.
func (p *basePhrase) participleAfterPeople(j int) bool {
	if j+1 < p.end && p.Is(j+1, rules.RoleNoun) && !p.Is(j-1, rules.RolePlural|rules.HumanPlural) {
		return false
	}
	return p.Is(j-1, People) && p.Class[j] == 0 && !p.Upper(j) && strings.HasSuffix(p.Word(j), "ing")
}

// takeWord adds the word at hand to the phrase, with the mark of the possessive after it. It returns true.
func (p *basePhrase) takeWord() bool {
	if p.at == p.First && p.Is(p.at, rules.Generic) && !p.Is(p.at, rules.NumberWord) {
		p.Generic = true
	}
	if !p.Is(p.at, rules.Determiner|rules.Possessive) {
		p.Head, p.name = p.at, -1
	}
	p.at++
	if p.possessiveFollows() && p.MentionOf[p.at] < 0 {
		p.Head = -1 // the mayor's office
		p.at++
	}
	return true
}
