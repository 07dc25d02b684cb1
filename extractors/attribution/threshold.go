package attribution

import "github.com/quoth-nlp/quoth/pipeline/annot"

// A Threshold is a stage that withholds the speakers of quotes that are attributed with less than a given confidence. The
// quotes stay, unattributed, with their cue, the rule that decided and its confidence, and the flag LowConfidence. It is
// immutable and safe for concurrent use.
type Threshold struct{ min float64 }

// NewThreshold returns the stage for the least confidence that is enough, between 0 and 1.
func NewThreshold(min float64) *Threshold { return &Threshold{min} }

// Name returns "threshold".
func (t *Threshold) Name() string { return "threshold" }

// Layers declares what the stage reads and writes.
func (t *Threshold) Layers() (reads, writes annot.Layers) {
	return annot.Quotes | annot.Attributions, annot.Attributions
}

// Process withholds the doubtful speakers of d.
func (t *Threshold) Process(d *annot.Document) error {
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.Status == annot.Unattributed || q.Status == annot.NoStatus || q.Confidence >= t.min {
			continue
		}
		q.Status, q.Speaker = annot.Unattributed, annot.Speaker{}
		q.Flags |= annot.LowConfidence
	}
	return nil
}
