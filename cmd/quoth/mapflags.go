package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
)

// mapFlags are the options that say where the inputs have what.
func mapFlags() []cli.Flag {
	return []cli.Flag{
		&cli.GenericFlag{Name: "map", Value: &list{}, Usage: "where JSON, CSV and TSV have a field, as `FIELD=PATH`, for example text=.story.body or title=Headline; fields: " + strings.Join(corpus.MapFields(), ", ") + "; may be given several times"},
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
