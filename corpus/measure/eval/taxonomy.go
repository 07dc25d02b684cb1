package eval

import (
	"fmt"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A TaxonomyScorer counts how many cases of the taxonomy are right as a whole: their quotes are exactly the expected
// ones, and for each of them agree the parts, kind, status, the speaker's mention (by overlap) and name, and the cue's
// words. It is not safe for concurrent use.
type TaxonomyScorer struct {
	tally
	cases, skipped int
}

// NewTaxonomyScorer returns a TaxonomyScorer that keeps the first errors, at most keep.
func NewTaxonomyScorer(keep int) *TaxonomyScorer {
	return &TaxonomyScorer{tally: newTally([]string{"taxonomy.whole"}, keep)}
}

// Skip counts a case that is not scored.
func (s *TaxonomyScorer) Skip() { s.skipped++ }

// Add scores d, which must be the annotated document of c's Text.
func (s *TaxonomyScorer) Add(c *gold.Case, d *annot.Document) {
	s.cases++
	wrong := s.differences(c, d)
	s.count("taxonomy.whole", len(wrong) == 0)
	s.count("taxonomy.group."+c.Group, len(wrong) == 0)
	if len(wrong) > 0 {
		s.error("taxonomy", Error{Article: c.ID, Text: c.Phenomenon + ": " + strings.Join(wrong, "; ")})
	}
}

// Report adds the scores to r.
func (s *TaxonomyScorer) Report(r *Report) {
	r.Cases += s.cases
	r.Skipped += s.skipped
	// The groups come in the order of the cases; the fields, which are counted in between, come after them.
	var fields []Figure
	for _, f := range s.figures {
		if strings.HasPrefix(f.Name, "taxonomy.field.") {
			fields = append(fields, f)
		} else {
			r.Figures = append(r.Figures, f)
		}
	}
	r.Figures = append(r.Figures, fields...)
	r.Errors = append(r.Errors, s.errorList()...)
}

func (s *TaxonomyScorer) differences(c *gold.Case, d *annot.Document) (wrong []string) {
	expected := map[string]bool{}
	for i := range c.Quotes {
		want := &c.Quotes[i]
		key := fmt.Sprint(want.Parts)
		expected[key] = true
		var got *annot.Quote
		for j := range d.Quotes {
			if fmt.Sprint(d.Quotes[j].Parts) == key {
				got = &d.Quotes[j]
			}
		}
		s.count("taxonomy.field.parts", got != nil)
		if got == nil {
			wrong = append(wrong, "missed "+partTexts(d, want))
			continue
		}
		wm, gm := want.Speaker.Mention, got.Speaker.Mention
		for _, f := range []struct {
			name, want, got string
			right           bool
		}{
			{"kind", want.Kind.String(), got.Kind.String(), want.Kind == got.Kind},
			{"status", want.Status.String(), status(got).String(), want.Status == status(got)},
			{"mention", d.Slice(wm), d.Slice(gm), wm == gm || !wm.IsZero() && !gm.IsZero() && wm.Overlaps(gm)},
			{"name", want.Speaker.Name, got.Speaker.Name, want.Speaker.Name == got.Speaker.Name},
			{"cue", d.Slice(want.Cue), d.Slice(got.Cue), d.Slice(want.Cue) == d.Slice(got.Cue)},
		} {
			s.count("taxonomy.field."+f.name, f.right)
			if !f.right {
				wrong = append(wrong, fmt.Sprintf("%s: want %s, got %s", f.name, orNone(f.want), orNone(f.got)))
			}
		}
	}
	for i := range d.Quotes {
		if q := &d.Quotes[i]; q.Kind != annot.Indirect && !expected[fmt.Sprint(q.Parts)] {
			wrong = append(wrong, "extra "+partTexts(d, q))
		}
	}
	return wrong
}
