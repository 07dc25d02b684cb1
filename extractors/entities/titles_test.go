package entities

import (
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/rules"
)

func TestTitled(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		// titles and jobs
		{"Then [PER Maj-Gen Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER Lt-Col Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER co-CEO Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER Editor-in-Chief Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER Samdech Techo Hor Vann] left.", "PER Hor Vann"},
		{"Then [PER Dato’ Seri Azlan Moss] left.", "PER Azlan Moss"},
		{"Then [PER Dato]’ [PER Azlan Moss] left.", "PER Azlan Moss"},
		{"Then [PER Pandit Ravi Moss] left.", "PER Ravi Moss"},
		{"Then [PER H.E. Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER MPs Tom Moss] and [PER Ida Rook] left.", "PER Tom Moss; PER Ida Rook"},
		{"Then [PER Engineer Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER Nigerian Tom Moss] left.", "PER Tom Moss"},
		{"Then [PER Sheikh Hassan] and [PER Sheikh Amina] left.", "PER Hassan; PER Sheikh Amina"},
		{"The [ORG insurer Moss Group] and the [ORG al-Moss Group] fell.", "ORG Moss Group; ORG al-Moss Group"},
		{"In [LOC southern Canada] and [LOC la Orrin] it rained.", "LOC Canada; LOC la Orrin"},
		{"Then [PER Pro Tem] [PER Ida Rook] left.", "PER Ida Rook"},
		// names
		{"Then [PER Earl Moss] and [PER Hunter J. Moss] left.", "PER Earl Moss; PER Hunter J. Moss"},
		{"Then [PER Baker Moss] and [PER Mary-Kate Moss] left.", "PER Baker Moss; PER Mary-Kate Moss"},
		{"Then [PER! Mayor Moss] left.", "PER Mayor Moss"},
		// posts
		{"The minister for Youth and [PER Sports Ida Rook] left.", "PER Ida Rook"},
		{"Vice President for Public [PER Affairs Tom Moss] left.", "PER Tom Moss"},
		{"Mayor of [PER Orrin Ida Rook] left.", "LOC Orrin; PER Ida Rook"},
		{"The mayor of [PER London Ida Rook] left.", "LOC London; PER Ida Rook"},
		{"The mayor of [PER Santa Riva] left.", "LOC Santa Riva"},
		{"The mayor of [PER San Paul] left.", "LOC San Paul"},
		{"The governor of [PER Nova Marina] left.", "LOC Nova Marina"},
		{"Governor of [ORG Orrin Ida Rook] left.", "LOC Orrin; PER Ida Rook"},
		{"The sheriff of [LOC San Rook] left.", "LOC San Rook"},
		{"The lawyer for [PER Abu Tom Moss] left.", "PER Abu Tom Moss"},
		{"The lawyer for [PER Tom Ali Moss] left.", "PER Tom Ali Moss"},
		{"The bishop of [PER Orrin] and the wife of [PER Moss] left.", "LOC Orrin; PER Moss"},
		// a job whose first word was taken for a name
		{"Senior [ORG Software] Engineer [PER Tom Moss] left.", "PER Tom Moss"},
		{"Senior [ORG Google] Engineer [PER Tom Moss] left.", "ORG Google; PER Tom Moss"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, titled(v, rules.MustEnglish(), table, ms)); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

func TestCredentials(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[PER Ida Rook], [LOC M.S.], [ORG R.D.], left [LOC Orrin].", "PER Ida Rook; LOC Orrin"},
		{"[PER Ida Rook, M.D., Ph.D.], left.", "PER Ida Rook"},
		{"[PER Ida Rook, MD], [ORG MPH], left.", "PER Ida Rook"},
		{"[PER Ida Rook] [ORG FRCP] left.", "PER Ida Rook"},
		{"[PER Tom Moss], [PER Esq.], left.", "PER Tom Moss"},
		{"[PER Tom Moss, S.J.], and [PER Ida Rook, O.P.], left.", "PER Tom Moss; PER Ida Rook"},
		{"[PER Tom Moss Jr.] left.", "PER Tom Moss Jr."},
		{"[PER Jack Ma] and [PER Ann Do] left.", "PER Jack Ma; PER Ann Do"},
		{"[PER ANN DO] and [PER ANN MOSS, MD], left.", "PER ANN DO; PER ANN MOSS"},
		{"[LOC Orrin], [LOC MD], is far.", "LOC Orrin; LOC MD"},
		{"[PER Ida Rook], [PER Ms. Moss] and [ORG MS Bank] left.", "PER Ida Rook; PER Ms. Moss; ORG MS Bank"},
		{"[PER! Ida Rook, MD] left.", "PER Ida Rook, MD"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, credentials(v, ms)); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}
