// Package html reads web pages and pieces of HTML: the text of the article, its structure, and what the page says of it.
// It does no input and output, and no markup makes it fail. Package corpus gives it what files, feeds and fields hold.
package html

import (
	"regexp"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Page is what a page of HTML holds of an article. All parts are the caller's.
type Page struct {
	// Text is the text of the article: valid UTF-8 if the markup is, with LF as its only line ending.
	Text string
	// Elements is the structure of Text, as annot.Document.Elements.
	Elements []annot.Element
	// Tangled says that the markup would make a tree too deep or too large for its length. Only its tags were taken off:
	// nothing is known but Text.
	Tangled bool
	// Meta is what the page says of the article.
	Meta Meta
}

// Meta is what a page says of its article besides showing it. A nil string was not given.
type Meta struct {
	Title, Date, URL *string
	Authors          []string
	// Extra holds, where given, the strings description, site_name and language.
	Extra map[string]any
}

// Read returns the article of the markup. If whole is true, all of the markup is the article, but for what pages leave
// out or hide; otherwise the markup is a page, and the article is looked for in it. It takes time linear in the markup.
func Read(markup string, whole bool) Page {
	doc, err := parse(markup)
	if err != nil {
		return Page{Text: stripTags(markup), Tangled: true}
	}
	p := newPage(whole)
	var page Page
	page.Text, page.Elements = p.text(doc)
	h := headOf(doc)
	page.Meta = h.meta(p.heading)
	if len(page.Meta.Authors) == 0 {
		page.Meta.Authors = bylineAuthors(page.Text, page.Elements)
	}
	if body := h.articleBody(); letters(page.Text)*10 < letters(body)*7 {
		page.Text, page.Elements = withHeadline(h.headline(), body)
	}
	return page
}

// Text returns the text of a piece of HTML, as feeds and JSON fields hold it, and its structure. Of markup that Read calls
// tangled there is no structure.
func Text(fragment string) (text string, elements []annot.Element) {
	doc, err := parse(fragment)
	if err != nil {
		return stripTags(fragment), nil
	}
	return newPage(true).text(doc)
}

var pageTags = regexp.MustCompile(`(?i)<(?:!doctype|html|head|body|article|main)[\s>/]`)

// IsPage reports whether the markup is a page, of which the article is a part, and not a piece that is one as a whole.
func IsPage(markup string) bool { return pageTags.MatchString(markup) }

// BeginsPage reports whether a text is a page by its first characters.
func BeginsPage(text string) bool {
	text = strings.TrimSpace(text)
	text = strings.ToLower(text[:min(len(text), len("<!doctype html"))])
	if text == "<!doctype html" || text == "<html" {
		return true
	}
	return strings.HasPrefix(text, "<html") && strings.ContainsRune(" \n\t>", rune(text[5]))
}

// bylineAuthors returns the names of the first byline that is one: By Ann Cole and Bo Renn, Staff Writers.
func bylineAuthors(text string, elements []annot.Element) []string {
	for _, e := range elements {
		line := text[e.Start:e.End]
		if e.Kind != annot.BylineElement || len(line) < 4 || !strings.EqualFold(line[:3], "by ") {
			continue
		}
		line, _, _ = strings.Cut(line[3:], "\n")
		line, _, _ = strings.Cut(line, ",")
		return strings.Split(strings.TrimSpace(line), " and ")
	}
	return nil
}

// letters counts the bytes that are no white space.
func letters(s string) int { return len(s) - strings.Count(s, " ") - strings.Count(s, "\n") }

// withHeadline puts a headline above a text.
func withHeadline(headline, text string) (string, []annot.Element) {
	w := newTextWriter()
	w.open(annot.HeadingElement)
	w.write(headline)
	w.close()
	head, elements := w.result()
	return head + text, elements
}
