package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// In a sentence in capitals, names end before verbs and objects, and the article's own names are found.
func TestHeadings(t *testing.T) {
	for _, test := range []struct{ name, text, found, want string }{
		{"verb of speech", "MAYOR INA TUCK SAYS PORT WILL CLOSE", "PER INA TUCK SAYS PORT", "PER INA TUCK"},
		{"verb at the end", "MAYOR INA TUCK RESIGNS", "PER INA TUCK RESIGNS", "PER INA TUCK"},
		{"verb and object", "JUDGE NED HALE FINES TOM DUNN", "PER NED HALE FINES TOM DUNN", "PER NED HALE|PER TOM DUNN"},
		{"nothing found", "COURT JAILS TOM DUNN FOR FRAUD", "", "PER TOM DUNN"},
		{"surname that is a word", "COACH TOM YOUNG QUITS CLUB", "PER TOM YOUNG QUITS", "PER TOM YOUNG"},
		{"surname alone after a title", "PORT CITY MAYOR TUCK QUITS CLUB", "", "PER TUCK"},
		{"body before a verb", "HALE GROUP SAYS SALES FELL", "ORG HALE GROUP SAYS", "ORG HALE GROUP"},
		{"body with a word", "NEW YORK TIMES WINS PRIZE", "ORG NEW YORK TIMES", "ORG NEW YORK TIMES"},
		{"well-known body", "THE WHITE HOUSE DENIES CLAIM", "", "ORG WHITE HOUSE"},
		{"country", "STORM HITS NORWAY AGAIN", "", "LOC NORWAY"},
		{"verb before a name", "POLICE ARREST TUCK", "PER POLICE ARREST TUCK", ""},
		{"name of the article", "ZORVA OPENS PLANT NEAR OLDMOUTH\n\nThe Zorva group came.", "ORG Zorva", "ORG ZORVA|ORG Zorva"},
		{"surname of the article", "VOTERS BACK ZORVATH AGAIN\n\nIna Zorvath won.", "PER Ina Zorvath", "PER ZORVATH|PER Ina Zorvath"},
		{"longer than the name of the article", "ZORVA BANK OPENS PLANT\n\nThe Zorva group came.", "ORG ZORVA BANK;LOC Zorva", "ORG ZORVA BANK|LOC Zorva"},
		{"days", "OPEN TUESDAY MAY 5 ON MAIN STREET", "", ""},
		{"normal case", "Ina Tuck Says Port", "PER Ina Tuck Says Port", "PER Ina Tuck Says Port"},
		{"two words", "INA SAYS", "PER INA SAYS", "PER INA SAYS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, table := view(t, test.text)
			var ms []annot.Mention
			for _, f := range strings.Split(test.found, ";") {
				if f == "" {
					continue
				}
				typ, text, _ := strings.Cut(f, " ")
				m := annot.Mention{Confidence: 0.65}
				m.Type, _ = annot.ParseType(typ)
				m.Start = strings.Index(test.text, text)
				m.End = m.Start + len(text)
				ms = append(ms, m)
			}
			var got []string
			for _, m := range headings(v, table, ms) {
				got = append(got, m.Type.String()+" "+v.D.Slice(m.Span))
			}
			if s := strings.Join(got, "|"); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
		})
	}
}
