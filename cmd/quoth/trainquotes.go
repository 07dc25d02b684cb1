package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/gold"
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
of pairs of offsets. Quotes of kind indirect count as quotes: what stands in marks inside is somebody's words.

Standard error shows the precision and the recall of the rules alone, and of judges on articles that they were not trained
with, on all stretches between marks. The judge calls quotes as many as --precision allows there.

Examples:
  quoth train quotes --train quotes.jsonl -o my.judge
  quoth eval --gold more.jsonl --judge my.judge

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "train", Usage: "train on `FILE`; several with commas or again"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the model to `FILE`"},
			&cli.BoolFlag{Name: "force", Usage: "replace the model if it exists", DisableDefaultText: true},
			&cli.Float64Flag{Name: "precision", Value: 0.964, Usage: "let at least the share `P` of what is called a quote be one"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "draw with the seed `N`"},
			&cli.IntFlag{Name: "trees", Value: 400, Usage: "grow `N` trees"},
			&cli.IntFlag{Name: "leaves", Value: 12, Usage: "of at most `N` leaves"},
			&cli.Float64Flag{Name: "rate", Value: 0.03, Usage: "shrink each by the rate `R`"},
			&cli.IntFlag{Name: "folds", Value: 5, Usage: "set the threshold on `N` parts of the articles"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show no progress", DisableDefaultText: true},
		},
		Action: func(c *cli.Context) error { return trainQuotes(c, std) },
	}
}

func trainQuotes(c *cli.Context, std streams) error {
	file, precision := c.String("output"), c.Float64("precision")
	switch {
	case c.Args().Present():
		return usage("train quotes takes no arguments; name the data with --train %s", c.Args().First())
	case len(c.StringSlice("train")) == 0:
		return usage("no data; name annotated files with --train")
	case file == "":
		return usage("no place for the model; name a file with --output")
	case c.Int("trees") < 1 || c.Int("leaves") < 2 || c.Int("folds") < 2 || !(c.Float64("rate") > 0):
		return usage("take at least 1 tree, 2 leaves, 2 folds and a rate above 0")
	case !(precision > 0 && precision < 1):
		return usage("--precision %g: take more than 0 and less than 1", precision)
	}
	out, err := create(file, c.Bool("force"))
	if err != nil {
		return err
	}
	defer out.discard()
	progress := std.err
	if c.Bool("quiet") {
		progress = io.Discard
	}
	trainer, err := stretchesToLearn(c, progress)
	if err != nil {
		return err
	}
	o := boost.Options{Trees: c.Int("trees"), Leaves: c.Int("leaves"), Rate: c.Float64("rate"), Seed: c.Uint64("seed")}
	model, outcome, err := trainer.Train(o, c.Int("folds"), precision)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	fmt.Fprintf(progress, "stretches that the rules are not certain of: %d\n", outcome.Doubtful)
	for _, by := range []struct {
		name  string
		tally quotes.Tally
	}{{"rules", outcome.Rules}, {"judge", outcome.Judge}} {
		fmt.Fprintf(progress, "%s: precision %.1f %%, recall %.1f %%\n", by.name, 100*by.tally.Precision(), 100*by.tally.Recall())
	}
	if _, err := out.Write(model); err != nil {
		return err
	}
	return out.commit()
}

// stretchesToLearn segments the articles that the options name.
func stretchesToLearn(c *cli.Context, progress io.Writer) (*quotes.Trainer, error) {
	set, err := loadRules("")
	if err != nil {
		return nil, err
	}
	segmenter, trainer := segment.New(set), quotes.NewTrainer(set)
	for _, file := range c.StringSlice("train") {
		articles, err := loadJSONL(file, "")
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		for _, a := range articles {
			if c.Context.Err() != nil {
				return nil, interrupted(c.Context)
			}
			d := annot.New(a.Name, a.Text)
			if err := segmenter.Process(d); err != nil {
				return nil, fmt.Errorf("%s, article %s: %w", file, a.Name, err)
			}
			trainer.Add(d, spansOf(a), a.Discard)
		}
		fmt.Fprintf(progress, "%s: %d articles\n", file, len(articles))
	}
	return trainer, nil
}

// spansOf lists the spans of the article's quotes.
func spansOf(a gold.Article) (list []annot.Span) {
	for _, q := range a.Quotes {
		list = append(list, q.Span())
	}
	return list
}
