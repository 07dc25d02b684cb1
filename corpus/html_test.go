package corpus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
)

// TestMarkdownGolden shows what is said of each file, then its text with the elements that begin and end in it.
func TestMarkdownGolden(t *testing.T) {
	annottest.Run(t, "testdata/markdown", func(d *annot.Document) string {
		a := &Article{}
		for item := range collection(t, "a.md", d.Text) {
			if item.Err != nil {
				t.Fatal(item.Err)
			}
			a = item.Article
		}
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
		return b.String() + annottest.Elements(t, a.Text, a.Elements)
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
			if got := annottest.Elements(t, item.Article.Text, item.Article.Elements); got != want {
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
			if got := annottest.Elements(t, item.Article.Text, item.Article.Elements); got != want {
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
	for _, seed := range annottest.Input(f, "testdata/markdown") {
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
			annottest.Elements(t, a.Text, a.Elements)
			for _, r := range a.Repairs {
				if r.First > len(a.Text) {
					t.Errorf("repair out of the text: %+v", r)
				}
			}
		}
		for item := range collection(t, "a.md", raw) {
			if item.Article != nil {
				annottest.Elements(t, item.Article.Text, item.Article.Elements)
			}
		}
	})
}
