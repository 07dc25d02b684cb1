package corpus

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

const rssFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour News</title>
<item><title>Bridge &amp;amp; tunnel</title><link>https://example.org/1</link><guid isPermaLink="false">n-1</guid><pubDate>Fri, 02 Jan 2026 10:00:00 GMT</pubDate>
<dc:creator><![CDATA[Ann Lee]]></dc:creator><dc:creator>Bo Ek</dc:creator><category>Local</category><description>Short.</description>
<content:encoded><![CDATA[<p>It opened.</p><p>&#8220;At last,&#8221; she said.</p><p>The post <a href="#">Bridge</a> appeared first on <a href="#">Harbour News</a>.</p>]]></content:encoded></item>
<item><title>Two</title><description>&lt;p&gt;He paid &amp;pound;5.&lt;/p&gt;</description></item>
<item><title>Three</title><description>Plain words.

With lines &amp;amp; more.</description></item>
<item><title>Four</title></item>
</channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Log</title>
<entry><id>urn:1</id><title>One</title><link rel="alternate" href="https://example.org/a"/><updated>2026-01-02T10:00:00Z</updated><author><name>Ann Lee</name></author>
<summary>Short.</summary><content type="html">&lt;p&gt;It is &lt;b&gt;done&lt;/b&gt;.&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Two</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>“Yes,” he said.</p></div></content></entry>
<entry><id>urn:3</id><title>Three</title><content type="text">a &lt;b&gt; is a tag</content></entry>
<entry><id>urn:4</id><title>Four</title><summary>Only a summary.</summary></entry>
</feed>`

const jsonFeedText = `{"version":"https://jsonfeed.org/version/1.1","title":"Log","items":[
{"id":"1","url":"https://example.org/1","title":"One","content_html":"<p>It is <em>done</em>.</p>","date_published":"2026-01-02T10:00:00Z","authors":[{"name":"Ann Lee"}]},
{"id":2,"content_text":"a <b> is a tag"},{"id":"3"}]}`

func TestFeed(t *testing.T) {
	tests := []struct {
		name, file, content string
		want                []string
	}{
		{"rss", "a.rss", rssFeed, []string{`a.rss#0 "It opened.\n“At last,” she said."`, `a.rss#1 "He paid £5."`, `a.rss#2 "Plain words.\n\nWith lines & more."`,
			`a.rss#3 read no_text a.rss: the entry has neither content nor description`}},
		{"atom", "a.atom", atomFeed, []string{`a.atom#0 "It is done."`, `a.atom#1 "“Yes,” he said."`, `a.atom#2 "a <b> is a tag"`, `a.atom#3 "Only a summary."`}},
		{"xml", "a.xml", atomFeed[strings.Index(atomFeed, "<feed"):], []string{`a.xml#0 "It is done."`, `a.xml#1 "“Yes,” he said."`, `a.xml#2 "a <b> is a tag"`, `a.xml#3 "Only a summary."`}},
		{"json feed", "a.json", jsonFeedText, []string{`a.json#0 "It is done."`, `a.json#1 "a <b> is a tag"`, `a.json#2 read no_text a.json: the entry has neither content nor description`}},
		{"other xml", "a.xml", "<?xml version='1.0'?><nitf><body>x</body></nitf>", []string{`a.xml#0 read unsupported a.xml: no RSS or Atom feed; quoth reads no other XML, convert it to JSON Lines or text`}},
		{"empty", "a.rss", "", []string{`a.rss#0 read unsupported a.rss: no RSS or Atom feed; quoth reads no other XML, convert it to JSON Lines or text`}},
		{"latin-1", "a.rss", "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description>The caf\xE9 \x93opened\x94</description></item></channel></rss>", []string{`a.rss#0 "The café “opened”"`}},
		{"says latin-1, is utf-8", "a.rss", "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description>The café</description></item></channel></rss>", []string{`a.rss#0 "The café"`}},
		{"control characters", "a.rss", "<rss><channel><item><description>a\x0Bb\x00c</description></item></channel></rss>", []string{"a.rss#0 \"a\uFFFDb\uFFFDc\""}},
		{"footer in a line", "a.rss", "<rss><channel><item><description>It opened. The post Bridge first appeared on Harbour News.</description></item></channel></rss>", []string{`a.rss#0 "It opened."`}},
		{"unknown entity", "a.rss", "<rss><channel><item><description>a &nope; b</description></item></channel></rss>", []string{`a.rss#0 "a &nope; b"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := list(t, Options{system: newFaulty(test.file, test.content)}, test.file)
			for i := range got { // how far apart paragraphs are is the business of the reader of HTML
				got[i] = strings.ReplaceAll(got[i], `.\n\n“`, `.\n“`)
			}
			equal(t, test.want, got)
		})
	}
}

func TestFeedMeta(t *testing.T) {
	articles := articlesOf(t, Options{}, "a.rss", strings.Replace(rssFeed, "<item><title>Four</title></item>", "", 1))
	want := Meta{ID: new("n-1"), Title: new("Bridge & tunnel"), Date: new("Fri, 02 Jan 2026 10:00:00 GMT"), URL: new("https://example.org/1"), Authors: []string{"Ann Lee", "Bo Ek"},
		Extra: map[string]any{"feed": "Harbour News", "categories": []any{"Local"}}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	articles = articlesOf(t, Options{}, "a.atom", atomFeed)
	want = Meta{ID: new("urn:1"), Title: new("One"), Date: new("2026-01-02T10:00:00Z"), URL: new("https://example.org/a"), Authors: []string{"Ann Lee"}, Extra: map[string]any{"feed": "Log"}}
	if diff := cmp.Diff(want, articles[0].Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Hostile XML costs neither memory nor time, nor the stack.
func TestFeedHostile(t *testing.T) {
	bomb := `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">`
	for c := 'b'; c < 'j'; c++ {
		bomb += "<!ENTITY " + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	bomb += "]><rss><channel><item><description>&i;</description></item></channel></rss>"
	deep := strings.Repeat("<x:y>", 500000)
	for name, content := range map[string]string{
		"entities":   bomb,
		"depth":      `<rss xmlns:x="http://example.org/x"><channel><item>` + deep,
		"atom depth": `<feed xmlns="http://www.w3.org/2005/Atom"><entry>` + deep,
		"html depth": "<rss><channel><item><description><![CDATA[" + strings.Repeat("<div>", 100000) + "x]]></description></item></channel></rss>",
		"entries":    "<rss><channel>" + strings.Repeat("<item><title/></item>", 20000),
	} {
		c, err := Open(t.Context(), []string{"a.xml"}, Options{system: newFaulty("a.xml", content)})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		effort.Within(t, 10*time.Second, func() {
			for item := range c.Items(t.Context()) {
				if n++; item.Article != nil && len(item.Article.Text) > 2*len(content) {
					t.Errorf("%s: a text of %d bytes", name, len(item.Article.Text))
				}
			}
		})
		if n == 0 {
			t.Errorf("%s: no items", name)
		}
	}
	got := list(t, Options{system: newFaulty("a.xml", "<rss><channel><item>"+strings.Repeat("<a>", 300))}, "a.xml")
	equal(t, []string{"a.xml#0 read bad_feed a.xml: more than 200 elements within each other"}, got)
}

func FuzzFeed(f *testing.F) {
	for _, seed := range []string{rssFeed, atomFeed, jsonFeedText, "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><item><description>a</description></item></rdf:RDF>",
		"\xFF\xFE<\x00r\x00", "<rss><channel><item><description>a &#13;&#0; <b>b</b>\x00\xFF</description></item></channel></rss>", "<?xml encoding='gbk'?><rss><channel><item><title>\x81"} {
		f.Add([]byte(seed), strings.HasPrefix(seed, "{"))
	}
	f.Fuzz(func(t *testing.T, raw []byte, json bool) {
		if json {
			fuzzFile(t, "a.json", raw)
		} else {
			fuzzFile(t, "a.xml", raw)
		}
	})
}
