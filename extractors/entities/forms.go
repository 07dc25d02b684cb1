package entities

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// byOneWord finds the person of whose names the word is one, but not the last: a first name alone, the first of two
// surnames, a surname that comes first; or else the one whose initials it is, or whose surname it misspells.
func (g *grouper) byOneWord(m int, word string) (int, bool) {
	if e, ok := g.oneOf(m, g.byWord[word]); ok || len(g.byWord[word]) > 0 {
		return e, ok
	}
	if e, ok := g.byLetters[word]; ok && e != severalOnes && g.v.D.Entities[e].Type == annot.PER && allUpper(g.name(m)) {
		return e, true
	}
	return g.misspelt(m, word)
}

// byPart finds the person of whose name the words are a part that leaves out the last word: Luis Roca, Luis Roca Paz; Van
// Heemstede, Floris van Heemstede tot Rijn.
func (g *grouper) byPart(m int, words []string) (int, bool) {
	var fits []int
	list := g.byWord[words[len(words)-1]]
	for _, e := range list[:min(len(list), maxNamesakes)] {
		if isPart(words, g.folded[e]) && g.goesOn(words, e) {
			fits = append(fits, e)
		}
	}
	return g.oneOf(m, fits)
}

// aliases pairs the mentions of which the article says that both name one person or body.
func (g *grouper) aliases() {
	for m := 0; m+1 < len(g.v.D.Mentions) && len(g.otherName) < 2*maxDefined; m++ {
		if g.knownAs(m, m+1) {
			g.otherName[m], g.otherName[m+1] = m+1, m
		}
	}
}

// knownAs reports whether mention k is said to be another name of mention m: Ann Cole, better known as Lady Rook.
func (g *grouper) knownAs(m, k int) bool {
	v, end, i := g.v, g.end[m], g.first[k]-1
	for i > end && v.Upper(i) && v.Is(i, rules.TitleWord) {
		i--
	}
	t := v.D.Mentions[m].Type
	called := i > end && i <= end+4 && v.Word(i) == "as" && v.Word(i-1) == "known"
	if !called || t != v.D.Mentions[k].Type || t != annot.PER && t != annot.ORG {
		return false
	}
	for i -= 2; i > end && v.Is(i, rules.Adverb); i-- {
	}
	return i < end || i == end && (v.Word(i) == "," || v.Word(i) == "(" || v.Is(i, rules.Adverb))
}

// byAlias returns the entity that was given to the other name of mention m.
func (g *grouper) byAlias(m int, key string) (int, bool) {
	other, ok := g.otherName[m]
	if !ok {
		return 0, false
	}
	e, ok := g.aliased[other]
	if ok && g.v.D.Mentions[m].Type == annot.PER {
		last := g.lastName(key)
		g.byLast[last] = append(g.byLast[last], e)
	}
	return e, ok
}

// isPart reports whether the words stand side by side in the full name, or all in their order with its first word.
func isPart(words, full []string) bool {
	if strings.Contains(" "+strings.Join(full, " ")+" ", " "+strings.Join(words, " ")+" ") {
		return true
	}
	if words[0] != full[0] {
		return false
	}
	for _, w := range full {
		if len(words) > 0 && words[0] == w {
			words = words[1:]
		}
	}
	return len(words) == 0
}

// goesOn reports whether the last words of the name of person e, which the folded words leave out, look like those of a
// name: Luis Roca Paz, but neither Ann Cole Replay nor Ann Cole & Ray Roe.
func (g *grouper) goesOn(words []string, e int) bool {
	full := strings.Fields(g.v.D.Entities[e].Name)
	last := words[len(words)-1]
	k := slices.IndexFunc(full, func(w string) bool { return names.Bare(names.Fold(w)) == last })
	if k < 0 || k+1 >= len(full) {
		return true
	}
	more := 0
	for _, w := range full[k+1:] {
		if w == "&" || g.ordinary(w) {
			return false
		}
		if firstUpper(w) {
			more++
		}
	}
	tail := full[len(full)-1]
	f, first := g.table.FirstName(tail)
	return more <= maxMore && !(first && f.Common >= 14) && !(len(tail) > 2 && allUpper(tail))
}

// maxMore bounds the words with a capital that a short form leaves out at the end of a name.
const maxMore = 3

// ordinary reports whether the word is one that is no name as a rule.
func (g *grouper) ordinary(word string) bool {
	ratio, known := g.table.Case(word)
	return known && ratio > 0.2 && g.set.Classes(word)&rules.NameParticle == 0
}

// oneOf decides which of the persons mention m refers to, if it refers to one of them at all.
func (g *grouper) oneOf(m int, fits []int) (int, bool) {
	switch n := len(fits); {
	case n == 0 || n > maxNamesakes:
		return 0, false
	case n == 1:
		return fits[0], g.mayBe(m, fits[0])
	}
	return g.choose(m, fits)
}

// byVariant finds the entity of mention m's type that has the same name in another spelling: Sao Paulo, São Paulo; Kim
// Jong Un, Kim Jong-un; of a person also one with another surname by a letter, or with words that sound the same.
func (g *grouper) byVariant(t annot.Type, key string) (int, bool) {
	if e, ok := g.byLoose[loose(t, key)]; ok {
		return e, true
	}
	words := strings.Fields(key)
	if t != annot.PER || len(words) < 2 {
		return 0, false
	}
	if e, ok := g.misspeltAfter(strings.Join(words[:len(words)-1], " "), words[len(words)-1]); ok {
		return e, true
	}
	e, ok := g.bySound[sound(words)]
	return e, ok && e != severalOnes && g.sameGender(key, e)
}

// sameGender reports whether the first names of the folded name and of person e do not tell different genders: Martin
// Cole is not Martina Cole.
func (g *grouper) sameGender(key string, e int) bool {
	r, n := utf8.DecodeRuneInString(key)
	a, b := g.firstNameGender(string(unicode.ToUpper(r))+key[n:]), g.firstNameGender(g.v.D.Entities[e].Name)
	return a == b || a == annot.UnknownGender || b == annot.UnknownGender
}

// noteVariants notes under which other spellings entity e may be meant.
func (g *grouper) noteVariants(t annot.Type, key string, e int) {
	k := loose(t, key)
	if _, known := g.byLoose[k]; !known {
		g.byLoose[k] = e
	}
	if words := strings.Fields(key); t == annot.PER && len(words) > 1 {
		note(g.bySound, sound(words), e)
		note(g.byLetters, monogram(key), e)
	}
}

// note maps the form to e, or to severalOnes if it is another's already.
func note(by map[string]int, form string, e int) {
	if old, ok := by[form]; ok && old != e {
		e = severalOnes
	}
	by[form] = e
}

// loose returns the folded name of an entity of type t without what writers leave out or set at will: blanks, hyphens
// and apostrophes.
func loose(t annot.Type, key string) string {
	return t.String() + strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '‑' || r == '\'' {
			return -1
		}
		return r
	}, key)
}

// monogram returns the first letters of the words of a folded name, those after hyphens too: kks of Kalpana Koonjoo-Shah.
func monogram(key string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(key, func(r rune) bool { return r == ' ' || r == '-' }) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// sound returns the words of a folded name as they sound: Mohammed and Muhamad are one. Dark vowels are told from light
// ones, as Hasan is not Hussein.
func sound(words []string) string {
	var b strings.Builder
	for _, w := range words {
		var last rune
		for _, r := range w {
			switch r {
			case 'e', 'i', 'y':
				r = 'a'
			case 'u':
				r = 'o'
			case 'q', 'c':
				r = 'k'
			case '-', '\'':
				continue
			}
			if r != last {
				b.WriteRune(r)
			}
			last = r
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// familyFirst returns the folded surname of a name that has it before the given name, as the small letter after a hyphen
// tells: park of Park Ji-hyun, pang of Derek Pang Wai-cheong. It returns "" for other names.
func (g *grouper) familyFirst(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	head, tail, ok := strings.Cut(words[len(words)-1], "-")
	given := ok && firstUpper(head) && tail != "" && !firstUpper(tail) && g.set.Classes(head)&rules.NameParticle == 0
	if !given {
		return ""
	}
	return names.Bare(names.Fold(words[len(words)-2]))
}

// firstUpper reports whether the word begins with a capital.
func firstUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
