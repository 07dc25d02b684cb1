package attribution

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveNominal resolves a description: the mayor, Garcia’s lawyer, the company, a senior official.
func (w *work) resolveNominal(q *annot.Quote, src source, last int) {
	sp := &q.Speaker
	v := w.v
	c := v.Class[src.head]
	head := strings.ToLower(v.Word(src.head))
	if src.affiliation >= 0 {
		if id := w.d.Mentions[src.affiliation].Entity; id > 0 {
			sp.Affiliation = w.d.Entities[id-1].Name
		}
	}
	definite := w.d.Paragraphs[v.Units[w.unit[src.first]].Paragraph].Zone == annot.Headline || v.Is(src.first, rules.Possessive) || segment.EqualFold(v.Word(src.first), "the") || v.Upper(src.first) && !v.Is(src.first, rules.Determiner|rules.NumberWord)
	switch {
	case c&(rules.RolePlural|rules.HumanPlural) != 0:
		sp.Type = annot.Group
		if name := w.partyGroup(src); name != "" {
			sp.Name, sp.ResolvedBy = name, "name"
		}
		if strings.HasSuffix(head, "authors") && w.v.Is(src.end-1, rules.ArtifactNoun) {
			w.resolveDocument(q, src.end-1) // the authors of the report
		}
	case c&rules.ArtifactNoun != 0 && c&people == 0:
		sp.Type = annot.Anonymous
		w.resolveDocument(q, src.head)
	case c&people != 0 || c&rules.TitleWord != 0:
		sp.Type = annot.Anonymous
		if definite && c&rules.SpokesNoun == 0 {
			if id := w.byRole(head, src); id > 0 {
				w.name(sp, id, "role")
				sp.Affiliation = ""
				return
			}
			if id := w.described(src, last); id > 0 {
				w.name(sp, id, "description")
				sp.Affiliation = ""
				q.Confidence *= 0.8
				return
			}
		}
		if !definite && c&rules.SpokesNoun == 0 {
			q.Flags |= annot.AnonymousSource
		}
	case c&rules.GroupNoun != 0 && strings.HasSuffix(head, "s") && w.set.Classes(strings.TrimSuffix(head, "s"))&rules.GroupNoun != 0:
		sp.Type = annot.Group // the groups
	case c&rules.GroupNoun != 0:
		sp.Type = annot.Anonymous
		if v.Is(src.first, rules.Possessive) && src.end-src.first == 2 {
			if name := w.ownBody(src); name != "" {
				sp.Type, sp.Name, sp.ResolvedBy, sp.Affiliation = annot.Organization, name, "pronoun", ""
			}
		} else if src.affiliation >= 0 && src.end == src.head+1 {
			w.resolveBody(q, src)
		} else if definite && src.end-src.first == 2 {
			if id := w.recentBody(src.first, strings.ToLower(v.Word(src.head))); id > 0 {
				w.name(sp, id, "role")
			}
		}
	default:
		sp.Type = annot.Anonymous
		if w.resolveUnlisted(q, src) {
			return
		}
		if id := w.described(src, last); id > 0 && w.epithet(src.head) {
			w.name(sp, id, "description")
			q.Confidence *= 0.8
		}
	}
}

// partyGroup returns the name of the members of a party in a body, where nothing but the name stands for them: Democrats,
// Senate Finance Committee Republicans; but not: some Democrats, vulnerable Republicans.
func (w *work) partyGroup(src source) string {
	first := src.first
	if w.v.Word(first) == "the" || w.v.Word(first) == "The" {
		first++
	}
	if !w.v.Is(src.head, rules.PartyWord) || src.end != src.head+1 || w.title[w.unit[src.head]] {
		return ""
	}
	for i := first; i < src.end; i++ {
		if !w.v.Upper(i) || w.mention[i] < 0 && i == w.v.Units[w.unit[i]].First && i < src.head {
			return ""
		}
	}
	return w.text(tokens{first, src.end})
}

// resolveUnlisted names the speaker whose words are a name that the tagger passed over: Ember Lane | said; Ledgerwatch rated
// half | as “false”.
func (w *work) resolveUnlisted(q *annot.Quote, src source) bool {
	v := w.v
	if m := src.affiliation; m >= 0 && w.firstTok[m] == src.first && w.endTok[m] < src.end && strings.HasSuffix(v.Word(w.endTok[m]), "ed") && w.d.Mentions[m].Type != annot.LOC {
		w.resolveNamed(q, []int{m}, -1)
		return true
	}
	first := src.first
	if v.Is(first, rules.Determiner) {
		first++
	}
	if w.title[w.unit[first]] || src.end-first < 2 || src.end-first > maxUnlisted || src.head != src.end-1 {
		return false
	}
	for i := first; i < src.end; i++ {
		if !v.Upper(i) || v.Class[i]&^(rules.OrgHead|rules.NumberWord) != 0 || w.mention[i] >= 0 || i > first && strings.ToUpper(v.Word(i)) == v.Word(i) {
			return false
		}
	}
	q.Speaker.Type, q.Speaker.Name, q.Speaker.ResolvedBy = annot.Organization, w.text(tokens{first, src.end}), "name"
	return true
}

// maxUnlisted bounds the words of a name that the tagger passed over.
const maxUnlisted = 4

// resolveBody names a body by the name within its description: the Trump | campaign, Cole’s | campaign.
func (w *work) resolveBody(q *annot.Quote, src source) {
	m := src.affiliation
	if w.possessiveMark(w.endTok[m]) && w.d.Mentions[m].Type != annot.PER {
		return
	}
	q.Speaker.Type, q.Speaker.ResolvedBy, q.Speaker.Affiliation = annot.Organization, "name", ""
	q.Speaker.Name = w.text(tokens{w.firstTok[m], src.head + 1})
	if name, end, ok := w.bodyOf(m, src.end); ok && end == src.head+1 {
		q.Speaker.Name = name
	}
}

// maxRoleWords bounds the words of the descriptions of one person that later descriptions are compared with.
const maxRoleWords = 24

// indexRoles collects the words that the article describes persons with: their titles, appositions, and the role found
// with the entity.
func (w *work) indexRoles() {
	w.byRoleWord = map[string][]int{}
	w.topics.roles = make([]map[string]bool, len(w.d.Entities)+1)
	add := func(entity int, word string) {
		word = strings.ToLower(word)
		if r := w.topics.roles[entity]; len(r) < maxRoleWords {
			if r == nil {
				r = map[string]bool{}
				w.topics.roles[entity] = r
			}
			r[word] = true
		}
	}
	for _, e := range w.d.Entities {
		if e.Type == annot.PER {
			for _, word := range strings.FieldsFunc(e.Role, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '-' }) {
				add(e.ID, word)
			}
		}
	}
	for k, m := range w.d.Mentions {
		if m.Type == annot.PER && m.Entity > 0 {
			w.describing(k, func(i int) {
				if i+1 < len(w.mention) && !w.possessiveMark(i+1) { // the family’s lawyer is not the family
					add(m.Entity, w.v.Word(i))
				}
			})
		}
	}
	words := make([][]string, len(w.d.Entities)+1) // in the order of the alphabet, for the same result each time
	for id, r := range w.topics.roles {
		for word := range r {
			words[id] = append(words[id], word)
		}
	}
	for k, m := range w.d.Mentions {
		for _, word := range words[m.Entity] {
			w.byRoleWord[word] = append(w.byRoleWord[word], k)
		}
	}
}

// describing calls use with the tokens of the title before mention k and of the apposition behind it, if they tell a role.
// It reads at most ten tokens to the left and fourteen to the right of each mention: linear.
func (w *work) describing(k int, use func(int)) {
	v := w.v
	t, e := w.firstTok[k], w.endTok[k]
	unit := v.Units[w.unit[t]]
	i, role := t, false
	for i > unit.First && t-i < 10 && !w.quoted(i-1) && (w.noun(i-1) || v.Word(i-1) == "of" || v.Is(i-1, people|rules.TitleWord)) {
		i--
		role = role || v.Is(i, people|rules.TitleWord) && !v.Is(i, rules.HonorificMale|rules.HonorificFemale)
	}
	if role {
		for ; i < t; i++ {
			use(i)
		}
	} else if i = t - 1; i > unit.First && v.Word(i) == "," && v.Is(i-1, people) { // the head teacher, | Ann Cole
		if first := w.nounStart(i - 1); v.Is(first, rules.Determiner|rules.Possessive) && !segment.EqualFold(v.Word(first), "a") {
			for k := first + 1; k < i; k++ {
				use(k)
			}
		}
	}
	if e+1 >= unit.End || v.Word(e) != "," {
		return
	}
	if i, role = e+1, false; v.Is(i, rules.PronounRelative|rules.Auxiliary|rules.Conjunction|rules.CommonVerb) || w.verbCue(i) || w.mention[i] >= 0 && w.d.Mentions[w.mention[i]].Type == annot.PER {
		return
	}
	for i < min(e+15, unit.End) && !w.quoted(i) && v.Word(i) != "," && v.Word(i) != "." && !v.Is(i, rules.PronounRelative) {
		role = role || v.Is(i, people|rules.TitleWord)
		i++
	}
	if !role || i >= unit.End || w.quoted(i) {
		return
	}
	for k := e + 1; k < i; k++ {
		if v.Letter(k) && !v.Is(k, rules.Determiner|rules.Preposition|rules.Conjunction) {
			use(k)
		}
	}
}

// What speaks for a person whose role a description names; set by hand.
const (
	byModifier = 1    // each word of the description that the article says of the person too
	asTopic    = 1.5  // the sentences before are about the person
	perRank    = -0.4 // each other person of that role named since
	byKin      = -1   // the article calls the person by another noun for the role: attorney, lawyer
	notFormer  = -1.5 // the article calls the person a former one, the description does not
)

// byRole finds the person whose role the description names: one whom the article describes by the same head noun, in full
// or as the abbreviation of a title (Sen., Gov.), and by none of another party or gender. Of several it takes the one who
// is described by more of the words, whom the sentences before are about, and who was named last; one who is introduced
// later only if nobody is before.
func (w *work) byRole(head string, src source) int {
	heads := []string{head}
	for n := 3; n <= min(len(head), 6); n++ {
		heads = append(heads, head[:n]+".")
	}
	same := len(heads) // those behind are other nouns for the role
	heads = append(heads, w.set.Word(head).Kin...)
	var before []int // the last mentions of the persons of that role, the latest first
	after := -1
	for i, h := range heads {
		list := w.byRoleWord[h]
		k, _ := slices.BinarySearchFunc(list, w.d.Tokens[src.first].Start, func(m, at int) int { return cmp.Compare(w.d.Mentions[m].Start, at) })
		for n := k - 1; n >= max(0, k-window); n-- {
			before = append(before, list[n])
		}
		for n := k; n < min(len(list), k+maxNamesakes) && i < same; n++ {
			if !w.conflicts(w.d.Mentions[list[n]].Entity, src) {
				if after < 0 || list[n] < after {
					after = list[n]
				}
				break
			}
		}
	}
	slices.SortFunc(before, func(a, b int) int { return b - a })
	topic, since := w.topicAt(src)
	best, most, second := 0, 0.0, math.Inf(-1)
	var seen []int
	for _, m := range before {
		id := w.d.Mentions[m].Entity
		if slices.Contains(seen, id) || len(seen) > maxNamesakes || w.conflicts(id, src) {
			continue
		}
		score := perRank*float64(len(seen)) + byModifier*float64(w.shared(id, src))
		if id == topic && since <= 1 {
			score += asTopic
		}
		if w.topics.roles[id]["former"] && !w.v.Is(src.first, rules.Telling) && !w.v.Is(min(src.first+1, src.head), rules.Telling) {
			score += notFormer
		}
		if !w.goesBy(id, heads[:same]) {
			score += byKin
		}
		seen = append(seen, id)
		if best == 0 || score > most {
			second = max(second, most)
			best, most = id, score
			if len(seen) == 1 {
				second = math.Inf(-1)
			}
		} else {
			second = max(second, score)
		}
	}
	if best > 0 && most-second < margin && !w.goesBy(best, heads[:same]) {
		best = 0 // two lawyers, and neither of them is clearly the attorney
	}
	if best > 0 && most <= notFormer && topic > 0 && since <= 1 && w.tells(src) && !w.conflicts(topic, src) {
		return topic
	}
	if best == 0 && after >= 0 {
		best = w.d.Mentions[after].Entity
	}
	return best
}

// goesBy reports whether the article describes the person by one of the words.
func (w *work) goesBy(id int, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return w.topics.roles[id][word] })
}

// maxNamesakes is how many persons of one role are compared.
const maxNamesakes = 8

// shared returns how many words of the description beside its head the article says of the person too.
func (w *work) shared(id int, src source) (n int) {
	for i := src.first; i < src.end; i++ {
		if i != src.head && w.v.Letter(i) && !w.v.Is(i, rules.Determiner|rules.Preposition|rules.Conjunction|rules.Possessive) && w.topics.roles[id][strings.ToLower(w.v.Word(i))] {
			n++
		}
	}
	return n
}

// conflicts reports whether the description cannot mean the person: by gender, or by the party that the article tells.
func (w *work) conflicts(id int, src source) bool {
	e := w.d.Entities[id-1]
	if !w.agrees(e, src.head) {
		return true
	}
	for i := src.first; i < src.end; i++ {
		if !w.v.Is(i, rules.PartyWord) {
			continue
		}
		other := false
		for word := range w.topics.roles[id] {
			if w.set.Classes(word)&rules.PartyWord != 0 {
				if sameParty(word, strings.ToLower(w.v.Word(i))) {
					return false
				}
				other = true
			}
		}
		if other {
			return true
		}
	}
	return false
}

// sameParty reports whether two words are of one party: democrat, democratic; republican, gop.
func sameParty(a, b string) bool {
	if a == "gop" {
		a = "republican"
	}
	if b == "gop" {
		b = "republican"
	}
	n := min(len(a), len(b))
	return n >= 4 && a[:n] == b[:n]
}

// topicAt returns the person whom the sentences are about before the description, and for how many sentences they were
// not the subject: the subject of its own sentence, if that is a person before it, else the topic.
func (w *work) topicAt(src source) (entity, since int) {
	u := int(w.unit[src.first])
	unit := w.v.Units[u]
	if s, ok := w.mainSubject(unit.First, min(src.first, unit.First+maxLook)); ok && s.form == named && len(s.mentions) == 1 && w.hasPerson(s) {
		return w.d.Mentions[s.mentions[0]].Entity, 0
	}
	return w.topicBefore(u)
}

// margin is by how much the best candidate must be ahead to be taken for a topic.
const margin = 0.5

// epithet reports whether the noun at token i describes a person without being a role: the grandmother-of-nine, the Turk.
func (w *work) epithet(i int) bool {
	return strings.ContainsRune(w.v.Word(i), '-') || w.v.Is(i, rules.Demonym)
}

// described finds the person whom a description stands for that no title of the article explains: the New York
// businessman, the 34-year-old mother of three, Cole’s former lawyer. It is the one whom the sentences before are about.
// A description that tells nothing of a certain person (the drummer) stays open.
func (w *work) described(src source, last int) int {
	owned := src.affiliation >= 0 && w.firstTok[src.affiliation] < src.head && w.possessiveMark(w.endTok[src.affiliation])
	if !owned && !segment.EqualFold(w.v.Word(src.first), "the") || !w.tells(src) {
		return 0
	}
	if i := src.first - 1; i >= w.v.Units[w.unit[src.first]].First && w.v.Is(i, rules.Preposition) && !segment.EqualFold(w.v.Word(i), "to") {
		return 0 // Cole was denounced by | the former mayor
	}
	topic, since := w.topicAt(src)
	if topic == 0 && !owned {
		// There was less drama in Antalya, where Ayla Demir won.
		if c := w.candidates(src.first, last); len(c) > 0 && int(w.unit[src.first])-c[0].unit <= 1 && (len(c) == 1 || c[0].score-c[1].score > margin) {
			topic = c[0].entity
		}
	}
	if topic == 0 || since > 1 || w.conflicts(topic, src) || owned && w.d.Mentions[src.affiliation].Entity == topic {
		return 0
	}
	return topic
}

// tells reports whether a description says something that holds for a certain person of the article: a place, a party,
// a people, an age, what somebody was before.
func (w *work) tells(src source) bool {
	if w.epithet(src.head) {
		return true
	}
	for i := src.first; i < src.end; i++ {
		switch {
		case w.v.Is(i, rules.Telling|rules.PartyWord|rules.Demonym):
			return true
		case w.mention[i] >= 0 && i < src.head && w.d.Mentions[w.mention[i]].Type == annot.LOC && !w.possessiveMark(w.endTok[w.mention[i]]):
			return true
		case strings.HasSuffix(w.v.Word(i), "-old"), i > src.head && w.v.Is(i, rules.NumberWord) && w.v.Word(i-1) == "of":
			return true
		}
	}
	return false
}
