package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// squash makes runs of blanks one and leaves out those at the ends of lines.
func squash(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

func TestKeptOutText(t *testing.T) {
	var b strings.Builder
	keptOutText(&b, []KeptOut{{"", Share{1, 2, 0, 100}}, {"term", Share{3, 4, 25, 100}}})
	want := "\nno quotes, by why kept out % of 95 %\nnot said 50.0 2 0–100\nterm 75.0 4 25–100\n"
	if diff := cmp.Diff(want, squash(b.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlices(t *testing.T) {
	const text = `“It held,” Ada Moor said. 'No,' she said. ''Yes'' is what the council's memo said. “Maybe,” he said.`
	span := func(s string) annot.Span {
		i := strings.Index(text, s)
		if i < 0 {
			t.Fatal(s)
		}
		return annot.Span{Start: i, End: i + len(s)}
	}
	quote := func(words, speaker, name string, by annot.SpeakerType) annot.Quote {
		return annot.Quote{Parts: []annot.Span{span(words)}, Kind: annot.Direct,
			Attribution: annot.Attribution{Speaker: annot.Speaker{Mention: span(speaker), Name: name, Type: by}}}
	}
	d := annot.New("", text)
	d.Mentions = []annot.Mention{{Span: span("Ada Moor"), Type: annot.PER}}
	s := slicesBy{}
	first, second := quote("“It held,”", "Ada Moor", "Ada Moor", annot.Person), quote("'No,'", "she", "Ada Moor", annot.Person)
	third := quote("''Yes''", "the council's memo", "Harbour Council", annot.Organization)
	wrong := second
	wrong.Speaker = annot.Speaker{Mention: span("Ada Moor"), Name: "Ada Moor"}
	a := &gold.Article{Name: "post_1999-01-02_bridge"}
	s.count(a, d, &first, &first)
	s.count(a, d, &second, &wrong)
	s.count(a, d, &third, nil)
	fourth := quote("“Maybe,”", "he", "", annot.Anonymous)
	silent := fourth
	silent.Speaker = annot.Speaker{}
	s.count(&gold.Article{Name: "post_2001-01-02_dam"}, d, &fourth, &silent)
	var b strings.Builder
	slicesText(&b, s.list())
	want := `
by marks quotes found % speaker % of 95 % name % of 95 %
curly 2 100.0 50.0 2 0–100 100.0 1 100–100
single straight 1 100.0 0.0 1 0–0 100.0 1 100–100
two single straight 1 0.0 0.0 1 0–0 0.0 1 0–0

by mention
document 1 0.0 0.0 1 0–0 0.0 1 0–0
name 1 100.0 100.0 1 100–100 100.0 1 100–100
pronoun 2 100.0 0.0 2 0–0 100.0 1 100–100

by source
post 4 75.0 25.0 4 0–33 66.7 3 67–67

by speaker
anonymous 1 100.0 0.0 1 0–0 100.0 1 100–100
organization 1 0.0 0.0 1 0–0 0.0 1 0–0
person 2 100.0 50.0 2 50–50 100.0 2 100–100

by year
1999 3 66.7 33.3 3 33–33 66.7 3 67–67
2001 1 100.0 0.0 1 0–0 -
`
	if diff := cmp.Diff(squash(want), squash(b.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
