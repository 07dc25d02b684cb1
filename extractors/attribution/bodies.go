package attribution

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveIt finds the body or document that "it" at token i means: the subject of its sentence or of the one before in the
// paragraph, else what spoke in the sentences before, else the body named last.
func (w *work) resolveIt(sp *annot.Speaker, i int) {
	if w.bodyBefore(sp, i) || w.spokeBefore(sp, i) {
		return
	}
	if id := w.recentBody(i, ""); id > 0 {
		w.name(sp, id, "pronoun")
	}
}

// resolveThey finds the body or the persons that "they" at token i means, if that is plain: the body that spoke last, those
// who spoke last together, or several persons who are the subject of the sentence before.
func (w *work) resolveThey(sp *annot.Speaker, i, last int) {
	u := int(w.unit[i])
	for k := u; k >= max(0, u-1) && w.topics.section[k] == w.topics.section[u]; k-- {
		unit := w.v.Units[k]
		src, ok := w.mainSubject(unit.First, min(i, unit.End))
		if !ok && k < u && w.topics.speaks[k] >= 0 {
			src, ok = w.answers[w.topics.speaks[k]].src, true
		}
		if ok && src.form == named && len(src.mentions) > 1 {
			w.nameAll(sp, src.mentions)
			return
		}
	}
	if last > 0 && w.d.Entities[last-1].Type == annot.ORG {
		w.name(sp, last, "pronoun")
		return
	}
	if p := w.topics.spoke; p != nil && p.Type == annot.Group && p.Name != "" {
		w.spokeBefore(sp, i)
	}
}

// nameAll makes the persons and bodies of the mentions the speaker.
func (w *work) nameAll(sp *annot.Speaker, mentions []int) {
	sp.Type, sp.ResolvedBy = annot.Group, "pronoun"
	var names []string
	for _, m := range mentions {
		if id := w.d.Mentions[m].Entity; id > 0 && !slices.Contains(sp.Entities, id) {
			sp.Entities = append(sp.Entities, id)
			names = append(names, w.d.Entities[id-1].Name)
		}
	}
	sp.Name = strings.Join(names, "; ")
}

// near is within how many sentences a body that spoke is still meant by "it".
const near = 3

// spokeBefore makes what spoke last the speaker, if that is no person and was not long ago.
func (w *work) spokeBefore(sp *annot.Speaker, i int) bool {
	p, u := w.topics.spoke, int(w.unit[i])
	if p == nil || p.Name == "" || p.Type == annot.Person && p.ResolvedBy != "document" || u-w.topics.spokeUnit > near || w.topics.section[u] != w.topics.section[w.topics.spokeUnit] {
		return false
	}
	sp.Name, sp.Type, sp.Entities, sp.Role, sp.ResolvedBy = p.Name, p.Type, slices.Clone(p.Entities), p.Role, "pronoun"
	return true
}

// bodyBefore names the organization that is the subject of the sentence of token i, or of the one before it in the
// paragraph: the bank, or a body named after a person.
func (w *work) bodyBefore(sp *annot.Speaker, i int) bool {
	u := int(w.unit[i])
	for k := u; k >= max(0, u-1) && w.v.Units[k].Paragraph == w.v.Units[u].Paragraph; k-- {
		src, ok := w.mainSubject(w.v.Units[k].First, min(i, w.v.Units[k].End))
		switch {
		case !ok:
		case src.form == named && len(src.mentions) == 1:
			if m := w.d.Mentions[src.mentions[0]]; m.Type == annot.ORG && m.Entity > 0 {
				w.name(sp, m.Entity, "pronoun")
				return true
			}
		case src.form == nominal && src.affiliation >= 0 && w.v.Is(src.head, rules.GroupNoun) && w.d.Mentions[src.affiliation].Type == annot.ORG && w.endTok[src.affiliation] == src.head:
			if id := w.d.Mentions[src.affiliation].Entity; id > 0 { // the Millers union learned of it
				w.name(sp, id, "pronoun")
				return true
			}
		case src.form == nominal && src.affiliation >= 0 && w.v.Is(src.head, rules.GroupNoun):
			if name, end, ok := w.bodyOf(src.affiliation, src.end); ok && end == src.head+1 && w.d.Mentions[src.affiliation].Type == annot.PER {
				sp.Type, sp.Name, sp.ResolvedBy = annot.Organization, name, "pronoun"
				return true
			}
		}
	}
	return false
}

// recentBody returns the organization mentioned last before token i, outside of quotes, the one that the noun calls
// by its name if there is one, and rather none that another noun does: the company is no ministry. An empty noun calls all.
func (w *work) recentBody(i int, noun string) int {
	d := w.d
	k, _ := slices.BinarySearchFunc(d.Mentions, d.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	best, rest := 0, 0
	for n := 0; k > 0 && n < window; n++ {
		k--
		m := d.Mentions[k]
		if m.Type != annot.ORG || m.Entity == 0 || w.quoted(w.firstTok[k]) || w.topics.section[w.unit[w.firstTok[k]]] != w.topics.section[w.unit[i]] {
			continue
		}
		if noun == "" {
			return m.Entity
		}
		called, other := w.called(d.Entities[m.Entity-1].Name, noun)
		switch {
		case called:
			return m.Entity
		case best == 0 && !other:
			best = m.Entity
		case rest == 0:
			rest = m.Entity
		}
	}
	return cmp.Or(best, rest)
}

// called reports whether the noun is a word of the body's name, and whether another noun for bodies is: the Mill Workers’
// Union, the union; Cole Ltd., the company.
func (w *work) called(name, noun string) (called, other bool) {
	for _, word := range strings.Fields(name) {
		switch {
		case segment.EqualFold(word, noun), w.set.Classes(word)&rules.OrgSuffix != 0 && (noun == "company" || noun == "firm"):
			return true, false
		case w.set.Classes(word)&rules.GroupNoun != 0 && w.set.Classes(word)&rules.OrgHead != 0:
			other = true
		}
	}
	return false, other
}
