package naming

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveIt finds the body or document that "it" at token i means: the subject of its sentence or of the one before in the
// paragraph, else what spoke in the sentences before, else the body named last.
func (r *Resolver) resolveIt(sp *annot.Speaker, i int) {
	if r.documentBefore(sp, i) || r.bodyBefore(sp, i) || r.spokeBefore(sp, i) || r.thingBefore(i) {
		return
	}
	if a, ok := r.likeliestBody(i, nil); ok {
		r.nameBody(sp, a, "pronoun")
	}
}

// documentBefore reports whether “it” at token i takes up an artifact: the subject of the sentence before in the paragraph, or
// one that is read from, as in “it reads”. It names the authors if they are evident.
func (r *Resolver) documentBefore(sp *annot.Speaker, i int) bool {
	u := int(r.UnitOf[i])
	head := -1
	for k := u; k >= max(0, u-1) && r.topics.section[k] == r.topics.section[u] && head < 0; k-- {
		if src, ok := r.MainSubject(r.Units[k].First, min(i, r.Units[k].End)); ok {
			if src.Form != clause.Nominal || !r.Is(src.Head, rules.ArtifactNoun) || r.Is(src.Head, clause.People|rules.GroupNoun) {
				break
			}
			head = src.Head
		}
	}
	if docs := r.topics.documents; head < 0 && i+1 < len(r.MentionOf) && r.Cue[i+1] != nil && r.Cue[i+1].Class == rules.ReadOut {
		k, _ := slices.BinarySearchFunc(docs, i, func(d document, i int) int { return d.head - i })
		if k > 0 && u-int(r.UnitOf[docs[k-1].head]) <= near {
			head = docs[k-1].head
		}
	}
	if head < 0 {
		return false
	}
	q := annot.Quote{}
	if r.resolveDocument(&q, head) {
		q.Speaker.Mention, q.Speaker.ResolvedBy = sp.Mention, "pronoun"
		*sp = q.Speaker
	}
	return true
}

// thingBefore reports whether the sentence of “it” at token i, or the one before, is about something that is neither a person nor a
// body with a name: the government left; it said.
func (r *Resolver) thingBefore(i int) bool {
	u := int(r.UnitOf[i])
	for k := u; k >= max(0, u-1) && r.topics.section[k] == r.topics.section[u]; k-- {
		src, ok := r.MainSubject(r.Units[k].First, min(i, r.Units[k].End))
		if said := r.topics.speaks[k]; !ok && k < u && said >= 0 {
			src, ok = r.said[said], true
		}
		if ok && src.Form == clause.Nominal && src.Affiliation < 0 && !r.Is(src.Head, clause.People|rules.TitleWord) {
			_, named := r.bodyIn(src)
			return !named
		} else if ok {
			return false
		}
	}
	return false
}

// resolveThey finds the body or the persons that "they" at token i means, if that is plain: the body that spoke last, those
// who spoke last together, or several persons who are the subject of the sentence before.
func (r *Resolver) resolveThey(sp *annot.Speaker, i int) {
	u := int(r.UnitOf[i])
	for k := u; k >= max(0, u-1) && r.topics.section[k] == r.topics.section[u]; k-- {
		unit := r.Units[k]
		src, ok := r.MainSubject(unit.First, min(i, unit.End))
		if !ok && k < u && r.topics.speaks[k] >= 0 {
			src, ok = r.said[r.topics.speaks[k]], true
		}
		if ok && src.Form == clause.Nominal && r.Is(src.Head, rules.RolePlural|rules.HumanPlural) {
			return // experts have criticized the name that they
		}
		if ok && src.Form == clause.Named && len(src.Mentions) > 1 {
			r.nameAll(sp, src.Mentions, "pronoun")
			return
		}
	}
	if r.last > 0 && r.D.Entities[r.last-1].Type == annot.ORG {
		r.name(sp, r.last, "pronoun")
		return
	}
	if p := r.topics.spoke; p != nil && p.Type == annot.Group && p.Name != "" {
		r.spokeBefore(sp, i)
	}
}

// nameAll makes the persons and bodies of the mentions the speaker.
func (r *Resolver) nameAll(sp *annot.Speaker, mentions []int, by string) {
	sp.Type, sp.ResolvedBy = annot.Group, by
	var names []string
	for _, m := range mentions {
		if id := r.D.Mentions[m].Entity; id > 0 && !slices.Contains(sp.Entities, id) {
			sp.Entities = append(sp.Entities, id)
			names = append(names, r.D.Entities[id-1].Name)
		}
	}
	sp.Name = strings.Join(names, "; ")
}

// near is within how many sentences a body that spoke is still meant by "it".
const near = 3

// spokeBefore makes what spoke last the speaker, if that is no person and was not long ago.
func (r *Resolver) spokeBefore(sp *annot.Speaker, i int) bool {
	p, u := r.topics.spoke, int(r.UnitOf[i])
	if p == nil || p.Name == "" || p.Type == annot.Person && p.ResolvedBy != "document" || u-r.topics.spokeUnit > near ||
		r.topics.section[u] != r.topics.section[r.topics.spokeUnit] {
		return false
	}
	sp.Name, sp.Type, sp.Entities, sp.Role, sp.ResolvedBy = p.Name, p.Type, slices.Clone(p.Entities), p.Role, "pronoun"
	return true
}

// bodyBefore names the organization that is the subject of the sentence of token i, or of the one before it in the
// paragraph: the bank, or a body named after a person.
func (r *Resolver) bodyBefore(sp *annot.Speaker, i int) bool {
	u := int(r.UnitOf[i])
	for k := u; k >= max(0, u-1) && r.Units[k].Paragraph == r.Units[u].Paragraph; k-- {
		src, ok := r.MainSubject(r.Units[k].First, min(i, r.Units[k].End))
		switch {
		case !ok:
		case src.Form == clause.Named && len(src.Mentions) == 1:
			if m := r.D.Mentions[src.Mentions[0]]; m.Type == annot.ORG && m.Entity > 0 {
				r.name(sp, m.Entity, "pronoun")
				return true
			}
		case src.Form == clause.Nominal && src.Affiliation >= 0 && r.Is(src.Head, rules.GroupNoun) &&
			r.D.Mentions[src.Affiliation].Type == annot.ORG && r.EndToken[src.Affiliation] == src.Head:
			if id := r.D.Mentions[src.Affiliation].Entity; id > 0 { // the Millers union learned of it
				r.name(sp, id, "pronoun")
				return true
			}
		case src.Form == clause.Nominal && src.Affiliation < 0 && r.isBody(src.Head):
			if a, ok := r.bodyMeant(src); ok { // the union learned of it
				r.nameBody(sp, a, "pronoun")
				return true
			}
		case src.Form == clause.Nominal && src.Affiliation >= 0 && r.Is(src.Head, rules.GroupNoun):
			if name, end, ok := r.bodyOf(src.Affiliation, src.End); ok && end == src.Head+1 && r.D.Mentions[src.Affiliation].Type == annot.PER {
				sp.Type, sp.Name, sp.ResolvedBy = annot.Organization, name, "pronoun"
				return true
			}
		}
	}
	return false
}
