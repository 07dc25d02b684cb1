package attribution

import (
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// certainty tells how likely the speaker of a quote is right: the words that stand for the speaker, and the name that they led
// to, or rightly none. The zero value tells nothing.
type certainty struct {
	model *boost.Model
	curve boost.Curve
}

// of returns how likely the speaker with the features x is right.
func (c *certainty) of(x *certaintyRow) float64 {
	return min(c.curve.At(boost.Sigmoid(c.model.Score(x[:]))), mostCertain)
}

// mostCertain is the greatest confidence: careful readers agree on no more.
const mostCertain = 0.99

// The features of a speaker: how sure the words that stand for him are, what they are, how they led to the name, and how clear
// that was.
const (
	ctShare     = iota // what the ranker gives the words for the speaker, or the confidence of the sieve
	ctForm             // clause.Form
	ctBy               // how the words led to the name: an index into resolutions, from 1
	ctType             // annot.SpeakerType
	ctNamed            // there is a name
	ctRivals           // how many fit besides
	ctLead             // by how much the best of them is ahead of the next
	ctTagger           // confidence of the mention that names the speaker
	ctRule             // a rule made that mention, not the tagger
	ctBody             // it is a body
	ctWords            // words of the words for the speaker
	ctNameWords        // words of the name
	ctSame             // both are the same
	ctStarts           // the name starts with them
	ctEnds             // the name ends with them
	ctCount            // mentions of the entity
	ctBack             // sentences back to its mention before
	ctGender           // its gender is known
	ctCapitals         // the words for the speaker are all in capitals
	ctPeople           // they describe people
	ctGroup            // … a body
	ctArtifact         // … a text
	ctPlural           // … several
	ctOwned            // they belong to somebody or something named
	ctDefinite         // they begin with "the" or a possessive
	ctNoCue            // no cue, the speaker is carried over
	ctMixed            // the quote is a fragment
	ctHeadline         // it is in a headline
	ctPersons          // persons whom the article names
	ctBodies           // bodies that it names
	certaintyCount
)

// certaintyNames are the names of the features in a model, in order.
var certaintyNames = strings.Fields(`share form by type named rivals lead tagger rule body words name-words same starts ends count back gender
	capitals people group artifact plural owned definite no-cue mixed headline persons bodies`)

// resolutions are the values of annot.Speaker.ResolvedBy that the model tells apart.
var resolutions = strings.Fields("name surname alias acronym pronoun role description document relative label byline handle interview")

type certaintyRow [certaintyCount]float32

func (x *certaintyRow) flag(i int, on bool) {
	if on {
		x[i] = 1
	}
}

func (x *certaintyRow) count(i, n, limit int) { x[i] = float32(min(max(n, 0), limit)) }

// certaintyRow returns the features of the name of quote q.
func (w *work) certaintyRow(q int, e naming.Evidence) (x certaintyRow) {
	quote, src := &w.D.Quotes[q], &w.answers[q].Source
	sp := &quote.Speaker
	x[ctShare] = w.shares[q]
	x[ctForm], x[ctType] = float32(src.Form), float32(sp.Type)
	for i, by := range resolutions {
		if by == sp.ResolvedBy {
			x[ctBy] = float32(i + 1)
		}
	}
	x.flag(ctNamed, sp.Name != "")
	x.count(ctRivals, e.Rivals, 10)
	x[ctLead] = float32(e.Lead)
	x.flag(ctNoCue, quote.Cue.IsZero())
	x.flag(ctMixed, quote.Kind == annot.Mixed)
	x.flag(ctHeadline, quote.Zone == annot.Headline)
	w.wordsRow(&x, src, sp)
	w.entityRow(&x, src, sp)
	x.count(ctPersons, w.persons, 30)
	x.count(ctBodies, w.bodies, 30)
	return x
}

// wordsRow tells what the words for the speaker are.
func (w *work) wordsRow(x *certaintyRow, src *clause.Source, sp *annot.Speaker) {
	if len(src.Mentions) > 0 {
		m := &w.D.Mentions[src.Mentions[0]]
		x[ctTagger] = float32(m.Confidence)
		x.flag(ctRule, strings.HasPrefix(m.By, "rules/"))
		x.flag(ctBody, m.Type == annot.ORG)
	}
	if src.End <= src.First {
		return
	}
	words := w.D.Slice(w.Span(src.First, src.End))
	x.count(ctWords, src.End-src.First, 12)
	x.count(ctNameWords, strings.Count(sp.Name, " ")+1, 8)
	x.flag(ctSame, words == sp.Name)
	x.flag(ctStarts, strings.HasPrefix(sp.Name, words))
	x.flag(ctEnds, strings.HasSuffix(sp.Name, words))
	x.flag(ctCapitals, strings.ToUpper(words) == words)
	x.flag(ctDefinite, strings.EqualFold(w.Word(src.First), "the") || w.Is(src.First, rules.Possessive))
	x.flag(ctOwned, src.Affiliation >= 0)
	if src.Form == clause.Nominal && src.Head >= 0 {
		x.flag(ctPeople, w.Is(src.Head, clause.People|rules.TitleWord))
		x.flag(ctGroup, w.Is(src.Head, rules.GroupNoun))
		x.flag(ctArtifact, w.Is(src.Head, rules.ArtifactNoun))
		x.flag(ctPlural, w.Is(src.Head, rules.RolePlural|rules.HumanPlural))
	}
}

// entityRow tells what the article says of the speaker.
func (w *work) entityRow(x *certaintyRow, src *clause.Source, sp *annot.Speaker) {
	if len(sp.Entities) != 1 {
		return
	}
	e := &w.D.Entities[sp.Entities[0]-1]
	x.count(ctCount, len(e.Mentions), 20)
	x.flag(ctGender, e.Gender != annot.UnknownGender)
	if src.End > src.First {
		x.count(ctBack, w.unitsBack(e, src.First), 20)
	}
}

// unitsBack returns how many sentences before token i entity e is mentioned last; -1 if it is not.
func (w *work) unitsBack(e *annot.Entity, i int) int {
	k := sort.Search(len(e.Mentions), func(k int) bool { return w.FirstToken[e.Mentions[k]] >= i }) - 1
	if k < 0 {
		return -1
	}
	return int(w.UnitOf[i]) - int(w.UnitOf[w.FirstToken[e.Mentions[k]]])
}

// entitiesOf counts the persons and bodies that the document names.
func entitiesOf(d *annot.Document) (persons, bodies int) {
	for i := range d.Entities {
		switch d.Entities[i].Type {
		case annot.PER:
			persons++
		case annot.ORG:
			bodies++
		}
	}
	return persons, bodies
}
