package attribution

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveFirst resolves I and we: the author, who is the one of the byline if there is just one, or who signs the letter or
// is presented below the article.
func (w *work) resolveFirst(q *annot.Quote, src source) {
	sp := &q.Speaker
	if len(w.v.Word(src.first)) > 1 {
		sp.Type = annot.Group
		return
	}
	q.Flags |= annot.Author
	sp.Type = annot.UnknownSpeaker
	if id := cmp.Or(w.byline(), w.signature(src.first), w.presented()); id > 0 && !w.topics.severalBylines {
		w.name(sp, id, "byline")
	}
}

// byline returns the person of the byline, or 0 if it names none or several. It looks once per article.
func (w *work) byline() int {
	t := &w.topics
	if !t.bylineRead {
		t.bylineRead = true
		for _, m := range w.d.Mentions {
			if m.Type == annot.PER && w.zoneAt(m.Start) == annot.Byline {
				t.severalBylines = t.severalBylines || t.byline > 0 && t.byline != m.Entity
				t.byline = m.Entity
			}
		}
	}
	return t.byline
}

// signature returns the person whose name alone is a paragraph behind token i, the next one of that kind: the writer of a
// letter. All signatures are found once.
func (w *work) signature(i int) int {
	if w.topics.signatures == nil {
		w.topics.signatures = []int{}
		for k, m := range w.d.Mentions {
			t, e := w.firstTok[k], w.endTok[k]
			u := w.unit[t]
			unit := w.v.Units[u]
			if m.Type == annot.PER && e-t > 1 && t == unit.First && (e == unit.End || e+1 == unit.End && w.v.Word(e) == ".") && (u == 0 || w.v.Units[u-1].Paragraph < unit.Paragraph) {
				w.topics.signatures = append(w.topics.signatures, k)
			}
		}
	}
	list := w.topics.signatures
	k, _ := slices.BinarySearchFunc(list, w.d.Tokens[i].Start, func(m, at int) int { return cmp.Compare(w.d.Mentions[m].Start, at) })
	if k == len(list) || len(list) < 2 && int(w.unit[w.firstTok[list[k]]]) < len(w.v.Units)-2 {
		return 0 // a single name in the middle is a heading
	}
	return w.d.Mentions[list[k]].Entity
}

// lines is how many of the last paragraphs may present the author.
const lines = 3

// presented returns the person whom one of the last paragraphs presents and whom the article names nowhere else: Ann Cole
// is a playwright in Boston. It reads the first sentence of each paragraph.
func (w *work) presented() int {
	for p := len(w.d.Paragraphs) - 1; p >= max(0, len(w.d.Paragraphs)-lines); p-- {
		u, _ := slices.BinarySearchFunc(w.v.Units, p, func(u segment.Unit, p int) int { return cmp.Compare(u.Paragraph, p) })
		if u == len(w.v.Units) || w.v.Units[u].Paragraph != p {
			continue
		}
		unit := w.v.Units[u]
		m := int(w.mention[unit.First])
		if m < 0 || w.d.Mentions[m].Type != annot.PER || w.d.Mentions[m].Entity == 0 {
			continue
		}
		e := w.endTok[m]
		if e < unit.End && w.v.Is(e, rules.Be) && e-unit.First > 1 && len(w.d.Entities[w.d.Mentions[m].Entity-1].Mentions) == 1 {
			return w.d.Mentions[m].Entity
		}
	}
	return 0
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
