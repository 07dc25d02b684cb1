package corpus

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A folder with one file of each format gives the articles of all of them, and so do archives of such files.
func TestEveryFormat(t *testing.T) {
	files := map[string]string{
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
		"s.html":       "<!doctype html><html><head><title>Q</title></head><body><article><h1>Q</h1><p>Seventeen.</p></article></body></html>",
		"r.pdf":        "%PDF-1.7", // not listed
	}
	folder := t.TempDir()
	var list, packed []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		write(t, folder+"/"+name, files[name])
		list = append(list, name, files[name])
		packed = append(packed, name+".gz", gzipped(files[name]))
	}
	t.Chdir(t.TempDir())
	write(t, "all.zip", zipped(list...))
	write(t, "packed.zip", zipped(packed...))
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
		`k.warc#1 - "Thirteen.\n"`,
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
		`s.html#0 Q "Q\nSeventeen.\n"`,
	}
	t.Run("folder", func(t *testing.T) { t.Chdir(folder); equal(t, want, articleList(t, ".")) })
	t.Run("archive", func(t *testing.T) { equal(t, want, articleList(t, "all.zip")) })
	t.Run("packed", func(t *testing.T) {
		got := articleList(t, "packed.zip")
		for i := range got {
			got[i] = strings.Replace(got[i], ".gz#", "#", 1)
		}
		equal(t, want, got)
	})
}

// A plan tells how tables, mappings and layouts are understood, and what is not read.
func TestPlanFormats(t *testing.T) {
	system := newFaulty("a.csv", "\uFEFFuid;Headline;Body;x\n1;2;3;4\n", "b.tsv", "title\ttext\n", "c.csv", "id,words\n1,2\n", "d.txt", nexisLines, "e.rtf", "{\\rtf1}",
		"f.docx", docxOf(""), "g.json", `{"text":"x","story":{"body":"y"}}`, "h.csv", "")
	plan := func(opt Options) []string {
		opt.system = system
		c, err := Open(t.Context(), []string{"a.csv", "b.tsv", "c.csv", "d.txt", "e.rtf", "f.docx", "g.json", "h.csv"}, opt)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for p := range c.Plan(t.Context()) {
			line := p.Path + " " + p.Format + " " + p.Encoding + " " + p.Fields
			if p.Err != nil {
				line = p.Path + " " + p.Err.Code
			}
			lines = append(lines, line)
		}
		return lines
	}
	equal(t, []string{"a.csv csv utf-8 text=Body title=Headline id=uid", "b.tsv tsv utf-8 text=text title=title", "c.csv no_text", "d.txt text utf-8 layout=nexis-uni", "e.rtf unsupported",
		"f.docx docx  ", "g.json json utf-8 text=text", "h.csv bad_table"}, plan(Options{}))
	equal(t, []string{"a.csv no_text", "b.tsv no_text", "c.csv csv utf-8 text=words id=id", "d.txt text utf-8 layout=nexis-uni", "e.rtf unsupported", "f.docx docx  ", "g.json json utf-8 text=words", "h.csv bad_table"},
		plan(Options{Map: map[string]string{"text": "words"}}))
}

// articleList shows each item with its file, or its member of an archive, and the title.
func articleList(t *testing.T, path string) []string {
	t.Helper()
	c, err := Open(t.Context(), []string{path}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for item := range c.Items(t.Context()) {
		if e := item.Err; e != nil {
			lines = append(lines, fmt.Sprintf("%s#%d %s", cmp.Or(e.Member, e.Path), e.Index, e.Code))
			continue
		}
		a, title := item.Article, "-"
		if a.Meta.Title != nil {
			title = *a.Meta.Title
		}
		lines = append(lines, fmt.Sprintf("%s#%d %s %q", cmp.Or(a.Member, a.Path), a.Index, title, a.Text))
	}
	return lines
}

// A file in which a layout finds several articles belongs to one shard as a whole, so that no article is lost.
func TestShardOfLayout(t *testing.T) {
	system := newFaulty("a.txt", nexisLines, "b.txt", nexisLines, "c.docx", docxOf(wordParagraphs(strings.Split(nexisLines, "\n")...)), "d.csv", "text\n1\n2\n3\n4\n5\n")
	paths := []string{"a.txt", "b.txt", "c.docx", "d.csv"}
	all := list(t, Options{system: system}, paths...)
	var parts []string
	for i := 1; i <= 3; i++ {
		parts = append(parts, list(t, Options{system: system, Shard: Shard{Index: i, Count: 3}}, paths...)...)
	}
	slices.Sort(parts)
	equal(t, all, parts)
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
