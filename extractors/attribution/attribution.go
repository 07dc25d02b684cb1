// Package attribution decides who said each quote. Sieves, ordered by precision, answer what they are sure of and
// decline the rest (Muzny et al. 2017, "A Two-stage Sieve Approach for Quote Attribution"); a second step leads from
// the words that stand for the speaker to a name.
package attribution

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Sieve attributes a quote if it is sure of the speaker, and declines otherwise. It sees the quotes with the
// attributions made so far, must not change the document and is safe for concurrent use.
type Sieve interface {
	Name() string
	Attribute(d *annot.Document, q annot.Quote) (annot.Attribution, bool)
}

// A Stage writes the attributions of quotes. It is immutable and safe for concurrent use.
type Stage struct {
	set    *rules.Set
	ranker *Ranker
	first  []Sieve
}

// New returns the stage with the given rules. The first sieve that answers decides. The further sieves, if any, are asked
// before the built-in ones.
func New(set *rules.Set, first ...Sieve) *Stage { return NewRanked(set, nil, first...) }

// NewRanked returns the stage with a ranker, which has the last word on all quotes but those that the further sieves or the
// label of a turn decide. A nil ranker changes nothing.
func NewRanked(set *rules.Set, r *Ranker, first ...Sieve) *Stage { return &Stage{set, r, first} }

// Name returns "attribution".
func (s *Stage) Name() string { return "attribution" }

// Models returns the ID of the ranker, if there is one.
func (s *Stage) Models() []string {
	if s.ranker == nil {
		return nil
	}
	return []string{s.ranker.ID()}
}

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens | annot.Mentions | annot.Entities | annot.Quotes | annot.QuotedSpans,
		annot.Attributions
}

// Process attributes the quotes of d.
func (s *Stage) Process(d *annot.Document) error { return s.ProcessWith(d, new(segment.Tables)) }

// ProcessWith is Process with tables of the tokens that other stages read too.
func (s *Stage) ProcessWith(d *annot.Document, t *segment.Tables) error {
	w := s.sieved(d, t)
	if w == nil {
		return nil
	}
	if s.ranker != nil {
		newRanking(w).rank(s.ranker, nil)
		w.certainty = s.ranker.names()
	}
	w.resolveAll(nil)
	return nil
}

// sieved lets the sieves attribute the quotes of d; it returns nil if there are none.
func (s *Stage) sieved(d *annot.Document, t *segment.Tables) *work {
	if len(d.Quotes) == 0 {
		return nil
	}
	w := newWork(d, s.set, t)
	for pass := range sieves {
		for i := range d.Quotes {
			if d.Quotes[i].Status != annot.NoStatus {
				continue
			}
			if pass == 0 && s.custom(d, i) {
				continue
			}
			if pass == 0 && w.blocks != nil {
				if a, ok := w.blockSource(i); ok {
					w.accept(i, bySource, sourceConfidence, a)
					continue
				}
			}
			if pass == 0 {
				if a, ok := w.roundupSource(i); ok {
					w.accept(i, byRoundup, sourceConfidence, a)
					continue
				}
				if a, ok := w.claim(i); ok {
					w.accept(i, byClaim, claimConfidence, a)
					continue
				}
			}
			for k := range sieves[pass] {
				sv := &sieves[pass][k]
				if pass > 0 && sv.name != "no-source" && w.subhead(i) {
					continue
				}
				if a, ok := sv.attribute(w, i); ok {
					w.accept(i, sv.name, sv.confidence, a)
					break
				}
			}
		}
	}
	return w
}

func (s *Stage) custom(d *annot.Document, i int) bool {
	for _, sv := range s.first {
		if a, ok := sv.Attribute(d, d.Quotes[i]); ok {
			d.Quotes[i].Attribution = a
			return true
		}
	}
	return false
}

// work is the state of the attribution of one document.
type work struct {
	*clause.Reader
	set   *rules.Set
	names *naming.Resolver
	// blocks holds for each quote the block quotation of the markup that it is; nil if the document has no markup.
	blocks []blockPlace
	// roundup says that lines below the quotes name their sources.
	roundup bool
	// answers holds the answer that each quote got.
	answers []clause.Attribution
	// sieve holds the name of the sieve that answered, and flags what each quote had before.
	sieve []string
	flags []annot.Flags
	// shares holds for each quote what the ranker gave its answer, or the confidence of the sieve that decided.
	shares []float32
	// certainty tells how likely speakers are right; nil leaves the confidence to the words for the speaker.
	certainty *certainty
	// seen, if not nil, is shown the features of each name.
	seen func(q int, x certaintyRow)
	// persons and bodies are how many the document names.
	persons, bodies int
}

func newWork(d *annot.Document, set *rules.Set, t *segment.Tables) *work {
	r := clause.New(d, set, t)
	w := &work{Reader: r, set: set, names: naming.New(r, set)}
	w.persons, w.bodies = entitiesOf(d)
	w.findBlocks()
	w.roundup = w.isRoundup()
	w.answers, w.sieve, w.flags = make([]clause.Attribution, len(d.Quotes)), make([]string, len(d.Quotes)), make([]annot.Flags, len(d.Quotes))
	w.shares = make([]float32, len(d.Quotes))
	for i := range d.Quotes {
		w.flags[i] = d.Quotes[i].Flags
	}
	return w
}

// accept records the answer of a sieve for quote i.
func (w *work) accept(i int, sieve string, confidence float64, a clause.Attribution) {
	w.answers[i] = a
	w.sieve[i] = sieve
	q := &w.D.Quotes[i]
	q.Flags = w.flags[i] | a.Flags
	q.Cue, q.Speaker.Mention = annot.Span{}, annot.Span{}
	q.By = sieve + "/" + a.Rule
	q.Confidence, w.shares[i] = confidence, float32(confidence)
	q.Status = annot.Attributed
	if a.Cue.End > a.Cue.First {
		q.Cue = w.Span(a.Cue.First, a.Cue.End)
	}
	if a.Nobody || a.Source.Form == clause.NoForm {
		q.Status = annot.Unattributed
	}
	if words := a.Source.Words(); words.End > words.First {
		q.Speaker.Mention = w.Span(words.First, words.End)
	}
}

// certain sets the confidence of quote q, whose speaker is resolved.
func (w *work) certain(q int, e naming.Evidence) {
	if w.seen == nil && w.certainty == nil {
		return
	}
	x := w.certaintyRow(q, e)
	if w.seen != nil {
		w.seen(q, x)
	}
	if w.certainty != nil {
		w.D.Quotes[q].Confidence = w.certainty.of(&x)
	}
}

// resolveAll leads from the words that stand for each quote's speaker to a name, in the order of the article. It shows those
// whom the words may stand for to watch, if that is not nil.
func (w *work) resolveAll(watch func(q int, persons []naming.Person)) {
	said := make([]clause.Source, len(w.answers))
	for i := range w.answers {
		said[i] = w.answers[i].Source
	}
	w.names.Start(said)
	for i := range w.D.Quotes {
		q, src := &w.D.Quotes[i], said[i]
		if q.Speaker.Type != annot.NoSpeaker { // a sieve of the caller's
			continue
		}
		if src.Form != clause.NoForm {
			if watch != nil {
				watch(i, w.names.Persons(src))
			}
			evidence := w.names.Resolve(q, src)
			w.certain(i, evidence)
		}
		if q.Status == annot.Unattributed && q.Speaker.Type != annot.NoSpeaker {
			q.Speaker.Name, q.Speaker.Entities, q.Speaker.ResolvedBy, q.Speaker.Type = "", nil, "", annot.UnknownSpeaker
			q.Speaker.Candidates, q.Speaker.Role, q.Speaker.Affiliation = nil, "", ""
		}
		token := -1
		if src.End > src.First {
			token = src.First
		}
		w.names.Spoke(q, token)
	}
	w.repeated()
}
