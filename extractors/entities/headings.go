package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// byHeading is the confidence of a mention that was found in a heading in capitals.
const byHeading = 0.7

// headings sets right the mentions of sentences in capitals, where the tagger takes verbs and objects into names: MAYOR |
// ANA COLE | SAYS PORT WILL CLOSE. Names that the article has in normal case come first, then what was found as far as it
// is made of names, then well-known bodies and places, then first names with a surname. ms are sorted and do not
// overlap; so is the result.
func headings(v *segment.View, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	h := &header{v: v, table: table}
	for s, sent := range v.D.Sentences {
		if h.inCapitals(sent) {
			h.sentences = append(h.sentences, s)
		}
	}
	if len(h.sentences) == 0 {
		return ms
	}
	h.learn(ms)
	out := make([]annot.Mention, 0, len(ms)+4)
	for _, s := range h.sentences {
		span := v.Span(v.D.Sentences[s].FirstToken, v.D.Sentences[s].EndToken)
		for len(ms) > 0 && ms[0].Start < span.Start {
			out = append(out, ms[0])
			ms = ms[1:]
		}
		k := 0
		for k < len(ms) && ms[k].Start < span.End {
			k++
		}
		out = h.draw(v.D.Sentences[s], ms[:k], out)
		ms = ms[k:]
	}
	return append(out, ms...)
}

// A header finds the names in the sentences of an article that are in capitals.
type header struct {
	v         *segment.View
	table     *gazetteer.Table
	sentences []int
	names     map[string][]knownName // the names of the article in normal case, by their first word in capitals
}

// A knownName is a name of the article, its words in capitals.
type knownName struct {
	words []string
	typ   annot.Type
}

// inCapitals reports whether all words of the sentence are in capitals, of which there are several.
func (h *header) inCapitals(s annot.Sentence) bool {
	v := h.v
	words := 0
	for i := s.FirstToken; i < s.EndToken; i++ {
		switch w := v.Word(i); {
		case !v.Letter(i) || len(w) == 1:
		case !allUpper(w):
			return false
		default:
			words++
		}
	}
	return words > 2 && v.D.Paragraphs[s.Paragraph].Zone != annot.Dateline
}

// learn notes the names of the article outside of the sentences in capitals.
func (h *header) learn(ms []annot.Mention) {
	h.names = map[string][]knownName{}
	i, end := 0, 0
	for _, m := range ms {
		i, end = tokensOf(h.v, m.Span, i)
		if m.Confidence < sure || m.Type == annot.MISC || allUpper(h.v.D.Slice(m.Span)) {
			continue
		}
		h.note(i, end, m.Type)
		if m.Type == annot.PER && end-i > 1 && !h.ordinary(end-1) {
			h.note(end-1, end, annot.PER)
		}
	}
}

// note remembers the name of the tokens [i, end).
func (h *header) note(i, end int, t annot.Type) {
	words := make([]string, 0, end-i)
	for ; i < end; i++ {
		words = append(words, strings.ToUpper(h.v.Word(i)))
	}
	same := func(k knownName) bool { return slices.Equal(k.words, words) }
	if list := h.names[words[0]]; len(list) < maxSameStart && !slices.ContainsFunc(list, same) {
		h.names[words[0]] = append(list, knownName{words, t})
	}
}

// maxSameStart bounds the names of one first word that are compared.
const maxSameStart = 20

// draw appends the mentions of a sentence in capitals. ms are those that were found in it.
func (h *header) draw(s annot.Sentence, ms, out []annot.Mention) []annot.Mention {
	v := h.v
	for i := s.FirstToken; i < s.EndToken; {
		for len(ms) > 0 && ms[0].End <= v.D.Tokens[i].Start {
			ms = ms[1:]
		}
		m, end := h.at(i, s.EndToken, ms)
		if end == i {
			i++
			continue
		}
		m.Span = v.Span(i, end)
		out = append(out, m)
		i = end
	}
	return out
}

// at returns the mention that begins at token i and its end, which is i if none does.
func (h *header) at(i, limit int, ms []annot.Mention) (m annot.Mention, end int) {
	v := h.v
	end = i
	if len(ms) > 0 && ms[0].Start == v.D.Tokens[i].Start {
		m, end = ms[0], h.cut(i, ms[0])
	}
	if m.By == byUser {
		return m, end
	}
	if k, t := h.known(i, limit); k > end || k > i && k == end && t != m.Type && m.Confidence < unsure {
		m.Type, m.By, m.Confidence, end = t, "model/heading", max(m.Confidence, byHeading), k
	}
	if end > i {
		return m, end
	}
	found := annot.Mention{Type: annot.PER, By: "model/heading", Confidence: byHeading}
	if k, t := h.listed(i, limit); k > i {
		found.Type = t
		return found, k
	}
	return found, h.person(i, limit)
}

// cut returns the end of the mention at token i without the verb and what comes after it.
func (h *header) cut(i int, m annot.Mention) int {
	v := h.v
	if m.By == byUser {
		for i < len(v.D.Tokens) && v.D.Tokens[i].Start < m.End {
			i++
		}
		return i
	}
	end := i
	for ; end < len(v.D.Tokens) && v.D.Tokens[end].Start < m.End; end++ {
		if end > i && (h.verb(end) || m.Type == annot.PER && h.ordinary(end) && !(end == i+1 && h.surnameAfter(end))) {
			break
		}
	}
	const noName = rules.GroupNoun | rules.RoleNoun | rules.TitleWord
	if end == i+1 && v.D.Tokens[i].End < m.End && (h.ordinary(i) || v.Is(i, noName)) {
		return i // of POLICE ARREST COLE nothing is left
	}
	return end
}

// known returns the end and the type of the longest name of the article at token i.
func (h *header) known(i, limit int) (end int, t annot.Type) {
	end = i
	for _, k := range h.names[h.v.Word(i)] {
		n := 1
		for n < len(k.words) && i+n < limit && h.v.Word(i+n) == k.words[n] {
			n++
		}
		if n == len(k.words) && i+n > end {
			end, t = i+n, k.typ
		}
	}
	return end, t
}

// listed returns the end and the type of the longest well-known place or body of several words at token i, or of the
// country of one.
func (h *header) listed(i, limit int) (end int, t annot.Type) {
	end = i
	if h.v.Is(i, rules.Determiner) {
		return end, t
	}
	hash := gazetteer.SeedFold
	for k := i; k < min(limit, i+maxPhrase); k++ {
		hash = gazetteer.ExtendFold(hash, h.v.Word(k))
		e, ok := h.table.Phrase(hash)
		if ok && (e.Best == annot.LOC || e.Best == annot.ORG) && e.Weight >= 5 && !e.Ambiguous && (k > i || e.Best == annot.LOC && e.Weight == 7) {
			end, t = k+1, e.Best
		}
		if !e.More {
			break
		}
	}
	return end, t
}

// person returns the end of the name of a person that begins at token i with a first name, or after a title with any name.
func (h *header) person(i, limit int) int {
	v := h.v
	const noName = function | rules.TitleWord | rules.RoleNoun | rules.Demonym | rules.TimeWord | rules.Month | rules.Weekday
	if !v.Letter(i) || h.ordinary(i) || h.other(i) || v.Is(i, noName) {
		return i
	}
	titled := i > 0 && v.Is(i-1, rules.TitleWord|rules.HonorificMale|rules.HonorificFemale) && h.surname(i)
	first := h.firstName(i)
	if !titled && !first {
		return i
	}
	end := i + 1
	for end < min(limit, i+5) && h.continues(end, end == i+1 && first) {
		end++
	}
	if end == i+1 && !titled {
		return i
	}
	return end
}

// continues reports whether token i goes on with the name of a person. Second says that a first name comes before it.
func (h *header) continues(i int, second bool) bool {
	v := h.v
	if v.Is(i, function|rules.Demonym|rules.TimeWord) || h.verb(i) {
		return false
	}
	if second && h.surnameAfter(i) {
		return true
	}
	return h.surname(i) && !h.other(i) && !v.Is(i, rules.TitleWord|rules.RoleNoun)
}

// surname reports whether token i is a surname and seldom anything else.
func (h *header) surname(i int) bool {
	s, ok := h.table.Surname(h.v.Word(i))
	return ok && s.LowerRatio < 128
}

// firstName reports whether token i is a common first name.
func (h *header) firstName(i int) bool {
	f, ok := h.table.FirstName(h.v.Word(i))
	return ok && f.Common >= 12 && f.NewsCap >= 200
}

// other reports whether token i alone names a well-known place or body.
func (h *header) other(i int) bool {
	e, ok := h.table.Phrase(gazetteer.HashFold(h.v.Word(i)))
	return ok && e.Best != annot.PER && e.Weight >= 4
}

// verb reports whether token i is a verb that no name holds, as the participle in DORN HOLDING.
func (h *header) verb(i int) bool {
	v := h.v
	if strings.HasSuffix(v.Word(i), "ING") {
		return false
	}
	cue := v.Cue[i] != nil && v.Cue[i].Class != rules.Noun && v.Cue[i].Class != rules.Phrase
	return h.ordinary(i) && (v.Is(i, rules.CommonVerb|rules.Auxiliary|rules.Modal) || cue) && !v.Is(i, rules.OrgHead|rules.PlaceHead)
}

// ordinary reports whether token i is a word that is seldom a name.
func (h *header) ordinary(i int) bool {
	ratio, known := h.table.Case(h.v.Word(i))
	return known && ratio > 0.9
}

// surnameAfter reports whether token i, an ordinary word after a first name, is the surname: ANN YOUNG. Few surnames look
// like the verbs of headings: CUTS, FINED.
func (h *header) surnameAfter(i int) bool {
	w := h.v.Word(i)
	s, ok := h.table.Surname(w)
	likeVerb := strings.HasSuffix(w, "S") || strings.HasSuffix(w, "ED")
	return ok && (s.News >= 4 || !likeVerb) && !h.verb(i)
}
