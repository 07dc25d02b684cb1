package pipeline

import (
	"errors"
	"fmt"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// Options choose the parts of the default pipeline and add parts of one's own. The zero value gives the defaults.
//
// What is added must be safe for concurrent use and depend on nothing but the document, as the built-in parts do. It is
// asked about every document, in the order given.
type Options struct {
	// Rules are the linguistic rules; nil means the embedded ones for English.
	Rules *rules.Set

	// UserList is a list of names that win over what any recognizer finds; nil means none.
	UserList *entities.UserList
	// Recognizers find names before the built-in recognizers do. What they find stays, unless a later recognizer has a
	// longer mention of the same type around it, or is sure where they are not; the built-in ones fill the gaps.
	Recognizers []entities.Recognizer
	// OnlyRecognizers leaves the built-in recognizers out. There must be at least one in Recognizers then.
	OnlyRecognizers bool
	// Model is the tagger of the built-in recognizers; nil means the embedded one.
	Model *crf.Model

	// Judge tells quotes from other words in quotation marks; nil means the embedded one.
	Judge *quotes.Judge

	// Sieves choose speakers before the built-in sieves do. The answer of the first that does not decline is final: no
	// other sieve is asked, the ranker does not look at the quote, and the answer is taken as it is. It has a Status, By
	// and Confidence, and for an attributed quote all that Document.Validate asks of a Speaker.
	Sieves []attribution.Sieve
	// Ranker chooses the speakers; nil means the embedded one.
	Ranker *attribution.Ranker

	// Indirect adds indirect quotes: what somebody is reported to say without quotation marks.
	Indirect bool
	// Reports weighs what may be an indirect quote; nil means the embedded model.
	Reports *indirect.Model

	// MinConfidence is the confidence below which a speaker is withheld, be it from a sieve of Sieves; 0 means that none is.
	MinConfidence float64

	// Then are stages that run after the built-in ones, MinConfidence included. They may read and change all layers.
	Then []Stage
}

// Default returns the pipeline that the command quoth runs: sentences, entities, quotes and their speakers in English.
func Default() (*Pipeline, error) { return NewDefault(Options{}) }

// NewDefault returns the default pipeline with the parts that opt chooses and adds. Its stages are named segment,
// entities, quotes, attribution, then indirect and threshold if opt asks for them, then those of opt.Then.
func NewDefault(opt Options) (*Pipeline, error) {
	stages, set, err := untilQuotes(opt)
	if err != nil {
		return nil, err
	}
	ranker := opt.Ranker
	if ranker == nil {
		if ranker, err = attribution.Default(); err != nil {
			return nil, fmt.Errorf("embedded ranker: %w", err)
		}
	}
	if i := slices.Index(opt.Sieves, nil); i >= 0 {
		return nil, fmt.Errorf("sieve %d is nil; leave it out", i+1)
	}
	stages = append(stages, attribution.NewRanked(set, ranker, opt.Sieves...))
	if opt.Indirect {
		reports, err := indirect.New(set, opt.Reports)
		if err != nil {
			return nil, fmt.Errorf("indirect quotes: %w", err)
		}
		stages = append(stages, reports)
	}
	if opt.MinConfidence > 0 {
		stages = append(stages, attribution.NewThreshold(opt.MinConfidence))
	}
	return New(append(stages, opt.Then...)...)
}

// NewUnattributed returns the default pipeline up to the quotes, without their speakers: what attribution.Trainer
// learns from. It does not look at the options that concern later stages.
func NewUnattributed(opt Options) (*Pipeline, error) {
	stages, _, err := untilQuotes(opt)
	if err != nil {
		return nil, err
	}
	return New(stages...)
}

func untilQuotes(opt Options) ([]Stage, *rules.Set, error) {
	set := opt.Rules
	if set == nil {
		var err error
		if set, err = rules.English(); err != nil {
			return nil, nil, fmt.Errorf("embedded rules: %w", err)
		}
	}
	names, err := newEntities(set, opt)
	if err != nil {
		return nil, nil, fmt.Errorf("entities: %w", err)
	}
	judge := opt.Judge
	if judge == nil {
		if judge, err = quotes.Default(); err != nil {
			return nil, nil, fmt.Errorf("embedded judge: %w", err)
		}
	}
	return []Stage{segment.New(set), names, quotes.NewJudged(set, judge)}, set, nil
}

// newEntities returns the stage that finds names.
func newEntities(set *rules.Set, opt Options) (*entities.Stage, error) {
	recognizers := slices.Clone(opt.Recognizers)
	if opt.OnlyRecognizers && len(recognizers) == 0 {
		return nil, errors.New("no recognizer; give one in Recognizers or leave OnlyRecognizers false")
	}
	if !opt.OnlyRecognizers {
		builtIn, err := entities.BuiltIn(set, opt.Model)
		if err != nil {
			return nil, err
		}
		recognizers = append(recognizers, builtIn...)
	}
	names, err := entities.New(set, recognizers...)
	if err == nil && opt.UserList != nil {
		names = names.WithList(opt.UserList)
	}
	return names, err
}
