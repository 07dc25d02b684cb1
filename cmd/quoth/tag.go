package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
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
are left out. Each line of the input becomes one line of the output. What stands elsewhere in a document tells about a
name, so mark where documents start: without marks 500 sentences are taken for one.

With --text it reads articles as quoth extract does, and writes their tokens in the same form.

Examples:
  quoth tag < tokens.conll > tagged.conll
  quoth tag --text article.txt
  quoth tag --model my.model --jobs 1 tokens.conll

Exit codes:
  0 all done, 2 wrong call, model or input, 3 some articles failed, 4 the output could not be written`,
		Flags: []cli.Flag{
			boolFlag("text", "read articles and not tokens"),
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
			t := &tagging{model: m, out: standard(std.out), jobs: jobs}
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

// loadModel returns the model in the file, or the embedded one if file is "".
func loadModel(file string) (*crf.Model, error) {
	if file == "" {
		m, err := crf.Default()
		if err != nil {
			return nil, &exitError{exitUsage, fmt.Errorf("internal error: embedded model: %w", err)}
		}
		return m, nil
	}
	data, err := optionFile("model", file)
	if err != nil {
		return nil, err
	}
	m, err := crf.Open(data)
	if err != nil {
		return nil, usage("--model %s: %w", file, err)
	}
	return m, nil
}

// A tagging is one run of the command.
type tagging struct {
	model *crf.Model
	out   *outFile
	jobs  int
}

// tokens tags files of tokens.
func (t *tagging) tokens(ctx context.Context, paths []string, std streams) error {
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
func (t *tagging) write(lines []byte) error {
	if len(lines) == 0 {
		return nil
	}
	_, err := t.out.Write(lines)
	return err
}

// tags are the ends of lines by label.
var tags = func() (list [17]string) {
	for l := range list {
		list[l] = "\t" + iob2(crf.Label(l)) + "\n"
	}
	return list
}()

// iob2 returns the tag of a label in IOB2, which knows of no last and no only token.
func iob2(l crf.Label) string {
	switch l.Part() {
	case crf.Begin, crf.Unit:
		return "B-" + l.Type().String()
	case crf.Inside, crf.Last:
		return "I-" + l.Type().String()
	}
	return "O"
}

// tag returns the lines of a document with their tags.
func (t *tagging) tag(d tokenDoc) []byte {
	labels := t.model.Tag(d.Doc, make([]crf.Label, 0, len(d.Tokens)))
	out := make([]byte, 0, d.bytes+8*len(d.lines))
	i := 0
	for _, kind := range d.lines {
		switch kind {
		case tokenLine:
			out = append(out, d.Tokens[i]...)
			out = append(out, tags[labels[i]]...)
			i++
		case startLine:
			out = append(out, docStart+"\tO\n"...)
		default:
			out = append(out, '\n')
		}
	}
	return out
}

// docStart opens a document in the CoNLL form.
const docStart = "-DOCSTART-"

// A tokenDoc is a document of tokens and what its lines were.
type tokenDoc struct {
	crf.Doc
	lines []lineKind
	bytes int // of all tokens
}

type lineKind uint8

const (
	blankLine lineKind = iota
	tokenLine
	startLine
)

// The size of a document without a mark of its end: it ends with its sentence at the first two, and anywhere at the last
// two, so that no input fills the memory.
const (
	maxDocSentences = 500
	maxDocTokens    = 20_000
	maxCutTokens    = 50_000
	maxCutBytes     = 8 << 20
)

// errStopped says that no more documents are wanted.
var errStopped = errors.New("stopped")

// eachTokenDoc calls yield with every document of the file; - is stdin.
func eachTokenDoc(path string, stdin io.Reader, yield func(tokenDoc) bool) error {
	if path == "-" {
		return readTokenDocs(stdin, "standard input", yield)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return readTokenDocs(f, path, yield)
}

// readTokenDocs calls yield with every document of r. It holds one document in memory and lines of any length. An error
// names the input and the line; what was read before it has been given to yield.
func readTokenDocs(r io.Reader, name string, yield func(tokenDoc) bool) error {
	in := bufio.NewReaderSize(r, 1<<16)
	t := tokenReader{name: name}
	var long []byte
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			long = append(long[:0], line...)
			for err == bufio.ErrBufferFull {
				line, err = in.ReadSlice('\n')
				long = append(long, line...)
			}
			line = long
		}
		if len(line) > 0 {
			if first {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			t.line++
			if fault := t.add(line, yield); fault != nil {
				return fault
			}
		}
		switch {
		case err == io.EOF:
			return t.flush(yield)
		case err != nil:
			if flushed := t.flush(yield); flushed != nil {
				return flushed
			}
			return fmt.Errorf("%s:%d: %w", name, t.line+1, err)
		}
		if len(long) > 1<<20 {
			long = nil
		}
	}
}

// A tokenReader puts documents together of lines.
type tokenReader struct {
	name  string
	line  int
	text  []byte // the tokens of the document, without anything between
	ends  []int  // in text
	sents []int
	lines []lineKind
}

func (t *tokenReader) add(line []byte, yield func(tokenDoc) bool) error {
	line = bytes.TrimRight(line, " \t\r\n")
	switch {
	case len(line) == 0:
		t.lines = append(t.lines, blankLine)
		if n := len(t.ends); n > 0 && (len(t.sents) == 0 || t.sents[len(t.sents)-1] < n) {
			t.sents = append(t.sents, n)
		}
		if len(t.sents) >= maxDocSentences || len(t.ends) >= maxDocTokens || len(t.lines) >= maxCutTokens {
			return t.flush(yield)
		}
		return nil
	case bytes.HasPrefix(line, []byte(docStart)):
		if err := t.flush(yield); err != nil {
			return err
		}
		t.lines = append(t.lines, startLine)
		return nil
	}
	// The same as crf.ReadCoNLL: where there are tabs, a token may hold spaces.
	end := bytes.IndexByte(line, '\t')
	if end < 0 {
		end = bytes.IndexByte(line, ' ')
	}
	if end == 0 {
		if err := t.flush(yield); err != nil {
			return err
		}
		return fmt.Errorf("%s:%d: no token in the first column; write the token first, or leave the line empty", t.name, t.line)
	}
	if end > 0 {
		line = line[:end]
	}
	t.text = append(t.text, line...)
	t.ends = append(t.ends, len(t.text))
	t.lines = append(t.lines, tokenLine)
	if len(t.ends) >= maxCutTokens || len(t.text) >= maxCutBytes {
		return t.flush(yield)
	}
	return nil
}

// flush gives the document to yield.
func (t *tokenReader) flush(yield func(tokenDoc) bool) error {
	if len(t.lines) == 0 {
		return nil
	}
	d := tokenDoc{lines: slices.Clone(t.lines), bytes: len(t.text)}
	text := string(t.text)
	d.Tokens = make([]string, len(t.ends))
	from := 0
	for i, end := range t.ends {
		d.Tokens[i] = text[from:end]
		from = end
	}
	d.Sentences = slices.Clone(t.sents)
	t.text, t.ends, t.sents, t.lines = t.text[:0], t.ends[:0], t.sents[:0], t.lines[:0]
	if cap(t.text) > maxCutBytes {
		t.text = nil // a long line must not stay
	}
	if !yield(d) {
		return errStopped
	}
	return nil
}

// articles tags articles.
func (t *tagging) articles(ctx context.Context, paths []string, std streams) error {
	failed, err := eachSegmented(ctx, paths, t.jobs, std, func(d *annot.Document) ([]byte, error) {
		return t.tag(documentLines(d)), nil
	}, t.write)
	if err != nil {
		return err
	}
	return partial(failed)
}

// eachSegmented calls do with every article of the paths, split into tokens, and write with what it returns, in the order
// of the articles. An article that fails is reported and counted, and the rest goes on.
func eachSegmented(ctx context.Context, paths []string, jobs int, std streams, do func(*annot.Document) ([]byte, error), write func([]byte) error) (failed int, err error) {
	set, err := loadRules("")
	if err != nil {
		return 0, err
	}
	collection, err := corpus.Open(ctx, paths, corpus.Options{Stdin: std.in})
	switch {
	case ctx.Err() != nil:
		return 0, interrupted(ctx)
	case err != nil:
		return 0, &exitError{exitUsage, err}
	}
	stage := segment.New(set)
	type result struct {
		lines []byte
		err   error
	}
	err = pipeline.Run(ctx, collection.Items(ctx), jobs, func(item corpus.Item) (r result) {
		if item.Err != nil {
			return result{err: item.Err}
		}
		d := extract.Document(item.Article)
		if err := stage.Process(d); err != nil {
			return result{err: fmt.Errorf("%s: %w", d.ID, err)}
		}
		r.lines, r.err = do(d)
		return r
	}, func(r result) error {
		if r.err != nil {
			failed++
			fmt.Fprintln(std.err, "quoth:", advised(r.err))
			return nil
		}
		return write(r.lines)
	})
	if ctx.Err() != nil {
		return failed, interrupted(ctx)
	}
	return failed, err
}

// partial is the end of a run in which some articles failed.
func partial(failed int) error {
	if failed == 0 {
		return nil
	}
	return &exitError{exitPartial, fmt.Errorf("articles that failed: %d", failed)}
}

// documentLines returns the tokens of a segmented document, with a line before it and a blank one behind each sentence.
func documentLines(d *annot.Document) tokenDoc {
	doc := tokenDoc{Doc: tokensOf(d), lines: []lineKind{startLine, blankLine}, bytes: len(d.Text)}
	for _, s := range d.Sentences {
		for range s.EndToken - s.FirstToken {
			doc.lines = append(doc.lines, tokenLine)
		}
		doc.lines = append(doc.lines, blankLine)
	}
	return doc
}

// tokensOf returns the tokens and sentences of a segmented document.
func tokensOf(d *annot.Document) crf.Doc {
	var doc crf.Doc
	for _, s := range d.Sentences {
		for _, tok := range d.Tokens[s.FirstToken:s.EndToken] {
			doc.Tokens = append(doc.Tokens, d.Slice(tok.Span))
		}
		doc.Sentences = append(doc.Sentences, len(doc.Tokens))
	}
	return doc
}
