package attribution

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveAll leads from the words that stand for each quote's speaker to a name, in the order of the article, so that a
// pronoun can lean on the speakers before it.
func (w *work) resolveAll() {
	w.index()
	last := 0 // the entity that spoke last
	for i := range w.d.Quotes {
		q := &w.d.Quotes[i]
		if q.Speaker.Type != annot.NoSpeaker { // a sieve of the caller's
			continue
		}
		if a := w.answers[i]; a.src.form != noForm {
			w.resolve(q, a.src, last)
		}
		if q.Status == annot.Unattributed && q.Speaker.Type != annot.NoSpeaker {
			q.Speaker.Name, q.Speaker.Entities, q.Speaker.ResolvedBy, q.Speaker.Type = "", nil, "", annot.UnknownSpeaker
			q.Speaker.Candidates, q.Speaker.Role, q.Speaker.Affiliation = nil, "", ""
		}
		if len(q.Speaker.Entities) == 1 {
			last = q.Speaker.Entities[0]
		}
	}
}

// index collects, once for the article, the persons by the ends of their names and their mentions by the words of their
// roles.
func (w *work) index() {
	w.byName, w.byRoleWord = map[string][]int{}, map[string][]int{}
	roles := make([][]string, len(w.d.Entities)+1)
	for _, e := range w.d.Entities {
		if e.Type != annot.PER {
			continue
		}
		name := strings.ToUpper(e.Name)
		w.byName[name] = append(w.byName[name], e.ID)
		for n := 0; n < 6; n++ {
			_, rest, ok := strings.Cut(name, " ")
			if !ok {
				break
			}
			name = rest
			w.byName[name] = append(w.byName[name], e.ID)
		}
		for _, r := range strings.FieldsFunc(strings.ToLower(e.Role), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '-' }) {
			if len(roles[e.ID]) < 12 {
				roles[e.ID] = append(roles[e.ID], r)
			}
		}
	}
	for k, m := range w.d.Mentions {
		for _, r := range roles[m.Entity] {
			w.byRoleWord[r] = append(w.byRoleWord[r], k)
		}
	}
}

// resolve fills in the speaker of q from the source src.
func (w *work) resolve(q *annot.Quote, src source, last int) {
	if w.naming != nil {
		w.naming(q, src, last)
	}
	sp := &q.Speaker
	switch src.form {
	case named:
		w.resolveNamed(q, src.mentions, src.head)
	case relative:
		if len(src.antecedent) > 0 {
			w.resolveNamed(q, src.antecedent[len(src.antecedent)-1:], -1)
			sp.ResolvedBy = "relative"
		} else {
			sp.Type = annot.Anonymous
		}
	case handle:
		sp.Type, sp.Name, sp.ResolvedBy = annot.Person, w.text(src.tokens), "handle"
	case label:
		w.resolveLabel(q, src)
	case possessive:
		// The owner of a verdict is resolved as a pronoun only where someone spoke before.
		if last > 0 && w.fits(w.d.Entities[last-1], src.first) {
			w.name(sp, last, "pronoun")
		} else {
			sp.Type = annot.UnknownSpeaker
		}
	case pronoun:
		w.resolvePronoun(q, src, last)
	case nominal:
		w.resolveNominal(q, src, last)
	}
}

func (w *work) text(t tokens) string { return w.d.Slice(w.v.Span(t.first, t.end)) }

// name makes entity id the speaker.
func (w *work) name(sp *annot.Speaker, id int, by string) {
	e := w.d.Entities[id-1]
	sp.Name, sp.Entities, sp.Role, sp.ResolvedBy = e.Name, []int{id}, e.Role, by
	sp.Type = annot.Organization
	if e.Type == annot.PER {
		sp.Type = annot.Person
	}
}

func (w *work) resolveNamed(q *annot.Quote, mentions []int, head int) {
	sp := &q.Speaker
	if len(mentions) > 1 {
		sp.Type, sp.ResolvedBy = annot.Group, "name"
		var names []string
		for _, m := range mentions {
			if id := w.d.Mentions[m].Entity; id > 0 && !slices.Contains(sp.Entities, id) {
				sp.Entities = append(sp.Entities, id)
				names = append(names, w.d.Entities[id-1].Name)
			}
		}
		sp.Name = strings.Join(names, "; ")
		return
	}
	m := w.d.Mentions[mentions[0]]
	if m.Entity == 0 {
		sp.Type, sp.Name, sp.ResolvedBy = annot.Person, w.d.Slice(m.Span), "name"
		return
	}
	e := w.d.Entities[m.Entity-1]
	if rivals := w.rivals(e); len(rivals) > 1 {
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		sp.Candidates = rivals
		return
	}
	by := "name"
	if text := w.d.Slice(m.Span); text != e.Name {
		if by = "alias"; e.Type == annot.PER {
			by = "surname"
		} else if strings.ToUpper(text) == text {
			by = "acronym"
		}
	}
	w.name(sp, m.Entity, by)
}

// maxCandidates is how many candidates an ambiguous quote lists at most.
const maxCandidates = 8

// rivals returns the persons who share the bare surname that entity e consists of, if there are several.
func (w *work) rivals(e annot.Entity) []annot.Candidate {
	if e.Type != annot.PER || strings.ContainsRune(e.Name, ' ') && !w.particle(e.Name) {
		return nil
	}
	var out []annot.Candidate
	for _, id := range w.byName[strings.ToUpper(e.Name)] {
		if id != e.ID && len(out) < maxCandidates {
			out = append(out, annot.Candidate{Entity: id, Name: w.d.Entities[id-1].Name})
		}
	}
	for i := range out {
		out[i].Score = 1 / float64(len(out))
	}
	return out
}

// particle reports whether a name of several words is a surname with its particle.
func (w *work) particle(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return w.set.Classes(first)&rules.NameParticle != 0
}

// resolveLabel names the speaker of a labelled turn: a surname that the article gives in full, or the label itself.
func (w *work) resolveLabel(q *annot.Quote, src source) {
	sp := &q.Speaker
	text := w.text(src.tokens)
	words := strings.Fields(text)
	for len(words) > 1 && w.set.Classes(words[0])&(rules.TitleWord|rules.RoleNoun) != 0 {
		words = words[1:]
	}
	name := strings.Join(words, " ")
	if len(name) < 2 {
		sp.Type = annot.UnknownSpeaker // Q and A name nobody by themselves
		asks, answers := w.interview(src.first)
		switch {
		case name == "Q" && asks > 0:
			w.name(sp, asks, "interview")
		case name == "A" && answers > 0:
			w.name(sp, answers, "interview")
		}
		return
	}
	if ids := w.byName[strings.ToUpper(name)]; len(ids) > 0 {
		w.name(sp, ids[0], "label")
		return
	}
	sp.Type, sp.Name, sp.ResolvedBy = annot.Person, name, "label"
}

// interview returns the persons whom the introduction before the first labelled turn binds to Q and A: Yoon Seo-yeon spoke
// to Aditi Raghunathan. It looks once per article.
func (w *work) interview(turn int) (asks, answers int) {
	if w.interviewed {
		return w.asks, w.answersTo
	}
	w.interviewed = true
	for i := 0; i < min(turn, 600); i++ {
		c := w.cueAt(i)
		if c == nil || c.ID != "speak" && c.ID != "talk" {
			continue
		}
		around := w.around(i)
		e := w.cueEnd(i)
		if e+1 >= around.end || !segment.EqualFold(w.v.Word(e), "to") && !segment.EqualFold(w.v.Word(e), "with") {
			continue
		}
		object, _, ok := w.nounPhrase(e+1, around.end)
		subject, _, ok2 := w.subjectBefore(i, around.first, 0)
		if ok && ok2 && object.form == named && subject.form == named && w.hasPerson(object) && w.hasPerson(subject) {
			w.asks, w.answersTo = w.d.Mentions[object.mentions[0]].Entity, w.d.Mentions[subject.mentions[0]].Entity
			break
		}
	}
	return w.asks, w.answersTo
}

// candidate is a person whom a pronoun or a description may refer to.
type candidate struct {
	entity  int
	score   float64
	unit    int // of the last mention before
	count   int // mentions before
	subject bool
	spoke   bool
	owner   bool // it stands in the possessive
}

// window is how many mentions before a pronoun are candidates.
const window = 40

// What speaks for a candidate, tuned on the dev part of the PolNeAR news articles: names change by less than 0.3 points
// when any of them is halved or doubled.
const (
	perUnit       = 1.2 // against it, for each sentence between
	asSubject     = 2   // it is the subject of its sentence
	sameUnit      = 1   // … and that is the sentence of the pronoun
	spokeLast     = 1   // it is the speaker of the quote before
	asOwner       = 0.5 // against it, where it stands in the possessive
	sameParagraph = 0.5
	perMention    = 0.15
	byGender      = 0.8 // the article, or the first name, tells the gender that agrees
)

// candidates collects the persons named before token i outside of quotes, with what speaks for them.
func (w *work) candidates(i, last int) []candidate {
	d := w.d
	here := int(w.unit[i])
	k, _ := slices.BinarySearchFunc(d.Mentions, d.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	var out []candidate
	for n := 0; k > 0 && n < window; n++ {
		k--
		m := d.Mentions[k]
		if m.Type != annot.PER || m.Entity == 0 {
			continue
		}
		t := w.firstTok[k]
		if w.quoted(t) || w.d.Paragraphs[w.v.Units[w.unit[t]].Paragraph].Zone == annot.Byline || w.d.Paragraphs[w.v.Units[w.unit[t]].Paragraph].Zone == annot.Caption {
			continue
		}
		e := w.endTok[k]
		if e < len(w.mention) && w.unit[e] == w.unit[t] && w.modifies(e) && w.mention[e] < 0 && !w.v.Is(e, rules.TitleWord) {
			continue // the Clinton | campaign is not Clinton
		}
		j := slices.IndexFunc(out, func(c candidate) bool { return c.entity == m.Entity })
		if j < 0 {
			out = append(out, candidate{entity: m.Entity, unit: int(w.unit[t]), spoke: m.Entity == last, owner: e < len(w.mention) && w.possessiveMark(e)})
			j = len(out) - 1
			out[j].subject = w.isSubject(k)
		} else if out[j].unit == int(w.unit[t]) && !out[j].subject {
			out[j].subject = w.isSubject(k)
		}
		out[j].count++
	}
	for j := range out {
		c := &out[j]
		c.score = -perUnit * float64(min(here-c.unit, 8))
		if c.subject {
			c.score += asSubject
			if c.unit == here {
				c.score += sameUnit
			}
		}
		if c.spoke {
			c.score += spokeLast
		}
		if c.owner {
			c.score -= asOwner
		}
		if w.v.Units[c.unit].Paragraph == w.v.Units[here].Paragraph {
			c.score += sameParagraph
		}
		c.score += perMention * float64(min(c.count, 5))
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// isSubject reports whether mention k begins its sentence's subject or stands before a verb group of its own.
func (w *work) isSubject(k int) bool {
	t := w.firstTok[k]
	u := w.v.Units[w.unit[t]]
	for i := u.First; i < t && i < u.First+30; i++ {
		if w.verb(i) || w.verbCue(i) {
			// a subordinate subject still counts if a verb follows at once: when De la Fuente was asked
			e := w.endTok[k]
			return e < u.End && !w.possessiveMark(e) && (w.v.Is(e, rules.Auxiliary) || w.verb(e))
		}
	}
	if t > u.First && (w.possessiveMark(min(w.endTok[k], len(w.mention)-1)) || w.v.Is(t-1, rules.Preposition)) {
		return false
	}
	return w.endTok[k] >= len(w.mention) || !w.possessiveMark(w.endTok[k])
}

// fits reports whether the gender of entity e agrees with the pronoun at token i.
func (w *work) fits(e annot.Entity, i int) bool {
	switch c := w.v.Class[i]; {
	case c&rules.PronounMale != 0 || segment.EqualFold(w.v.Word(i), "his"):
		return e.Gender != annot.Female
	case c&rules.PronounFemale != 0:
		return e.Gender != annot.Male
	}
	return true
}

func (w *work) resolvePronoun(q *annot.Quote, src source, last int) {
	sp := &q.Speaker
	i := src.first
	c := w.v.Class[i]
	switch {
	case c&rules.PronounFirst != 0:
		w.resolveFirst(q, src)
		return
	case c&rules.PronounPlural != 0:
		sp.Type = annot.Group
		if last > 0 && w.d.Entities[last-1].Type == annot.ORG {
			w.name(sp, last, "pronoun")
		}
		return
	case c&rules.PronounImpersonal != 0:
		sp.Type = annot.UnknownSpeaker
		id := w.bodyBefore(i)
		if id == 0 {
			id = w.recentBody(i)
		}
		if id > 0 {
			w.name(sp, id, "pronoun")
		}
		return
	}
	cands := w.candidates(i, last)
	known := cands[:0:0]
	for _, c := range cands {
		if w.fits(w.d.Entities[c.entity-1], i) {
			known = append(known, c)
		}
	}
	// Evidence of gender in the article counts more than none.
	for j := range known {
		if w.d.Entities[known[j].entity-1].Gender != annot.UnknownGender {
			known[j].score += byGender
		}
	}
	slices.SortStableFunc(known, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	switch {
	case len(known) == 0:
		sp.Type = annot.UnknownSpeaker
	case len(known) > 1 && w.tied(known[0], known[1]):
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		for _, c := range known[:2] {
			sp.Candidates = append(sp.Candidates, annot.Candidate{Entity: c.entity, Name: w.d.Entities[c.entity-1].Name, Score: 0.5})
		}
	default:
		w.name(sp, known[0].entity, "pronoun")
		if len(known) > 1 && known[0].score-known[1].score < 1 {
			q.Confidence *= 0.85
		}
	}
}

// tied reports whether nothing but the order of the words tells two candidates apart: Alan Pike met Joel Stern.
func (w *work) tied(a, b candidate) bool {
	return a.unit == b.unit && a.count == 1 && b.count == 1 && !a.spoke && !b.spoke &&
		w.d.Entities[a.entity-1].Gender == w.d.Entities[b.entity-1].Gender
}

// resolveFirst resolves I and we: the author, who is the one of the byline if there is just one.
func (w *work) resolveFirst(q *annot.Quote, src source) {
	sp := &q.Speaker
	if len(w.v.Word(src.first)) > 1 {
		sp.Type = annot.Group
		return
	}
	q.Flags |= annot.Author
	sp.Type = annot.UnknownSpeaker
	byline := 0
	for _, m := range w.d.Mentions {
		if m.Type == annot.PER && w.zoneAt(m.Start) == annot.Byline {
			if byline > 0 && byline != m.Entity {
				return
			}
			byline = m.Entity
		}
	}
	if byline > 0 {
		w.name(sp, byline, "byline")
	}
}

func (w *work) zoneAt(at int) annot.Zone {
	k, found := slices.BinarySearchFunc(w.d.Paragraphs, at, func(p annot.Paragraph, at int) int { return cmp.Compare(p.Start, at) })
	if !found {
		k--
	}
	if k < 0 {
		return annot.NoZone
	}
	return w.d.Paragraphs[k].Zone
}

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
	definite := v.Is(src.first, rules.Possessive) || segment.EqualFold(v.Word(src.first), "the") || v.Upper(src.first) && !v.Is(src.first, rules.Determiner|rules.NumberWord)
	switch {
	case c&(rules.RolePlural|rules.HumanPlural) != 0:
		sp.Type = annot.Group
	case c&rules.ArtifactNoun != 0 && c&people == 0:
		sp.Type = annot.Anonymous
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
	case c&rules.GroupNoun != 0:
		sp.Type = annot.Anonymous
		if src.affiliation >= 0 && src.end == src.head+1 {
			w.resolveBody(q, src)
		} else if definite && src.end-src.first == 2 {
			if id := w.recentBody(src.first); id > 0 {
				w.name(sp, id, "role")
			}
		}
	default:
		sp.Type = annot.Anonymous
		if id := w.described(src, last); id > 0 && w.epithet(src.head) {
			w.name(sp, id, "description")
			q.Confidence *= 0.8
		}
	}
}

// resolveBody names a body by the name within its description: the Trump | campaign.
func (w *work) resolveBody(q *annot.Quote, src source) {
	m := w.firstTok[src.affiliation]
	if w.possessiveMark(w.endTok[src.affiliation]) {
		return
	}
	q.Speaker.Type = annot.Organization
	q.Speaker.Name, q.Speaker.ResolvedBy, q.Speaker.Affiliation = w.text(tokens{m, src.head + 1}), "name", ""
}

// bodyBefore returns the organization that is the subject of the sentence of token i, or of the one before it in the
// paragraph.
func (w *work) bodyBefore(i int) int {
	u := int(w.unit[i])
	for k := u; k >= max(0, u-1) && w.v.Units[k].Paragraph == w.v.Units[u].Paragraph; k-- {
		src, ok := w.mainSubject(w.v.Units[k].First, min(i, w.v.Units[k].End))
		if ok && src.form == named && len(src.mentions) == 1 {
			if m := w.d.Mentions[src.mentions[0]]; m.Type == annot.ORG && m.Entity > 0 {
				return m.Entity
			}
		}
	}
	return 0
}

// recentBody returns the organization mentioned last before token i, outside of quotes.
func (w *work) recentBody(i int) int {
	d := w.d
	k, _ := slices.BinarySearchFunc(d.Mentions, d.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	for n := 0; k > 0 && n < window; n++ {
		k--
		if m := d.Mentions[k]; m.Type == annot.ORG && m.Entity > 0 && !w.quoted(w.firstTok[k]) {
			return m.Entity
		}
	}
	return 0
}

// byRole finds the person whose role the description names: the one mentioned last before it whose role has the same
// head noun, in full or as the abbreviation of a title (Sen., Gov.), else the first one behind it.
func (w *work) byRole(head string, src source) int {
	best, after := -1, -1
	consider := func(word string) {
		list := w.byRoleWord[word]
		k, _ := slices.BinarySearchFunc(list, w.d.Tokens[src.first].Start, func(m, at int) int { return cmp.Compare(w.d.Mentions[m].Start, at) })
		if k > 0 && list[k-1] > best {
			best = list[k-1]
		}
		if k < len(list) && (after < 0 || list[k] < after) {
			after = list[k]
		}
	}
	consider(head)
	for n := 3; n <= min(len(head), 6); n++ {
		consider(head[:n] + ".")
	}
	if best < 0 {
		best = after
	}
	if best < 0 {
		return 0
	}
	return w.d.Mentions[best].Entity
}

// epithet reports whether the noun at token i describes a person without being a role: the grandmother-of-nine, the Turk.
func (w *work) epithet(i int) bool {
	return strings.ContainsRune(w.v.Word(i), '-') || w.v.Is(i, rules.Demonym)
}

// described finds the person whom a description stands for that no title of the article explains: the New York
// businessman. It is the one whom the sentences before are about, if that is clear.
func (w *work) described(src source, last int) int {
	if !segment.EqualFold(w.v.Word(src.first), "the") || src.end-src.first < 3 && !w.epithet(src.head) || src.affiliation >= 0 && w.possessiveMark(w.endTok[src.affiliation]) || src.end != src.head+1 {
		return 0
	}
	cands := w.candidates(src.first, last)
	kept := cands[:0]
	for _, c := range cands {
		g := w.d.Entities[c.entity-1].Gender
		if w.v.Is(src.head, rules.RoleMale) && g == annot.Female || w.v.Is(src.head, rules.RoleFemale) && g == annot.Male {
			continue
		}
		kept = append(kept, c)
	}
	here := int(w.unit[src.first])
	if len(kept) == 0 || here-kept[0].unit > 3 || len(kept) > 1 && kept[0].score-kept[1].score < 0.8 {
		return 0
	}
	return kept[0].entity
}
