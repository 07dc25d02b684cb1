package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A task is one item of the input.
type task struct {
	corpus.Item
	source output.Source
	// kept is the id of a document that an earlier run has done, or "".
	kept string
	// input is the hash of what the record is made of, where a run keeps it.
	input string
}

// A result is what became of a task: a record, an error record, or the id of a document that was kept.
type result struct {
	task
	record      *output.Record
	err         *output.Error
	stats       run.Stats
	fingerprint duplicates.Fingerprint
}

// A sink takes the results, in order.
type sink interface {
	write(r result) error
	// finish ends the output; interrupted says that it is not whole.
	finish(ctx context.Context, interrupted bool) error
	// close gives up what finish did not take.
	close()
}

func (e *extraction) run(ctx context.Context) error {
	out, err := e.open()
	if err != nil {
		return err
	}
	defer out.close()
	e.progress = newProgress(e)
	err = pipeline.Run(ctx, e.tasks(ctx), e.jobs, func(t task) result { return e.process(ctx, t) }, func(r result) error {
		e.count(r)
		return out.write(r)
	})
	e.progress.stop()
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		return failure(err)
	}
	if err := out.finish(ctx, !e.whole.Load()); err != nil {
		return failure(err)
	}
	return e.summary()
}

// open opens the sink that the options ask for.
func (e *extraction) open() (sink, error) {
	if e.folder != nil {
		return e.folder, e.folder.open()
	}
	return openStream(e)
}

// failure is an error of the writer, which is ours already if the file was at fault.
func failure(err error) error {
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return err
	}
	return &exitError{exitAborted, err}
}

func interrupted(ctx context.Context) *exitError {
	exit := &exitError{code: exitInterrupt, err: errors.New("interrupted")}
	if cause := (interruption{}); errors.As(context.Cause(ctx), &cause) {
		exit.code = cause.code()
	}
	return exit
}

// tasks gives the items their source, and finds those that an earlier run has done.
func (e *extraction) tasks(ctx context.Context) iter.Seq[task] {
	return func(yield func(task) bool) {
		for item := range e.articles.Items(ctx) {
			t := task{Item: item}
			if item.Article != nil {
				t.source = source(item.Article)
				if e.folder != nil {
					t.input = inputHash(item.Article)
					t.kept = e.folder.kept(t.source, t.input)
				}
			}
			if !yield(t) {
				return
			}
		}
		e.whole.Store(ctx.Err() == nil)
	}
}

func source(a *corpus.Article) output.Source {
	s := output.Source{Path: a.Path, Member: output.Optional(a.Member), Index: a.Index, SHA256: &a.SHA256, Bytes: &a.Bytes, Encoding: &a.Encoding}
	for _, r := range a.Repairs {
		s.Repairs = append(s.Repairs, output.Repair(r))
	}
	return s
}

// process makes the result of one task. A fault of ours, or an article that takes too long, spoils that article only.
func (e *extraction) process(ctx context.Context, t task) result {
	if err := t.Err; err != nil {
		message := err.Message
		if err.Line > 0 {
			message = fmt.Sprintf("line %d: %s", err.Line, message)
		}
		t.source = output.Source{Path: err.Path, Member: output.Optional(err.Member), Index: err.Index}
		return result{task: t, err: output.NewError(t.source, err.Code, message, err.Phase)}
	}
	if t.kept != "" {
		return result{task: t}
	}
	if e.timeout == 0 {
		return e.extract(context.WithoutCancel(ctx), t)
	}
	// An article that is in work when the run is interrupted is finished. One that takes too long ends with its stage.
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.timeout)
	defer cancel()
	done := make(chan result, 1)
	go func() { done <- e.extract(limited, t) }()
	select {
	case r := <-done:
		if r.err == nil || limited.Err() == nil {
			return r
		}
	case <-limited.Done():
	}
	message := fmt.Sprintf("not done after %s; raise --timeout, or report the article", e.timeout)
	return result{task: t, err: output.NewError(t.source, codeTimeout, message, phaseProcess)}
}

// The codes and the phase of articles that were read, but not processed.
const (
	codeTimeout  = "timeout"
	codeInternal = "internal"
	phaseProcess = "process"
)

// extract makes the record of one article.
func (e *extraction) extract(ctx context.Context, t task) (r result) {
	r.task = t
	defer func() {
		if fault := recover(); fault != nil {
			r = internal(t, fmt.Sprintf("internal error: %v", fault))
		}
	}()
	a := t.Article
	d := annot.New(a.Path, a.Text)
	d.Elements, d.Warnings = a.Elements, slices.Clone(a.Warnings)
	if a.Blank() {
		d.Warnings = append(d.Warnings, annot.Warning{Code: "empty", Message: "the article has no text", Start: -1})
	}
	err := e.pipeline.ProcessContext(ctx, d)
	if err == nil && e.validate {
		err = d.Validate()
	}
	if err != nil {
		return internal(t, err.Error())
	}
	r.record = output.New(d, output.Input{Source: t.source, Meta: output.Meta(a.Meta)}, e.options)
	if err := r.record.Prepare(); err != nil {
		return internal(t, err.Error())
	}
	r.stats = stats(d, r.record)
	r.fingerprint = duplicates.Of(a.Text)
	return r
}

func internal(t task, message string) result {
	return result{task: t, err: output.NewError(t.source, codeInternal, message, phaseProcess)}
}

// stats counts what the summary and the manifest tell of a record.
func stats(d *annot.Document, r *output.Record) run.Stats {
	s := run.Stats{Bytes: *r.Source.Bytes, Sentences: len(r.Sentences), Entities: len(r.Entities), Quotes: len(r.Quotes)}
	for _, tok := range d.Tokens {
		if c, _ := utf8.DecodeRuneInString(d.Text[tok.Start:]); unicode.IsLetter(c) || unicode.IsDigit(c) {
			s.Words++
		}
	}
	s.Attributed, s.Named = speakers(r)
	return s
}

// speakers counts the quotes of a record whose speaker is certain, and those among them with the speaker's name.
func speakers(r *output.Record) (attributed, named int) {
	for _, q := range r.Quotes {
		if q.Status == annot.Attributed.String() {
			attributed++
			if q.Speaker != nil && q.Speaker.Name != nil {
				named++
			}
		}
	}
	return attributed, named
}

// count adds a result to the counts of this call; those of a run come from its folder.
func (e *extraction) count(r result) {
	if r.err != nil {
		e.counts.Errors++
		e.counts.Failed[r.err.Code]++
	} else {
		e.counts.Documents++
		e.counts.Words += r.stats.Words
	}
	e.progress.done(r.source.Path)
}

// A stream is a sink that writes records to a file or to standard output.
type stream struct {
	e          *extraction
	out        *outFile
	writer     output.Writer
	errorFile  *outFile // nil if error records go to standard error
	duplicates *duplicates.Index
}

func openStream(e *extraction) (*stream, error) {
	s := &stream{e: e, out: standard(e.std.out), duplicates: duplicates.New(os.TempDir())}
	var err error
	if e.outPath != "" && e.outPath != "-" {
		if s.out, err = create(e.outPath, e.force); err != nil {
			return nil, err
		}
	}
	if e.errPath != "" && e.errPath != "-" {
		if s.errorFile, err = create(e.errPath, e.force); err != nil {
			s.close()
			return nil, err
		}
	}
	s.writer = e.newWriter(s.out)
	return s, nil
}

func (s *stream) write(r result) error {
	if r.err != nil {
		return s.writeError(r.err)
	}
	of, err := s.duplicates.Add(r.record.DocID, r.fingerprint)
	if err != nil {
		return err
	}
	if of != "" {
		if err := r.record.SetDuplicateOf(of); err != nil {
			return err
		}
	}
	return s.writer.Write(r.record)
}

func (s *stream) writeError(e *output.Error) error {
	if s.errorFile != nil {
		return output.WriteError(s.errorFile, e)
	}
	s.e.progress.clear()
	if err := output.WriteError(s.e.std.err, e); err != nil {
		return writeError("standard error", err)
	}
	return nil
}

func (s *stream) finish(ctx context.Context, cut bool) error {
	if err := s.writer.Close(); err != nil {
		return err
	}
	if s.errorFile != nil {
		if err := s.errorFile.commit(); err != nil {
			return err
		}
	}
	if !cut {
		return s.out.commit()
	}
	exit := interrupted(ctx)
	if s.out.file != nil { // part of a collection under the name of the output would look like all of it
		partial := s.e.outPath + ".partial"
		if err := s.out.commitAs(partial); err != nil {
			return err
		}
		exit.err = fmt.Errorf("interrupted; the records so far are in %s", partial)
	}
	return exit
}

func (s *stream) close() {
	s.out.discard()
	if s.errorFile != nil {
		s.errorFile.discard()
	}
	s.duplicates.Close()
}
