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

// partyTag finds the place in a tag of party and place at token i: Ana Cruz (D-N.Y.); Bo Lee, R-San Marlo; Eve Tan
// (PH-Bagan). It reports whether there is a tag.
func (c *compounds) partyTag(i int) bool {
	word := c.v.Word(i)
	hyphen := strings.IndexAny(word, hyphens)
	_, n := utf8.DecodeRuneInString(word[hyphen:])
	party, place := word[:hyphen], word[hyphen+n:]
	return party != "" && place != "" && c.tag(i, i, party, len(word)-len(place))
}

// spacedTag is partyTag for a tag whose party is token i, and whose dash is the next one: (D – Mass.).
func (c *compounds) spacedTag(i int) {
	t := c.v.D.Tokens
	if i+2 >= len(t) || len(c.v.Word(i)) != 1 || !dash(c.v.Word(i+1)) || t[i+2].Start-t[i].End > 5 {
		return
	}
	c.tag(i, i+2, c.v.Word(i), 0)
}

// dash reports whether the word is a hyphen or a dash.
func dash(word string) bool {
	switch word {
	case "-", "‑", "–", "—":
		return true
	}
	return false
}

// tag notes the party tag whose party is in token first, and whose place begins at the byte of token i. It reports
// whether it is one.
func (c *compounds) tag(first, i int, party string, at int) bool {
	v := c.v
	if first < 2 || !partyLetters(party) {
		return false
	}
	bracket := v.Word(first-1) == "("
	if !bracket && v.Word(first-1) != "," {
		return false
	}
	end := c.placeEnd(i)
	start := v.D.Tokens[i].Start + at
	place := annot.Span{Start: start, End: v.D.Tokens[end-1].End}
	if end == i+1 { // R-TX-03
		if k := strings.IndexAny(v.Word(i)[at:], hyphens); k > 0 && k+at+1 < len(v.Word(i)) && digit(v.Word(i)[at+k+1]) {
			place.End = start + k
		}
	}
	one := len(party) == 1
	if !one && !bracket && !allUpper(party) || !c.personBefore(first-1) && !(bracket && one && c.listedPlace(place)) {
		return false
	}
	if !one && !c.closes(end, bracket) {
		return false
	}
	tag := hyphened{Span: annot.Span{Start: v.D.Tokens[first].Start, End: v.D.Tokens[end-1].End}}
	if !one && allUpper(party) {
		tag.names = append(tag.names, annot.Mention{Span: annot.Span{Start: tag.Start, End: tag.Start + len(party)}, Type: annot.ORG,
			By: "model/party-tag", Confidence: byPartyTag})
	}
	if r, _ := utf8.DecodeRuneInString(v.D.Slice(place)); unicode.IsUpper(r) {
		tag.names = append(tag.names, annot.Mention{Span: place, Type: annot.LOC, By: "model/party-tag", Confidence: byPartyTag})
	} else if !digit(v.D.Slice(place)[0]) {
		return false
	}
	for _, m := range c.around(tag.Span) {
		if m.By == byUser {
			return true
		}
	}
	c.found = append(c.found, tag)
	return true
}

// closes reports whether token i ends what a bracket, or a comma, begins.
func (c *compounds) closes(i int, bracket bool) bool {
	if i == len(c.v.D.Tokens) {
		return !bracket
	}
	w := c.v.Word(i)
	return bracket && w == ")" || !bracket && (w == "," || w == ".")
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// partyLetters reports whether the word is the letter of a party, or its initials or an abbreviation: D, PH, Lab.
func partyLetters(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && (n == len(word) || len(word) <= 4)
}

// placeEnd returns the end of the place that begins in token i: D-San | Marlo.
func (c *compounds) placeEnd(i int) int {
	end := c.reach(i).end
	for k := i + 1; k < end; k++ {
		if c.v.Is(k, rules.TitleWord|rules.CommonCap) || initial(c.v.Word(k)) {
			return k
		}
	}
	return end
}

// personBefore reports whether the name of a person, or its possessive, ends before token i.
func (c *compounds) personBefore(i int) bool {
	v := c.v
	k := i - 1
	if k > 0 && segment.Possessive(v.Word(k)) {
		k--
	}
	s := v.D.Tokens[k].Span
	for _, m := range c.around(s) {
		if m.Type == annot.PER && (m.End == s.End || m.Contains(v.D.Tokens[i].Span)) {
			return true
		}
	}
	return false
}

// listedPlace reports whether the text of the span is a place that is often in the news.
func (c *compounds) listedPlace(s annot.Span) bool {
	e, ok := c.table.Phrase(gazetteer.Hash(gazetteer.Split(c.v.D.Slice(s))...))
	return ok && e.Best == annot.LOC && e.Weight >= 6
}
