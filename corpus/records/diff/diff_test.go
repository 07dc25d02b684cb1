package diff_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A said is a quote of the test's article.
type said struct{ quote, speaker, cue string }

const article = "“We left É 🚢,” said Ann Cole. “No,” Bob Dole wrote. Ann Cole cried “never” and left."

var all = []said{{"“We left É 🚢,”", "Ann Cole", "said"}, {"“No,”", "Bob Dole", "wrote"}, {"“never”", "Ann Cole", "cried"}}

func document(text string, list []said) *annot.Document {
	d := annot.New("", text)
	at := func(s string) annot.Span {
		i := strings.Index(d.Text, s)
		return annot.Span{Start: i, End: i + len(s)}
	}
	for i, name := range []string{"Ann Cole", "Bob Dole"} {
		d.Mentions = append(d.Mentions, annot.Mention{Span: at(name), Type: annot.PER, Entity: i + 1, By: "model/crf", Confidence: 0.9})
		d.Entities = append(d.Entities, annot.Entity{ID: i + 1, Type: annot.PER, Name: name, Mentions: []int{i}})
	}
	for i, q := range list {
		d.Quotes = append(d.Quotes, annot.Quote{ID: i + 1, Parts: []annot.Span{at(q.quote)}, Kind: annot.Direct, Zone: annot.Body,
			Attribution: annot.Attribution{Status: annot.Attributed, Cue: at(q.cue), By: "quote-cue/say", Confidence: 0.9,
				Speaker: annot.Speaker{Type: annot.Person, Name: q.speaker, Mention: at(q.speaker), ResolvedBy: "name"}}})
	}
	return d
}

func record(text string, list []said, opt output.Options) *output.Record {
	sum := strings.Repeat("0", 64)
	return output.New(document(text, list), output.Input{Source: output.Source{Path: "a.txt", SHA256: &sum}}, opt)
}

// show writes changes as "changed q1 q2 speaker,cue".
func show(d *diff.Document) (list []string) {
	id := func(q *output.Quote) string {
		if q == nil {
			return "-"
		}
		return q.QuoteID
	}
	name := func(e *output.Entity) string {
		if e == nil {
			return "-"
		}
		return e.Type + "/" + e.Name
	}
	if d.TextChanged {
		list = append(list, "text")
	}
	for _, c := range d.Quotes {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", c.Kind, id(c.A), id(c.B), strings.Join(c.Fields, ","))))
	}
	for _, c := range d.Entities {
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", c.Kind, name(c.A), name(c.B), strings.Join(c.Fields, ","))))
	}
	return list
}

func TestRecords(t *testing.T) {
	none := func(*output.Record) {}
	tests := []struct {
		name string
		edit func(b *output.Record)
		opt  diff.Options
		want []string
	}{
		{"same", none, diff.Options{}, nil},
		{"speaker", func(b *output.Record) { b.Quotes[1].Speaker.Name = output.Optional("Bob") }, diff.Options{}, []string{"changed q2 q2 speaker"}},
		{"no speaker", func(b *output.Record) { b.Quotes[1].Speaker, b.Quotes[1].Status = nil, "unattributed" }, diff.Options{}, []string{"changed q2 q2 status,speaker,speaker_type,mention"}},
		{"mention", func(b *output.Record) { b.Quotes[0].Speaker.Mention.Start++ }, diff.Options{}, []string{"changed q1 q1 mention"}},
		{"cue", func(b *output.Record) { b.Quotes[0].Cue = nil }, diff.Options{}, []string{"changed q1 q1 cue"}},
		{"kind", func(b *output.Record) { b.Quotes[2].Kind = "mixed" }, diff.Options{}, []string{"changed q3 q3 kind"}},
		{"candidates", func(b *output.Record) { b.Quotes[2].Speaker.Candidates = []output.Candidate{{Name: "A"}} }, diff.Options{}, []string{"changed q3 q3 candidates"}},
		{"parts", func(b *output.Record) { b.Quotes[1].Parts[0].End-- }, diff.Options{}, []string{"changed q2 q2 parts"}},
		{"confidence", func(b *output.Record) { b.Quotes[1].Confidence = 0.85 }, diff.Options{Tolerance: 0.04}, []string{"changed q2 q2 confidence"}},
		{"tolerance", func(b *output.Record) { b.Quotes[1].Confidence = 0.85 }, diff.Options{Tolerance: 0.05}, nil},
		{"lost", func(b *output.Record) { b.Quotes = slices.Delete(b.Quotes, 1, 2) }, diff.Options{}, []string{"lost q2 -"}},
		{"other ids", func(b *output.Record) { b.Quotes = b.Quotes[1:]; b.Quotes[0].QuoteID = "q1" }, diff.Options{}, []string{"lost q1 -"}},
		{"added", func(b *output.Record) {
			b.Quotes = append(b.Quotes, output.Quote{QuoteID: "q4", Parts: []output.Part{{Start: 16, End: 20}}})
		}, diff.Options{}, []string{"added - q4"}},
		{"split", func(b *output.Record) {
			half := b.Quotes[0]
			half.QuoteID, half.Parts = "q9", []output.Part{{Start: 9, End: 14}}
			b.Quotes[0].Parts = []output.Part{{Start: 0, End: 8}}
			b.Quotes = slices.Insert(b.Quotes, 1, half)
		}, diff.Options{}, []string{"changed q1 q1 parts", "added - q9"}},
		{"entity", func(b *output.Record) { b.Entities[0].Type, b.Entities[1].Name = "ORG", "Dole" }, diff.Options{}, []string{"changed PER/Ann Cole ORG/Ann Cole type", "changed PER/Bob Dole PER/Dole name"}},
		{"entity lost", func(b *output.Record) { b.Entities = b.Entities[:1] }, diff.Options{}, []string{"lost PER/Bob Dole -"}},
		{"entities only", func(b *output.Record) { b.Quotes, b.Entities = nil, nil }, diff.Options{EntitiesOnly: true}, []string{"lost PER/Ann Cole -", "lost PER/Bob Dole -"}},
		{"quotes only", func(b *output.Record) { b.Quotes, b.Entities = b.Quotes[:2], nil }, diff.Options{QuotesOnly: true}, []string{"lost q3 -"}},
		{"speakers only", func(b *output.Record) {
			b.Entities, b.Quotes = nil, b.Quotes[:2]
			b.Quotes[0].Speaker.Name, b.Quotes[0].Cue, b.Quotes[1].Cue = nil, nil, nil
		}, diff.Options{SpeakersOnly: true}, []string{"changed q1 q1 speaker"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := record(article, all, output.Options{}), record(article, all, output.Options{})
			test.edit(b)
			d, err := diff.Records(a, b, test.opt)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(test.want, show(d)); diff != "" {
				t.Error(diff)
			}
			if d.Same() != (len(test.want) == 0) {
				t.Errorf("Same is %v", d.Same())
			}
		})
	}
}

// Records that count in different units are the same, as long as one of them has the text.
func TestUnits(t *testing.T) {
	for _, ua := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		for _, ub := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
			for _, ma := range []output.TextMode{output.TextFull, output.TextNone} {
				for _, mb := range []output.TextMode{output.TextFull, output.TextNone} {
					a, b := record(article, all, output.Options{Offsets: ua, Text: ma}), record(article, all, output.Options{Offsets: ub, Text: mb})
					d, err := diff.Records(a, b, diff.Options{})
					if hopeless := ua != ub && ma == output.TextNone && mb == output.TextNone; hopeless != (err != nil) {
						t.Errorf("%v %v, %v %v: %v", ua, ma, ub, mb, err)
					} else if err == nil && (!d.Same() || d.SameQuotes != 3 || d.SameEntities != 2) {
						t.Errorf("%v %v, %v %v: %v", ua, ma, ub, mb, show(d))
					}
				}
			}
		}
	}
}

// Where the text has changed, quotes are found by theirs, wherever they are now.
func TestTextChanged(t *testing.T) {
	a := record(article, all, output.Options{})
	b := record("New: "+strings.Replace(article, "“No,” ", "“Yes,” ", 1), []said{all[0], {"“Yes,”", "Bob Dole", "wrote"}, all[2]}, output.Options{})
	d, err := diff.Records(a, b, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]string{"text", "lost q2 -", "added - q2"}, show(d)); diff != "" || d.SameQuotes != 2 {
		t.Error(diff)
	}
}

// anyRecord draws a record of one text whose quotes and entities may be anywhere, on top of each other too.
func anyRecord(t *rapid.T, label string) *output.Record {
	r := record(article, nil, output.Options{})
	spans := func() (list []output.Span) {
		for range rapid.IntRange(1, 3).Draw(t, label) {
			start := rapid.IntRange(0, 40).Draw(t, label)
			list = append(list, output.Span{Start: start, End: start + rapid.IntRange(0, 30).Draw(t, label)})
		}
		return list
	}
	word := rapid.SampledFrom([]string{"", "Ann", "Bob"})
	r.Entities = nil
	for i := range rapid.IntRange(0, 8).Draw(t, label) {
		q := output.Quote{QuoteID: fmt.Sprintf("q%d", i+1), Parts: spans(), Kind: word.Draw(t, label), Confidence: rapid.Float64Range(0, 1).Draw(t, label)}
		if rapid.Bool().Draw(t, label) {
			q.Speaker = &output.Speaker{Name: output.Optional(word.Draw(t, label)), Mention: &spans()[0]}
		}
		r.Quotes = append(r.Quotes, q)
		e := output.Entity{EntityID: fmt.Sprintf("e%d", i+1), Name: word.Draw(t, label), Type: "PER"}
		for _, s := range spans() {
			e.Mentions = append(e.Mentions, output.Mention{Start: s.Start, End: s.End})
		}
		r.Entities = append(r.Entities, e)
	}
	if rapid.Bool().Draw(t, label) {
		r.TextSHA256 = strings.Repeat("1", 64)
	}
	return r
}

// Compared with itself a record is the same; the other way round what was added is lost, and nothing else differs; every
// quote is listed once.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRecord(t, "a"), anyRecord(t, "b")
		there, err := diff.Records(a, b, diff.Options{Tolerance: 0.05})
		if err != nil {
			t.Fatal(err)
		}
		back, err := diff.Records(b, a, diff.Options{Tolerance: 0.05})
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(sorted(there, false), sorted(back, true)); diff != "" {
			t.Fatal(diff)
		}
		n := [2]int{there.SameQuotes, there.SameQuotes}
		for _, c := range there.Quotes {
			if c.A != nil {
				n[0]++
			}
			if c.B != nil {
				n[1]++
			}
		}
		if n != [2]int{len(a.Quotes), len(b.Quotes)} {
			t.Fatalf("%d and %d quotes, told of %v", len(a.Quotes), len(b.Quotes), n)
		}
		var inPlace []output.Quote // empty quotes overlap nothing, and changed texts have no text to go by here
		for _, q := range a.Quotes {
			if slices.ContainsFunc(q.Parts, func(p output.Part) bool { return p.Start < p.End }) {
				inPlace = append(inPlace, q)
			}
		}
		a.Quotes = inPlace
		a.Entities = nil
		if self, err := diff.Records(a, a, diff.Options{}); err != nil || len(self.Quotes) > 0 && distinct(a.Quotes) {
			t.Fatalf("%v, %v", show(self), err)
		}
	})
}

// distinct reports whether no two quotes have the same place: which of them is which cannot be told.
func distinct(list []output.Quote) bool {
	seen := map[string]bool{}
	for _, q := range list {
		key := fmt.Sprint(q.Parts)
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

// sorted lists the changes, the other way round if reversed.
func sorted(d *diff.Document, reversed bool) []string {
	var list []string
	for _, c := range d.Quotes {
		if reversed {
			c.A, c.B = c.B, c.A
			c.Kind = turned(c.Kind)
		}
		list = append(list, show(&diff.Document{Quotes: []diff.Change[output.Quote]{c}})...)
	}
	for _, c := range d.Entities {
		if reversed {
			c.A, c.B = c.B, c.A
			c.Kind = turned(c.Kind)
		}
		list = append(list, show(&diff.Document{Entities: []diff.Change[output.Entity]{c}})...)
	}
	slices.SortFunc(list, cmp.Compare[string])
	return list
}

func turned(k diff.Kind) diff.Kind {
	switch k {
	case diff.Added:
		return diff.Lost
	case diff.Lost:
		return diff.Added
	}
	return k
}

// Hostile records take linear time: many spans on top of each other.
func TestManyOverlaps(t *testing.T) {
	effort.Linear(t, effort.Pick(500, 5_000), func(n int) func() {
		r := record(article, nil, output.Options{})
		for i := range n {
			r.Quotes = append(r.Quotes, output.Quote{QuoteID: fmt.Sprintf("q%d", i+1), Parts: []output.Part{{Start: i, End: 2 * n}}})
		}
		return func() {
			if _, err := diff.Records(r, r, diff.Options{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
