package corpus

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A folder with one file of each format gives the articles of all of them.
func TestEveryFormat(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"a/plain.txt":  "It opened.\r\n",
		"b.text":       "\xEF\xBB\xBFIt closed.",
		"c.jsonl":      "{\"title\":\"J\",\"text\":\"One.\"}\n\n{\"body\":[\"Two.\",\"Three.\"]}\n",
		"d.json":       `[{"headline":"K","text":"Four."},{"text":"Five."}]`,
		"e.json":       jsonFeedText[:len(jsonFeedText)-len(`,{"id":"3"}]}`)] + "]}",
		"f.csv":        "title,text\nL,\"Six.\n\nSeven.\"\n",
		"g.tsv":        "title\ttext\nM\tEight.\\n\\nNine.\n",
		"h.rss":        "<rss><channel><item><title>N</title><description>Ten.</description></item></channel></rss>",
		"i.atom":       `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>O</title><content type="text">Eleven.</content></entry></feed>`,
		"j.xml":        "<rss><channel><item><title>P</title><description>Twelve.</description></item></channel></rss>",
		"k.warc":       warcRecord("warcinfo", "text/plain", "x") + response("", "Thirteen."),
		"l.wet":        warcRecord("conversion", "text/plain", "Fourteen."),
		"m.docx":       docxOf(wordParagraphs("Fifteen.", "Sixteen.")),
		"n/nexis.docx": docxOf(wordParagraphs("Bridge opens", "Harbour News", "Body", "It opened.", "End of Document", "Ferry stops", "Body", "It stopped.", "End of Document")),
		"n/nexis.txt":  nexisLines,
		"n/old.txt":    lexisText,
		"o.rtf":        `{\rtf1 x}`,
		"p.xlsx":       "PK\x03\x04",
		"q.doc":        "\xD0\xCF\x11\xE0",
		"r.pdf":        "%PDF-1.7", // not listed
	} {
		write(t, folder+"/"+name, content)
	}
	t.Chdir(folder)
	c, err := Open(t.Context(), []string{"."}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item := range c.Items(t.Context()) {
		if item.Err != nil {
			got = append(got, fmt.Sprintf("%s#%d %s", item.Err.Path, item.Err.Index, item.Err.Code))
			continue
		}
		title := "-"
		if item.Article.Meta.Title != nil {
			title = *item.Article.Meta.Title
		}
		got = append(got, fmt.Sprintf("%s#%d %s %q", item.Article.Path, item.Article.Index, title, item.Article.Text))
	}
	want := []string{
		`a/plain.txt#0 - "It opened.\n"`,
		`b.text#0 - "It closed."`,
		`c.jsonl#0 J "One."`,
		`c.jsonl#2 - "Two.\n\nThree."`,
		`d.json#0 K "Four."`,
		`d.json#1 - "Five."`,
		`e.json#0 One "It is done."`,
		`e.json#1 - "a <b> is a tag"`,
		`f.csv#0 L "Six.\n\nSeven."`,
		`g.tsv#0 M "Eight.\n\nNine."`,
		`h.rss#0 N "Ten."`,
		`i.atom#0 O "Eleven."`,
		`j.xml#0 P "Twelve."`,
		`k.warc#1 - "Thirteen."`,
		`l.wet#0 - "Fourteen."`,
		`m.docx#0 - "Fifteen.\n\nSixteen."`,
		`n/nexis.docx#0 Bridge opens "It opened."`,
		`n/nexis.docx#1 Ferry stops "It stopped."`,
		`n/nexis.txt#0 Bridge opens "The bridge opened.\n“At last,” she said."`,
		`n/nexis.txt#1 Ferry stops "It stopped."`,
		`n/old.txt#0 Bridge opens to traffic at last "The bridge opened to\ntraffic.\n\n\"At last,\" she said."`,
		`n/old.txt#1 Ferry stops "It stopped."`,
		`o.rtf#0 unsupported`,
		`p.xlsx#0 unsupported`,
		`q.doc#0 unsupported`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Kinds of files that are not read are errors that say how to convert them.
func TestUnsupported(t *testing.T) {
	equal(t, []string{
		`a.rtf#0 read unsupported a.rtf: RTF is not read; convert it with soffice --headless --convert-to docx FILE, or save it as DOCX or text`,
		`a.XLSX#0 read unsupported a.XLSX: spreadsheets are not read; save the sheet as CSV (UTF-8)`,
		`a.doc#0 read unsupported a.doc: old Word files are not read; convert them with soffice --headless --convert-to docx FILE, or save them as DOCX`,
		`b.txt#0 read binary b.txt: an RTF file, not text; convert it with soffice --headless --convert-to docx FILE first`,
	}, list(t, Options{system: newFaulty("a.rtf", `{\rtf1}`, "a.XLSX", "PK", "a.doc", "x", "b.txt", `{\rtf1 x}`)}, "a.rtf", "a.XLSX", "a.doc", "b.txt"))
}
