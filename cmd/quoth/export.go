package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// exportCommand writes records in the forms of annotation tools.
func exportCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write records for annotation tools: brat, Prodigy, Label Studio and others",
		UsageText: "quoth export --format FORMAT [options] [RUN]",
		Description: `RUN is a folder with documents.jsonl, a JSON Lines or JSON file that quoth extract wrote, or - for standard input, which
is also read when no RUN is given. The formats and what they are written to:

  brat                      a folder, or a file that ends in .zip, with X.txt and X.ann for each record
  conll                     a token and its tag a line; --columns adds tags of quotes, --tab is for doccano
  prodigy                   JSON Lines with tokens, spans and relations; for spaCy too
  labelstudio               a JSON array of tasks with predictions
  doccano                   JSON Lines with entities and relations
  doccano-sequence          JSON Lines with labels only
  webannotation             W3C Web Annotation, one a line
  webannotation-collection  W3C Web Annotation, one AnnotationCollection
  inception                 a folder, or a file that ends in .zip, with X.json (UIMA CAS JSON) for each record

All carry the mentions of entities and, for each quote, its parts (Content), the words for its speaker (Source) and its cue
(Cue), linked by relations. All but webannotation need records with texts.

Examples:
  quoth export --format brat -o corrected/ run/
  quoth export --format inception -o inception.zip run/
  quoth export --format labelstudio --config setup/ -o tasks.json run/
  quoth export --format conll --layers entities run/documents.jsonl > names.conll
  quoth extract news/ | quoth export --format prodigy > tasks.jsonl

Exit codes:
  0 all done, 2 wrong call or input, 3 some records failed, 4 the output could not be written`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "write the `FORMAT` of this list"},
			outputFlag("write to `PATH`, a folder for brat and inception, else a file instead of standard output"),
			forceFlag("what is at the place of the output"),
			&cli.StringFlag{Name: "config", Usage: "write the files that set the tool up to the folder `DIR`; alone if there is no RUN"},
			&cli.StringFlag{Name: "layers", Value: "entities,quotes", Usage: "write this `LIST` of entities and quotes"},
			&cli.StringFlag{Name: "per", Value: "document",
				Usage: "prodigy, labelstudio and doccano: make a task of each `UNIT`: document, paragraph or sentence"},
			boolFlag("columns", "conll: add a column with the tags of quotes"),
			boolFlag("tab", "conll: set columns apart by a tab"),
			boolFlag("docstart", "conll: begin each record with a line -DOCSTART-"),
			&cli.StringFlag{Name: "iri", Usage: "webannotation: begin identifiers with `PREFIX`", DefaultText: "urn:x-quoth:"},
		},
		Action: func(c *cli.Context) error {
			e, err := newExportRun(c, std)
			if err != nil {
				return err
			}
			return e.run(c.Context)
		},
	}
}

// An exportRun is one call of the command.
type exportRun struct {
	std    streams
	format export.Format
	opt    export.Options
	in     string // "" if only the configuration is wanted
	out    string
	config string
	force  bool
}

func newExportRun(c *cli.Context, std streams) (*exportRun, error) {
	e := &exportRun{std: std, out: c.String("output"), config: c.String("config"), force: c.Bool("force")}
	switch args := c.Args().Slice(); {
	case len(args) > 1:
		return nil, usage("one RUN is exported at a time, not %d", len(args))
	case len(args) == 1:
		e.in = args[0]
	case e.config == "" && !c.IsSet("format") && term.IsTerminal(int(std.in.Fd())):
		return nil, helpAndFail(c, std)
	case e.config == "" || e.out != "":
		e.in = "-"
	}
	if e.out == "-" {
		e.out = ""
	}
	if c.String("format") == "" {
		return nil, usage("no --format; take one of %s", export.Names())
	}
	var ok bool
	if e.format, ok = export.ParseFormat(c.String("format")); !ok {
		return nil, usage("--format %s: take one of %s", c.String("format"), export.Names())
	}
	if e.opt.Layers, ok = export.ParseLayers(c.String("layers")); !ok {
		return nil, usage("--layers %s: take entities, quotes or both with a comma", c.String("layers"))
	}
	if e.opt.Per, ok = export.ParsePer(c.String("per")); !ok {
		return nil, usage("--per %s: take document, paragraph or sentence", c.String("per"))
	}
	if e.opt.Per != export.Document && !e.format.Tasks() {
		return nil, usage("--per is for --format prodigy, labelstudio, doccano and doccano-sequence only")
	}
	for _, name := range []string{"columns", "tab", "docstart"} {
		if c.Bool(name) && e.format != export.CoNLL {
			return nil, usage("--%s is for --format conll only", name)
		}
	}
	if e.format == export.CoNLL && e.opt.Layers == export.Quotes && !c.Bool("columns") {
		return nil, usage("--layers quotes: conll has quotes in a column of their own; add --columns")
	}
	if c.IsSet("iri") && e.format != export.WebAnnotation && e.format != export.AnnotationCollection {
		return nil, usage("--iri is for --format webannotation and webannotation-collection only")
	}
	if e.format.Folder() && e.in != "" && e.out == "" {
		return nil, usage("--format %s writes many files; name a folder or a .zip file with -o", e.format)
	}
	e.opt.Columns, e.opt.Tab, e.opt.DocStart = c.Bool("columns"), c.Bool("tab"), c.Bool("docstart")
	e.opt.IRI, e.opt.Tokenize = c.String("iri"), tokenRanges
	return e, nil
}

// tokenRanges is the tokenizer of all models, in the form that exports want.
func tokenRanges(text string) [][2]int {
	tokens := segment.Tokenize(text, nil)
	ranges := make([][2]int, len(tokens))
	for i, tok := range tokens {
		ranges[i] = [2]int{tok.Start, tok.End}
	}
	return ranges
}

func (e *exportRun) run(ctx context.Context) error {
	if e.config != "" {
		if err := e.writeConfig(); err != nil {
			return err
		}
	}
	if e.in == "" {
		return nil
	}
	in, err := e.open()
	if err != nil {
		return err
	}
	defer in.Close()
	target, err := e.target()
	if err != nil {
		return err
	}
	defer target.discard()
	failed, err := e.records(ctx, in, target.writer)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return interrupted(ctx)
	}
	if err := target.commit(); err != nil {
		return err
	}
	if failed > 0 {
		return &exitError{exitPartial, fmt.Errorf("records that failed: %d", failed)}
	}
	return nil
}

func (e *exportRun) writeConfig() error {
	files := export.Config(e.format, e.opt)
	if len(files) == 0 {
		fmt.Fprintf(e.std.err, "quoth: --config: %s needs no files to be set up; none are written\n", e.format)
		return nil
	}
	if err := os.MkdirAll(e.config, 0o777); err != nil {
		return writeError(e.config, err)
	}
	for _, f := range files {
		out, err := create(filepath.Join(e.config, f.Name), e.force)
		if err != nil {
			return err
		}
		if _, err := out.Write(f.Data); err != nil {
			out.discard()
			return err
		}
		if err := out.commit(); err != nil {
			return err
		}
	}
	return nil
}

// open returns the records' file.
func (e *exportRun) open() (io.ReadCloser, error) {
	if e.in == "-" {
		return io.NopCloser(e.std.in), nil
	}
	file, err := recordsFile(e.in)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	if out, err := os.Stat(e.out); err == nil {
		if in, err := f.Stat(); err == nil && os.SameFile(in, out) {
			f.Close()
			return nil, usage("%s is the file to be read; write to another place", e.out)
		}
	}
	return f, nil
}

// records exports all records. One that is at fault is reported and counted, and the rest goes on.
func (e *exportRun) records(ctx context.Context, in io.Reader, w output.Writer) (failed int, err error) {
	name := e.in
	if name == "-" {
		name = "standard input"
	}
	r := output.NewReader(in)
	n := 0
	for ; ctx.Err() == nil; n++ {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return failed, usage("%s: %w; it must be what quoth extract writes as JSON Lines or JSON", name, err)
		}
		err = w.Write(record)
		exit := (*exitError)(nil)
		switch {
		case err == nil:
		case errors.As(err, &exit):
			return failed, err
		case errors.Is(err, output.ErrNoText):
			return failed, usage("%s: %w", name, err) // so it is of all records
		default:
			failed++
			fmt.Fprintln(e.std.err, "quoth:", strings.ReplaceAll(err.Error(), "\n", "; "))
		}
	}
	if n == 0 && ctx.Err() == nil {
		fmt.Fprintln(e.std.err, "quoth: no records in", name)
	}
	return failed, w.Close()
}

// An exportTarget is what an export is written to. It takes its place at commit; discard after that does nothing.
type exportTarget struct {
	writer  output.Writer
	commit  func() error
	discard func()
}

func (e *exportRun) target() (*exportTarget, error) {
	zipped := strings.EqualFold(filepath.Ext(e.out), ".zip")
	switch {
	case e.format.Folder() && !zipped:
		f, err := newFolderOut(e.out, e.force, exportFolder)
		if err != nil {
			return nil, err
		}
		return &exportTarget{export.NewFolder(f.create, e.format, e.opt), f.commit, f.discard}, nil
	case e.format.Folder():
		out, err := create(e.out, e.force)
		if err != nil {
			return nil, err
		}
		z := newZipOut(out)
		return &exportTarget{export.NewFolder(z.create, e.format, e.opt), z.commit, out.discard}, nil
	}
	out := standard(e.std.out)
	if e.out != "" {
		var err error
		if out, err = create(e.out, e.force); err != nil {
			return nil, err
		}
	}
	return &exportTarget{export.NewWriter(out, e.format, e.opt), out.commit, out.discard}, nil
}
