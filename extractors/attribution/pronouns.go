package attribution

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// candidate is a person whom a pronoun or a description may refer to.
type candidate struct {
	entity  int
	score   float64
	unit    int // of the last mention before
	count   int // mentions before
	subject bool
	spoke   bool
	owner   bool // it stands in the possessive
}

// window is how many mentions before a pronoun are candidates.
const window = 40

// What speaks for a candidate, tuned on the dev part of the PolNeAR news articles: names change by less than 0.3 points
// when any of them is halved or doubled.
const (
	perUnit       = 1.2 // against it, for each sentence between
	asSubject     = 2   // it is the subject of its sentence
	sameUnit      = 1   // … and that is the sentence of the pronoun
	spokeLast     = 1   // it is the speaker of the quote before
	asOwner       = 0.5 // against it, where it stands in the possessive
	sameParagraph = 0.5
	perMention    = 0.15
	byGender      = 0.8 // the article, or the first name, tells the gender that agrees
)

// candidates collects the persons named before token i outside of quotes, with what speaks for them.
func (w *work) candidates(i, last int) []candidate {
	d := w.d
	here := int(w.unit[i])
	k, _ := slices.BinarySearchFunc(d.Mentions, d.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	var out []candidate
	for n := 0; k > 0 && n < window; n++ {
		k--
		m := d.Mentions[k]
		if m.Type != annot.PER || m.Entity == 0 {
			continue
		}
		t := w.firstTok[k]
		if w.quoted(t) || w.d.Paragraphs[w.v.Units[w.unit[t]].Paragraph].Zone == annot.Byline || w.d.Paragraphs[w.v.Units[w.unit[t]].Paragraph].Zone == annot.Caption {
			continue
		}
		e := w.endTok[k]
		if e < len(w.mention) && w.unit[e] == w.unit[t] && w.modifies(e) && w.mention[e] < 0 && !w.v.Is(e, rules.TitleWord) {
			continue // the Clinton | campaign is not Clinton
		}
		j := slices.IndexFunc(out, func(c candidate) bool { return c.entity == m.Entity })
		if j < 0 {
			out = append(out, candidate{entity: m.Entity, unit: int(w.unit[t]), spoke: m.Entity == last, owner: e < len(w.mention) && w.possessiveMark(e)})
			j = len(out) - 1
			out[j].subject = w.isSubject(k)
		} else if out[j].unit == int(w.unit[t]) && !out[j].subject {
			out[j].subject = w.isSubject(k)
		}
		out[j].count++
	}
	for j := range out {
		c := &out[j]
		c.score = -perUnit * float64(min(here-c.unit, 8))
		if c.subject {
			c.score += asSubject
			if c.unit == here {
				c.score += sameUnit
			}
		}
		if c.spoke {
			c.score += spokeLast
		}
		if c.owner {
			c.score -= asOwner
		}
		if w.v.Units[c.unit].Paragraph == w.v.Units[here].Paragraph {
			c.score += sameParagraph
		}
		c.score += perMention * float64(min(c.count, 5))
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// isSubject reports whether mention k begins its sentence's subject or stands before a verb group of its own.
func (w *work) isSubject(k int) bool {
	t := w.firstTok[k]
	u := w.v.Units[w.unit[t]]
	for i := u.First; i < t && i < u.First+30; i++ {
		if w.verb(i) || w.verbCue(i) {
			// a subordinate subject still counts if a verb follows at once: when De la Fuente was asked
			e := w.endTok[k]
			return e < u.End && !w.possessiveMark(e) && (w.v.Is(e, rules.Auxiliary) || w.verb(e))
		}
	}
	if t > u.First && (w.possessiveMark(min(w.endTok[k], len(w.mention)-1)) || w.v.Is(t-1, rules.Preposition)) {
		return false
	}
	return w.endTok[k] >= len(w.mention) || !w.possessiveMark(w.endTok[k])
}

// fits reports whether the gender of entity e agrees with the pronoun at token i.
func (w *work) fits(e annot.Entity, i int) bool {
	switch c := w.v.Class[i]; {
	case c&rules.PronounMale != 0 || segment.EqualFold(w.v.Word(i), "his"):
		return e.Gender != annot.Female
	case c&rules.PronounFemale != 0:
		return e.Gender != annot.Male
	}
	return true
}

func (w *work) resolvePronoun(q *annot.Quote, src source, last int) {
	sp := &q.Speaker
	i := src.first
	c := w.v.Class[i]
	switch {
	case c&rules.PronounFirst != 0:
		w.resolveFirst(q, src)
		return
	case c&rules.PronounPlural != 0:
		sp.Type = annot.Group
		if last > 0 && w.d.Entities[last-1].Type == annot.ORG {
			w.name(sp, last, "pronoun")
		}
		return
	case c&rules.PronounImpersonal != 0:
		sp.Type = annot.UnknownSpeaker
		id := w.bodyBefore(i)
		if id == 0 {
			id = w.recentBody(i)
		}
		if id > 0 {
			w.name(sp, id, "pronoun")
		}
		return
	}
	cands := w.candidates(i, last)
	known := cands[:0:0]
	for _, c := range cands {
		if w.fits(w.d.Entities[c.entity-1], i) {
			known = append(known, c)
		}
	}
	// Evidence of gender in the article counts more than none.
	for j := range known {
		if w.d.Entities[known[j].entity-1].Gender != annot.UnknownGender {
			known[j].score += byGender
		}
	}
	slices.SortStableFunc(known, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	switch {
	case len(known) == 0:
		sp.Type = annot.UnknownSpeaker
	case len(known) > 1 && w.tied(known[0], known[1]):
		q.Status, sp.Type = annot.Ambiguous, annot.UnknownSpeaker
		for _, c := range known[:2] {
			sp.Candidates = append(sp.Candidates, annot.Candidate{Entity: c.entity, Name: w.d.Entities[c.entity-1].Name, Score: 0.5})
		}
	default:
		w.name(sp, known[0].entity, "pronoun")
		if len(known) > 1 && known[0].score-known[1].score < 1 {
			q.Confidence *= 0.85
		}
	}
}

// tied reports whether nothing but the order of the words tells two candidates apart: Alan Pike met Joel Stern.
func (w *work) tied(a, b candidate) bool {
	return a.unit == b.unit && a.count == 1 && b.count == 1 && !a.spoke && !b.spoke &&
		w.d.Entities[a.entity-1].Gender == w.d.Entities[b.entity-1].Gender
}

// bodyBefore returns the organization that is the subject of the sentence of token i, or of the one before it in the
// paragraph.
func (w *work) bodyBefore(i int) int {
	u := int(w.unit[i])
	for k := u; k >= max(0, u-1) && w.v.Units[k].Paragraph == w.v.Units[u].Paragraph; k-- {
		src, ok := w.mainSubject(w.v.Units[k].First, min(i, w.v.Units[k].End))
		if ok && src.form == named && len(src.mentions) == 1 {
			if m := w.d.Mentions[src.mentions[0]]; m.Type == annot.ORG && m.Entity > 0 {
				return m.Entity
			}
		}
	}
	return 0
}

// recentBody returns the organization mentioned last before token i, outside of quotes.
func (w *work) recentBody(i int) int {
	d := w.d
	k, _ := slices.BinarySearchFunc(d.Mentions, d.Tokens[i].Start, func(m annot.Mention, at int) int { return cmp.Compare(m.Start, at) })
	for n := 0; k > 0 && n < window; n++ {
		k--
		if m := d.Mentions[k]; m.Type == annot.ORG && m.Entity > 0 && !w.quoted(w.firstTok[k]) {
			return m.Entity
		}
	}
	return 0
}
