package segment

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A View is a segmented document made ready for the stages that read clauses: the lexical classes of the tokens and the
// narration, in which each stretch between quotation marks is one item. It refers to the document and to the rules and
// is as immutable as they are: its lists are shared with other Views of the document, and only those of an Overlay may be written.
type View struct {
	D *annot.Document
	// Class holds the lexical classes of each token.
	Class []rules.Class
	// Cue holds the cue that each token outside of marks is a form of, or begins; nil for most.
	Cue []*rules.Cue
	// CueLen holds the number of tokens of the cue that begins at a token; 0 where none does.
	CueLen []uint8
	// Outer holds for each token the index in D.Marked of the outermost stretch that holds it, or -1.
	Outer []int32
	// Units are the narrative sentences in order.
	Units []Unit
	// tables are those that the View was made of.
	tables *Tables
}

// A Unit is a narrative sentence: one or more sentences of the document whose inner boundaries lie within marks.
type Unit struct {
	Paragraph int
	// First and End delimit the tokens.
	First, End int
	// Items are the words and the stretches between marks, in order.
	Items []Item
}

// An Item is one word of the narration, or one stretch between marks with all its tokens.
type Item struct {
	First, End int
	// Mark is the index in D.Marked, or -1 for a word.
	Mark int
}

// Quoted reports whether the item is a stretch between marks.
func (it Item) Quoted() bool { return it.Mark >= 0 }

// NewView makes the View of a segmented document in linear time. Stretches for which plain returns true are read as
// words, as the nickname in Leonard “Rocky” Dace; plain may be nil.
func NewView(d *annot.Document, set *rules.Set, plain func(mark int) bool) *View {
	return new(Tables).View(d, set, plain)
}

// Overlay gives v lists of its own of classes and cues, so that the caller may change how it reads a word. No other View
// sees that.
func (v *View) Overlay() *View {
	over := *v
	over.Class = append([]rules.Class(nil), v.Class...)
	over.Cue, over.CueLen = append([]*rules.Cue(nil), v.Cue...), append([]uint8(nil), v.CueLen...)
	return &over
}

// In reports whether token i is of one of the classes of one stage.
func (v *View) In(i int, c rules.StageClass) bool {
	w := v.tables.entry[i]
	return w != nil && w.StageClasses.Has(c)
}

// Report returns the word of reporting that token i is a form of, or nil.
func (v *View) Report(i int) *rules.Report {
	if w := v.tables.entry[i]; w != nil {
		return w.Report
	}
	return nil
}

// outer finds the marks around each token, and reports whether there are any.
func (v *View) outer(plain func(int) bool) bool {
	d, i, any := v.D, 0, false
	v.Outer = make([]int32, len(d.Tokens))
	for k := range v.Outer {
		v.Outer[k] = -1
	}
	for k, m := range d.Marked {
		if m.Parent >= 0 || plain != nil && plain(k) {
			continue
		}
		for i < len(d.Tokens) && d.Tokens[i].Start < m.Start {
			i++
		}
		for ; i < len(d.Tokens) && d.Tokens[i].End <= m.End; i++ {
			v.Outer[i], any = int32(k), true
		}
	}
	return any
}

// EqualFold reports whether word is lower but for the case of ASCII letters.
func EqualFold(word, lower string) bool {
	if len(word) != len(lower) {
		return false
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

func (v *View) units() {
	d := v.D
	for s := 0; s < len(d.Sentences); {
		u := Unit{Paragraph: d.Sentences[s].Paragraph, First: d.Sentences[s].FirstToken, End: d.Sentences[s].EndToken}
		for s++; s < len(d.Sentences) && d.Sentences[s].Paragraph == u.Paragraph; s++ {
			last, next := v.Outer[u.End-1], v.Outer[u.End]
			if last < 0 || last != next {
				break
			}
			u.End = d.Sentences[s].EndToken
		}
		u.Items = make([]Item, 0, u.End-u.First)
		for i := u.First; i < u.End; {
			it := Item{First: i, End: i + 1, Mark: int(v.Outer[i])}
			if it.Mark >= 0 {
				for it.End < u.End && v.Outer[it.End] == v.Outer[i] {
					it.End++
				}
			}
			u.Items = append(u.Items, it)
			i = it.End
		}
		v.Units = append(v.Units, u)
	}
}

// Word returns the text of token i.
func (v *View) Word(i int) string { return v.D.Slice(v.D.Tokens[i].Span) }

// Is reports whether token i is of one of the classes.
func (v *View) Is(i int, c rules.Class) bool { return v.Class[i]&c != 0 }

// Upper reports whether token i begins with a capital letter.
func (v *View) Upper(i int) bool {
	r, _ := utf8.DecodeRuneInString(v.Word(i))
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// Letter reports whether token i begins with a letter.
func (v *View) Letter(i int) bool {
	r, _ := utf8.DecodeRuneInString(v.Word(i))
	return unicode.IsLetter(r) && r != 'ʼ'
}

// Span returns the text span of the tokens [first, end), which must not be empty.
func (v *View) Span(first, end int) annot.Span {
	return annot.Span{Start: v.D.Tokens[first].Start, End: v.D.Tokens[end-1].End}
}

// Possessive reports whether word is 's, as it is typed with any apostrophe: of a possessive, or short for is or has.
func Possessive(word string) bool {
	n := apostrophe(word, 0)
	return n > 0 && (word[n:] == "s" || word[n:] == "S")
}

// Apostrophe reports whether word is an apostrophe alone, as after the plural in the Poles’ or in a name with marks.
func Apostrophe(word string) bool {
	switch word {
	case "'", "’", "ʼ":
		return true
	}
	return false
}
