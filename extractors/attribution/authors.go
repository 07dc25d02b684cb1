package attribution

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// resolveFirst resolves I and we: the author, who is the one of the byline if there is just one.
func (w *work) resolveFirst(q *annot.Quote, src source) {
	sp := &q.Speaker
	if len(w.v.Word(src.first)) > 1 {
		sp.Type = annot.Group
		return
	}
	q.Flags |= annot.Author
	sp.Type = annot.UnknownSpeaker
	byline := 0
	for _, m := range w.d.Mentions {
		if m.Type == annot.PER && w.zoneAt(m.Start) == annot.Byline {
			if byline > 0 && byline != m.Entity {
				return
			}
			byline = m.Entity
		}
	}
	if byline > 0 {
		w.name(sp, byline, "byline")
	}
}

func (w *work) zoneAt(at int) annot.Zone {
	k, found := slices.BinarySearchFunc(w.d.Paragraphs, at, func(p annot.Paragraph, at int) int { return cmp.Compare(p.Start, at) })
	if !found {
		k--
	}
	if k < 0 {
		return annot.NoZone
	}
	return w.d.Paragraphs[k].Zone
}
