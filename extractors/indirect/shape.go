package indirect

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// antecedent adds what the gap stands for: a deal that he said | would fail.
func (f *finder) antecedent(r *report) {
	k := r.src.First - 1
	if k <= f.around.First || f.Quoted(k) || r.src.First > r.cue.First {
		return
	}
	if f.MentionOf[k] < 0 && f.Is(k, rules.PronounRelative|rules.QuestionWord) {
		r.parts = []clause.Tokens{clause.Range(k, k+1), r.parts[0]}
		r.word = "relative"
	} else if np, ok := f.EndingAt(k, f.around.First); ok && np.Form != clause.Pronoun {
		r.parts = []clause.Tokens{np.Tokens, r.parts[0]}
		r.word = "noun"
	}
}

// passive: The plan was rejected by Park; a plan backed by the union.
func (f *finder) passive(r report, last int) {
	src, _, ok := f.phrase(r.cue.End + 1)
	if !ok || src.Form == clause.Impersonal {
		return
	}
	content, ok := f.EndingAt(last, max(f.around.First, r.cue.First-clause.MaxLook))
	if !ok {
		return
	}
	r.src, r.parts = src, []clause.Tokens{content.Tokens}
	f.propose(r, last, true)
}

// fronted: Citing the cost, | Park voted no: the subject of a participle stands after its content.
func (f *finder) fronted(id string, cue clause.Tokens, readings []report, last int, flags annot.Flags) {
	for n, r := range readings {
		k := f.comma(r.parts[0].First, f.last)
		if n > 0 || k < 0 || k+1 >= f.last || f.Quoted(k+1) {
			return
		}
		src, _, ok := f.phrase(k + 1)
		if !ok || src.Form == clause.Impersonal {
			return
		}
		r.id, r.cue, r.src, r.flags, r.shape = id, cue, src, flags, "fronted-"+r.shape
		r.parts = []clause.Tokens{clause.Range(r.parts[0].First, k)}
		f.propose(r, last, false)
	}
}

// label: Poll: | Most voters want a new bridge.
func (f *finder) label() {
	src, k, ok := f.phrase(f.around.First)
	if !ok || k+1 >= f.last || f.Quoted(k) || f.Word(k) != ":" || f.Quoted(k+1) || src.Form != clause.Named && src.Form != clause.Nominal {
		return
	}
	r := report{id: "colon", cue: clause.Range(k, k+1), src: src, shape: "label", parts: []clause.Tokens{clause.Range(k+1, f.last)}}
	f.close(&r)
	f.propose(r, k, false)
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

// complements returns the constructions that the words after the cue may be, as reports with a shape and the content to
// the end of the sentence.
func (f *finder) complements(cue clause.Tokens, c *rules.Cue) []report {
	first := f.afterAdverbs(cue.End)
	if first >= f.last {
		return nil
	}
	x := complements{finder: f, cue: c, first: first, word: strings.ToLower(f.Word(first)), plain: f.MentionOf[first] < 0}
	switch {
	case f.Quoted(first):
		x.quoted()
	case f.mark(first) && f.Word(first) != "$" && f.Word(first) != "#":
		x.afterMark()
	case x.marked():
	case x.clauses():
	case x.closed():
	default:
		x.object()
	}
	return x.list
}

// afterAdverbs goes over at most three adverbs from token j on.
func (f *finder) afterAdverbs(j int) int {
	const other = clause.Personal | rules.PronounImpersonal | rules.Preposition | rules.Determiner
	for n := 0; n < 3 && j < f.last && f.narrated(j) && f.Is(j, rules.Adverb) && !f.Is(j, other); n++ {
		j++
	}
	return j
}

// complements are the constructions that may follow a cue. The methods that return true have found the last of them.
type complements struct {
	*finder
	cue *rules.Cue
	// first is the first token after the cue and its adverbs, word what it says; plain says that it is part of no name.
	first int
	word  string
	plain bool
	list  []report
}

// add adds a construction whose content begins at token first.
func (x *complements) add(shape, word string, first int) {
	if first < x.last {
		x.list = append(x.list, report{shape: shape, word: word, parts: []clause.Tokens{clause.Range(first, x.last)}})
	}
}

// quoted: said “no one” had seen it. What is quoted is a quote of its own.
func (x *complements) quoted() {
	if saying(x.cue) && x.D.Quotes[x.QuoteOf[x.first]].Kind == annot.Mixed {
		x.add("clause", "", x.first)
	}
}

// afterMark: testified, for example, | that.
func (x *complements) afterMark() {
	for t := x.first + 1; t < min(x.last, x.first+12) && !x.Quoted(t); t++ {
		if x.Word(t) == "that" && x.mark(t-1) {
			x.add("that", "parenthesis", t)
			return
		}
	}
}

// marked reads what its first word tells: that, a question word, to.
func (x *complements) marked() bool {
	switch {
	case x.plain && x.word == "that" && x.first+1 < x.last:
		x.add("that", "", x.first)
	case x.plain && x.Is(x.first, rules.QuestionWord) || x.word == "if":
		x.add("question", "", x.first)
	case x.plain && x.word == "to" && x.infinitive(x.first+1, x.last):
		x.add("infinitive", "", x.first)
	default:
		return false
	}
	return true
}

// clauses reads clauses, with or without that, which may follow an addressee, a place or a time.
func (x *complements) clauses() bool {
	if k, ok := x.laterThat(x.first); ok {
		x.add("that", "behind", k)
	}
	if !saying(x.cue) {
		return false
	}
	k := x.skipAdjuncts(x.first)
	if x.cue.Class == rules.Tell || x.cue.Class == rules.Ask {
		x.addressed(k)
	}
	if !x.clauseAt(k) {
		return false
	}
	if k > x.first {
		x.add("clause", "behind", k)
		return false
	}
	x.add("clause", "", k)
	return x.plain && !x.Is(x.first, rules.Preposition)
}

// clauseAt reports whether a clause without that begins at token k.
func (x *complements) clauseAt(k int) bool {
	return k < x.last && !x.Quoted(k) && !x.mark(k) && x.Word(k) != "that" && x.finite(k, x.last) &&
		!(x.MentionOf[k] < 0 && x.Is(k, rules.Conjunction|rules.PronounRelative))
}

// closed reads what no noun phrase can be: after a preposition, a verb, a conjunction.
func (x *complements) closed() bool {
	j := x.first
	switch {
	case x.plain && x.Is(j, rules.Preposition) && !x.Is(j, rules.Determiner):
		x.add("preposition", x.word, j+1)
	case x.plain && x.Is(j, rules.Auxiliary|rules.Modal): // the car that he said | was stolen
		if saying(x.cue) {
			x.add("gap", "", j)
		}
	case x.plain && x.Is(j, rules.Conjunction|rules.Subordinator):
	case x.plain && strings.HasSuffix(x.word, "ing") && !x.Upper(j):
		x.add("gerund", "", j)
	default:
		return false
	}
	return true
}

// object reads a noun phrase, alone or with what follows it, and a clause of a verb that takes none as a rule.
func (x *complements) object() {
	if !saying(x.cue) && x.finite(x.first, x.last) {
		x.add("clause", "", x.first)
	}
	if _, e, ok := x.phrase(x.first); ok && e+1 < x.last && !x.Quoted(e) {
		switch {
		case x.Word(e) == "to" && x.infinitive(e+1, x.last):
			x.add("object-to", "", x.first)
			return
		case x.MentionOf[e] < 0 && x.Is(e, rules.Preposition):
			x.add("object", strings.ToLower(x.Word(e)), x.first)
			return
		}
	}
	x.add("object", "", x.first)
}

// addressed adds the constructions after an addressee at token k: told the board | if, to, the bridge was.
func (x *complements) addressed(k int) {
	_, e, ok := x.phrase(k)
	if !ok || e >= x.last || x.Quoted(e) {
		return
	}
	switch {
	case x.Is(e, rules.QuestionWord) || x.Word(e) == "if":
		x.add("question", "behind", e)
	case x.Word(e) == "to" && x.infinitive(e+1, x.last):
		x.add("infinitive", "behind", e)
	default:
		if e = x.skipAdjuncts(e); x.subjectFollows(e) {
			x.add("clause", "addressed", e)
		}
	}
}

// subjectFollows reports whether a clause begins at token e with what is surely its subject.
func (x *complements) subjectFollows(e int) bool {
	const subject = clause.Personal | rules.Determiner | rules.Possessive | rules.PronounImpersonal
	return e < x.last && !x.Quoted(e) && x.Word(e) != "that" && x.finite(e, x.last) && (x.Is(e, subject) || x.MentionOf[e] >= 0)
}

// infinitive reports whether a verb may stand at token i, after to.
func (f *finder) infinitive(i, end int) bool {
	return i < end && f.narrated(i) && f.Letter(i) && !f.Upper(i) &&
		!f.Is(i, rules.Determiner|rules.Possessive|clause.Personal|rules.PronounImpersonal|rules.Preposition|rules.NumberWord|rules.Demonym) &&
		!strings.HasSuffix(f.Word(i), "ing")
}

// laterThat finds the "that" of a clause after an addressee, a place or a time: told reporters on Monday | that.
func (f *finder) laterThat(j int) (int, bool) {
	v := f.View
	for t := j; t < min(f.last, j+20); t++ {
		if f.Quoted(t) {
			return 0, false
		}
		if f.MentionOf[t] >= 0 {
			continue
		}
		switch word := v.Word(t); {
		case word == "that" && t > j && t+1 < f.last:
			return t, true
		case !v.Letter(t) && !clause.DigitFirst(word) || v.Is(t, rules.Modal|rules.PronounRelative) || v.Is(t, rules.Auxiliary) && !f.PossessiveMark(t):
			return 0, false
		}
	}
	return 0, false
}

// skipAdjuncts goes over what says when and where something was said: on Monday, in an interview with the paper.
func (f *finder) skipAdjuncts(j int) int {
	v := f.View
	for n := 0; n < 5 && j < f.last && !f.Quoted(j); n++ {
		switch {
		case f.MentionOf[j] >= 0:
			return j
		case v.Is(j, rules.TimeWord|rules.Weekday|rules.Month) && !v.Is(j, clause.People):
			j++
			for j < f.last && clause.DigitFirst(v.Word(j)) {
				j++
			}
		case v.Is(j, rules.Preposition) && !v.Is(j, rules.Determiner) && j+1 < f.last:
			k := f.PhraseEnd(j+1, min(f.last, j+clause.MaxLook))
			if k == 0 && !f.Quoted(j+1) && v.Is(j+1, rules.TimeWord|rules.Weekday|rules.Month|rules.Adverb) {
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
func (f *finder) finite(i, end int) bool {
	v := f.View
	for t := i; t < min(end, i+14); t++ {
		if f.Quoted(t) {
			return false
		}
		if f.MentionOf[t] >= 0 {
			continue
		}
		word := v.Word(t)
		switch {
		case v.Is(t, rules.Auxiliary|rules.Modal) && !f.PossessiveMark(t) && !strings.HasSuffix(word, "ing") && t > i:
			return true
		case v.Is(t, rules.PronounMale|rules.PronounFemale|rules.PronounPlural|rules.PronounFirst) && t == i && t+1 < end &&
			!v.Is(t, rules.Possessive) && !v.Is(t+1, rules.Preposition):
			return !v.In(t, rules.PronounObject)
		case t > i && f.Verb(t) && !v.Is(t-1, rules.Determiner|rules.Possessive) && !strings.HasSuffix(word, "ing") &&
			!(strings.HasSuffix(word, "ed") && t+1 < end && v.Is(t+1, rules.Preposition)):
			return true
		case !v.Letter(t) && !clause.DigitFirst(word) && !f.PossessiveMark(t) && word != "$" && word != "%", t > i &&
			v.Is(t, rules.PronounRelative|rules.Subordinator) && !v.Is(t, rules.Preposition), word == "to":
			return false
		}
	}
	return false
}

// nounReport: his claim | that the bridge was safe; the union’s criticism of | the plan; calls by residents for | a ban.
func (f *finder) nounReport(i int, id string) {
	v := f.View
	r := report{id: id, cue: clause.Range(i, f.CueEnd(i))}
	j := r.cue.End
	src, ok := f.possessor(i)
	if !ok && j+1 < f.last && !f.Quoted(j) && (v.Word(j) == "by" || v.Word(j) == "from" || v.Word(j) == "of") {
		var e int
		if src, e, ok = f.phrase(j + 1); ok && src.Form != clause.Impersonal && e < f.last && !f.Quoted(e) &&
			(v.Word(e) == "that" || v.Word(e) == "to" || v.Is(e, rules.Preposition)) {
			j = e
		} else {
			ok = false
		}
	}
	if !ok || j+1 >= f.last || !f.narrated(j) {
		return
	}
	first := j
	switch {
	case v.Word(j) == "that":
		r.shape = "noun-that"
	case v.Is(j, rules.Be) && v.Word(j+1) == "that":
		r.shape, r.word, first = "noun-that", "is", j+1
	case v.Word(j) == "to" && f.infinitive(j+1, f.last):
		r.shape = "noun-to"
	case v.Is(j, rules.QuestionWord):
		r.shape = "noun-question"
	case v.Is(j, rules.Preposition):
		r.shape, r.word, first = "noun-preposition", strings.ToLower(v.Word(j)), j+1
	default:
		return
	}
	r.src, r.parts = src, []clause.Tokens{clause.Range(first, f.last)}
	f.close(&r)
	f.propose(r, i-1, false)
}

// inSource: In a new poll, | most voters want the bridge.
func (f *finder) inSource() {
	i := f.around.First
	if i+3 >= f.last || !f.narrated(i) || !segment.EqualFold(f.Word(i), "in") {
		return
	}
	src, k, ok := f.phrase(i + 1)
	if !ok || src.Form != clause.Nominal || !f.Is(src.Head, rules.ArtifactNoun) {
		return
	}
	if k = f.comma(k, f.last); k < 0 {
		return
	}
	r := report{id: "in", cue: clause.Range(i, i+1), src: src, shape: "in", word: strings.ToLower(f.Word(src.Head)),
		parts: []clause.Tokens{clause.Range(k+1, f.last)}}
	f.close(&r)
	f.propose(r, k, false)
}
