package main

import (
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// diffCommand compares two runs.
func diffCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare the quotes and speakers of two runs",
		UsageText: "quoth diff [options] A B",
		Description: `A and B are files of records (JSON Lines, JSON or YAML), folders of runs, or one of them - for standard input. Articles belong
together if they have the same doc_id, or else the same path, or else the same text; quotes if they overlap. Reported are
the articles that only one has, changed texts, and quotes that were added, lost or changed, and how often entities were.

Examples:
  quoth diff old.jsonl new.jsonl                  what a new version or new rules change
  quoth diff old/ new/ --only speakers            who is said to have said it, and nothing else
  quoth diff old.jsonl new.jsonl --fail --quiet   for a script: exit 1 if anything differs
  quoth diff old.jsonl new.jsonl --format json | jq 'select(.change == "lost" and .what == "quote") | .a.text'

Exit codes:
  0 compared, 1 with --fail: something differs, 2 wrong call, 4 a file could not be read or the output not written`,
		Flags: append([]cli.Flag{
			textOrJSONFlag(": a line for each change, the last one the summary"),
			&cli.StringFlag{Name: "only", Usage: "compare `WHAT` alone: speakers, quotes or entities"},
			boolFlag("entities", "list the changes of entities too"),
			&cli.Float64Flag{Name: "tolerance", Value: 0.05, Usage: "take confidences for the same that differ by at most `X`"},
			boolFlag("fail", "exit with 1 if anything differs"),
			quietFlag("write the summary alone"),
			jobsFlag("articles"),
		}, pageFlags("shorten")...),
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return helpAndFail(c, std)
			}
			return compare(c, std)
		},
	}
}

// A differ compares two files and writes what differs.
type differ struct {
	opt      diff.Options
	files    [2]*diff.File
	names    [2]string
	entities bool
	quiet    bool
	jobs     int
	totals   *diff.Totals
	report   diffReport
}

// A diffReport writes the changes of articles, and the totals at the end. Its errors are those of the writer.
type diffReport interface {
	article(p *compared, entities bool) error
	summary(d *differ) error
}

// compared is an article of both files, or of one.
type compared struct {
	diff.Pair
	a, b *output.Record
	d    *diff.Document
	err  error
}

func compare(c *cli.Context, std streams) error {
	d := &differ{opt: diff.Options{Tolerance: c.Float64("tolerance")}, entities: c.Bool("entities"), quiet: c.Bool("quiet"), totals: diff.NewTotals()}
	switch only := c.String("only"); only {
	case "":
	case "speakers":
		d.opt.SpeakersOnly = true
	case "quotes":
		d.opt.QuotesOnly = true
	case "entities":
		d.opt.EntitiesOnly, d.entities = true, true
	default:
		return usage("--only %s: take speakers, quotes or entities", only)
	}
	switch {
	case c.Args().Len() != 2:
		return usage("diff takes two files or folders, and %d are given; see quoth diff --help", c.Args().Len())
	case !(d.opt.Tolerance >= 0 && d.opt.Tolerance <= 1):
		return usage("--tolerance %g: take a number from 0 to 1", d.opt.Tolerance)
	case c.Args().Get(0) == "-" && c.Args().Get(1) == "-":
		return usage("only one of the two can be standard input")
	}
	var err error
	if d.jobs, err = jobsOf(c); err != nil {
		return err
	}
	out := standard(std.out)
	if d.report, err = newDiffReport(c, std, out); err != nil {
		return err
	}
	for i, path := range c.Args().Slice() {
		f, size, err := openSeekable(path, std.in)
		if err != nil {
			return err
		}
		defer f.Close()
		d.names[i], d.files[i] = path, diff.NewFile(path, f, size)
	}
	if err := d.run(c); err != nil {
		return err
	}
	if err := d.report.summary(d); err != nil {
		return writeError(out.name, err)
	}
	if err := out.commit(); err != nil {
		return err
	}
	if c.Bool("fail") && !d.totals.Same() {
		return &exitError{code: exitFindings}
	}
	return nil
}

func newDiffReport(c *cli.Context, std streams, out *outFile) (diffReport, error) {
	page, err := pageOf(c, std.out)
	if err != nil {
		return nil, err
	}
	page.w = out.Writer
	asJSON, err := wantsJSON(c)
	if asJSON {
		return &diffJSON{w: out.Writer}, err
	}
	return &diffText{page: page}, err
}

// openSeekable opens a file that can be read out of order: standard input and pipes are copied first.
func openSeekable(path string, stdin *os.File) (*os.File, int64, error) {
	f := stdin
	if path != "-" {
		name, err := recordsFile(path)
		if err != nil {
			return nil, 0, err
		}
		path = name
		if f, err = os.Open(path); err != nil {
			return nil, 0, &exitError{exitAborted, withoutOperation(err)}
		}
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() && path != "-" { // standard input may have been read in part
		return f, info.Size(), nil
	}
	temporary, err := os.CreateTemp("", "quoth-diff-")
	if err == nil {
		os.Remove(temporary.Name())
		var size int64
		if size, err = io.Copy(temporary, f); err == nil {
			return temporary, size, nil
		}
		temporary.Close()
	}
	return nil, 0, &exitError{exitAborted, fmt.Errorf("%s: %w", path, err)}
}

// run finds what belongs together, compares it in parallel and reports it in order.
func (d *differ) run(c *cli.Context) error {
	pairs := func(yield func(*compared) bool) {
		for p, err := range diff.Join(d.files[0], d.files[1], "") {
			if !yield(&compared{Pair: p, err: err}) {
				return
			}
		}
	}
	err := pipeline.Run(c.Context, pairs, d.jobs, func(p *compared) *compared {
		d.compare(p)
		return p
	}, func(p *compared) error {
		if p.err != nil {
			return &exitError{exitAborted, p.err}
		}
		d.totals.Add(p.a, p.b, p.d)
		if d.quiet || p.d != nil && p.d.Same() {
			return nil
		}
		if err := d.report.article(p, d.entities); err != nil {
			return writeError("standard output", err)
		}
		return nil
	})
	if c.Context.Err() != nil {
		return interrupted(c.Context)
	}
	if err != nil {
		return failure(err)
	}
	return nil
}

// compare reads and compares the records of a pair.
func (d *differ) compare(p *compared) {
	if p.err == nil && p.A != nil {
		p.a, p.err = d.files[0].Record(p.A)
	}
	if p.err == nil && p.B != nil {
		p.b, p.err = d.files[1].Record(p.B)
	}
	if p.err != nil || p.A == nil || p.B == nil {
		return
	}
	if p.d, p.err = diff.Records(p.a, p.b, d.opt); p.err != nil {
		p.err = fmt.Errorf("%s:%d and %s:%d: %w", d.names[0], p.A.Line, d.names[1], p.B.Line, p.err)
	}
}
