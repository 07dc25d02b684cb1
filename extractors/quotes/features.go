package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// The features of a stretch between marks: what the rules say of it, its words, what stands around it, its neighbours in
// the sentence and in the article.
const (
	fBranch       = iota // the rule that decided
	fVerdict             // what it said: 0 none, 1 mixed, 2 direct
	wWords               // the words of the stretch
	wTokens              // … and the tokens
	wLetters             // its length in bytes
	wUpper               // it begins with a capital
	wTitle               // all words that are not function words do
	wCapitals            // share of the words that do
	wShouted             // words all in capitals
	wComma               // a comma stands before the closing mark
	wEnd                 // 1 a full stop, 2 ? or !, 3 another mark that ends a sentence
	wClause              // a subject and a verb at its beginning
	wFirst               // class of its first word
	wSecond              // … of the second
	wLast                // … of the last
	wSuffix              // the ending of the last word
	wFirstPerson         // I, we, my
	wYou                 // you, your
	wPronouns            // he, she, they, it
	wVerbs               // verbs
	wAuxiliaries         // auxiliaries and modals
	wNegations           // not, never
	wShort               // contractions
	wDeterminers         // the, a
	wPrepositions        // of, in
	wDigits              // numbers
	wHyphens             // words with a hyphen
	wBrackets            // brackets and ellipses: a copy of somebody's words
	wCues                // verbs of speech inside the marks
	wNested              // marks inside the marks
	mSingle              // the marks are single; of which kind says more of the outlet than of the words
	mShare               // share of the stretches of the article with such marks
	mUnclosed            // no closing mark
	mWrong               // the wrong mark opens
	cColon               // the context that the rules saw
	cComma
	cCueBefore
	cCueAfter
	cCue
	cAccording
	cStarts
	cAlone
	cCall
	cAs
	cNoun
	cContinued   // the paragraph before ends in a stretch that may run on
	bWord        // class of the word before the stretch
	bWord2       // … of the word before that one
	bWord3       // … and of the one before that one
	bWord4       // … and of the one before that one
	bClose       // no space before the mark
	aWord        // class of the word after
	aWord2       // … of the word after that one
	aClose       // no space after the mark
	bCue         // class of the nearest verb of speech before it
	bCueWeight   // its weight
	bCueTokens   // the words between
	bCueCommas   // the commas between
	bCueStops    // subordinators, relatives and other verbs between
	bCueQuotes   // stretches between
	bCueSubject  // class of the word before the cue
	bCuePassive  // a form of be stands before it
	bCueForm     // its ending: -ing, -ed
	bNoun        // words to the nearest noun of speech before
	bCalls       // words to the nearest call, label, describe before
	aCue         // the same after it
	aCueWeight   //
	aCueTokens   //
	aCueCommas   //
	aCueSubject  //
	aCueForm     //
	uBefore      // words of the sentence before it
	uAfter       // … and after
	uFirst       // class of the first word of the sentence
	uPersonal    // I, we, you in the narration of the sentence
	uStretches   // stretches in it
	uNames       // capitals in it before the stretch
	pBranch      // the stretch before it in the sentence: the rule
	pVerdict     // … and its verdict
	pTokens      // the words between
	pJoint       // only and, or, a comma, an article between
	pWords       // its words
	pWord        // the class of the word before it
	nBranch      // the same for the stretch after
	nVerdict     //
	nTokens      //
	nJoint       //
	nWords       //
	gZone        // the zone of the paragraph
	gFromStart   // paragraphs before
	gFromEnd     // … and after
	gStretches   // stretches in the paragraph
	gDirect      // direct ones among them
	gSinceDirect // tokens since the last direct stretch
	gToDirect    // … and until the next
	dStretches   // stretches in the article
	dDirect      // share of direct ones
	dMixed       // … of mixed ones
	dDense       // tokens for each stretch
	dPersonal    // share of I, we, you among the words of the narration
	rMarked      // how often the same words stand in marks
	rBefore      // … before
	rQuotes      // … and are quotes by the rules
	rPlain       // how often they stand without
	rPlainFirst  // they stand without before
	lBefore      // the weights of the clues before, …
	lInside      // … inside
	lBehind      // … and after the marks
	lAll         // and of all of them
	featureCount
)

// featureNames are the names of the features in a model: what they are, in order. A change of their meaning must change
// them, so that no model is used with features that it was not trained with.
var featureNames = strings.Fields(`branch verdict
	words tokens letters upper title capitals shouted comma end clause first second last suffix first-person you pronouns verbs
	auxiliaries negations short determiners prepositions digits hyphens brackets cues nested
	single single-share unclosed wrong
	c-colon c-comma cue-before cue-after cue according starts alone call as noun continued
	before before2 before3 before4 close after after2 close-after
	b-cue b-weight b-tokens b-commas b-stops b-quotes b-subject b-passive b-form b-noun b-calls
	a-cue a-weight a-tokens a-commas a-subject a-form
	u-before u-after u-first personal u-stretches u-names
	p-branch p-verdict p-tokens p-joint p-words p-word n-branch n-verdict n-tokens n-joint n-words
	zone from-start from-end p-stretches p-direct since-direct to-direct
	stretches direct mixed dense d-personal
	r-marked r-before r-quotes r-plain r-plain-first
	l-before l-inside l-behind l-all`)

// far stands for a distance to what is not there.
const far = 99

// reach is how many items on each side the features look at: linear.
const reach = 60

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// article is what the features need to know of the whole article.
type article struct {
	outer, single, direct, mixed, personal, words int
	sinceDirect, toDirect                         []int32 // per stretch, in tokens
	stretches, directs                            []int32 // per paragraph
	repeats                                       repeats
}

func (f *finder) article() *article {
	d, v := f.d, f.v
	n := len(d.Marked)
	a := &article{sinceDirect: make([]int32, n), toDirect: make([]int32, n), stretches: make([]int32, len(d.Paragraphs)),
		directs: make([]int32, len(d.Paragraphs))}
	const none = -1
	last := none
	for k, m := range d.Marked {
		a.sinceDirect[k] = none
		if m.Parent >= 0 {
			continue
		}
		a.outer++
		if m.Style.Single() {
			a.single++
		}
		a.stretches[m.Paragraph]++
		if last != none {
			a.sinceDirect[k] = int32(f.sight[k].shape.first - f.sight[last].shape.end)
		}
		switch f.verdict[k].kind {
		case annot.Direct:
			a.direct++
			a.directs[m.Paragraph]++
			if f.sight[k].shape.end > 0 {
				last = k
			}
		case annot.Mixed:
			a.mixed++
		}
	}
	last = none
	for k := n - 1; k >= 0; k-- {
		a.toDirect[k] = none
		if last != none {
			a.toDirect[k] = int32(f.sight[last].shape.first - f.sight[k].shape.end)
		}
		if d.Marked[k].Parent < 0 && f.verdict[k].kind == annot.Direct && f.sight[k].shape.end > 0 {
			last = k
		}
	}
	for i := range d.Tokens {
		if v.Outer[i] < 0 && v.Letter(i) {
			a.words++
			if v.Is(i, rules.PronounFirst) || you(v.Word(i)) {
				a.personal++
			}
		}
	}
	a.repeats = f.repeats()
	return a
}

func you(w string) bool { return segment.EqualFold(w, "you") || segment.EqualFold(w, "your") }

// features fills in those of the stretch k.
func (f *finder) features(x *[featureCount]float32, a *article, k int) {
	clear(x[:])
	v, d := f.v, f.d
	m := d.Marked[k]
	si := f.sight[k]
	items := v.Units[si.unit].Items
	x[fBranch], x[fVerdict] = float32(f.verdict[k].by), said(f.verdict[k])
	f.words(x, k)
	x[mSingle], x[mShare] = flag(m.Style.Single()), float32(a.single)/float32(a.outer)
	if x[mSingle] == 0 {
		x[mShare] = 1 - x[mShare]
	}
	x[mUnclosed], x[mWrong] = flag(m.Unclosed), flag(m.WrongDirection)
	c := si.context
	for i, b := range [...]bool{c.colon, c.comma, c.cueBefore, c.cueAfter, c.cue, c.according, c.startsUnit, c.alone, c.call, c.as, c.noun} {
		x[cColon+i] = flag(b)
	}
	f.around(x, items, si.item)
	f.cues(x, items, si.item)
	f.sentence(x, si.unit, si.item)

	x[gZone] = float32(d.Paragraphs[m.Paragraph].Zone)
	x[gFromStart], x[gFromEnd] = float32(min(m.Paragraph, far)), float32(min(len(d.Paragraphs)-1-m.Paragraph, far))
	x[gStretches], x[gDirect] = float32(a.stretches[m.Paragraph]), float32(a.directs[m.Paragraph])
	x[gSinceDirect], x[gToDirect] = float32(min(a.sinceDirect[k], 500)), float32(min(a.toDirect[k], 500))
	x[dStretches], x[dDirect], x[dMixed] = float32(a.outer), float32(a.direct)/float32(a.outer), float32(a.mixed)/float32(a.outer)
	x[dDense] = float32(len(d.Tokens)) / float32(a.outer)
	x[dPersonal] = float32(a.personal) / float32(a.words+1)
	r := a.repeats.of[k]
	x[rMarked], x[rBefore], x[rQuotes], x[rPlain], x[rPlainFirst] = float32(r.marked), float32(r.before), float32(r.quotes), float32(r.plain),
		flag(r.plainFirst)
}

func said(v verdict) float32 {
	switch v.kind {
	case annot.Direct:
		return 2
	case annot.Mixed:
		return 1
	}
	return 0
}

// words fills in the features of what stands between the marks.
func (f *finder) words(x *[featureCount]float32, k int) {
	v, s := f.v, f.sight[k].shape
	x[wWords], x[wTokens] = float32(s.words), float32(s.end-s.first)
	x[wLetters] = float32(min(segment.Width(f.d.Slice(f.d.Marked[k].Inner())), 500))
	x[wUpper], x[wTitle], x[wComma] = flag(s.upper), flag(s.titleCase), flag(s.comma)
	x[wClause] = flag(f.clause(s))
	const most = 80 // words that are looked at: what is longer needs no closer look
	capitals, last, seen := 0, -1, 0
	end := min(s.end, s.first+most)
	for i := s.first; i < end; i++ {
		w, c := v.Word(i), v.Class[i]
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) {
			switch {
			case unicode.IsDigit(r):
				x[wDigits]++
			case r == '[' || r == '…' || strings.HasPrefix(w, ".."):
				x[wBrackets]++
			case w != "''" && (r == '\'' || r == '’' || r == 'ʼ'):
				x[wShort]++
			}
			continue
		}
		last = i
		switch seen {
		case 0:
			x[wFirst] = float32(f.sort(i))
		case 1:
			x[wSecond] = float32(f.sort(i))
		}
		seen++
		if unicode.IsUpper(r) {
			capitals++
			if len(w) > 1 && strings.ToUpper(w) == w {
				x[wShouted]++
			}
		}
		for _, p := range [...]struct {
			f int
			c rules.Class
		}{
			{wFirstPerson, rules.PronounFirst}, {wPronouns, rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounImpersonal},
			{wVerbs, rules.CommonVerb}, {wAuxiliaries, rules.Auxiliary | rules.Modal}, {wNegations, rules.Negation},
			{wDeterminers, rules.Determiner}, {wPrepositions, rules.Preposition},
		} {
			if c&p.c != 0 {
				x[p.f]++
			}
		}
		if you(w) {
			x[wYou]++
		}
		if strings.IndexByte(w, '-') > 0 {
			x[wHyphens]++
		}
		if cue := f.set.Cue(w); cue != nil && cue.Class != rules.Noun {
			x[wCues]++
		}
	}
	if end > s.first {
		f.nested(x, k, v.D.Tokens[end-1].End)
	}
	if seen > 0 {
		x[wCapitals] = float32(capitals) / float32(seen)
	}
	if last >= 0 {
		x[wLast], x[wSuffix] = float32(f.sort(last)), float32(suffix(v.Word(last)))
	}
	if s.full {
		x[wEnd] = 3
		switch v.Word(s.end - 1) {
		case ".":
			x[wEnd] = 1
		case "?", "!", "?!", "!!":
			x[wEnd] = 2
		}
	}
}

// nested counts the stretches within stretch k that open before offset end. The straight mark of one is no apostrophe.
func (f *finder) nested(x *[featureCount]float32, k, end int) {
	marked := f.d.Marked
	for j := k + 1; j < len(marked) && marked[j].Parent >= 0 && marked[j].Start < end; j++ {
		x[wNested]++
		if m := marked[j]; m.Style == annot.StraightSingle && f.d.Text[m.Start] == '\'' {
			x[wShort]--
		}
	}
}

// suffixes are endings that tell what kind of word a word is.
var suffixes = [...]string{"ing", "ed", "ly", "ous", "ful", "ive", "able", "ible", "al", "ic", "less", "ish", "ish", "y", "tion", "ism",
	"ist", "ment", "ness", "ity", "er", "or", "ers", "s"}

func suffix(w string) int {
	for i, s := range suffixes {
		if len(w) > len(s)+2 && strings.HasSuffix(w, s) {
			return i + 1
		}
	}
	return 0
}

// around fills in the classes of the words before and after item i.
func (f *finder) around(x *[featureCount]float32, items []segment.Item, i int) {
	for n, at := range [...]int{bWord, bWord2, bWord3, bWord4} {
		x[at] = float32(f.sortOf(items, i-1-n))
	}
	x[aWord], x[aWord2] = float32(f.sortOf(items, i+1)), float32(f.sortOf(items, i+2))
	t := f.d.Tokens
	x[bClose] = flag(items[i].First > 0 && t[items[i].First-1].End == t[items[i].First].Start)
	x[aClose] = flag(items[i].End < len(t) && t[items[i].End-1].End == t[items[i].End].Start)
}

// cues fills in what the nearest verbs of speech on both sides of item i look like.
func (f *finder) cues(x *[featureCount]float32, items []segment.Item, i int) {
	v := f.v
	x[bCueTokens], x[aCueTokens], x[bNoun], x[bCalls] = far, far, far, far
	commas, stops, quotes := 0, 0, 0
	for k := i - 1; k >= max(0, i-reach); k-- {
		it := items[k]
		if it.Quoted() {
			quotes++
			continue
		}
		if cue := v.Cue[it.First]; cue != nil && k+int(v.CueLen[it.First]) <= i {
			switch {
			case cue.Class == rules.Noun:
				x[bNoun] = min(x[bNoun], float32(i-k))
			case f.adjectival(items, k):
			default:
				if cue.Class == rules.Call {
					x[bCalls] = min(x[bCalls], float32(i-k))
				}
				if x[bCue] == 0 {
					x[bCue], x[bCueWeight], x[bCueTokens] = float32(cue.Class), float32(cue.Weight), float32(i-k)
					x[bCueCommas], x[bCueStops], x[bCueQuotes] = float32(commas), float32(stops), float32(quotes)
					x[bCueSubject], x[bCueForm] = float32(f.sortOf(items, k-1)), float32(suffix(v.Word(it.First)))
					x[bCuePassive] = flag(k > 0 && v.Is(items[k-1].First, rules.Be) || k > 1 && v.Is(items[k-2].First, rules.Be))
				}
			}
			continue
		}
		switch {
		case v.Word(it.First) == ",":
			commas++
		case v.Is(it.First, rules.Subordinator|rules.PronounRelative|rules.CommonVerb|rules.Auxiliary|rules.Modal):
			stops++
		}
	}
	commas = 0
	for k := i + 1; k < min(len(items), i+reach); k++ {
		it := items[k]
		if it.Quoted() {
			break
		}
		if cue := v.Cue[it.First]; cue != nil && cue.Class != rules.Noun && !f.adjectival(items, k) {
			x[aCue], x[aCueWeight], x[aCueTokens], x[aCueCommas] = float32(cue.Class), float32(cue.Weight), float32(k-i), float32(commas)
			x[aCueSubject], x[aCueForm] = float32(f.sortOf(items, k-1)), float32(suffix(v.Word(it.First)))
			break
		}
		if v.Word(it.First) == "," {
			commas++
		}
	}
}

// sentence fills in what the narrative sentence of item i looks like and what other stretches it holds.
func (f *finder) sentence(x *[featureCount]float32, u, i int) {
	v := f.v
	items := v.Units[u].Items
	x[uBefore], x[uAfter] = float32(min(i, far)), float32(min(len(items)-1-i, far))
	x[uFirst] = float32(f.sortOf(items, 0))
	x[pTokens], x[nTokens] = far, far
	for k := max(0, i-reach); k < min(len(items), i+reach); k++ {
		it := items[k]
		switch {
		case it.Quoted():
			x[uStretches]++
		case v.Is(it.First, rules.PronounFirst) || you(v.Word(it.First)):
			x[uPersonal]++
		case k < i && v.Upper(it.First):
			x[uNames]++
		}
	}
	for k := i - 1; k >= max(0, i-reach); k-- {
		if it := items[k]; it.Quoted() {
			x[pBranch], x[pVerdict] = float32(f.verdict[it.Mark].by)+1, said(f.verdict[it.Mark])
			x[pTokens], x[pJoint] = float32(i-k-1), flag(f.joint(items[k+1:i]))
			x[pWords], x[pWord] = float32(f.sight[it.Mark].shape.words), float32(f.sortOf(items, k-1))
			break
		}
	}
	for k := i + 1; k < min(len(items), i+reach); k++ {
		if it := items[k]; it.Quoted() {
			x[nBranch], x[nVerdict] = float32(f.verdict[it.Mark].by)+1, said(f.verdict[it.Mark])
			x[nTokens], x[nJoint] = float32(k-i-1), flag(f.joint(items[i+1:k]))
			x[nWords] = float32(f.sight[it.Mark].shape.words)
			break
		}
	}
}

// joint reports whether the items only coordinate what stands on both sides: and, or, but, a comma, perhaps an article.
func (f *finder) joint(between []segment.Item) bool {
	if len(between) > 4 || len(between) == 0 {
		return false
	}
	joint := false
	for _, it := range between {
		if it.Quoted() {
			return false
		}
		switch {
		case f.v.Word(it.First) == "," || f.v.Is(it.First, rules.Conjunction):
			joint = true
		case f.v.Is(it.First, rules.Determiner|rules.Adverb|rules.Preposition):
		default:
			return false
		}
	}
	return joint
}
