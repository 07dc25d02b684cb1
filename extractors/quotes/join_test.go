package quotes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// quotesIn returns the parts of the quotes that the rules find in the text, one quote after the other: a | b; c.
func quotesIn(tb testing.TB, text string) string {
	tb.Helper()
	set, before := english()
	d := annot.New("", text)
	if err := before.Process(d); err != nil {
		tb.Fatal(err)
	}
	if err := New(set).Process(d); err != nil {
		tb.Fatal(err)
	}
	var quotes []string
	for _, q := range d.Quotes {
		var parts []string
		for _, p := range q.Parts {
			parts = append(parts, strings.Trim(d.Slice(p), "“”"))
		}
		quotes = append(quotes, strings.Join(parts, " | "))
	}
	return strings.Join(quotes, "; ")
}

// An attribution that splits an utterance begins with its cue or with a subject of limited length, and is itself limited.
func TestSplitByCueLimits(t *testing.T) {
	const first, second = "“If the dam at the mill holds,”", "“we will all go home.”"
	for _, test := range []struct {
		before, after int // words between the first piece and the cue, and after the cue
		joined        bool
	}{
		{0, 0, true},
		{1, 0, true},
		{29, 0, true},
		{30, 0, false},
		{1, 37, true},
		{1, 38, false},
		{29, 9, true},
		{29, 10, false},
	} {
		text := first + strings.Repeat(" Reyes", test.before) + " said" + strings.Repeat(" Reyes", test.after) + ", " + second
		want := "If the dam at the mill holds,; we will all go home."
		if test.joined {
			want = "If the dam at the mill holds, | we will all go home."
		}
		if got := quotesIn(t, text); got != want {
			t.Errorf("%d words before the cue and %d after it:\nwant %s\n got %s", test.before, test.after, want, got)
		}
	}
}

// What may lie between the pieces of one utterance.
func TestJoins(t *testing.T) {
	for between, want := range map[string]string{
		"Reyes said,":           "|",
		"said Reyes:":           "|",
		"Reyes said —":          "|",
		"Reyes said –":          "|",
		"Reyes said --":         "|",
		"as Reyes said,":        "|",
		"Reyes said":            "|",
		"and Reyes said,":       ";",
		"while Reyes said,":     ";",
		"Reyes said when":       ";",
		"Reyes said and added,": ";",
		"Reyes left,":           ";",
		"the statement,":        ";",
	} {
		text := "“If the dam at the mill holds,” " + between + " “we will all go home.”"
		want = fmt.Sprintf("If the dam at the mill holds,%s we will all go home.", strings.Replace(want, "|", " |", 1))
		if got := quotesIn(t, text); got != want {
			t.Errorf("%s\nwant %s\n got %s", text, want, got)
		}
	}
}

// Sentences in marks of one utterance, with an attribution between them, in the next unit or in another paragraph.
func TestJoinsSentences(t *testing.T) {
	for text, want := range map[string]string{
		"“It held,” Reyes said. “We went home.”":                      "It held, | We went home.",
		"“It held,” Reyes said. Then he left. “We went home.”":        "It held,; We went home.",
		"“It held,” Reyes said. “We went home,” Moor said.":           "It held,; We went home,",
		"“It held.” “We went home.”":                                  "It held.; We went home.",
		"“It held,” Reyes said.\n\n“We went home.”":                   "It held,; We went home.",
		"“It held.\n\n“We went home,” Reyes said.":                    "It held. | We went home,",
		"“It held,” Reyes said, and Moor said “no.” “We went home.”":  "It held,; no.; We went home.",
		"Reyes called it “a slow flood” and “a cold bath”.":           "a slow flood | a cold bath",
		"Reyes called it “a slow flood” or a “cold bath”.":            "a slow flood | cold bath",
		"Reyes called it “a slow flood”, a “cold bath”.":              "a slow flood | cold bath",
		"Reyes called it “a slow flood” and not only a “cold bath”.":  "a slow flood; cold bath",
		"Reyes called it “a slow flood” river and a “cold bath”.":     "a slow flood; cold bath",
		"Reyes called it “a slow flood”. He called it a “cold bath”.": "a slow flood; cold bath",
		"Reyes called it “a slow flood” the “cold bath”.":             "a slow flood; cold bath",
	} {
		if got := quotesIn(t, text); got != want {
			t.Errorf("%s\nwant %s\n got %s", text, want, got)
		}
	}
}
