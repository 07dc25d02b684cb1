// Package quotes turns the quotation structure of an article into quotes: it tells which marked stretches are somebody's
// words and which are scare quotes, titles, nicknames and the like, and joins the pieces of one utterance.
package quotes

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Stage writes the quotes, without their attributions, and the quoted spans of segmented documents. It is immutable
// and safe for concurrent use.
type Stage struct {
	set   *rules.Set
	judge *Judge
}

// New returns the stage with the given rules, which alone decide.
func New(set *rules.Set) *Stage { return NewJudged(set, nil) }

// NewJudged returns the stage with a judge, which decides on the stretches that the rules are not certain of. A nil judge
// changes nothing.
func NewJudged(set *rules.Set, j *Judge) *Stage { return &Stage{set, j} }

// Name returns "quotes".
func (s *Stage) Name() string { return "quotes" }

// Models returns the ID of the judge, if there is one.
func (s *Stage) Models() []string {
	if s.judge == nil {
		return nil
	}
	return []string{s.judge.ID()}
}

// Layers declares what the stage reads and writes.
func (s *Stage) Layers() (reads, writes annot.Layers) {
	return annot.Paragraphs | annot.MarkedSpans | annot.Sentences | annot.Tokens | annot.Mentions, annot.Quotes | annot.QuotedSpans | annot.Warnings
}

// Process finds the quotes of d.
func (s *Stage) Process(d *annot.Document) error { return s.ProcessWith(d, new(segment.Tables)) }

// ProcessWith is Process with tables of the tokens that other stages read too.
func (s *Stage) ProcessWith(d *annot.Document, t *segment.Tables) error {
	f := s.rule(d, t)
	f.judge(s.judge)
	d.Quotes, d.QuotedSpans = d.Quotes[:0], d.QuotedSpans[:0]
	f.turns()
	if d.Elements != nil {
		f.blocks()
	}
	f.quotes()
	f.lost()
	f.pullQuotes()
	f.number()
	f.link()
	slices.SortStableFunc(d.QuotedSpans, func(a, b annot.QuotedSpan) int { return a.Start - b.Start })
	return nil
}

// rule gives every marked stretch of d the verdict of the rules.
func (s *Stage) rule(d *annot.Document, t *segment.Tables) *finder {
	f := &finder{d: d, v: t.View(d, s.set, nil), set: s.set, verdict: make([]verdict, len(d.Marked)), sight: make([]sight, len(d.Marked))}
	f.rule()
	return f
}

// A verdict says what a marked stretch is: a quote of some kind, or the reason why it is none.
type verdict struct {
	kind annot.Kind
	why  annot.Why
	by   branch
}

// A branch is the rule that a verdict is from.
type branch uint8

const (
	certain         branch = iota // a rule that the judge does not overrule
	inHeadline                    // a headline
	afterTerm                     // the word “x”
	afterWork                     // the film “X”
	afterTrigger                  // so-called “x”
	beforeWork                    // the “X” show
	afterPossessive               // NBC’s “X”
	titleCased                    // the words look like a title
	standsAlone                   // it is a sentence of its own, or a cue follows it
	afterCue                      // a cue stands right before it
	opensSentence                 // it begins a narrative sentence and looks like one
	nearCue                       // a cue is in its sentence
	long                          // it has as many words as fragment says
	short                         // none of all that
	branchCount
)

// A sight is what the rules saw of a stretch.
type sight struct {
	unit, item int
	shape      shape
	context    context
}

// finder holds the work on one document.
type finder struct {
	d       *annot.Document
	v       *segment.View
	set     *rules.Set
	verdict []verdict // parallel to d.Marked
	sight   []sight   // parallel to d.Marked
	turn    []bool    // per paragraph, whether it is of a labelled turn
	// block says of each paragraph whether its words are a block quotation of the markup; nil if there is no markup.
	block []bool
	// within maps the start of a block quotation to that of the one around it.
	within map[int]int
}

func (f *finder) rule() {
	for k, m := range f.d.Marked {
		if m.Parent >= 0 {
			f.verdict[k] = verdict{why: annot.Nested}
		}
	}
	for u := range f.v.Units {
		for i, it := range f.v.Units[u].Items {
			if it.Quoted() && f.verdict[it.Mark] == (verdict{}) {
				f.verdict[it.Mark] = f.classify(u, i)
			}
		}
	}
	for k := range f.verdict {
		if f.verdict[k] == (verdict{}) { // a stretch that no unit holds whole
			f.verdict[k] = verdict{why: annot.OtherWhy}
		}
	}
}

// quotes makes the quotes of the stretches that are some, joining the pieces of one utterance, and the quoted spans of
// the others.
func (f *finder) quotes() {
	d := f.d
	last := -1 // index in d.Marked of the last outer stretch that is a quote
	for k, m := range d.Marked {
		if f.verdict[k] == (verdict{}) {
			continue // the marks of a block quotation
		}
		if f.verdict[k].kind != annot.NoKind && f.turn[m.Paragraph] {
			f.verdict[k] = verdict{why: annot.Nested}
		}
		if f.verdict[k].kind == annot.NoKind {
			d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: m.Span, Why: f.verdict[k].why})
			continue
		}
		if last >= 0 && f.joins(last, k) {
			q := &d.Quotes[len(d.Quotes)-1]
			q.Parts = append(q.Parts, f.part(m))
			if d.Marked[last].Paragraph != m.Paragraph {
				q.Flags |= annot.MultiParagraph
			}
			if f.verdict[k].kind == annot.Direct {
				q.Kind = annot.Direct
			}
			q.Flags |= f.flags(k)
		} else {
			d.Quotes = append(d.Quotes, annot.Quote{
				Parts: []annot.Span{f.part(m)}, Kind: f.verdict[k].kind, Zone: d.Paragraphs[m.Paragraph].Zone, Flags: f.flags(k),
			})
		}
		last = k
	}
}

// part returns the part of a quote that m is: with its marks, but without escapes, which are none of the article's.
func (f *finder) part(m annot.Marked) annot.Span {
	if !m.Escaped {
		return m.Span
	}
	s := m.Inner()
	words := strings.TrimSpace(f.d.Slice(s))
	start := s.Start + strings.Index(f.d.Slice(s), words)
	return annot.Span{Start: start, End: start + len(words)}
}

// flags returns what the marks and the zone say of the stretch k.
func (f *finder) flags(k int) (flags annot.Flags) {
	m := f.d.Marked[k]
	if m.Unclosed && !m.Runs {
		flags |= annot.Unclosed
	}
	if m.WrongDirection {
		flags |= annot.MarkDirection
	}
	return flags | f.d.Paragraphs[m.Paragraph].Zone.Flags()
}

// number sorts the quotes and gives them their IDs.
func (f *finder) number() {
	d := f.d
	slices.SortStableFunc(d.Quotes, func(a, b annot.Quote) int { return a.Parts[0].Start - b.Parts[0].Start })
	for i := range d.Quotes {
		d.Quotes[i].ID = i + 1
	}
	if len(f.within) == 0 {
		return
	}
	ids := map[int]int{}
	for _, q := range d.Quotes {
		ids[q.Parts[0].Start] = q.ID
	}
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if outer, ok := f.within[q.Parts[0].Start]; ok && ids[outer] != q.ID {
			q.Parent = ids[outer]
		}
	}
}
