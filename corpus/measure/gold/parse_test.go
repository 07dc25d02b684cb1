package gold

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const sample = `A strike, in short.
-- text --
Bakers {not mark-up} strike

{LOC:Ryeport|RYEPORT} — He said no. “No flour,” said {PER:Ada Moor} of {ORG:Rye Mills}. “She said he said yes.

“We stay.” Then he, not she, said so.

“No flour,” {PER:Ada Moor|Moor} said again. The “artisan” loaf is gone.
-- quotes --
- parts: ["“No flour,”", "“She said he said yes.", "“We stay.”"]
  kind: direct
  status: attributed
  speaker: {mention: Ada Moor, name: Ada Moor, type: person}
  cue: said
  flags: [multi_paragraph, social]
- parts: ["“No flour,”"]
  kind: direct
  status: attributed
  speaker: {mention: Moor, name: Ada Moor, type: person}
  cue: said@6
-- spans --
- {text: "“artisan”", why: scare}
-- zones --
- {start: Bakers, zone: headline}
- {start: RYEPORT, zone: dateline}
`

func TestParse(t *testing.T) {
	a, err := Parse("sample", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(a.Text, "PER:") || !strings.Contains(a.Text, "{not mark-up}") {
		t.Errorf("mark-up is not what was taken out of %q", a.Text)
	}
	// around shows a span with what follows, which tells one occurrence from another.
	around := func(s annot.Span) string { return a.Slice(s) + "|" + a.Text[s.End:s.End+5] }
	var got []string
	for _, m := range a.Mentions {
		got = append(got, m.Type.String()+" "+m.Canonical+" "+around(m.Span))
	}
	for _, q := range a.Quotes {
		for _, p := range q.Parts {
			got = append(got, around(p))
		}
		got = append(got, q.Kind.String()+" "+q.Status.String()+" "+q.Speaker.Type.String()+" "+q.Speaker.Name, around(q.Speaker.Mention), around(q.Cue),
			strings.Join(q.Flags.Names(), " "))
	}
	for _, s := range a.Spans {
		got = append(got, s.Why+" "+around(s.Span))
	}
	for _, z := range a.Zones {
		got = append(got, z.Zone.String()+" "+around(z.Span))
	}
	want := []string{
		"LOC Ryeport RYEPORT| — ", "PER Ada Moor Ada Moor| of R", "ORG Rye Mills Rye Mills|. “", "PER Ada Moor Moor| said",
		"“No flour,”| said", "“She said he said yes.|\n\n“", "“We stay.”| Then",
		"direct attributed person Ada Moor", "Ada Moor| of R", "said| Ada ", "multi_paragraph social",
		"“No flour,”| Moor", "direct attributed person Ada Moor", "Moor| said", "said| agai", "",
		"scare “artisan”| loaf", "headline Bakers| {not", "dateline RYEPORT| — ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMentionNearestToTheQuote(t *testing.T) {
	for _, test := range []struct{ name, text, part, mention, want string }{
		{"before", "He left. Then he said: “No.” She saw him. After that he went.", "“No.”", "he", "he| said:"},
		{"after", "Once he went. “No.” he said.", "“No.”", "he", "he| said."},
		{"not-in-a-word", "“No.” she said, and so did he, too.", "“No.”", "he", "he|, too."},
		{"not-in-the-quote", "Long ago he said: “If he can, he will.”", "“If he can, he will.”", "he", "he| said:"},
		{"numbered", "He said: “No.” And he, and he, too.", "“No.”", "he@2", "he|, too."},
		{"handle", "“No.” wrote @ada_3@2.", "“No.”", "@ada_3@2", "@ada_3@2|."},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, err := Parse("x", []byte("-- text --\n"+test.text+"      \n-- quotes --\n- parts: ['"+test.part+"']\n  kind: direct\n  status: attributed\n"+
				"  speaker: {mention: '"+test.mention+"', type: anonymous}\n"))
			if err != nil {
				t.Fatal(err)
			}
			m := a.Quotes[0].Speaker.Mention
			if got := a.Slice(m) + "|" + strings.TrimRight(a.Text[m.End:m.End+7], " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A mention is not looked for in the quotes of others, but may be in one that encloses the quote.
func TestMentionAmongQuotes(t *testing.T) {
	a, err := Parse("x", []byte(`-- text --
Here he said: “No.” “So he did.” “Then he shouted, ‘Go,’ and that was it,” said Moor.
-- quotes --
- {parts: ["“No.”"], kind: direct, status: attributed, speaker: {mention: he, type: anonymous}}
- {parts: ["“So he did.”"], kind: direct, status: attributed, speaker: {mention: he, type: anonymous}}
- {parts: ["“Then he shouted, ‘Go,’ and that was it,”"], kind: direct, status: attributed, speaker: {mention: Moor, type: person}}
- {parts: ["‘Go,’"], kind: direct, status: attributed, speaker: {mention: he, type: anonymous}}
`))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"he| said", "he| said", "Moor|.\n", "he| shou"} {
		m := a.Quotes[i].Speaker.Mention
		if got := a.Slice(m) + "|" + a.Text[m.End:min(len(a.Text), m.End+5)]; got != want {
			t.Errorf("quote %d: got %q, want %q", i+1, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	quote := "-- text --\n“Go,” said Moor, and Moor left.\n-- quotes --\n- {parts: ['“Go,”'], kind: direct, status: attributed, speaker: {mention: Moor, name: Moor, type: person}, cue: said}\n"
	for _, test := range []struct{ name, old, new, want string }{
		{"none", "", "", ""},
		{"part", "['“Go,”']", "['“Went,”']", `quote 1: part "“Went,”" is not in the article`},
		{"unquoted", "['“Go,”']", "[“Go,”]", `part "”" has no word; put the part in quotation marks of YAML`},
		{"no-parts", "['“Go,”']", "[]", "quote 1 has no parts; list"},
		{"order", "['“Go,”']", "['“Go,”', '“Go,”']", `part "“Go,”" is not in the article after the part before it; copy it exactly, marks included, and keep`},
		{"mention", "mention: Moor", "mention: Moo", `mention "Moo" is not in the article outside of quotes; copy it exactly`},
		{"mention-number", "mention: Moor", "mention: Moor@3", `mention "Moor" occurs 2 times in the article; correct the number after @`},
		{"cue", "cue: said", "cue: says", `cue "says" is not in the article`},
		{"name", "name: Moor", "name: Ada Moor", `the speaker's name "Ada Moor" is not in the article; write it as it occurs`},
		{"kind", "kind: direct", "kind: straight", `unknown kind "straight"; use direct,`},
		{"status", "status: attributed", "status: known", `unknown status "known"; use attributed,`},
		{"type", "type: person", "type: PER", `unknown speaker type "PER"; use person,`},
		{"flag", "cue: said", "cue: said, flags: [loud]", `unknown flag "loud"`},
		{"nobody", "mention: Moor, name: Moor, type: person", "", "is attributed to nobody; give"},
		{"key", "cue:", "queue:", "section quotes, lines counted from its start: "},
		{"no-text", "-- text --\n", "", "no text; add a section -- text --"},
		{"section", "-- quotes --", "-- quote --", `unknown section "quote"; use text,`},
		{"twice", "-- quotes --", "-- text --\nx\n-- quotes --", `section "text" is there twice; join`},
		{"entity-type", "said Moor", "said {PERSON:Moor}", `unknown entity type "PERSON" in "{PERSON:Moor}, and Moor left."; use PER,`},
		{"unclosed", "said Moor,", "said {PER:Moor,", `"{PER:Moor, and Moor left." is not closed on its line; add }`},
		{"nested", "said Moor", "said {PER:Moor of {LOC:Rye}}", "is not closed on its line; add } after the name, and do not put"},
		{"empty-name", "said Moor", "said {PER:|Moor}", "empty name, or space at its ends, in "},
		{"span", "-- quotes --", "-- spans --\n- {text: x1, why: scare}\n-- quotes --", `span "x1" is not in the article`},
		{"why", "-- quotes --", "-- spans --\n- {text: left, why: bored}\n-- quotes --", `span "left": unknown reason "bored"`},
		{"zone", "-- quotes --", "-- zones --\n- {start: “Go, zone: top}\n-- quotes --", `zone start "“Go": unknown zone "top"; use headline,`},
		{"utf-8", "Moor left", "Moor\xff left", "not valid UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("bad", []byte(strings.Replace(quote, test.old, test.new, 1)))
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want == "":
			case err == nil:
				t.Fatal("no error")
			case !strings.HasPrefix(err.Error(), "bad.txtar: ") || !strings.Contains(err.Error(), test.want):
				t.Errorf("error %q does not name the file and say %q", err, test.want)
			}
		})
	}
}

func TestLoadReportsAllFaults(t *testing.T) {
	articles, err := Load(fstest.MapFS{
		"b.txtar": {Data: []byte("-- text --\nx\n-- zones --\n- {start: x, zone: top}\n- {start: y, zone: body}\n")},
		"a.txtar": {Data: []byte("-- text --\nx\n")},
		"c.txtar": {Data: []byte("nothing")},
		"d.txt":   {Data: []byte("not gold")},
	})
	if err == nil || strings.Count(err.Error(), "b.txtar: ") != 2 || strings.Count(err.Error(), "c.txtar: ") != 1 {
		t.Errorf("error is %v, want two faults of b.txtar and one of c.txtar", err)
	}
	if len(articles) != 1 || articles[0].Name != "a" {
		t.Errorf("%d articles, want a alone", len(articles))
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is no error")
	}
}

func TestTaxonomyLoads(t *testing.T) {
	cases, err := Taxonomy()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	quotes := 0
	for _, c := range cases {
		if c.ID == "" || seen[c.ID] || c.Group == "" || c.Text == "" || c.Phenomenon == "" {
			t.Errorf("case %q is incomplete, or there twice", c.ID)
		}
		seen[c.ID] = true
		quotes += len(c.Quotes)
	}
	if len(cases) < 90 || quotes < 80 {
		t.Errorf("%d cases with %d quotes; some are lost", len(cases), quotes)
	}
}

func TestReadJSONL(t *testing.T) {
	gold := `{"id": "n1", "text": "“Né,” said Zoë. “x”", "quotes": [
		{"start": 0, "end": 5, "kind": "direct", "speaker": {"start": 11, "end": 14, "text": "Zoë"}},
		{"start": 6, "end": 14, "kind": "indirect", "speaker": null},
		{"start": 16, "end": 19, "kind": "mixed", "speaker": {"start": null}}], "discard": [[0, 2], {"start": 16, "end": 17}]}`
	names := `{"id": "n1", "quotes": [{"q": 0, "name": "Zoë", "type": "person"}, {"q": 1, "name": null, "type": "group"}]}`
	articles, err := ReadJSONL(strings.NewReader(strings.ReplaceAll(gold, "\n", " ")+"\n\n"), strings.NewReader(names))
	if err != nil {
		t.Fatal(err)
	}
	a := articles[0]
	got := []string{a.Slice(a.Quotes[0].Parts[0]), a.Slice(a.Quotes[0].Speaker.Mention), a.Quotes[0].Speaker.Name, a.Slice(a.Quotes[1].Parts[0]),
		a.Slice(a.Quotes[2].Parts[0]), a.Quotes[2].Speaker.Type.String(), a.Slice(a.Discard[0]), a.Slice(a.Discard[1])}
	want := []string{"“Né,”", "Zoë", "Zoë", "said Zoë", "“x”", "group", "“N", "“"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	split := `{"id": "n2", "text": "No, he said, no bread.", "quotes": [{"start": 13, "end": 21, "kind": "indirect", "group": "E1", "cue": {"start": 7, "end": 11}},
		{"start": 0, "end": 2, "kind": "indirect", "group": "E1"}, {"start": 0, "end": 2, "kind": "indirect", "group": "E2"}]}`
	if articles, err = ReadJSONL(strings.NewReader(strings.ReplaceAll(split, "\n", " ")), nil); err != nil {
		t.Fatal(err)
	}
	if a = articles[0]; len(a.Quotes) != 2 || len(a.Quotes[0].Parts) != 2 || a.Slice(a.Quotes[0].Parts[0]) != "No" || a.Slice(a.Quotes[0].Cue) != "said" {
		t.Errorf("the parts of a group are not one indirect quote in order, with its cue: %+v", a.Quotes)
	}
	spoken := `{"id": "n3", "quotes": [{"start": 0, "end": 5, "name": "Zoë", "type": "person"}, {"start": 16, "end": 19, "name": null, "type": "anonymous"}]}`
	if articles, err = ReadJSONL(strings.NewReader(`{"id": "n3", "text": "“Né,” said Zoë. “x”"}`), strings.NewReader(spoken)); err != nil {
		t.Fatal(err)
	}
	if a = articles[0]; len(a.Quotes) != 2 || a.Slice(a.Quotes[0].Parts[0]) != "“Né,”" || a.Quotes[0].Speaker.Name != "Zoë" || a.Quotes[1].Speaker.Type != annot.Anonymous {
		t.Errorf("quotes that the file of names gives: %+v", a.Quotes)
	}
	const marked = `{"id": "n4", "text": "“A” and “B” and “C” say “D”", "quotes": [{"start": 0, "end": 3, "kind": "direct"}],
		"not_quotes": [{"start": 8, "end": 11, "why": "term"}, {"start": 16, "end": 19, "why": "sign"}, [24, 27]]}`
	if articles, err = ReadJSONL(strings.NewReader(strings.ReplaceAll(marked, "\n", " ")), nil); err != nil {
		t.Fatal(err)
	}
	if a = articles[0]; a.Sampled || len(a.Spans) != 2 || a.Slice(a.Spans[0].Span) != "“B”" || a.Spans[0].Why != "term" || a.Slice(a.Spans[1].Span) != "“D”" || len(a.Discard) != 1 || a.Slice(a.Discard[0]) != "“C”" {
		t.Errorf("words in marks that are no quotes: %+v, discarded %+v", a.Spans, a.Discard)
	}
	sampled := `{"id": "n5", "quotes": [{"start": 0, "end": 3, "name": "Ada", "type": "person"}], "not_quotes": [[8, 11]]}`
	if articles, err = ReadJSONL(strings.NewReader(`{"id": "n5", "text": "“A” and “B”"}`), strings.NewReader(sampled)); err != nil {
		t.Fatal(err)
	}
	if a = articles[0]; !a.Sampled || len(a.Spans) != 1 || a.Slice(a.Spans[0].Span) != "“B”" {
		t.Errorf("what a file of names says to be no quote: %+v", a)
	}
	sampled = `{"id": "n6", "quotes": [], "not_quotes": [[0, 3]]}`
	if articles, err = ReadJSONL(strings.NewReader(`{"id": "n6", "text": "“A” and “B”"}`), strings.NewReader(sampled)); err != nil {
		t.Fatal(err)
	}
	if a = articles[0]; !a.Sampled || len(a.Quotes) != 0 || len(a.Spans) != 1 {
		t.Errorf("an article of which all that is annotated is no quote: %+v", a)
	}
	for _, bad := range []string{`{`, `{"id":"a","text":"x","quotes":[{"start":0,"end":1,"kind":"indirect","cue":{"start":0,"end":2}}]}`, `{"id":"a","text":"x","quotes":[{"start":0,"end":2,"kind":"direct"}]}`, `{"id":"a","text":"x","quotes":[{"start":0,"end":1,"kind":"odd"}]}`,
		`{"id":"a","text":"x","not_quotes":[{"start":0,"end":2,"why":"term"}]}`, `{"id":"a","text":"x","discard":[[1,0]]}`, `{"id":"a","text":"x","discard":["x"]}`} {
		if _, err := ReadJSONL(strings.NewReader(bad), nil); err == nil || !strings.Contains(err.Error(), "gold, line 1: ") {
			t.Errorf("%s: error is %v, want one that names line 1", bad, err)
		}
	}
}
