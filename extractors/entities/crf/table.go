package crf

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// A table is a read-only hash table over bytes of the model file: the number of records, the binary logarithm of the
// number of buckets and the size of a value, the starts of the buckets, then the records in the order of the buckets. A
// record is a 32-bit fingerprint of the key and the value. Numbers are little-endian.
type table struct {
	starts, records []byte
	shift           uint
	n, step         int
}

const tableHead = 12

var errDamaged = errors.New("damaged model file; train or copy it again")

// openTable opens the table at the front of data and returns the rest.
func openTable(data []byte, size int) (table, []byte, error) {
	if len(data) < tableHead {
		return table{}, nil, errDamaged
	}
	n, bits := uint64(binary.LittleEndian.Uint32(data)), binary.LittleEndian.Uint32(data[4:])
	if bits > 28 || binary.LittleEndian.Uint32(data[8:]) != uint32(size) {
		return table{}, nil, errDamaged
	}
	starts := 4 * (uint64(1)<<bits + 1)
	step := uint64(4 + size)
	if starts+n*step > uint64(len(data)-tableHead) {
		return table{}, nil, errDamaged
	}
	rest := data[tableHead:]
	t := table{starts: rest[:starts], records: rest[starts : starts+n*step], shift: 64 - uint(bits), n: int(n), step: int(step)}
	return t, rest[starts+n*step:], nil
}

// find returns the value of the key with hash h, or nil.
func (t *table) find(h uint64) []byte {
	b := 4 * int(h>>t.shift)
	from := int(binary.LittleEndian.Uint32(t.starts[b:]))
	to := min(int(binary.LittleEndian.Uint32(t.starts[b+4:])), t.n)
	for i := from; i < to; i++ {
		r := t.records[i*t.step : (i+1)*t.step]
		if binary.LittleEndian.Uint32(r) == uint32(h) {
			return r[4:]
		}
	}
	return nil
}

// A record is one entry of a table to be written.
type record struct {
	hash  uint64
	value []byte
}

// appendTable appends a table of the records, which it sorts. All values must be of the given size; of records with the
// same hash only the first in the order of records is kept.
func appendTable(dst []byte, records []record, size int) []byte {
	slices.SortStableFunc(records, func(a, b record) int { return cmp.Compare(a.hash, b.hash) })
	records = slices.CompactFunc(records, func(a, b record) bool { return a.hash == b.hash })
	bits := 0
	for 4<<bits < len(records) {
		bits++
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(records)))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(bits))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(size))
	i := 0
	for bucket := range uint64(1) << bits {
		for i < len(records) && records[i].hash>>(64-bits) < bucket {
			i++
		}
		dst = binary.LittleEndian.AppendUint32(dst, uint32(i))
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(records)))
	for _, r := range records {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(r.hash))
		dst = append(dst, r.value...)
	}
	return dst
}

// A row of weights is a step of the scale and one signed byte a label.
const rowSize = 1 + labels

// scales are the steps of the scale: each is 1/32 of an octave greater than the one before, from 2^-14 on.
var scales = func() (s [256]float32) {
	for i := range s {
		s[i] = float32(math.Exp2(float64(i)/32 - 14))
	}
	return s
}()

// packRow rounds a row of weights.
func packRow(w []float32) []byte {
	top := float32(0)
	for _, v := range w {
		top = max(top, v, -v)
	}
	row := make([]byte, 1+len(w))
	step := slices.IndexFunc(scales[:], func(s float32) bool { return s*127 >= top })
	if step < 0 {
		step = len(scales) - 1
	}
	row[0] = byte(step)
	for l, v := range w {
		row[1+l] = byte(int8(max(-127, min(127, math.RoundToEven(float64(v/scales[step]))))))
	}
	return row
}

// add adds the weights of the feature with hash h, times value, to the scores.
func (t *table) add(h uint64, value float32, to *scores) {
	row := t.find(h)
	if len(row) < rowSize {
		return
	}
	r := (*[rowSize]byte)(row)
	value *= scales[r[0]]
	for l := range to {
		to[l] += value * float32(int8(r[1+l]))
	}
}
