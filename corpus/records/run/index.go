package run

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
)

// An index finds the entries of the journals by the id of the document: 24 bytes per entry in memory.
type index []place

// A place is the start of a line in one of two journals.
type place struct {
	id    uint64
	at    int64  // ^at in the journal of the log
	input uint64 // Entry.Input
}

// add appends the entries of a journal of which sound is true. build follows.
func (x *index) add(journal io.Reader, ofLog, keepFailed bool, sound func(*Entry) (bool, error)) error {
	_, err := scan(journal, func(e *Entry, at int64) (bool, error) {
		if ok, err := sound(e); !ok || err != nil || e.DocID == nil {
			return true, err
		}
		id, ok := number(*e.DocID)
		if !ok {
			return false, nil
		}
		if e.Status == StatusFailed && !keepFailed {
			return true, nil
		}
		if ofLog {
			at = ^at
		}
		input, _ := strconv.ParseUint(e.Input, 16, 64)
		*x = append(*x, place{id, at, input})
		return true, nil
	})
	return err
}

// build sorts the index; of two entries of one document the one added last counts.
func (x *index) build() {
	slices.SortStableFunc(*x, func(a, b place) int { return cmp.Compare(a.id, b.id) })
	kept := (*x)[:0]
	for i, p := range *x {
		if i+1 == len(*x) || (*x)[i+1].id != p.id {
			kept = append(kept, p)
		}
	}
	*x = slices.Clip(kept)
}

// find returns the place of the document.
func (x index) find(docID string) (place, bool) {
	id, ok := number(docID)
	if !ok {
		return place{}, false
	}
	i, ok := slices.BinarySearchFunc(x, id, func(p place, id uint64) int { return cmp.Compare(p.id, id) })
	if !ok {
		return place{}, false
	}
	return x[i], true
}

// where returns the offset in one of the two journals.
func (p place) where() (at int64, ofLog bool) {
	if p.at < 0 {
		return ^p.at, true
	}
	return p.at, false
}

// number returns the 64 bits of a document's id.
func number(docID string) (uint64, bool) {
	digits, ok := strings.CutPrefix(docID, "d_")
	if !ok || len(digits) != 16 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 16, 64)
	return n, err == nil
}
