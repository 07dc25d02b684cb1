package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// acronym finds the organization whose capitals the key is the acronym of.
func (g *grouper) acronym(key string) (int, bool) {
	if len(key) < 2 || len(key) > 7 || strings.ContainsRune(key, ' ') {
		return 0, false
	}
	e, ok := g.byInitials[key]
	return e, ok
}

// initials returns the folded capitals of a name of several words.
func initials(name string) string {
	var b strings.Builder
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// merge joins organizations of which one is named by the beginning, or by the last words, of just one other: Kestrel,
// Kestrel Energy Ltd; Altos del Sur, Minera Altos del Sur.
func (g *grouper) merge() {
	d := g.v.D
	const several = -1
	parts := map[string]int{} // the first words and the last words of the longer names
	note := func(part string, e int) {
		if old, ok := parts[part]; ok && old != e {
			e = several
		}
		parts[part] = e
	}
	for e, x := range d.Entities {
		words := strings.Fields(x.Name)
		if x.Type != annot.ORG || len(words) < 2 || len(words) > 8 {
			continue
		}
		for k := 1; k < len(words); k++ {
			note(strings.Join(words[:k], " "), e)
			if last := strings.Join(words[k:], " "); len(words)-k > 1 || len(last) > 3 { // the Times, the New York Times
				note(last, e)
			}
		}
	}
	for e := range d.Entities {
		short := &d.Entities[e]
		if short.Type != annot.ORG || strings.HasSuffix(short.Name, " of") {
			continue
		}
		if into, ok := parts[short.Name]; ok && into != several && into != e && len(d.Entities[into].Mentions) > 0 {
			d.Entities[into].Mentions = append(d.Entities[into].Mentions, short.Mentions...)
			short.Mentions = nil
		}
	}
}
