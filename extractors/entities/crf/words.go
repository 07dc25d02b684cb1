package crf

import "github.com/quoth-nlp/quoth/extractors/entities/gazetteer"

// An index maps hashes to small numbers.
type index struct {
	keys []uint64
	ids  []int32 // + 1; 0 is an empty place
	n    int
}

// id returns the number of h, which is the number of hashes seen before if it is new.
func (x *index) id(h uint64) (id int32, isNew bool) {
	if 2*x.n >= len(x.keys) {
		x.grow()
	}
	mask := uint64(len(x.keys) - 1)
	at := h & mask
	for ; x.ids[at] != 0; at = (at + 1) & mask {
		if x.keys[at] == h {
			return x.ids[at] - 1, false
		}
	}
	x.n++
	x.keys[at], x.ids[at] = h, int32(x.n)
	return int32(x.n - 1), true
}

// find is id for hashes seen before.
func (x *index) find(h uint64) (id int32, ok bool) {
	mask := uint64(len(x.keys) - 1)
	for at := h & mask; x.ids[at] != 0; at = (at + 1) & mask {
		if x.keys[at] == h {
			return x.ids[at] - 1, true
		}
	}
	return 0, false
}

func (x *index) grow() {
	old := *x
	size := max(1<<12, 2*len(old.keys))
	x.keys, x.ids = make([]uint64, size), make([]int32, size)
	mask := uint64(size - 1)
	for i, id := range old.ids {
		if id == 0 {
			continue
		}
		at := old.keys[i] & mask
		for x.ids[at] != 0 {
			at = (at + 1) & mask
		}
		x.keys[at], x.ids[at] = old.keys[i], id
	}
}

func (x *index) clear() {
	clear(x.ids)
	x.n = 0
}

// A lexeme is a word met so far, with the scores that it gives in each family. They are a pure function of the word and
// the model, so that it does not matter what was tagged before.
type lexeme struct {
	word
	folded folded
	fold   int32  // index in scratch.folds
	ready  uint32 // the families whose gifts are filled in
	gifts  [families]scores
}

// gift returns what a word gives to the scores of a token that it bears on in a family.
func (s *scratch) gift(lexeme int32, fam family) *scores {
	x := &s.lexemes[lexeme]
	g := &x.gifts[fam]
	if x.ready>>fam&1 == 0 {
		x.ready |= 1 << fam
		*g = scores{}
		s.wordHash = s.m.wordFeatures(fam, &x.word, &x.folded, s.wordHash[:0])
		for _, h := range s.wordHash {
			s.m.weights.add(h, 1, g)
		}
	}
	return g
}

// The lexemes of the places before and after a sentence.
const (
	edgeBefore int32 = iota
	edgeAfter
)

// maxLexemes bounds the words kept from one document to the next.
const maxLexemes = 1 << 13

// forget drops all words.
func (s *scratch) forget() {
	s.lexemes, s.folds, s.features = s.lexemes[:0], s.folds[:0], s.features[:0]
	s.byWord.clear()
	s.byFold.clear()
	s.lexeme("\x00<")
	s.lexeme("\x00>")
}

// lexeme returns the index of a word's lexeme.
func (s *scratch) lexeme(w string) int32 {
	i, isNew := s.byWord.id(gazetteer.Extend(gazetteer.Seed, w))
	if !isNew {
		return i
	}
	if int(i) < cap(s.lexemes) {
		s.lexemes = s.lexemes[:i+1]
	} else {
		s.lexemes = append(s.lexemes, lexeme{})
	}
	x := &s.lexemes[i]
	x.word, x.folded = s.m.study(w)
	x.ready = 0
	if x.fold, isNew = s.byFold.id(x.lower); isNew {
		if int(x.fold) < cap(s.folds) {
			s.folds = s.folds[:x.fold+1]
		} else {
			s.folds = append(s.folds, fold{})
		}
		s.folds[x.fold].doc = 0
	}
	if s.training {
		var fs [families][]uint64
		for fam := range families {
			fs[fam] = s.m.wordFeatures(fam, &x.word, &x.folded, nil)
		}
		s.features = append(s.features, fs)
		return i
	}
	return i
}
