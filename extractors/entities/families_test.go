package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The plural of a surname of the article names a family.
func TestFamilies(t *testing.T) {
	for _, test := range []struct {
		name, text, found string
		confidence        float64
		want              string
	}{
		{"after the", "Ina Dorn left. Many know the Dorns.", "", 0, "Dorns"},
		{"first in the sentence", "Ina Dorn left. Dorns have lived there for long.", "", 0, "Dorns"},
		{"in es", "Ina Fritsch left. Many know the Fritsches.", "", 0, "Fritsches"},
		{"unsure of a body", "Ina Dorn left. Many know the Dorns.", "Dorns", 0.5, "Dorns"},
		{"sure of a body", "Ina Dorn left. Many know the Dorns.", "Dorns", 0.9, ""},
		{"nobody of that name", "Ina Dorn left. Many know the Kerns.", "", 0, ""},
		{"word", "Ina Price left. Prices rose.", "", 0, ""},
		{"longer name", "Ina Dorn left. Many know Dorns Field and Old Dorns.", "", 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, table := view(t, test.text)
			ms := []annot.Mention{{Span: annot.Span{End: strings.Index(test.text, " left")}, Type: annot.PER, Confidence: 0.9}}
			if test.found != "" {
				start := strings.Index(test.text, test.found)
				ms = append(ms, annot.Mention{Span: annot.Span{Start: start, End: start + len(test.found)}, Type: annot.ORG, Confidence: test.confidence})
			}
			var got []annot.Mention
			for _, m := range bySurnames(v, table, ms) {
				if m.By == "model/family" && m.Type == annot.PER {
					got = append(got, m)
				}
			}
			if s := texts(v, got); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
		})
	}
}
