package naming

import (
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveLabel names the speaker of a labelled turn: a surname that the article gives in full, or the label itself.
func (r *Resolver) resolveLabel(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	text := r.Text(src.Tokens)
	words := strings.Fields(text)
	for len(words) > 1 && r.set.Classes(words[0])&(rules.TitleWord|rules.RoleNoun) != 0 {
		words = words[1:]
	}
	name := strings.Join(words, " ")
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
	if ids := r.byName[strings.ToUpper(name)]; len(ids) > 0 {
		r.name(sp, ids[0], "label")
		return
	}
	sp.Type, sp.Name, sp.ResolvedBy = annot.Person, name, "label"
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

// leastSpelt is how many letters of a name a handle must spell.
const leastSpelt = 5

// ownerOfHandle returns the only person or body of the article whose name the handle spells, or 0.
func (r *Resolver) ownerOfHandle(handle string) (owner int) {
	letters := lettersOf(handle)
	for _, e := range r.D.Entities {
		if e.Type == annot.LOC || !r.spells(letters, e) {
			continue
		}
		if owner > 0 {
			return 0
		}
		owner = e.ID
	}
	return owner
}

// spells reports whether the letters of a handle are the name of e, with little around it, or a title and the surname.
func (r *Resolver) spells(letters string, e annot.Entity) bool {
	words := strings.Fields(e.Name)
	name := lettersOf(e.Name)
	if len(words) > 1 && len(name) >= leastSpelt && strings.Contains(letters, name) {
		return len(letters) <= len(name)+leastSpelt
	}
	surname := lettersOf(words[len(words)-1])
	title, ok := strings.CutSuffix(letters, surname)
	return ok && e.Type == annot.PER && len(surname) >= leastSpelt-1 && title != "" &&
		(r.set.Classes(title)|r.set.Classes(title+"."))&(rules.TitleWord|rules.RoleNoun|rules.HonorificMale|rules.HonorificFemale) != 0
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
	if r.byWholeName == nil {
		r.byWholeName = map[string]int{}
		for i := len(r.D.Entities) - 1; i >= 0; i-- {
			if e := r.D.Entities[i]; e.Type != annot.LOC {
				r.byWholeName[strings.ToUpper(e.Name)] = e.ID
			}
		}
	}
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
