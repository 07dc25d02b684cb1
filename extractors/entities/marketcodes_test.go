package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The code of a stock is no part of a name and no name, and what it follows is a company.
func TestMarketCodes(t *testing.T) {
	for _, test := range []struct{ name, text, found, want string }{
		{"code of an agency", "Shares in Dorn Group DORN.L rose.", "Dorn Group DORN.L rose", "ORG Dorn Group"},
		{"code in brackets", "Dorn Group (DRN.N) rose.", "Dorn Group", "ORG Dorn Group"},
		{"code in angle brackets", "Dorn Group <DRN.N> rose.", "DRN", ""},
		{"code with a class", "Dorn Group DRNa.N rose.", "Dorn Group DRNa", "ORG Dorn Group"},
		{"code of digits", "Dorn Group 0650.HK rose.", "Dorn Group 0650", "ORG Dorn Group"},
		{"half of the code", "Dorn Group (DORN.DE) rose.", "DE", ""},
		{"exchange", "Dorn Group (NYSE: DRN) rose.", "DRN", ""},
		{"exchange without a space", "Dorn Group (NASDAQ:DRN) rose.", "Dorn Group", "ORG Dorn Group"},
		{"dollar", "Dorn Group ($DRN) rose.", "Dorn Group", "ORG Dorn Group"},
		{"index", "The Dorn 500 .DRNX rose.", "DRNX", ""},
		{"no exchange", "Dorn Group (Photo: DRN) rose.", "DRN", "PER DRN"},
		{"no suffix", "Dorn Group DORN.X rose.", "Dorn Group", "PER Dorn Group"},
		{"end of a sentence without a space", "He left the DRN.A friend stayed.", "DRN", "PER DRN"},
		{"state", "He lives in Dorn, D.C., now.", "Dorn", "PER Dorn"},
		{"acronym", "Dorn Group (DRN) rose.", "DRN", "PER DRN"},
		{"elsewhere", "Ina Dorn met Dorn Group (DRN.N).", "Ina Dorn", "PER Ina Dorn"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, _ := view(t, test.text)
			start := strings.Index(test.text, test.found)
			m := annot.Mention{Span: annot.Span{Start: start, End: start + len(test.found)}, Type: annot.PER, Confidence: 0.5}
			var got []string
			for _, m := range marketCodes(v, []annot.Mention{m}) {
				got = append(got, m.Type.String()+" "+v.D.Slice(m.Span))
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
		})
	}
}
