package crf

// A name mostly means the same all through a document. So before labels are chosen, the scores of each token move towards
// the mean of those at the same place of the same run of capitalised words, and its scores by type towards the mean of all
// capitalised occurrences of the word. How far was chosen on development sets.
const (
	sharedByRun  = 0.8
	sharedByWord = 0.3
)

// A pool sums the scores of several tokens.
type pool struct {
	sum   scores
	kinds kinds
	n     float32
}

// kinds are the scores of a token by type, 0 for O: the best of the type's labels.
type kinds [labels/4 + 1]float32

func kindsOf(e *scores) (k kinds) {
	k[0] = e[O]
	for t := 1; t < len(k); t++ {
		b := 4*t - 3
		k[t] = max(e[b], e[b+1], e[b+2], e[b+3])
	}
	return k
}

// share moves s.emit as described above.
func (s *scratch) share() {
	s.collectPools(func(i int) uint64 {
		r := s.tokens[i].run
		h := uint64(i) - uint64(r.first)
		for j := r.first; j < r.end; j++ {
			h = mix(h*prime ^ s.word(int(j)).lower)
		}
		return h
	})
	for i, k := range s.poolOf {
		if k < 0 || s.pools[k].n < 2 {
			continue
		}
		p, e := &s.pools[k], &s.emit[i]
		for l := range e {
			e[l] += sharedByRun * (p.sum[l]/p.n - e[l])
		}
	}
	s.collectPools(func(i int) uint64 { return s.word(i).lower })
	for i, k := range s.poolOf {
		if k < 0 || s.pools[k].n < 2 {
			continue
		}
		p, e := &s.pools[k], &s.emit[i]
		own := kindsOf(e)
		e[O] += sharedByWord * (p.kinds[0]/p.n - own[0])
		for l := Label(1); l < labels; l++ {
			t := l.Type()
			e[l] += sharedByWord * (p.kinds[t]/p.n - own[t])
		}
	}
}

// collectPools fills s.pools with the sums over the tokens in runs that have the same key, and s.poolOf with each token's
// pool, or -1.
func (s *scratch) collectPools(key func(i int) uint64) {
	s.byKey.clear()
	s.pools, s.poolOf = s.pools[:0], s.poolOf[:0]
	for i := range s.tokens {
		if s.tokens[i].run.end == 0 {
			s.poolOf = append(s.poolOf, -1)
			continue
		}
		k, isNew := s.byKey.id(key(i))
		if isNew {
			s.pools = append(s.pools, pool{})
		}
		p := &s.pools[k]
		p.sum.add(&s.emit[i])
		for t, v := range kindsOf(&s.emit[i]) {
			p.kinds[t] += v
		}
		p.n++
		s.poolOf = append(s.poolOf, k)
	}
}
