package main

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"github.com/quoth-nlp/quoth/rules"
)

// texts returns the texts of all gold articles and of all cases of the taxonomy, by name.
func texts(t *testing.T) map[string]string {
	t.Helper()
	articles, err := gold.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := gold.Taxonomy()
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, a := range articles {
		list[a.Name] = a.Text
	}
	for _, c := range cases {
		list["case "+c.ID] = c.Text
	}
	return list
}

func explainText(t *testing.T, parts pipeline.Options, name, text string) *explainedArticle {
	t.Helper()
	x, err := explainArticle(&corpus.Article{Path: name, Text: text}, parts)
	if err != nil {
		t.Fatal(name, err)
	}
	x.units = output.NewOffsets(text, output.Codepoint)
	return x
}

func embeddedParts(t *testing.T) (parts pipeline.Options) {
	t.Helper()
	parts.Rules = rules.MustEnglish()
	return parts
}

// What explain says is what extract does: the same document comes out, and each explanation is about it.
func TestExplainAgreesWithExtract(t *testing.T) {
	parts := embeddedParts(t)
	p, err := pipeline.NewDefault(parts)
	if err != nil {
		t.Fatal(err)
	}
	quotes, all := 0, texts(t)
	for i, name := range slices.Sorted(maps.Keys(all)) {
		if i%effort.Pick(5, 1) != 0 {
			continue
		}
		text := all[name]
		want := annot.New(name, text)
		if err := p.Process(want); err != nil {
			t.Fatal(name, err)
		}
		x := explainText(t, parts, name, text)
		if diff := cmp.Diff(want, x.d); diff != "" {
			t.Errorf("%s: extract and explain differ:\n%s", name, diff)
			continue
		}
		if len(x.list) != len(want.Quotes) {
			t.Errorf("%s: %d explanations for %d quotes", name, len(x.list), len(want.Quotes))
			continue
		}
		for i := range x.list {
			quotes++
			checkExplanation(t, name, &x.list[i], &want.Quotes[i])
		}
		for _, s := range x.d.QuotedSpans {
			if reason, signs := x.marks.NoQuote(s); reason == "" || signs == nil {
				t.Errorf("%s: no reason for %q", name, x.d.Slice(s.Span))
			}
		}
	}
	if quotes < effort.Pick(50, 300) {
		t.Errorf("only %d quotes were compared", quotes)
	}
}

func checkExplanation(t *testing.T, name string, e *attribution.Explanation, q *annot.Quote) {
	t.Helper()
	fault := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s, q%d: "+format, append([]any{name, q.ID}, args...)...)
	}
	if e.Quote != q.ID || len(e.Candidates) == 0 || len(e.Sieves) == 0 {
		fault("an explanation of q%d with %d candidates and %d sieves", e.Quote, len(e.Candidates), len(e.Sieves))
		return
	}
	c := e.Candidates[0]
	if c.Speaker != q.Speaker.Mention || c.Cue != q.Cue || c.Nobody != (q.Status == annot.Unattributed) {
		fault("the chosen candidate %+v is not the speaker %+v", c, q.Attribution)
	}
	first, sum := false, 0.0
	for _, s := range e.Sieves {
		if s.Answered != (s.Reason == "") {
			fault("%s answered %v with the reason %q", s.Sieve, s.Answered, s.Reason)
		}
		first = first || s.Answered && s.Sieve == e.First
	}
	if !first {
		fault("the sieve %q answered first, but is not said to answer", e.First)
	}
	for k, c := range e.Candidates {
		sum += c.Share
		if len(c.By) == 0 || c.Signs == nil {
			fault("candidate %d has no proposer or signs: %+v", k, c)
		}
		if k > 1 && c.Share > e.Candidates[k-1].Share {
			fault("candidate %d has a larger share than the one before", k)
		}
	}
	if e.Ranked && math.Abs(sum-1) > 1e-9 || !e.Ranked && sum != 0 {
		fault("the shares sum to %g", sum)
	}
	if by := q.Speaker.ResolvedBy; by != "" && strings.Contains(e.Name.Reason, " led to ") {
		fault("resolved_by %s is not put into words; add it to byResolution", by)
	}
	if q.Speaker.ResolvedBy == "pronoun" && q.Speaker.Type == annot.Person && len(e.Name.Persons) > 0 && e.Name.Persons[0].Entity != q.Speaker.Entities[0] {
		fault("the pronoun stands for %s, but %+v is said to fit best", q.Speaker.Name, e.Name.Persons[0])
	}
	if (e.Name.Reason == "") != q.Speaker.Mention.IsZero() {
		fault("the name of %+v is explainedArticle by %q", q.Speaker, e.Name.Reason)
	}
}
