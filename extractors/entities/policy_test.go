package entities

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// proposal is a mention of the bytes [start, end).
func proposal(start, end int, t annot.Type, by string, confidence float64) annot.Mention {
	return annot.Mention{Span: annot.Span{Start: start, End: end}, Type: t, By: by, Confidence: confidence}
}

func spans(list []annot.Mention) string {
	var out []string
	for _, m := range list {
		out = append(out, fmt.Sprintf("%s %d-%d %s", m.By, m.Start, m.End, m.Type))
	}
	return strings.Join(out, ", ")
}

// Proposals of a layer and of the layers before it, and what is chosen.
func TestResolve(t *testing.T) {
	const per, org = annot.PER, annot.ORG
	type list = []annot.Mention
	for _, test := range []struct {
		name   string
		layers []layer
		want   string
	}{
		{"none", nil, ""},
		{"sorted", []layer{{proposals: list{proposal(5, 9, per, "b", 1), proposal(0, 4, per, "a", 1)}}}, "a 0-4 PER, b 5-9 PER"},
		{"longer", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(0, 9, org, "b", 0.1)}}}, "b 0-9 ORG"},
		{"longer later", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(3, 9, org, "b", 0.1)}}}, "b 3-9 ORG"},
		{"more confident", []layer{{proposals: list{proposal(0, 4, per, "a", 0.5), proposal(0, 4, org, "b", 0.6)}}}, "b 0-4 ORG"},
		{"more confident of a length", []layer{{proposals: list{proposal(0, 4, per, "a", 0.5), proposal(2, 6, org, "b", 0.6)}}}, "b 2-6 ORG"},
		{"first", []layer{{proposals: list{proposal(0, 4, per, "a", 0.5), proposal(0, 4, org, "b", 0.5)}}}, "a 0-4 PER"},
		{"touching", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(4, 6, org, "b", 1), proposal(6, 9, org, "c", 1)}}},
			"a 0-4 PER, b 4-6 ORG, c 6-9 ORG"},
		{"both sides of the longest", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(3, 8, org, "b", 1), proposal(7, 10, per, "c", 1),
			proposal(8, 10, per, "d", 1), proposal(0, 3, per, "e", 1)}}}, "e 0-3 PER, b 3-8 ORG, d 8-10 PER"},

		{"gap", []layer{{proposals: list{proposal(0, 4, per, "a", 1)}}, {proposals: list{proposal(5, 9, org, "b", 0.1)}}}, "a 0-4 PER, b 5-9 ORG"},
		{"gap before", []layer{{proposals: list{proposal(5, 9, per, "a", 1)}},
			{proposals: list{proposal(0, 4, org, "b", 0.1)}}}, "b 0-4 ORG, a 5-9 PER"},
		{"gap that it fills", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(6, 9, per, "c", 1)}},
			{proposals: list{proposal(4, 6, org, "b", 0.1)}}},
			"a 0-4 PER, b 4-6 ORG, c 6-9 PER"},
		{"too little", []layer{{proposals: list{proposal(0, 4, per, "a", 1)}},
			{proposals: list{proposal(5, 9, org, "b", 0.87)}, least: 0.88}}, "a 0-4 PER"},
		{"enough", []layer{{proposals: list{proposal(0, 4, per, "a", 1)}},
			{proposals: list{proposal(5, 9, org, "b", 0.88)}, least: 0.88}}, "a 0-4 PER, b 5-9 ORG"},
		{"overlap", []layer{{proposals: list{proposal(0, 4, per, "a", 0.7)}}, {proposals: list{proposal(3, 9, org, "b", 1)}}}, "a 0-4 PER"},
		{"overlap after", []layer{{proposals: list{proposal(5, 9, per, "a", 0.7)}}, {proposals: list{proposal(0, 6, org, "b", 1)}}}, "a 5-9 PER"},
		{"more of the same", []layer{{proposals: list{proposal(2, 4, per, "a", 1)}},
			{proposals: list{proposal(0, 9, per, "b", 0.6)}, least: 0.88}}, "b 0-9 PER"},
		{"more of the same, unlikely", []layer{{proposals: list{proposal(2, 4, per, "a", 1)}},
			{proposals: list{proposal(0, 9, per, "b", 0.59)}, least: 0.88}}, "a 2-4 PER"},
		{"the same", []layer{{proposals: list{proposal(0, 4, per, "a", 1)}}, {proposals: list{proposal(0, 4, per, "b", 1)}}}, "a 0-4 PER"},
		{"more of another type", []layer{{proposals: list{proposal(2, 4, per, "a", 0.6)}},
			{proposals: list{proposal(0, 9, org, "b", 1)}}}, "a 2-4 PER"},
		{"an unlikely one", []layer{{proposals: list{proposal(2, 4, per, "a", 0.59)}},
			{proposals: list{proposal(0, 9, org, "b", 0.85)}}}, "b 0-9 ORG"},
		{"an unlikely one for another", []layer{{proposals: list{proposal(2, 4, per, "a", 0.59)}},
			{proposals: list{proposal(0, 9, org, "b", 0.84)}}}, "a 2-4 PER"},
		{"more of two", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(5, 9, per, "c", 1)}},
			{proposals: list{proposal(0, 9, per, "b", 1)}}}, "b 0-9 PER"},
		{"more of one of two", []layer{{proposals: list{proposal(0, 4, per, "a", 1), proposal(5, 9, org, "c", 1)}},
			{proposals: list{proposal(0, 9, per, "b", 1)}}},
			"a 0-4 PER, c 5-9 ORG"},
		{"of the user", []layer{{proposals: list{proposal(2, 4, per, byUser, 1)}},
			{proposals: list{proposal(0, 9, per, "b", 1)}}}, byUser + " 2-4 PER"},
	} {
		if got := spans(resolve(test.layers)); got != test.want {
			t.Errorf("%s:\nwant %s\n got %s", test.name, test.want, got)
		}
	}
}
