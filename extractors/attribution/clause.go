package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxLook bounds how many tokens are read to either side of a quote or a cue, so that each costs constant time.
const maxLook = 60

// answer is what a sieve found.
type answer struct {
	src   source
	cue   tokens
	rule  string
	flags annot.Flags
	none  bool // a cue without a source: impersonal, generic, hypothetical
}

func (r *clauseReader) cueAt(i int) *rules.Cue {
	if r.quoted(i) {
		return nil
	}
	return r.Cue[i]
}

// verbCue reports whether a cue that is a verb begins at token i.
func (r *clauseReader) verbCue(i int) bool {
	c := r.cueAt(i)
	return c != nil && c.Class != rules.Noun && c.Class != rules.Phrase && r.mention[i] < 0
}

func (r *clauseReader) cueEnd(i int) int { return i + int(r.CueLen[i]) }

// remarks returns the flags that the cue at token i leaves on its quote.
func (r *clauseReader) remarks(i int, around tokens) (flags annot.Flags) {
	c := r.Cue[i]
	if c.Written {
		flags |= annot.Written
	}
	if c.Social {
		flags |= annot.Social
	}
	for k := r.cueEnd(i); k < min(around.end, r.cueEnd(i)+6) && !r.quoted(k); k++ {
		if r.Is(k, rules.Social) && r.Upper(k) {
			flags |= annot.Social
		}
	}
	return flags
}

// verbGroup goes left from the cue at token i over what belongs to its verb: has repeatedly | said. It returns the token
// that ends the rest, and what the words say of the speech.
func (r *clauseReader) verbGroup(i, first int) (last int, flags annot.Flags, passive bool) {
	v := r.View
	last = i - 1
	for n := 0; last >= first && n < 8 && !r.quoted(last); n++ {
		c := v.Class[last]
		switch {
		case r.mention[last] >= 0:
			return last, flags, passive
		case c&rules.Negation != 0:
			flags |= annot.Negated
		case c&rules.Modal != 0 && c&(rules.RoleNoun|rules.Month) == 0:
			flags |= annot.Hypothetical
		case c&rules.Be != 0:
			passive = true
		case c&rules.Auxiliary != 0:
		case c&rules.Adverb != 0 && c&(personal|people|rules.PronounRelative) == 0:
		case c == 0 && strings.HasSuffix(v.Word(last), "ly") && !v.Upper(last):
		case last > first && (c&(rules.TimeWord|rules.Weekday|rules.Month) != 0 || year(v.Word(last))) && c&people == 0:
			// who in 2010 said, who on Monday said
			if last--; last > first && v.Is(last, rules.Preposition|rules.Determiner) {
				continue
			}
			last++
		case last+1 < i && c&rules.Preposition != 0 && (v.Is(last+1, rules.TimeWord|rules.Weekday|rules.Month) || year(v.Word(last+1))):
		default:
			return last, flags, passive
		}
		last--
	}
	return last, flags, passive
}

// year reports whether word is a year.
func year(word string) bool {
	return len(word) == 4 && (word[:2] == "19" || word[:2] == "20") && digitFirst(word[2:]) && digitFirst(word[3:])
}

// subjectBefore finds the subject of the cue at token i in the clause before it, not before token first.
func (r *clauseReader) subjectBefore(i, first, depth int) (src source, flags annot.Flags, ok bool) {
	v := r.View
	first = max(first, i-maxLook)
	participle := strings.HasSuffix(v.Word(r.cueEnd(i)-1), "ing") || strings.HasSuffix(v.Word(i), "ing")
	last, flags, passive := r.verbGroup(i, first)
	if last < first {
		return source{}, flags, false
	}
	if passive && !participle {
		if src, ok := r.agent(i); ok {
			return src, flags, true
		}
		switch v.Cue[i].Class {
		case rules.Say, rules.Tell, rules.Ask, rules.Write:
			return source{form: impersonal}, flags, true
		case rules.Call, rules.Think:
			return source{}, flags, false // jobs that are considered “inherently governmental”
		}
	}
	if r.quoted(last) {
		return r.fallback(i, first, depth, flags)
	}
	word := v.Word(last)
	switch {
	case word == "," && participle:
		return r.fallback(i, first, depth, flags)
	case word == ")" || word == "]":
		k := last - 1
		for k > first && v.Word(k) != "(" && v.Word(k) != "[" {
			k--
		}
		if src, ok := r.endingAt(k-1, first); ok {
			return src, flags, true
		}
		return r.fallback(i, first, depth, flags)
	case word == "," || word == "—" || word == "–" || word == "--" || word == "-":
		if src, ok := r.beforeParenthesis(first, last); ok {
			return src, flags, true
		}
		return r.fallback(i, first, depth, flags)
	case word == "as" && participle:
		return r.quotedAs(last, first, flags)
	case word == "to" || v.Is(last, rules.Conjunction):
		return r.fallback(i, first, depth, flags)
	case v.Is(last, rules.PronounRelative) && word != "that" || word == "that" && last > first && r.noun(last-1):
		src := source{form: relative, tokens: tokens{last, last + 1}, affiliation: -1, head: last}
		k := last - 1
		if k >= first && v.Word(k) == "," {
			k--
		}
		if a, ok := r.endingAt(k, first); ok {
			src.antecedent = a.mentions
			if a.form == nominal {
				src.affiliation, src.head = a.affiliation, a.head
			}
		}
		if len(src.antecedent) == 0 { // Amara Nwosu, who studies fungi and who calls herself
			if a, ok := r.mainSubject(first, last); ok && a.form == named && r.hasPerson(a) {
				src.antecedent = a.mentions
			}
		}
		return src, flags, true
	}
	src, ok = r.endingAt(last, first)
	switch {
	case !ok:
		return r.fallback(i, first, depth, flags)
	case participle && src.form == nominal:
		// issued a statement saying “…”: the issuer says it
		if s, f, ok := r.fallback(i, first, depth, flags); ok && (s.form != nominal || v.Is(src.head, rules.ArtifactNoun) && s.end <= src.first) {
			return s, f, true
		}
	case (src.form == named && !r.hasPerson(src) || src.form == nominal && !v.Is(src.head, bodies)) && r.inParticiple(src.first, first):
		// another source speaking to Fox News said
		if s, ok := r.mainSubject(first, i); ok && s.end <= src.first {
			return s, flags, true
		}
	case src.form == named && src.first > first && r.D.Mentions[src.mentions[0]].Type == annot.LOC && (v.Is(src.first-1, rules.PlacePreposition) || v.Word(src.first-1) == "of"):
		// The company that was to build a plant near Aqaba said
		if s, ok := r.mainSubject(first, i); ok && s.end <= src.first && !(s.form == named && r.D.Mentions[s.mentions[0]].Type == annot.LOC) {
			return s, flags, true
		}
	case src.form == impersonal && segment.EqualFold(v.Word(src.first), "it") && !passive:
		src.form = pronoun // It continued: the body that spoke last
	case src.form == nominal && !r.Is(src.head, bodies) && r.verb(max(last-1, first)):
		return r.fallback(i, first, depth, flags)
	}
	return src, flags, true
}

// inParticiple reports whether the name at token i ends a participle's phrase: a source speaking to | Fox News.
func (r *clauseReader) inParticiple(i, first int) bool {
	k := i - 1
	if k > first && r.Is(k, rules.Determiner) {
		k--
	}
	if k <= first || !r.Is(k, rules.Preposition) {
		return false
	}
	for n := 0; n < 6 && k-1 > first && !r.quoted(k-1); n++ { // marching through the streets of | Lund
		k--
		switch word := r.Word(k); {
		case r.mention[k] < 0 && !r.Upper(k) && !r.Is(k, people) && (strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed")):
			return true
		case !r.Is(k, rules.Preposition|rules.Determiner|rules.Possessive) && !r.noun(k):
			return false
		}
	}
	return false
}

// fallback finds the subject of a cue whose own clause names none: that of the cue before it, or of the sentence.
func (r *clauseReader) fallback(i, first, depth int, flags annot.Flags) (source, annot.Flags, bool) {
	if depth < 2 {
		for k := i - 1; k >= first && !r.quoted(k); k-- {
			if r.verbCue(k) && r.Cue[k].Weight >= 0.6 && !r.nominalUse(k, tokens{first, i}) {
				if src, _, ok := r.subjectBefore(k, first, depth+1); ok && src.form != impersonal && src.form != relative {
					return src, flags, true
				}
				break
			}
		}
	}
	src, ok := r.mainSubject(first, i)
	return src, flags, ok
}

// agent finds the speaker of a passive cue: was described by Smith as “…”.
func (r *clauseReader) agent(i int) (source, bool) {
	end := r.around(i).end
	for k := r.cueEnd(i); k < min(end, r.cueEnd(i)+12); k++ {
		if r.quoted(k) {
			continue
		}
		if r.Word(k) == "by" {
			src, _, ok := r.nounPhrase(k+1, end)
			return src, ok && src.form != impersonal
		}
		if r.verbCue(k) {
			break
		}
	}
	return source{}, false
}

// quotedAs finds the speaker of "saying" behind as: Nash was quoted by the Daily Buoy as saying; misquoted Hale as saying.
func (r *clauseReader) quotedAs(as, first int, flags annot.Flags) (source, annot.Flags, bool) {
	v := r.View
	src, ok := r.endingAt(as-1, first)
	if ok {
		k := src.first - 1
		for k >= first && (v.Is(k, rules.TitleWord|rules.Determiner|rules.HonorificMale|rules.HonorificFemale) || r.Upper(k) && r.mention[k] < 0) {
			k--
		}
		if k >= first && v.Word(k) != "by" && (r.verb(k) || strings.HasSuffix(v.Word(k), "ed")) {
			return src, flags, true
		}
	}
	src, ok = r.mainSubject(first, as)
	return src, flags | annot.SecondHand, ok
}

// endingAt finds the longest noun phrase that ends with token last, not before token first.
func (r *clauseReader) endingAt(last, first int) (source, bool) {
	v := r.View
	if last < first || r.quoted(last) {
		return source{}, false
	}
	lo := last
	for lo > first && last-lo < 24 && !r.quoted(lo-1) {
		switch v.Word(lo - 1) {
		case ",", ";", ":", "(", ")", "—", "–", "--", ".", "“", "”", "\"":
			if r.mention[lo-1] < 0 && !r.joinsList(lo-1, first) {
				goto found
			}
		}
		lo--
	}
found:
	for s := lo; s <= last; s++ {
		src, e, ok := r.nounPhrase(s, last+1)
		if !ok || e != last+1 || src.form == impersonal && s > lo && !segment.EqualFold(v.Word(s), "it") {
			continue
		}
		if src.form == nominal && s > lo && v.Is(s-1, rules.Preposition) && v.Word(s-1) == "of" && src.end-src.first == 1 {
			continue
		}
		return src, true
	}
	return source{}, false
}

// joinsList reports whether the comma at token k stands in a list of names: A, B and C said.
func (r *clauseReader) joinsList(k, first int) bool {
	if r.Word(k) != "," || k-1 < first || k+1 >= len(r.mention) || r.mention[k-1] < 0 || r.mention[k+1] < 0 {
		return false
	}
	return r.D.Mentions[r.mention[k-1]].Type == annot.PER && r.D.Mentions[r.mention[k+1]].Type == annot.PER && r.listGoesOn(k+1, min(k+10, len(r.mention)))
}

// beforeParenthesis finds the subject that the apposition or relative clause which the comma or dash at token shut
// closes belongs to: Sir Alan Pike, who replaced Joan Webb in May, | said.
func (r *clauseReader) beforeParenthesis(first, shut int) (source, bool) {
	v := r.View
	var best source
	found := false
	end := shut
	for k := shut - 1; k >= first-1; k-- {
		boundary := k < first
		if !boundary {
			if r.quoted(k) {
				boundary = true
			} else if r.mention[k] < 0 {
				switch v.Word(k) {
				case ",", "—", "–", "--", ":", ";":
					boundary = true
				}
			}
		}
		if !boundary {
			continue
		}
		if src, ok := r.segment(k+1, end); ok {
			switch {
			case src.form == named && r.hasPerson(src), src.form == pronoun:
				return src, true
			case !found || r.claim(src) >= r.claim(best):
				best, found = src, true
			}
		}
		end = k
		if k >= first && (r.quoted(k) || v.Word(k) == ":" || v.Word(k) == ";") {
			break
		}
	}
	return best, found
}

// claim ranks what may be the subject of a verb of speech: people, bodies, other things, places.
func (r *clauseReader) claim(src source) int {
	switch {
	case src.form == nominal && r.Is(src.head, people):
		return 3
	case src.form == named && r.D.Mentions[src.mentions[0]].Type != annot.LOC, src.form == nominal && r.Is(src.head, bodies):
		return 2
	case src.form == nominal:
		return 1
	}
	return 0
}

func (r *clauseReader) hasPerson(src source) bool {
	for _, m := range src.mentions {
		if r.D.Mentions[m].Type == annot.PER {
			return true
		}
	}
	return false
}

// segment reads the tokens [i, end) as one noun phrase, a word before it aside: But | Smith.
func (r *clauseReader) segment(i, end int) (source, bool) {
	for i < end && r.mention[i] < 0 && r.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb|rules.Subordinator) && !r.Is(i, personal) {
		i++ // But Smith, as Smith
	}
	if i >= end {
		return source{}, false
	}
	src, e, ok := r.nounPhrase(i, end)
	if ok && e < end && r.Word(e) == "(" { // Scott (D-Va.),
		for e < end && r.Word(e) != ")" {
			e++
		}
		e++
	}
	return src, ok && e >= end && src.form != impersonal
}

// mainSubject finds the subject of the sentence that begins at token first, before token limit: the first noun phrase
// that no preposition, subordinator or participle introduces.
func (r *clauseReader) mainSubject(first, limit int) (source, bool) {
	v := r.View
	start := first
	for start < limit {
		if src, ok := r.subjectAt(start, limit); ok {
			return src, true
		}
		// the next segment: behind the next comma
		for start < limit && (v.Word(start) != "," && v.Word(start) != ":" || r.mention[start] >= 0) {
			if r.quoted(start) {
				return source{}, false
			}
			start++
		}
		start++
	}
	return source{}, false
}

// subjectAt reads the subject that begins at token i, connecting words aside.
func (r *clauseReader) subjectAt(i, limit int) (source, bool) {
	v := r.View
	for i < limit && !r.quoted(i) && r.mention[i] < 0 && (!v.Letter(i) || v.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) && !v.Is(i, personal|people|rules.PronounImpersonal)) {
		i++
	}
	if i >= limit || r.quoted(i) {
		return source{}, false
	}
	c := v.Class[i]
	if c&(rules.Preposition|rules.Subordinator|rules.QuestionWord|rules.PronounRelative) != 0 && c&(personal|rules.Determiner) == 0 && r.mention[i] < 0 || r.verb(i) ||
		r.mention[i] < 0 && !v.Upper(i) && strings.HasSuffix(v.Word(i), "ing") && c&bodies == 0 {
		return source{}, false
	}
	src, j, ok := r.nounPhrase(i, limit)
	if ok {
		src, _ = r.apposed(src, j, limit)
	}
	if ok && j < limit && v.Word(j) == ":" && src.form == named && r.D.Mentions[src.mentions[0]].Type == annot.LOC {
		return source{}, false // AMMAN: The company said
	}
	if !ok || src.form == impersonal || src.form == nominal && !v.Is(src.head, bodies) && src.affiliation < 0 {
		return source{}, false
	}
	return src, true
}

// cueAfterSubject finds the cue whose subject ends at token j: what belongs to the verb and a parenthesis may lie between.
func (r *clauseReader) cueAfterSubject(j, end int) (int, annot.Flags, bool) {
	v := r.View
	var flags annot.Flags
	open := false // within a parenthesis of commas or dashes
	ready := true // only words of the verb group since the subject or the parenthesis
	end = min(end, j+maxLook)
	for t := j; t < end; t++ {
		if r.quoted(t) {
			return 0, 0, false
		}
		if ready && r.verbCue(t) && !(v.Is(t, people) && t+1 < end && r.verbCue(t+1)) {
			return t, flags, true
		}
		c := v.Class[t]
		switch word := v.Word(t); {
		case r.mention[t] >= 0:
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
		case !open && c&rules.Preposition != 0 && r.pastNP(t+1, end) > 0:
			t = r.pastNP(t+1, end) - 1
		case c&rules.Conjunction != 0 && r.coordinatedVerb(t, end):
		case !open && word == "who":
			open, ready = true, false
		case !open:
			// Smith smiled and said; Smith, a doctor said
			if !r.verb(t) {
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

// pastNP returns the token behind the noun phrase at token i, or 0 if none is there.
func (r *clauseReader) pastNP(i, end int) int {
	if _, k, ok := r.baseNP(i, end); ok {
		return k
	}
	return 0
}

// apposed replaces a description by the name behind it, if there is one: his lawyer, | John Smith, | said. It returns
// the token behind both.
func (r *clauseReader) apposed(src source, j, end int) (source, int) {
	if src.form != nominal || !r.Is(src.head, people) || j+1 >= end || r.quoted(j) || r.Word(j) != "," {
		return src, j
	}
	name, k, ok := r.nounPhrase(j+1, end)
	if !ok || name.form != named || !r.hasPerson(name) || len(name.mentions) > 1 || k < end && r.Word(k) != "," && r.Word(k) != "." && r.Word(k) != "(" && !r.quoted(k) {
		return src, j
	}
	return name, k
}

// coordinatedVerb reports whether a cue follows the conjunction at token t.
func (r *clauseReader) coordinatedVerb(t, end int) bool {
	return t+1 < end && (r.verbCue(t+1) || r.Is(t+1, rules.Adverb) && t+2 < end && r.verbCue(t+2))
}

// andCue reports whether "and" with a cue follows the verb at token t within a few words.
func (r *clauseReader) andCue(t, end int) bool {
	for k := t + 1; k < min(end, t+10); k++ {
		if r.Is(k, rules.Conjunction) {
			return r.coordinatedVerb(k, end)
		}
		if !r.Letter(k) || r.quoted(k) {
			return false
		}
	}
	return false
}
