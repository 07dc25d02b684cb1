package attribution

import (
	"cmp"
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
