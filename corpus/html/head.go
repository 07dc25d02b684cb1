package html

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaNames are the names under which pages tell of their articles, the most telling first.
var metaNames = struct{ title, date, url, authors, description, site []string }{
	title:       []string{"og:title", "twitter:title", "dc.title"},
	date:        []string{"article:published_time", "og:article:published_time", "parsely-pub-date", "sailthru.date", "date", "pubdate", "publish-date", "publication_date", "dc.date", "dcterms.created", "datepublished"},
	url:         []string{"canonical", "og:url"},
	authors:     []string{"author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator"},
	description: []string{"og:description", "description"},
	site:        []string{"og:site_name"},
}

// A head is what a page says of its article besides showing it.
type head struct {
	// named are the contents of meta elements by name, the first of each name but for authors; title is the <title>.
	named   map[string][]string
	title   string
	time    string // the first <time>
	rel     []string
	lang    string
	article map[string]any // JSON-LD
}

const maxLinked = 20 // scripts of JSON-LD that are read

// headOf collects what the page says.
func headOf(doc *html.Node) *head {
	h := &head{named: map[string][]string{}}
	scripts := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		prop := attr(n, "itemprop")
		switch n.DataAtom {
		case atom.Html:
			h.lang = attr(n, "lang")
		case atom.Title:
			if h.title == "" && n.Namespace == "" {
				h.title = oneLine(n)
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				h.add("canonical", attr(n, "href"))
			}
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				h.add(attr(n, key), attr(n, "content"))
			}
		case atom.Time:
			if t := attr(n, "datetime"); t != "" && (h.time == "" || prop == "datePublished") {
				h.time = t
			}
		case atom.Script:
			if strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") && n.FirstChild != nil && scripts < maxLinked {
				scripts++
				h.linked(n.FirstChild.Data)
			}
		case atom.A, atom.Span:
			if (attr(n, "rel") == "author" || prop == "author" || prop == "name" && n.Parent != nil && attr(n.Parent, "itemprop") == "author") && len(h.rel) < maxAuthors {
				if name := oneLine(n); name != "" {
					h.rel = append(h.rel, name)
				}
			}
		}
	}
	return h
}

const maxAuthors = 50

func (h *head) add(name, content string) {
	name = strings.ToLower(strings.TrimSpace(name))
	if content = strings.TrimSpace(content); name != "" && content != "" && len(h.named[name]) < maxAuthors {
		h.named[name] = append(h.named[name], content)
	}
}

// linked looks for the article in a script of JSON-LD: an object, several in a list, or a graph of them.
func (h *head) linked(script string) {
	d := json.NewDecoder(strings.NewReader(script))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return
	}
	h.visit(v, 0)
}

func (h *head) visit(v any, depth int) {
	if depth > 4 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			h.visit(element, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) && (h.article == nil || str(h.article["articleBody"]) == "" && str(v["articleBody"]) != "") {
			h.article = v
		}
		h.visit(v["@graph"], depth+1)
		h.visit(v["mainEntity"], depth+1)
		h.visit(v["mainEntityOfPage"], depth+1)
	}
}

// isArticle reports whether a type of schema.org is an article: NewsArticle, BlogPosting, Report.
func isArticle(types any) bool {
	switch t := types.(type) {
	case string:
		return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || t == "Report"
	case []any:
		for _, one := range t {
			if s, ok := one.(string); ok && isArticle(s) {
				return true
			}
		}
	}
	return false
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// headline returns the headline of the JSON-LD article.
func (h *head) headline() string { return plainText(str(h.article["headline"])) }

// articleBody returns the text of the JSON-LD article.
func (h *head) articleBody() string {
	body := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(str(h.article["articleBody"]))
	if strings.Contains(body, "</") || strings.Contains(body, "<br") {
		body, _ = Text(body)
	}
	return html.UnescapeString(body)
}

// plainText takes the markup that some pages have in their titles and names off.
func plainText(s string) string {
	if strings.ContainsAny(s, "<&") {
		s, _ = Text(s)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "\uFFFD")), " ")
}

// meta returns what the page says of the article; heading is the element with its title, or nil.
func (h *head) meta(heading *html.Node) Meta {
	var m Meta
	title := h.title
	if heading != nil {
		title = oneLine(heading)
	}
	set(&m.Title, append([]string{h.headline()}, append(h.all(metaNames.title), title)...)...)
	set(&m.Date, append([]string{str(h.article["datePublished"])}, append(h.all(metaNames.date), h.time)...)...)
	set(&m.URL, append(h.all(metaNames.url), str(h.article["url"]))...)
	m.Authors = AuthorNames(h.article["author"])
	for i := 0; len(m.Authors) == 0 && i < len(metaNames.authors); i++ {
		for _, name := range h.named[metaNames.authors[i]] {
			if !strings.Contains(name, "://") {
				m.Authors = append(m.Authors, name)
			}
		}
	}
	if len(m.Authors) == 0 {
		m.Authors = h.rel
	}
	for i, name := range m.Authors {
		m.Authors[i] = plainText(name)
		if rest := m.Authors[i]; len(rest) > 3 && strings.EqualFold(rest[:3], "by ") {
			m.Authors[i] = rest[3:]
		}
	}
	extra := map[string]any{}
	for name, values := range map[string][]string{"description": h.all(metaNames.description), "site_name": h.all(metaNames.site), "language": {h.lang}} {
		var value *string
		if set(&value, values...); value != nil {
			extra[name] = *value
		}
	}
	if len(extra) > 0 {
		m.Extra = extra
	}
	return m
}

// all returns the contents of the named meta elements.
func (h *head) all(names []string) (list []string) {
	for _, name := range names {
		list = append(list, h.named[name]...)
	}
	return list
}

// set sets *to to the first of the values that is not empty.
func set(to **string, values ...string) {
	for _, v := range values {
		if v = plainText(v); v != "" {
			*to = &v
			return
		}
	}
}

// oneLine returns the text of an element on one line.
func oneLine(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && b.Len() < 1000 {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// AuthorNames returns the names in an author value, decoded from JSON, as schema.org and programming interfaces write it:
// a name, an object with a name, or a list of these.
func AuthorNames(value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case map[string]any:
		return AuthorNames(v["name"])
	case []any:
		var names []string
		for _, element := range v {
			if list, ok := element.([]any); !ok || len(list) == 0 { // no lists in lists
				names = append(names, AuthorNames(element)...)
			}
		}
		return names
	}
	return nil
}
