// Package indirect finds indirect quotes: what somebody is reported to say, think or want in the words of the article, as in
// Ann Cole said that the pier was not safe. Rules propose every construction that may report speech, with its cue, source and
// content; a model weighs each proposal by its features, and the likeliest reading of each cue stays.
package indirect

import (
	"cmp"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Stage adds indirect quotes to documents. It runs after the attribution and leaves the quotes that are there as they are. It is
// immutable and safe for concurrent use.
type Stage struct {
	set   *rules.Set
	model *Model
}

// New returns the stage with the given rules. The model weighs what the rules propose; nil means the embedded one.
func New(set *rules.Set, model *Model) (*Stage, error) {
	if model == nil {
		var err error
		if model, err = Default(); err != nil {
			return nil, err
		}
	}
	return &Stage{set, model}, nil
}

// Name returns "indirect".
func (s *Stage) Name() string { return "indirect" }

// Models returns the ID of the model.
func (s *Stage) Models() []string { return []string{s.model.ID()} }

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens | annot.Mentions | annot.Entities | annot.Quotes | annot.QuotedSpans |
		annot.Attributions, annot.Quotes | annot.Attributions
}

// A Report is a place of an article that may be an indirect quote: one that the model can weigh.
type Report struct {
	// Quote is the indirect quote that it would be, without ID and with the model's confidence.
	Quote annot.Quote
	// Features are what the model weighs, in a fixed order.
	Features []string
}

// Reports returns the places of d that may be indirect quotes, likely or not, in the order of their cues. It does not
// change d.
func (s *Stage) Reports(d *annot.Document) []Report {
	a := newArticle(d, s.set, new(segment.Tables))
	found := a.reports()
	out := make([]Report, len(found))
	for k := range found {
		out[k] = Report{a.quote(&found[k], s.model.Confidence(found[k].features)), found[k].features}
	}
	return out
}

// Process adds the indirect quotes of d to its quotes.
func (s *Stage) Process(d *annot.Document) error { return s.ProcessWith(d, new(segment.Tables)) }

// ProcessWith is Process with tables of the tokens that other stages read too.
func (s *Stage) ProcessWith(d *annot.Document, t *segment.Tables) error {
	a := newArticle(d, s.set, t)
	found := a.reports()
	var kept []annot.Quote
	var sources []clause.Source
	for k := 0; k < len(found); {
		// Of the readings of a cue the most likely one counts.
		best, confidence := k, -1.0
		cue := found[k].cue.First
		for ; k < len(found) && found[k].cue.First == cue; k++ {
			if c := s.model.Confidence(found[k].features); c > confidence {
				best, confidence = k, c
			}
		}
		if confidence >= s.model.threshold {
			kept, sources = append(kept, a.quote(&found[best], confidence)), append(sources, found[best].src)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	a.resolve(kept, sources)
	a.merge(kept)
	return nil
}

// article is the state of the work on one document.
type article struct {
	*clause.Reader
	set *rules.Set
}

// newArticle returns the state for d. It reads some words as no other stage does, so that it lays lists of its own over the tables.
func newArticle(d *annot.Document, set *rules.Set, t *segment.Tables) *article {
	r := clause.New(d, set, t)
	r.View = r.Overlay()
	return &article{r, set}
}

// quote makes the quote of a report that is right with the given confidence. Its speaker is not resolved yet.
func (a *article) quote(r *report, confidence float64) annot.Quote {
	zone := a.D.Paragraphs[a.Units[a.UnitOf[r.cue.First]].Paragraph].Zone
	q := annot.Quote{Kind: annot.Indirect, Zone: zone, Flags: r.flags | zone.Flags()}
	for _, p := range r.parts {
		q.Parts = append(q.Parts, a.Span(p.First, p.End))
	}
	q.By = "indirect-" + r.shape + "/" + r.id
	q.Confidence = confidence
	q.Cue = a.Span(r.cue.First, r.cue.End)
	q.Speaker.Mention = a.Span(r.src.First, r.src.End)
	q.Status = annot.Attributed
	if r.src.Generic {
		q.Flags |= annot.Generic
	}
	if r.src.Generic || r.flags.Has(annot.Hypothetical) {
		q.Status = annot.Unattributed
	}
	return q
}

// resolve leads from the words that stand for each speaker to a name, in the order of the article. The speaker of
// the quote before, marked or not, is the one that a pronoun leans on.
func (a *article) resolve(kept []annot.Quote, sources []clause.Source) {
	names := naming.New(a.Reader, a.set)
	names.Start(nil)
	order := make([]int, len(kept))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(kept[a].Cue.Start, kept[b].Cue.Start) })
	i := 0
	for _, k := range order {
		q := &kept[k]
		for ; i < len(a.D.Quotes) && a.D.Quotes[i].Parts[0].Start < q.Cue.Start; i++ {
			names.Spoke(&a.D.Quotes[i], a.speakerToken(&a.D.Quotes[i]))
		}
		confidence, mention := q.Confidence, q.Speaker.Mention
		names.Resolve(q, sources[k])
		q.Speaker.Mention = mention
		q.Confidence = confidence // it is of the words found, the name has no say in it
		if q.Speaker.Type == annot.NoSpeaker {
			q.Speaker.Type = annot.UnknownSpeaker
		}
		if q.Status == annot.Unattributed {
			q.Speaker = annot.Speaker{Type: annot.UnknownSpeaker, Mention: mention}
		}
		names.Spoke(q, a.speakerToken(q))
	}
}

// speakerToken returns the first token of the words that stand for the speaker of q, or -1.
func (a *article) speakerToken(q *annot.Quote) int {
	if q.Speaker.Mention.IsZero() {
		return -1
	}
	return min(a.TokenAt(q.Speaker.Mention.Start), len(a.UnitOf)-1)
}

// merge puts the indirect quotes among the others and numbers all of them again.
func (a *article) merge(kept []annot.Quote) {
	d := a.D
	d.Quotes = append(d.Quotes, kept...)
	slices.SortStableFunc(d.Quotes, func(a, b annot.Quote) int { return cmp.Compare(a.Parts[0].Start, b.Parts[0].Start) })
	moved := make([]int, len(d.Quotes)+1)
	for i := range d.Quotes {
		moved[d.Quotes[i].ID] = i + 1
	}
	moved[0] = 0
	for i := range d.Quotes {
		d.Quotes[i].ID, d.Quotes[i].Parent = i+1, moved[d.Quotes[i].Parent]
	}
}
