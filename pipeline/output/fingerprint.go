package output

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fingerprintWords is how many words a quote has at least that is known by them; docs/duplicates.md has the figures.
const fingerprintWords = 5

// Fingerprint returns what quotes of the same words have in common, in whatever article: "f_" and 16 hexadecimal digits
// of a hash of the words of its parts. Case, accents, punctuation and white space make no difference, nor does where a
// cue splits the quote. What an editor put in brackets is left out: “We passed [the bill]” is “We passed”, and
// “[T]he bill” is “The bill”. It returns nil for fewer than five words, which different people say.
func Fingerprint(parts ...string) *string {
	w := wordHash{}
	for _, p := range parts {
		w.text(p)
		w.end()
	}
	if w.words < fingerprintWords {
		return nil
	}
	sum := sha256.Sum256(w.folded)
	return new("f_" + hex.EncodeToString(sum[:8]))
}

// A wordHash gathers words: small letters, digits and nothing else, each with a space after it.
type wordHash struct {
	folded []byte
	words  int
}

// end ends the word, if there is one.
func (w *wordHash) end() {
	if n := len(w.folded); n > 0 && w.folded[n-1] != ' ' {
		w.folded = append(w.folded, ' ')
		w.words++
	}
}

func (w *wordHash) text(s string) {
	s = norm.NFKD.String(s)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '[':
			n = w.bracket(s, i)
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			w.folded = utf8.AppendRune(w.folded, unicode.ToLower(r))
		case unicode.IsMark(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("'’‘ʼ`", r):
			// within a word: don't, don’t, dont
		case r == ']' && within(s, i):
		default:
			w.end()
		}
		i += n
	}
}

// longestBracket is how far the closing bracket may be, so that many opening ones stay linear.
const longestBracket = 100

// bracket returns how many bytes of s to leave out at the opening bracket at i: it alone if it is within a word, as
// in [T]he or govern[ment]; all up to the closing one otherwise.
func (w *wordHash) bracket(s string, i int) int {
	rest := s[i:min(len(s), i+longestBracket)]
	end := strings.IndexByte(rest, ']')
	if end < 0 || within(s, i) || within(s, i+end) {
		return 1
	}
	w.end()
	return end + 1
}

// within reports whether there are letters on both sides of the byte at i.
func within(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}
