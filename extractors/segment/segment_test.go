package segment

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/rules"
)

// TestGolden shows for every paragraph its zone, then its sentences, one a line, with | between the tokens.
func TestGolden(t *testing.T) {
	s := New(rules.MustEnglish())
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		if err := s.Process(d); err != nil {
			t.Error(err)
		}
		return describe(d)
	})
}

func describe(d *annot.Document) string {
	var b strings.Builder
	last := -1
	for _, s := range d.Sentences {
		if s.Paragraph != last {
			last = s.Paragraph
			b.WriteString(d.Paragraphs[last].Zone.String() + "\n")
		}
		b.WriteString("  ")
		for i, tok := range d.Tokens[s.FirstToken:s.EndToken] {
			if i > 0 {
				b.WriteString("|")
			}
			b.WriteString(d.Slice(tok.Span))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// golden returns the texts of the golden files.
func golden(tb testing.TB) []string {
	tb.Helper()
	texts := annottest.Input(tb, "testdata")
	if len(texts) < 25 {
		tb.Fatalf("%d golden files, want 25 or more", len(texts))
	}
	return texts
}

func goldenLines(tb testing.TB) []string {
	var lines []string
	for _, text := range golden(tb) {
		lines = append(lines, strings.Split(text, "\n")...)
	}
	return lines
}

func process(tb testing.TB, s *Stage, text string) *annot.Document {
	tb.Helper()
	d := annot.New("", text)
	if err := s.Process(d); err != nil {
		tb.Fatal(err)
	}
	return d
}

func FuzzSegment(f *testing.F) {
	for _, text := range golden(f) {
		f.Add(text)
	}
	for _, text := range []string{"", "\x00", "\ufeff“", "'’'s n't", "http://www.@#", "((((", "A.A.A.", "….”", "\u200d\u200d👨\u200d"} {
		f.Add(text)
	}
	s := New(rules.MustEnglish())
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		d := process(t, s, text)
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		if d.Text != text {
			t.Fatal("the text was changed")
		}
		if len(d.Tokens) == 0 && strings.TrimSpace(text) != "" {
			t.Fatal("no tokens")
		}
		again := process(t, s, text)
		if diff := cmp.Diff(d, again); diff != "" {
			t.Fatalf("a second run differs:\n%s", diff)
		}
		last := 0
		for _, tok := range Tokenize(text, nil) {
			if tok.Start < last || tok.End <= tok.Start || strings.TrimSpace(text[last:tok.Start]) != "" {
				t.Fatalf("token %v after %d loses text or overlaps", tok, last)
			}
			last = tok.End
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Fatal("Tokenize loses the end of the text")
		}
	})
}

// TestInvalidUTF8 holds that a text which breaks the document's promise is survived.
func TestInvalidUTF8(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, text := range []string{"\xff", "a\xe2\x80", "\xe2\x80“\xf0\x9f said", strings.Repeat("\xc2", 100)} {
		process(t, s, text)
	}
}

func TestLineEndings(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, text := range golden(t) {
		if strings.Contains(text, "\r") {
			continue
		}
		want := describe(process(t, s, text))
		for name, ending := range map[string]string{"CRLF": "\r\n", "CR": "\r", "U+2028": "\u2028"} {
			if diff := cmp.Diff(want, describe(process(t, s, strings.ReplaceAll(text, "\n", ending)))); diff != "" {
				t.Errorf("%q with %s (-LF):\n%s", text, name, diff)
			}
		}
	}
}

// TestStraightMarks holds that the sentences do not depend on the shape of the marks.
func TestStraightMarks(t *testing.T) {
	s := New(rules.MustEnglish())
	straight := strings.NewReplacer("“", `"`, "”", `"`)
	for _, text := range []string{
		"“Who locked the gate?” Harmon asked. “Not us!” Delia Webb shouted.",
		"Vargas was curt. “Nobody rang us.” The line went dead.",
		"Orr wrote: “The dam held. The road did not.” Work began at dawn.",
	} {
		want := straight.Replace(describe(process(t, s, text)))
		if diff := cmp.Diff(want, describe(process(t, s, straight.Replace(text)))); diff != "" {
			t.Errorf("%q (-curly +straight):\n%s", text, diff)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	s := New(rules.MustEnglish())
	var wg sync.WaitGroup
	for _, text := range golden(t) {
		want := describe(process(t, s, text))
		for range 4 {
			wg.Go(func() {
				d := annot.New("", text)
				if err := s.Process(d); err != nil || describe(d) != want {
					t.Errorf("%q: another result in another goroutine (%v)", text, err)
				}
			})
		}
	}
	wg.Wait()
}

// TestLinearTime holds for texts that are made to be slow.
func TestLinearTime(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, unit := range []string{"“", `"`, "'", ". ", "A.", "”", "(", ") ", "[a", "a@", "http://", "www.)", "a'", "’s", "n't", "*", "a*", "\u00ad", "?” ", "…", "\n", "a\n",
		"\u200d", "👨\u200d", "1,", "a.b/", "((“‘", "A (", "'a \"b ", "— ", "@", ".5", "W ("} {
		t.Run(unit, func(t *testing.T) {
			effort.Linear(t, effort.Pick(12_500, 100_000), func(n int) func() {
				d := process(t, s, strings.Repeat(unit, n/len(unit)))
				return func() { // a second run over the text, when the slices of the document have their size
					if err := s.Process(d); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}

// article returns a news article of usual length.
func article(b *testing.B) string {
	b.Helper()
	text, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

func BenchmarkTokenize(b *testing.B) {
	text := article(b)
	dst := Tokenize(text, nil)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		dst = Tokenize(text, dst[:0])
	}
}

func BenchmarkSentences(b *testing.B) {
	d := process(b, New(rules.MustEnglish()), article(b))
	var ends []int
	tok := 0
	for _, p := range d.Paragraphs {
		for tok < len(d.Tokens) && d.Tokens[tok].Start < p.End {
			tok++
		}
		ends = append(ends, tok)
	}
	x := splitter{rules.MustEnglish(), table()}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		x.sentences(d, ends)
	}
}

func BenchmarkStage(b *testing.B) {
	text := article(b)
	s := New(rules.MustEnglish())
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		process(b, s, text)
	}
}

func BenchmarkNew(b *testing.B) {
	set := rules.MustEnglish()
	b.ReportAllocs()
	for b.Loop() {
		New(set)
	}
}

func ExampleTokenize() {
	text := "“It’s over,” Gov. Hale said."
	for _, tok := range Tokenize(text, nil) {
		fmt.Print(text[tok.Start:tok.End], "|")
	}
	// Output: “|It|’s|over|,|”|Gov.|Hale|said|.|
}

func ExampleStage() {
	d := annot.New("ferry", "“Who locked the gate?” Harmon asked. Nobody knew.")
	if err := New(rules.MustEnglish()).Process(d); err != nil {
		fmt.Println(err)
	}
	for _, s := range d.Sentences {
		fmt.Println(d.Slice(s.Span))
	}
	// Output:
	// “Who locked the gate?” Harmon asked.
	// Nobody knew.
}
