package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// nameMentions returns mentions given as the first letter of a word and of the type, such as "aP bL", or
// "a-cP" for several words. The words are a b c ….
func nameMentions(list string) (mentions []annot.Mention) {
	types := map[byte]annot.Type{'P': annot.PER, 'L': annot.LOC, 'O': annot.ORG, 'M': annot.MISC}
	for _, m := range strings.Fields(list) {
		first, last := m[0], m[len(m)-2]
		span := annot.Span{Start: int(first-'a') * 2, End: int(last-'a')*2 + 1}
		mentions = append(mentions, annot.Mention{Span: span, Type: types[m[len(m)-1]]})
	}
	return mentions
}

func addNames(s *NameScorer, want, got string) {
	d := annot.New("set", "a b c d e f g h i j")
	d.Mentions = nameMentions(got)
	var golds []gold.Mention
	for _, m := range nameMentions(want) {
		golds = append(golds, gold.Mention{Span: m.Span, Type: m.Type})
	}
	s.Add(d, golds)
}

func TestNameScorer(t *testing.T) {
	s := NewNameScorer("set", false, 1)
	//               exact type  boundary both   missed spurious
	addNames(s, "aP    bL    c-dO     eP     gM", "aP bO cO e-fL hP")
	addNames(s, "aP    bL", "aP bO")
	r := s.Report(2)
	if diff := cmp.Diff(Confusion{Exact: 2, Type: 2, Boundary: 1, Both: 1, Missed: 1, Spurious: 1}, r.Confusion); diff != "" {
		t.Error(diff)
	}
	want := []TypePair{{"LOC", "ORG", 2}, {"", "PER", 1}, {"PER", "LOC", 1}, {"MISC", "", 1}}
	if diff := cmp.Diff(want, r.Types); diff != "" {
		t.Error(diff)
	}
	counts := map[string][3]int{}
	for _, x := range r.Scores {
		counts[x.Name] = [3]int{x.Gold, x.Found, x.Right}
	}
	wantCounts := map[string][3]int{"per": {3, 3, 2}, "loc": {2, 1, 0}, "org": {1, 3, 0}, "misc": {1, 0, 0}, "plo": {6, 7, 2}, "all": {7, 7, 2}}
	if diff := cmp.Diff(wantCounts, counts); diff != "" {
		t.Error(diff)
	}
	if plo := r.Scores[4]; plo.Precision != 28.57 || plo.Recall != 33.33 || plo.F1 != 30.77 {
		t.Errorf("plo: %+v", plo)
	}
	words := []string{}
	for _, w := range r.Words {
		words = append(words, w.Text+" "+strings.Join(w.Kinds, ", "))
	}
	if diff := cmp.Diff([]string{"b 2 LOC as ORG", "c d 1 ORG with another boundary"}, words); diff != "" {
		t.Error(diff)
	}
	for _, e := range r.Errors {
		if len(e.First) != 1 {
			t.Errorf("%s: want the first error only, got %d", e.Kind, len(e.First))
		}
	}
	if len(r.Errors) != 5 {
		t.Errorf("want 5 kinds of errors, got %v", r.Errors)
	}
}

func TestNameScorerWithoutMISC(t *testing.T) {
	s := NewNameScorer("set", true, 0)
	addNames(s, "aP bL eM fM", "aP b-cM dM fM")
	r := s.Report(0)
	if diff := cmp.Diff(Confusion{Exact: 1, Missed: 1}, r.Confusion); diff != "" {
		t.Error(diff)
	}
	names := []string{}
	for _, x := range r.Scores {
		names = append(names, x.Name)
	}
	if diff := cmp.Diff([]string{"per", "loc", "org", "plo"}, names); diff != "" {
		t.Error(diff)
	}
}

// The interval holds the F1, is the same on each run, and is narrower with more documents of the kind.
func TestNameInterval(t *testing.T) {
	measure := func(n int) NameScore {
		s := NewNameScorer("set", false, 0)
		for range n {
			addNames(s, "aP bP", "aP bP")
			addNames(s, "aP bP", "aP")
		}
		return s.Report(0).Scores[0]
	}
	few, many := measure(5), measure(200)
	for _, x := range []NameScore{few, many} {
		if x.F1 != 85.71 || !(x.Low < x.F1 && x.F1 < x.High) {
			t.Errorf("the interval does not hold the F1: %+v", x)
		}
	}
	if many.High-many.Low > (few.High-few.Low)/2 {
		t.Errorf("want a narrower interval of more documents, got %+v and %+v", few, many)
	}
	if again := measure(5); again != few {
		t.Errorf("want the same again, got %+v and %+v", few, again)
	}
	if empty := NewNameScorer("set", false, 0).Report(0).Scores[0]; empty != (NameScore{Name: "per"}) {
		t.Errorf("want nothing of nothing, got %+v", empty)
	}
}

func TestNameReportText(t *testing.T) {
	s := NewNameScorer("set", false, 5)
	addNames(s, "aP bL c-dO", "aP bO cO hP")
	report := func(write func(*strings.Builder) error) string {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text := report(func(b *strings.Builder) error { return WriteNamesText(b, []*NameReport{s.Report(5), s.Report(0)}) })
	for _, want := range []string{"set: documents 1\n", "\nLOC → ORG     1\n", "   1 errors, 0 in the gold: h (1 not a name, got PER)\n", "\nboundary: 1\n  set: a b [c d] e f g h i j: want c d, got c\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "worst words"); n != 1 {
		t.Errorf("want the words of the first report only, got %d", n)
	}
	json := report(func(b *strings.Builder) error { return WriteNamesJSON(b, nil) })
	if json != "{\n  \"sets\": []\n}\n" {
		t.Errorf("got %q", json)
	}
}
