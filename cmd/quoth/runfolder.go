package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A runFolder is a sink that writes a run to a folder.
type runFolder struct {
	dir      string
	manifest run.Manifest
	options  run.Options
	run      *run.Run
	counts   run.Counts // once it is finished
}

// runOptions checks the options that go with --out.
func runOptions(c *cli.Context) error {
	if c.String("out") == "" {
		for _, name := range []string{"resume", "retry-failed"} {
			if c.Bool(name) {
				return usage("--%s goes with --out DIR; name the folder of the run", name)
			}
		}
		return nil
	}
	for _, name := range []string{"output", "errors", "flat"} {
		if c.String(name) != "" {
			return usage("--%s does not go with --out, whose folder holds whole records and the errors; leave one out", name)
		}
	}
	if f := c.String("format"); f != "" && f != output.JSONL.String() {
		return usage("--format %s does not go with --out, which writes jsonl; make other formats of the finished run with quoth dataset or quoth export", f)
	}
	if c.Bool("resume") && c.Bool("force") {
		return usage("--resume keeps what was done and --force throws it away; take one")
	}
	if c.Bool("retry-failed") && !c.Bool("resume") {
		return usage("--retry-failed goes with --resume; add it")
	}
	return nil
}

// newRunFolder returns the sink of --out, or nil without it. Nothing is written yet.
func newRunFolder(c *cli.Context, e *extraction) (*runFolder, error) {
	if c.String("out") == "" {
		return nil, nil
	}
	options, err := recordOptions(c)
	if err != nil {
		return nil, err
	}
	f := &runFolder{dir: c.String("out")}
	f.manifest = run.Manifest{Tool: e.options.Output.Tool, Options: options}
	f.options = run.Options{Resume: c.Bool("resume"), RetryFailed: c.Bool("retry-failed"), Force: c.Bool("force"),
		Copies: func(folder string) (run.Copies, error) { return copies{duplicates.New(folder)}, nil }}
	return f, nil
}

// recordOptions returns the options that the records depend on, by name: those of one run must be the same.
func recordOptions(c *cli.Context) (map[string]string, error) {
	options := map[string]string{
		"offsets": c.String("offsets"), "text": c.String("text"), "recognizer": c.String("recognizer"),
		"misc": strconv.FormatBool(c.Bool("misc")), "indirect": strconv.FormatBool(c.Bool("indirect")),
		"min-confidence": strconv.FormatFloat(c.Float64("min-confidence"), 'g', -1, 64),
	}
	for _, f := range inputFlags() { // what changes the text of an article
		name := f.Names()[0]
		if !c.IsSet(name) || !changesText[name] {
			continue
		}
		switch f.(type) {
		case *cli.GenericFlag:
			options[name] = strings.Join(listOf(c, name), " ")
		case *cli.BoolFlag:
			options[name] = strconv.FormatBool(c.Bool(name))
		default:
			options[name] = c.String(name)
		}
	}
	// What is in a file counts, not its name.
	if file := c.String("gazetteer"); file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		options["gazetteer"] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	if folder := c.String("layouts"); folder != "" {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		h := sha256.New()
		for _, entry := range entries {
			if filepath.Ext(entry.Name()) != ".yaml" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
			if err != nil {
				return nil, &exitError{exitUsage, err}
			}
			fmt.Fprintf(h, "%s %d\n%s", entry.Name(), len(data), data)
		}
		options["layouts"] = fmt.Sprintf("%x", h.Sum(nil))
	}
	return options, nil
}

// changesText names the options of inputFlags that say how an article is understood; the others say which are read.
var changesText = map[string]bool{"encoding": true, "map": true, "text-col": true, "id-col": true, "strict": true, "shard": true}

// copies gives an index the form that a run asks for.
type copies struct{ *duplicates.Index }

func (c copies) Add(id, fingerprint string) (string, error) {
	f, err := duplicates.Parse(fingerprint)
	if err != nil {
		return "", err
	}
	return c.Index.Add(id, f)
}

func (f *runFolder) open() error {
	var err error
	f.run, err = run.Open(f.dir, f.manifest, f.options)
	switch {
	case errors.Is(err, run.ErrExists), errors.Is(err, run.ErrMixed), errors.Is(err, run.ErrLocked):
		return &exitError{exitUsage, err}
	case err != nil:
		return &exitError{exitAborted, withoutOperation(err)}
	}
	return nil
}

// failed is an error of the disk, or of what it holds.
func (f *runFolder) failed(err error) error {
	return &exitError{exitAborted, fmt.Errorf("%w; an older run is as it was; go on with --resume", withoutOperation(err))}
}

func (f *runFolder) write(r *extract.Result) error {
	if err := f.add(r); err != nil {
		return f.failed(err)
	}
	return nil
}

func (f *runFolder) add(r *extract.Result) error {
	if r.Done {
		return f.run.Keep(output.DocID(r.Source))
	}
	s := r.Source
	entry := run.Entry{Path: s.Path, Member: s.Member, Index: s.Index, SHA256: s.SHA256, Status: run.StatusOK, Input: r.Input}
	if r.Item.Article != nil {
		entry.DocID = new(output.DocID(s))
	}
	if r.Err != nil {
		entry.Status, entry.Code = run.StatusFailed, &r.Err.Code
		line, err := output.ErrorLine(r.Err)
		if err != nil {
			return err
		}
		if entry.DocID == nil {
			return f.run.Unread(entry, line)
		}
		return f.run.Add(entry, line)
	}
	entry.Stats = stats(r)
	if r.Item.Article.Blank() {
		entry.Status = run.StatusEmpty
	} else {
		entry.Fingerprint = new(r.Fingerprint.String())
	}
	line, err := r.Record.Line()
	if err != nil {
		return err
	}
	return f.run.Add(entry, line)
}

// stats counts what the manifest tells of a record.
func stats(r *extract.Result) run.Stats {
	return run.Stats{Bytes: *r.Source.Bytes, Words: r.Words, Totals: r.Record.Totals()}
}

func (f *runFolder) finish(ctx context.Context, cut bool) error {
	if cut {
		exit := interrupted(ctx)
		if err := f.run.Suspend(); err != nil {
			return f.failed(err)
		}
		exit.err = fmt.Errorf("interrupted; what was done is kept: go on with the same call and --resume")
		return exit
	}
	m, err := f.run.Finish()
	if err != nil {
		return f.failed(err)
	}
	f.counts = *m.Counts
	return nil
}

func (f *runFolder) close() {
	if f.run != nil {
		f.run.Close()
	}
}
