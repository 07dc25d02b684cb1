package duplicates

import (
	"encoding/binary"
	"iter"
)

// An entry is an article. Its number is its place in the sequence of articles that are no exact copies.
type entry struct {
	fp    Fingerprint
	first uint32 // the number of the article that this one copies; its own if it copies none
	id    string
}

// A feature is what two articles may have in common: the kind in the first byte, 24 bits of what it is in the others.
type feature uint32

// bucket returns the part of the table that an article with the feature is found in; rest is what tells it from others there.
func (f feature) bucket() uint16 { return uint16(f >> 12) }
func (f feature) rest() uint16   { return uint16(f & 0xfff) }

// Kinds 0 to bands-1 are bands, bands is the hash of all words.
const buckets = (bands + 1) << 12

// A list holds articles by what is left of a feature in its bucket, in the order of their numbers. It is the same in memory
// and on disk: two bytes and the number in four.
type list []byte

const listed = 6 // bytes

func (l list) add(rest uint16, n uint32) list {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint16(l, rest), n)
}

// numbers returns the numbers of the articles with that rest.
func (l list) numbers(rest uint16) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for ; len(l) >= listed; l = l[listed:] {
			if binary.BigEndian.Uint16(l) == rest && !yield(binary.BigEndian.Uint32(l[2:])) {
				return
			}
		}
	}
}

// A table holds the articles that have the numbers from base on.
type table struct {
	base    uint32
	entries []entry
	lists   []list // by bucket
}

func newTable(base uint32) table { return table{base: base, lists: make([]list, buckets)} }

// end returns the number of the next entry.
func (t *table) end() uint32 { return t.base + uint32(len(t.entries)) }

func (t *table) entry(n uint32) entry { return t.entries[n-t.base] }

func (t *table) add(e entry, features []feature) {
	n := t.end()
	t.entries = append(t.entries, e)
	for _, f := range features {
		l := &t.lists[f.bucket()]
		*l = l.add(f.rest(), n)
	}
}
