package main

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// trainCommand makes models.
func trainCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:            "train",
		Usage:           "train a model on annotated text",
		UsageText:       "quoth train entities|quotes|attribution|indirect [options]",
		Subcommands:     []*cli.Command{trainEntitiesCommand(std), trainQuotesCommand(std), trainAttributionCommand(std), trainIndirectCommand(std)},
		HideHelpCommand: true,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("no model %s; take entities, quotes, attribution or indirect", c.Args().First())
			}
			return helpAndFail(c, std)
		},
	}
}

// trainFlags are the options of the commands that train models on annotated files, with those of one command.
func trainFlags(more ...cli.Flag) []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "train", Usage: "train on `FILE`; several with commas or again"},
		outputFlag("write the model to `FILE`"),
		forceFlag("the model if it exists"),
		&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "draw with the seed `N`"},
		quietFlag("show no progress"),
	}, more...)
}

// checkTraining checks that there are data, and a place for the model. data is the option that names the data.
func checkTraining(c *cli.Context, data, files string) error {
	switch {
	case c.Args().Present():
		return usage("train %s takes no arguments; name the data with --%s %s", c.Command.Name, data, c.Args().First())
	case files == "":
		return usage("no data; name annotated files with --%s", data)
	case c.String("output") == "":
		return usage("no place for the model; name a file with --output")
	}
	return nil
}

// trainWeights returns how much each file that --train names counts: what --weight says, or 1.
func trainWeights(c *cli.Context) ([]float64, error) {
	files := c.StringSlice("train")
	weights := slices.Repeat([]float64{1}, len(files))
	for _, arg := range c.StringSlice("weight") {
		file, text, _ := strings.Cut(arg, "=")
		weight, err := strconv.ParseFloat(text, 64)
		i := slices.Index(files, file)
		if err != nil || !(weight > 0 && weight <= 1000) || i < 0 {
			return nil, usage("--weight %s: write FILE=W, with one of the files to train on and a number above 0", arg)
		}
		weights[i] = weight
	}
	return weights, nil
}

// progressOf is what training shows progress on.
func progressOf(c *cli.Context, std streams) io.Writer {
	if c.Bool("quiet") {
		return io.Discard
	}
	return std.err
}

// writeModel makes the file that --output names with what train returns. Nothing is left of it if train fails.
func writeModel(c *cli.Context, train func() ([]byte, error)) error {
	out, err := create(c.String("output"), c.Bool("force"))
	if err != nil {
		return err
	}
	defer out.discard()
	model, err := train()
	if err != nil {
		return err
	}
	if _, err := out.Write(model); err != nil {
		return err
	}
	return out.commit()
}
