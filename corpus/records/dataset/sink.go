package dataset

import (
	"bufio"
	"errors"
	"io"
	"path/filepath"
)

// A sink writes a data set in one format.
type sink interface {
	// record writes what the format holds of an article besides its rows.
	record(a *article) error
	// row writes a row of the i-th table. It keeps nothing of row.
	row(i int, row []any) error
	// close completes the files.
	close() error
	// abort gives up what is open.
	abort()
}

// A createFunc makes a file in the folder of the data set.
type createFunc func(name string) (io.WriteCloser, error)

// newSink returns the sink of a format; dir is where create makes its files.
func newSink(f Format, dir string, create createFunc, opt *Options) (sink, error) {
	switch f {
	case ParquetNested:
		return newNested(create, opt)
	case SQLiteDatabase:
		return newSQLite(filepath.Join(dir, sqliteFile))
	case SQLScript:
		return newScript(create)
	}
	return newFiles(f, create, opt)
}

// files is the sink of formats with a file for each table.
type files struct {
	outs []*outFile
	rows []rowWriter
}

func newFiles(f Format, create createFunc, opt *Options) (sink, error) {
	s := &files{}
	for i := range tables() {
		t := &tables()[i]
		out, err := newOutFile(create, f.file(t))
		if err != nil {
			s.abort()
			return nil, err
		}
		s.outs = append(s.outs, out)
		s.rows = append(s.rows, opt.rows(f, out, t))
	}
	return s, nil
}

func (opt *Options) rows(f Format, w io.Writer, t *Table) rowWriter {
	switch {
	case f == ParquetFiles:
		return newParquetRows(w, t, opt.ToolVersion)
	case f == TSVFiles:
		return newTSVRows(w, t)
	}
	return newCSVRows(w, t, opt.Excel)
}

func (s *files) record(*article) error      { return nil }
func (s *files) row(i int, row []any) error { return s.rows[i].write(row) }

func (s *files) close() error {
	var errs []error
	for i, rows := range s.rows {
		err := rows.close()
		if err == nil {
			err = s.outs[i].Flush()
		}
		errs = append(errs, err, s.outs[i].close())
	}
	return errors.Join(errs...)
}

func (s *files) abort() {
	for _, out := range s.outs {
		out.close()
	}
}

// An outFile is a buffered file, which is on the disk once close returns nil.
type outFile struct {
	*bufio.Writer
	file io.WriteCloser
}

func newOutFile(create createFunc, name string) (*outFile, error) {
	f, err := create(name)
	if err != nil {
		return nil, err
	}
	return &outFile{bufio.NewWriterSize(f, 1<<16), f}, nil
}

// close closes the file once, which syncs it; what is buffered must have been flushed.
func (o *outFile) close() error {
	if o.file == nil {
		return nil
	}
	f := o.file
	o.file = nil
	return f.Close()
}
