package corpus

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

const nexisLines = `User Name: = A Reader
Date and Time: Friday, 2 January 2026
Documents (2)
1. Bridge opens
2. Ferry stops
Bridge opens
Harbour News
January 2, 2026 Friday
Copyright 2026 Harbour News All Rights Reserved
Section: NEWS; Pg. 3
Length:` + "\u00A0" + `7 words
Byline:` + "\u00A0" + `Ann Lee; Bo Ek
Body
The bridge opened.
“At last,” she said.
Classification
Language: ENGLISH
Load-Date: January 3, 2026
End of Document
Ferry stops
Harbour News
3 January 2026
Length:` + "\u00A0" + `3 words
Text
It stopped.
Load-Date: January 4, 2026
End of Document
`

const lexisText = `

                               1 of 2 DOCUMENTS


                                Harbour News

                           January 2, 2012 Monday

Bridge opens to
traffic at last

BYLINE: Ann Lee

SECTION: NEWS; Pg. 3

LENGTH: 7 words

The bridge opened to
traffic.

"At last," she said.

LOAD-DATE: January 3, 2012

LANGUAGE: ENGLISH

                   Copyright 2012 Harbour News
                           All Rights Reserved


                               2 of 2 DOCUMENTS

                                Harbour News

                           January 3, 2012 Tuesday

Ferry stops

LENGTH: 3 words

It stopped.

LANGUAGE: ENGLISH
`

func TestLayouts(t *testing.T) {
	two := []string{`a.txt#0 "The bridge opened.\n“At last,” she said."`, `a.txt#1 "It stopped."`}
	const noBody = `a.txt#%d read no_text a.txt: layout nexis-uni: no line that begins the text of the article after %q; see its body patterns`
	tests := []struct {
		name, content string
		want          []string
	}{
		{"nexis uni", nexisLines, two},
		{"crlf", strings.ReplaceAll(nexisLines, "\n", "\r\n"), two},
		{"lexisnexis", lexisText, []string{`a.txt#0 "The bridge opened to\ntraffic.\n\n\"At last,\" she said."`, `a.txt#1 "It stopped."`}},
		{"cut off", nexisLines[:strings.LastIndex(nexisLines, "Load-Date")], two},
		{"rest", nexisLines + "Printed by A Reader\n", append(two[:2:2], fmt.Sprintf(noBody, 2, "Printed by A Reader"))},
		{"one without a body", strings.Replace(nexisLines, "\nBody\n", "\n", 1), []string{fmt.Sprintf(noBody, 0, "User Name: = A Reader"), `a.txt#1 "It stopped."`}},
		{"empty body", "Title\nBody\nClassification\nEnd of Document\n", []string{`a.txt#0 ""`}},
		{"only words", "He wrote End of Document below.\nBody\n", []string{`a.txt#0 "He wrote End of Document below.\nBody\n"`}},
		{"no end", "Body\nof the text", []string{`a.txt#0 "Body\nof the text"`}},
		{"tail words in a sentence", "T\nBody\nThe Classification is old.\nEnd of Document", []string{`a.txt#0 "The Classification is old."`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, list(t, Options{system: newFaulty("a.txt", test.content)}, "a.txt"))
		})
	}
}

func TestLayoutMeta(t *testing.T) {
	articles := articlesOf(t, Options{}, "a.txt", strings.ReplaceAll(nexisLines, "\n", "\r\n"))
	want := Meta{Title: new("Bridge opens"), Date: new("January 2, 2026 Friday"), Authors: []string{"Ann Lee", "Bo Ek"}, Extra: map[string]any{"layout": "nexis-uni",
		"publication": "Harbour News", "section": "NEWS; Pg. 3", "length": "7 words", "language": "ENGLISH", "load_date": "January 3, 2026"}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]Repair{{RepairCRLF, 1, 18}}, articles[0].Repairs); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	articles = articlesOf(t, Options{}, "a.txt", lexisText)
	want = Meta{Title: new("Bridge opens to traffic at last"), Date: new("January 2, 2012 Monday"), Authors: []string{"Ann Lee"}, Extra: map[string]any{"layout": "lexisnexis-txt",
		"publication": "Harbour News", "section": "NEWS; Pg. 3", "length": "7 words", "language": "ENGLISH", "load_date": "January 3, 2012"}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	articles = articlesOf(t, Options{}, "a.txt", nexisLines[:strings.LastIndex(nexisLines, "Load-Date")])
	if articles[0].Warnings != nil || len(articles[1].Warnings) != 1 || articles[1].Warnings[0].Code != WarnCutOff {
		t.Errorf("%+v", articles[1].Warnings)
	}
}

const ownLayout = "name: own\ndetect: ['###']\nend: ['###']\nbody: ['---']\nhead:\n  - {field: title}\nmeta:\n  - {label: 'From:', field: url}\n  - {label: 'Desk:', field: desk}\n"

// A user's layout is tried before ours, and takes the place of one of the same name.
func TestOwnLayout(t *testing.T) {
	layouts, err := DefaultLayouts().With(fstest.MapFS{"own.yaml": {Data: []byte(ownLayout)}, "notes.txt": {Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []string{"own", "lexisnexis-txt", "nexis-uni"}, layouts.Names())
	articles := articlesOf(t, Options{Layouts: layouts}, "a.txt", "Bridge opens\nFrom: https://example.org\nDesk: local\n---\nIt opened.\n###\nX\n---\nIt closed.\n###\n")
	want := Meta{Title: new("Bridge opens"), URL: new("https://example.org"), Extra: map[string]any{"layout": "own", "desk": "local"}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" || len(articles) != 2 || articles[1].Text != "It closed." {
		t.Errorf("%d articles, -want +got:\n%s", len(articles), diff)
	}
	layouts, err = DefaultLayouts().With(fstest.MapFS{"x.yaml": {Data: []byte("name: nexis-uni\ndetect: [EOD]\nend: [EOD]\nbody: [Body]\n")}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []string{"nexis-uni", "lexisnexis-txt"}, layouts.Names())
	equal(t, []string{fmt.Sprintf("a.txt#0 %q", nexisLines)}, list(t, Options{system: newFaulty("a.txt", nexisLines), Layouts: layouts}, "a.txt"))
	if len(DefaultLayouts().Names()) != 2 {
		t.Error("the built-in layouts have changed")
	}
}

// All faults of all files are reported, with file and line.
func TestLayoutFaults(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 8), c-1)
	}
	tests := []struct{ name, content, want string }{
		{"unknown key", strings.Replace(ownLayout, "head:", "heads:", 1), "own.yaml:5: unknown key \"heads\"; see docs/inputs-formats.md for the keys"},
		{"bad pattern", strings.Replace(ownLayout, "body: ['---']", "body: ['---', 'a(b']", 1), "own.yaml:4: bad pattern a(b: missing closing ): `^(?:a(b)$`; put a backslash before . ( ) [ ] * + ? that mean themselves"},
		{"two faults", strings.Replace(ownLayout, "body: ['---']", "body: ['', '[']", 1), "own.yaml:4: a pattern must be a text of 1 to 500 characters\nown.yaml:4: bad pattern [: missing closing ]: `[)$`; put a backslash before . ( ) [ ] * + ? that mean themselves"},
		{"repeats", strings.Replace(ownLayout, "body: ['---']", "body: ['(a{1000}){1000}']", 1), "own.yaml:4: bad pattern (a{1000}){1000}: invalid repeat count: `{1000}`; put a backslash before . ( ) [ ] * + ? that mean themselves"},
		{"alias", "name: &n own\ndetect: [*n]\n", "own.yaml:1: an anchor or alias; write the value out"},
		{"alias bomb", bomb, "own.yaml:1: an anchor or alias; write the value out"},
		{"missing", "name: own\n", "own.yaml:1: detect, body, start or end missing or empty"},
		{"empty", "", "own.yaml:1: empty; a layout has at least name, detect, body and start or end"},
		{"no mapping", "[1]\n", "own.yaml:1: a list does not belong here; see docs/inputs-formats.md for the keys"},
		{"syntax", "name: [\n", "own.yaml:1: did not find expected node content"},
		{"two documents", ownLayout + "---\nname: b\n", "own.yaml:10: more than one document; put each into a file of its own"},
		{"field", strings.Replace(ownLayout, "field: title", "field: text", 1), `own.yaml:6: bad field "text"; take title, date, url, authors, id or a name of your own, as in section`},
		{"no field", strings.Replace(ownLayout, "{field: title}", "{like: x}", 1), "own.yaml:1: an entry of head has no field"},
		{"no label", strings.Replace(ownLayout, "label: 'From:', ", "", 1), "own.yaml:1: an entry of meta lacks label or field"},
		{"too long", "#" + strings.Repeat(" ", 1<<20), "own.yaml:1: more than 1 MiB; a layout has a page"},
		{"too many", strings.Replace(ownLayout, "['---']", "["+strings.Repeat("a,", 300)+"]", 1), "own.yaml:1: 304 patterns; at most 200 are allowed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var err error
			if n := effort.Allocated(func() { _, err = DefaultLayouts().With(fstest.MapFS{"own.yaml": {Data: []byte(test.content)}}) }); n > 64<<20 {
				t.Errorf("%d bytes were allocated", n)
			}
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	for want, fsys := range map[string]fstest.MapFS{
		"no layouts in the folder; put at least one *.yaml file there": {"x.txt": {}},
		`b.yaml:1: another file has the name "own" already; choose another one` + "\n" + "c.yml:1: the name ends in .yml and the file would not be read; rename it to c.yaml": {"a.yaml": {Data: []byte(ownLayout)}, "b.yaml": {Data: []byte(ownLayout)}, "c.yml": {}},
	} {
		if _, err := DefaultLayouts().With(fsys); err == nil || err.Error() != want {
			t.Errorf("want %s, got %v", want, err)
		}
	}
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// docxOf makes a DOCX file of the XML of its body.
func docxOf(body string) string {
	return zipOf("[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document `+wordSpace+`><w:body>`+body+`</w:body></w:document>`)
}

func zipOf(files ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			panic(err)
		}
		w.Write([]byte(files[i+1]))
	}
	z.Close()
	return b.String()
}

func wordParagraphs(lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString("<w:p><w:r><w:t xml:space=\"preserve\">" + strings.ReplaceAll(line, "&", "&amp;") + "</w:t></w:r></w:p>")
	}
	return b.String()
}

func TestDOCX(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"nexis uni", docxOf(wordParagraphs(strings.Split(nexisLines, "\n")...)), []string{`a.docx#0 "The bridge opened.\n\n“At last,” she said."`, `a.docx#1 "It stopped."`}},
		{"no layout", docxOf(wordParagraphs("Bridge & tunnel", "", "It opened.")), []string{`a.docx#0 "Bridge & tunnel\n\nIt opened."`}},
		{"runs", docxOf(`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>“At </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>last</w:t><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t><w:noBreakHyphen/><w:t>z</w:t></w:r>` +
			`<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>!</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`),
			[]string{"a.docx#0 \"“At last\\tx\\ny\u2011z!\""}},
		{"text box", docxOf(`<w:p><w:r><w:t>One </w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>two</w:t></w:r></w:p>`),
			[]string{`a.docx#0 "box\n\nOne two"`}},
		{"nothing", docxOf(""), []string{`a.docx#0 ""`}},
		{"no document", zipOf("x", "y"), []string{`a.docx#0 read bad_docx a.docx: bad DOCX: no word/document.xml in it`}},
		{"no zip", "text", []string{`a.docx#0 read bad_docx a.docx: bad DOCX: no ZIP archive (zip: not a valid zip file)`}},
		{"old word", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", []string{`a.docx#0 read bad_docx a.docx: an old or encrypted Word file; save it as DOCX without a password`}},
		{"bad xml", docxOf("<w:p>"), []string{`a.docx#0 read bad_docx a.docx: bad DOCX: XML syntax error on line 1: element <p> closed by </body>`}},
		{"too deep", docxOf(strings.Repeat("<w:x>", 300)), []string{`a.docx#0 read bad_docx a.docx: bad DOCX: more than 200 elements within each other`}},
		{"too deep in what is left out", docxOf("<w:del>" + strings.Repeat("<w:x>", 300)), []string{`a.docx#0 read bad_docx a.docx: bad DOCX: more than 200 elements within each other`}},
		{"entity bomb", zipOf("word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document `+wordSpace+`><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>`),
			[]string{`a.docx#0 read bad_docx a.docx: bad DOCX: XML syntax error on line 1: invalid character entity &b;`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, list(t, Options{system: newFaulty("a.docx", test.content)}, "a.docx"))
		})
	}
	strict := zipOf("word/document.xml", `<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:p><w:r><w:t>One</w:t></w:r></w:p></w:document>`)
	equal(t, []string{`a.docx#0 "One"`}, list(t, Options{system: newFaulty("a.docx", strict)}, "a.docx"))
}

// What a DOCX file unpacks to is bounded, whatever the archive says.
func TestDOCXBomb(t *testing.T) {
	for name, body := range map[string]string{"text": wordParagraphs(strings.Repeat("x", 1<<20)), "marks": strings.Repeat("<w:p></w:p>", 1<<20), "attribute": `<w:p w:a="` + strings.Repeat("x", 1<<23) + `"/>`} {
		t.Run(name, func(t *testing.T) {
			equal(t, []string{`a.docx#0 read too_large a.docx: longer than 100000 bytes; raise Options.MaxBytes to read it`},
				list(t, Options{system: newFaulty("a.docx", docxOf(body)), MaxBytes: 100000}, "a.docx"))
		})
	}
}

func FuzzLayout(f *testing.F) {
	for _, seed := range []string{nexisLines, lexisText, "End of Document\nBody\nEnd of Document", "1 of 1 DOCUMENTS\n\nLENGTH: 1\n2 of 2 DOCUMENTS\nBODY:\n\nx\xFF\x00"} {
		f.Add([]byte(seed), []byte(ownLayout))
	}
	f.Add([]byte("a\n---\nb\n###\n"), []byte(ownLayout))
	f.Fuzz(func(t *testing.T, raw, yaml []byte) {
		fuzzFile(t, "a.txt", raw)
		layouts, err := DefaultLayouts().With(fstest.MapFS{"own.yaml": {Data: yaml}})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "own.yaml:") {
				t.Fatal(err)
			}
			return
		}
		c, err := Open(t.Context(), []string{"a.txt"}, Options{system: newFaulty("a.txt", string(raw)), Layouts: layouts})
		if err != nil {
			t.Fatal(errors.Unwrap(err))
		}
		for range c.Items(t.Context()) {
		}
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(docxOf(wordParagraphs("a", "b"))), false)
	f.Add([]byte(wordParagraphs("a\r", "End of Document", "Body")), true)
	f.Add([]byte("<w:p><w:p><w:t>a</w:t></w:p><w:t>b<w:br/></w:t></w:p></w:p><w:del><w:t>x</w:t>"), true)
	f.Fuzz(func(t *testing.T, raw []byte, body bool) {
		if body {
			raw = []byte(docxOf(string(raw)))
		}
		fuzzFile(t, "a.docx", raw)
	})
}

// The layout in the documentation is one.
func TestLayoutInDocs(t *testing.T) {
	doc, err := os.ReadFile("../docs/inputs-formats.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(string(doc), "```yaml\n")
	block, _, closed := strings.Cut(block, "```")
	if !ok || !closed {
		t.Fatal("no example")
	}
	layouts, err := DefaultLayouts().With(fstest.MapFS{"own.yaml": {Data: []byte(block)}})
	if err != nil {
		t.Fatal(err)
	}
	articles := articlesOf(t, Options{Layouts: layouts}, "a.txt", "Cover\nStory 1\nBridge opens\nCopyright A\nBy: Ann Lee\n1 June 2020\nSTORY TEXT\nIt opened.\nKEYWORDS: bridge\nEND OF STORY\n")
	want := Meta{Title: new("Bridge opens"), Date: new("1 June 2020"), Authors: []string{"Ann Lee"}, Extra: map[string]any{"layout": "wire-archive", "keywords": "bridge"}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" || articles[0].Text != "It opened." || len(articles) != 1 {
		t.Errorf("%d articles, -want +got:\n%s", len(articles), diff)
	}
}
