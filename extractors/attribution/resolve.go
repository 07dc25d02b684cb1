package attribution

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// start prepares the resolver for an article. said holds for each of its quotes the words that stand for the speaker, or the
// zero source; it may be nil.
func (r *resolver) start(said []source) {
	r.said, r.last = said, 0
	r.index()
	r.startTopics()
	r.findBodies()
	r.findDocuments()
}

// resolveSource fills in the speaker of q from the source src, in the order of the article, so that a pronoun can lean on the
// speakers before it.
func (r *resolver) resolveSource(q *annot.Quote, src source) {
	r.readUpTo(src)
	r.resolve(q, src, r.last)
}

// personsBehind returns those whom the pronoun or description src may stand for. It is asked before src is resolved.
func (r *resolver) personsBehind(src source) []PersonScore {
	r.readUpTo(src)
	return r.persons(src, r.last)
}

// readUpTo reads the topics of the units before the one of src.
func (r *resolver) readUpTo(src source) {
	if src.end > src.first {
		r.readTopics(int(r.unit[src.first]), r.last)
	}
}

// spoke notes the speaker of a quote for what comes after it; token is the first of the words that stand for the speaker, or
// -1. It keeps q.
func (r *resolver) spoke(q *annot.Quote, token int) {
	if q.Speaker.Type != annot.NoSpeaker && token >= 0 {
		r.topics.spoke, r.topics.spokeUnit = &q.Speaker, int(r.unit[token])
	}
	if len(q.Speaker.Entities) == 1 {
		r.last = q.Speaker.Entities[0]
	}
}

// index collects, once for the article, the persons by the ends of their names, and by the words of their roles.
func (r *resolver) index() {
	r.byName = map[string][]int{}
	for _, e := range r.D.Entities {
		if e.Type != annot.PER {
			continue
		}
		name := strings.ToUpper(e.Name)
		r.byName[name] = append(r.byName[name], e.ID)
		for n := 0; n < 6; n++ {
			_, rest, ok := strings.Cut(name, " ")
			if !ok {
				break
			}
			name = rest
			r.byName[name] = append(r.byName[name], e.ID)
		}
	}
	r.indexRoles()
}

// resolve fills in the speaker of q from the source src.
func (r *resolver) resolve(q *annot.Quote, src source, last int) {
	sp := &q.Speaker
	switch src.form {
	case named:
		r.resolveNamed(q, src.mentions, src.head)
	case relative:
		if m := r.apposedBefore(src.first); m >= 0 {
			r.resolveNamed(q, []int{m}, -1)
			sp.ResolvedBy = "relative"
		} else if len(src.antecedent) > 0 {
			r.resolveNamed(q, src.antecedent[len(src.antecedent)-1:], -1)
			sp.ResolvedBy = "relative"
		} else if src.head < 0 || !r.resolveDocument(q, src.head) {
			sp.Type = annot.Anonymous
		}
	case handle:
		sp.Type, sp.Name, sp.ResolvedBy = annot.Person, r.text(src.tokens), "handle"
	case label:
		r.resolveLabel(q, src)
	case account:
		r.resolveAccount(&q.Speaker, src)
	case possessive:
		// The owner of a verdict is resolved as a pronoun only where someone spoke before.
		if known := r.referents(src.first, last); last > 0 && len(known) > 0 {
			r.name(sp, known[0].entity, "pronoun")
		} else {
			sp.Type = annot.UnknownSpeaker
		}
	case pronoun:
		r.resolvePronoun(q, src, last)
	case nominal:
		r.resolveNominal(q, src, last)
	}
}

// apposedBefore returns the mention of the person whose apposition ends before the relative pronoun at token i, or -1: Cole
// met Ray Dunn, now the majority leader, | who said.
func (r *clauseReader) apposedBefore(i int) int {
	first := r.Units[r.unit[i]].First
	i--
	if i <= first || r.Word(i) != "," {
		return -1
	}
	for k := i - 1; k > first && i-k < 12 && !r.quoted(k); k-- {
		if r.mention[k] >= 0 && r.D.Mentions[r.mention[k]].Type != annot.PER {
			continue // the | Senate | majority leader
		}
		if r.mention[k] >= 0 {
			return -1
		}
		if r.Word(k) == "," {
			m := int(r.mention[k-1])
			if m < 0 || r.D.Mentions[m].Type != annot.PER || r.D.Mentions[m].Entity == 0 || r.quoted(k-1) {
				return -1
			}
			return m
		}
		if r.verb(k) || r.Is(k, rules.Be|rules.Auxiliary) {
			return -1
		}
	}
	return -1
}

func (r *clauseReader) text(t tokens) string { return r.D.Slice(r.Span(t.first, t.end)) }

// name makes entity id the speaker.
func (r *resolver) name(sp *annot.Speaker, id int, by string) {
	e := r.D.Entities[id-1]
	sp.Name, sp.Entities, sp.Role, sp.ResolvedBy = e.Name, []int{id}, e.Role, by
	sp.Type = annot.Organization
	if e.Type == annot.PER {
		sp.Type = annot.Person
	}
}

func (r *resolver) resolveNamed(q *annot.Quote, mentions []int, head int) {
	sp := &q.Speaker
	if len(mentions) > 1 {
		sp.Type, sp.ResolvedBy = annot.Group, "name"
		var names []string
		for _, m := range mentions {
			if id := r.D.Mentions[m].Entity; id > 0 && !slices.Contains(sp.Entities, id) {
				sp.Entities = append(sp.Entities, id)
				names = append(names, r.D.Entities[id-1].Name)
			}
		}
		sp.Name = strings.Join(names, "; ")
		return
	}
	m := r.D.Mentions[mentions[0]]
	if m.Entity == 0 {
		sp.Type, sp.Name, sp.ResolvedBy = annot.Person, r.D.Slice(m.Span), "name"
		return
	}
	e := r.D.Entities[m.Entity-1]
	if rivals := r.rivals(e); len(rivals) > 1 {
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		sp.Candidates = rivals
		return
	}
	by := "name"
	if text := r.D.Slice(m.Span); text != e.Name {
		if by = "alias"; e.Type == annot.PER {
			by = "surname"
		} else if strings.ToUpper(text) == text {
			by = "acronym"
		}
	}
	r.name(sp, m.Entity, by)
}

// maxCandidates is how many candidates an ambiguous quote lists at most.
const maxCandidates = 8

// rivals returns the persons who share the bare surname that entity e consists of, if there are several.
func (r *resolver) rivals(e annot.Entity) []annot.Candidate {
	if e.Type != annot.PER || strings.ContainsRune(e.Name, ' ') && !r.particle(e.Name) {
		return nil
	}
	var out []annot.Candidate
	for _, id := range r.byName[strings.ToUpper(e.Name)] {
		if id != e.ID && len(out) < maxCandidates {
			out = append(out, annot.Candidate{Entity: id, Name: r.D.Entities[id-1].Name})
		}
	}
	for i := range out {
		out[i].Score = 1 / float64(len(out))
	}
	return out
}

// particle reports whether a name of several words is a surname with its particle.
func (r *resolver) particle(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return r.set.Classes(first)&rules.NameParticle != 0
}
