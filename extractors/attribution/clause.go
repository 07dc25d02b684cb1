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

func (w *work) cueAt(i int) *rules.Cue {
	if w.quoted(i) {
		return nil
	}
	return w.v.Cue[i]
}

// verbCue reports whether a cue that is a verb begins at token i.
func (w *work) verbCue(i int) bool {
	c := w.cueAt(i)
	return c != nil && c.Class != rules.Noun && c.Class != rules.Phrase && w.mention[i] < 0
}

func (w *work) cueEnd(i int) int { return i + int(w.v.CueLen[i]) }

// remarks returns the flags that the cue at token i leaves on its quote.
func (w *work) remarks(i int, around tokens) (flags annot.Flags) {
	c := w.v.Cue[i]
	if c.Written {
		flags |= annot.Written
	}
	if c.Social {
		flags |= annot.Social
	}
	for k := w.cueEnd(i); k < min(around.end, w.cueEnd(i)+6) && !w.quoted(k); k++ {
		if w.v.Is(k, rules.Social) && w.v.Upper(k) {
			flags |= annot.Social
		}
	}
	return flags
}

// verbGroup goes left from the cue at token i over what belongs to its verb: has repeatedly | said. It returns the token
// that ends the rest, and what the words say of the speech.
func (w *work) verbGroup(i, first int) (last int, flags annot.Flags, passive bool) {
	v := w.v
	last = i - 1
	for n := 0; last >= first && n < 8 && !w.quoted(last); n++ {
		c := v.Class[last]
		switch {
		case w.mention[last] >= 0:
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
func (w *work) subjectBefore(i, first, depth int) (src source, flags annot.Flags, ok bool) {
	v := w.v
	first = max(first, i-maxLook)
	participle := strings.HasSuffix(v.Word(w.cueEnd(i)-1), "ing") || strings.HasSuffix(v.Word(i), "ing")
	last, flags, passive := w.verbGroup(i, first)
	if last < first {
		return source{}, flags, false
	}
	if passive && !participle {
		if src, ok := w.agent(i); ok {
			return src, flags, true
		}
		switch v.Cue[i].Class {
		case rules.Say, rules.Tell, rules.Ask, rules.Write:
			return source{form: impersonal}, flags, true
		case rules.Call, rules.Think:
			return source{}, flags, false // jobs that are considered “inherently governmental”
		}
	}
	if w.quoted(last) {
		return w.fallback(i, first, depth, flags)
	}
	word := v.Word(last)
	switch {
	case word == "," && participle:
		return w.fallback(i, first, depth, flags)
	case word == ")" || word == "]":
		k := last - 1
		for k > first && v.Word(k) != "(" && v.Word(k) != "[" {
			k--
		}
		if src, ok := w.endingAt(k-1, first); ok {
			return src, flags, true
		}
		return w.fallback(i, first, depth, flags)
	case word == "," || word == "—" || word == "–" || word == "--" || word == "-":
		if src, ok := w.beforeParenthesis(first, last); ok {
			return src, flags, true
		}
		return w.fallback(i, first, depth, flags)
	case word == "as" && participle:
		return w.quotedAs(last, first, flags)
	case word == "to" || v.Is(last, rules.Conjunction):
		return w.fallback(i, first, depth, flags)
	case v.Is(last, rules.PronounRelative) && word != "that" || word == "that" && last > first && w.noun(last-1):
		src := source{form: relative, tokens: tokens{last, last + 1}, affiliation: -1, head: last}
		k := last - 1
		if k >= first && v.Word(k) == "," {
			k--
		}
		if a, ok := w.endingAt(k, first); ok {
			src.antecedent = a.mentions
			if a.form == nominal {
				src.affiliation, src.head = a.affiliation, a.head
			}
		}
		if len(src.antecedent) == 0 { // Amara Nwosu, who studies fungi and who calls herself
			if a, ok := w.mainSubject(first, last); ok && a.form == named && w.hasPerson(a) {
				src.antecedent = a.mentions
			}
		}
		return src, flags, true
	}
	src, ok = w.endingAt(last, first)
	switch {
	case !ok:
		return w.fallback(i, first, depth, flags)
	case participle && src.form == nominal:
		// issued a statement saying “…”: the issuer says it
		if s, f, ok := w.fallback(i, first, depth, flags); ok && (s.form != nominal || v.Is(src.head, rules.ArtifactNoun) && s.end <= src.first) {
			return s, f, true
		}
	case (src.form == named && !w.hasPerson(src) || src.form == nominal && !v.Is(src.head, bodies)) && w.inParticiple(src.first, first):
		// another source speaking to Fox News said
		if s, ok := w.mainSubject(first, i); ok && s.end <= src.first {
			return s, flags, true
		}
	case src.form == named && src.first > first && w.d.Mentions[src.mentions[0]].Type == annot.LOC && (v.Is(src.first-1, rules.PlacePreposition) || v.Word(src.first-1) == "of"):
		// The company that was to build a plant near Aqaba said
		if s, ok := w.mainSubject(first, i); ok && s.end <= src.first && !(s.form == named && w.d.Mentions[s.mentions[0]].Type == annot.LOC) {
			return s, flags, true
		}
	case src.form == impersonal && segment.EqualFold(v.Word(src.first), "it") && !passive:
		src.form = pronoun // It continued: the body that spoke last
	case src.form == nominal && !w.v.Is(src.head, bodies) && w.verb(max(last-1, first)):
		return w.fallback(i, first, depth, flags)
	}
	return src, flags, true
}

// inParticiple reports whether the name at token i ends a participle's phrase: a source speaking to | Fox News.
func (w *work) inParticiple(i, first int) bool {
	k := i - 1
	if k > first && w.v.Is(k, rules.Determiner) {
		k--
	}
	if k <= first || !w.v.Is(k, rules.Preposition) {
		return false
	}
	for n := 0; n < 6 && k-1 > first && !w.quoted(k-1); n++ { // marching through the streets of | Lund
		k--
		switch word := w.v.Word(k); {
		case w.mention[k] < 0 && !w.v.Upper(k) && !w.v.Is(k, people) && (strings.HasSuffix(word, "ing") || strings.HasSuffix(word, "ed")):
			return true
		case !w.v.Is(k, rules.Preposition|rules.Determiner|rules.Possessive) && !w.noun(k):
			return false
		}
	}
	return false
}

// fallback finds the subject of a cue whose own clause names none: that of the cue before it, or of the sentence.
func (w *work) fallback(i, first, depth int, flags annot.Flags) (source, annot.Flags, bool) {
	if depth < 2 {
		for k := i - 1; k >= first && !w.quoted(k); k-- {
			if w.verbCue(k) && w.v.Cue[k].Weight >= 0.6 && !w.nominalUse(k, tokens{first, i}) {
				if src, _, ok := w.subjectBefore(k, first, depth+1); ok && src.form != impersonal && src.form != relative {
					return src, flags, true
				}
				break
			}
		}
	}
	src, ok := w.mainSubject(first, i)
	return src, flags, ok
}

// agent finds the speaker of a passive cue: was described by Smith as “…”.
func (w *work) agent(i int) (source, bool) {
	end := w.around(i).end
	for k := w.cueEnd(i); k < min(end, w.cueEnd(i)+12); k++ {
		if w.quoted(k) {
			continue
		}
		if w.v.Word(k) == "by" {
			src, _, ok := w.nounPhrase(k+1, end)
			return src, ok && src.form != impersonal
		}
		if w.verbCue(k) {
			break
		}
	}
	return source{}, false
}

// quotedAs finds the speaker of "saying" behind as: Nash was quoted by the Daily Buoy as saying; misquoted Hale as saying.
func (w *work) quotedAs(as, first int, flags annot.Flags) (source, annot.Flags, bool) {
	v := w.v
	src, ok := w.endingAt(as-1, first)
	if ok {
		k := src.first - 1
		for k >= first && (v.Is(k, rules.TitleWord|rules.Determiner|rules.HonorificMale|rules.HonorificFemale) || w.v.Upper(k) && w.mention[k] < 0) {
			k--
		}
		if k >= first && v.Word(k) != "by" && (w.verb(k) || strings.HasSuffix(v.Word(k), "ed")) {
			return src, flags, true
		}
	}
	src, ok = w.mainSubject(first, as)
	return src, flags | annot.SecondHand, ok
}

// endingAt finds the longest noun phrase that ends with token last, not before token first.
func (w *work) endingAt(last, first int) (source, bool) {
	v := w.v
	if last < first || w.quoted(last) {
		return source{}, false
	}
	lo := last
	for lo > first && last-lo < 24 && !w.quoted(lo-1) {
		switch v.Word(lo - 1) {
		case ",", ";", ":", "(", ")", "—", "–", "--", ".", "“", "”", "\"":
			if w.mention[lo-1] < 0 && !w.joinsList(lo-1, first) {
				goto found
			}
		}
		lo--
	}
found:
	for s := lo; s <= last; s++ {
		src, e, ok := w.nounPhrase(s, last+1)
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
func (w *work) joinsList(k, first int) bool {
	if w.v.Word(k) != "," || k-1 < first || k+1 >= len(w.mention) || w.mention[k-1] < 0 || w.mention[k+1] < 0 {
		return false
	}
	return w.d.Mentions[w.mention[k-1]].Type == annot.PER && w.d.Mentions[w.mention[k+1]].Type == annot.PER && w.listGoesOn(k+1, min(k+10, len(w.mention)))
}

// beforeParenthesis finds the subject that the apposition or relative clause which the comma or dash at token shut
// closes belongs to: Sir Alan Pike, who replaced Joan Webb in May, | said.
func (w *work) beforeParenthesis(first, shut int) (source, bool) {
	v := w.v
	var best source
	found := false
	end := shut
	for k := shut - 1; k >= first-1; k-- {
		boundary := k < first
		if !boundary {
			if w.quoted(k) {
				boundary = true
			} else if w.mention[k] < 0 {
				switch v.Word(k) {
				case ",", "—", "–", "--", ":", ";":
					boundary = true
				}
			}
		}
		if !boundary {
			continue
		}
		if src, ok := w.segment(k+1, end); ok {
			switch {
			case src.form == named && w.hasPerson(src), src.form == pronoun:
				return src, true
			case !found || w.claim(src) >= w.claim(best):
				best, found = src, true
			}
		}
		end = k
		if k >= first && (w.quoted(k) || v.Word(k) == ":" || v.Word(k) == ";") {
			break
		}
	}
	return best, found
}

// claim ranks what may be the subject of a verb of speech: people, bodies, other things, places.
func (w *work) claim(src source) int {
	switch {
	case src.form == nominal && w.v.Is(src.head, people):
		return 3
	case src.form == named && w.d.Mentions[src.mentions[0]].Type != annot.LOC, src.form == nominal && w.v.Is(src.head, bodies):
		return 2
	case src.form == nominal:
		return 1
	}
	return 0
}

func (w *work) hasPerson(src source) bool {
	for _, m := range src.mentions {
		if w.d.Mentions[m].Type == annot.PER {
			return true
		}
	}
	return false
}

// segment reads the tokens [i, end) as one noun phrase, a word before it aside: But | Smith.
func (w *work) segment(i, end int) (source, bool) {
	for i < end && w.mention[i] < 0 && w.v.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb|rules.Subordinator) && !w.v.Is(i, personal) {
		i++ // But Smith, as Smith
	}
	if i >= end {
		return source{}, false
	}
	src, e, ok := w.nounPhrase(i, end)
	if ok && e < end && w.v.Word(e) == "(" { // Scott (D-Va.),
		for e < end && w.v.Word(e) != ")" {
			e++
		}
		e++
	}
	return src, ok && e >= end && src.form != impersonal
}

// mainSubject finds the subject of the sentence that begins at token first, before token limit: the first noun phrase
// that no preposition, subordinator or participle introduces.
func (w *work) mainSubject(first, limit int) (source, bool) {
	v := w.v
	start := first
	for start < limit {
		if src, ok := w.subjectAt(start, limit); ok {
			return src, true
		}
		// the next segment: behind the next comma
		for start < limit && (v.Word(start) != "," && v.Word(start) != ":" || w.mention[start] >= 0) {
			if w.quoted(start) {
				return source{}, false
			}
			start++
		}
		start++
	}
	return source{}, false
}

// subjectAt reads the subject that begins at token i, connecting words aside.
func (w *work) subjectAt(i, limit int) (source, bool) {
	v := w.v
	for i < limit && !w.quoted(i) && w.mention[i] < 0 && (!v.Letter(i) || v.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) && !v.Is(i, personal|people|rules.PronounImpersonal)) {
		i++
	}
	if i >= limit || w.quoted(i) {
		return source{}, false
	}
	c := v.Class[i]
	if c&(rules.Preposition|rules.Subordinator|rules.QuestionWord|rules.PronounRelative) != 0 && c&(personal|rules.Determiner) == 0 && w.mention[i] < 0 || w.verb(i) ||
		w.mention[i] < 0 && !v.Upper(i) && strings.HasSuffix(v.Word(i), "ing") && c&bodies == 0 {
		return source{}, false
	}
	src, j, ok := w.nounPhrase(i, limit)
	if ok {
		src, _ = w.apposed(src, j, limit)
	}
	if ok && j < limit && v.Word(j) == ":" && src.form == named && w.d.Mentions[src.mentions[0]].Type == annot.LOC {
		return source{}, false // AMMAN: The company said
	}
	if !ok || src.form == impersonal || src.form == nominal && !v.Is(src.head, bodies) && src.affiliation < 0 {
		return source{}, false
	}
	return src, true
}

// cueAfterSubject finds the cue whose subject ends at token j: what belongs to the verb and a parenthesis may lie between.
func (w *work) cueAfterSubject(j, end int) (int, annot.Flags, bool) {
	v := w.v
	var flags annot.Flags
	open := false // within a parenthesis of commas or dashes
	ready := true // only words of the verb group since the subject or the parenthesis
	end = min(end, j+maxLook)
	for t := j; t < end; t++ {
		if w.quoted(t) {
			return 0, 0, false
		}
		if ready && w.verbCue(t) && !(v.Is(t, people) && t+1 < end && w.verbCue(t+1)) {
			return t, flags, true
		}
		c := v.Class[t]
		switch word := v.Word(t); {
		case w.mention[t] >= 0:
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
		case !open && c&rules.Preposition != 0 && w.pastNP(t+1, end) > 0:
			t = w.pastNP(t+1, end) - 1
		case c&rules.Conjunction != 0 && w.coordinatedVerb(t, end):
		case !open && word == "who":
			open, ready = true, false
		case !open:
			// Smith smiled and said; Smith, a doctor said
			if !w.verb(t) {
				return 0, 0, false
			}
			ready = false
			if !w.andCue(t, end) {
				return 0, 0, false
			}
		default:
			ready = false
		}
	}
	return 0, 0, false
}

// pastNP returns the token behind the noun phrase at token i, or 0 if none is there.
func (w *work) pastNP(i, end int) int {
	if _, k, ok := w.baseNP(i, end); ok {
		return k
	}
	return 0
}

// apposed replaces a description by the name behind it, if there is one: his lawyer, | John Smith, | said. It returns
// the token behind both.
func (w *work) apposed(src source, j, end int) (source, int) {
	if src.form != nominal || !w.v.Is(src.head, people) || j+1 >= end || w.quoted(j) || w.v.Word(j) != "," {
		return src, j
	}
	name, k, ok := w.nounPhrase(j+1, end)
	if !ok || name.form != named || !w.hasPerson(name) || len(name.mentions) > 1 || k < end && w.v.Word(k) != "," && w.v.Word(k) != "." && w.v.Word(k) != "(" && !w.quoted(k) {
		return src, j
	}
	return name, k
}

// coordinatedVerb reports whether a cue follows the conjunction at token t.
func (w *work) coordinatedVerb(t, end int) bool {
	return t+1 < end && (w.verbCue(t+1) || w.v.Is(t+1, rules.Adverb) && t+2 < end && w.verbCue(t+2))
}

// andCue reports whether "and" with a cue follows the verb at token t within a few words.
func (w *work) andCue(t, end int) bool {
	for k := t + 1; k < min(end, t+10); k++ {
		if w.v.Is(k, rules.Conjunction) {
			return w.coordinatedVerb(k, end)
		}
		if !w.v.Letter(k) || w.quoted(k) {
			return false
		}
	}
	return false
}
