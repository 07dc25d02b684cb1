package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/corpus/records/validate"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// validateCommand checks files that quoth wrote.
func validateCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "validate",
		Usage:     "check that files are what quoth writes",
		UsageText: "quoth validate [options] PATH...",
		Description: `Reads what quoth wrote and tells what is wrong with it, one fault a line. A PATH is a file of records or error records
(JSON Lines, JSON or YAML), - for standard input, the folder of a run (with run.json), or that of a data set (with
datapackage.json). Checked are the bytes (UTF-8, line ends, nothing cut off), the syntax, the schema, that every span is
the text given beside it, hashes, ids and references, the order, and that no doc_id is there twice; in a run the
counts and the journal; in a data set the hashes, the header, the keys and the spans of quotes.

Examples:
  quoth validate out.jsonl                        a line for each fault, or nothing
  quoth extract news/ | quoth validate -
  quoth validate run/ dataset/
  quoth validate --format json out.jsonl | jq -r .code | sort | uniq -c

Exit codes:
  0 nothing found, 1 faults found, 2 wrong call, 4 a file could not be read or the output not written`,
		Flags: []cli.Flag{
			textOrJSONFlag(": a line for each fault"),
			jobsFlag("records"),
		},
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return helpAndFail(c, std)
			}
			return validateFiles(c, std)
		},
	}
}

func validateFiles(c *cli.Context, std streams) error {
	v := &validator{c: c, stdin: std.in, out: standard(std.out)}
	var err error
	if v.json, err = wantsJSON(c); err != nil {
		return err
	}
	if v.jobs, err = jobsOf(c); err != nil {
		return err
	}
	for _, path := range c.Args().Slice() {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return usage("%s", withoutOperation(err))
		}
	}
	for _, path := range c.Args().Slice() {
		if err := v.path(path); err != nil {
			return err
		}
	}
	if err := v.out.commit(); err != nil {
		return err
	}
	fmt.Fprintf(std.err, "quoth: %s\n", v.summary())
	switch {
	case v.unread > 0:
		return &exitError{code: exitAborted}
	case v.findings > 0:
		return &exitError{code: exitFindings}
	}
	return nil
}

// A validator checks paths one after the other.
type validator struct {
	c     *cli.Context
	stdin *os.File
	out   *outFile
	json  bool
	jobs  int

	records, failed  int // of the files, failed are error records
	rows             int
	findings, unread int
}

func (v *validator) summary() string {
	var parts []string
	for _, n := range []struct {
		n    int
		name string
	}{{v.records, "record"}, {v.failed, "error record"}, {v.rows, "row"}} {
		if n.n > 0 {
			parts = append(parts, number(n.n, n.name))
		}
	}
	if len(parts) == 0 {
		parts = []string{"no records"}
	}
	s := strings.Join(parts, ", ") + ": " + number(v.findings, "fault")
	if v.unread > 0 {
		s += ", " + number(v.unread, "file") + " could not be read"
	}
	return s
}

// report writes findings. The files that they name are in the folder, if there is one.
func (v *validator) report(folder string, list []validate.Finding) error {
	for _, f := range list {
		v.findings++
		adviseFinding(&f)
		if folder != "" {
			f.Path = filepath.Join(folder, f.Path)
		}
		line := clean(f.String())
		if v.json {
			b, err := json.Marshal(f)
			if err != nil {
				return err
			}
			line = string(b)
		}
		if _, err := v.out.WriteString(line + "\n"); err != nil {
			return writeError(v.out.name, err)
		}
	}
	return nil
}

// unreadable tells of a file that could not be read; others may be.
func (v *validator) unreadable(err error) error {
	v.unread++
	fmt.Fprintln(v.c.App.ErrWriter, "quoth:", withoutOperation(err))
	return nil
}

func (v *validator) path(path string) error {
	if path == "-" {
		_, err := v.stream(path, v.stdin)
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return v.unreadable(err)
	}
	if !info.IsDir() {
		_, err := v.file(path)
		return err
	}
	has := func(name string) bool {
		_, err := os.Stat(filepath.Join(path, name))
		return err == nil
	}
	switch {
	case has(validate.PackageName):
		return v.dataset(path)
	case has(validate.ManifestName):
		return v.run(path)
	}
	if _, err := run.Read(path); errors.Is(err, run.ErrUnfinished) {
		return &exitError{exitUsage, err}
	}
	return usage("%s holds neither %s, which a run has, nor %s, which a data set has; name the files instead",
		path, validate.ManifestName, validate.PackageName)
}

// run checks the folder of a run.
func (v *validator) run(path string) error {
	if _, err := run.Read(path); err == nil && run.Newer(path) {
		fmt.Fprintf(v.c.App.ErrWriter, "quoth: %s: a newer run in this folder is not finished; checked is the older one\n", path)
	}
	var found validate.Counts
	for _, name := range []string{validate.DocumentsName, validate.ErrorsName} {
		file := filepath.Join(path, name)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		counts, err := v.file(file)
		if err != nil {
			return err
		}
		found.Add(counts)
	}
	list, err := validate.Run(os.DirFS(path), found)
	if err := v.report(path, list); err != nil {
		return err
	}
	if err != nil {
		return v.unreadable(err)
	}
	return nil
}

func (v *validator) dataset(path string) error {
	rows, err := validate.Dataset(os.DirFS(path), func(f validate.Finding) error { return v.report(path, []validate.Finding{f}) })
	v.rows += rows
	var exit *exitError
	if err != nil && !errors.As(err, &exit) {
		return v.unreadable(err)
	}
	return err
}

func (v *validator) file(path string) (validate.Counts, error) {
	f, err := os.Open(path)
	if err != nil {
		return validate.Counts{}, v.unreadable(err)
	}
	defer f.Close()
	return v.stream(path, f)
}

// stream checks a file of records, which are checked in parallel and reported in order.
func (v *validator) stream(path string, in io.Reader) (validate.Counts, error) {
	file := validate.NewFile(path)
	frames := output.NewScanner(file.Reader(in))
	var end error
	err := pipeline.Run(v.c.Context, func(yield func(output.Frame) bool) {
		for {
			var f output.Frame
			if f, end = frames.Next(); end != nil || !yield(f) {
				return
			}
		}
	}, v.jobs, validate.Record, func(r *validate.Result) error {
		v.records++
		return v.report("", file.Add(r))
	})
	switch {
	case v.c.Context.Err() != nil:
		return validate.Counts{}, interrupted(v.c.Context)
	case err != nil:
		return validate.Counts{}, err
	}
	v.records -= file.Counts().Errors
	v.failed += file.Counts().Errors
	list, err := file.End(end)
	if err != nil {
		return file.Counts(), v.unreadable(fmt.Errorf("%s: %w", path, pathCause(err)))
	}
	return file.Counts(), v.report("", list)
}
