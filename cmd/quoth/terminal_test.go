package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestBreakLines(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"one two three", []string{"one two", "three"}},
		{"exactly 10 wide", []string{"exactly 10", "wide"}},
		{"incomprehensibilities are long", []string{"incomprehensibilities", "are long"}},
		{"cafe\u0301 noir x", []string{"cafe\u0301 noir", "x"}}, // nine columns
	} {
		if diff := cmp.Diff(test.want, breakLines(test.text, 10)); diff != "" {
			t.Errorf("%q:\n%s", test.text, diff)
		}
	}
}

// Lines hold the words in order, and no more columns than they may unless a word has more.
func TestBreakLinesKeepsTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(strings.Fields(rapid.StringOf(rapid.RuneFrom([]rune("ab “ é\u0301中"))).Draw(t, "text")), " ")
		width := rapid.IntRange(1, 12).Draw(t, "width")
		lines := breakLines(text, width)
		if got := strings.Join(lines, " "); got != text {
			t.Fatalf("want %q\n got %q", text, got)
		}
		for _, l := range lines {
			if columns(l) > width && strings.Contains(l, " ") {
				t.Fatalf("%q is wider than %d", l, width)
			}
		}
	})
}

func TestClip(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"short", "short"},
		{"ten  wide!", "ten  wide!"},
		{"eleven wide", "eleven wi…"},
		{"one two  three", "one two…"},
	} {
		if got := clip(test.text, 10); got != test.want {
			t.Errorf("%q: want %q, got %q", test.text, test.want, got)
		}
	}
}

// Nothing that the article holds reaches the terminal as a command.
func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\n\tb  c":               "a b c",
		"\x1b[31mred\x1b[0m":      "\ufffd[31mred\ufffd[0m",
		"\u009b31m":               "\ufffd31m",
		"left\u202eright\u2069":   "left\ufffdright\ufffd",
		"“plain” é 中 \u00a0 done": "“plain” é 中 done",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: want %q, got %q", in, want, got)
		}
	}
}

func TestPaint(t *testing.T) {
	if got := (palette{}).paint(bold, "x"); got != "x" {
		t.Errorf("without colour: %q", got)
	}
	on := palette{on: true}
	if got, want := on.paint(bold, "x"), "\x1b[1mx\x1b[0m"; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
	if got := on.paint(plain, "x") + on.paint(bold, ""); got != "x" {
		t.Errorf("nothing to paint: %q", got)
	}
}

// A file is no terminal: it gets no colour, and lines of the usual width.
func TestNoTerminal(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if colorful(f) || terminalWidth(f) != 80 {
		t.Errorf("colour %v, width %d", colorful(f), terminalWidth(f))
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{0: "  0 %", 0.001: " <1 %", 0.005: "  1 %", 0.5: " 50 %", 0.994: " 99 %", 0.9999: ">99 %", 1: "100 %"} {
		if got := percent(share); got != want {
			t.Errorf("%g: want %q, got %q", share, want, got)
		}
	}
}
