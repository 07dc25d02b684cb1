package dataset

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bbalet/stopwords"
)

// termsOfDocument is how many key terms an article has at most.
const termsOfDocument = 8

// keyTerms returns the words that an article uses most and at least twice, in small letters, the most frequent first:
// words of three letters and more that are no stop words. Nil text has none.
func keyTerms(text *string) any {
	if text == nil {
		return nil
	}
	// The apostrophe of the list of stop words is the straight one.
	words := stopwords.CleanString(strings.ReplaceAll(*text, "’", "'"), "en", false)
	counts := map[string]int{}
	for word := range strings.FieldsSeq(words) {
		word = strings.TrimSuffix(strings.Trim(word, "'-_"), "'s")
		if utf8.RuneCountInString(word) >= 3 {
			counts[word]++
		}
	}
	terms := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	n := 0
	for n < min(len(terms), termsOfDocument) && counts[terms[n]] > 1 {
		n++
	}
	return joined(terms[:n])
}
