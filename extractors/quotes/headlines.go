package quotes

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const (
	// maxHeadlines bounds the quotes of headlines that are looked for in the body.
	maxHeadlines = 8
	// leastRepeated is the least number of letters of a headline's quote that is found within a longer one of the body; a
	// shorter one must be all that is in the marks there.
	leastRepeated = 10
)

// link gives each quote in a headline the first quote of the body that says the same words as its parent, so that nobody counts
// them twice. A headline may cut words off at both ends, but not in the middle.
func (f *finder) link() {
	d := f.d
	var heads []int
	for i, q := range d.Quotes {
		if q.Zone == annot.Headline && len(heads) < maxHeadlines {
			heads = append(heads, i)
		}
	}
	if len(heads) == 0 {
		return
	}
	body := make([]string, len(d.Quotes))
	for i, q := range d.Quotes {
		if q.Zone == annot.Body {
			body[i] = f.spoken(q)
		}
	}
	for _, h := range heads {
		said := f.spoken(d.Quotes[h])
		for i, words := range body {
			if words != "" && (said == words || len(said)-2 >= leastRepeated && strings.Contains(words, said)) {
				d.Quotes[h].Parent = d.Quotes[i].ID
				break
			}
		}
	}
}

// spoken returns the letters and figures of a quote, each word between spaces.
func (f *finder) spoken(q annot.Quote) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, p := range q.Parts {
		for _, word := range strings.Fields(f.d.Slice(p)) {
			if w := bare(word); w != "" {
				b.WriteString(w)
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
