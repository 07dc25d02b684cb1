package indirect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// report is a stretch of the narration that may be an indirect quote.
type report struct {
	src clause.Source
	cue clause.Tokens
	id  string // of the cue's rule
	// shape is the construction: that, clause, question, infinitive, object, …; word is the preposition of some.
	shape, word string
	parts       []clause.Tokens
	flags       annot.Flags
	features    []string
}

// maxContent bounds how many tokens the content of an indirect quote may have, so that each cue costs constant time.
const maxContent = 120

// reports proposes indirect quotes in the order of their cues. A cue may have several readings, of which one at most is
// right: another content, another source.
func (a *article) reports() []report {
	var out []report
	marked := map[int]*annot.Quote{}
	for i := range a.D.Quotes {
		if q := &a.D.Quotes[i]; !q.Cue.IsZero() {
			marked[q.Cue.Start] = q
		}
	}
	for _, u := range a.Units {
		switch a.D.Paragraphs[u.Paragraph].Zone {
		case annot.Body, annot.Headline, annot.Caption:
		default:
			continue
		}
		around := clause.Range(u.First, u.End)
		f := finder{article: a, around: around, last: a.lastWord(around), marked: marked}
		f.adjustClasses()
		f.label()
		f.inSource()
		f.preposed()
		for i := u.First; i < u.End; i++ {
			f.at(i)
		}
		slices.SortStableFunc(f.out, func(a, b report) int { return cmp.Compare(a.cue.First, b.cue.First) })
		out = append(out, f.out...)
	}
	return out
}

// lastWord returns the end of the unit without the marks that close it.
func (a *article) lastWord(t clause.Tokens) int {
	for t.End > t.First && a.mark(t.End-1) {
		t.End--
	}
	return t.End
}

// mark reports whether token k is a mark between words, not one that belongs to the words before it.
func (a *article) mark(k int) bool {
	word := a.Word(k)
	if a.Quoted(k) || a.MentionOf[k] >= 0 || a.Letter(k) || clause.DigitFirst(word) {
		return false
	}
	switch word {
	case ")", "]", "%", "”", "’", "\"", "''":
		return false
	}
	return true
}

// finder proposes the reports of one narrative sentence.
type finder struct {
	*article
	around clause.Tokens
	last   int // end of the last word
	// marked holds the quotes that have a cue, by where it starts.
	marked map[int]*annot.Quote
	out    []report
	// outer is the end of the content of the last report with a clause.
	outer int
}

// adjustClasses gives the words of the sentence classes that they have here only: have long said, notably said, they both said,
// can’t say.
func (f *finder) adjustClasses() {
	v := f.View
	for i := f.around.First; i < f.last; i++ {
		if v.Upper(i) || f.MentionOf[i] >= 0 {
			continue
		}
		word := v.Word(i)
		switch {
		case v.Is(i, rules.SentenceAdverb) && strings.HasSuffix(word, "ly"), word == "long" && i > f.around.First && v.Is(i-1, rules.Auxiliary):
			v.Class[i] = rules.Adverb
		case (word == "both" || word == "all") && i > f.around.First && i+1 < f.last &&
			(f.MentionOf[i-1] >= 0 || v.Is(i-1, clause.Personal|rules.RolePlural|rules.Auxiliary)) && f.MentionOf[i+1] < 0 &&
			!v.Is(i+1, rules.Determiner|rules.Possessive|rules.Preposition|rules.NumberWord|rules.Conjunction):
			v.Class[i] = rules.Adverb
		case i+1 < f.last && v.Word(i+1) == "n't" && v.Class[i] == 0:
			v.Class[i] = rules.Modal
		}
	}
}

// phrase reads the noun phrase that begins at token i. It looks no further than clause.MaxLook.
func (f *finder) phrase(i int) (clause.Source, int, bool) {
	return f.NounPhrase(i, min(f.last, i+clause.MaxLook))
}

// propose keeps r if its content is sound.
func (f *finder) propose(r report, last int, passive bool) {
	if !f.sound(&r) || f.taken(&r) {
		return
	}
	f.describe(&r, last, passive)
	f.out = append(f.out, r)
}

// taken reports whether the cue of r introduces a marked quote and nothing more: “…,” Park said | in a statement. What it
// reports without marks is a clause of its own, or one that the fragment stands in.
func (f *finder) taken(r *report) bool {
	q := f.marked[f.D.Tokens[r.cue.First].Start]
	if q == nil {
		return false
	}
	for _, p := range r.parts {
		if q.Kind == annot.Mixed && f.Span(p.First, p.End).Overlaps(q.Span()) {
			return false
		}
	}
	return r.shape != "that" && r.shape != "question"
}

// readAsCue reads the token i as a cue, for the functions that ask for one, until the returned function is called.
func (f *finder) readAsCue(i int, rep *rules.Report) func() {
	v := f.View
	cue, n := v.Cue[i], v.CueLen[i]
	v.Cue[i], v.CueLen[i] = &rules.Cue{ID: rep.Forms[0], Class: rules.Manner, Weight: 0.5}, 1
	return func() { v.Cue[i], v.CueLen[i] = cue, n }
}

// at proposes what the word at token i may introduce.
func (f *finder) at(i int) {
	v := f.View
	if f.Quoted(i) || v.Outer[i] >= 0 || f.MentionOf[i] >= 0 {
		return
	}
	c, rep := v.Cue[i], v.Report(i)
	switch {
	case c != nil && c.Class == rules.Phrase:
		f.accordingTo(i)
		return
	case rep == nil && (c == nil || c.Class == rules.Noun || c.Class == rules.Manner || c.Class == rules.ReadOut),
		v.Upper(i) && i > f.around.First && !f.Title[f.UnitOf[i]]:
		return
	}
	var id string
	if rep != nil {
		id = rep.ID
	} else {
		id = c.ID
	}
	if c == nil || c.Class == rules.Noun {
		defer f.readAsCue(i, rep)()
	}
	if rep != nil && rep.Noun || f.NominalUse(i, f.around) {
		f.nounReport(i, id)
		if rep != nil && rep.Noun || i == f.around.First || !f.stands(i-1) {
			return
		}
	}
	cue := clause.Range(i, f.CueEnd(i))
	last, flags, passive := f.VerbGroup(i, max(f.around.First, i-clause.MaxLook))
	flags |= f.cueRemarks(i)
	if cue.End < f.last && !f.Quoted(cue.End) && v.Word(cue.End) == "by" {
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
		if f.leads(f.around.First, i) || strings.HasSuffix(v.Word(i), "ing") {
			return
		}
	}
	if strings.HasSuffix(v.Word(i), "ing") || i > f.around.First && v.Word(i-1) == "to" {
		f.fronted(id, cue, readings, last, flags)
	}
}

// cueRemarks returns the flags that the cue at token i leaves.
func (f *finder) cueRemarks(i int) annot.Flags {
	if f.Cue[i].Class == rules.Manner {
		return 0
	}
	return f.Remarks(i, f.around)
}

// sound reports whether the content of r is what an indirect quote may have: words enough outside of marked quotes.
func (f *finder) sound(r *report) bool {
	words, outside := 0, 0
	for _, p := range r.parts {
		if p.End <= p.First || p.End-p.First > maxContent {
			return false
		}
		for k := p.First; k < p.End; k++ {
			if f.Letter(k) || clause.DigitFirst(f.Word(k)) {
				if words++; !f.Quoted(k) {
					outside++
				}
			}
		}
		if r.src.First >= p.First && r.src.First < p.End || r.cue.First >= p.First && r.cue.First < p.End {
			return false
		}
	}
	return outside > 0 && (outside == words || outside >= 3 && outside*5 >= words*2)
}
