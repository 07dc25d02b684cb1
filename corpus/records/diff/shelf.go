package diff

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// A shelf holds entries of both files on disk, in a database that is made when the first is put there.
type shelf struct {
	dir    string // where to put it
	folder string
	db     *bbolt.DB
	tx     *bbolt.Tx
	steps  int
}

// The buckets of the database; each has two, one for each side.
const (
	entries = 'e' // by number: the entry as JSON
	ids     = 'i' // by doc_id: the number
	paths   = 'p' // by path, member and index: the number
	texts   = 't' // by text and number: nothing
)

// perCommit bounds the pages that wait in memory.
const perCommit = 4096

func (s *shelf) open() (err error) {
	if s.folder, err = os.MkdirTemp(s.dir, "quoth-diff-"); err != nil {
		return err
	}
	opt := &bbolt.Options{NoFreelistSync: true, NoSync: true, FreelistType: bbolt.FreelistMapType} // nobody needs it after a crash
	if s.db, err = bbolt.Open(filepath.Join(s.folder, "index"), 0o600, opt); err != nil {
		return err
	}
	if s.tx, err = s.db.Begin(true); err != nil {
		return err
	}
	for side := range 2 {
		for _, kind := range []byte{entries, ids, paths, texts} {
			if _, err := s.tx.CreateBucket([]byte{kind, byte(side)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *shelf) close() {
	if s.tx != nil {
		s.tx.Rollback() // which does nothing after a commit that failed
	}
	if s.db != nil {
		s.db.Close()
	}
	if s.folder != "" {
		os.RemoveAll(s.folder)
	}
}

func (s *shelf) bucket(kind byte, side int) *bbolt.Bucket {
	return s.tx.Bucket([]byte{kind, byte(side)})
}

// short is a key of few bytes for one of any length.
func short(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:16]
}

func (s *shelf) put(side int, e *Entry) error {
	if s.db == nil {
		if err := s.open(); err != nil {
			return err
		}
	}
	if err := s.step(); err != nil {
		return err
	}
	value, err := json.Marshal(e)
	if err != nil {
		return err
	}
	n := binary.BigEndian.AppendUint64(nil, uint64(e.Number))
	return errors.Join(
		s.bucket(entries, side).Put(n, value),
		s.bucket(ids, side).Put(short(e.DocID), n),
		s.bucket(paths, side).Put(short(e.path()), n),
		s.bucket(texts, side).Put(append(short(e.Text), n...), []byte{}))
}

// step commits now and then what has changed.
func (s *shelf) step() (err error) {
	if s.steps++; s.steps%perCommit != 0 {
		return nil
	}
	if err := s.tx.Commit(); err != nil {
		return err
	}
	s.tx, err = s.db.Begin(true)
	return err
}

// take takes the entry of the side that has the doc_id of e, or else its path.
func (s *shelf) take(side int, e *Entry) (*Entry, error) {
	if s.db == nil {
		return nil, nil
	}
	if err := s.step(); err != nil {
		return nil, err
	}
	for _, key := range []struct {
		kind byte
		key  string
	}{{ids, e.DocID}, {paths, e.path()}} {
		if n := s.bucket(key.kind, side).Get(short(key.key)); n != nil {
			if partner, err := s.remove(side, n); partner != nil || err != nil {
				return partner, err
			}
		}
	}
	return nil, nil
}

// takeText takes the first entry of the side that has the text.
func (s *shelf) takeText(side int, text string) (*Entry, error) {
	if s.db == nil {
		return nil, nil
	}
	key := short(text)
	c := s.bucket(texts, side).Cursor()
	for k, _ := c.Seek(key); bytes.HasPrefix(k, key); k, _ = c.Seek(key) {
		n := bytes.Clone(k[len(key):])
		if err := c.Delete(); err != nil { // also if the entry was taken before, so that none is looked at twice
			return nil, err
		}
		if partner, err := s.remove(side, n); partner != nil || err != nil {
			return partner, err
		}
	}
	return nil, nil
}

// remove takes the entry with the number, or returns nil if it was taken before.
func (s *shelf) remove(side int, n []byte) (*Entry, error) {
	b := s.bucket(entries, side)
	value := b.Get(n)
	if value == nil {
		return nil, nil
	}
	e := new(Entry)
	if err := json.Unmarshal(value, e); err != nil {
		return nil, err
	}
	return e, b.Delete(n)
}

// each calls do on the entries of a side, in order.
func (s *shelf) each(side int, do func(*Entry) error) error {
	if s.db == nil {
		return nil
	}
	c := s.bucket(entries, side).Cursor()
	for n, value := c.First(); n != nil; n, value = c.Next() {
		e := new(Entry)
		if err := json.Unmarshal(value, e); err != nil {
			return err
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}
