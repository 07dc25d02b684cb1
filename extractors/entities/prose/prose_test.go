package prose_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/prose"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/rules"
)

func recognizer(t testing.TB) *prose.Recognizer {
	p, err := prose.New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var segmenter = sync.OnceValue(func() *segment.Stage { return segment.New(rules.MustEnglish()) })

// segmented returns the text as the recognizers get it.
func segmented(t testing.TB, text string) *annot.Document {
	d := annot.New("test", text)
	if err := segmenter().Process(d); err != nil {
		t.Fatal(err)
	}
	return d
}

func described(d *annot.Document, mentions []annot.Mention) []string {
	out := []string{}
	for _, m := range mentions {
		out = append(out, fmt.Sprintf("%s %s %s", m.Type, d.Slice(m.Span), m.By))
	}
	return out
}

func TestRecognize(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"person and place", "The boat of Anna Keller left Norway on Monday.", []string{"PER Anna Keller prose/person", "LOC Norway prose/gpe"}},
		{"organization", "He studied at Velmont University.", []string{"ORG Velmont University prose/organization"}},
		{"possessive", "We saw Norway’s coast.", []string{"LOC Norway prose/gpe"}},
		{"end of a headline", "A fire in Norway", []string{"LOC Norway prose/gpe"}},
		{"two sentences", "She flew to Norway. Peter Holm stayed.", []string{"LOC Norway prose/gpe", "PER Peter Holm prose/person"}},
		{"offsets after long characters", "🎉🎉 “é” — He lives in Norway.", []string{"LOC Norway prose/gpe"}},
		{"no name", "it rained all day.", []string{}},
	}
	p := recognizer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := segmented(t, test.text)
			if diff := cmp.Diff(test.want, described(d, p.Recognize(d))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever the text, the proposals are sound: in order, apart, at the edges of tokens, within a sentence. The stage makes
// a valid document of them.
func TestOddTexts(t *testing.T) {
	pieces := []string{"", "Anna Keller", "Norway’s", "“Norway”", "U.S.", "NATO", "New York-based", "’", "“", "''", "...", "—", "\n\n", "\u00a0", "\u2028", "\u200b", "\ufffd", "\x00",
		"e\u0301", "🎉", "👩‍👩‍👧", "東京", "ÅSA", "@ann", "#Oslo", "http://a.b/C", "1,000", "$5", "*-1", "-NONE-", "-", "O", "B-PERSON", ":-)", "I"}
	texts := []string{strings.Repeat("Anna Keller ", 300), strings.Repeat("“", 300), strings.Repeat("A", 5000), strings.Repeat("Norway’s ", 300), strings.Repeat("Oslo\n\n", 100)}
	for i, a := range pieces {
		for j, b := range pieces {
			if (i+j)%effort.Pick(5, 1) != 0 {
				continue
			}
			texts = append(texts, a+b, "He saw "+a+" "+b+".\n\n"+b+" said "+a)
		}
	}
	p := recognizer(t)
	stage, err := entities.New(rules.MustEnglish(), p)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, text := range texts {
		d := segmented(t, text)
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, tok := range d.Tokens {
			starts[tok.Start], ends[tok.End] = true, true
		}
		last := 0
		for _, m := range p.Recognize(d) {
			found++
			within := slices.ContainsFunc(d.Sentences, func(s annot.Sentence) bool { return s.Contains(m.Span) })
			if m.Start < last || m.Len() <= 0 || !starts[m.Start] || !ends[m.End] || !within {
				t.Errorf("%.80q: bad mention %+v", text, m)
			}
			last = m.End
		}
		if err := stage.Process(d); err != nil {
			t.Errorf("%.80q: %v", text, err)
		}
		if err := d.Validate(); err != nil {
			t.Errorf("%.80q: %v", text, err)
		}
	}
	if found < effort.Pick(200, 1000) {
		t.Errorf("only %d mentions were looked at", found)
	}
}

// Recognizers that were made at the same time, and one that many share, find the same.
func TestConcurrent(t *testing.T) {
	d := segmented(t, strings.Repeat("The boat of Anna Keller left Norway on Monday. “It was late,” said Peter Holm of Velmont.\n\n", 5))
	shared := recognizer(t)
	want := shared.Recognize(d)
	if len(want) == 0 {
		t.Fatal("nothing found")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			own, err := prose.New()
			if err != nil {
				t.Error(err)
				return
			}
			for _, p := range []*prose.Recognizer{own, shared} {
				if diff := cmp.Diff(want, p.Recognize(d)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	wg.Wait()
}

func ExampleNew() {
	p, err := prose.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := annot.New("", "The boat of Anna Keller left Norway on Monday.")
	if err := segment.New(rules.MustEnglish()).Process(d); err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range p.Recognize(d) {
		fmt.Println(m.Type, d.Slice(m.Span), m.By)
	}
	// Output:
	// PER Anna Keller prose/person
	// LOC Norway prose/gpe
}
