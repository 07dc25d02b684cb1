package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A refiner brings the proposals of the tagger in line with how quoth draws mentions: titles outside, places after a
// body apart, one type for one name of the article.
type refiner struct {
	v     *segment.View
	table *gazetteer.Table
	at    int   // the token that the search for the next mention begins at
	first []int // of each mention drawn, its first token
}

// refine returns the refined mentions, sorted. ms are sorted and do not overlap.
func refine(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	r := &refiner{v: v, table: table}
	out := make([]annot.Mention, 0, len(ms)+4)
	for _, m := range ms {
		if n := len(out); n > 0 && m.Start < out[n-1].End {
			continue // the rest of a name that took more than the tagger gave it
		}
		out = r.draw(m, out)
	}
	r.agree(out)
	return out
}

// draw appends the mention m with its boundaries and type set right, in one or two pieces.
func (r *refiner) draw(m annot.Mention, out []annot.Mention) []annot.Mention {
	v := r.v
	first, end := r.tokens(m)
	if first < end-1 && segment.EqualFold(v.Word(first), "the") {
		first++ // The | New York Times
	}
	if r.commonWord(m, first, end) {
		return out // this RSS feed
	}
	if based, ok := r.based(first, end); ok { // Taipei-based Hummingbird
		place := m
		place.Span.End = v.D.Tokens[first].Start + based
		place.Type = annot.LOC
		out = r.put(out, place, first)
		if first++; first == end {
			return out
		}
	}
	if m.Type == annot.ORG && m.Confidence < unsure && r.slogan(first, end) {
		m.Type, m.By = annot.MISC, "model/slogan"
	}
	switch m.Type {
	case annot.PER:
		end = r.nickname(first, end)
		for first < end-1 && r.titleAt(first) {
			first++ // Ms. | Hale
		}
	case annot.ORG:
		if k := r.placeAfter(first, end); k > 0 {
			place := m
			place.Span, place.Type, place.By = v.Span(k+1, end), annot.LOC, "model/place"
			m.Span = v.Span(first, k)
			return r.put(r.put(out, m, first), place, k+1)
		}
		if r.suffixAt(end) {
			end++ // Norðurvarmi | hf.
		}
	default:
		m.Type, m.By = r.retype(m, first, end)
	}
	m.Span = v.Span(first, end)
	return r.put(out, m, first)
}

// tokens returns the tokens of m, which begins no earlier than the mentions before it.
func (r *refiner) tokens(m annot.Mention) (first, end int) {
	r.at, end = tokensOf(r.v, m.Span, r.at)
	return r.at, end
}

// commonWord reports whether the mention is a word that is often capitalised and names nothing where it is.
func (r *refiner) commonWord(m annot.Mention, first, end int) bool {
	return end-first == 1 && r.v.Is(first, rules.CommonCap) && (m.Confidence < 0.8 || r.boilerplate(m))
}

// titleAt reports whether a title is at token i that is no first name: Ms. | Hale, but Earl Tomblin.
func (r *refiner) titleAt(i int) bool {
	return r.v.Is(i, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale) && !r.isFirstName(i) && !r.v.In(i, rules.NamedTitle)
}

// suffixAt reports whether token i is the suffix of the name of a company that the token before it ends.
func (r *refiner) suffixAt(i int) bool {
	v := r.v
	return i < len(v.D.Tokens) && v.Is(i, rules.OrgSuffix) && spaced(v, i-1) &&
		(v.Upper(i) || strings.HasSuffix(v.Word(i), "."))
}

// retype returns the type of the place or other name [first, end), and what decided it: the gazetteer where it is sure.
func (r *refiner) retype(m annot.Mention, first, end int) (annot.Type, string) {
	e, listed := r.phrase(first, end)
	demonym := end-first == 1 && r.v.Is(first, rules.Demonym)
	switch {
	case m.Type == annot.LOC && seatOfGovernment(e):
		return annot.ORG, "model/gazetteer"
	case m.Type == annot.LOC && !e.Types.Has(annot.LOC) && demonym:
		return annot.MISC, "model/demonym" // Andean officials
	case m.Type == annot.MISC && listed && !demonym && surelyPlaceOrBody(e):
		return e.Best, "model/gazetteer"
	}
	return m.Type, m.By
}

// seatOfGovernment reports whether the entry is that of a place whose name is used for a body: White House, Kremlin.
func seatOfGovernment(e gazetteer.Entry) bool {
	return e.Best == annot.ORG && e.Weight >= 6 && !e.Ambiguous && !e.Types.Has(annot.LOC)
}

// surelyPlaceOrBody reports whether the entry is that of a well-known place or body and of nothing else.
func surelyPlaceOrBody(e gazetteer.Entry) bool {
	return (e.Best == annot.ORG || e.Best == annot.LOC) && e.Weight >= 4 && !e.Ambiguous
}

// boilerplate reports whether the mention is in a footer or the like.
func (r *refiner) boilerplate(m annot.Mention) bool {
	i, found := slices.BinarySearchFunc(r.v.D.Paragraphs, m.Start, func(p annot.Paragraph, at int) int {
		switch {
		case p.End <= at:
			return -1
		case p.Start > at:
			return 1
		}
		return 0
	})
	return found && r.v.D.Paragraphs[i].Zone == annot.Boilerplate
}

// put appends the mention m, which begins at token first.
func (r *refiner) put(out []annot.Mention, m annot.Mention, first int) []annot.Mention {
	r.first = append(r.first, first)
	return append(out, m)
}

// nickname returns the end of the name [first, end) with the nickname in marks and the surname that follow it:
// Robert C. “Bobby” Scott. The tagger may have stopped before the marks or within them.
func (r *refiner) nickname(first, end int) int {
	v, n := r.v, len(r.v.D.Tokens)
	k := end
	if k+1 < n && v.Word(k) == "." && len(v.Word(k-1)) == 1 && v.Upper(k-1) {
		k++ // C | .
	}
	switch {
	case k+3 < n && mark(v.Word(k)) && v.Upper(k+1) && mark(v.Word(k+2)) && v.Upper(k+3):
		k += 4
	case k+1 < n && k-2 > first && mark(v.Word(k-2)) && mark(v.Word(k)) && v.Upper(k+1):
		k += 2
	default:
		return end
	}
	for k < n && v.Upper(k) && spaced(v, k-1) && v.Is(k, rules.NameSuffix) {
		k++
	}
	return k
}

// mark reports whether the word is a quotation mark.
func mark(word string) bool {
	switch word {
	case "“", "”", "\"", "‘", "’", "'", "''", "``":
		return true
	}
	return false
}

// isFirstName reports whether the title word at token i is a first name with the name after it: Earl Tomblin, Judge no.
func (r *refiner) isFirstName(i int) bool {
	f, ok := r.table.FirstName(r.v.Word(i))
	return ok && f.Common >= 15 && f.NewsCap > 230
}

// based returns the length of the place in a word such as Taipei-based that begins a mention.
func (r *refiner) based(first, end int) (int, bool) {
	place, ok := strings.CutSuffix(r.v.Word(first), "-based")
	if !ok || place == "" {
		return 0, false
	}
	e, ok := r.table.Phrase(gazetteer.Hash(place))
	return len(place), ok && e.Types.Has(annot.LOC)
}

// placeAfter returns the token of "in" or "of" that puts a place after the name of a body within [first, end), or 0:
// Danube Institute of Biology | in Vienna, Kitamura Precision | of Japan; but the University of Vienna.
func (r *refiner) placeAfter(first, end int) int {
	v := r.v
	for k := end - 2; k > first; k-- {
		w := v.Word(k)
		if w != "in" && w != "of" {
			continue
		}
		e, ok := r.phrase(k+1, end)
		if !ok || e.Best != annot.LOC || e.Weight < 3 || w == "of" && (v.Is(k-1, rules.OrgHead) || k-first < 2 || r.heads(first, k)) {
			return 0
		}
		return k
	}
	return 0
}

// slogan reports whether several words that are no listed name come before a policy: a Rivers First foreign policy.
func (r *refiner) slogan(first, end int) bool {
	v := r.v
	if _, ok := r.phrase(first, end); ok || end-first < 2 || r.heads(first, end) {
		return false
	}
	for k := end; k < min(end+3, len(v.D.Tokens)) && v.Letter(k) && !v.Upper(k); k++ {
		if v.Is(k, rules.PolicyNoun) {
			return true
		}
	}
	return false
}

// heads reports whether a noun that heads the names of bodies is in [first, end).
func (r *refiner) heads(first, end int) bool {
	for ; first < end; first++ {
		if r.v.Is(first, rules.OrgHead) {
			return true
		}
	}
	return false
}

func (r *refiner) phrase(i, end int) (gazetteer.Entry, bool) {
	return r.table.Phrase(hash(r.v, i, end))
}

// unsure is the confidence below which the rest of the article may change a mention's type.
const unsure = 0.7

// agree gives the mentions of one name one type, as far as the tagger was unsure of the others: the type of most, or that
// of a longer name that the short one stands for.
func (r *refiner) agree(ms []annot.Mention) {
	d := r.v.D
	votes, longer := r.votes(ms), r.longer(ms)
	for i := range ms {
		m := &ms[i]
		text := d.Slice(m.Span)
		v := votes[text]
		best := annot.Type(slices.Index(v[:], slices.Max(v[:])))
		if best != m.Type && m.Confidence < unsure && v[best] > v[m.Type] {
			m.Type, m.By = best, "model/article"
		}
		// The sum is compared with what as many sure mentions would have.
		doubtful := v[m.Type] < unsure*float64(max(1, int(v[m.Type]+0.5)))
		t := longer[text]
		if t != annot.NoType && t != m.Type && doubtful && !r.place(text) && !(m.Type == annot.LOC && r.placed(i)) {
			m.Type, m.By = t, "model/article"
		}
	}
}

// placed reports whether a preposition of places comes before mention i: in Lund.
func (r *refiner) placed(i int) bool {
	return r.first[i] > 0 && r.v.Is(r.first[i]-1, rules.PlacePreposition)
}

// votes returns the sum of the confidences of each type, by the text of the mentions.
func (r *refiner) votes(ms []annot.Mention) map[string]*[5]float64 {
	votes := map[string]*[5]float64{}
	for _, m := range ms {
		text := r.v.D.Slice(m.Span)
		if votes[text] == nil {
			votes[text] = new([5]float64)
		}
		votes[text][m.Type] += m.Confidence
	}
	return votes
}

// longer returns the types of the longer names, by the short forms that may stand for them: the first words of bodies
// and the last words of persons.
func (r *refiner) longer(ms []annot.Mention) map[string]annot.Type {
	d := r.v.D
	longer := map[string]annot.Type{}
	for _, m := range ms {
		words := strings.Fields(d.Slice(m.Span))
		if len(words) < 2 || m.Confidence < 0.6 || len(words) > 8 {
			continue
		}
		switch m.Type {
		case annot.PER:
			longer[words[len(words)-1]] = annot.PER
		case annot.ORG:
			if _, ok := longer[words[0]]; !ok {
				longer[words[0]] = annot.ORG
			}
			if len(words) > 2 { // Minera | Altos del Sur
				longer[strings.Join(words[1:], " ")] = annot.ORG
			}
		}
	}
	return longer
}

// place reports whether the name is that of a well-known place.
func (r *refiner) place(name string) bool {
	e, ok := r.table.Phrase(gazetteer.Hash(gazetteer.Split(name)...))
	return ok && e.Best == annot.LOC && e.Weight >= 5
}
