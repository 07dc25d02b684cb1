package gold

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

var ordinal = regexp.MustCompile(`^(?s:(.*))@([0-9]+)$`)

// numbered splits "said@2" into "said" and 2; n is 0 where no number is given. A text that occurs as it is, such
// as an e-mail address, is not split.
func numbered(text, words string) (string, int) {
	m := ordinal.FindStringSubmatch(words)
	if m == nil || strings.Contains(text, words) {
		return words, 0
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return words, 0
	}
	return m[1], n
}

// occurrences returns where words occur in text; with whole, only where neither end cuts a word.
func occurrences(text, words string, whole bool) []annot.Span {
	var found []annot.Span
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			break
		}
		s := annot.Span{Start: from + i, End: from + i + len(words)}
		if !whole || !cuts(text, s.Start) && !cuts(text, s.End) {
			found = append(found, s)
		}
		_, size := utf8.DecodeRuneInString(words)
		from = s.Start + size
	}
	return found
}

// cuts reports whether a word runs over offset i.
func cuts(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return wordRune(before) && wordRune(after)
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// distance is the number of bytes between s and o; 0 if they touch or overlap.
func distance(s, o annot.Span) int { return max(0, s.Start-o.End, o.Start-s.End) }

// nearest returns the candidate with the least distance, summed over what the function says; the first of equals.
func nearest(candidates []annot.Span, cost func(annot.Span) int) annot.Span {
	best := candidates[0]
	for _, s := range candidates[1:] {
		if cost(s) < cost(best) {
			best = s
		}
	}
	return best
}
