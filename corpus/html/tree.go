package html

import (
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of what is parsed into a tree, which takes much more memory than the markup. Real pages are far below.
const (
	maxNodes  = 1_000_000
	maxOpen   = 50 // elements such as <b> that are left open: each paragraph opens them again
	maxBodies = 50 // tags <html> and <body>: each compares its attributes with those before
)

var errHostile = errors.New("too many elements for a tree")

// parse returns the tree of the markup, or an error if it would be very deep or large for its length.
func parse(markup string) (*html.Node, error) {
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
