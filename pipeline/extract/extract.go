// Package extract makes records of articles: what package corpus reads goes through a pipeline and becomes what package
// output writes, a record per article, or an error record where that fails.
//
//	x := extract.New(p, extract.Options{})
//	counts, err := x.Run(ctx, articles.Items(ctx), 0, extract.To(writer, os.Stderr))
//
// This is the command quoth extract as a library, without its flags and files. An article is the unit of work and of
// failure: one that cannot be read, makes a stage fail or takes too long is an error record, and the others do not notice.
// Records depend on the articles, the pipeline and the options alone, and come in the order of the articles: any number of
// jobs gives the same bytes.
package extract

import (
	"context"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// The codes of the error records of articles that were read, but not processed, and their phase. Those of inputs that
// could not be read have the code and the phase of the corpus.Error.
const (
	CodeTimeout  = "timeout"  // the article took longer than Options.Timeout, or the context was done
	CodeInternal = "internal" // a stage failed or panicked, or its document is not sound: a bug
	PhaseProcess = "process"
)

// Options say how records are made. The zero value gives the records of the command quoth extract, without a limit of time
// and without the name of the tool.
type Options struct {
	// Output is the form of the records.
	Output output.Options
	// Timeout is the longest time that an article may take; 0 means any.
	Timeout time.Duration
	// Validate checks every document with annot.Document.Validate. One that is not sound becomes an error record.
	Validate bool
	// NoDuplicates leaves duplicate_of to the caller, who can find copies with Result.Fingerprint. Otherwise Run sets it.
	NoDuplicates bool
	// Done reports whether the caller has the record of a document already, made of the same input, so that it need not be
	// made again; see Result.Input. It is called from several goroutines. nil means that no document is done.
	Done func(docID, input string) bool
}

// An Extractor makes records. It is immutable and safe for concurrent use.
type Extractor struct {
	pipeline *pipeline.Pipeline
	options  Options
}

// New returns an Extractor that runs p on each article.
func New(p *pipeline.Pipeline, opt Options) *Extractor { return &Extractor{p, opt} }

// A Result is what became of one item of a collection. Just one of these holds: Record is not nil, Err is not nil, or Done
// is true.
type Result struct {
	// Item is the article, or the error of reading it.
	Item corpus.Item
	// Source says where the item is. Without an article it has no hash, size and encoding.
	Source output.Source
	// Record is the record of the article. It has been encoded: its Line costs nothing, and it must not be changed, except
	// by its SetDuplicateOf.
	Record *output.Record
	// Err is the error record of an item without a record.
	Err *output.Error
	// Done says that Options.Done knows the document, and no record was made.
	Done bool
	// Input is a hash of all that the record is made of besides the pipeline and the options. It is "" without Options.Done.
	Input string
	// Words is the number of words of an article that has a record: tokens that begin with a letter or a digit.
	Words int
	// Fingerprint stands for the text of an article that has a record.
	Fingerprint duplicates.Fingerprint
}

// Item makes the result of one item. It never panics and always returns a result. Once ctx is done no further stage of the
// pipeline begins, and the article becomes an error record; so it does after Options.Timeout, even if a stage does not end.
// DuplicateOf is left null.
func (x *Extractor) Item(ctx context.Context, item corpus.Item) *Result {
	if item.Err != nil {
		return unread(item)
	}
	r := &Result{Item: item, Source: Source(item.Article)}
	if x.options.Done != nil {
		r.Input = inputHash(item.Article)
		if r.Done = x.options.Done(output.DocID(r.Source), r.Input); r.Done {
			return r
		}
	}
	if x.options.Timeout <= 0 {
		x.process(ctx, r)
		return r
	}
	return x.limited(ctx, r)
}

// unread returns the result of an item that could not be read.
func unread(item corpus.Item) *Result {
	e := item.Err
	message := e.Message
	if e.Line > 0 {
		message = fmt.Sprintf("line %d: %s", e.Line, message)
	}
	s := output.Source{Path: e.Path, Member: output.Optional(e.Member), Index: e.Index}
	return &Result{Item: item, Source: s, Err: output.NewError(s, e.Code, message, e.Phase)}
}

// limited processes the article for no longer than the timeout. A stage that does not end keeps its goroutine until it does.
func (x *Extractor) limited(ctx context.Context, r *Result) *Result {
	ctx, cancel := context.WithTimeout(ctx, x.options.Timeout)
	defer cancel()
	processed := *r // the goroutine may outlive the timeout, and must not write into what is returned
	done := make(chan struct{})
	go func() {
		defer close(done)
		x.process(ctx, &processed)
	}()
	select {
	case <-done:
		return &processed
	case <-ctx.Done():
		x.fail(ctx, r, ctx.Err())
		return r
	}
}

// process fills in the record of the article, or its error record.
func (x *Extractor) process(ctx context.Context, r *Result) {
	defer func() {
		if fault := recover(); fault != nil {
			x.fail(ctx, r, fmt.Errorf("internal error: %v", fault))
		}
	}()
	d := Document(r.Item.Article)
	err := x.pipeline.ProcessContext(ctx, d)
	if err == nil && x.options.Validate {
		err = d.Validate()
	}
	if err != nil {
		x.fail(ctx, r, err)
		return
	}
	record := output.New(d, output.Input{Source: r.Source, Meta: output.Meta(r.Item.Article.Meta)}, x.options.Output)
	if err := record.Prepare(); err != nil {
		x.fail(ctx, r, err)
		return
	}
	r.Record, r.Words, r.Fingerprint = record, words(d), duplicates.Of(d.Text)
}

// fail makes r an error record. Whatever went wrong after the time was up is the timeout's.
func (x *Extractor) fail(ctx context.Context, r *Result, err error) {
	code, message := CodeInternal, err.Error()
	switch cause := ctx.Err(); {
	case cause == nil:
	case cause == context.DeadlineExceeded && x.options.Timeout > 0:
		code, message = CodeTimeout, fmt.Sprintf("not done after %s", x.options.Timeout)
	default:
		code, message = CodeTimeout, fmt.Sprintf("not done: %v", cause)
	}
	r.Record, r.Err = nil, output.NewError(r.Source, code, message, PhaseProcess)
}

// words counts the tokens that begin with a letter or a digit.
func words(d *annot.Document) (n int) {
	for _, tok := range d.Tokens {
		if c, _ := utf8.DecodeRuneInString(d.Text[tok.Start:]); unicode.IsLetter(c) || unicode.IsDigit(c) {
			n++
		}
	}
	return n
}
