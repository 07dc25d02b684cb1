package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// found is what a morph is to leave as it is: a line for each quote with its speaker, and one for each name.
type found struct{ quotes, names []string }

// findings returns what is found in the first end bytes of d, with all white space and all marks written alike.
func findings(d *annot.Document, end int) (f found) {
	for _, q := range d.Quotes {
		if q.Parts[0].Start >= end {
			break
		}
		var parts []string
		for _, p := range q.Parts {
			parts = append(parts, d.Slice(p))
		}
		f.quotes = append(f.quotes, alike(fmt.Sprintf("%s, %s: %s, by %s %s, that is %s; %s, %s", q.Kind, q.Zone, strings.Join(parts, " | "),
			q.Speaker.Type, d.Slice(q.Speaker.Mention), q.Speaker.Name, d.Slice(q.Cue), q.Flags.Names())))
	}
	for _, m := range d.Mentions {
		if m.Start >= end {
			break
		}
		e := d.Entities[m.Entity-1]
		f.names = append(f.names, alike(fmt.Sprintf("%s %s, that is %s, %s, %s", m.Type, d.Slice(m.Span), e.Name, e.Role, e.Gender)))
	}
	return f
}

var oneMark = strings.NewReplacer("“", "'", "”", "'", "„", "'", "«", "'", "»", "'", `"`, "'", "''", "'", "``", "'", "‘", "'", "’", "'", "ʼ", "'")

// alike writes each stretch of white space as one blank, and each mark and apostrophe as the same one.
func alike(s string) string { return strings.Join(strings.Fields(oneMark.Replace(s)), " ") }

// rewritten returns the findings with their words rewritten.
func (f found) rewritten(rewrite rewriting) found {
	all := found{slices.Clone(f.quotes), slices.Clone(f.names)}
	for _, list := range [][]string{all.quotes, all.names} {
		for i, s := range list {
			list[i] = rewrite(s)
		}
	}
	return all
}

// changed returns how many lines of one list the other does not have; the greater number of both ways.
func changed(a, b []string) int {
	left := map[string]int{}
	for _, s := range a {
		left[s]++
	}
	more := 0
	for _, s := range b {
		if left[s]--; left[s] < 0 {
			more++
		}
	}
	return more + max(0, len(a)-len(b))
}

// blind reports whether the errors on the article may be counted, but not looked at.
func blind(a *gold.Article) bool { return a.Name[0] == 't' || a.Name[0] == 'u' }

// White space, the width of the lines, the style of marks and apostrophes and the form of the file say nothing: quotes, speakers
// and names stay. Where words change that mean little, nearly all quotes do. All gold articles go through all morphs if all tests
// run, else a sixth of them through each.
func TestMetamorphic(t *testing.T) {
	articles, err := gold.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p := defaultPipeline(t)
	plain := map[string]found{}
	for k, m := range slices.Concat(space, glyphs, files, content) {
		t.Run(m.name, func(t *testing.T) {
			quotes, lost, renamed := 0, 0, 0
			for i := range articles {
				a := &articles[i]
				if !effort.All() && (i+k)%6 != 0 {
					continue
				}
				want, ok := plain[a.Name]
				if !ok {
					want = findings(must(t, p, a.Text), len(a.Text))
					plain[a.Name] = want
				}
				d, rewrite := m.document(t, a)
				if err := p.Process(d); err != nil {
					t.Fatal(err)
				}
				if err := d.Validate(); err != nil {
					t.Errorf("%s: %v", a.Name, err)
				}
				end := len(d.Text)
				if m.words {
					want = want.rewritten(rewrite)
				} else if m.loose {
					end = len(a.Text) // what is appended has findings of its own
				}
				got := findings(d, end)
				q, n := changed(want.quotes, got.quotes), changed(want.names, got.names)
				quotes, lost, renamed = quotes+len(want.quotes), lost+q, renamed+n
				if q+n > 0 && !m.loose && !blind(a) {
					t.Logf("%s (-as it is +rewritten):\n%s", a.Name, cmp.Diff(want, got, cmp.AllowUnexported(found{})))
				}
			}
			t.Logf("%d of %d quotes changed, %d names", lost, quotes, renamed)
			switch {
			case m.loose && lost*100 > max(quotes, 100):
				t.Errorf("%d of %d quotes changed, want one in a hundred at most", lost, quotes)
			case !m.loose && lost+renamed > 0:
				t.Errorf("%d quotes and %d names changed, want none", lost, renamed)
			}
		})
	}
}
