package naming

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveLabel names the speaker of a labelled turn: a person or body whom the article, or another label, gives in full, or the
// label itself. A label that says only what somebody is names nobody: HOST, UNIDENTIFIED MALE.
func (r *Resolver) resolveLabel(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	name := r.labelName(src)
	if len(name) < 2 {
		sp.Type = annot.UnknownSpeaker // Q and A name nobody by themselves
		asks, answers := r.interview(src.First)
		switch {
		case name == "Q" && asks > 0:
			r.name(sp, asks, "interview")
		case name == "A" && answers > 0:
			r.name(sp, answers, "interview")
		}
		return
	}
	full := r.fullLabel(name, q.ID-1)
	if full != "" {
		name = full
	}
	if ids := r.byName[strings.ToUpper(name)]; len(ids) > 0 {
		r.name(sp, ids[0], "label")
		return
	}
	if full == "" && r.unnamedLabel(src) {
		r.resolveUnnamedLabel(q, src)
		return
	}
	r.indexWholeNames()
	if id := r.byWholeName[strings.ToUpper(name)]; id > 0 && !r.shortened(name) {
		r.name(sp, id, "label")
		return
	}
	sp.Type, sp.Name, sp.ResolvedBy = annot.Person, name, "label"
}

// shortened reports whether another label has only the last word of name, as it has of persons: CHURCH for LENA CHURCH.
func (r *Resolver) shortened(name string) bool {
	r.indexLabels()
	name = strings.ToUpper(name)
	return r.labelled[name[strings.LastIndexByte(name, ' ')+1:]] && strings.Contains(name, " ")
}

// labelName returns the words of a label without the titles before them.
func (r *Resolver) labelName(src clause.Source) string {
	words := strings.Fields(r.Text(src.Tokens))
	for len(words) > 1 && !strings.ContainsAny(words[1][:1], "#0123456789") && r.set.Classes(words[0])&(rules.TitleWord|rules.RoleNoun) != 0 {
		words = words[1:]
	}
	name := strings.Join(words, " ")
	if len(name) == 2 {
		name = strings.TrimSuffix(name, ".") // Q.
	}
	return name
}

// fullLabel returns the longer name that a label of the article, the nearest before quote q or else the first, or an entity has for
// a short one: FOX for LENA FOX, LF for Lena Fox. It is "" if there is none.
func (r *Resolver) fullLabel(name string, q int) string {
	r.indexLabels()
	short := strings.ToUpper(name)
	names := r.labels[short]
	if len(names) == 0 {
		return ""
	}
	after := sort.Search(len(names), func(i int) bool { return names[i].quote > q })
	return names[max(after-1, 0)].name
}

// A fullName is the name that a label gives, and the quote that has it; names of entities are after all quotes.
type fullName struct {
	name  string
	quote int
}

// indexLabels collects, once for the article, the full names of labels by their ends and by their initials, in capitals, and those of
// entities by their initials.
func (r *Resolver) indexLabels() {
	if r.labels != nil {
		return
	}
	r.labels, r.labelled = map[string][]fullName{}, map[string]bool{}
	put := func(short, name string, q int) {
		if names := r.labels[short]; len(names) == 0 || names[len(names)-1].name != name {
			r.labels[short] = append(names, fullName{name, q})
		}
	}
	add := func(name string, q int, ends bool) {
		words := strings.Fields(name)
		if len(words) < 2 {
			return
		}
		if initials := initialsOf(name); len(initials) > 1 {
			put(initials, name, q)
		}
		for i := 1; ends && i < len(words); i++ {
			put(strings.ToUpper(strings.Join(words[i:], " ")), name, q)
		}
	}
	for q, src := range r.said {
		if src.Form != clause.Label {
			continue
		}
		name := r.labelName(src)
		r.labelled[strings.ToUpper(name)] = true
		if !r.unnamedLabel(src) {
			add(name, q, true)
		}
	}
	for _, e := range r.D.Entities {
		if e.Type == annot.PER || e.Type == annot.ORG {
			add(e.Name, len(r.said), false)
		}
	}
}

// initialsOf returns the first letters of the parts of a name, in capitals.
func initialsOf(name string) string {
	var b strings.Builder
	for part := range strings.FieldsFuncSeq(name, func(c rune) bool { return c == ' ' || c == '-' }) {
		c, _ := utf8.DecodeRuneInString(part)
		b.WriteRune(unicode.ToUpper(c))
	}
	return b.String()
}

// unnamedLabel reports whether all words of a label say what somebody is, and none who: THE PRESIDENT, AUDIENCE MEMBER 2.
func (r *Resolver) unnamedLabel(src clause.Source) bool {
	const roles = rules.SpeakerLabel | rules.RoleNoun | rules.RolePlural | rules.HumanPlural | rules.Determiner | rules.Kinship | rules.GroupNoun |
		rules.Attaching | rules.PlacePreposition | rules.Telling
	for i := src.First; i < src.End; i++ {
		if r.Letter(i) && !r.Is(i, roles) {
			return false
		}
	}
	return true
}

// resolveUnnamedLabel leads from what a label says somebody is to the one person of the article who is that.
func (r *Resolver) resolveUnnamedLabel(q *annot.Quote, src clause.Source) {
	src.Form, src.Head = clause.Nominal, src.End-1
	r.resolveNominal(q, src)
	if q.Speaker.Name == "" {
		q.Speaker = annot.Speaker{Type: annot.Anonymous, Mention: q.Speaker.Mention}
	}
}

// interview returns the persons whom the introduction before the first labelled turn binds to Q and A: Yoon Seo-yeon spoke
// to Aditi Raghunathan. It looks once per article.
func (r *Resolver) interview(turn int) (asks, answers int) {
	if r.interviewed {
		return r.asks, r.answersTo
	}
	r.interviewed = true
	for i := 0; i < min(turn, 600); i++ {
		c := r.CueAt(i)
		if c == nil || c.ID != "speak" && c.ID != "talk" {
			continue
		}
		around := r.Around(i)
		e := r.CueEnd(i)
		if e+1 >= around.End || !segment.EqualFold(r.Word(e), "to") && !segment.EqualFold(r.Word(e), "with") {
			continue
		}
		object, _, ok := r.NounPhrase(e+1, around.End)
		subject, _, ok2 := r.SubjectBefore(i, around.First, 0)
		if ok && ok2 && object.Form == clause.Named && subject.Form == clause.Named && r.HasPerson(object) && r.HasPerson(subject) {
			r.asks, r.answersTo = r.D.Mentions[object.Mentions[0]].Entity, r.D.Mentions[subject.Mentions[0]].Entity
			break
		}
	}
	return r.asks, r.answersTo
}

// resolveHandle names the owner of a handle: the person or body of the article whose name it spells, as @AnnCole does, or with a
// title, as @MayorCole; or else the handle itself.
func (r *Resolver) resolveHandle(sp *annot.Speaker, src clause.Source) {
	handle := r.Text(src.Tokens)
	if id := r.ownerOfHandle(handle); id > 0 {
		r.name(sp, id, "handle")
		return
	}
	sp.Type, sp.Name, sp.ResolvedBy = annot.Person, handle, "handle"
}

const (
	leastSpelt = 5  // how many letters of a name a handle must spell, and how many others it may have
	maxHandle  = 40 // bytes of a handle that spells a name
)

// several stands for more than one owner.
const several = -1

// ownerOfHandle returns the only person or body of the article whose name the handle spells, or 0: the name with little around it, or a
// title and the surname.
func (r *Resolver) ownerOfHandle(handle string) int {
	letters := lettersOf(handle)
	if len(letters) > maxHandle {
		return 0
	}
	r.indexSpelt()
	owner := 0
	for n := max(leastSpelt, len(letters)-leastSpelt); n <= len(letters); n++ {
		for i := 0; i+n <= len(letters); i++ {
			owner = onlyOne(owner, r.spelt[letters[i:i+n]])
		}
	}
	for i := 1; i+leastSpelt-1 <= len(letters); i++ {
		if id := r.speltSurname[letters[i:]]; id != 0 && r.isTitle(letters[:i]) {
			owner = onlyOne(owner, id)
		}
	}
	return max(owner, 0)
}

// isTitle reports whether word is a title or a role: mayor, mr.
func (r *Resolver) isTitle(word string) bool {
	const titles = rules.TitleWord | rules.RoleNoun | rules.HonorificMale | rules.HonorificFemale
	return (r.set.Classes(word)|r.set.Classes(word+"."))&titles != 0
}

// indexSpelt collects, once for the article, the persons and bodies by the letters of their names, and the persons by those of their
// surnames. A name of one word is too little to know an owner by.
func (r *Resolver) indexSpelt() {
	if r.spelt != nil {
		return
	}
	r.spelt, r.speltSurname = map[string]int{}, map[string]int{}
	for _, e := range r.D.Entities {
		words := strings.Fields(e.Name)
		if e.Type == annot.LOC || len(words) == 0 {
			continue
		}
		if len(words) > 1 {
			name := lettersOf(e.Name)
			r.spelt[name] = onlyOne(r.spelt[name], e.ID)
		}
		if e.Type == annot.PER {
			surname := lettersOf(words[len(words)-1])
			r.speltSurname[surname] = onlyOne(r.speltSurname[surname], e.ID)
		}
	}
}

// onlyOne returns what two owners come to: the one if the other is 0 or the same, and several otherwise.
func onlyOne(a, b int) int {
	switch {
	case a == b || b == 0:
		return a
	case a == 0:
		return b
	}
	return several
}

// lettersOf returns the letters of a name in small letters.
func lettersOf(name string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsLetter(c) {
			return -1
		}
		return unicode.ToLower(c)
	}, name)
}

// resolveAccount names the owner of an account, or a source that the recognizer does not know: a person or body of the article
// of that name, or else the name as it stands.
func (r *Resolver) resolveAccount(sp *annot.Speaker, src clause.Source) {
	text := strings.Join(strings.Fields(r.Text(src.Tokens)), " ")
	r.indexWholeNames()
	name := strings.ToUpper(text)
	if id := r.byWholeName[name]; id > 0 {
		r.name(sp, id, "name")
		return
	}
	if ids := r.byName[name]; len(ids) > 0 {
		r.name(sp, ids[0], "surname")
		return
	}
	sp.Type, sp.Name, sp.ResolvedBy = annot.Person, text, "name"
	if r.Is(src.End-1, rules.OrgHead|rules.OrgSuffix|rules.GroupNoun) {
		sp.Type = annot.Organization
	}
}

// indexWholeNames collects, once for the article, the persons and bodies by their names, the first of each name.
func (r *Resolver) indexWholeNames() {
	if r.byWholeName != nil {
		return
	}
	r.byWholeName = map[string]int{}
	for i := len(r.D.Entities) - 1; i >= 0; i-- {
		if e := r.D.Entities[i]; e.Type != annot.LOC {
			r.byWholeName[strings.ToUpper(e.Name)] = e.ID
		}
	}
}
