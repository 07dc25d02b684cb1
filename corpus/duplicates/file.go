package duplicates

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

var (
	entryBucket = []byte("entries") // number: first, fingerprint, id
	exactBucket = []byte("exact")   // hash of all words: number
	bandBucket  = []byte("bands")   // band and number: nothing
)

// portion is how many keys one transaction writes, which is what holds its memory down.
const portion = 8192

// A file holds the articles that have left the memory.
type file struct {
	db   *bbolt.DB
	path string
	tx   *bbolt.Tx // for reading, between two batches
}

func newFile(folder string) (*file, error) {
	f, err := os.CreateTemp(folder, ".quoth-duplicates-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("the index of duplicates: %w", err)
	}
	path := f.Name()
	err = f.Close()
	var db *bbolt.DB
	if err == nil {
		// Nothing needs to survive a crash, so nothing is synced.
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true, NoGrowSync: true, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType})
	}
	if err != nil {
		os.Remove(path)
		return nil, fmt.Errorf("the index of duplicates: %w", err)
	}
	// Without a name the file goes when the program does, even by a kill. Windows refuses; there close removes it.
	if os.Remove(path) == nil {
		path = ""
	}
	return &file{db: db, path: path}, nil
}

func (f *file) close() error {
	if f.tx != nil {
		f.tx.Rollback()
	}
	err := f.db.Close()
	if f.path != "" {
		err = errors.Join(err, os.Remove(f.path))
	}
	return err
}

// write adds a table, in the order of the keys, so that each page is written once.
func (f *file) write(t *table) error {
	if f.tx != nil {
		f.tx.Rollback() // it would keep the pages that are replaced
	}
	err := errors.Join(f.put(entryBucket, entryPairs(t)), f.put(exactBucket, exactPairs(t)), f.put(bandBucket, bandPairs(t)))
	if err == nil {
		f.tx, err = f.db.Begin(false)
	}
	if err != nil {
		return fmt.Errorf("the index of duplicates: %w", err)
	}
	return nil
}

type pair struct{ key, value []byte }

func entryPairs(t *table) []pair {
	pairs := make([]pair, len(t.entries))
	for i, e := range t.entries {
		value := binary.BigEndian.AppendUint32(nil, e.first)
		value = append(e.fp.append(value), e.id...)
		pairs[i] = pair{number(t.base + uint32(i)), value}
	}
	return pairs
}

func exactPairs(t *table) []pair {
	var pairs []pair
	for _, hash := range slices.Sorted(maps.Keys(t.exact)) {
		pairs = append(pairs, pair{binary.BigEndian.AppendUint64(nil, hash), number(t.exact[hash])})
	}
	return pairs
}

func bandPairs(t *table) []pair {
	var pairs []pair
	for _, band := range slices.Sorted(maps.Keys(t.bands)) {
		for _, n := range t.bands[band] {
			pairs = append(pairs, pair{key: binary.BigEndian.AppendUint32(number(band), n)})
		}
	}
	return pairs
}

func number(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// put writes pairs in the order of their keys, a portion at a time; without pairs it makes the bucket all the same.
func (f *file) put(bucket []byte, pairs []pair) error {
	for first := true; first || len(pairs) > 0; first = false {
		some := pairs[:min(portion, len(pairs))]
		pairs = pairs[len(some):]
		err := f.db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(bucket)
			for i := 0; err == nil && i < len(some); i++ {
				err = b.Put(some[i].key, some[i].value)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *file) exact(hash uint64) (uint32, bool) {
	v := f.tx.Bucket(exactBucket).Get(binary.BigEndian.AppendUint64(nil, hash))
	if v == nil {
		return 0, false
	}
	return binary.BigEndian.Uint32(v), true
}

// band appends the numbers of the articles in a band, ascending.
func (f *file) band(band uint32, to []uint32) []uint32 {
	c := f.tx.Bucket(bandBucket).Cursor()
	for k, _ := c.Seek(number(band)); k != nil && binary.BigEndian.Uint32(k) == band; k, _ = c.Next() {
		to = append(to, binary.BigEndian.Uint32(k[4:]))
	}
	return to
}

func (f *file) entry(n uint32) entry {
	v := f.tx.Bucket(entryBucket).Get(number(n))
	return entry{first: binary.BigEndian.Uint32(v), fp: decode(v[4:]), id: string(v[4+size:])}
}
