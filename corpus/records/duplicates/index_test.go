package duplicates

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// prose returns n made-up words.
func prose(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(3000))
	}
	return words
}

func add(t testing.TB, x *Index, id, text string) string {
	t.Helper()
	of, err := x.Add(id, Of(text))
	if err != nil {
		t.Fatal(err)
	}
	return of
}

func TestAdd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	wire := strings.Join(prose(r, 300), " ")
	other := strings.Join(prose(r, 300), " ")
	tests := []struct{ id, text, of string }{
		{"empty", "", ""},
		{"empty again", "", ""},
		{"no words", "— … —", ""},
		{"wire", wire, ""},
		{"other", other, ""},
		{"headline", "A storm is near\n\n" + wire, "wire"},
		{"headline of the copy", "By our staff\n\nA storm is near\n\n" + wire, "wire"},
		{"upper case", strings.ToUpper(wire), "wire"},
		{"the copy again", "A storm is near, " + wire, "wire"},
		{"both", wire + " " + other, ""},
		{"short", "Mayor Ana Ruiz will speak at noon.", ""},
		{"short again", "MAYOR ANA RUIZ WILL SPEAK AT NOON", "short"},
		{"short and longer", "Mayor Ana Ruiz will speak at noon today.", ""},
	}
	x := New(t.TempDir())
	defer x.Close()
	for _, test := range tests {
		if of := add(t, x, test.id, test.text); of != test.of {
			t.Errorf("%s: want a copy of %q, got %q", test.id, test.of, of)
		}
	}
}

// An article that is rewritten a little every day is a copy as long as it is like the first, and then an article of its own.
func TestDrift(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	words := prose(r, 400)
	x := New(t.TempDir())
	defer x.Close()
	firsts := map[string]Fingerprint{}
	for day := range 40 {
		id := fmt.Sprint(day)
		fp := Of(strings.Join(words, " "))
		of := add(t, x, id, strings.Join(words, " "))
		if first, ok := firsts[of]; of == "" {
			firsts[id] = fp
		} else if !ok {
			t.Errorf("day %d: %s is a copy itself", day, of)
		} else if likeness := first.Likeness(fp); likeness < 0.5 {
			t.Errorf("day %d: likeness to day %s is %.2f", day, of, likeness)
		}
		words = append(words[20:], prose(r, 20)...)
	}
	if len(firsts) < 3 || len(firsts) > 20 {
		t.Errorf("%d articles of 40", len(firsts))
	}
}

// The file makes no difference to the answers, wherever the batches end.
func TestFile(t *testing.T) {
	n := effort.Pick(200, 500)
	r := rand.New(rand.NewPCG(1, 2))
	var fps []Fingerprint
	var texts [][]string
	for i := range n {
		words := prose(r, 5+r.IntN(300))
		if i > 0 && i%3 == 0 {
			words = slices.Clone(texts[r.IntN(len(texts))])
			words[r.IntN(len(words))] = "changed"
		}
		texts = append(texts, words)
		fps = append(fps, Of(strings.Join(words, " ")))
	}
	want := answers(t, t.TempDir(), batch, fps)
	if copies := len(fps) - count(want, ""); copies < n/5 {
		t.Errorf("only %d copies", copies)
	}
	for _, size := range []int{1, 7, 64, n - 1} {
		if got := answers(t, t.TempDir(), size, fps); !slices.Equal(want, got) {
			t.Errorf("with batches of %d the answers are others", size)
		}
	}
}

// Any sequence has the same answers twice and with any batch, no copy is pointed at, and what comes later changes nothing.
func TestSequences(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("ab c’é")), 0, 120, -1), 1, 40).Draw(t, "texts")
		fps := make([]Fingerprint, len(texts))
		for i, text := range texts {
			fps[i] = Of(text)
		}
		want := answers(t, folder, batch, fps)
		if got := answers(t, folder, rapid.IntRange(1, 9).Draw(t, "batch"), fps); !slices.Equal(want, got) {
			t.Fatalf("want %q, got %q", want, got)
		}
		n := rapid.IntRange(0, len(fps)).Draw(t, "n")
		if got := answers(t, folder, batch, fps[:n]); !slices.Equal(want[:n], got) {
			t.Fatalf("the first %d: want %q, got %q", n, want[:n], got)
		}
		for i, of := range want {
			var first int
			if _, err := fmt.Sscan(of, &first); of != "" && (err != nil || first >= i || want[first] != "") {
				t.Fatalf("%d copies %q: %q", i, of, want)
			}
		}
	})
}

func answers(t rapid.TB, folder string, size int, fps []Fingerprint) []string {
	t.Helper()
	x := New(folder)
	x.batch = size
	defer x.Close()
	out := make([]string, len(fps))
	for i, fp := range fps {
		var err error
		if out[i], err = x.Add(fmt.Sprint(i), fp); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func count(list []string, s string) (n int) {
	for _, e := range list {
		if e == s {
			n++
		}
	}
	return n
}

// Articles made of one template, alike but not enough, do not slow down the ones that follow.
func TestCrowd(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	template := prose(r, 200)
	x := New(t.TempDir())
	defer x.Close()
	for i := range 1000 {
		copy(template[100:], prose(r, 100))
		add(t, x, fmt.Sprint(i), strings.Join(template, " "))
	}
	for i := range 1000 {
		fp := x.memory.entry(uint32(i)).fp
		for b := range bands {
			if n := len(x.with(fp.band(b), nil)); n > crowd {
				t.Fatalf("a band has %d articles", n)
			}
		}
	}
	// Even so a copy is found by the bands that its template does not share.
	if of := add(t, x, "copy", "A headline\n"+strings.Join(template, " ")); of != "999" {
		t.Errorf("want a copy of 999, got %q", of)
	}
}

func TestClose(t *testing.T) {
	folder := t.TempDir()
	x := New(folder)
	x.batch = 2
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 9 {
		add(t, x, fmt.Sprint(i), strings.Join(prose(r, 30), " "))
	}
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Add("late", Of("late")); err == nil {
		t.Error("a closed index took an article")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestNoFolder(t *testing.T) {
	x := New(filepath.Join(t.TempDir(), "missing"))
	defer x.Close()
	x.batch = 2
	add(t, x, "a", "one")
	for range 2 {
		if _, err := x.Add("b", Of("two")); err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("got %v", err)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	x := New(b.TempDir())
	defer x.Close()
	fps := make([]Fingerprint, 1000)
	for i := range fps {
		fps[i] = Of(strings.Join(prose(r, 300), " "))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		fp := fps[i%len(fps)]
		fp.exact += uint64(i)
		for j := range fp.sketch {
			fp.sketch[j] += byte(r.Uint32())
		}
		if _, err := x.Add("d_0123456789abcdef", fp); err != nil {
			b.Fatal(err)
		}
	}
}
