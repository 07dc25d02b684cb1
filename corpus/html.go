package corpus

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// html reads a file that is a web page, or a piece of one.
func (r *reader) html(in io.Reader) bool {
	raw, ok, more := r.readWhole(in)
	if !ok {
		return more
	}
	a := &Article{Path: r.path, Bytes: int64(len(raw)), SHA256: hash(raw)}
	markup := ""
	markup, a.Encoding, a.Repairs = decodeHTML(raw, "")
	a.readHTML(markup, !isPage(markup))
	return r.yield(Item{Article: a})
}

// decodeHTML decodes a page: by its byte order mark, as UTF-8 if it is that, by what the server (contentType, or "") or it
// itself says, or as Decode does.
func decodeHTML(raw []byte, contentType string) (markup, encoding string, repairs []Repair) {
	encoding = guess(raw)
	if !utf8.Valid(raw) && !strings.HasPrefix(encoding, "utf-16") && !strings.HasPrefix(encoding, "utf-32") {
		// Without a declaration the answer is one of these two.
		if _, declared, _ := charset.DetermineEncoding(raw, contentType); declared != "utf-8" && declared != fallback && declared != "replacement" {
			encoding = declared
		}
	}
	b := newBuilder(len(raw))
	b.decode(raw, encoding)
	markup, repairs = b.finish(encoding)
	return markup, encoding, repairs
}

// readHTML fills in the text, the structure and what is said of the article, which is the whole of the markup or a part of
// it. White space of the markup is not the text's, so
// line endings are no repairs, and places of other repairs are not known.
func (a *Article) readHTML(markup string, whole bool) {
	var repairs []Repair
	for _, r := range a.Repairs {
		if r.Kind != RepairCRLF && r.Kind != RepairCR {
			repairs = append(repairs, Repair{Kind: r.Kind, Count: r.Count})
		}
	}
	a.Repairs = repairs
	doc, err := parseHTML(markup)
	if err != nil {
		a.Text = stripTags(markup)
		a.Elements = nil
		a.Repairs = append(a.Repairs, Repair{Kind: RepairMarkup, Count: 1})
		return
	}
	p := newPage(whole)
	a.Text, a.Elements = p.text(doc)
	h := headOf(doc)
	a.Meta.merge(h.meta(p.heading))
	if len(a.Meta.Authors) == 0 {
		a.Meta.Authors = bylineAuthors(a.Text, a.Elements)
	}
	if body := h.articleBody(); letters(a.Text)*10 < letters(body)*7 {
		a.Text, a.Elements = withHeadline(h.headline(), body)
	}
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

// fragmentText returns the text of a piece of HTML, as feeds and JSON fields hold it, and its structure.
func fragmentText(fragment string) (text string, elements []annot.Element) {
	doc, err := parseHTML(fragment)
	if err != nil {
		return stripTags(fragment), nil
	}
	return newPage(true).text(doc)
}

var pageTags = regexp.MustCompile(`(?i)<(?:!doctype|html|head|body|article|main)[\s>/]`)

// isPage reports whether the markup is a page, of which the article is a part, and not a piece that is one as a whole.
func isPage(markup string) bool { return pageTags.MatchString(markup) }

// beginsPage reports whether a text is a page by its first characters.
func beginsPage(text string) bool {
	text = strings.TrimSpace(text)
	text = strings.ToLower(text[:min(len(text), len("<!doctype html"))])
	return text == "<!doctype html" || strings.HasPrefix(text, "<html") && (len(text) == 5 || strings.ContainsRune(" \n\t>", rune(text[5])))
}

// The limits of what is parsed into a tree, which takes much more memory than the markup. Real pages are far below.
const (
	maxNodes  = 1_000_000
	maxOpen   = 50 // elements such as <b> that are left open: each paragraph opens them anew
	maxBodies = 50 // tags <html> and <body>: each compares its attributes with those before
)

var errHostile = errors.New("too many elements for a tree")

// parseHTML returns the tree of the markup, or an error if it would be very deep or large for its length.
func parseHTML(markup string) (*html.Node, error) {
	if hostile(markup) {
		return nil, errHostile
	}
	return html.Parse(strings.NewReader(markup))
}

// hostile reads the tags and reports whether their tree could outgrow its limits.
func hostile(markup string) bool {
	z := html.NewTokenizer(strings.NewReader(markup))
	open := map[string]int{}                     // elements left open, by their tags
	last := map[atom.Atom][]string{}             // tags of those left open, by name
	tokens, unclosed, most, bodies := 0, 0, 1, 0 // most is the largest unclosed so far
	for {
		t := z.Next()
		if t == html.ErrorToken {
			return false
		}
		if tokens++; t != html.StartTagToken && t != html.EndTagToken {
			continue
		}
		raw := string(z.Raw())
		name, _ := z.TagName()
		a := atom.Lookup(name)
		switch a {
		case atom.Html, atom.Body:
			bodies++
		case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
			list := last[a]
			switch {
			case t == html.StartTagToken:
				last[a] = append(list, raw)
				if open[raw]++; open[raw] <= 3 { // the parser keeps three alike
					unclosed++
				}
			case len(list) > 0:
				raw = list[len(list)-1]
				last[a] = list[:len(list)-1]
				if open[raw]--; open[raw] < 3 {
					unclosed--
				}
			}
		}
		if most = max(most, unclosed); most > maxOpen || tokens*most > maxNodes || bodies > maxBodies {
			return true
		}
	}
}

// stripTags returns the text of markup that no tree can be made of, without its structure.
func stripTags(markup string) string {
	z := html.NewTokenizer(strings.NewReader(markup))
	w := newTextWriter()
	skip := atom.Atom(0)
	for {
		t := z.Next()
		switch t {
		case html.ErrorToken:
			text, _ := w.result()
			return text
		case html.TextToken:
			if skip == 0 {
				w.write(string(z.Text()))
			}
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, _ := z.TagName()
		a := atom.Lookup(name)
		switch {
		case a == atom.Br:
			w.lineBreak()
		case isBlock(a):
			w.endBlock()
		case a == atom.Script || a == atom.Style || a == atom.Title || a == atom.Textarea: // their content is one token
			if skip = a; t == html.EndTagToken {
				skip = 0
			}
		}
	}
}
