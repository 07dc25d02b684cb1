// Package scratch keeps sorted keys and values on disk while a command works, for what would not fit into memory:
// the index of duplicates and the groups of equal quotes. Nothing in it outlives the program.
package scratch

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// portion is how many pairs one transaction writes, which holds its memory down.
const portion = 4096

// A File holds pairs in tables that have names. It is for one goroutine.
type File struct {
	db   *bbolt.DB
	path string    // "" if the file has no name any more
	tx   *bbolt.Tx // for reading, since the last Put
}

// A Pair is a key, which is not empty, and its value.
type Pair struct{ Key, Value []byte }

// New makes a file in the folder; "" is the system's folder for such files. Where the system can do that, the file has no
// name, so that nothing is left of it even if the program is killed.
func New(folder string) (*File, error) {
	f, err := os.CreateTemp(folder, ".quoth-*.tmp")
	if err != nil {
		return nil, err
	}
	path := f.Name()
	err = f.Close()
	var db *bbolt.DB
	if err == nil {
		// Nothing needs to survive a crash, so nothing is synced.
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true, NoGrowSync: true, NoFreelistSync: true,
			FreelistType: bbolt.FreelistMapType})
	}
	if err != nil {
		os.Remove(path)
		return nil, fmt.Errorf("a file of scratch data in %s: %w", folder, err)
	}
	if os.Remove(path) == nil { // Windows refuses; there Close removes it
		path = ""
	}
	return &File{db: db, path: path}, nil
}

// Put adds pairs to a table, or replaces those with the same keys. It is fastest where the pairs are sorted by key.
func (f *File) Put(table string, pairs []Pair) error {
	return f.write(table, pairs, func(b *bbolt.Bucket, p Pair) error { return b.Put(p.Key, p.Value) })
}

// Append is like Put, but adds the values to the end of those that are there.
func (f *File) Append(table string, pairs []Pair) error {
	return f.write(table, pairs, func(b *bbolt.Bucket, p Pair) error {
		return b.Put(p.Key, slices.Concat(b.Get(p.Key), p.Value))
	})
}

func (f *File) write(table string, pairs []Pair, put func(*bbolt.Bucket, Pair) error) error {
	f.stopReading() // a reader would keep the pages that are replaced
	for len(pairs) > 0 {
		some := pairs[:min(portion, len(pairs))]
		pairs = pairs[len(some):]
		err := f.db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte(table))
			if err == nil && inOrder(b, some) {
				b.FillPercent = 1 // nothing will come between them
			}
			for i := 0; err == nil && i < len(some); i++ {
				err = put(b, some[i])
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("scratch data: %w", err)
		}
	}
	return nil
}

// inOrder reports whether all keys of the table come before the pairs.
func inOrder(b *bbolt.Bucket, pairs []Pair) bool {
	last, _ := b.Cursor().Last()
	return bytes.Compare(last, pairs[0].Key) < 0
}

// Get returns the value of a key, which is good until the next call of Put or Close; nil if there is none.
func (f *File) Get(table string, key []byte) []byte {
	if b := f.bucket(table); b != nil {
		return b.Get(key)
	}
	return nil
}

// From returns the pairs of a table from a key on, in the order of the keys; nil is the first. Keys and values are good
// until the next call of Put or Close, and Put is not to be called before the walk has ended.
func (f *File) From(table string, key []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		b := f.bucket(table)
		if b == nil {
			return
		}
		c := b.Cursor()
		for k, v := c.Seek(key); k != nil && yield(k, v); k, v = c.Next() {
		}
	}
}

// bucket returns nil if there is no such table.
func (f *File) bucket(table string) *bbolt.Bucket {
	if f.tx == nil {
		var err error
		if f.tx, err = f.db.Begin(false); err != nil {
			return nil // closed
		}
	}
	return f.tx.Bucket([]byte(table))
}

func (f *File) stopReading() {
	if f.tx != nil {
		f.tx.Rollback()
		f.tx = nil
	}
}

// Close removes the file.
func (f *File) Close() error {
	f.stopReading()
	err := f.db.Close()
	if f.path != "" {
		err = errors.Join(err, os.Remove(f.path))
	}
	return err
}
