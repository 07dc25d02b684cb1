package pipeline_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// TestMarkup shows what becomes of pages: each paragraph with its zone, then the quotes with their kind, flags and speaker,
// then what is set apart without being a quote.
func TestMarkup(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	annottest.Run(t, "testdata/html", func(page *annot.Document) string {
		d := process(t, p, page.Text)
		var b strings.Builder
		show := func(s annot.Span) string { return strings.ReplaceAll(d.Slice(s), "\n", "⏎") }
		for _, para := range d.Paragraphs {
			fmt.Fprintf(&b, "%s: %s\n", para.Zone, show(para.Span))
		}
		b.WriteString("\n")
		for _, q := range d.Quotes {
			fmt.Fprintf(&b, "q%d %s", q.ID, strings.Join(append([]string{q.Kind.String(), q.Status.String()}, q.Flags.Names()...), " "))
			if q.Parent > 0 {
				fmt.Fprintf(&b, " in q%d", q.Parent)
			}
			for _, part := range q.Parts {
				b.WriteString(" | " + show(part))
			}
			sieve, _, _ := strings.Cut(q.By, "/")
			fmt.Fprintf(&b, " <- %s = %s by %s\n", d.Slice(q.Speaker.Mention), q.Speaker.Name, sieve)
		}
		for _, s := range d.QuotedSpans {
			fmt.Fprintf(&b, "not a quote: %s | %s\n", s.Why, show(s.Span))
		}
		return b.String()
	})
}

// process reads a page and annotates it.
func process(tb testing.TB, p *pipeline.Pipeline, page string) *annot.Document {
	tb.Helper()
	line, err := json.Marshal(map[string]string{"html": page})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := corpus.Open(tb.Context(), []string{"-"}, corpus.Options{Stdin: strings.NewReader(string(line))})
	if err != nil {
		tb.Fatal(err)
	}
	for item := range c.Items(tb.Context()) {
		if item.Err != nil {
			tb.Fatal(item.Err)
		}
		d := annot.New("page", item.Article.Text)
		d.Elements = item.Article.Elements
		if err := p.Process(d); err != nil {
			tb.Fatal(err)
		}
		if err := d.Validate(); err != nil {
			tb.Fatal(err)
		}
		return d
	}
	tb.Fatal("no article")
	return nil
}

// Whatever the markup, the document is sound.
func FuzzMarkup(f *testing.F) {
	for _, seed := range annottest.Input(f, "testdata/html") {
		f.Add(seed)
	}
	for _, seed := range []string{
		"<q>“a</q> b”", "“<q>a</q>”", "<blockquote>“A b c.”</blockquote>", "<blockquote><q>a</q> <cite>b</cite></blockquote><p>c",
		"<blockquote>a<blockquote>b<footer>C D</footer></blockquote>e</blockquote>f", "<blockquote class=twitter-tweet>— (@a)</blockquote>x (@",
		"<h1>“a”</h1><blockquote>SMITH: We never.<br><br>JONES: We did.</blockquote><pre>SMITH: a</pre>",
	} {
		f.Add(seed)
	}
	p, err := pipeline.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, page string) {
		process(t, p, page)
	})
}

// Hostile markup takes linear time in the stages too.
func TestMarkupLinearTime(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, unit := range map[string]string{
		"blockquotes": "<blockquote>We won the day. <cite>Ann Cole</cite></blockquote><p>So it went.</p>",
		"q":           "<p>Ann Cole said <q>we <q>won</q> it</q>.</p>",
		"q in a line": "Ann said <q>we <q>won</q></q> “and <q>lost</q>” ",
		"cites":       "<blockquote>a <cite>b</cite> <cite>c</cite>",
		"tweets":      "<blockquote class=twitter-tweet><p>We won.</p>— Ann Cole (@ann) May 2</blockquote>",
	} {
		t.Run(name, func(t *testing.T) {
			effort.Linear(t, effort.Pick(50, 250), func(n int) func() {
				page := "<p>" + strings.Repeat(unit, n)
				return func() { process(t, p, page) }
			})
		})
	}
}
