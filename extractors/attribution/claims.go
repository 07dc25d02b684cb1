package attribution

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// byClaim is what By begins with where a headline claims something of somebody in marks and does not say who claims it. It goes before
// all sieves and is none of them: they answer with words for a speaker.
const (
	byClaim         = "claim"
	claimConfidence = 0.9
)

// claim answers nobody for the marks of a headline around what somebody claims: Cole ‘stabbed wife’; Boyd accused of ‘lying to MPs’;
// ‘Corrupt’ mayor quits. The subject is whom the claim is about. Only a cue, a colon or a dash names who made it.
func (w *work) claim(q int) (clause.Attribution, bool) {
	quote := &w.D.Quotes[q]
	if quote.Zone != annot.Headline || len(w.Parts[q]) == 0 || w.firstPerson(q) {
		return clause.Attribution{}, false
	}
	a := clause.Attribution{Rule: noneRule, Nobody: true}
	if after, ok := w.attributedAfter(q); ok {
		return a, w.isTold(after)
	}
	if !w.claimed(w.Parts[q][0]) {
		return clause.Attribution{}, false
	}
	if src, ok := w.agentAt(w.Parts[q][len(w.Parts[q])-1].End); ok {
		return clause.Attribution{Source: src, Rule: "agent"}, true
	}
	return a, true
}

// firstPerson reports whether the quote speaks of its speaker: Boyd ‘I will not quit’.
func (w *work) firstPerson(q int) bool {
	for _, p := range w.Parts[q] {
		for i := p.First; i < p.End; i++ {
			if w.Is(i, rules.PronounFirst) {
				return true
			}
		}
	}
	return false
}

// attributedAfter returns the attribution that a cue or a dash after the quote makes.
func (w *work) attributedAfter(q int) (clause.Attribution, bool) {
	for _, sieve := range []func(*work, int) (clause.Attribution, bool){(*work).afterQuote, (*work).trailingCue, (*work).accordingTo, (*work).dashAfter} {
		if a, ok := sieve(w, q); ok {
			return a, true
		}
	}
	return clause.Attribution{}, false
}

// isTold reports whether the subject of the cue hears the words: Cole ‘stabbed wife’, court told.
func (w *work) isTold(a clause.Attribution) bool {
	cue := a.Cue
	if cue.End <= cue.First || a.Source.First >= cue.First || !w.In(cue.First, rules.ClaimTarget) {
		return false
	}
	end := w.Around(cue.First).End
	return cue.End == end || !w.Letter(cue.End) || w.Is(cue.End, rules.Preposition|rules.Conjunction|rules.Subordinator)
}

// claimed reports whether the part p says what its subject is or does, or what it is accused of.
func (w *work) claimed(p clause.Tokens) bool {
	first := w.clauseStart(p)
	if p.First == first {
		return w.modifiesNext(p)
	}
	if p.First-first > clause.MaxLook {
		return false // every quote looks at as many words at most
	}
	verb := first + 1
	for verb < p.First && !(w.MentionOf[verb] < 0 && w.In(verb, rules.ClaimTarget)) {
		verb++
	}
	src, k, ok := w.NounPhrase(first, verb)
	if !ok || src.Form == clause.Impersonal {
		return false
	}
	for k < verb && w.Is(k, rules.Adverb|rules.Auxiliary|rules.Modal|rules.Negation) {
		k++ // was not ‘safe’
	}
	return k == verb && (verb == p.First || !w.hasObject(verb, p.First) && !w.speaksBetween(verb+1, p.First))
}

// speaksBetween reports whether a verb of speech that is none of a claim stands among the tokens.
func (w *work) speaksBetween(first, end int) bool {
	for k := first; k < end; k++ {
		if w.VerbCue(k) && !w.In(k, rules.ClaimTarget) {
			return true
		}
	}
	return false
}

// hasObject reports whether the verb at token k has an object, so that its subject accuses: Boyd accused Cole of ‘lying’. The
// object of denies is what is denied.
func (w *work) hasObject(k, end int) bool {
	word := w.Word(k)
	if last := word[len(word)-1] | 0x20; last == 's' || last == 'y' || last == 'g' || k+1 == end || w.Quoted(k+1) {
		return false
	}
	return w.MentionOf[k+1] >= 0 || !w.Is(k+1, rules.Preposition|rules.Adverb|rules.Subordinator) && !segment.EqualFold(w.Word(k+1), "to")
}

// agentAt reads who said the words that end before token i: branded ‘a liar’ by Boyd.
func (w *work) agentAt(i int) (clause.Source, bool) {
	if i+1 >= len(w.D.Tokens) || w.Quoted(i) || !segment.EqualFold(w.Word(i), "by") {
		return clause.Source{}, false
	}
	src, _, ok := w.NounPhrase(i+1, w.Around(i).End)
	return src, ok && src.Form != clause.Impersonal
}

// clauseStart returns the first token of the clause of p: after a semicolon, a dash or the like, a subordinator, or as.
func (w *work) clauseStart(p clause.Tokens) int {
	around := w.Around(p.First)
	for k := p.First - 1; k >= around.First && k > p.First-clause.MaxLook; k-- {
		if w.Is(k, rules.Subordinator) && w.MentionOf[k] < 0 {
			return k + 1
		}
		if word := w.Word(k); isDash(word) || endsClause(word) || segment.EqualFold(word, "as") {
			return k + 1
		}
	}
	return around.First
}

// endsClause reports whether word is a mark that ends a clause within a headline.
func endsClause(word string) bool { return word == ";" || word == "!" || word == "?" }

// modifiesNext reports whether the part p, which opens a clause, stands before a noun as its modifier: ‘Corrupt’ mayor quits.
func (w *work) modifiesNext(p clause.Tokens) bool {
	i := p.End
	if i >= w.Around(p.End-1).End || w.VerbCue(i) || !(w.Letter(i) || w.MentionOf[i] >= 0) {
		return false
	}
	src, _, ok := w.NounPhrase(i, w.Around(i).End)
	return ok && src.Form != clause.Impersonal && src.Form != clause.Pronoun
}
