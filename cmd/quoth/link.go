package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/records/link"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func linkCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "link",
		Usage:     "fill in speakers that other articles with the same quote name",
		UsageText: "quoth link [options] RUN -o NEWRUN",
		Description: `RUN is what quoth extract wrote: a folder, or a file of JSON Lines, JSON or YAML. Where several of its articles have the
same quote (the same "fingerprint") and all that are sure of the speaker agree, the others are given that name: it is
marked with the flag by_redundancy, and "by" is link/fingerprint. What is sure already is never changed, and where
sure articles contradict each other, nothing is. NEWRUN is like RUN, with those changes: a folder, or a file, which is
JSON if its name ends in .json and JSON Lines if not. The same input gives the same bytes. What was done is shown on
standard error.

Examples:
  quoth link quotes.jsonl -o linked.jsonl
  quoth link run -o run-linked
  quoth link quotes.jsonl -o - | jq -c '.quotes[] | select(.by == "link/fingerprint") | [.speaker.name, .text]'

Exit codes:
  0 done, 2 wrong call or bad records, 4 the output could not be written`,
		Flags: []cli.Flag{
			outputFlag("write to `NEWRUN`, a folder if RUN is one, a file otherwise; - is standard output"),
			forceFlag("NEWRUN if it exists"),
			quietFlag("show no summary"),
		},
		Action: func(c *cli.Context) error { return linkRecords(c, std) },
	}
}

// linkRecords checks the call and links a folder or a file.
func linkRecords(c *cli.Context, std streams) error {
	in, out := c.Args().First(), c.String("output")
	switch {
	case c.NArg() == 0:
		return helpAndFail(c, std)
	case c.NArg() > 1:
		return usage("link takes one RUN, not %d", c.NArg())
	case in == "-":
		return usage("link reads its input twice; name a file or a folder, not -")
	case out == "":
		return usage("name the output, as in: quoth link %s -o linked", in)
	}
	info, err := os.Stat(in)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if same, err := os.Stat(out); err == nil && os.SameFile(info, same) {
		return usage("%s is the input; write to another place", out)
	}
	l := &linkRun{ctx: c, std: std}
	if info.IsDir() {
		err = l.folder(in, out)
	} else {
		err = l.file(in, out)
	}
	if err == nil && !c.Bool("quiet") {
		_, err = fmt.Fprintln(std.err, "quoth:", l.summary)
	}
	return err
}

// A linkRun is one call of the command.
type linkRun struct {
	ctx     *cli.Context
	std     streams
	summary link.Summary
}

// folder links the records of a run. The new one appears under its name when it is whole.
func (l *linkRun) folder(in, out string) error {
	if out == "-" {
		return usage("%s is a folder, and so is what link makes of it; name a folder to write", in)
	}
	if err := checkDisjoint(in, out); err != nil {
		return err
	}
	f, err := newFolderOut(out, l.ctx.Bool("force"), linkedRun)
	if err != nil {
		return err
	}
	defer f.discard()
	if err := l.rewrite(in, f); err != nil {
		return err
	}
	return f.commit()
}

// linkedRun is the folder of a finished run.
var linkedRun = folderKind{name: "run", holds: func(entry os.DirEntry) bool {
	return slices.Contains(run.Names(), entry.Name())
}}

// checkDisjoint refuses two folders of which one lies in the other.
func checkDisjoint(in, out string) error {
	from, err := resolved(in)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	to, err := resolved(out)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	within := func(outer, inner string) bool {
		rel, err := filepath.Rel(outer, inner)
		return err == nil && filepath.IsLocal(rel)
	}
	switch {
	case within(from, to):
		return usage("%s lies in %s; write to another place", out, in)
	case within(to, from):
		return usage("%s lies in %s; write to another place", in, out)
	}
	return nil
}

// resolved returns the absolute path without symbolic links. The end of the path need not exist.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	parent := filepath.Dir(path)
	if !errors.Is(err, os.ErrNotExist) || parent == path {
		return real, err
	}
	real, err = resolved(parent)
	return filepath.Join(real, filepath.Base(path)), err
}

// rewrite writes a copy of the run in a folder, with the speakers that were found.
func (l *linkRun) rewrite(in string, out *folderOut) error {
	if _, err := run.Read(in); err != nil {
		return &exitError{exitUsage, err}
	}
	f, err := os.Open(filepath.Join(in, run.DocumentsName))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer f.Close()
	linker, err := l.decide(f)
	if err != nil {
		return err
	}
	defer linker.Close()
	err = run.Rewrite(in, out.folder.Temporary(), "linked", func(line []byte) (changed []byte, totals output.Totals, err error) {
		if err := l.ctx.Context.Err(); err != nil {
			return nil, totals, err
		}
		r := new(output.Record)
		if err := json.Unmarshal(line, r); err != nil {
			return nil, totals, usage("%s: %w", f.Name(), err)
		}
		if linker.Fill(r) {
			if line, err = r.Line(); err != nil {
				return nil, totals, usage("%s: %w", f.Name(), err)
			}
		}
		return line, r.Totals(), nil
	})
	if l.ctx.Context.Err() != nil {
		return interrupted(l.ctx.Context)
	}
	fault := (*exitError)(nil)
	switch {
	case errors.As(err, &fault):
		return err
	case errors.Is(err, run.ErrDamaged), errors.Is(err, run.ErrUnfinished):
		return &exitError{exitUsage, err}
	case err != nil:
		return writeError(out.folder.Path(), err)
	}
	l.summary = linker.Summary()
	return nil
}

// decide reads all records and finds the speakers. The caller closes the linker.
func (l *linkRun) decide(f *os.File) (*link.Linker, error) {
	linker, err := link.New("")
	if err != nil {
		return nil, writeError("scratch data", err)
	}
	err = l.records(f, linker.Collect)
	if err == nil {
		if err = linker.Decide(); err != nil {
			err = writeError("scratch data", err)
		}
	}
	if err != nil {
		linker.Close()
		return nil, err
	}
	return linker, nil
}

// file links the records of a file.
func (l *linkRun) file(in, out string) error {
	f, err := os.Open(in)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return usage("%s is no regular file; link reads its input twice", in)
	}
	to := standard(l.std.out)
	if out != "-" {
		if to, err = create(out, l.ctx.Bool("force")); err != nil {
			return err
		}
		defer to.discard()
	}
	linker, err := l.decide(f)
	if err != nil {
		return err
	}
	defer linker.Close()
	w := output.NewWriter(to, formatOf(in, out))
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return &exitError{exitUsage, err}
	}
	if err := l.records(f, func(r *output.Record) error { linker.Fill(r); return w.Write(r) }); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return failure(err)
	}
	l.summary = linker.Summary()
	return to.commit()
}

// formatOf returns JSON for a file of that name, and JSON Lines for all others. YAML is read, but not written.
func formatOf(in, out string) output.Format {
	if out == "-" {
		out = in
	}
	if strings.EqualFold(filepath.Ext(out), ".json") {
		return output.JSON
	}
	return output.JSONL
}

// records gives each record of f to do.
func (l *linkRun) records(f *os.File, do func(*output.Record) error) error {
	for r := output.NewReader(f); ; {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &exitError{exitUsage, fmt.Errorf("%s: %w; link reads the JSON Lines, JSON or YAML of quoth extract", f.Name(), err)}
		case l.ctx.Context.Err() != nil:
			return interrupted(l.ctx.Context)
		}
		if err := do(record); err != nil {
			return failure(err)
		}
	}
}
