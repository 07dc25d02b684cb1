package duplicates

// An entry is an article. Its number is its place in the sequence of articles that are no exact copies.
type entry struct {
	fp    Fingerprint
	first uint32 // the number of the article that this one copies; its own if it copies none
	id    string
}

// A table holds the articles that have the numbers from base on.
type table struct {
	base    uint32
	entries []entry
	exact   map[uint64]uint32   // by the hash of all words
	bands   map[uint32][]uint32 // by band, ascending
}

func newTable(base uint32) table {
	return table{base: base, exact: map[uint64]uint32{}, bands: map[uint32][]uint32{}}
}

// end returns the number of the next entry.
func (t *table) end() uint32 { return t.base + uint32(len(t.entries)) }

func (t *table) entry(n uint32) entry { return t.entries[n-t.base] }

func (t *table) add(e entry, bands []uint32) {
	n := t.end()
	t.entries = append(t.entries, e)
	t.exact[e.fp.exact] = n
	for _, b := range bands {
		t.bands[b] = append(t.bands[b], n)
	}
}
