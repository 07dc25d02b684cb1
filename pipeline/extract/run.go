package extract

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync/atomic"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/duplicates"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Counts are the totals of a call of Run.
type Counts struct {
	// Records is the number of articles with a record, Done of those that Options.Done knew.
	Records, Done int
	// Errors is the number of error records, Failed the same by code.
	Errors int
	Failed map[string]int
	// Words is the number of words of the articles with a record.
	Words int
}

func (c *Counts) add(r *Result) {
	switch {
	case r.Err != nil:
		c.Errors++
		c.Failed[r.Err.Code]++
	case r.Done:
		c.Done++
	default:
		c.Records++
		c.Words += r.Words
	}
}

// Run makes the results of all items, up to jobs at a time (less than 1 means one for each CPU), and calls emit with each
// in the order of the items, from the goroutine that called Run. The results are the same with any number of jobs. At most
// a small multiple of jobs articles and results are in memory; to find copies (see Options.NoDuplicates) it may need a
// temporary file, in the system's folder for such files.
//
// An error of emit ends the run and is returned. When ctx is done no further item is taken, those taken before are
// finished and emitted, and the error is that of ctx, unless the items were at their end already. Run returns nil only if
// every item was emitted; the counts are those of the results that emit took.
func (x *Extractor) Run(ctx context.Context, items iter.Seq[corpus.Item], jobs int, emit func(*Result) error) (Counts, error) {
	counts := Counts{Failed: map[string]int{}}
	var copies *duplicates.Index
	if !x.options.NoDuplicates {
		copies = duplicates.New("")
		defer copies.Close()
	}
	var all atomic.Bool // the items came to their end
	taken := func(yield func(corpus.Item) bool) {
		for item := range items {
			if !yield(item) {
				return
			}
		}
		all.Store(ctx.Err() == nil)
	}
	finished := context.WithoutCancel(ctx) // what was taken is finished
	process := func(item corpus.Item) *Result { return x.Item(finished, item) }
	err := pipeline.Run(ctx, taken, jobs, process, func(r *Result) error {
		if err := markCopy(copies, r); err != nil {
			return err
		}
		if err := emit(r); err != nil {
			return err
		}
		counts.add(r)
		return nil
	})
	if err != nil && all.Load() && errors.Is(err, ctx.Err()) {
		err = nil
	}
	return counts, err
}

// markCopy says in the record which earlier article it is a copy of.
func markCopy(copies *duplicates.Index, r *Result) error {
	if copies == nil || r.Record == nil {
		return nil
	}
	of, err := copies.Add(r.Record.DocID, r.Fingerprint)
	if err != nil || of == "" {
		return err
	}
	return r.Record.SetDuplicateOf(of)
}

// To returns a function for Run that writes records to w, and error records to errors as JSON Lines. Results without
// either are passed over. It does not close w, which the caller must do in the end. An io.Writer becomes an output.Writer
// by output.NewWriter, or by NewFlat of package dataset for the rows of one table.
func To(w output.Writer, errors io.Writer) func(*Result) error {
	return func(r *Result) error {
		switch {
		case r.Err != nil:
			return output.WriteError(errors, r.Err)
		case r.Record != nil:
			return w.Write(r.Record)
		}
		return nil
	}
}
