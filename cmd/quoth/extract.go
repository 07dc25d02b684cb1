package main

import (
	"fmt"
	"io"
	"os"
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
	"github.com/quoth-nlp/quoth/rules"
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
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "write json, jsonl or yaml, the `FORMAT`; with --flat jsonl, csv or tsv", DefaultText: "the output file's; json for one article on a terminal, else jsonl"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"},
			&cli.BoolFlag{Name: "force", Usage: "replace the output files if they exist", DisableDefaultText: true},
			&cli.StringFlag{Name: "flat", Usage: "write the rows of one `TABLE` instead of records: " + strings.Join(dataset.FlatTables(), ", ")},
			&cli.StringFlag{Name: "out", Usage: "write a run to the folder `DIR`, which can be interrupted and resumed: documents.jsonl, errors.jsonl, journal.jsonl, run.json"},
			&cli.BoolFlag{Name: "resume", Usage: "with --out, keep what an earlier run has done, and do the rest", DisableDefaultText: true},
			&cli.BoolFlag{Name: "retry-failed", Usage: "with --resume, try again the articles that could not be processed", DisableDefaultText: true},
			&cli.StringFlag{Name: "errors", Usage: "write error records to `FILE` instead of standard error"},
			&cli.StringFlag{Name: "offsets", Value: "codepoint", Usage: "count offsets in this `UNIT`: codepoint, byte or utf16"},
			&cli.StringFlag{Name: "text", Value: "full", Usage: "`MODE` full, or none to leave out all texts but names"},
			&cli.BoolFlag{Name: "misc", Usage: "write entities of type MISC too", DisableDefaultText: true},
			&cli.BoolFlag{Name: "indirect", Usage: "write indirect quotes too: what somebody is reported to say without marks", DisableDefaultText: true},
			&cli.Float64Flag{Name: "min-confidence", Usage: "withhold the speakers of quotes attributed with less than the confidence `P`, 0 to 1", DefaultText: "0"},
			&cli.StringFlag{Name: "rules", Usage: "add the rules in the folder `DIR` to the built-in ones"},
			&cli.StringFlag{Name: "recognizer", Value: recognizers[0], Usage: "what finds names: `NAME` is one of " + strings.Join(recognizers, ", ")},
			modelFlag(),
			judgeFlag(),
			rankerFlag(),
			gazetteerFlag(),
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "work on `N` articles at a time", DefaultText: "one for each CPU"},
			&cli.DurationFlag{Name: "timeout", Value: defaultTimeout, Usage: "give up an article after the `TIME`; 0 is no limit"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show no progress and no summary", DisableDefaultText: true},
			&cli.BoolFlag{Name: "validate", Hidden: true, Usage: "check every document's invariants"},
		}, inputFlags()),
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

// An extraction is one run of the command.
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
	e := &extraction{
		std: std, jobs: c.Int("jobs"), quiet: c.Bool("quiet"), outPath: c.String("output"), errPath: c.String("errors"), force: c.Bool("force"),
		options: extract.Options{Timeout: c.Duration("timeout"), Validate: c.Bool("validate")},
	}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		if term.IsTerminal(int(std.in.Fd())) {
			return nil, helpAndFail(c, std)
		}
		paths = []string{"-"}
	}
	var ok bool
	if e.options.Output.Offsets, ok = output.ParseUnit(c.String("offsets")); !ok {
		return nil, usage("--offsets %s: not a unit; take codepoint, byte or utf16", c.String("offsets"))
	}
	if e.options.Output.Text, ok = output.ParseTextMode(c.String("text")); !ok {
		return nil, usage("--text %s: take full or none", c.String("text"))
	}
	if c.IsSet("jobs") && e.jobs < 1 {
		return nil, usage("--jobs %d: take at least 1", e.jobs)
	}
	if e.options.Timeout < 0 {
		return nil, usage("--timeout %s: take a time such as 30s or 2m, or 0 for no limit", e.options.Timeout)
	}
	inputs, err := inputOptions(c, std)
	if err != nil {
		return nil, err
	}
	if p := c.Float64("min-confidence"); !(p >= 0 && p <= 1) {
		return nil, usage("--min-confidence %g: take a number from 0 to 1", p)
	}
	if err := checkRecognizer(c.String("recognizer")); err != nil {
		return nil, err
	}
	e.options.Output.Misc = c.Bool("misc")
	for _, path := range paths {
		if path != "-" && run.Is(path) {
			return nil, usage("%s is a run of quoth, and holds no articles; see quoth dataset and quoth export", path)
		}
	}
	inputs.SkipFolder = run.Is // the output of an earlier call, or of this one
	e.articles, err = corpus.Open(c.Context, paths, inputs)
	switch {
	case c.Context.Err() != nil:
		return nil, interrupted(c.Context)
	case err != nil:
		return nil, &exitError{exitUsage, err}
	}
	for _, file := range []string{e.outPath, e.errPath} {
		if file != "" && e.articles.Has(file) {
			return nil, usage("%s is one of the files to be read; write to another place", file)
		}
	}
	if e.outPath != "" && e.outPath != "-" && filepath.Clean(e.outPath) == filepath.Clean(e.errPath) {
		return nil, usage("--output and --errors name the same file %s; take two", e.outPath)
	}
	if err := runOptions(c); err != nil {
		return nil, err
	}
	if err := e.chooseWriter(c, paths); err != nil {
		return nil, err
	}
	set, err := loadRules(c.String("rules"))
	if err != nil {
		return nil, err
	}
	e.options.Output.Tool = output.Tool{Name: "quoth", Version: buildInfo().Version, RulesSHA256: output.Optional(set.SHA256())}
	parts := pipeline.Options{Rules: set, Indirect: c.Bool("indirect"), MinConfidence: c.Float64("min-confidence")}
	if err := modelsOf(c, &parts); err != nil {
		return nil, err
	}
	p, err := pipeline.NewDefault(parts)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	e.options.Output.Tool.Model = modelNames(p)
	e.pipeline = p
	if e.folder, err = newRunFolder(c, e); err != nil {
		return nil, err
	}
	e.options.NoDuplicates = e.folder != nil // a run finds copies in the end
	return e, nil
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
