package crf

import (
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// The templates of the features of a token in its place. Those of words start at 256.
const (
	pBigramLeft = iota
	pBigramRight
	pGroupLeft
	pGroupRight
	pGroupAround
	pShapes
	pStart
	pStyle
	pStyleNames
	pRunPlace
	pRunLow
	pRunNames
	pDocCase
	pDocRoles
	pDocListed
	pListed       // + type
	pListedBefore = pListed + int(annot.MISC) + 1
	pListedAfter  = pListedBefore + int(annot.MISC) + 1
	pListedAll    = pListedAfter + int(annot.MISC) + 1
	pListedCase   = pListedAll + 1
	pListedLeft   = 63
	pListedRight  = 64
	pUpperLeft    = 65
	pUpperRight   = 66
	pGroupLeftW   = 67
	pGroupRightW  = 68
	pLeftPair     = 69
	pRightPair    = 70
	pAround       = 71
	pRunAround    = 72
	pRunBeforeLen = 73
	pRunLastLeft  = 74
	pRunLastRight = 75
	pUpperListed  = 76
	pPrevGap      = 80
	pNextGap      = 81
	pLong         = 82
	pLongListed   = 83
	pAcronym      = 84
	pSentence     = 85
	pSentenceList = 86
	pPrevListed   = 87
	pNextListed   = 88
	pLongNames    = 89
	pRunStats     = 100
	pVote         = 160 // of the second pass
	pVoteMost     = pVote + 1
	pVoteOwn      = pVote + 2
	pOwn          = pVote + 3
)

// placeFeatures appends the hashes of the features of token i that are not those of single words.
func (s *scratch) placeFeatures(i int, dst []uint64) []uint64 {
	t := &s.tokens[i]
	if !t.active {
		return dst
	}
	put := func(tm int, v uint64) { dst = append(dst, feature(tm, v)) }
	s.besideFeatures(i, put)
	all := s.listedFeatures(i, put)
	if !s.word(i).upper {
		return dst
	}
	s.pairFeatures(i, all, put)
	if t.run.end > 0 {
		s.runFeatures(i, put)
	}
	s.documentFeatures(i, all, put)
	return dst
}

// besideFeatures adds features of token i and the two beside it.
func (s *scratch) besideFeatures(i int, put func(int, uint64)) {
	t, x := &s.tokens[i], s.word(i)
	l, r := &s.lexemes[s.neighbour(i, -1)], &s.lexemes[s.neighbour(i, +1)]
	put(pBigramLeft, l.lower^x.lower*3)
	put(pBigramRight, x.lower^r.lower*3)
	gl, g, gr := uint64(l.group[0][2]), uint64(x.group[0][2]), uint64(r.group[0][2])
	put(pGroupLeft, gl<<16|g)
	put(pGroupRight, g<<16|gr)
	put(pGroupAround, gl<<16|gr)
	put(pShapes, uint64(l.shape)<<8|uint64(x.shape)<<4|uint64(r.shape))
	if t.first {
		put(pStart, uint64(x.shape)<<8|uint64(x.caseBin))
	}
	if t.style != stylePlain {
		put(pStyle, uint64(t.style)<<16|uint64(x.shape)<<8|uint64(x.caseBin))
		put(pStyleNames, uint64(t.style)<<24|uint64(x.first)<<16|uint64(x.surname)<<8|uint64(x.caseBin))
	}
}

// listedFeatures adds features of the phrases of the gazetteer that token i and the two beside it are in. It returns what
// part token i is of them.
func (s *scratch) listedFeatures(i int, put func(int, uint64)) (all uint64) {
	t := &s.tokens[i]
	for k, m := range t.matches {
		if m.part != Outside {
			put(pListed+k, uint64(m.part)<<16|uint64(min(m.length, 4))<<8|uint64(m.weight)<<1|bit(m.ambiguous))
		}
		all = all<<3 | uint64(m.part)
	}
	if all != 0 {
		put(pListedAll, all)
		put(pListedCase, all<<8|uint64(s.word(i).caseBin))
	}
	beside := func(base, j int) {
		for k, m := range s.tokens[j].matches {
			if m.part != Outside {
				put(base+k, uint64(m.part)<<8|min(uint64(m.length), 2)<<1|bit(m.ambiguous))
			}
		}
	}
	if !t.first {
		beside(pListedBefore, i-1)
	}
	if i+1 < len(s.tokens) && !s.tokens[i+1].first {
		beside(pListedAfter, i+1)
	}
	return all
}

// pairFeatures adds features of the capitalised token i, whose part in listed phrases is all, and of pairs of the tokens
// around it.
func (s *scratch) pairFeatures(i int, all uint64, put func(int, uint64)) {
	x := s.word(i)
	l, r := &s.lexemes[s.neighbour(i, -1)], &s.lexemes[s.neighbour(i, +1)]
	l2, r2 := &s.lexemes[s.neighbour(i, -2)], &s.lexemes[s.neighbour(i, +2)]
	g := uint64(x.group[0][2])
	types := uint64(x.entry.Types)<<8 | uint64(x.entry.Best)
	put(pListedLeft, mix(l.lower)^types)
	put(pListedRight, mix(r.lower)^types)
	put(pUpperLeft, l.lower)
	put(pUpperRight, r.lower)
	put(pUpperListed, all)
	put(pGroupLeftW, l.lower^g*0x9E3779B97F4A7C15)
	put(pGroupRightW, r.lower^g*0x9E3779B97F4A7C15)
	put(pLeftPair, l2.lower^l.lower*3)
	put(pRightPair, r.lower^r2.lower*3)
	put(pAround, l.lower^r.lower*3)
}

// runFeatures adds features of the run of capitalised tokens that token i is in.
func (s *scratch) runFeatures(i int, put func(int, uint64)) {
	run := s.tokens[i].run
	n := run.end - run.first
	first, last := s.word(int(run.first)), s.word(int(run.end)-1)
	put(pRunPlace, uint64(i-int(run.first))<<8|uint64(n))
	put(pRunNames, uint64(min(i-int(run.first), 3))<<24|uint64(min(n, 4))<<16|bit(first.first > 0)<<8|uint64(last.surname))
	before, after := &s.lexemes[s.neighbour(int(run.first), -1)], &s.lexemes[s.neighbour(int(run.end)-1, +1)]
	s.nearRuns(i, put)
	s.longerName(i, put)
	put(pRunBeforeLen, before.lower^uint64(min(n, 4))*0x9E3779B97F4A7C15)
	if n < 2 {
		return
	}
	put(pRunAround, before.lower^after.lower*3)
	put(pRunLastLeft, uint64(last.group[0][2])<<16^before.lower)
	put(pRunLastRight, uint64(last.group[0][2])<<16^after.lower)
	h := first.raw
	for j := int(run.first) + 1; j < int(run.end); j++ {
		h = gazetteer.Extend(h, s.d.Tokens[j])
	}
	s.m.company(pRunStats, h, put)
}

// documentFeatures adds features of the sentence and of how the word of token i is used in the document.
func (s *scratch) documentFeatures(i int, all uint64, put func(int, uint64)) {
	t, x := &s.tokens[i], s.word(i)
	put(pSentence, uint64(t.register)<<16|uint64(x.group[0][1]))
	put(pSentenceList, uint64(t.register)<<16|all)
	f := s.about(&s.lexemes[t.lexeme])
	mid := f.mid
	if !t.first && t.style != styleTitle && t.style != styleUpper {
		mid--
	}
	put(pDocCase, uint64(min(f.lower, 2))<<16|uint64(min(max(mid, 0), 2))<<8|bit(t.first)<<4|uint64(x.caseBin))
	if f.caps > 1 {
		put(pDocRoles, uint64(s.role(i))<<8|uint64(f.roles))
		put(pDocListed, uint64(f.listed))
	}
}

// types returns the types of the phrases of the gazetteer that token i is in, and which of them have several words.
func (s *scratch) types(i int) (v uint64) {
	for k, m := range s.tokens[i].matches {
		if m.part != Outside {
			v |= 1 << k
			if m.length > 1 {
				v |= 16 << k
			}
		}
	}
	return v
}

// nearRuns adds features of the runs before and after that of token i.
func (s *scratch) nearRuns(i int, put func(int, uint64)) {
	r := s.tokens[i].run
	own := s.types(i)
	if j := s.prevRun(i); j >= 0 {
		gap := uint64(int(r.first) - j)
		put(pPrevGap, gap<<56^s.word(j+1).lower)
		put(pPrevListed, s.types(j)<<16|own<<8|gap<<4|bit(s.word(j).surname > 0)<<1|bit(s.word(j).first > 0))
	}
	if j := s.nextRun(i); j >= 0 {
		gap := uint64(j + 1 - int(r.end))
		put(pNextGap, gap<<56^s.word(j-1).lower)
		put(pNextListed, s.types(j)<<16|own<<8|gap<<4|bit(s.word(j).surname > 0)<<1|bit(s.word(j).first > 0))
	}
}

// longerName adds features of a longer name in the document that has the word of token i in it.
func (s *scratch) longerName(i int, put func(int, uint64)) {
	f := s.about(s.word(i))
	own := s.tokens[i].run
	if f.acronym > 0 {
		put(pAcronym, uint64(min(own.end-own.first, 3)))
	}
	n := f.long.end - f.long.first
	if n <= own.end-own.first {
		return
	}
	place := uint64(1)
	if s.word(int(f.long.first)).fold == s.word(i).fold {
		place = 0
	} else if s.word(int(f.long.end)-1).fold == s.word(i).fold {
		place = 2
	}
	first := s.word(int(f.long.first))
	size := uint64(min(n, 4))<<4 | uint64(min(own.end-own.first, 3))
	put(pLong, place<<16|size)
	put(pLongNames, place<<24|size<<16|uint64(first.first)<<8|uint64(s.word(int(f.long.end)-1).surname))
	put(pLongListed, place<<24|s.types(int(f.long.first))<<8|s.types(int(f.long.end)-1))
}
