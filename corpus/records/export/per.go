package export

import (
	"cmp"
	"slices"
	"sort"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Per says what becomes one task of a tool.
type Per uint8

// What becomes a task.
const (
	Document  Per = iota // a record
	Paragraph            // each of its paragraphs
	Sentence             // each of its sentences
)

// ParsePer returns what has that name: document, paragraph or sentence.
func ParsePer(s string) (Per, bool) {
	i := slices.Index([]string{"document", "paragraph", "sentence"}, s)
	return Per(max(0, i)), i >= 0
}

// Tasks reports whether the format has tasks, which may be less than a record; see Options.Per.
func (f Format) Tasks() bool {
	return f == Prodigy || f == LabelStudio || f == Doccano || f == DoccanoSequence
}

// split returns an article for each paragraph or sentence. A mark that goes beyond it is cut at its borders; links between
// different ones are left out.
func (a *article) split() ([]*article, error) {
	if a.opt.Per == Document {
		return []*article{a}, nil
	}
	var tokens [][2]int
	if a.opt.Tokenize != nil {
		var err error
		if tokens, err = a.tokens(); err != nil {
			return nil, err
		}
	}
	var parts []*article
	var open []int // the marks that the part may have, in order
	next := 0
	end := 0
	for _, s := range a.ranges() {
		start := max(s.Start, end) // sentences of a record could overlap; its text must not be there twice
		if end = max(end, s.End); start >= s.End {
			continue
		}
		for ; next < len(a.marks) && a.marks[next].start < s.End; next++ {
			open = append(open, next)
		}
		open = slices.DeleteFunc(open, func(i int) bool { return a.marks[i].end <= start })
		parts = append(parts, a.part(start, s.End, open, tokens))
	}
	return parts, nil
}

// ranges returns the places of the paragraphs or sentences, in order.
func (a *article) ranges() []output.Span {
	var list []output.Span
	if a.opt.Per == Paragraph {
		for _, p := range a.r.Paragraphs {
			list = append(list, output.Span{Start: p.Start, End: p.End})
		}
	} else {
		for _, s := range a.r.Sentences {
			list = append(list, output.Span{Start: s.Start, End: s.End})
		}
	}
	slices.SortStableFunc(list, func(x, y output.Span) int { return cmp.Compare(x.Start, y.Start) })
	return list
}

// part returns the article from start to end with the marks in open.
func (a *article) part(start, end int, open []int, tokens [][2]int) *article {
	p := &article{r: a.r, text: a.text[start:end], opt: a.opt, offset: a.at(start), units: output.NewOffsets(a.text[start:end], a.unit), unit: a.unit}
	place := make(map[int]int, len(open))
	for _, i := range open {
		m := a.marks[i]
		m.start, m.end = max(m.start, start)-start, min(m.end, end)-start
		place[i] = len(p.marks)
		p.marks = append(p.marks, m)
	}
	for _, i := range open {
		for j := sort.Search(len(a.links), func(j int) bool { return a.links[j].from >= i }); j < len(a.links) && a.links[j].from == i; j++ {
			if to, ok := place[a.links[j].to]; ok {
				p.links = append(p.links, link{place[i], to, a.links[j].label})
			}
		}
	}
	p.toks = [][2]int{}
	for i := firstAfter(tokens, start); i < len(tokens) && tokens[i][0] < end; i++ {
		p.toks = append(p.toks, [2]int{max(tokens[i][0], start) - start, min(tokens[i][1], end) - start})
	}
	return p
}
