package quotes

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// transcript finds labelled turns without marks: "SMITH: We never saw the memo." The mode needs two labelled turns in
// the article, so that a single "Note: …" is none.
func (f *finder) transcript() {
	d := f.d
	var turns []int // paragraphs
	labels := map[string]bool{}
	f.turn = make([]int, len(d.Paragraphs))
	marked := 0
	for i, p := range d.Paragraphs {
		if p.Zone != annot.Body {
			continue
		}
		label, n := Label(d.Slice(p.Span))
		for marked < len(d.Marked) && d.Marked[marked].Start < p.Start+n {
			marked++
		}
		if label == "" || marked < len(d.Marked) && d.Marked[marked].Start == p.Start+n && d.Marked[marked].End == p.End {
			continue // words that stand in marks are a quote already
		}
		labels[label] = true
		turns = append(turns, i)
		f.turn[i] = n
	}
	if len(turns) < 2 || len(labels) == 1 && len(turns) < 3 {
		clear(f.turn)
		return
	}
	for _, i := range turns {
		p := d.Paragraphs[i]
		d.Quotes = append(d.Quotes, annot.Quote{Parts: []annot.Span{{Start: p.Start + f.turn[i], End: p.End}}, Kind: annot.Transcript, Zone: p.Zone})
	}
}

// Label returns the speaker label that a line begins with and the offset of what is said after it, or "": a single
// capital (Q: A:) or words all in capitals, at most five, before a colon.
func Label(line string) (string, int) {
	colon := strings.IndexByte(line[:min(len(line), 60)], ':')
	if colon < 1 {
		return "", 0
	}
	label := line[:colon]
	if len(strings.Fields(label)) > 5 {
		return "", 0
	}
	for _, r := range label {
		if !unicode.IsUpper(r) && !unicode.IsSpace(r) && !strings.ContainsRune(".-'’()", r) {
			return "", 0
		}
	}
	if r, _ := utf8.DecodeRuneInString(label); !unicode.IsUpper(r) {
		return "", 0
	}
	said := line[colon+1:]
	rest := strings.TrimLeftFunc(said, unicode.IsSpace)
	if rest == "" || rest == said {
		return "", 0
	}
	return label, len(line) - len(rest)
}

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
	return f.turn[i] > 0 || f.block != nil && f.block[i] || k < len(f.d.Marked) && f.d.Marked[k].Paragraph == i
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
