package annottest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// Elements returns the text with the kinds of the elements around their text, as in <q ask the mayor>; a block begins with
// a bar instead. It fails the test if a reader may not give such a text or such elements: see annot.Document.
func Elements(tb testing.TB, text string, elements []annot.Element) string {
	tb.Helper()
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
		tb.Errorf("not clean: %q", text)
	}
	d := annot.New("", text)
	d.Elements = elements
	if err := d.Validate(); err != nil {
		tb.Errorf("%q: %v", text, err)
	}
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
