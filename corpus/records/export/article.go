package export

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// The labels of marks besides the types of entities, and of links.
const (
	content = "Content"
	source  = "Source"
	cue     = "Cue"

	spokenBy  = "SpokenBy"
	cuedBy    = "CuedBy"
	continues = "Continues"
	within    = "Within"
)

// entityTypes, quoteLabels and linkLabels are all labels, in the order in which tools list them.
var (
	entityTypes = []string{"PER", "LOC", "ORG", "MISC"}
	quoteLabels = []string{content, source, cue}
	linkLabels  = []string{spokenBy, cuedBy, continues, within}
)

// labels returns the labels of marks in the layers.
func labels(l Layers) []string {
	var list []string
	if l&Entities != 0 {
		list = append(list, entityTypes...)
	}
	if l&Quotes != 0 {
		list = append(list, quoteLabels...)
	}
	return list
}

// An article is a record as all formats see it: byte offsets, marks sorted by place, and links between them.
type article struct {
	r     *output.Record
	text  string
	opt   Options
	unit  output.Unit     // what the format counts
	units *output.Offsets // to it; nil if the record has no text
	marks []mark
	links []link

	offset int      // where a part of a record begins in it, in what the format counts
	toks   [][2]int // the tokens of such a part
}

// A mark is a labelled stretch of the text. Exactly one of mention and quote is set, but for sources and cues, which
// several quotes may share and which have neither.
type mark struct {
	start, end int // bytes; code points if the record has no text
	label      string
	entity     *output.Entity
	mention    *output.Mention
	quote      *output.Quote
	part       int // of the quote, from 0
}

// A link leads from one mark to another one; both are indices.
type link struct {
	from, to int
	label    string
}

// newArticle checks the record and lays its marks out.
func newArticle(r *output.Record, f Format, opt Options) (*article, error) {
	a := &article{r: r, opt: opt, unit: f.unit()}
	if r.Text == nil && !(f == WebAnnotation || f == AnnotationCollection) {
		return nil, a.fault(output.ErrNoText)
	}
	if err := output.Check(r); err != nil {
		return nil, a.fault(err)
	}
	unit := output.Byte
	if r.Text == nil {
		unit = f.unit() // offsets pass through
	}
	var err error
	if a.r, err = output.Convert(r, unit); err != nil {
		return nil, err
	}
	if r.Text != nil {
		a.text = *r.Text
		if strings.Contains(a.text, "\r") {
			return nil, a.fault(errors.New("the text has a carriage return, which tools count differently; a record of quoth has none"))
		}
		a.units = output.NewOffsets(a.text, f.unit())
	}
	l := layout{article: a, at: map[mark]int{}, first: map[string]int{}}
	if err := l.lay(); err != nil {
		return nil, a.fault(err)
	}
	return a, nil
}

// fault names the record in an error.
func (a *article) fault(err error) error { return fmt.Errorf("record %s: %w", a.r.DocID, err) }

// at returns an offset in what the format counts.
func (a *article) at(offset int) int {
	if a.units == nil {
		return offset
	}
	return a.units.Of(offset)
}

// A layout collects marks and links.
type layout struct {
	*article
	at    map[mark]int   // the indices of sources and cues
	first map[string]int // the index of a quote's first part, by quote_id
}

func (l *layout) lay() error {
	if l.opt.Layers&Entities != 0 {
		for i := range l.r.Entities {
			e := &l.r.Entities[i]
			for j := range e.Mentions {
				m := &e.Mentions[j]
				l.marks = append(l.marks, mark{start: m.Start, end: m.End, label: e.Type, entity: e, mention: m})
			}
		}
	}
	if l.opt.Layers&Quotes != 0 {
		for i := range l.r.Quotes {
			l.quote(&l.r.Quotes[i])
		}
		for i := range l.r.Quotes {
			l.parent(&l.r.Quotes[i])
		}
	}
	for _, m := range l.marks {
		if m.start >= m.end {
			return fmt.Errorf("%s at %d is empty; tools take no empty marks", m.label, m.start)
		}
		if !slices.Contains(entityTypes, m.label) && !slices.Contains(quoteLabels, m.label) {
			return fmt.Errorf("no label %q; the types of entities are %s", m.label, strings.Join(entityTypes, ", "))
		}
	}
	l.sort()
	return nil
}

func (l *layout) quote(q *output.Quote) {
	if len(q.Parts) == 0 {
		return
	}
	first := len(l.marks)
	l.first[q.QuoteID] = first
	for i, p := range q.Parts {
		if i > 0 {
			l.links = append(l.links, link{len(l.marks), len(l.marks) - 1, continues})
		}
		l.marks = append(l.marks, mark{start: p.Start, end: p.End, label: content, quote: q, part: i})
	}
	if q.Speaker != nil && q.Speaker.Mention != nil {
		l.links = append(l.links, link{first, l.shared(*q.Speaker.Mention, source), spokenBy})
	}
	if q.Cue != nil {
		l.links = append(l.links, link{first, l.shared(*q.Cue, cue), cuedBy})
	}
}

// shared returns the index of the mark of a source or cue, which other quotes may have too.
func (l *layout) shared(s output.Span, label string) int {
	m := mark{start: s.Start, end: s.End, label: label}
	i, ok := l.at[m]
	if !ok {
		i = len(l.marks)
		l.marks = append(l.marks, m)
		l.at[m] = i
	}
	return i
}

func (l *layout) parent(q *output.Quote) {
	if q.ParentID == nil {
		return
	}
	from, ok := l.first[q.QuoteID]
	to, ok2 := l.first[*q.ParentID]
	if ok && ok2 && from != to {
		l.links = append(l.links, link{from, to, within})
	}
}

// sort puts the marks in the order of the text, of two with the same start the longer first, and keeps the links right.
func (l *layout) sort() {
	order := make([]int, len(l.marks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &l.marks[i], &l.marks[j]
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.label, b.label))
	})
	sorted, place := make([]mark, len(order)), make([]int, len(order))
	for to, from := range order {
		sorted[to], place[from] = l.marks[from], to
	}
	l.marks = sorted
	for i := range l.links {
		l.links[i].from, l.links[i].to = place[l.links[i].from], place[l.links[i].to]
	}
	slices.SortStableFunc(l.links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.label, b.label))
	})
}

// textOf returns the text of a mark.
func (a *article) textOf(m mark) string {
	if a.units == nil {
		return ""
	}
	return a.text[m.start:m.end]
}

// A field is something known of a mark.
type field struct{ key, value string }

// fields returns what is known of a mark besides its label: of a mention its entity, of the first part of a quote its
// speaker and how it was found. Sources, cues and further parts have none.
func (m mark) fields() []field {
	var list []field
	add := func(key, value string) {
		if value != "" {
			list = append(list, field{key, value})
		}
	}
	switch {
	case m.mention != nil:
		add("entity_id", m.entity.EntityID)
		add("name", m.entity.Name)
		add("role", value(m.entity.Role))
		add("by", m.mention.By)
		add("confidence", decimal(m.mention.Confidence))
	case m.quote != nil && m.part == 0:
		q := m.quote
		add("quote_id", q.QuoteID)
		if s := q.Speaker; s != nil {
			add("speaker", value(s.Name))
			add("speaker_type", s.Type)
			add("entity_ids", strings.Join(s.EntityIDs, ", "))
			add("role", value(s.Role))
			add("affiliation", value(s.Affiliation))
			var names []string
			for _, c := range s.Candidates {
				names = append(names, c.Name)
			}
			add("candidates", strings.Join(names, ", "))
			add("resolved_by", value(s.ResolvedBy))
		}
		add("kind", q.Kind)
		add("status", q.Status)
		add("by", value(q.By))
		add("confidence", decimal(q.Confidence))
		add("flags", strings.Join(q.Flags, ", "))
	}
	return list
}

// note returns the fields on one line: "name=Mara Ellison; by=model/crf".
func note(list []field) string {
	var b strings.Builder
	for i, f := range list {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.key + "=" + oneLine(f.value))
	}
	return b.String()
}

// oneLine puts a space for each run of white space and control characters, so that s is one line for every reader.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
