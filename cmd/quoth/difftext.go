package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// diffText writes the comparison for people, grouped by article.
type diffText struct{ *page }

const bad style = "31" // red

// styles and signs of the changes.
var changeStyle = map[diff.Kind]style{diff.Added: good, diff.Lost: bad, diff.Changed: notable}
var changeSign = map[diff.Kind]string{diff.Added: "+", diff.Lost: "-", diff.Changed: "~"}

func (t *diffText) article(p *compared, entities bool) error {
	e := p.A
	if e == nil {
		e = p.B
	}
	name := articleName(e)
	switch {
	case p.b == nil:
		t.line(t.paint(bad, "- "+name) + "  only in A, " + number(len(p.a.Quotes), "quote"))
	case p.a == nil:
		t.line(t.paint(good, "+ "+name) + "  only in B, " + number(len(p.b.Quotes), "quote"))
	default:
		t.line(t.paint(bold, name))
		if p.By == diff.ByText {
			t.line("  is " + articleName(p.B) + " in B")
		}
		if p.d.TextChanged {
			t.line("  " + t.paint(notable, "the text has changed"))
		}
		for i := range p.d.Quotes {
			t.quote(&p.d.Quotes[i])
		}
		if entities {
			for i := range p.d.Entities {
				t.entity(&p.d.Entities[i])
			}
		} else if len(p.d.Entities) > 0 {
			t.line("  entities: " + tallyOf(p.d.Entities))
		}
	}
	t.line("")
	_, err := t.w.Write(nil) // a bufio.Writer's error of before
	return err
}

// articleName names an article by its path, member and index.
func articleName(e *diff.Entry) string {
	name := clean(e.Source.Path)
	if e.Source.Member != nil {
		name += "/" + clean(*e.Source.Member)
	}
	if e.Source.Index > 0 {
		name += fmt.Sprintf(" #%d", e.Source.Index)
	}
	return name + " (" + clean(e.DocID) + ")"
}

func (t *diffText) quote(c *diff.Change[output.Quote]) {
	q := c.B
	if q == nil {
		q = c.A
	}
	head := fmt.Sprintf("  %s %-4s ", changeSign[c.Kind], clean(q.QuoteID))
	if c.Kind == diff.Changed && c.A.QuoteID != c.B.QuoteID {
		head = fmt.Sprintf("  %s %s → %s ", changeSign[c.Kind], clean(c.A.QuoteID), clean(c.B.QuoteID))
	}
	tail := ""
	if c.Kind != diff.Changed {
		tail = "  " + clip(speakerOf(q), 28)
	}
	text := clip(quoteText(q), max(12, t.width-columns(head)-columns(tail)))
	t.line(t.paint(changeStyle[c.Kind], head) + t.paint(speech, text) + tail)
	for _, field := range c.Fields {
		a, b := quoteField(c.A, field), quoteField(c.B, field)
		room := max(12, (t.width-22)/2)
		t.line(fmt.Sprintf("      %-12s %s → %s", strings.ReplaceAll(field, "_", " "), t.paint(bad, clip(a, room)), t.paint(good, clip(b, room))))
	}
}

func (t *diffText) entity(c *diff.Change[output.Entity]) {
	show := func(e *output.Entity) string { return e.Type + " " + clip(clean(e.Name), 40) }
	sign := "  " + t.paint(changeStyle[c.Kind], changeSign[c.Kind]) + " "
	switch c.Kind {
	case diff.Added:
		t.line(sign + show(c.B))
	case diff.Lost:
		t.line(sign + show(c.A))
	default:
		t.line(sign + show(c.A) + " → " + show(c.B))
	}
}

// quoteText is the text of a quote on one line, or its place where texts are left out.
func quoteText(q *output.Quote) string {
	if q.Text == nil {
		return places(q.Parts)
	}
	return clean(*q.Text)
}

func places(parts []output.Part) string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = fmt.Sprintf("[%d,%d)", p.Start, p.End)
	}
	return strings.Join(list, " ")
}

// speakerOf names the speaker of a quote.
func speakerOf(q *output.Quote) string {
	switch sp := q.Speaker; {
	case sp == nil:
		return "nobody named"
	case sp.Name != nil:
		return clean(*sp.Name)
	case len(sp.Candidates) > 0:
		return candidatesOf(sp) + "?"
	case sp.Mention != nil && sp.Mention.Text != nil:
		return "“" + clean(*sp.Mention.Text) + "”"
	}
	return "nobody named"
}

func candidatesOf(sp *output.Speaker) string {
	var names []string
	for _, c := range sp.Candidates {
		names = append(names, clean(c.Name))
	}
	return strings.Join(names, " or ")
}

// quoteField shows one field of a quote.
func quoteField(q *output.Quote, field string) string {
	sp := q.Speaker
	if sp == nil {
		sp = &output.Speaker{}
	}
	s := ""
	switch field {
	case diff.Parts:
		s = places(q.Parts)
	case diff.QuoteKind:
		s = q.Kind
	case diff.Status:
		s = q.Status
	case diff.Speaker:
		if sp.Name != nil {
			s = *sp.Name
		}
	case diff.SpeakerType:
		s = sp.Type
	case diff.Mention:
		s = spanText(sp.Mention)
	case diff.Candidates:
		s = candidatesOf(sp)
	case diff.Cue:
		s = spanText(q.Cue)
	case diff.Confidence:
		s = fmt.Sprintf("%.2f", q.Confidence)
	}
	if s == "" {
		return "none"
	}
	return clean(s)
}

// spanText is the text of a span with its place, which may be all that has changed.
func spanText(s *output.Span) string {
	switch {
	case s == nil:
		return ""
	case s.Text == nil:
		return places([]output.Part{*s})
	}
	return fmt.Sprintf("%s at %d", *s.Text, s.Start)
}

func tallyOf(list []diff.Change[output.Entity]) string {
	n := map[diff.Kind]int{}
	for _, c := range list {
		n[c.Kind]++
	}
	var parts []string
	for _, kind := range []diff.Kind{diff.Lost, diff.Added, diff.Changed} {
		if n[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[kind], kind))
		}
	}
	return strings.Join(parts, ", ")
}

func (t *diffText) summary(d *differ) error {
	for i, tools := range [][]output.Tool{d.totals.ToolsA, d.totals.ToolsB} {
		for _, tool := range tools {
			t.wrap(fmt.Sprintf("%c  ", 'A'+i), plain, clean(d.names[i])+": "+toolName(tool))
		}
	}
	docs := &d.totals.Documents
	t.line(fmt.Sprintf("Articles: %d in both, %d of them differ (%d in their text); %d only in A, %d only in B",
		docs.Both, docs.Changed, docs.TextChanged, docs.Lost, docs.Added))
	if !d.opt.EntitiesOnly {
		t.line("Quotes: " + tally(&d.totals.Quotes))
	}
	if !d.opt.QuotesOnly && !d.opt.SpeakersOnly {
		t.line("Entities: " + tally(&d.totals.Entities))
	}
	return nil
}

func tally(n *diff.Tally) string {
	s := fmt.Sprintf("%d the same, %d lost, %d added, %d changed", n.Same, n.Lost, n.Added, n.Changed)
	var fields []string
	for field := range n.Fields {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	for i, field := range fields {
		fields[i] = fmt.Sprintf("%s %d", strings.ReplaceAll(field, "_", " "), n.Fields[field])
	}
	if len(fields) > 0 {
		s += " (" + strings.Join(fields, ", ") + ")"
	}
	return s
}

func toolName(tool output.Tool) string {
	s := clean(tool.Name + " " + tool.Version)
	if tool.RulesSHA256 != nil {
		s += ", rules " + clip(clean(*tool.RulesSHA256), 13)
	}
	if tool.Model != nil {
		s += ", model " + clean(*tool.Model)
	}
	return s
}
