package segment

import (
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// TestLineMatcher compares the matcher and its cheap tests with the plain loop over the regular expressions, on all
// examples of the rules and on the paragraphs of the golden files.
func TestLineMatcher(t *testing.T) {
	list := rules.MustEnglish().Boilerplates()
	m := newLineMatcher(list)
	lines := goldenLines(t)
	for _, b := range list {
		lines = append(lines, b.Examples.Match...)
		lines = append(lines, b.Examples.Miss...)
	}
	matched := 0
	for _, line := range lines {
		if line == "" || len(line) > maxLine {
			continue
		}
		want := annot.NoZone
		for _, b := range list {
			if b.Regexp.MatchString(line) {
				want, _ = annot.ParseZone(b.Zone)
				matched++
				break
			}
		}
		if got, _ := m.match(line); got != want {
			t.Errorf("%q: zone %q, want %q", line, got, want)
		}
	}
	if matched < 50 {
		t.Errorf("only %d of %d lines match a rule: the test shows little", matched, len(lines))
	}
}

func TestMaybeDateline(t *testing.T) {
	for text, want := range map[string]bool{
		"WASHINGTON (AP) — It passed.":        true,
		"LOWPORT, Maine -- It passed.":        true,
		"Lowport — It passed.":                true,
		"ROME - It passed.":                   true,
		"The board met.":                      false,
		"Ada went to Lowport (a town) today.": false,
		"":                                    false,
	} {
		if got := maybeDateline(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
