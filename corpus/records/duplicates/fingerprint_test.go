package duplicates

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSameWords(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"marks", `“We won’t go,” she said.`, `"We won't go", she said`, true},
		{"single marks", "‘We go,’ she said", "We go she said", true},
		{"case", "The MAYOR of Élan", "the mayor of élan", true},
		{"white space", "one  two\n\nthree", "one two three", true},
		{"hyphens and dashes", "vice-president — today", "vice president today", true},
		{"soft hyphen", "presi\u00addent", "president", true},
		{"order", "one two", "two one", false},
		{"numbers", "rose 3 percent", "rose 4 percent", false},
		{"accents", "resume", "résumé", false},
		{"joined", "no body", "nobody", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if same := Of(test.a) == Of(test.b); same != test.same {
				t.Errorf("want %t, got %t", test.same, same)
			}
		})
	}
	if Of(" … ") != (Fingerprint{}) {
		t.Error("no words, but not the zero value")
	}
}

// The estimate is near the true share of common runs.
func TestLikeness(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for _, share := range []float64{0, 0.3, 0.5, 0.7, 0.9, 1} {
		sum := 0.0
		for range 100 {
			a, b := prose(r, 600), prose(r, 600)
			same := int(share * 600)
			copy(b, a[:same])
			likeness := Of(strings.Join(a, " ")).Likeness(Of(strings.Join(b, " ")))
			sum += likeness
		}
		common := math.Max(0, share*600-4)
		want := common / (2*596 - common)
		if got := sum / 100; math.Abs(got-want) > 0.03 {
			t.Errorf("%.1f in common: want %.3f, got %.3f", share, want, got)
		}
	}
}

// Few words are compared as a whole.
func TestShort(t *testing.T) {
	words := prose(rand.New(rand.NewPCG(1, 9)), minWords)
	long := Of(strings.Join(words, " "))
	if got := long.Likeness(Of(strings.Join(words[1:], " "))); got != 0 {
		t.Errorf("likeness of a short text is %v", got)
	}
	if got := Of("one two three").Likeness(Of("One, two, three")); got != 1 {
		t.Errorf("likeness of the same words is %v", got)
	}
}

func TestString(t *testing.T) {
	for _, text := range []string{"", "one", strings.Repeat("one two three ", 50)} {
		f := Of(text)
		got, err := Parse(f.String())
		if err != nil || got != f {
			t.Errorf("%q: %s: %v", text, f, err)
		}
	}
	for _, s := range []string{"", "x", strings.Repeat("A", 101), strings.Repeat("A", 103), strings.Repeat("A", 101) + "/", strings.Repeat("A", 101) + "B", strings.Repeat("A", 102) + "\n"} {
		if _, err := Parse(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Of("one two three").String())
	f.Add(strings.Repeat("A", 102))
	f.Add("\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		if fp, err := Parse(s); err == nil && fp.String() != s {
			t.Errorf("%q came back as %q", s, fp)
		}
	})
}

func FuzzOf(f *testing.F) {
	f.Add("“We won’t,” said Ana Ruiz.")
	f.Add("\xff\xfe a\u0301 \u00ad\u200b ’’ 1,000")
	f.Add(strings.Repeat("a b ", 40))
	f.Fuzz(func(t *testing.T, text string) {
		fp := Of(text)
		if fp != Of(text) {
			t.Error("not the same twice")
		}
		if got, err := Parse(fp.String()); err != nil || got != fp {
			t.Errorf("%v came back as %v, %v", fp, got, err)
		}
		if utf8.ValidString(text) && Of(" "+text+"\n“") != fp {
			t.Error("white space and marks make a difference")
		}
		if got := fp.Likeness(fp); got != 1 {
			t.Errorf("likeness to itself is %v", got)
		}
		// A word more is a difference, and a small one in a long text.
		if more := Of(text + " more"); more == fp {
			t.Error("a word more makes no difference")
		} else if fp.words > 2000 && fp.Likeness(more) < 0.5 {
			t.Errorf("a word more leaves a likeness of %v", fp.Likeness(more))
		}
	})
}

func BenchmarkOf(b *testing.B) {
	text := strings.Repeat("“The river rose by two metres overnight,” said Ana Ruiz, who doesn’t live here. ", 65) + strings.Join(prose(rand.New(rand.NewPCG(1, 1)), 100), " ")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Of(text)
	}
}
