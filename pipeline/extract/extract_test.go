package extract_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A markedStage does what a marker word in the article says.
type markedStage struct{ hang chan struct{} }

func (markedStage) Name() string                         { return "marked" }
func (markedStage) Layers() (reads, writes annot.Layers) { return 0, 0 }
func (s markedStage) Process(d *annot.Document) error {
	switch {
	case strings.Contains(d.Text, "PANIC"):
		panic("the marker word")
	case strings.Contains(d.Text, "HANG"):
		<-s.hang
	case strings.Contains(d.Text, "FAIL"):
		return errors.New("the marker word")
	case strings.Contains(d.Text, "BROKEN"):
		d.Tokens = []annot.Token{{Span: annot.Span{Start: 5, End: 2}}}
	case strings.Contains(d.Text, "OUTSIDE"):
		d.Paragraphs = []annot.Paragraph{{Span: annot.Span{Start: 0, End: len(d.Text) + 5}, Zone: annot.Body}}
		d.Quotes = []annot.Quote{{ID: 1, Parts: []annot.Span{{Start: 0, End: len(d.Text) + 5}}}}
	}
	return nil
}

func marked(t *testing.T) *pipeline.Pipeline {
	t.Helper()
	s := markedStage{make(chan struct{})}
	t.Cleanup(func() { close(s.hang) })
	p, err := pipeline.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// items are articles with these texts; a text that begins with ! is an error of reading with that message.
func items(texts ...string) iter.Seq[corpus.Item] {
	return func(yield func(corpus.Item) bool) {
		for i, text := range texts {
			item := corpus.Item{Article: &corpus.Article{Path: "news.jsonl", Index: i, Text: text}}
			if message, unread := strings.CutPrefix(text, "!"); unread {
				item = corpus.Item{Err: &corpus.Error{Path: "news.jsonl", Index: i, Line: i + 1, Code: corpus.CodeBadJSON, Message: message, Phase: "read"}}
			}
			if !yield(item) {
				return
			}
		}
	}
}

// said is what a result comes to in one word or message.
func said(r *extract.Result) string {
	switch {
	case r.Err != nil:
		return fmt.Sprintf("%d %s %s: %s", r.Source.Index, r.Err.Code, r.Err.Phase, r.Err.Message)
	case r.Done:
		return fmt.Sprintf("%d done", r.Source.Index)
	case r.Record.DuplicateOf != nil:
		return fmt.Sprintf("%d copy", r.Source.Index)
	}
	return fmt.Sprintf("%d record", r.Source.Index)
}

func collect(list *[]string) func(*extract.Result) error {
	return func(r *extract.Result) error {
		*list = append(*list, said(r))
		return nil
	}
}

// Whatever goes wrong with an article is its error record, and the others are not affected.
func TestFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // where time passes only while a stage hangs
		x := extract.New(marked(t), extract.Options{Timeout: 100 * time.Millisecond, Validate: true})
		var got []string
		counts, err := x.Run(t.Context(), items("Good.", "!not JSON", "PANIC", "HANG", "FAIL", "BROKEN text", "Good too."), 2, collect(&got))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{
			"0 record",
			"1 bad_json read: line 2: not JSON",
			"2 internal process: stage marked: internal error: the marker word",
			"3 timeout process: not done after 100ms",
			"4 internal process: stage marked: the marker word",
			"5 internal process: ",
			"6 record",
		}
		for i := range want {
			if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
				t.Fatalf("result %d: want %s in %q", i, want[i], got)
			}
		}
		wantCounts := extract.Counts{Records: 2, Errors: 5, Failed: map[string]int{"bad_json": 1, "internal": 3, "timeout": 1}}
		if diff := cmp.Diff(wantCounts, counts); diff != "" {
			t.Error(diff)
		}
	})
}

// A document with a span outside of its text makes package output panic, which is an error of that article.
func TestUnsoundDocument(t *testing.T) {
	x := extract.New(marked(t), extract.Options{})
	r := x.Item(t.Context(), corpus.Item{Article: &corpus.Article{Text: "OUTSIDE"}})
	if r.Record != nil || r.Err == nil || !strings.HasPrefix(r.Err.Message, "internal error: ") {
		t.Errorf("%+v", r)
	}
}

// A context that is done makes an article an error record, with a limit of time and without one.
func TestItemStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, limit := range []time.Duration{0, time.Hour} {
		r := extract.New(marked(t), extract.Options{Timeout: limit}).Item(ctx, corpus.Item{Article: &corpus.Article{Text: "Good."}})
		if got, want := said(r), "0 timeout process: not done: context canceled"; got != want {
			t.Errorf("limit %s: want %s, got %s", limit, want, got)
		}
	}
}

// What was taken before the interruption is finished; an interruption after the last item is none.
func TestInterrupted(t *testing.T) {
	x := extract.New(marked(t), extract.Options{})
	for _, after := range []int{1, 3} {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		counts, err := x.Run(ctx, items("One.", "Two.", "Three."), 1, func(*extract.Result) error {
			if n++; n == after {
				cancel()
			}
			return nil
		})
		cancel()
		if counts.Records != n || n < after {
			t.Errorf("%d counted, %d emitted", counts.Records, n)
		}
		if (err == nil) != (n == 3) || err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("after %d of 3: %v", n, err)
		}
	}
}

// An error of emit ends the run, and its result is not counted.
func TestEmitFails(t *testing.T) {
	full := errors.New("disk full")
	counts, err := extract.New(marked(t), extract.Options{}).Run(t.Context(), items("One.", "Two."), 1, func(r *extract.Result) error {
		if r.Source.Index == 1 {
			return full
		}
		return nil
	})
	if err != full || counts.Records != 1 {
		t.Errorf("%v, %+v", err, counts)
	}
}

const wire = "The bridge across the harbour opened on Monday after nine years of work, " +
	"and three thousand people walked over it in the rain before noon."

// Copies are found in the order of the articles, unless the caller wants to do that.
func TestDuplicates(t *testing.T) {
	var got []string
	if _, err := extract.New(marked(t), extract.Options{}).Run(t.Context(), items(wire, "Other.", wire), 2, collect(&got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"0 record", "1 record", "2 copy"}, got); diff != "" {
		t.Error(diff)
	}
	got = nil
	if _, err := extract.New(marked(t), extract.Options{NoDuplicates: true}).Run(t.Context(), items(wire, wire), 2, collect(&got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"0 record", "1 record"}, got); diff != "" {
		t.Error(diff)
	}
}

// A document that is done is passed over if its input is the same in all that counts.
func TestDone(t *testing.T) {
	known := map[string]string{}
	note := func(docID, input string) bool { known[docID] = input; return false }
	a := corpus.Article{Path: "a.txt", Text: "Text.", Meta: corpus.Meta{Title: new("A")}}
	extract.New(marked(t), extract.Options{Done: note}).Item(t.Context(), corpus.Item{Article: &a})
	x := extract.New(marked(t), extract.Options{Done: func(docID, input string) bool { return known[docID] == input }})
	for _, test := range []struct {
		change func(*corpus.Article)
		want   string
	}{
		{func(*corpus.Article) {}, "0 done"},
		{func(a *corpus.Article) { a.Path = "b.txt" }, "0 record"},
		{func(a *corpus.Article) { a.Text = "Other." }, "0 record"},
		{func(a *corpus.Article) { a.Meta.Title = new("B") }, "0 record"},
		{func(a *corpus.Article) { a.Encoding = "windows-1252" }, "0 record"},
		{func(a *corpus.Article) { a.Warnings = []annot.Warning{{Code: "odd"}} }, "0 record"},
		{func(a *corpus.Article) { a.Elements = []annot.Element{{}} }, "0 record"},
	} {
		changed := a
		test.change(&changed)
		r := x.Item(t.Context(), corpus.Item{Article: &changed})
		if got := said(r); got != test.want || r.Input == "" {
			t.Errorf("%+v: want %s, got %s of input %q", changed, test.want, got, r.Input)
		}
	}
}

// Any number of jobs gives the same bytes.
func TestJobs(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("Council %d met on Monday. “We counted %d ships,” said Mara Ellison.", i, i%7), "!line 3 is cut off")
	}
	run := func(jobs int) string {
		var records, faults bytes.Buffer
		w := output.NewWriter(&records, output.YAML)
		if _, err := extract.New(p, extract.Options{}).Run(t.Context(), items(texts...), jobs, extract.To(w, &faults)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return records.String() + faults.String()
	}
	want := run(1)
	if !strings.Contains(want, "Mara Ellison") || strings.Count(want, "bad_json") != 40 {
		t.Fatalf("the records or the errors are missing:\n%.2000s", want)
	}
	for _, jobs := range []int{0, 2, 7} {
		if diff := cmp.Diff(want, run(jobs)); diff != "" {
			t.Errorf("%d jobs:\n%s", jobs, diff)
		}
	}
}
