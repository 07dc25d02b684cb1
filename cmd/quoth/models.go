package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/prose"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"github.com/quoth-nlp/quoth/rules"
)

// pipelineFlags are the options of the commands that process articles: they choose the parts of the pipeline.
func pipelineFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "rules", Usage: "add the rules in the folder `DIR` to the built-in ones"},
		&cli.StringFlag{Name: "recognizer", Value: recognizers[0], Usage: "what finds names: `NAME` is one of " + strings.Join(recognizers, ", ")},
		&cli.StringFlag{Name: "model", Usage: "find names with the model in `FILE`, made by quoth train entities, and not with the built-in one"},
		&cli.StringFlag{Name: "judge",
			Usage: "tell quotes from other words in marks with the model in `FILE`, made by quoth train quotes, and not with the built-in one"},
		&cli.StringFlag{Name: "ranker", Usage: "choose speakers with the model in `FILE`, made by quoth train attribution, and not with the built-in one"},
		gazetteerFlag(),
	}
}

// pipelineOptions checks the options of pipelineFlags, and --indirect and --min-confidence where a command has them, and
// loads what they name. Rules is never nil.
func pipelineOptions(c *cli.Context) (pipeline.Options, error) {
	opt := pipeline.Options{Indirect: c.Bool("indirect"), MinConfidence: c.Float64("min-confidence")}
	var err error
	if opt.Rules, err = loadRules(c.String("rules")); err != nil {
		return opt, err
	}
	return opt, modelsOf(c, &opt)
}

// toolOf is what records say of the program that made them.
func toolOf(p *pipeline.Pipeline, set *rules.Set) output.Tool {
	return output.Tool{Name: "quoth", Version: buildInfo().Version, RulesSHA256: output.Optional(set.SHA256()),
		Model: output.Optional(strings.Join(p.Models(), "+"))}
}

// loadRules returns the built-in rules with those in the folder; "" stands for no folder.
func loadRules(folder string) (*rules.Set, error) {
	set, err := rules.English()
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("internal error: embedded rules: %w", err)}
	}
	if folder == "" {
		return set, nil
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, usage("--rules %s: no such folder", folder)
	}
	if set, err = set.With(os.DirFS(folder)); err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("--rules %s:\n%w", folder, err)}
	}
	return set, nil
}

func gazetteerFlag() cli.Flag {
	return &cli.StringFlag{Name: "gazetteer", Usage: "names of your own in `FILE` (.tsv or .csv: name, type, canonical name if any) win over all others"}
}

// optionFile returns the content of the file that an option names.
func optionFile(option, file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("--%s %w", option, withoutOperation(err))
	}
	return data, nil
}

// loadModel returns the model in the file, or the embedded one if file is "".
func loadModel(file string) (*crf.Model, error) {
	if file != "" {
		return openModel("model", file, crf.Open)
	}
	m, err := crf.Default()
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("internal error: embedded model: %w", err)}
	}
	return m, nil
}

// openModel returns the model in the file that the option names; it is nil if file is "".
func openModel[M any](option, file string, open func(data []byte) (*M, error)) (*M, error) {
	if file == "" {
		return nil, nil
	}
	data, err := optionFile(option, file)
	if err != nil {
		return nil, err
	}
	m, err := open(data)
	if err != nil {
		return nil, usage("--%s %s: %w", option, file, err)
	}
	return m, nil
}

func indirectModelFlag() cli.Flag {
	return &cli.StringFlag{Name: "indirect-model",
		Usage: "with --indirect, weigh indirect quotes with the model in `FILE`, made by quoth train indirect, and not with the built-in one"}
}

// recognizers are the values of --recognizer, the default first.
var recognizers = []string{"default", "prose"}

func checkRecognizer(name string) error {
	if !slices.Contains(recognizers, name) {
		return usage("--recognizer %s: no such recognizer; take one of %s", name, strings.Join(recognizers, ", "))
	}
	return nil
}

// modelsOf puts what the options say about models and names into opt.
func modelsOf(c *cli.Context, opt *pipeline.Options) (err error) {
	recognizer := c.String("recognizer")
	if err := checkRecognizer(recognizer); err != nil {
		return err
	}
	if recognizer == "prose" {
		if c.String("model") != "" {
			return usage("--model goes with --recognizer default; leave one out")
		}
		if err := onlyProse(opt); err != nil {
			return err
		}
	}
	if opt.Model, err = openModel("model", c.String("model"), crf.Open); err != nil {
		return err
	}
	if opt.Judge, err = openModel("judge", c.String("judge"), quotes.Open); err != nil {
		return err
	}
	if c.String("indirect-model") != "" && !opt.Indirect {
		return usage("--indirect-model goes with --indirect; add it, or leave the model out")
	}
	if opt.Reports, err = openModel("indirect-model", c.String("indirect-model"), indirect.Open); err != nil {
		return err
	}
	if opt.Ranker, err = openModel("ranker", c.String("ranker"), attribution.Open); err != nil {
		return err
	}
	opt.UserList, err = loadUserList(c.String("gazetteer"))
	return err
}

// onlyProse makes prose the only recognizer.
func onlyProse(opt *pipeline.Options) error {
	r, err := prose.New()
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("recognizer prose: %w", err)}
	}
	opt.Recognizers, opt.OnlyRecognizers = []entities.Recognizer{r}, true
	return nil
}

// loadUserList reads the list in the file; it is nil if file is "".
func loadUserList(file string) (*entities.UserList, error) {
	if file == "" {
		return nil, nil
	}
	data, err := optionFile("gazetteer", file)
	if err != nil {
		return nil, err
	}
	list, err := entities.LoadUserList(bytes.NewReader(data), file)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return list, nil
}
