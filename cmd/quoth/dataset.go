package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/quoth-nlp/quoth/corpus/records/dataset"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func datasetCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "dataset",
		Usage:     "write a data set of tables from records",
		UsageText: "quoth dataset [options] RUN -o DIR",
		Description: `RUN is a folder with documents.jsonl (and errors.jsonl), a file of records in JSON Lines or JSON as extract writes
them, or - for standard input. DIR gets a table each for documents, sentences, entities, mentions, quotes and what else
the records hold, with datapackage.json and a data card, README.md. It appears under its name when it is complete.

Examples:
  quoth dataset run/ -o set/
  quoth dataset --format csv,parquet,sqlite run/ -o set/
  quoth extract news/ | quoth dataset - -o set/
  quoth dataset --text none --about about.yaml run/ -o public/
  quoth dataset --excel run/ -o sheets/
  duckdb -c "SELECT speaker_name, count(*) FROM 'set/quotes.parquet' GROUP BY ALL ORDER BY ALL"

Exit codes:
  0 all done, 2 wrong call or a record at fault, 4 the data set could not be written`,
		Flags: []cli.Flag{
			outputFlag("write the data set to the folder `DIR`"),
			&cli.StringSliceFlag{Name: "format", Aliases: []string{"f"},
				Usage:       "write these `FORMATS`, several with commas: " + strings.Join(dataset.FormatNames(), ", "),
				DefaultText: "csv"},
			boolFlag("excel", "write CSV for spreadsheets: byte order mark, CRLF, ' before what would be a formula"),
			textFlag(),
			&cli.StringFlag{Name: "offsets", Usage: "convert offsets to this `UNIT`: codepoint, byte or utf16", DefaultText: "the records'"},
			&cli.StringFlag{Name: "about", Usage: "take title, licences, creators and sources from `FILE` in YAML"},
			&cli.StringFlag{Name: "created", Usage: "tell this `TIME` of creation in datapackage.json, as in 2026-01-31T12:00:00Z", DefaultText: "none"},
			forceFlag("the data set if it exists"),
			quietFlag("show no summary"),
		},
		Action: func(c *cli.Context) error {
			switch {
			case c.NArg() > 1:
				return usage("dataset takes one RUN, not %d", c.NArg())
			case c.NArg() == 0 && term.IsTerminal(int(std.in.Fd())):
				return helpAndFail(c, std)
			case c.NArg() == 0:
				return usage("no RUN; name a folder or a file of records, or - for standard input")
			case c.String("output") == "":
				return usage("no folder for the data set; name one with -o DIR")
			}
			opt, err := datasetOptions(c)
			if err != nil {
				return err
			}
			return writeDataset(c, std, opt)
		},
	}
}

// datasetOptions checks the options.
func datasetOptions(c *cli.Context) (dataset.Options, error) {
	opt := dataset.Options{Excel: c.Bool("excel"), Force: c.Bool("force"), Created: c.String("created"), ToolVersion: buildInfo().Version}
	var err error
	if opt.Formats, err = dataset.ParseFormats(c.StringSlice("format")); err != nil {
		return opt, usage("--format: %w", err)
	}
	if opt.Excel && len(opt.Formats) > 0 && opt.Formats[0] != dataset.CSVFiles {
		return opt, usage("--excel goes with --format csv; add it")
	}
	if opt.Text, err = textMode(c); err != nil {
		return opt, err
	}
	if c.String("offsets") != "" {
		unit, err := offsetUnit(c)
		if err != nil {
			return opt, err
		}
		opt.Offsets = &unit
	}
	if _, err := time.Parse(time.RFC3339, opt.Created); opt.Created != "" && err != nil {
		return opt, usage("--created %s: no time; write it as 2026-01-31T12:00:00Z", opt.Created)
	}
	if file := c.String("about"); file != "" {
		f, err := os.Open(file)
		if err != nil {
			return opt, &exitError{exitUsage, err}
		}
		defer f.Close()
		if opt.About, err = dataset.ReadAbout(f, file); err != nil {
			return opt, &exitError{exitUsage, err}
		}
	}
	return opt, nil
}

// writeDataset reads the records and writes the data set.
func writeDataset(c *cli.Context, std streams, opt dataset.Options) error {
	source, err := openRecords(c.Args().First(), std)
	if err != nil {
		return err
	}
	defer source.close()
	dir := c.String("output")
	opt.ErrorsKnown = source.errors != nil
	b, err := dataset.Create(dir, opt)
	if err != nil {
		if exists := (*dataset.ExistsError)(nil); errors.As(err, &exists) {
			return &exitError{exitUsage, err}
		}
		return writeError(dir, err)
	}
	defer b.Discard()
	if err := copyRecords(c.Context, b, source, dir); err != nil {
		return err
	}
	if err := b.Close(); err != nil {
		return writeError(dir, err)
	}
	if c.Bool("quiet") {
		return nil
	}
	articles, quotes, failed := b.Summary()
	fmt.Fprintf(std.err, "quoth: %s: %d articles, %d quotes, %d failed inputs\n", dir, articles, quotes, failed)
	if opt.About != nil {
		if missing := opt.About.MissingForCroissant(); len(missing) > 0 {
			fmt.Fprintf(std.err, "quoth: no croissant.json: %s lacks %s\n", c.String("about"), strings.Join(missing, ", "))
		}
	}
	return nil
}

// copyRecords passes all records and errors of the source to b.
func copyRecords(ctx context.Context, b *dataset.Builder, source *recordSource, dir string) error {
	in := output.NewReader(source.in)
	for {
		if ctx.Err() != nil {
			return interrupted(ctx)
		}
		r, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return &exitError{exitUsage, fmt.Errorf("%s: %w", source.name, err)}
		}
		if err := b.Write(r); err != nil {
			if fault := (*dataset.RecordError)(nil); errors.As(err, &fault) {
				return &exitError{exitUsage, fmt.Errorf("%s: %w", source.name, err)}
			}
			return writeError(dir, err)
		}
	}
	if source.errors == nil {
		return nil
	}
	dec := json.NewDecoder(source.errors)
	for n := 1; ; n++ {
		e := new(output.Error)
		err := dec.Decode(e)
		if err == io.EOF {
			return nil
		}
		if err == nil && e.Schema != output.ErrorSchema {
			err = fmt.Errorf("its schema is %q, not %s", e.Schema, output.ErrorSchema)
		}
		if err != nil {
			return &exitError{exitUsage, fmt.Errorf("errors.jsonl: error %d: %w", n, err)}
		}
		if err := b.WriteError(e); err != nil {
			return writeError(dir, err)
		}
	}
}
