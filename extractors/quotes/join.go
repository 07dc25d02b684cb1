package quotes

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// joins reports whether the stretch k is a further piece of the utterance of the stretch last, the quote before it.
func (f *finder) joins(last, k int) bool {
	d, v := f.d, f.v
	a, b := d.Marked[last], d.Marked[k]
	if a.Runs && b.Paragraph == a.Paragraph+1 && f.continued(k) {
		return true
	}
	if a.Paragraph != b.Paragraph {
		return false
	}
	ua, ia := f.at(a)
	ub, ib := f.at(b)
	if ua < 0 || ub < 0 {
		return false
	}
	if ua == ub {
		between := v.Units[ua].Items[ia+1 : ib]
		return f.splitByCue(last, k, between) || f.coordinated(last, k, between)
	}
	// “It held,” Reyes said. “We went home.”
	return ub == ua+1 && ib == 0 && f.verdict[last].kind == annot.Direct && f.verdict[k].kind == annot.Direct &&
		f.onlyPunctuation(v.Units[ub].Items[1:]) && f.tail(v.Units[ua].Items, ia)
}

// at returns the unit and the item of the stretch m. Units are sorted: binary search.
func (f *finder) at(m annot.Marked) (unit, item int) {
	units := f.v.Units
	lo, hi := 0, len(units)
	for lo < hi {
		mid := (lo + hi) / 2
		if f.d.Tokens[units[mid].End-1].End <= m.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(units) {
		return -1, -1
	}
	items := units[lo].Items
	i, j := 0, len(items)
	for i < j {
		mid := (i + j) / 2
		if f.d.Tokens[items[mid].First].Start < m.Start {
			i = mid + 1
		} else {
			j = mid
		}
	}
	if i == len(items) || !items[i].Quoted() {
		return -1, -1
	}
	return lo, i
}

// tail reports whether an attribution and nothing else follows item i to the end of the unit.
func (f *finder) tail(items []segment.Item, i int) bool {
	for k := i + 1; k < len(items); k++ {
		if items[k].Quoted() {
			return false
		}
	}
	return f.cueFollows(items, i)
}

// splitByCue reports whether the items between two stretches of one unit are an attribution that splits an utterance:
// “If the dam holds,” Reyes said, “we go home.”
func (f *finder) splitByCue(last, k int, between []segment.Item) bool {
	v := f.v
	n := len(between)
	if n < 2 || n > 40 || f.verdict[last].kind != annot.Direct || f.verdict[k].kind == annot.NoKind {
		return false
	}
	cues := 0
	for i, it := range between {
		if it.Quoted() {
			return false
		}
		adding := i > 0 && i >= n-2 && strings.HasSuffix(v.Word(it.First), "ing") // Reyes said, adding: “…”
		if c := v.Cue[it.First]; c != nil && c.Class != rules.Noun && !(adding && cues == 1) {
			cues++
		}
	}
	w := v.Word(between[n-1].First)
	return cues == 1 && (w == "," || w == ";" || w == ":" || w == "—" || w == "–" || w == "-" || w == "--" || v.Cue[between[n-1].First] != nil) && f.cueAt(between)
}

// cueAt reports whether the attribution begins right at the beginning: with the cue, or with its subject.
func (f *finder) cueAt(between []segment.Item) bool {
	for k, it := range between {
		if c := f.v.Cue[it.First]; c != nil && c.Class != rules.Noun {
			return k < 30
		}
		if f.v.Is(it.First, rules.Conjunction|rules.Subordinator) && k == 0 && !segment.EqualFold(f.v.Word(it.First), "as") {
			return false
		}
	}
	return false
}

// coordinated reports whether only "and", "or" or a comma, and perhaps an article, lie between two fragments.
func (f *finder) coordinated(last, k int, between []segment.Item) bool {
	if f.verdict[last].kind != annot.Mixed || f.verdict[k].kind != annot.Mixed || len(between) > 3 || len(between) == 0 {
		return false
	}
	joint := false
	for _, it := range between {
		w := f.v.Word(it.First)
		switch {
		case w == "and" || w == "or" || w == "but" || w == ",":
			joint = true
		case f.v.Is(it.First, rules.Determiner|rules.Adverb|rules.Preposition):
		default:
			return false
		}
	}
	return joint
}
