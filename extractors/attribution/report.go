package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// report is a stretch of the narration that may be an indirect quote.
type report struct {
	src source
	cue tokens
	id  string // of the cue's rule
	// shape is the construction: that, clause, question, infinitive, object, …; word is the preposition of some.
	shape, word string
	parts       []tokens
	flags       annot.Flags
	features    []string
}

// maxContent bounds how many tokens the content of an indirect quote may have, so that each cue costs constant time.
const maxContent = 120

// reports proposes indirect quotes, one for a cue at most, in the order of the cues.
func (w *work) reports() []report {
	var out []report
	for _, u := range w.v.Units {
		switch w.d.Paragraphs[u.Paragraph].Zone {
		case annot.Body, annot.Headline, annot.Caption:
		default:
			continue
		}
		around := tokens{u.First, u.End}
		f := reader{work: w, around: around, last: w.lastWord(around)}
		f.preposed()
		for i := u.First; i < u.End; i++ {
			if r, ok := f.at(i); ok {
				out = append(out, r)
			}
		}
	}
	return out
}

// lastWord returns the end of the unit without the marks that close it.
func (w *work) lastWord(t tokens) int {
	for t.end > t.first && !w.quoted(t.end-1) && w.mention[t.end-1] < 0 && !w.v.Letter(t.end-1) && !digitFirst(w.v.Word(t.end-1)) && !closes(w.v.Word(t.end-1)) {
		t.end--
	}
	return t.end
}

// closes reports whether a mark at the end of a sentence belongs to its last words.
func closes(word string) bool {
	switch word {
	case ")", "]", "%", "”", "’", "\"", "''":
		return true
	}
	return false
}

// reader reads the reports of one narrative sentence.
type reader struct {
	*work
	around tokens
	last   int // end of the last word
	// before holds the reports whose content stands before their cue.
	before []report
	// outer is the end of the content of the last report of a verb of saying.
	outer int
}

// at returns the report that the word at token i introduces.
func (f *reader) at(i int) (report, bool) {
	if len(f.before) > 0 && f.before[0].cue.first == i {
		r := f.before[0]
		f.before = f.before[1:]
		return r, true
	}
	v := f.v
	if f.quoted(i) || v.Outer[i] >= 0 || f.mention[i] >= 0 {
		return report{}, false
	}
	c, rep := v.Cue[i], f.set.Report(v.Word(i))
	if c != nil && c.Class == rules.Phrase {
		return f.accordingTo(i)
	}
	if c != nil && (c.Class == rules.Noun || c.Class == rules.Manner || c.Class == rules.ReadOut) && rep == nil || c == nil && rep == nil ||
		v.Upper(i) && i > f.around.first && !f.title[f.unit[i]] {
		return report{}, false
	}
	id := ""
	if rep != nil {
		id = rep.ID
	} else {
		id = c.ID
	}
	if c == nil || c.Class == rules.Noun {
		// The clause is read as that of any verb that may stand beside a quote.
		old, n := c, v.CueLen[i]
		v.Cue[i], v.CueLen[i] = &rules.Cue{ID: rep.Forms[0], Class: rules.Manner, Weight: 0.5}, 1
		defer func() { v.Cue[i], v.CueLen[i] = old, n }()
	}
	if rep != nil && rep.Noun || f.nominalUse(i, f.around) {
		return f.nounReport(i, id)
	}
	r := report{id: id, cue: tokens{i, f.cueEnd(i)}}
	if !f.complement(&r, c) {
		return report{}, false
	}
	last, _, passive := f.verbGroup(i, max(f.around.first, i-maxLook))
	src, flags, ok := f.subjectBefore(i, f.around.first, 0)
	if !ok || src.form == impersonal || src.form == noForm {
		return report{}, false
	}
	r.src, r.flags = src, flags|f.cueRemarks(i)
	f.close(&r)
	if !f.sound(&r) {
		return report{}, false
	}
	f.describe(&r, last, passive)
	return r, true
}

// cueRemarks returns the flags that the cue at token i leaves.
func (f *reader) cueRemarks(i int) annot.Flags {
	if f.v.Cue[i].Class == rules.Manner {
		return 0
	}
	return f.remarks(i, f.around)
}

// saying reports whether the cue takes clauses: said, told, asked, wrote, thinks.
func saying(c *rules.Cue) bool {
	if c == nil || c.Weight < 0.5 {
		return false
	}
	switch c.Class {
	case rules.Say, rules.Tell, rules.Ask, rules.Write, rules.Think:
		return true
	}
	return false
}

// complement finds the construction behind the cue of r and where its content begins.
func (f *reader) complement(r *report, c *rules.Cue) bool {
	v, end := f.v, f.last
	j := r.cue.end
	for n := 0; n < 3 && j < end && !f.quoted(j) && f.mention[j] < 0 && v.Is(j, rules.Adverb) && !v.Is(j, personal|rules.Preposition|rules.Determiner); n++ {
		j++
	}
	take := func(shape string, first int) bool {
		r.shape, r.parts = shape, []tokens{{first, end}}
		return first < end
	}
	if j >= end {
		return false
	}
	if f.quoted(j) { // said “no one” had seen it: what is quoted is a quote of its own
		return saying(c) && f.d.Quotes[f.quoteOf[j]].Kind == annot.Mixed && take("clause", j)
	}
	if !v.Letter(j) && f.mention[j] < 0 && !digitFirst(v.Word(j)) && v.Word(j) != "$" {
		return false
	}
	word := strings.ToLower(v.Word(j))
	switch {
	case f.mention[j] >= 0:
	case word == "that" && j+1 < end:
		return take("that", j)
	case v.Is(j, rules.QuestionWord) && !f.quoted(j) || word == "if":
		return take("question", j)
	case word == "to" && f.infinitive(j+1, end):
		return take("infinitive", j)
	}
	if saying(c) {
		if k, ok := f.thatBehind(j); ok {
			return take("that", k)
		}
		k := f.skipAdjuncts(j)
		if c.Class == rules.Tell || c.Class == rules.Ask {
			if _, e, ok := f.nounPhrase(k, end); ok {
				if e < end && !f.quoted(e) && (v.Is(e, rules.QuestionWord) || v.Word(e) == "if") {
					return take("question", e)
				}
				if e < end && v.Word(e) == "to" && f.infinitive(e+1, end) {
					return take("infinitive", e)
				}
				if e = f.skipAdjuncts(e); f.finite(e, end) && !f.finite(k, e+1) && (v.Is(e, personal|rules.Determiner|rules.Possessive|rules.PronounImpersonal) || f.mention[e] >= 0) {
					return take("clause", e)
				}
			}
		}
		if k < end && !f.quoted(k) && f.finite(k, end) && (v.Letter(k) || digitFirst(v.Word(k)) || f.mention[k] >= 0) {
			return take("clause", k)
		}
	}
	switch {
	case f.mention[j] < 0 && v.Is(j, rules.Preposition) && !v.Is(j, rules.Determiner):
		r.word = word
		return take("preposition", j+1)
	case f.mention[j] < 0 && v.Is(j, rules.Conjunction|rules.Subordinator|rules.Auxiliary|rules.Modal):
		return false
	case f.mention[j] < 0 && strings.HasSuffix(word, "ing") && !v.Upper(j):
		return take("gerund", j)
	case f.finite(j, end):
		return take("clause", j)
	}
	if _, e, ok := f.nounPhrase(j, end); ok && e+1 < end && !f.quoted(e) {
		switch {
		case v.Word(e) == "to" && f.infinitive(e+1, end):
			return take("object-to", j)
		case v.Is(e, rules.Preposition):
			r.word = strings.ToLower(v.Word(e))
		}
	}
	return take("object", j)
}

// infinitive reports whether a verb may stand at token i, behind to.
func (f *reader) infinitive(i, end int) bool {
	return i < end && !f.quoted(i) && f.mention[i] < 0 && f.v.Letter(i) && !f.v.Upper(i) &&
		!f.v.Is(i, rules.Determiner|rules.Possessive|personal|rules.PronounImpersonal|rules.Preposition|rules.NumberWord|rules.Demonym) && !strings.HasSuffix(f.v.Word(i), "ing")
}

// thatBehind finds the "that" of a clause behind an addressee, a place or a time: told reporters on Monday | that.
func (f *reader) thatBehind(j int) (int, bool) {
	v := f.v
	for t := j; t < min(f.last, j+20); t++ {
		if f.quoted(t) {
			return 0, false
		}
		if f.mention[t] >= 0 {
			continue
		}
		switch word := v.Word(t); {
		case word == "that" && t > j && t+1 < f.last:
			return t, true
		case !v.Letter(t) && !digitFirst(word) || v.Is(t, rules.Modal|rules.PronounRelative) || v.Is(t, rules.Auxiliary) && !f.possessiveMark(t):
			return 0, false
		}
	}
	return 0, false
}

// skipAdjuncts goes over what says when and where something was said: on Monday, in an interview with the paper.
func (f *reader) skipAdjuncts(j int) int {
	v := f.v
	for n := 0; n < 5 && j < f.last && !f.quoted(j); n++ {
		switch {
		case f.mention[j] >= 0:
			return j
		case v.Is(j, rules.TimeWord|rules.Weekday|rules.Month) && !v.Is(j, people):
			j++
			for j < f.last && digitFirst(v.Word(j)) {
				j++
			}
		case v.Is(j, rules.Preposition) && !v.Is(j, rules.Determiner) && j+1 < f.last:
			k := f.pastNP(j+1, f.last)
			if k == 0 && !f.quoted(j+1) && v.Is(j+1, rules.TimeWord|rules.Weekday|rules.Month|rules.Adverb) {
				k = j + 2
			}
			if k == 0 {
				return j
			}
			j = k
		default:
			return j
		}
	}
	return j
}

// finite reports whether a finite verb follows the words from token i on, within a few words and before a mark: it is a
// clause, no noun phrase.
func (f *reader) finite(i, end int) bool {
	v := f.v
	for t := i; t < min(end, i+14); t++ {
		if f.quoted(t) {
			return false
		}
		if f.mention[t] >= 0 {
			continue
		}
		word := v.Word(t)
		switch {
		case v.Is(t, rules.Auxiliary|rules.Modal) && !f.possessiveMark(t) && !strings.HasSuffix(word, "ing") && t > i:
			return true
		case v.Is(t, rules.PronounMale|rules.PronounFemale|rules.PronounPlural|rules.PronounFirst) && t == i && t+1 < end && !v.Is(t, rules.Possessive) && !v.Is(t+1, rules.Preposition):
			return subjectForm(word)
		case t > i && f.verb(t) && !v.Is(t-1, rules.Determiner|rules.Possessive) && !strings.HasSuffix(word, "ing") && !(strings.HasSuffix(word, "ed") && t+1 < end && v.Is(t+1, rules.Preposition)):
			return true
		case !v.Letter(t) && !digitFirst(word) && !f.possessiveMark(t) && word != "$" && word != "%", t > i && v.Is(t, rules.PronounRelative|rules.Subordinator) && !v.Is(t, rules.Preposition), word == "to":
			return false
		}
	}
	return false
}

// subjectForm reports whether a personal pronoun has the form of a subject.
func subjectForm(word string) bool {
	switch strings.ToLower(word) {
	case "him", "her", "them", "us", "me", "himself", "herself", "themselves", "hers", "theirs", "ours", "mine":
		return false
	}
	return true
}

// nounReport: his claim | that the bridge was safe; the union’s criticism of | the plan; calls by residents for | a ban.
func (f *reader) nounReport(i int, id string) (report, bool) {
	v := f.v
	r := report{id: id, cue: tokens{i, f.cueEnd(i)}}
	j := r.cue.end
	src, ok := f.possessor(i)
	if !ok && j+1 < f.last && !f.quoted(j) && (v.Word(j) == "by" || v.Word(j) == "from" || v.Word(j) == "of") {
		var e int
		if src, e, ok = f.nounPhrase(j+1, f.last); ok && src.form != impersonal && e < f.last && !f.quoted(e) && (v.Word(e) == "that" || v.Word(e) == "to" || v.Is(e, rules.Preposition)) {
			j = e
		} else {
			ok = false
		}
	}
	if !ok || j+1 >= f.last || f.quoted(j) || f.mention[j] >= 0 {
		return report{}, false
	}
	first := j
	switch {
	case v.Word(j) == "that":
		r.shape = "noun-that"
	case v.Word(j) == "to" && f.infinitive(j+1, f.last):
		r.shape = "noun-to"
	case v.Is(j, rules.QuestionWord):
		r.shape = "noun-question"
	case v.Is(j, rules.Preposition):
		r.shape, r.word, first = "noun-preposition", strings.ToLower(v.Word(j)), j+1
	default:
		return report{}, false
	}
	r.src, r.parts = src, []tokens{{first, f.last}}
	f.close(&r)
	if !f.sound(&r) {
		return report{}, false
	}
	f.describe(&r, i-1, false)
	return r, true
}

// possessor finds whose word the noun at token i is: his | false claim, the mayor’s | claim.
func (f *reader) possessor(i int) (source, bool) {
	v := f.v
	for k := i - 1; k >= max(f.around.first, i-4) && !f.quoted(k); k-- {
		switch {
		case f.mention[k] >= 0:
			return source{}, false
		case v.Is(k, rules.Possessive) && v.Is(k, personal|rules.PronounImpersonal):
			return source{form: possessive, tokens: tokens{k, k + 1}, affiliation: -1, head: k}, true
		case f.possessiveMark(k):
			return f.endingAt(k-1, f.around.first)
		case !v.Letter(k) || v.Is(k, breaks|rules.Determiner):
			return source{}, false
		}
	}
	return source{}, false
}

// accordingTo: According to Park, | the plan is reckless; the plan is reckless, according to Park.
func (f *reader) accordingTo(i int) (report, bool) {
	v := f.v
	a, ok := f.attributionAt(i, f.around, true)
	if !ok || a.src.form == impersonal {
		return report{}, false
	}
	r := report{id: a.rule, cue: a.cue, src: a.src, flags: a.flags, shape: "according-to"}
	begins := i == f.around.first || f.leads(f.around.first, i)
	if begins {
		k := f.comma(a.src.end, f.last)
		if k < 0 {
			return report{}, false
		}
		r.parts = []tokens{{k + 1, f.last}}
		r.word = "first"
		f.close(&r)
	} else {
		end := i
		for end > f.around.first && !f.quoted(end-1) && !v.Letter(end-1) && !digitFirst(v.Word(end-1)) && f.mention[end-1] < 0 && !closes(v.Word(end-1)) {
			end--
		}
		r.parts = []tokens{{f.begin(end), end}}
	}
	if !f.sound(&r) {
		return report{}, false
	}
	f.describe(&r, i-1, false)
	return r, true
}

// leads reports whether the tokens [i, end) are but conjunctions and adverbs: But according to.
func (f *reader) leads(i, end int) bool {
	for ; i < end; i++ {
		if f.quoted(i) || f.v.Letter(i) && !f.v.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) {
			return false
		}
	}
	return true
}

// comma returns the first comma from token i on that no name holds, or -1.
func (f *reader) comma(i, end int) int {
	for k := i; k < min(end, i+maxLook); k++ {
		if !f.quoted(k) && f.mention[k] < 0 && f.v.Word(k) == "," {
			return k
		}
	}
	return -1
}

// begin returns where a content that ends with token end begins: with its sentence, or behind a semicolon or a colon.
func (f *reader) begin(end int) int {
	first := f.around.first
	for k := end - 1; k > first && k > end-maxContent; k-- {
		if !f.quoted(k) && (f.v.Word(k) == ";" || f.v.Word(k) == ":" && f.mention[k] < 0) {
			return k + 1
		}
	}
	return first
}

// preposed collects the reports whose content stands before the cue: The plan is reckless, | Park said.
func (f *reader) preposed() {
	v := f.v
	seen := f.around.first
	for k := f.around.first + 1; k < f.last; k++ {
		if f.quoted(k) || f.mention[k] >= 0 || f.quoted(k-1) || k < seen {
			continue
		}
		switch v.Word(k) {
		case ",", "—", "–", "--", "-":
		default:
			continue
		}
		a, ok := f.attributionAt(k+1, f.around, true)
		if !ok || a.none || a.src.form == impersonal || a.cue.first <= k || a.src.first <= k || f.v.Cue[a.cue.first].Class == rules.Phrase || f.v.Cue[a.cue.first].Weight < 0.5 {
			continue
		}
		inverted := a.src.first > a.cue.first
		e := f.skipAdjuncts(max(a.cue.end, a.src.end))
		for e < f.last && !f.quoted(e) && v.Is(e, rules.Adverb) {
			e++
		}
		if e < f.last && (f.quoted(e) || f.mention[e] >= 0 || v.Letter(e) && !(inverted && v.Is(e, rules.PronounRelative|rules.Subordinator)) && !v.Is(e, rules.Conjunction) && !strings.HasSuffix(v.Word(e), "ing")) {
			continue
		}
		r := report{id: v.Cue[a.cue.first].ID, cue: a.cue, src: a.src, flags: a.flags, shape: "before", word: v.Word(k)}
		if rep := f.set.Report(v.Word(a.cue.first)); rep != nil {
			r.id = rep.ID
		}
		if inverted {
			r.word += " inverted"
		}
		r.parts = []tokens{{max(f.begin(k), seen), k}}
		if !inverted && e+1 < f.last && !f.quoted(e+1) && v.Word(e) == "," && !strings.HasSuffix(v.Word(e+1), "ing") && !v.Is(e+1, rules.PronounRelative) {
			r.shape = "around"
			rest := tokens{e + 1, min(f.last, e+1+maxContent)}
			rest.end = f.boundary(rest, "clause")
			if rest.end > rest.first {
				r.parts = append(r.parts, rest)
			}
		}
		if !f.sound(&r) {
			continue
		}
		f.describe(&r, k, false)
		f.before = append(f.before, r)
		seen = r.parts[len(r.parts)-1].end
		seen = max(seen, e)
	}
}

// close ends the content of r where another clause begins.
func (f *reader) close(r *report) {
	p := &r.parts[len(r.parts)-1]
	p.end = f.boundary(*p, r.shape)
	for p.end > p.first && !f.quoted(p.end-1) && f.mention[p.end-1] < 0 && !f.v.Letter(p.end-1) && !digitFirst(f.v.Word(p.end-1)) && !closes(f.v.Word(p.end-1)) {
		p.end--
	}
}

// boundary returns where the content that begins with t ends. It reads at most maxContent tokens.
func (f *reader) boundary(t tokens, shape string) int {
	v := f.v
	clause := shape == "that" || shape == "clause" || shape == "question" || shape == "according-to" || shape == "noun-that"
	for k := t.first + 1; k < min(t.end, t.first+maxContent); k++ {
		if f.quoted(k) || f.mention[k] >= 0 {
			continue
		}
		word := v.Word(k)
		switch {
		case word == ";":
			return k
		case word == "," || word == "—" || word == "–" || word == "--" || word == "-":
			if f.attributes(k+1, t.end) {
				return k
			}
			if !clause && (word != "," || !f.goesOn(k, t.end)) {
				return k
			}
		case v.Is(k, rules.Conjunction) && (v.Word(k) == "and" || v.Word(k) == "but") && k+1 < t.end && f.secondCue(k+1, t.end):
			return k
		case !clause && k > t.first+1 && (word == "while" || word == "because" || word == "although" || word == "though" || word == "but" || word == "when"):
			return k
		}
	}
	return t.end
}

// attributes reports whether a cue stands at token i, behind a comma: …, saying …; …, according to …; …, and added that ….
func (f *reader) attributes(i, end int) bool {
	v := f.v
	for n := 0; n < 2 && i < end && !f.quoted(i) && f.mention[i] < 0 && v.Is(i, rules.Conjunction|rules.Adverb); n++ {
		i++
	}
	if i >= end || f.quoted(i) || f.mention[i] >= 0 {
		return false
	}
	if c := v.Cue[i]; c != nil && c.Class == rules.Phrase {
		return true
	}
	return f.verbCue(i) && v.Cue[i].Weight >= 0.6 && (strings.HasSuffix(v.Word(i), "ing") || f.secondCue(i, end))
}

// secondCue reports whether a further verb of speech with its own content stands at token i: and | said that.
func (f *reader) secondCue(i, end int) bool {
	v := f.v
	for n := 0; n < 2 && i < end && !f.quoted(i) && f.mention[i] < 0 && v.Is(i, rules.Adverb); n++ {
		i++
	}
	if i+1 >= end || !f.verbCue(i) || v.Cue[i].Weight < 0.6 || !strings.HasSuffix(v.Word(i), "ed") && v.Word(i) != "said" && v.Word(i) != "told" && v.Word(i) != "says" {
		return false
	}
	return true
}

// goesOn reports whether the comma at token k stands within a list or before a relative clause, so that the noun phrase
// goes on behind it.
func (f *reader) goesOn(k, end int) bool {
	v := f.v
	for t := k + 1; t < min(end, k+7); t++ {
		if f.quoted(t) {
			return false
		}
		if f.mention[t] >= 0 {
			continue
		}
		if v.Word(t) == "and" || v.Word(t) == "or" {
			return t > k+1 || !f.secondCue(t+1, end)
		}
		if f.verb(t) || v.Is(t, rules.Auxiliary|rules.Modal|rules.Subordinator) {
			return false
		}
	}
	return false
}

// sound reports whether the content of r is what an indirect quote may have: words enough outside of marked quotes.
func (f *reader) sound(r *report) bool {
	words, outside := 0, 0
	for _, p := range r.parts {
		if p.end <= p.first || p.end-p.first > maxContent {
			return false
		}
		for k := p.first; k < p.end; k++ {
			if f.v.Letter(k) || digitFirst(f.v.Word(k)) {
				if words++; !f.quoted(k) {
					outside++
				}
			}
		}
		if r.src.first >= p.first && r.src.first < p.end || r.cue.first >= p.first && r.cue.first < p.end {
			return false
		}
	}
	return outside > 0 && (outside == words || outside >= 3 && outside*5 >= words*2)
}
