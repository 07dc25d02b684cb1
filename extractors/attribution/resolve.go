package attribution

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveAll leads from the words that stand for each quote's speaker to a name, in the order of the article, so that a
// pronoun can lean on the speakers before it.
func (w *work) resolveAll() {
	w.index()
	w.startTopics()
	w.findBodies()
	w.findDocuments()
	last := 0 // the entity that spoke last
	for i := range w.d.Quotes {
		q := &w.d.Quotes[i]
		if q.Speaker.Type != annot.NoSpeaker { // a sieve of the caller's
			continue
		}
		if a := w.answers[i]; a.src.form != noForm {
			if a.src.end > a.src.first {
				w.readTopics(int(w.unit[a.src.first]), last)
			}
			w.resolve(q, a.src, last)
		}
		if q.Status == annot.Unattributed && q.Speaker.Type != annot.NoSpeaker {
			q.Speaker.Name, q.Speaker.Entities, q.Speaker.ResolvedBy, q.Speaker.Type = "", nil, "", annot.UnknownSpeaker
			q.Speaker.Candidates, q.Speaker.Role, q.Speaker.Affiliation = nil, "", ""
		}
		if a := w.answers[i]; q.Speaker.Type != annot.NoSpeaker && a.src.end > a.src.first {
			w.topics.spoke, w.topics.spokeUnit = &q.Speaker, int(w.unit[a.src.first])
		}
		if len(q.Speaker.Entities) == 1 {
			last = q.Speaker.Entities[0]
		}
	}
	w.repeated()
}

// index collects, once for the article, the persons by the ends of their names, and by the words of their roles.
func (w *work) index() {
	w.byName = map[string][]int{}
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
	}
	w.indexRoles()
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
		if m := w.apposedBefore(src.first); m >= 0 {
			w.resolveNamed(q, []int{m}, -1)
			sp.ResolvedBy = "relative"
		} else if len(src.antecedent) > 0 {
			w.resolveNamed(q, src.antecedent[len(src.antecedent)-1:], -1)
			sp.ResolvedBy = "relative"
		} else if src.head < 0 || !w.resolveDocument(q, src.head) {
			sp.Type = annot.Anonymous
		}
	case handle:
		sp.Type, sp.Name, sp.ResolvedBy = annot.Person, w.text(src.tokens), "handle"
	case label:
		w.resolveLabel(q, src)
	case account:
		w.resolveAccount(&q.Speaker, src)
	case possessive:
		// The owner of a verdict is resolved as a pronoun only where someone spoke before.
		if known := w.referents(src.first, last); last > 0 && len(known) > 0 {
			w.name(sp, known[0].entity, "pronoun")
		} else {
			sp.Type = annot.UnknownSpeaker
		}
	case pronoun:
		w.resolvePronoun(q, src, last)
	case nominal:
		w.resolveNominal(q, src, last)
	}
}

// apposedBefore returns the mention of the person whose apposition ends before the relative pronoun at token i, or -1: Cole
// met Ray Dunn, now the majority leader, | who said.
func (w *work) apposedBefore(i int) int {
	first := w.v.Units[w.unit[i]].First
	i--
	if i <= first || w.v.Word(i) != "," {
		return -1
	}
	for k := i - 1; k > first && i-k < 12 && !w.quoted(k); k-- {
		if w.mention[k] >= 0 && w.d.Mentions[w.mention[k]].Type != annot.PER {
			continue // the | Senate | majority leader
		}
		if w.mention[k] >= 0 {
			return -1
		}
		if w.v.Word(k) == "," {
			m := int(w.mention[k-1])
			if m < 0 || w.d.Mentions[m].Type != annot.PER || w.d.Mentions[m].Entity == 0 || w.quoted(k-1) {
				return -1
			}
			return m
		}
		if w.verb(k) || w.v.Is(k, rules.Be|rules.Auxiliary) {
			return -1
		}
	}
	return -1
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
