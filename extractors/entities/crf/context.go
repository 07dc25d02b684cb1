package crf

import (
	"math/bits"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Doc is the tokens of one document, split as segment.Tokenize does.
type Doc struct {
	// Tokens are the words in order.
	Tokens []string
	// Sentences are the ends of the sentences, ascending indices into Tokens. Tokens after the last one are a sentence
	// of their own.
	Sentences []int
}

// A fold is what the document holds of a word in whatever case.
type fold struct {
	doc         uint32         // the document that the rest is about
	lower, caps int32          // occurrences without and with a capital
	mid         int32          // those with a capital that do not start a sentence
	kept        [maxElse]int32 // the first occurrences with a capital
	nKept       int32
	roles       uint8         // bits of role
	listed      uint8         // in which types of phrases of several words of the gazetteer
	acronym     int32         // lexeme of the last word of a name with this as initials; 0 if there is none
	long        run           // the first of the longest runs that the word is in
	around      scores        // sum of what the neighbours of kept give
	votes       [labels]int32 // labels of the first pass
}

// maxElse is the number of occurrences of a word whose neighbours are looked at.
const maxElse = 8

// The roles of a word in runs of capitalised words.
const (
	roleFirst = 1 << iota
	roleMiddle
	roleLast
	roleAlone
	roleOfPerson // after a first name
)

// A run is the sequence of capitalised words that a token is in; end is 0 if there is none.
type run struct{ first, end int32 }

// maxRun is the greatest length of a run; longer ones are text in capitals.
const maxRun = 7

// A match is the longest phrase of the gazetteer that a token is in; part is Outside if there is none.
type match struct {
	part           Part
	length, weight uint8
	ambiguous      bool
}

// A token is what is known of a token from its sentence.
type token struct {
	lexeme  int32
	run     run
	matches [annot.MISC]match
	first   bool // of its sentence
	style   uint8
	// register tells the sentence's length and share of numbers.
	register uint8
	active   bool // it or a neighbour has a capital
}

// The styles of sentences.
const (
	stylePlain = iota
	styleTitle
	styleUpper
	styleLower
)

// scratch is the memory of one call of Tag, used again by later ones.
type scratch struct {
	m        *Model
	training bool // words are kept for ever and their features are noted

	byWord, byFold index
	lexemes        []lexeme
	folds          []fold
	doc            uint32
	features       [][families][]uint64 // of each lexeme, if training

	d        *Doc
	tokens   []token
	hash     []uint64
	wordHash []uint64
	refs     []ref
	votes    []weighted
	byKey    index
	pools    []pool
	poolOf   []int32
	emit     []scores
	back     [][labels]Label
	lattice  lattice
	labels   []Label
}

func newScratch(m *Model, training bool) *scratch {
	s := &scratch{m: m, training: training}
	s.forget()
	return s
}

// sentences calls visit with the bounds of each sentence.
func (d *Doc) sentences(visit func(first, end int)) {
	first := 0
	for _, end := range d.Sentences {
		end = min(end, len(d.Tokens))
		if end > first {
			visit(first, end)
			first = end
		}
	}
	if first < len(d.Tokens) {
		visit(first, len(d.Tokens))
	}
}

// read looks at the whole document before any of it is tagged.
func (s *scratch) read(d *Doc) {
	s.d = d
	if len(s.lexemes) > maxLexemes && !s.training {
		s.forget()
	}
	if s.doc++; s.doc == 0 {
		s.forget()
		s.doc = 1
	}
	if cap(s.tokens) < len(d.Tokens) {
		s.tokens = make([]token, len(d.Tokens)+len(d.Tokens)/2)
	}
	s.tokens = s.tokens[:len(d.Tokens)]
	for i, w := range d.Tokens {
		s.tokens[i] = token{lexeme: s.lexeme(w)}
	}
	d.sentences(func(first, end int) { s.readSentence(d, first, end) })
}

func (s *scratch) word(i int) *lexeme { return &s.lexemes[s.tokens[i].lexeme] }

// about returns the fold of a lexeme, emptied if it is still about an earlier document.
func (s *scratch) about(x *lexeme) *fold {
	f := &s.folds[x.fold]
	if f.doc != s.doc {
		*f = fold{doc: s.doc}
	}
	return f
}

func (s *scratch) readSentence(d *Doc, first, end int) {
	s.tokens[first].first = true
	s.readStyle(first, end)
	s.readRuns(first, end)
	s.readPhrases(d, first, end)
	s.readInitials(first, end)
	for i := first; i < end; i++ {
		x := s.word(i)
		if x.upper {
			for j := max(first, i-1); j < min(end, i+2); j++ {
				s.tokens[j].active = true
			}
		}
		if !x.letter {
			continue
		}
		f := s.about(x)
		if !x.upper {
			f.lower++
			continue
		}
		f.caps++
		if i > first && s.tokens[i].style != styleTitle && s.tokens[i].style != styleUpper {
			f.mid++
		}
		f.roles |= s.role(i)
		for t, m := range s.tokens[i].matches {
			if m.length > 1 {
				f.listed |= 1 << t
			}
		}
		if f.nKept < maxElse {
			f.kept[f.nKept] = int32(i)
			f.nKept++
			if !s.training {
				for _, r := range s.around(i) {
					f.around.add(s.gift(r.lexeme, r.family))
				}
			}
		}
		if r := s.tokens[i].run; r.end-r.first > f.long.end-f.long.first && s.tokens[i].style != styleTitle && s.tokens[i].style != styleUpper {
			f.long = r
		}
	}
}

func (a *scores) add(b *scores) {
	for l := range a {
		a[l] += b[l]
	}
}

// neighbour returns the lexeme of the token by places further in the same sentence.
func (s *scratch) neighbour(i, by int) int32 {
	step := 1
	if by < 0 {
		step = -1
	}
	for ; by != 0; by -= step {
		if step < 0 && s.tokens[i].first {
			return edgeBefore
		}
		i += step
		if step > 0 && (i >= len(s.tokens) || s.tokens[i].first) {
			return edgeAfter
		}
	}
	return s.tokens[i].lexeme
}

func (s *scratch) role(i int) uint8 {
	r := s.tokens[i].run
	switch {
	case r.end == 0:
		return 0
	case r.end-r.first == 1:
		return roleAlone
	case int(r.first) == i:
		return roleFirst
	}
	role := uint8(roleMiddle)
	if int(r.end)-1 == i {
		role = roleLast
	}
	if s.word(int(r.first)).first > 0 {
		role |= roleOfPerson
	}
	return role
}

// readStyle tells headlines and text in capitals from running text.
func (s *scratch) readStyle(first, end int) {
	var lower, upper, title, short, numbers int
	for i := first; i < end; i++ {
		switch x := s.word(i); x.shape {
		case shapeLower:
			if x.caseBin == 6 && x.short {
				short++
			} else {
				lower++
			}
		case shapeUpper:
			upper++
		case shapeTitle, shapeTitleHyphen:
			title++
		case shapeNumber:
			numbers++
		}
	}
	style := uint8(stylePlain)
	switch {
	case upper > 2 && upper > 3*(lower+title+short):
		style = styleUpper
	case title+upper > 2 && title+upper > 3*lower:
		style = styleTitle
	case title+upper == 0 && lower > 2:
		style = styleLower
	}
	register := uint8(min(bits.Len(uint(end-first)), 6))<<2 | uint8(min(8*numbers/(end-first), 3))
	for i := first; i < end; i++ {
		s.tokens[i].style, s.tokens[i].register = style, register
	}
}

func (s *scratch) readRuns(first, end int) {
	for i := first; i < end; {
		if !s.word(i).upper {
			i++
			continue
		}
		j := i + 1
		for j < end && s.word(j).upper {
			j++
		}
		if j-i <= maxRun {
			for k := i; k < j; k++ {
				s.tokens[k].run = run{int32(i), int32(j)}
			}
		}
		i = j
	}
}

// readPhrases looks every phrase up that starts with a capital. It is linear: no phrase has more than
// gazetteer.MaxTokens tokens.
func (s *scratch) readPhrases(d *Doc, first, end int) {
	caps := s.tokens[first].style == styleUpper
	for i := first; i < end; i++ {
		x := s.word(i)
		if !x.upper {
			continue
		}
		var found phrases
		h, from, more := gazetteer.SeedFold, i, true
		if !caps {
			found.note(x.entry, 1)
			h, from, more = x.raw, i+1, x.more
		}
		for j := from; more && j < end; j++ {
			if caps {
				h = gazetteer.ExtendFold(h, d.Tokens[j])
			} else {
				h = gazetteer.Extend(h, d.Tokens[j])
			}
			e, ok := s.m.names.Phrase(h)
			if ok {
				found.note(e, j+1-i)
			}
			more = e.More
		}
		s.match(i, &found)
	}
}

// phrases are the longest listed phrases at a token, one of each type.
type phrases struct {
	entry  [annot.MISC]gazetteer.Entry
	length [annot.MISC]uint8 // in tokens; 0 if there is none
}

// note keeps an entry of n tokens, which is longer than those before it.
func (p *phrases) note(e gazetteer.Entry, n int) {
	for t := annot.PER; t <= annot.MISC; t++ {
		if e.Types.Has(t) {
			p.entry[t-1], p.length[t-1] = e, uint8(n)
		}
	}
}

// match tells the tokens of the phrases that begin at token i which part of them they are, unless they are in longer ones.
func (s *scratch) match(i int, found *phrases) {
	for t := range found.entry {
		e, n := &found.entry[t], int(found.length[t])
		if n == 0 {
			continue
		}
		m := match{length: found.length[t], ambiguous: e.Ambiguous}
		if int(e.Best) == t+1 {
			m.weight = 1 + e.Weight
		}
		for j := i; j < i+n; j++ {
			if s.tokens[j].matches[t].length >= m.length {
				continue
			}
			switch {
			case n == 1:
				m.part = Unit
			case j == i:
				m.part = Begin
			case j == i+n-1:
				m.part = Last
			default:
				m.part = Inside
			}
			s.tokens[j].matches[t] = m
		}
	}
}

// A ref says that a token has the features of a word in a family, times a value.
type ref struct {
	lexeme int32
	family family
	value  float32
}

// references appends the words that bear on token i, those of other occurrences excepted, which elsewhere adds.
func (s *scratch) references(i int, dst []ref) []ref {
	t := &s.tokens[i]
	dst = append(dst,
		ref{s.neighbour(i, -2), famLeft2, 1},
		ref{s.neighbour(i, -1), famLeft1, 1},
		ref{t.lexeme, famSelf, 1},
		ref{t.lexeme, famForm, 1},
		ref{s.neighbour(i, +1), famRight1, 1},
		ref{s.neighbour(i, +2), famRight2, 1},
		ref{s.neighbour(i, -3), famLeft3, 1},
		ref{s.neighbour(i, +3), famRight3, 1})
	if t.run.end > 0 {
		dst = append(dst,
			ref{s.neighbour(int(t.run.first), -1), famRunBefore, 1},
			ref{s.neighbour(int(t.run.end)-1, +1), famRunAfter, 1},
			ref{s.tokens[t.run.first].lexeme, famRunFirst, 1},
			ref{s.tokens[t.run.end-1].lexeme, famRunLast, 1})
	}
	if t.run.end == 0 {
		return dst
	}
	if j := s.prevRun(i); j >= 0 {
		dst = append(dst, ref{s.tokens[j].lexeme, famPrevRun, 1})
	}
	if j := s.nextRun(i); j >= 0 {
		dst = append(dst, ref{s.tokens[j].lexeme, famNextRun, 1})
	}
	f := s.about(s.word(i))
	if f.acronym > 0 {
		dst = append(dst, ref{f.acronym, famAcronym, 1})
	}
	if f.long.end-f.long.first > t.run.end-t.run.first {
		dst = append(dst,
			ref{s.tokens[f.long.first].lexeme, famLongFirst, 1},
			ref{s.tokens[f.long.end-1].lexeme, famLongLast, 1})
	}
	return dst
}

// maxGap is the greatest number of words between runs that are near each other.
const maxGap = 3

// prevRun returns the last token of the run before that of token i in the same sentence, or -1 if there is none near.
func (s *scratch) prevRun(i int) int {
	first := int(s.tokens[i].run.first)
	for j := first; j >= 0 && j >= first-maxGap; j-- {
		if s.tokens[j].first {
			break
		}
		if s.word(j - 1).upper {
			return j - 1
		}
	}
	return -1
}

// nextRun returns the first token of the run after that of token i in the same sentence, or -1 if there is none near.
func (s *scratch) nextRun(i int) int {
	end := int(s.tokens[i].run.end)
	for j := end; j <= end+maxGap && j < len(s.tokens) && !s.tokens[j].first; j++ {
		if s.word(j).upper {
			return j
		}
	}
	return -1
}

// readInitials notes which words of the document are the initials of a name of it.
func (s *scratch) readInitials(first, end int) {
	if s.tokens[first].style == styleUpper {
		return
	}
	for i := first; i < end; i++ {
		if !s.word(i).upper {
			continue
		}
		h, n, gap := uint64(seed), 0, 0
		for j := i; j < end && n < 7; j++ {
			x := s.word(j)
			if !x.upper {
				if gap++; gap > 2 || !x.short || !x.letter {
					break
				}
				continue
			}
			gap = 0
			h = (h ^ uint64(x.initial)) * prime
			if n++; n < 2 || x.shape == shapeUpper {
				continue
			}
			if k, ok := s.byFold.find(mix(h)); ok {
				f := &s.folds[k]
				if f.doc != s.doc {
					*f = fold{doc: s.doc}
				}
				f.acronym = s.tokens[j].lexeme
			}
		}
	}
}

// others returns the number of kept occurrences of the word elsewhere and whether i itself is kept too.
func (f *fold) others(i int) (n int, self bool) {
	for _, k := range f.kept[:f.nKept] {
		if int(k) == i {
			return int(f.nKept) - 1, true
		}
	}
	return int(f.nKept), false
}

// around returns the words around token i that bear on the other occurrences of its word.
func (s *scratch) around(i int) [4]ref {
	r := s.tokens[i].run
	if r.end == 0 {
		r = run{int32(i), int32(i) + 1}
	}
	return [4]ref{
		{s.neighbour(i, -1), famElseBefore, 1},
		{s.neighbour(i, +1), famElseAfter, 1},
		{s.neighbour(int(r.first), -1), famElseRunBefore, 1},
		{s.neighbour(int(r.end)-1, +1), famElseRunAfter, 1},
	}
}

// elsewhere appends the neighbours of other occurrences of token i.
func (s *scratch) elsewhere(i int, dst []ref) []ref {
	x := s.word(i)
	if !x.upper {
		return dst
	}
	f := s.about(x)
	n, _ := f.others(i)
	for _, k := range f.kept[:f.nKept] {
		if int(k) != i {
			for _, r := range s.around(int(k)) {
				r.value = 1 / float32(n)
				dst = append(dst, r)
			}
		}
	}
	return dst
}

// addElsewhere is elsewhere for scores.
func (s *scratch) addElsewhere(i int, to *scores) {
	x := s.word(i)
	if !x.upper {
		return
	}
	f := s.about(x)
	n, self := f.others(i)
	if n == 0 {
		return
	}
	sum := f.around
	if self {
		for _, r := range s.around(i) {
			w := s.gift(r.lexeme, r.family)
			for l := range sum {
				sum[l] -= w[l]
			}
		}
	}
	r := 1 / float32(n)
	for l := range sum {
		to[l] += sum[l] * r
	}
}
