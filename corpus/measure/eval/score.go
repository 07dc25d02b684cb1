package eval

import (
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// figureNames are the figures of a Scorer in the order of the report.
var figureNames = []string{
	"quotes.recall.direct", "quotes.recall.mixed", "quotes.recall.transcript", "quotes.recall.block", "quotes.precision",
	"quotes.whole", "quotes.kind", "quotes.status", "quotes.cue", "spans.kept_out", "spans.why",
	"speaker.direct", "speaker.direct.exact", "speaker.mixed", "speaker.other", "speaker.unattributed", "name", "name.anonymous",
	"entities.per.precision", "entities.per.recall", "entities.per.f1",
	"entities.loc.precision", "entities.loc.recall", "entities.loc.f1",
	"entities.org.precision", "entities.org.recall", "entities.org.f1",
	"entities.misc.precision", "entities.misc.recall", "entities.misc.f1",
	"entities.plo.precision", "entities.plo.recall", "entities.plo.f1",
	"entities.grouping", "zones",
}

// A Scorer counts how far annotated documents agree with gold articles. It is not safe for concurrent use.
type Scorer struct {
	tally
	articles     int
	confusion    Confusion
	attributions ruleCounts
	recognizers  ruleCounts
	slices       slicesBy
	kept         map[string]*articleCounts // not-quotes that are kept out, by reason
	decisions    []decision
}

// NewScorer returns a Scorer that keeps the first errors of each kind, at most keep.
func NewScorer(keep int) *Scorer {
	return &Scorer{tally: newTally(figureNames, keep), attributions: ruleCounts{}, recognizers: ruleCounts{}, slices: slicesBy{}, kept: map[string]*articleCounts{}}
}

// Add scores d, which must be the annotated document of a's Text.
func (s *Scorer) Add(a *gold.Article, d *annot.Document) {
	s.articles++
	s.quotes(a, d)
	s.spans(a, d)
	if a.QuotesOnly {
		return
	}
	s.zones(a, d)
	s.mentions(a, d)
}

// Report adds the scores to r.
func (s *Scorer) Report(r *Report) {
	r.Articles += s.articles
	r.Figures = append(r.Figures, s.figures...)
	r.Confusion = s.confusion
	r.Attributions = s.attributions.list()
	r.Recognizers = s.recognizers.list()
	r.Slices = s.slices.list()
	r.KeptOut = keptOut(s.kept)
	r.Calibration = calibrate(s.decisions)
	r.Errors = append(r.Errors, s.errorList()...)
}
