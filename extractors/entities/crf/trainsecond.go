package crf

import (
	"fmt"
	"slices"
	"sync"
)

// secondEpochs is the number of epochs of the second pass.
const secondEpochs = 6

// trainSecond trains the second pass on what first passes say that have not seen the document, and returns the file of
// the model with both.
func (t *trainer) trainSecond(m *Model, train, dev []Dataset, only []byte, bestF float64) ([]byte, error) {
	base, labelled := t.jackknife()
	s := newScratch(m, true)
	at := 0
	ids := map[uint64]int32{}
	var hashes []uint64
	list := make([][]weightedID, 0, t.tokens())
	for _, set := range train {
		for _, d := range set.Docs {
			s.read(&d.Doc)
			n := len(d.Tokens)
			s.labels = append(s.labels[:0], labelled[at:at+n]...)
			at += n
			s.vote()
			for i := range n {
				s.votes = s.voteFeatures(i, s.votes[:0])
				var fs []weightedID
				for _, v := range s.votes {
					id, ok := ids[v.hash]
					if !ok {
						id = int32(len(ids))
						ids[v.hash] = id
						hashes = append(hashes, v.hash)
					}
					fs = append(fs, weightedID{id, v.value})
				}
				list = append(list, fs)
			}
		}
	}
	second := newPass(len(hashes))
	second.trans = t.best.trans
	firstRecords := t.records(t.best, t.hashes)
	best := only // unless the second pass is better
	for e := range secondEpochs {
		loss := t.secondEpoch(second, base, list, e)
		out := t.file(slices.Clone(firstRecords), &t.best.trans, t.records(second, hashes), &second.trans)
		f, err := t.report(fmt.Sprintf("second pass, epoch %d loss %.5f", e+1, loss), out, dev)
		if err != nil {
			return nil, err
		}
		if f > bestF || len(dev) == 0 {
			best, bestF = out, f
		}
	}
	return best, nil
}

// jackknife returns the scores and labels of all tokens by first passes trained without their documents.
func (t *trainer) jackknife() ([]scores, []Label) {
	base := make([]scores, t.tokens())
	labelled := make([]Label, t.tokens())
	epochs := max(1, t.o.Epochs*2/3)
	for fold := range t.o.Folds {
		var in, out []int32
		for d, sents := range t.docs {
			for k := sents[0]; k < sents[1]; k++ {
				if int(mix(uint64(d))%uint64(t.o.Folds)) == fold {
					out = append(out, k)
				} else {
					in = append(in, k)
				}
			}
		}
		p := newPass(t.nFeatures)
		loss := 0.0
		for e := range epochs {
			loss = t.epoch(p, in, e, epochs)
		}
		fmt.Fprintf(t.progress, "fold %d of %d loss %.5f\n", fold+1, t.o.Folds, loss)
		t.label(p.mean(), out, base, labelled)
	}
	return base, labelled
}

// label fills base with the scores and labelled with the labels of the given sentences.
func (t *trainer) label(p *pass, sents []int32, base []scores, labelled []Label) {
	var wg sync.WaitGroup
	for th := range t.o.Threads {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var back [][labels]Label
			for k := th; k < len(sents); k += t.o.Threads {
				s := t.sents[sents[k]]
				for i := s.first; i < s.end; i++ {
					t.exact(p, i, &base[i])
				}
				back = slices.Grow(back[:0], int(s.end-s.first))[:s.end-s.first]
				viterbi(base[s.first:s.end], &p.trans, back, labelled[s.first:s.end])
			}
		}()
	}
	wg.Wait()
}

// secondEpoch goes once over all sentences that have features of the second pass.
func (t *trainer) secondEpoch(p *pass, base []scores, list [][]weightedID, e int) float64 {
	order := t.all()
	rng := newRandom(t.o.Seed, uint64(e), 3)
	rng.shuffle(order)
	rate := t.rate(e, secondEpochs)
	var w worker
	loss, tokens := 0.0, 0
	for _, k := range order {
		s := t.sents[k]
		some := false
		for i := s.first; i < s.end; i++ {
			some = some || len(list[i]) > 0
		}
		if !some {
			continue
		}
		w.grow(int(s.end - s.first))
		for i := range w.emit {
			e := &w.emit[i]
			*e = base[int(s.first)+i]
			for _, f := range list[int(s.first)+i] {
				row := &p.w[f.id]
				for l := range e {
					e[l] += f.value * row[l]
				}
			}
		}
		w.fit(&p.trans, t.gold[s.first:s.end], float32(t.o.Margin))
		for i := range w.emit {
			for _, f := range list[int(s.first)+i] {
				p.move(f.id, f.value, &w.grad[i], rate)
			}
		}
		p.moveTrans(&w.trans, rate)
		loss += w.loss
		tokens += len(w.emit)
	}
	return loss / float64(max(1, tokens))
}
