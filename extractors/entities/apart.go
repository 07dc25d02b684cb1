package entities

import (
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// apart parts the places and bodies that were taken for one name: Doha | , Qatar; Orrin | ’s Town Hall. ms are sorted and do
// not overlap; so is the result. The names of users' lists stay as they are.
func apart(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	p := &parter{v: v, table: table, ms: ms}
	out := make([]annot.Mention, 0, len(ms)+4)
	at := 0
	for _, m := range ms {
		first, end := tokensOf(v, m.Span, at)
		at = first
		switch n := len(out); {
		case m.By == byUser || m.Type != annot.LOC && m.Type != annot.ORG:
			out = append(out, m)
		case n > 0 && p.joins(out[n-1], m, first, end):
			out[n-1].End = m.End
		case m.Type == annot.ORG && p.members(first, end):
			m.Span = v.Span(first, end-1)
			m.Type = p.owner(first, end-1)
			out = append(out, m)
		default:
			out = p.split(m, first, end, out)
		}
	}
	return out
}

// joins reports whether “and” and the place [first, end), which is m, complete the name of the place a: Jammu | and Kashmir.
func (p *parter) joins(a, m annot.Mention, first, end int) bool {
	v := p.v
	if first < 2 || a.Type != annot.LOC || m.Type != annot.LOC || a.By == byUser || v.Word(first-1) != "and" || a.End != v.D.Tokens[first-2].End {
		return false
	}
	begin := first - 2
	for begin > 0 && v.D.Tokens[begin].Start > a.Start {
		begin--
	}
	e, ok := p.table.Phrase(hash(v, begin, end))
	return ok && e.Best == annot.LOC && e.Weight >= 4
}

// members reports whether [first, end) is a known place or body and the members of a party that are of it: Ohio | Democrats.
// They are no name, but the Sweden Democrats are.
func (p *parter) members(first, end int) bool {
	v := p.v
	if end-first < 2 || !v.Is(end-1, rules.PartyWord) || !v.Is(end-1, rules.OrgHead) {
		return false
	}
	_, whole := p.table.Phrase(hash(v, first, end))
	t := p.owner(first, end-1)
	return !whole && (t == annot.LOC || t == annot.ORG && end-first == 2)
}

// parter parts the names of one document.
type parter struct {
	v     *segment.View
	table *gazetteer.Table
	ms    []annot.Mention
	named map[string]annot.Type // the places and bodies of the article; made when first asked for
}

// split appends the mention m, of the tokens [first, end), in as many pieces as it has names.
func (p *parter) split(m annot.Mention, first, end int, out []annot.Mention) []annot.Mention {
	v := p.v
	for k := first + 1; k < end-1; k++ {
		left := m
		left.Span = v.Span(first, k)
		switch w := v.Word(k); {
		case m.Type == annot.LOC && (w == "," || w == "(" || w == "in") && v.Upper(k-1):
			out = append(out, left)
			first = k + 1
		case (segment.Possessive(w) || segment.Apostrophe(w)) && v.Upper(k+1):
			t := p.owner(first, k)
			if _, whole := p.table.Phrase(hash(v, first, end)); whole || t == annot.NoType {
				continue
			}
			left.Type = t
			out = append(out, left)
			first = k + 1
		case m.Type == annot.LOC && w == "of" && p.kindBefore(first, k):
			first = k + 1 // southern Indian state of | Kerala
		}
	}
	if end-first > 2 && v.In(first, rules.PlainBody) && v.Word(first+1) == "of" && p.owner(first+2, end) == annot.LOC {
		first += 2 // Government of | Canada
		m.Type = annot.LOC
	}
	m.Start = v.D.Tokens[first].Start
	return append(out, m)
}

// owner returns the type of [first, end) if it is a place or body that the gazetteer knows well or that the article names
// elsewhere.
func (p *parter) owner(first, end int) annot.Type {
	if t := p.article()[p.v.D.Slice(p.v.Span(first, end))]; t != annot.NoType {
		return t
	}
	e, ok := p.table.Phrase(hash(p.v, first, end))
	if ok && (surelyPlaceOrBody(e) || (e.Best == annot.LOC || e.Best == annot.ORG) && e.Weight >= 6) {
		return e.Best
	}
	return annot.NoType
}

// article returns the types of the places and bodies that the article names.
func (p *parter) article() map[string]annot.Type {
	if p.named == nil {
		p.named = map[string]annot.Type{}
		for _, m := range p.ms {
			if m.Confidence >= sure && (m.Type == annot.LOC || m.Type == annot.ORG) {
				p.named[p.v.D.Slice(m.Span)] = m.Type
			}
		}
	}
	return p.named
}

// kindBefore reports whether the words [first, end) say only of what kind the place after “of” is: southern city, Indian
// State.
func (p *parter) kindBefore(first, end int) bool {
	v := p.v
	if !v.Is(end-1, rules.PlaceHead) {
		return false
	}
	return !v.Upper(end-1) || end-first > 1 && v.Is(first, rules.Demonym)
}
