package html

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// TestGolden shows what is said of each page, then its text with the elements that begin and end in it.
func TestGolden(t *testing.T) {
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		page := Read(d.Text, !IsPage(d.Text))
		var b strings.Builder
		for _, field := range []struct {
			name  string
			value *string
		}{{"title", page.Meta.Title}, {"date", page.Meta.Date}, {"url", page.Meta.URL}} {
			if field.value != nil {
				fmt.Fprintf(&b, "%s: %s\n", field.name, *field.value)
			}
		}
		if len(page.Meta.Authors) > 0 {
			fmt.Fprintf(&b, "authors: %s\n", strings.Join(page.Meta.Authors, "; "))
		}
		if page.Tangled {
			b.WriteString("tangled\n")
		}
		return b.String() + annottest.Elements(t, page.Text, page.Elements)
	})
}

// Hostile pages take time linear in their length, and give their words.
func TestHostile(t *testing.T) {
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<b c=%d>", i)
		}
		return b.String()
	}
	tests := []struct {
		name    string
		markup  func(n int) string
		tangled bool
	}{
		{"div", func(n int) string { return strings.Repeat("<div>", n) }, true},
		{"unclosed b", func(n int) string { return strings.Repeat("<b><i>x", n) }, true},
		{"unclosed p and b", func(n int) string { return strings.Repeat("<p><b>x", n) }, false},
		{"unclosed table", func(n int) string { return strings.Repeat("<table><tr><td>x", n) }, true},
		{"table in table", func(n int) string { return strings.Repeat("<table>x", n) }, false},
		{"svg", func(n int) string { return strings.Repeat("<svg><title><select>", n) }, true},
		{"formatting", func(n int) string { return "<p>" + attributes(400) + strings.Repeat("<p>x", n) }, true},
		{"some formatting", func(n int) string { return "<p>" + attributes(30) + strings.Repeat("<p>x", n) }, effort.All()}, // a short page is not yet tangled
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
			var page Page
			effort.Linear(t, effort.Pick(1_000, 25_000), func(n int) func() {
				markup := test.markup(n) + "<p>The words."
				return func() { page = Read(markup, false) }
			})
			annottest.Elements(t, page.Text, page.Elements)
			if page.Tangled != test.tangled {
				t.Errorf("want tangled %v, got %v", test.tangled, page.Tangled)
			}
			if test.name != "svg" && test.name != "body" && !strings.HasSuffix(page.Text, "The words.\n") {
				t.Errorf("the words are lost: %.40q", page.Text)
			}
		})
	}
}

func TestText(t *testing.T) {
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
		text, elements := Text(test.fragment)
		got := annottest.Elements(t, text, elements)
		if test.fragment == "<q>a<p>b</p>c</q>" { // an inline element goes on in each block
			test.want = "|<q a>\n|<q b>\n|<q c>\n"
		}
		if got != test.want {
			t.Errorf("%q:\nwant %q\ngot  %q", test.fragment, test.want, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range annottest.Input(f, "testdata") {
		f.Add(seed)
	}
	for _, seed := range []string{"<q>a<p>b</q>", "<blockquote><q><li>x<br>-- y<cite>", "<pre>\n a&#13;\n</pre>&#0;\x00<table>x<td>y", "<figure><blockquote>", "<svg><p>a</svg>", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"<p>a\\u0000\"}</script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		markup = strings.ReplaceAll(strings.ToValidUTF8(markup, "\uFFFD"), "\r", "\n")
		for _, whole := range []bool{false, true} {
			page := Read(markup, whole)
			annottest.Elements(t, page.Text, page.Elements)
		}
		annottest.Elements(t, stripTags(markup), nil)
	})
}
