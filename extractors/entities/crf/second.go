package crf

// A weighted is a feature with a value.
type weighted struct {
	hash  uint64
	value float32
}

// vote counts the labels of the first pass, s.labels, by word.
func (s *scratch) vote() {
	for i := range s.tokens {
		if x := s.word(i); x.upper {
			s.about(x).votes[s.labels[i]]++
		}
	}
}

// voteFeatures appends the features of the second pass for token i: what the first pass made of the same word elsewhere.
func (s *scratch) voteFeatures(i int, dst []weighted) []weighted {
	x := s.word(i)
	if !x.upper {
		return dst
	}
	f := s.about(x)
	if f.caps < 2 {
		return dst
	}
	own := s.labels[i]
	n := 1 / float32(f.caps-1)
	most, mostN, types := O, int32(0), [5]float32{}
	for l, v := range f.votes {
		if Label(l) == own {
			v--
		}
		if v == 0 {
			continue
		}
		dst = append(dst, weighted{feature(pVote, uint64(l)), n * float32(v)})
		types[Label(l).Type()] += n * float32(v)
		if v > mostN {
			most, mostN = Label(l), v
		}
	}
	share := 3 * int64(mostN) / int64(f.caps-1)
	dst = append(dst,
		weighted{feature(pVoteMost, uint64(most)<<16|uint64(own)<<8|uint64(share)<<4|uint64(min(f.caps-1, 3))), 1})
	for t, v := range types {
		if v > 0 {
			dst = append(dst, weighted{feature(pVoteOwn, uint64(t)<<8|uint64(own)), v})
		}
	}
	return dst
}
