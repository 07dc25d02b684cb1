package main

import (
	"os"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// This file defines the options that several commands have, each with its check: a function that returns the value, or an
// error in how the command was called. See pipelineFlags for those that choose the parts of the pipeline, inputFlags for
// those that choose what is read, and trainFlags for those of the commands that train models.

// boolFlag is an option without a value.
func boolFlag(name, usage string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, DisableDefaultText: true}
}

func outputFlag(usage string) cli.Flag {
	return &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: usage}
}

// forceFlag lets the command replace what exists.
func forceFlag(what string) cli.Flag { return boolFlag("force", "replace "+what) }

// quietFlag leaves out what is written to standard error besides faults.
func quietFlag(usage string) cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: usage, DisableDefaultText: true}
}

// textOrJSONFlag is the --format of the commands that write text for people, or JSON.
func textOrJSONFlag(more string) cli.Flag {
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "text", Usage: "write text for people or json, the `FORMAT`" + more}
}

// wantsJSON reports whether textOrJSONFlag asks for JSON.
func wantsJSON(c *cli.Context) (bool, error) {
	switch format := c.String("format"); format {
	case "text", "json":
		return format == "json", nil
	default:
		return false, usage("--format %s: take text or json", format)
	}
}

// jobsFlag says how many of something are worked on at a time, as in "articles".
func jobsFlag(of string) cli.Flag {
	return &cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "work on `N` " + of + " at a time", DefaultText: "one for each CPU"}
}

// jobsOf returns the number of jobs; 0 means one for each CPU.
func jobsOf(c *cli.Context) (int, error) {
	if !c.IsSet("jobs") {
		return 0, nil
	}
	return c.Int("jobs"), atLeast(c, 1, "jobs")
}

func offsetsFlag() cli.Flag {
	return &cli.StringFlag{Name: "offsets", Value: output.Codepoint.String(), Usage: "count offsets in this `UNIT`: codepoint, byte or utf16"}
}

func offsetUnit(c *cli.Context) (output.Unit, error) {
	unit, ok := output.ParseUnit(c.String("offsets"))
	if !ok {
		return unit, usage("--offsets %s: not a unit; take codepoint, byte or utf16", c.String("offsets"))
	}
	return unit, nil
}

func textFlag() cli.Flag {
	return &cli.StringFlag{Name: "text", Value: "full", Usage: "`MODE` full, or none to leave out all texts but names"}
}

func textMode(c *cli.Context) (output.TextMode, error) {
	mode, ok := output.ParseTextMode(c.String("text"))
	if !ok {
		return mode, usage("--text %s: take full or none", c.String("text"))
	}
	return mode, nil
}

func maxDocBytesFlag() cli.Flag {
	return &cli.Int64Flag{Name: "max-doc-bytes", Value: corpus.DefaultMaxBytes, Usage: "refuse articles of more than `N` bytes"}
}

func maxDocBytes(c *cli.Context) (int64, error) {
	n := c.Int64("max-doc-bytes")
	if n < 1 {
		return n, usage("--max-doc-bytes %d: take at least 1", n)
	}
	return n, nil
}

// pageFlags say how text is shown on a terminal; verb is what happens to long lines, as in "break".
func pageFlags(verb string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "`WHEN` to use colour: auto (on a terminal, unless NO_COLOR is set), always or never"},
		&cli.IntFlag{Name: "width", Usage: verb + " lines of text at `N` columns", DefaultText: "the terminal's width, at most 100; else 80"},
	}
}

// pageOf returns a page for f, whose writer the caller sets.
func pageOf(c *cli.Context, f *os.File) (*page, error) {
	p := &page{width: c.Int("width")}
	switch when := c.String("color"); when {
	case "auto":
		p.on = colorful(f)
	case "always", "never":
		p.on = when == "always"
	default:
		return nil, usage("--color %s: take auto, always or never", when)
	}
	if !c.IsSet("width") {
		p.width = terminalWidth(f)
		return p, nil
	}
	return p, atLeast(c, minWidth, "width")
}

// errorsFlag is how many errors the measuring commands list.
func errorsFlag() cli.Flag {
	return &cli.IntFlag{Name: "errors", Usage: "list the first `N` errors of each kind", DefaultText: "none"}
}

// atLeast refuses the first of the named numbers that is less than least.
func atLeast(c *cli.Context, least int, names ...string) error {
	for _, name := range names {
		if n := c.Int(name); n < least {
			return usage("--%s %d: take at least %d", name, n, least)
		}
	}
	return nil
}
