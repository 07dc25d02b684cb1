package annot_test

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The zones that a quote has a flag for give the flag of their own name, and the others none.
func TestZoneFlags(t *testing.T) {
	flagged := 0
	for z := annot.NoZone; z <= annot.Boilerplate; z++ {
		if f := z.Flags(); f != 0 {
			flagged++
			if got := strings.Join(f.Names(), " "); got != z.String() {
				t.Errorf("zone %s: flags %s", z, got)
			}
		}
	}
	if flagged != 3 {
		t.Errorf("%d zones have a flag, want 3: headline, caption, correction", flagged)
	}
}
