package quotes

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A block is a block quotation that the markup sets apart, or an embedded post.
type block struct {
	annot.Element
	outer  int          // index of the block around it, or -1
	parts  []annot.Span // the words quoted, a part each paragraph
	paras  []int        // the paragraphs of the parts
	source bool         // it says itself whose words they are
}

// blocks makes quotes of the block quotations of the markup. Those whose words are the article's own, repeated for the eye,
// are pull quotes; those that report what others say, with marks and cues, are read like the rest of the article.
func (f *finder) blocks() {
	d := f.d
	f.block = make([]bool, len(d.Paragraphs))
	list, narrated := f.findBlocks()
	if len(list) == 0 {
		return
	}
	f.within = map[int]int{}
	pulled := f.pulled(list)
	for i := range list {
		b := &list[i]
		switch {
		case len(b.parts) == 0, b.Kind == annot.BlockQuoteElement && !narrated && !b.source:
			continue // a text that is indented as a whole
		case f.reports(b):
			continue
		}
		marks := f.cover(b)
		for _, p := range b.paras {
			f.block[p] = true
		}
		if pulled[i] {
			s := annot.Span{Start: b.parts[0].Start, End: b.parts[len(b.parts)-1].End}
			d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: s, Why: annot.PullQuote})
			continue
		}
		q := annot.Quote{Parts: b.parts, Kind: annot.Block, Zone: d.Paragraphs[b.paras[0]].Zone}
		if marks {
			q.Kind = annot.Direct
		}
		if b.Kind == annot.SocialElement {
			q.Flags |= annot.Social
		}
		if len(b.parts) > 1 {
			q.Flags |= annot.MultiParagraph
		}
		if b.outer >= 0 && len(list[b.outer].parts) > 0 {
			f.within[b.parts[0].Start] = list[b.outer].parts[0].Start
		}
		d.Quotes = append(d.Quotes, q)
	}
}

// findBlocks returns the block quotations in order, and whether the article has text outside of them.
func (f *finder) findBlocks() (list []block, narrated bool) {
	d := f.d
	around := -1 // the innermost block at hand
	var cites []annot.Span
	next := 0
	for i, p := range d.Paragraphs {
		for ; next < len(d.Elements) && d.Elements[next].Start < p.End; next++ {
			e := d.Elements[next]
			for around >= 0 && list[around].End <= e.Start {
				around = list[around].outer
			}
			switch e.Kind {
			case annot.BlockQuoteElement, annot.SocialElement:
				list = append(list, block{Element: e, outer: around})
				around = len(list) - 1
			case annot.CiteElement:
				if n := len(cites); n == 0 || !cites[n-1].Contains(e.Span) { // only the outermost, which stand one after the other
					cites = append(cites, e.Span)
				}
			}
		}
		for around >= 0 && list[around].End <= p.Start {
			around = list[around].outer
		}
		for len(cites) > 0 && cites[0].End <= p.Start {
			cites = cites[1:]
		}
		if around < 0 {
			narrated = narrated || p.Zone == annot.Body
			continue
		}
		b := &list[around]
		words, sourced := f.quotedWords(b, p, cites)
		if b.source = b.source || sourced; words.Len() > 0 {
			b.parts, b.paras = append(b.parts, words), append(b.paras, i)
		}
	}
	return list, narrated
}

// maxSource is the length in bytes of a paragraph that may name the source of a block quotation.
const maxSource = 200

// quotedWords returns what of paragraph p, which lies in b, is quoted, and whether the rest is its source.
func (f *finder) quotedWords(b *block, p annot.Paragraph, cites []annot.Span) (words annot.Span, sourced bool) {
	if p.Zone != annot.Body || b.Kind == annot.SocialElement && b.source {
		return annot.Span{}, false // what stands after the source of a post is about the post
	}
	text := f.d.Slice(p.Span)
	first := len(b.parts) == 0
	if b.Kind == annot.SocialElement && first && strings.HasPrefix(text, "View this post on ") {
		return annot.Span{}, false // the platform’s own words
	}
	switch {
	case len(text) > maxSource:
	case !first && startsWithDash(text), b.Kind == annot.SocialElement && strings.Contains(text, "(@"):
		return annot.Span{}, true
	}
	words = p.Span
	for _, c := range cites {
		switch {
		case c.Start >= words.End || c.End <= words.Start:
			continue
		case c.Start <= words.Start:
			words.Start = min(c.End, words.End)
		default:
			words.End = c.Start
		}
		sourced = true
	}
	if sourced {
		words = trimSource(f.d.Text, words)
	}
	return words, sourced
}

// trimSource takes white space, and the dash or colon between words and their source, off both ends.
func trimSource(text string, s annot.Span) annot.Span {
	between := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("—–―-:~(", r) }
	body := strings.TrimRightFunc(text[s.Start:s.End], between)
	s.End = s.Start + len(body)
	s.Start = s.End - len(strings.TrimLeftFunc(body, func(r rune) bool { return between(r) && r != '(' }))
	return s
}

func startsWithDash(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '—' || r == '–' || r == '―' || strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "--")
}

// reports reports whether the block tells what others say: it holds words in marks with a cue, or labelled turns.
func (f *finder) reports(b *block) bool {
	for _, i := range b.paras {
		if f.turn[i] {
			return true
		}
	}
	if b.Kind == annot.SocialElement {
		return false
	}
	found := false
	f.eachMark(b, func(k int) {
		c := f.sight[k].context
		found = found || f.verdict[k].kind != annot.NoKind && (c.cueBefore || c.cueAfter || c.colon)
	})
	return found
}

// cover gives the marked stretches within the block their verdict, and reports whether they are all of its words.
func (f *finder) cover(b *block) bool {
	whole, n := true, 0
	f.eachMark(b, func(k int) {
		m := f.d.Marked[k]
		f.verdict[k] = verdict{why: annot.Nested}
		if m.Open > 0 && m.Parent < 0 && slices.ContainsFunc(b.parts, func(p annot.Span) bool { return p == m.Span }) {
			n++
			f.verdict[k] = verdict{} // the marks of the quote
		}
	})
	whole = n == len(b.parts)
	if !whole && n > 0 {
		f.eachMark(b, func(k int) { f.verdict[k] = verdict{why: annot.Nested} })
	}
	return whole
}

// eachMark calls do for the marked stretches in the parts of b.
func (f *finder) eachMark(b *block, do func(k int)) {
	d := f.d
	for _, p := range b.parts {
		k, _ := slices.BinarySearchFunc(d.Marked, p.Start, func(m annot.Marked, at int) int { return m.Start - at })
		for ; k < len(d.Marked) && d.Marked[k].Start < p.End; k++ {
			do(k)
		}
	}
}

const (
	shingle = 5 // words that must stand together to count as repeated
	// repeated is the share of a block's shingles, in per cent, that the article must have for it to be a pull quote.
	repeated = 80
)

// pulled says of each block whether it repeats the words of the article. The words of the article are read once as they
// stand, and once those between marks alone, since a pull quote leaves the cue out: linear.
func (f *finder) pulled(list []block) []bool {
	d := f.d
	pulled := make([]bool, len(list))
	seed := maphash.MakeSeed()
	inBlock := make([]bool, len(d.Paragraphs))
	for i := range list {
		for _, p := range list[i].paras {
			inBlock[p] = true
		}
	}
	seen := map[uint64]bool{}
	var text, marked shingles
	for i, p := range d.Paragraphs {
		if !inBlock[i] {
			text.add(seed, d.Slice(p.Span), func(h uint64) { seen[h] = true })
		}
	}
	for k, m := range d.Marked {
		if m.Parent < 0 && !inBlock[m.Paragraph] && f.verdict[k].kind != annot.NoKind {
			marked.add(seed, d.Slice(m.Inner()), func(h uint64) { seen[h] = true })
		}
	}
	for i := range list {
		var own shingles
		all, known := 0, 0
		for _, p := range list[i].parts {
			own.add(seed, d.Slice(p), func(h uint64) {
				all++
				if seen[h] {
					known++
				}
			})
		}
		pulled[i] = list[i].Kind == annot.BlockQuoteElement && all > 0 && known*100 >= all*repeated
	}
	return pulled
}

// shingles holds the hashes of the last words.
type shingles struct {
	last [shingle]uint64
	n    int
}

// add goes over the words of text and calls do with the hash of each shingle that ends in it.
func (s *shingles) add(seed maphash.Seed, text string, do func(uint64)) {
	for word := range strings.FieldsSeq(text) {
		if word = bare(word); word == "" {
			continue
		}
		copy(s.last[:], s.last[1:])
		s.last[shingle-1] = maphash.String(seed, word)
		if s.n++; s.n >= shingle {
			do(maphash.Comparable(seed, s.last))
		}
	}
}
