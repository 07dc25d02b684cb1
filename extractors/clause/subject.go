package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// MaxLook bounds how many tokens are read to either side of a quote or a cue, so that each costs constant time.
const MaxLook = 60

// CueAt returns the cue that begins at token i, be it a verb, noun or phrase; nil within quotes and where none begins.
func (r *Reader) CueAt(i int) *rules.Cue {
	if r.Quoted(i) {
		return nil
	}
	return r.Cue[i]
}

// VerbCue reports whether a cue that is a verb begins at token i.
func (r *Reader) VerbCue(i int) bool {
	c := r.CueAt(i)
	return c != nil && c.Class != rules.Noun && c.Class != rules.Phrase && r.MentionOf[i] < 0
}

// CueEnd returns the token after the cue at token i.
func (r *Reader) CueEnd(i int) int { return i + int(r.CueLen[i]) }

// Remarks returns the flags that the cue at token i leaves on its quote.
func (r *Reader) Remarks(i int, around Tokens) (flags annot.Flags) {
	c := r.Cue[i]
	if c.Written {
		flags |= annot.Written
	}
	if c.Social {
		flags |= annot.Social
	}
	for k := r.CueEnd(i); k < min(around.End, r.CueEnd(i)+6) && !r.Quoted(k); k++ {
		if r.Is(k, rules.Social) && r.Upper(k) {
			flags |= annot.Social
		}
	}
	return flags
}

// VerbGroup goes left from the cue at token i over what belongs to its verb: has repeatedly | said. It returns the token
// that ends the rest, and what the words say of the speech.
func (r *Reader) VerbGroup(i, first int) (last int, flags annot.Flags, passive bool) {
	v := r.View
	last = i - 1
	for n := 0; last >= first && n < 8 && !r.Quoted(last); n++ {
		c := v.Class[last]
		switch {
		case r.MentionOf[last] >= 0:
			return last, flags, passive
		case c&rules.Negation != 0:
			flags |= annot.Negated
		case c&rules.Modal != 0 && c&(rules.RoleNoun|rules.Month) == 0:
			flags |= annot.Hypothetical
		case c&rules.Be != 0:
			passive = true
		case c&rules.Auxiliary != 0:
		case c&(rules.Adverb|rules.SentenceAdverb) != 0 && c&(Personal|People|rules.PronounRelative) == 0:
		case r.reflexive(last):
		case c == 0 && strings.HasSuffix(v.Word(last), "ly") && !v.Upper(last):
		case last > first && (c&(rules.TimeWord|rules.Weekday|rules.Month) != 0 || year(v.Word(last))) && c&People == 0:
			// who on Monday said
		case last+1 < i && c&rules.Preposition != 0 && (v.Is(last+1, rules.TimeWord|rules.Weekday|rules.Month) || year(v.Word(last+1))):
			// who in 2010 said
		case last+1 < i && last > first && c&rules.Determiner != 0 && v.Is(last+1, rules.TimeWord) && (v.Word(last) == "this" || v.Word(last) == "that"):
			// who this week said
		default:
			return last, flags, passive
		}
		last--
	}
	return last, flags, passive
}

// reflexive reports whether token i is a pronoun that stresses the subject before it: the mayor | herself | said.
func (r *Reader) reflexive(i int) bool {
	return r.In(i, rules.PronounObject) && (strings.HasSuffix(r.Word(i), "self") || strings.HasSuffix(r.Word(i), "selves"))
}

// year reports whether word is a year.
func year(word string) bool {
	return len(word) == 4 && (word[:2] == "19" || word[:2] == "20") && DigitFirst(word[2:]) && DigitFirst(word[3:])
}

// inParticiple reports whether the name at token i ends a participle's phrase: a source speaking to | Fox News.
func (r *Reader) inParticiple(i, first int) bool {
	k := i - 1
	if k > first && r.Is(k, rules.Determiner) {
		k--
	}
	if k <= first || !r.Is(k, rules.Preposition) {
		return false
	}
	for n := 0; n < 6 && k-1 > first && !r.Quoted(k-1); n++ { // marching through the streets of | Lund
		k--
		switch word := r.Word(k); {
		case r.MentionOf[k] < 0 && !r.Upper(k) && !r.Is(k, People) && (strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed")):
			return true
		case !r.Is(k, rules.Preposition|rules.Determiner|rules.Possessive) && !r.Noun(k):
			return false
		}
	}
	return false
}

// fallback finds the subject of a cue whose own clause names none: that of the cue before it, or of the sentence.
func (r *Reader) fallback(i, first, depth int, flags annot.Flags) (Source, annot.Flags, bool) {
	if depth < 2 {
		for k := i - 1; k >= first && !r.Quoted(k); k-- {
			if r.VerbCue(k) && r.Cue[k].Weight >= 0.6 && !r.NominalUse(k, Tokens{first, i}) {
				// After he called it a trap, Ann Cole left, | saying …
				if main, ok := r.MainSubject(first, i); ok && main.First > k {
					return main, flags, true
				}
				if src, _, ok := r.SubjectBefore(k, first, depth+1); ok && src.Form != Impersonal && src.Form != Relative {
					return src, flags, true
				}
				break
			}
		}
	}
	src, ok := r.MainSubject(first, i)
	return src, flags, ok
}

// agent finds the speaker of a passive cue: was described by Smith as “…”.
func (r *Reader) agent(i int) (Source, bool) {
	end := r.Around(i).End
	for k := r.CueEnd(i); k < min(end, r.CueEnd(i)+12); k++ {
		if r.Quoted(k) {
			continue
		}
		if r.Word(k) == "by" {
			src, _, ok := r.NounPhrase(k+1, end)
			return src, ok && src.Form != Impersonal
		}
		if r.VerbCue(k) {
			break
		}
	}
	return Source{}, false
}

// quotedAs finds the speaker of "saying" after as: Nash was quoted by the Daily Buoy as saying; misquoted Hale as saying.
func (r *Reader) quotedAs(as, first int, flags annot.Flags) (Source, annot.Flags, bool) {
	v := r.View
	src, ok := r.EndingAt(as-1, first)
	if ok && (src.Form != Nominal || r.Is(src.Head, Bodies)) {
		k := src.First - 1
		for k >= first && (v.Is(k, rules.TitleWord|rules.Determiner|rules.HonorificMale|rules.HonorificFemale) || r.Upper(k) && r.MentionOf[k] < 0) {
			k--
		}
		if k >= first && v.Word(k) != "by" && (r.Verb(k) || strings.HasSuffix(v.Word(k), "ed")) {
			return src, flags | annot.SecondHand, true
		}
	}
	src, ok = r.MainSubject(first, as)
	return src, flags | annot.SecondHand, ok
}

// EndingAt finds the longest noun phrase that ends with token last, not before token first.
func (r *Reader) EndingAt(last, first int) (Source, bool) {
	v := r.View
	if last < first || r.Quoted(last) {
		return Source{}, false
	}
	lo := last
	for lo > first && last-lo < 24 && !r.Quoted(lo-1) && !r.endsPhrase(lo-1, first) {
		lo--
	}
	for s := lo; s <= last; s++ {
		src, e, ok := r.NounPhrase(s, last+1)
		if !ok || e != last+1 || src.Form == Impersonal && s > lo && !segment.EqualFold(v.Word(s), "it") {
			continue
		}
		if src.Form == Nominal && s > lo && v.Is(s-1, rules.Preposition) && v.Word(s-1) == "of" && src.End-src.First == 1 {
			continue
		}
		return src, true
	}
	return Source{}, false
}

// endsPhrase reports whether no noun phrase that begins at token first or later goes on over the mark at token k.
func (r *Reader) endsPhrase(k, first int) bool {
	switch r.Word(k) {
	case ",", ";", ":", "(", ")", "—", "–", "--", ".", "“", "”", "\"":
		return r.MentionOf[k] < 0 && !r.joinsList(k, first)
	}
	return false
}

// joinsList reports whether the comma at token k stands in a list of names: A, B and C said.
func (r *Reader) joinsList(k, first int) bool {
	if r.Word(k) != "," || k-1 < first || k+1 >= len(r.MentionOf) || r.MentionOf[k-1] < 0 || r.MentionOf[k+1] < 0 {
		return false
	}
	return r.D.Mentions[r.MentionOf[k-1]].Type == annot.PER && r.D.Mentions[r.MentionOf[k+1]].Type == annot.PER &&
		r.listGoesOn(k+1, min(k+10, len(r.MentionOf)))
}

// beforeParenthesis finds the subject that the apposition or relative clause which the comma or dash at token shut
// closes belongs to: Sir Alan Pike, who replaced Joan Webb in May, | said.
func (r *Reader) beforeParenthesis(first, shut int) (Source, bool) {
	v := r.View
	var best Source
	found := false
	end := shut
	for k := shut - 1; k >= first-1; k-- {
		if k >= first && !r.Quoted(k) && !r.clauseMark(k) {
			continue
		}
		if src, ok := r.wholePhrase(k+1, end); ok {
			switch {
			case src.Form == Named && r.HasPerson(src), src.Form == Pronoun:
				return src, true
			case found && r.introduces(src, best, end):
				// The group, | Kestrel, | said
			case !found || r.claim(src) >= r.claim(best):
				best, found = src, true
			}
		} else if src, ok := r.antecedentAt(k+1, end, shut); ok {
			return src, true
		}
		end = k
		if k >= first && (r.Quoted(k) || v.Word(k) == ":" || v.Word(k) == ";") {
			break
		}
	}
	return best, found
}

// introduces reports whether the description src leads to the name of a body after the comma at token comma.
func (r *Reader) introduces(src, name Source, comma int) bool {
	return src.Form == Nominal && (r.Is(src.First, rules.Determiner|rules.Possessive) || src.Affiliation >= 0) && name.Form == Named &&
		name.First <= comma+2 && r.D.Mentions[name.Mentions[0]].Type == annot.ORG
}

// antecedentAt finds the noun before the mark at token mark that a relative clause follows, not before token first:
// Citing the rules, the Harbour Board, | which is closed, | said.
func (r *Reader) antecedentAt(first, mark, shut int) (Source, bool) {
	if mark+1 >= shut || !r.Is(mark+1, rules.PronounRelative) || r.Word(mark+1) == "that" {
		return Source{}, false
	}
	last := mark - 1
	if r.Word(last) == ")" {
		for last > first && r.Word(last) != "(" {
			last--
		}
		last--
	}
	src, ok := r.EndingAt(last, first)
	return src, ok && (src.Form == Named || src.Form == Nominal && r.Is(src.Head, Bodies))
}

// clauseMark reports whether token k is a mark that sets parts of a sentence off, and part of no name.
func (r *Reader) clauseMark(k int) bool {
	switch r.Word(k) {
	case ",", "—", "–", "--", ":", ";":
		return r.MentionOf[k] < 0
	}
	return false
}

// claim ranks what may be the subject of a verb of speech: people, bodies, other things, places.
func (r *Reader) claim(src Source) int {
	switch {
	case src.Form == Nominal && r.Is(src.Head, People):
		return 3
	case src.Form == Named && r.D.Mentions[src.Mentions[0]].Type != annot.LOC, src.Form == Nominal && r.Is(src.Head, Bodies):
		return 2
	case src.Form == Nominal:
		return 1
	}
	return 0
}

// wholePhrase reads the tokens [i, end) as one noun phrase, a word before it aside: But | Smith.
func (r *Reader) wholePhrase(i, end int) (Source, bool) {
	for i < end && r.MentionOf[i] < 0 && r.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb|rules.Subordinator) && !r.Is(i, Personal) {
		i++ // But Smith, as Smith
	}
	if i >= end {
		return Source{}, false
	}
	src, e, ok := r.NounPhrase(i, end)
	if ok && e < end && r.Word(e) == "(" { // Scott (D-Va.),
		for e < end && r.Word(e) != ")" {
			e++
		}
		e++
	}
	return src, ok && e >= end && src.Form != Impersonal
}

// MainSubject finds the subject of the sentence that begins at token first, before token limit: the first noun phrase
// that no preposition, subordinator or participle introduces.
func (r *Reader) MainSubject(first, limit int) (Source, bool) {
	v := r.View
	start := first
	for start < limit {
		if src, ok := r.SubjectAt(start, limit); ok {
			return src, true
		}
		// the next segment: after the next comma
		for start < limit && (v.Word(start) != "," && v.Word(start) != ":" || r.MentionOf[start] >= 0) {
			if r.Quoted(start) {
				return Source{}, false
			}
			start++
		}
		start++
	}
	return Source{}, false
}

// SubjectAt reads the subject that begins at token i, connecting words aside.
func (r *Reader) SubjectAt(i, limit int) (Source, bool) {
	v := r.View
	for i < limit && !r.Quoted(i) && r.MentionOf[i] < 0 && (!v.Letter(i) || v.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) &&
		!v.Is(i, Personal|People|rules.PronounImpersonal)) {
		i++
	}
	if i >= limit || r.Quoted(i) {
		return Source{}, false
	}
	c := v.Class[i]
	if c&(rules.Preposition|rules.Subordinator|rules.QuestionWord|rules.PronounRelative) != 0 && c&(Personal|rules.Determiner) == 0 &&
		r.MentionOf[i] < 0 || r.Verb(i) ||
		r.MentionOf[i] < 0 && !v.Upper(i) && strings.HasSuffix(v.Word(i), "ing") && c&Bodies == 0 {
		return Source{}, false
	}
	src, j, ok := r.NounPhrase(i, limit)
	if ok {
		src, _ = r.Apposed(src, j, limit)
	}
	if ok && j < limit && v.Word(j) == ":" && src.Form == Named && r.D.Mentions[src.Mentions[0]].Type == annot.LOC {
		return Source{}, false // AMMAN: The company said
	}
	if !ok || src.Form == Impersonal || src.Form == Nominal && !v.Is(src.Head, Bodies) && src.Affiliation < 0 {
		return Source{}, false
	}
	return src, true
}

// NominalUse reports whether the cue form at token k stands as a noun or adjective: the stated goal, his call.
func (r *Reader) NominalUse(k int, around Tokens) bool {
	v := r.View
	if k == around.First {
		return false
	}
	if v.Is(k-1, rules.PronounIndefinite) && !strings.HasSuffix(v.Word(k), "s") && !segment.EqualFold(v.Word(k), v.Cue[k].ID) {
		return false // another tweeted
	}
	if v.Is(k-1, rules.Determiner|rules.Possessive) && !v.Is(k-1, Personal|rules.PronounRelative) && v.Word(k-1) != "that" &&
		v.Word(k-1) != "this" || r.PossessiveMark(k-1) {
		return true
	}
	if v.Is(k, People|rules.ArtifactNoun|rules.GroupNoun) && k-2 >= around.First && r.PossessiveMark(k-2) {
		return true // the mayor’s late tweets
	}
	if v.Is(k, People|rules.ArtifactNoun|rules.GroupNoun) && v.Is(k-1, rules.Preposition) && v.Word(k-1) != "to" {
		return true
	}
	// the caustic chant: no singular subject takes the plain form
	return k-2 >= around.First && v.Cue[k].Class != rules.ReadOut && segment.EqualFold(v.Word(k), v.Cue[k].ID) && v.Is(k-2, rules.Determiner) &&
		r.Noun(k-1) && r.MentionOf[k-1] < 0 && !strings.HasSuffix(v.Word(k-1), "s") &&
		!v.Is(k-1, rules.RolePlural|rules.HumanPlural)
}
