package main

import (
	"context"
	"fmt"
	"iter"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/extract"
)

// tagCommand labels tokens, for pipes and for comparison with other taggers.
func tagCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "tag",
		Usage:     "tag the names in tokens, one a line",
		UsageText: "quoth tag [options] [PATH...]",
		Description: `Reads one token a line, with a blank line between sentences and a line -DOCSTART- before each document, and writes
each token with its tag: B- and I- before PER, LOC, ORG or MISC, or O. Further columns, set apart by tabs or spaces,
are left out. Each line of the input becomes one line of the output. The rest of a document tells about a
name, so mark where documents start: without marks 500 sentences are taken for one.

With --text it reads articles as quoth extract does, and writes their tokens in the same form. With --probabilities a tag is
followed by = and its probability, and by the others of the token that are likelier than half a percent, as in
B-ORG=0.62,O=0.31; quoth train entities reads that.

Examples:
  quoth tag < tokens.conll > tagged.conll
  quoth tag --text article.txt
  quoth tag --model my.model --jobs 1 tokens.conll

Exit codes:
  0 all done, 2 wrong call, model or input, 3 some articles failed, 4 the output could not be written`,
		Flags: []cli.Flag{
			boolFlag("text", "read articles and not tokens"),
			boolFlag("probabilities", "write the probability of each tag"),
			&cli.StringFlag{Name: "model", Usage: "tag with the model in `FILE` and not with the built-in one"},
			jobsFlag("documents"),
		},
		Action: func(c *cli.Context) error {
			jobs, err := jobsOf(c)
			if err != nil {
				return err
			}
			m, err := loadModel(c.String("model"))
			if err != nil {
				return err
			}
			t := &tagRun{model: m, out: standard(std.out), jobs: jobs, odds: c.Bool("probabilities")}
			paths := c.Args().Slice()
			if len(paths) == 0 {
				paths = []string{"-"}
			}
			if c.Bool("text") {
				return t.articles(c.Context, paths, std)
			}
			return t.tokens(c.Context, paths, std)
		},
	}
}

// A tagRun is one call of the command.
type tagRun struct {
	model *crf.Model
	out   *outFile
	jobs  int
	odds  bool // write probabilities
}

// tokens tags files of tokens.
func (t *tagRun) tokens(ctx context.Context, paths []string, std streams) error {
	var readErr error // written by the one goroutine that reads, which has ended when Run returns nil
	docs := func(yield func(tokenDoc) bool) {
		for _, path := range paths {
			if readErr = eachTokenDoc(path, std.in, yield); readErr != nil {
				if readErr == errStopped {
					readErr = nil
				}
				return
			}
		}
	}
	err := pipeline.Run(ctx, iter.Seq[tokenDoc](docs), t.jobs, t.tag, t.write)
	switch {
	case ctx.Err() != nil:
		return interrupted(ctx)
	case err != nil:
		return err
	case readErr != nil:
		return &exitError{exitUsage, readErr}
	}
	return nil
}

// write writes the lines of a document at once, so that who reads them need not wait for the next.
func (t *tagRun) write(lines []byte) error {
	if len(lines) == 0 {
		return nil
	}
	_, err := t.out.Write(lines)
	return err
}

// tags are the ends of lines by label.
var tags = func() (list [17]string) {
	for l := range list {
		list[l] = "\t" + crf.Label(l).IOB2() + "\n"
	}
	return list
}()

// tag returns the lines of a document with their tags.
func (t *tagRun) tag(d tokenDoc) []byte {
	ends := t.tagsOf(d.Doc)
	out := make([]byte, 0, d.bytes+8*len(d.lines))
	i := 0
	for _, kind := range d.lines {
		switch kind {
		case tokenLine:
			out = append(out, d.Tokens[i]...)
			out = append(out, ends[i]...)
			i++
		case startLine:
			out = append(out, docStart+"\tO\n"...)
		default:
			out = append(out, '\n')
		}
	}
	return out
}

// tagsOf returns what comes after each token of its line.
func (t *tagRun) tagsOf(d crf.Doc) []string {
	ends := make([]string, 0, len(d.Tokens))
	if t.odds {
		for _, o := range t.model.Odds(d, make([]crf.Odds, 0, len(d.Tokens))) {
			ends = append(ends, "\t"+o.String()+"\n")
		}
		return ends
	}
	for _, l := range t.model.Tag(d, make([]crf.Label, 0, len(d.Tokens))) {
		ends = append(ends, tags[l])
	}
	return ends
}

// articles tags articles. One that fails is reported and counted, and the rest goes on.
func (t *tagRun) articles(ctx context.Context, paths []string, std streams) error {
	set, err := loadRules("")
	if err != nil {
		return err
	}
	collection, err := corpus.Open(ctx, paths, corpus.Options{Stdin: std.in})
	switch {
	case ctx.Err() != nil:
		return interrupted(ctx)
	case err != nil:
		return &exitError{exitUsage, err}
	}
	stage := segment.New(set)
	type result struct {
		lines []byte
		err   error
	}
	failed := 0
	err = pipeline.Run(ctx, collection.Items(ctx), t.jobs, func(item corpus.Item) result {
		if item.Err != nil {
			return result{err: item.Err}
		}
		d := extract.Document(item.Article)
		if err := stage.Process(d); err != nil {
			return result{err: fmt.Errorf("%s: %w", d.ID, err)}
		}
		return result{lines: t.tag(documentLines(d))}
	}, func(r result) error {
		if r.err != nil {
			failed++
			fmt.Fprintln(std.err, "quoth:", advised(r.err))
			return nil
		}
		return t.write(r.lines)
	})
	switch {
	case ctx.Err() != nil:
		return interrupted(ctx)
	case err != nil:
		return err
	}
	return partial(failed)
}
