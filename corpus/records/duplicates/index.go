package duplicates

import (
	"errors"
	"fmt"
	"slices"

	"github.com/quoth-nlp/quoth/corpus/records/scratch"
)

const (
	alike     = 42   // slots, of 64, that copies have in common at least
	kin       = 32   // slots that the copy of a copy has in common with the first one at least
	bands     = 8    // groups of slots by which candidates are found
	bandSlots = 3    // in a band
	crowd     = 64   // articles found by a band: later ones are not, which bounds time and space
	batch     = 8192 // articles in memory before they go to the file
)

// An Index finds copies among the articles added to it. It is for one goroutine. What Add answers depends on nothing
// but the articles added before.
//
// A few thousand articles stay in memory. From then on they go, batch by batch, to a file in a folder, so that memory
// does not grow. The file is no store: each Index makes a new one, and whoever needs the same answers again adds the
// same articles again.
type Index struct {
	folder string
	batch  int
	spill  *file // nil before the first batch is full
	memory table
	err    error
}

// New returns an empty Index, which makes its file in the folder once it needs one; "" is the system's folder for such
// files. Where the system can do that, the file has no name, so that nothing is left of it even if the program is killed.
func New(folder string) *Index {
	return &Index{folder: folder, batch: batch, memory: newTable(0)}
}

// Add adds an article and returns the id of the earliest article that it is a copy of; "" if there is none. That article
// is never a copy itself. Once Add has failed, it returns the same error again.
func (x *Index) Add(id string, fp Fingerprint) (of string, err error) {
	if x.err != nil {
		return "", x.err
	}
	if fp.words == 0 {
		return "", nil
	}
	if of, err = x.add(id, &fp); err != nil {
		x.err = err
		return "", err
	}
	return of, nil
}

func (x *Index) add(id string, fp *Fingerprint) (string, error) {
	if n, ok := x.exact(fp); ok {
		// The same words answer to whatever the first ones answer to, so there is nothing to add.
		return x.entry(x.entry(n).first).id, nil
	}
	e := entry{fp: *fp, id: id, first: x.memory.end()}
	candidates, features := x.candidates(fp)
	first, ok := x.near(fp, candidates)
	of := ""
	if ok {
		e.first, of = first, x.entry(first).id
	}
	x.memory.add(e, append(features, fp.all()))
	if len(x.memory.entries) < x.batch {
		return of, nil
	}
	return of, x.flush()
}

// exact returns the number of the article that has the same words.
func (x *Index) exact(fp *Fingerprint) (uint32, bool) {
	for _, n := range x.with(fp.all(), nil) {
		if x.entry(n).fp.exact == fp.exact {
			return n, true
		}
	}
	return 0, false
}

// with appends the numbers of the articles with the feature, ascending.
func (x *Index) with(f feature, to []uint32) []uint32 {
	if x.spill != nil {
		to = slices.AppendSeq(to, x.spill.list(f.bucket()).numbers(f.rest()))
	}
	return slices.AppendSeq(to, x.memory.lists[f.bucket()].numbers(f.rest()))
}

// candidates returns the numbers of the articles that share a band with fp, ascending, and the bands of fp in which there
// is room for one more.
func (x *Index) candidates(fp *Fingerprint) (numbers []uint32, free []feature) {
	if fp.words < minWords {
		return nil, nil
	}
	for b := range bands {
		f := fp.band(b)
		before := len(numbers)
		if numbers = x.with(f, numbers); len(numbers)-before < crowd {
			free = append(free, f)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), free
}

// band returns the values of the slots of a band.
func (f *Fingerprint) band(b int) feature {
	s := f.sketch[b*bandSlots:]
	return feature(b)<<24 | feature(s[0])<<16 | feature(s[1])<<8 | feature(s[2])
}

// all returns a piece of the hash of all words.
func (f *Fingerprint) all() feature { return bands<<24 | feature(f.exact>>40) }

// near returns the number of what the first candidate that is nearly fp is a copy of, or of that candidate itself.
func (x *Index) near(fp *Fingerprint, candidates []uint32) (uint32, bool) {
	for _, n := range candidates {
		c := x.entry(n)
		if fp.matches(&c.fp) < alike {
			continue
		}
		// What was rewritten step by step is a copy only as long as it is still like the first.
		if first := x.entry(c.first); fp.matches(&first.fp) >= kin {
			return c.first, true
		}
	}
	return 0, false
}

func (x *Index) entry(n uint32) entry {
	if n >= x.memory.base {
		return x.memory.entry(n)
	}
	return x.spill.entry(n)
}

// flush moves what is in memory to the file.
func (x *Index) flush() error {
	if x.spill == nil {
		f, err := scratch.New(x.folder)
		if err != nil {
			return fmt.Errorf("the index of duplicates: %w", err)
		}
		x.spill = &file{f}
	}
	if err := x.spill.write(&x.memory); err != nil {
		return fmt.Errorf("the index of duplicates: %w", err)
	}
	x.memory = newTable(x.memory.end())
	return nil
}

// Close removes the file. The Index cannot be used afterwards; closing it twice does nothing.
func (x *Index) Close() error {
	if x.err == nil {
		x.err = errors.New("the index of duplicates is closed")
	}
	if x.spill == nil {
		return nil
	}
	spill := x.spill
	x.spill = nil
	return spill.Close()
}
