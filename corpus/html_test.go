package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
)

// TestHTMLGolden shows what is said of each page, then its text with the elements that begin and end in it.
func TestHTMLGolden(t *testing.T) {
	annottest.Run(t, "testdata/html", func(d *annot.Document) string {
		a := &Article{}
		name := ".html"
		if strings.HasPrefix(d.ID, "markdown") {
			name = ".md"
		}
		for item := range collection(t, "a"+name, d.Text) {
			if item.Err != nil {
				t.Fatal(item.Err)
			}
			a = item.Article
		}
		checkElements(t, a.Text, a.Elements)
		var b strings.Builder
		for _, field := range []struct {
			name  string
			value *string
		}{{"title", a.Meta.Title}, {"date", a.Meta.Date}, {"url", a.Meta.URL}} {
			if field.value != nil {
				fmt.Fprintf(&b, "%s: %s\n", field.name, *field.value)
			}
		}
		if len(a.Meta.Authors) > 0 {
			fmt.Fprintf(&b, "authors: %s\n", strings.Join(a.Meta.Authors, "; "))
		}
		for _, r := range a.Repairs {
			fmt.Fprintf(&b, "repair: %s\n", r.Kind)
		}
		return b.String() + tagged(a.Text, a.Elements)
	})
}

// collection returns the items of one file.
func collection(t *testing.T, name, text string) func(func(Item) bool) {
	t.Helper()
	c, err := Open(t.Context(), []string{name}, Options{system: newFaulty(name, text)})
	if err != nil {
		t.Fatal(err)
	}
	return c.Items(t.Context())
}

// tagged writes the kinds of the elements, but for blocks, around the text: <q ask the mayor>. A block begins with a bar.
func tagged(text string, elements []annot.Element) string {
	var b strings.Builder
	var ends []int
	next := 0
	for i := 0; i <= len(text); i++ {
		for len(ends) > 0 && ends[len(ends)-1] == i {
			b.WriteByte('>')
			ends = ends[:len(ends)-1]
		}
		for ; next < len(elements) && elements[next].Start == i; next++ {
			if e := elements[next]; e.Kind == annot.BlockElement {
				b.WriteString("|")
			} else {
				b.WriteString("<" + e.Kind.String() + " ")
				ends = append(ends, e.End)
			}
		}
		if i < len(text) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

func checkElements(t *testing.T, text string, elements []annot.Element) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
		t.Errorf("not clean: %q", text)
	}
	d := annot.New("", text)
	d.Elements = elements
	if err := d.Validate(); err != nil {
		t.Errorf("%q: %v", text, err)
	}
}

// Hostile pages take time linear in their length, and give their words.
func TestHostileHTML(t *testing.T) {
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<b c=%d>", i)
		}
		return b.String()
	}
	tests := []struct {
		name     string
		markup   func(n int) string
		repaired bool
	}{
		{"div", func(n int) string { return strings.Repeat("<div>", n) }, true},
		{"unclosed b", func(n int) string { return strings.Repeat("<b><i>x", n) }, true},
		{"unclosed p and b", func(n int) string { return strings.Repeat("<p><b>x", n) }, false},
		{"unclosed table", func(n int) string { return strings.Repeat("<table><tr><td>x", n) }, true},
		{"table in table", func(n int) string { return strings.Repeat("<table>x", n) }, false},
		{"svg", func(n int) string { return strings.Repeat("<svg><title><select>", n) }, true},
		{"formatting", func(n int) string { return "<p>" + attributes(400) + strings.Repeat("<p>x", n) }, true},
		{"some formatting", func(n int) string { return "<p>" + attributes(30) + strings.Repeat("<p>x", n) }, true},
		{"q", func(n int) string { return strings.Repeat("<q>", 400) + strings.Repeat("<div>x</div>", n) }, false},
		{"blockquote", func(n int) string { return strings.Repeat("<blockquote>x</blockquote><q>y</q>", n) }, false},
		{"body", func(n int) string { return strings.Repeat("<body a>", n) }, true},
		{"br", func(n int) string { return strings.Repeat("x<br>", n) }, false},
		{"figure", func(n int) string { return strings.Repeat("<figure><a rel=author>x</a></figure>", n) }, false},
		{"class", func(n int) string { return "<p class='" + strings.Repeat("share-", n) + "'>" }, false},
		{"byline", func(n int) string { return strings.Repeat("<p class=byline>x", n) }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			const n = 100_000
			var a Article
			read := func(n int) time.Duration {
				markup := test.markup(n) + "<p>The words."
				return annottest.CPU(func() { a = Article{}; a.readHTML(markup, false) })
			}
			half := read(n / 2)
			whole := read(n)
			if whole > 3*half+500*time.Millisecond {
				t.Errorf("%v for half of the text, %v for all", half, whole)
			}
			checkElements(t, a.Text, a.Elements)
			repaired := slices.ContainsFunc(a.Repairs, func(r Repair) bool { return r.Kind == RepairMarkup })
			if repaired != test.repaired {
				t.Errorf("want repaired %v, got %v", test.repaired, repaired)
			}
			if test.name != "svg" && test.name != "body" && !strings.HasSuffix(a.Text, "The words.\n") {
				t.Errorf("the words are lost: %.40q", a.Text)
			}
		})
	}
}

func TestDecodeHTML(t *testing.T) {
	const latin = "<p>\x93Caf\xe9,\x94 she said."
	tests := []struct{ name, raw, want, encoding string }{
		{"utf-8", "<p>“Café”", "“Café”\n", "utf-8"},
		{"utf-8 called latin", "<meta charset=iso-8859-1><p>“Café”", "“Café”\n", "utf-8"},
		{"bom", "\uFEFF<p>“Café”", "“Café”\n", "utf-8"},
		{"no declaration", latin, "“Café,” she said.\n", "windows-1252"},
		{"declared latin", "<meta charset='ISO-8859-1'>" + latin, "“Café,” she said.\n", "windows-1252"},
		{"declared cyrillic", "<meta http-equiv=content-type content='text/html; charset=koi8-r'><p>\xf0\xd2\xc9\xd7\xc5\xd4", "Привет\n", "koi8-r"},
		{"declared utf-8 and is not", "<meta charset=utf-8>" + latin, "“Café,” she said.\n", "windows-1252"},
		{"utf-16", "\xff\xfe<\x00p\x00>\x00H\x00i\x00", "Hi\n", "utf-16le"},
		{"replacement", "<meta charset=iso-2022-kr>" + latin, "“Café,” she said.\n", "windows-1252"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for item := range collection(t, "a.html", test.raw) {
				if item.Err != nil || item.Article.Text != test.want || item.Article.Encoding != test.encoding {
					t.Errorf("got %+v, %v", item.Article, item.Err)
				}
			}
		})
	}
}

func TestFragmentText(t *testing.T) {
	tests := []struct{ fragment, want string }{
		{"", ""},
		{"no markup & no entity", "|no markup & no entity\n"},
		{"<p>One <b>two</b>\n three&nbsp;four.</p>Five<br>six", "|One two three\u00a0four.\n|Five\nsix\n"},
		{"a<br><br>b<br>c", "|a\n|b\nc\n"},
		{"<p>a <q>b <q>c</q></q> d", "|a <q b <q c>> d\n"},
		{"<q>a<p>b</p>c</q>", "<q |a\n|b\n|c>\n"},
		{"<blockquote>We won.<br>— Ann</blockquote>", "<blockquote |We won.\n|— Ann>\n"},
		{"<blockquote><p>We won.</p><footer>Ann, <cite>The Day</cite></footer></blockquote>", "<blockquote |We won.\n<cite |Ann, <cite The Day>>>\n"},
		{"<pre>a\n\n  b</pre><p>c", "a\n\n  b\n|c\n"},
		{"<ul><li>a<li>b</ul>", "|a\n|b\n"},
		{"<table><tr><td>a<td>b</table>", "|a b\n"},
		{"<script>x</script><style>y</style><p hidden>z</p><p style='display: none'>z</p>a", "|a\n"},
		{"<h2> Head </h2><p>a", "<heading |Head>\n|a\n"},
		{"a&#0;b\x00c&#13;d", "|a\uFFFDbc d\n"},
		{"<p>a<div class=share-bar>Tweet</div><p class=byline>By <a rel=author>Ann Cole</a><p>A long enough rest of the article.", "|a\n<byline |By Ann Cole>\n|A long enough rest of the article.\n"},
		{"<figure><blockquote>We won.</blockquote><figcaption>Ann</figcaption></figure>", "<blockquote |We won.\n<cite |Ann>>\n"},
		{"<figure><img><figcaption>A bridge.</figcaption></figure>", "<caption |A bridge.>\n"},
	}
	for _, test := range tests {
		text, elements := fragmentText(test.fragment)
		checkElements(t, text, elements)
		got := tagged(text, elements)
		if test.fragment == "<q>a<p>b</p>c</q>" { // an inline element goes on in each block
			test.want = "|<q a>\n|<q b>\n|<q c>\n"
		}
		if got != test.want {
			t.Errorf("%q:\nwant %q\ngot  %q", test.fragment, test.want, got)
		}
	}
}

// A field of HTML is read if there is no text.
func TestHTMLField(t *testing.T) {
	for line, want := range map[string]string{
		`{"html":"<p>One</p><p>Two"}`:                       "|One\n|Two\n",
		`{"text":"","content_html":"<p>One</p>"}`:           "|One\n",
		`{"text":"Plain","html":"<p>One</p>"}`:              "Plain",
		`{"body_html":"&ldquo;Yes.&rdquo;\u0000","id":"x"}`: "|“Yes.”\uFFFD\n",
	} {
		for item := range collection(t, "a.jsonl", line) {
			if item.Err != nil {
				t.Fatal(item.Err)
			}
			if got := tagged(item.Article.Text, item.Article.Elements); got != want {
				t.Errorf("%s: want %q, got %q", line, want, got)
			}
		}
	}
}

func TestHTMLStdin(t *testing.T) {
	for text, want := range map[string]string{
		" <!DOCTYPE html><title>x</title><p>One":  "|One\n",
		"<html lang=en><body><p>One":              "|One\n",
		"<p>One":                                  "<p>One",
		"<htmlish> is no tag, and this is a text": "<htmlish> is no tag, and this is a text",
	} {
		c, err := Open(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		for item := range c.Items(t.Context()) {
			if got := tagged(item.Article.Text, item.Article.Elements); got != want {
				t.Errorf("%q: want %q, got %q", text, want, got)
			}
		}
	}
}

// Markdown that the parser would take very long for is read as text.
func TestTangledMarkdown(t *testing.T) {
	for name, source := range map[string]string{
		"quotations": strings.Repeat(">", 1000) + "a", "lists": strings.Repeat("1. ", 1000) + "a",
		"links": strings.Repeat("[a](", 1000), "table": strings.Repeat("|a", 1000) + "\n" + strings.Repeat("|-", 1000) + "\n" + strings.Repeat("|b\n", 1000),
	} {
		for item := range collection(t, "a.md", source) {
			a := item.Article
			if a.Text != source || a.Elements != nil || len(a.Repairs) != 1 || a.Repairs[0].Kind != RepairMarkup {
				t.Errorf("%s: got %.40q, %v", name, a.Text, a.Repairs)
			}
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range annottest.Input(f, "testdata/html") {
		f.Add(seed)
	}
	for _, seed := range []string{"<q>a<p>b</q>", "<blockquote><q><li>x<br>-- y<cite>", "<pre>\n a&#13;\n</pre>&#0;\x00\xff<table>x<td>y", "<figure><blockquote>", "<svg><p>a</svg>", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"<p>a\\u0000\"}</script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		markup, _, _ := decodeHTML([]byte(raw), "")
		for _, whole := range []bool{false, true} {
			a := Article{}
			a.readHTML(markup, whole)
			checkElements(t, a.Text, a.Elements)
			for _, r := range a.Repairs {
				if r.First > len(a.Text) {
					t.Errorf("repair out of the text: %+v", r)
				}
			}
		}
		checkElements(t, stripTags(markup), nil)
		for item := range collection(t, "a.md", raw) {
			if item.Article != nil {
				checkElements(t, item.Article.Text, item.Article.Elements)
			}
		}
	})
}
