package eval

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
)

// A piece is a predicted part, or a run of neighbouring parts of one quote with only white space between them, as in
// running paragraphs.
type piece struct {
	annot.Span
	quote *annot.Quote
}

// runes returns how many code points a and b share. Thresholds are in code points, so that they are the same for curly
// and for straight marks.
func runes(text string, a, b annot.Span) int {
	if !a.Overlaps(b) {
		return 0
	}
	return utf8.RuneCountInString(text[max(a.Start, b.Start):min(a.End, b.End)])
}

// covers reports whether p covers at least 80 % of the gold span with at most 20 % of p outside it.
func covers(text string, p, want annot.Span) bool {
	if !p.Overlaps(want) {
		return false
	}
	o := runes(text, p, want)
	n := runes(text, p, p)
	return 10*o >= 8*runes(text, want, want) && 10*(n-o) <= 2*n
}

// half reports whether o covers at least half of s.
func half(text string, s, o annot.Span) bool {
	return s.Overlaps(o) && 2*runes(text, s, o) >= runes(text, s, s)
}

// pieces lists the predicted parts, then the runs. Indirect quotes are left out: they are not scored.
func pieces(d *annot.Document) (parts, runs []piece) {
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.Kind == annot.Indirect {
			continue
		}
		for _, p := range q.Parts {
			parts = append(parts, piece{p, q})
		}
		for j := range q.Parts {
			for k := j + 1; k < len(q.Parts); k++ {
				if strings.TrimSpace(d.Text[q.Parts[k-1].End:q.Parts[k].Start]) != "" {
					break
				}
				runs = append(runs, piece{annot.Span{Start: q.Parts[j].Start, End: q.Parts[k].End}, q})
			}
		}
	}
	return parts, runs
}

// quotes scores detection and attribution. A gold part counts as found if a piece covers it; the quote that its first
// found part belongs to is the one whose attribution is judged.
func (s *Scorer) quotes(a *gold.Article, d *annot.Document) {
	parts, runs := pieces(d)
	s.precision(a, d, parts)
	all := append(slices.Clone(parts), runs...)
	verdicts := map[*annot.Quote]verdict{}
	for i := range a.Quotes {
		want := &a.Quotes[i]
		if want.Kind == annot.Indirect {
			continue
		}
		var got *annot.Quote
		for _, p := range want.Parts {
			j := slices.IndexFunc(all, func(x piece) bool { return covers(d.Text, x.Span, p) })
			s.count("quotes.recall."+want.Kind.String(), j >= 0)
			if j < 0 {
				s.error("quotes.missed", Error{Article: a.Name, Text: fmt.Sprintf("%s %s", want.Kind, clip(d.Slice(p)))})
			} else if got == nil {
				got = all[j].quote
			}
		}
		if got != nil && !a.QuotesOnly {
			s.found(a, d, want, got)
		}
		s.speaker(a, d, want, got)
		s.slices.count(a, d, want, got)
		if got != nil {
			if v, ok := judge(want, got); ok {
				if before, seen := verdicts[got]; seen {
					v = verdict{v.right && before.right, v.named && before.named}
				}
				verdicts[got] = v
			}
		}
	}
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.By == "" || q.Kind == annot.Indirect {
			continue
		}
		r := s.attributions.at(q.By)
		r.Fired++
		if v, ok := verdicts[q]; ok {
			r.judge(v)
			if q.Status == annot.Attributed {
				s.decisions = append(s.decisions, decision{q.Confidence, v})
			}
		}
	}
}

// precision counts the predicted parts that lie in a gold quote of any kind by half, outside of discarded regions. Of a sampled
// article it judges none but those that are annotated.
func (s *Scorer) precision(a *gold.Article, d *annot.Document, parts []piece) {
	for _, p := range parts {
		if slices.ContainsFunc(a.Discard, p.Overlaps) {
			continue
		}
		right := slices.ContainsFunc(a.Quotes, func(q annot.Quote) bool {
			return slices.ContainsFunc(q.Parts, func(g annot.Span) bool { return half(d.Text, p.Span, g) })
		})
		if !right && a.Sampled && !inSpan(a, p.Span) {
			continue
		}
		s.count("quotes.precision", right)
		if !right {
			s.error("quotes.extra", Error{Article: a.Name, Text: clip(d.Slice(p.Span)), By: p.quote.By})
		}
	}
}

// inSpan reports whether p overlaps a stretch that is annotated as no quote.
func inSpan(a *gold.Article, p annot.Span) bool {
	return slices.ContainsFunc(a.Spans, func(s gold.Span) bool { return s.Overlaps(p) })
}

// found scores what only the project's own gold has, for quotes that were found.
func (s *Scorer) found(a *gold.Article, d *annot.Document, want, got *annot.Quote) {
	text := clip(d.Slice(want.Parts[0]))
	whole := slices.Equal(want.Parts, got.Parts)
	s.count("quotes.whole", whole)
	if !whole {
		s.error("quotes.parts", Error{a.Name, text, partTexts(d, want), partTexts(d, got), got.By})
	}
	s.count("quotes.kind", want.Kind == got.Kind)
	if want.Kind != got.Kind {
		s.error("quotes.kind", Error{a.Name, text, want.Kind.String(), got.Kind.String(), got.By})
	}
	have := status(got)
	s.count("quotes.status", want.Status == have)
	if want.Status != have {
		s.error("quotes.status", Error{a.Name, text, want.Status.String(), have.String(), got.By})
	}
	cue := want.Cue == got.Cue || !want.Cue.IsZero() && !got.Cue.IsZero() && want.Cue.Overlaps(got.Cue)
	s.count("quotes.cue", cue)
	if !cue {
		s.error("quotes.cue", Error{a.Name, text, clip(d.Slice(want.Cue)), clip(d.Slice(got.Cue)), got.By})
	}
}

// status takes a quote that no attribution has seen for unattributed, as the output does.
func status(q *annot.Quote) annot.Status {
	if q.Status == annot.NoStatus {
		return annot.Unattributed
	}
	return q.Status
}

func partTexts(d *annot.Document, q *annot.Quote) string {
	var list []string
	for _, p := range q.Parts {
		list = append(list, clip(d.Slice(p)))
	}
	return strings.Join(list, " + ")
}

// speaker scores the mention and the name. A quote that was not found (got is nil) counts as wrong.
func (s *Scorer) speaker(a *gold.Article, d *annot.Document, want, got *annot.Quote) {
	kind := want.Kind.String()
	if want.Kind != annot.Direct && want.Kind != annot.Mixed {
		kind = "other"
	}
	var sp annot.Speaker
	by := ""
	if got != nil {
		sp, by = got.Speaker, got.By
		if want.Kind == annot.Direct {
			s.count("speaker.unattributed", sp.Type == annot.NoSpeaker && sp.Name == "" && sp.Mention.IsZero())
		}
	}
	text := clip(d.Slice(want.Parts[0]))
	if w := want.Speaker.Mention; !w.IsZero() {
		right := !sp.Mention.IsZero() && sp.Mention.Overlaps(w)
		s.count("speaker."+kind, right)
		if kind == "direct" {
			s.count("speaker.direct.exact", right && names.Equal(d.Slice(sp.Mention), d.Slice(w)))
		}
		if !right && got != nil {
			s.error("speaker", Error{a.Name, text, clip(d.Slice(w)), clip(d.Slice(sp.Mention)), by})
		}
	}
	switch want.Speaker.Type {
	case annot.NoSpeaker:
		return
	case annot.Anonymous, annot.Group:
		if want.Speaker.Name == "" {
			s.count("name.anonymous", got != nil && sp.Name == "")
			if got != nil && sp.Name != "" {
				s.error("name.anonymous", Error{a.Name, text, "", sp.Name, by})
			}
			return
		}
	}
	if want.Speaker.Name != "" {
		right := got != nil && names.Equal(sp.Name, want.Speaker.Name)
		s.count("name", right)
		if !right && got != nil {
			s.error("name", Error{a.Name, text, want.Speaker.Name, sp.Name, by})
		}
	}
}

// A verdict says whether a decision is right, and whether it led to the right name too.
type verdict struct{ right, named bool }

// judge compares the speakers. It is not ok if the gold cannot say who speaks. Where no words of the gold stand for the speaker, the
// name decides.
func judge(want, got *annot.Quote) (v verdict, ok bool) {
	w, g := want.Speaker, got.Speaker
	switch {
	case !w.Mention.IsZero():
		v.right = !g.Mention.IsZero() && g.Mention.Overlaps(w.Mention)
	case want.Status == annot.Unattributed:
		v.right = status(got) == annot.Unattributed
	case w.Name != "" || w.Type == annot.Anonymous || w.Type == annot.Group:
		v.right = names.Equal(w.Name, g.Name) || w.Name == g.Name
	default:
		return v, false
	}
	// Where the gold names nobody a name is wrong, unless the gold does not tell who is named at all.
	v.named = v.right && (names.Equal(w.Name, g.Name) || w.Name == "" && (g.Name == "" || w.Type == annot.NoSpeaker && want.Status == annot.NoStatus))
	return v, true
}
