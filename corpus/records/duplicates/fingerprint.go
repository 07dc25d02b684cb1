package duplicates

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
)

const (
	shingleWords = 5  // words whose run is compared; docs/duplicates.md says why 5
	slots        = 64 // of the sketch
	minWords     = 20 // texts of fewer words are copies only if all words are the same
	size         = 8 + 4 + slots
)

// A Fingerprint stands for the words of a text: case, punctuation, marks and white space make no difference. Two are
// equal (==) if the texts have the same words in the same order. The zero value is that of a text without words.
type Fingerprint struct {
	exact  uint64      // hash of all words
	words  uint32      // their number
	sketch [slots]byte // in each slot a piece of the least hash of the runs of words that fall into it
}

// Of returns the fingerprint of a text. It takes time linear in the text and allocates nothing. Any bytes will do.
func Of(text string) Fingerprint {
	var f Fingerprint
	least := [slots]uint64{}
	for i := range least {
		least[i] = math.MaxUint64
	}
	var last [shingleWords]uint64 // the last words' hashes, a ring
	var run uint64                // hash of the last words together
	w := words{text: text}
	for word, ok := w.next(); ok; word, ok = w.next() {
		at := f.words % shingleWords
		run = run*factor + word - last[at]*factorOut
		last[at] = word
		f.words++
		f.exact = f.exact*factor + word
		if f.words >= shingleWords {
			h := mix(run)
			if slot := h % slots; h < least[slot] {
				least[slot] = h
			}
		}
	}
	f.exact = mix(f.exact)
	switch {
	case f.words == 0:
		f.exact = 0
	case f.words >= minWords:
		f.draw(&least)
	}
	return f
}

// draw fills the sketch. A slot that no run fell into takes what another one has: which one depends on the slot only,
// so that similar texts take from the same slots (optimal densification, Shrivastava 2017).
func (f *Fingerprint) draw(least *[slots]uint64) {
	for i := range least {
		from := uint64(i)
		for try := uint64(1); least[from] == math.MaxUint64; try++ {
			from = mix(uint64(i)<<32|try) % slots
		}
		f.sketch[i] = byte(least[from] >> 16) // the lowest bits chose the slot, the highest are those of a minimum
	}
}

// factor is an odd number without pattern; factorOut is what a word was multiplied with when it leaves the run.
const factor = 0x9e3779b97f4a7c15

var factorOut = func() uint64 {
	p := uint64(1)
	for range shingleWords {
		p *= factor
	}
	return p
}()

// mix spreads the bits of h (the finalizer of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Likeness estimates the share of runs of five words that two texts have in common, of all that either has: 1 if they
// have the same words. Texts of fewer than 20 words are alike wholly or not at all.
func (f Fingerprint) Likeness(g Fingerprint) float64 {
	if f == g {
		return 1
	}
	if f.words < minWords || g.words < minWords {
		return 0
	}
	return float64(f.matches(&g)) / slots
}

func (f *Fingerprint) matches(g *Fingerprint) int {
	n := 0
	for i := range f.sketch {
		if f.sketch[i] == g.sketch[i] {
			n++
		}
	}
	return n
}

// String returns f in 102 letters, digits, - and _, which Parse reads.
func (f Fingerprint) String() string {
	return base64.RawURLEncoding.EncodeToString(f.append(make([]byte, 0, size)))
}

// Parse returns the fingerprint that String wrote as s.
func Parse(s string) (Fingerprint, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != size || len(s) != base64.RawURLEncoding.EncodedLen(size) { // it reads over line breaks
		return Fingerprint{}, errors.New("no fingerprint of an article: it has 102 letters, digits, - and _")
	}
	return decode(b), nil
}

func (f *Fingerprint) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, f.exact)
	b = binary.BigEndian.AppendUint32(b, f.words)
	return append(b, f.sketch[:]...)
}

// decode returns the fingerprint in the first bytes of b.
func decode(b []byte) (f Fingerprint) {
	f.exact = binary.BigEndian.Uint64(b)
	f.words = binary.BigEndian.Uint32(b[8:])
	copy(f.sketch[:], b[12:size])
	return f
}
