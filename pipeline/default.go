package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// Options choose the parts of the pipeline. The zero value gives the defaults.
type Options struct {
	// Rules are the linguistic rules; nil means the embedded ones for English.
	Rules *rules.Set
	// Recognizer is the name of what finds people, places and organizations; "" means the first of Recognizers.
	Recognizer string
	// UserList is a list of names that wins over what the recognizer finds; nil means none.
	UserList *entities.UserList
	// Model is the tagger of the default recognizer; nil means the embedded one.
	Model *crf.Model
	// Judge tells quotes from other words in quotation marks; nil means the embedded one.
	Judge *quotes.Judge
	// Ranker chooses the speakers; nil means the embedded one.
	Ranker *attribution.Ranker
	// Indirect adds indirect quotes: what somebody is reported to say without marks.
	Indirect bool
	// Reports weighs what may be an indirect quote; nil means the embedded model.
	Reports *attribution.ReportModel
	// MinConfidence is the confidence below which a speaker is withheld; 0 means that none is.
	MinConfidence float64
}

// Recognizers returns the names that Options.Recognizer may have, the default first.
func Recognizers() []string { return []string{"default", "prose"} }

// Default returns the pipeline that the command quoth runs: sentences, entities, quotes and their speakers in English.
func Default() (*Pipeline, error) { return NewDefault(Options{}) }

// NewDefault returns the default pipeline with the parts that opt chooses.
func NewDefault(opt Options) (*Pipeline, error) {
	stages, set, err := untilQuotes(opt)
	if err != nil {
		return nil, err
	}
	ranker := opt.Ranker
	if ranker == nil {
		if ranker, err = attribution.DefaultRanker(); err != nil {
			return nil, fmt.Errorf("embedded ranker: %w", err)
		}
	}
	stages = append(stages, attribution.NewRanked(set, ranker))
	if opt.Indirect {
		indirect, err := attribution.NewIndirect(set, opt.Reports)
		if err != nil {
			return nil, fmt.Errorf("indirect quotes: %w", err)
		}
		stages = append(stages, indirect)
	}
	if opt.MinConfidence > 0 {
		stages = append(stages, attribution.NewThreshold(opt.MinConfidence))
	}
	return New(stages...)
}

// NewUnattributed returns the default pipeline up to the quotes, without their speakers: what attribution.Trainer
// learns from.
func NewUnattributed(opt Options) (*Pipeline, error) {
	stages, _, err := untilQuotes(opt)
	if err != nil {
		return nil, err
	}
	return New(stages...)
}

func untilQuotes(opt Options) ([]Stage, *rules.Set, error) {
	if opt.Recognizer != "" && !slices.Contains(Recognizers(), opt.Recognizer) {
		return nil, nil, fmt.Errorf("no recognizer %s; take one of %s", opt.Recognizer, strings.Join(Recognizers(), ", "))
	}
	set := opt.Rules
	if set == nil {
		var err error
		if set, err = rules.English(); err != nil {
			return nil, nil, fmt.Errorf("embedded rules: %w", err)
		}
	}
	recognizers, err := recognizers(set, opt)
	if err != nil {
		return nil, nil, err
	}
	names, err := entities.New(set, recognizers...)
	if err != nil {
		return nil, nil, err
	}
	judge := opt.Judge
	if judge == nil {
		if judge, err = quotes.DefaultJudge(); err != nil {
			return nil, nil, fmt.Errorf("embedded judge: %w", err)
		}
	}
	return []Stage{segment.New(set), names, quotes.NewJudged(set, judge)}, set, nil
}

// recognizers returns what finds names.
func recognizers(set *rules.Set, opt Options) ([]entities.Recognizer, error) {
	var list []entities.Recognizer
	if opt.UserList != nil {
		list = append(list, opt.UserList)
	}
	if opt.Recognizer == "prose" {
		p, err := entities.NewProse()
		if err != nil {
			return nil, fmt.Errorf("recognizer prose: %w", err)
		}
		return append(list, p), nil
	}
	own, err := entities.Default(set, opt.Model)
	return append(list, own...), err
}
