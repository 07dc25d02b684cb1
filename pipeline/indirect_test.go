package pipeline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func indirectPipeline(tb testing.TB) *pipeline.Pipeline {
	tb.Helper()
	p, err := pipeline.NewDefault(pipeline.Options{Indirect: true})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// reporting are templates for articles with indirect speech.
var reporting = []string{
	"%P said %q.", "%P told reporters that %q, and that %q.", "%Q, %P said on Monday.", "%P denied that %q.", "According to %P, %q.", "%Q, according to %P.",
	"%P urged %P to leave the town.", "%P’s claim that %q was false.", "The plan was backed by %P.", "As %P reported, %q.", "%P asked whether %q.", "Some say %q.",
	"“%Q,” %S said, adding that %q.", "%P said the road was “a death trap” and that %q.", "I think that %q.", "It said that %q.", "We know why %q.",
}

// marked returns the quotes without the indirect ones, numbered as if there were none.
func marked(d *annot.Document) []annot.Quote {
	list := []annot.Quote{}
	number := map[int]int{}
	for _, q := range d.Quotes {
		if q.Kind != annot.Indirect {
			number[q.ID] = len(list) + 1
			q.ID = len(list) + 1
			list = append(list, q)
		}
	}
	for i := range list {
		list[i].Parent = number[list[i].Parent]
	}
	return list
}

// Indirect quotes leave all other layers as they are, are sound, and come out the same twice.
func TestIndirectAddsOnly(t *testing.T) {
	plain, indirect := defaultPipeline(t), indirectPipeline(t)
	found := 0
	check := func(t rapid.TB, text string) {
		want, got := must(t, plain, text), must(t, indirect, text)
		if diff := cmp.Diff(got, must(t, indirect, text)); diff != "" {
			t.Errorf("another result the second time (-first +second):\n%s", diff)
		}
		for _, q := range got.Quotes {
			if q.Kind == annot.Indirect {
				found++
				if q.Status == annot.NoStatus || q.By == "" || q.Confidence <= 0 || q.Cue.IsZero() || q.Speaker.Mention.IsZero() {
					t.Errorf("an indirect quote without status, rule, confidence, cue or mention: %+v", q)
				}
			}
		}
		got.Quotes = marked(got)
		want.Quotes = marked(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("indirect quotes change something else (-without +with):\n%s\nof\n%s", diff, text)
		}
	}
	for _, text := range append(goldenTexts(t), ownArticle(t)) {
		check(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, before+articlesOf(append(templates, reporting...)).Draw(t, "article")) })
	if found < 100 {
		t.Errorf("found %d indirect quotes in all", found)
	}
}

// Another paragraph in front moves the indirect quotes and changes none of them, and straight marks change
// nothing either.
func TestIndirectInvariance(t *testing.T) {
	p := indirectPipeline(t)
	rapid.Check(t, func(t *rapid.T) {
		text := before + articlesOf(append(templates, reporting...)).Draw(t, "article")
		d := must(t, p, text)
		if diff := cmp.Diff(shifted(d, len(before)), shifted(must(t, p, before+text), 0)); diff != "" {
			t.Fatalf("the paragraph in front changes the quotes (-without +with):\n%s\nof\n%s", diff, text)
		}
		straight := restyle["straight"]
		want := saidIn(d)
		for i := range want {
			want[i].Words = straight.Replace(want[i].Words) // the content of an indirect quote may hold marks
		}
		if diff := cmp.Diff(want, saidIn(must(t, p, straight.Replace(text)))); diff != "" {
			t.Errorf("straight marks (-curly +straight):\n%s\nof\n%s", diff, text)
		}
	})
}

// hostileReports is text that punishes the reading of reports.
var hostileReports = map[string]string{
	"said that":     "said that ",
	"it said that":  "it said that ",
	"she said":      "she said ",
	"I think":       "Ann %s left. I think that it rains. ",
	"support":       "support ",
	"according to":  "according to ",
	"according":     "the plan, according to Ann Cole, ",
	"as he said":    "as he said, ",
	"backed by":     "backed by ",
	"claims":        "his claim that ",
	"to say":        "to say ",
	"citing":        "citing ",
	"and":           "and ",
	"some":          "some of ",
	"comma said":    "the plan is late, Cole said, ",
	"mayor said":    "The mayor said that it rains. ",
	"wants her to":  "wants her to ",
	"colons":        "Cole: ",
	"in a report":   "in a report ",
	"number":        "one ",
	"said, adding":  "“We go on,” said Cole, adding that it rains. ",
	"the union did": "the union rejected the plan. ",
}

func TestLinearTimeOfReports(t *testing.T) {
	p := indirectPipeline(t)
	for name, unit := range hostileReports {
		t.Run(name, func(t *testing.T) { linear(t, p, func(size int) string { return news(unit, size) }) })
	}
}

// FuzzIndirect checks that any text with indirect quotes is sound.
func FuzzIndirect(f *testing.F) {
	for _, text := range goldenTexts(f) {
		f.Add(text)
	}
	for _, unit := range hostileReports {
		f.Add(news(unit, 200))
	}
	p := indirectPipeline(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := annot.New("", strings.ToValidUTF8(text, "\uFFFD"))
		if err := p.Process(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d, must(t, p, d.Text)); diff != "" {
			t.Errorf("another result the second time (-first +second):\n%s", diff)
		}
	})
}
