package segment

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/rules"
)

// TestMarks shows every stretch between quotation marks on a line of its own, indented below the stretch that encloses
// it: its style, what is odd about it, its text.
func TestMarks(t *testing.T) {
	s := New(rules.MustEnglish())
	annottest.Run(t, "testdata/marks", func(d *annot.Document) string {
		if err := s.Process(d); err != nil {
			t.Error(err)
		}
		return describeMarks(d)
	})
}

func describeMarks(d *annot.Document) string {
	if len(d.Marked) == 0 {
		return "none"
	}
	var b strings.Builder
	depth := make([]int, len(d.Marked))
	for i, m := range d.Marked {
		if m.Parent >= 0 {
			depth[i] = depth[m.Parent] + 1
		}
		b.WriteString(strings.Repeat("  ", depth[i]) + m.Style.String())
		for _, odd := range []struct {
			is   bool
			name string
		}{{m.Unclosed, "unclosed"}, {m.Runs, "runs"}, {m.NoOpener, "no-opener"}, {m.WrongDirection, "wrong-direction"}} {
			if odd.is {
				b.WriteString(" " + odd.name)
			}
		}
		fmt.Fprintf(&b, " | %s\n", strings.ReplaceAll(d.Slice(m.Span), "\n", "⏎"))
	}
	return b.String()
}

// Marks are found in the text as it is, whatever it is: no stretch is lost, leaves its paragraph or changes on the
// second look.
func FuzzMarks(f *testing.F) {
	for _, text := range annottest.Input(f, "testdata/marks") {
		f.Add(text)
	}
	s := New(rules.MustEnglish())
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := process(t, s, text)
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		for i, m := range d.Marked {
			if m.Open == 0 && m.Close == 0 {
				t.Errorf("stretch %d has no mark", i)
			}
			if m.Runs && !m.Unclosed {
				t.Errorf("stretch %d runs on although it is closed", i)
			}
			if m.NoOpener != (m.Open == 0) {
				t.Errorf("stretch %d: no opener %v with an opening mark of %d bytes", i, m.NoOpener, m.Open)
			}
			if !m.Unclosed && m.Close == 0 {
				t.Errorf("stretch %d is closed by nothing", i)
			}
			for depth, k := 0, m.Parent; k >= 0; k = d.Marked[k].Parent {
				if depth++; depth >= maxDepth {
					t.Fatalf("stretch %d lies deeper than %d", i, maxDepth)
				}
			}
		}
		if again := process(t, s, text); describeMarks(d) != describeMarks(again) {
			t.Error("another result the second time")
		}
	})
}

// What follows an apostrophe that leaves letters or a century out.
func TestElision(t *testing.T) {
	for text, want := range map[string]bool{
		"87": true, "87s": true, "09": true, "90 of": true, "90s,": true,
		"8": false, "875": false, "87th": false, "8a": false, "a8": false, "8/": false, "87ss": false,
		"em": true, "Twas": true, "emma": false, "": false, " em": false,
		"em and so on for long": true,
	} {
		p := &pairer{d: annot.New("", "’"+text), set: rules.MustEnglish()}
		if got := p.elision(len("’"), len(p.d.Text)); got != want {
			t.Errorf("’%s: an elision %v, want %v", text, got, want)
		}
		century := want && text[0] >= '0' && text[0] <= '9'
		p.set = &rules.Set{} // two digits need no rule
		if got := p.elision(len("’"), len(p.d.Text)); got != century {
			t.Errorf("’%s without rules: an elision %v, want %v", text, got, century)
		}
	}
}

// White space before a mark that nothing opened, however much, is not what the mark closes.
func TestNoOpenerAfterSpaces(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, blanks := range []string{"", " ", "  ", "\u00a0", " \u00a0", "\u2003 "} {
		d := process(t, s, "It rained. We lost."+blanks+"” Boyd left.")
		if len(d.Marked) != 1 || d.Slice(d.Marked[0].Span) != "We lost."+blanks+"”" {
			t.Errorf("after %q: %s", blanks, describeMarks(d))
		}
	}
}

// A single mark that is written as an escape opens a sentence like any other.
func TestEscapedSingleRunsOn(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, mark := range []string{"‘", "❛", `\‘`, `\u2018`, "&lsquo;", "&#8216;"} {
		d := process(t, s, "Boyd said: "+mark+"We won.\n\n‘We will win again.’")
		if len(d.Marked) != 2 || !d.Marked[0].Runs {
			t.Errorf("after %s: %s", mark, describeMarks(d))
		}
	}
}
