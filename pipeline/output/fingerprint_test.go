package output_test

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

func TestFingerprint(t *testing.T) {
	tests := []struct {
		name string
		a, b []string
		same bool
	}{
		{"marks", []string{"“We will not close the bridge.”"}, []string{`"We will not close the bridge,"`}, true},
		{"cue", []string{"“We will not,”", "“close the bridge.”"}, []string{"“We will not close the bridge.”"}, true},
		{"case", []string{"WE WILL NOT CLOSE IT"}, []string{"we will not close it"}, true},
		{"apostrophes", []string{"We won’t close the bridge"}, []string{"We won't close the bridge"}, true},
		{"other apostrophes", []string{"We won‘t, won`t close it"}, []string{"We wont, wont close it"}, true},
		{"hidden characters", []string{"The brid\u00adge will not\u200b close"}, []string{"The bridge will not close"}, true},
		{"bracket too far", []string{"We close [" + strings.Repeat("the ", 25) + "bridge] on Monday"},
			[]string{"We close " + strings.Repeat("the ", 25) + "bridge on Monday"}, true},
		{"bracket just near", []string{"We close it [" + strings.Repeat("the ", 24) + "th] on Monday"}, []string{"We close it on Monday"}, true},
		{"accents", []string{"Peña will close the bridge"}, []string{"Pen\u0303a will close the bridge"}, true},
		{"accents lost", []string{"Peña will close the bridge"}, []string{"Pena will close the bridge"}, true},
		{"dashes", []string{"A long-term plan — for us all"}, []string{"a long term plan, for us all"}, true},
		{"addition", []string{"We close it [the bridge] on Monday"}, []string{"We close it on Monday"}, true},
		{"letter", []string{"[T]he bridge will not close"}, []string{"The bridge will not close"}, true},
		{"ending", []string{"They are clos[ing] the old bridge"}, []string{"They are closing the old bridge"}, true},
		{"other ending", []string{"They are clos[ing] the old bridge"}, []string{"They are close the old bridge"}, false},
		{"open bracket", []string{"We close [the bridge on Monday"}, []string{"We close the bridge on Monday"}, true},
		{"a word more", []string{"We will not close the bridge"}, []string{"We will not close the bridge today"}, false},
		{"two words", []string{"No one closes the bridge"}, []string{"Noone closes the bridge today"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := output.Fingerprint(test.a...), output.Fingerprint(test.b...)
			if a == nil || b == nil {
				t.Fatalf("%v %v", a, b)
			}
			if (*a == *b) != test.same {
				t.Errorf("%s and %s", *a, *b)
			}
		})
	}
	for _, text := range []string{"", "“…”", "“No, we will not.”", "“[We all know] that this is true”"} {
		if f := output.Fingerprint(text); f != nil {
			t.Errorf("%s has the fingerprint %s", text, *f)
		}
	}
}

func FuzzFingerprint(f *testing.F) {
	f.Add("“[T]he bridge, we won’t [ever] close” it[")
	f.Add("\xff[\xff]e\u0301 ]a[b]c ’’")
	f.Add(strings.Repeat("[", 300) + "one two three four five six")
	f.Fuzz(func(t *testing.T, text string) {
		got := output.Fingerprint(text)
		again := output.Fingerprint("“", text, " …")
		if (got == nil) != (again == nil) || got != nil && *got != *again {
			t.Errorf("%q: marks and white space make a difference", text)
		}
	})
}
