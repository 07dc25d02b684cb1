package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
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
	words := strings.Fields(key)
	namesakes := g.namesakes(words, key)
	if len(namesakes) > maxNamesakes {
		return 0, false
	}
	var fits []int
	for _, e := range namesakes {
		if names.ShortForm(words, g.folded[e]) {
			fits = append(fits, e)
		}
	}
	switch {
	case len(fits) > 0:
		return g.oneOf(m, fits)
	case len(words) == 1:
		return g.byOneWord(m, key)
	case len(words) > 1:
		return g.byPart(m, words)
	}
	return 0, false
}

// namesakes returns the persons of the surname, or those whose first letter is the same too if they are many.
func (g *grouper) namesakes(words []string, key string) []int {
	last := g.lastName(key)
	all := g.byLast[last]
	switch {
	case len(words) < 2 && len(g.byFamily[key]) > 0:
		return slices.Concat(all[:min(len(all), maxNamesakes)], g.byFamily[key])
	case len(words) < 2 || len(all) <= maxNamesakes:
		return all
	}
	return g.byFirst[words[0][:1]+" "+last]
}

// mayBe reports whether nothing tells mention m from person e: Mr. Obama is not Michelle Obama.
func (g *grouper) mayBe(m, e int) bool {
	gender, known := g.honorific(m), g.firstNameGender(g.v.D.Entities[e].Name)
	return gender == annot.UnknownGender || known == annot.UnknownGender || gender == known
}

// What speaks for one of several bearers of a surname where it is alone. The weights were chosen from a grid on
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
	sameTitle    = 3 // the title before the surname comes before its full name too
	lastDistance = 80
)

// choose decides which of several persons of one surname mention m refers to: by the honorific before it, else by what
// the article does with their full names. It decides for nobody where all of them are introduced together.
func (g *grouper) choose(m int, fits []int) (int, bool) {
	if e, ok := g.onlyOfGender(g.honorific(m), fits); ok {
		return e, true
	}
	if g.together(fits) {
		titled := func(e int) bool { return g.titled(m, e) }
		if k := slices.IndexFunc(fits, titled); k >= 0 && !slices.ContainsFunc(fits[k+1:], titled) {
			return fits[k], true
		}
		return 0, false
	}
	first, last := g.namedFirst(fits), g.namedLast(m, fits)
	best, most := fits[0], -1<<20
	for _, e := range fits {
		n := g.weigh(m, e)
		if e == first {
			n += namedFirst
		}
		if e == last {
			n += namedLast
		}
		if n > most {
			best, most = e, n
		}
	}
	return best, true
}

// onlyOfGender returns the one person whose first name tells the gender.
func (g *grouper) onlyOfGender(gender annot.Gender, fits []int) (int, bool) {
	found, n := 0, 0
	for _, e := range fits {
		if gender != annot.UnknownGender && g.firstNameGender(g.v.D.Entities[e].Name) == gender {
			found = e
			n++
		}
	}
	return found, n == 1
}

// titled reports whether the title before mention m comes before a full form of the name of person e too.
func (g *grouper) titled(m, e int) bool {
	title := g.titleBefore(m)
	full := g.full[e][:min(len(g.full[e]), maxNamesakes)]
	return title != "" && slices.ContainsFunc(full, func(k int) bool { return g.titleBefore(k) == title })
}

// namedFirst returns the person who is the first to be named in full, or -1.
func (g *grouper) namedFirst(fits []int) int {
	first := -1
	for _, e := range fits {
		if len(g.full[e]) > 0 && (first < 0 || g.full[e][0] < g.full[first][0]) {
			first = e
		}
	}
	return first
}

// namedLast returns the person who is the last to be named in full before mention m, if that is near, or -1.
func (g *grouper) namedLast(m int, fits []int) int {
	last, at := -1, -1
	for _, e := range fits {
		if k, _ := slices.BinarySearch(g.full[e], m); k > 0 && g.full[e][k-1] > at {
			last, at = e, g.full[e][k-1]
		}
	}
	if last < 0 || g.first[m]-g.end[at] >= lastDistance {
		return -1
	}
	return last
}

// weigh returns what speaks for person e as the bearer of mention m, the others aside.
func (g *grouper) weigh(m, e int) int {
	d, full := g.v.D, g.full[e]
	before, _ := slices.BinarySearch(full, m)
	n := namedInFull*min(len(full), 4) - keptInFull*min(max(before-1, 0), 3)
	if len(full) > 0 {
		if d.Mentions[full[0]].Start < d.Paragraphs[0].End {
			n += inHeadline
		}
		if g.kin(full[0]) {
			n -= asKin
		}
	}
	if g.titled(m, e) {
		n += sameTitle
	}
	if g.sections > 0 && g.sharesSection(full, m) {
		n += inSection
	}
	return n
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

// sharesSection reports whether one of the ascending mentions is in the section of mention m.
func (g *grouper) sharesSection(list []int, m int) bool {
	k, found := slices.BinarySearch(list, m)
	return found || k > 0 && g.section[list[k-1]] == g.section[m] || k < len(list) && g.section[list[k]] == g.section[m]
}

// nearby is the length of text within which persons are named together, and another person stands before one.
const nearby = 200

// together reports whether all of the persons are named first in the same sentence, or over the end of a paragraph: Ann Cole and Ray
// Cole.
func (g *grouper) together(fits []int) bool {
	lo, hi := len(g.v.D.Mentions), -1
	for _, e := range fits {
		if len(g.full[e]) == 0 {
			return false
		}
		m := g.full[e][0]
		lo, hi = min(lo, m), max(hi, m)
	}
	return hi > lo && g.runsOn(g.first[lo], g.end[hi])
}

// runsOn reports whether the tokens [first, end) are a short piece of text in which no full stop has white space after it, but for the
// end of a paragraph.
func (g *grouper) runsOn(first, end int) bool {
	if first >= end {
		return true
	}
	d := g.v.D
	s := annot.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}
	// A long piece is turned away by its bytes, so that the time for a mention is bounded.
	if s.Len() >= 16*nearby || segment.Width(d.Slice(s)) >= nearby {
		return false
	}
	for k := first; k+1 < end; k++ {
		tok, next := d.Tokens[k], d.Tokens[k+1]
		if d.Text[tok.End-1] == '.' && tok.End < next.Start && !parted(g.v, tok.End, next.Start) {
			return false
		}
	}
	return true
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
