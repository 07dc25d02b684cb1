package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/boost"
)

// treeFlags are the options of the commands that train boosted trees on annotated articles, and more of one's own.
func treeFlags(defaults boost.Options, more ...cli.Flag) []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "train", Usage: "train on `FILE`; several with commas or again"},
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the model to `FILE`"},
		&cli.BoolFlag{Name: "force", Usage: "replace the model if it exists", DisableDefaultText: true},
		&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "draw with the seed `N`"},
		&cli.IntFlag{Name: "trees", Value: defaults.Trees, Usage: "grow `N` trees"},
		&cli.IntFlag{Name: "leaves", Value: defaults.Leaves, Usage: "of at most `N` leaves"},
		&cli.Float64Flag{Name: "rate", Value: defaults.Rate, Usage: "shrink each by the rate `R`"},
		&cli.IntFlag{Name: "runs", Value: defaults.Runs, Usage: "make the model the mean of `N` with seeds that follow each other"},
		&cli.IntFlag{Name: "folds", Value: 5, Usage: "judge how sure the model is on `N` parts of the articles"},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show no progress", DisableDefaultText: true},
	}, more...)
}

// trainTrees checks the options of treeFlags and writes the model that train makes.
func trainTrees(c *cli.Context, std streams, train func(o boost.Options, progress io.Writer) ([]byte, error)) error {
	file := c.String("output")
	switch {
	case c.Args().Present():
		return usage("train %s takes no arguments; name the data with --train %s", c.Command.Name, c.Args().First())
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
	model, err := train(boost.Options{Trees: c.Int("trees"), Leaves: c.Int("leaves"), Rate: c.Float64("rate"), Runs: c.Int("runs"), Seed: c.Uint64("seed")}, progress)
	if err != nil {
		return err
	}
	if _, err := out.Write(model); err != nil {
		return err
	}
	return out.commit()
}

// eachFile reads the files that --train names and calls learn with the articles of each.
func eachFile(c *cli.Context, progress io.Writer, learn func(file string, articles []gold.Article) error) error {
	for _, file := range c.StringSlice("train") {
		articles, err := loadJSONL(file, "")
		if err != nil {
			return &exitError{exitUsage, err}
		}
		if err := learn(file, articles); err != nil {
			if c.Context.Err() != nil {
				return interrupted(c.Context)
			}
			return err
		}
		fmt.Fprintf(progress, "%s: %d articles\n", file, len(articles))
	}
	return nil
}
