package segment

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Tables hold what the rules say of each token of a segmented document, whichever marks are read as words. The stages that read
// the same document share them: they are read once, and no stage writes them. The zero value is empty and ready for use. Tables are
// for one document at a time and not safe for concurrent use.
type Tables struct {
	d   *annot.Document
	set *rules.Set
	// marked is how many stretches between marks the document had when the tables were read.
	marked int
	// entry holds what the rules say of each token; nil for those that are no words.
	entry []*rules.Word
	class []rules.Class
	// cue and cueLen hold the longest cue that begins at each token, as if there were no marks.
	cue    []*rules.Cue
	cueLen []uint8
	// narration is the View that reads no marks as words; nil before it is asked for.
	narration *View
}

// View returns the View of d under the rules of set, as NewView does. It reads the tokens if the tables are not theirs.
func (t *Tables) View(d *annot.Document, set *rules.Set, plain func(mark int) bool) *View {
	t.read(d, set)
	if plain != nil {
		return t.view(plain)
	}
	if t.narration == nil {
		t.narration = t.view(nil)
	}
	return t.narration
}

// read looks up the tokens of d.
func (t *Tables) read(d *annot.Document, set *rules.Set) {
	n := len(d.Tokens)
	if t.d == d && t.set == set && len(t.entry) == n && t.marked == len(d.Marked) {
		return
	}
	*t = Tables{d: d, set: set, marked: len(d.Marked), entry: make([]*rules.Word, n), class: make([]rules.Class, n),
		cue: make([]*rules.Cue, n), cueLen: make([]uint8, n)}
	for i, tok := range d.Tokens {
		word := d.Slice(tok.Span)
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsLetter(r) && r != '\'' && r != '’' && !unicode.IsDigit(r) {
			continue
		}
		w := set.Word(word)
		t.entry[i], t.class[i] = w, w.Classes
		if len(w.CuePhrases) > 0 || w.Cue != nil {
			t.cue[i], t.cueLen[i] = cueAt(d, w, i, n)
		}
	}
}

// cueAt returns the longest cue that begins at token i, whose word is w, and ends before token end, with its number of tokens.
func cueAt(d *annot.Document, w *rules.Word, i, end int) (*rules.Cue, uint8) {
	for _, p := range w.CuePhrases {
		if i+len(p.Words) <= end && spells(d, i, p.Words) {
			return p.Cue, uint8(len(p.Words))
		}
	}
	if w.Cue != nil {
		return w.Cue, 1
	}
	return nil, 0
}

// spells reports whether the tokens from i on are the words, case aside.
func spells(d *annot.Document, i int, words []string) bool {
	for k, w := range words {
		if !EqualFold(d.Slice(d.Tokens[i+k].Span), w) {
			return false
		}
	}
	return true
}

// view lays the marks over the tables: within marks there is no cue.
func (t *Tables) view(plain func(int) bool) *View {
	v := &View{D: t.d, Class: t.class, Cue: t.cue, CueLen: t.cueLen, tables: t}
	if v.outer(plain) {
		v.Cue, v.CueLen = append([]*rules.Cue(nil), t.cue...), append([]uint8(nil), t.cueLen...)
		v.maskCues()
	}
	v.units()
	return v
}

// maskCues takes the cues away that stand within marks or reach into them.
func (v *View) maskCues() {
	end := len(v.Outer) // of the tokens outside of marks that token i is among
	for i := len(v.Outer) - 1; i >= 0; i-- {
		switch {
		case v.Outer[i] >= 0:
			v.Cue[i], v.CueLen[i] = nil, 0
			end = i
		case i+int(v.CueLen[i]) > end:
			v.Cue[i], v.CueLen[i] = cueAt(v.D, v.tables.entry[i], i, end)
		}
	}
}
