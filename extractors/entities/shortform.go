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
	out := make([]annot.Mention, 0, len(ms)+4)
	k := 0
	for i := 1; i < len(d.Tokens); i++ {
		for k < len(ms) && ms[k].End <= d.Tokens[i].Start {
			out = append(out, ms[k])
			k++
		}
		free := k == len(ms) || ms[k].Start >= d.Tokens[i].End
		alone := i+1 == len(d.Tokens) || !v.Upper(i+1)
		if free && heads[v.Word(i)] && v.Upper(i) && alone && (segment.EqualFold(v.Word(i-1), "the") || v.Word(i-1) == "a") {
			out = append(out, annot.Mention{Span: v.Span(i, i+1), Type: annot.ORG, By: "model/short-form", Confidence: byShortForm})
		}
	}
	return append(out, ms[k:]...)
}
