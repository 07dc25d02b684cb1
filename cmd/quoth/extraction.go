package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A sink takes the results, in order.
type sink interface {
	write(r *extract.Result) error
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
	x := extract.New(e.pipeline, e.options)
	e.counts, err = x.Run(ctx, e.articles.Items(ctx), e.jobs, func(r *extract.Result) error {
		adviseRecord(r)
		e.progress.done(r.Source.Path)
		return out.write(r)
	})
	e.progress.clear()
	cut := ctx.Err() != nil && errors.Is(err, ctx.Err())
	if err != nil && !cut {
		return failure(err)
	}
	if err := out.finish(ctx, cut); err != nil {
		return failure(err)
	}
	return e.summary()
}

// open opens the sink that the options ask for.
func (e *extraction) open() (sink, error) {
	if e.folder != nil {
		err := e.folder.open()
		e.options.Done = e.folder.run.Has
		return e.folder, err
	}
	return openStream(e)
}

// A stream is a sink that writes records to a file or to standard output.
type stream struct {
	e         *extraction
	out       *outFile
	errorFile *outFile // nil if error records go to standard error
	writer    output.Writer
}

func openStream(e *extraction) (*stream, error) {
	s := &stream{e: e, out: standard(e.std.out)}
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

// write writes the record, or the error record.
func (s *stream) write(r *extract.Result) error { return extract.To(s.writer, s.errors())(r) }

// errors returns what error records are written to.
func (s *stream) errors() io.Writer {
	if s.errorFile != nil {
		return s.errorFile
	}
	return besideProgress{s.e}
}

// besideProgress is standard error, which shows the progress too.
type besideProgress struct{ e *extraction }

func (b besideProgress) Write(line []byte) (int, error) {
	b.e.progress.clear()
	n, err := b.e.std.err.Write(line)
	if err != nil {
		err = writeError("standard error", err)
	}
	return n, err
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
}
