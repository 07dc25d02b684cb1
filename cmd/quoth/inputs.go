package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
)

// inputFlags are the options that say what is read and how it is understood.
func inputFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "ext",
			Usage: "read files with this `ENDING` in folders and archives, instead of " +
				strings.Join(corpus.DefaultExtensions(), ", ") + "; several with commas"},
		&cli.GenericFlag{Name: "include", Value: &list{},
			Usage: "read only what matches the `GLOB`, as in 'news/**/2026-*.txt'; may be given several times"},
		&cli.GenericFlag{Name: "exclude", Value: &list{},
			Usage: "leave out what matches the `GLOB`, or lies below what matches; may be given several times"},
		boolFlag("follow", "follow symbolic links to folders"),
		&cli.StringFlag{Name: "encoding", Usage: "decode text files from the encoding `NAME`, as in windows-1252, instead of finding it out"},
		boolFlag("strict", "refuse articles with NUL, or with bytes that their encoding does not allow"),
		&cli.StringFlag{Name: "shard", Usage: "read the part `i/n` of the articles, as in 2/8: the parts together are all of them"},
		maxDocBytesFlag(),
		&cli.GenericFlag{Name: "limit", Value: &list{}, Usage: "set a limit for archives, `KEY=N`: " + limitsText() + "; may be given several times"},
		&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"},
			Usage:              "list what would be read, how it is understood, and what is passed over; --format jsonl for programs",
			DisableDefaultText: true},
	}, mapFlags()...)
}

// inputOptions checks the options of inputFlags.
func inputOptions(c *cli.Context, std streams) (corpus.Options, error) {
	opt := corpus.Options{
		Extensions: extensions(c.StringSlice("ext")), Stdin: std.in,
		Include: listOf(c, "include"), Exclude: listOf(c, "exclude"), Follow: c.Bool("follow"), Strict: c.Bool("strict"),
	}
	var err error
	if opt.MaxBytes, err = maxDocBytes(c); err != nil {
		return opt, err
	}
	if name := c.String("encoding"); c.IsSet("encoding") {
		if opt.Encoding, err = corpus.ParseEncoding(name); err != nil {
			return opt, usage("--encoding %w", err)
		}
	}
	if text := c.String("shard"); c.IsSet("shard") {
		if opt.Shard, err = corpus.ParseShard(text); err != nil {
			return opt, usage("--shard %s: %w", text, err)
		}
	}
	for _, setting := range listOf(c, "limit") {
		if err := setLimit(&opt.Limits, setting); err != nil {
			return opt, usage("--limit %s: %w", setting, err)
		}
	}
	return opt, mapOptions(c, &opt)
}

// mapFlags are the options that say where the inputs have what.
func mapFlags() []cli.Flag {
	return []cli.Flag{
		&cli.GenericFlag{Name: "map", Value: &list{},
			Usage: "where JSON, CSV and TSV have a field, as `FIELD=PATH`, for example text=.story.body or title=Headline; fields: " +
				strings.Join(corpus.MapFields(), ", ") + "; may be given several times"},
		&cli.StringFlag{Name: "text-col", Usage: "the column `NAME` of a table holds the article; short for --map text=NAME"},
		&cli.StringFlag{Name: "id-col", Usage: "the column `NAME` of a table holds the article's own id; short for --map id=NAME"},
		&cli.StringFlag{Name: "layouts", Usage: "add the layouts of Nexis files and the like in folder `DIR` to the built-in ones"},
	}
}

// mapOptions checks the options of mapFlags.
func mapOptions(c *cli.Context, opt *corpus.Options) error {
	fields := map[string]string{}
	set := func(flag, field, path string) error {
		if _, twice := fields[field]; twice {
			return usage("%s: %s is set already; say once where it is", flag, field)
		}
		fields[field] = path
		return nil
	}
	for _, entry := range listOf(c, "map") {
		field, path, ok := strings.Cut(entry, "=")
		if !ok {
			return usage("--map %s: write FIELD=PATH, as in text=.story.body", entry)
		}
		if err := set("--map "+entry, strings.TrimSpace(field), path); err != nil {
			return err
		}
	}
	for _, short := range []struct{ flag, field string }{{"text-col", "text"}, {"id-col", "id"}} {
		if c.IsSet(short.flag) {
			if err := set("--"+short.flag, short.field, c.String(short.flag)); err != nil {
				return err
			}
		}
	}
	if err := corpus.CheckMap(fields); err != nil {
		return usage("--map: %w", err)
	}
	opt.Map = fields
	if !c.IsSet("layouts") {
		return nil
	}
	folder := c.String("layouts")
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return usage("--layouts %s: no such folder", folder)
	}
	var err error
	if opt.Layouts, err = corpus.DefaultLayouts().With(os.DirFS(folder)); err != nil {
		return &exitError{exitUsage, fmt.Errorf("--layouts %s:\n%w", folder, err)}
	}
	return nil
}

// A limit is one of those that --limit sets.
type limit struct {
	key   string
	field func(*corpus.Limits) *int64
}

func limits() []limit {
	return []limit{
		{"archive-bytes", func(l *corpus.Limits) *int64 { return &l.ArchiveBytes }},
		{"member-bytes", func(l *corpus.Limits) *int64 { return &l.MemberBytes }},
		{"ratio", func(l *corpus.Limits) *int64 { return &l.Ratio }},
		{"depth", func(l *corpus.Limits) *int64 { return &l.Depth }},
		{"members", func(l *corpus.Limits) *int64 { return &l.Members }},
	}
}

// limitsText lists the limits with their defaults.
func limitsText() string {
	var parts []string
	defaults := corpus.DefaultLimits()
	for _, l := range limits() {
		parts = append(parts, fmt.Sprintf("%s (%d)", l.key, *l.field(&defaults)))
	}
	return strings.Join(parts, ", ")
}

func setLimit(to *corpus.Limits, setting string) error {
	key, value, _ := strings.Cut(setting, "=")
	for _, l := range limits() {
		if l.key != key {
			continue
		}
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 {
			return fmt.Errorf("not a number of at least 1; write %s=N", key)
		}
		*l.field(to) = n
		return nil
	}
	return fmt.Errorf("no such limit; set one of %s", limitsText())
}

// A list is an option that may be given several times. Commas do not divide it, as they do in slices of package cli:
// globs have them in braces.
type list []string

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func (l *list) String() string { return strings.Join(*l, " ") }

func listOf(c *cli.Context, name string) []string {
	if l, ok := c.Generic(name).(*list); ok {
		return *l
	}
	return nil
}

// extensions gives the endings their dot.
func extensions(list []string) []string {
	var dotted []string
	for _, ext := range list {
		if ext = strings.TrimSpace(ext); ext != "" {
			dotted = append(dotted, "."+strings.TrimPrefix(ext, "."))
		}
	}
	return dotted
}
