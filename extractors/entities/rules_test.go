package entities_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/rules"
)

// TestRules shows what the recognizer of names by rules proposes when it is alone. In the default pipeline the trained
// model comes first and finds most of these names itself, so that the golden files say little about the rules: they
// decide where the model finds nothing. An entry is the type, the name and the rule.
func TestRules(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	r := entities.NewRules(rules.MustEnglish(), table)
	for _, test := range []struct{ name, text, want string }{
		{"acronym spelt out",
			"The United Nations Security Council met on Monday. The U.N. Security Council voted.\n\nThe Security Council will meet again.",
			"ORG United Nations Security Council org-head; ORG U.N. Security Council org-head; ORG Security Council org-head"},
		{"acronym",
			"The Harbor Safety Authority (HSA) closed the bridge on Monday. The HSA will open it in May.",
			"ORG Harbor Safety Authority org-head; ORG Harbor Safety Authority acronym; ORG HSA acronym"},
		{"ampersand", "Baird & Sons built the bridge on Monday.", "ORG Baird & Sons org-suffix"},
		{"apostrophe",
			"Brian O’Rourke opened the bridge with Sean O'Hara on Monday.",
			"PER Brian O’Rourke first-name; PER Sean O'Hara first-name"},
		{"arabic particle", "Omar al-Hadidi opened the bridge on Monday.", "PER Omar al-Hadidi first-name"},
		{"bank of", "The Bank of England paid for the bridge.", "ORG Bank of England org-of"},
		{"body short form",
			"Kestrel Energy Ltd. built the bridge in May, and the town paid for it. Kestrel will paint it.",
			"ORG Kestrel Energy Ltd. org-suffix; ORG Kestrel known-body"},
		{"byline",
			"Bridge opens after ten years\n\nBy Ann Cole\n\nThe bridge opened on Monday, and the town was glad.",
			"PER Ann Cole first-name"},
		{"city after in", "The bridge in Paris opened on Monday.", "none"},
		{"city and state", "The bridge in Denver, Colorado, opened on Monday.", "none"},
		{"company named like person",
			"Robert Tull founded Tull Industries in Denver.",
			"PER Robert Tull first-name; ORG Tull Industries org-suffix"},
		{"country adjective name", "The Denver Police Department closed the bridge on Monday.", "ORG Denver Police Department org-head"},
		{"country", "France sent a team to the bridge on Monday.", "none"},
		{"dateline", "PARIS — The bridge opened on Monday.", "LOC PARIS dateline"},
		{"demonym", "A French engineer and two Germans built the bridge.", "none"},
		{"different persons", "Ann Cole opened the bridge. Mary Cole closed it.", "PER Ann Cole first-name; PER Mary Cole first-name"},
		{"first name later", "Ann Cole opened the bridge on Monday. Ann cut the ribbon.", "PER Ann Cole first-name; PER Ann known-surname"},
		{"foreign letters",
			"José Muñoz and Søren Ødegård opened the bridge on Monday.",
			"PER José Muñoz first-name; PER Søren Ødegård first-name"},
		{"full name", "Ann Cole opened the bridge on Monday.", "PER Ann Cole first-name"},
		{"gender from pronoun", "Robin Tull said he opened the bridge on Monday.", "PER Robin Tull first-name"},
		{"headline case",
			"Mayor Ann Cole Opens New Bridge After Ten Long Years\n\nThe bridge opened on Monday, and the mayor, Ann Cole, cut the ribbon for the town.",
			"PER Ann Cole title-name; PER Ann Cole first-name"},
		{"hyphen", "Mary Baird-Tully met Jean-Pierre Morel on Monday.", "PER Mary Baird-Tully first-name; PER Jean-Pierre Morel first-name"},
		{"initials", "J. R. Tully and Mary K. Baird opened the bridge on Monday.", "PER J. R. Tully first-name; PER Mary K. Baird first-name"},
		{"list of names",
			"Ann Cole, Robert Tull and Mary Baird opened the bridge.",
			"PER Ann Cole first-name; PER Robert Tull first-name; PER Mary Baird first-name"},
		{"middle initial left out",
			"Mary K. Baird opened the bridge on Monday. Mary Baird cut the ribbon.",
			"PER Mary K. Baird first-name; PER Mary Baird first-name"},
		{"middle name left out",
			"Mary Ellen Baird opened the bridge on Monday. Mary Baird cut the ribbon.",
			"PER Mary Ellen Baird first-name; PER Mary Baird first-name"},
		{"military title", "Lt. Col. Mary Baird opened the bridge on Monday.", "PER Mary Baird title-name"},
		{"misspelt surname",
			"Dr. Harold Lindqvist wrote a letter. Dr. Lindqvst was in a hurry.",
			"PER Harold Lindqvist title-name; PER Lindqvst title-name"},
		{"month and weekday", "On Monday, the bridge opened. In May, June and August it will close.", "none"},
		{"name across sentences",
			"The bridge was built by Ann Cole. Robert Tull cut the ribbon.",
			"PER Ann Cole first-name; PER Robert Tull first-name"},
		{"name within name",
			"President Dunmore spoke on Monday at the Harold Dunmore School.",
			"PER Dunmore title-name; ORG Harold Dunmore School org-head"},
		{"namesake kin",
			"Ted Marsh spoke on Monday. His wife, Heidi Marsh, did not. A photo of Heidi Marsh was shown.\n\nMarsh said it was late.",
			"PER Ted Marsh first-name; PER Heidi Marsh first-name; PER Heidi Marsh first-name; PER Marsh known-surname"},
		{"namesake title",
			"Governor Dale Marsh met Senator Rita Marsh in Denver. Rita Marsh was late.\n\nGovernor Marsh left early.",
			"PER Dale Marsh title-name; PER Rita Marsh title-name; PER Rita Marsh first-name; PER Marsh title-name"},
		{"newspaper", "Ann Cole told the Exton Herald about the bridge.", "PER Ann Cole first-name; ORG Exton Herald org-head"},
		{"nickname",
			"Robert “Bobby” Tull opened the bridge on Monday. Bobby Tull cut the ribbon.",
			"PER Robert “Bobby” Tull first-name; PER Bobby Tull first-name"},
		{"of name",
			"The Ministry of Health and the University of Exton paid for the bridge.",
			"ORG Ministry of Health org-of; ORG University of Exton org-of; ORG Ministry known-body; ORG University known-body; PER Exton first-name"},
		{"org head", "The Exton Road Authority closed the bridge on Monday.", "ORG Exton Road Authority org-head"},
		{"org suffix one", "The bridge was built by Kestrel Ltd in May.", "ORG Kestrel Ltd org-suffix"},
		{"org suffix",
			"The old bridge was built by Baird Steel Ltd. and was painted by Kestrel Rail Inc. after the war.",
			"ORG Baird Steel Ltd. org-suffix; ORG Kestrel Rail Inc. org-suffix"},
		{"particles", "Juan de la Cruz opened the bridge on Monday.", "PER Juan de la Cruz first-name"},
		{"particle surname",
			"Floris van Heemstede tot Rijn watched from a bridge. Van Heemstede said nothing.",
			"PER Floris van Heemstede first-name; PER Van Heemstede known-surname"},
		{"particle",
			"Ludwig van Osten opened the bridge on Monday. Van Osten cut the ribbon.",
			"PER Ludwig van Osten first-name; PER Van Osten surname"},
		{"party", "The Labour Party and the Green Party voted for the bridge.", "ORG Labour Party org-head; ORG Green Party org-head"},
		{"plural place", "It was cold and snow fell all week in the Rocky Mountains above the town.", "LOC Rocky Mountains place-head"},
		{"possessive", "Ann Cole’s car and Robert Tull's bike stood on the bridge.", "PER Ann Cole first-name; PER Robert Tull first-name"},
		{"pronoun gender", "Mary Baird opened the bridge with Robert Tull on Monday.", "PER Mary Baird first-name; PER Robert Tull first-name"},
		{"river", "The Thames and the Hudson River rose on Monday.", "LOC Hudson River place-head"},
		{"role before", "Former teacher Ann Cole opened the bridge on Monday.", "PER Ann Cole first-name"},
		{"role after", "Ann Cole, the mayor of Denver, opened the bridge on Monday.", "PER Ann Cole first-name"},
		{"roman suffix", "Robert Tull III opened the bridge on Monday.", "PER Robert Tull III first-name"},
		{"seat of government", "The Kremlin and the White House said nothing on Monday.", "ORG White House org-head"},
		{"sentence start", "Bridges are closed in winter. Nobody opened the bridge. Then rain came.", "none"},
		{"shared surname",
			"Ann Cole and Robert Cole opened the bridge on Monday. Cole cut the ribbon.",
			"PER Ann Cole first-name; PER Robert Cole first-name; PER Cole known-surname"},
		{"short first name",
			"Christopher Baird opened the bridge on Monday. Chris Baird cut the ribbon.",
			"PER Christopher Baird first-name; PER Chris Baird first-name"},
		{"short form after a",
			"The Tampa Bay Times printed the list on Monday.\n\nYears ago, a Times article praised it.",
			"ORG Tampa Bay Times org-head"},
		{"short of two forms",
			"Kestrel Deep Sea Ltd bought the yard, the owners said. Kestrel Deep Sea will pay next month. Shares of Kestrel fell.",
			"ORG Kestrel Deep Sea Ltd org-suffix; LOC Kestrel Deep Sea place-head; ORG Kestrel known-body"},
		{"spanish two surnames",
			"Claudia Ruiz Ortega opened the bridge on Monday. Ruiz cut the ribbon.",
			"PER Claudia Ruiz Ortega first-name; PER Ruiz known-surname"},
		{"speaks", "“The bridge is open,” said Zorvath.", "PER Zorvath speaks"},
		{"suffix comma", "Robert Tull, Jr., opened the bridge on Monday.", "PER Robert Tull, Jr. first-name"},
		{"suffix jr", "Robert Tull Jr. opened the bridge on Monday.", "PER Robert Tull Jr. first-name"},
		{"surname before full name",
			"Cole cut the ribbon on Monday. It took Ann Cole an hour.",
			"PER Ann Cole first-name; PER Cole known-surname"},
		{"surname only later", "Ann Cole opened the bridge on Monday. Cole cut the ribbon.", "PER Ann Cole first-name; PER Cole known-surname"},
		{"team", "Manchester United beat Arsenal on Monday.", "ORG Manchester United org-head"},
		{"title with body", "Denver Mayor Ann Cole opened the bridge on Monday.", "PER Ann Cole title-name"},
		{"title", "Mayor Ann Cole opened the bridge on Monday.", "PER Ann Cole title-name"},
		{"university city", "The University of Paris is in Paris.", "ORG University of Paris org-of; ORG University known-body"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := segmented(t, test.text)
			var got []string
			for _, m := range r.Recognize(d) {
				got = append(got, fmt.Sprintf("%s %s %s", m.Type, d.Slice(m.Span), strings.TrimPrefix(m.By, "rules/")))
			}
			if s := strings.Join(got, "; "); s != test.want && !(s == "" && test.want == "none") {
				t.Errorf("%s\nwant %s\n got %s", test.text, test.want, s)
			}
		})
	}
}
