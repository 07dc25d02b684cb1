package duplicates

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"github.com/quoth-nlp/quoth/corpus/scratch"
)

// The tables of the file.
const (
	entryTable = "entries" // number: first, fingerprint, id
	exactTable = "exact"   // hash of all words: number
	bandTable  = "bands"   // band and number: nothing
)

// A file holds the articles that have left the memory.
type file struct{ *scratch.File }

// write adds a table.
func (f file) write(t *table) error {
	return errors.Join(f.Put(entryTable, entryPairs(t)), f.Put(exactTable, exactPairs(t)), f.Put(bandTable, bandPairs(t)))
}

func entryPairs(t *table) []scratch.Pair {
	pairs := make([]scratch.Pair, len(t.entries))
	for i, e := range t.entries {
		value := e.fp.append(number(e.first))
		pairs[i] = scratch.Pair{Key: number(t.base + uint32(i)), Value: append(value, e.id...)}
	}
	return pairs
}

func exactPairs(t *table) []scratch.Pair {
	var pairs []scratch.Pair
	for _, hash := range slices.Sorted(maps.Keys(t.exact)) {
		pairs = append(pairs, scratch.Pair{Key: binary.BigEndian.AppendUint64(nil, hash), Value: number(t.exact[hash])})
	}
	return pairs
}

func bandPairs(t *table) []scratch.Pair {
	var pairs []scratch.Pair
	for _, band := range slices.Sorted(maps.Keys(t.bands)) {
		for _, n := range t.bands[band] {
			pairs = append(pairs, scratch.Pair{Key: binary.BigEndian.AppendUint32(number(band), n)})
		}
	}
	return pairs
}

func number(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

func (f file) exact(hash uint64) (uint32, bool) {
	v := f.Get(exactTable, binary.BigEndian.AppendUint64(nil, hash))
	if v == nil {
		return 0, false
	}
	return binary.BigEndian.Uint32(v), true
}

// band appends the numbers of the articles in a band, ascending.
func (f file) band(band uint32, to []uint32) []uint32 {
	for k := range f.From(bandTable, number(band)) {
		if binary.BigEndian.Uint32(k) != band {
			break
		}
		to = append(to, binary.BigEndian.Uint32(k[4:]))
	}
	return to
}

func (f file) entry(n uint32) entry {
	v := f.Get(entryTable, number(n))
	return entry{first: binary.BigEndian.Uint32(v), fp: decode(v[4:]), id: string(v[4+size:])}
}
