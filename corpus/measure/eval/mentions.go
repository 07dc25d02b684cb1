package eval

import (
	"strings"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
)

// Confusion counts mentions of persons, places and organizations by what is wrong with them. Each gold mention is in
// exactly one of the first five counts, each found one in one of the first four or in Spurious.
type Confusion struct {
	Exact    int `json:"exact"`
	Type     int `json:"type"`
	Boundary int `json:"boundary"`
	Both     int `json:"both"`
	Missed   int `json:"missed"`
	Spurious int `json:"spurious"`
}

// mentions scores span and type, and the canonical name that grouping arrived at.
func (s *Scorer) mentions(a *gold.Article, d *annot.Document) {
	pairs, spurious := align(a.Mentions, d.Mentions)
	verdicts := make([]verdict, len(d.Mentions))
	for i, want := range a.Mentions {
		got := mentionAt(d, pairs[i])
		exact := got != nil && got.Span == want.Span && got.Type == want.Type
		for _, name := range layerNames(want.Type) {
			s.count("entities."+name+".recall", exact)
			s.f1(name, exact)
		}
		grouped := s.grouped(a, d, want, got)
		if exact {
			verdicts[pairs[i]] = verdict{true, grouped}
		}
		if want.Type != annot.MISC {
			s.confuse(a, d, want, got)
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		r := s.recognizers.at(m.By)
		r.Fired++
		r.judge(verdicts[i])
		for _, name := range layerNames(m.Type) {
			s.count("entities."+name+".precision", verdicts[i].right)
			s.f1(name, verdicts[i].right)
		}
		if spurious[i] && m.Type != annot.MISC {
			s.confusion.Spurious++
			s.error("entities.spurious", Error{Article: a.Name, Text: context(d, m.Span), Got: m.Type.String(), By: m.By})
		}
	}
}

// f1 counts one mention of either side: an F1 is twice the right ones of the mentions of both.
func (s *Scorer) f1(name string, exact bool) { s.count("entities."+name+".f1", exact) }

// layerNames are the figures that a mention of type t counts for.
func layerNames(t annot.Type) []string {
	name := strings.ToLower(t.String())
	if t == annot.MISC {
		return []string{name}
	}
	return []string{name, "plo"}
}

// align pairs each gold mention with a found one, first those with the same span, then those that overlap, each used
// once. It returns the index of the found mention or -1 for each gold one, and which found ones are left over. Both
// lists are sorted and free of overlaps, so one walk through both is enough.
func align(want []gold.Mention, got []annot.Mention) (pairs []int, spurious []bool) {
	pairs, spurious = make([]int, len(want)), make([]bool, len(got))
	for i := range spurious {
		spurious[i] = true
	}
	byStart := map[annot.Span]int{}
	for j, m := range got {
		byStart[m.Span] = j
	}
	for i, m := range want {
		pairs[i] = -1
		if j, ok := byStart[m.Span]; ok {
			pairs[i], spurious[j] = j, false
		}
	}
	j := 0
	for i, m := range want {
		for j < len(got) && got[j].End <= m.Start {
			j++
		}
		// A found mention may reach over several gold ones, so j stays where it is for the next.
		for k := j; pairs[i] < 0 && k < len(got) && got[k].Start < m.End; k++ {
			if spurious[k] {
				pairs[i], spurious[k] = k, false
			}
		}
	}
	return pairs, spurious
}

func mentionAt(d *annot.Document, i int) *annot.Mention {
	if i < 0 {
		return nil
	}
	return &d.Mentions[i]
}

func (s *Scorer) confuse(a *gold.Article, d *annot.Document, want gold.Mention, got *annot.Mention) {
	w := want.Type.String()
	switch {
	case got == nil:
		s.confusion.Missed++
		s.error("entities.missed", Error{Article: a.Name, Text: context(d, want.Span), Want: w})
	case got.Span == want.Span && got.Type == want.Type:
		s.confusion.Exact++
	case got.Span == want.Span:
		s.confusion.Type++
		s.error("entities.type", Error{a.Name, context(d, want.Span), w, got.Type.String(), got.By})
	case got.Type == want.Type:
		s.confusion.Boundary++
		s.error("entities.boundary", Error{a.Name, context(d, want.Span), d.Slice(want.Span), clip(d.Slice(got.Span)), got.By})
	default:
		s.confusion.Both++
		s.error("entities.both", Error{a.Name, context(d, want.Span), w + " " + d.Slice(want.Span), got.Type.String() + " " + clip(d.Slice(got.Span)), got.By})
	}
}

// grouped counts the gold mentions whose entity has the canonical name; a mention that was missed is wrong.
func (s *Scorer) grouped(a *gold.Article, d *annot.Document, want gold.Mention, got *annot.Mention) bool {
	name := ""
	if got != nil && got.Entity >= 1 && got.Entity <= len(d.Entities) {
		name = d.Entities[got.Entity-1].Name
	}
	right := names.Equal(name, want.Canonical)
	if want.Type == annot.MISC {
		return right
	}
	s.count("entities.grouping", right)
	if !right && got != nil {
		s.error("entities.grouping", Error{a.Name, context(d, want.Span), want.Canonical, name, got.By})
	}
	return right
}

// context shows s in brackets with a few words on both sides.
func context(d *annot.Document, s annot.Span) string {
	before, after := []rune(d.Text[max(0, s.Start-160):s.Start]), []rune(d.Text[s.End:min(len(d.Text), s.End+160)])
	text := string(before[max(0, len(before)-25):]) + "[" + d.Slice(s) + "]" + string(after[:min(len(after), 25)])
	return strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
}
