package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/dataset"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func extractCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "extract",
		Usage:     "write the sentences, names and quotations of articles",
		UsageText: "quoth extract [options] [PATH...]",
		Description: `A PATH is a file, a folder (read with all its folders, sorted by path), a glob in quotes, or - for standard input, which
is also read when no PATH is given. Files are text, JSON Lines, JSON, CSV, TSV, HTML, Markdown, RSS, Atom, WARC or Word,
by their endings, compressed or not, and in .zip and .tar archives. Each article becomes one record on standard output,
in the order of the input. An article that cannot be read becomes an error record on standard error, and the rest goes
on.

Examples:
  quoth extract article.txt
  quoth extract -o out.jsonl news/
  quoth extract --out run/ news/                    a folder, safe from interruption
  quoth extract --out run/ --resume news/           go on with it, or add new articles
  quoth extract --dry-run news/                     what would be read, and how
  quoth extract --map text=.story.body articles.jsonl.zst
  quoth extract --format yaml 'news/**/2026-*.txt'
  quoth extract news/ | jq -r '.quotes[] | [.speaker.name, .text] | @tsv'
  quoth extract --indirect article.txt | jq '.quotes[] | select(.kind == "indirect")'
  quoth extract --flat quotes news/ | jq -r 'select(.speaker_name != null) | .speaker_name' | sort | uniq -c
  quoth extract --flat quotes -o quotes.csv news/
  quoth extract --min-confidence 0.97 news/ > sure.jsonl
  quoth extract --text none --errors failed.jsonl articles.jsonl > public.jsonl
  curl -s https://example.org/article.txt | quoth extract

Exit codes:
  0 all done, 2 wrong call or rules, 3 some articles failed, 4 the output could not be written,
  130 interrupted: the articles in work were finished; interrupt again to stop at once`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"},
				Usage:       "write json, jsonl or yaml, the `FORMAT`; with --flat jsonl, csv or tsv",
				DefaultText: "the output file's; json for one article on a terminal, else jsonl"},
			outputFlag("write to `FILE` instead of standard output"),
			forceFlag("the output files if they exist"),
			&cli.StringFlag{Name: "flat", Usage: "write the rows of one `TABLE` instead of records: " + strings.Join(dataset.FlatTables(), ", ")},
			&cli.StringFlag{Name: "out",
				Usage: "write a run to the folder `DIR`, which can be interrupted and resumed: documents.jsonl, errors.jsonl, journal.jsonl, run.json"},
			boolFlag("resume", "with --out, keep what an earlier run has done, and do the rest"),
			boolFlag("retry-failed", "with --resume, try again the articles that could not be processed"),
			&cli.StringFlag{Name: "errors", Usage: "write error records to `FILE` instead of standard error"},
			offsetsFlag(),
			textFlag(),
			boolFlag("misc", "write entities of type MISC too"),
			boolFlag("indirect", "write indirect quotes too: what somebody is reported to say without marks"),
			&cli.Float64Flag{Name: "min-confidence",
				Usage:       "withhold the speakers of quotes attributed with less than the confidence `P`, 0 to 1",
				DefaultText: "0"},
			indirectModelFlag(),
			jobsFlag("articles"),
			&cli.DurationFlag{Name: "timeout", Value: defaultTimeout, Usage: "give up an article after the `TIME`; 0 is no limit"},
			quietFlag("show no progress and no summary"),
			&cli.BoolFlag{Name: "validate", Hidden: true, Usage: "check every document's invariants"},
		}, pipelineFlags(), inputFlags()),
		Action: func(c *cli.Context) error {
			e, err := newExtraction(c, std)
			if err != nil {
				return err
			}
			if c.Bool("dry-run") {
				return dryRun(c, std, e.articles)
			}
			return e.run(c.Context)
		},
	}
}

// An extraction is one call of the command.
type extraction struct {
	std      streams
	articles *corpus.Collection
	pipeline *pipeline.Pipeline
	options  extract.Options
	// newWriter returns what writes records to a file or standard output.
	newWriter func(io.Writer) output.Writer
	jobs      int
	quiet     bool
	outPath   string
	errPath   string
	force     bool
	folder    *runFolder // nil without --out

	progress *progress
	counts   extract.Counts
}

// defaultTimeout is far beyond what the largest article takes.
const defaultTimeout = 5 * time.Minute

// newExtraction checks the options and loads what they name. Nothing is written before all of them are good.
func newExtraction(c *cli.Context, std streams) (*extraction, error) {
	e := &extraction{std: std, quiet: c.Bool("quiet"), outPath: c.String("output"), errPath: c.String("errors"), force: c.Bool("force")}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		if term.IsTerminal(int(std.in.Fd())) {
			return nil, helpAndFail(c, std)
		}
		paths = []string{"-"}
	}
	if err := e.setOptions(c); err != nil {
		return nil, err
	}
	if err := e.openArticles(c, paths); err != nil {
		return nil, err
	}
	if err := e.checkOutputs(); err != nil {
		return nil, err
	}
	if err := runOptions(c); err != nil {
		return nil, err
	}
	if err := e.chooseWriter(c, paths); err != nil {
		return nil, err
	}
	parts, err := pipelineOptions(c)
	if err != nil {
		return nil, err
	}
	if e.pipeline, err = pipeline.NewDefault(parts); err != nil {
		return nil, &exitError{exitUsage, err}
	}
	e.options.Output.Tool = toolOf(e.pipeline, parts.Rules)
	if e.folder, err = newRunFolder(c, e); err != nil {
		return nil, err
	}
	e.options.NoDuplicates = e.folder != nil // a run finds copies in the end
	return e, nil
}

// setOptions checks the options that records depend on.
func (e *extraction) setOptions(c *cli.Context) (err error) {
	e.options = extract.Options{Timeout: c.Duration("timeout"), Validate: c.Bool("validate")}
	e.options.Output.Misc = c.Bool("misc")
	if e.options.Output.Offsets, err = offsetUnit(c); err != nil {
		return err
	}
	if e.options.Output.Text, err = textMode(c); err != nil {
		return err
	}
	if e.jobs, err = jobsOf(c); err != nil {
		return err
	}
	if e.options.Timeout < 0 {
		return usage("--timeout %s: take a time such as 30s or 2m, or 0 for no limit", e.options.Timeout)
	}
	if p := c.Float64("min-confidence"); !(p >= 0 && p <= 1) {
		return usage("--min-confidence %g: take a number from 0 to 1", p)
	}
	return checkRecognizer(c.String("recognizer"))
}

// openArticles finds the articles in the paths.
func (e *extraction) openArticles(c *cli.Context, paths []string) error {
	inputs, err := inputOptions(c, e.std)
	if err != nil {
		return err
	}
	for _, path := range paths {
		if path != "-" && run.Is(path) {
			return usage("%s is a run of quoth, and holds no articles; see quoth dataset and quoth export", path)
		}
	}
	inputs.SkipFolder = run.Is // the output of an earlier call, or of this one
	e.articles, err = corpus.Open(c.Context, paths, inputs)
	switch {
	case c.Context.Err() != nil:
		return interrupted(c.Context)
	case err != nil:
		return &exitError{exitUsage, err}
	}
	return nil
}

// checkOutputs refuses to write to a file that is read, and two outputs to one file.
func (e *extraction) checkOutputs() error {
	for _, file := range []string{e.outPath, e.errPath} {
		if file != "" && e.articles.Has(file) {
			return usage("%s is one of the files to be read; write to another place", file)
		}
	}
	toFile := e.outPath != "" && e.outPath != "-"
	if toFile && filepath.Clean(e.outPath) == filepath.Clean(e.errPath) {
		return usage("--output and --errors name the same file %s; take two", e.outPath)
	}
	return nil
}

// chooseWriter chooses how records are written to a file or to standard output.
func (e *extraction) chooseWriter(c *cli.Context, paths []string) error {
	name, table := c.String("format"), c.String("flat")
	if table != "" {
		return e.chooseFlat(table, name)
	}
	format := e.defaultFormat(paths)
	if ext := strings.ToLower(filepath.Ext(e.outPath)); name == "" && (ext == ".csv" || ext == ".tsv") {
		return usage("%s: a table; choose which one with --flat, as in --flat quotes", e.outPath)
	}
	if name != "" {
		var ok bool
		if _, flat := dataset.ParseFlatFormat(name); flat && name != output.JSONL.String() {
			return usage("--format %s is for one table; choose it with --flat, as in --flat quotes", name)
		}
		if format, ok = output.ParseFormat(name); !ok {
			return usage("--format %s: no such format; take json, jsonl or yaml, or csv or tsv with --flat", name)
		}
	}
	e.newWriter = func(w io.Writer) output.Writer { return output.NewWriter(w, format) }
	return nil
}

// chooseFlat chooses the rows of one table instead of records.
func (e *extraction) chooseFlat(table, name string) error {
	if !slices.Contains(dataset.FlatTables(), table) {
		return usage("--flat %s: no such table; take one of %s", table, strings.Join(dataset.FlatTables(), ", "))
	}
	if name == "" {
		if name = strings.TrimPrefix(strings.ToLower(filepath.Ext(e.outPath)), "."); name != "csv" && name != "tsv" {
			name = "jsonl"
		}
	}
	format, ok := dataset.ParseFlatFormat(name)
	if !ok {
		return usage("--format %s does not go with --flat; take jsonl, csv or tsv", name)
	}
	e.newWriter = func(w io.Writer) output.Writer {
		rows, err := dataset.NewFlat(w, table, format)
		if err != nil { // both were checked
			panic("internal error: " + err.Error())
		}
		return rows
	}
	return nil
}

// defaultFormat is the format of records if none is named.
func (e *extraction) defaultFormat(paths []string) output.Format {
	switch strings.ToLower(filepath.Ext(e.outPath)) {
	case ".json":
		return output.JSON
	case ".yaml", ".yml":
		return output.YAML
	case ".jsonl", ".ndjson":
		return output.JSONL
	}
	ext := strings.ToLower(filepath.Ext(paths[0]))
	single := e.articles.Len() == 1 && len(paths) == 1 && ext != ".jsonl" && ext != ".ndjson"
	if single && e.outPath == "" && term.IsTerminal(int(e.std.out.Fd())) {
		return output.JSON
	}
	return output.JSONL
}
