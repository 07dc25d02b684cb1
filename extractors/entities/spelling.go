package entities

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const (
	// severalPersons says that a misspelt name may be that of more than one person.
	severalPersons = -1
	// minTypo is the length from which a surname with one wrong letter is still the same: Lindqvst, Harold Lindqvist.
	minTypo = 7
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

// noteTypos remembers how the surname last of entity e may be misspelt.
func (g *grouper) noteTypos(last string, e int) {
	if len(last) < minTypo-1 || len(last) > maxTypo {
		return
	}
	leaveOut(last, func(form string) {
		if old, ok := g.byTypo[form]; ok && old != e {
			g.byTypo[form] = severalPersons
		} else {
			g.byTypo[form] = e
		}
	})
}

// misspelt finds the one person named in full whose surname differs from the bare surname by a letter.
func (g *grouper) misspelt(surname string) (int, bool) {
	if len(surname) < minTypo || len(surname) > maxTypo {
		return 0, false
	}
	if one, ok := strings.CutSuffix(surname, "s"); ok && len(g.byLast[one]) > 0 {
		return 0, false // the family
	}
	found, ok := 0, false
	leaveOut(surname, func(form string) {
		e, known := g.byTypo[form]
		switch {
		case !known:
		case ok && e != found:
			found = severalPersons
		case !ok:
			found, ok = e, true
		}
	})
	return found, ok && found != severalPersons
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
		e, ok := bare[v.Word(i)]
		named := k < len(d.Mentions) && d.Mentions[k].Type == annot.PER &&
			d.Mentions[k].Contains(v.Span(i-1, i+1)) && d.Mentions[k].End == d.Tokens[i].End
		if !ok || named || !v.Upper(i-1) || v.Class[i-1] != 0 {
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
		x.Name = v.D.Slice(v.Span(i-1, i+1))
		delete(bare, v.Word(i))
	}
}
