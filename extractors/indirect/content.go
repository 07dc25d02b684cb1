package indirect

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/rules"
)

// close ends the content of r where another clause begins.
func (f *finder) close(r *report) {
	p := &r.parts[len(r.parts)-1]
	p.End = f.boundary(*p, r.shape)
	if r.src.Form == clause.Relative { // Park, who said that the bridge was old, | left
		for k := p.First + 1; k+1 < min(p.End, p.First+maxContent); k++ {
			if !f.Quoted(k) && !f.Quoted(k+1) && f.MentionOf[k] < 0 && f.Word(k) == "," &&
				(f.Verb(k+1) || f.MentionOf[k+1] < 0 && f.Is(k+1, rules.Auxiliary|rules.Modal)) && !strings.HasSuffix(f.Word(k+1), "ing") {
				p.End = k
				break
			}
		}
	}
	for p.End > p.First && f.mark(p.End-1) {
		p.End--
	}
}

// commaOrDash reports whether the word is a comma or a dash.
func commaOrDash(word string) bool {
	switch word {
	case ",", "—", "–", "--", "-":
		return true
	}
	return false
}

// boundary returns where the content that begins with t ends. It reads at most maxContent tokens.
func (f *finder) boundary(t clause.Tokens, shape string) int {
	v := f.View
	whole := shape == "that" || shape == "clause" || shape == "question" || shape == "according-to" || shape == "noun-that"
	for k := t.First + 1; k < min(t.End, t.First+maxContent); k++ {
		if !f.narrated(k) {
			continue
		}
		word := v.Word(k)
		switch {
		case word == ";":
			return k
		case commaOrDash(word):
			if f.attributes(k+1, t.End) {
				return k
			}
			if !whole && (word != "," || !f.goesOn(k, t.End)) {
				return k
			}
		case v.Is(k, rules.Conjunction) && (word == "and" || word == "but") && f.secondCue(k+1, t.End):
			return k
		case !whole && k > t.First+1 && v.In(k, rules.ContentEnd) && !v.Upper(k):
			return k
		}
	}
	return t.End
}

// attributes reports whether a cue stands at token i, after a comma: …, saying …; …, according to …; …, and added that ….
func (f *finder) attributes(i, end int) bool {
	v := f.View
	for n := 0; n < 2 && i < end && f.narrated(i) && v.Is(i, rules.Conjunction|rules.Adverb); n++ {
		i++
	}
	if i >= end || !f.narrated(i) {
		return false
	}
	if c := v.Cue[i]; c != nil && c.Class == rules.Phrase {
		return true
	}
	return f.VerbCue(i) && v.Cue[i].Weight >= 0.6 && (strings.HasSuffix(v.Word(i), "ing") || f.secondCue(i, end))
}

// secondCue reports whether a further verb of speech with its own content stands at token i: and | said that.
func (f *finder) secondCue(i, end int) bool {
	v := f.View
	for n := 0; n < 2 && i < end && f.narrated(i) && v.Is(i, rules.Adverb); n++ {
		i++
	}
	if i+1 >= end || !f.VerbCue(i) || v.Cue[i].Weight < 0.6 {
		return false
	}
	return strings.HasSuffix(v.Word(i), "ed") || v.In(i, rules.SecondCue) && !v.Upper(i)
}

// goesOn reports whether the comma at token k stands within a list or before a relative clause, so that the noun phrase
// goes on after it.
func (f *finder) goesOn(k, end int) bool {
	v := f.View
	for t := k + 1; t < min(end, k+7); t++ {
		if f.Quoted(t) {
			return false
		}
		if f.MentionOf[t] >= 0 {
			continue
		}
		if v.Word(t) == "and" || v.Word(t) == "or" {
			return t > k+1 || !f.secondCue(t+1, end)
		}
		if f.Verb(t) || v.Is(t, rules.Auxiliary|rules.Modal|rules.Subordinator) {
			return false
		}
	}
	return false
}
