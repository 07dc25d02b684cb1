package entities

import (
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// credentials takes degrees and letters off the ends of persons' names, and drops the mentions that are nothing else
// after a name: Ida Rook | , M.D., Ph.D. ms are sorted and do not overlap; so is the result.
func credentials(v *segment.View, ms []annot.Mention) []annot.Mention {
	out := ms[:0]
	at, until := 0, 0 // the token that the search begins at, the end of the credentials after the last name
	for _, m := range ms {
		if m.End <= until && m.By != byUser {
			continue
		}
		if m.Type == annot.PER && m.By != byUser {
			first, end := tokensOf(v, m.Span, at)
			at = first
			if k := nameEnd(v, first, end); k < end {
				m.End = v.D.Tokens[k-1].End
				end = k
			}
			until = credentialsEnd(v, end)
		}
		out = append(out, m)
	}
	return out
}

// nameEnd returns the end of the name [first, end) without the credentials that it ends with.
func nameEnd(v *segment.View, first, end int) int {
	k := end
	for k > first+1 && (credential(v, k-1) || v.Word(k-1) == "," && k < end) {
		k--
	}
	if k < end && allUpper(v.Word(first)) && v.Word(k) != "," {
		return end // ANN DO
	}
	return k
}

// credentialsEnd returns the byte that ends the credentials after the name that ends before token i, 0 if there are none.
func credentialsEnd(v *segment.View, i int) int {
	n, end := len(v.D.Tokens), 0
	for {
		k := i
		if k < n && v.Word(k) == "," {
			k++
		}
		if k >= n || !credential(v, k) {
			return end
		}
		end, i = v.D.Tokens[k].End, k+1
	}
}

// credential reports whether token i is a degree or the letters of a post or an order. In capitals a short one is, but no
// word with one capital: MS, but Ms.
func credential(v *segment.View, i int) bool {
	if !v.In(i, rules.Credential) {
		return false
	}
	w, upper := v.Word(i), 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1 || upper == 1 && (strings.Count(w, ".") > 1 || v.Is(i, rules.NameSuffix))
}
