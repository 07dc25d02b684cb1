package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// maxNamesakes is how many persons of one surname are told apart; an article with more of them leaves it open who is
// meant, and costs no more for it.
const maxNamesakes = 8

// lastName returns the last word of a folded name, a suffix left out.
func (g *grouper) lastName(key string) string {
	words := strings.Fields(strings.ReplaceAll(key, ",", " "))
	words = names.WithoutSuffix(words, func(word string) bool { return g.set.StageClasses(word).Has(rules.SurnameSuffix) })
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
	last := g.lastName(key)
	namesakes := g.byLast[last]
	if len(words) > 1 && len(namesakes) > maxNamesakes {
		namesakes = g.byFirst[words[0][:1]+" "+last]
	}
	if len(namesakes) > maxNamesakes {
		return 0, false
	}
	for _, e := range namesakes {
		if names.ShortForm(words, g.folded[e]) {
			fits = append(fits, e)
		}
	}
	if len(fits) == 0 && len(words) == 1 {
		// A first name alone, or the first of two surnames, if just one person bears it.
		if fits = g.byWord[key]; len(fits) > maxNamesakes {
			return 0, false
		}
		if len(fits) == 0 {
			return g.misspelt(key)
		}
		if len(fits) != 1 {
			return 0, false
		}
	}
	if len(fits) == 0 && len(words) > 1 && g.set.Classes(words[0])&rules.NameParticle != 0 {
		// Van Heemstede, Floris van Heemstede tot Rijn
		list := g.byWord[last]
		for _, e := range list[:min(len(list), maxNamesakes)] {
			if strings.Contains(" "+strings.Join(g.folded[e], " ")+" ", " "+key+" ") {
				fits = append(fits, e)
			}
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

// What speaks for one of several bearers of a surname where it stands alone. The weights were chosen from a grid on
// 1161 mentions of 93 pairs of namesakes in the news articles of PolNeAR's train part and of a balanced collection,
// where an honorific tells who is meant and was hidden: right on 81 % of the pairs, where the count of full names alone
// is right on 73 %.
const (
	namedInFull  = 1 // for each full form, up to four of them
	namedFirst   = 2 // it is the first of the namesakes in the article
	inHeadline   = 1
	namedLast    = 3 // it is the last one named in full, not far before
	asKin        = 2 // against it, where it is introduced as somebody's kin: his wife, Ann Cole
	keptInFull   = 1 // against it, for each time that it is named in full again before: she is always Ann Cole
	inSection    = 4 // only this section of the article names it in full
	sameTitle    = 3 // the title before the surname stands before its full name too
	lastDistance = 400
)

// choose decides which of several persons of one surname mention m refers to: by the honorific before it, else by what
// the article does with their full names. It decides for nobody where all of them are introduced together.
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
	title := g.titleBefore(m)
	titled := func(e int) bool {
		full := g.full[e][:min(len(g.full[e]), maxNamesakes)]
		return title != "" && slices.ContainsFunc(full, func(k int) bool { return g.titleBefore(k) == title })
	}
	if g.together(fits) {
		if k := slices.IndexFunc(fits, titled); k >= 0 && !slices.ContainsFunc(fits[k+1:], titled) {
			return fits[k], true
		}
		return 0, false
	}
	first, last, at := -1, -1, -1
	for _, e := range fits {
		if len(g.full[e]) > 0 && (first < 0 || g.full[e][0] < g.full[first][0]) {
			first = e
		}
		if k, _ := slices.BinarySearch(g.full[e], m); k > 0 && g.full[e][k-1] > at {
			last, at = e, g.full[e][k-1]
		}
	}
	best, most := fits[0], -1<<20
	for _, e := range fits {
		full := g.full[e]
		n := namedInFull * min(len(full), 4)
		before, _ := slices.BinarySearch(full, m)
		n -= keptInFull * min(max(before-1, 0), 3)
		if e == first {
			n += namedFirst
		}
		if e == last && d.Mentions[m].Start-d.Mentions[at].End < lastDistance {
			n += namedLast
		}
		if len(full) > 0 {
			if d.Mentions[full[0]].Start < d.Paragraphs[0].End {
				n += inHeadline
			}
			if g.kin(full[0]) {
				n -= asKin
			}
		}
		if titled(e) {
			n += sameTitle
		}
		if g.sections > 0 && g.sharesSection(full, m) {
			n += inSection
		}
		if n > most {
			best, most = e, n
		}
	}
	return best, true
}

// titleBefore returns the folded title before mention m: President | Clinton. An honorific is none.
func (g *grouper) titleBefore(m int) string {
	i := g.first[m] - 1
	if i < 0 || !g.v.Is(i, rules.TitleWord) || g.v.Is(i, rules.HonorificFemale|rules.HonorificMale) {
		return ""
	}
	return names.Fold(g.v.Word(i))
}

// kin reports whether mention m is introduced as somebody's kin: his wife, | Ann Cole; Ann Cole, | his wife.
func (g *grouper) kin(m int) bool {
	v := g.v
	for t := max(0, g.first[m]-3); t < g.first[m]; t++ {
		if v.Is(t, rules.Kinship) {
			return true
		}
	}
	if e := g.end[m]; e < len(v.D.Tokens) && v.Word(e) == "," {
		for t := e + 1; t < min(e+4, len(v.D.Tokens)); t++ {
			if v.Is(t, rules.Kinship) {
				return true
			}
		}
	}
	return false
}

// sharesSection reports whether one of the ascending mentions stands in the section of mention m.
func (g *grouper) sharesSection(list []int, m int) bool {
	k, found := slices.BinarySearch(list, m)
	return found || k > 0 && g.section[list[k-1]] == g.section[m] || k < len(list) && g.section[list[k]] == g.section[m]
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
