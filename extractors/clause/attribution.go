package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// An Attribution is a cue with its source.
type Attribution struct {
	Source Source
	Cue    Tokens
	// Rule is the ID of the rule that the cue is from.
	Rule string
	// Flags are what the words say of the speech: that it was written, negated and the like.
	Flags annot.Flags
	// Nobody says that the cue has no source that can be named: it is impersonal, generic or hypothetical.
	Nobody bool
}

// AttributionAt reads an attribution that begins at token i: a cue with its subject after it, or a subject with its cue. around is the
// narrative sentence, which it reads to the end at most. The inverted order needs a quote right before token i, as afterQuote says.
func (r *Reader) AttributionAt(i int, around Tokens, afterQuote bool) (Attribution, bool) {
	kinds := attributionReader{r}
	switch c := r.CueAt(i); {
	case r.Quoted(i):
		return Attribution{}, false
	case c != nil && r.MentionOf[i] < 0 && c.Class == rules.Phrase:
		return kinds.phraseAttribution(i, around)
	case afterQuote && r.MentionOf[i] < 0 && r.Word(i) == "as": // as Ann Cole says
		return kinds.subjectAttribution(i+1, around, false)
	case r.VerbCue(i) && (afterQuote || !r.Is(i, People)):
		if a, ok := kinds.invertedAttribution(i, around); ok {
			return a, true
		}
		if strings.HasSuffix(r.Word(i), "ing") { // “…,” adding that …: the subject stands before the quote
			return Attribution{}, false
		}
	}
	return kinds.subjectAttribution(i, around, afterQuote)
}

// attributionReader reads the kinds of attributions.
type attributionReader struct{ *Reader }

// phraseAttribution: according to Smith.
func (r attributionReader) phraseAttribution(i int, around Tokens) (Attribution, bool) {
	src, _, ok := r.NounPhrase(r.CueEnd(i), around.End)
	if !ok || src.Form == Impersonal {
		return Attribution{}, false
	}
	return r.attribution(src, i, r.Remarks(i, around)), true
}

// invertedAttribution: said Smith.
func (r attributionReader) invertedAttribution(i int, around Tokens) (Attribution, bool) {
	class := r.Cue[i].Class
	if class == rules.Tell || class == rules.Call || strings.HasSuffix(r.Word(i), "ing") {
		return Attribution{}, false
	}
	src, k, ok := r.NounPhrase(r.CueEnd(i), around.End)
	if !ok {
		return Attribution{}, false
	}
	src, _ = r.Apposed(src, k, around.End)
	if src.Form == Impersonal || r.isObject(src) {
		return Attribution{}, false
	}
	return r.attribution(src, i, r.Remarks(i, around)), true
}

// subjectAttribution: Smith said; later the mayor of Lund said.
func (r attributionReader) subjectAttribution(i int, around Tokens, afterQuote bool) (Attribution, bool) {
	end := around.End
	const connecting = rules.Adverb | rules.SentenceAdverb | rules.Conjunction
	for n := 0; i < end && n < 2 && r.MentionOf[i] < 0 && r.Is(i, connecting) && !r.Is(i, Personal|People); n++ {
		if r.Is(i, rules.Conjunction) && afterQuote {
			return Attribution{}, false
		}
		i++
	}
	src, j, ok := r.NounPhrase(i, end)
	if ok && r.itSpeaks(src, j, end) {
		src.Form = Pronoun
	}
	if !ok || src.Form == Impersonal {
		return Attribution{}, false
	}
	src, j = r.Apposed(src, j, end)
	t, flags, ok := r.cueAfterSubject(j, end)
	if !ok {
		return Attribution{}, false
	}
	if a, ok := r.passedOn(src, t, around.End); ok {
		return a, true
	}
	if r.hasAgent(t, j) { // “modest” measures announced by the council
		return Attribution{}, false
	}
	if class := r.Cue[t].Class; class == rules.Tell || class == rules.Ask {
		if _, _, passive := r.VerbGroup(t, j); passive { // “Did you lie?” Baird was asked
			agent, ok := r.agent(t)
			a := r.attribution(agent, t, flags)
			a.Nobody = !ok
			return a, true
		}
	}
	return r.attribution(src, t, flags|r.Remarks(t, around)), true
}

// passedOn reads whom the source at the cue at token t quotes: The Ledger quoted | Ann Cole | as saying; the Ledger reported,
// citing | Ann Cole.
func (r attributionReader) passedOn(src Source, t, end int) (Attribution, bool) {
	e := r.CueEnd(t)
	if said, k, ok := r.NounPhrase(e, end); ok && said.Form != Impersonal {
		if k+1 < end && r.Word(k) == "as" && r.VerbCue(k+1) && strings.HasSuffix(r.Word(k+1), "ing") {
			return r.attribution(said, k+1, annot.SecondHand), true
		}
		return Attribution{}, false
	}
	if e+2 >= end || r.Word(e) != "," || r.Quoted(e+1) || r.Cue[e+1] == nil || r.Word(e+1) != "citing" || src.Form != Named || r.HasPerson(src) {
		return Attribution{}, false
	}
	cited, _, ok := r.NounPhrase(e+2, end)
	if !ok || cited.Form != Pronoun && !(cited.Form == Named && r.HasPerson(cited)) && !(cited.Form == Nominal && r.Is(cited.Head, People)) {
		return Attribution{}, false
	}
	return r.attribution(cited, e+1, annot.SecondHand), true
}

// hasAgent reports whether the cue at token t is a participle that says what was done with the noun right before it, at token j.
func (r attributionReader) hasAgent(t, j int) bool {
	e := r.CueEnd(t)
	return t == j && strings.HasSuffix(r.Word(t), "ed") && e < len(r.Class) && !r.Quoted(e) && r.Word(e) == "by"
}

// itSpeaks reports whether src is an it that a verb of speech follows at token j: it said, it further wrote.
func (r attributionReader) itSpeaks(src Source, j, end int) bool {
	return src.Form == Impersonal && segment.EqualFold(r.Word(src.First), "it") && j+1 < end &&
		(r.VerbCue(j) || r.Is(j, rules.Adverb) && r.VerbCue(j+1))
}

// attribution returns the attribution to src by the cue at token i.
func (r attributionReader) attribution(src Source, i int, flags annot.Flags) Attribution {
	return Attribution{Source: src, Cue: Tokens{i, r.CueEnd(i)}, Rule: r.Cue[i].ID, Flags: flags}
}

// isObject reports whether the noun phrase after an inverted cue is no subject, as in said | Monday.
func (r attributionReader) isObject(src Source) bool {
	return src.Form == Nominal && !r.Is(src.Head, Bodies|rules.TitleWord) &&
		!r.Is(src.First, rules.Determiner|rules.Possessive|rules.NumberWord|rules.Generic) && src.Affiliation < 0
}

// SkipPunctuation returns the first token from i on that is no comma, dash, bracket or stray mark, and the marks that it skipped.
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
func (r attributionReader) cueAfterSubject(j, end int) (int, annot.Flags, bool) {
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
			if k, ok := r.unclosedApposition(t+1, end); ok && !open {
				return k, flags, true
			}
			open, ready = true, true
		case word == ";" || word == ":":
			return 0, 0, false
		case c&rules.Negation != 0 && ready:
			flags |= annot.Negated
		case c&(rules.Auxiliary|rules.Adverb|rules.Modal|rules.TimeWord|rules.Weekday) != 0 || r.reflexive(t):
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

// unclosedApposition finds the cue right after a description of a person at token i: Ann Cole, | the mayor of Lund | told us.
func (r attributionReader) unclosedApposition(i, end int) (int, bool) {
	src, k, ok := r.NounPhrase(i, end)
	if !ok || k >= end || src.Form != Nominal || !r.Is(src.Head, People) || r.Is(src.Head, rules.RolePlural|rules.HumanPlural) || !r.VerbCue(k) {
		return 0, false
	}
	return k, r.CueEnd(k) >= end || r.Word(r.CueEnd(k)) != ","
}

// coordinatedVerb reports whether a cue follows the conjunction at token t.
func (r attributionReader) coordinatedVerb(t, end int) bool {
	return t+1 < end && (r.VerbCue(t+1) || r.Is(t+1, rules.Adverb) && t+2 < end && r.VerbCue(t+2))
}

// andCue reports whether "and" with a cue follows the verb at token t within a few words.
func (r attributionReader) andCue(t, end int) bool {
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
