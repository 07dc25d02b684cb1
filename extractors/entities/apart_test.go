package entities

import (
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
)

func TestApart(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"They met in [LOC Orrin, Ohio].", "LOC Orrin; LOC Ohio"},
		{"They met in [LOC Orrin, Moss County, Ohio].", "LOC Orrin; LOC Moss County; LOC Ohio"},
		{"They met in [LOC Orrin (Canada].", "LOC Orrin; LOC Canada"},
		{"They met in [LOC Orrin in Canada].", "LOC Orrin; LOC Canada"},
		{"They met at [LOC Canada’s Moss Hall].", "LOC Canada; LOC Moss Hall"},
		{"[ORG Canada's Moss Ministry] met.", "LOC Canada; ORG Moss Ministry"},
		{"[ORG United Nations’ Moss Panel] met.", "ORG United Nations; ORG Moss Panel"},
		{"In [LOC Orrin] [ORG Orrin’s Moss Ministry] met.", "LOC Orrin; LOC Orrin; ORG Moss Ministry"},
		{"[ORG Orrin’s Moss Ministry] met.", "ORG Orrin’s Moss Ministry"},
		{"[ORG! Canada’s Moss Ministry] met.", "ORG Canada’s Moss Ministry"},
		{"They met in the [LOC Indian state of Kerala].", "LOC Kerala"},
		{"They met in the [LOC Isle of Moss].", "LOC Isle of Moss"},
		{"The [ORG Government of New Zealand] and the [ORG Government of National Unity] met.", "LOC New Zealand; ORG Government of National Unity"},
		{"[ORG Ohio Democrats], [ORG Senate Republicans] and [ORG Sweden Democrats] met.", "LOC Ohio; ORG Senate; ORG Sweden Democrats"},
		{"[ORG Harvard University Republicans] met.", "ORG Harvard University Republicans"},
		{"[ORG Orrin Democrats] met.", "ORG Orrin Democrats"},
		{"They flew to [LOC Trinidad] and [LOC Tobago], [LOC Canada] and [LOC Mexico].", "LOC Trinidad and Tobago; LOC Canada; LOC Mexico"},
		{"[ORG Rook, Moss & Co] fell.", "ORG Rook, Moss & Co"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, apart(v, table, ms)); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}
