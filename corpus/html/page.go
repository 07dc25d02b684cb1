package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A page is a parsed page and how much text its nodes hold.
type page struct {
	// weight holds the bytes of text of each element that is shown, links left out; length holds those with links,
	// and prose those in paragraphs.
	weight, length, prose map[*html.Node]int
	// least is the weight from which an element is kept whatever its class says: a page may call its body anything.
	least int
	// whole says that all of the page is the article.
	whole bool
	// heading is the title of the article, if it is outside of the content.
	heading *html.Node
}

func newPage(whole bool) *page {
	return &page{weight: map[*html.Node]int{}, length: map[*html.Node]int{}, prose: map[*html.Node]int{}, whole: whole}
}

// text returns the text of the page's article and its structure.
func (p *page) text(doc *html.Node) (string, []annot.Element) {
	w := newTextWriter()
	content := p.content(doc)
	p.least = p.weight[content]/2 + 1
	if p.heading != nil && !contains(content, p.heading) {
		p.render(w, p.heading)
	}
	p.render(w, content)
	return w.result()
}

// weigh fills in the weights of n and what is below it. The parser bounds the depth.
func (p *page) weigh(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			p.length[n] += len(strings.TrimSpace(c.Data))
			p.weight[n] += len(strings.TrimSpace(c.Data))
		case c.Type == html.ElementNode && !unseen(c):
			p.weigh(c)
			p.length[n] += p.length[c]
			p.prose[n] += p.prose[c]
			if c.DataAtom != atom.A {
				p.weight[n] += p.weight[c]
			}
		}
	}
	if n.DataAtom == atom.P {
		p.prose[n] = p.weight[n]
	}
	if n.DataAtom == atom.H1 && p.heading == nil && p.length[n] > 0 {
		p.heading = n
	}
}

// content returns the element that holds the article: what the page calls it if that holds a fair part of the text, and
// else what is left when elements around most of the text are entered from the outside in.
func (p *page) content(doc *html.Node) *html.Node {
	body := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Body })
	if body == nil {
		return doc
	}
	p.weigh(body)
	if p.whole {
		return body
	}
	for _, named := range []func(*html.Node) bool{
		func(n *html.Node) bool { return strings.Contains(attr(n, "itemprop"), "articleBody") },
		func(n *html.Node) bool { return n.DataAtom == atom.Article },
		func(n *html.Node) bool { return n.DataAtom == atom.Main || attr(n, "role") == "main" },
	} {
		if best := p.heaviest(body, named); best != nil && p.weight[best]*5 >= p.weight[body]*2 {
			return best
		}
	}
	return p.enter(body)
}

// enter goes down from n as long as one child holds most of the text, and nearly all of the paragraphs.
func (p *page) enter(n *html.Node) *html.Node {
	for {
		var heavy *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && holdsBlocks(c) && p.weight[c]*10 >= p.weight[n]*6 && p.prose[c]*10 >= p.prose[n]*8 {
				heavy = c
			}
		}
		if heavy == nil {
			return n
		}
		n = heavy
	}
}

// holdsBlocks reports whether the article may lie within n: in a container, and not in a paragraph.
func holdsBlocks(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Section, atom.Main, atom.Article, atom.Table, atom.Tbody, atom.Tr, atom.Td, atom.Center, atom.Font, atom.Span, atom.Form:
		return true
	}
	return false
}

// heaviest returns the shown element with most text for which is holds, or nil. Of two of the same weight the first wins.
func (p *page) heaviest(root *html.Node, is func(*html.Node) bool) *html.Node {
	var best *html.Node
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type != html.ElementNode || unseen(n) {
			return
		}
		if is(n) && (best == nil || p.weight[n] > p.weight[best]) {
			best = n
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	return best
}

// find returns the first element below n for which is holds, or nil.
func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

func contains(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// unseen reports whether nothing of the element is ever part of an article, by its name or because it is hidden.
func unseen(n *html.Node) bool {
	if n.Namespace != "" {
		return true // svg and math
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Canvas, atom.Audio, atom.Video, atom.Nav,
		atom.Aside, atom.Button, atom.Select, atom.Input, atom.Textarea, atom.Dialog, atom.Menu, atom.Head, atom.Title, atom.Map, atom.Rp, atom.Rt,
		atom.Noembed, atom.Noframes, atom.Frameset, atom.Datalist, atom.Meter, atom.Progress:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "role":
			switch a.Val {
			case "navigation", "complementary", "search", "banner", "contentinfo", "dialog", "menu", "menubar", "toolbar", "alert":
				return true
			}
		case "style":
			if s := strings.ToLower(strings.ReplaceAll(a.Val, " ", "")); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// A place says what a node lies in.
type place struct {
	quote  bool // a block quotation
	figure bool // a figure that is one
	byline bool
}

// render writes what is shown of n.
func (p *page) render(w *textWriter, n *html.Node) { p.node(w, n, place{}) }

func (p *page) node(w *textWriter, n *html.Node, in place) {
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return
	case html.DocumentNode:
		p.children(w, n, in)
		return
	case html.ElementNode:
	default:
		return
	}
	if unseen(n) {
		return
	}
	kind := p.kind(n, &in)
	switch {
	case kind == skipped:
		return
	case n.DataAtom == atom.Br:
		w.lineBreak()
	case n.DataAtom == atom.Pre || n.DataAtom == atom.Listing || n.DataAtom == atom.Plaintext:
		w.keepSpace()
		p.children(w, n, in)
		w.dropSpace()
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.write(" ")
		p.children(w, n, in)
		w.write(" ")
	case kind == annot.CaptionElement, isBlock(n.DataAtom) && kind != annot.NoElement:
		w.open(kind)
		p.children(w, n, in)
		w.close()
	case isBlock(n.DataAtom):
		w.endBlock()
		p.children(w, n, in)
		w.endBlock()
	case kind != annot.NoElement && w.openInline(kind):
		p.children(w, n, in)
		w.closeInline()
	default:
		p.children(w, n, in)
	}
}

func (p *page) children(w *textWriter, n *html.Node, in place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(w, c, in)
	}
}

// skipped is the kind of an element that is left out.
const skipped = ^annot.ElementKind(0)

// maxByline is the length in bytes beyond which an element that is called a byline is something else.
const maxByline = 200

// kind returns the kind of element that n is, NoElement for most, and what lies within it.
func (p *page) kind(n *html.Node, in *place) annot.ElementKind {
	part := partOf(n)
	light := p.weight[n] < p.least
	switch {
	case part == socialPart && isBlock(n.DataAtom) && !in.quote:
		in.quote = true
		return annot.SocialElement
	case in.quote:
	case light && (part == skipPart && isBlock(n.DataAtom) || n.DataAtom == atom.Form) && !contains(n, p.heading):
		return skipped
	}
	switch n.DataAtom {
	case atom.Blockquote:
		if in.figure {
			in.figure = false // the figure around it is the quotation
			return annot.NoElement
		}
		in.quote = true
		return annot.BlockQuoteElement
	case atom.Q:
		return annot.InlineQuote
	case atom.Figure:
		if !in.quote && quotes(n) {
			in.quote, in.figure = true, true
			return annot.BlockQuoteElement
		}
	case atom.Figcaption, atom.Cite, atom.Footer:
		switch {
		case in.quote:
			return annot.CiteElement
		case n.DataAtom == atom.Figcaption:
			return annot.CaptionElement
		case n.DataAtom == atom.Footer:
			return skipped
		}
	case atom.Header:
		if n.Parent != nil && n.Parent.DataAtom == atom.Body && p.heading != nil && !contains(n, p.heading) {
			return skipped // the banner of the site
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return annot.HeadingElement
	}
	switch {
	case in.byline, in.quote:
	case part == bylinePart && light && p.length[n] <= maxByline, attr(n, "rel") == "author", attr(n, "itemprop") == "author":
		in.byline = true
		return annot.BylineElement
	case part == captionPart && light:
		return annot.CaptionElement
	}
	return annot.NoElement
}

// quotes reports whether the figure n shows a quotation: it holds one, and no picture.
func quotes(n *html.Node) bool {
	quote := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Img, atom.Picture, atom.Video, atom.Iframe, atom.Svg, atom.A, atom.Div:
			return false
		case atom.Blockquote:
			quote = quote || partOf(c) != socialPart
		}
	}
	return quote
}

// isBlock reports whether an element of this name is on lines of its own.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Form, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Dir, atom.Div, atom.Dl, atom.Dt,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr,
		atom.Html, atom.Legend, atom.Li, atom.Main, atom.Ol, atom.P, atom.Pre, atom.Listing, atom.Plaintext, atom.Section, atom.Summary, atom.Table, atom.Tbody,
		atom.Tfoot, atom.Thead, atom.Tr, atom.Ul, atom.Optgroup, atom.Option:
		return true
	}
	return false
}
