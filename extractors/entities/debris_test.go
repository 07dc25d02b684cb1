package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// What a page's layout adds to a name is taken off.
func TestDebris(t *testing.T) {
	for _, test := range []struct{ name, text, found, want string }{
		{"handle", "They wrote to @InaDorn on Monday.", "@InaDorn", ""},
		{"sign", "Photos: Ina @ Dorn.com today.", "@ Dorn.com", ""},
		{"name twice", "Ina Dorn Ina Dorn left.", "Ina Dorn Ina Dorn", "Ina Dorn|Ina Dorn"},
		{"outlet twice", "Reuters Reuters left.", "Reuters Reuters", "Reuters|Reuters"},
		{"place of a double word", "They left Walla Walla.", "Walla Walla", "Walla Walla"},
		{"unknown double word", "They left Zor Zor.", "Zor Zor", "Zor Zor"},
		{"surname twice", "Salem Dorn Dorn left.", "Salem Dorn Dorn", "Salem Dorn Dorn"},
		{"first name that is the surname", "Dorn Ina Dorn left.", "Dorn Ina Dorn", "Dorn Ina Dorn"},
		{"surname before the name", "Dorn Ina May Dorn left.", "Dorn Ina May Dorn", "Ina May Dorn"},
		{"surname before and a word after the name", "Dorn Ina May DornBudget left.", "Dorn Ina May DornBudget", "Ina May Dorn"},
		{"label", "WATCHED Ina Dorn left.", "WATCHED Ina Dorn", "Ina Dorn"},
		{"initials", "JD Dorn left.", "JD Dorn", "JD Dorn"},
		{"all in capitals", "INA DORN left.", "INA DORN", "INA DORN"},
		{"longer surname", "Dorn Ina Dornbusch left.", "Dorn Ina Dornbusch", "Dorn Ina Dornbusch"},
		{"one word", "Dorn left.", "Dorn", "Dorn"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, table := view(t, test.text)
			start := strings.Index(test.text, test.found)
			m := annot.Mention{Span: annot.Span{Start: start, End: start + len(test.found)}, Type: annot.PER, Confidence: 0.8}
			var got []string
			for _, m := range debris(v, table, []annot.Mention{m}) {
				got = append(got, v.D.Slice(m.Span))
			}
			if s := strings.Join(got, "|"); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
		})
	}
}
