package eval

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A NameScorer counts how far the mentions of documents agree with those of a gold standard that says nothing of
// anything else, such as a CoNLL file. It is not safe for concurrent use.
type NameScorer struct {
	name      string
	noMISC    bool
	keep      int
	docs      []nameCounts
	confusion Confusion
	types     [annot.MISC + 1][annot.MISC + 1]int // of aligned mentions, gold by found; NoType is none
	words     map[string]*Word
	errs      tally
}

// nameCounts are the mentions of a document by type.
type nameCounts [annot.MISC + 1]struct{ gold, found, right int }

// NewNameScorer returns a scorer for the gold standard of that name. With noMISC names of type MISC are not annotated
// there: they are not judged. It keeps the first errors of each kind, at most keep.
func NewNameScorer(name string, noMISC bool, keep int) *NameScorer {
	return &NameScorer{name: name, noMISC: noMISC, keep: keep, words: map[string]*Word{}, errs: newTally(nil, keep)}
}

// Add scores d.Mentions. Both lists must be sorted and free of overlaps, with spans in d.Text.
func (s *NameScorer) Add(d *annot.Document, want []gold.Mention) {
	if s.noMISC {
		judged := *d
		judged.Mentions = slices.DeleteFunc(slices.Clone(d.Mentions), func(m annot.Mention) bool { return m.Type == annot.MISC })
		d = &judged
		want = slices.DeleteFunc(slices.Clone(want), func(m gold.Mention) bool { return m.Type == annot.MISC })
	}
	pairs, spurious := align(want, d.Mentions)
	var n nameCounts
	for i, w := range want {
		n[w.Type].gold++
		got := mentionAt(d, pairs[i])
		if got != nil && got.Span == w.Span && got.Type == w.Type {
			n[w.Type].right++
		}
		s.judge(d, w, got)
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		n[m.Type].found++
		if spurious[i] {
			s.confusion.Spurious++
			s.types[annot.NoType][m.Type]++
			s.word(d.Slice(m.Span)).add("not a name, got " + m.Type.String())
			s.errs.error("spurious", Error{Article: d.ID, Text: context(d, m.Span), Got: m.Type.String()})
		}
	}
	s.docs = append(s.docs, n)
}

// judge counts a gold mention by what became of it; got is nil if nothing overlaps it.
func (s *NameScorer) judge(d *annot.Document, want gold.Mention, got *annot.Mention) {
	text, w := d.Slice(want.Span), want.Type.String()
	word := s.word(text)
	word.Gold++
	if got == nil {
		s.confusion.Missed++
		s.types[want.Type][annot.NoType]++
		word.add(w + " missed")
		s.errs.error("missed", Error{Article: d.ID, Text: context(d, want.Span), Want: w})
		return
	}
	s.types[want.Type][got.Type]++
	g := got.Type.String()
	switch {
	case got.Span == want.Span && got.Type == want.Type:
		s.confusion.Exact++
	case got.Span == want.Span:
		s.confusion.Type++
		word.add(w + " as " + g)
		s.errs.error("type", Error{Article: d.ID, Text: context(d, want.Span), Want: w, Got: g})
	case got.Type == want.Type:
		s.confusion.Boundary++
		word.add(w + " with another boundary")
		s.errs.error("boundary", Error{Article: d.ID, Text: context(d, want.Span), Want: text, Got: clip(d.Slice(got.Span))})
	default:
		s.confusion.Both++
		word.add(w + " as " + g + " with another boundary")
		s.errs.error("both", Error{Article: d.ID, Text: context(d, want.Span), Want: w + " " + text, Got: g + " " + clip(d.Slice(got.Span))})
	}
}

func (s *NameScorer) word(text string) *Word {
	w := s.words[text]
	if w == nil {
		text = strings.Clone(text)
		w = &Word{Text: text, kinds: map[string]int{}}
		s.words[text] = w
	}
	return w
}

// A NameReport tells how well names were found in one gold standard.
type NameReport struct {
	Name      string `json:"name"`
	Documents int    `json:"documents"`
	// MISC says whether names of type MISC are annotated, and so judged.
	MISC bool `json:"misc"`
	// Scores are those of per, loc, org and misc, of plo, which is the first three together, and of all. Without MISC
	// the two that hold it are left out.
	Scores []NameScore `json:"scores"`
	// Confusion counts the mentions of all types that are judged.
	Confusion Confusion `json:"confusion"`
	// Types counts pairs of mentions by type, where it differs; "" is none. The most frequent come first.
	Types []TypePair `json:"types"`
	// Words are the forms with the most errors, most first.
	Words  []Word   `json:"words"`
	Errors []Errors `json:"errors"`
}

// A NameScore counts mentions with the right span and type. Precision, recall and F1 are in percent.
type NameScore struct {
	Name      string  `json:"name"`
	Gold      int     `json:"gold"`
	Found     int     `json:"found"`
	Right     int     `json:"right"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	// Low and High bound the 95 % interval of the F1: what it would be on other documents of the kind.
	Low  float64 `json:"f1_low"`
	High float64 `json:"f1_high"`
}

// A TypePair is how often a gold mention of one type was taken for one of another.
type TypePair struct {
	Gold  string `json:"gold"`
	Found string `json:"found"`
	N     int    `json:"n"`
}

// A Word is a form of names, how often it is one in the gold standard, and the errors about it: what happened, most
// frequent first.
type Word struct {
	Text   string   `json:"text"`
	Gold   int      `json:"gold"`
	Errors int      `json:"errors"`
	Kinds  []string `json:"kinds"`
	kinds  map[string]int
}

func (w *Word) add(kind string) {
	w.Errors++
	w.kinds[kind]++
}

// nameScores are the scores of a report and the types that each sums up.
var nameScores = []struct {
	name  string
	types []annot.Type
}{
	{"per", []annot.Type{annot.PER}},
	{"loc", []annot.Type{annot.LOC}},
	{"org", []annot.Type{annot.ORG}},
	{"misc", []annot.Type{annot.MISC}},
	{"plo", []annot.Type{annot.PER, annot.LOC, annot.ORG}},
	{"all", []annot.Type{annot.PER, annot.LOC, annot.ORG, annot.MISC}},
}

// Report returns the scores and the words with the most errors, at most words of them. The same counts give the same
// report.
func (s *NameScorer) Report(words int) *NameReport {
	r := &NameReport{Name: s.name, Documents: len(s.docs), MISC: !s.noMISC, Confusion: s.confusion, Scores: []NameScore{}, Types: []TypePair{}, Words: []Word{}, Errors: s.errs.errorList()}
	for _, x := range nameScores {
		if !s.noMISC || !slices.Contains(x.types, annot.MISC) {
			r.Scores = append(r.Scores, s.score(x.name, x.types))
		}
	}
	for g := range s.types {
		for f, n := range s.types[g] {
			if g != f && n > 0 {
				r.Types = append(r.Types, TypePair{typeName(annot.Type(g)), typeName(annot.Type(f)), n})
			}
		}
	}
	slices.SortStableFunc(r.Types, func(a, b TypePair) int { return cmp.Compare(b.N, a.N) })
	var worst []*Word
	for _, w := range s.words {
		if w.Errors > 0 {
			worst = append(worst, w)
		}
	}
	slices.SortFunc(worst, func(a, b *Word) int { return cmp.Or(cmp.Compare(b.Errors, a.Errors), cmp.Compare(a.Text, b.Text)) })
	for _, w := range worst[:min(words, len(worst))] {
		kinds := slices.SortedFunc(maps.Keys(w.kinds), func(a, b string) int {
			return cmp.Or(cmp.Compare(w.kinds[b], w.kinds[a]), cmp.Compare(a, b))
		})
		list := make([]string, len(kinds))
		for i, k := range kinds {
			list[i] = fmt.Sprintf("%d %s", w.kinds[k], k)
		}
		r.Words = append(r.Words, Word{Text: w.Text, Gold: w.Gold, Errors: w.Errors, Kinds: list})
	}
	return r
}

func typeName(t annot.Type) string {
	if t == annot.NoType {
		return ""
	}
	return t.String()
}

// score sums up types, and estimates how far the F1 depends on the choice of documents.
func (s *NameScorer) score(name string, types []annot.Type) NameScore {
	x := NameScore{Name: name}
	twice, both := make([]int, len(s.docs)), make([]int, len(s.docs))
	for i := range s.docs {
		for _, t := range types {
			n := s.docs[i][t]
			x.Gold += n.gold
			x.Found += n.found
			x.Right += n.right
			twice[i] += 2 * n.right
			both[i] += n.gold + n.found
		}
	}
	x.Precision, x.Recall = share(x.Right, x.Found), share(x.Right, x.Gold)
	x.F1 = share(2*x.Right, x.Gold+x.Found)
	x.Low, x.High = interval(twice, both)
	return x
}

// share returns 100 × right / of, to two places; 0 if there is nothing to share.
func share(right, of int) float64 {
	return math.Round(Figure{Right: right, Of: of}.Value()*100) / 100
}

// resamples is the number of samples that an interval is made of.
const resamples = 1000

// interval returns the bounds of the middle 95 % of the share of right, in percent, over as many documents drawn from those given,
// again and again. The draws are always the same.
func interval(right, of []int) (low, high float64) {
	if len(right) == 0 {
		return 0, 0
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(right))))
	values := make([]float64, resamples)
	for k := range values {
		r, n := 0, 0
		for range right {
			i := rng.IntN(len(right))
			r += right[i]
			n += of[i]
		}
		values[k] = share(r, n)
	}
	slices.Sort(values)
	return values[resamples/40], values[resamples-1-resamples/40]
}

// WriteNamesJSON writes the reports as one indented JSON object.
func WriteNamesJSON(w io.Writer, reports []*NameReport) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Sets []*NameReport `json:"sets"`
	}{append([]*NameReport{}, reports...)})
}

// WriteNamesText writes the reports as aligned tables.
func WriteNamesText(w io.Writer, reports []*NameReport) error {
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteByte('\n')
		}
		r.text(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *NameReport) text(b *strings.Builder) {
	fmt.Fprintf(b, "%s: documents %d", r.Name, r.Documents)
	if !r.MISC {
		b.WriteString(", MISC not annotated")
	}
	b.WriteString("\n\n")
	rows := [][]string{{"names", "precision", "recall", "F1", "95 %", "right", "gold", "found"}}
	for _, s := range r.Scores {
		if s.Gold+s.Found == 0 {
			continue
		}
		rows = append(rows, []string{s.Name, fmt.Sprintf("%.2f", s.Precision), fmt.Sprintf("%.2f", s.Recall), fmt.Sprintf("%.2f", s.F1),
			fmt.Sprintf("%.1f–%.1f", s.Low, s.High), fmt.Sprint(s.Right), fmt.Sprint(s.Gold), fmt.Sprint(s.Found)})
	}
	table(b, rows)
	b.WriteByte('\n')
	r.Confusion.table(b)
	if len(r.Types) > 0 {
		rows = [][]string{{"gold → found", "n"}}
		for _, p := range r.Types {
			rows = append(rows, []string{orNone(p.Gold) + " → " + orNone(p.Found), fmt.Sprint(p.N)})
		}
		b.WriteByte('\n')
		table(b, rows)
	}
	if len(r.Words) > 0 {
		b.WriteString("\nworst words\n")
		for _, w := range r.Words {
			fmt.Fprintf(b, "%4d errors, %d in the gold: %s (%s)\n", w.Errors, w.Gold, clip(w.Text), strings.Join(w.Kinds, ", "))
		}
	}
	errorLists(b, r.Errors)
}
