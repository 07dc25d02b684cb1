package entities

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// described returns the description before the comma before mention m: Kerala’s health minister, | V.K. Nambiar, appealed;
// the Archbishop of Orrin, | Tom Moss, appealed.
func (g *grouper) described(m int) string {
	v, i := g.v, g.first[m]
	if !g.betweenCommas(m) || !g.headsDescription(i-2) || v.Outer[i-2] >= 0 {
		return ""
	}
	j := i - 1
	for j > 0 && i-j < 10 && g.adjacent(j-1) {
		if v.Is(j-1, rules.Determiner|rules.Possessive) || g.endsDescription(j-1) {
			break
		}
		j--
	}
	return g.trim(j, i-1)
}

// headsDescription reports whether token i is the noun of a description, or the place that it is of: the Archbishop of | Orrin.
func (g *grouper) headsDescription(i int) bool {
	v := g.v
	return v.Is(i, rules.RoleNoun) || i > 1 && v.Upper(i) && v.Word(i-1) == "of" && v.Is(i-2, rules.RoleNoun)
}

// betweenCommas reports whether commas enclose mention m, with a word before the first.
func (g *grouper) betweenCommas(m int) bool {
	v, i, end := g.v, g.first[m], g.end[m]
	return i >= 2 && v.Word(i-1) == "," && end < len(v.D.Tokens) && v.Word(end) == ","
}

// adjacent reports whether nothing but white space lies between token i and the next.
func (g *grouper) adjacent(i int) bool {
	return g.v.D.Tokens[i].End == g.v.D.Tokens[i+1].Start || spaced(g.v, i)
}

// endsDescription reports whether token i, read from the right, is no word of a description.
func (g *grouper) endsDescription(i int) bool {
	v, c := g.v, g.v.Class[i]
	switch {
	case !v.Letter(i):
		return true
	case c&(function&^rules.Preposition) != 0 && c&rules.Be == 0:
		return true
	case v.Cue[i] != nil && c&rules.RoleNoun == 0:
		return true
	}
	return c&rules.Preposition != 0 && !g.ofOrFor(i)
}

func (g *grouper) ofOrFor(i int) bool { return g.v.Word(i) == "of" || g.v.Word(i) == "for" }

// role returns the title before mention m, or the apposition after it: "US Secretary of State", "academic".
func (g *grouper) role(m int) string {
	v, i := g.v, g.first[m]
	j := i
	head := false // a role noun or title word is among the words so far
	for j > 0 && i-j < 8 && g.adjacent(j-1) && v.Outer[j-1] < 0 {
		c := v.Class[j-1]
		switch {
		case c&(rules.HonorificMale|rules.HonorificFemale) != 0 && c&rules.RoleNoun == 0 && !head:
			return "" // Mrs. is no role
		case c&(rules.TitleWord|rules.RoleNoun) != 0:
			head = true
		case !head && j == i:
			// the word before the name is part of a longer title only if a role noun heads it: Secretary of State
			if !g.titleTail(j - 1) {
				return g.apposition(m)
			}
		case g.endsTitle(j-1) || !head && !v.Upper(j-1):
			if !head {
				return g.apposition(m)
			}
			return g.trim(j, i)
		}
		j--
	}
	if !head {
		return g.apposition(m)
	}
	return g.trim(j, i)
}

// endsTitle reports whether token i, read from the right, is no word of a title before a name.
func (g *grouper) endsTitle(i int) bool {
	v, c := g.v, g.v.Class[i]
	switch {
	case c&rules.Preposition != 0 && !(g.ofOrFor(i) && g.titleOf(i)):
		return true
	case c&(function&^rules.Preposition) != 0, !v.Letter(i):
		return true
	case v.Cue[i] != nil && c&rules.RoleNoun == 0:
		return true
	}
	return c&rules.CommonVerb != 0 && !v.Upper(i)
}

// titleOf reports whether "of" or "for" at token i continues a title: Secretary | of State, Secretary | for Fisheries.
func (g *grouper) titleOf(i int) bool {
	return i > 0 && g.v.Upper(i-1) && g.v.Is(i-1, rules.TitleWord|rules.RoleNoun)
}

// titleTail reports whether token i may end a title that a role noun begins up to three words before it.
func (g *grouper) titleTail(i int) bool {
	for k := i; k > 0 && k > i-4; k-- {
		if w := g.v.Word(k); w == "of" || w == "for" {
			return g.titleOf(k)
		}
		if !g.v.Upper(k) {
			return false
		}
	}
	return false
}

func (g *grouper) trim(first, end int) string {
	for first < end && (g.v.Is(first, rules.Determiner|rules.Conjunction|rules.Preposition|rules.Possessive) || !g.v.Letter(first)) {
		first++
	}
	if first >= end {
		return ""
	}
	return names.Clean(strings.TrimSuffix(g.v.D.Slice(g.v.Span(first, end)), ","))
}

// apposition returns the description between commas after mention m, if a role noun is in it: "Scott Pruitt, the
// Republican attorney general of Oklahoma, …".
func (g *grouper) apposition(m int) string {
	v, i := g.v, g.end[m]
	if i+1 >= len(v.D.Tokens) || v.Word(i) != "," {
		return ""
	}
	head := false
	for k := i + 1; k < min(i+14, len(v.D.Tokens)); k++ {
		if endsPhrase(v.Word(k)) {
			if head {
				return g.trim(i+1, k)
			}
			return ""
		}
		if k == i+1 && v.Is(k, clauseStart) || g.endsApposition(k) {
			if head && k > i+2 {
				return g.trim(i+1, k)
			}
			return ""
		}
		head = head || v.Is(k, rules.RoleNoun)
	}
	return ""
}

// endsPhrase reports whether the token is punctuation that no description goes on after.
func endsPhrase(word string) bool {
	switch word {
	case ",", ".", ";", ":", "(", "”":
		return true
	}
	return false
}

// clauseStart holds the classes of words that begin a clause after a comma, and no apposition.
const clauseStart = rules.PronounRelative | rules.Auxiliary | rules.Conjunction | rules.CommonVerb | rules.Subordinator

// endsApposition reports whether token k is no word of an apposition: a verb of speech, a quotation, “who”.
func (g *grouper) endsApposition(k int) bool {
	v := g.v
	return v.Cue[k] != nil && !v.Is(k, rules.RoleNoun) || v.Outer[k] >= 0 || v.Is(k, rules.PronounRelative) && v.Word(k) != "that"
}
