package attribution

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
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

// reports proposes indirect quotes in the order of their cues. A cue may have several readings, of which one at most is
// right: another content, another source.
func (w *work) reports() []report {
	var out []report
	marked := map[int]*annot.Quote{}
	for i := range w.d.Quotes {
		if q := &w.d.Quotes[i]; !q.Cue.IsZero() {
			marked[q.Cue.Start] = q
		}
	}
	for _, u := range w.v.Units {
		switch w.d.Paragraphs[u.Paragraph].Zone {
		case annot.Body, annot.Headline, annot.Caption:
		default:
			continue
		}
		around := tokens{u.First, u.End}
		f := reader{work: w, around: around, last: w.lastWord(around), marked: marked}
		f.mend()
		f.label()
		f.inSource()
		f.preposed()
		for i := u.First; i < u.End; i++ {
			f.at(i)
		}
		slices.SortStableFunc(f.out, func(a, b report) int { return cmp.Compare(a.cue.first, b.cue.first) })
		out = append(out, f.out...)
	}
	return out
}

// lastWord returns the end of the unit without the marks that close it.
func (w *work) lastWord(t tokens) int {
	for t.end > t.first && w.mark(t.end-1) {
		t.end--
	}
	return t.end
}

// mark reports whether token k is a mark between words, not one that belongs to the words before it.
func (w *work) mark(k int) bool {
	word := w.v.Word(k)
	if w.quoted(k) || w.mention[k] >= 0 || w.v.Letter(k) || digitFirst(word) {
		return false
	}
	switch word {
	case ")", "]", "%", "”", "’", "\"", "''":
		return false
	}
	return true
}

// reader reads the reports of one narrative sentence.
type reader struct {
	*work
	around tokens
	last   int // end of the last word
	// marked holds the quotes that have a cue, by where it starts.
	marked map[int]*annot.Quote
	out    []report
	// outer is the end of the content of the last report with a clause.
	outer int
}

// mend gives the words of the sentence classes that they have here only: have long said, notably said, they both said,
// can’t say.
func (f *reader) mend() {
	v := f.v
	for i := f.around.first; i < f.last; i++ {
		if v.Upper(i) || f.mention[i] >= 0 {
			continue
		}
		word := v.Word(i)
		switch {
		case v.Is(i, rules.SentenceAdverb) && strings.HasSuffix(word, "ly"), word == "long" && i > f.around.first && v.Is(i-1, rules.Auxiliary):
			v.Class[i] = rules.Adverb
		case (word == "both" || word == "all") && i > f.around.first && i+1 < f.last && (f.mention[i-1] >= 0 || v.Is(i-1, personal|rules.RolePlural|rules.Auxiliary)) && f.mention[i+1] < 0 &&
			!v.Is(i+1, rules.Determiner|rules.Possessive|rules.Preposition|rules.NumberWord|rules.Conjunction):
			v.Class[i] = rules.Adverb
		case i+1 < f.last && v.Word(i+1) == "n't" && v.Class[i] == 0:
			v.Class[i] = rules.Modal
		}
	}
}

// phrase reads the noun phrase that begins at token i. It looks no further than maxLook.
func (f *reader) phrase(i int) (source, int, bool) { return f.nounPhrase(i, min(f.last, i+maxLook)) }

// propose keeps r if its content is sound.
func (f *reader) propose(r report, last int, passive bool) {
	if !f.sound(&r) || f.taken(&r) {
		return
	}
	f.describe(&r, last, passive)
	f.out = append(f.out, r)
}

// taken reports whether the cue of r introduces a marked quote and nothing more: “…,” Park said | in a statement. What it
// reports without marks is a clause of its own, or one that the fragment stands in.
func (f *reader) taken(r *report) bool {
	q := f.marked[f.d.Tokens[r.cue.first].Start]
	if q == nil {
		return false
	}
	for _, p := range r.parts {
		if q.Kind == annot.Mixed && f.v.Span(p.first, p.end).Overlaps(q.Span()) {
			return false
		}
	}
	return r.shape != "that" && r.shape != "question"
}

// borrow reads the token i as a cue, for the functions that ask for one, until the returned function is called.
func (f *reader) borrow(i int, rep *rules.Report) func() {
	v := f.v
	cue, n := v.Cue[i], v.CueLen[i]
	v.Cue[i], v.CueLen[i] = &rules.Cue{ID: rep.Forms[0], Class: rules.Manner, Weight: 0.5}, 1
	return func() { v.Cue[i], v.CueLen[i] = cue, n }
}

// at proposes what the word at token i may introduce.
func (f *reader) at(i int) {
	v := f.v
	if f.quoted(i) || v.Outer[i] >= 0 || f.mention[i] >= 0 {
		return
	}
	c, rep := v.Cue[i], f.set.Report(v.Word(i))
	switch {
	case c != nil && c.Class == rules.Phrase:
		f.accordingTo(i)
		return
	case rep == nil && (c == nil || c.Class == rules.Noun || c.Class == rules.Manner || c.Class == rules.ReadOut),
		v.Upper(i) && i > f.around.first && !f.title[f.unit[i]]:
		return
	}
	var id string
	if rep != nil {
		id = rep.ID
	} else {
		id = c.ID
	}
	if c == nil || c.Class == rules.Noun {
		defer f.borrow(i, rep)()
	}
	if rep != nil && rep.Noun || f.nominalUse(i, f.around) {
		f.nounReport(i, id)
		if rep != nil && rep.Noun || i == f.around.first || !f.stands(i-1) {
			return
		}
	}
	cue := tokens{i, f.cueEnd(i)}
	last, flags, passive := f.verbGroup(i, max(f.around.first, i-maxLook))
	flags |= f.cueRemarks(i)
	if cue.end < f.last && !f.quoted(cue.end) && v.Word(cue.end) == "by" {
		f.passive(report{id: id, cue: cue, shape: "passive", flags: flags}, last)
	}
	readings := f.complements(cue, c)
	sources := f.sources(i, last)
	for _, reading := range readings {
		for _, src := range sources {
			r := reading
			r.id, r.cue, r.src, r.flags = id, cue, src, flags
			r.parts = slices.Clone(r.parts)
			f.close(&r)
			if r.shape == "gap" {
				f.antecedent(&r)
			}
			f.propose(r, last, passive)
		}
	}
	if len(sources) > 0 {
		f.asClause(report{id: id, cue: cue, src: sources[0], shape: "as", flags: flags}, last)
		if i == f.around.first || f.leads(f.around.first, i) || strings.HasSuffix(v.Word(i), "ing") {
			return
		}
	}
	if strings.HasSuffix(v.Word(i), "ing") || i > f.around.first && v.Word(i-1) == "to" {
		f.fronted(id, cue, readings, last, flags)
	}
}

// stands reports whether the determiner at token k may stand for people by itself: some say, both vowed.
func (f *reader) stands(k int) bool {
	word := strings.ToLower(f.v.Word(k))
	return f.v.Is(k, rules.Generic|rules.NumberWord) || f.v.Is(k, rules.Determiner) && (word == "both" || word == "those" || word == "these" || word == "another" || word == "half")
}

// sources returns who may be the source of the verb at token i: the subject of its clause, the words right before it, and
// a quantity. The token last ends what stands before the verb group.
func (f *reader) sources(i, last int) []source {
	var list []source
	add := func(src source, ok bool) {
		src = f.trimmed(src)
		if ok && src.form != impersonal && src.form != noForm && src.end > src.first && !slices.ContainsFunc(list, func(s source) bool { return s.first < src.end && src.first < s.end }) {
			list = append(list, src)
		}
	}
	if last >= f.around.first && !f.quoted(last) {
		add(f.quantity(last))
	}
	src, _, ok := f.subjectBefore(i, f.around.first, 0)
	add(src, ok)
	k := i - 1
	if k > f.around.first && f.v.Word(k) == "to" {
		k--
		if k > f.around.first && f.v.Is(k, rules.Negation) {
			k--
		}
		add(f.endingAt(k, max(f.around.first, i-maxLook)))
	} else if strings.HasSuffix(f.v.Word(i), "ing") || strings.HasSuffix(f.v.Word(i), "ed") {
		add(f.endingAt(last, max(f.around.first, i-maxLook)))
	}
	if last >= f.around.first && !f.quoted(last) && (f.v.Word(last) == "," || f.v.Is(last, rules.Conjunction|rules.Preposition|rules.Subordinator) && f.mention[last] < 0) {
		add(f.clauseSubject(last))
	}
	if last > f.around.first && !f.quoted(last) && f.v.Word(last) == "," && strings.HasSuffix(f.v.Word(i), "ing") {
		add(f.invertedSubject(last))
	}
	return list
}

// invertedSubject finds the subject behind a verb of speech before token i: “…,” said Park, | referring to.
func (f *reader) invertedSubject(i int) (source, bool) {
	for k := i - 1; k > max(f.around.first, i-maxLook/2) && !f.quoted(k); k-- {
		if f.verbCue(k) && (f.quoted(k-1) || f.v.Word(k-1) == ",") {
			src, _, ok := f.phrase(f.cueEnd(k))
			return src, ok
		}
	}
	return source{}, false
}

// trimmed takes off a relative pronoun that was read as a determiner: the delay that | most owners blame.
func (f *reader) trimmed(src source) source {
	if src.form == nominal && src.end-src.first > 1 && (segment.EqualFold(f.v.Word(src.first), "what") || segment.EqualFold(f.v.Word(src.first), "that") && strings.HasSuffix(f.v.Word(src.end-1), "s")) {
		src.first++
	}
	return src
}

// clauseSubject finds the subject of the verb before token i: the owners have gone to court, | citing.
func (f *reader) clauseSubject(i int) (source, bool) {
	v := f.v
	first := max(f.around.first, i-maxLook/2)
	for t := i - 1; t > first; t-- {
		if f.quoted(t) || v.Word(t) == ";" {
			return source{}, false
		}
		if f.mention[t] >= 0 || v.Upper(t) || strings.HasSuffix(v.Word(t), "ing") || f.possessiveMark(t) || v.Is(t-1, rules.Determiner|rules.Possessive|rules.Preposition) && f.mention[t-1] < 0 ||
			!v.Is(t, rules.Auxiliary|rules.Modal) && !f.verb(t) && (f.set.Report(v.Word(t)) == nil || f.set.Report(v.Word(t)).Noun) {
			continue
		}
		last, _, _ := f.verbGroup(t, first)
		if last < first || f.quoted(last) {
			return source{}, false
		}
		if src, ok := f.endingAt(last, first); ok {
			return src, true
		}
	}
	return source{}, false
}

// quantity reads the subject that ends with token last as a number of people: some, half of them, 60 percent of voters.
func (f *reader) quantity(last int) (source, bool) {
	v := f.v
	best := -1
	for k := last; k >= max(f.around.first, last-10); k-- {
		if f.quoted(k) || f.mark(k) || f.mention[k] < 0 && (v.Is(k, rules.Auxiliary|rules.Modal|rules.Conjunction|rules.PronounRelative|rules.Subordinator) && !v.Is(k, rules.NumberWord|rules.Determiner|rules.Generic|rules.Preposition) || f.verb(k)) {
			break
		}
		if f.mention[k] >= 0 {
			continue
		}
		if v.Is(k, rules.Generic|rules.NumberWord) || digitFirst(v.Word(k)) || k == last && v.Is(k, rules.Determiner) && v.Is(k, rules.PronounImpersonal) && v.Word(k) != "that" || segment.EqualFold(v.Word(k), "half") || segment.EqualFold(v.Word(k), "another") {
			best = k
		} else if v.Is(k, rules.Determiner) && k+2 <= last && v.Word(k+2) == "of" { // a number of, the majority of
			best = k
		}
	}
	if best < 0 || best < last && !f.counted(best, last) {
		return source{}, false
	}
	return source{form: nominal, tokens: tokens{best, last + 1}, affiliation: -1, head: last, generic: v.Is(best, rules.Generic) && !v.Is(best, rules.NumberWord)}, true
}

// counted reports whether an "of" stands between the tokens first and last, or a number begins them: 60 percent of voters.
func (f *reader) counted(first, last int) bool {
	for k := first; k <= last; k++ {
		if f.mention[k] < 0 && (f.v.Word(k) == "of" || f.v.Word(k) == "percent" || f.v.Word(k) == "%") {
			return true
		}
	}
	return false
}

// antecedent adds what the gap stands for: a deal that he said | would fail.
func (f *reader) antecedent(r *report) {
	k := r.src.first - 1
	if k <= f.around.first || f.quoted(k) || r.src.first > r.cue.first {
		return
	}
	if f.mention[k] < 0 && f.v.Is(k, rules.PronounRelative|rules.QuestionWord) {
		r.parts = []tokens{{k, k + 1}, r.parts[0]}
		r.word = "relative"
	} else if np, ok := f.endingAt(k, f.around.first); ok && np.form != pronoun {
		r.parts = []tokens{np.tokens, r.parts[0]}
		r.word = "noun"
	}
}

// passive: The plan was rejected by Park; a plan backed by the union.
func (f *reader) passive(r report, last int) {
	src, _, ok := f.phrase(r.cue.end + 1)
	if !ok || src.form == impersonal {
		return
	}
	content, ok := f.endingAt(last, max(f.around.first, r.cue.first-maxLook))
	if !ok {
		return
	}
	r.src, r.parts = src, []tokens{content.tokens}
	f.propose(r, last, true)
}

// asClause: As Park noted, | the plan is reckless; the plan is reckless, as Park noted.
func (f *reader) asClause(r report, last int) {
	v := f.v
	as := r.src.first - 1
	if as > f.around.first && v.Is(as, rules.Determiner) && !f.quoted(as) { // as the Post reported
		as--
	}
	if as < f.around.first || r.src.first > r.cue.first || !segment.EqualFold(v.Word(as), "as") || f.quoted(as) {
		return
	}
	e := r.cue.end
	for e < f.last && !f.quoted(e) && f.mention[e] < 0 && v.Is(e, rules.Adverb) {
		e++
	}
	e = f.skipAdjuncts(e)
	switch {
	case f.leads(f.around.first, as) && e+1 < f.last && v.Word(e) == ",":
		r.word, r.parts = "first", []tokens{{e + 1, f.last}}
		f.close(&r)
	case as-1 > f.around.first && !f.quoted(as-2) && v.Word(as-1) == "," && (e >= f.last || f.mark(e)):
		r.parts = []tokens{{f.begin(as - 1), as - 1}}
	default:
		return
	}
	f.propose(r, last, false)
}

// fronted: Citing the cost, | Park voted no: the subject of a participle stands behind its content.
func (f *reader) fronted(id string, cue tokens, readings []report, last int, flags annot.Flags) {
	for n, r := range readings {
		k := f.comma(r.parts[0].first, f.last)
		if n > 0 || k < 0 || k+1 >= f.last || f.quoted(k+1) {
			return
		}
		src, _, ok := f.phrase(k + 1)
		if !ok || src.form == impersonal {
			return
		}
		r.id, r.cue, r.src, r.flags, r.shape = id, cue, src, flags, "fronted-"+r.shape
		r.parts = []tokens{{r.parts[0].first, k}}
		f.propose(r, last, false)
	}
}

// label: Poll: | Most voters want a new bridge.
func (f *reader) label() {
	src, k, ok := f.phrase(f.around.first)
	if !ok || k+1 >= f.last || f.quoted(k) || f.v.Word(k) != ":" || f.quoted(k+1) || src.form != named && src.form != nominal {
		return
	}
	r := report{id: "colon", cue: tokens{k, k + 1}, src: src, shape: "label", parts: []tokens{{k + 1, f.last}}}
	f.close(&r)
	f.propose(r, k, false)
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

// complements returns the constructions that the words behind the cue may be, as reports with a shape and the content to
// the end of the sentence.
func (f *reader) complements(cue tokens, c *rules.Cue) (list []report) {
	v, end := f.v, f.last
	j := cue.end
	for n := 0; n < 3 && j < end && !f.quoted(j) && f.mention[j] < 0 && v.Is(j, rules.Adverb) && !v.Is(j, personal|rules.PronounImpersonal|rules.Preposition|rules.Determiner); n++ {
		j++
	}
	add := func(shape, word string, first int) {
		if first < end {
			list = append(list, report{shape: shape, word: word, parts: []tokens{{first, end}}})
		}
	}
	if j >= end {
		return nil
	}
	if f.quoted(j) { // said “no one” had seen it: what is quoted is a quote of its own
		if saying(c) && f.d.Quotes[f.quoteOf[j]].Kind == annot.Mixed {
			add("clause", "", j)
		}
		return list
	}
	if f.mark(j) && v.Word(j) != "$" && v.Word(j) != "#" {
		for t := j + 1; t < min(end, j+12) && !f.quoted(t); t++ {
			if v.Word(t) == "that" && f.mark(t-1) { // testified, for example, | that
				add("that", "parenthesis", t)
				break
			}
		}
		return list
	}
	word := strings.ToLower(v.Word(j))
	plain := f.mention[j] < 0 // no name
	switch {
	case plain && word == "that" && j+1 < end:
		add("that", "", j)
		return list
	case plain && v.Is(j, rules.QuestionWord) || word == "if":
		add("question", "", j)
		return list
	case plain && word == "to" && f.infinitive(j+1, end):
		add("infinitive", "", j)
		return list
	}
	if k, ok := f.thatBehind(j); ok {
		add("that", "behind", k)
	}
	if saying(c) {
		k := f.skipAdjuncts(j)
		if c.Class == rules.Tell || c.Class == rules.Ask {
			f.addressed(k, add)
		}
		if k < end && !f.quoted(k) && !f.mark(k) && v.Word(k) != "that" && f.finite(k, end) && !(f.mention[k] < 0 && v.Is(k, rules.Conjunction|rules.PronounRelative)) {
			behind := ""
			if k > j {
				behind = "behind"
			}
			add("clause", behind, k)
			if k == j && plain && !v.Is(j, rules.Preposition) {
				return list
			}
		}
	}
	switch {
	case plain && v.Is(j, rules.Preposition) && !v.Is(j, rules.Determiner):
		add("preposition", word, j+1)
		return list
	case plain && v.Is(j, rules.Auxiliary|rules.Modal): // the car that he said | was stolen
		if saying(c) {
			add("gap", "", j)
		}
		return list
	case plain && v.Is(j, rules.Conjunction|rules.Subordinator):
		return list
	case plain && strings.HasSuffix(word, "ing") && !v.Upper(j):
		add("gerund", "", j)
		return list
	case !saying(c) && f.finite(j, end):
		add("clause", "", j)
	}
	if _, e, ok := f.phrase(j); ok && e+1 < end && !f.quoted(e) {
		switch {
		case v.Word(e) == "to" && f.infinitive(e+1, end):
			add("object-to", "", j)
			return list
		case f.mention[e] < 0 && v.Is(e, rules.Preposition):
			add("object", strings.ToLower(v.Word(e)), j)
			return list
		}
	}
	add("object", "", j)
	return list
}

// addressed adds the constructions behind an addressee at token k: told the board | if, to, the bridge was.
func (f *reader) addressed(k int, add func(shape, word string, first int)) {
	v, end := f.v, f.last
	_, e, ok := f.phrase(k)
	if !ok || e >= end || f.quoted(e) {
		return
	}
	switch {
	case v.Is(e, rules.QuestionWord) || v.Word(e) == "if":
		add("question", "behind", e)
	case v.Word(e) == "to" && f.infinitive(e+1, end):
		add("infinitive", "behind", e)
	default:
		if e = f.skipAdjuncts(e); e < end && !f.quoted(e) && v.Word(e) != "that" && f.finite(e, end) && (v.Is(e, personal|rules.Determiner|rules.Possessive|rules.PronounImpersonal) || f.mention[e] >= 0) {
			add("clause", "addressed", e)
		}
	}
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
			k := f.pastNP(j+1, min(f.last, j+maxLook))
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
func (f *reader) nounReport(i int, id string) {
	v := f.v
	r := report{id: id, cue: tokens{i, f.cueEnd(i)}}
	j := r.cue.end
	src, ok := f.possessor(i)
	if !ok && j+1 < f.last && !f.quoted(j) && (v.Word(j) == "by" || v.Word(j) == "from" || v.Word(j) == "of") {
		var e int
		if src, e, ok = f.phrase(j + 1); ok && src.form != impersonal && e < f.last && !f.quoted(e) && (v.Word(e) == "that" || v.Word(e) == "to" || v.Is(e, rules.Preposition)) {
			j = e
		} else {
			ok = false
		}
	}
	if !ok || j+1 >= f.last || f.quoted(j) || f.mention[j] >= 0 {
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
	r.src, r.parts = src, []tokens{{first, f.last}}
	f.close(&r)
	f.propose(r, i-1, false)
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
func (f *reader) accordingTo(i int) {
	a, ok := f.attributionAt(i, f.around, true)
	if !ok || a.src.form == impersonal {
		return
	}
	r := report{id: a.rule, cue: a.cue, src: a.src, flags: a.flags, shape: "according-to"}
	begins := i == f.around.first || f.leads(f.around.first, i)
	if begins {
		k := f.comma(a.src.end, f.last)
		if k < 0 {
			return
		}
		r.parts = []tokens{{k + 1, f.last}}
		r.word = "first"
		f.close(&r)
	} else {
		end := i
		for end > f.around.first && f.mark(end-1) {
			end--
		}
		r.parts = []tokens{{f.begin(end), end}}
		f.rest(&r, a.src.end)
	}
	f.propose(r, i-1, false)
}

// leads reports whether the tokens [i, end) are but conjunctions and adverbs: But according to.
func (f *reader) leads(i, end int) bool {
	if end-i > maxLook/4 {
		return false
	}
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

// preposed proposes the reports whose content stands before the cue: The plan is reckless, | Park said.
func (f *reader) preposed() {
	v := f.v
	seen := f.around.first
	for k := f.around.first + 1; k < f.last; k++ {
		if f.quoted(k) || f.mention[k] >= 0 || f.quoted(k-1) {
			continue
		}
		switch v.Word(k) {
		case ",", "—", "–", "--", "-":
		default:
			continue
		}
		a, ok := f.behindComma(k)
		if !ok || a.none || a.src.form == impersonal || a.src.form == noForm || a.cue.first <= k || a.src.first <= k {
			continue
		}
		inverted := a.src.first > a.cue.first
		e := max(a.cue.end, a.src.end)
		follows := f.follows(e)
		if a.rule == "tell" && !inverted { // two guards told the paper
			if _, to, ok := f.phrase(e); ok {
				e = to
			}
		}
		e = f.skipAdjuncts(e)
		for e < f.last && !f.quoted(e) && f.mention[e] < 0 && v.Is(e, rules.Adverb) {
			e++
		}
		if e < f.last && (f.quoted(e) || f.mention[e] >= 0 || v.Letter(e) && !(inverted && v.Is(e, rules.PronounRelative|rules.Subordinator)) && !v.Is(e, rules.Conjunction) && !strings.HasSuffix(v.Word(e), "ing")) {
			continue
		}
		r := report{id: a.rule, cue: a.cue, src: a.src, flags: a.flags, shape: "before", word: follows}
		if rep := f.set.Report(v.Word(a.cue.first)); rep != nil {
			r.id = rep.ID
		}
		if inverted {
			r.word = "inverted"
		}
		first := max(f.begin(k), seen)
		r.parts = []tokens{{first, k}}
		if !inverted && f.rest(&r, e) {
			r.shape = "around"
		}
		n := len(f.out)
		f.propose(r, k, false)
		if len(f.out) > n && f.hasVerb(r.parts[0]) {
			seen = max(e, r.parts[len(r.parts)-1].end)
		}
	}
}

// rest adds the content that goes on behind a comma at token e, where the source stands in the middle: The plan, Park said,
// | is reckless.
func (f *reader) rest(r *report, e int) bool {
	v := f.v
	if e+1 >= f.last || f.quoted(e) || f.quoted(e+1) || f.mention[e] >= 0 || v.Word(e) != "," && v.Word(e) != "-" && v.Word(e) != "—" ||
		f.mention[e+1] < 0 && (strings.HasSuffix(v.Word(e+1), "ing") || v.Word(e+1) != "that" && v.Is(e+1, rules.PronounRelative)) {
		return false
	}
	rest := tokens{e + 1, min(f.last, e+1+maxContent)}
	if rest.end = f.boundary(rest, "clause"); rest.end <= rest.first {
		return false
	}
	for rest.end > rest.first && f.mark(rest.end-1) {
		rest.end--
	}
	if rest.end <= rest.first {
		return false
	}
	r.parts = append(r.parts, rest)
	return true
}

// follows names what stands behind an attribution.
func (f *reader) follows(e int) string {
	switch {
	case e >= f.last:
		return "end"
	case f.quoted(e):
		return "quote"
	case f.mention[e] >= 0:
		return "name"
	}
	return f.wordKind(e)
}

// behindComma reads the attribution behind the comma or dash at token k. A verb that is no cue beside marks counts where
// it ends its clause: …, records show.
func (f *reader) behindComma(k int) (answer, bool) {
	if a, ok := f.attributionAt(k+1, f.around, true); ok {
		return a, f.v.Cue[a.cue.first].Class != rules.Phrase
	}
	for t := k + 2; t < min(f.last, k+15) && !f.quoted(t); t++ {
		if t+1 < f.last && f.v.Word(t+1) != "," || f.v.Cue[t] != nil || f.mention[t] >= 0 {
			continue
		}
		if rep := f.set.Report(f.v.Word(t)); rep != nil && !rep.Noun {
			defer f.borrow(t, rep)()
			return f.attributionAt(k+1, f.around, true)
		}
	}
	return answer{}, false
}

// close ends the content of r where another clause begins.
func (f *reader) close(r *report) {
	p := &r.parts[len(r.parts)-1]
	p.end = f.boundary(*p, r.shape)
	if r.src.form == relative { // Park, who said that the bridge was old, | left
		for k := p.first + 1; k+1 < min(p.end, p.first+maxContent); k++ {
			if !f.quoted(k) && !f.quoted(k+1) && f.mention[k] < 0 && f.v.Word(k) == "," && (f.verb(k+1) || f.mention[k+1] < 0 && f.v.Is(k+1, rules.Auxiliary|rules.Modal)) && !strings.HasSuffix(f.v.Word(k+1), "ing") {
				p.end = k
				break
			}
		}
	}
	for p.end > p.first && f.mark(p.end-1) {
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

// inSource: In a new poll, | most voters want the bridge.
func (f *reader) inSource() {
	i := f.around.first
	if i+3 >= f.last || f.quoted(i) || f.mention[i] >= 0 || !segment.EqualFold(f.v.Word(i), "in") {
		return
	}
	src, k, ok := f.phrase(i + 1)
	if !ok || src.form != nominal || !f.v.Is(src.head, rules.ArtifactNoun) {
		return
	}
	if k = f.comma(k, f.last); k < 0 {
		return
	}
	r := report{id: "in", cue: tokens{i, i + 1}, src: src, shape: "in", word: strings.ToLower(f.v.Word(src.head)), parts: []tokens{{k + 1, f.last}}}
	f.close(&r)
	f.propose(r, k, false)
}
