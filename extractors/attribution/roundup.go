package attribution

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// byRoundup is what By begins with where the article is a roundup of what others wrote and the line below the quote names the source.
// It goes before the sieves, as block-source does: the ranker has seen too few to trust the line.
const byRoundup = "roundup"

// roundupLines is from how many lines of sources on an article is a roundup of what others wrote.
const roundupLines = 2

// isRoundup reports whether the article quotes what others wrote and names each in a line below the quote.
func (w *work) isRoundup() bool {
	n := 0
	for q := range w.Parts {
		if len(w.Parts[q]) == 0 {
			continue
		}
		u := int(w.UnitOf[w.Parts[q][len(w.Parts[q])-1].End-1])
		if u+1 < len(w.Units) && w.endsParagraph(u) {
			if _, ok := w.lineOfSource(u + 1); ok {
				n++
			}
		}
		if n == roundupLines {
			return true
		}
	}
	return false
}

// roundupSource: in a roundup the line below the quote names the source, whatever leads to the quote, unless that names a person:
// Some note that “…” | Ian Millhiser, Vox.
func (w *work) roundupSource(q int) (clause.Attribution, bool) {
	if !w.roundup || len(w.Parts[q]) == 0 {
		return clause.Attribution{}, false
	}
	p := w.Parts[q][len(w.Parts[q])-1]
	u := int(w.UnitOf[p.End-1])
	if w.D.Quotes[q].Zone == annot.Headline || p.End < len(w.D.Tokens) && w.Units[w.UnitOf[p.End]].Paragraph == w.Units[u].Paragraph {
		return clause.Attribution{}, false
	}
	if a, ok := w.beforeQuote(q); ok && (a.Source.Form == clause.Named && w.HasPerson(a.Source) || a.Source.Form == clause.Pronoun) {
		return clause.Attribution{}, false
	}
	return w.nextSourceLine(u)
}

// lineOfSource reads unit v as a line that names whose words stand above it and where they appeared, and nothing else: Ian
// Millhiser, Vox; of what an editorial board wrote, the paper: Editorial Board, | Lund Post.
func (w *work) lineOfSource(v int) (clause.Source, bool) {
	unit := w.Units[v]
	if v == 0 || !w.endsParagraph(v) || w.Units[v-1].Paragraph == unit.Paragraph {
		return clause.Source{}, false
	}
	if src, rest, ok := w.nameLine(unit.First, unit.End); ok && w.HasPerson(src) {
		return src, rest < unit.End && w.Word(rest) == ","
	}
	return w.boardLine(unit.First, unit.End)
}

// boardLine reads the paper in a line that begins with the noun for a body: Editorial Board, | Lund Post.
func (w *work) boardLine(first, end int) (clause.Source, bool) {
	i := first
	for i < min(end, first+4) && w.Upper(i) && w.Word(i) != "," {
		i++
	}
	if i == first || i+1 >= end || w.Word(i) != "," || !w.Is(i-1, rules.GroupNoun|rules.OrgHead|rules.RolePlural) || w.MentionOf[i+1] < 0 {
		return clause.Source{}, false
	}
	src := w.NamedSource(int(w.MentionOf[i+1]))
	return src, src.First == i+1 && src.End == end && w.D.Mentions[src.Mentions[0]].Type == annot.ORG
}
