package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
)

// A heldOut knows the articles that must not be trained on, by stretches of their letters and digits.
type heldOut map[uint64]bool

// stretchLength is the number of letters and digits of a stretch. Two articles that share one by chance share a phrase of
// about ten words.
const stretchLength = 50

// sharedStretches is the number of stretches of a held-out article that give a document away. A quoted sentence has fewer.
const sharedStretches = 4

// readHeldOut reads the texts of a file of JSON Lines.
func readHeldOut(files []string) (heldOut, error) {
	out := heldOut{}
	for _, file := range files {
		if err := out.read(file); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (h heldOut) read(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in := json.NewDecoder(bufio.NewReader(f))
	for n := 1; ; n++ {
		var article struct {
			Text string `json:"text"`
		}
		switch err := in.Decode(&article); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("%s: article %d: %w; write an object with a text on each line", file, n, err)
		}
		var r roller
		for _, c := range article.Text {
			if sum, full := r.add(c); full && r.n%stretchLength == 0 {
				h[sum] = true
			}
		}
	}
}

// has reports whether the document has a good part of a held-out article.
func (h heldOut) has(d crf.Sample) bool {
	var r roller
	shared := 0
	for _, w := range d.Tokens {
		for _, c := range w {
			if sum, full := r.add(c); full && h[sum] {
				shared++
			}
		}
	}
	return shared >= sharedStretches
}

// without returns the data set without the documents that hold held-out articles.
func (h heldOut) without(set crf.Dataset) crf.Dataset {
	docs := set.Docs
	set.Docs = nil
	for _, d := range docs {
		if !h.has(d) {
			set.Docs = append(set.Docs, d)
		}
	}
	return set
}

// A roller is the rolling hash of the last letters and digits, in lower case.
type roller struct {
	last [stretchLength]rune
	sum  uint64
	n    int // letters and digits so far
}

const rollBase = 0x9E3779B97F4A7C15

// rollAway is rollBase to the power of stretchLength: what a rune weighs when it leaves the hash.
var rollAway = func() uint64 {
	p := uint64(1)
	for range stretchLength {
		p *= rollBase
	}
	return p
}()

// add adds c and returns the hash, and whether it is that of a new full stretch.
func (r *roller) add(c rune) (sum uint64, full bool) {
	if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
		return r.sum, false
	}
	c = unicode.ToLower(c)
	at := &r.last[r.n%stretchLength]
	r.sum = r.sum*rollBase + uint64(c) - uint64(*at)*rollAway
	*at = c
	r.n++
	return r.sum, r.n >= stretchLength
}
