package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const reports = "Moor said that flour is dear and that bread will be. She urged them to wait. Roe said the mill was “a ruin” by now. It rained."

// reported makes an indirect quote of words of reports; the first of each that is there.
func reported(content, source, cue string, kind annot.Kind) annot.Quote {
	span := func(words string) annot.Span {
		i := strings.Index(reports, words)
		if i < 0 {
			panic(words)
		}
		return annot.Span{Start: i, End: i + len(words)}
	}
	q := annot.Quote{Kind: kind, Attribution: annot.Attribution{Status: annot.Attributed, By: "indirect-that/say", Confidence: 1}}
	for _, part := range strings.Split(content, " | ") {
		q.Parts = append(q.Parts, span(part))
	}
	if source != "" {
		q.Speaker.Mention = span(source)
	}
	q.Cue = span(cue)
	return q
}

// words makes a document of reports, a token a word.
func words(quotes ...annot.Quote) *annot.Document {
	d := annot.New("a", reports)
	start := 0
	for _, w := range strings.SplitAfter(reports, " ") {
		d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: start, End: start + len(strings.TrimSpace(w))}})
		start += len(w)
	}
	d.Quotes = quotes
	return d
}

func TestIndirectScorer(t *testing.T) {
	i := annot.Indirect
	said := reported("that flour is dear and that bread will be", "Moor", "said that flour", i)
	urged := reported("them to wait", "She", "urged", i)
	mixed := reported("“a ruin”", "Roe", "said the mill", annot.Mixed)
	nobody := reported("It rained", "", "by now", i)
	tests := []struct {
		name      string
		want, got []annot.Quote
		figures   string
	}{
		{"the same", []annot.Quote{said, urged}, []annot.Quote{said, urged}, "precision 2/2 recall 2/2 f1 4/4 half 2/2 words 24/24 source 2/2 both 2/2 2/2 4/4"},
		{"nothing found", []annot.Quote{said}, nil, "precision 0/0 recall 0/1 f1 0/1 half 0/1 words 0/0 source 0/0 both 0/0 0/1 0/1"},
		{"too short", []annot.Quote{said}, []annot.Quote{reported("that flour is", "Moor", "said that flour", i)}, "precision 1/1 recall 1/1 f1 2/2 half 0/1 words 6/12 source 1/1 both 1/1 1/1 2/2"},
		{"another source", []annot.Quote{said}, []annot.Quote{reported("that flour is dear and that bread will be", "Roe", "said that flour", i)},
			"precision 1/1 recall 1/1 f1 2/2 half 1/1 words 18/18 source 0/1 both 0/1 0/1 0/2"},
		{"two parts are one content", []annot.Quote{reported("that flour is dear | that bread will be", "Moor", "said that flour", i)}, []annot.Quote{said},
			"precision 1/1 recall 1/1 f1 2/2 half 1/1 words 16/17 source 1/1 both 1/1 1/1 2/2"},
		{"found twice", []annot.Quote{said}, []annot.Quote{reported("that flour is dear", "Moor", "said that flour", i), reported("that bread will be", "Moor", "and", i)},
			"precision 1/2 recall 1/1 f1 2/3 half 0/1 words 8/13 source 1/1 both 1/2 1/1 2/3"},
		{"the clause around a mixed quote is not judged", []annot.Quote{mixed, urged}, []annot.Quote{reported("the mill was “a ruin” by now", "Roe", "said the mill", i), urged},
			"precision 1/1 recall 1/1 f1 2/2 half 1/1 words 6/6 source 1/1 both 1/1 1/1 2/2"},
		{"gold without a source", []annot.Quote{nobody}, []annot.Quote{reported("It rained", "Roe", "by now", i)}, "precision 1/1 recall 1/1 f1 2/2 half 1/1 words 4/4 source 0/0 both 0/0 0/0 0/0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := NewIndirectScorer(1)
			s.Add(&gold.Article{Name: "a", Text: reports, Quotes: tt.want, QuotesOnly: true}, words(tt.got...))
			var r Report
			s.Report(&r)
			show := func(name string) string {
				f, _ := r.Figure("indirect." + name)
				return fmt.Sprintf("%d/%d", f.Right, f.Of)
			}
			got := fmt.Sprintf("precision %s recall %s f1 %s half %s words %s source %s both %s %s %s", show("precision"), show("recall"), show("f1"), show("half"), show("words"),
				show("source"), show("both.precision"), show("both.recall"), show("both.f1"))
			if diff := cmp.Diff(tt.figures, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A content in a discarded region is not judged, and errors of each kind are kept.
func TestIndirectScorerErrors(t *testing.T) {
	s := NewIndirectScorer(1)
	said := reported("that flour is dear", "Moor", "said that flour", annot.Indirect)
	urged := reported("them to wait", "She", "urged", annot.Indirect)
	rained := reported("It rained", "Roe", "by now", annot.Indirect)
	a := &gold.Article{Name: "a", Text: reports, Quotes: []annot.Quote{said}, Discard: urged.Parts, QuotesOnly: true}
	s.Add(a, words(urged, rained))
	var r Report
	s.Report(&r)
	var kinds []string
	for _, e := range r.Errors {
		kinds = append(kinds, fmt.Sprint(e.Kind, " ", e.Count, " ", len(e.First)))
	}
	if diff := cmp.Diff([]string{"indirect.extra 1 1", "indirect.missed 1 1"}, kinds); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Rule{{By: "indirect-that/say", Fired: 2, Judged: 1}}, r.Indirect); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
