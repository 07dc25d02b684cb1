package eval

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// spans scores the text that is nobody's words. It counts as kept out unless a predicted part is much the same
// stretch; a part that encloses it, as a quotation encloses the title of a book, does not count.
func (s *Scorer) spans(a *gold.Article, d *annot.Document) {
	parts, _ := pieces(d)
	for _, want := range a.Spans {
		same := func(o annot.Span) bool { return half(d.Text, o, want.Span) && half(d.Text, want.Span, o) }
		i := slices.IndexFunc(parts, func(p piece) bool { return same(p.Span) })
		s.count("spans.kept_out", i < 0)
		s.keep(a, want.Why, i < 0)
		if i >= 0 {
			s.error("spans.extracted", Error{Article: a.Name, Text: clip(d.Slice(want.Span)), Want: want.Why, Got: parts[i].quote.Kind.String(), By: parts[i].quote.By})
		}
		if _, ok := annot.ParseWhy(want.Why); !ok {
			continue
		}
		why := ""
		for _, got := range d.QuotedSpans {
			if same(got.Span) {
				why = got.Why.String()
				break
			}
		}
		s.count("spans.why", why == want.Why)
		if why != want.Why && i < 0 {
			s.error("spans.why", Error{Article: a.Name, Text: clip(d.Slice(want.Span)), Want: want.Why, Got: why})
		}
	}
}

// A KeptOut is how many of the stretches that are no quotes for one reason are not extracted.
type KeptOut struct {
	Why  string `json:"why"`
	Kept Share  `json:"kept"`
}

func (s *Scorer) keep(a *gold.Article, why string, kept bool) {
	if s.kept[why] == nil {
		s.kept[why] = &articleCounts{}
	}
	s.kept[why].add(a, kept)
}

func keptOut(by map[string]*articleCounts) []KeptOut {
	list := []KeptOut{}
	for _, why := range slices.Sorted(maps.Keys(by)) {
		list = append(list, KeptOut{why, by[why].share()})
	}
	return list
}

func keptOutText(b *strings.Builder, list []KeptOut) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"no quotes, by why", "kept out %", "of", "95 %"}}
	for _, x := range list {
		rows = append(rows, append([]string{"  " + cmp.Or(x.Why, "not said")}, x.Kept.cells()...))
	}
	b.WriteByte('\n')
	table(b, rows)
}

// zones scores one zone for each block of lines between empty ones. A zone that the gold lists is judged where it
// starts; a block without one is body and is judged where it ends, since a dateline may come before the body.
func (s *Scorer) zones(a *gold.Article, d *annot.Document) {
	listed := a.Zones
	for start := 0; start < len(d.Text); {
		end := len(d.Text)
		if at := emptyLine.FindStringIndex(d.Text[start:]); at != nil {
			end = start + at[1]
		}
		body := strings.TrimSpace(d.Text[start:end]) != ""
		for ; len(listed) > 0 && listed[0].Start < end; listed = listed[1:] {
			s.zone(a, d, listed[0].Start, listed[0].Zone)
			body = false
		}
		if body {
			s.zone(a, d, start+len(strings.TrimRightFunc(d.Text[start:end], unicode.IsSpace))-1, annot.Body)
		}
		start = end
	}
}

var emptyLine = regexp.MustCompile(`\n[ \t\r]*\n`)

func (s *Scorer) zone(a *gold.Article, d *annot.Document, at int, want annot.Zone) {
	got := annot.NoZone
	for _, p := range d.Paragraphs {
		if p.Start <= at && at < p.End {
			got = p.Zone
		}
	}
	s.count("zones", got == want)
	if got != want {
		start := strings.LastIndexByte(d.Text[:at], '\n') + 1
		line, _, _ := strings.Cut(d.Text[start:], "\n")
		s.error("zones", Error{Article: a.Name, Text: clip(line), Want: want.String(), Got: got.String()})
	}
}
