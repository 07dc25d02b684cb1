package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// AttributionAt reads an attribution that begins at token i: a cue with its subject after it, or a subject with its cue.
// The inverted order needs a quote right before it.
func (r *Reader) AttributionAt(i int, around Tokens, afterQuote bool) (Attribution, bool) {
	v := r.View
	end := around.End
	if r.Quoted(i) {
		return Attribution{}, false
	}
	if c := r.CueAt(i); c != nil && r.MentionOf[i] < 0 && c.Class == rules.Phrase {
		if src, _, ok := r.NounPhrase(r.CueEnd(i), end); ok && src.Form != Impersonal {
			return Attribution{Source: src, Cue: Tokens{i, r.CueEnd(i)}, Rule: c.ID, Flags: r.Remarks(i, around)}, true
		}
		return Attribution{}, false
	}
	if r.VerbCue(i) && !(v.Is(i, People) && !afterQuote) {
		c := v.Cue[i]
		j := r.CueEnd(i)
		src, k, ok := r.NounPhrase(j, end)
		if ok {
			src, _ = r.Apposed(src, k, end)
		}
		if ok && src.Form != Impersonal && c.Class != rules.Tell && c.Class != rules.Call &&
			!strings.HasSuffix(v.Word(i), "ing") && !r.isObject(src) {
			return Attribution{Source: src, Cue: Tokens{i, j}, Rule: c.ID, Flags: r.Remarks(i, around)}, true
		}
		if strings.HasSuffix(v.Word(i), "ing") { // “…,” adding that …: the subject stands before the quote
			return Attribution{}, false
		}
	}
	for n := 0; i < end && n < 2 && r.MentionOf[i] < 0 && v.Is(i, rules.Adverb|rules.SentenceAdverb|rules.Conjunction) && !v.Is(i, Personal|People); n++ {
		if v.Is(i, rules.Conjunction) && afterQuote {
			return Attribution{}, false
		}
		i++
	}
	src, j, ok := r.NounPhrase(i, end)
	if ok && src.Form == Impersonal && segment.EqualFold(v.Word(src.First), "it") && j+1 < end && (r.VerbCue(j) || v.Is(j, rules.Adverb) && r.VerbCue(j+1)) {
		src.Form = Pronoun // it said, it further wrote
	}
	if !ok || src.Form == Impersonal {
		return Attribution{}, false
	}
	src, j = r.Apposed(src, j, end)
	t, flags, ok := r.cueAfterSubject(j, end)
	if !ok {
		return Attribution{}, false
	}
	if c := v.Cue[t]; c.Class == rules.Tell || c.Class == rules.Ask {
		if _, _, passive := r.VerbGroup(t, j); passive { // “Did you lie?” Baird was asked
			agent, ok := r.agent(t)
			return Attribution{Source: agent, Cue: Tokens{t, r.CueEnd(t)}, Rule: c.ID, Flags: flags, Nobody: !ok}, true
		}
	}
	return Attribution{Source: src, Cue: Tokens{t, r.CueEnd(t)}, Rule: v.Cue[t].ID, Flags: flags | r.Remarks(t, around)}, true
}

// isObject reports whether the noun phrase after an inverted cue is no subject, as in said | Monday.
func (r *Reader) isObject(src Source) bool {
	return src.Form == Nominal && !r.Is(src.Head, Bodies|rules.TitleWord) && !r.Is(src.First, rules.Determiner|rules.Possessive|rules.NumberWord|rules.Generic) && src.Affiliation < 0
}

// SkipPunctuation returns the first token from i on that is no comma, dash, bracket or stray mark.
func (r *Reader) SkipPunctuation(i, end int) (int, string) {
	seen := ""
	for i < end && !r.Quoted(i) && !r.Letter(i) && r.MentionOf[i] < 0 {
		word := r.Word(i)
		switch word {
		case ",", "—", "–", "--", "-", "―", ")", "]", "'", "’", "”", "\"", "''", ".":
			seen += word
			i++
			continue
		}
		break
	}
	return i, seen
}

// cueAfterSubject finds the cue whose subject ends at token j: what belongs to the verb and a parenthesis may lie between.
func (r *Reader) cueAfterSubject(j, end int) (int, annot.Flags, bool) {
	v := r.View
	var flags annot.Flags
	open := false // within a parenthesis of commas or dashes
	ready := true // only words of the verb group since the subject or the parenthesis
	end = min(end, j+MaxLook)
	for t := j; t < end; t++ {
		if r.Quoted(t) {
			return 0, 0, false
		}
		if ready && r.VerbCue(t) && !(v.Is(t, People) && t+1 < end && r.VerbCue(t+1)) {
			return t, flags, true
		}
		c := v.Class[t]
		switch word := v.Word(t); {
		case r.MentionOf[t] >= 0:
			ready = false
		case word == "(" || word == "[":
			for t < end && v.Word(t) != ")" && v.Word(t) != "]" {
				t++
			}
		case word == "," || word == "—" || word == "–" || word == "--":
			open, ready = true, true
		case word == ";" || word == ":":
			return 0, 0, false
		case c&rules.Negation != 0 && ready:
			flags |= annot.Negated
		case c&(rules.Auxiliary|rules.Adverb|rules.Modal|rules.TimeWord|rules.Weekday) != 0:
		case !open && c&rules.Preposition != 0 && t+1 < end && v.Is(t+1, rules.TimeWord|rules.Weekday|rules.Month):
		case !open && c&rules.Preposition != 0 && r.PhraseEnd(t+1, end) > 0:
			t = r.PhraseEnd(t+1, end) - 1
		case c&rules.Conjunction != 0 && r.coordinatedVerb(t, end):
		case !open && word == "who":
			open, ready = true, false
		case !open:
			// Smith smiled and said; Smith, a doctor said
			if !r.Verb(t) {
				return 0, 0, false
			}
			ready = false
			if !r.andCue(t, end) {
				return 0, 0, false
			}
		default:
			ready = false
		}
	}
	return 0, 0, false
}

// coordinatedVerb reports whether a cue follows the conjunction at token t.
func (r *Reader) coordinatedVerb(t, end int) bool {
	return t+1 < end && (r.VerbCue(t+1) || r.Is(t+1, rules.Adverb) && t+2 < end && r.VerbCue(t+2))
}

// andCue reports whether "and" with a cue follows the verb at token t within a few words.
func (r *Reader) andCue(t, end int) bool {
	for k := t + 1; k < min(end, t+10); k++ {
		if r.Is(k, rules.Conjunction) {
			return r.coordinatedVerb(k, end)
		}
		if !r.Letter(k) || r.Quoted(k) {
			return false
		}
	}
	return false
}
