package entities

import (
	"strings"

	"github.com/quoth-nlp/quoth/rules"
)

// described returns the description before the comma before mention m: Kerala’s health minister, | V.K. Nambiar, appealed.
func (g *grouper) described(m int) string {
	v, i := g.v, g.first[m]
	if i < 2 || v.Word(i-1) != "," || g.end[m] >= len(v.D.Tokens) || v.Word(g.end[m]) != "," || v.Class[i-2]&rules.RoleNoun == 0 || v.Outer[i-2] >= 0 {
		return ""
	}
	j := i - 1
	for j > 0 && i-j < 10 && v.D.Tokens[j-1].End >= v.D.Tokens[j].Start-1 {
		c := v.Class[j-1]
		if c&(rules.Determiner|rules.Possessive) != 0 {
			return g.trim(j, i-1)
		}
		if !v.Letter(j-1) && v.Word(j - 1)[0] != '\'' || c&(function&^rules.Preposition) != 0 && c&rules.Be == 0 || v.Cue[j-1] != nil && c&rules.RoleNoun == 0 || c&rules.Preposition != 0 && v.Word(j-1) != "of" && v.Word(j-1) != "for" {
			break
		}
		j--
	}
	return g.trim(j, i-1)
}

// role returns the title before mention m, or the apposition after it: "US Secretary of State", "academic".
func (g *grouper) role(m int) string {
	v, i := g.v, g.first[m]
	j := i
	head := false
	for j > 0 && i-j < 8 && v.D.Tokens[j-1].End >= v.D.Tokens[j].Start-1 && v.Outer[j-1] < 0 {
		c := v.Class[j-1]
		word := v.Word(j - 1)
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
		case c&rules.Preposition != 0 && (word == "of" || word == "for") && !g.titleOf(j-1), c&(function&^(rules.Preposition)) != 0, v.Cue[j-1] != nil && c&rules.RoleNoun == 0, c&rules.CommonVerb != 0 && !v.Upper(j-1),
			!v.Letter(j - 1), c&rules.Preposition != 0 && word != "of" && word != "for", !head && !v.Upper(j-1):
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
	return strings.TrimSuffix(g.v.D.Slice(g.v.Span(first, end)), ",")
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
		w := v.Word(k)
		if w == "," || w == "." || w == ";" || w == "”" {
			if head {
				return g.trim(i+1, k)
			}
			return ""
		}
		c := v.Class[k]
		if k == i+1 && c&(rules.PronounRelative|rules.Auxiliary|rules.Conjunction|rules.CommonVerb|rules.Subordinator) != 0 || v.Cue[k] != nil && c&rules.RoleNoun == 0 || v.Outer[k] >= 0 ||
			c&rules.PronounRelative != 0 && w != "that" {
			if head && k > i+2 {
				return g.trim(i+1, k)
			}
			return ""
		}
		if c&rules.RoleNoun != 0 {
			head = true
		}
	}
	return ""
}
