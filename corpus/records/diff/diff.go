package diff

import (
	"errors"
	"math"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A Kind says what became of a quote or an entity from one record to the other.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "added" // only the second record has it
	Lost    Kind = "lost"  // only the first has it
	Changed Kind = "changed"
)

// The fields of quotes and entities that are compared, in the order in which they are listed.
const (
	Parts       = "parts"
	QuoteKind   = "kind"
	Status      = "status"
	Speaker     = "speaker"      // the name
	SpeakerType = "speaker_type" // person, organization and so on
	Mention     = "mention"      // the words that stand for the speaker
	Candidates  = "candidates"   // the names of an ambiguous speaker
	Cue         = "cue"
	Confidence  = "confidence"

	Type = "type"
	Name = "name"
)

// Options say what counts as a change.
type Options struct {
	// Tolerance is how far confidences may lie apart without being a change.
	Tolerance float64
	// SpeakersOnly leaves out entities, quotes that are added or lost, and all fields of quotes but those of the speaker;
	// QuotesOnly leaves out entities, EntitiesOnly quotes.
	SpeakersOnly, QuotesOnly, EntitiesOnly bool
}

// A Document is how two records of an article differ.
type Document struct {
	TextChanged bool
	// Quotes and Entities are the changes: first what the first record has, in its order, then what was added.
	Quotes   []Change[output.Quote]
	Entities []Change[output.Entity]
	// SameQuotes and SameEntities are how many did not change.
	SameQuotes, SameEntities int
}

// Same reports whether there is no change at all.
func (d *Document) Same() bool { return !d.TextChanged && len(d.Quotes) == 0 && len(d.Entities) == 0 }

// A Change is one quote or entity that differs. A is nil if it was added, B if it was lost. They are parts of the records.
type Change[T any] struct {
	Kind   Kind
	A, B   *T
	Fields []string // of a changed one, in the order of the constants
}

// ErrUnits is the fault of records whose offsets cannot be converted to one unit.
var ErrUnits = errors.New("the two records count offsets in different units and hold no text to convert them by")

// Records compares two records of one article. Quotes belong together if their spans overlap, those that overlap most
// first; entities if their mentions do. Where the text has changed, quotes with the same text belong together, and
// entities with the same name. It takes linear time but for sorting, and fails only with ErrUnits.
func Records(a, b *output.Record, opt Options) (*Document, error) {
	c := &comparison{opt: opt, d: &Document{TextChanged: a.TextSHA256 != b.TextSHA256}}
	if err := c.units(a, b); err != nil {
		return nil, err
	}
	if !opt.EntitiesOnly {
		c.quotes(a.Quotes, b.Quotes)
	}
	if !opt.QuotesOnly && !opt.SpeakersOnly {
		c.entities(a.Entities, b.Entities)
	}
	return c.d, nil
}

type comparison struct {
	opt  Options
	d    *Document
	a, b func(int) int // convert offsets of the records to one unit
}

func (c *comparison) units(a, b *output.Record) error {
	same := func(offset int) int { return offset }
	c.a, c.b = same, same
	if a.Offsets == b.Offsets || c.d.TextChanged {
		return nil
	}
	text := a.Text
	if text == nil {
		text = b.Text
	}
	if text == nil {
		return ErrUnits
	}
	for _, side := range []struct {
		offsets string
		to      *func(int) int
	}{{a.Offsets, &c.a}, {b.Offsets, &c.b}} {
		unit, ok := output.ParseUnit(side.offsets)
		if !ok {
			return errors.New("no unit of offsets " + side.offsets)
		}
		o := output.NewOffsets(*text, unit)
		*side.to = func(offset int) int {
			at, ok := o.Byte(offset)
			if !ok {
				return -1
			}
			return at
		}
	}
	return nil
}

func (c *comparison) quotes(a, b []output.Quote) {
	items := func(list []output.Quote, to func(int) int) []item {
		out := make([]item, len(list))
		for i := range list {
			for _, p := range list[i].Parts {
				out[i].spans = append(out[i].spans, span{to(p.Start), to(p.End)})
			}
			out[i].key = deref(list[i].Text)
		}
		return out
	}
	partner, added := match(items(a, c.a), items(b, c.b), c.d.TextChanged)
	for i, j := range partner {
		switch {
		case j >= 0:
			if fields := c.quoteFields(&a[i], &b[j]); len(fields) > 0 {
				c.d.Quotes = append(c.d.Quotes, Change[output.Quote]{Changed, &a[i], &b[j], fields})
			} else {
				c.d.SameQuotes++
			}
		case !c.opt.SpeakersOnly:
			c.d.Quotes = append(c.d.Quotes, Change[output.Quote]{Kind: Lost, A: &a[i]})
		}
	}
	for _, j := range added {
		if !c.opt.SpeakersOnly {
			c.d.Quotes = append(c.d.Quotes, Change[output.Quote]{Kind: Added, B: &b[j]})
		}
	}
}

func (c *comparison) quoteFields(a, b *output.Quote) (fields []string) {
	var none output.Speaker
	sa, sb := a.Speaker, b.Speaker
	if sa == nil {
		sa = &none
	}
	if sb == nil {
		sb = &none
	}
	const always = true
	for _, f := range []struct {
		name    string
		speaker bool
		same    bool
	}{
		{Parts, false, c.sameParts(a.Parts, b.Parts)},
		{QuoteKind, false, a.Kind == b.Kind},
		{Status, always, a.Status == b.Status},
		{Speaker, always, deref(sa.Name) == deref(sb.Name)},
		{SpeakerType, always, sa.Type == sb.Type},
		{Mention, always, c.sameSpan(sa.Mention, sb.Mention)},
		{Candidates, always, slices.EqualFunc(sa.Candidates, sb.Candidates, func(a, b output.Candidate) bool { return a.Name == b.Name })},
		{Cue, false, c.sameSpan(a.Cue, b.Cue)},
		{Confidence, false, math.Abs(a.Confidence-b.Confidence) <= c.opt.Tolerance+1e-9}, // 0.95-0.90 is a little more than 0.05
	} {
		if !f.same && (f.speaker || !c.opt.SpeakersOnly) {
			fields = append(fields, f.name)
		}
	}
	return fields
}

func (c *comparison) sameParts(a, b []output.Part) bool {
	return slices.EqualFunc(a, b, func(a, b output.Part) bool { return c.sameSpan(&a, &b) })
}

// sameSpan compares the places, or the texts where the places are those of two texts.
func (c *comparison) sameSpan(a, b *output.Span) bool {
	if a == nil || b == nil {
		return a == b
	}
	if c.d.TextChanged {
		return deref(a.Text) == deref(b.Text)
	}
	return c.a(a.Start) == c.b(b.Start) && c.a(a.End) == c.b(b.End)
}

func (c *comparison) entities(a, b []output.Entity) {
	items := func(list []output.Entity, to func(int) int) []item {
		out := make([]item, len(list))
		for i := range list {
			for _, m := range list[i].Mentions {
				out[i].spans = append(out[i].spans, span{to(m.Start), to(m.End)})
			}
			out[i].key = list[i].Name
		}
		return out
	}
	partner, added := match(items(a, c.a), items(b, c.b), c.d.TextChanged)
	for i, j := range partner {
		if j < 0 {
			c.d.Entities = append(c.d.Entities, Change[output.Entity]{Kind: Lost, A: &a[i]})
			continue
		}
		var fields []string
		if a[i].Type != b[j].Type {
			fields = append(fields, Type)
		}
		if a[i].Name != b[j].Name {
			fields = append(fields, Name)
		}
		if len(fields) > 0 {
			c.d.Entities = append(c.d.Entities, Change[output.Entity]{Changed, &a[i], &b[j], fields})
		} else {
			c.d.SameEntities++
		}
	}
	for _, j := range added {
		c.d.Entities = append(c.d.Entities, Change[output.Entity]{Kind: Added, B: &b[j]})
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
