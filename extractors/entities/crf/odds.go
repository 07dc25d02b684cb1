package crf

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// iobTags is the number of tags that a token may have in CoNLL: O, and B- and I- of each type.
const iobTags = 9

// Odds are the probabilities of a token's tags, in 255ths: O, B-PER, I-PER, B-LOC and so on. In training they stand for a
// label that is only likely, as another model gives it.
type Odds [iobTags]uint8

// IOB2 returns the tag of the label in CoNLL files, which know of no last and no only token: O (for Unlabelled too), B-PER, I-PER and so on.
func (l Label) IOB2() string { return iobName(l.iob()) }

// iob returns the index in Odds of the label's tag.
func (l Label) iob() int {
	switch l.Part() {
	case Begin, Unit:
		return 2*int(l.Type()) - 1
	case Inside, Last:
		return 2 * int(l.Type())
	}
	return 0
}

// String returns the tags that are likelier than half a percent, the likeliest first, as B-ORG=0.62,O=0.31.
func (o Odds) String() string {
	order := make([]int, 0, iobTags)
	for k, v := range o {
		if v > 1 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(o[b], o[a]) })
	var b strings.Builder
	for i, k := range order {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(iobName(k) + "=" + strconv.FormatFloat(float64(o[k])/255, 'f', 2, 64))
	}
	return b.String()
}

func iobName(k int) string {
	if k == 0 {
		return "O"
	}
	return "IB"[k%2:k%2+1] + "-" + annot.Type((k+1)/2).String()
}

// parseOdds reads what String writes. The probabilities need not sum to 1.
func parseOdds(s string) (Odds, error) {
	var o Odds
	for part := range strings.SplitSeq(s, ",") {
		name, value, _ := strings.Cut(part, "=")
		t, ok := parseTag(name)
		p, err := strconv.ParseFloat(value, 64)
		if !ok || t.unlabelled || err != nil || !(p >= 0 && p <= 1) {
			return o, fmt.Errorf("unknown probability %q; write a tag, = and a number from 0 to 1", clip(part))
		}
		k := 0
		if t.typ != annot.NoType {
			k = 2 * int(t.typ)
			if t.begin {
				k--
			}
		}
		o[k] = uint8(p*255 + 0.5)
	}
	return o, nil
}

// odds returns the odds of a token that surely has the tag, all the same for one without a label.
func (t tag) odds() (o Odds) {
	switch {
	case t.unlabelled:
		for k := range o {
			o[k] = 255
		}
	case t.typ == annot.NoType:
		o[0] = 255
	case t.begin:
		o[2*int(t.typ)-1] = 255
	default:
		o[2*int(t.typ)] = 255
	}
	return o
}

// likeliest returns the tag that the odds favour.
func (o Odds) likeliest() tag {
	best := 0
	for k, v := range o {
		if v > o[best] {
			best = k
		}
	}
	if best == 0 {
		return tag{}
	}
	return tag{begin: best%2 == 1, typ: annot.Type((best + 1) / 2)}
}

// scores returns the logarithms of the odds as scores of labels. No label is impossible, so that every sentence has a
// legal sequence.
func (o Odds) scores() (e scores) {
	for l := range e {
		e[l] = logOdds[o[Label(l).iob()]]
	}
	return e
}

var logOdds = func() (list [256]float32) {
	for v := range list {
		list[v] = float32(math.Log(max(float64(v), 0.01) / 255))
	}
	return list
}()
