package attribution

import "github.com/quoth-nlp/quoth/pipeline/annot"

// byRepetition is what the confidence of a name is worth for a headline that repeats the quote. On PolNeAR and the own gold
// the few cases were all right.
const byRepetition = 0.95

// repeated gives a quote in a headline that leads to no name the speaker of the quote of the body that it repeats. Words that
// stand for the speaker in the headline stay its mention; where there are none, it inherits those of the body.
func (w *work) repeated() {
	for i := range w.D.Quotes {
		q := &w.D.Quotes[i]
		if q.Zone != annot.Headline || q.Parent == 0 || q.Speaker.Name != "" || q.Status == annot.Ambiguous || q.Speaker.Type == annot.Group {
			continue
		}
		said := &w.D.Quotes[q.Parent-1]
		if said.Status != annot.Attributed || said.Speaker.Name == "" {
			continue
		}
		mention := q.Speaker.Mention
		q.Speaker = said.Speaker
		q.Speaker.ResolvedBy = "repetition"
		if mention.IsZero() {
			q.Flags |= annot.InheritedSpeaker
		} else {
			q.Speaker.Mention = mention
		}
		q.Status, q.Flags = annot.Attributed, q.Flags|annot.ByRedundancy
		q.Confidence = byRepetition * said.Confidence
	}
}
