package gazetteer_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func table(t testing.TB) *gazetteer.Table {
	t.Helper()
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestPhrase(t *testing.T) {
	for _, c := range []struct {
		name      string
		best      annot.Type
		minWeight uint8
	}{
		{"Paris", annot.LOC, 7},
		{"New York", annot.LOC, 7},
		{"U.S.", annot.LOC, 7},
		{"US", annot.LOC, 7},
		{"Washington, D.C.", annot.LOC, 6},
		{"Va.", annot.LOC, 6},
		{"Gaza Strip", annot.LOC, 7},
		{"São Paulo", annot.LOC, 6},
		{"Sao Paulo", annot.LOC, 6},
		{"White House", annot.ORG, 7},
		{"Kremlin", annot.ORG, 7},
		{"Downing Street", annot.ORG, 7},
		{"McDonald's", annot.ORG, 7},
		{"McDonald’s", annot.ORG, 7},
		{"Johnson & Johnson", annot.ORG, 7},
		{"al-Qaeda", annot.ORG, 7},
		{"Reuters", annot.ORG, 7},
		{"New York Yankees", annot.ORG, 6},
		{"Amy Klobuchar", annot.PER, 4},
		{"German", annot.MISC, 5},
		{"Stuttgart", annot.LOC, 4},
		{"Xavier University", annot.ORG, 4},
	} {
		e, ok := table(t).Phrase(gazetteer.Hash(gazetteer.Split(c.name)...))
		if !ok || e.Best != c.best || e.Weight < c.minWeight || !e.Types.Has(c.best) {
			t.Errorf("%s: want %s of weight %d or more, got %+v, %t", c.name, c.best, c.minWeight, e, ok)
		}
	}
}

func TestNotListed(t *testing.T) {
	for _, name := range []string{"", "the", "Of", "March", "President", "I", "Obama Trump", "new york", "IN", "said", "’s", ","} {
		if e, ok := table(t).Phrase(gazetteer.Hash(gazetteer.Split(name)...)); ok {
			t.Errorf("%q is listed: %+v", name, e)
		}
	}
}

func TestAmbiguous(t *testing.T) {
	for name, want := range map[string]bool{
		"Reading": true, "Mobile": true, "Apple": true, "Target": true, "Labour": true, "Visa": true, "Gap": true,
		"Germany": false, "Moscow": false, "Microsoft": false, "Hamas": false, "Israel": false, "US": false,
	} {
		e, ok := table(t).Phrase(gazetteer.Hash(name))
		if ok && e.Ambiguous != want {
			t.Errorf("%s: want ambiguous %t, got %+v", name, want, e)
		}
		if !ok && !want {
			t.Errorf("%s is not listed", name)
		}
	}
}

func TestMore(t *testing.T) {
	h := gazetteer.Extend(gazetteer.Seed, "New")
	if e, ok := table(t).Phrase(h); ok || !e.More {
		t.Errorf("New: want only a beginning, got %+v, %t", e, ok)
	}
	if e, ok := table(t).Phrase(gazetteer.Extend(h, "York")); !ok || !e.More {
		t.Errorf("New York: want a phrase and the beginning of others, got %+v, %t", e, ok)
	}
	if e, _ := table(t).Phrase(gazetteer.Hash("Washington", ",", "D.C.")); e.More {
		t.Errorf("Washington, D.C.: want no more, got %+v", e)
	}
}

func TestFold(t *testing.T) {
	for _, name := range []string{"NEW YORK", "new york", "SÃO PAULO", "RIO DE JANEIRO", "MCDONALD'S", "MCDONALD’S"} {
		if _, ok := table(t).Phrase(gazetteer.HashFold(gazetteer.Split(name)...)); !ok {
			t.Errorf("%s is not listed", name)
		}
	}
	for _, name := range []string{"TARGET", "IN", "OF"} {
		if e, ok := table(t).Phrase(gazetteer.HashFold(name)); ok {
			t.Errorf("%s is listed: %+v", name, e)
		}
	}
}

func TestFirstName(t *testing.T) {
	for name, want := range map[string]annot.Gender{
		"Mary": annot.Female, "JENNIFER": annot.Female, "james": annot.Male, "Zoë": annot.Female, "JOSÉ": annot.Male, "Jordan": annot.UnknownGender,
	} {
		if f, ok := table(t).FirstName(name); !ok || f.Gender != want {
			t.Errorf("%s: want %s, got %+v, %t", name, want, f, ok)
		}
	}
	john, _ := table(t).FirstName("John")
	mark, _ := table(t).FirstName("Mark")
	if john.Common < 20 || john.NewsCap < 250 || mark.NewsCap > 220 || mark.NewsCap < 120 {
		t.Errorf("want John common and hardly ever in lower case, and Mark often, got %+v and %+v", john, mark)
	}
	if f, ok := table(t).FirstName("Xqzzk"); ok {
		t.Errorf("Xqzzk is listed: %+v", f)
	}
}

func TestSurname(t *testing.T) {
	sanders, ok := table(t).Surname("Sanders")
	if !ok || sanders.News < 12 || sanders.LowerRatio > 5 || !sanders.AlsoPlace {
		t.Errorf("Sanders: got %+v, %t", sanders, ok)
	}
	court, ok := table(t).Surname("court")
	if !ok || court.LowerRatio < 100 {
		t.Errorf("Court: want often in lower case, got %+v, %t", court, ok)
	}
}

func TestCase(t *testing.T) {
	for word, want := range map[string]bool{"The": true, "yesterday": true, "Police": true, "Trump": false, "Paris": false, "putin": false} {
		r, known := table(t).Case(word)
		if !known || (r > 0.5) != want {
			t.Errorf("%s: want mostly in lower case %t, got %.3f, %t", word, want, r, known)
		}
	}
	if _, known := table(t).Case("xqzzk"); known {
		t.Error("xqzzk is known")
	}
}

func TestCapSeq(t *testing.T) {
	obama, ok1 := table(t).CapSeq(gazetteer.Hash("Obama"))
	senate, ok2 := table(t).CapSeq(gazetteer.Hash("Senate"))
	washington, ok3 := table(t).CapSeq(gazetteer.Hash("Washington"))
	if !ok1 || !ok2 || !ok3 {
		t.Fatal("not known")
	}
	if obama.TitleBefore < 0.3 || obama.TitleBefore > 0.38 || senate.TheBefore < 0.4 || washington.LocPrepBefore < 0.5 || obama.N != 16 {
		t.Errorf("got %+v, %+v, %+v", obama, senate, washington)
	}
}

func TestHashBoundaries(t *testing.T) {
	hashes := map[uint64]string{}
	for _, tokens := range [][]string{{"ab", "c"}, {"a", "bc"}, {"abc"}, {"a", "b", "c"}, {"ab c"}, {}, {""}, {"", ""}, {"c", "ab"}} {
		h := gazetteer.Hash(tokens...)
		if other, ok := hashes[h]; ok {
			t.Errorf("%q has the hash of %s", tokens, other)
		}
		hashes[h] = fmt.Sprintf("%q", tokens)
	}
}

func TestSplit(t *testing.T) {
	for name, want := range map[string]string{
		"U.S. Steel":           "U.S.|Steel",
		"McDonald's":           "McDonald|'s",
		"Moody’s Corp.":        "Moody|’s|Corp.",
		"Washington, D.C.":     "Washington|,|D.C.",
		"Guinea-Bissau":        "Guinea-Bissau",
		"Yahoo! Inc.":          "Yahoo|!|Inc.",
		"O'Brien":              "O'Brien",
		"Congo (Brazzaville)":  "Congo|(|Brazzaville|)",
		"Veterans' Affairs":    "Veterans|'|Affairs",
		"AT&T":                 "AT&T",
		" \t ":                 "",
		"'":                    "'",
		"“Quoted” and,, more/": "“|Quoted|”|and|,|,|more|/",
	} {
		if got := strings.Join(gazetteer.Split(name), "|"); got != want {
			t.Errorf("%q: want %s, got %s", name, want, got)
		}
	}
}

// TestFalsePositives looks up names that are certainly not listed.
func TestFalsePositives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2_000_000 {
		if e, ok := table(t).Phrase(rng.Uint64()); ok || e.More {
			t.Fatalf("a random hash is listed: %+v", e)
		}
	}
}

func TestHostileWords(t *testing.T) {
	for _, word := range []string{"", "\xff", "\xe2\x80", "\xe2", "\xe2\x80\x99", "\x00", strings.Repeat("A", 1<<20), "İ", "ǅ", "\xf0\x9f\x98"} {
		for _, h := range []uint64{gazetteer.Hash(word), gazetteer.HashFold(word)} {
			if _, ok := table(t).Phrase(h); ok {
				t.Errorf("%.10q is a phrase", word)
			}
			table(t).CapSeq(h)
		}
		table(t).FirstName(word)
		table(t).Surname(word)
		table(t).Case(word)
		gazetteer.Split(word)
	}
}

func small() []byte {
	b := gazetteer.Builder{Notice: "made for a test"}
	b.AddPhrase([]string{"Elm", "Street"}, gazetteer.Entry{Types: gazetteer.Types(annot.LOC), Best: annot.LOC, Weight: 3}, true)
	b.AddPhrase([]string{"Elm"}, gazetteer.Entry{Types: gazetteer.Types(annot.PER, annot.ORG), Best: annot.ORG, Ambiguous: true}, false)
	b.AddFirstName("Ann", gazetteer.FirstName{Gender: annot.Female, Common: 12, NewsCap: 250})
	b.AddSurname("Elm", gazetteer.Surname{News: 3, LowerRatio: 200, AlsoPlace: true})
	b.AddCase("elm", 0.75)
	b.AddCapSeq([]string{"Elm"}, gazetteer.CapSeq{N: 4, SayAfter: 0.5})
	return b.Bytes()
}

func TestBuilder(t *testing.T) {
	data := small()
	if !slices.Equal(data, small()) {
		t.Fatal("the same additions gave other bytes")
	}
	table, err := gazetteer.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if table.Notice() != "made for a test" {
		t.Errorf("notice %q", table.Notice())
	}
	street, _ := table.Phrase(gazetteer.Hash("Elm", "Street"))
	folded, _ := table.Phrase(gazetteer.HashFold("elm", "STREET"))
	elm, _ := table.Phrase(gazetteer.Hash("Elm"))
	foldedElm, ok := table.Phrase(gazetteer.HashFold("Elm"))
	want := []gazetteer.Entry{
		{Types: gazetteer.Types(annot.LOC), Best: annot.LOC, Weight: 3},
		{Types: gazetteer.Types(annot.LOC), Best: annot.LOC, Weight: 3},
		{Types: gazetteer.Types(annot.PER, annot.ORG), Best: annot.ORG, Ambiguous: true, More: true},
		{More: true},
	}
	if diff := cmp.Diff(want, []gazetteer.Entry{street, folded, elm, foldedElm}); diff != "" || ok {
		t.Error(diff, ok)
	}
	first, _ := table.FirstName("ANN")
	last, _ := table.Surname("elm")
	if diff := cmp.Diff(gazetteer.FirstName{Gender: annot.Female, Common: 12, NewsCap: 250}, first); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(gazetteer.Surname{News: 3, LowerRatio: 200, AlsoPlace: true}, last); diff != "" {
		t.Error(diff)
	}
	if r, known := table.Case("Elm"); !known || r < 0.74 || r > 0.76 {
		t.Errorf("case %f, %t", r, known)
	}
	if c, _ := table.CapSeq(gazetteer.Hash("Elm")); c.N != 4 || c.SayAfter < 0.49 || c.SayAfter > 0.51 || c.TheBefore != 0 {
		t.Errorf("got %+v", c)
	}
}

func TestBuilderRefuses(t *testing.T) {
	var b gazetteer.Builder
	loc := gazetteer.Entry{Types: gazetteer.Types(annot.LOC), Best: annot.LOC}
	if b.AddPhrase(nil, loc, true) || b.AddPhrase(make([]string, gazetteer.MaxTokens+1), loc, true) || b.AddPhrase([]string{"A"}, gazetteer.Entry{}, true) {
		t.Error("want no phrase without tokens, with too many, without type")
	}
	if _, err := gazetteer.Open(b.Bytes()); err != nil {
		t.Errorf("empty tables: %v", err)
	}
}

func TestOpenReportsDamage(t *testing.T) {
	good := small()
	for name, data := range map[string][]byte{
		"empty": nil, "cut": good[:len(good)-1], "more": append(slices.Clone(good), 0), "magic": append([]byte("X"), good[1:]...),
		"header": good[:20],
	} {
		if _, err := gazetteer.Open(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	other := slices.Clone(good)
	other[8] = 99
	if _, err := gazetteer.Open(other); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("version: got %v", err)
	}
}

// TestNotice keeps the file's text the same as the one for readers.
func TestNotice(t *testing.T) {
	want, err := os.ReadFile("NOTICE.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), table(t).Notice()); diff != "" {
		t.Errorf("gazetteer.bin has another notice; build it again with mklexicon:\n%s", diff)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(small(), "Elm")
	f.Add([]byte{}, "")
	f.Add(small()[:100], "x")
	f.Fuzz(func(t *testing.T, data []byte, word string) {
		table, err := gazetteer.Open(data)
		if err != nil {
			return
		}
		for _, tokens := range [][]string{{word}, {"Elm"}, {"Elm", "Street"}, {"Ann"}, gazetteer.Split(word)} {
			h := gazetteer.Hash(tokens...)
			if e, ok := table.Phrase(h); ok && (!e.Types.Has(e.Best) || e.Weight > 7) {
				t.Errorf("impossible entry %+v", e)
			}
			table.CapSeq(h)
		}
		for _, w := range []string{word, "Elm", "Ann"} {
			table.FirstName(w)
			table.Surname(w)
			table.Case(w)
		}
	})
}

func ExampleTable_Phrase() {
	table, err := gazetteer.Default()
	if err != nil {
		panic(err)
	}
	h := gazetteer.Seed
	for _, tok := range []string{"New", "York", "Times"} {
		h = gazetteer.Extend(h, tok)
		e, ok := table.Phrase(h)
		fmt.Println(tok, ok, e.Best, e.Weight, e.More)
	}
	// Output:
	// New false  0 true
	// York true LOC 7 true
	// Times true ORG 7 true
}

func ExampleTable_FirstName() {
	table, err := gazetteer.Default()
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"Jennifer", "Robert", "Jordan"} {
		f, ok := table.FirstName(name)
		fmt.Println(name, ok, f.Gender)
	}
	// Output:
	// Jennifer true female
	// Robert true male
	// Jordan true unknown
}

func ExampleTable_Case() {
	table, err := gazetteer.Default()
	if err != nil {
		panic(err)
	}
	for _, word := range []string{"However", "Moscow"} {
		r, _ := table.Case(word)
		fmt.Println(word, r > 0.5)
	}
	// Output:
	// However true
	// Moscow false
}

func BenchmarkLookups(b *testing.B) {
	table := table(b)
	tokens := strings.Fields("The White House said on Tuesday that President Barack Obama will meet German Chancellor Angela Merkel in New York City before the United Nations General Assembly opens")
	b.ReportAllocs()
	lookups := 0
	for b.Loop() {
		for i := range tokens {
			h := gazetteer.Seed
			for _, tok := range tokens[i:] {
				h = gazetteer.Extend(h, tok)
				e, _ := table.Phrase(h)
				lookups++
				if !e.More {
					break
				}
			}
			table.FirstName(tokens[i])
			table.Surname(tokens[i])
			table.Case(tokens[i])
			lookups += 3
		}
	}
	b.ReportMetric(float64(lookups)/b.Elapsed().Seconds()/1e6, "Mlookups/s")
}

func BenchmarkOpen(b *testing.B) {
	data := small()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := gazetteer.Open(data); err != nil {
			b.Fatal(err)
		}
	}
}
