package naming

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// pronounsFile holds what speaks for a candidate, a name and a weight per line. They were fitted, as TestFitWeights does, to pronouns
// of quotes' speakers in news articles: 572 in which gender alone tells who is meant and was hidden, and 430 whose speaker
// is annotated. By folds of whole articles fitted weights find 389 of the 414 annotated persons with a name, and leave 13 of 16
// others without one. The weight of "named after" was raised by hand: nobody speaks of himself by his name.
//
//go:embed pronouns.tsv
var pronounsFile string

// featureNames are the names of the features in the file, in order.
var featureNames = [nFeatures]string{"in sentence", "one sentence back", "two sentences back", "per sentence back", "same paragraph",
	"next paragraph",
	"subject", "subject in sentence", "spoke last", "after preposition", "in subordinate clause", "per mention", "nearest", "topic", "topic now",
	"possessive", "reports speech", "reports speech now", "named after", "named inside", "newcomer",
	"stranger", "stranger now", "stranger as subject", "stranger spoke last", "gender"}

// weights returns the embedded weights.
var weights = sync.OnceValue(func() *features {
	f, err := readWeights(pronounsFile)
	if err != nil {
		panic("internal error: " + err.Error()) // TestWeights reads the same file
	}
	return f
})

// readWeights reads a line with a name, a tab and a number for each feature.
func readWeights(text string) (*features, error) {
	var f features
	seen := map[string]bool{}
	for n, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		name, value, _ := strings.Cut(line, "\t")
		k := slices.Index(featureNames[:], name)
		weight, err := strconv.ParseFloat(value, 64)
		switch {
		case k < 0:
			return nil, fmt.Errorf("weights of pronouns, line %d: no feature %q; take one of %s", n+1, name, strings.Join(featureNames[:], ", "))
		case seen[name]:
			return nil, fmt.Errorf("weights of pronouns, line %d: %s again; leave one out", n+1, name)
		case err != nil || math.IsNaN(weight) || math.IsInf(weight, 0):
			return nil, fmt.Errorf("weights of pronouns, line %d: give a name, a tab and a number", n+1)
		}
		seen[name], f[k] = true, weight
	}
	if len(seen) < nFeatures {
		return nil, fmt.Errorf("weights of pronouns: %d of %d features; give each a line", len(seen), nFeatures)
	}
	return &f, nil
}
