package quotes

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// lost finds quotation marks that a wrong decoding destroyed. Nothing is guessed from them; a warning tells of them.
func (f *finder) lost() {
	d := f.d
	f.pairs("â€œ", "â€", annot.Mojibake, "mojibake", "quotation marks were decoded with the wrong encoding; decode the input as UTF-8")
	if strings.Count(d.Text, "?") < 2 {
		return
	}
	for _, p := range d.Paragraphs {
		f.questionMarks(p.Span)
	}
}

func (f *finder) pairs(open, shut string, why annot.Why, code, message string) {
	d := f.d
	first := -1
	for i := 0; ; {
		k := strings.Index(d.Text[i:], open)
		if k < 0 {
			break
		}
		start := i + k
		i = start + len(open)
		if first < 0 {
			first = start
		}
		end := min(len(d.Text)-i, 2000) // a quotation is not longer, and the search stays linear
		if k := strings.IndexByte(d.Text[i:i+end], '\n'); k >= 0 {
			end = k
		}
		if k = strings.Index(d.Text[i:i+end], shut); k >= 0 {
			i += k + len(shut)
			d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: annot.Span{Start: start, End: i}, Why: why})
		}
	}
	if first >= 0 {
		d.Warnings = append(d.Warnings, annot.Warning{Code: code, Message: message, Start: first})
	}
}

// questionMarks finds "?We tried,? Ruth Odum said.": a question mark right before a word and one after a comma.
func (f *finder) questionMarks(s annot.Span) {
	d := f.d
	text := d.Slice(s)
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '?' || i > 0 && text[i-1] != ' ' {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[i+1:]); !unicode.IsLetter(r) {
			continue
		}
		k := strings.Index(text[i+1:], ",?")
		if k < 0 {
			return
		}
		end := i + 1 + k + 2
		d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: annot.Span{Start: s.Start + i, End: s.Start + end}, Why: annot.MarksLost})
		d.Warnings = append(d.Warnings, annot.Warning{Code: "marks_lost",
			Message: "question marks stand where quotation marks were; get the article in its original encoding", Start: s.Start + i})
		i = end
	}
}

// pullQuotes finds paragraphs without marks that repeat the words of a quote: the second copy is none.
func (f *finder) pullQuotes() {
	d := f.d
	if len(d.Quotes) == 0 {
		return
	}
	said := map[string]bool{}
	for _, q := range d.Quotes {
		if w := bare(d.Slice(q.Parts[0])); len(w) >= 15 {
			said[w] = true
		}
	}
	for i, p := range d.Paragraphs {
		if p.Zone == annot.Headline {
			continue
		}
		line, _, more := strings.Cut(d.Slice(p.Span), "\n")
		if f.quoted(i) || !said[bare(line)] {
			continue
		}
		end := p.End
		// a name on the next line belongs to it
		if !more && i+1 < len(d.Paragraphs) && d.Paragraphs[i+1].Len() < 40 && d.Paragraphs[i+1].Start-p.End == 1 {
			end = d.Paragraphs[i+1].End
		}
		d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: annot.Span{Start: p.Start, End: end}, Why: annot.PullQuote})
	}
}

// quoted reports whether quotation marks, a labelled turn or a block quotation are in paragraph i. The stretches are sorted: binary search.
func (f *finder) quoted(i int) bool {
	k := sort.Search(len(f.d.Marked), func(k int) bool { return f.d.Marked[k].Paragraph >= i })
	return f.turn[i] || f.block != nil && f.block[i] || k < len(f.d.Marked) && f.d.Marked[k].Paragraph == i
}

// bare folds words for comparison: letters and digits only.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
