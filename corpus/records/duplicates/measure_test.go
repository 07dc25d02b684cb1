package duplicates

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

// news returns the articles of the news file in the folder that QUOTH_SHARED names; without it the test is skipped.
func news(t *testing.T) (texts, titles []string) {
	t.Helper()
	folder := os.Getenv("QUOTH_SHARED")
	if folder == "" {
		t.Skip("QUOTH_SHARED names no folder of measurement data")
	}
	f, err := os.Open(filepath.Join(folder, "news", "news_balanced.jsonl.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := zstd.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for dec := json.NewDecoder(z); ; {
		var a struct{ Title, Text string }
		if err := dec.Decode(&a); errors.Is(err, io.EOF) {
			return texts, titles
		} else if err != nil {
			t.Fatal(err)
		}
		texts, titles = append(texts, a.Text), append(titles, a.Title)
	}
}

// An alteration is what happens to an article on its way to another newspaper.
type alteration struct {
	name   string
	copies bool // whether the result is to count as a copy
	do     func(r *rand.Rand, paragraphs []string, other string) []string
}

// replaceWords replaces one word in n, at even distances.
func replaceWords(paragraphs []string, n int) []string {
	var out []string
	i := 0
	for _, p := range paragraphs {
		words := strings.Fields(p)
		for j := range words {
			if i++; i%n == 0 {
				words[j] = fmt.Sprint("x", i)
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// shorten keeps the first paragraphs, with at least that share of the words.
func shorten(paragraphs []string, share float64) []string {
	all, kept := len(strings.Fields(strings.Join(paragraphs, " "))), 0
	for i, p := range paragraphs {
		if kept += len(strings.Fields(p)); float64(kept) >= share*float64(all) {
			return paragraphs[:i+1]
		}
	}
	return paragraphs
}

func without(paragraphs []string, i int) []string {
	return append(append([]string{}, paragraphs[:i]...), paragraphs[i+1:]...)
}

const headline, byline, footer = "Lawmakers weigh new rules as both sides dig in", "By Our Correspondent, Kestrel News Wire", "Follow us for more stories like this one and sign up for the morning newsletter"

var alterations = []alteration{
	{"same text", true, func(_ *rand.Rand, p []string, _ string) []string { return p }},
	{"marks, case, white space", true, func(_ *rand.Rand, p []string, _ string) []string {
		s := strings.NewReplacer("“", `"`, "”", `"`, "’", "'", " ", "  ", "—", " - ").Replace(strings.Join(p, "\n"))
		return []string{strings.ToUpper(s[:len(s)/10]), s[len(s)/10:]}
	}},
	{"headline and byline", true, func(_ *rand.Rand, p []string, _ string) []string { return append([]string{headline, byline}, p...) }},
	{"footer", true, func(_ *rand.Rand, p []string, _ string) []string { return append(p[:len(p):len(p)], footer) }},
	{"paragraph cut", true, func(r *rand.Rand, p []string, _ string) []string { return without(p, r.IntN(len(p))) }},
	{"paragraph added", true, func(_ *rand.Rand, p []string, other string) []string { return append(p[:len(p):len(p)], other) }},
	{"headline, paragraph cut, footer", true, func(r *rand.Rand, p []string, _ string) []string {
		return append(append([]string{headline, byline}, without(p, r.IntN(len(p)))...), footer)
	}},
	{"one word in 50", true, func(_ *rand.Rand, p []string, _ string) []string { return replaceWords(p, 50) }},
	{"first 90 %", true, func(_ *rand.Rand, p []string, _ string) []string { return shorten(p, .9) }},
	{"first 80 %", true, func(_ *rand.Rand, p []string, _ string) []string { return shorten(p, .8) }},
	{"first 70 %", false, func(_ *rand.Rand, p []string, _ string) []string { return shorten(p, .7) }},
	{"first half", false, func(_ *rand.Rand, p []string, _ string) []string { return shorten(p, .5) }},
	{"one word in 20", false, func(_ *rand.Rand, p []string, _ string) []string { return replaceWords(p, 20) }},
	{"one word in 10: a template", false, func(_ *rand.Rand, p []string, _ string) []string { return replaceWords(p, 10) }},
}

// The figures of docs/duplicates.md: recall on altered articles, copies among the real ones, time and space. Articles of
// at least six paragraphs and 150 words are altered, one in five.
func TestMeasure(t *testing.T) {
	texts, titles := news(t)
	x := New(t.TempDir())
	defer x.Close()
	var spent, adding time.Duration
	total := 0
	number := map[string]int{}
	found := 0
	roots := map[string]string{}
	for i, text := range texts {
		id := fmt.Sprint(i)
		number[id] = i
		start := time.Now()
		fp := Of(text)
		spent += time.Since(start)
		total += len(text)
		start = time.Now()
		of, err := x.Add(id, fp)
		if err != nil {
			t.Fatal(err)
		}
		adding += time.Since(start)
		roots[id] = id
		if of != "" {
			roots[id] = of
			found++
			first := number[of]
			t.Logf("%.2f: %s | %s", fp.Likeness(Of(texts[first])), titles[first], titles[i])
		}
	}
	t.Logf("%d articles of %d bytes: %v for a fingerprint, %v to add; %d copies", len(texts), total/len(texts), spent/time.Duration(len(texts)), adding/time.Duration(len(texts)), found)
	for _, a := range alterations {
		hit, other, n := 0, 0, 0
		for i := 0; i < len(texts); i += 5 {
			var paragraphs []string
			for _, p := range strings.Split(texts[i], "\n") {
				if strings.TrimSpace(p) != "" {
					paragraphs = append(paragraphs, p)
				}
			}
			if len(paragraphs) < 6 || len(strings.Fields(texts[i])) < 150 {
				continue
			}
			n++
			next := strings.Split(texts[(i+7)%len(texts)], "\n")[0]
			fp := Of(strings.Join(a.do(rand.New(rand.NewPCG(uint64(i), 1)), paragraphs, next), "\n\n"))
			of := "" // asked, not added: each alteration meets the real articles only
			if n, ok := x.exact(&fp); ok {
				of = x.entry(x.entry(n).first).id
			} else if candidates, _ := x.candidates(&fp); true {
				if n, ok := x.near(&fp, candidates); ok {
					of = x.entry(n).id
				}
			}
			switch of {
			case "":
			case roots[fmt.Sprint(i)]:
				hit++
			default:
				other++
			}
		}
		t.Logf("%-32s %5.1f %% found, %.2f %% as a copy of another (%d articles)", a.name, 100*float64(hit)/float64(n), 100*float64(other)/float64(n), n)
	}
}
