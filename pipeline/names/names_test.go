package names_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/names"
)

func TestEqual(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"The New York Post", "New York Post", true},
		{"Donald J. Trump", "donald j trump", true},
		{"Ada Moor; Bo Lind", "Bo Lind; Ada Moor", true},
		{"Moor’s", "Moor", true},
		{"The Hagues’", "Hagues", true},
		{"Ada Moor", "Moor", false},
		{"", "", false},
		{"Ada  Moor", "Ada Moor", true},
		{"the\nNew York Post", "New York\u00a0Post", true},
	} {
		if got := names.Equal(test.a, test.b); got != test.want {
			t.Errorf("Equal(%q, %q) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestAgree(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Ruiz", "Ana Ruiz", true},
		{"Ana Ruiz", "Ana María Ruiz", true},
		{"Joe Biden", "Joseph R. Biden Jr.", true},
		{"Pen\u0303a Nieto", "Enrique Pena Nieto", true}, // decomposed
		{"Peña Nieto", "Enrique Pena Nieto", false},
		{"O’Rourke", "Beto O'Rourke", true},
		{"FBI", "Federal Bureau of Investigation", true},
		{"F.B.I.", "Federal Bureau of Investigation", true},
		{"Schumer; Pelosi", "Nancy Pelosi; Chuck Schumer", true},
		{"Ana Ruiz", "Tom Ruiz", false},
		{"Ana Ruiz", "Ana Roe", false},
		{"Ruiz", "Roe", false},
		{"EDRF", "E\u0301lectricite\u0301 Distribution Re\u0301seau France", true},
		{"FBI", "Federal Reserve", false},
		{"F", "Foo", false},
		{"Ruiz Ruiz", "Ruiz Roe", true},
		{"", "Ruiz", false},
		{"", "…", true},
	}
	for _, test := range tests {
		if names.Agree(test.a, test.b) != test.want || names.Agree(test.b, test.a) != test.want {
			t.Errorf("%s and %s: want %t", test.a, test.b, test.want)
		}
	}
}

func FuzzAgree(f *testing.F) {
	f.Add("Joe Biden", "Joseph R. Biden Jr.")
	f.Add("\xff jr", "FBI")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !names.Agree(a, a) {
			t.Errorf("%q is not itself", a)
		}
		if names.Agree(a, b) != names.Agree(b, a) {
			t.Errorf("%q and %q: the order matters", a, b)
		}
	})
}

func TestShortForm(t *testing.T) {
	for _, test := range []struct {
		short, full string
		want        bool
	}{
		{"biden", "joe biden", true},
		{"joe biden", "joe biden", true},
		{"j biden", "joe biden", true},
		{"joe biden", "j biden", true},
		{"tim cole", "timothy cole", true},
		{"ti cole", "timothy cole", false},
		{"de la fuente", "juan ramón de la fuente", true},
		{"bobby scott", "robert c “bobby” scott", true},
		{"bobby scott", `robert c "bobby" scott`, true},
		{"bobby scott", "robert c scott", false},
		{"ann cole", "ray cole", false},
		{"ann b cole", "ann cole", true},
	} {
		short, full := strings.Fields(test.short), strings.Fields(test.full)
		if names.ShortForm(short, full) != test.want || names.ShortForm(full, short) != test.want {
			t.Errorf("%s and %s: want %t", test.short, test.full, test.want)
		}
	}
}

func TestClean(t *testing.T) {
	for name, want := range map[string]string{
		"Ana Roe":                      "Ana Roe",
		"Ana  Roe":                     "Ana Roe",
		" Ana\r\n\tRoe ":               "Ana Roe",
		"Ana\u00a0\u2009Roe":           "Ana Roe",
		"Rex Til\u00adlerson":          "Rex Tillerson",
		"Rex \u202eTillerson\u200f":    "Rex Tillerson",
		"Rex\u200b Tillerson\ufeff":    "Rex Tillerson",
		"Jose\u0301 Nu\u0308n\u0303ez": "José Nüñez",
		"\u2060":                       "",
		"":                             "",
	} {
		if got := names.Clean(name); got != want {
			t.Errorf("Clean(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestBare(t *testing.T) {
	for name, want := range map[string]string{"joão łódź": "joao lodz", "søren": "soren", "ann lee": "ann lee", "東京": "東京"} {
		if got := names.Bare(name); got != want {
			t.Errorf("Bare(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	if got, want := names.Fold("D’Arcy\u00a0J.R.\nÉDOUARD"), "d'arcy jr édouard"; got != want {
		t.Errorf("want %s, got %s", want, got)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Federal Bureau of Investigation": "fbi", "Kestrel": "k", "École Royale": "ér", "the mill": "", "": ""} {
		if got := names.Initials(name); got != want {
			t.Errorf("%s: want %s, got %s", name, want, got)
		}
	}
}

func TestWithoutSuffix(t *testing.T) {
	suffix := func(word string) bool { return word == "jr" || word == "mp" }
	for name, want := range map[string]string{"ann cole mp jr": "ann cole", "ann cole": "ann cole", "jr": "jr", "jr mp": "jr", "": ""} {
		if got := names.WithoutSuffix(strings.Fields(name), suffix); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: want %s, got %s", name, want, got)
		}
	}
}

func ExampleAgree() {
	fmt.Println(names.Agree("Joe Biden", "Joseph R. Biden Jr."))
	fmt.Println(names.Equal("Joe Biden", "Joseph R. Biden Jr."))
	// Output:
	// true
	// false
}
