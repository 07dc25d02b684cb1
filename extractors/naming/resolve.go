package naming

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// Start prepares the resolver for the quotes of the article; it is called once, before Resolve. said holds for each quote of the
// document the words that stand for its speaker, or the zero Source; it may be nil. The resolver keeps it.
func (r *Resolver) Start(said []clause.Source) {
	r.said, r.last, r.meantAt = said, 0, -1
	r.index()
	r.startTopics()
	r.findBodies()
	r.indexBodies()
	r.findStrangers()
	documentReader{r}.find()
}

// Resolve fills in the speaker of q, whose words are src: its name, type, entities, role and affiliation. It is called in the
// order of the article, so that a pronoun can lean on the speakers before it, and may also change the status and the confidence
// of q, and set flags. It returns how clear it was whom the words mean.
func (r *Resolver) Resolve(q *annot.Quote, src clause.Source) Evidence {
	r.readUpTo(src)
	r.evidence = Evidence{}
	r.resolveForm(q, src)
	sp := &q.Speaker
	sp.Name, sp.Role, sp.Affiliation = names.Clean(sp.Name), names.Clean(sp.Role), names.Clean(sp.Affiliation)
	return r.evidence
}

// Evidence tells how clear it was whom the words for a speaker mean, where several could be.
type Evidence struct {
	// Rivals is how many others fit.
	Rivals int
	// Lead is by how much the score of the one chosen exceeds that of the next; 0 without rivals.
	Lead float64
}

// Persons returns those whom the pronoun or description src may stand for, the likeliest first; nil for other words. It is asked
// before src is resolved.
func (r *Resolver) Persons(src clause.Source) []Person {
	r.readUpTo(src)
	return r.personsMeant(src)
}

// readUpTo reads the topics of the units before the one of src.
func (r *Resolver) readUpTo(src clause.Source) {
	if src.End > src.First {
		r.readTopics(int(r.UnitOf[src.First]))
	}
}

// Spoke notes the speaker of a quote, which is resolved, for the quotes after it. token is the first of the words that stand for
// the speaker, or -1. The resolver keeps q.
func (r *Resolver) Spoke(q *annot.Quote, token int) {
	if q.Speaker.Type != annot.NoSpeaker && token >= 0 {
		r.topics.spoke, r.topics.spokeUnit = &q.Speaker, int(r.UnitOf[token])
	}
	switch {
	case len(q.Speaker.Entities) == 1:
		r.last = q.Speaker.Entities[0]
	case token >= 0 && q.Speaker.Type == annot.Anonymous:
		if who := r.strangerFrom(token); who > 0 {
			r.last = -who
		} else if token == r.meantAt {
			r.last = r.meant
		}
	}
}

// index collects, once for the article, the persons by the ends of their names, and by the words of their roles.
func (r *Resolver) index() {
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

// resolveForm fills in the speaker of q from the source src.
func (r *Resolver) resolveForm(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	switch src.Form {
	case clause.Named:
		r.resolveNamed(q, src.Mentions)
	case clause.Relative:
		if m := r.ApposedBefore(src.First); m >= 0 {
			r.resolveNamed(q, []int{m})
			sp.ResolvedBy = "relative"
		} else if len(src.Antecedent) > 0 {
			r.resolveNamed(q, src.Antecedent[len(src.Antecedent)-1:])
			sp.ResolvedBy = "relative"
		} else {
			r.resolveReferent(q, src)
		}
	case clause.Handle:
		r.resolveHandle(sp, src)
	case clause.Label:
		r.resolveLabel(q, src)
	case clause.Account:
		r.resolveAccount(sp, src)
	case clause.Possessive:
		// The owner of a verdict is resolved as a pronoun only where someone spoke before.
		if known := r.referents(src.First, r.last); r.last != 0 && len(known) > 0 && known[0].entity > 0 {
			r.name(sp, known[0].entity, "pronoun")
		} else {
			sp.Type = annot.UnknownSpeaker
		}
	case clause.Pronoun:
		r.resolvePronoun(q, src)
	case clause.Nominal:
		r.resolveNominal(q, src)
	}
}

// resolveReferent makes whom a relative pronoun refers to the speaker, where that has no name: a letter, which says; the mayor, | who
// said; Cole is a man | who calls.
func (r *Resolver) resolveReferent(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	sp.Type = annot.Anonymous
	noun := clause.Source{Form: clause.Nominal, Tokens: src.Referent, Head: src.Head, Affiliation: src.Affiliation}
	switch {
	case src.Head < 0 || src.Referent.End <= src.Referent.First || src.Head >= src.First:
	case r.resolveDocument(q, src.Head):
	case r.resolvePredicate(q, noun):
		sp.ResolvedBy = "relative"
	case r.Word(src.First-1) == ",":
		before := *sp
		if r.resolveNominal(q, noun); sp.ResolvedBy == "description" && !r.opensSentence(noun.First) {
			*sp = before // three spoke: a singer, the Lund councillor, | who said
		}
	}
}

// opensSentence reports whether nothing but a word such as and stands before token i in its sentence.
func (r *Resolver) opensSentence(i int) bool {
	first := r.Units[r.UnitOf[i]].First
	return i == first || i == first+1 && r.Is(first, rules.Conjunction|rules.SentenceAdverb)
}

// resolvePredicate makes the subject of which a description is said the speaker: {Cole} is | a man who calls.
func (r *Resolver) resolvePredicate(q *annot.Quote, noun clause.Source) bool {
	first := r.Units[r.UnitOf[noun.First]].First
	i := noun.First - 1
	if i <= first || r.Quoted(i) || !r.Is(i, rules.Be) || !r.Is(noun.Head, clause.People) {
		return false
	}
	subject, ok := r.EndingAt(i-1, first)
	if person := subject.Form == clause.Pronoun || subject.Form == clause.Named && r.HasPerson(subject); !ok || !person {
		return false
	}
	r.resolveForm(q, subject)
	return q.Speaker.Name != ""
}

// name makes entity id the speaker.
func (r *Resolver) name(sp *annot.Speaker, id int, by string) {
	e := r.D.Entities[id-1]
	sp.Name, sp.Entities, sp.Role, sp.ResolvedBy = e.Name, []int{id}, e.Role, by
	sp.Type = annot.Organization
	if e.Type == annot.PER {
		sp.Type = annot.Person
	}
}

// resolveNamed makes whom the mentions name the speaker of q.
func (r *Resolver) resolveNamed(q *annot.Quote, mentions []int) {
	sp := &q.Speaker
	if len(mentions) > 1 {
		r.nameAll(sp, mentions, "name")
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
	if text := names.Clean(r.D.Slice(m.Span)); text != e.Name {
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
func (r *Resolver) rivals(e annot.Entity) []annot.Candidate {
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
func (r *Resolver) particle(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	return r.set.Classes(first)&rules.NameParticle != 0
}
