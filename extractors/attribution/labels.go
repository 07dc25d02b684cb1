package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

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
