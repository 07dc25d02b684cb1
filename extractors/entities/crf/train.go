package crf

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"sync"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
)

// Options say how to train. The zero value of a number stands for its default.
type Options struct {
	Seed uint64
	// Epochs of the first pass, 6.
	Epochs int
	// Folds is the number of parts of the data that are labelled by a model of the others, to train the second pass on;
	// 3, and 1 for no second pass.
	Folds int
	// Runs is the number of models with seeds that follow each other whose weights are averaged, 1. The mean errs less
	// than any of them and costs no more to use.
	Runs int
	// Patience is the number of epochs without a better F1 on the development sets before training stops; 3.
	Patience int
	// Rate is the first learning rate, 0.05; it falls to a tenth of it.
	Rate float64
	// L2 is the strength of the pull of all weights to zero, 6.
	L2 float64
	// Dropout is the share of features left out at random, 0.5.
	Dropout float64
	// Cutoff is the least number of tokens that a feature must be met on, 2.
	Cutoff int
	// MaxFeatures is the greatest number of features kept, 400,000.
	MaxFeatures int
	// Margin is how much more a wrong label scores in training than it will in use, so that the right ones win clearly; 0.
	Margin float64
	// Threads work on a batch of sentences at once, 2; the result does not depend on it.
	Threads int
	// Clusterings are kept in the model.
	Clusterings []Clustering
}

func (o *Options) defaults() {
	set := func(p *int, v int) {
		if *p <= 0 {
			*p = v
		}
	}
	share := func(p *float64, v float64) {
		if *p <= 0 {
			*p = v
		}
	}
	set(&o.Epochs, 6)
	set(&o.Runs, 1)
	set(&o.Folds, 3)
	set(&o.Patience, 3)
	set(&o.Cutoff, 2)
	set(&o.MaxFeatures, 400_000)
	set(&o.Threads, 2)
	share(&o.Rate, 0.05)
	share(&o.L2, 6)
	share(&o.Dropout, 0.5)
}

// Train makes a model of the training sets and returns its file for Open. It writes scores on the development sets to
// progress after each epoch and keeps the best one of a run by the F1 over all their people, places and organizations;
// of several runs the mean. The same options and sets give the same bytes.
func Train(o Options, train, dev []Dataset, progress io.Writer) ([]byte, error) {
	o.defaults()
	if len(train) == 0 {
		return nil, errors.New("no training data; give at least one set")
	}
	if len(o.Clusterings) > maxClusterings {
		return nil, fmt.Errorf("%d clusterings; give at most %d", len(o.Clusterings), maxClusterings)
	}
	names, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	t := &trainer{o: o, progress: progress}
	for i := range o.Clusterings {
		t.clusterings = o.Clusterings[i].append(t.clusterings)
	}
	m, err := open(t.file(nil, &transitions{}, nil, &transitions{})[headSize:], names)
	if err != nil {
		return nil, err
	}
	t.collect(m, train)
	fmt.Fprintf(progress, "%d documents, %d sentences, %d tokens, %d features\n", len(t.docs), len(t.sents), t.tokens(), t.nFeatures)

	var sum pass
	for run := range o.Runs {
		t.o.Seed = o.Seed + uint64(run)
		p, err := t.train(run, dev)
		if err != nil {
			return nil, err
		}
		sum.include(p)
	}
	t.o.Seed = o.Seed
	t.best = sum.mean()
	best := t.file(t.records(t.best, t.hashes), &t.best.trans, nil, &transitions{})
	bestF, err := t.report(fmt.Sprintf("mean of %d", o.Runs), best, dev)
	if err != nil {
		return nil, err
	}
	if o.Folds < 2 {
		return calibrate(best, dev)
	}
	if best, err = t.trainSecond(m, train, dev, best, bestF); err != nil {
		return nil, err
	}
	return calibrate(best, dev)
}

// train returns the weights of the best epoch of one run, the last one without development sets.
func (t *trainer) train(run int, dev []Dataset) (best *pass, err error) {
	p := newPass(t.nFeatures)
	bestF, since := -1.0, 0
	all := t.all()
	for e := range t.o.Epochs {
		loss := t.epoch(p, all, e, t.o.Epochs)
		now := p.mean()
		out := t.file(t.records(now, t.hashes), &now.trans, nil, &transitions{})
		f, err := t.report(fmt.Sprintf("run %d, epoch %d loss %.5f", run+1, e+1, loss), out, dev)
		if err != nil {
			return nil, err
		}
		if f > bestF || len(dev) == 0 {
			bestF, since, best = f, 0, now
		} else if since++; since >= t.o.Patience {
			break
		}
	}
	return best, nil
}

// A trainer holds the training data in numbers.
type trainer struct {
	o           Options
	progress    io.Writer
	clusterings []byte
	best        *pass

	docs  [][2]int32 // the sentences of each document
	sents []sentence
	gold  []uint32 // the labels that each token may have
	odds  []Odds   // of the tokens of the sentences that have them
	// The features of token i are extras[extraAt[i]:extraAt[i+1]], and those of the lists refs[refAt[i]:refAt[i+1]].
	extraAt, refAt []int32
	extras         []int32
	refs           []listRef
	lists          [][]int32
	hashes         []uint64
	nFeatures      int
}

type sentence struct {
	first, end int32
	odds       int32 // where those of its tokens begin, or -1
	weight     float32
}

type listRef struct {
	list  int32
	value float32
}

func (t *trainer) tokens() int { return len(t.gold) }

// all returns all sentences.
func (t *trainer) all() []int32 { return count(len(t.sents)) }

// collect reads the training sets.
func (t *trainer) collect(m *Model, train []Dataset) {
	s := newScratch(m, true)
	var lexCount []int32
	var raw []uint64
	count := map[uint64]int32{}
	t.extraAt, t.refAt = append(t.extraAt, 0), append(t.refAt, 0)
	for _, set := range train {
		weight := float32(set.Weight)
		if weight <= 0 {
			weight = 1
		}
		for _, d := range set.Docs {
			s.read(&d.Doc)
			for len(lexCount) < len(s.lexemes) {
				lexCount = append(lexCount, 0)
			}
			from := int32(len(t.gold))
			doc := [2]int32{int32(len(t.sents)), 0}
			d.sentences(func(first, end int) {
				at := int32(-1)
				if d.Odds != nil {
					at = int32(len(t.odds) + first)
				}
				t.sents = append(t.sents, sentence{from + int32(first), from + int32(end), at, weight})
			})
			doc[1] = int32(len(t.sents))
			t.docs = append(t.docs, doc)
			t.odds = append(t.odds, d.Odds...)
			for i := range d.Tokens {
				lexCount[s.tokens[i].lexeme]++
				t.gold = append(t.gold, set.allowed(d.Labels[i]))
				s.refs = s.elsewhere(i, s.references(i, s.refs[:0]))
				for _, r := range s.refs {
					t.refs = append(t.refs, listRef{r.lexeme*int32(families) + int32(r.family), r.value})
				}
				s.hash = s.placeFeatures(i, s.hash[:0])
				for _, h := range s.hash {
					count[h]++
				}
				raw = append(raw, s.hash...)
				t.extraAt = append(t.extraAt, int32(len(raw)))
				t.refAt = append(t.refAt, int32(len(t.refs)))
			}
		}
	}
	for i, fs := range s.features {
		n := int32(len(t.sents)) // of the edges
		if i > int(edgeAfter) {
			n = lexCount[i]
		}
		for _, list := range fs {
			for _, h := range list {
				count[h] += n
			}
		}
	}
	t.number(s, count, raw)
}

// allowed returns the set of the labels that a token annotated with l may have.
func (set *Dataset) allowed(l Label) uint32 {
	switch {
	case l == Unlabelled:
		return allSet
	case l == O && set.NoMISC:
		return 1<<O | miscSet
	}
	return 1 << l
}

// number gives the features that occur often enough their numbers, and notes those of the words and of the places, whose
// hashes are raw.
func (t *trainer) number(s *scratch, count map[uint64]int32, raw []uint64) {
	ids := map[uint64]int32{}
	id := func(h uint64) int32 {
		if count[h] < int32(t.o.Cutoff) {
			return -1
		}
		i, ok := ids[h]
		if !ok {
			i = int32(len(ids))
			ids[h] = i
			t.hashes = append(t.hashes, h)
		}
		return i
	}
	for _, fs := range s.features {
		for _, list := range fs {
			var known []int32
			for _, h := range list {
				if i := id(h); i >= 0 {
					known = append(known, i)
				}
			}
			t.lists = append(t.lists, known)
		}
	}
	at := 0
	for i := range t.gold {
		for ; at < int(t.extraAt[i+1]); at++ {
			if k := id(raw[at]); k >= 0 {
				t.extras = append(t.extras, k)
			}
		}
		t.extraAt[i+1] = int32(len(t.extras))
	}
	t.nFeatures = len(t.hashes)
}

// records returns the features worth keeping.
func (t *trainer) records(p *pass, hashes []uint64) []record {
	type ranked struct {
		f    int32
		size float32
	}
	var list []ranked
	for f := range p.w {
		top := float32(0)
		for _, v := range p.w[f] {
			top = max(top, v, -v)
		}
		if top > 0.002 {
			list = append(list, ranked{int32(f), top})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(hashes[a.f], hashes[b.f]))
	})
	list = list[:min(len(list), t.o.MaxFeatures)]
	out := make([]record, len(list))
	for i, r := range list {
		out[i] = record{hashes[r.f], packRow(p.w[r.f][:])}
	}
	return out
}

// file returns the file of a model.
func (t *trainer) file(first []record, tr *transitions, second []record, tr2 *transitions) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, version)
	out = binary.LittleEndian.AppendUint32(out, 0)
	flags := uint32(0)
	if second != nil {
		flags = twoPasses
	}
	out = binary.LittleEndian.AppendUint32(out, flags)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(1))
	for _, tr := range []*transitions{tr, tr2} {
		for i := range tr {
			for _, v := range tr[i] {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
			}
		}
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(t.o.Clusterings)))
	out = append(out, t.clusterings...)
	out = appendTable(out, first, rowSize)
	out = appendTable(out, second, rowSize)
	seal(out)
	return out
}

// seal writes the checksum.
func seal(file []byte) {
	sum := crc32.Checksum(file[headSize:], crc32.MakeTable(crc32.Castagnoli))
	binary.LittleEndian.PutUint32(file[len(magic)+4:], sum)
}

// report writes the scores of a model on the development sets and returns the F1 over all their people, places and
// organizations.
func (t *trainer) report(what string, file []byte, dev []Dataset) (float64, error) {
	m, err := Open(file)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(t.progress, "%s size %.1f MB", what, float64(len(file))/1e6)
	var all Score
	f1 := make([]Scores, len(dev))
	var wg sync.WaitGroup
	for i := range dev {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f1[i] = m.Evaluate(dev[i])
		}()
	}
	wg.Wait()
	for i, set := range dev {
		f := f1[i].PLO().F1()
		if set.NoMISC {
			fmt.Fprintf(t.progress, "  %s %.2f", set.Name, f)
		} else {
			fmt.Fprintf(t.progress, "  %s %.2f/%.2f", set.Name, f1[i].All().F1(), f)
		}
		all.add(f1[i].PLO())
	}
	if len(dev) > 0 {
		fmt.Fprintf(t.progress, "  together %.2f", all.F1())
	}
	fmt.Fprintln(t.progress)
	return all.F1(), nil
}
