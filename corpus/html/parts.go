package html

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
)

// A part is what a class or id says of an element of a web page.
type part uint8

const (
	noPart part = iota
	skipPart
	bylinePart
	captionPart
	socialPart
)

//go:embed parts.txt
var partsText string

// parts maps words and whole names of classes to parts of pages.
var parts = sync.OnceValue(func() map[string]part {
	byName := map[string]part{"skip": skipPart, "byline": bylinePart, "caption": captionPart, "social": socialPart}
	parts := map[string]part{}
	for line := range strings.Lines(partsText) {
		if fields := strings.Fields(line); len(fields) > 1 && byName[fields[0]] != noPart {
			for _, word := range fields[1:] {
				parts[word] = byName[fields[0]]
			}
		}
	}
	return parts
})

// partOf returns what the classes and the id of n say of it: the first that is known, embeds before all others.
func partOf(n *html.Node) part {
	found := noPart
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			switch p := partOfName(name); {
			case p == socialPart:
				return p
			case found == noPart:
				found = p
			}
		}
	}
	return found
}

// maxName is the length in bytes from which the name of a class says nothing.
const maxName = 80

func partOfName(name string) part {
	if len(name) > maxName {
		return noPart
	}
	if p := parts()[strings.ToLower(name)]; p != noPart {
		return p
	}
	found := noPart
	for _, word := range nameWords(name) {
		// Of the words only those that stand for parts by themselves count; an embed is known by its whole name.
		if p := parts()[word]; p != noPart && p != socialPart && found != skipPart {
			found = p
		}
	}
	return found
}

// nameWords cuts the name of a class into its words, in small letters: relatedLinks, related-links, related_links.
func nameWords(name string) []string {
	var words []string
	start := 0
	cut := func(i int) {
		if i > start {
			words = append(words, strings.ToLower(name[start:i]))
		}
	}
	small := false
	for i, r := range name {
		switch {
		case r == '-' || r == '_' || r == ':' || r == '.':
			cut(i)
			start = i + 1
		case unicode.IsUpper(r) && small:
			cut(i)
			start = i
		}
		small = unicode.IsLower(r)
	}
	cut(len(name))
	return words
}
