package crf

import (
	"encoding/binary"
	"math"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// sharpnessAt is the offset in the file of what scores are multiplied with for probabilities.
const sharpnessAt = headSize + 4

// calibrate returns the file with the sharpness under which the confidence of mentions fits best how many are right in
// the development sets, by log loss.
func calibrate(file []byte, dev []Dataset) ([]byte, error) {
	best, bestLoss := float32(1), math.Inf(1)
	if len(dev) == 0 {
		return file, nil
	}
	for _, s := range []float32{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2} {
		binary.LittleEndian.PutUint32(file[sharpnessAt:], math.Float32bits(s))
		seal(file)
		m, err := Open(file)
		if err != nil {
			return nil, err
		}
		loss := 0.0
		for _, set := range dev {
			set.confidences(m, func(p float64, right bool) {
				if !right {
					p = 1 - p
				}
				loss -= math.Log(max(p, 1e-4))
			})
		}
		if loss < bestLoss {
			best, bestLoss = s, loss
		}
	}
	binary.LittleEndian.PutUint32(file[sharpnessAt:], math.Float32bits(best))
	seal(file)
	return file, nil
}

// confidences calls visit with the confidence of each mention that m finds and whether it is right. Names of type MISC are
// left out where they are not annotated.
func (set Dataset) confidences(m *Model, visit func(p float64, right bool)) {
	var found []Mention
	for _, d := range set.Docs {
		found = m.Mentions(d.Doc, found[:0])
		for _, x := range found {
			want := Make(Unit, x.Type)
			if x.End > x.First+1 {
				want = Make(Begin, x.Type)
			}
			if set.NoMISC && x.Type == annot.MISC {
				continue
			}
			right := d.Labels[x.First] == want && (want.Part() == Unit || d.Labels[x.End-1] == Make(Last, x.Type))
			for i := x.First + 1; right && i < x.End-1; i++ {
				right = d.Labels[i] == Make(Inside, x.Type)
			}
			visit(x.Confidence, right)
		}
	}
}

// A Bin counts the mentions of similar confidence.
type Bin struct {
	// N is the number of mentions, Right that of the right ones, and Confidence the mean.
	N, Right   int
	Confidence float64
}

// Calibration sorts the mentions that m finds in the sets into ten bins by confidence.
func (m *Model) Calibration(sets []Dataset) [10]Bin {
	var bins [10]Bin
	for _, set := range sets {
		set.confidences(m, func(p float64, right bool) {
			b := &bins[min(9, int(p*10))]
			b.N++
			b.Confidence += p
			if right {
				b.Right++
			}
		})
	}
	for i := range bins {
		bins[i].Confidence /= float64(max(1, bins[i].N))
	}
	return bins
}
