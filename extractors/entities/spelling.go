package entities

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

const (
	// severalOnes says that a form may be that of more than one person or body.
	severalOnes = -1
	// minTypo is the length from which a surname with one wrong letter is still the same: Lindqvst, Harold Lindqvist.
	minTypo = 7
	// minTypoAfter is that length where the words before the surname are the same: Ann Dorsey, Ann Dorsy.
	minTypoAfter = 5
	// maxTypo bounds the work for a name.
	maxTypo = 20
)

// leaveOut calls use with the name and with each form of it that lacks one letter after the first.
func leaveOut(name string, use func(string)) {
	use(name)
	for i, r := range name {
		if i > 0 {
			use(name[:i] + name[i+utf8.RuneLen(r):])
		}
	}
}

// noteTypos remembers how the surname last of entity e may be misspelt, alone and after the words before it.
func (g *grouper) noteTypos(words []string, last string, e int) {
	if len(last) < minTypoAfter-1 || len(last) > maxTypo {
		return
	}
	note(g.bySound, sound([]string{last}), e)
	before := strings.Join(words[:len(words)-1], " ") + " "
	leaveOut(last, func(form string) {
		note(g.byTypo, form, e)
		note(g.byTypo, before+form, e)
	})
}

// misspelt finds the one person named in full from whose surname the bare surname of mention m differs by a letter, or
// not in its sound.
func (g *grouper) misspelt(m int, surname string) (int, bool) {
	if len(surname) < minTypoAfter || len(surname) > maxTypo {
		return 0, false
	}
	if one, ok := strings.CutSuffix(surname, "s"); ok && len(g.byLast[one]) > 0 {
		// The family, unless it speaks as one: Hodge, Hodges said.
		return g.byLast[one][0], len(g.byLast[one]) == 1 && speaks(g.v, g.end[m]-1) && !g.v.Is(max(0, g.first[m]-1), rules.Determiner)
	}
	if e, ok := g.bySound[sound([]string{surname})]; ok && e != severalOnes && consonants(surname) > 2 {
		return e, true
	}
	if len(surname) < minTypo {
		return 0, false
	}
	return g.byTypos("", surname)
}

// misspeltAfter finds the one person named in full who has the words before the surname, and a surname that differs by a
// letter.
func (g *grouper) misspeltAfter(before, surname string) (int, bool) {
	if len(surname) < minTypoAfter || len(surname) > maxTypo {
		return 0, false
	}
	e, ok := g.byTypos(before+" ", surname)
	if !ok {
		return 0, false
	}
	last := g.lastName(strings.Join(g.folded[e], " "))
	return e, last != surname+"s" && surname != last+"s" // the Poles’ Ann Dorseys
}

// byTypos finds the one person whose surname after the words before differs by a letter.
func (g *grouper) byTypos(before, surname string) (int, bool) {
	found, ok := 0, false
	leaveOut(surname, func(form string) {
		e, known := g.byTypo[before+form]
		switch {
		case !known:
		case ok && e != found:
			found = severalOnes
		case !ok:
			found, ok = e, true
		}
	})
	return found, ok && found != severalOnes
}

// consonants returns the number of letters that are no vowels.
func consonants(word string) int {
	n := 0
	for _, r := range word {
		if !strings.ContainsRune("aeiouy", r) {
			n++
		}
	}
	return n
}

// namedWithin gives those whom the article calls by the surname alone the full name that it prints within the name of
// something else: the “Martin Luther Lowe Day” parade.
func (g *grouper) namedWithin() {
	d, v := g.v.D, g.v
	bare := map[string]int{} // the persons of one word, by it
	for i, e := range d.Entities {
		if e.Type == annot.PER && !strings.ContainsRune(e.Name, ' ') {
			bare[e.Name] = i
		}
	}
	if len(bare) == 0 {
		return
	}
	k := 0
	for i := 1; i < len(d.Tokens); i++ {
		for k < len(d.Mentions) && d.Mentions[k].End <= d.Tokens[i-1].Start {
			k++
		}
		e, ok := bare[names.Clean(v.Word(i))]
		named := k < len(d.Mentions) && d.Mentions[k].Type == annot.PER &&
			d.Mentions[k].Contains(v.Span(i-1, i+1)) && d.Mentions[k].End == d.Tokens[i].End
		if !ok || named || !v.Upper(i-1) || v.Class[i-1] != 0 || !spaced(v, i-1) {
			continue
		}
		x := &d.Entities[e]
		first, sure := g.table.FirstName(v.Word(i - 1))
		sure = sure && first.NewsCap >= 230 && first.Gender != annot.UnknownGender
		if !sure || x.Gender != annot.UnknownGender && first.Gender != x.Gender {
			continue
		}
		if n, found := slices.BinarySearch(x.Aliases, x.Name); !found {
			x.Aliases = slices.Insert(x.Aliases, n, x.Name)
		}
		x.Gender = first.Gender
		x.Name = names.Clean(v.D.Slice(v.Span(i-1, i+1)))
		delete(bare, names.Clean(v.Word(i)))
	}
}
