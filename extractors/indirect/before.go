package indirect

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// asClause: As Park noted, | the plan is reckless; the plan is reckless, as Park noted.
func (f *finder) asClause(r report, last int) {
	v := f.View
	as := r.src.First - 1
	if as > f.around.First && v.Is(as, rules.Determiner) && !f.Quoted(as) { // as the Post reported
		as--
	}
	if as < f.around.First || r.src.First > r.cue.First || !segment.EqualFold(v.Word(as), "as") || f.Quoted(as) {
		return
	}
	e := f.skipAdjuncts(f.skipAdverbs(r.cue.End))
	switch {
	case f.leads(f.around.First, as) && e+1 < f.last && v.Word(e) == ",":
		r.word, r.parts = "first", []clause.Tokens{clause.Range(e+1, f.last)}
		f.close(&r)
	case as-1 > f.around.First && !f.Quoted(as-2) && v.Word(as-1) == "," && (e >= f.last || f.mark(e)):
		r.parts = []clause.Tokens{clause.Range(f.begin(as-1), as-1)}
	default:
		return
	}
	f.propose(r, last, false)
}

// skipAdverbs goes over adverbs from token e on.
func (f *finder) skipAdverbs(e int) int {
	for e < f.last && f.narrated(e) && f.Is(e, rules.Adverb) {
		e++
	}
	return e
}

// accordingTo: According to Park, | the plan is reckless; the plan is reckless, according to Park.
func (f *finder) accordingTo(i int) {
	a, ok := f.AttributionAt(i, f.around, true)
	if !ok || a.Source.Form == clause.Impersonal {
		return
	}
	r := report{id: a.Rule, cue: a.Cue, src: a.Source, flags: a.Flags, shape: "according-to"}
	if f.leads(f.around.First, i) {
		k := f.comma(a.Source.End, f.last)
		if k < 0 {
			return
		}
		r.parts = []clause.Tokens{clause.Range(k+1, f.last)}
		r.word = "first"
		f.close(&r)
	} else {
		end := i
		for end > f.around.First && f.mark(end-1) {
			end--
		}
		r.parts = []clause.Tokens{clause.Range(f.begin(end), end)}
		f.rest(&r, a.Source.End)
	}
	f.propose(r, i-1, false)
}

// leads reports whether the tokens [i, end) are but conjunctions and adverbs, or none: But according to.
func (f *finder) leads(i, end int) bool {
	if end-i > clause.MaxLook/4 {
		return false
	}
	for ; i < end; i++ {
		if f.Quoted(i) || f.Letter(i) && !f.Is(i, rules.Conjunction|rules.SentenceAdverb|rules.Adverb) {
			return false
		}
	}
	return true
}

// comma returns the first comma from token i on that no name holds, or -1.
func (f *finder) comma(i, end int) int {
	for k := i; k < min(end, i+clause.MaxLook); k++ {
		if f.narrated(k) && f.Word(k) == "," {
			return k
		}
	}
	return -1
}

// begin returns where a content that ends with token end begins: with its sentence, or after a semicolon or a colon.
func (f *finder) begin(end int) int {
	first := f.around.First
	for k := end - 1; k > first && k > end-maxContent; k-- {
		if !f.Quoted(k) && (f.Word(k) == ";" || f.Word(k) == ":" && f.MentionOf[k] < 0) {
			return k + 1
		}
	}
	return first
}

// preposed proposes the reports whose content stands before the cue: The plan is reckless, | Park said.
func (f *finder) preposed() {
	v := f.View
	seen := f.around.First
	for k := f.around.First + 1; k < f.last; k++ {
		if !f.narrated(k) || f.Quoted(k-1) || !commaOrDash(v.Word(k)) {
			continue
		}
		a, ok := f.afterComma(k)
		if !ok || a.Nobody || a.Source.Form == clause.Impersonal || a.Source.Form == clause.NoForm || a.Cue.First <= k || a.Source.First <= k {
			continue
		}
		inverted := a.Source.First > a.Cue.First
		e := max(a.Cue.End, a.Source.End)
		follows := f.follows(e)
		if a.Rule == "tell" && !inverted { // two guards told the paper
			if _, to, ok := f.phrase(e); ok {
				e = to
			}
		}
		e = f.skipAdverbs(f.skipAdjuncts(e))
		if e < f.last && (!f.narrated(e) || v.Letter(e) && !(inverted && v.Is(e, rules.PronounRelative|rules.Subordinator)) &&
			!v.Is(e, rules.Conjunction) && !strings.HasSuffix(v.Word(e), "ing")) {
			continue
		}
		r := report{id: a.Rule, cue: a.Cue, src: a.Source, flags: a.Flags, shape: "before", word: follows}
		if rep := v.Report(a.Cue.First); rep != nil {
			r.id = rep.ID
		}
		if inverted {
			r.word = "inverted"
		}
		first := max(f.begin(k), seen)
		r.parts = []clause.Tokens{clause.Range(first, k)}
		if !inverted && f.rest(&r, e) {
			r.shape = "around"
		}
		n := len(f.out)
		f.propose(r, k, false)
		if len(f.out) > n && f.hasVerb(r.parts[0]) {
			seen = max(e, r.parts[len(r.parts)-1].End)
		}
	}
}

// rest adds the content that goes on after a comma at token e, where the source stands in the middle: The plan, Park said,
// | is reckless.
func (f *finder) rest(r *report, e int) bool {
	v := f.View
	if e+1 >= f.last || f.Quoted(e) || f.Quoted(e+1) || f.MentionOf[e] >= 0 || v.Word(e) != "," && v.Word(e) != "-" && v.Word(e) != "—" ||
		f.MentionOf[e+1] < 0 && (strings.HasSuffix(v.Word(e+1), "ing") || v.Word(e+1) != "that" && v.Is(e+1, rules.PronounRelative)) {
		return false
	}
	rest := clause.Range(e+1, min(f.last, e+1+maxContent))
	if rest.End = f.boundary(rest, "clause"); rest.End <= rest.First {
		return false
	}
	for rest.End > rest.First && f.mark(rest.End-1) {
		rest.End--
	}
	if rest.End <= rest.First {
		return false
	}
	r.parts = append(r.parts, rest)
	return true
}

// follows names what stands after an attribution.
func (f *finder) follows(e int) string {
	switch {
	case e >= f.last:
		return "end"
	case f.Quoted(e):
		return "quote"
	case f.MentionOf[e] >= 0:
		return "name"
	}
	return f.wordKind(e)
}

// afterComma reads the attribution after the comma or dash at token k. A verb that is no cue beside marks counts where
// it ends its clause: …, records show.
func (f *finder) afterComma(k int) (clause.Attribution, bool) {
	if a, ok := f.AttributionAt(k+1, f.around, true); ok {
		return a, f.Cue[a.Cue.First].Class != rules.Phrase
	}
	for t := k + 2; t < min(f.last, k+15) && !f.Quoted(t); t++ {
		if t+1 < f.last && f.Word(t+1) != "," || f.Cue[t] != nil || f.MentionOf[t] >= 0 {
			continue
		}
		if rep := f.Report(t); rep != nil && !rep.Noun {
			defer f.readAsCue(t, rep)()
			return f.AttributionAt(k+1, f.around, true)
		}
	}
	return clause.Attribution{}, false
}
