package quotes

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// How many words may stand in the marks after a noun that says what they are.
func TestWordsAfterNoun(t *testing.T) {
	for _, test := range []struct {
		before, word string
		most         int
		want         annot.Why
	}{
		{"They live by the motto ", "river", 12, annot.Motto},
		{"He explained the word ", "river", 6, annot.WordMention},
		{"It sank near the ship ", "River grew", 2, annot.Name},
		{"He sang the song ", "River", 12, annot.Title},
		{"He left the so-called ", "river", 6, annot.Scare},
	} {
		for n, want := range map[int]annot.Why{1: test.want, test.most: test.want, test.most + 1: annot.NoWhy} {
			text := test.before + "“" + strings.TrimSuffix(strings.Repeat(test.word+" ", n), " ") + "” today."
			if got := ruled(t, text).verdict[0]; got.why != want {
				t.Errorf("%s: %s, want %s", text, got.why, want)
			}
		}
	}
}
