package entities

import (
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

const (
	// sure is the confidence from which the name of a body teaches its short form.
	sure = 0.6
	// byShortForm is the confidence of a mention that was taught so.
	byShortForm = 0.7
)

// shortForms adds the short forms of bodies that are named in full and end with the kind of body, where the short form
// comes after "the" or "a" and was not found: the Harbour Times … | the Times wrote, a Times article. ms are sorted and do
// not overlap; so is the result.
func shortForms(v *segment.View, ms []annot.Mention) []annot.Mention {
	d := v.D
	heads := map[string]bool{}
	end := 0
	for _, m := range ms {
		for end < len(d.Tokens) && d.Tokens[end].End <= m.End {
			end++
		}
		if last := end - 1; m.Type == annot.ORG && m.Confidence >= sure && d.Tokens[last].Start > m.Start && v.Class[last] == rules.OrgHead {
			heads[v.Word(last)] = true
		}
	}
	if len(heads) == 0 {
		return ms
	}
	var added []annot.Mention
	free(v, ms, func(i int) {
		alone := i+1 == len(d.Tokens) || !v.Upper(i+1)
		if i > 0 && heads[v.Word(i)] && v.Upper(i) && alone && (segment.EqualFold(v.Word(i-1), "the") || v.Word(i-1) == "a") {
			added = append(added, annot.Mention{Span: v.Span(i, i+1), Type: annot.ORG, By: "model/short-form", Confidence: byShortForm})
		}
	})
	return insert(ms, added)
}
