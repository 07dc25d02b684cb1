package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// asClause: As Park noted, | the plan is reckless; the plan is reckless, as Park noted.
func (f *reportReader) asClause(r report, last int) {
	v := f.View
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

// accordingTo: According to Park, | the plan is reckless; the plan is reckless, according to Park.
func (f *reportReader) accordingTo(i int) {
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
func (f *reportReader) leads(i, end int) bool {
	if end-i > maxLook/4 {
		return false
	}
	for ; i < end; i++ {
		if f.quoted(i) || f.Letter(i) && !f.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) {
			return false
		}
	}
	return true
}

// comma returns the first comma from token i on that no name holds, or -1.
func (f *reportReader) comma(i, end int) int {
	for k := i; k < min(end, i+maxLook); k++ {
		if !f.quoted(k) && f.mention[k] < 0 && f.Word(k) == "," {
			return k
		}
	}
	return -1
}

// begin returns where a content that ends with token end begins: with its sentence, or behind a semicolon or a colon.
func (f *reportReader) begin(end int) int {
	first := f.around.first
	for k := end - 1; k > first && k > end-maxContent; k-- {
		if !f.quoted(k) && (f.Word(k) == ";" || f.Word(k) == ":" && f.mention[k] < 0) {
			return k + 1
		}
	}
	return first
}

// preposed proposes the reports whose content stands before the cue: The plan is reckless, | Park said.
func (f *reportReader) preposed() {
	v := f.View
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
func (f *reportReader) rest(r *report, e int) bool {
	v := f.View
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
func (f *reportReader) follows(e int) string {
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
func (f *reportReader) behindComma(k int) (answer, bool) {
	if a, ok := f.attributionAt(k+1, f.around, true); ok {
		return a, f.Cue[a.cue.first].Class != rules.Phrase
	}
	for t := k + 2; t < min(f.last, k+15) && !f.quoted(t); t++ {
		if t+1 < f.last && f.Word(t+1) != "," || f.Cue[t] != nil || f.mention[t] >= 0 {
			continue
		}
		if rep := f.set.Report(f.Word(t)); rep != nil && !rep.Noun {
			defer f.borrow(t, rep)()
			return f.attributionAt(k+1, f.around, true)
		}
	}
	return answer{}, false
}
