package gazetteer

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// MaxTokens is the greatest number of tokens of a listed phrase.
const MaxTokens = 12

// The file: magic, version, length of the notice, one directory entry a section, the notice, the sections. Numbers are
// little-endian. A section is 2^bits + 1 bucket starts, then the fingerprints in the order of their buckets, then the
// values in the same order.
const (
	magic      = "quothgz\n"
	version    = 1
	headerSize = len(magic) + 8
	dirEntry   = 12
)

const (
	phraseSection = iota
	firstSection
	surnameSection
	caseSection
	capseqSection
	sections
)

// valueSizes are the bytes of a value in each section.
var valueSizes = [sections]int{2, 2, 2, 1, 8}

//go:embed gazetteer.bin
var embedded []byte

var load = sync.OnceValues(func() (*Table, error) { return Open(embedded) })

// Default returns the embedded tables. It costs next to nothing and always returns the same Table.
func Default() (*Table, error) { return load() }

// A Table holds all lists. It is immutable and safe for concurrent use.
type Table struct {
	notice  string
	section [sections]section
}

// A section is a read-only hash table over a part of the file.
type section struct {
	shift   uint
	starts  []byte
	prints  []byte
	values  []byte
	size, n int
}

// Open returns the tables of a file that Builder wrote. It keeps data, which must not be changed afterwards. It reports
// a file that is not one or is cut off; where the contents are damaged otherwise, lookups give wrong answers but do not
// panic.
func Open(data []byte) (*Table, error) {
	if len(data) < headerSize+sections*dirEntry || string(data[:len(magic)]) != magic {
		return nil, errors.New("not a gazetteer file; build it with mklexicon")
	}
	u32 := func(at int) uint64 { return uint64(binary.LittleEndian.Uint32(data[at:])) }
	if v := u32(len(magic)); v != version {
		return nil, fmt.Errorf("gazetteer file of version %d, want %d; build it again with mklexicon", v, version)
	}
	notice := u32(len(magic) + 4)
	at := uint64(headerSize + sections*dirEntry)
	if notice > uint64(len(data))-at {
		return nil, errors.New("gazetteer file is cut off in its notice; build it again with mklexicon")
	}
	t := &Table{notice: string(data[at : at+notice])}
	at += notice
	for i := range t.section {
		dir := headerSize + i*dirEntry
		n, bits, size := u32(dir), u32(dir+4), u32(dir+8)
		if bits > 28 || size != uint64(valueSizes[i]) {
			return nil, fmt.Errorf("gazetteer file has a damaged section %d; build it again with mklexicon", i)
		}
		starts := 4 * (uint64(1)<<bits + 1)
		if starts+n*(4+size) > uint64(len(data))-at {
			return nil, fmt.Errorf("gazetteer file is cut off in section %d; build it again with mklexicon", i)
		}
		prints, values := at+starts, at+starts+4*n
		t.section[i] = section{
			shift:  64 - uint(bits),
			starts: data[at:prints], prints: data[prints:values], values: data[values : values+size*n],
			size: int(size), n: int(n),
		}
		at = values + size*n
	}
	if at != uint64(len(data)) {
		return nil, errors.New("gazetteer file has bytes after its end; build it again with mklexicon")
	}
	return t, nil
}

// find returns the value of the key with hash h, or nil.
func (s *section) find(h uint64) []byte {
	bucket := int(h >> s.shift)
	from := int(binary.LittleEndian.Uint32(s.starts[4*bucket:]))
	to := int(binary.LittleEndian.Uint32(s.starts[4*bucket+4:]))
	if to > s.n {
		return nil
	}
	for i := from; i < to; i++ {
		if binary.LittleEndian.Uint32(s.prints[4*i:]) == uint32(h) {
			return s.values[s.size*i : s.size*(i+1)]
		}
	}
	return nil
}

// Notice returns the sources of the lists and their licences.
func (t *Table) Notice() string { return t.notice }

// Len returns the numbers of hashes of phrases (beginnings and folded forms included), first names, surnames, words and
// capitalised phrases.
func (t *Table) Len() (phrases, firstNames, surnames, words, capSeqs int) {
	return t.section[0].n, t.section[1].n, t.section[2].n, t.section[3].n, t.section[4].n
}

// A TypeSet is a set of mention types.
type TypeSet uint8

// Types returns the set of the given types.
func Types(types ...annot.Type) TypeSet {
	var s TypeSet
	for _, t := range types {
		s |= 1 << t
	}
	return s
}

// Has reports whether t is in s.
func (s TypeSet) Has(t annot.Type) bool { return s&(1<<t) != 0 }
