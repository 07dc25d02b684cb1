package naming

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveNominal resolves a description: the mayor, Garcia’s lawyer, the company, a senior official.
func (r *Resolver) resolveNominal(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	v := r.View
	c := v.Class[src.Head]
	head := strings.ToLower(v.Word(src.Head))
	if src.Affiliation >= 0 {
		if id := r.D.Mentions[src.Affiliation].Entity; id > 0 {
			sp.Affiliation = r.D.Entities[id-1].Name
		}
	}
	definite := r.D.Paragraphs[v.Units[r.UnitOf[src.First]].Paragraph].Zone == annot.Headline || v.Is(src.First, rules.Possessive) ||
		segment.EqualFold(v.Word(src.First), "the") || v.Upper(src.First) && !v.Is(src.First, rules.Determiner|rules.NumberWord)
	switch {
	case c&(rules.RolePlural|rules.HumanPlural) != 0:
		sp.Type = annot.Group
		if name := r.partyGroup(src); name != "" {
			sp.Name, sp.ResolvedBy = name, "name"
		} else if a, ok := r.bodyMeant(src); ok && c&rules.GroupNoun != 0 {
			r.nameBody(sp, a, "role") // the police
		}
		if strings.HasSuffix(head, "authors") && r.Is(src.End-1, rules.ArtifactNoun) {
			r.resolveDocument(q, src.End-1) // the authors of the report
		}
	case c&rules.ArtifactNoun != 0 && c&clause.People == 0:
		sp.Type = annot.Anonymous
		r.resolveDocument(q, src.Head)
	case c&clause.People != 0 || c&rules.TitleWord != 0:
		sp.Type = annot.Anonymous
		if id := r.apposed(src); id > 0 {
			r.name(sp, id, "role")
			sp.Affiliation = ""
			return
		}
		if definite && c&rules.SpokesNoun == 0 {
			if id := r.byRole(src); id > 0 && !r.strangerSince(id, src) {
				r.name(sp, id, "role")
				sp.Affiliation = ""
				return
			}
			if id := cmp.Or(r.described(src), r.likeliest(src)); id > 0 {
				r.name(sp, id, "description")
				sp.Affiliation = ""
				return
			}
		}
		if !definite && c&rules.SpokesNoun == 0 {
			q.Flags |= annot.AnonymousSource
		}
	case c&rules.GroupNoun != 0 && strings.HasSuffix(head, "s") && r.set.Classes(strings.TrimSuffix(head, "s"))&rules.GroupNoun != 0:
		sp.Type = annot.Group // the groups
	case c&rules.GroupNoun != 0:
		sp.Type = annot.Anonymous
		if v.Is(src.First, rules.Possessive) && src.End-src.First == 2 {
			if name := r.ownBody(src); name != "" {
				sp.Type, sp.Name, sp.ResolvedBy, sp.Affiliation = annot.Organization, name, "pronoun", ""
			}
		} else if src.Affiliation >= 0 && src.End == src.Head+1 {
			r.resolveBody(q, src)
		} else if a, ok := r.bodyMeant(src); ok {
			r.nameBody(sp, a, "role")
		}
	default:
		sp.Type = annot.Anonymous
		if r.resolveUnlisted(q, src) {
			return
		}
		if id := r.whose(src); id > 0 {
			r.name(sp, id, "document")
			sp.Affiliation = ""
			return
		}
		if a, ok := r.bodyMeant(src); ok {
			r.nameBody(sp, a, "role")
			return
		}
		if id := r.described(src); id > 0 && r.Epithet(src.Head) {
			r.name(sp, id, "description")
		}
	}
}

// apposed returns the person whose name the description of one person stands in apposition to: Ann Cole, | a lawyer in Lund, | said. It
// returns 0 where no comma, colon or bracket closes the description.
func (r *Resolver) apposed(src clause.Source) int {
	unit := r.Units[r.UnitOf[src.First]]
	if src.First-2 < unit.First || src.End >= unit.End || r.Word(src.First-1) != "," || !r.onePerson(src.Head) || r.Quoted(src.End) {
		return 0
	}
	switch r.Word(src.End) {
	case ",", ":", ")", "]", "—", "–":
	default:
		return 0
	}
	k := r.BeforeBrackets(src.First - 2)
	if k < unit.First || r.Quoted(k) || !r.isPerson(k) {
		return 0
	}
	return r.D.Mentions[r.MentionOf[k]].Entity
}

// whose returns the person whose words, views or doings a noun in the genitive tells: Cole’s remarks, Cole’s posture. It returns 0
// for other descriptions.
func (r *Resolver) whose(src clause.Source) int {
	m := src.Affiliation
	if m < 0 || r.D.Mentions[m].Type != annot.PER || r.EndToken[m] >= src.Head || !r.PossessiveMark(r.EndToken[m]) {
		return 0
	}
	for i := src.First; i < r.FirstToken[m]; i++ {
		if !r.Upper(i) && !r.Is(i, rules.TitleWord|rules.RoleNoun) {
			return 0 // who shares | Cole’s heritage
		}
	}
	return r.D.Mentions[m].Entity
}

// partyGroup returns the name of the members of a party in a body, where nothing but the name stands for them: Democrats,
// Senate Finance Committee Republicans; but not: some Democrats, vulnerable Republicans.
func (r *Resolver) partyGroup(src clause.Source) string {
	first := src.First
	if r.Word(first) == "the" || r.Word(first) == "The" {
		first++
	}
	if !r.Is(src.Head, rules.PartyWord) || src.End != src.Head+1 || r.Title[r.UnitOf[src.Head]] {
		return ""
	}
	for i := first; i < src.End; i++ {
		if !r.Upper(i) || r.MentionOf[i] < 0 && i == r.Units[r.UnitOf[i]].First && i < src.Head {
			return ""
		}
	}
	return r.Text(clause.Range(first, src.End))
}

// resolveUnlisted names the speaker whose words are a name that the tagger passed over: Ember Lane | said; Ledgerwatch rated
// half | as “false”.
func (r *Resolver) resolveUnlisted(q *annot.Quote, src clause.Source) bool {
	v := r.View
	if m := src.Affiliation; m >= 0 && r.FirstToken[m] == src.First && r.EndToken[m] < src.End &&
		strings.HasSuffix(v.Word(r.EndToken[m]), "ed") && r.D.Mentions[m].Type != annot.LOC {
		r.resolveNamed(q, []int{m})
		return true
	}
	first := src.First
	if v.Is(first, rules.Determiner) {
		first++
	}
	if r.Title[r.UnitOf[first]] || src.End-first < 2 || src.End-first > maxUnlisted || src.Head != src.End-1 {
		return false
	}
	for i := first; i < src.End; i++ {
		if !v.Upper(i) || v.Class[i]&^(rules.OrgHead|rules.NumberWord) != 0 || r.MentionOf[i] >= 0 || i > first && strings.ToUpper(v.Word(i)) == v.Word(i) {
			return false
		}
	}
	q.Speaker.Type, q.Speaker.Name, q.Speaker.ResolvedBy = annot.Organization, r.Text(clause.Range(first, src.End)), "name"
	return true
}

// maxUnlisted bounds the words of a name that the tagger passed over.
const maxUnlisted = 4

// resolveBody names a body by the name within its description: the Trump | campaign, Cole’s | campaign.
func (r *Resolver) resolveBody(q *annot.Quote, src clause.Source) {
	m := src.Affiliation
	if r.D.Mentions[m].Type == annot.ORG && r.D.Mentions[m].Entity > 0 && r.set.StageClasses(r.Word(src.Head)).Has(rules.PartNoun) {
		r.name(&q.Speaker, r.D.Mentions[m].Entity, "name") // the Kestrel | team
		q.Speaker.Affiliation = ""
		return
	}
	if r.PossessiveMark(r.EndToken[m]) && r.D.Mentions[m].Type != annot.PER {
		return
	}
	q.Speaker.Type, q.Speaker.ResolvedBy, q.Speaker.Affiliation = annot.Organization, "name", ""
	q.Speaker.Name = r.Text(clause.Range(r.FirstToken[m], src.Head+1))
	if name, end, ok := r.bodyOf(m, src.End); ok && end == src.Head+1 {
		q.Speaker.Name = name
	}
}

// maxRoleWords bounds the words of the descriptions of one person that later descriptions are compared with.
const maxRoleWords = 24

// indexRoles collects the words that the article describes persons with: their titles, appositions, and the role found
// with the entity.
func (r *Resolver) indexRoles() {
	r.byRoleWord = map[string][]int{}
	r.topics.roles = make([]map[string]bool, len(r.D.Entities)+1)
	r.topics.places = make([][]string, len(r.D.Entities)+1)
	add := func(entity int, word string) {
		word = strings.ToLower(word)
		roles := r.topics.roles
		if roles[entity] == nil {
			roles[entity] = map[string]bool{}
		}
		if len(roles[entity]) < maxRoleWords {
			roles[entity][word] = true
		}
	}
	for _, e := range r.D.Entities {
		if e.Type == annot.PER {
			before := ""
			for _, word := range strings.FieldsFunc(e.Role, func(c rune) bool { return c == ' ' || c == ',' || c == '\n' || c == '-' }) {
				add(e.ID, r.roleOf(before, word))
				before = word
			}
		}
	}
	for k, m := range r.D.Mentions {
		if m.Type == annot.PER && m.Entity > 0 {
			r.describing(k, func(i int) {
				if i+1 < len(r.MentionOf) && !r.PossessiveMark(i+1) { // the family’s lawyer is not the family
					add(m.Entity, r.roleAt(i))
					if place, _ := r.placeAt(i); place != "" && len(r.topics.places[m.Entity]) < maxPlaces {
						r.topics.places[m.Entity] = append(r.topics.places[m.Entity], place)
					}
				}
			})
		}
	}
	for k, m := range r.D.Mentions {
		for word := range r.topics.roles[m.Entity] { // in any order: a word has a list of its own
			r.byRoleWord[word] = append(r.byRoleWord[word], k)
		}
	}
}

// roleAt returns the word for a role at token i, in small letters, with the word that makes another role of it: mayor, deputy mayor.
func (r *Resolver) roleAt(i int) string {
	if i == r.Units[r.UnitOf[i]].First || r.Quoted(i-1) {
		return strings.ToLower(r.Word(i))
	}
	return r.roleOf(r.Word(i-1), r.Word(i))
}

func (r *Resolver) roleOf(before, word string) string {
	if r.set.StageClasses(before).Has(rules.LowerRank) {
		word = before + " " + word
	}
	return strings.ToLower(word)
}

// describing calls use with the tokens of the title before mention k, of the description before it or of the apposition
// after it, if they tell a role. It reads a bounded number of tokens to each side: linear.
func (r *Resolver) describing(k int, use func(int)) {
	t, e := r.FirstToken[k], r.EndToken[k]
	unit := r.Units[r.UnitOf[t]]
	if first, end := r.describedBefore(t, unit.First); end > first {
		for i := first; i < end; i++ {
			use(i)
		}
	}
	if first, end := r.describedAfter(clause.Range(t, e), unit.End); end > first {
		for i := first; i < end; i++ {
			if r.Letter(i) && !r.Is(i, rules.Determiner|rules.Preposition|rules.Conjunction) {
				use(i)
			}
		}
	}
}

// describedBefore returns the tokens before a name at token t that tell a role: Major | Ann Cole; the head of the Mill Board, |
// Ann Cole; an officer surnamed | Cole.
func (r *Resolver) describedBefore(t, first int) (int, int) {
	i, role := t, false
	for i > first && t-i < 10 && !r.Quoted(i-1) && (r.Noun(i-1) || r.Word(i-1) == "of" || r.Is(i-1, clause.People|rules.TitleWord)) {
		i--
		role = role || r.Is(i, clause.People|rules.TitleWord) && !r.Is(i, rules.HonorificMale|rules.HonorificFemale)
	}
	if role {
		return i, t
	}
	end := t - 1
	for end > first && r.Is(end, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale) {
		end-- // the lawyer, Dr. Ann Cole
	}
	if end > first && (r.Word(end) == "named" || r.Word(end) == "surnamed") {
		end--
		if end > first && r.Word(end) != "," {
			end++
		}
	}
	if end <= first || r.Quoted(end) || !(r.Word(end) == "," || end == t-1 && strings.HasSuffix(r.Word(t-1), "named")) {
		return 0, 0
	}
	return r.phraseBefore(end, first)
}

// maxDescription bounds the words of a description before a name.
const maxDescription = 12

// phraseBefore returns the tokens of the description of one person that ends before token end, without its first word: the mayor of
// Lund, | Ann Cole.
func (r *Resolver) phraseBefore(end, first int) (int, int) {
	for i := end - 1; i >= first && end-i <= maxDescription && !r.Quoted(i); i-- {
		switch {
		case r.Is(i, rules.Determiner|rules.Possessive) || r.PossessiveMark(i):
			if src, e, ok := r.NounPhrase(i, end); ok && e == end && src.Form == clause.Nominal && src.Head > i && r.onePerson(src.Head) {
				return i + 1, end
			}
		case !r.Noun(i) && !r.Is(i, rules.Attaching|rules.Conjunction):
			return 0, 0
		}
	}
	return 0, 0
}

// onePerson reports whether the noun at token i is for one person.
func (r *Resolver) onePerson(i int) bool {
	return r.Is(i, clause.People|rules.TitleWord) && !r.Is(i, rules.RolePlural|rules.HumanPlural)
}

// maxApposition bounds the words of an apposition.
const maxApposition = 15

// describedAfter returns the tokens after a name that tell a role: Ann Cole, | the mayor of Lund, said; Ann Cole is | the mayor.
func (r *Resolver) describedAfter(name clause.Tokens, end int) (int, int) {
	e := name.End
	i := e + 1
	if e+1 >= end || r.Quoted(e) {
		return 0, 0
	}
	copula := r.Word(e) == "is"
	if !copula && r.Word(e) == "," && e+2 < end && r.Word(e+1) == "who" && r.Word(e+2) == "is" {
		copula, i = true, e+3
	}
	switch {
	case copula:
		if src, k, ok := r.NounPhrase(i, end); ok && src.Form == clause.Nominal && r.onePerson(src.Head) {
			return i, k
		}
		return 0, 0
	case r.Word(e) != ",", r.Is(i, rules.PronounRelative|rules.Auxiliary|rules.Conjunction|rules.CommonVerb), r.VerbCue(i),
		r.MentionOf[i] >= 0 && r.D.Mentions[r.MentionOf[i]].Type == annot.PER:
		return 0, 0
	}
	role := false
	for i < min(e+maxApposition, end) && !r.Quoted(i) && r.Word(i) != "," && r.Word(i) != "." && !r.Is(i, rules.PronounRelative) {
		if role && r.VerbCue(i) && r.Cue[i].Weight >= sure && !r.Is(i, clause.People) {
			if !r.Subject(name) {
				return 0, 0 // it was sold by Cole, the driver | announced
			}
			return e + 1, i
		}
		role = role || r.Is(i, clause.People|rules.TitleWord)
		i++
	}
	if !role || i >= end || r.Quoted(i) {
		return 0, 0
	}
	return e + 1, i
}

// What speaks for a person whose role a description names; set by hand.
const (
	byModifier = 1    // each word of the description that the article says of the person too
	asTopic    = 1.5  // the sentences before are about the person
	perRank    = -0.4 // each other person of that role named since
	byKin      = -1   // the article calls the person by another noun for the role: attorney, lawyer
	notFormer  = -1.5 // the article calls the person a former one, the description does not
	elsewhere  = -2   // the article says that the person is of another place or body
)

// byRole finds the person whose role the description names: one whom the article describes by the same head noun, in full
// or as the abbreviation of a title (Sen., Gov.), and by none of another party or gender. Of several it takes the one who
// is described by more of the words, whom the sentences before are about, and who was named last; one who is introduced
// later only if nobody is before.
func (r *Resolver) byRole(src clause.Source) int {
	head := r.roleAt(src.Head)
	heads := []string{head}
	for n := 3; n <= min(len(head), 6); n++ {
		heads = append(heads, head[:n]+".")
	}
	same := len(heads) // those after are other nouns for the role
	heads = append(heads, r.set.Word(head).Kin...)
	var before []int // the last mentions of the persons of that role, the latest first
	after := -1
	next := r.MentionsBefore(src.First)
	for i, h := range heads {
		list := r.byRoleWord[h]
		k, _ := slices.BinarySearch(list, next)
		for n := k - 1; n >= max(0, k-window); n-- {
			before = append(before, list[n])
		}
		for n := k; n < min(len(list), k+maxNamesakes) && i < same; n++ {
			if id := r.D.Mentions[list[n]].Entity; !r.conflicts(id, src) && (r.FirstToken[list[n]] < src.End || r.mayFollow(id, src)) {
				if after < 0 || list[n] < after {
					after = list[n]
				}
				break
			}
		}
	}
	slices.SortFunc(before, func(a, b int) int { return b - a })
	topic, since := r.topicAt(src)
	best, most, second := 0, 0.0, math.Inf(-1)
	var seen []int
	for _, m := range before {
		id := r.D.Mentions[m].Entity
		if slices.Contains(seen, id) || len(seen) > maxNamesakes || r.conflicts(id, src) {
			continue
		}
		score := perRank*float64(len(seen)) + byModifier*float64(r.shared(id, src))
		if id == topic && since <= 1 {
			score += asTopic
		}
		if r.topics.roles[id]["former"] && !r.Is(src.First, rules.Telling) && !r.Is(min(src.First+1, src.Head), rules.Telling) {
			score += notFormer
		}
		if !r.goesBy(id, heads[:same]) {
			score += byKin
		}
		if r.elsewhere(id, src) {
			score += elsewhere
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
	if best > 0 && most-second < margin && !r.goesBy(best, heads[:same]) {
		best = 0 // two lawyers, and neither of them is clearly the attorney
	}
	if best > 0 && most <= notFormer && topic > 0 && since <= 1 && r.Tells(src) && !r.conflicts(topic, src) {
		return topic
	}
	if best == 0 && after >= 0 {
		best = r.D.Mentions[after].Entity
	}
	return best
}

// maxPlaces bounds the places and bodies that are remembered of a person.
const maxPlaces = 8

// placeAt returns the place or body whose name begins at token i, or the people that the token means: Oman, Iranian; "" for other
// words. named says that it is a name.
func (r *Resolver) placeAt(i int) (place string, named bool) {
	switch m := r.MentionOf[i]; {
	case m >= 0 && r.FirstToken[m] == i && r.D.Mentions[m].Type != annot.PER:
		return strings.ToLower(r.D.Slice(r.D.Mentions[m].Span)), true
	case m < 0 && r.Is(i, rules.Demonym):
		return strings.ToLower(r.Word(i)), false
	}
	return "", false
}

// placesOf returns whether the description names a place, body or people, whether one by a name, and whether the article names one of them
// with the person too.
func (r *Resolver) placesOf(id int, src clause.Source) (some, named, same bool) {
	for i := src.First; i < src.End; i++ {
		place, name := r.placeAt(i)
		if place == "" {
			continue
		}
		some, named = true, named || name
		same = same || slices.ContainsFunc(r.topics.places[id], func(other string) bool { return samePlace(place, other) })
	}
	return some, named, same
}

// elsewhere reports whether the description names a place or body, and the article only others with the person: the Iranian
// minister is not the minister of Oman.
func (r *Resolver) elsewhere(id int, src clause.Source) bool {
	if len(r.topics.places[id]) == 0 {
		return false
	}
	some, _, same := r.placesOf(id, src)
	return some && !same
}

// mayFollow reports whether the description may mean a person whom the article names only later: not the Lund mayor, if the
// article does not say of which town.
func (r *Resolver) mayFollow(id int, src clause.Source) bool {
	some, named, same := r.placesOf(id, src)
	return same || !named && (!some || len(r.topics.places[id]) == 0)
}

// samePlace reports whether two words are for one place: Iran, Iranian.
func samePlace(a, b string) bool {
	return a == b || len(a) >= 4 && len(b) >= 4 && a[:4] == b[:4] && !strings.Contains(a, " ") && !strings.Contains(b, " ")
}

// goesBy reports whether the article describes the person by one of the words.
func (r *Resolver) goesBy(id int, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return r.topics.roles[id][word] })
}

// maxNamesakes is how many persons of one role are compared.
const maxNamesakes = 8

// shared returns how many words of the description beside its head the article says of the person too.
func (r *Resolver) shared(id int, src clause.Source) (n int) {
	for i := src.First; i < src.End; i++ {
		if i != src.Head && r.Letter(i) && !r.Is(i, rules.Determiner|rules.Preposition|rules.Conjunction|rules.Possessive) &&
			r.topics.roles[id][strings.ToLower(r.Word(i))] {
			n++
		}
	}
	return n
}

// conflicts reports whether the description cannot mean the person: by gender, or by the party that the article tells.
func (r *Resolver) conflicts(id int, src clause.Source) bool {
	e := r.D.Entities[id-1]
	if !r.agrees(e, src.Head) {
		return true
	}
	for i := src.First; i < src.End; i++ {
		if !r.Is(i, rules.PartyWord) {
			continue
		}
		other := false
		for word := range r.topics.roles[id] {
			if r.set.Classes(word)&rules.PartyWord != 0 {
				if sameParty(word, strings.ToLower(r.Word(i))) {
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
func (r *Resolver) topicAt(src clause.Source) (entity, since int) {
	u := int(r.UnitOf[src.First])
	unit := r.Units[u]
	if s, ok := r.MainSubject(unit.First, min(src.First, unit.First+clause.MaxLook)); ok && s.Form == clause.Named && len(s.Mentions) == 1 &&
		r.HasPerson(s) {
		return r.D.Mentions[s.Mentions[0]].Entity, 0
	}
	return r.topicBefore(u)
}

// margin is by how much the best candidate must be ahead to be taken for a topic.
const margin = 0.5

// described finds the person whom a description stands for that no title of the article explains: the New York
// businessman, the 34-year-old mother of three, Cole’s former lawyer. It is the one whom the sentences before are about.
// A description that tells nothing of a certain person (the drummer) stays open.
func (r *Resolver) described(src clause.Source) int {
	owned := src.Affiliation >= 0 && r.FirstToken[src.Affiliation] < src.Head && r.PossessiveMark(r.EndToken[src.Affiliation])
	if !owned && !segment.EqualFold(r.Word(src.First), "the") || !r.Tells(src) || r.inObject(src.First) {
		return 0
	}
	topic, since := r.topicAt(src)
	if topic <= 0 && !owned {
		// There was less drama in Antalya, where Ayla Demir won.
		if c := r.candidates(src.First, r.last); len(c) > 0 && c[0].entity > 0 && int(r.UnitOf[src.First])-c[0].unit <= 1 && (len(c) == 1 || c[0].score-c[1].score > margin) {
			topic = c[0].entity
		}
	}
	if topic <= 0 || since > 1 || r.conflicts(topic, src) || r.strangerSince(topic, src) || owned && r.D.Mentions[src.Affiliation].Entity == topic {
		return 0
	}
	return topic
}

// inObject reports whether a preposition other than to stands before token first: Cole was denounced by | the former mayor.
func (r *Resolver) inObject(first int) bool {
	i := first - 1
	return i >= r.Units[r.UnitOf[first]].First && r.Is(i, rules.Preposition) && !segment.EqualFold(r.Word(i), "to")
}

// strangerSince reports whether the description is that of a stranger whom the article described after it named entity id
// last: Dr. Cole left. A doctor came in. The doctor spoke.
func (r *Resolver) strangerSince(id int, src clause.Source) bool {
	person := r.strangerAt(src.Head)
	if person == 0 || r.introduces(src.First) {
		return person > 0
	}
	list := r.D.Entities[id-1].Mentions
	k := sort.Search(len(list), func(k int) bool { return r.FirstToken[list[k]] >= src.First }) - 1
	if k < 0 {
		return true
	}
	before := r.personsBefore(src.First)
	for n := before.stranger - 1; n >= max(0, before.stranger-window) && r.strangers[n].head > r.FirstToken[list[k]]; n-- {
		if r.strangers[n].person == person {
			return true
		}
	}
	return false
}

// enough is the score from which on a description that tells nothing of a certain person means the likeliest one.
const enough = 1.25

// likeliest finds the person whom a definite description stands for that no title of the article explains and that tells nothing
// of a certain person: the official, the young man. It is the one whom a pronoun would mean, if that is plain and the person may
// be called so.
func (r *Resolver) likeliest(src clause.Source) int {
	if !segment.EqualFold(r.Word(src.First), "the") || r.Tells(src) || src.Affiliation >= 0 ||
		r.inObject(src.First) || r.strangerAt(src.Head) > 0 {
		return 0
	}
	var best, second candidate
	for _, c := range r.candidates(src.First, r.last) {
		if c.entity > 0 {
			if r.conflicts(c.entity, src) {
				continue
			}
			c.score += byModifier * float64(r.shared(c.entity, src))
		} else if !fits(r.gender(c.entity), r.nounGender(src.Head)) {
			continue
		}
		switch {
		case best.entity == 0 || c.score > best.score:
			best, second = c, best
		case second.entity == 0 || c.score > second.score:
			second = c
		}
	}
	if best.entity <= 0 || best.score < enough || best.seen[topicNow]+best.seen[inUnit]+best.seen[spokeLast] == 0 || second.entity != 0 && best.score-second.score < margin || !r.mayBe(best.entity, src) {
		return 0
	}
	return best.entity
}

// mayBe reports whether the description may be said of a person whom the article does not call so: the official, who has a title; the
// minister, of whom it tells no role; not the drummer, nor a teacher as the minister.
func (r *Resolver) mayBe(id int, src clause.Source) bool {
	if r.In(src.Head, rules.BroadRole) || r.shared(id, src) > 0 {
		return true
	}
	for word := range r.topics.roles[id] {
		if c := r.set.Classes(word); c&(rules.RoleNoun|rules.TitleWord) != 0 && c&(rules.HonorificMale|rules.HonorificFemale|rules.RolePlural) == 0 {
			return false
		}
	}
	return r.Is(src.Head, rules.TitleWord)
}
