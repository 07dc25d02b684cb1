package quotes

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A further is what a paragraph without a label is that follows a turn.
type further uint8

const (
	neutral   further = iota // it may go on with the turn or not
	talk                     // its words show that somebody says them
	own                      // I, we: surely somebody's
	narration                // the reporter's words
	apart                    // a heading between paragraphs, (LAUGHTER), a quotation set apart: the turn may go on after it
	cut                      // (END VIDEO CLIP), a label that opens no turn: the turn is over
)

// build makes quotes of the turns: the words after each label, and the paragraphs after them that go on with the turn.
func (t *turnFinder) build() {
	style := t.style()
	for k := range t.list {
		o := &t.list[k]
		var parts []annot.Span
		if o.words.Len() > 0 {
			parts = append(parts, o.words)
		}
		if k+1 == len(t.list) || t.list[k+1].paragraph > o.paragraph {
			parts = append(parts, t.rest(k, len(parts) == 0, style)...)
		}
		if len(parts) == 0 {
			continue
		}
		t.turn[o.paragraph] = true
		q := annot.Quote{Parts: parts, Kind: annot.Transcript, Zone: annot.Body}
		if len(parts) > 1 {
			q.Flags |= annot.MultiParagraph
		}
		t.d.Quotes = append(t.d.Quotes, q)
	}
}

// A style is how an article sets its turns.
type style struct {
	// plain says that hardly any narration stands between turns, so that what shows nothing goes on with the turn before it.
	plain bool
	// longest is the most paragraphs that a turn before the last one goes on for.
	longest int
}

// style looks at all paragraphs between two turns.
func (t *turnFinder) style() style {
	s := style{}
	narrated, all := 0, 0
	for k := range len(t.list) - 1 {
		run := 0
		for i := t.list[k].paragraph + 1; i < t.list[k+1].paragraph; i++ {
			switch t.further(i, &t.list[k]) {
			case narration:
				narrated++
				all++
			case neutral, talk, own:
				all++
				run++
			}
		}
		s.longest = max(s.longest, run)
	}
	s.plain = 4*narrated < all || narrated == 0
	return s
}

// rest returns the paragraphs that go on with turn k. bare says that its label stands alone on its line.
func (t *turnFinder) rest(k int, bare bool, s style) (parts []annot.Span) {
	end, last := len(t.d.Paragraphs), k+1 == len(t.list)
	if !last {
		end = t.list[k+1].paragraph
	}
	var on []int // the paragraphs that may go on with it
	sure := 0    // how many of them do
	first := t.list[k].paragraph + 1
walk:
	for i := first; i < end; i++ {
		p := t.d.Paragraphs[i]
		what := t.further(i, &t.list[k])
		if bare && i == first && p.Zone == annot.Body && what != cut {
			what = own // the label leads to it
		}
		switch what {
		case narration, cut:
			break walk
		case apart:
			continue
		case talk:
			if !s.plain {
				break walk
			}
			sure = len(on) + 1
		case own:
			sure = len(on) + 1
		case neutral:
			if s.plain && (!last || i-first < s.longest && !t.reported(i)) && sure == len(on) {
				sure++
			}
		}
		on = append(on, i)
	}
	for _, i := range on[:sure] {
		t.turn[i] = true
		parts = append(parts, t.d.Paragraphs[i].Span)
	}
	return parts
}

// further tells what paragraph i is, after a turn that o opens.
func (t *turnFinder) further(i int, o *opening) further {
	p := t.d.Paragraphs[i]
	switch {
	case p.Zone != annot.Body:
		return apart
	case t.cuts[i]:
		return cut
	}
	r := t.tokens(p.Span)
	if r.first == r.end {
		return apart
	}
	s := t.signs(r)
	switch {
	case t.bracketed(r):
		if t.production(r) {
			return cut
		}
		return apart
	case t.wholeInMarks(r), !s.ends && r.end-r.first <= maxHeading:
		return apart
	case t.narrated(r, o, s):
		return narration
	case s.first:
		return own
	case s.talk:
		return talk
	}
	return neutral
}

// maxHeading is the most tokens of a heading between the paragraphs of a turn.
const maxHeading = 16

// bracketed reports whether the tokens stand in brackets: (LAUGHTER).
func (t *turnFinder) bracketed(r tokenRange) bool {
	open, shut := t.v.Word(r.first), t.v.Word(r.end-1)
	return open == "(" && shut == ")" || open == "[" && shut == "]"
}

// production reports whether the tokens tell of a clip or a break.
func (t *turnFinder) production(r tokenRange) bool {
	for i := r.first; i < min(r.end, r.first+maxHeading); i++ {
		if t.v.In(i, rules.ProductionNote) {
			return true
		}
	}
	return false
}

// wholeInMarks reports whether one stretch in marks holds all the tokens.
func (t *turnFinder) wholeInMarks(r tokenRange) bool {
	m := t.v.Outer[r.first]
	return m >= 0 && m == t.v.Outer[r.end-1]
}

// narrated reports whether the tokens are the reporter's: they name the speaker of the turn that o opens, or report what
// somebody says.
func (t *turnFinder) narrated(r tokenRange, o *opening, s signs) bool {
	key := t.groups[o.group].key
	for i := r.first; i < r.end; i++ {
		if t.v.Outer[i] >= 0 {
			if !s.first && t.tagged(i) {
				return true
			}
			continue
		}
		if len(key) > 2 && strings.EqualFold(t.v.Word(i), key) && t.v.Upper(i) && (!s.first || t.cueBeside(r, i)) {
			return true
		}
	}
	first := r.first
	if s.talk {
		return false
	}
	if t.v.Is(first, rules.PronounMale|rules.PronounFemale) {
		return t.cueAt(r, first+1)
	}
	for i := first; i < min(first+3, r.end) && t.v.Outer[i] < 0; i++ {
		if t.speaker(t.v.Word(i)) {
			return t.cueAt(r, i+1)
		}
	}
	return false
}

// tagged reports whether token i begins a quote in marks that a cue follows: “…,” said Smith.
func (t *turnFinder) tagged(i int) bool {
	k := t.v.Outer[i]
	return (i == 0 || t.v.Outer[i-1] != k) && t.verdict[k].kind != annot.NoKind && t.sight[k].context.cueAfter
}

// cueBeside reports whether a cue stands before or after token i: Cole told me.
func (t *turnFinder) cueBeside(r tokenRange, i int) bool { return t.cueAt(r, i-1) || t.cueAt(r, i+1) }

// cueAt reports whether token i is a verb of speech or manner.
func (t *turnFinder) cueAt(r tokenRange, i int) bool {
	if i < r.first || i >= r.end || t.v.Cue[i] == nil {
		return false
	}
	c := t.v.Cue[i].Class
	return c != rules.Noun && c != rules.Phrase
}

// reported reports whether paragraph i has a strong verb of speech, and no sign of talk.
func (t *turnFinder) reported(i int) bool {
	r := t.tokens(t.d.Paragraphs[i].Span)
	for i := r.first; i < r.end; i++ {
		if t.cueAt(r, i) && t.v.Cue[i].Weight >= 0.5 {
			return true
		}
	}
	return false
}

// speaker reports whether word is the last name of somebody whose turns the article has.
func (t *turnFinder) speaker(word string) bool {
	g, ok := t.byKey[strings.ToUpper(word)]
	return ok && t.groups[g].speaks && len(word) > 2
}
