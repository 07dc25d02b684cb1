package export

import (
	"cmp"
	"errors"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// tokens returns the tokens of the article, which Options.Tokenize finds.
func (a *article) tokens() ([][2]int, error) {
	if a.toks != nil {
		return a.toks, nil
	}
	tokens := a.opt.Tokenize(a.text)
	end := 0
	for _, tok := range tokens {
		if tok[0] < end || tok[1] <= tok[0] || tok[1] > len(a.text) || strings.TrimSpace(a.text[end:tok[0]]) != "" {
			return nil, errors.New("the tokenizer returned tokens that are empty, out of order or leave words out")
		}
		if !utf8.ValidString(a.text[tok[0]:tok[1]]) {
			return nil, errors.New("the tokenizer returned a token that cuts a character")
		}
		end = tok[1]
	}
	if strings.TrimSpace(a.text[end:]) != "" {
		return nil, errors.New("the tokenizer left words at the end out")
	}
	return tokens, nil
}

// sentences returns for each token the number of its sentence: the same for tokens of one sentence, another one for those
// of another or of none.
func (a *article) sentences(tokens [][2]int) []int {
	list := slices.Clone(a.r.Sentences)
	slices.SortStableFunc(list, func(x, y output.Sentence) int { return cmp.Compare(x.Start, y.Start) })
	of := make([]int, len(tokens))
	s := 0
	for i, tok := range tokens {
		for s < len(list) && list[s].End <= tok[0] {
			s++
		}
		of[i] = 2 * s
		if s < len(list) && list[s].Start <= tok[0] {
			of[i]++
		}
	}
	return of
}

// firstAfter returns the index of the first token that ends after the offset.
func firstAfter(tokens [][2]int, offset int) int {
	return sort.Search(len(tokens), func(i int) bool { return tokens[i][1] > offset })
}
