package quotes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
)

// TestFeatures shows what the judge gets to see of each stretch between marks, in the order of the features: those that
// are not 0, with their values. A trained judge is of use only as long as its features mean what they meant when it was
// trained; where one changes, its name must change too, and the judge be trained again.
func TestFeatures(t *testing.T) {
	set, before := english()
	annottest.Run(t, "testdata/features", func(d *annot.Document) string {
		if err := before.Process(d); err != nil {
			t.Error(err)
		}
		f := New(set).rule(d, new(segment.Tables))
		var b strings.Builder
		a := f.article()
		var x [featureCount]float32
		for k, m := range d.Marked {
			f.features(&x, a, k)
			b.WriteString(strings.ReplaceAll(d.Slice(m.Span), "\n", "⏎") + "\n")
			var seen []string
			for i, value := range x {
				if value != 0 {
					seen = append(seen, fmt.Sprintf("%s %.4g", featureNames[i], value))
				}
			}
			for line := range slices.Chunk(seen, 8) {
				b.WriteString("  " + strings.Join(line, ", ") + "\n")
			}
		}
		return b.String()
	})
}
