package output

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// Input is what a record says about an article besides its annotations.
type Input struct {
	Source      Source
	Meta        Meta
	DuplicateOf *string // the doc_id of the earlier record that it is a copy of, or nil
}

// Options choose the form of a record. The zero value gives code points, full texts and no MISC entities.
type Options struct {
	Offsets Unit
	Text    TextMode
	Misc    bool // keep entities of type MISC
	Tool    Tool
}

// A TextMode says whether records hold texts of the article.
type TextMode uint8

// The modes.
const (
	TextFull TextMode = iota // the article and the text of each span
	TextNone                 // offsets, hashes, names and the fixed fields of Meta only
)

// ParseTextMode returns the mode named full or none.
func ParseTextMode(s string) (TextMode, bool) {
	switch s {
	case "full":
		return TextFull, true
	case "none":
		return TextNone, true
	}
	return 0, false
}

// DocID returns the id of the article from s: "d_" and 16 hexadecimal digits of a hash of path, member, index and
// content hash. It depends on nothing else, and two copies of an article in different places have different ids.
func DocID(s Source) string {
	h := sha256.New()
	field := func(v *string) {
		if v == nil {
			io.WriteString(h, "-,")
			return
		}
		// The length keeps apart what would be equal when joined.
		io.WriteString(h, strconv.Itoa(len(*v))+":"+*v+",")
	}
	field(&s.Path)
	field(s.Member)
	index := strconv.Itoa(s.Index)
	field(&index)
	field(s.SHA256)
	return "d_" + hex.EncodeToString(h.Sum(nil)[:8])
}

// New returns the record of d, which must be sound (see annot.Document.Validate): a span outside the text panics.
// The record shares the document's text and nothing else with d. It takes time linear in the text and the annotations.
//
// Ids are those of the document: the entity with ID 3 is e3. Where MISC entities are left out, their numbers are missing
// and nothing refers to them. Mentions that belong to no entity are left out.
func New(d *annot.Document, in Input, opt Options) *Record {
	sum := sha256.Sum256([]byte(d.Text))
	b := &builder{d: d, opt: opt, table: newTable(d.Text, opt.Offsets)}
	return &Record{
		Schema:      DocumentSchema,
		DocID:       DocID(in.Source),
		Source:      b.source(in.Source),
		Meta:        b.meta(in.Meta),
		DuplicateOf: in.DuplicateOf,
		Offsets:     opt.Offsets.String(),
		Text:        b.keep(d.Text),
		TextSHA256:  hex.EncodeToString(sum[:]),
		Paragraphs:  b.paragraphs(),
		Sentences:   b.sentences(),
		Entities:    b.entities(),
		Quotes:      b.quotes(),
		QuotedSpans: b.quotedSpans(),
		Warnings:    b.warnings(),
		Tool:        opt.Tool,
	}
}

type builder struct {
	d     *annot.Document
	opt   Options
	table *table
}

// keep returns text, or nil if texts are left out.
func (b *builder) keep(text string) *string {
	if b.opt.Text == TextNone {
		return nil
	}
	return &text
}

// meta leaves out what the input said besides, if texts are left out: it may hold the text under another name.
func (b *builder) meta(m Meta) Meta {
	if b.opt.Text == TextNone {
		m.Extra = nil
	}
	return m
}

func (b *builder) span(s annot.Span) Span {
	return Span{b.table.offset(s.Start), b.table.offset(s.End), b.keep(b.d.Slice(s))}
}

// optional returns the span, or nil for "none".
func (b *builder) optional(s annot.Span) *Span {
	if s.IsZero() {
		return nil
	}
	return new(b.span(s))
}

func (b *builder) source(s Source) Source {
	s = s.filled()
	for i, r := range s.Repairs {
		// Where the text was taken out of a page, the place may be after its end.
		s.Repairs[i].First = b.table.offset(max(0, min(r.First, len(b.d.Text))))
	}
	return s
}

func (b *builder) paragraphs() []Paragraph {
	ps := make([]Paragraph, len(b.d.Paragraphs))
	for i, p := range b.d.Paragraphs {
		ps[i] = Paragraph{b.table.offset(p.Start), b.table.offset(p.End), zone(p.Zone)}
	}
	return ps
}

func (b *builder) sentences() []Sentence {
	ss := make([]Sentence, len(b.d.Sentences))
	for i, s := range b.d.Sentences {
		ss[i] = Sentence{id("s", i+1), b.table.offset(s.Start), b.table.offset(s.End), s.Paragraph, zone(b.d.Paragraphs[s.Paragraph].Zone)}
	}
	return ss
}

func (b *builder) entities() []Entity {
	zones := b.mentionZones()
	es := []Entity{}
	for _, e := range b.d.Entities {
		if !b.kept(e.ID) {
			continue
		}
		out := Entity{EntityID: id("e", e.ID), Type: e.Type.String(), Name: e.Name, Role: Optional(e.Role),
			Aliases: append([]string{}, e.Aliases...), Mentions: make([]Mention, len(e.Mentions))}
		if e.Type == annot.PER {
			out.Gender = new(e.Gender.String())
		}
		for i, index := range e.Mentions {
			m := b.d.Mentions[index]
			s := b.span(m.Span)
			out.Mentions[i] = Mention{s.Start, s.End, s.Text, zones[index], m.By, round(m.Confidence)}
		}
		es = append(es, out)
	}
	return es
}

// mentionZones returns the zone of the paragraph of each mention. Both are in text order, so one walk finds all.
func (b *builder) mentionZones() []string {
	zones := make([]string, len(b.d.Mentions))
	p := 0
	for i, m := range b.d.Mentions {
		for p < len(b.d.Paragraphs) && b.d.Paragraphs[p].End <= m.Start {
			p++
		}
		zones[i] = zone(annot.NoZone)
		if p < len(b.d.Paragraphs) {
			zones[i] = zone(b.d.Paragraphs[p].Zone)
		}
	}
	return zones
}

func (b *builder) quotes() []Quote {
	qs := make([]Quote, len(b.d.Quotes))
	for i := range b.d.Quotes {
		q := &b.d.Quotes[i]
		out := Quote{QuoteID: id("q", q.ID), Kind: q.Kind.String(), Status: q.Status.String(), Zone: zone(q.Zone),
			Parts: make([]Part, len(q.Parts)), Speaker: b.speaker(q.Speaker), Cue: b.optional(q.Cue),
			By: Optional(q.By), Confidence: round(q.Confidence), Flags: q.Flags.Names()}
		if q.Status == annot.NoStatus { // no attribution ran: nothing is known of a source
			out.Status = annot.Unattributed.String()
		}
		if q.Parent != 0 {
			out.ParentID = new(id("q", q.Parent))
		}
		texts := make([]string, len(q.Parts))
		for j, p := range q.Parts {
			out.Parts[j], texts[j] = b.span(p), b.d.Slice(p)
		}
		if b.opt.Text != TextNone {
			out.Text = new(strings.Join(texts, " "))
		}
		out.Fingerprint = Fingerprint(texts...)
		qs[i] = out
	}
	return qs
}

// speaker returns nil if nothing is known of the speaker, not even the words that stand for it.
func (b *builder) speaker(s annot.Speaker) *Speaker {
	if s.Name == "" && s.Mention.IsZero() && s.Type == annot.NoSpeaker {
		return nil
	}
	if s.Type == annot.NoSpeaker {
		s.Type = annot.UnknownSpeaker
	}
	out := &Speaker{Name: Optional(s.Name), Type: s.Type.String(), EntityIDs: []string{}, Role: Optional(s.Role), Affiliation: Optional(s.Affiliation),
		Mention: b.optional(s.Mention), ResolvedBy: Optional(s.ResolvedBy), Candidates: make([]Candidate, len(s.Candidates))}
	for _, e := range s.Entities {
		if b.kept(e) {
			out.EntityIDs = append(out.EntityIDs, id("e", e))
		}
	}
	for i, c := range s.Candidates {
		out.Candidates[i] = Candidate{Name: c.Name, Score: round(c.Score)}
		if b.kept(c.Entity) {
			out.Candidates[i].EntityID = new(id("e", c.Entity))
		}
	}
	return out
}

func (b *builder) quotedSpans() []QuotedSpan {
	qs := make([]QuotedSpan, len(b.d.QuotedSpans))
	for i, q := range b.d.QuotedSpans {
		s := b.span(q.Span)
		qs[i] = QuotedSpan{s.Start, s.End, s.Text, q.Why.String()}
	}
	return qs
}

func (b *builder) warnings() []Warning {
	ws := make([]Warning, len(b.d.Warnings))
	for i, w := range b.d.Warnings {
		ws[i] = Warning{Code: w.Code, Message: w.Message}
		if w.Start >= 0 {
			ws[i].Start = new(b.table.offset(w.Start))
		}
	}
	return ws
}

// kept reports whether there is an entity with that ID and the record holds it.
func (b *builder) kept(entity int) bool {
	return entity >= 1 && entity <= len(b.d.Entities) && (b.opt.Misc || b.d.Entities[entity-1].Type != annot.MISC)
}

func id(prefix string, n int) string { return prefix + strconv.Itoa(n) }

// zone names z. What no paragraph claims is taken for body, as the segmenter does.
func zone(z annot.Zone) string {
	if z == annot.NoZone {
		z = annot.Body
	}
	return z.String()
}

// round returns x between 0 and 1 with two decimals: more would be noise, and would change with the platform.
func round(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return math.Round(min(x, 1)*100) / 100
}
