package corpus

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// fragmentText returns the text of a piece of HTML, as feeds and JSON fields hold it, and its structure.
func fragmentText(fragment string) (text string, elements []annot.Element) {
	z := html.NewTokenizer(strings.NewReader(fragment))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String(), nil
		case html.TextToken:
			b.Write(z.Text())
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "p" {
				b.WriteByte('\n')
			}
		}
	}
}
