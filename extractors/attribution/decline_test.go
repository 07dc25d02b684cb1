package attribution

import "testing"

// Every sieve has its reason to decline, and every reason a sieve.
func TestDeclines(t *testing.T) {
	seen := map[string]bool{}
	for _, pass := range sieves {
		for _, sv := range pass {
			seen[sv.name] = true
			if declines[sv.name] == "" {
				t.Errorf("the sieve %s has no reason to decline; add one to declines", sv.name)
			}
		}
	}
	for name := range declines {
		if !seen[name] {
			t.Errorf("declines has a reason for %s, which is no sieve", name)
		}
	}
	if sieveCount > byCue {
		t.Errorf("%d sieves do not fit below bit %d", sieveCount, byCue)
	}
	if want := byTitle - byCue + 1; len(collected) != want {
		t.Errorf("collected has %d entries for %d ways to collect candidates", len(collected), want)
	}
}
