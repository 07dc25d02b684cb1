package segment

import (
	"testing"

	"github.com/quoth-nlp/quoth/rules"
)

func TestReadLabel(t *testing.T) {
	for _, test := range []struct{ line, name, words string }{
		{"FOX: It is late.", "FOX", "It is late."},
		{"McCANN: It is late.", "McCANN", "It is late."},
		{"LENA FOX, HOST: It is late.", "LENA FOX", "It is late."},
		{"LENA FOX, U.S. ENVOY (through translator): It is late.", "LENA FOX", "It is late."},
		{"SEN. PAT COLE (D-OHIO): It is late.", "SEN. PAT COLE", "It is late."},
		{"COLE (voice-over): It is late.", "COLE", "It is late."},
		{"COLE: (laughs) It is late.", "COLE", "It is late."},
		{"[00:01:15] FOX: It is late.", "FOX", "It is late."},
		{"12:30 FOX: It is late.", "FOX", "It is late."},
		{"Lena Fox (00:12): It is late.", "Lena Fox", "It is late."},
		{"Lena Fox 00:12", "Lena Fox", ""},
		{"Lena van der Meer: It is late.", "Lena van der Meer", "It is late."},
		{"Speaker 2: It is late.", "Speaker 2", "It is late."},
		{"Q: Is it late?", "Q", "Is it late?"},
		{"A. It is late.", "A", "It is late."},
		{"Q – Is it late?", "Q", "Is it late?"},
		{"**Lena Fox:** It is late.", "Lena Fox", "It is late."},
		{"**Lena Fox**: It is late.", "Lena Fox", "It is late."},
		{">> FOX: It is late.", "FOX", "It is late."},
		{"((Lena Fox)) It is late.", "Lena Fox", "It is late."},
		{"[Reporter]: Is it late?", "Reporter", "Is it late?"},
		{"FOX — It is late.", "FOX", "It is late."},
		{"FOX: [The hour] is late.", "FOX", "[The hour] is late."},
		{"However: it is late.", "", ""},
		{"Lena Fox — It is late.", "", ""},
		{"Lena Fox said: it is late.", "", ""},
		{"It was 12:30 and late.", "", ""},
		{"FOX:late", "", ""},
		{"(LAUGHTER)", "", ""},
		{"A man came in. He was late.", "", ""},
		{":", "", ""},
		{"", "", ""},
	} {
		l, ok := ReadLabel(test.line, rules.MustEnglish())
		switch {
		case ok != (test.name != ""):
			t.Errorf("%q: label %v", test.line, ok)
		case ok && (test.line[l.Name.Start:l.Name.End] != test.name || test.line[l.Words:] != test.words):
			t.Errorf("%q: name %q, words %q", test.line, test.line[l.Name.Start:l.Name.End], test.line[l.Words:])
		}
	}
}
