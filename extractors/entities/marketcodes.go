package entities

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// marketCodes takes the codes of stock exchanges and of news agencies out of the names, and drops those that were taken
// for names: Dorn Group | DORN.L, Dorn Group (NYSE: | DRN), <DORN.O>. What a code follows is a company. ms are sorted and
// do not overlap; so is the result.
func marketCodes(v *segment.View, ms []annot.Mention) []annot.Mention {
	codes := findCodes(v)
	if len(codes) == 0 {
		return ms
	}
	out := make([]annot.Mention, 0, len(ms))
	c, i := 0, 0
	for _, m := range ms {
		for v.D.Tokens[i].End <= m.Start {
			i++
		}
		for c < len(codes) && v.D.Tokens[codes[c].end-1].End <= m.Start {
			c++
		}
		if c < len(codes) && v.D.Tokens[codes[c].first].Start < m.End && m.By != byUser {
			end := beforeBrackets(v, i, codes[c].first)
			if end <= i {
				continue // the code alone
			}
			m.Span = v.Span(i, end)
		}
		if c < len(codes) && m.Type != annot.ORG && m.By != byUser && companyCode(v, m, codes[c]) {
			m.Type, m.By = annot.ORG, "model/market-code"
		}
		out = append(out, m)
	}
	return out
}

// companyCode reports whether the code comes right after mention m, in brackets or not.
func companyCode(v *segment.View, m annot.Mention, code run) bool {
	k := code.first
	switch {
	case k > 1 && v.Word(k-1) == ":":
		k -= 2 // NYSE: DRN
	case k > 0 && v.Word(k-1) == "$":
		k--
	}
	k = beforeBrackets(v, 0, k)
	return k > 0 && v.D.Tokens[k-1].End == m.End
}

// beforeBrackets returns end without the brackets that open right before it, but no less than first.
func beforeBrackets(v *segment.View, first, end int) int {
	for end > first && strings.Contains("([<", v.Word(end-1)) {
		end--
	}
	return end
}

// findCodes returns the tokens of the codes, in order.
func findCodes(v *segment.View) []run {
	var codes []run
	for i := range v.D.Tokens {
		switch {
		case len(codes) > 0 && i < codes[len(codes)-1].end:
		case agencyCode(v, i):
			codes = append(codes, run{i, i + 3})
		case i > 1 && codeWord(v, i) && v.Word(i-1) == ":" && v.In(i-2, rules.ExchangeName):
			codes = append(codes, run{i, i + 1}) // NYSE: DRN
		case i > 0 && codeWord(v, i) && glued(v, i-1) && v.Letter(i) && (v.Word(i-1) == "$" || indexCode(v, i)):
			codes = append(codes, run{i, i + 1}) // $DRN, .DRNX
		}
	}
	return codes
}

// indexCode reports whether the code of an index is at token i: the Dorn 500 .DRNX.
func indexCode(v *segment.View, i int) bool {
	return v.Word(i-1) == "." && i > 1 && !glued(v, i-2) && len(v.Word(i)) > 2
}

// agencyCode reports whether the code that a news agency gives to a stock is at token i: DORN.L. Letters that begin
// sentences too are part of one only in brackets.
func agencyCode(v *segment.View, i int) bool {
	if i+2 >= len(v.D.Tokens) || !codeWord(v, i) || v.Word(i+1) != "." || !glued(v, i) || !glued(v, i+1) {
		return false
	}
	suffix := v.Word(i + 2)
	bracketed := i > 0 && strings.Contains("([<", v.Word(i-1))
	return v.In(i+2, rules.MarketSuffix) && v.Upper(i+2) && (len(suffix) > 1 || !v.Is(i+2, function)) && (bracketed || !followedByWord(v, i+2))
}

// followedByWord reports whether a capitalised word comes after token i, so that a sentence may begin at it.
func followedByWord(v *segment.View, i int) bool {
	return i+1 < len(v.D.Tokens) && v.Upper(i+1)
}

// codeWord reports whether the token may be the code of a stock: up to six capitals and digits.
func codeWord(v *segment.View, i int) bool {
	w := v.Word(i)
	for k := range len(w) {
		capital, digit := w[k] >= 'A' && w[k] <= 'Z', w[k] >= '0' && w[k] <= '9'
		class := k > 1 && k == len(w)-1 && w[k] >= 'a' && w[k] <= 'z' // ORNa.N
		if !capital && !digit && !class {
			return false
		}
	}
	return len(w) <= 6
}

// glued reports whether the next token follows token i without a space.
func glued(v *segment.View, i int) bool {
	t := v.D.Tokens
	return i+1 < len(t) && t[i+1].Start == t[i].End
}
