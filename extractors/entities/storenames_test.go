package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// The ’s of a company's name belongs to the name; that of a person, a place or a word does not.
func TestStoreNames(t *testing.T) {
	for _, test := range []struct{ name, text, found, want string }{
		{"known, before a verb", "Macy’s said sales fell.", "Macy", "Macy’s"},
		{"known, straight apostrophe", "Shares of Macy's rose.", "", "Macy's"},
		{"known, before a noun", "The board chose Denny’s chief executive.", "Denny", "Denny’s"},
		{"known, two words", "A spokeswoman for Trader Joe’s declined to comment.", "Trader Joe", "Trader Joe’s"},
		{"found with its ending", "Macy’s said sales fell.", "Macy’s", "Macy’s"},
		{"a person has the known name", "Ina Lowe left. Lowe’s lawyer agreed.", "Ina Lowe", "Ina Lowe"},
		{"a person and the company", "Ina Wendy left. Wendy’s said sales fell.", "", "Wendy’s"},
		{"unknown, before a verb of speech", "Zorby’s said it would close. Zorby’s cafes were full.", "Zorby", "Zorby’s Zorby’s"},
		{"unknown, no noun after it", "They ate at Zorby’s. Zorby’s, a chain, was full.", "", "Zorby’s Zorby’s"},
		{"unknown, possessive", "Zorby’s mother left. Zorby’s brother stayed.", "Zorby", "Zorby"},
		{"unknown, bare elsewhere", "Zorby left. Zorby’s said he was sorry.", "", ""},
		{"full name of a person", "Ina Zorby’s said he was sorry.", "Ina Zorby", "Ina Zorby"},
		{"friend of", "A friend of Zorby’s said so.", "Zorby", "Zorby"},
		{"contraction in marks", "“Zorby’s said so,” he told her.", "Zorby", "Zorby"},
		{"first name", "Mary’s said so.", "Mary", "Mary"},
		{"word", "Today’s said to be cold. Today’s, he said, is cold.", "", ""},
		{"country", "China’s said it would. China’s, he said, is strong.", "", ""},
		{"longer name", "Zorby’s Holdings said so.", "Zorby’s Holdings", "Zorby’s Holdings"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, table := view(t, test.text)
			var ms []annot.Mention
			if test.found != "" {
				start := strings.Index(test.text, test.found)
				ms = []annot.Mention{{Span: annot.Span{Start: start, End: start + len(test.found)}, Type: annot.PER, Confidence: 0.9}}
			}
			got := storeNames(v, rules.MustEnglish(), table, ms)
			if s := texts(v, got); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
			for _, m := range got {
				if m.By == "model/store-name" && m.Type != annot.ORG {
					t.Errorf("%s for %s", m.Type, v.D.Slice(m.Span))
				}
			}
		})
	}
}
