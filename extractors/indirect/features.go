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
	d := description{finder: f, report: r, word: strings.ToLower(f.Word(r.cue.First)), last: last, passive: passive}
	d.tense = tenseOf(d.word)
	d.content = r.parts[len(r.parts)-1]
	if r.shape == "around" {
		d.content = r.parts[0]
	}
	d.describeCue()
	d.describeSource()
	d.describeContent()
	d.describePlace()
}

// description is a report whose features are collected. Their order is that in which their weights are added up.
type description struct {
	*finder
	*report
	// word is that of the cue, tense its ending.
	word, tense string
	content     clause.Tokens
	last        int
	passive     bool
}

// add adds the feature that consists of the names.
func (d *description) add(names ...string) {
	d.features = append(d.features, strings.Join(names, " "))
}

// is returns whether a condition holds as part of a feature.
func is(b bool) string { return strconv.FormatBool(b) }

// tenseOf names the ending of a verb.
func tenseOf(word string) string {
	for _, ending := range [...]string{"ing", "ed", "s"} {
		if strings.HasSuffix(word, ending) {
			return ending
		}
	}
	return "plain"
}

// describeCue adds the construction, the cue and the word before it.
func (d *description) describeCue() {
	construction := d.shape
	if d.report.word != "" {
		construction += " " + d.report.word
	}
	d.add("bias")
	d.add("shape", d.shape)
	d.add("construction", construction)
	d.add("cue", d.id)
	d.add("cue", d.id, d.shape)
	d.add("cue", d.id, "construction", construction)
	d.add("form", d.word)
	before := "start"
	if k := d.cue.First - 1; k >= d.around.First {
		before = d.tokenKind(k)
	}
	d.add("before", before, d.tense)
	d.add("before", before, d.shape)
}

// describeSource adds what the source is and how far from the cue it stands.
func (d *description) describeSource() {
	source := d.sourceKind(d.src)
	d.add("source", source)
	d.add("source", source, d.shape)
	d.add("source", source, d.tense)
	d.add("cue", d.id, "source", source)
	if d.src.Form == clause.Nominal {
		head := strings.ToLower(d.Word(d.src.Head))
		d.add("head", head)
		d.add("head", head, d.shape)
	}
	d.add("gap", gapKind(d.cue.First-d.src.End), d.tense)
	if d.last == d.src.End-1 {
		d.add("subject beside the verb")
	}
}

// gapKind names the number of tokens between the source and the cue.
func gapKind(n int) string {
	switch {
	case n < 0:
		return "behind"
	case n > 12:
		return "far"
	case n > 3:
		return "near"
	case n > 0:
		return "close"
	}
	return "at once"
}

// describeContent adds how the content begins and ends and how long it is.
func (d *description) describeContent() {
	p := d.content
	first := d.tokenKind(p.First)
	d.add("content", first, d.shape)
	if next := p.First + 1; d.shape == "that" && next < p.End && d.narrated(next) {
		d.add("that", d.report.word, d.wordKind(next))
	}
	switch d.shape {
	case "object", "preposition":
		d.add("cue", d.id, "content", first)
		d.add("content", "verb", d.shape, is(d.hasVerb(p)))
	case "gerund":
		d.add("cue", d.id, "content", first)
	}
	if d.narrated(p.First) && !d.Upper(p.First) && d.shape != "before" {
		d.add("cue", d.id, "first", d.Word(p.First))
	}
	d.add("length", d.shape, bucket(p.End-p.First))
	switch d.shape {
	case "before", "around", "according-to":
		d.add("clause", d.shape, is(d.hasVerb(p)))
		start := "inside"
		if p.First == d.around.First {
			start = "sentence"
		}
		d.add("begins", d.shape, start)
	}
	d.add("ends", d.shape, is(d.parts[len(d.parts)-1].End == d.finder.last))
}

// describePlace adds what the verb group says, where the report stands and what it holds.
func (d *description) describePlace() {
	if d.passive {
		d.add("passive")
		d.add("passive", d.id)
		d.add("passive", d.tense, d.shape)
	}
	if d.flags.Has(annot.Negated) {
		d.add("negated")
		d.add("negated", d.id)
	}
	if d.flags.Has(annot.Hypothetical) {
		d.add("modal")
	}
	unit := d.UnitOf[d.cue.First]
	d.add("zone", d.D.Paragraphs[d.Units[unit].Paragraph].Zone.String())
	if d.Title[unit] {
		d.add("title case")
	}
	if d.cue.First < d.outer {
		d.add("within a report")
		d.add("within a report", d.shape)
	}
	if d.shape == "that" || d.shape == "clause" {
		d.outer = max(d.outer, d.content.End)
	}
	for k := d.content.First; k < d.content.End; k++ {
		if d.Quoted(k) {
			d.add("holds a quote", d.shape)
			break
		}
	}
}

// narrated reports whether token k is a word of the narration that is part of no name.
func (f *finder) narrated(k int) bool { return !f.Quoted(k) && f.MentionOf[k] < 0 }

// tokenKind names the kind of token k, be it quoted or part of a name.
func (f *finder) tokenKind(k int) string {
	switch {
	case f.Quoted(k):
		return "quote"
	case f.MentionOf[k] >= 0:
		return "name"
	}
	return f.wordKind(k)
}

// bucket names a number of tokens by the range that it is in.
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
		if f.narrated(k) && (f.Is(k, rules.Auxiliary|rules.Modal) && !f.PossessiveMark(k) || f.Verb(k)) {
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
		return "pronoun " + strconv.FormatBool(!f.In(src.First, rules.PronounObject))
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
