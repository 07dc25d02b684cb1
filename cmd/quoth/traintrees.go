package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/boost"
)

// treeFlags are the options of the commands that train boosted trees on annotated articles, with those of one command.
func treeFlags(defaults boost.Options, more ...cli.Flag) []cli.Flag {
	return append(trainFlags(
		&cli.StringSliceFlag{Name: "weight", Usage: "count each quote of a file to train on `FILE=W` times"},
		&cli.IntFlag{Name: "trees", Value: defaults.Trees, Usage: "grow `N` trees"},
		&cli.IntFlag{Name: "leaves", Value: defaults.Leaves, Usage: "of at most `N` leaves"},
		&cli.Float64Flag{Name: "rate", Value: defaults.Rate, Usage: "shrink each by the rate `R`"},
		&cli.IntFlag{Name: "runs", Value: defaults.Runs, Usage: "make the model the mean of `N` with seeds that follow each other"},
		&cli.IntFlag{Name: "folds", Value: 5, Usage: "judge how sure the model is on `N` parts of the articles"},
	), more...)
}

// trainTrees checks the options of treeFlags and writes the model that train makes.
func trainTrees(c *cli.Context, std streams, train func(o boost.Options, progress io.Writer) ([]byte, error)) error {
	if err := checkTraining(c, "train", strings.Join(c.StringSlice("train"), ",")); err != nil {
		return err
	}
	o := boost.Options{Trees: c.Int("trees"), Leaves: c.Int("leaves"), Rate: c.Float64("rate"), Runs: c.Int("runs"), Seed: c.Uint64("seed")}
	tooSmall := o.Trees < 1 || o.Runs < 1 || o.Leaves < 2 || c.Int("folds") < 2
	if tooSmall || !(o.Rate > 0) {
		return usage("take at least 1 tree, 1 run, 2 leaves, 2 folds and a rate above 0")
	}
	return writeModel(c, func() ([]byte, error) { return train(o, progressOf(c, std)) })
}

// eachFile reads the files that --train names, with the names of speakers of --names, and calls learn with the articles of each
// and how much they count.
func eachFile(c *cli.Context, progress io.Writer, learn func(file string, weight float64, articles []gold.Article) error) error {
	weights, err := trainWeights(c)
	if err != nil {
		return err
	}
	for i, file := range c.StringSlice("train") {
		articles, err := loadJSONL(file, c.StringSlice("names")...)
		if err != nil {
			return &exitError{exitUsage, err}
		}
		if err := learn(file, weights[i], articles); err != nil {
			if c.Context.Err() != nil {
				return interrupted(c.Context)
			}
			return err
		}
		fmt.Fprintf(progress, "%s: %d articles\n", file, len(articles))
	}
	return nil
}
