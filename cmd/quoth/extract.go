package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"github.com/quoth-nlp/quoth/rules"
)

func extractCommand(std streams) *cli.Command {
	recognizers := pipeline.Recognizers()
	return &cli.Command{
		Name:      "extract",
		Usage:     "write the sentences, names and quotations of articles",
		UsageText: "quoth extract [options] [PATH...]",
		Description: `A PATH is a text file, a JSON Lines or JSON file, a folder (read with all its folders, sorted by path), a glob in
quotes, or - for standard input, which is also read when no PATH is given. Each article becomes one record on
standard output, in the order of the input. An article that cannot be read becomes an error record on standard
error, and the rest goes on.

Examples:
  quoth extract article.txt
  quoth extract -o out.jsonl news/
  quoth extract --format yaml 'news/**/2026-*.txt'
  quoth extract news/ | jq -r '.quotes[] | [.speaker.name, .text] | @tsv'
  quoth extract --indirect article.txt | jq '.quotes[] | select(.kind == "indirect")'
  quoth extract --min-confidence 0.97 news/ > sure.jsonl
  quoth extract --text none --errors failed.jsonl articles.jsonl > public.jsonl
  curl -s https://example.org/article.txt | quoth extract

Exit codes:
  0 all done, 2 wrong call or rules, 3 some articles failed, 4 the output could not be written`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "write json, jsonl or yaml, the `FORMAT`", DefaultText: "the output file's; json for one article on a terminal, else jsonl"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` instead of standard output"},
			&cli.BoolFlag{Name: "force", Usage: "replace the output files if they exist", DisableDefaultText: true},
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
	options  output.Options
	format   output.Format
	jobs     int
	validate bool
	quiet    bool
	outPath  string
	errPath  string
	force    bool

	bar    *progressbar.ProgressBar
	file   string // the file that the bar counts at the moment
	ok     int
	failed map[string]int // by code
}

// newExtraction checks the options and loads what they name. Nothing is written before all of them are good.
func newExtraction(c *cli.Context, std streams) (*extraction, error) {
	e := &extraction{
		std: std, jobs: c.Int("jobs"), validate: c.Bool("validate"), quiet: c.Bool("quiet"),
		outPath: c.String("output"), errPath: c.String("errors"), force: c.Bool("force"), failed: map[string]int{},
	}
	paths := c.Args().Slice()
	if len(paths) == 0 {
		if term.IsTerminal(int(std.in.Fd())) {
			return nil, helpAndFail(c, std)
		}
		paths = []string{"-"}
	}
	var ok bool
	if e.options.Offsets, ok = output.ParseUnit(c.String("offsets")); !ok {
		return nil, usage("--offsets %s: not a unit; take codepoint, byte or utf16", c.String("offsets"))
	}
	if e.options.Text, ok = output.ParseTextMode(c.String("text")); !ok {
		return nil, usage("--text %s: take full or none", c.String("text"))
	}
	if c.IsSet("jobs") && e.jobs < 1 {
		return nil, usage("--jobs %d: take at least 1", e.jobs)
	}
	inputs, err := inputOptions(c, std)
	if err != nil {
		return nil, err
	}
	if p := c.Float64("min-confidence"); !(p >= 0 && p <= 1) {
		return nil, usage("--min-confidence %g: take a number from 0 to 1", p)
	}
	if !slices.Contains(pipeline.Recognizers(), c.String("recognizer")) {
		return nil, usage("--recognizer %s: no such recognizer; take one of %s", c.String("recognizer"), strings.Join(pipeline.Recognizers(), ", "))
	}
	e.options.Misc = c.Bool("misc")
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
	if e.format, err = e.chooseFormat(c.String("format"), paths); err != nil {
		return nil, err
	}
	set, err := loadRules(c.String("rules"))
	if err != nil {
		return nil, err
	}
	e.options.Tool = output.Tool{Name: "quoth", Version: buildInfo().Version, RulesSHA256: output.Optional(set.SHA256())}
	parts := pipeline.Options{Rules: set, Indirect: c.Bool("indirect"), MinConfidence: c.Float64("min-confidence")}
	if err := modelsOf(c, &parts); err != nil {
		return nil, err
	}
	if e.options.Tool.Model, err = modelNames(&parts); err != nil {
		return nil, err
	}
	e.pipeline, err = pipeline.NewDefault(parts)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return e, nil
}

func (e *extraction) chooseFormat(name string, paths []string) (output.Format, error) {
	if name != "" {
		format, ok := output.ParseFormat(name)
		if !ok {
			return 0, usage("--format %s: no such format; take json, jsonl or yaml", name)
		}
		return format, nil
	}
	switch strings.ToLower(filepath.Ext(e.outPath)) {
	case ".json":
		return output.JSON, nil
	case ".yaml", ".yml":
		return output.YAML, nil
	case ".jsonl", ".ndjson":
		return output.JSONL, nil
	}
	ext := strings.ToLower(filepath.Ext(paths[0]))
	single := e.articles.Len() == 1 && len(paths) == 1 && ext != ".jsonl" && ext != ".ndjson"
	if single && e.outPath == "" && term.IsTerminal(int(e.std.out.Fd())) {
		return output.JSON, nil
	}
	return output.JSONL, nil
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

// A task is one item of the input.
type task struct {
	corpus.Item
	source      output.Source
	duplicateOf *string
}

// A result is a record or an error record.
type result struct {
	record *output.Record
	err    *output.Error
}

func (e *extraction) run(ctx context.Context) error {
	out := standard(e.std.out)
	var errorFile *outFile
	var err error
	if e.outPath != "" && e.outPath != "-" {
		if out, err = create(e.outPath, e.force); err != nil {
			return err
		}
		defer out.discard()
	}
	if e.errPath != "" && e.errPath != "-" {
		if errorFile, err = create(e.errPath, e.force); err != nil {
			return err
		}
		defer errorFile.discard()
	}
	e.showProgress()
	w := output.NewWriter(out, e.format)
	err = pipeline.Run(ctx, e.tasks(ctx), e.jobs, e.process, func(r result) error { return e.write(w, errorFile, r) })
	if e.bar != nil {
		e.bar.Clear()
	}
	if err != nil && ctx.Err() == nil {
		return failure(err)
	}
	if err := w.Close(); err != nil {
		return failure(err)
	}
	if errorFile != nil {
		if err := errorFile.commit(); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return e.abandon(ctx, out)
	}
	if err := out.commit(); err != nil {
		return err
	}
	return e.summary()
}

// failure is an error of the writer, which is ours already if the file was at fault.
func failure(err error) error {
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return err
	}
	return &exitError{exitAborted, err}
}

// abandon ends a run that was interrupted. Part of a collection under the name of the output would look like all of it.
func (e *extraction) abandon(ctx context.Context, out *outFile) error {
	exit := interrupted(ctx)
	if out.final != "" {
		partial := e.outPath + ".partial"
		if err := out.commitAs(partial); err != nil {
			return err
		}
		exit.err = fmt.Errorf("interrupted; the records so far are in %s", partial)
	}
	return exit
}

func interrupted(ctx context.Context) *exitError {
	exit := &exitError{code: exitInterrupt, err: errors.New("interrupted")}
	if cause := (interruption{}); errors.As(context.Cause(ctx), &cause) {
		exit.code = cause.code()
	}
	return exit
}

// tasks adds to the items what depends on their order: which article is a copy of an earlier one.
func (e *extraction) tasks(ctx context.Context) iter.Seq[task] {
	return func(yield func(task) bool) {
		first := map[[sha256.Size]byte]string{}
		for item := range e.articles.Items(ctx) {
			t := task{Item: item}
			if a := item.Article; a != nil {
				t.source = source(a)
				if !a.Blank() {
					sum := sha256.Sum256([]byte(a.Text))
					if id, ok := first[sum]; ok {
						t.duplicateOf = &id
					} else {
						first[sum] = output.DocID(t.source)
					}
				}
			}
			if !yield(t) {
				return
			}
		}
	}
}

func source(a *corpus.Article) output.Source {
	s := output.Source{Path: a.Path, Member: output.Optional(a.Member), Index: a.Index, SHA256: &a.SHA256, Bytes: &a.Bytes, Encoding: &a.Encoding}
	for _, r := range a.Repairs {
		s.Repairs = append(s.Repairs, output.Repair(r))
	}
	return s
}

// process makes the record of one article. A fault of ours spoils that article only.
func (e *extraction) process(t task) (r result) {
	if err := t.Err; err != nil {
		message := err.Message
		if err.Line > 0 {
			message = fmt.Sprintf("line %d: %s", err.Line, message)
		}
		s := output.Source{Path: err.Path, Member: output.Optional(err.Member), Index: err.Index}
		return result{err: output.NewError(s, err.Code, message, err.Phase)}
	}
	defer func() {
		if fault := recover(); fault != nil {
			r = internal(t.source, fmt.Sprintf("internal error: %v", fault))
		}
	}()
	a := t.Article
	d := annot.New(a.Path, a.Text)
	d.Elements = a.Elements
	if a.Blank() {
		d.Warnings = append(d.Warnings, annot.Warning{Code: "empty", Message: "the article has no text", Start: -1})
	}
	err := e.pipeline.Process(d)
	if err == nil && e.validate {
		err = d.Validate()
	}
	if err != nil {
		return internal(t.source, err.Error())
	}
	m := a.Meta
	in := output.Input{Source: t.source, Meta: output.Meta(m), DuplicateOf: t.duplicateOf}
	r.record = output.New(d, in, e.options)
	if err := r.record.Prepare(); err != nil {
		return internal(t.source, err.Error())
	}
	return r
}

func internal(s output.Source, message string) result {
	return result{err: output.NewError(s, "internal", message, "process")}
}

// write writes the next result.
func (e *extraction) write(w output.Writer, errorFile *outFile, r result) error {
	if r.record != nil {
		e.ok++
		e.progress(r.record.Source.Path)
		return w.Write(r.record)
	}
	e.failed[r.err.Code]++
	e.progress(r.err.Source.Path)
	if errorFile != nil {
		return output.WriteError(errorFile, r.err)
	}
	if e.bar != nil {
		e.bar.Clear()
	}
	if err := output.WriteError(e.std.err, r.err); err != nil {
		return writeError("standard error", err)
	}
	return nil
}

// showProgress starts the bar, if somebody is there to see it and the records do not run through it.
func (e *extraction) showProgress() {
	f, ok := e.std.err.(*os.File)
	if e.quiet || !ok || !term.IsTerminal(int(f.Fd())) || e.outPath == "" && term.IsTerminal(int(e.std.out.Fd())) {
		return
	}
	e.bar = progressbar.NewOptions(e.articles.Len(), progressbar.OptionSetWriter(io.Writer(f)), progressbar.OptionSetDescription("quoth"),
		progressbar.OptionShowCount(), progressbar.OptionSetItsString("files"), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
}

// progress counts the file that the last result is from; a file may hold many articles.
func (e *extraction) progress(file string) {
	if e.bar != nil && file != e.file {
		e.file = file
		e.bar.Add(1)
	}
}

// summary tells of failures, and of a run that found nothing to read.
func (e *extraction) summary() error {
	total := 0
	for _, n := range e.failed {
		total += n
	}
	switch {
	case total == 0 && e.ok == 0 && !e.quiet:
		fmt.Fprintln(e.std.err, "quoth: no articles found; choose other files with --ext")
	case total > 0:
		exit := &exitError{code: exitPartial}
		if !e.quiet {
			exit.err = fmt.Errorf("%d ok, %d failed: %s", e.ok, total, e.byCode())
		}
		return exit
	}
	return nil
}

// byCode lists the failures as "2 bad_json, 1 too_large".
func (e *extraction) byCode() string {
	var codes, parts []string
	for code := range e.failed {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		parts = append(parts, fmt.Sprintf("%d %s", e.failed[code], code))
	}
	return strings.Join(parts, ", ")
}

// modelNames loads the embedded models where the options name no others, and returns what the records call them.
func modelNames(parts *pipeline.Options) (*string, error) {
	var names []string
	var err error
	if parts.Recognizer != "prose" {
		if parts.Model == nil {
			if parts.Model, err = crf.Default(); err != nil {
				return nil, err
			}
		}
		names = append(names, parts.Model.ID())
	}
	if parts.Judge == nil {
		if parts.Judge, err = quotes.DefaultJudge(); err != nil {
			return nil, err
		}
	}
	if parts.Ranker == nil {
		if parts.Ranker, err = attribution.DefaultRanker(); err != nil {
			return nil, err
		}
	}
	names = append(names, parts.Judge.ID(), parts.Ranker.ID())
	if parts.Indirect {
		if parts.Reports, err = attribution.DefaultReportModel(); err != nil {
			return nil, err
		}
		names = append(names, parts.Reports.ID())
	}
	return output.Optional(strings.Join(names, "+")), nil
}
