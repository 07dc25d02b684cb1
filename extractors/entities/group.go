package entities

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// group makes the entities of the document's mentions: full names first, then the shorter forms that refer to them.
// A surname that several persons of the article bear, with nothing to tell them apart, stays an entity of its own.
func group(v *segment.View, set *rules.Set, table *gazetteer.Table, lists []*UserList) {
	g := &grouper{
		v: v, set: set, table: table, lists: lists, folded: map[int][]string{}, full: map[int][]int{},
		byKey: map[string]int{}, byLast: map[string][]int{}, byFirst: map[string][]int{}, byWord: map[string][]int{},
		byInitials: map[string]int{}, byTypo: map[string]int{}, byFamily: map[string][]int{}, byLoose: map[string]int{},
		bySound: map[string]int{}, byLetters: map[string]int{}, otherName: map[int]int{}, aliased: map[int]int{},
	}
	g.tokens()
	g.aliases()
	d := v.D
	d.Entities = d.Entities[:0]
	// Longer names first, so that every short form finds what it may refer to, even if that comes later in the article.
	order := make([]int, len(d.Mentions))
	for i := range order {
		order[i] = i
	}
	// Among the short forms those after Mr. or Mrs. come first: they tell Mr. Obama from Michelle Obama.
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(g.words(b)-g.words(a), cmp.Compare(g.honorific(b), g.honorific(a)))
	})
	for _, m := range order {
		g.assign(m)
	}
	g.merge()
	g.renumber()
	for i := range d.Entities {
		g.describe(&d.Entities[i])
	}
	g.namedWithin()
}

type grouper struct {
	v     *segment.View
	set   *rules.Set
	table *gazetteer.Table
	lists []*UserList
	first []int // per mention, its first token
	end   []int // per mention, the token after its last
	// section holds the section of each mention, and sections the number of the last: a live blog's entries, parted by
	// lines without a letter.
	section  []int
	sections int
	// folded holds the folded words of each person's name, and full the mentions by it, ascending.
	folded map[int][]string
	full   map[int][]int
	// otherName pairs mentions that name the same by the words of the article, and aliased holds the entities of those given one.
	otherName, aliased map[int]int
	// byKey maps a type and a folded name to the index of its entity.
	byKey map[string]int
	// byLast maps a folded last name to the indices of the persons who bear it.
	byLast map[string][]int
	// byFirst maps the first letter and the last name to the indices of those who bear both.
	byFirst map[string][]int
	// byWord maps the other words of persons' names to their indices.
	byWord map[string][]int
	// byInitials maps the folded initials of organizations to their indices.
	byInitials map[string]int
	// byTypo maps the last names of persons with one letter left out, alone and after the other words, to their indices, or
	// to severalOnes.
	byTypo map[string]int
	// byFamily maps the surnames that come before the given name to the indices of their bearers.
	byFamily map[string][]int
	// byLoose maps a type and a name without blanks and hyphens to its index.
	byLoose map[string]int
	// bySound maps the names of persons by their sound, and byLetters those of persons and bodies as initials, to their indices,
	// or to severalOnes.
	bySound, byLetters map[string]int
}

func (g *grouper) tokens() {
	d := g.v.D
	g.first, g.end, g.section = make([]int, len(d.Mentions)), make([]int, len(d.Mentions)), make([]int, len(d.Mentions))
	i, p := 0, 0
	for k, m := range d.Mentions {
		for ; p < len(d.Paragraphs) && d.Paragraphs[p].End <= m.Start; p++ {
			if !strings.ContainsFunc(d.Slice(d.Paragraphs[p].Span), unicode.IsLetter) {
				g.sections++
			}
		}
		g.section[k] = g.sections
		for i > 0 && d.Tokens[i-1].End > m.Start {
			i-- // two names in one token: US-China
		}
		for d.Tokens[i].End <= m.Start {
			i++
		}
		g.first[k] = i
		for i < len(d.Tokens) && d.Tokens[i].Start < m.End {
			i++
		}
		g.end[k] = i
	}
}

func (g *grouper) words(m int) int { return g.end[m] - g.first[m] }

// canonical returns the name that a user's list gives to mention m instead of that in the text, or "".
func (g *grouper) canonical(m int) string {
	if g.v.D.Mentions[m].By == byUser {
		for _, l := range g.lists {
			if name := l.canonical(g.v.D, g.first[m], g.end[m]); name != "" {
				return name
			}
		}
	}
	return ""
}

// name returns the words of mention m as a name, or the name that a user's list gives instead.
func (g *grouper) name(m int) string {
	return cmp.Or(g.canonical(m), names.Clean(g.v.D.Slice(g.v.D.Mentions[m].Span)))
}

// key folds the name of mention m: case, stops, accents and the kind of apostrophe do not distinguish names.
func (g *grouper) key(m int) string { return names.Bare(names.Fold(g.name(m))) }

// assign gives mention m its entity, an old or a new one.
func (g *grouper) assign(m int) {
	d := g.v.D
	t := d.Mentions[m].Type
	key := g.key(m)
	typed := t.String() + " " + key
	e, ok := g.byKey[typed]
	if !ok {
		e, ok = g.byAlias(m, key)
	}
	if !ok && t == annot.PER {
		e, ok = g.person(m, key)
	}
	if !ok && t == annot.ORG {
		e, ok = g.acronym(key)
	}
	if !ok {
		e, ok = g.byVariant(t, key)
	}
	if !ok {
		e = g.newEntity(m, key)
		g.byKey[typed] = e
	} else if t != annot.PER || g.words(m) > 1 {
		g.byKey[typed] = e
	}
	d.Entities[e].Mentions = append(d.Entities[e].Mentions, m)
	if _, ok := g.otherName[m]; ok {
		g.aliased[m] = e
	}
	if t == annot.PER && g.words(m) > 1 {
		k, _ := slices.BinarySearch(g.full[e], m)
		g.full[e] = slices.Insert(g.full[e], k, m)
	}
}

// newEntity makes an entity of mention m and notes under which names other mentions may refer to it.
func (g *grouper) newEntity(m int, key string) int {
	d := g.v.D
	t := d.Mentions[m].Type
	e := len(d.Entities)
	d.Entities = append(d.Entities, annot.Entity{Type: t, Name: g.name(m)})
	g.noteVariants(t, key, e)
	switch t {
	case annot.PER:
		g.notePerson(key, e)
	case annot.ORG:
		g.noteInitials(d.Entities[e].Name, e)
	}
	return e
}

// notePerson notes under which names the person of the folded name key may be meant.
func (g *grouper) notePerson(key string, e int) {
	last := g.lastName(key)
	g.byLast[last] = append(g.byLast[last], e)
	words := strings.Fields(key)
	g.folded[e] = words
	if len(words) < 2 {
		return
	}
	g.noteTypos(words, last, e)
	if family := g.familyFirst(g.v.D.Entities[e].Name); family != "" {
		g.byFamily[family] = append(g.byFamily[family], e)
	}
	g.byFirst[words[0][:1]+" "+last] = append(g.byFirst[words[0][:1]+" "+last], e)
	for _, w := range words[:len(words)-1] {
		g.byWord[w] = append(g.byWord[w], e)
	}
}

// renumber drops the empty entities, orders the rest by their first mention and gives them their IDs.
func (g *grouper) renumber() {
	d := g.v.D
	kept := d.Entities[:0]
	for _, e := range d.Entities {
		if len(e.Mentions) > 0 {
			slices.Sort(e.Mentions)
			kept = append(kept, e)
		}
	}
	slices.SortFunc(kept, func(a, b annot.Entity) int { return a.Mentions[0] - b.Mentions[0] })
	for i := range kept {
		kept[i].ID = i + 1
		for _, m := range kept[i].Mentions {
			d.Mentions[m].Entity = i + 1
		}
	}
	d.Entities = kept
}

// describe fills in the name and aliases of an entity, and the role and gender of a person.
func (g *grouper) describe(e *annot.Entity) {
	g.nameEntity(e)
	if e.Type != annot.PER {
		return
	}
	var votes genderVotes
	for _, m := range e.Mentions {
		votes.add(g.honorific(m), byHonorific)
		if len(e.Role) < 5 { // none, or an abbreviation
			if r := cmp.Or(g.described(m), g.role(m)); len(r) > len(e.Role) {
				e.Role = r
			}
		}
		g.voteByRole(m, &votes)
		if !g.inQuote(m) && !g.personBefore(m) {
			votes.add(g.pronounAfter(m), 1)
		}
	}
	votes.add(g.firstNameGender(e.Name), byFirstName)
	e.Gender = votes.most()
}

// nameEntity fills in the longest form of the name, or the one that a user's list gives, and the other forms.
func (g *grouper) nameEntity(e *annot.Entity) {
	d := g.v.D
	forms := map[string]int{} // how often each is printed
	byname := ""              // Lady Rook, of Ann Cole, known as Lady Rook
	for _, m := range e.Mentions {
		form := names.Clean(d.Slice(d.Mentions[m].Span))
		forms[form]++
		if other, ok := g.otherName[m]; ok && other < m {
			byname = form
		}
	}
	e.Name = ""
	for _, m := range e.Mentions {
		form := names.Clean(d.Slice(d.Mentions[m].Span))
		if e.Name == "" || e.Name == byname || form != byname && better(form, e.Name, forms) {
			e.Name = form
		}
	}
	for _, m := range e.Mentions {
		if name := g.canonical(m); name != "" {
			e.Name = name
			break
		}
	}
	for f := range forms {
		if f != e.Name {
			e.Aliases = append(e.Aliases, f)
		}
	}
	slices.Sort(e.Aliases)
}

// better reports whether the form is a better name than the other, which comes before it in the article: it is longer, or
// is in small letters (HELSINKI, Helsinki), or spells the same words as the article does more often.
func better(form, other string, printed map[string]int) bool {
	switch {
	case len(form) == len(other) && allUpper(other) && !allUpper(form):
		return true
	case doubled(form, other):
		return false
	case doubled(other, form):
		return true
	case variants(form, other) && printed[form] != printed[other]:
		return printed[form] > printed[other]
	}
	return len(form) > len(other)
}

// doubled reports whether the form is the other one with its last word printed twice: Ann Cole Cole.
func doubled(form, other string) bool {
	rest, ok := strings.CutPrefix(form, other+" ")
	return ok && strings.HasSuffix(other, " "+rest)
}

// variants reports whether the two names differ in the spelling of their words alone: no word of one is an initial or a
// beginning of the word of the other.
func variants(a, b string) bool {
	v, w := strings.Fields(a), strings.Fields(b)
	if len(v) != len(w) || names.Fold(a) == names.Fold(b) {
		return false
	}
	for i, x := range v {
		y := w[i]
		if x != y && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x) || strings.ContainsRune(x+y, '.')) {
			return false
		}
	}
	return true
}
