package attribution

import "github.com/quoth-nlp/quoth/pipeline/annot"

// byRepetition is what the confidence of a name is worth for a headline that repeats the quote. On PolNeAR and the own gold
// the few cases were all right.
const byRepetition = 0.95

// repeated gives a quote in a headline that leads to no name, or to the words beside the quote of the body that it repeats, the
// speaker of that quote. Words of its own that stand for the speaker stay its mention; where there are none, it inherits those of
// the body.
func (w *work) repeated() {
	for i := range w.D.Quotes {
		q := &w.D.Quotes[i]
		if q.Zone != annot.Headline || q.Parent == 0 || q.Status == annot.Ambiguous || q.Speaker.Type == annot.Group {
			continue
		}
		said := &w.D.Quotes[q.Parent-1]
		mention := q.Speaker.Mention
		own := !mention.IsZero() && mention != said.Speaker.Mention
		if said.Status != annot.Attributed || said.Speaker.Name == "" || own && q.Speaker.Name != "" {
			continue
		}
		q.Speaker = said.Speaker
		q.Speaker.ResolvedBy = "repetition"
		if own {
			q.Speaker.Mention = mention
		} else {
			q.Flags |= annot.InheritedSpeaker
		}
		q.Status, q.Flags = annot.Attributed, q.Flags|annot.ByRedundancy
		q.Confidence = byRepetition * said.Confidence
	}
}
