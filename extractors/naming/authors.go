package naming

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// resolveFirst resolves I and we: the author, who is the one of the byline if there is just one, or who signs the letter or
// is presented below the article.
func (r *Resolver) resolveFirst(q *annot.Quote, src clause.Source) {
	sp := &q.Speaker
	if len(r.Word(src.First)) > 1 {
		sp.Type = annot.Group
		return
	}
	q.Flags |= annot.Author
	sp.Type = annot.UnknownSpeaker
	if id := cmp.Or(r.byline(), r.signature(src.First), r.presented()); id > 0 && !r.topics.severalBylines {
		r.name(sp, id, "byline")
	}
}

// byline returns the person of the byline, or 0 if it names none or several. It looks once per article.
func (r *Resolver) byline() int {
	t := &r.topics
	if !t.bylineRead {
		t.bylineRead = true
		for _, m := range r.D.Mentions {
			if m.Type == annot.PER && r.ZoneAt(m.Start) == annot.Byline {
				t.severalBylines = t.severalBylines || t.byline > 0 && t.byline != m.Entity
				t.byline = m.Entity
			}
		}
	}
	return t.byline
}

// signature returns the person whose name alone is a paragraph behind token i, the next one of that kind: the writer of a
// letter. All signatures are found once.
func (r *Resolver) signature(i int) int {
	if r.topics.signatures == nil {
		r.topics.signatures = []int{}
		for k, m := range r.D.Mentions {
			t, e := r.FirstToken[k], r.EndToken[k]
			u := r.UnitOf[t]
			unit := r.Units[u]
			if m.Type == annot.PER && e-t > 1 && t == unit.First && (e == unit.End || e+1 == unit.End && r.Word(e) == ".") && (u == 0 || r.Units[u-1].Paragraph < unit.Paragraph) {
				r.topics.signatures = append(r.topics.signatures, k)
			}
		}
	}
	list := r.topics.signatures
	k, _ := slices.BinarySearchFunc(list, r.D.Tokens[i].Start, func(m, at int) int { return cmp.Compare(r.D.Mentions[m].Start, at) })
	if k == len(list) || len(list) < 2 && int(r.UnitOf[r.FirstToken[list[k]]]) < len(r.Units)-2 {
		return 0 // a single name in the middle is a heading
	}
	return r.D.Mentions[list[k]].Entity
}

// lines is how many of the last paragraphs may present the author.
const lines = 3

// presented returns the person whom one of the last paragraphs presents and whom the article names nowhere else: Ann Cole
// is a playwright in Boston. It reads the first sentence of each paragraph.
func (r *Resolver) presented() int {
	for p := len(r.D.Paragraphs) - 1; p >= max(0, len(r.D.Paragraphs)-lines); p-- {
		u, _ := slices.BinarySearchFunc(r.Units, p, func(u segment.Unit, p int) int { return cmp.Compare(u.Paragraph, p) })
		if u == len(r.Units) || r.Units[u].Paragraph != p {
			continue
		}
		unit := r.Units[u]
		m := int(r.MentionOf[unit.First])
		if m < 0 || r.D.Mentions[m].Type != annot.PER || r.D.Mentions[m].Entity == 0 {
			continue
		}
		e := r.EndToken[m]
		if e < unit.End && r.Is(e, rules.Be) && e-unit.First > 1 && len(r.D.Entities[r.D.Mentions[m].Entity-1].Mentions) == 1 {
			return r.D.Mentions[m].Entity
		}
	}
	return 0
}
