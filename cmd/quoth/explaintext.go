package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// writeText writes what the selection holds for people.
func (x *explainedArticle) writeText(p *page, s selection, o explainRequest) {
	if s.list {
		x.writeList(p)
		return
	}
	if s.place != nil {
		x.writePlace(p, s.place, o)
	}
	first := s.place == nil
	section := func() {
		if !first {
			p.line("")
		}
		first = false
	}
	for _, i := range s.quotes {
		section()
		x.writeQuote(p, i)
	}
	for _, i := range s.spans {
		section()
		x.writeSpan(p, i)
	}
	if first {
		p.line(nothing)
	}
}

// nothing is the explanation of an article without quotes.
const nothing = "Nothing in the article stands in quotation marks, and nobody is quoted."

// writeList lists the quotes and the other words in marks, one a line.
func (x *explainedArticle) writeList(p *page) {
	d := x.d
	others := number(len(d.QuotedSpans), "other stretch in marks", "other stretches in marks")
	p.line(p.paint(bold, x.name()) + ": " + number(len(d.Quotes), "quote") + ", " + others)
	if len(d.Quotes) > 0 {
		p.line("")
	}
	names := make([]string, len(d.Quotes))
	wide := 0
	for i := range d.Quotes {
		names[i] = clip(who(d, &d.Quotes[i]), 28)
		wide = max(wide, columns(names[i]))
	}
	for i := range d.Quotes {
		q := &d.Quotes[i]
		pad := strings.Repeat(" ", wide-columns(names[i]))
		head := fmt.Sprintf("  %-4s %s  ", fmt.Sprintf("q%d", q.ID), percent(q.Confidence))
		text := clip(clean(d.Slice(q.Parts[0])), max(12, p.width-columns(head)-wide-2))
		p.line(head + p.paint(speakerStyle(q), names[i]) + pad + "  " + p.paint(speech, text))
	}
	if len(d.QuotedSpans) > 0 {
		p.line("")
		p.line("No quotes:")
	}
	for _, q := range d.QuotedSpans {
		head := fmt.Sprintf("  at %-6d %-11s ", x.units.Of(q.Start), q.Why)
		p.line(head + p.paint(speech, clip(clean(d.Slice(q.Span)), max(12, p.width-columns(head)))))
	}
	switch {
	case len(d.Quotes)+len(d.QuotedSpans) == 0:
		p.wrap("", plain, nothing)
	default:
		p.line("")
		p.wrap("", faint, "For all about one of them add --quote q1 or --at OFFSET, for all about all of them --all.")
	}
}

// name names the article.
func (x *explainedArticle) name() string {
	if x.article.Path == "-" {
		return "standard input"
	}
	return clean(x.article.Path)
}

// who names the speaker of q in a few words.
func who(d *annot.Document, q *annot.Quote) string {
	sp := q.Speaker
	switch {
	case q.Status == annot.Ambiguous:
		var names []string
		for _, c := range sp.Candidates {
			names = append(names, clean(c.Name))
		}
		return strings.Join(names, " or ") + "?"
	case sp.Name != "":
		return clean(sp.Name)
	case q.Status == annot.Unattributed || sp.Mention.IsZero():
		return "nobody named"
	}
	return "“" + clean(d.Slice(sp.Mention)) + "”"
}

func speakerStyle(q *annot.Quote) style {
	if q.Status == annot.Attributed {
		return good
	}
	return notable
}

// percent writes a share in five columns. Only what is certain is 100 %, and only what is impossible 0 %.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.005:
		return " <1 %"
	case share >= 0.995 && share < 1:
		return ">99 %"
	}
	return fmt.Sprintf("%3.0f %%", math.Round(share*100))
}

// number counts things: their name, and its plural if that has no plain s.
func number(n int, name ...string) string {
	switch {
	case n == 1:
		return "1 " + name[0]
	case len(name) > 1:
		return strconv.Itoa(n) + " " + name[1]
	}
	return strconv.Itoa(n) + " " + name[0] + "s"
}

// unitName names one unit of offsets for people.
func unitName(u output.Unit) string {
	switch u {
	case output.Codepoint:
		return "character"
	case output.UTF16:
		return "UTF-16 unit"
	}
	return u.String()
}

// writePlace tells what the place that --at names is in.
func (x *explainedArticle) writePlace(p *page, s *spot, o explainRequest) {
	d := x.d
	at := fmt.Sprintf("Offset %d", x.units.Of(s.at))
	switch {
	case s.distance == 0 && s.quote < 0 && s.span < 0:
		p.wrap("", bold, at+": the article has nothing in quotation marks, and quotes nobody.")
	case s.distance == 0 && s.quote >= 0:
		p.wrap("", bold, at+fmt.Sprintf(" is part of quote q%d.", d.Quotes[s.quote].ID))
	case s.distance == 0:
		p.wrap("", bold, at+" is in marks, but in no quote.")
	default:
		p.wrap("", bold, at+" is in no quote, and in no quotation marks.")
	}
	zone := ""
	if s.zone != annot.NoZone && s.zone != annot.Body {
		zone = " (" + s.zone.String() + ")"
	}
	if s.sentence >= 0 {
		p.wrap(fmt.Sprintf("  sentence  s%d%s  ", s.sentence+1, zone), plain, clean(d.Slice(d.Sentences[s.sentence].Span)))
	}
	if s.mention >= 0 {
		m := d.Mentions[s.mention]
		entity := ""
		if m.Entity > 0 {
			entity = fmt.Sprintf(", e%d %s", m.Entity, clean(d.Entities[m.Entity-1].Name))
		}
		p.wrap("  name      ", plain, fmt.Sprintf("%s (%s%s), found by %s", clean(d.Slice(m.Span)), m.Type, entity, m.By))
	}
	if s.distance != 0 {
		id, span := x.near(s)
		if id == "" {
			id = "words in marks"
		}
		where := "further on"
		n := x.distance(s)
		if n < 0 {
			where, n = "before", -n
		}
		p.wrap("  nearest   ", plain, fmt.Sprintf("%s, %s %s: %s", id, number(n, unitName(o.unit)), where, clip(clean(d.Slice(span)), 120)))
	}
}

// writeSpan tells why words in marks are no quote.
func (x *explainedArticle) writeSpan(p *page, i int) {
	q := x.d.QuotedSpans[i]
	p.line(p.paint(bold, fmt.Sprintf("Words at %d that are no quote", x.units.Of(q.Start))))
	x.writeContext(p, []annot.Span{q.Span}, annot.Span{}, annot.Span{})
	reason, signs := x.marks.NoQuote(q)
	p.wrap("  Why   ", plain, reason+".")
	if len(signs) > 0 {
		p.wrap("  Seen  ", plain, clean(strings.Join(signs, "; ")))
	}
}

// writeQuote tells all about one quote.
func (x *explainedArticle) writeQuote(p *page, i int) {
	d, q, e := x.d, &x.d.Quotes[i], &x.list[i]
	title := fmt.Sprintf("q%d", q.ID)
	sure := ", " + strings.TrimSpace(percent(q.Confidence)) + " sure"
	if q.Status == annot.Ambiguous {
		sure += " of the words"
	}
	p.line(p.paint(bold, title) + "  " + p.paint(speakerStyle(q), who(d, q)) + sure)
	x.writeContext(p, q.Parts, q.Speaker.Mention, q.Cue)
	kind := q.Kind.String()
	if signs := x.marks.Signs(q.Parts[0]); len(signs) > 0 {
		kind += ": " + clean(strings.Join(signs, "; "))
	}
	p.wrap("  Kind     ", plain, kind)
	p.wrap("  Decided  ", plain, x.decision(e, q))
	if flags := q.Flags.Names(); len(flags) > 0 {
		p.wrap("  Flags    ", plain, strings.Join(flags, ", "))
	}
	if len(e.Candidates) > 0 {
		x.writeCandidates(p, e)
	}
	if e.Name.Reason != "" {
		p.line("")
		p.line("  " + p.paint(bold, "The name"))
		p.wrap("    ", plain, clean(e.Name.Reason)+".")
		x.writePersons(p, e.Name.Persons, q)
	}
	x.writeSieves(p, e)
}

// decision says who decided.
func (x *explainedArticle) decision(e *attribution.Explanation, q *annot.Quote) string {
	switch {
	case e.Ranked && len(e.Candidates) > 1 && e.Candidates[1].Share > e.Candidates[0].Share:
		return q.By + ": the ranker would choose otherwise, but not clearly, so that the first sieve that answers keeps its right"
	case e.Ranked && strings.HasPrefix(q.By, e.First+"/"):
		return q.By + ": the ranker agrees with the first sieve that answers"
	case e.Ranked:
		return q.By + ": the ranker overrules the first sieve that answers, " + e.First
	case e.First != "":
		return q.By + ": the sieve is not put to the ranker"
	}
	return q.By
}

// words shows what stands for the speaker of an answer, with its cue.
func (x *explainedArticle) words(a attribution.Answer) string {
	text := "nobody named"
	if !a.Speaker.IsZero() {
		text = clip(clean(x.d.Slice(a.Speaker)), 60)
		if a.Nobody {
			text += ", but as no certain speaker"
		}
	}
	if !a.Cue.IsZero() {
		text += " [" + clean(x.d.Slice(a.Cue)) + "]"
	}
	return text
}

// maxShown is how many candidates and persons are shown at most. The shares of the others are small.
const maxShown = 6

func (x *explainedArticle) writeCandidates(p *page, e *attribution.Explanation) {
	p.line("")
	p.line("  " + p.paint(bold, "Candidates") + p.paint(faint, " (words for the speaker [cue])"))
	for k, c := range e.Candidates {
		if k == maxShown && len(e.Candidates) > maxShown+1 {
			rest := 0.0
			for _, c := range e.Candidates[k:] {
				rest += c.Share
			}
			p.line("    " + p.paint(faint, fmt.Sprintf("%s  %d more", percent(rest), len(e.Candidates)-k)))
			return
		}
		share := "     "
		if e.Ranked {
			share = percent(c.Share)
		}
		s := plain
		if k == 0 {
			s = subject
		}
		p.wrap("    "+share+"  ", s, x.words(c.Answer))
		if len(c.Signs) > 0 {
			p.wrap("           ", plain, clean(strings.Join(c.Signs, "; ")))
		}
		p.wrap("           ", faint, "from "+strings.Join(c.By, ", "))
	}
}

func (x *explainedArticle) writePersons(p *page, persons []naming.Person, q *annot.Quote) {
	for k, c := range persons {
		if k == maxShown && len(persons) > maxShown+1 {
			p.line("    " + p.paint(faint, fmt.Sprintf("       %d more", len(persons)-k)))
			return
		}
		s, signs := plain, c.Signs
		switch {
		case !c.Fits:
			s, signs = faint, append([]string{"does not agree"}, signs...)
		case len(q.Speaker.Entities) == 1 && q.Speaker.Entities[0] == c.Entity:
			s = subject
		}
		p.wrap(fmt.Sprintf("    %5.1f  ", c.Score), s, clean(c.Name)+": "+strings.Join(signs, "; "))
	}
}

func (x *explainedArticle) writeSieves(p *page, e *attribution.Explanation) {
	p.line("")
	p.line("  " + p.paint(bold, "Sieves") + p.paint(faint, " (in order of trust)"))
	for _, s := range e.Sieves {
		name := fmt.Sprintf("    %-16s ", s.Sieve)
		switch {
		case s.Answered && s.Sieve == e.First:
			p.wrap(name+"+ ", subject, x.words(s.Answer)+", the first to answer")
		case s.Answered:
			p.wrap(name+"+ ", plain, x.words(s.Answer))
		default:
			p.wrap(name+"- ", faint, clean(s.Reason))
		}
	}
}
