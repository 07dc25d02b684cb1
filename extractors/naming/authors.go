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
	if id := r.authors.author(src.First); id > 0 {
		r.name(sp, id, "byline")
	}
}

// authorFinder finds the author of the article.
type authorFinder struct {
	*clause.Reader
	// byline is the person of the byline, if it was read; severalBylines says that there are several.
	byline                     int
	bylineRead, severalBylines bool
	// signatures are the mentions that are a paragraph of their own; nil before they were looked for.
	signatures []int
}

// author returns the person who says I at token i, or 0 if the article does not tell.
func (f *authorFinder) author(i int) int {
	f.readByline()
	if f.severalBylines {
		return 0
	}
	return cmp.Or(f.byline, f.signature(i), f.presented())
}

// readByline finds the person of the byline. It looks once per article.
func (f *authorFinder) readByline() {
	if f.bylineRead {
		return
	}
	f.bylineRead = true
	for _, m := range f.D.Mentions {
		if m.Type == annot.PER && f.ZoneAt(m.Start) == annot.Byline {
			f.severalBylines = f.severalBylines || f.byline > 0 && f.byline != m.Entity
			f.byline = m.Entity
		}
	}
}

// signature returns the person whose name alone is a paragraph after token i, the next one of that kind: the writer of a
// letter. All signatures are found once.
func (f *authorFinder) signature(i int) int {
	if f.signatures == nil {
		f.signatures = []int{}
		for k, m := range f.D.Mentions {
			t, e := f.FirstToken[k], f.EndToken[k]
			u := f.UnitOf[t]
			unit := f.Units[u]
			if m.Type == annot.PER && e-t > 1 && t == unit.First && (e == unit.End || e+1 == unit.End && f.Word(e) == ".") &&
				(u == 0 || f.Units[u-1].Paragraph < unit.Paragraph) {
				f.signatures = append(f.signatures, k)
			}
		}
	}
	list := f.signatures
	k, _ := slices.BinarySearch(list, f.MentionsBefore(i))
	if k == len(list) || len(list) < 2 && int(f.UnitOf[f.FirstToken[list[k]]]) < len(f.Units)-2 {
		return 0 // a single name in the middle is a heading
	}
	return f.D.Mentions[list[k]].Entity
}

// lines is how many of the last paragraphs may present the author.
const lines = 3

// presented returns the person whom one of the last paragraphs presents and whom the article names nowhere else: Ann Cole
// is a playwright in Boston. It reads the first sentence of each paragraph.
func (f *authorFinder) presented() int {
	for p := len(f.D.Paragraphs) - 1; p >= max(0, len(f.D.Paragraphs)-lines); p-- {
		u, _ := slices.BinarySearchFunc(f.Units, p, func(u segment.Unit, p int) int { return cmp.Compare(u.Paragraph, p) })
		if u == len(f.Units) || f.Units[u].Paragraph != p {
			continue
		}
		unit := f.Units[u]
		m := int(f.MentionOf[unit.First])
		if m < 0 || f.D.Mentions[m].Type != annot.PER || f.D.Mentions[m].Entity == 0 {
			continue
		}
		e := f.EndToken[m]
		if e < unit.End && f.Is(e, rules.Be) && e-unit.First > 1 && len(f.D.Entities[f.D.Mentions[m].Entity-1].Mentions) == 1 {
			return f.D.Mentions[m].Entity
		}
	}
	return 0
}
