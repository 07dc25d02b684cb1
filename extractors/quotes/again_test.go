package quotes_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A stage that runs again on its own result changes nothing.
func TestProcessAgain(t *testing.T) {
	process := stages()
	d := annot.New("", "“We went home,” Ada Moor said. The so-called “experts” had left.")
	process(t, d)
	want := describe(d)
	process(t, d)
	if diff := cmp.Diff(want, describe(d)); diff != "" {
		t.Errorf("(-once +twice):\n%s", diff)
	}
}
