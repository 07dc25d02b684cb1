package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/eval"
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// evalCommand measures the pipeline against gold annotation.
func evalCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "measure quoth against hand-annotated articles",
		UsageText: "quoth eval [options]",
		Description: `Measures the built-in gold articles and the cases of the built-in taxonomy of quotation. Every figure is a share in
percent, with the margin of its 95 % interval.

Examples:
  quoth eval
  quoth eval --by-rule --errors 5
  quoth eval --gold my/gold --min floors.yaml
  quoth eval entities --gold names.conll      the tagger of names, on tokens

Exit codes:
  0 all done, 1 a figure is below its floor, 2 wrong call, gold, rules or floors, 3 some articles failed, 4 the output could not be written`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "gold",
				Usage: "measure the *.txtar articles in the folder `PATH`, or the quotations in a .jsonl file, instead of what is built in"},
			&cli.StringFlag{Name: "names", Usage: "read the canonical speakers for a .jsonl gold from `FILE`"},
			boolFlag("taxonomy", "measure the taxonomy: alone, or with --gold beside it"),
			boolFlag("indirect", "extract indirect quotes and measure them too"),
			boolFlag("by-rule", "show how each rule did"),
			boolFlag("slices", "show the figures by source, year, kind of marks and kind of mention"),
			boolFlag("calibration", "show how far confidences hold, and what is left above each"),
			errorsFlag(),
			textOrJSONFlag(""),
			&cli.StringFlag{Name: "min", Usage: "compare the figures with the floors in the YAML `FILE`"},
			indirectModelFlag(),
		}, pipelineFlags()...),
		Subcommands:     []*cli.Command{evalEntitiesCommand(std)},
		HideHelpCommand: true,
		Action:          func(c *cli.Context) error { return evaluate(c, std) },
	}
}

func evaluate(c *cli.Context, std streams) error {
	if c.Args().Present() {
		return usage("eval takes no arguments; name the gold with --gold %s", c.Args().First())
	}
	asJSON, err := wantsJSON(c)
	if err != nil {
		return err
	}
	if err := atLeast(c, 0, "errors"); err != nil {
		return err
	}
	file := c.String("min")
	floors, err := readFloors(file)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	articles, cases, err := loadGold(c.String("gold"), c.String("names"), c.Bool("taxonomy"))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	parts, err := pipelineOptions(c)
	if err != nil {
		return err
	}
	p, err := pipeline.NewDefault(parts)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	m := measurement{ctx: c.Context, p: p, keep: c.Int("errors"), indirect: parts.Indirect, stderr: std.err}
	report, err := m.run(articles, cases)
	if err != nil {
		return interrupted(c.Context)
	}
	if err := writeReport(c, std, report, asJSON); err != nil {
		return err
	}
	below, err := report.Below(floors)
	switch {
	case err != nil:
		return &exitError{exitUsage, prefixed(file, err)}
	case len(below) > 0:
		return &exitError{exitFindings, errors.New(strings.Join(below, "\n"))}
	case m.failed > 0:
		return &exitError{exitPartial, fmt.Errorf("articles that failed and were measured as empty: %d", m.failed)}
	}
	return nil
}

func writeReport(c *cli.Context, std streams, report *eval.Report, asJSON bool) error {
	var err error
	if asJSON {
		err = report.JSON(std.out)
	} else {
		err = report.Text(std.out, eval.Parts{Rules: c.Bool("by-rule"), Slices: c.Bool("slices"), Calibration: c.Bool("calibration")})
	}
	if err != nil {
		return writeError("standard output", err)
	}
	return nil
}

func readFloors(file string) ([]eval.Floor, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	floors, err := eval.ReadFloors(data)
	if err != nil {
		return nil, prefixed(file, err)
	}
	return floors, nil
}

// prefixed names the file in each of several joined errors.
func prefixed(file string, err error) error {
	return errors.New(file + ": " + strings.ReplaceAll(err.Error(), "\n", "\n"+file+": "))
}

// loadGold returns what is to be measured: what the options name, or all that is built in.
func loadGold(path, names string, taxonomy bool) (articles []gold.Article, cases []gold.Case, err error) {
	isJSONL := strings.HasSuffix(path, ".jsonl")
	switch {
	case names != "" && !isJSONL:
		return nil, nil, errors.New("--names goes with a .jsonl gold; give it with --gold")
	case isJSONL:
		articles, err = loadJSONL(path, names)
	case path != "":
		if articles, err = gold.Load(os.DirFS(path)); err != nil {
			err = prefixed(path, err)
		}
	case !taxonomy:
		articles, err = gold.Embedded()
	}
	if err == nil && (taxonomy || path == "") {
		cases, err = gold.Taxonomy()
	}
	return articles, cases, err
}

func loadJSONL(path string, names ...string) ([]gold.Article, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var speakers bytes.Buffer
	for _, file := range names {
		if file == "" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		speakers.Write(append(data, '\n'))
	}
	articles, err := gold.ReadJSONL(bytes.NewReader(data), &speakers)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return articles, nil
}

// A measurement runs the pipeline over gold texts and scores the documents.
type measurement struct {
	ctx  context.Context
	p    *pipeline.Pipeline
	keep int
	// indirect says that indirect quotes are scored.
	indirect bool
	stderr   io.Writer
	failed   int
}

func (m *measurement) run(articles []gold.Article, cases []gold.Case) (*eval.Report, error) {
	report := &eval.Report{}
	scorer, indirect := eval.NewScorer(m.keep), eval.NewIndirectScorer(m.keep)
	var docs []*annot.Document
	for i := range articles {
		docs = append(docs, annot.New(articles[i].Name, articles[i].Text))
	}
	err := m.process(docs, func(i int) {
		scorer.Add(&articles[i], docs[i])
		if m.indirect {
			indirect.Add(&articles[i], docs[i])
		}
	})
	if err != nil {
		return nil, err
	}
	if len(articles) > 0 {
		scorer.Report(report)
		if m.indirect {
			indirect.Report(report)
		}
	}
	taxonomy := eval.NewTaxonomyScorer(m.keep)
	docs = nil
	var text []gold.Case
	for _, c := range cases {
		if c.HTML {
			taxonomy.Skip()
			continue
		}
		text = append(text, c)
		docs = append(docs, annot.New(c.ID, c.Text))
	}
	if err := m.process(docs, func(i int) { taxonomy.Add(&text[i], docs[i]) }); err != nil {
		return nil, err
	}
	if len(cases) > 0 {
		taxonomy.Report(report)
	}
	return report, nil
}

// process annotates the documents in parallel and calls score in their order. A document that fails is reported and
// left without annotation, so that its gold counts as missed.
func (m *measurement) process(docs []*annot.Document, score func(i int)) error {
	i := 0
	return pipeline.Run(m.ctx, slices.Values(docs), 0, m.p.Process, func(err error) error {
		if err != nil {
			m.failed++
			fmt.Fprintf(m.stderr, "quoth: %s: %v\n", docs[i].ID, err)
			*docs[i] = *annot.New(docs[i].ID, docs[i].Text)
		}
		score(i)
		i++
		return nil
	})
}
