package naming

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// candidate is a person whom a pronoun or a description may refer to: an entity, or a stranger, who has a number below 0.
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
	inUnit          = iota // its last mention is in the sentence of the pronoun
	oneBack                // … in the sentence before
	twoBack                // … in the one before that
	perUnit                // … further back: the sentences between, up to eight
	sameParagraph          // its last mention is in the paragraph of the pronoun
	nextParagraph          // … in the one before
	asSubject              // it is a subject of the sentence of its last mention
	unitSubject            // … and that is the sentence of the pronoun
	spokeLast              // it is the speaker of the quote before
	afterWord              // a preposition stands before it
	inRelative             // it stands in a relative or other subordinate clause
	perMention             // its mentions, up to five
	nearest                // no other person is named between
	isTopic                // the narrative before the sentence is about it
	topicNow               // … and it was the subject of the sentence before
	owner                  // it stands in the possessive
	reports                // the sentence of its last mention reports its speech
	reportsNow             // … and is this one or the one before
	namedAfter             // it is named after the pronoun in the sentence
	namedInside            // it is named in a quote of the paragraph
	newcomer               // its last mention is its first
	isStranger             // it has no name
	strangerNow            // … and is described in this sentence or the one before
	strangerSubject        // … as a subject
	strangerSpoke          // … and spoke last
	sameGender             // the article, or the first name, tells its gender, which agrees
	nFeatures
)

// candidates collects the persons named or described before token i outside of quotes, with what speaks for them, the best
// first. The one last spoke the quote before; 0 if nobody did.
func (r *Resolver) candidates(i, last int) []candidate {
	here := int(r.UnitOf[i])
	var out []candidate
	before := r.personsBefore(i)
	for n := 0; n < window; n++ {
		words, who, ok := before.next()
		if !ok {
			break
		}
		if who == 0 {
			continue
		}
		t := words.First
		u := int(r.UnitOf[t])
		if r.topics.section[u] != r.topics.section[here] {
			break
		}
		if z := r.D.Paragraphs[r.Units[u].Paragraph].Zone; r.Quoted(t) || z == annot.Byline || z == annot.Caption {
			continue
		}
		e := words.End
		if who > 0 && e < len(r.MentionOf) && int(r.UnitOf[e]) == u && r.Modifies(e) && r.MentionOf[e] < 0 && !r.Is(e, rules.TitleWord) {
			continue // the Clinton | campaign is not Clinton
		}
		j := slices.IndexFunc(out, func(c candidate) bool { return c.entity == who })
		if j < 0 {
			out = append(out, candidate{entity: who, unit: u, spoke: who == last})
			j = len(out) - 1
			out[j].seen = r.see(words, here)
			out[j].seen[nearest] = truth(j == 0)
			out[j].seen[newcomer] = truth(who > 0 && r.FirstToken[r.D.Entities[who-1].Mentions[0]] == t)
		} else if out[j].unit == u && r.Subject(words) {
			out[j].seen[asSubject] = 1
			out[j].seen[unitSubject] = truth(u == here)
		}
		out[j].count++
	}
	topic, since := r.topicBefore(here)
	r.seeBeside(i, out)
	by := weights()
	for j := range out {
		c := &out[j]
		c.seen[spokeLast] = truth(c.spoke)
		c.seen[perMention] = float64(min(c.count, 5))
		if c.entity == topic {
			c.seen[isTopic], c.seen[topicNow] = 1, truth(since == 0)
		}
		if r.reporter(c.unit) == c.entity {
			c.seen[reports], c.seen[reportsNow] = 1, truth(r.apart(c.unit, here) <= 1)
		}
		if c.entity < 0 {
			now := r.apart(c.unit, here) <= 1
			c.seen[isStranger], c.seen[strangerNow], c.seen[strangerSpoke] = 1, truth(now), truth(c.spoke)
			c.seen[strangerSubject] = truth(now && (c.seen[asSubject] > 0 || c.seen[reports] > 0))
		}
		c.score = c.seen.score(by)
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// see returns what is seen of the words of a candidate, the last before a pronoun in unit here.
func (r *Resolver) see(words clause.Tokens, here int) features {
	var f features
	t := words.First
	u := int(r.UnitOf[t])
	switch n := r.apart(u, here); n {
	case 0:
		f[inUnit] = 1
	case 1:
		f[oneBack] = 1
	case 2:
		f[twoBack] = 1
	default:
		f[perUnit] = float64(min(n, 8))
	}
	switch {
	case r.Units[here].Paragraph == r.Units[u].Paragraph:
		f[sameParagraph] = 1
	case r.topics.toldParagraphs[here+1]-r.topics.toldParagraphs[u+1] <= 1:
		f[nextParagraph] = 1
	}
	if r.Subject(words) {
		f[asSubject] = 1
		f[unitSubject] = f[inUnit]
	}
	f[owner] = truth(words.End < len(r.MentionOf) && r.PossessiveMark(words.End))
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

// apart returns how many sentences of the narrative lie from unit u to unit here: those that are quotes alone do not count.
func (r *Resolver) apart(u, here int) int {
	if u == here {
		return 0
	}
	return max(1, int(r.topics.told[here+1]-r.topics.told[u+1]))
}

// beside is how many mentions are read on each side of a pronoun.
const beside = 12

// seeBeside notes which candidates are named after the pronoun at token i in its sentence, or in the quotes of its paragraph:
// nobody speaks of himself by his name.
func (r *Resolver) seeBeside(i int, out []candidate) {
	here := r.UnitOf[i]
	paragraph := r.Units[here].Paragraph
	at := r.MentionsBefore(i)
	for k := max(0, at-beside); k < min(len(r.FirstToken), at+beside); k++ {
		t, id := r.FirstToken[k], r.D.Mentions[k].Entity
		if id == 0 || r.Units[r.UnitOf[t]].Paragraph != paragraph {
			continue
		}
		j := slices.IndexFunc(out, func(c candidate) bool { return c.entity == id })
		switch {
		case j < 0:
		case r.Quoted(t):
			out[j].seen[namedInside] = 1
		case k >= at && r.UnitOf[t] == here:
			out[j].seen[namedAfter] = 1
		}
	}
}

// reporter returns the person whose speech unit u reports last, or 0. It reads each unit once.
func (r *Resolver) reporter(u int) int {
	if r.topics.reporters[u] == 0 {
		r.topics.reporters[u] = int32(r.findReporter(u))*2 + 1 // never 0
	}
	return int(r.topics.reporters[u]-1) / 2
}

func (r *Resolver) findReporter(u int) int {
	if m := r.Inverted(u); m >= 0 {
		return r.D.Mentions[m].Entity
	}
	unit := r.Units[u]
	around := clause.Range(unit.First, unit.End)
	for k := unit.End - 1; k >= unit.First && k > unit.End-2*clause.MaxLook; k-- {
		if r.Quoted(k) || !r.VerbCue(k) || r.Cue[k].Weight < sure || r.NominalUse(k, around) {
			continue
		}
		src, _, ok := r.SubjectBefore(k, unit.First, 0)
		switch {
		case !ok:
		case src.Form == clause.Named && len(src.Mentions) == 1 && r.HasPerson(src):
			return r.D.Mentions[src.Mentions[0]].Entity
		case src.Form == clause.Nominal:
			return -r.strangerAt(src.Head)
		}
	}
	return 0
}

// sure is the weight of cues that are verbs of speech wherever they stand.
const sure = 0.7

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

// gender returns the gender of an entity, as the article tells it or its pronouns did, or that of a stranger.
func (r *Resolver) gender(who int) annot.Gender {
	switch {
	case who < 0:
		return r.strangerGender[-who]
	case r.D.Entities[who-1].Gender == annot.UnknownGender && r.topics.gender != nil:
		return r.topics.gender[who]
	}
	return r.D.Entities[who-1].Gender
}

// pronounGender returns the gender of the pronoun at token i.
func (r *Resolver) pronounGender(i int) annot.Gender {
	switch {
	case r.Is(i, rules.PronounMale) || segment.EqualFold(r.Word(i), "his"):
		return annot.Male
	case r.Is(i, rules.PronounFemale):
		return annot.Female
	}
	return annot.UnknownGender
}

// fits reports whether two genders agree, as far as they are known.
func fits(a, b annot.Gender) bool {
	return a == b || a == annot.UnknownGender || b == annot.UnknownGender
}

// Fits reports whether the gender of entity e agrees with the pronoun at token i.
func (r *Resolver) Fits(e annot.Entity, i int) bool {
	gender := e.Gender
	if gender == annot.UnknownGender && r.topics.gender != nil {
		gender = r.topics.gender[e.ID]
	}
	return fits(gender, r.pronounGender(i))
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
	if r.evidence.Rivals = max(0, len(known)-1); len(known) > 1 {
		r.evidence.Lead = known[0].score - known[1].score
	}
	switch {
	case len(known) == 0:
		sp.Type = annot.UnknownSpeaker
	case len(known) > 1 && r.tied(known[0], known[1]):
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		for _, c := range known[:2] {
			sp.Candidates = append(sp.Candidates, annot.Candidate{Entity: c.entity, Name: r.D.Entities[c.entity-1].Name, Score: 0.5})
		}
	case known[0].entity < 0:
		sp.Type = annot.Anonymous
		r.meant, r.meantAt = known[0].entity, i
	default:
		r.name(sp, known[0].entity, "pronoun")
		r.learnGender(known[0].entity, i)
	}
}

// referents returns the candidates whose gender agrees with the pronoun at token i, the best first. Evidence of gender counts
// more than none.
func (r *Resolver) referents(i, last int) []candidate {
	cands := r.candidates(i, last)
	known := cands[:0]
	for _, c := range cands {
		if gender := r.gender(c.entity); fits(gender, r.pronounGender(i)) {
			if gender != annot.UnknownGender {
				c.seen[sameGender] = 1
				c.score = c.seen.score(weights())
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
	for _, f := range []int{inRelative, namedAfter, namedInside} {
		if a.seen[f] != b.seen[f] {
			return false
		}
	}
	return a.entity > 0 && b.entity > 0 && a.unit == b.unit && a.count == 1 && b.count == 1 && !a.spoke && !b.spoke &&
		r.D.Entities[a.entity-1].Gender == r.D.Entities[b.entity-1].Gender
}
