package segment

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/rules"
)

// phenomena are those that splitters of sentences are tested for, as far as news has them; docs/detection.md lists them all. ‖ stands between sentences.
var phenomena = []struct{ name, text string }{
	{"full stop", "The ferry sank.‖ Nobody drowned."},
	{"question mark", "Who opened the gate?‖ The keeper had left."},
	{"exclamation mark", "What a mess!‖ The road is shut."},
	{"several marks", "The road is shut!!‖ What now??‖ Really?!‖ Nobody knows!?‖ Nobody asks."},
	{"initial", "The mill belongs to Nora E. Tramm of Leeds."},
	{"two initials", "The mill belongs to N. E. Tramm.‖ It is for sale."},
	{"initials together", "The mill belongs to N.E. Tramm.‖ It is for sale."},
	{"initial I", "We fought for it, you and I.‖ Did Albert I. Tramm sign the deed?"},
	{"initial I first", "The judge is I. Ray Tramm.‖ He is strict."},
	{"initial I, no name", "Nobody runs as fast as I.‖ Ray Tramm lost.‖ You and I.‖ Ray Tramm waits."},
	{"numeral", "It stood through World War I.‖ Then it burned."},
	{"hepatitis", "She caught hepatitis A.‖ Doctors were slow."},
	{"page", "The figure is on p. 55 of the report."},
	{"number sign", "The house at No. 7 is empty.‖ Nos. 9 and 11 are too."},
	{"no", "Was it safe?‖ She said no.‖ They left."},
	{"figure", "The crack is shown in Fig. 2 and in vol. 3."},
	{"company within", "The deal with Tramm, Boyd & Co. at the port fell through."},
	{"company at the end", "The town sued Tramm, Boyd & Co.‖ It lost the case."},
	{"company before a name", "He left Tramm Inc. Chairman Ann Boyd on Monday."},
	{"company before a verb", "Tramm Ltd. said so.‖ Boyd Corp. did not."},
	{"and co. within", "Are Tramm and co. ready for the vote?"},
	{"and co. at the end", "The town sued Tramm and co.‖ They lost the case."},
	{"mountain", "Smoke rose from Mt. Etna on Sunday."},
	{"saint and street", "St. Mary’s Church stands on 8th St. near the quay."},
	{"street at the end", "The church stands on Mill St.‖ It is shut."},
	{"fort", "The troops left Ft. Boyd at dawn."},
	{"title", "Gov. Ann Boyd met Sen. Ida Tramm and Lt. Col. Tom Rusk."},
	{"degree", "He has a Ph.D. from Lund.‖ She has an M.D. and teaches."},
	{"junior’s", "That is Ray Tramm Jr.’s farm."},
	{"junior at the end", "The farm went to Ray Tramm Jr.‖ He sold it."},
	{"junior before a verb", "Ray Tramm Jr. sold it."},
	{"country within", "He toured the U.S.A. last year."},
	{"country at the end", "Norway is not in the E.U.‖ How long will that last?"},
	{"country at the end, a name after", "She moved to the U.K.‖ The firm stayed."},
	{"country as modifier", "He works for the U.S. Government in Oslo."},
	{"country before a preposition", "He lived in the U.S. for 20 years."},
	{"Washington", "The march in Washington, D.C.‖ It began at noon."},
	{"month", "It opened on Jan. 3 and closed on Feb. 9."},
	{"weekday", "The court met on Mon. Oct. 4 in Leeds."},
	{"time", "At 5 a.m. Mr. Tramm went to the bank.‖ He left the bank at 6 P.M.‖ Mrs. Tramm stayed."},
	{"time, then the clause", "By about 9 p.m. Mayor Boyd had left.‖ On Monday at 7 a.m. Boyd came back."},
	{"time at the end, a name after", "Tramm left at 9 p.m.‖ Boyd stayed."},
	{"time and zone", "It starts at 9 p.m. EST on Friday."},
	{"era", "The wall dates from 300 A.D.‖ It was rebuilt in 900 B.C.E. stone."},
	{"versus", "The case of Tramm v. Boyd began.‖ It was Leeds vs. Lund again."},
	{"and so on", "They took pans, pots, etc.‖ Then they left."},
	{"for example", "Small ports, e.g. Lund, and large ones, i.e. Leeds, are shut."},
	{"about", "The bridge of c. 1720 is approx. 30 m long."},
	{"sum", "She has $100.50 in her bag.‖ He has £3.‖ It is not enough."},
	{"sum at the end", "The toll is $4.50.‖ It was $3."},
	{"decimal", "Prices rose 3.5 percent.‖ Wages rose 0.4."},
	{"version", "The 2.0 release failed.‖ Nobody knew."},
	{"parenthesis within", "He teaches physics (He was an engineer for 5 years.) at the school."},
	{"parenthesis of its own", "The vote was close.‖ (The mayor abstained.)‖ A second is due."},
	{"party and state", "Rep. Ann Boyd (D-Calif.) spoke.‖ Sen. Tom Rusk, R-Ky., did not."},
	{"address of mail", "Write to Ann.Boyd@example.com.‖ She answers."},
	{"address of a page", "The list is at https://www.example.com/a.b/list.html.‖ It is long."},
	{"host", "He founded Boyd.com in 1999.‖ It failed."},
	{"quote, then cue", "She turned to him, “This is great.” she said."},
	{"single quote, then cue", "She turned to him, 'This is great.' she said."},
	{"quote, then sentence", "She turned to him, “This is great.”‖ She held out the book."},
	{"stop after the mark", "She called it “great”.‖ He did not."},
	{"question, then cue", "“Who signed it?” the mayor asked.‖ “Not me!” Boyd cried."},
	{"list with stops", "1. Turn off the gas.‖ 2. Leave the house."},
	{"list with brackets", "1) Turn off the gas.‖ 2) Leave the house."},
	{"list with stops and brackets", "1.) Turn off the gas.‖ 2.) Leave the house."},
	{"list with dots", "• Turn off the gas.‖ • Leave the house."},
	{"reference number", "The grave is at No. 1026.253.553.‖ That is all we know."},
	{"name with !", "She works at Yahoo! in accounting."},
	{"name with !, a name after", "She runs Yahoo! Japan and knows Jeopardy! champion Ann Boyd."},
	{"name with ! at the end", "She left Yahoo!‖ The firm was sold."},
	{"title with !", "The novel is called “Guards! Guards!” and sold well."},
	{"title with ?", "Her album “Who? Me?” came out in May.‖ It sold well."},
	{"words with !", "“Stop!‖ Thief!” he cried.‖ She yelled, “Fire!‖ Help!” and ran."},
	{"ellipsis at the end of a quote", "Boyd wrote that “the laws will seem less complex. . . .”‖ He was wrong."},
	{"ellipsis in brackets", "“Boyd [...] spoke of stairs [...]” (Tramm 55)."},
	{"ellipsis and full stop", "The words were left off . . . .‖ The rest is here."},
	{"four dots", "I never meant that....‖ She left the room."},
	{"ellipsis within", "I was not really ... well, what I mean...see . . . what I say, it is . . . I did not do it."},
	{"ellipsis before a sentence", "He paused…‖ The crowd waited."},
	{"lost space", "It rained on Monday.‖The fire went out.‖ Nobody knew."},
	{"lower-case brand", "The phone failed.‖ iPhone sales fell."},
	{"ranks", "The No. 1 seed lost.‖ No. 2 won."},
	{"ship", "The U.S.S. Boyd sailed.‖ H.M.S. Tramm stayed."},
	{"a.k.a.", "Ray Tramm, a.k.a. Rocky, was held."},
	{"rapper", "The rapper Will.i.am and the band R.E.M. played.‖ They left."},
	{"dash", "He had a plan — It failed."},
	{"colon", "One thing is sure: The road is shut."},
	{"semicolon", "The road is shut; The bridge is not."},
}

func TestPhenomena(t *testing.T) {
	s := New(rules.MustEnglish())
	for _, test := range phenomena {
		t.Run(test.name, func(t *testing.T) {
			var want, got []string
			for p := range strings.SplitSeq(test.text, "‖") {
				want = append(want, strings.TrimSpace(p))
			}
			d := process(t, s, strings.ReplaceAll(test.text, "‖", ""))
			for _, x := range d.Sentences {
				got = append(got, d.Slice(x.Span))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
