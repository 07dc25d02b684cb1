package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The article of the tests. Its gold: two direct quotes, one of them in two parts, a mixed one, a scare quote and
// four mentions.
const article = `Bakers strike

“No flour, no bread,” said Ada Moor of Rye Mills. “We stay out.”

“We pay well,” the mill’s spokesman said. Moor called that “a tall tale” on Monday.

The “artisan” loaf is gone.
`

func at(t *testing.T, words string) annot.Span {
	t.Helper()
	i := strings.Index(article, words)
	if i < 0 {
		t.Fatalf("%q is not in the article", words)
	}
	return annot.Span{Start: i, End: i + len(words)}
}

func goldArticle(t *testing.T) *gold.Article {
	moor := at(t, "Moor called")
	moor.End = moor.Start + len("Moor")
	return &gold.Article{
		Name: "strike", Text: article,
		Mentions: []gold.Mention{
			{Span: at(t, "Ada Moor"), Type: annot.PER, Canonical: "Ada Moor"},
			{Span: at(t, "Rye Mills"), Type: annot.ORG, Canonical: "Rye Mills"},
			{Span: moor, Type: annot.PER, Canonical: "Ada Moor"},
		},
		Quotes: []annot.Quote{
			{Parts: []annot.Span{at(t, "“No flour, no bread,”"), at(t, "“We stay out.”")}, Kind: annot.Direct, Attribution: annot.Attribution{
				Status: annot.Attributed, Cue: at(t, "said"), Speaker: annot.Speaker{Type: annot.Person, Name: "Ada Moor", Mention: at(t, "Ada Moor")}}},
			{Parts: []annot.Span{at(t, "“We pay well,”")}, Kind: annot.Direct, Attribution: annot.Attribution{
				Status: annot.Attributed, Speaker: annot.Speaker{Type: annot.Anonymous, Mention: at(t, "the mill’s spokesman")}}},
			{Parts: []annot.Span{at(t, "“a tall tale”")}, Kind: annot.Mixed, Attribution: annot.Attribution{
				Status: annot.Attributed, Cue: at(t, "called"), Speaker: annot.Speaker{Type: annot.Person, Name: "Ada Moor", Mention: moor}}},
		},
		Spans: []gold.Span{{Span: at(t, "“artisan”"), Why: "scare"}},
		Zones: []gold.Zone{{Span: at(t, "Bakers strike"), Zone: annot.Headline}},
	}
}

// perfect returns the document that agrees with the gold in everything.
func perfect(t *testing.T, a *gold.Article) *annot.Document {
	d := annot.New(a.Name, a.Text)
	for i, line := range strings.Split(strings.TrimSuffix(article, "\n"), "\n\n") {
		zone := annot.Body
		if i == 0 {
			zone = annot.Headline
		}
		d.Paragraphs = append(d.Paragraphs, annot.Paragraph{Span: at(t, line), Zone: zone})
	}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "Ada Moor", Mentions: []int{0, 2}}, {ID: 2, Type: annot.ORG, Name: "Rye Mills", Mentions: []int{1}}}
	for i, m := range a.Mentions {
		d.Mentions = append(d.Mentions, annot.Mention{Span: m.Span, Type: m.Type, Entity: 1 + i%2, By: "model/crf", Confidence: 0.9})
	}
	for i, q := range a.Quotes {
		q.ID, q.Zone, q.By, q.Confidence = i+1, annot.Body, "cue/say", 0.9
		q.Parts = append([]annot.Span(nil), q.Parts...)
		d.Quotes = append(d.Quotes, q)
	}
	d.QuotedSpans = []annot.QuotedSpan{{Span: a.Spans[0].Span, Why: annot.Scare}}
	return d
}

// figures returns those figures of a report that counted something, as right/of.
func figures(r *Report) map[string][2]int {
	got := map[string][2]int{}
	for _, f := range r.Figures {
		if f.Of > 0 {
			got[f.Name] = [2]int{f.Right, f.Of}
		}
	}
	return got
}

func score(a *gold.Article, d *annot.Document) *Report {
	s := NewScorer(10)
	s.Add(a, d)
	r := &Report{}
	s.Report(r)
	return r
}

var full = map[string][2]int{
	"quotes.recall.direct": {3, 3}, // three parts of two quotes
	"quotes.recall.mixed":  {1, 1},
	"quotes.precision":     {4, 4},
	"quotes.whole":         {3, 3},
	"quotes.kind":          {3, 3},
	"quotes.status":        {3, 3},
	"quotes.cue":           {3, 3},
	"spans.kept_out":       {1, 1},
	"spans.why":            {1, 1},
	"speaker.direct":       {2, 2},
	"speaker.direct.exact": {2, 2},
	"speaker.mixed":        {1, 1},
	"speaker.unattributed": {0, 2},
	"name":                 {2, 2},
	"name.anonymous":       {1, 1},

	"entities.per.precision": {2, 2}, "entities.per.recall": {2, 2}, "entities.per.f1": {4, 4},
	"entities.org.precision": {1, 1}, "entities.org.recall": {1, 1}, "entities.org.f1": {2, 2},
	"entities.plo.precision": {3, 3}, "entities.plo.recall": {3, 3}, "entities.plo.f1": {6, 6},
	"entities.grouping": {3, 3},
	"zones":             {4, 4},
}

// with returns full with some figures replaced; one that counts nothing is left out.
func with(changes map[string][2]int) map[string][2]int {
	want := map[string][2]int{}
	for name, n := range full {
		want[name] = n
	}
	for name, n := range changes {
		want[name] = n
		if n[1] == 0 {
			delete(want, name)
		}
	}
	return want
}

func TestScorer(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(d *annot.Document)
		want   map[string][2]int
	}{
		{"perfect", func(d *annot.Document) {}, nil},
		{"missed-quote", func(d *annot.Document) { d.Quotes = d.Quotes[:2] }, map[string][2]int{
			"quotes.recall.mixed": {0, 1}, "quotes.precision": {3, 3}, "quotes.whole": {2, 2}, "quotes.kind": {2, 2}, "quotes.status": {2, 2},
			"quotes.cue": {2, 2}, "speaker.mixed": {0, 1}, "name": {1, 2}}},
		{"half-of-a-split-quote", func(d *annot.Document) { d.Quotes[0].Parts = d.Quotes[0].Parts[:1] }, map[string][2]int{
			"quotes.recall.direct": {2, 3}, "quotes.precision": {3, 3}, "quotes.whole": {2, 3}}},
		{"longer-by-less-than-20-percent", func(d *annot.Document) { d.Quotes[0].Parts[0].End += len(" sai") }, map[string][2]int{
			"quotes.whole": {2, 3}}}, // 21 code points of 25 are in the gold
		{"longer-by-more-than-20-percent", func(d *annot.Document) { d.Quotes[0].Parts[0].End += len(" said A") }, map[string][2]int{
			"quotes.recall.direct": {2, 3}, "quotes.whole": {2, 3}}}, // 21 of 28 are, which is 75 %
		{"shorter-by-less-than-20-percent", func(d *annot.Document) { d.Quotes[0].Parts[0].End -= len("ad,”") }, map[string][2]int{
			"quotes.whole": {2, 3}}}, // 17 of the gold's 21 code points
		{"shorter-by-more-than-20-percent", func(d *annot.Document) { d.Quotes[0].Parts[0].End -= len("ead,”") }, map[string][2]int{
			"quotes.recall.direct": {2, 3}, "quotes.whole": {2, 3}}}, // 16 of 21 are 76 %
		{"half-in-a-quote", func(d *annot.Document) { d.Quotes[2].Parts[0].End += len(" on Monday.\n\n") }, map[string][2]int{
			"quotes.recall.mixed": {0, 1}, "quotes.whole": {2, 2}, "quotes.kind": {2, 2}, "quotes.status": {2, 2}, "quotes.cue": {2, 2},
			"speaker.mixed": {0, 1}, "name": {1, 2}}}, // 13 of 26 code points are in the gold
		{"less-than-half-in-a-quote", func(d *annot.Document) { d.Quotes[2].Parts[0].End += len(" on Monday.\n\nT") }, map[string][2]int{
			"quotes.recall.mixed": {0, 1}, "quotes.precision": {3, 4}, "quotes.whole": {2, 2}, "quotes.kind": {2, 2}, "quotes.status": {2, 2},
			"quotes.cue": {2, 2}, "speaker.mixed": {0, 1}, "name": {1, 2}}},
		{"missed-anonymous", func(d *annot.Document) { d.Quotes = append(d.Quotes[:1:1], d.Quotes[2]) }, map[string][2]int{
			"quotes.recall.direct": {2, 3}, "quotes.precision": {3, 3}, "quotes.whole": {2, 2}, "quotes.kind": {2, 2}, "quotes.status": {2, 2},
			"quotes.cue": {2, 2}, "speaker.direct": {1, 2}, "speaker.direct.exact": {1, 2}, "speaker.unattributed": {0, 1}, "name.anonymous": {0, 1}}},
		{"indirect-is-not-scored", func(d *annot.Document) {
			d.Quotes = append(d.Quotes, annot.Quote{ID: 4, Parts: []annot.Span{d.QuotedSpans[0].Span}, Kind: annot.Indirect, Zone: annot.Body})
		}, nil},
		{"quote-around-a-scare-quote", func(d *annot.Document) {
			d.Quotes = append(d.Quotes, annot.Quote{ID: 4, Parts: []annot.Span{d.Paragraphs[3].Span}, Kind: annot.Direct, Zone: annot.Body})
		}, map[string][2]int{"quotes.precision": {4, 5}}},
		{"scare-quote-extracted", func(d *annot.Document) {
			d.Quotes = append(d.Quotes, annot.Quote{ID: 4, Parts: []annot.Span{d.QuotedSpans[0].Span}, Kind: annot.Mixed, Zone: annot.Body})
			d.QuotedSpans = nil
		}, map[string][2]int{"quotes.precision": {4, 5}, "spans.kept_out": {0, 1}, "spans.why": {0, 1}}},
		{"wrong-reason", func(d *annot.Document) { d.QuotedSpans[0].Why = annot.Title }, map[string][2]int{"spans.why": {0, 1}}},
		{"wrong-kind-status-cue", func(d *annot.Document) {
			q := &d.Quotes[2]
			q.Kind, q.Status, q.Cue = annot.Direct, annot.Ambiguous, annot.Span{}
		}, map[string][2]int{"quotes.kind": {2, 3}, "quotes.status": {2, 3}, "quotes.cue": {2, 3}}},
		{"wrong-speaker", func(d *annot.Document) {
			d.Quotes[0].Speaker = d.Quotes[1].Speaker
			d.Quotes[1].Speaker.Name = "Rye Mills"
		}, map[string][2]int{"speaker.direct": {1, 2}, "speaker.direct.exact": {1, 2}, "name": {1, 2}, "name.anonymous": {0, 1}}},
		{"part-of-the-mention", func(d *annot.Document) { d.Quotes[0].Speaker.Mention.Start += len("Ada ") },
			map[string][2]int{"speaker.direct.exact": {1, 2}}},
		{"no-speaker", func(d *annot.Document) {
			d.Quotes[0].Attribution = annot.Attribution{Status: annot.Unattributed, By: "default/none"}
		}, map[string][2]int{"quotes.status": {2, 3}, "quotes.cue": {2, 3}, "speaker.direct": {1, 2}, "speaker.direct.exact": {1, 2},
			"speaker.unattributed": {1, 2}, "name": {1, 2}}},
		{"wrong-type", func(d *annot.Document) { d.Mentions[1].Type = annot.LOC }, map[string][2]int{
			"entities.org.precision": {0, 0}, "entities.org.recall": {0, 1}, "entities.org.f1": {0, 1},
			"entities.loc.precision": {0, 1}, "entities.loc.f1": {0, 1},
			"entities.plo.precision": {2, 3}, "entities.plo.recall": {2, 3}, "entities.plo.f1": {4, 6}}},
		{"wrong-boundary", func(d *annot.Document) { d.Mentions[0].Start += len("Ada ") }, map[string][2]int{
			"entities.per.precision": {1, 2}, "entities.per.recall": {1, 2}, "entities.per.f1": {2, 4},
			"entities.plo.precision": {2, 3}, "entities.plo.recall": {2, 3}, "entities.plo.f1": {4, 6}}},
		{"missed-mention", func(d *annot.Document) { d.Mentions = d.Mentions[:2] }, map[string][2]int{
			"entities.per.precision": {1, 1}, "entities.per.recall": {1, 2}, "entities.per.f1": {2, 3},
			"entities.plo.precision": {2, 2}, "entities.plo.recall": {2, 3}, "entities.plo.f1": {4, 5}, "entities.grouping": {2, 3}}},
		{"misc-stays-out-of-plo", func(d *annot.Document) {
			d.Mentions = append(d.Mentions, annot.Mention{Span: annot.Span{Start: len(article) - 5, End: len(article) - 2}, Type: annot.MISC, By: "model/crf"})
		}, map[string][2]int{"entities.misc.precision": {0, 1}, "entities.misc.f1": {0, 1}}},
		{"wrong-name", func(d *annot.Document) { d.Entities[0].Name = "Moor" }, map[string][2]int{"entities.grouping": {1, 3}}},
		{"wrong-zones", func(d *annot.Document) { d.Paragraphs[0].Zone, d.Paragraphs[3].Zone = annot.Body, annot.Caption },
			map[string][2]int{"zones": {2, 4}}},
		{"dateline-before-body", func(d *annot.Document) { // a block that is no zone of the gold is judged at its end
			p := d.Paragraphs[3]
			head := annot.Paragraph{Span: annot.Span{Start: p.Start, End: p.Start + 3}, Zone: annot.Dateline}
			p.Start += 4
			d.Paragraphs = append(d.Paragraphs[:3], head, p)
		}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := goldArticle(t)
			d := perfect(t, a)
			test.change(d)
			if diff := cmp.Diff(with(test.want), figures(score(a, d))); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRunningParagraphs(t *testing.T) {
	text := "“One.\n\n“Two,” she said."
	a := &gold.Article{Text: text, QuotesOnly: true, Quotes: []annot.Quote{{Kind: annot.Direct, Parts: []annot.Span{{Start: 0, End: strings.Index(text, " she")}}}}}
	d := annot.New("", text)
	d.Quotes = []annot.Quote{{ID: 1, Kind: annot.Direct, Parts: []annot.Span{{Start: 0, End: 7}, {Start: 9, End: strings.Index(text, " she")}}}}
	want := map[string][2]int{"quotes.recall.direct": {1, 1}, "quotes.precision": {2, 2}, "speaker.unattributed": {1, 1}}
	if diff := cmp.Diff(want, figures(score(a, d))); diff != "" {
		t.Errorf("a gold span over both paragraphs is covered by the run of both parts (-want +got):\n%s", diff)
	}
}

func TestDiscardedRegionIsNotJudged(t *testing.T) {
	a := goldArticle(t)
	d := perfect(t, a)
	a.Quotes, a.Discard = a.Quotes[:2], []annot.Span{d.Quotes[2].Parts[0]}
	if f, _ := score(a, d).Figure("quotes.precision"); f.Right != 3 || f.Of != 3 {
		t.Errorf("precision is %d of %d, want 3 of 3", f.Right, f.Of)
	}
}

func TestSampledArticle(t *testing.T) {
	a := goldArticle(t)
	d := perfect(t, a)
	a.Sampled, a.Quotes, a.Spans = true, a.Quotes[2:], []gold.Span{{Span: d.Quotes[0].Parts[0], Why: "term"}}
	s := score(a, d)
	if f, _ := s.Figure("quotes.precision"); f.Right != 1 || f.Of != 2 {
		t.Errorf("precision is %d of %d: what is annotated as no quote counts, and what is not annotated does not", f.Right, f.Of)
	}
	if len(s.KeptOut) != 1 || s.KeptOut[0].Why != "term" || s.KeptOut[0].Kept.Right != 0 || s.KeptOut[0].Kept.Of != 1 {
		t.Errorf("stretches that are no quotes, by why: %+v", s.KeptOut)
	}
}

func TestRules(t *testing.T) {
	a := goldArticle(t)
	d := perfect(t, a)
	// The second quote gets a name that the gold does not give it; a third rule fires where there is no quote.
	d.Quotes[1].Speaker.Name = "Ada Moor"
	d.Quotes[2].By, d.Quotes[2].Speaker.Mention = "object/call", at(t, "Rye Mills")
	d.Quotes = append(d.Quotes, annot.Quote{ID: 4, Parts: []annot.Span{d.QuotedSpans[0].Span}, Kind: annot.Mixed, Zone: annot.Body,
		Attribution: annot.Attribution{By: "near/any"}})
	d.Entities = append(d.Entities, annot.Entity{ID: 3, Name: "Moor"})
	d.Mentions[2].Entity = 3
	d.Mentions[1].By, d.Mentions[1].Type = "gazetteer/org", annot.LOC
	r := score(a, d)
	want := []Rule{{"cue/say", 2, 2, 2, 1}, {"near/any", 1, 0, 0, 0}, {"object/call", 1, 1, 0, 0}}
	if diff := cmp.Diff(want, r.Attributions); diff != "" {
		t.Errorf("attributions (-want +got):\n%s", diff)
	}
	want = []Rule{{"gazetteer/org", 1, 1, 0, 0}, {"model/crf", 2, 2, 2, 1}}
	if diff := cmp.Diff(want, r.Recognizers); diff != "" {
		t.Errorf("recognizers (-want +got):\n%s", diff)
	}
}

func TestConfusion(t *testing.T) {
	mention := func(start, end int, typ annot.Type) annot.Mention {
		return annot.Mention{Span: annot.Span{Start: start, End: end}, Type: typ, By: "model/crf"}
	}
	text := strings.Repeat("x", 100)
	a := &gold.Article{Text: text}
	for _, m := range []annot.Mention{mention(0, 4, annot.PER), mention(10, 14, annot.PER), mention(20, 28, annot.LOC), mention(30, 38, annot.ORG),
		mention(40, 44, annot.ORG), mention(50, 54, annot.PER), mention(55, 60, annot.PER)} {
		a.Mentions = append(a.Mentions, gold.Mention{Span: m.Span, Type: m.Type, Canonical: "x"})
	}
	d := annot.New("", text)
	d.Mentions = []annot.Mention{
		mention(0, 4, annot.PER),    // exact
		mention(10, 14, annot.ORG),  // type
		mention(20, 24, annot.LOC),  // boundary
		mention(25, 28, annot.LOC),  // spurious: the gold mention is taken
		mention(32, 38, annot.PER),  // both; the gold mention at 40 is missed
		mention(50, 60, annot.PER),  // boundary for the first of two gold mentions, the second is missed
		mention(70, 74, annot.LOC),  // spurious
		mention(80, 84, annot.MISC), // not counted, nor is the gold's
	}
	a.Mentions = append(a.Mentions, gold.Mention{Span: annot.Span{Start: 90, End: 94}, Type: annot.MISC, Canonical: "x"})
	want := Confusion{Exact: 1, Type: 1, Boundary: 2, Both: 1, Missed: 2, Spurious: 2}
	if diff := cmp.Diff(want, score(a, d).Confusion); diff != "" {
		t.Errorf("confusion (-want +got):\n%s", diff)
	}
}

func TestTaxonomy(t *testing.T) {
	text := "“Yes,” said Ada Moor."
	quote := func() annot.Quote {
		return annot.Quote{Parts: []annot.Span{{Start: 0, End: 10}}, Kind: annot.Direct, Attribution: annot.Attribution{Status: annot.Attributed,
			Speaker: annot.Speaker{Name: "Ada Moor", Mention: annot.Span{Start: 16, End: 24}}, Cue: annot.Span{Start: 11, End: 15}}}
	}
	add := func(s *TaxonomyScorer, group string, change func(q *annot.Quote, d *annot.Document)) {
		d := annot.New("", text)
		q := quote()
		change(&q, d)
		if q.Parts != nil {
			d.Quotes = append(d.Quotes, q)
		}
		s.Add(&gold.Case{ID: "X1", Group: group, Text: text, Quotes: []annot.Quote{quote()}}, d)
	}
	s := NewTaxonomyScorer(10)
	add(s, "a", func(*annot.Quote, *annot.Document) {})
	add(s, "a", func(q *annot.Quote, _ *annot.Document) { q.Speaker.Mention.Start += 4 })         // overlap is enough
	add(s, "a", func(q *annot.Quote, _ *annot.Document) { q.Speaker.Name = "Moor" })              // names must be equal
	add(s, "b", func(q *annot.Quote, _ *annot.Document) { q.Cue.End-- })                          // cues too
	add(s, "b", func(q *annot.Quote, _ *annot.Document) { q.Parts[0].End-- })                     // missed and extra
	add(s, "b", func(q *annot.Quote, d *annot.Document) { d.Quotes = append(d.Quotes, quote()) }) // the same twice is one
	add(s, "c", func(q *annot.Quote, _ *annot.Document) { q.Parts = nil })                        // missed
	add(s, "c", func(_ *annot.Quote, d *annot.Document) {                                         // extra
		d.Quotes = append(d.Quotes, annot.Quote{Parts: []annot.Span{{Start: 11, End: 15}}, Kind: annot.Mixed})
	})
	s.Skip()
	r := &Report{}
	s.Report(r)
	want := map[string][2]int{"taxonomy.whole": {3, 8}, "taxonomy.group.a": {2, 3}, "taxonomy.group.b": {1, 3}, "taxonomy.group.c": {0, 2},
		"taxonomy.field.parts": {6, 8}, "taxonomy.field.kind": {6, 6}, "taxonomy.field.status": {6, 6}, "taxonomy.field.mention": {6, 6},
		"taxonomy.field.name": {5, 6}, "taxonomy.field.cue": {5, 6}}
	if diff := cmp.Diff(want, figures(r)); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	if r.Cases != 8 || r.Skipped != 1 {
		t.Errorf("%d cases, %d skipped, want 8 and 1", r.Cases, r.Skipped)
	}
	if len(r.Errors) != 1 || r.Errors[0].Count != 5 {
		t.Errorf("errors are %v, want one kind with 5", r.Errors)
	}
}
