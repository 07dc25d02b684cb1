package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// maxLine is the length in bytes up to which a paragraph may match a rule for boilerplate: those rules are about lines.
const maxLine = 600

// zoner gives paragraphs their zones.
type zoner struct {
	set   *rules.Set
	lines *lineMatcher
}

func newZoner(set *rules.Set) *zoner {
	return &zoner{set: set, lines: newLineMatcher(set.Boilerplates())}
}

// zones sets the zones of paras and returns them. A dateline becomes a paragraph of its own.
func (z *zoner) zones(text string, paras []annot.Paragraph) []annot.Paragraph {
	paras = z.lineZones(text, paras)
	z.headline(text, paras)
	return paras
}

// lineZones sets the zones of paras by their words alone, and cuts off the datelines.
func (z *zoner) lineZones(text string, paras []annot.Paragraph) []annot.Paragraph {
	var cuts []cut
	for i := range paras {
		p := &paras[i]
		s := text[p.Start:p.End]
		zone, n := z.zone(even(s, maxLine+1), i)
		if p.Zone = zone; n > 0 {
			cuts = append(cuts, cut{i, uneven(s, n)})
		}
	}
	if cuts != nil {
		paras = cutDatelines(text, paras, cuts)
	}
	return paras
}

// earlyParagraphs is how many paragraphs may begin with a dateline that no rule knows.
const earlyParagraphs = 8

// cut says that the first n bytes of a paragraph are a dateline.
type cut struct{ paragraph, n int }

// zone returns the zone of the i-th paragraph and the length of the dateline that begins it, 0 if there is none. s is the paragraph, or
// so much of it that it is longer than maxLine.
func (z *zoner) zone(s string, i int) (annot.Zone, int) {
	zone, n := z.lines.match(s)
	if zone == annot.NoZone && maybeDateline(s) {
		if zone, n = z.lines.dateline(s); zone == annot.NoZone && i < earlyParagraphs {
			if n := agencyLine(s); n > 0 && n < len(s) {
				return annot.Body, n
			}
		}
	}
	switch {
	case zone == annot.Dateline:
		if n = datelineEnd(s[:n]); n == 0 || strings.TrimSpace(s[n:]) == "" {
			return annot.Dateline, 0
		}
		return annot.Body, n
	case zone != annot.NoZone:
		return zone, 0
	case len(s) <= maxLine && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return annot.Boilerplate, 0 // a rule of asterisks, a lone zero-width space
	}
	return annot.Body, 0
}

// datelineEnd returns where the dateline ends in what a rule matched: the rules look at the first letters of the story
// as well.
func datelineEnd(match string) int {
	end := 0
	for i, r := range match {
		switch r {
		case '—', '–', '―', '-', ')', ':':
			end = i + utf8.RuneLen(r)
		}
	}
	return end
}

// cutDatelines splits the datelines off their paragraphs.
func cutDatelines(text string, paras []annot.Paragraph, cuts []cut) []annot.Paragraph {
	out := make([]annot.Paragraph, 0, len(paras)+len(cuts))
	for i, p := range paras {
		if len(cuts) > 0 && cuts[0].paragraph == i {
			head := annot.Span{Start: p.Start, End: p.Start + cuts[0].n}
			out = append(out, annot.Paragraph{Span: head, Zone: annot.Dateline})
			p.Start = p.End - len(strings.TrimLeftFunc(text[head.End:p.End], unicode.IsSpace))
			cuts = cuts[1:]
		}
		out = append(out, p)
	}
	return out
}

// maxDateline is the length in bytes within which a dateline must end.
const maxDateline = 90

// agencyLine returns the length of a dateline whose agency is in brackets without a dash after it, or without a place
// before it, which the rules leave alone as too much like other brackets; 0 if there is none:
//
//	(CNN) — The deal …
//	Longpont, France (CNN) An intense …
func agencyLine(s string) int {
	open := strings.IndexByte(s[:min(len(s), maxDateline)], '(')
	if open < 0 {
		return 0
	}
	n := strings.IndexByte(s[open:min(len(s), open+maxDateline)], ')')
	if n < 0 || !isAgency(s[open+1:open+n]) || !isPlace(s[:open]) {
		return 0
	}
	end := open + n + 1
	rest := strings.TrimLeftFunc(s[end:], unicode.IsSpace)
	for _, dash := range [...]string{"—", "–", "―", "--", "-"} {
		if strings.HasPrefix(rest, dash) {
			return len(s) - len(rest) + len(dash)
		}
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(r) || r == '“' || r == '"' {
		return end
	}
	return 0
}

// isAgency reports whether s may name a news agency or network: AP, CNN, CBS News. Two capitals must be side by side.
func isAgency(s string) bool {
	words, capitals, together := 0, 0, false
	for word := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(word)
		if words++; !unicode.IsUpper(r) {
			return false
		}
	}
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
			together = together || capitals == 2
		case unicode.IsLetter(r) || r == ' ':
			capitals = 0
		default:
			return false
		}
	}
	return together && words <= 3
}

// isPlace reports whether s may be the place of a dateline: nothing, one capitalised word, or several with a comma.
func isPlace(s string) bool {
	words := 0
	for word := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(word)
		if words++; !unicode.IsUpper(r) || strings.ContainsAny(word, ":;!?\"“”") {
			return false
		}
	}
	return words <= 1 || words <= 5 && strings.Contains(s, ",")
}
