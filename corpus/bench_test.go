package corpus

import (
	"strings"
	"testing"
)

// The readers of files with many articles, on articles of usual length.
func BenchmarkFormats(b *testing.B) {
	text := strings.Repeat("“It is done,” she said to the council on Monday. ", 60)
	page := response("", "<html><body><article><p>"+text+"</p></article></body></html>")
	for name, content := range map[string]string{
		"a.csv":   "id,text\n" + strings.Repeat("1,\""+text+"\n\n"+text+"\"\n", 500),
		"a.tsv":   "id\ttext\n" + strings.Repeat("1\t"+text+`\n\n`+text+"\n", 500),
		"a.jsonl": strings.Repeat(`{"id":1,"text":"`+text+`\n\n`+text+`"}`+"\n", 500),
		"a.xml":   "<rss><channel>" + strings.Repeat("<item><title>x</title><description>&lt;p&gt;"+text+"&lt;/p&gt;</description></item>", 500) + "</channel></rss>",
		"a.warc":  strings.Repeat(page, 500),
		"a.txt":   strings.Repeat("Title\nBody\n"+text+"\nEnd of Document\n", 500),
		"a.docx":  docxOf(strings.Repeat(wordParagraphs("Title", "Body", text, "End of Document"), 500)),
	} {
		b.Run(strings.TrimPrefix(name, "a."), func(b *testing.B) {
			c, err := Open(b.Context(), []string{name}, Options{system: newFaulty(name, content)})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for item := range c.Items(b.Context()) {
					if item.Err != nil {
						b.Fatal(item.Err)
					}
					n++
				}
				if n != 500 {
					b.Fatalf("%d articles", n)
				}
			}
		})
	}
}
