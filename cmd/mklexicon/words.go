package main

import (
	"fmt"
	"io/fs"
	"math/bits"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// Words is what the lists of single words say. Keys of lower, first and last are in lower case.
type Words struct {
	lower map[string]float32 // share in lower case
	first map[string]int     // how many people bear it
	last  map[string]int     // how often after a first name in news, plus 1
	seqs  map[string]seq
}

type seq struct {
	n int
	gazetteer.CapSeq
}

// minSeen is how often a word must occur within sentences for its case to mean something.
const minSeen = 4

// readWords reads the lists of words and adds them to b.
func readWords(fsys fs.FS, b *gazetteer.Builder) (*Words, error) {
	w := &Words{lower: map[string]float32{}, first: map[string]int{}, last: map[string]int{}, seqs: map[string]seq{}}
	for _, read := range []func(fs.FS, *gazetteer.Builder) error{w.readCase, w.readFirst, w.readLast, w.readSeqs} {
		if err := read(fsys, b); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *Words) readCase(fsys fs.FS, b *gazetteer.Builder) error {
	return readTSV(fsys, "case_stats.tsv.gz", 5, true, func(c []string) error {
		n, err := numbers(c[1:5])
		if err != nil {
			return err
		}
		seen := n[0] + n[1] + n[2]
		if seen < minSeen {
			return nil
		}
		w.lower[c[0]] = float32(n[0]) / float32(seen)
		b.AddCase(c[0], w.lower[c[0]])
		return nil
	})
}

func (w *Words) readFirst(fsys fs.FS, b *gazetteer.Builder) error {
	return readTSV(fsys, "first_names.tsv", 8, true, func(c []string) error {
		n, err := numbers([]string{c[2], c[3], c[5], c[6]})
		if err != nil {
			return err
		}
		male, female, lower, upper := n[0], n[1], n[2], n[3]
		f := gazetteer.FirstName{Common: log2(male + female), NewsCap: 255, AlsoPlace: c[7] == "1", Gender: gender(c[1], male, female)}
		if lower+upper > 0 {
			f.NewsCap = uint8((255*upper + (lower+upper)/2) / (lower + upper))
		}
		w.first[strings.ToLower(c[0])] = male + female
		b.AddFirstName(c[0], f)
		return nil
	})
}

// readNames reads the hand-written list of given names and surnames, which adds to the lists and replaces nothing.
func (w *Words) readNames(fsys fs.FS, b *gazetteer.Builder) error {
	return readTSV(fsys, "names.tsv", 3, true, func(c []string) error {
		key := strings.ToLower(c[0])
		switch c[1] {
		case "first":
			b.AddFirstName(c[0], gazetteer.FirstName{NewsCap: 255, Gender: gender(c[2], 0, 0)})
			if _, known := w.first[key]; !known {
				w.first[key] = 0
			}
		case "last":
			b.AddSurname(c[0], gazetteer.Surname{LowerRatio: uint8(255*w.lower[key] + 0.5)})
			if w.last[key] == 0 {
				w.last[key] = 1
			}
		default:
			return fmt.Errorf("kind %q is not first or last", c[1])
		}
		return nil
	})
}

// gender is one-sided only where 95 of 100 people are; the list's own letter counts where nobody was counted. Capital
// and small letters mean the same.
func gender(letter string, male, female int) annot.Gender {
	switch all := male + female; {
	case all > 0 && 100*female >= 95*all:
		return annot.Female
	case all > 0 && 100*male >= 95*all:
		return annot.Male
	case all > 0:
		return annot.UnknownGender
	}
	switch strings.ToUpper(letter) {
	case "F":
		return annot.Female
	case "M":
		return annot.Male
	}
	return annot.UnknownGender
}

func (w *Words) readLast(fsys fs.FS, b *gazetteer.Builder) error {
	return readTSV(fsys, "surnames.tsv", 5, true, func(c []string) error {
		n, err := numbers(c[2:4])
		if err != nil {
			return err
		}
		key := strings.ToLower(c[0])
		ratio, known := w.lower[key]
		if !known && n[0]+n[1] > 0 {
			ratio = float32(n[1]) / float32(n[0]+n[1])
		}
		w.last[key] = n[0] + 1
		b.AddSurname(c[0], gazetteer.Surname{News: log2(n[0]), LowerRatio: uint8(255*ratio + 0.5), AlsoPlace: c[4] == "1"})
		return nil
	})
}

func (w *Words) readSeqs(fsys fs.FS, b *gazetteer.Builder) error {
	return readTSV(fsys, "capseq_counts.tsv.gz", 9, true, func(c []string) error {
		n, err := numbers(c[1:9])
		if err != nil {
			return err
		}
		if n[0] == 0 {
			return nil
		}
		share := func(i int) float32 { return float32(n[i]) / float32(n[0]) }
		s := gazetteer.CapSeq{
			N: log2(n[0]), TitleBefore: share(1), SayAfter: share(2), LocPrepBefore: share(3), TheBefore: share(4),
			PossAfter: share(5), OrgSuffix: share(6), LocSuffix: share(7),
		}
		w.seqs[c[0]] = seq{n[0], s}
		b.AddCapSeq(gazetteer.Split(c[0]), s)
		return nil
	})
}

// log2 returns the binary logarithm of n + 1, rounded up.
func log2(n int) uint8 { return uint8(bits.Len(uint(n))) }
