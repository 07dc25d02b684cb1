package crf

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// toy is a small collection in which people speak and places are gone to.
func toy(t testing.TB) Dataset {
	t.Helper()
	var b strings.Builder
	people := []string{"Orla Quint", "Bram Tolley", "Ines Farrow", "Milo Sandby", "Petra Vole"}
	places := []string{"Harwick", "Sele", "Ostmark", "Lower Dane", "Brinmouth"}
	for i := range 40 {
		b.WriteString("-DOCSTART-\tO\n\n")
		p, l := people[i%5], places[i/5%5]
		first, last, _ := strings.Cut(p, " ")
		b.WriteString(first + "\tB-PER\n" + last + "\tI-PER\nsaid\tO\nit\tO\nin\tO\n")
		for k, w := range strings.Fields(l) {
			b.WriteString(w + "\t" + []string{"B-LOC", "I-LOC"}[k] + "\n")
		}
		b.WriteString(".\tO\n\nMr.\tO\n" + last + "\tB-PER\nleft\tO\n.\tO\n\n")
	}
	set, err := ReadCoNLL(strings.NewReader(b.String()), "toy")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func trainToy(t testing.TB, o Options) []byte {
	t.Helper()
	set := toy(t)
	o.Epochs = 4
	b, err := Train(o, []Dataset{set}, []Dataset{set}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTrain(t *testing.T) {
	c := Clustering{Words: []string{"Harwick", "Sele"}, Leaf: []uint16{0, 0}, Groups: [][levels]uint16{{1, 1, 1, 1}}}
	file := trainToy(t, Options{Clusterings: []Clustering{c}})
	if again := trainToy(t, Options{Clusterings: []Clustering{c}, Threads: 1}); !bytes.Equal(file, again) {
		t.Error("training twice gives different files")
	}
	if other := trainToy(t, Options{Clusterings: []Clustering{c}, Seed: 7}); bytes.Equal(file, other) {
		t.Error("the seed does not matter")
	}
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	s := m.Evaluate(toy(t))
	if f := s.All().F1(); f < 99 {
		t.Errorf("want the training data learned, got F1 %.1f", f)
	}
	doc := Doc{Tokens: strings.Fields("Zeno Farrow said it in Sele ."), Sentences: []int{7}}
	got := m.Mentions(doc, nil)
	if len(got) != 2 || got[0].First != 0 || got[0].End != 2 || got[0].Type != annot.PER || got[1].Type != annot.LOC {
		t.Fatalf("want a person and a place, got %v", got)
	}
	for _, x := range got {
		if !(x.Confidence > 0.5 && x.Confidence <= 1) {
			t.Errorf("%v is found without confidence", x)
		}
	}
}

func TestTrainFaults(t *testing.T) {
	if _, err := Train(Options{}, nil, nil, io.Discard); err == nil || !strings.Contains(err.Error(), "no training data") {
		t.Errorf("got %v", err)
	}
	if _, err := Train(Options{Clusterings: make([]Clustering, 5)}, []Dataset{toy(t)}, nil, io.Discard); err == nil || !strings.Contains(err.Error(), "5 clusterings") {
		t.Errorf("got %v", err)
	}
}

func TestOpenFaults(t *testing.T) {
	file := trainToy(t, Options{Folds: 1})
	flipped := slices.Clone(file)
	flipped[len(flipped)/2] ^= 1
	newer := slices.Clone(file)
	newer[len(magic)]++
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "not an entity model"},
		{"foreign", bytes.Repeat([]byte("PK\x03\x04"), 100), "not an entity model"},
		{"version", newer, "version 4, want 3"},
		{"cut off", file[:len(file)-1], "damaged"},
		{"only a head", file[:headSize], "damaged"},
		{"flipped", flipped, "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Open(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want an error with %q, got %v", c.want, err)
			}
		})
	}
}

// FuzzOpen damages a model after its checksum: whatever opens must tag without panic.
func FuzzOpen(f *testing.F) {
	file := trainToy(f, Options{})
	f.Add(20, byte(255), 0)
	f.Add(fixedSize+headSize, byte(3), 0)
	f.Add(len(file)/2, byte(128), 3)
	doc := toy(f).Docs[0].Doc
	f.Fuzz(func(t *testing.T, at int, to byte, cut int) {
		b := slices.Clone(file)
		b = b[:len(b)-max(0, min(cut, len(b)-headSize))]
		if at >= headSize && at < len(b) {
			b[at] = to
		}
		seal(b)
		m, err := Open(b)
		if err != nil {
			return
		}
		checkLegal(t, m.Tag(doc, nil)[:doc.Sentences[0]])
		m.Mentions(doc, nil)
	})
}

func mustDefault(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// article has names that repeat, headlines and text in capitals.
func article() Doc {
	var d Doc
	for _, s := range []string{
		"Mayor of Harwick Quits After Vote",
		"HARWICK , England ( Reuters ) -",
		"Orla Quint , the mayor of Harwick , resigned on Tuesday after the World Health Organization criticised her .",
		"“ I am leaving Harwick , ” Ms. Quint told the BBC in London .",
		"Quint joined the Labour Party in 1999 and worked for Siemens AG in Berlin .",
		"The United Nations and the WHO declined to comment , said Jean-Luc Moreau , a French diplomat .",
	} {
		d.Tokens = append(d.Tokens, strings.Fields(s)...)
		d.Sentences = append(d.Sentences, len(d.Tokens))
	}
	return d
}

func TestDefault(t *testing.T) {
	m := mustDefault(t)
	d := article()
	want := map[string]annot.Type{"Orla Quint": annot.PER, "BBC": annot.ORG, "London": annot.LOC, "Labour Party": annot.ORG, "Siemens AG": annot.ORG,
		"Berlin": annot.LOC, "United Nations": annot.ORG, "World Health Organization": annot.ORG, "Quint": annot.PER, "Jean-Luc Moreau": annot.PER}
	for _, x := range m.Mentions(d, nil) {
		text := strings.Join(d.Tokens[x.First:x.End], " ")
		if typ, ok := want[text]; ok && typ == x.Type {
			delete(want, text)
		}
		if !(x.Confidence > 0 && x.Confidence <= 1) {
			t.Errorf("%s has confidence %f", text, x.Confidence)
		}
	}
	for text, typ := range want {
		t.Errorf("%s is not found as %s", text, typ)
	}
}

// TestDeterministic tags the same document with fresh and used memory, alone and beside others.
func TestDeterministic(t *testing.T) {
	m := mustDefault(t)
	d := article()
	want := newScratch(m, false)
	want.tag(&d)
	other := Doc{Tokens: strings.Fields("harwick quint MOREAU Who Berlin said Siemens of the Labour")}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20 {
				m.Tag(other, nil)
				if got := m.Tag(d, nil); !slices.Equal(got, want.labels) {
					t.Errorf("want %v, got %v", want.labels, got)
				}
			}
		}()
	}
	wg.Wait()
}

// TestForget tags a document after more words than are kept.
func TestForget(t *testing.T) {
	m := mustDefault(t)
	d := article()
	s := newScratch(m, false)
	s.tag(&d)
	want := slices.Clone(s.labels)
	var many Doc
	for i := range maxLexemes + 10 {
		many.Tokens = append(many.Tokens, "W"+strings.Repeat("x", i%7)+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26)))
	}
	for i := range maxLexemes {
		many.Tokens = append(many.Tokens, string(rune(0x4E00+i)))
	}
	s.tag(&many)
	s.tag(&d)
	if len(s.lexemes) > 200 {
		t.Errorf("%d words are kept", len(s.lexemes))
	}
	if !slices.Equal(want, s.labels) {
		t.Errorf("want %v, got %v", want, s.labels)
	}
}

func TestTagAllocates(t *testing.T) {
	m := mustDefault(t)
	d := article()
	s := newScratch(m, false)
	s.tag(&d)
	if n := testing.AllocsPerRun(20, func() { s.tag(&d) }); n > 0 {
		t.Errorf("tagging allocates %.0f times", n)
	}
}

func TestTagOddDocs(t *testing.T) {
	m := mustDefault(t)
	for _, d := range []Doc{
		{},
		{Tokens: []string{""}},
		{Tokens: []string{"Ann"}},
		{Tokens: []string{"Ann", "Lee"}, Sentences: []int{0, 1, 1, 9}},
		{Tokens: []string{"Ann", "Lee"}, Sentences: []int{2, 1}},
		{Tokens: []string{"\xff\xfe", "\xe2\x80", "É", "-", "a-", "-B"}, Sentences: []int{3}},
		{Tokens: slices.Repeat([]string{"A"}, 5000)},
	} {
		if got := m.Tag(d, nil); len(got) != len(d.Tokens) {
			t.Errorf("want %d labels, got %d", len(d.Tokens), len(got))
		}
		m.Mentions(d, nil)
	}
}

func FuzzTag(f *testing.F) {
	m := mustDefault(f)
	f.Add("Ann Lee said so . In New York", 3)
	f.Add("É\xff -B U.S. @x 1,000", 0)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		d := Doc{Tokens: strings.Split(text, " "), Sentences: []int{cut}}
		got := m.Tag(d, nil)
		d.sentences(func(first, end int) { checkLegal(t, got[first:end]) })
		if again := m.Tag(d, nil); !slices.Equal(got, again) {
			t.Fatalf("want %v, got %v", got, again)
		}
		last := 0
		for _, x := range m.Mentions(d, nil) {
			if x.First < last || x.End <= x.First || x.End > len(d.Tokens) || !(x.Confidence >= 0 && x.Confidence <= 1) {
				t.Fatalf("mention %v", x)
			}
			last = x.End
		}
	})
}

func BenchmarkTag(b *testing.B) {
	m := mustDefault(b)
	d := article()
	var l []Label
	b.ReportAllocs()
	for b.Loop() {
		l = m.Tag(d, l[:0])
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkOpen is what a program pays at its start.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Open(embedded); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleModel_Mentions() {
	m, err := Default()
	if err != nil {
		panic(err)
	}
	doc := Doc{Tokens: []string{"Angela", "Merkel", "met", "reporters", "in", "Paris", "."}}
	for _, x := range m.Mentions(doc, nil) {
		fmt.Println(strings.Join(doc.Tokens[x.First:x.End], " "), x.Type)
	}
	// Output:
	// Angela Merkel PER
	// Paris LOC
}
