package entities_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

func userList(tb testing.TB, name, text string) *entities.UserList {
	tb.Helper()
	l, err := entities.LoadUserList(strings.NewReader(text), name)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

const ownNames = "# the names of our articles\n" +
	"Name\tType\tCanonical name\n" +
	"Kestrel\tORG\tKestrel Holdings plc\n" +
	"Kestrel Street\tLOC\r\n" +
	"\n" +
	"the Mill's Own\tORG\n" +
	"Paris\tPER\tParis Moor\n" +
	"KH plc\tORG\tKestrel Holdings plc\n" +
	"Trowbridge\tMISC\n"

func TestUserList(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"longest match", "He left Kestrel Street for Kestrel.", "LOC Kestrel Street; ORG Kestrel"},
		{"whole tokens", "Kestrels and Kestrel-led firms; a Kestrel’s nest.", "ORG Kestrel"},
		{"case", "KESTREL and kestrel.", ""},
		{"within a sentence", "It was Kestrel. Street by street they went.", "ORG Kestrel"},
		{"white space", "He walked down Kestrel \u00a0Street to see it.", "LOC Kestrel \u00a0Street"},
		{"full stop", "They own KH plc. It is a mill.", "ORG KH plc."},
		{"either apostrophe", "They read the Mill’s Own and the Mill's Own.", "ORG the Mill’s Own; ORG the Mill's Own"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			process := listed(t, userList(t, "own.tsv", ownNames), nobody{})
			d := annot.New("", test.text)
			process(t, d)
			var got []string
			for _, m := range d.Mentions {
				if m.By != "user/gazetteer" || m.Confidence != 1 {
					t.Errorf("%q by %s with confidence %v", d.Slice(m.Span), m.By, m.Confidence)
				}
				got = append(got, m.Type.String()+" "+d.Slice(m.Span))
			}
			if s := strings.Join(got, "; "); s != test.want {
				t.Errorf("want %s, got %s", test.want, s)
			}
		})
	}
}

// nobody finds nothing, so that the list is alone.
type nobody struct{}

func (nobody) Name() string                                { return "nobody" }
func (nobody) Recognize(d *annot.Document) []annot.Mention { return nil }

// pairs takes each token and the next for one name.
type pairs struct{}

func (pairs) Name() string { return "pairs" }

func (pairs) Recognize(d *annot.Document) (all []annot.Mention) {
	for i := 1; i < len(d.Tokens); i++ {
		all = append(all, annot.Mention{Span: annot.Span{Start: d.Tokens[i-1].Start, End: d.Tokens[i].End}, Type: annot.ORG, By: "pairs/x", Confidence: 1})
	}
	return all
}

// listed returns a function that finds the entities of a document with a list of names.
func listed(tb testing.TB, l *entities.UserList, recognizers ...entities.Recognizer) func(testing.TB, *annot.Document) {
	tb.Helper()
	return after(stage(tb, recognizers...).WithList(l))
}

// The list wins over every recognizer, and its canonical names are those of the entities.
func TestUserListWins(t *testing.T) {
	without := stage(t, pairs{})
	d := annot.New("", "the Kestrel Street of Kestrel Group and Paris who saw nothing")
	after(without.WithList(userList(t, "own.tsv", ownNames)))(t, d)
	want := []string{"user/gazetteer Kestrel Street", "user/gazetteer Kestrel", "user/gazetteer Paris", "pairs/x saw nothing"}
	if diff := cmp.Diff(want, sources(d)); diff != "" {
		t.Error(diff)
	}
	d = annot.New("", "the Kestrel Street")
	after(without)(t, d)
	if diff := cmp.Diff([]string{"pairs/x Kestrel Street"}, sources(d)); diff != "" {
		t.Error("WithList changed the stage:", diff)
	}
}

// Of two lists the one that was added first wins.
func TestTwoUserLists(t *testing.T) {
	first, second := userList(t, "a.tsv", "Kestrel\tORG\n"), userList(t, "b.tsv", "Kestrel\tPER\nRye\tLOC\n")
	d := annot.New("", "Kestrel left Rye.")
	after(stage(t, nobody{}).WithList(first).WithList(second))(t, d)
	if len(d.Mentions) != 2 || d.Mentions[0].Type != annot.ORG || d.Mentions[1].Type != annot.LOC {
		t.Errorf("%+v", d.Mentions)
	}
}

// sources returns what found each mention, and its text.
func sources(d *annot.Document) (all []string) {
	for _, m := range d.Mentions {
		all = append(all, m.By+" "+d.Slice(m.Span))
	}
	return all
}

// With a list and no recognizer named, the stage asks the built-in ones.
func TestUserListCanonicalNames(t *testing.T) {
	process := listed(t, userList(t, "own.tsv", ownNames))
	d := annot.New("", "Shares of Kestrel rose in London, said Bo Lind. KH plc had sold Kestrel Holdings plc, as the body was called. "+
		"“I saw it,” said Paris. Paris Moor is his full name.")
	process(t, d)
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	var got []string
	for _, e := range d.Entities {
		got = append(got, fmt.Sprintf("%s %s: %s, %d mentions", e.Type, e.Name, strings.Join(e.Aliases, ", "), len(e.Mentions)))
	}
	want := []string{"ORG Kestrel Holdings plc: KH plc, Kestrel, 3 mentions", "LOC London: , 1 mentions", "PER Bo Lind: , 1 mentions", "PER Paris Moor: Paris, 2 mentions"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// an acronym that the list does not have
	d = annot.New("", "Shares of Kestrel rose. A spokesman for the KHP said it was sorry.")
	process = listed(t, userList(t, "own.tsv", "Kestrel\tORG\tKestrel Holdings Plc\n"))
	process(t, d)
	if len(d.Entities) != 1 || d.Entities[0].Name != "Kestrel Holdings Plc" || !cmp.Equal(d.Entities[0].Aliases, []string{"KHP", "Kestrel"}) {
		t.Errorf("%+v", d.Entities)
	}
	process = listed(t, userList(t, "own.tsv", ownNames))
	// a name that the text does not hold
	d = annot.New("", "Shares of Kestrel rose.")
	process(t, d)
	if e := d.Entities[0]; e.Name != "Kestrel Holdings plc" || !cmp.Equal(e.Aliases, []string{"Kestrel"}) {
		t.Errorf("%+v", e)
	}
}

func TestUserListCSV(t *testing.T) {
	l := userList(t, "own.csv", "\ufeffname,type\n\"Moor, Lind & Co\",ORG\n# none\nAda,PER,\"Ada \"\"Ace\"\" Moor\"\n")
	d := annot.New("", "Ada left Moor, Lind & Co.")
	listed(t, l, nobody{})(t, d)
	if len(d.Entities) != 2 || d.Entities[0].Name != `Ada "Ace" Moor` || d.Entities[1].Name != "Moor, Lind & Co." {
		t.Errorf("%+v", d.Entities)
	}
}

func TestUserListFaults(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"all", "own.tsv", "Rye\nRye\tTOWN\n\tLOC\nRye\tLOC\tRye\tx\nRye\tLOC\nRye\tPER\nR\xffe\tLOC\n",
			"own.tsv:1: no type after \"Rye\"; write PER, LOC, ORG or MISC in the second column\n" +
				"own.tsv:2: unknown type \"TOWN\"; use PER, LOC, ORG or MISC\n" +
				"own.tsv:3: no name; write it in the first column\n" +
				"own.tsv:4: 4 columns; write name, type and, if you want, the canonical name\n" +
				"own.tsv:6: \"Rye\" has another type or canonical name in line 5; keep one\n" +
				"own.tsv:7: not UTF-8; save the file as UTF-8"},
		{"csv", "own.csv", "Rye,LOC\n\"Oslo\nis,LOC\nx,y\n", "own.csv:2: extraneous or missing \" in quoted-field; double a quotation mark within quotation marks"},
		{"csv line", "own.csv", "\"Rye\nHarbour\",LOC\nLund,TOWN\n", "own.csv:3: unknown type \"TOWN\"; use PER, LOC, ORG or MISC"},
		{"empty", "own.tsv", "# nothing\n", "own.tsv: no names; write a name and its type on each line"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := entities.LoadUserList(strings.NewReader(test.text), test.file)
			if err == nil || err.Error() != test.want {
				t.Errorf("want %s\ngot %v", test.want, err)
			}
		})
	}
}

func FuzzLoadUserList(f *testing.F) {
	f.Add(ownNames, "Kestrel Street of Kestrel", true)
	f.Add("a,PER\n\"b,c\",LOC,d", "a b, c", false)
	process := map[bool]string{true: "own.tsv", false: "own.csv"}
	f.Fuzz(func(t *testing.T, list, text string, tsv bool) {
		l, err := entities.LoadUserList(strings.NewReader(list), process[tsv])
		if err != nil {
			return
		}
		d := annot.New("", strings.ToValidUTF8(text, "?"))
		listed(t, l, nobody{})(t, d)
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}

func ExampleLoadUserList() {
	l, err := entities.LoadUserList(strings.NewReader("HMRC\tORG\tHM Revenue and Customs\n"), "own.tsv")
	if err != nil {
		fmt.Println(err)
		return
	}
	stage, err := entities.New(rules.MustEnglish())
	if err != nil {
		fmt.Println(err)
		return
	}
	stage = stage.WithList(l)
	fmt.Println(stage.Name())
	_, err = entities.LoadUserList(strings.NewReader("HMRC\tbody\n"), "own.tsv")
	fmt.Println(err)
	// Output:
	// entities
	// own.tsv:1: unknown type "body"; use PER, LOC, ORG or MISC
}

// White space around a column is no part of it.
func TestUserListSpaces(t *testing.T) {
	d := annot.New("", "Shares of Kestrel rose.")
	listed(t, userList(t, "own.tsv", " Kestrel \t ORG \t Kestrel Holdings plc \n"), nobody{})(t, d)
	if len(d.Entities) != 1 || d.Entities[0].Name != "Kestrel Holdings plc" || d.Entities[0].Type != annot.ORG {
		t.Errorf("%+v", d.Entities)
	}
}
