package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveLabel names the speaker of a labelled turn: a surname that the article gives in full, or the label itself.
func (r *resolver) resolveLabel(q *annot.Quote, src source) {
	sp := &q.Speaker
	text := r.text(src.tokens)
	words := strings.Fields(text)
	for len(words) > 1 && r.set.Classes(words[0])&(rules.TitleWord|rules.RoleNoun) != 0 {
		words = words[1:]
	}
	name := strings.Join(words, " ")
	if len(name) < 2 {
		sp.Type = annot.UnknownSpeaker // Q and A name nobody by themselves
		asks, answers := r.interview(src.first)
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
func (r *resolver) interview(turn int) (asks, answers int) {
	if r.interviewed {
		return r.asks, r.answersTo
	}
	r.interviewed = true
	for i := 0; i < min(turn, 600); i++ {
		c := r.cueAt(i)
		if c == nil || c.ID != "speak" && c.ID != "talk" {
			continue
		}
		around := r.around(i)
		e := r.cueEnd(i)
		if e+1 >= around.end || !segment.EqualFold(r.Word(e), "to") && !segment.EqualFold(r.Word(e), "with") {
			continue
		}
		object, _, ok := r.nounPhrase(e+1, around.end)
		subject, _, ok2 := r.subjectBefore(i, around.first, 0)
		if ok && ok2 && object.form == named && subject.form == named && r.hasPerson(object) && r.hasPerson(subject) {
			r.asks, r.answersTo = r.D.Mentions[object.mentions[0]].Entity, r.D.Mentions[subject.mentions[0]].Entity
			break
		}
	}
	return r.asks, r.answersTo
}
