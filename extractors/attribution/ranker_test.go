package attribution

import (
	"bytes"
	_ "embed"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/boost"
)

func TestFeatureNames(t *testing.T) {
	if len(featureNames) != featureCount {
		t.Fatalf("%d names for %d features", len(featureNames), featureCount)
	}
	seen := map[string]bool{}
	for i, name := range featureNames {
		if name == "" || seen[name] && name != "sieve" && name != "fired-sieve" {
			t.Errorf("feature %d: name %q is empty or taken", i, name)
		}
		seen[name] = true
	}
}

func TestOpenRanker(t *testing.T) {
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(r.bytes(), embedded) {
		t.Error("the embedded ranker is not written as it was read")
	}
	for n := range len(embedded) {
		if n > 64 && n%997 != 0 { // each length near the start, some of the rest
			continue
		}
		if _, err := Open(embedded[:n]); err == nil {
			t.Errorf("a ranker cut off at byte %d was opened", n)
		}
	}
	bad := bytes.Clone(embedded)
	bad[len(bad)/2] ^= 1
	if _, err := Open(bad); err == nil {
		t.Error("a damaged ranker was opened")
	}
	bare := Ranker{model: r.model, curve: r.curve}
	if again, err := Open(bare.bytes()); err != nil || again.certainty.model != nil {
		t.Errorf("a ranker that knows nothing of names is read with %v", err)
	}
	if _, err := Open(bare.bytes()[:len(bare.bytes())-4]); err == nil {
		t.Error("a ranker cut off before its part on names was opened")
	}
	// Confidences rise with the share, and with how certain a name is.
	for _, curve := range []boost.Curve{r.curve, r.certainty.curve} {
		last := 0.0
		for s := 0.0; s <= 1; s += 0.01 {
			p := curve.At(s)
			if p < last-1e-6 || p <= 0 || p >= 1 {
				t.Errorf("share %.2f has the confidence %.3f, less than before or certain", s, p)
			}
			last = p
		}
	}
}

func TestCertaintyNames(t *testing.T) {
	if len(certaintyNames) != certaintyCount {
		t.Fatalf("%d names for %d features", len(certaintyNames), certaintyCount)
	}
}
