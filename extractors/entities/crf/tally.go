package crf

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Tally counts what a model made of words and names in a collection of documents. A model that is trained with it knows
// of names that are in no list and in no training data. The zero Tally is empty; it is for one goroutine.
type Tally struct{ count map[string]*tallied }

// A tallied is the number of occurrences of a phrase, and of those of each type.
type tallied struct {
	n     int
	types [annot.MISC]int
}

func (t *Tally) at(phrase string) *tallied {
	c := t.count[phrase]
	if c == nil {
		if t.count == nil {
			t.count = map[string]*tallied{}
		}
		c = &tallied{}
		t.count[strings.Clone(phrase)] = c
	}
	return c
}

// Add tags d and counts its words with a capital letter and its names of several words.
func (t *Tally) Add(m *Model, d Doc, l []Label) []Label {
	l = m.Tag(d, l[:0])
	for i, w := range d.Tokens {
		if !hasUpper(w) {
			continue
		}
		c := t.at(w)
		c.n++
		if l[i] == O {
			continue
		}
		c.types[l[i].Type()-1]++
		if l[i].Part() != Begin {
			continue
		}
		j := i + 1
		for l[j].Part() == Inside {
			j++
		}
		if j+1-i <= maxSeen {
			c := t.at(strings.Join(d.Tokens[i:j+1], " "))
			c.n++
			c.types[l[i].Type()-1]++
		}
	}
	return l
}

func hasUpper(w string) bool {
	f := foldWord(w)
	return f.upper
}

// Write writes a line for each phrase that was met at least least times: the phrase, its occurrences, and those as a
// person, place, organization and other name, set apart by tabs. Lines are sorted.
func (t *Tally) Write(w io.Writer, least int) error {
	phrases := make([]string, 0, len(t.count))
	for p, c := range t.count {
		if c.n >= least && !strings.ContainsAny(p, "\t\n\r") {
			phrases = append(phrases, p)
		}
	}
	slices.Sort(phrases)
	out := bufio.NewWriter(w)
	for _, p := range phrases {
		c := t.count[p]
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\n", p, c.n, c.types[0], c.types[1], c.types[2], c.types[3])
	}
	return out.Flush()
}

// ReadTally reads what Write wrote. An error names the file and the line.
func ReadTally(r io.Reader, name string) (*Tally, error) {
	t := &Tally{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		cols := strings.Split(lines.Text(), "\t")
		bad := len(cols) != 6
		var v [5]int
		for i := 0; !bad && i < len(v); i++ {
			var err error
			v[i], err = strconv.Atoi(cols[i+1])
			bad = err != nil || v[i] < 0 || v[i] > v[0]
		}
		if bad {
			return nil, fmt.Errorf("%s:%d: want a phrase and five numbers set apart by tabs; write the file with Tally.Write", name, n)
		}
		c := t.at(cols[0])
		c.n = v[0]
		copy(c.types[:], v[1:])
	}
	return t, lines.Err()
}

// A seen is what a model knows from a Tally about a word or a phrase.
type seen struct {
	n      uint8 // binary logarithm of the occurrences
	shares [annot.MISC]uint8
}

const seenSize = 5

// maxSeen is the greatest number of tokens of a phrase.
const maxSeen = 6

// append appends the tally as a section of the model file.
func (t *Tally) append(dst []byte) []byte {
	var records []record
	if t != nil {
		for p, c := range t.count {
			v := []byte{byte(bits.Len(uint(c.n)))}
			for _, k := range c.types {
				v = append(v, byte(255*k/max(1, c.n)))
			}
			records = append(records, record{gazetteer.Hash(strings.Split(p, " ")...), v})
		}
	}
	slices.SortFunc(records, func(a, b record) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(binary.BigEndian.Uint32(a.value), binary.BigEndian.Uint32(b.value)), cmp.Compare(a.value[4], b.value[4]))
	})
	return appendTable(dst, records, seenSize)
}

func findSeen(t *table, h uint64) (s seen, ok bool) {
	v := t.find(h)
	if v == nil {
		return s, false
	}
	s.n = v[0]
	copy(s.shares[:], v[1:])
	return s, true
}

// best returns the most frequent type, and its share in eight classes.
func (s *seen) best() (annot.Type, uint64) {
	best := 0
	for k := range s.shares {
		if s.shares[k] > s.shares[best] {
			best = k
		}
	}
	if s.shares[best] == 0 {
		return annot.NoType, 0
	}
	return annot.Type(best + 1), uint64(s.shares[best] >> 5)
}
