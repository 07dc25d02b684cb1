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
	pKnown        = 60
	pKnownBefore  = 61
	pKnownAfter   = 62
	pListedLeft   = 63
	pListedRight  = 64
	pSeenLeft     = 65
	pSeenRight    = 66
	pGroupLeftW   = 67
	pGroupRightW  = 68
	pLeftPair     = 69
	pRightPair    = 70
	pAround       = 71
	pRunAround    = 72
	pRunBeforeLen = 73
	pRunLastLeft  = 74
	pRunLastRight = 75
	pSeenAll      = 76
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
	x := s.word(i)
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
	all := uint64(0)
	for k, m := range t.matches {
		if m.part != Outside {
			put(pListed+k, uint64(m.part)<<16|uint64(min(m.length, 4))<<8|uint64(m.weight)<<1|bit(m.ambiguous))
		}
		all = all<<3 | uint64(m.part)
	}
	if all != 0 {
		put(pListedAll, all)
		put(pListedCase, all<<8|uint64(x.caseBin))
	}
	if !t.first {
		for k, m := range s.tokens[i-1].matches {
			if m.part != Outside {
				put(pListedBefore+k, uint64(m.part)<<8|min(uint64(m.length), 2)<<1|bit(m.ambiguous))
			}
		}
	}
	if i+1 < len(s.tokens) && !s.tokens[i+1].first {
		for k, m := range s.tokens[i+1].matches {
			if m.part != Outside {
				put(pListedAfter+k, uint64(m.part)<<8|min(uint64(m.length), 2)<<1|bit(m.ambiguous))
			}
		}
	}
	if k := t.known; k.length > 0 {
		put(pKnown, uint64(k.part)<<24|uint64(k.typ)<<16|uint64(k.bins)<<8|uint64(k.count))
	}
	if !t.first {
		if k := s.tokens[i-1].known; k.length > 0 {
			put(pKnownBefore, uint64(k.part)<<8|uint64(k.typ))
		}
	}
	if i+1 < len(s.tokens) && !s.tokens[i+1].first {
		if k := s.tokens[i+1].known; k.length > 0 {
			put(pKnownAfter, uint64(k.part)<<8|uint64(k.typ))
		}
	}
	if !x.upper {
		return dst
	}
	l2, r2 := &s.lexemes[s.neighbour(i, -2)], &s.lexemes[s.neighbour(i, +2)]
	types := uint64(x.entry.Types)<<8 | uint64(x.entry.Best)
	seenType, share := x.seen.best()
	seenKind := uint64(seenType)<<8 | share>>1
	put(pListedLeft, mix(l.lower)^types)
	put(pListedRight, mix(r.lower)^types)
	put(pSeenLeft, mix(l.lower)^seenKind)
	put(pSeenRight, mix(r.lower)^seenKind)
	put(pSeenAll, all<<16|seenKind)
	put(pGroupLeftW, l.lower^g*0x9E3779B97F4A7C15)
	put(pGroupRightW, r.lower^g*0x9E3779B97F4A7C15)
	put(pLeftPair, l2.lower^l.lower*3)
	put(pRightPair, r.lower^r2.lower*3)
	put(pAround, l.lower^r.lower*3)
	if n := t.run.end - t.run.first; t.run.end > 0 {
		first := s.word(int(t.run.first))
		last := s.word(int(t.run.end) - 1)
		put(pRunPlace, uint64(i-int(t.run.first))<<8|uint64(n))
		put(pRunNames, uint64(min(i-int(t.run.first), 3))<<24|uint64(min(n, 4))<<16|bit(first.first > 0)<<8|uint64(last.surname))
		before, after := &s.lexemes[s.neighbour(int(t.run.first), -1)], &s.lexemes[s.neighbour(int(t.run.end)-1, +1)]
		put(pRunBeforeLen, before.lower^uint64(min(n, 4))*0x9E3779B97F4A7C15)
		if n > 1 {
			put(pRunAround, before.lower^after.lower*3)
			put(pRunLastLeft, uint64(last.group[0][2])<<16^before.lower)
			put(pRunLastRight, uint64(last.group[0][2])<<16^after.lower)
			h := first.raw
			for j := int(t.run.first) + 1; j < int(t.run.end); j++ {
				h = gazetteer.Extend(h, s.d.Tokens[j])
			}
			s.m.company(pRunStats, h, put)
		}
	}
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
	return dst
}
