package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/gold"
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func trainAttributionCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "attribution",
		Usage:     "train the choice of speakers",
		UsageText: "quoth train attribution --train FILE -o MODEL [options]",
		Description: `Trains the ranker that chooses the speaker of each quote among the candidates. The same files and options give the
same bytes.

A FILE is JSON Lines, an article a line, with its quotes, marks included, and the words that stand for their speakers:
  {"id": "a1", "text": "“It held,” Ada Moor said.", "quotes": [{"start": 0, "end": 10, "kind": "direct",
   "speaker": {"start": 11, "end": 19}}]}
with offsets in code points. Quotes of kind indirect teach nothing yet; a quote without a speaker teaches that there is none.

Standard error shows how many quotes there are, how often the right speaker is among the candidates, and how often the
ranker and the sieves alone choose it on articles that the ranker was not trained with.

Examples:
  quoth train attribution --train quotes.jsonl -o my.ranker
  quoth eval --gold more.jsonl --ranker my.ranker

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "train", Usage: "train on `FILE`; several with commas or again"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the model to `FILE`"},
			&cli.BoolFlag{Name: "force", Usage: "replace the model if it exists", DisableDefaultText: true},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "draw with the seed `N`"},
			&cli.IntFlag{Name: "trees", Value: 200, Usage: "grow `N` trees"},
			&cli.IntFlag{Name: "leaves", Value: 8, Usage: "of at most `N` leaves"},
			&cli.Float64Flag{Name: "rate", Value: 0.06, Usage: "shrink each by the rate `R`"},
			&cli.IntFlag{Name: "runs", Value: 3, Usage: "make the model the mean of `N` with seeds that follow each other"},
			&cli.IntFlag{Name: "folds", Value: 5, Usage: "fit the confidences on `N` parts of the articles"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show no progress", DisableDefaultText: true},
		},
		Action: func(c *cli.Context) error { return trainAttribution(c, std) },
	}
}

func trainAttribution(c *cli.Context, std streams) error {
	file := c.String("output")
	switch {
	case c.Args().Present():
		return usage("train attribution takes no arguments; name the data with --train %s", c.Args().First())
	case len(c.StringSlice("train")) == 0:
		return usage("no data; name annotated files with --train")
	case file == "":
		return usage("no place for the model; name a file with --output")
	case c.Int("trees") < 1 || c.Int("runs") < 1 || c.Int("leaves") < 2 || c.Int("folds") < 2 || !(c.Float64("rate") > 0):
		return usage("take at least 1 tree, 1 run, 2 leaves, 2 folds and a rate above 0")
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
	trainer, err := quotesToLearn(c, progress)
	if err != nil {
		return err
	}
	o := boost.Options{Trees: c.Int("trees"), Leaves: c.Int("leaves"), Rate: c.Float64("rate"), Runs: c.Int("runs"), Seed: c.Uint64("seed")}
	model, outcome, err := trainer.Train(o, c.Int("folds"))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(outcome.Quotes) }
	fmt.Fprintf(progress, "quotes %d: the right speaker is among the candidates of %.1f %%; right by the sieves %.1f %%, by the ranker %.1f %%\n",
		outcome.Quotes, share(outcome.Possible), share(outcome.Sieves), share(outcome.Right))
	if _, err := out.Write(model); err != nil {
		return err
	}
	return out.commit()
}

// quotesToLearn runs the stages before attribution over the articles that the options name.
func quotesToLearn(c *cli.Context, progress io.Writer) (*attribution.Trainer, error) {
	set, err := loadRules("")
	if err != nil {
		return nil, err
	}
	p, err := pipeline.NewUnattributed(pipeline.Options{Rules: set})
	if err != nil {
		return nil, err
	}
	trainer := attribution.NewTrainer(set)
	for _, file := range c.StringSlice("train") {
		articles, err := loadJSONL(file, "")
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		var docs []*annot.Document
		for _, a := range articles {
			docs = append(docs, annot.New(a.Name, a.Text))
		}
		i := 0
		err = pipeline.Run(c.Context, slices.Values(docs), 0, p.Process, func(err error) error {
			if err != nil {
				return fmt.Errorf("%s, article %s: %w", file, docs[i].ID, err)
			}
			trainer.Add(docs[i], known(articles[i]))
			i++
			return nil
		})
		if err != nil {
			return nil, interruptedOr(c, err)
		}
		fmt.Fprintf(progress, "%s: %d articles\n", file, len(articles))
	}
	return trainer, nil
}

// interruptedOr returns err, or that the user stopped the program.
func interruptedOr(c *cli.Context, err error) error {
	if c.Context.Err() != nil {
		return interrupted(c.Context)
	}
	return err
}

// known lists the quotes of the article whose speakers are annotated.
func known(a gold.Article) (list []attribution.Known) {
	for _, q := range a.Quotes {
		if q.Kind != annot.Indirect {
			list = append(list, attribution.Known{Span: q.Span(), Mention: q.Speaker.Mention})
		}
	}
	return list
}
