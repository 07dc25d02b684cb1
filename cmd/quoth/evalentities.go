package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/eval"
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/entities/prose"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// tokenRecognizers are what eval entities can measure, the default first.
var tokenRecognizers = []string{"model", "default", "prose"}

// evalEntitiesCommand measures names alone, on texts that are tokens already.
func evalEntitiesCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "entities",
		Usage:     "measure the names that quoth finds in annotated tokens",
		UsageText: "quoth eval entities --gold FILE [options] [FILE...]",
		Description: `A FILE is CoNLL, a token and its tag on each line, or JSON Lines, as quoth train entities reads them. A name is right
if its first and last token and its type are those of the gold. Each figure is in percent; the interval of an F1 comes
from 1,000 drawings of as many documents. A file of more than 400 sentences without marks of documents is taken for
unrelated sentences. Names of type MISC are not judged where a file has none.

Examples:
  quoth eval entities --gold names.conll
  quoth eval entities --gold a.conll --gold b.jsonl --errors 20
  quoth eval entities --gold names.conll --model my.model --format json
  quoth eval entities --gold names.conll --recognizer prose

Exit codes:
  0 all done, 2 wrong call, gold or model, 4 the output could not be written`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "gold", Usage: "measure with the annotated `FILE`; several with commas or again"},
			&cli.StringSliceFlag{Name: "no-misc", Usage: "names of type MISC are not annotated in `FILE`, one of the gold"},
			&cli.StringFlag{Name: "model", Usage: "measure the model in `FILE` and not the built-in one"},
			&cli.StringFlag{Name: "recognizer", Value: tokenRecognizers[0],
				Usage: "measure `NAME`: model alone, default as quoth extract combines it with rules, or prose"},
			gazetteerFlag(),
			&cli.IntFlag{Name: "words", Value: 10, Usage: "list the `N` words with the most errors"},
			errorsFlag(),
			textOrJSONFlag(""),
			jobsFlag("documents"),
		},
		Action: func(c *cli.Context) error { return evaluateEntities(c, std) },
	}
}

func evaluateEntities(c *cli.Context, std streams) error {
	files := append(c.StringSlice("gold"), c.Args().Slice()...)
	if len(files) == 0 {
		return usage("no gold; name an annotated file with --gold")
	}
	asJSON, err := wantsJSON(c)
	if err != nil {
		return err
	}
	if err := atLeast(c, 0, "errors", "words"); err != nil {
		return err
	}
	jobs, err := jobsOf(c)
	if err != nil {
		return err
	}
	set, err := loadRules("")
	if err != nil {
		return err
	}
	find, err := tokenRecognizer(c, set)
	if err != nil {
		return err
	}
	sets, err := readNameSets(set, files, c.StringSlice("no-misc"), nil)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	var reports []*eval.NameReport
	for _, names := range sets {
		report, err := scoreNames(c, names, find, jobs)
		if err != nil {
			return err
		}
		reports = append(reports, report)
	}
	if asJSON {
		err = eval.WriteNamesJSON(std.out, reports)
	} else {
		err = eval.WriteNamesText(std.out, reports)
	}
	if err != nil {
		return writeError("standard output", err)
	}
	return nil
}

// scoreNames measures the names that find finds in a set of documents.
func scoreNames(c *cli.Context, names crf.Dataset, find func(*annot.Document) error, jobs int) (*eval.NameReport, error) {
	scorer := eval.NewNameScorer(names.Name, names.NoMISC || !hasMISC(names), c.Int("errors"))
	type result struct {
		d    *annot.Document
		want []gold.Mention
		err  error
	}
	err := pipeline.Run(c.Context, slices.Values(names.Docs), jobs, func(sample crf.Sample) result {
		d := tokenDocument(names.Name, sample.Doc)
		return result{d, goldMentions(d, sample.Labels), find(d)}
	}, func(r result) error {
		if r.err == nil {
			scorer.Add(r.d, r.want)
		}
		return r.err
	})
	switch {
	case c.Context.Err() != nil:
		return nil, interrupted(c.Context)
	case err != nil:
		return nil, &exitError{exitUsage, err}
	}
	return scorer.Report(c.Int("words")), nil
}

// tokenRecognizer returns the function that fills in the mentions of a document of tokens.
func tokenRecognizer(c *cli.Context, set *rules.Set) (func(*annot.Document) error, error) {
	name := c.String("recognizer")
	if !slices.Contains(tokenRecognizers, name) {
		return nil, usage("--recognizer %s: no such recognizer; take one of %s", name, strings.Join(tokenRecognizers, ", "))
	}
	switch {
	case name == "prose" && c.String("model") != "":
		return nil, usage("--model goes with --recognizer model or default; leave one out")
	case name == "model" && c.String("gazetteer") != "":
		return nil, usage("--gazetteer goes with --recognizer default or prose; choose one")
	}
	list, err := loadUserList(c.String("gazetteer"))
	if err != nil {
		return nil, err
	}
	if name == "prose" {
		r, err := prose.New()
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		return stageOf(set, list, r)
	}
	m, err := loadModel(c.String("model"))
	if err != nil {
		return nil, err
	}
	if name == "model" {
		return func(d *annot.Document) error {
			for _, x := range m.Mentions(tokensOf(d), nil) {
				d.Mentions = append(d.Mentions, annot.Mention{Span: annot.Span{Start: d.Tokens[x.First].Start, End: d.Tokens[x.End-1].End}, Type: x.Type})
			}
			return nil
		}, nil
	}
	recognizers, err := entities.BuiltIn(set, m)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	return stageOf(set, list, recognizers...)
}

func stageOf(set *rules.Set, list *entities.UserList, recognizers ...entities.Recognizer) (func(*annot.Document) error, error) {
	stage, err := entities.New(set, recognizers...)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	if list != nil {
		stage = stage.WithList(list)
	}
	return stage.Process, nil
}

// hasMISC reports whether a mention of the set is of type MISC.
func hasMISC(set crf.Dataset) bool {
	return slices.ContainsFunc(set.Docs, func(d crf.Sample) bool {
		return slices.ContainsFunc(d.Labels, func(l crf.Label) bool { return l.Type() == annot.MISC })
	})
}

// tokenDocument returns a document with the given tokens and sentences: a paragraph with a space between tokens.
func tokenDocument(id string, doc crf.Doc) *annot.Document {
	var text strings.Builder
	d := annot.New(id, "")
	for i, token := range doc.Tokens {
		if i > 0 {
			text.WriteByte(' ')
		}
		start := text.Len()
		text.WriteString(strings.ToValidUTF8(token, "\ufffd"))
		d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: start, End: text.Len()}})
	}
	d.Text = text.String()
	first := 0
	for _, end := range doc.Sentences {
		span := annot.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}
		d.Sentences = append(d.Sentences, annot.Sentence{Span: span, FirstToken: first, EndToken: end})
		first = end
	}
	d.Paragraphs = []annot.Paragraph{{Span: annot.Span{End: len(d.Text)}, Zone: annot.Body}}
	return d
}

// goldMentions returns the mentions that the labels of d's tokens stand for.
func goldMentions(d *annot.Document, labels []crf.Label) []gold.Mention {
	var list []gold.Mention
	first := 0
	for i, l := range labels {
		switch p := l.Part(); p {
		case crf.Begin:
			first = i
		case crf.Unit, crf.Last:
			if p == crf.Unit {
				first = i
			}
			list = append(list, gold.Mention{Span: annot.Span{Start: d.Tokens[first].Start, End: d.Tokens[i].End}, Type: l.Type()})
		}
	}
	return list
}
