package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// bounds sets the boundaries and types of places and bodies right by the words at their ends: southern | Norway, Chubut |
// province, Government of | Fiji, Rusk | White House, Lund Medal. ms are sorted and do not overlap; so is the result. The
// names of users' lists stay as they are.
func bounds(v *segment.View, set *rules.Set, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	b := &bounder{v: v, set: set, table: table, people: people(v.D, ms), owners: map[string]bool{}}
	b.own(ms)
	out := make([]annot.Mention, 0, len(ms)+4)
	for k, m := range ms {
		first, end, ok := b.tokens(m)
		if !ok || m.By == byUser || end-first > gazetteer.MaxTokens {
			out = append(out, m)
			continue
		}
		limit := len(v.D.Tokens)
		if k+1 < len(ms) {
			limit = b.before(end, ms[k+1].Start)
		}
		out = b.draw(out, m, first, end, limit)
	}
	return out
}

// A bounder looks at the ends of the mentions of one document.
type bounder struct {
	v      *segment.View
	set    *rules.Set
	table  *gazetteer.Table
	people map[string]bool // the names and surnames of the people of the article
	owners map[string]bool // the last words of those whose body is named with the possessive: Ida Rusk’s campaign
	at     int             // the token that the search for the next mention begins at
}

// people returns the names of the people that ms name, and the last words of those of several words.
func people(d *annot.Document, ms []annot.Mention) map[string]bool {
	known := map[string]bool{}
	for _, m := range ms {
		if m.Type != annot.PER || m.Confidence < sure {
			continue
		}
		name := d.Slice(m.Span)
		known[name] = true
		known[name[lastWord(name):]] = true
	}
	return known
}

// own notes the people whose body the article names with the possessive. The name of that is longer, and the naming of
// speakers finds it.
func (b *bounder) own(ms []annot.Mention) {
	for _, m := range ms {
		_, end, ok := b.tokens(m)
		if ok && m.Type == annot.PER && end+1 < len(b.v.D.Tokens) && segment.Possessive(b.v.Word(end)) && b.is(end+1, rules.PersonBody) {
			b.owners[b.v.Word(end-1)] = true
		}
	}
	b.at = 0
}

// lastWord returns where the last word of name begins.
func lastWord(name string) int {
	k := strings.LastIndexFunc(name, unicode.IsSpace)
	if k < 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(name[k:])
	return k + n
}

// tokens returns the tokens of m, and false if m begins or ends within one.
func (b *bounder) tokens(m annot.Mention) (first, end int, ok bool) {
	t := b.v.D.Tokens
	b.at, end = tokensOf(b.v, m.Span, b.at)
	return b.at, end, t[b.at].Start == m.Start && t[end-1].End == m.End
}

// before returns the first token from i on that begins no earlier than at.
func (b *bounder) before(i, at int) int {
	t := b.v.D.Tokens
	for i < len(t) && t[i].Start < at {
		i++
	}
	return i
}

// draw appends the mention m of the tokens [first, end) as it should be. The tokens before limit are in no other.
func (b *bounder) draw(out []annot.Mention, m annot.Mention, first, end, limit int) []annot.Mention {
	switch {
	case m.Type == annot.MISC:
		return append(out, m)
	case b.partOfEvent(first, end):
		m.Type, m.By = annot.MISC, "model/event"
		return append(out, m)
	case m.Type == annot.PER:
		if b.campaign(end, limit) && !b.owners[b.v.Word(end-1)] {
			m.Type, m.By, m.Span = annot.ORG, "model/campaign", b.v.Span(first, end+1)
		}
		return append(out, m)
	}
	if m.Type == annot.LOC && b.completes(first, out) {
		m.Span, m.Type, m.By = b.v.Span(first-2, end), annot.ORG, "model/of-place"
		return append(out, m)
	}
	if b.listed(first, end) {
		return append(out, b.kind(m, first, end))
	}
	if b.is(first, rules.StateNoun) && first+2 < end && b.v.Word(first+1) == "of" {
		first += 2 // Government of | Fiji
		m.Type, m.By = annot.LOC, "model/state"
	}
	for first < end-1 && !b.v.Upper(first) && b.is(first, rules.Direction) {
		first++
	}
	if m.Type == annot.LOC && end-first > 1 && !b.v.Upper(end-1) && b.is(end-1, rules.AdminNoun) {
		end--
	}
	if end-first == 2 && b.v.Is(first, rules.Demonym) && b.is(first+1, rules.StateNoun) {
		return out // the Cuban Government
	}
	if k, before := b.parts(m, first, end); k > first {
		if before != annot.NoType {
			p := m
			p.Type, p.By, p.Span = before, "model/before-body", b.v.Span(first, k)
			out = append(out, p)
		}
		first = k
		e, _ := b.phrase(first, end)
		m.Type = e.Best
	}
	m.Span = b.v.Span(first, end)
	return append(out, b.kind(m, first, end))
}

// completes reports whether the place at token first ends the name of a body that no mention holds: University of | Orrin.
func (b *bounder) completes(first int, out []annot.Mention) bool {
	v := b.v
	if first < 2 || v.Word(first-1) != "of" || !v.Upper(first-2) || !b.is(first-2, rules.OfPlace) {
		return false
	}
	return len(out) == 0 || out[len(out)-1].End <= v.D.Tokens[first-2].Start
}

// campaign reports whether a body that is called after a person ends at token i, which no other mention holds: Rusk |
// campaign, but not the Rusk campaign ad.
func (b *bounder) campaign(i, limit int) bool {
	return i < limit && b.is(i, rules.PersonBody) && !b.v.Upper(i) && (i+1 == len(b.v.D.Tokens) || !b.is(i+1, rules.AfterPersonBody))
}

// parts returns the token within [first, end) that a well-known body or place begins at, with something else before it,
// and the type of that: the Rusk | White House, the Republican | Senate. It is NoType where that names nothing.
func (b *bounder) parts(m annot.Mention, first, end int) (int, annot.Type) {
	for k := first + 1; k < end; k++ {
		e, ok := b.phrase(k, end)
		if !ok || e.Weight < 6 || e.Best != annot.ORG && e.Best != annot.LOC {
			continue
		}
		chamber := e.Best == annot.ORG && b.is(end-1, rules.Chamber)
		switch lead, listed := b.phrase(first, k); {
		case b.people[b.v.D.Slice(b.v.Span(first, k))] && (chamber || end-k > 1):
			return k, annot.PER
		case chamber && b.v.Is(k-1, rules.PartyWord):
			return k, annot.NoType
		case chamber && listed && lead.Best == annot.ORG && lead.Weight >= 6:
			return k, annot.ORG // the CNN | White House reporter
		}
	}
	return first, annot.NoType
}

// kind returns m, which is of the tokens [first, end), with the type that its words tell.
func (b *bounder) kind(m annot.Mention, first, end int) annot.Mention {
	if end-first < 2 {
		return m
	}
	e, listed := b.phrase(first, end)
	switch {
	case m.Type == annot.ORG && listed && e.Best == annot.MISC && e.Weight >= 5 && !e.Ambiguous:
		m.Type, m.By = annot.MISC, "model/gazetteer"
	case listed && e.Types.Has(m.Type):
	case b.event(first, end):
		m.Type, m.By = annot.MISC, "model/event"
	case m.Type == annot.LOC && b.is(end-1, rules.BodyEnd):
		m.Type, m.By = annot.ORG, "model/body"
	case m.Type == annot.ORG && b.is(end-1, rules.GroundEnd):
		m.Type, m.By = annot.LOC, "model/ground"
	}
	return m
}

// event reports whether [first, end) is headed by a word for events, prizes and the like: Lund Medal, Lund Medal for Letters.
func (b *bounder) event(first, end int) bool {
	if b.is(end-1, rules.EventHead) {
		return true
	}
	for k := first + 1; k < end-1; k++ {
		if w := b.v.Word(k); w == "of" || w == "for" {
			return b.is(k-1, rules.EventHead)
		}
	}
	return false
}

// listed reports whether the tokens are a listed place or body.
func (b *bounder) listed(first, end int) bool {
	e, ok := b.phrase(first, end)
	return ok && (e.Types.Has(annot.ORG) || e.Types.Has(annot.LOC))
}

func (b *bounder) phrase(i, end int) (gazetteer.Entry, bool) {
	return b.table.Phrase(hash(b.v, i, end))
}

func (b *bounder) is(i int, class rules.StageClass) bool {
	return b.set.StageClasses(b.v.Word(i)).Has(class)
}

// partOfEvent reports whether the name [first, end) is a part of the listed name of an event, a prize, a law or the like:
// State of the | Union, Paris | Agreement.
func (b *bounder) partOfEvent(first, end int) bool {
	for i := max(0, first-3); i <= first; i++ {
		if b.v.Upper(i) && b.inListed(i, first, end) {
			return true
		}
	}
	return false
}

// inListed reports whether a listed name of an event, a prize, a law or the like begins at token i and has more than the
// name [first, end), which is within.
func (b *bounder) inListed(i, first, end int) bool {
	h := gazetteer.Seed
	for j := i; j < min(i+gazetteer.MaxTokens, len(b.v.D.Tokens)); j++ {
		h = gazetteer.Extend(h, b.v.Word(j))
		e, ok := b.table.Phrase(h)
		if ok && j+1 >= end && j+1-i > end-first && e.Best == annot.MISC && e.Weight >= 5 && !e.Ambiguous {
			return true
		}
		if !e.More {
			return false
		}
	}
	return false
}
