package quotes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestGolden shows every quote on a line of its own, its kind and flags first and its parts apart, then what stands in
// marks without being a quote and why, then the warnings.
func TestGolden(t *testing.T) {
	process := stages()
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		process(t, d)
		return describe(d)
	})
}

// stages returns a function that finds the quotes of a document.
func stages() func(testing.TB, *annot.Document) {
	set := rules.MustEnglish()
	judge, err := quotes.Default()
	if err != nil {
		panic(err)
	}
	first, second := segment.New(set), quotes.NewJudged(set, judge)
	return func(tb testing.TB, d *annot.Document) {
		tb.Helper()
		if err := first.Process(d); err != nil {
			tb.Fatal(err)
		}
		if err := second.Process(d); err != nil {
			tb.Fatal(err)
		}
	}
}

func describe(d *annot.Document) string {
	var b strings.Builder
	line := func(head string, spans ...annot.Span) {
		b.WriteString(head)
		for _, s := range spans {
			b.WriteString(" | " + strings.ReplaceAll(d.Slice(s), "\n", "⏎"))
		}
		b.WriteString("\n")
	}
	for _, q := range d.Quotes {
		line(strings.Join(append([]string{q.Kind.String()}, q.Flags.Names()...), " "), q.Parts...)
	}
	for _, s := range d.QuotedSpans {
		line("not a quote: "+s.Why.String(), s.Span)
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning %s at %d\n", w.Code, w.Start)
	}
	if b.Len() == 0 {
		return "none"
	}
	return b.String()
}

// Every stretch between marks is accounted for, once, and the result is the same the second time.
func FuzzQuotes(f *testing.F) {
	for _, text := range annottest.Input(f, "testdata") {
		f.Add(text)
	}
	process := stages()
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := annot.New("", text)
		process(t, d)
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		found := map[annot.Span]int{}
		for _, q := range d.Quotes {
			if q.Kind == annot.Transcript {
				continue // has no marks
			}
			for _, p := range q.Parts {
				found[p]++
			}
		}
		for _, s := range d.QuotedSpans {
			found[s.Span]++
		}
		for i, m := range d.Marked {
			inQuote := m.Escaped && slices.ContainsFunc(d.Quotes, func(q annot.Quote) bool {
				return slices.ContainsFunc(q.Parts, m.Inner().Contains) // escapes are no part of it
			})
			if found[m.Span] == 0 && !inQuote {
				t.Errorf("stretch %d, %q, is neither in a quote nor in a quoted span", i, d.Slice(m.Span))
			}
		}
		again := annot.New("", text)
		process(t, again)
		if diff := cmp.Diff(d, again); diff != "" {
			t.Errorf("another result the second time:\n%s", diff)
		}
	})
}
