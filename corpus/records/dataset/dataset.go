package dataset

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/quoth-nlp/quoth/corpus/records/atomic"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Options choose what a data set holds. The zero value writes CSV with all texts and with the offsets as they are.
type Options struct {
	// Formats are the forms that are written; none stands for CSVFiles.
	Formats []Format
	// Excel writes CSV as spreadsheets want it: see the flat format Excel.
	Excel bool
	// Text says whether the tables hold texts of the articles.
	Text output.TextMode
	// Offsets converts all offsets to a unit; nil leaves them as they are. A record without its text cannot be converted.
	Offsets *output.Unit
	// Force replaces a data set that is there already.
	Force bool
	// About is what is known of the data set besides; nil if nothing is. Nothing is guessed.
	About *About
	// Created is the time that datapackage.json tells; "" leaves it out, so that the same records give the same bytes.
	Created string
	// ToolVersion is the version of quoth that writes the data set.
	ToolVersion string
	// ErrorsKnown says that the inputs that failed are passed to WriteError, so that their number is known.
	ErrorsKnown bool

	create func(folder, name string) (io.WriteCloser, error) // makes files; nil makes them on the disk
}

// A RecordError says that a record cannot be part of a data set: the input is at fault, not the output.
type RecordError struct {
	DocID string
	Err   error
}

func (e *RecordError) Error() string { return "record " + e.DocID + ": " + e.Err.Error() }
func (e *RecordError) Unwrap() error { return e.Err }

// A Builder writes a data set into a folder. Until Close returns nil, nothing is under the folder's name but what
// was there before. A Builder is for one goroutine at a time.
type Builder struct {
	opt    Options
	folder *atomic.Folder
	sinks  []sink
	row    []any
	seen   map[uint64]struct{} // the ids of the articles, of which 16 digits vary
	stats  stats
	err    error
}

// Create begins a data set in the folder dir, which must not exist, be empty, or with Force be a data set. The error is a
// *ExistsError if it is something else. The caller calls Close, or Discard to give up.
func Create(dir string, opt Options) (*Builder, error) {
	if len(opt.Formats) == 0 {
		opt.Formats = []Format{CSVFiles}
	}
	f, err := newFolder(dir, opt.Force)
	if err != nil {
		return nil, err
	}
	b := &Builder{opt: opt, folder: f, seen: map[uint64]struct{}{}, stats: newStats(), row: make([]any, 0, 32)}
	for _, format := range opt.Formats {
		s, err := newSink(format, f.Temporary(), b.create, &b.opt)
		if err != nil {
			b.Discard()
			return nil, err
		}
		b.sinks = append(b.sinks, s)
	}
	return b, nil
}

// docIDs fits what Check does not look at: their form, on which readers rely.
var docIDs = regexp.MustCompile(`^d_[0-9a-f]{16}$`)

// Write adds an article, and changes r: it takes out texts and converts offsets as the options say. After an error
// every call returns the same error; a *RecordError says that r is at fault.
func (b *Builder) Write(r *output.Record) error {
	if b.err == nil {
		b.err = b.write(r)
	}
	return b.err
}

func (b *Builder) write(r *output.Record) error {
	if err := b.prepare(r); err != nil {
		return &RecordError{r.DocID, err}
	}
	a, err := newArticle(r)
	if err != nil {
		return &RecordError{r.DocID, err}
	}
	for _, s := range b.sinks {
		if err := s.record(a); err != nil {
			return err
		}
	}
	for i := range tables() {
		t := &tables()[i]
		if t.rows == nil {
			continue
		}
		if err := t.rows(a, b.row, func(row []any) error { return b.emit(i, row) }); err != nil {
			return err
		}
	}
	b.stats.add(r)
	return nil
}

// prepare checks r and gives it the form that the options ask for.
func (b *Builder) prepare(r *output.Record) error {
	if !docIDs.MatchString(r.DocID) {
		return fmt.Errorf("doc_id is to be d_ and 16 hexadecimal digits")
	}
	id, err := strconv.ParseUint(r.DocID[2:], 16, 64)
	if err != nil {
		return err
	}
	if _, ok := b.seen[id]; ok {
		return fmt.Errorf("there are two with this doc_id; a data set takes each article once")
	}
	b.seen[id] = struct{}{}
	if err := output.Check(r); err != nil {
		return fmt.Errorf("the record is not sound: %w", err)
	}
	if b.opt.Offsets != nil {
		if err := convert(r, *b.opt.Offsets); err != nil {
			return err
		}
	}
	if b.opt.Text == output.TextNone {
		strip(r)
	}
	return nil
}

func (b *Builder) emit(table int, row []any) error {
	b.stats.rows[table]++
	for _, s := range b.sinks {
		if err := s.row(table, row); err != nil {
			return err
		}
	}
	return nil
}

// numberedError is an error record with its place among them, from 1.
type numberedError struct {
	*output.Error
	n int
}

// WriteError adds an input that could not be processed.
func (b *Builder) WriteError(e *output.Error) error {
	if b.err == nil {
		b.stats.addError(e)
		n := &numberedError{e, b.stats.errors}
		last := len(tables()) - 1
		b.err = b.emit(last, errorRow(n))
	}
	return b.err
}

// Close completes the data set and moves it to its place.
func (b *Builder) Close() error {
	if b.err != nil {
		return b.err
	}
	b.err = b.close()
	if b.err != nil {
		b.Discard()
	}
	return b.err
}

func (b *Builder) close() error {
	sinks := b.sinks
	b.sinks = nil
	for i, s := range sinks {
		if err := s.close(); err != nil {
			for _, rest := range sinks[i:] {
				rest.abort()
			}
			return err
		}
	}
	resources, err := b.resources()
	if err != nil {
		return err
	}
	for _, doc := range []struct {
		name string
		make func([]resource) ([]byte, error)
	}{{packageFile, b.dataPackage}, {croissant, b.croissant}, {cardFile, b.card}} {
		data, err := doc.make(resources)
		if err != nil {
			return err
		}
		if data == nil {
			continue
		}
		if err := b.writeFile(doc.name, data); err != nil {
			return err
		}
	}
	return b.folder.Commit()
}

func (b *Builder) writeFile(name string, data []byte) error {
	out, err := newOutFile(b.create, name)
	if err != nil {
		return err
	}
	out.Write(data)
	if err = out.Flush(); err != nil {
		out.close()
		return err
	}
	return out.close()
}

// create makes a file in the folder.
func (b *Builder) create(name string) (io.WriteCloser, error) {
	if b.opt.create != nil {
		return b.opt.create(b.folder.Temporary(), name)
	}
	return b.folder.Create(name)
}

// Discard gives the data set up and removes what was written of it. After Close it does nothing.
func (b *Builder) Discard() {
	for _, s := range b.sinks {
		s.abort()
	}
	b.sinks = nil
	b.folder.Discard()
	if b.err == nil {
		b.err = fmt.Errorf("the data set was discarded")
	}
}

// Summary returns how many articles, quotes and failed inputs the data set holds.
func (b *Builder) Summary() (articles, quotes, failed int) {
	return b.stats.documents, b.stats.quotes, b.stats.errors
}

var _ io.Writer = (*outFile)(nil)

// path returns the place of a file while the data set is being written.
func (b *Builder) path(name string) string { return filepath.Join(b.folder.Temporary(), name) }
