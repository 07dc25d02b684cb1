package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
)

func trainEntitiesCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "entities",
		Usage:     "train the tagger of names",
		UsageText: "quoth train entities --train FILE [--dev FILE] -o MODEL [options]",
		Description: `Trains the tagger of people, places, organizations and other names. The same files and options give the same bytes.

A FILE is CoNLL: a token, a tab and a tag (B-PER, I-PER, O, …) on each line, a blank line between sentences and a line
-DOCSTART- before each document. If its name ends in .jsonl it is JSON Lines, an object a line, of one of these:
  {"tokens": ["Ada", "Moor", "left"], "tags": ["B-PER", "I-PER", "O"]}
  {"text": "Ada Moor left.", "entities": [{"start": 0, "end": 8, "type": "PER"}]}
with offsets in code points, which must fall on the bounds of quoth's own tokens; in a --loose file a name that does not
leaves its tokens unlabelled. The tag ? is for an unlabelled token, which may be anything.

After an epoch standard error shows the F1 on the --dev files, and the best epoch becomes the model; training stops when
--patience of them bring nothing better. Without --dev the last one becomes the model.

Examples:
  quoth train entities --train a.conll --train b.jsonl --dev dev.conll -o my.model
  quoth train entities --train web.conll --no-misc web.conll --seed 2 -o my.model
  quoth tag --model my.model < tokens.conll

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: trainFlags(
			&cli.StringSliceFlag{Name: "dev", Usage: "choose the best epoch by `FILE`; several with commas or again"},
			&cli.StringSliceFlag{Name: "no-misc", Usage: "names of type MISC are not annotated in `FILE`, one of the others"},
			&cli.StringSliceFlag{Name: "loose", Usage: "leave names in `FILE`, one of the others, that do not fit quoth's tokens unlabelled"},
			&cli.StringSliceFlag{Name: "without", Usage: "train on no document that holds an article of `FILE`, JSON Lines with a text each"},
			&cli.StringSliceFlag{Name: "weight", Usage: "count each sentence of a file to train on `FILE=W` times"},
			&cli.StringSliceFlag{Name: "clusters",
				Usage: "use the clusters of words in `FILE`: bit paths (.tsv), or words (.words.txt) with vectors of bytes beside it (_int8.bin)"},
			&cli.Float64Flag{Name: "recased",
				Usage:       "train also on a `SHARE` of the sentences written as headlines, in capitals and in lower case",
				DefaultText: "0"},
			&cli.IntFlag{Name: "epochs", Usage: "go `N` times over the data", DefaultText: "6"},
			&cli.IntFlag{Name: "patience", Usage: "stop after `N` measured epochs without a better F1", DefaultText: "3"},
			&cli.IntFlag{Name: "runs", Usage: "make the model the mean of `N` with seeds that follow each other", DefaultText: "1"},
			&cli.IntFlag{Name: "folds", Usage: "train the second pass on `N` parts; 1 for none", DefaultText: "3"},
			&cli.Float64Flag{Name: "rate", Usage: "begin with the learning rate `R`", DefaultText: "0.05"},
			&cli.Float64Flag{Name: "l2", Usage: "pull weights to zero with the strength `L`", DefaultText: "6"},
			&cli.Float64Flag{Name: "dropout", Usage: "leave a `SHARE` of the features out at random", DefaultText: "0.5"},
			&cli.Float64Flag{Name: "margin", Value: 1, Usage: "let wrong labels score `M` more in training than in use", DefaultText: "1"},
			&cli.IntFlag{Name: "cutoff", Usage: "leave out features met on fewer than `N` tokens", DefaultText: "2"},
			&cli.IntFlag{Name: "max-features", Usage: "keep at most `N` features", DefaultText: "400000"},
			&cli.IntFlag{Name: "threads", Usage: "work with `N` threads, which does not change the model", DefaultText: "2"},
		),
		Action: func(c *cli.Context) error { return trainEntities(c, std) },
	}
}

func trainEntities(c *cli.Context, std streams) error {
	if err := checkTraining(c, "train", strings.Join(c.StringSlice("train"), ",")); err != nil {
		return err
	}
	o, err := taggerOptions(c)
	if err != nil {
		return err
	}
	train, dev, err := trainingData(c, &o)
	if err != nil {
		return err
	}
	return writeModel(c, func() ([]byte, error) {
		type result struct {
			model []byte
			err   error
		}
		done := make(chan result, 1)
		go func() {
			model, err := crf.Train(o, train, dev, progressOf(c, std))
			done <- result{model, err}
		}()
		select {
		case r := <-done:
			if r.err != nil {
				return nil, &exitError{exitUsage, r.err}
			}
			return r.model, nil
		case <-c.Context.Done(): // training cannot be stopped, but it ends with the program
			return nil, interrupted(c.Context)
		}
	})
}

// taggerOptions checks the options of the training. Those that are not given are 0, which crf.Options takes for its defaults.
func taggerOptions(c *cli.Context) (crf.Options, error) {
	o := crf.Options{
		Seed: c.Uint64("seed"), Epochs: c.Int("epochs"), Patience: c.Int("patience"), Folds: c.Int("folds"), Runs: c.Int("runs"),
		Rate: c.Float64("rate"), L2: c.Float64("l2"), Dropout: c.Float64("dropout"), Margin: c.Float64("margin"),
		Cutoff: c.Int("cutoff"), MaxFeatures: c.Int("max-features"), Threads: c.Int("threads"),
	}
	for _, name := range []string{"epochs", "patience", "runs", "folds", "cutoff", "max-features", "threads"} {
		if !c.IsSet(name) {
			continue
		}
		if err := atLeast(c, 1, name); err != nil {
			return o, err
		}
	}
	for _, name := range []string{"recased", "dropout"} {
		if v := c.Float64(name); !(v >= 0 && v < 1) {
			return o, usage("--%s %g: take at least 0 and less than 1", name, v)
		}
	}
	if v := c.Float64("margin"); !(v >= 0 && v <= 100) {
		return o, usage("--margin %g: take at least 0 and at most 100", v)
	}
	for _, name := range []string{"rate", "l2", "dropout"} {
		if c.IsSet(name) && !(c.Float64(name) > 0) {
			return o, usage("--%s %g: take more than 0", name, c.Float64(name))
		}
	}
	return o, nil
}

// trainingData reads what the options name. Clusters become part of o.
func trainingData(c *cli.Context, o *crf.Options) (train, dev []crf.Dataset, err error) {
	set, err := loadRules("")
	if err != nil {
		return nil, nil, err
	}
	trainFiles, devFiles := c.StringSlice("train"), c.StringSlice("dev")
	sets, err := readNameSets(set, slices.Concat(trainFiles, devFiles), c.StringSlice("no-misc"), c.StringSlice("loose"))
	if err != nil {
		return nil, nil, &exitError{exitUsage, err}
	}
	train, dev = sets[:len(trainFiles):len(trainFiles)], sets[len(trainFiles):]
	held, err := readHeldOut(c.StringSlice("without"))
	if err != nil {
		return nil, nil, &exitError{exitUsage, err}
	}
	for i := range train {
		train[i] = crf.Rejoin(held.without(train[i]))
	}
	weights, err := trainWeights(c)
	if err != nil {
		return nil, nil, err
	}
	for i := range trainFiles {
		train[i].Weight = weights[i]
	}
	if share := c.Float64("recased"); share > 0 {
		for _, set := range train[:len(train):len(train)] {
			train = append(train, crf.Recase(set, share, o.Seed))
		}
	}
	for _, file := range c.StringSlice("clusters") {
		clusters, err := readClusters(file)
		if err != nil {
			return nil, nil, &exitError{exitUsage, err}
		}
		o.Clusterings = append(o.Clusterings, clusters)
	}
	return train, dev, nil
}

// readClusters reads a list of bit paths, or makes clusters of words and their vectors. A list without a capital letter
// stands for words in any case.
func readClusters(file string) (crf.Clustering, error) {
	f, err := os.Open(file)
	if err != nil {
		return crf.Clustering{}, err
	}
	defer f.Close()
	base, isWords := strings.CutSuffix(file, ".words.txt")
	if !isWords {
		clusters, err := crf.ReadPaths(f, file, false)
		clusters.Fold = allLower(clusters.Words)
		return clusters, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return crf.Clustering{}, err
	}
	vectors, err := os.ReadFile(base + "_int8.bin")
	if err != nil {
		return crf.Clustering{}, err
	}
	n := strings.Count(strings.TrimSuffix(string(text), "\n"), "\n") + 1
	words, rows, err := crf.ReadVectors(strings.NewReader(string(text)), strings.NewReader(string(vectors)), len(vectors)/n)
	if err != nil {
		return crf.Clustering{}, fmt.Errorf("%s: %w", file, err)
	}
	if len(rows) == 0 {
		return crf.Clustering{}, errors.New(filepath.Base(file) + ": no vectors; give as many bytes to each word")
	}
	return crf.Cluster(words, rows, len(vectors)/n, allLower(words), 1), nil
}

func allLower(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return w != strings.ToLower(w) })
}
