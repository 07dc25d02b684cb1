package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func TestSlices(t *testing.T) {
	const text = `“It held,” Ada Moor said. 'No,' she said. ''Yes'' is what the mayor wrote.`
	span := func(s string) annot.Span {
		i := strings.Index(text, s)
		if i < 0 {
			t.Fatal(s)
		}
		return annot.Span{Start: i, End: i + len(s)}
	}
	quote := func(words, speaker, name string) annot.Quote {
		return annot.Quote{Parts: []annot.Span{span(words)}, Kind: annot.Direct, Attribution: annot.Attribution{Speaker: annot.Speaker{Mention: span(speaker), Name: name}}}
	}
	d := annot.New("", text)
	d.Mentions = []annot.Mention{{Span: span("Ada Moor"), Type: annot.PER}}
	a := &gold.Article{Name: "post_1999-01-02_bridge"}
	s := slicesBy{}
	first, second, third := quote("“It held,”", "Ada Moor", "Ada Moor"), quote("'No,'", "she", "Ada Moor"), quote("''Yes''", "the mayor", "")
	wrong := second
	wrong.Speaker = annot.Speaker{Mention: span("Ada Moor"), Name: "Ada Moor"}
	s.count(a, d, &first, &first)
	s.count(a, d, &second, &wrong)
	s.count(a, d, &third, nil)
	var b strings.Builder
	slicesText(&b, s.list())
	want := `
by marks               quotes  found %  speaker %    ±  name %    ±
  curly                     1    100.0      100.0  0.0   100.0  0.0
  single straight           1    100.0        0.0  0.0   100.0  0.0
  two single straight       1      0.0        0.0  0.0       -    -

by mention
  description               1      0.0        0.0  0.0       -    -
  name                      1    100.0      100.0  0.0   100.0  0.0
  pronoun                   1    100.0        0.0  0.0   100.0  0.0

by source
  post                      3     66.7       33.3 53.3   100.0  0.0

by year
  1999                      3     66.7       33.3 53.3   100.0  0.0
`
	squash := func(s string) string {
		lines := strings.Split(s, "\n")
		for i := range lines {
			lines[i] = strings.Join(strings.Fields(lines[i]), " ")
		}
		return strings.Join(lines, "\n")
	}
	if diff := cmp.Diff(squash(want), squash(b.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
