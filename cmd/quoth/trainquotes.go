package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func trainQuotesCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "quotes",
		Usage:     "train the choice between quotes and other words in quotation marks",
		UsageText: "quoth train quotes --train FILE -o MODEL [options]",
		Description: `Trains the judge that tells somebody's words from scare quotes, titles and terms where the rules are not certain. The
same files and options give the same bytes.

A FILE is JSON Lines, an article a line, with its quotes, marks included:
  {"id": "a1", "text": "“It held,” Ada Moor said.", "quotes": [{"start": 0, "end": 10, "kind": "direct"}]}
with offsets in code points. All other words in marks teach what is none, but for those in the regions of "discard", a list
of pairs of offsets, and those in "not_quotes", a list of objects with start, end and why, that are generic or a sign. Quotes of
kind indirect count as quotes: what stands in marks inside is somebody's words. --names takes files with the quotes and the
not_quotes of articles without any; of such articles no other words in marks teach.

Standard error shows the precision and the recall of the rules alone, and of judges on articles that they were not trained
with, on all stretches between marks. The judge calls quotes as many as --precision allows there.

Examples:
  quoth train quotes --train quotes.jsonl -o my.judge
  quoth eval --gold more.jsonl --judge my.judge

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: treeFlags(boost.Options{Trees: 400, Leaves: 12, Rate: 0.03, Runs: 1},
			&cli.StringSliceFlag{Name: "names", Usage: "take the quotes of articles without any from `FILE`"},
			&cli.Float64Flag{Name: "precision", Value: 0.964, Usage: "let at least the share `P` of what is called a quote be one"}),
		Action: func(c *cli.Context) error { return trainQuotes(c, std) },
	}
}

func trainQuotes(c *cli.Context, std streams) error {
	precision := c.Float64("precision")
	if !(precision > 0 && precision < 1) {
		return usage("--precision %g: take more than 0 and less than 1", precision)
	}
	return trainTrees(c, std, func(o boost.Options, progress io.Writer) ([]byte, error) {
		set, err := loadRules("")
		if err != nil {
			return nil, err
		}
		segmenter, trainer := segment.New(set), quotes.NewTrainer(set)
		err = eachFile(c, progress, func(file string, weight float64, articles []gold.Article) error {
			for _, a := range articles {
				if err := c.Context.Err(); err != nil {
					return err
				}
				d := annot.New(a.Name, a.Text)
				if err := segmenter.Process(d); err != nil {
					return fmt.Errorf("%s, article %s: %w", file, a.Name, err)
				}
				trainer.Add(d, spansOf(a), slices.Concat(a.Discard, unknown(a, d.Marked)), weight)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		model, outcome, err := trainer.Train(o, c.Int("folds"), precision)
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		fmt.Fprintf(progress, "stretches that the rules are not certain of: %d\n", outcome.Doubtful)
		for _, by := range []struct {
			name  string
			tally quotes.Tally
		}{{"rules", outcome.Rules}, {"judge", outcome.Judge}} {
			fmt.Fprintf(progress, "%s: precision %.1f %%, recall %.1f %%\n", by.name, 100*by.tally.Precision(), 100*by.tally.Recall())
		}
		return model, nil
	})
}

// unknown lists the stretches between marks of which a sampled article does not say whether they are quotes.
func unknown(a gold.Article, marked []annot.Marked) (list []annot.Span) {
	if !a.Sampled {
		return nil
	}
	known := spansOf(a)
	for _, s := range a.Spans {
		known = append(known, s.Span)
	}
	for _, m := range marked {
		if !slices.ContainsFunc(known, m.Overlaps) {
			list = append(list, m.Span)
		}
	}
	return list
}

// spansOf lists the spans of the article's quotes.
func spansOf(a gold.Article) (list []annot.Span) {
	for _, q := range a.Quotes {
		list = append(list, q.Span())
	}
	return list
}
