package entities

import (
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxPhrase is the number of tokens of the longest phrase looked up.
const maxPhrase = 8

// Rules proposes runs of capitalised words that a title, a first name, a suffix, a head noun, a cue or the rest of the
// article types.
type Rules struct {
	set   *rules.Set
	table *gazetteer.Table
}

// NewRules returns the recognizer of names by rules. It wants segmented documents and is safe for concurrent use.
func NewRules(set *rules.Set, table *gazetteer.Table) *Rules { return &Rules{set, table} }

// Name returns "rules".
func (r *Rules) Name() string { return "rules" }

// Recognize proposes the names of d.
func (r *Rules) Recognize(d *annot.Document) []annot.Mention {
	return r.recognize(segment.NewView(d, r.set, nil))
}

func (r *Rules) recognize(v *segment.View) []annot.Mention {
	n := &namer{v: v, set: r.set, table: r.table, caps: newCaps(v, r.table), title: make([]bool, len(v.D.Tokens))}
	n.titles()
	for i := 0; i < len(v.D.Tokens); {
		if !n.start(i) {
			i++
			continue
		}
		end := n.run(i)
		n.typeRun(i, end)
		i = end
	}
	n.ofNames()
	n.acronyms()
	n.platforms()
	n.footers()
	n.again()
	return n.found
}

// A namer holds the work on one document.
type namer struct {
	v     *segment.View
	set   *rules.Set
	table *gazetteer.Table
	caps  *caps
	title []bool // tokens of titles that come before names
	found []annot.Mention
	open  []run // runs that nothing typed yet
}

// run is a run of capitalised tokens.
type run struct{ first, end int }

func (n *namer) add(first, end int, t annot.Type, rule string, confidence float64) {
	if first >= end {
		return
	}
	n.found = append(n.found, annot.Mention{Span: n.v.Span(first, end), Type: t, By: "rules/" + rule, Confidence: confidence})
}

// titles marks the tokens that are titles: President, Sen., Secretary of State.
func (n *namer) titles() {
	v := n.v
	for i := range v.D.Tokens {
		if !v.Upper(i) || n.title[i] {
			continue
		}
		for _, p := range n.set.Phrases(v.Word(i)) {
			if p.Class&(rules.TitleWord|rules.RoleNoun) != 0 && n.spells(i, p.Words) {
				for k := range p.Words {
					n.title[i+k] = true
				}
				break
			}
		}
		if v.Is(i, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale) && !n.named(i) {
			n.title[i] = !n.surnameHere(i)
		} else if v.Is(i, rules.RoleNoun) && i+1 < len(v.D.Tokens) && v.Upper(i+1) && !n.named(i) && !n.inBody(i) {
			n.title[i] = true
		}
	}
}

// inBody reports whether token i continues the name of a body: Association of | Governors.
func (n *namer) inBody(i int) bool {
	return i > 1 && n.v.Is(i-1, rules.Preposition) && n.v.Is(i-2, rules.OrgHead)
}

// surnameHere reports whether the title word at token i is used as a name: Charlie King, Mr. King, Gov. Earl Ray
// Tomblin.
func (n *namer) surnameHere(i int) bool {
	v := n.v
	follows := i+1 < len(v.D.Tokens) && n.caps.joined(i, i+1)
	switch {
	case i == 0 || !v.Upper(i-1) || !n.caps.sameSentence(i-1, i):
		return false
	case n.title[i-1] && follows:
		f, ok := n.table.FirstName(v.Word(i))
		return ok && f.Common >= 12 && f.NewsCap > 200
	case n.title[i-1]:
		return n.surname(i)
	}
	return !follows && n.first(i-1) > 0
}

// named reports whether a listed name begins with the title word at i: General Motors, State Department.
func (n *namer) named(i int) bool {
	if i+1 >= len(n.v.D.Tokens) || !n.v.Upper(i+1) {
		return false
	}
	if n.v.Is(i+1, rules.OrgHead|rules.OrgSuffix|rules.PlaceHead) && !(i+2 < len(n.v.D.Tokens) && n.v.Upper(i+2)) {
		return true
	}
	e, ok := n.phrase(i, i+2)
	return ok && e.Best != annot.PER && e.Best != annot.MISC
}

func (n *namer) spells(i int, words []string) bool {
	if i+len(words) > len(n.v.D.Tokens) {
		return false
	}
	for k, w := range words {
		if !segment.EqualFold(n.v.Word(i+k), w) {
			return false
		}
	}
	return true
}

// start reports whether a run may begin at token i.
func (n *namer) start(i int) bool {
	v := n.v
	if n.caps.name[i] && !n.title[i] {
		if w := v.Word(i); len(w) > 3 && w[len(w)-1] == '.' && strings.Count(w, ".") == 1 && !n.next(i) {
			return false // Del., Blvd.
		}
		return !v.Is(i, rules.Weekday|rules.Month) || v.Is(i, rules.Month) && n.first(i) > 0 && n.next(i)
	}
	// Van Gogh, De la Fuente, de Blasio: a particle before a capital
	return v.Is(i, rules.NameParticle) && n.next(i) && !n.title[i] && v.Class[i]&function == 0 && !(i > 0 && n.caps.name[i-1])
}

// next reports whether a capitalised token, or a particle and one, follows token i.
func (n *namer) next(i int) bool {
	v := n.v
	for k := i + 1; k < min(i+4, len(v.D.Tokens)); k++ {
		if v.Upper(k) && v.Class[k]&function == 0 {
			return n.caps.sentence[k] == n.caps.sentence[i]
		}
		if !v.Is(k, rules.NameParticle) {
			return false
		}
	}
	return false
}

// run returns the end of the run of capitals that begins at token i: names, with particles, initials, nicknames in
// marks and suffixes between and after them.
func (n *namer) run(i int) int {
	v, end := n.v, i+1
	for end < len(v.D.Tokens) && n.caps.sentence[end] == n.caps.sentence[i] {
		w := v.Word(end)
		switch {
		case n.caps.name[end] && !n.title[end] && !v.Is(end, rules.Weekday),
			initial(w) && v.Upper(end),
			v.Is(end, rules.NameSuffix|rules.OrgSuffix) && v.Upper(end):
			end++
			continue
		case (v.Is(end, rules.NameParticle) || w == "y") && n.next(end) && !n.title[end+1]:
			end++
			continue
		case w == "&" && end+1 < len(v.D.Tokens) && n.caps.name[end+1]:
			end += 2
			continue
		case w == "," && end+1 < len(v.D.Tokens) && v.Upper(end+1) && v.Is(end+1, rules.OrgSuffix|rules.NameSuffix) && v.Word(end+1) != "MP":
			end += 2
			continue
		case n.nickname(end):
			end += 3
			continue
		}
		break
	}
	return end
}

// initial reports whether w is the initial of a name, as J. or J.R.
func initial(w string) bool {
	return len(w) >= 2 && len(w) <= 6 && w[1] == '.' && w[len(w)-1] == '.' && w[0] >= 'A' && w[0] <= 'Z'
}

// nickname reports whether a nickname in quotation marks is at token i, with a name after it: Leonard “Rocky” Dace.
func (n *namer) nickname(i int) bool {
	v := n.v
	if i+3 >= len(v.D.Tokens) || !v.Upper(i+1) || !n.caps.name[i+3] || v.Letter(i) || v.Letter(i+2) {
		return false
	}
	open, _ := utf8.DecodeRuneInString(v.Word(i))
	shut, _ := utf8.DecodeRuneInString(v.Word(i + 2))
	return strings.ContainsRune("“\"‘'`(", open) && strings.ContainsRune("”\"’')", shut) && v.Word(i) != "("
}

// typeRun types the run [i, end), or parts of it.
func (n *namer) typeRun(i, end int) {
	v := n.v
	if k := n.listedPrefix(i, end); k > 0 && n.first(i+k) > 0 {
		i += k // Washington Post | Donald Trump
	}
	title := i > 0 && n.title[i-1] && n.caps.sentence[i-1] == n.caps.sentence[i]
	// Democratic Sen. …, Mexican Foreign Minister …: what comes before a title or a head noun is no part of the name
	for i < end && v.Is(i, rules.Demonym) && !n.organization(i, end) && (end-i > 1 || !title) {
		i++
	}
	if i == end {
		return
	}
	if n.caps.allCaps[i] {
		n.shouted(i, end, title)
		return
	}
	last := end - 1
	switch {
	case v.Is(last, rules.OrgSuffix) && end-i > 1:
		n.add(i, end, annot.ORG, "org-suffix", 0.95)
	case n.organization(i, end) && !(title && n.first(i) > 0):
		n.add(i, end, annot.ORG, "org-head", 0.9)
	case v.Is(last, rules.PlaceHead) && end-i > 1 && !title:
		n.add(i, end, annot.LOC, "place-head", 0.9)
	case end-i > 1 && v.Is(i, rules.PlaceHead) && !title && n.first(i+1) == 0:
		n.add(i, end, annot.LOC, "place-head", 0.7)
	default:
		n.person(i, end, title)
	}
}

// listedPrefix returns the number of tokens of the longest well-known place or body of several words that the run begins
// with and goes on after it, or 0.
func (n *namer) listedPrefix(i, end int) int {
	h, found := gazetteer.Seed, 0
	for k := i; k < min(end-1, i+maxPhrase); k++ {
		h = gazetteer.Extend(h, n.v.Word(k))
		e, ok := n.table.Phrase(h)
		if ok && k > i && e.Weight >= 4 && (e.Best == annot.LOC || e.Best == annot.ORG) {
			found = k + 1 - i
		}
		if !e.More {
			break
		}
	}
	return found
}

// organization reports whether [i, end) holds at its end the noun that heads the name of a body: Harbor Trust.
func (n *namer) organization(i, end int) bool {
	return end-i > 1 && n.v.Is(end-1, rules.OrgHead)
}

// person types [i, end) as a person if a title or the names themselves say so.
func (n *namer) person(i, end int, title bool) {
	switch {
	case n.namesOther(i, end, title), title && end-i <= 5 && n.placeBeforeTitle(i, end):
		n.open = append(n.open, run{i, end}) // a person of the article may bear the name
	case title && end-i == 1 && n.common(i, end) && !n.surname(i):
		n.add(i, end, annot.PER, "title-name", 0.6) // Republican Primary
	case title && end-i <= 5:
		n.add(i, end, annot.PER, "title-name", 0.93)
	default:
		n.untitled(i, end)
	}
}

// untitled types [i, end) as a person if the names themselves say so.
func (n *namer) untitled(i, end int) {
	switch k, confidence := n.firstNameIn(i, end); {
	case k >= 0:
		n.add(n.beforeFirstName(i, k), end, annot.PER, "first-name", confidence)
	case end-i >= 2 && end-i <= 4 && n.surname(end-1) && !n.common(i, end) && !n.listed(i) && !n.caps.titleCase[i]:
		n.add(i, end, annot.PER, "surname", 0.65)
	default:
		n.open = append(n.open, run{i, end})
	}
}

// namesOther reports whether the gazetteer knows [i, end) as a place or body, and neither a title nor a first name makes a
// person of it.
func (n *namer) namesOther(i, end int, title bool) bool {
	e, ok := n.phrase(i, end)
	if !ok || e.Best == annot.PER || e.Best == annot.MISC || e.Weight < 3 {
		return false
	}
	return !title || !e.Ambiguous && !(end-i > 1 && n.first(i) > 1)
}

// placeBeforeTitle reports whether [i, end) begins with a well-known place or body: US President …
func (n *namer) placeBeforeTitle(i, end int) bool {
	return n.listed(i) && end-i > 1 && n.first(i) == 0
}

// firstNameIn returns the first name within [i, end) that begins the name of a person, Fisheries | Nora Quill, or -1, and
// the confidence of that name.
func (n *namer) firstNameIn(i, end int) (k int, confidence float64) {
	for k := i; k < end-1; k++ {
		if n.v.Is(k, rules.NameParticle) || n.v.Is(k+1, rules.OrgHead|rules.PlaceHead) || end-k > 6 {
			continue
		}
		switch n.first(k) {
		case 1:
			if !n.common(k, end) && !n.surer(k+1, end-1) {
				return k, 0.7
			}
		case 2:
			return k, 0.75
		}
	}
	return -1, 0
}

// beforeFirstName returns where the name with the first name k begins in a run that begins at i. What comes before the
// first name belongs to it unless it is an ordinary word or a place: Lim Wei Jian, but Universe | Alicia Machado.
func (n *namer) beforeFirstName(i, k int) int {
	const noNames = rules.OrgHead | rules.RoleNoun | rules.TitleWord | rules.Demonym | rules.PlaceHead
	for k > i && !n.caps.mostly(k-1, 0.3) && !n.listed(k-1) && !n.v.Is(k-1, noNames) {
		k--
	}
	return k
}

// surer reports whether one of the tokens [i, end) is surely a first name: Universe | Alicia Machado.
func (n *namer) surer(i, end int) bool {
	ratio, known := n.table.Case(n.v.Word(i - 1))
	if !known || ratio < 0.1 {
		return false
	}
	for ; i < end; i++ {
		if n.first(i) == 2 {
			return true
		}
	}
	return false
}

// first tells how surely token i is a first name: 0 not, 1 perhaps, 2 surely.
func (n *namer) first(i int) int {
	w := n.v.Word(i)
	if initial(w) {
		return 1
	}
	f, ok := n.table.FirstName(w)
	switch {
	case !ok || f.NewsCap < 128 || n.v.Is(i, rules.Demonym|rules.OrgHead|rules.Weekday):
		if k := strings.IndexByte(w, '-'); ok || k < 2 {
			return 0
		} else if f, ok = n.table.FirstName(w[:k]); !ok || f.Common < 10 { // Jean-Pierre, Mary-Kate
			return 0
		}
		return 1
	case f.NewsCap < 200 || f.AlsoPlace && f.Common < 14 || f.Common < 5 || n.v.Is(i, rules.Month):
		return 1
	}
	return 2
}

// surname reports whether token i is a surname of the lists.
func (n *namer) surname(i int) bool {
	s, ok := n.table.Surname(n.v.Word(i))
	return ok && s.LowerRatio < 128
}

// common reports whether a token of [i, end) is an ordinary word.
func (n *namer) common(i, end int) bool {
	for ; i < end; i++ {
		if n.caps.common(i) && !initial(n.v.Word(i)) {
			return true
		}
	}
	return false
}

// phrase looks up [i, end) in the gazetteer.
func (n *namer) phrase(i, end int) (gazetteer.Entry, bool) { return n.table.Phrase(hash(n.v, i, end)) }

// hash returns the hash of the tokens [i, end) for the tables of the gazetteer.
func hash(v *segment.View, i, end int) uint64 {
	h := gazetteer.Seed
	for ; i < end; i++ {
		h = gazetteer.Extend(h, v.Word(i))
	}
	return h
}

// listed reports whether token i alone is a well-known place or organization.
func (n *namer) listed(i int) bool {
	e, ok := n.phrase(i, i+1)
	return ok && e.Best != annot.PER && e.Weight >= 4
}

// shouted types a run of words all in capitals; the gazetteer finds the known ones.
func (n *namer) shouted(i, end int, title bool) {
	zone := n.v.D.Paragraphs[n.v.D.Sentences[n.caps.sentence[i]].Paragraph].Zone
	switch {
	case zone == annot.Dateline:
		if i == n.v.D.Sentences[n.caps.sentence[i]].FirstToken {
			n.add(i, end, annot.LOC, "dateline", 0.9)
		}
	case zone == annot.Byline || title || n.first(i) == 2 && end-i == 2:
		n.add(i, end, annot.PER, "capitals", 0.6)
	}
}

// ofNames finds bodies named with of or for: Ministry of Health, University of the West Indies, Bank of England.
func (n *namer) ofNames() {
	v := n.v
	for i := range v.D.Tokens {
		if !v.Is(i, rules.OrgHead) || !v.Upper(i) || i+2 >= len(v.D.Tokens) || n.caps.allCaps[i] {
			continue
		}
		k := i + 1
		if w := v.Word(k); w != "of" && w != "for" {
			continue
		}
		if k++; v.Word(k) == "the" && k+1 < len(v.D.Tokens) {
			k++
		}
		if !v.Upper(k) || !n.caps.sameSentence(i, k) || n.title[k] && !v.Is(k, rules.OrgHead) || v.Is(k, rules.Weekday|rules.Month) {
			continue
		}
		end := n.run(k)
		if end+1 < len(v.D.Tokens) && v.Word(end) == "and" && v.Upper(end+1) && n.caps.common(end+1) && n.caps.sameSentence(i, end+1) {
			end = n.run(end + 1) // Ministry of Health and Sports
		}
		first := i
		for first > 0 && n.caps.joined(first-1, first) && !n.title[first-1] {
			first--
		}
		n.add(first, end, annot.ORG, "org-of", 0.86)
	}
}

// acronyms types an acronym in brackets after its long form: World Health Organization (WHO).
func (n *namer) acronyms() {
	v := n.v
	for i := 2; i+1 < len(v.D.Tokens); i++ {
		w := v.Word(i)
		if v.Word(i-1) != "(" || v.Word(i+1) != ")" || len(w) < 2 || len(w) > 8 || !allUpper(w) {
			continue
		}
		k, first := len(w)-1, i-2
		for ; first >= 0 && first > i-10 && n.caps.sameSentence(first, i); first-- {
			if k >= 0 && v.Upper(first) && v.Word(first)[0] == w[k] {
				if k--; k < 0 {
					break
				}
			} else if v.Letter(first) && v.Upper(first) || !v.Letter(first) {
				break
			}
		}
		if k >= 0 || first < 0 {
			continue
		}
		if n.first(first) != 2 {
			n.add(first, i-1, annot.ORG, "acronym", 0.6)
		}
		n.add(i, i+1, annot.ORG, "acronym", 0.6)
	}
}

// footers finds the outlet that the footer of a feed names: "The post … appeared first on Harbor Daily.", "From Harbor
// Daily via this RSS feed".
func (n *namer) footers() {
	v := n.v
	for _, s := range v.D.Sentences {
		if v.D.Paragraphs[s.Paragraph].Zone != annot.Boilerplate {
			continue
		}
		for i := s.FirstToken; i+1 < s.EndToken; i++ {
			first := i + 1
			if !n.leadsToOutlet(i, s.FirstToken) {
				continue
			}
			end := first
			for end < s.EndToken && v.Upper(end) {
				end++
			}
			if end > first && end-first <= 6 && (end == s.EndToken || v.Word(end) == "." || segment.EqualFold(v.Word(end), "via")) {
				n.add(first, end, annot.ORG, "feed-footer", 0.95)
			}
		}
	}
}

// leadsToOutlet reports whether the name of an outlet follows token i of a footer whose sentence begins at start.
func (n *namer) leadsToOutlet(i, start int) bool {
	if i == start {
		return segment.EqualFold(n.v.Word(i), "from")
	}
	return segment.EqualFold(n.v.Word(i), "on") && segment.EqualFold(n.v.Word(i-1), "first")
}

// platforms finds the network whose name is a letter: posted on X.
func (n *namer) platforms() {
	for i := 1; i < len(n.v.D.Tokens); i++ {
		if n.v.Word(i) == "X" && n.caps.sameSentence(i-1, i) && segment.EqualFold(n.v.Word(i-1), "on") {
			n.add(i, i+1, annot.ORG, "platform", 0.9)
		}
	}
}

// again types the runs that nothing typed by what the rest of the article and of the news says of the same words.
func (n *namer) again() {
	persons := map[string]bool{} // last names of the persons found so far
	bodies := map[string]bool{}  // first words of the organizations found so far
	for _, m := range n.found {
		words := strings.Fields(n.v.D.Slice(m.Span))
		switch m.Type {
		case annot.PER:
			persons[words[len(words)-1]] = true
			if len(words) > 2 {
				for _, w := range words[1 : len(words)-1] { // Ibai Etxeberria Solano
					persons[w] = persons[w] || len(w) > 3 && n.set.Classes(w)&rules.NameParticle == 0
				}
			}
			if len(words) > 1 {
				persons[words[0]] = persons[words[0]] || n.nameOnly(words[0])
				if k := len(words) - 2; n.set.Classes(words[k])&rules.NameParticle != 0 {
					for ; k > 0 && n.set.Classes(words[k-1])&rules.NameParticle != 0; k-- {
					}
					persons[strings.ToLower(strings.Join(words[k:], " "))] = true
				}
			}
		case annot.ORG:
			if len(words) > 1 {
				bodies[words[0]] = true
			}
		}
	}
	for _, r := range n.open {
		n.typeOpen(r, persons, bodies)
	}
	// May said, Will said: a word that names nothing elsewhere
	for i := range n.v.D.Tokens {
		if !n.caps.name[i] && n.v.Is(i, rules.Modal|rules.Month) && n.v.Upper(i) && persons[n.v.Word(i)] && n.speaks(run{i, i + 1}) {
			n.add(i, i+1, annot.PER, "known-surname", 0.95)
		}
	}
}

// nameOnly reports whether the word is a first name that is hardly anything else.
func (n *namer) nameOnly(w string) bool {
	f, ok := n.table.FirstName(w)
	if s, known := n.table.Surname(w); known && s.LowerRatio < 20 && (!ok || f.Common < 12) {
		return true // Han Seo-yeon
	}
	return ok && f.NewsCap > 240 && !f.AlsoPlace
}

// typeOpen types a run that nothing typed, given the last names of persons and the first words of bodies of the article.
func (n *namer) typeOpen(r run, persons, bodies map[string]bool) {
	text := n.v.D.Slice(n.v.Span(r.first, r.end))
	switch {
	case n.namesPerson(r, text, persons):
		n.add(r.first, r.end, annot.PER, "known-surname", 0.95)
		return
	case r.single() && bodies[text] && !n.caps.common(r.first):
		n.add(r.first, r.end, annot.ORG, "known-body", 0.6)
		return
	}
	if r.end-r.first > 4 || n.caps.titleCase[r.first] {
		return
	}
	if e, ok := n.phrase(r.first, r.end); ok && e.Best != annot.PER && e.Weight >= 4 && !e.Ambiguous {
		if smallPlace(e) && n.speaks(r) && n.surname(r.first) {
			n.add(r.first, r.end, annot.PER, "speaks", 0.9) // Lund called the ruling …: the small town does not speak
		}
		return
	}
	n.typeUnlisted(r)
}

// typeUnlisted types a run that no list has by what is around it.
func (n *namer) typeUnlisted(r run) {
	switch {
	case n.age(r.end):
		n.add(r.first, r.end, annot.PER, "age", 0.85)
	case r.single() && n.first(r.first) == 2 && !n.listed(r.first) && !n.v.Is(r.first, rules.CommonCap):
		n.add(r.first, r.end, annot.PER, "first-name", 0.6)
	case n.who(r.end) && !n.caps.common(r.first):
		n.add(r.first, r.end, annot.PER, "who", 0.7)
	case n.personInNews(r):
		n.add(r.first, r.end, annot.PER, "news-name", 0.7)
	case !n.speaks(r):
	case r.end-r.first <= 3 && !n.caps.common(r.end-1) && !n.v.Is(r.first, rules.CommonCap):
		confidence := 0.6
		if n.besideQuote(r) {
			confidence = 0.9
		}
		n.add(r.first, r.end, annot.PER, "speaks", confidence)
	case !r.single() && !n.caps.common(r.first) && !n.title[r.first]:
		n.add(r.first, r.end, annot.ORG, "speaks", 0.5) // Northline Rail said
	}
}

// single reports whether the run has one token.
func (r run) single() bool { return r.end-r.first == 1 }

// namesPerson reports whether the run is the last name of a person whom the article names in full: in
// Lund names a place, the Law a thing.
func (n *namer) namesPerson(r run, text string, persons map[string]bool) bool {
	noPerson := r.first > 0 && n.v.Is(r.first-1, rules.PlacePreposition|rules.Determiner) || n.caps.common(r.first) && !n.speaks(r)
	return r.single() && persons[text] && !noPerson || persons[strings.ToLower(text)]
}

// smallPlace reports whether the entry is that of a place which few know.
func smallPlace(e gazetteer.Entry) bool { return e.Best == annot.LOC && e.Weight <= 5 }

// who reports whether a relative clause about a person begins at token i: Han, who has spent nine years …
func (n *namer) who(i int) bool {
	return i < len(n.v.D.Tokens)-1 && n.v.Word(i) == "," && n.v.Word(i+1) == "who"
}

// personInNews reports whether the words of the run are used in news as names of persons are: after titles, before verbs
// of speech, seldom after “the” or “in”.
func (n *namer) personInNews(r run) bool {
	seq, known := n.table.CapSeq(hash(n.v, r.first, r.end))
	return known && seq.N >= 4 && (seq.TitleBefore > 0.08 || seq.SayAfter > 0.03) && seq.TheBefore < 0.25 && seq.LocPrepBefore < 0.1 &&
		!n.caps.mostly(r.first, 0.15)
}

// age reports whether a person's age is between commas at token i: Han, 61, has spent nine years …
func (n *namer) age(i int) bool {
	v := n.v
	if i+2 >= len(v.D.Tokens) || v.Word(i) != "," || v.Word(i+2) != "," && v.Word(i+2) != "." {
		return false
	}
	w := v.Word(i + 1)
	return len(w) == 2 && w[0] >= '1' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9'
}

// besideQuote reports whether a quotation is right before the run that speaks, or after its verb: Okafor said: “…”.
func (n *namer) besideQuote(r run) bool {
	v := n.v
	if r.first > 0 && v.Outer[r.first-1] >= 0 {
		return true
	}
	k := r.end
	if k >= len(v.D.Tokens) || v.Cue[k] == nil {
		return false
	}
	k += int(v.CueLen[k])
	return k+1 < len(v.D.Tokens) && (v.Word(k) == ":" || v.Word(k) == ",") && v.Outer[k+1] >= 0
}

// speaks reports whether a verb of speech is beside the run, outside of marks.
func (n *namer) speaks(r run) bool {
	v := n.v
	near := func(i int) bool {
		return i >= 0 && i < len(v.D.Tokens) && v.Cue[i] != nil && v.Cue[i].Weight >= 0.7 && v.Cue[i].Class != rules.Noun && n.caps.sameSentence(i, r.first)
	}
	end := r.end
	for end < min(len(v.D.Tokens), r.end+3) && v.Is(end, rules.Adverb|rules.Auxiliary|rules.Negation) {
		end++
	}
	if k := r.first - 2; k >= 0 && v.Cue[k] != nil && v.Cue[k].Class == rules.Phrase && v.CueLen[k] == 2 && n.caps.sameSentence(k, r.first) {
		return true // according to Park
	}
	return near(end) || near(r.first-1) && r.first >= 2 && v.Outer[r.first-2] >= 0
}
