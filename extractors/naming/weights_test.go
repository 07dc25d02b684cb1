package naming_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/naming"
)

const someWeights = "in sentence\t1\n"

func TestReadWeightsFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "line 1: no feature",
		someWeights:                         "1 of 26 features",
		someWeights + "in sentense\t1\n":    "line 2: no feature \"in sentense\"",
		someWeights + "in sentence\t2\n":    "line 2: in sentence again",
		someWeights + "nearest\tmuch\n":     "line 2: give a name, a tab and a number",
		someWeights + "nearest\tNaN\n":      "line 2: give a name, a tab and a number",
		someWeights + "nearest\n":           "line 2: give a name, a tab and a number",
		someWeights + "\nnearest\t1\n":      "line 2: no feature",
		someWeights + "nearest\t1\ttwice\n": "line 2: give a name, a tab and a number",
	} {
		if _, err := naming.ReadWeights(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want an error with %q, got %v", text, want, err)
		}
	}
}

// What the weights must say, however they are fitted: the nearer, the more of a subject and the more talked about, the likelier.
func TestWeights(t *testing.T) {
	w := naming.Weights()
	at := map[string]float64{}
	for k, name := range naming.FeatureNames {
		at[name] = w[k]
	}
	for _, pair := range [][2]string{{"in sentence", "one sentence back"}, {"same paragraph", "next paragraph"}, {"topic now", "after preposition"},
		{"spoke last", "in subordinate clause"}, {"topic now", "topic"}} {
		if at[pair[0]] <= at[pair[1]] {
			t.Errorf("%s has the weight %g, not more than %s with %g", pair[0], at[pair[0]], pair[1], at[pair[1]])
		}
	}
	for _, name := range []string{"same paragraph", "subject", "spoke last", "nearest", "topic", "topic now", "per mention", "gender"} {
		if at[name] <= 0 {
			t.Errorf("%s speaks against a person: %g", name, at[name])
		}
	}
	for _, name := range []string{"per sentence back", "named after", "named inside", "stranger"} {
		if at[name] >= 0 {
			t.Errorf("%s speaks for a person: %g", name, at[name])
		}
	}
}

// Fitting finds again the weights by which made-up pronouns were given their persons.
func TestFitFindsWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	truth := naming.Weights()
	var train []silver
	for range 600 {
		s := make(silver, 3)
		best := 0
		for j := range s {
			for k := range s[j] {
				s[j][k] = float64(random.IntN(2))
			}
			if s[j].Score(&truth) > s[best].Score(&truth) {
				best = j
			}
		}
		s[0], s[best] = s[best], s[0]
		train = append(train, s)
	}
	fitted := fit(train)
	if share := right(train, &fitted); share < 90 {
		t.Errorf("the fitted weights are right on %.1f %% of what they were fitted to", share)
	}
	var none naming.Features
	if share := right(train, &none); share > 50 {
		t.Errorf("no weights at all are right on %.1f %%: the test tells nothing", share)
	}
}
