package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxNamesakes is how many persons of one surname are told apart; an article with more of them leaves it open who is
// meant, and costs no more for it.
const maxNamesakes = 8

// lastName returns the last word of a folded name, a suffix left out.
func lastName(key string) string {
	words := strings.Fields(strings.ReplaceAll(key, ",", " "))
	for len(words) > 1 {
		switch words[len(words)-1] {
		case "jr", "sr", "ii", "iii", "iv", "mp", "phd":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	if len(words) == 0 {
		return key
	}
	return words[len(words)-1]
}

// person finds the person whom the shorter or other form of a name refers to.
func (g *grouper) person(m int, key string) (int, bool) {
	d := g.v.D
	words := strings.Fields(key)
	var fits []int
	last := lastName(key)
	namesakes := g.byLast[last]
	if len(words) > 1 && len(namesakes) > maxNamesakes {
		namesakes = g.byFirst[words[0][:1]+" "+last]
	}
	if len(namesakes) > maxNamesakes {
		return 0, false
	}
	for _, e := range namesakes {
		if compatible(words, g.folded[e]) {
			fits = append(fits, e)
		}
	}
	if len(fits) == 0 && len(words) == 1 {
		// A first name alone, or the first of two surnames, if just one person bears it.
		if fits = g.byWord[key]; len(fits) > maxNamesakes {
			return 0, false
		}
		if len(fits) != 1 {
			return 0, false
		}
	}
	switch len(fits) {
	case 0:
		return 0, false
	case 1:
		// Mr. Obama is not Michelle Obama.
		gender, known := g.honorific(m), g.firstNameGender(d.Entities[fits[0]].Name)
		if gender != annot.UnknownGender && known != annot.UnknownGender && gender != known {
			return 0, false
		}
		return fits[0], true
	}
	return g.choose(m, fits)
}

// compatible reports whether the short form may refer to the bearer of the full name: the same words in order, where an
// initial or a form of the first name may stand for it. Both end in the same last name.
func compatible(short, full []string) bool {
	if len(short) > len(full) {
		short, full = full, short
	}
	if len(short) == 1 {
		return true
	}
	if tail := full[len(full)-len(short):]; slices.Equal(short, tail) {
		return true // de la fuente, juan ramón de la fuente
	}
	a, b := short[0], full[0]
	if slices.Contains(full[:len(full)-1], "\""+a+"\"") || slices.Contains(full[:len(full)-1], "“"+a+"”") {
		return true // Bobby Scott, Robert C. “Bobby” Scott
	}
	return a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b) ||
		len(a) >= 3 && strings.HasPrefix(b, a) || len(b) >= 3 && strings.HasPrefix(a, b)
}

// choose decides which of several persons of one surname mention m refers to: by the honorific before it, else the one
// of whom the article speaks most by the full name, else nobody.
func (g *grouper) choose(m int, fits []int) (int, bool) {
	d := g.v.D
	if gender := g.honorific(m); gender != annot.UnknownGender {
		var same []int
		for _, e := range fits {
			if g.firstNameGender(d.Entities[e].Name) == gender {
				same = append(same, e)
			}
		}
		if len(same) == 1 {
			return same[0], true
		}
	}
	best, most := fits[0], -1
	last, at := -1, -1 // the person of the name who was named in full last before m
	for _, e := range fits {
		if k, _ := slices.BinarySearch(g.full[e], m); k > 0 && g.full[e][k-1] > at {
			last, at = e, g.full[e][k-1]
		}
	}
	for _, e := range fits {
		n := min(len(g.full[e]), 4)
		// The one named first has the better claim to the surname, and so has the one named last.
		if len(g.full[e]) > 0 && g.full[e][0] < m {
			n += 2
		}
		if e == last && d.Mentions[m].Start-d.Mentions[at].End < 400 {
			n += 2
		}
		if n > most {
			best, most = e, n
		}
	}
	if g.together(fits) {
		return 0, false
	}
	return best, true
}

// together reports whether all of the persons are named first in the same sentence: Ann Cole and Ray Cole.
func (g *grouper) together(fits []int) bool {
	d := g.v.D
	lo, hi := len(d.Text), 0
	for _, e := range fits {
		if len(g.full[e]) == 0 {
			return false
		}
		s := d.Mentions[g.full[e][0]].Span
		lo, hi = min(lo, s.Start), max(hi, s.End)
	}
	return hi > lo && hi-lo < 200 && !strings.Contains(d.Text[lo:hi], ". ")
}

// honorific returns the gender that the words before mention m give.
func (g *grouper) honorific(m int) annot.Gender {
	i := g.first[m] - 1
	if i < 0 {
		return annot.UnknownGender
	}
	switch {
	case g.v.Is(i, rules.HonorificFemale) && !g.v.Is(i, rules.HonorificMale):
		return annot.Female
	case g.v.Is(i, rules.HonorificMale) && !g.v.Is(i, rules.HonorificFemale):
		return annot.Male
	}
	return annot.UnknownGender
}
