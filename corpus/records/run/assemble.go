package run

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// An item stands for one item of the input, in its order: a document that the log or the finished run holds, or an
// input that could not be read, with its error record.
type item struct {
	DocID string          `json:"doc_id,omitempty"`
	Entry *Entry          `json:"entry,omitempty"`
	Line  json.RawMessage `json:"line,omitempty"`
}

func (r *Run) item(i item) error {
	line, err := encodeLine(i)
	if err != nil {
		return err
	}
	return r.items.write(line)
}

// Finish puts the output together, moves it to its place and returns the manifest. After an error the run can be
// resumed, and an older output is as it was.
func (r *Run) Finish() (*Manifest, error) {
	err := r.finish()
	if closeErr := r.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	return &r.manifest, nil
}

func (r *Run) finish() error {
	if err := r.sync(); err != nil {
		return err
	}
	if err := r.items.flush(); err != nil {
		return err
	}
	fresh, done := filepath.Join(r.partial, newName), filepath.Join(r.partial, doneName)
	if err := r.sys.Mkdir(fresh); err != nil {
		return err
	}
	if err := r.assemble(fresh); err != nil {
		return err
	}
	syncFolder(r.sys, fresh)
	if err := r.sys.Rename(fresh, done); err != nil { // from here on the new output counts
		return err
	}
	syncFolder(r.sys, r.partial)
	return r.moveDone()
}

// assemble writes the files of the output into the folder.
func (r *Run) assemble(folder string) (err error) {
	a := assembly{counts: Counts{Failed: map[string]int{}}}
	if a.known, err = r.index(true, false); err != nil {
		return err
	}
	if r.kept {
		for _, f := range []struct {
			name string
			to   *file
		}{{JournalName, &a.old.journal}, {DocumentsName, &a.old.documents}, {ErrorsName, &a.old.errors}} {
			if *f.to, err = r.sys.OpenFile(filepath.Join(r.dir, f.name), os.O_RDONLY); err != nil {
				return err
			}
			defer (*f.to).Close()
		}
	}
	a.log.journal, a.log.documents, a.log.errors = r.journal.file, r.log.file, r.log.file
	if r.opt.Copies != nil {
		if a.copies, err = r.opt.Copies(r.partial); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.copies.Close()) }()
	}
	closeAll, err := a.create(r.sys, folder)
	defer closeAll()
	if err != nil {
		return err
	}
	items := bufio.NewReaderSize(io.NewSectionReader(r.items.file, 0, r.items.size), 1<<16)
	for {
		line, err := items.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		var i item
		if err := json.Unmarshal(line, &i); err != nil {
			return err
		}
		if err := a.add(i); err != nil {
			return err
		}
	}
	r.manifest.Complete, r.manifest.Counts = true, &a.counts
	return a.finish(r.sys, folder, &r.manifest)
}

// An assembly puts the output together.
type assembly struct {
	known    index
	old, log struct{ journal, documents, errors file }
	copies   Copies
	counts   Counts

	documents, errors, journal *appender
}

// create opens the files of the output in the folder. The function closes those that were opened.
func (a *assembly) create(sys system, folder string) (closeAll func(), err error) {
	var opened []file
	closeAll = func() {
		for _, f := range opened {
			f.Close()
		}
	}
	for _, w := range []struct {
		name string
		to   **appender
	}{{DocumentsName, &a.documents}, {ErrorsName, &a.errors}, {JournalName, &a.journal}} {
		f, err := sys.OpenFile(filepath.Join(folder, w.name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
		if err != nil {
			return closeAll, err
		}
		opened = append(opened, f)
		*w.to = &appender{file: f, w: bufio.NewWriterSize(f, 1<<18)}
	}
	return closeAll, nil
}

// finish makes the files last, and adds the manifest.
func (a *assembly) finish(sys system, folder string, m *Manifest) error {
	for _, w := range []*appender{a.documents, a.errors, a.journal} {
		if err := w.flush(); err != nil {
			return err
		}
		if err := w.file.Sync(); err != nil {
			return err
		}
	}
	return writeFile(sys, filepath.Join(folder, manifestName), m.encode())
}

func (a *assembly) add(i item) error {
	if i.Entry != nil {
		return a.write(i.Entry, append(i.Line, '\n'))
	}
	p, ok := a.known.find(i.DocID)
	if !ok {
		return errors.New("internal error: no entry for " + i.DocID)
	}
	at, ofLog := p.where()
	from := &a.old
	if ofLog {
		from = &a.log
	}
	e, err := entryAt(from.journal, at)
	if err != nil {
		return err
	}
	records := from.documents
	if e.Status == StatusFailed {
		records = from.errors
	}
	line, err := recordAt(records, e)
	if err != nil {
		return err
	}
	return a.write(e, line)
}

// write appends the record of an entry, and the entry.
func (a *assembly) write(e *Entry, line []byte) error {
	to := a.documents
	if e.Status == StatusFailed {
		to = a.errors
		a.counts.Errors++
		a.counts.Failed[deref(e.Code)]++
	} else {
		a.counts.Documents++
		if e.Status == StatusEmpty {
			a.counts.Empty++
		}
		if a.copies != nil && e.Fingerprint != nil {
			of, err := a.copies.Add(*e.DocID, *e.Fingerprint)
			if err != nil {
				return err
			}
			if deref(e.DuplicateOf) != of {
				e.DuplicateOf = output.Optional(of)
				if line, err = output.SetDuplicateOf(line, e.DuplicateOf); err != nil {
					return err
				}
			}
		}
		if e.DuplicateOf != nil {
			a.counts.Duplicates++
		}
		a.counts.Stats.add(e.Stats)
	}
	e.Offset, e.Length, e.Hash = to.size, int64(len(line)), hashOf(line)
	if err := to.write(line); err != nil {
		return err
	}
	entry, err := encodeLine(e)
	if err != nil {
		return err
	}
	return a.journal.write(entry)
}
