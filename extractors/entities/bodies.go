package entities

import (
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// acronym finds the organization whose capitals the key is the acronym of.
func (g *grouper) acronym(key string) (int, bool) {
	if len(key) < 2 || len(key) > 7 || strings.ContainsRune(key, ' ') {
		return 0, false
	}
	if e, ok := g.byInitials[key]; ok {
		return e, true
	}
	e, ok := g.byLetters[key]
	return e, ok && e != severalOnes && g.v.D.Entities[e].Type == annot.ORG
}

// noteInitials notes under which initials the body may be meant: with the small words or without (BoG, UAE), with the
// letters after hyphens, with a word of capitals whole.
func (g *grouper) noteInitials(name string, e int) {
	if !severalWords(name) {
		return
	}
	var all, capital strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		part := names.Bare(names.Fold(w))
		if !acronym(w) {
			_, n := utf8.DecodeRuneInString(part)
			part = part[:n]
		}
		all.WriteString(part)
		if firstUpper(w) {
			capital.WriteString(part)
		}
	}
	if in := names.Initials(name); in != "" {
		g.byInitials[in] = e
	}
	for _, in := range []string{capital.String(), all.String()} {
		note(g.byLetters, in, e)
	}
}

// maxDefined bounds how many names the article may give another name for.
const maxDefined = 64

// define joins bodies of which one is given in brackets after the other, as the short form of the name: Harbour Centre for
// Human Rights (Hacenru). Bodies whose initials tell are joined already.
func (g *grouper) define() {
	d := g.v.D
	of := map[int]int{} // per mention, its entity
	for e, x := range d.Entities {
		if x.Type == annot.ORG {
			for _, m := range x.Mentions {
				of[m] = e
			}
		}
	}
	n := 0
	for m := 0; m+1 < len(d.Mentions) && n < maxDefined; m++ {
		into, ok := of[m]
		e, ok2 := of[m+1]
		if !ok || !ok2 || into == e || !g.inBrackets(m, m+1) {
			continue
		}
		for _, x := range d.Entities[e].Mentions {
			of[x] = into
		}
		g.join(e, into)
		n++
	}
}

// inBrackets reports whether mention k is the short form of the body m, in brackets after it.
func (g *grouper) inBrackets(m, k int) bool {
	v, end := g.v, g.end[k]
	enclosed := g.first[k] == g.end[m]+1 && v.Word(g.end[m]) == "(" && end < len(v.D.Tokens) && v.Word(end) == ")"
	return enclosed && g.words(m) > 1 && g.words(k) == 1 && abbreviates(g.key(k), g.key(m))
}

// abbreviates reports whether a folded word has the letters of a folded name in their order, but for a third of them, which
// may be those of another language.
func abbreviates(word, name string) bool {
	missing := 0
	for _, r := range word {
		_, rest, ok := strings.Cut(name, string(r))
		if !ok {
			missing++
			continue
		}
		name = rest
	}
	return missing*3 <= utf8.RuneCountInString(word)
}

// turn joins bodies that are named by the same words, with the head noun first or last: Ministry of Health, Health
// Ministry; Football Federation of Lusania, Lusanian Football Federation.
func (g *grouper) turn() {
	d := g.v.D
	turned, headed := map[string]int{}, map[string]int{} // by the words the other way round, and by those before “of”
	for e, x := range d.Entities {
		head, rest, ok := strings.Cut(x.Name, " of ")
		if !ok || x.Type != annot.ORG || len(x.Mentions) == 0 || head == "University" {
			continue // Miami University is not the University of Miami
		}
		note(turned, strings.TrimPrefix(rest, "the ")+" "+head, e)
		note(headed, head, e)
	}
	if len(turned) == 0 {
		return
	}
	for e, x := range d.Entities {
		if x.Type != annot.ORG || len(x.Mentions) == 0 {
			continue
		}
		into, ok := turned[x.Name]
		if first, rest, more := strings.Cut(x.Name, " "); !ok && more && g.set.Classes(first)&rules.Demonym != 0 {
			into, ok = headed[rest]
			ok = ok && into != severalOnes && ofCountry(first, d.Entities[into].Name)
		}
		if ok && into != severalOnes && into != e && len(d.Entities[into].Mentions) > 0 {
			g.join(e, into)
		}
	}
}

// ofCountry reports whether the name ends in the country of the demonym, as far as their letters tell: Lusanian, … of Lusania.
func ofCountry(demonym, name string) bool {
	country := name[strings.LastIndexByte(name, ' ')+1:]
	n := 0
	for n < min(len(country), len(demonym)) && country[n] == demonym[n] {
		n++
	}
	return n >= 4 && n >= len(country)-2
}

// severalWords reports whether the name has more than one word, so that its initials may stand for it.
func severalWords(name string) bool { return len(strings.Fields(name)) > 1 }

// several stands for the entities of which more than one have a name with the same part.
const several = -1

// merge joins organizations of which one is named by the beginning, or by the last words, of just one other: Kestrel,
// Kestrel Energy Ltd; Altos del Sur, Minera Altos del Sur.
func (g *grouper) merge() {
	g.spellOut()
	g.define()
	g.turn()
	d := g.v.D
	parts := map[string]int{} // the first words and the last words of the longer names
	note := func(part string, e int) {
		if old, ok := parts[part]; ok && old != e && old != several {
			a, b := d.Entities[old].Name, d.Entities[e].Name
			switch {
			case g.isFirm(part, a): // Kestrel Ltd and not Kestrel Harbour
				e = old
			case g.isFirm(part, b):
			case partOf(a, b): // Kestrel Energy, Kestrel Energy Ltd
			case partOf(b, a):
				e = old
			default:
				e = several
			}
		} else if ok && old == several {
			e = several
		}
		parts[part] = e
	}
	for e, x := range d.Entities {
		words := strings.Fields(x.Name)
		if x.Type != annot.ORG || len(words) < 2 || len(words) > maxBodyWords || len(x.Mentions) == 0 {
			continue
		}
		for k := 1; k < len(words); k++ {
			if !g.parent(words, k) {
				note(strings.Join(words[:k], " "), e)
			}
			if last := strings.Join(words[k:], " "); len(words)-k > 1 || len(last) > 3 { // the Times, the New York Times
				note(last, e)
			}
		}
	}
	for e := range d.Entities {
		short := &d.Entities[e]
		if short.Type != annot.ORG || len(short.Mentions) == 0 || strings.HasSuffix(short.Name, " of") {
			continue
		}
		into, ok := g.longer(parts, e)
		if !ok || acronym(short.Name) && short.Mentions[0] < d.Entities[into].Mentions[0] { // the UN …, the UN Mission
			continue
		}
		g.join(e, into)
	}
}

// longer returns the entity whose name has that of e as a part, or where that is joined to a longer one, this one.
func (g *grouper) longer(parts map[string]int, e int) (into int, ok bool) {
	into, ok = parts[g.v.D.Entities[e].Name]
	for n := 0; ok && into != several && into != e && n < maxBodyWords; n++ {
		if len(g.v.D.Entities[into].Mentions) > 0 {
			return into, true
		}
		into, ok = parts[g.v.D.Entities[into].Name]
	}
	return 0, false
}

// isFirm reports whether the name is the part and what tells the kind of company: Kestrel | Ltd.
func (g *grouper) isFirm(part, name string) bool {
	suffix, ok := strings.CutPrefix(name, part+" ")
	return ok && g.set.Classes(suffix)&rules.OrgSuffix != 0
}

// partOf reports whether short is the beginning or the last words of long.
func partOf(short, long string) bool {
	return strings.HasPrefix(long, short+" ") || strings.HasSuffix(long, " "+short)
}

// maxBodyWords bounds the words of the names that merge takes apart.
const maxBodyWords = 8

// join gives the mentions of entity e to entity into.
func (g *grouper) join(e, into int) {
	d := g.v.D
	d.Entities[into].Mentions = append(d.Entities[into].Mentions, d.Entities[e].Mentions...)
	d.Entities[e].Mentions = nil
}

// parent reports whether the first k words of a body's name are that of a larger body which it is a part of: the Senate |
// Finance Committee, U.N. | Security Council.
func (g *grouper) parent(words []string, k int) bool {
	set := g.set
	if k > 1 || set.Classes(words[len(words)-1])&rules.OrgHead == 0 {
		return false
	}
	return acronym(words[0]) || set.Classes(words[0])&(rules.GroupNoun|rules.OrgHead) != 0
}

// acronym reports whether the word is of capitals alone: UN, U.N.
func acronym(word string) bool {
	letters := strings.ReplaceAll(word, ".", "")
	return len(letters) > 1 && len(letters) < 6 && strings.ToUpper(letters) == letters && strings.ToLower(letters) != letters
}

// spellOut joins a body whose name begins with an acronym to the one that spells it out: U.N. Security Council, United
// Nations Security Council.
func (g *grouper) spellOut() {
	d := g.v.D
	var short []int
	for e, x := range d.Entities {
		if first, _, ok := strings.Cut(x.Name, " "); ok && x.Type == annot.ORG && acronym(first) {
			short = append(short, e)
		}
	}
	if len(short) == 0 {
		return
	}
	long := map[string]int{} // by the name with its first words as an acronym
	for e, x := range d.Entities {
		words := strings.Fields(x.Name)
		if x.Type != annot.ORG || len(words) < 3 || len(words) > maxBodyWords {
			continue
		}
		for k := 2; k < len(words); k++ {
			long[names.Initials(strings.Join(words[:k], " "))+" "+strings.Join(words[k:], " ")] = e
		}
	}
	for _, e := range short {
		first, rest, _ := strings.Cut(d.Entities[e].Name, " ")
		if into, ok := long[names.Fold(first)+" "+rest]; ok && into != e {
			g.join(e, into)
		}
	}
}
