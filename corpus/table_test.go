package corpus

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// articlesOf returns the articles of one file, and fails on an error.
func articlesOf(t *testing.T, opt Options, name, content string) []*Article {
	t.Helper()
	opt.system = newFaulty(name, content)
	c, err := Open(t.Context(), []string{name}, opt)
	if err != nil {
		t.Fatal(err)
	}
	var articles []*Article
	for item := range c.Items(t.Context()) {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		articles = append(articles, item.Article)
	}
	return articles
}

func TestCSV(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"newlines in cells", "id,text\r\n1,\"One.\r\n\r\n\"\"Yes,\"\" she said.\"\r\n2,Two\r\n", []string{`a.csv#0 "One.\n\n\"Yes,\" she said."`, `a.csv#1 "Two"`}},
		{"bom", "\uFEFFtext,id\nOne,1", []string{`a.csv#0 "One"`}},
		{"utf-16", "\xFF\xFEt\x00e\x00x\x00t\x00\n\x00H\x00i\x00\n\x00", []string{`a.csv#0 "Hi"`}},
		{"semicolon", "id;text;note\n1;One, two;\n", []string{`a.csv#0 "One, two"`}},
		{"bar", "id|body\n1|One, two\n", []string{`a.csv#0 "One, two"`}},
		{"tab in a .csv", "id\tbody\n1\tOne, two\n", []string{`a.csv#0 "One, two"`}},
		{"comma in a quoted name", "\"a,b,c\";text\n1;One\n", []string{`a.csv#0 "One"`}},
		{"separator line", "sep=;\r\nid;text\r\n1;One\r\n", []string{`a.csv#0 "One"`}},
		{"one column", "Text\n\"One, two\"\nThree\n", []string{`a.csv#0 "One, two"`, `a.csv#1 "Three"`}},
		{"names in capitals", "ID, Body \n1,One\n", []string{`a.csv#0 "One"`}},
		{"blank lines", "text,id\n\n\nOne,1\n\r\n", []string{`a.csv#0 "One"`}},
		{"empty text", "id,text\n1,\n", []string{`a.csv#0 ""`}},
		{"only a header", "id,text\n", nil},
		{"empty", "", []string{`a.csv#0 read bad_table a.csv: empty; a table starts with a row of column names`}},
		{"wrong counts", "id,text\n1,One\n2,Two,too\n3\n4,\"Four\n4\"\n5,Five,5\n6,Six\n", []string{`a.csv#0 "One"`,
			`a.csv#1 read bad_table a.csv:3: the row has 3 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`,
			`a.csv#2 read bad_table a.csv:4: the row has 1 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`,
			`a.csv#3 "Four\n4"`,
			`a.csv#4 read bad_table a.csv:7: the row has 3 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`,
			`a.csv#5 "Six"`}},
		{"bare quote", "id,text\n1,The 5\" pipe\n2,Two\n", []string{`a.csv#0 "The 5\" pipe"`, `a.csv#1 "Two"`}},
		{"single quote inside", "id,text\n1,\"He said \"no\" twice\"\n2,Two\n", []string{
			`a.csv#0 read bad_table a.csv:2: the cell in quotes that begins or ends in line 2 is not closed, or has a single mark inside; double the marks within it`,
			`a.csv#1 "Two"`}},
		{"unclosed", "id,text\n1,One\n2,\"Two\n3,Three\n", []string{`a.csv#0 "One"`,
			`a.csv#1 read bad_table a.csv:3: the cell in quotes that begins or ends in line 4 is not closed, or has a single mark inside; double the marks within it`}},
		{"no text column", "id,words\n1,One\n", []string{`a.csv#0 read no_text a.csv:1: no column holds the article; name it text, body, content, article, maintext, plaintext, articleBody, or set Options.Map to a column; the columns are id, words`}},
		{"a spreadsheet", "PK\x03\x04…", []string{`a.csv#0 read binary a.csv: a ZIP archive or office document, not text; give an archive the ending .zip, convert a document first`}},
		{"bad bytes", "id,text\n1,\"\x93Yes,\x94 she said\"\n2,“caf\xE9”\n3,a\x00b\n", []string{`a.csv#0 "“Yes,” she said"`, "a.csv#1 \"“caf\uFFFD”\"", "a.csv#2 \"a\uFFFDb\""}},
		{"two columns of a name", "text,text\nOne,Two\n", []string{`a.csv#0 "Two"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, list(t, Options{system: newFaulty("a.csv", test.content)}, "a.csv"))
		})
	}
}

// Cells become the fields of Meta, the others stay as they are; what was changed in the text is listed.
func TestCSVArticle(t *testing.T) {
	row := "007,Bridge,2026-01-02,https://example.org/1,Ann Lee; Bo Ek,\"It\r\nopened.\x00\",news,,"
	got := articlesOf(t, Options{}, "a.csv", "uid,Headline,date,url,authors,text,section,empty,\r\n"+row+"\r\n")
	want := []*Article{{Path: "a.csv", Text: "It\nopened.\uFFFD", Bytes: int64(len(row)), SHA256: hash([]byte(row)), Encoding: "utf-8",
		Repairs: []Repair{{RepairCRLF, 1, 2}, {RepairNUL, 1, 10}},
		Meta: Meta{ID: new("007"), Title: new("Bridge"), Date: new("2026-01-02"), URL: new("https://example.org/1"), Authors: []string{"Ann Lee", "Bo Ek"},
			Extra: map[string]any{"section": "news", "empty": nil, "column_9": nil}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A row that is too long is thrown away, and the next one is read.
func TestTableTooLarge(t *testing.T) {
	long := strings.Repeat("x", 200000)
	for _, name := range []string{"a.csv", "a.tsv"} {
		sep := ","
		if name == "a.tsv" {
			sep = "\t"
		}
		system := newFaulty(name, "id"+sep+"text\n1"+sep+"\""+long+"\n"+long+"\"\n2"+sep+"Two\n")
		got := list(t, Options{system: system, MaxBytes: 1000}, name)
		if got[0] != name+"#0 read too_large "+name+":2: longer than 1000 bytes; raise Options.MaxBytes to read it" || got[len(got)-1] != fmt.Sprintf("%s#%d %q", name, len(got)-1, "Two") {
			t.Errorf("%q", got)
		}
	}
	system := newFaulty("b.csv", strings.Repeat("x,", 5000)+"text\n1\n")
	equal(t, []string{`b.csv#0 read too_large b.csv:1: longer than 1000 bytes; raise Options.MaxBytes to read it`}, list(t, Options{system: system, MaxBytes: 1000}, "b.csv"))
}

func TestTSV(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"quoted", "id\ttext\n1\t\"One.\n\n\"\"Yes,\"\" she said.\"\n2\tTwo\n", []string{`a.tsv#0 "One.\n\n\"Yes,\" she said."`, `a.tsv#1 "Two"`}},
		{"tab in quotes", "id\ttext\n1\t\"One\ttwo.\"\n", []string{`a.tsv#0 "One\ttwo."`}},
		{"quoted, crlf", "id\ttext\r\n1\t\"One.\r\nTwo.\"\r\n2\tTwo\r\n", []string{`a.tsv#0 "One.\nTwo."`, `a.tsv#1 "Two"`}},
		{"escaped", `id	text` + "\n" + `1	One.\n\n"Yes," she\tsaid: \\n` + "\n", []string{`a.tsv#0 "One.\n\n\"Yes,\" she\tsaid: \\n"`}},
		{"begins with a quote", "id\ttext\n1\t\"Yes,\" she said.\n2\t\"No,\" said he. \"No!\"\n", []string{`a.tsv#0 "\"Yes,\" she said."`, `a.tsv#1 "\"No,\" said he. \"No!\""`}},
		{"begins with a quote that runs on", "id\ttext\n1\t\"We won.\n2\t\"We lost.\n3\tThree\n", []string{`a.tsv#0 "\"We won."`, `a.tsv#1 "\"We lost."`, `a.tsv#2 "Three"`}},
		{"the last begins with a quote", "id\ttext\n1\t\"We won.", []string{`a.tsv#0 "\"We won."`}},
		{"quotes over a tab", "text\tnote\n\"We won\tsaid \"he\"\nTwo\t2", []string{`a.tsv#0 "\"We won"`, `a.tsv#1 "Two"`}},
		{"one column", "text\n\"One.\nTwo.\"\nThree\n", []string{`a.tsv#0 "One.\nTwo."`, `a.tsv#1 "Three"`}},
		{"wrong counts", "id\ttext\n1\n2\tTwo\t\n3\tThree\n", []string{
			`a.tsv#0 read bad_table a.tsv:2: the row has 1 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`,
			`a.tsv#1 read bad_table a.tsv:3: the row has 3 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`,
			`a.tsv#2 "Three"`}},
		{"line numbers", "id\ttext\n1\t\"a\nb\"\n2\n", []string{`a.tsv#0 "a\nb"`, `a.tsv#1 read bad_table a.tsv:4: the row has 1 cells, the header 2; put cells in quotes that hold a delimiter or a line ending`}},
		{"windows-1252", "id\ttext\n1\t\x93Yes,\x94 she said\n", []string{`a.tsv#0 "“Yes,” she said"`}},
		{"empty", "\n\n", []string{`a.tsv#0 read bad_table a.tsv: empty; a table starts with a row of column names`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, list(t, Options{system: newFaulty("a.tsv", test.content)}, "a.tsv"))
		})
	}
}

// Time is linear in the length of a table, whatever its marks.
func TestTableLinear(t *testing.T) {
	for _, part := range []string{"b\"\t\"a\n", "\"x\n", "\"\n", "\"\t\n", "\"\"\n", "\"\"\"\t", ",\"", "\"\"", "\r", "a\t\"b\n", "\\\n"} {
		for _, name := range []string{"a.csv", "a.tsv"} {
			t.Run(fmt.Sprintf("%s of %q", name, part), func(t *testing.T) {
				effort.Linear(t, effort.Pick(1<<12, 1<<16), func(n int) func() {
					content := "id\ttext\tnote\n" + strings.Repeat(part, n/len(part))
					return func() {
						c, err := Open(t.Context(), []string{name}, Options{system: newFaulty(name, content)})
						if err != nil {
							t.Fatal(err)
						}
						for range c.Items(t.Context()) {
						}
					}
				})
			})
		}
	}
}

func TestMap(t *testing.T) {
	object := `{"story":{"head":"H","body":["One.","","Two.",null],"by":[{"name":"Ann"}],"n":3},"text":"other","when":20260102,"a.b":"dotted","items":[{"text":"first"}],"none":null}`
	tests := []struct {
		name string
		m    map[string]string
		want string
		meta Meta
	}{
		{"paragraphs", map[string]string{"text": ".story.body", "title": ".story.head", "authors": "story.by", "date": "when"}, "One.\n\n\n\nTwo.",
			Meta{Title: new("H"), Date: new("20260102"), Authors: []string{"Ann"}, Extra: map[string]any{"story": map[string]any{"n": num("3")}, "text": "other",
				"a.b": "dotted", "items": []any{map[string]any{"text": "first"}}, "none": nil}}},
		{"element", map[string]string{"text": ".items[0].text", "id": ".story.n", "title": "none"}, "first",
			Meta{ID: new("3"), Extra: map[string]any{"story": map[string]any{"head": "H", "body": []any{"One.", "", "Two.", nil}, "by": []any{map[string]any{"name": "Ann"}}},
				"text": "other", "when": num("20260102"), "a.b": "dotted", "items": []any{map[string]any{}}}}},
		{"name with a dot", map[string]string{"text": "a.b", "url": `["a.b"]`}, "dotted", Meta{URL: new("dotted"), Extra: map[string]any{"text": "other", "when": num("20260102"),
			"story": map[string]any{"head": "H", "body": []any{"One.", "", "Two.", nil}, "by": []any{map[string]any{"name": "Ann"}}, "n": num("3")}, "items": []any{map[string]any{"text": "first"}}, "none": nil}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range []string{"a.jsonl", "a.json"} {
				a := articlesOf(t, Options{Map: test.m}, name, object)[0]
				if diff := cmp.Diff(test.want, a.Text); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				if diff := cmp.Diff(test.meta, a.Meta); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
		})
	}
}

func num(n string) any { return value([]byte(n)) }

// A member whose name says that it holds HTML is read as such, found or mapped.
func TestMapHTML(t *testing.T) {
	for _, test := range []struct {
		m       map[string]string
		content string
	}{
		{map[string]string{"text": ".content.rendered"}, `{"content":{"rendered":"<p>It <b>opened</b>.</p>"}}`},
		{nil, `{"text":"","content_html":"<p>It <b>opened</b>.</p>"}`},
	} {
		if a := articlesOf(t, Options{Map: test.m}, "a.jsonl", test.content)[0]; strings.TrimSpace(a.Text) != "It opened." || len(a.Elements) == 0 {
			t.Errorf("%s: %q %v", test.content, a.Text, a.Elements)
		}
	}
	if a := articlesOf(t, Options{Map: map[string]string{"text": ".content"}}, "a.jsonl", `{"content":"a <b> is a tag"}`)[0]; a.Text != "a <b> is a tag" {
		t.Errorf("%q", a.Text)
	}
}

// What a mapping names but an input lacks is said, with what is there instead.
func TestMapMissing(t *testing.T) {
	tests := []struct {
		name, file, content string
		m                   map[string]string
		want                string
	}{
		{"top", "a.jsonl", `{"a":1,"text":"x"}`, map[string]string{"text": "body"}, `a.jsonl#0 read no_text a.jsonl:1: no field .body; the object has a, text`},
		{"inside", "a.jsonl", `{"story":{"head":1}}`, map[string]string{"text": ".story.body"}, `a.jsonl#0 read no_text a.jsonl:1: no field .story.body; .story has head`},
		{"not an object", "a.jsonl", `{"story":[]}`, map[string]string{"text": ".story.body"}, `a.jsonl#0 read no_text a.jsonl:1: .story is no object`},
		{"not a list", "a.jsonl", `{"story":{}}`, map[string]string{"text": ".story[0]"}, `a.jsonl#0 read no_text a.jsonl:1: .story is no list`},
		{"the whole is no list", "a.jsonl", `{"story":{}}`, map[string]string{"text": "[0]"}, `a.jsonl#0 read no_text a.jsonl:1: the object is no list`},
		{"short list", "a.jsonl", `{"story":[1]}`, map[string]string{"text": ".story[1]"}, `a.jsonl#0 read no_text a.jsonl:1: no element .story[1]; the list has 1`},
		{"wrong kind", "a.jsonl", `{"story":[{}]}`, map[string]string{"text": ".story"}, `a.jsonl#0 read no_text a.jsonl:1: .story is neither a string nor a list of strings; map text to what holds the article`},
		{"no path", "a.jsonl", `{"a":1}`, map[string]string{"text": "x[y]"}, `a.jsonl#0 read no_text a.jsonl:1: no field x[y]; the object has a`},
		{"column", "a.csv", "id,words\n", map[string]string{"text": "words", "title": "Head"}, `a.csv#0 read no_text a.csv:1: no column Head for title; the columns are id, words`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, []string{test.want}, list(t, Options{system: newFaulty(test.file, test.content), Map: test.m}, test.file))
		})
	}
	a := articlesOf(t, Options{Map: map[string]string{"title": ".story.head"}}, "a.jsonl", `{"text":"x","title":"T"}`)[0]
	want := []annot.Warning{{Code: WarnNoField, Message: "title: no field .story; the object has title", Start: -1},
		{Code: WarnLeftOut, Message: "the field title is a text, but title is mapped to another; it is left out", Start: -1}}
	if diff := cmp.Diff(want, a.Warnings); diff != "" || a.Meta.Title != nil {
		t.Errorf("-want +got:\n%s", diff)
	}
	a = articlesOf(t, Options{Map: map[string]string{"text": ".Words", "id": "note"}}, "a.tsv", "words\tnote\nOne\t7\n")[0]
	if a.Text != "One" || *a.Meta.ID != "7" {
		t.Errorf("%+v", a)
	}
}

func TestCheckMap(t *testing.T) {
	for _, test := range []struct{ field, path, want string }{
		{"text", ".story.body", ""}, {"text", "items[0].text", ""}, {"text", `.a["b.c"][2]`, ""}, {"id", "Full text (en)", ""}, {"id", "text[body]", ""},
		{"text", "", "text=: the path is empty; give a column's name or a path such as .story.body"},
		{"text", ".a[x]", `text=.a[x]: [x]: not an index; write [0], or ["name"] for a name with a dot in it`},
		{"text", ".a..b", "text=.a..b: a name is missing; write a path as .story.body or .items[0].text"},
		{"text", ".a[0]b", `text=.a[0]b: a dot is missing before "b"`},
		{"text", ".a[-1]", `text=.a[-1]: [-1]: not an index; write [0], or ["name"] for a name with a dot in it`},
		{"body", ".a", `no field "body"; take one of text, title, date, url, authors, id`},
	} {
		got := ""
		if err := CheckMap(map[string]string{test.field: test.path}); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s=%s: want %q, got %q", test.field, test.path, test.want, got)
		}
	}
}

// Of two members of a JSON object with one name the last counts, and a warning says so.
func TestDuplicateKeys(t *testing.T) {
	for _, test := range []struct {
		file, content string
		m             map[string]string
	}{
		{"a.jsonl", `{"text":"old","id":1,"text":"new"}`, nil},
		{"a.json", `{"text":"old","id":1,"text":"older","text":"new"}`, nil},
		{"b.json", `{"s":{"text":"old","text":"new"}}`, map[string]string{"text": ".s.text"}},
		{"a.csv", "text,id,text\nold,1,new\n", nil},
	} {
		a := articlesOf(t, Options{Map: test.m}, test.file, test.content)[0]
		want := []annot.Warning{{Code: WarnDuplicateKey, Message: `the field "text" is given more than once; the last one counts`, Start: -1}}
		if diff := cmp.Diff(want, a.Warnings); diff != "" || a.Text != "new" {
			t.Errorf("%s: %q, -want +got:\n%s", test.content, a.Text, diff)
		}
	}
}

// fuzzFile reads bytes as a file of the name and checks what every reader must keep to.
func fuzzFile(t *testing.T, name string, raw []byte) {
	t.Helper()
	effort.Within(t, 5*time.Second, func() { checkItems(t, name, raw) })
}

func checkItems(t *testing.T, name string, raw []byte) {
	t.Helper()
	c, err := Open(t.Context(), []string{name}, Options{system: newFaulty(name, string(raw)), MaxBytes: 1 << 16})
	if err != nil {
		t.Fatal(err)
	}
	last := -1
	for item := range c.Items(t.Context()) {
		if (item.Article == nil) == (item.Err == nil) {
			t.Fatal("not either an article or an error")
		}
		index := 0
		if e := item.Err; e != nil {
			if index = e.Index; e.Code == "" || e.Message == "" || e.Phase == "" || e.Path != name || !utf8.ValidString(e.Message) {
				t.Fatalf("error without a part: %+v", e)
			}
		} else {
			a := item.Article
			if index = a.Index; !utf8.ValidString(a.Text) || strings.ContainsAny(a.Text, "\r\x00") || a.Path != name || a.SHA256 == "" || a.Encoding == "" {
				t.Fatalf("not clean: %+v", a)
			}
			for _, r := range a.Repairs {
				if r.Count < 1 || r.First < 0 || r.First > len(a.Text) {
					t.Fatalf("bad repair %+v of %q", r, a.Text)
				}
			}
			for _, e := range a.Elements {
				if e.Start < 0 || e.Start >= e.End || e.End > len(a.Text) {
					t.Fatalf("bad element %+v of %q", e, a.Text)
				}
			}
			for _, s := range []*string{a.Meta.ID, a.Meta.Title, a.Meta.Date, a.Meta.URL} {
				if s != nil && !utf8.ValidString(*s) {
					t.Fatalf("not valid UTF-8: %q", *s)
				}
			}
		}
		if index <= last {
			t.Fatalf("index %d after %d", index, last)
		}
		last = index
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"id,text\n1,\"One\r\n\"\"two\"\"\"\n", "\uFEFFtext;id\n\"a;1\n", "text\tid\n\"a\t\"b\nc\"\t1\n", "text|id\n\xFF\"|2|3\n", "sep=;\ntext;\n5\" x;\"\"\n", ",\n,", "text\n\\t\\\\\n"} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, tabs bool) {
		if tabs {
			fuzzFile(t, "a.tsv", raw)
		} else {
			fuzzFile(t, "a.csv", raw)
		}
	})
}
