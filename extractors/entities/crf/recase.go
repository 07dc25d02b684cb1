package crf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Recase returns documents of one sentence each: copies of a share of the set's sentences written as a headline. Of ten,
// six are in title case, two in capitals and two in lower case.
func Recase(set Dataset, share float64, seed uint64) Dataset {
	out := Dataset{Name: set.Name + " recased", NoMISC: set.NoMISC, Weight: set.Weight}
	rng := newRandom(seed, uint64(len(set.Docs)), 4)
	for _, d := range set.Docs {
		d.sentences(func(first, end int) {
			if float64(rng.next()>>11)/(1<<53) >= share {
				return
			}
			way := rng.next() % 10
			if end-first < 4 || end-first > 25 {
				return
			}
			tokens := make([]string, 0, end-first)
			for _, w := range d.Tokens[first:end] {
				switch {
				case way < 6:
					w = title(w)
				case way < 8:
					w = strings.ToUpper(w)
				default:
					w = strings.ToLower(w)
				}
				tokens = append(tokens, w)
			}
			labels, odds := d.Labels[first:end:end], d.oddsOf(first, end)
			if last := len(tokens) - 1; tokens[last] == "." && labels[last] == O {
				tokens, labels, odds = tokens[:last], labels[:last], odds[:min(last, len(odds))]
			}
			out.Docs = append(out.Docs, Sample{Doc: Doc{Tokens: tokens, Sentences: []int{len(tokens)}}, Labels: labels, Odds: odds})
		})
	}
	return out
}

// small are the words that stay as they are in a headline.
const small = " a an the of in on at to by for and or but as is vs. vs from with over 's ’s n't n’t "

func title(w string) string {
	if strings.Contains(small, " "+w+" ") {
		return w
	}
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}
