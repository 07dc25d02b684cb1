package quotes

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// An opening is a place where a labelled turn may begin: a label, and the words after it in its paragraph.
type opening struct {
	paragraph int
	start     int // of the label
	segment.Label
	// words is what stands after the label, to the end of the paragraph or to the next label in it.
	words annot.Span
	// group is the index of the labels of this speaker.
	group int
	sign  signs
}

// A group is the labels of one speaker: LENA FOX, HOST: and FOX:.
type group struct {
	// key is the last word of the name in capitals, or all of a name that ends in a number.
	key string
	// turns is how many openings there are; talk, asks and broken count those whose words look like talk, end with a question
	// mark, or are no sentence.
	turns, talk, asks, broken int
	// named says that the label names a person or a role, heading that it heads a list or the like, place that it is a place.
	named, heading, place bool
	// returns says that somebody else spoke between two openings.
	returns bool
	mixed   bool // all its labels are in small letters: Lena Fox:
	speaks  bool // its openings are turns
	last    int  // the last opening so far
}

// signs is what the words of a paragraph say about who says them.
type signs struct {
	talk   bool // words that somebody says: I, you, yes, a question
	first  bool // I, we
	asks   bool // ends with a question mark
	ends   bool // ends as sentences do
	number bool // begins with a figure
}

// turns finds the labelled turns of an article, SMITH: We never saw the memo, and their further paragraphs. What looks like a
// label may head a list of prices, a photo or a dateline; whether the article holds a conversation, all its labels tell together.
func (f *finder) turns() {
	f.turn = make([]bool, len(f.d.Paragraphs))
	t := turnFinder{finder: f, byKey: map[string]int{}, cuts: make([]bool, len(f.d.Paragraphs))}
	t.openings()
	if len(t.list) < 2 {
		return
	}
	t.group()
	if !t.conversation() {
		return
	}
	t.choose()
	t.build()
}

// A turnFinder holds the work on the turns of one document.
type turnFinder struct {
	*finder
	list   []opening
	groups []group
	// cuts says of each paragraph whether it begins with a label and is no turn, and so ends the one before.
	cuts []bool
	// capitals says that no labels in small letters are read.
	capitals bool
	// byKey maps the keys of the groups to their indices.
	byKey map[string]int
}

// openings finds the labels at the beginnings of paragraphs, and those of further turns within them.
func (t *turnFinder) openings() {
	d := t.d
	for k, s := range d.Sentences {
		if d.Paragraphs[s.Paragraph].Zone != annot.Body {
			continue
		}
		begins := k == 0 || d.Sentences[k-1].Paragraph != s.Paragraph
		if begins || t.labelled(s.Paragraph) {
			t.open(s.Paragraph, s.FirstToken, begins)
		}
		if !t.labelled(s.Paragraph) {
			continue
		}
		for i := s.FirstToken + 1; i < s.EndToken; i++ {
			if segment.BeforeLabel(t.v.Word(i-1)) && t.v.Upper(i) {
				t.open(s.Paragraph, i, false) // You mean— COLE: Never.
			}
		}
	}
	t.dashes()
	t.ends()
	t.leaveMarked()
}

// labelled reports whether the last label so far is in the paragraph.
func (t *turnFinder) labelled(paragraph int) bool {
	n := len(t.list)
	return n > 0 && t.list[n-1].paragraph == paragraph
}

// leaveMarked leaves out the labels of paragraphs where the words after each label are a quote in marks. Where others are not, the
// paragraph holds turns, and its marks are nested in them.
func (t *turnFinder) leaveMarked() {
	turns := make([]bool, len(t.d.Paragraphs))
	for _, o := range t.list {
		turns[o.paragraph] = turns[o.paragraph] || !t.inMarks(o.words)
	}
	t.list = slices.DeleteFunc(t.list, func(o opening) bool {
		t.cuts[o.paragraph] = t.cuts[o.paragraph] || !turns[o.paragraph]
		return !turns[o.paragraph]
	})
}

// open adds the label that begins with token i, if one does. Within a paragraph it must be in capitals, or that of a speaker
// whom a label before names.
func (t *turnFinder) open(paragraph, i int, begins bool) {
	d := t.d
	start := d.Tokens[i].Start
	if begins {
		start = d.Paragraphs[paragraph].Start
	}
	if n := len(t.list); t.v.Outer[i] >= 0 || n > 0 && start < t.list[n-1].Words {
		return
	}
	l, ok := segment.ReadLabel(d.Text[start:d.Paragraphs[paragraph].End], t.set)
	if !ok {
		return
	}
	l.Name.Start, l.Name.End, l.Words = l.Name.Start+start, l.Name.End+start, l.Words+start
	key := labelKey(d.Slice(l.Name))
	_, known := t.byKey[key]
	if !begins && (l.Dash || l.Described && l.Form == segment.MixedLabel || l.Name.Len() < 3 || !known && l.Form != segment.CapitalLabel) {
		return
	}
	if !known {
		t.byKey[key] = len(t.groups)
		t.groups = append(t.groups, group{key: key, mixed: true, heading: true, place: true, last: -1})
	}
	t.list = append(t.list, opening{paragraph: paragraph, start: start, Label: l, group: t.byKey[key], words: annot.Span{Start: l.Words, End: l.Words}})
}

// dashes leaves labels with a dash only where most have one: a dash also follows a dateline.
func (t *turnFinder) dashes() {
	n := 0
	for i := range t.list {
		if t.list[i].Dash {
			n++
		}
	}
	most := n > 2 && 2*n > len(t.list)
	t.list = slices.DeleteFunc(t.list, func(o opening) bool { return o.Dash != most })
}

// ends sets where the words of the openings end.
func (t *turnFinder) ends() {
	for i := range t.list {
		o := &t.list[i]
		o.words.End = t.d.Paragraphs[o.paragraph].End
		if i+1 < len(t.list) && t.list[i+1].paragraph == o.paragraph {
			o.words.End = t.list[i+1].start
		}
		o.words.End = o.words.Start + len(strings.TrimRightFunc(t.d.Slice(o.words), unicode.IsSpace))
	}
}

// inMarks reports whether most of s is one stretch in marks, which is a quote already: TRUMP: “We won.”
func (t *turnFinder) inMarks(s annot.Span) bool {
	m := t.d.Marked
	k := sort.Search(len(m), func(k int) bool { return m[k].Start >= s.Start })
	return k < len(m) && m[k].Start == s.Start && 2*m[k].Len() > s.Len()
}

// group looks at the labels and the words of each speaker.
func (t *turnFinder) group() {
	mention := 0
	for i := range t.list {
		o := &t.list[i]
		o.sign = t.signs(t.tokens(t.wordsOf(i)))
		for mention < len(t.d.Mentions) && t.d.Mentions[mention].End < o.Name.End {
			mention++
		}
		t.groups[o.group].add(i, o, t.kind(o, mention))
	}
}

// wordsOf returns the words after label i, the next paragraph if it stands alone on its line.
func (t *turnFinder) wordsOf(i int) annot.Span {
	o := &t.list[i]
	next := o.paragraph + 1
	if o.words.Len() > 0 || next == len(t.d.Paragraphs) || i+1 < len(t.list) && t.list[i+1].paragraph == next {
		return o.words
	}
	return t.d.Paragraphs[next].Span
}

// labelKey returns what the labels of one speaker have in common.
func labelKey(name string) string {
	words := strings.Fields(strings.ToUpper(name))
	name = strings.Join(words, " ")
	last := words[len(words)-1]
	if r, _ := utf8.DecodeLastRuneInString(last); unicode.IsDigit(r) || len(last) < 3 || strings.HasSuffix(last, ".") {
		return name
	}
	return last
}

// A labelKind is what a label may be.
type labelKind uint8

const (
	plainLabel   labelKind = iota
	namedLabel             // a person or a role
	headingLabel           // NOTE:
	placeLabel             // WASHINGTON:
)

// kind tells what the label of o is; mention is the first that ends no earlier than it does.
func (t *turnFinder) kind(o *opening, mention int) labelKind {
	if o.Form == segment.LetterLabel {
		if name := t.d.Slice(o.Name); name == "Q" || name == "A" {
			return namedLabel
		}
		return plainLabel
	}
	if m := t.d.Mentions; mention < len(m) && m[mention].Start < o.Name.End {
		switch m[mention].Type {
		case annot.PER:
			return namedLabel
		case annot.LOC:
			if m[mention].Start <= o.Name.Start {
				return placeLabel
			}
		}
	}
	return t.kindByWords(o)
}

// kindByWords tells what a label is that ends with no known name.
func (t *turnFinder) kindByWords(o *opening) labelKind {
	const roles = rules.SpeakerLabel | rules.RoleNoun | rules.RolePlural | rules.TitleWord | rules.HumanPlural
	// of a clause or a phrase: WHY IT MATTERS, MORE ON THE STORM
	const phrase = rules.QuestionWord | rules.PronounImpersonal | rules.PronounPlural | rules.PronounFirst | rules.Auxiliary | rules.Negation |
		rules.Preposition | rules.Weekday | rules.Be
	tokens := t.tokens(o.Name)
	role, apart, last, words := false, false, -1, 0
	for i := tokens.first; i < tokens.end; i++ {
		word := t.v.Word(i)
		if !t.v.Letter(i) && strings.TrimLeft(word, "’'") == word {
			continue
		}
		last = i
		words++
		role = role || t.v.Is(i, roles)
		ofPhrase := t.v.Is(i, phrase) && !t.v.Is(i, rules.NameParticle) && !segment.EqualFold(word, "of")
		apart = apart || ofPhrase || i+1 < tokens.end && segment.Possessive(word)
	}
	switch {
	case last >= 0 && t.v.In(last, rules.HeadingLabel) && o.Form != segment.BracketedLabel && !t.v.Is(last, rules.SpeakerLabel):
		return headingLabel
	case words == 1 && o.Form == segment.CapitalLabel && !role:
		return plainLabel // AT: for Amanda Taub
	case role && !(apart && t.v.Is(tokens.first, phrase)):
		return namedLabel
	case apart || words > 4 && o.Form == segment.CapitalLabel:
		return headingLabel
	}
	return plainLabel
}

// add counts opening i, which is o, among those of the speaker.
func (g *group) add(i int, o *opening, kind labelKind) {
	g.turns++
	g.named = g.named || kind == namedLabel || o.Timed || o.Remark
	g.heading = g.heading && kind == headingLabel
	g.place = g.place && kind == placeLabel
	g.mixed = g.mixed && o.Form == segment.MixedLabel
	g.returns = g.returns || g.last >= 0 && g.last < i-1
	g.last = i
	if o.sign.talk {
		g.talk++
	}
	if o.sign.asks {
		g.asks++
	}
	if !o.sign.ends || o.sign.number {
		g.broken++
	}
}

// tokenRange is the tokens [first, end).
type tokenRange struct{ first, end int }

// tokens returns the tokens that begin in s.
func (t *turnFinder) tokens(s annot.Span) tokenRange {
	tok := t.d.Tokens
	from := sort.Search(len(tok), func(i int) bool { return tok[i].Start >= s.Start })
	to := from
	for to < len(tok) && tok[to].Start < s.End {
		to++
	}
	return tokenRange{from, to}
}

// signs looks at words, those in marks aside.
func (t *turnFinder) signs(r tokenRange) (s signs) {
	opens := true
	for i := r.first; i < r.end; i++ {
		word := t.v.Word(i)
		if i == r.first {
			s.number = isFigure(word)
		}
		if t.v.Outer[i] >= 0 {
			opens = false
			continue
		}
		s.first = s.first || t.v.Is(i, rules.PronounFirst)
		s.talk = s.talk || word == "?" || t.v.In(i, rules.TalkWord) || opens && t.v.In(i, rules.TalkOpener)
		opens = false
	}
	s.talk = s.talk || s.first
	if r.end > r.first {
		last := r.end - 1
		for last > r.first && strings.ContainsAny(t.v.Word(last), ")]”’\"'*_") {
			last--
		}
		switch t.v.Word(last) {
		case "?":
			s.asks, s.ends = true, true
		case ".", "!", "…", "...", "—", "–", "--", "-":
			s.ends = true
		default:
			s.ends = strings.HasSuffix(t.v.Word(last), ".") // p.m.
		}
	}
	return s
}

func isFigure(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsDigit(r) || unicode.Is(unicode.Sc, r)
}

// conversation reports whether the openings, or at least those in capitals, are those of a conversation.
func (t *turnFinder) conversation() bool {
	if t.tally().conversation() {
		return true
	}
	t.capitals = true
	return t.tally().conversation()
}

// A tally sums up the groups that may speak: turns and those that look like talk or are broken; labels and those that are named, are
// mixed, ask, or speak again after another.
type tally struct{ turns, talk, broken, labels, named, mixed, ask, again int }

func (t *turnFinder) tally() (n tally) {
	for i := range t.groups {
		g := &t.groups[i]
		if !t.maySpeak(g) {
			continue
		}
		n.turns += g.turns
		n.talk += g.talk
		n.broken += g.broken
		n.labels++
		count := func(n *int, on bool) {
			if on {
				*n++
			}
		}
		count(&n.named, g.named)
		count(&n.mixed, g.mixed)
		count(&n.ask, g.asks > 0)
		count(&n.again, g.returns)
	}
	return n
}

// conversation reports whether so much talk is that of a conversation. Labels in capitals need less than others: those may also
// be headings.
func (n tally) conversation() bool {
	switch {
	case n.turns < 2, 2*n.broken >= n.turns && 2*n.talk <= n.turns:
		return false
	case n.labels == 1:
		return n.mixed == 0 && n.talk > 1 && (n.turns > 2 && 2*n.talk >= n.turns || n.named == 1)
	case n.mixed == 0 && n.talk == 0:
		return n.named > 1 && n.again > 0
	case n.mixed == 0:
		return (n.again > 0 || 2*n.named >= n.labels) && 4*n.talk >= n.turns || n.ask > 0 && 3*n.talk >= 2*n.turns
	}
	return 3*n.talk >= n.turns && (n.again > 0 || n.ask > 0 && n.ask < n.labels || n.labels > 2 && 3*n.talk >= 2*n.turns)
}

// maySpeak reports whether the labels of g may be those of a speaker before anything is known of the others.
func (t *turnFinder) maySpeak(g *group) bool {
	if g.turns == 0 || g.heading || g.mixed && t.capitals || g.place && 2*g.talk < g.turns {
		return false
	}
	return !g.mixed || g.named || g.returns && 2*g.talk >= g.turns
}

// choose decides which openings are turns, now that there are some.
func (t *turnFinder) choose() {
	mixed := 0
	for i := range t.groups {
		g := &t.groups[i]
		if g.speaks = t.maySpeak(g); g.speaks && g.mixed {
			mixed++
		}
	}
	for i := range t.groups {
		if g := &t.groups[i]; mixed > 0 && !g.heading && g.talk > 0 {
			g.speaks = true
		}
	}
	t.list = slices.DeleteFunc(t.list, func(o opening) bool {
		g := &t.groups[o.group]
		t.cuts[o.paragraph] = t.cuts[o.paragraph] || !g.speaks && !g.mixed
		return !g.speaks
	})
	t.ends()
}
