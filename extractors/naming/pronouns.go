package naming

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// candidate is a person whom a pronoun or a description may refer to.
type candidate struct {
	entity int
	score  float64
	unit   int // of the last mention before
	count  int // mentions before
	spoke  bool
	seen   features
}

// window is how many mentions before a pronoun are candidates.
const window = 40

// features is what is seen of a candidate; weights tells what each speaks for.
type features [nFeatures]float64

const (
	inUnit        = iota // its last mention is in the sentence of the pronoun
	oneBack              // … in the sentence before
	twoBack              // … in the one before that
	perUnit              // … further back: the sentences between, up to eight
	sameParagraph        // its last mention is in the paragraph of the pronoun
	nextParagraph        // … in the one before
	asSubject            // it is a subject of the sentence of its last mention
	unitSubject          // … and that is the sentence of the pronoun
	spokeLast            // it is the speaker of the quote before
	afterWord            // a preposition stands before it
	inRelative           // it stands in a relative or other subordinate clause
	perMention           // its mentions, up to five
	nearest              // no other person is named between
	isTopic              // the narrative before the sentence is about it
	topicNow             // … and it was the subject of the sentence before
	nFeatures
)

// byGender speaks for a candidate of whom the article, or the first name, tells the gender that agrees.
const byGender = 0.8

// candidates collects the persons named before token i outside of quotes, with what speaks for them, the best first. The entity last
// spoke the quote before; 0 if none did.
func (r *Resolver) candidates(i, last int) []candidate {
	d := r.D
	here := int(r.UnitOf[i])
	k := r.MentionsBefore(i)
	var out []candidate
	for n := 0; k > 0 && n < window; n++ {
		k--
		m := d.Mentions[k]
		if m.Type != annot.PER || m.Entity == 0 || r.Inside(k) {
			continue
		}
		t := r.FirstToken[k]
		u := int(r.UnitOf[t])
		if r.topics.section[u] != r.topics.section[here] {
			break
		}
		if z := d.Paragraphs[r.Units[u].Paragraph].Zone; r.Quoted(t) || z == annot.Byline || z == annot.Caption {
			continue
		}
		e := r.EndToken[k]
		if e < len(r.MentionOf) && int(r.UnitOf[e]) == u && r.Modifies(e) && r.MentionOf[e] < 0 && !r.Is(e, rules.TitleWord) {
			continue // the Clinton | campaign is not Clinton
		}
		j := slices.IndexFunc(out, func(c candidate) bool { return c.entity == m.Entity })
		if j < 0 {
			out = append(out, candidate{entity: m.Entity, unit: u, spoke: m.Entity == last})
			j = len(out) - 1
			out[j].seen = r.see(k, here)
			out[j].seen[nearest] = truth(j == 0)
		} else if out[j].unit == u && r.IsSubject(k) {
			out[j].seen[asSubject] = 1
			out[j].seen[unitSubject] = truth(u == here)
		}
		out[j].count++
	}
	topic, since := r.topicBefore(here)
	by := weights()
	for j := range out {
		c := &out[j]
		c.seen[spokeLast] = truth(c.spoke)
		c.seen[perMention] = float64(min(c.count, 5))
		if c.entity == topic {
			c.seen[isTopic], c.seen[topicNow] = 1, truth(since == 0)
		}
		c.score = c.seen.score(by)
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// see returns what is seen of mention k, the last of its entity before a pronoun in unit here.
func (r *Resolver) see(k, here int) features {
	var f features
	t := r.FirstToken[k]
	u := int(r.UnitOf[t])
	switch n := here - u; n {
	case 0:
		f[inUnit] = 1
	case 1:
		f[oneBack] = 1
	case 2:
		f[twoBack] = 1
	default:
		f[perUnit] = float64(min(n, 8))
	}
	switch r.Units[here].Paragraph - r.Units[u].Paragraph {
	case 0:
		f[sameParagraph] = 1
	case 1:
		f[nextParagraph] = 1
	}
	if r.IsSubject(k) {
		f[asSubject] = 1
		f[unitSubject] = f[inUnit]
	}
	first := r.Units[u].First
	for first < t && t > 0 && r.Is(t-1, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale|rules.Determiner) {
		t--
	}
	f[afterWord] = truth(t > first && r.Is(t-1, rules.Preposition))
	for i := t - 1; i >= max(first, t-20); i-- {
		if r.Is(i, rules.PronounRelative|rules.Subordinator|rules.QuestionWord) && !r.Quoted(i) && i > first {
			f[inRelative] = 1
			break
		}
	}
	return f
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// score adds up what speaks for a candidate.
func (f *features) score(weights *features) (sum float64) {
	for i, x := range f {
		sum += x * weights[i]
	}
	return sum
}

// Fits reports whether the gender of entity e agrees with the pronoun at token i.
func (r *Resolver) Fits(e annot.Entity, i int) bool {
	gender := e.Gender
	if gender == annot.UnknownGender && r.topics.gender != nil {
		gender = r.topics.gender[e.ID]
	}
	switch c := r.Class[i]; {
	case c&rules.PronounMale != 0 || segment.EqualFold(r.Word(i), "his"):
		return gender != annot.Female
	case c&rules.PronounFemale != 0:
		return gender != annot.Male
	}
	return true
}

func (r *Resolver) resolvePronoun(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	i := src.First
	c := r.Class[i]
	switch {
	case c&rules.PronounFirst != 0:
		r.resolveFirst(q, src)
		return
	case c&rules.PronounPlural != 0:
		sp.Type = annot.Group
		r.resolveThey(sp, i)
		return
	case c&rules.PronounImpersonal != 0:
		sp.Type = annot.UnknownSpeaker
		r.resolveIt(sp, i)
		return
	}
	known := r.referents(i, r.last)
	switch {
	case len(known) == 0:
		sp.Type = annot.UnknownSpeaker
	case len(known) > 1 && r.tied(known[0], known[1]):
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		for _, c := range known[:2] {
			sp.Candidates = append(sp.Candidates, annot.Candidate{Entity: c.entity, Name: r.D.Entities[c.entity-1].Name, Score: 0.5})
		}
	default:
		r.name(sp, known[0].entity, "pronoun")
		r.learnGender(known[0].entity, i)
		if len(known) > 1 && known[0].score-known[1].score < 1 {
			q.Confidence *= 0.85
		}
	}
}

// referents returns the candidates whose gender agrees with the pronoun at token i, the best first. Evidence of gender counts
// more than none.
func (r *Resolver) referents(i, last int) []candidate {
	cands := r.candidates(i, last)
	known := cands[:0]
	for _, c := range cands {
		if e := r.D.Entities[c.entity-1]; r.Fits(e, i) {
			if e.Gender != annot.UnknownGender || r.topics.gender[e.ID] != annot.UnknownGender {
				c.score += byGender
			}
			known = append(known, c)
		}
	}
	slices.SortStableFunc(known, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return known
}

// learnGender remembers that a person whose gender the article does not tell otherwise was called he or she.
func (r *Resolver) learnGender(entity, i int) {
	switch {
	case r.Is(i, rules.PronounMale):
		r.topics.gender[entity] = annot.Male
	case r.Is(i, rules.PronounFemale):
		r.topics.gender[entity] = annot.Female
	}
}

// tied reports whether nothing but the order of the words tells two candidates apart: Alan Pike met Joel Stern.
func (r *Resolver) tied(a, b candidate) bool {
	return a.unit == b.unit && a.count == 1 && b.count == 1 && !a.spoke && !b.spoke &&
		r.D.Entities[a.entity-1].Gender == r.D.Entities[b.entity-1].Gender
}
