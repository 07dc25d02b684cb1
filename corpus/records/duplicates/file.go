package duplicates

import (
	"encoding/binary"
	"errors"

	"github.com/quoth-nlp/quoth/corpus/records/scratch"
)

// The tables of the file.
const (
	entryTable = "entries" // number: first, fingerprint, id
	listTable  = "lists"   // bucket: list
)

// A file holds the articles that have left the memory.
type file struct{ *scratch.File }

// write adds a table.
func (f file) write(t *table) error {
	entries := make([]scratch.Pair, len(t.entries))
	for i, e := range t.entries {
		value := e.fp.append(binary.BigEndian.AppendUint32(nil, e.first))
		entries[i] = scratch.Pair{Key: binary.BigEndian.AppendUint32(nil, t.base+uint32(i)), Value: append(value, e.id...)}
	}
	var lists []scratch.Pair
	for i, l := range t.lists {
		if len(l) > 0 {
			lists = append(lists, scratch.Pair{Key: binary.BigEndian.AppendUint16(nil, uint16(i)), Value: l})
		}
	}
	return errors.Join(f.Put(entryTable, entries), f.Append(listTable, lists))
}

func (f file) list(bucket uint16) list {
	return f.Get(listTable, binary.BigEndian.AppendUint16(nil, bucket))
}

func (f file) entry(n uint32) entry {
	v := f.Get(entryTable, binary.BigEndian.AppendUint32(nil, n))
	return entry{first: binary.BigEndian.Uint32(v), fp: decode(v[4:]), id: string(v[4+size:])}
}
