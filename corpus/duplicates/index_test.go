package duplicates

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// prose returns n made-up words.
func prose(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(3000))
	}
	return words
}

// A file makes no difference to the answers.
func TestFile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	a, b := New(t.TempDir()), New(t.TempDir())
	b.batch = 7
	defer a.Close()
	defer b.Close()
	var texts [][]string
	copies := 0
	for i := range 500 {
		words := prose(r, 5+r.IntN(300))
		if i > 0 && i%3 == 0 {
			words = append([]string{}, texts[r.IntN(len(texts))]...)
			words[r.IntN(len(words))] = "changed"
		}
		texts = append(texts, words)
		fp := Of(strings.Join(words, " "))
		id := fmt.Sprint("d_", i)
		of, err := a.Add(id, fp)
		if err != nil {
			t.Fatal(err)
		}
		of2, err := b.Add(id, fp)
		if err != nil {
			t.Fatal(err)
		}
		if of != of2 {
			t.Fatalf("%s: want %q, got %q", id, of, of2)
		}
		if of != "" {
			copies++
		}
	}
	if copies < 100 {
		t.Errorf("%d copies", copies)
	}
}
