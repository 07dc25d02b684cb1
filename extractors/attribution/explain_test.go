package attribution_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// finders are the stages before the attribution.
var finders = sync.OnceValues(func() ([]interface{ Process(*annot.Document) error }, error) {
	set := rules.MustEnglish()
	names, err := entities.New(set)
	return []interface{ Process(*annot.Document) error }{segment.New(set), names, quotes.New(set)}, err
})

// unattributed returns the document of the text as the attribution gets it.
func unattributed(tb testing.TB, text string) *annot.Document {
	tb.Helper()
	list, err := finders()
	if err != nil {
		tb.Fatal(err)
	}
	d := annot.New("", text)
	for _, s := range list {
		if err := s.Process(d); err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// explain returns the document and its explanations, once it has checked that Process does the same.
func explain(tb testing.TB, s *attribution.Stage, text string) (*annot.Document, []attribution.Explanation) {
	tb.Helper()
	want, d := unattributed(tb, text), unattributed(tb, text)
	if err := s.Process(want); err != nil {
		tb.Fatal(err)
	}
	list := s.Explain(d)
	if diff := cmp.Diff(want, d); diff != "" {
		tb.Errorf("Process and Explain differ:\n%s", diff)
	}
	return d, list
}

// reasonOf returns what the sieve says of the first quote: the words of its answer, or its reason.
func reasonOf(d *annot.Document, e attribution.Explanation, sieve string) string {
	i := slices.IndexFunc(e.Sieves, func(s attribution.SieveAnswer) bool { return s.Sieve == sieve })
	if i < 0 {
		return "no such sieve"
	}
	if s := e.Sieves[i]; s.Answered {
		return "= " + d.Slice(s.Answer.Speaker) + " [" + d.Slice(s.Answer.Cue) + "]"
	}
	return e.Sieves[i].Reason
}

// The sieves say why they decline as closely as the words tell.
func TestSieveReasons(t *testing.T) {
	stage := attribution.New(rules.MustEnglish())
	for _, test := range []struct{ text, sieve, want string }{
		{"“We are closing the road,” said Ann Cole.", "quote-cue", "= Ann Cole [said]"},
		{"“We are closing the road,” said Ann Cole.", "cue-quote", "the quote opens its sentence"},
		{"“We are closing the road,” said Ann Cole.", "lead-in", "the quote is no sentence by itself"},
		{"“We are closing the road,” said Ann Cole.", "headline", "the quote is in no headline"},
		{"Ann Cole said: “We are closing the road.”", "quote-cue", "nothing follows the quote in its sentence"},
		{"Ann Cole said: “We are closing the road.”", "cue-quote", "= Ann Cole [said]"},
		{"Ann Cole said: “We are closing the road.”", "trailing-cue", "no verb of speech with its subject follows a comma later in the sentence"},
		{"The road was “no longer safe” after the storm.", "quote-cue", "“after” follows the quote, which is neither a verb of speech nor a subject"},
		{"The road was “no longer safe” after the storm.", "cue-quote", "no verb of speech stands right before the quote: it follows “The road was”"},
		{"The road was “no longer safe” after the storm.", "no-source", "=  []"},
		{"Ann Cole left. “We are closing the road.”", "carry-forward", "the quote does not open its paragraph"},
		{"Ann Cole left. “We are closing the road.”", "lead-in", "= Ann Cole []"},
		{"Ann Cole’s stated goal of “no cars at all” was missed.", "governing-cue", "“stated” stands before the quote as a noun or adjective, not as a verb of speech"},
	} {
		d, list := explain(t, stage, test.text+"\n")
		if len(list) != 1 {
			t.Errorf("%s: %d quotes", test.text, len(list))
			continue
		}
		if got := reasonOf(d, list[0], test.sieve); got != test.want {
			t.Errorf("%s: %s\nwant %s\n got %s", test.text, test.sieve, test.want, got)
		}
	}
}

// The speaker of the quote right before or after is that of a further quote in the same sentence, and in no other one.
func TestSameSentence(t *testing.T) {
	stage := attribution.New(rules.MustEnglish())
	const declines = "no other quote in the sentence has a speaker to share"
	for _, test := range []struct {
		text string
		want []string
	}{
		{"“We are closing the road,” said Ann Cole, and the bridge is “no longer safe”.", []string{"= Ann Cole []", "= Ann Cole []"}},
		{"“We are closing the road,” said Ann Cole. The bridge is “no longer safe”.", []string{declines, declines}},
		{"The bridge is “no longer safe”, and “we are closing the road,” said Ann Cole.", []string{"= Ann Cole []", "= Ann Cole []"}},
	} {
		d, list := explain(t, stage, test.text+"\n")
		var got []string
		for _, e := range list {
			got = append(got, reasonOf(d, e, "same-sentence"))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
}

// With a ranker the candidates have shares, most likely first; the persons after a pronoun have scores.
func TestExplainRanked(t *testing.T) {
	ranker, err := attribution.Default()
	if err != nil {
		t.Fatal(err)
	}
	d, list := explain(t, attribution.NewRanked(rules.MustEnglish(), ranker),
		"Ann Cole met Mr. Bob Dunn on Monday. “We are closing the road,” she told Mr. Dunn. “It is no longer safe.”\n")
	e := list[0]
	if !e.Ranked || e.First != "quote-cue" {
		t.Errorf("the ranker chose: %v; first sieve %q", e.Ranked, e.First)
	}
	best := e.Candidates[0]
	if d.Slice(best.Speaker) != "she" || d.Slice(best.Cue) != "told" || best.Share < 0.5 || !slices.Contains(best.By, "quote-cue") {
		t.Errorf("the best candidate is %q: %+v", d.Slice(best.Speaker), best)
	}
	if signs := strings.Join(best.Signs, "; "); !strings.Contains(signs, "pronoun") || !strings.Contains(signs, "speaker of “told”") {
		t.Errorf("its signs are %s", signs)
	}
	var persons []string
	for _, p := range e.Name.Persons {
		persons = append(persons, p.Name)
	}
	if diff := cmp.Diff([]string{"Ann Cole", "Bob Dunn"}, persons); diff != "" {
		t.Error(diff)
	}
	if p := e.Name.Persons; !p[0].Fits || p[1].Fits {
		t.Errorf("she may be Ann Cole, and not Mr. Dunn: %+v", p)
	}
	if want := "“she” is a pronoun, and fits Ann Cole best of those named before"; e.Name.Reason != want {
		t.Errorf("want %s\n got %s", want, e.Name.Reason)
	}
}

// What a sieve of the caller decides is explained by it alone; one that declines stands in the list before the others.
func TestExplainFirst(t *testing.T) {
	const text = "“We are closing the road,” said Ann Cole.\n"
	answer := annot.Attribution{Status: annot.Unattributed, By: "fixed/none", Confidence: 1}
	_, list := explain(t, attribution.New(rules.MustEnglish(), fixed{answer}), text)
	e := list[0]
	if e.First != "" || e.Ranked || len(e.Candidates) != 0 || !e.Sieves[0].Answered || e.Sieves[0].Sieve != "fixed" || e.Sieves[0].Answer.Rule != "none" {
		t.Errorf("decided by the caller's sieve: %+v", e)
	}
	_, list = explain(t, attribution.New(rules.MustEnglish(), fixed{}), text)
	e = list[0]
	if e.First != "quote-cue" || e.Sieves[0].Answered || e.Sieves[0].Reason == "" {
		t.Errorf("the caller's sieve declined: %+v", e)
	}
}

// A document without quotes has no explanations.
func TestExplainNothing(t *testing.T) {
	if _, list := explain(t, attribution.New(rules.MustEnglish()), "The road is closed.\n"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// Those who share an ambiguous name are listed.
func TestExplainSharedName(t *testing.T) {
	_, list := explain(t, attribution.New(rules.MustEnglish()),
		"Ann Cole and Tom Cole walked down to the river on Monday.\n\n“We are closing the road,” Cole said.\n")
	var names []string
	for _, p := range list[0].Name.Persons {
		names = append(names, p.Name)
	}
	if want := "“Cole” is the name of several persons of the article"; list[0].Name.Reason != want {
		t.Errorf("want %s\n got %s", want, list[0].Name.Reason)
	}
	if diff := cmp.Diff([]string{"Ann Cole", "Tom Cole"}, names); diff != "" {
		t.Error(diff)
	}
}

// Explain does what Process does on any text, and has something to say of every quote and sieve.
func TestExplainAnyText(t *testing.T) {
	ranker, err := attribution.Default()
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{"Ann Cole", "Mr. Bob Dunn", "Acme Corp.", "she", "He", "it", "the mayor", "a spokesman for Acme", "said", "told", "according to", "saying", "called",
		"asked", "who", "that", "as", "“", "”", "‘", "’", "\"", ",", ".", ":", "—", "?", "(", ")", "\n\n", "\n", "We never saw the memo", "dead wrong", "SMITH:", "Q:", "A:", "’s", "and", "é", "\x00"}
	stages := []*attribution.Stage{attribution.New(rules.MustEnglish()), attribution.NewRanked(rules.MustEnglish(), ranker)}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(rt, "pieces"), " ")
		for _, stage := range stages {
			d, list := explain(t, stage, text)
			if t.Failed() {
				rt.Fatalf("%q", text)
			}
			if len(list) != len(d.Quotes) {
				rt.Fatalf("%q: %d explanations for %d quotes", text, len(list), len(d.Quotes))
			}
			for i, e := range list {
				for _, s := range e.Sieves {
					if s.Answered != (s.Reason == "") {
						rt.Fatalf("%q: q%d: %s answered %v with the reason %q", text, i+1, s.Sieve, s.Answered, s.Reason)
					}
				}
				if c := e.Candidates[0]; c.Speaker != d.Quotes[i].Speaker.Mention || c.Cue != d.Quotes[i].Cue {
					rt.Fatalf("%q: q%d: the candidate %+v was not chosen", text, i+1, c)
				}
			}
		}
	})
}
