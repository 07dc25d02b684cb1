package indirect

import (
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// describe sets the features of r. The token last ends what stands before the verb group.
func (f *finder) describe(r *report, last int, passive bool) {
	v := f.View
	i := r.cue.First
	shape := r.shape
	if r.word != "" {
		shape += " " + r.word
	}
	add := func(names ...string) { r.features = append(r.features, strings.Join(names, " ")) }
	word := strings.ToLower(v.Word(i))
	tense := "plain"
	switch {
	case strings.HasSuffix(word, "ing"):
		tense = "ing"
	case strings.HasSuffix(word, "ed"):
		tense = "ed"
	case strings.HasSuffix(word, "s"):
		tense = "s"
	}
	add("bias")
	add("shape", r.shape)
	add("construction", shape)
	add("cue", r.id)
	add("cue", r.id, r.shape)
	add("cue", r.id, "construction", shape)
	add("form", word)
	before := "start"
	if k := i - 1; k >= f.around.First {
		switch {
		case f.Quoted(k):
			before = "quote"
		case f.MentionOf[k] >= 0:
			before = "name"
		default:
			before = f.wordKind(k)
		}
	}
	add("before", before, tense)
	add("before", before, r.shape)
	source := f.sourceKind(r.src)
	add("source", source)
	add("source", source, r.shape)
	add("source", source, tense)
	add("cue", r.id, "source", source)
	if r.src.Form == clause.Nominal {
		add("head", strings.ToLower(v.Word(r.src.Head)))
		add("head", strings.ToLower(v.Word(r.src.Head)), r.shape)
	}
	gap := i - r.src.End
	far := "at once"
	switch {
	case gap < 0:
		far = "behind"
	case gap > 12:
		far = "far"
	case gap > 3:
		far = "near"
	case gap > 0:
		far = "close"
	}
	add("gap", far, tense)
	if last == r.src.End-1 {
		add("subject beside the verb")
	}
	p := r.parts[len(r.parts)-1]
	if r.shape == "around" {
		p = r.parts[0]
	}
	first := "quote"
	if !f.Quoted(p.First) {
		if first = "name"; f.MentionOf[p.First] < 0 {
			first = f.wordKind(p.First)
		}
	}
	add("content", first, r.shape)
	if next := p.First + 1; r.shape == "that" && next < p.End && !f.Quoted(next) && f.MentionOf[next] < 0 {
		add("that", r.word, f.wordKind(next))
	}
	if r.shape == "object" || r.shape == "preposition" || r.shape == "gerund" {
		add("cue", r.id, "content", first)
	}
	if r.shape == "object" || r.shape == "preposition" {
		add("content", "verb", r.shape, strconv.FormatBool(f.hasVerb(p)))
	}
	if !f.Quoted(p.First) && f.MentionOf[p.First] < 0 && !v.Upper(p.First) && r.shape != "before" {
		add("cue", r.id, "first", v.Word(p.First))
	}
	add("length", r.shape, bucket(p.End-p.First))
	if r.shape == "before" || r.shape == "around" || r.shape == "according-to" {
		add("clause", r.shape, strconv.FormatBool(f.hasVerb(p)))
		start := "inside"
		if p.First == f.around.First {
			start = "sentence"
		}
		add("begins", r.shape, start)
	}
	add("ends", r.shape, strconv.FormatBool(r.parts[len(r.parts)-1].End == f.last))
	if passive {
		add("passive")
		add("passive", r.id)
		add("passive", tense, r.shape)
	}
	if r.flags.Has(annot.Negated) {
		add("negated")
		add("negated", r.id)
	}
	if r.flags.Has(annot.Hypothetical) {
		add("modal")
	}
	add("zone", f.D.Paragraphs[v.Units[f.UnitOf[i]].Paragraph].Zone.String())
	if f.Title[f.UnitOf[i]] {
		add("title case")
	}
	if i < f.outer {
		add("within a report")
		add("within a report", r.shape)
	}
	if r.shape == "that" || r.shape == "clause" {
		f.outer = max(f.outer, p.End)
	}
	for k := p.First; k < p.End; k++ {
		if f.Quoted(k) {
			add("holds a quote", r.shape)
			break
		}
	}
}

func bucket(n int) string {
	switch {
	case n <= 1:
		return "1"
	case n <= 3:
		return "3"
	case n <= 6:
		return "6"
	case n <= 12:
		return "12"
	case n <= 25:
		return "25"
	}
	return "more"
}

// hasVerb reports whether a finite verb stands in t.
func (f *finder) hasVerb(t clause.Tokens) bool {
	for k := t.First; k < t.End; k++ {
		if !f.Quoted(k) && f.MentionOf[k] < 0 && (f.Is(k, rules.Auxiliary|rules.Modal) && !f.PossessiveMark(k) || f.Verb(k)) {
			return true
		}
	}
	return false
}

// wordKind names the kind of the word at token k.
func (f *finder) wordKind(k int) string {
	v := f.View
	c := v.Class[k]
	switch word := v.Word(k); {
	case !v.Letter(k):
		if clause.DigitFirst(word) {
			return "number"
		}
		if word == "," {
			return "comma"
		}
		return "mark"
	case word == "to" || word == "not" || word == "who" || word == "that":
		return word
	case c&rules.Negation != 0:
		return "negation"
	case c&rules.Be != 0:
		return "be"
	case c&rules.Modal != 0:
		return "modal"
	case c&rules.Auxiliary != 0:
		return "auxiliary"
	case c&rules.Possessive != 0:
		return "possessive"
	case c&clause.Personal != 0:
		return "pronoun"
	case c&rules.PronounImpersonal != 0 && c&rules.Determiner == 0:
		return "it"
	case c&rules.Determiner != 0:
		return "determiner"
	case c&rules.QuestionWord != 0:
		return "question"
	case c&rules.Preposition != 0:
		return "preposition"
	case c&rules.Conjunction != 0:
		return "conjunction"
	case c&rules.Subordinator != 0:
		return "subordinator"
	case c&(rules.TimeWord|rules.Weekday|rules.Month) != 0:
		return "time"
	case c&(rules.Adverb|rules.SentenceAdverb) != 0:
		return "adverb"
	case c&clause.People != 0:
		return "people"
	case c&rules.GroupNoun != 0:
		return "group"
	case c&rules.ArtifactNoun != 0:
		return "artifact"
	case f.Verb(k):
		return "verb"
	case strings.HasSuffix(word, "ing"):
		return "ing"
	case v.Upper(k):
		return "capital"
	}
	return "word"
}

// sourceKind names the kind of a source.
func (f *finder) sourceKind(src clause.Source) string {
	switch src.Form {
	case clause.Named:
		if len(src.Mentions) > 1 {
			return "names"
		}
		return f.D.Mentions[src.Mentions[0]].Type.String()
	case clause.Pronoun:
		if f.Is(src.First, rules.PronounFirst) {
			return "first person"
		}
		if f.Is(src.First, rules.PronounImpersonal) {
			return "it"
		}
		return "pronoun " + strconv.FormatBool(subjectForm(f.Word(src.First)))
	case clause.Relative:
		return "relative"
	case clause.Possessive:
		return "possessive"
	case clause.Nominal:
		switch c := f.Class[src.Head]; {
		case src.Generic:
			return "generic"
		case c&(rules.RolePlural|rules.HumanPlural) != 0:
			return "people"
		case c&clause.People != 0:
			return "person"
		case c&rules.GroupNoun != 0:
			return "group"
		case c&rules.ArtifactNoun != 0:
			return "artifact"
		}
		return "thing"
	}
	return "other"
}
