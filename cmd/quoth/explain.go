package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// explainCommand shows how the quotes of one article got their speakers.
func explainCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "show how the quotes of an article got their speakers, and why other words in marks are no quotes",
		UsageText: "quoth explain [options] [FILE]",
		Description: `Reads one article, as quoth extract does, and tells of its quotes who else may have said them and how likely each is,
what each sieve answers or why it declines, and how the words beside the quote led to a name. FILE is a text file, a
JSON or JSON Lines file, or - for standard input, which is also read when no FILE is given. Without --quote, --at and
--all it lists what there is to explain. The choice is the one that quoth extract makes with the same options.

Examples:
  quoth explain article.txt                     a list of the quotes
  quoth explain article.txt --quote q3          all about the third one
  quoth explain article.txt --at 1204           what is at that place, or nearest to it
  quoth explain article.txt --all | less        all about all
  quoth explain articles.jsonl --index 7 --quote q1
  quoth explain article.txt --format json | jq '.quotes[] | select(.decided_by == "ranker")'

Exit codes:
  0 all done, 2 wrong call or rules, 3 the article could not be read, 4 the output could not be written`,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "quote", Usage: "explain the quote with this `ID`, as in q3"},
			&cli.IntFlag{Name: "at", Usage: "explain what is at `OFFSET`, which counts from 0 what --offsets says"},
			boolFlag("all", "explain everything"),
			&cli.StringFlag{Name: "id", Usage: "of several articles take the one with this `ID`: its doc_id, or the id that the input gives it"},
			&cli.IntFlag{Name: "index", Usage: "of several articles take number `N`, counted from 0", DefaultText: "there must be just one"},
			textOrJSONFlag("; json holds everything unless --quote or --at is given"),
			offsetsFlag(),
			maxDocBytesFlag(),
		}, pageFlags("break"), pipelineFlags()),
		Action: func(c *cli.Context) error {
			if c.Args().Len() == 0 && term.IsTerminal(int(std.in.Fd())) {
				return helpAndFail(c, std)
			}
			return explain(c, std)
		},
	}
}

// explain checks the options, reads the article and writes what was asked for.
func explain(c *cli.Context, std streams) error {
	o, err := explainOptions(c)
	if err != nil {
		return err
	}
	page, err := pageOf(c, std.out)
	if err != nil {
		return err
	}
	parts, err := pipelineOptions(c)
	if err != nil {
		return err
	}
	whole, err := pipeline.NewDefault(parts)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	tool := toolOf(whole, parts.Rules)
	a, err := readArticle(c, std, o)
	if err != nil {
		return err
	}
	x, err := explainArticle(a, parts)
	if err != nil {
		return &exitError{exitPartial, fmt.Errorf("%s: %w", a.Path, err)}
	}
	x.units = output.NewOffsets(a.Text, o.unit)
	s, err := x.choose(o)
	if err != nil {
		return err
	}
	out := standard(std.out)
	if o.json {
		err = x.writeJSON(out, s, o, tool)
	} else {
		page.w = out
		x.writeText(page, s, o)
	}
	if err != nil {
		return failure(err)
	}
	return out.commit()
}

// An explainRequest is what the options ask for.
type explainRequest struct {
	quote    int // ID, or 0
	at       int // in units, or -1
	all      bool
	id       string
	index    int // or -1
	json     bool
	unit     output.Unit
	maxBytes int64
}

func explainOptions(c *cli.Context) (o explainRequest, err error) {
	o = explainRequest{at: -1, index: -1, all: c.Bool("all"), id: c.String("id")}
	if c.Args().Len() > 1 {
		return o, usage("explain takes one file, and %d are given; see quoth explain --help", c.Args().Len())
	}
	chosen := 0
	for _, name := range []string{"quote", "at", "all"} {
		if c.IsSet(name) {
			chosen++
		}
	}
	if chosen > 1 {
		return o, usage("--quote, --at and --all do not go together; take one")
	}
	if c.IsSet("id") && c.IsSet("index") {
		return o, usage("--id and --index do not go together; take one")
	}
	if c.IsSet("quote") {
		name := c.String("quote")
		if o.quote, err = strconv.Atoi(strings.TrimPrefix(name, "q")); err != nil || o.quote < 1 {
			return o, usage("--quote %s: not the id of a quote; ids look like q3", name)
		}
	}
	if c.IsSet("at") {
		if o.at = c.Int("at"); o.at < 0 {
			return o, usage("--at %d: offsets count from 0", o.at)
		}
	}
	if c.IsSet("index") {
		if o.index = c.Int("index"); o.index < 0 {
			return o, usage("--index %d: articles count from 0", o.index)
		}
	}
	if o.json, err = wantsJSON(c); err != nil {
		return o, err
	}
	if o.unit, err = offsetUnit(c); err != nil {
		return o, err
	}
	if o.maxBytes, err = maxDocBytes(c); err != nil {
		return o, err
	}
	return o, checkRecognizer(c.String("recognizer"))
}

// readArticle reads the one article that is asked for.
func readArticle(c *cli.Context, std streams, o explainRequest) (*corpus.Article, error) {
	path := "-"
	if c.Args().Present() {
		path = c.Args().First()
	}
	articles, err := corpus.Open(c.Context, []string{path}, corpus.Options{MaxBytes: o.maxBytes, Stdin: std.in})
	switch {
	case c.Context.Err() != nil:
		return nil, interrupted(c.Context)
	case err != nil:
		return nil, &exitError{exitUsage, err}
	case articles.Len() > 1:
		return nil, usage("%s holds %d files; name one of them", path, articles.Len())
	}
	item, err := chooseItem(c.Context, articles, path, o)
	switch {
	case err != nil:
		return nil, err
	case item.Err != nil:
		return nil, &exitError{exitPartial, item.Err}
	}
	return item.Article, nil
}

// chooseItem returns the item that --index or --id names, or the only one.
func chooseItem(ctx context.Context, articles *corpus.Collection, path string, o explainRequest) (*corpus.Item, error) {
	var found *corpus.Item
	n := 0
	for item := range articles.Items(ctx) {
		n++
		index := 0
		switch {
		case item.Article != nil:
			index = item.Article.Index
		case item.Err != nil:
			index = item.Err.Index
		}
		switch {
		case o.index >= 0 && index == o.index, o.id != "" && item.Article != nil && hasID(item.Article, o.id):
			return &item, nil
		case o.index >= 0 || o.id != "":
		case found != nil:
			return nil, usage("%s holds several articles; choose one with --index, counted from 0, or --id", path)
		default:
			found = &item
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, interrupted(ctx)
	case found != nil:
		return found, nil
	case o.id != "":
		return nil, usage("--id %s: no article in %s has that doc_id, nor the input that id", o.id, path)
	case o.index >= 0 && n > 0:
		return nil, usage("--index %d: %s has no article of that number; it holds %d, counted from 0", o.index, path, n)
	}
	return nil, usage("%s holds no article; name another file", path)
}

// hasID reports whether id is the doc_id of the article, or what the input calls it.
func hasID(a *corpus.Article, id string) bool {
	return a.Meta.ID != nil && *a.Meta.ID == id || output.DocID(extract.Source(a)) == id
}

// An explainedArticle is one article with all that there is to tell.
type explainedArticle struct {
	article *corpus.Article
	d       *annot.Document
	list    []attribution.Explanation // parallel to d.Quotes
	marks   *quotes.Explainer
	units   *output.Offsets
}

// explainArticle does what the default pipeline does, but for the last stage, which it asks to explain itself.
func explainArticle(a *corpus.Article, parts pipeline.Options) (x *explainedArticle, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			x, err = nil, fmt.Errorf("internal error: %v", fault)
		}
	}()
	p, err := pipeline.NewUnattributed(parts)
	if err != nil {
		return nil, err
	}
	ranker := parts.Ranker
	if ranker == nil {
		if ranker, err = attribution.Default(); err != nil {
			return nil, err
		}
	}
	d := extract.Document(a)
	if err := p.Process(d); err != nil {
		return nil, err
	}
	list := attribution.NewRanked(parts.Rules, ranker).Explain(d)
	return &explainedArticle{article: a, d: d, list: list, marks: quotes.NewExplainer(d, parts.Rules)}, nil
}
