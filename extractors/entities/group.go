package entities

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// group makes the entities of the document's mentions: full names first, then the shorter forms that refer to them.
// A surname that several persons of the article bear, with nothing to tell them apart, stays an entity of its own.
func group(v *segment.View, table *gazetteer.Table, lists []*UserList) {
	g := &grouper{v: v, table: table, lists: lists, folded: map[int][]string{}, full: map[int][]int{}, byKey: map[string]int{}, byLast: map[string][]int{}, byFirst: map[string][]int{}, byWord: map[string][]int{}, byInitials: map[string]int{}}
	g.tokens()
	d := v.D
	d.Entities = d.Entities[:0]
	// Longer names first, so that every short form finds what it may refer to, even if that comes later in the article.
	order := make([]int, len(d.Mentions))
	for i := range order {
		order[i] = i
	}
	// Among the short forms those behind Mr. or Mrs. come first: they tell Mr. Obama from Michelle Obama.
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
}

type grouper struct {
	v     *segment.View
	table *gazetteer.Table
	lists []*UserList
	first []int // per mention, its first token
	end   []int // per mention, the token behind its last
	// folded holds the folded words of each person's name, and full the mentions by it, ascending.
	folded map[int][]string
	full   map[int][]int
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
}

func (g *grouper) tokens() {
	d := g.v.D
	g.first, g.end = make([]int, len(d.Mentions)), make([]int, len(d.Mentions))
	i := 0
	for k, m := range d.Mentions {
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

// key folds the name of mention m: case, stops and the kind of apostrophe do not distinguish names.
func (g *grouper) key(m int) string {
	if name := g.canonical(m); name != "" {
		return fold(name)
	}
	return fold(g.v.D.Slice(g.v.D.Mentions[m].Span))
}

func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '.':
			return -1
		case '’':
			return '\''
		case '\n', '\u00a0':
			return ' '
		}
		return unicode.ToLower(r)
	}, name)
}

// assign gives mention m its entity, an old or a new one.
func (g *grouper) assign(m int) {
	d := g.v.D
	t := d.Mentions[m].Type
	key := g.key(m)
	typed := t.String() + " " + key
	e, ok := g.byKey[typed]
	if !ok && t == annot.PER {
		e, ok = g.person(m, key)
	}
	if !ok && t == annot.ORG {
		e, ok = g.acronym(key)
	}
	if !ok {
		e = len(d.Entities)
		d.Entities = append(d.Entities, annot.Entity{Type: t, Name: cmp.Or(g.canonical(m), d.Slice(d.Mentions[m].Span))})
		if t == annot.PER {
			last := lastName(key)
			g.byLast[last] = append(g.byLast[last], e)
			words := strings.Fields(key)
			g.folded[e] = words
			if len(words) > 1 {
				g.byFirst[words[0][:1]+" "+last] = append(g.byFirst[words[0][:1]+" "+last], e)
				for _, w := range words[:len(words)-1] {
					g.byWord[w] = append(g.byWord[w], e)
				}
			}
		}
		if t == annot.ORG {
			if in := initials(d.Entities[e].Name); in != "" {
				g.byInitials[in] = e
			}
		}
		g.byKey[typed] = e
	} else if t != annot.PER || g.words(m) > 1 {
		g.byKey[typed] = e
	}
	d.Entities[e].Mentions = append(d.Entities[e].Mentions, m)
	if t == annot.PER && g.words(m) > 1 {
		k, _ := slices.BinarySearch(g.full[e], m)
		g.full[e] = slices.Insert(g.full[e], k, m)
	}
}

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

func (g *grouper) firstNameGender(name string) annot.Gender {
	w, _, ok := strings.Cut(name, " ")
	if !ok {
		return annot.UnknownGender
	}
	if f, ok := g.table.FirstName(w); ok {
		return f.Gender
	}
	return annot.UnknownGender
}

// acronym finds the organization whose capitals the key is the acronym of.
func (g *grouper) acronym(key string) (int, bool) {
	if len(key) < 2 || len(key) > 7 || strings.ContainsRune(key, ' ') {
		return 0, false
	}
	e, ok := g.byInitials[key]
	return e, ok
}

// initials returns the folded capitals of a name of several words.
func initials(name string) string {
	var b strings.Builder
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// merge joins organizations of which one is named by the beginning, or by the last words, of just one other: Kestrel,
// Kestrel Energy Ltd; Altos del Sur, Minera Altos del Sur.
func (g *grouper) merge() {
	d := g.v.D
	const several = -1
	parts := map[string]int{} // the first words and the last words of the longer names
	note := func(part string, e int) {
		if old, ok := parts[part]; ok && old != e {
			e = several
		}
		parts[part] = e
	}
	for e, x := range d.Entities {
		words := strings.Fields(x.Name)
		if x.Type != annot.ORG || len(words) < 2 || len(words) > 8 {
			continue
		}
		for k := 1; k < len(words); k++ {
			note(strings.Join(words[:k], " "), e)
			if last := strings.Join(words[k:], " "); len(words)-k > 1 || len(last) > 3 { // the Times, the New York Times
				note(last, e)
			}
		}
	}
	for e := range d.Entities {
		short := &d.Entities[e]
		if short.Type != annot.ORG || strings.HasSuffix(short.Name, " of") {
			continue
		}
		if into, ok := parts[short.Name]; ok && into != several && into != e && len(d.Entities[into].Mentions) > 0 {
			d.Entities[into].Mentions = append(d.Entities[into].Mentions, short.Mentions...)
			short.Mentions = nil
		}
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

// describe fills in the name, aliases, role and gender of an entity.
func (g *grouper) describe(e *annot.Entity) {
	d := g.v.D
	forms := map[string]bool{}
	best := -1
	for _, m := range e.Mentions {
		text := d.Slice(d.Mentions[m].Span)
		forms[text] = true
		if best < 0 || len(text) > best {
			e.Name, best = text, len(text)
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
	if e.Type != annot.PER {
		return
	}
	female, male := 0, 0
	for _, m := range e.Mentions {
		switch g.honorific(m) {
		case annot.Female:
			female += 3
		case annot.Male:
			male += 3
		}
		if e.Role == "" || len(e.Role) < 5 {
			if r := cmp.Or(g.described(m), g.role(m)); len(r) > len(e.Role) {
				e.Role = r
			}
		}
		for i := max(0, g.first[m]-4); i < g.first[m]; i++ {
			switch {
			case g.v.Is(i, rules.RoleFemale) && g.inRole(i, m):
				female++
			case g.v.Is(i, rules.RoleMale) && g.inRole(i, m):
				male++
			}
		}
		if g.inQuote(m) || g.personBefore(m) {
			continue
		}
		switch g.pronounAfter(m) {
		case annot.Female:
			female++
		case annot.Male:
			male++
		}
	}
	switch {
	case female > male:
		e.Gender = annot.Female
	case male > female:
		e.Gender = annot.Male
	default:
		e.Gender = g.firstNameGender(e.Name)
	}
}

// inRole reports whether only words of a title lie between token i and mention m.
func (g *grouper) inRole(i, m int) bool {
	for k := i; k < g.first[m]; k++ {
		if !g.v.Letter(k) || g.v.Is(k, rules.Conjunction|rules.Auxiliary) || g.v.Cue[k] != nil {
			return false
		}
	}
	return true
}

// inQuote reports whether mention m stands within quotation marks, where pronouns around it need not mean it.
func (g *grouper) inQuote(m int) bool { return g.v.Outer[g.first[m]] >= 0 }

// personBefore reports whether another person is named before mention m in its sentence.
func (g *grouper) personBefore(m int) bool {
	d := g.v.D
	if m == 0 || d.Mentions[m-1].Type != annot.PER || d.Mentions[m-1].Entity == d.Mentions[m].Entity {
		return false
	}
	between := d.Text[d.Mentions[m-1].End:d.Mentions[m].Start]
	return len(between) < 200 && !strings.Contains(between, ". ") && !strings.Contains(between, "\n")
}

// pronounAfter returns the gender of a pronoun that can only mean mention m: one in the same or the next sentence with
// no other person between.
func (g *grouper) pronounAfter(m int) annot.Gender {
	d, v := g.v.D, g.v
	stop := len(d.Tokens)
	for k := m + 1; k < len(d.Mentions); k++ {
		if d.Mentions[k].Type == annot.PER {
			stop = g.first[k]
			break
		}
	}
	// At most 25 tokens are read from each mention: linear.
	for i := g.end[m]; i < min(stop, g.end[m]+25); i++ {
		if v.Outer[i] >= 0 {
			continue
		}
		switch {
		case v.Is(i, rules.RoleNoun) && !v.Is(i, rules.TitleWord):
			return annot.UnknownGender
		case segment.EqualFold(v.Word(i), "she"): // not her, him: Judge Brandt-Cole told him
			return annot.Female
		case segment.EqualFold(v.Word(i), "he"):
			return annot.Male
		}
	}
	return annot.UnknownGender
}

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

// role returns the title before mention m, or the apposition behind it: "US Secretary of State", "academic".
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

// apposition returns the description between commas behind mention m, if a role noun is in it: "Scott Pruitt, the
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
