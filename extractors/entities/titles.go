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

const (
	// postReach is the number of tokens that a post may have between its noun and a name: Minister for Women and Equalities.
	postReach = 8
	// byPost is the confidence of the place of a post that was taken for a part of the name.
	byPost = 0.7
)

// titled takes titles, jobs and the last words of posts off the beginnings of names: Maj-Gen | Tom Moss, Mayor of Orrin |
// Ida Rook. ms are sorted and do not overlap; so is the result. The names of users' lists stay as they are.
func titled(v *segment.View, set *rules.Set, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	t := &titles{v: v, set: set, table: table}
	out := make([]annot.Mention, 0, len(ms)+2)
	at := 0
	for _, m := range ms {
		first, end := tokensOf(v, m.Span, at)
		at = first
		if m.By == byUser || m.Start != v.D.Tokens[first].Start {
			out = append(out, m)
			continue
		}
		if n := len(out); n > 0 && m.Type == annot.PER && t.jobBefore(out[n-1], first) {
			out = out[:n-1]
		}
		out = t.draw(m, first, end, out)
	}
	return out
}

// titles looks for titles in the names of one document.
type titles struct {
	v     *segment.View
	set   *rules.Set
	table *gazetteer.Table
	last  int // the first token of the last mention drawn
}

// draw appends the mention m, of the tokens [first, end), without what is no part of the name.
func (t *titles) draw(m annot.Mention, first, end int, out []annot.Mention) []annot.Mention {
	v := t.v
	lower := float32(0.9)
	if m.Type == annot.LOC {
		lower = 0.3
	}
	for first < end-1 && t.job(first, lower) {
		first++ // insurer | AIA Group, southern | Canada
	}
	if m.Type == annot.ORG && end-first > 2 && t.placed(first) && t.afterPost(first, end) > first {
		m.Type = annot.PER // Governor of | Orrin Ida Rook
	}
	if m.Type == annot.PER {
		if k := t.afterPost(first, end); k > first {
			if t.placed(first) {
				place := m
				place.Span, place.Type, place.By, place.Confidence = v.Span(first, k), annot.LOC, "model/post", byPost
				out = append(out, place)
			}
			first = k
		}
		for n := t.title(first, end); n > 0; n = t.title(first, end) {
			first += n
		}
		if t.onlyTitle(first, end) {
			return out
		}
		if t.placed(first) && t.noPerson(first, end) {
			m.Type, m.By = annot.LOC, "model/post" // the bishop of Orrin
		}
	}
	m.Start = v.D.Tokens[first].Start
	t.last = first
	return append(out, m)
}

// job reports whether token i, which a name begins with, is a word in lower case before a capital, and in lower case more
// often than the share: insurer | AIA Group.
func (t *titles) job(i int, share float32) bool {
	v := t.v
	r, _ := utf8.DecodeRuneInString(v.Word(i))
	if !unicode.IsLower(r) || !v.Upper(i+1) || v.Is(i, rules.NameParticle) || innerCapital(v.Word(i)) {
		return false
	}
	ratio, known := t.table.Case(v.Word(i))
	return known && ratio > share
}

// title returns the number of tokens of the title that the name [first, end) begins with, 0 if there is none.
func (t *titles) title(first, end int) int {
	v := t.v
	for _, p := range t.set.Phrases(v.Word(first)) {
		if n := len(p.Words); p.Class&rules.TitleWord != 0 && first+n < end && t.spells(first, p.Words) {
			return n
		}
	}
	next := t.pastApostrophe(first + 1)
	if next >= end || !v.Upper(next) && !v.Is(next, rules.NameParticle) || !t.titleAt(first, end) {
		return 0
	}
	return next - first
}

// pastApostrophe returns the token after an apostrophe that token i may be, or i: Dato | ’ | Azlan.
func (t *titles) pastApostrophe(i int) int {
	if i < len(t.v.D.Tokens) && segment.Apostrophe(t.v.Word(i)) && t.v.D.Tokens[i].Start == t.v.D.Tokens[i-1].End {
		return i + 1
	}
	return i
}

// titleAt reports whether token first, which the name [first, end) begins with, is a title or a job.
func (t *titles) titleAt(first, end int) bool {
	v := t.v
	switch word := v.Word(first); {
	case t.firstName(word, 15, 230):
		return false
	case v.In(first, rules.NamedTitle):
		return t.maleTitle(first, end)
	case v.Is(first, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale), t.joinedTitle(word):
		return true
	}
	return end-first > 2 && v.Is(first, rules.RoleNoun|rules.Demonym) && !t.firstName(v.Word(first), 8, 0) && !initial(v.Word(first+1))
}

// onlyTitle reports whether [first, end) is a title alone, with the name after it: Maj | Gen Ida Rook, Dato | ’ Azlan Moss.
func (t *titles) onlyTitle(first, end int) bool {
	v := t.v
	next := t.pastApostrophe(end)
	if next >= len(v.D.Tokens) || !v.Upper(next) || !spaced(v, next-1) || t.firstName(v.Word(first), 12, 200) {
		return false
	}
	if end-first == 1 {
		return v.Is(first, rules.TitleWord) && (next > end || v.Is(next, rules.TitleWord|rules.RoleNoun))
	}
	for _, p := range t.set.Phrases(v.Word(first)) {
		if p.Class&rules.TitleWord != 0 && len(p.Words) == end-first && t.spells(first, p.Words) {
			return true
		}
	}
	return false
}

// maleTitle reports whether the title at token first, which is also a part of names, is no part of this one: Sheikh |
// Abdullah, but Sheikh Hasina.
func (t *titles) maleTitle(first, end int) bool {
	f, ok := t.table.FirstName(t.v.Word(first + 1))
	return end-first > 2 || ok && f.Gender != annot.Female
}

// joinedTitle reports whether the word is a title with a hyphen: Maj-Gen, co-CEO, Editor-at-Large.
func (t *titles) joinedTitle(word string) bool {
	head, rest, ok := strings.Cut(word, "-")
	if !ok || head == "" || rest == "" {
		return false
	}
	if mid, _, several := strings.Cut(rest, "-"); several && t.set.Classes(mid)&(rules.Preposition|rules.Conjunction) != 0 {
		return t.titleWord(head)
	}
	before := t.titleWord(head) || t.set.StageClasses(head).Has(rules.CompoundHead)
	return before && t.titleWord(rest)
}

// titleWord reports whether the word is a title or a job, perhaps shortened without its full stop.
func (t *titles) titleWord(word string) bool {
	const inTitles = rules.TitleWord | rules.RoleNoun | rules.HonorificMale | rules.HonorificFemale
	return (t.set.Classes(word)|t.set.Classes(word+"."))&inTitles != 0
}

func (t *titles) spells(i int, words []string) bool {
	for k, w := range words {
		if !segment.EqualFold(t.v.Word(i+k), w) {
			return false
		}
	}
	return true
}

// firstName reports whether the word is a first name of at least so many people and that share of capitals in news.
func (t *titles) firstName(word string, common, capitals uint8) bool {
	f, ok := t.table.FirstName(word)
	return ok && f.Common >= common && f.NewsCap >= capitals
}

// afterPost returns the token at which the person's name within [first, end) begins if its first words end the name of a
// post: Minister for Women and | Equalities Nerys Hale. Otherwise it returns first.
func (t *titles) afterPost(first, end int) int {
	head, joined := t.post(first)
	if head < 0 {
		return first
	}
	k := first
	if t.placed(first) {
		k = min(k+1, end-1)
	}
	for k < end-2 && !(t.firstName(t.v.Word(k), 8, 128) && !t.listedPlace(k, k+1)) {
		k++
	}
	if k == first || !t.firstName(t.v.Word(k), 8, 128) || t.placed(first) && end-k < 2 {
		return first // the mayor of San Lorenzo
	}
	if t.v.Upper(head) || joined || t.placed(first) || t.listedPlace(first, k) || t.ordinary(first, k) {
		return k
	}
	return first
}

// post returns the noun of the post whose name goes on up to token i, or -1, and whether an “and” is in it: Minister for
// Women and | …
func (t *titles) post(i int) (head int, joined bool) {
	v := t.v
	for k := i - 1; k > 0 && k > i-postReach; k-- {
		switch w := v.Word(k); {
		case w == "of" || w == "for":
			if v.Is(k-1, rules.RoleNoun|rules.TitleWord) {
				return k - 1, joined
			}
			return -1, false
		case w == "and" || w == "&":
			joined = true
		case w != "," && w != "the" && !v.Upper(k):
			return -1, false
		}
	}
	return -1, false
}

// placed reports whether the title of one who heads a place comes before token i, with “of”: the mayor of | Orrin.
func (t *titles) placed(i int) bool {
	return i > 1 && t.v.Word(i-1) == "of" && t.v.In(i-2, rules.PlaceTitle)
}

// noPerson reports whether the name [first, end) after “the mayor of” is the place's alone: it has two words at most, or
// begins with no first name.
func (t *titles) noPerson(first, end int) bool {
	return end-first <= 2 || !t.firstName(t.v.Word(first), 10, 200)
}

// listedPlace reports whether [first, end) is a well-known place.
func (t *titles) listedPlace(first, end int) bool {
	e, ok := t.table.Phrase(hash(t.v, first, end))
	return ok && e.Best == annot.LOC && e.Weight >= 5
}

// ordinary reports whether the words [first, end) are mostly written in lower case.
func (t *titles) ordinary(first, end int) bool {
	for ; first < end; first++ {
		if ratio, known := t.table.Case(t.v.Word(first)); !known || ratio < 0.5 {
			return false
		}
	}
	return true
}

// jobBefore reports whether the mention m, the last drawn, is an ordinary word that a job before a name begins with:
// Software | Engineer | Omar Binnie. The name begins at token first.
func (t *titles) jobBefore(m annot.Mention, first int) bool {
	v := t.v
	k := first - 1
	if m.By == byUser || k < 1 || !v.Upper(k) || !v.Is(k, rules.RoleNoun|rules.TitleWord) || !spaced(v, k) || !spaced(v, k-1) {
		return false
	}
	if m.End != v.D.Tokens[k-1].End || t.last >= k {
		return false
	}
	if _, ok := t.table.Phrase(hash(v, t.last, k)); ok {
		return false
	}
	return t.ordinary(t.last, k)
}
