package run

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// The names of the files of a finished run.
const (
	DocumentsName = "documents.jsonl"
	ErrorsName    = "errors.jsonl"
	JournalName   = "journal.jsonl"
	manifestName  = "run.json"
)

// The names within the folder partial.
const (
	partialName = "partial"
	logName     = "records.log"
	itemsName   = "items.log"
	replaceName = "replace" // its presence says that the finished run is not to be drawn on
	newName     = "new"     // the output while it is put together
	doneName    = "done"    // the output when it is whole: it only has to be moved
)

// outputs are the files of a finished run, in the order in which they are moved to their place.
var outputs = [...]string{DocumentsName, ErrorsName, JournalName, manifestName}

// Options say what to do with what the folder holds already.
type Options struct {
	// Resume keeps the articles that an earlier run has done, finished or not.
	Resume bool
	// RetryFailed, with Resume, tries those again that could be read, but not processed.
	RetryFailed bool
	// Force starts over. An older output stays until the new one is whole.
	Force bool
	// Copies returns what finds copies, or nil: then no record has duplicate_of. It is called once, in Finish, with a folder
	// for temporary files.
	Copies func(folder string) (Copies, error)

	sys system
}

// Copies finds articles that are copies of earlier ones.
type Copies interface {
	// Add notes an article and returns the id of the earliest one that it copies, or "".
	Add(id, fingerprint string) (of string, err error)
	Close() error
}

// ErrExists is the cause of the error when a folder holds something and no option says what to do with it.
var ErrExists = errors.New("exists")

// A Run writes to a folder. It is for one goroutine at a time, but for Has, which many may call.
type Run struct {
	dir, partial string
	opt          Options
	sys          system
	lock         *lock
	manifest     Manifest
	kept         bool  // the finished run in dir can be drawn on
	known        index // the documents that are done

	log, journal, items *appender
	flushed             int64 // the size of the log at the last flush
	synced              time.Time
}

// syncEvery is how much work the loss of power can cost at most.
const syncEvery = 5 * time.Second

// flushEvery is how many bytes of records a kill can cost at most, beside those that are being processed.
const flushEvery = 1 << 20

// Open locks the folder, which it makes if need be, and starts or resumes a run there. m says what will make the
// records; Counts are not read.
func Open(dir string, m Manifest, opt Options) (*Run, error) {
	if opt.sys == nil {
		opt.sys = realSystem{}
	}
	m.Schema, m.Complete, m.Counts = ManifestSchema, false, nil
	r := &Run{dir: dir, partial: filepath.Join(dir, partialName), opt: opt, sys: opt.sys, manifest: m}
	if err := r.sys.Mkdir(dir); err != nil {
		return nil, err
	}
	var err error
	if r.lock, err = acquire(dir); err != nil {
		return nil, err
	}
	if err := r.open(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Run) open() error {
	if err := r.moveDone(); err != nil { // a run that was killed while its output was moved
		return err
	}
	finished, err := readManifest(r.sys, r.dir)
	if err != nil {
		return err
	}
	partial, err := readManifest(r.sys, r.partial)
	if err != nil {
		return err
	}
	if finished == nil && partial == nil {
		if err := r.foreign(); err != nil {
			return err
		}
	}
	switch {
	case r.opt.Force:
		if err := r.sys.RemoveAll(r.partial); err != nil {
			return err
		}
	case !r.opt.Resume && partial != nil:
		return &FolderError{r.dir, fmt.Errorf("%w: a run that was interrupted", ErrExists)}
	case !r.opt.Resume && finished != nil:
		return &FolderError{r.dir, fmt.Errorf("%w: a finished run", ErrExists)}
	case partial != nil:
		if list := partial.differences(&r.manifest); list != nil {
			return mixed(r.dir, list)
		}
		_, absent := r.sys.Stat(filepath.Join(r.partial, replaceName))
		r.kept = finished != nil && finished.differences(&r.manifest) == nil && errors.Is(absent, fs.ErrNotExist)
	case finished != nil:
		if list := finished.differences(&r.manifest); list != nil {
			return mixed(r.dir, list)
		}
		r.kept = true
	}
	r.lock.announce()
	return r.start()
}

// foreign refuses a folder that holds something else.
func (r *Run) foreign() error {
	entries, err := r.sys.ReadDir(r.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Name() != lockName && entry.Name() != partialName {
			return r.holds(entry.Name())
		}
	}
	entries, err = r.sys.ReadDir(r.partial)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, entry := range entries {
		if !slices.Contains(partialNames[:], entry.Name()) {
			return r.holds(filepath.Join(partialName, entry.Name()))
		}
	}
	return nil
}

func (r *Run) holds(name string) error {
	return fmt.Errorf("%s: %w: it holds %s, and no run of quoth; name a new or empty folder", r.dir, ErrExists, name)
}

// partialNames are the names that there can be in the folder partial.
var partialNames = [...]string{manifestName, manifestName + ".new", JournalName, logName, itemsName, replaceName, newName, doneName}

// start opens the log and its journal, cut to what is sound.
func (r *Run) start() error {
	if err := r.sys.Mkdir(r.partial); err != nil {
		return err
	}
	if err := r.sys.RemoveAll(filepath.Join(r.partial, newName)); err != nil {
		return err
	}
	if r.opt.Force {
		if err := writeFile(r.sys, filepath.Join(r.partial, replaceName), nil); err != nil {
			return err
		}
	}
	var err error
	if r.journal, err = r.appendTo(JournalName); err != nil {
		return err
	}
	if r.log, err = r.appendTo(logName); err != nil {
		return err
	}
	journalEnd, logEnd, err := verify(io.NewSectionReader(r.journal.file, 0, 1<<62), io.NewSectionReader(r.log.file, 0, 1<<62))
	if err != nil {
		return err
	}
	if err := errors.Join(r.journal.cut(journalEnd), r.log.cut(logEnd)); err != nil {
		return err
	}
	if err := r.sys.RemoveAll(filepath.Join(r.partial, itemsName)); err != nil {
		return err
	}
	if r.items, err = r.appendTo(itemsName); err != nil {
		return err
	}
	// The manifest comes last: without it there is no run to be resumed, and with it all files are there.
	if err := r.replace(filepath.Join(r.partial, manifestName), r.manifest.encode()); err != nil {
		return err
	}
	r.synced = time.Now()
	if !r.opt.Resume {
		return nil
	}
	r.known, err = r.index(!r.opt.RetryFailed, true)
	return err
}

// replace puts a small file in its place in one step.
func (r *Run) replace(name string, data []byte) error {
	temporary := name + ".new"
	if err := writeFile(r.sys, temporary, data); err != nil {
		return err
	}
	return r.sys.Rename(temporary, name)
}

// index reads the journals. With verify it leaves out what the finished run does not hold as it should.
func (r *Run) index(keepFailed, verify bool) (index, error) {
	var x index
	if r.kept {
		if err := r.addFinished(&x, keepFailed, verify); err != nil {
			return nil, err
		}
	}
	all := func(*Entry) (bool, error) { return true, nil }
	if err := r.journal.flush(); err != nil {
		return nil, err
	}
	if err := x.add(io.NewSectionReader(r.journal.file, 0, r.journal.size), true, keepFailed, all); err != nil {
		return nil, err
	}
	x.build()
	return x, nil
}

// addFinished adds the entries of the finished run.
func (r *Run) addFinished(x *index, keepFailed, verify bool) error {
	var files [3]file
	for i, name := range [...]string{JournalName, DocumentsName, ErrorsName} {
		f, err := r.sys.OpenFile(filepath.Join(r.dir, name), os.O_RDONLY)
		if errors.Is(err, fs.ErrNotExist) { // somebody removed it: nothing of the run can be kept
			r.kept = false
			return nil
		}
		if err != nil {
			return err
		}
		defer f.Close()
		files[i] = f
	}
	return x.add(files[0], false, keepFailed, func(e *Entry) (bool, error) {
		if !verify || e.DocID == nil {
			return true, nil
		}
		records := files[1]
		if e.Status == StatusFailed {
			records = files[2]
		}
		if info, err := r.sys.Stat(filepath.Join(r.dir, DocumentsName)); err == nil && e.Status != StatusFailed && e.Offset+e.Length > info.Size() {
			return false, nil
		}
		_, err := recordAt(records, e)
		return err == nil, nil
	})
}

// Has reports whether the document is done already, of the same input, so that Keep will do.
func (r *Run) Has(docID, input string) bool {
	p, ok := r.known.find(docID)
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(input, 16, 64)
	return err == nil && n == p.input
}

// Keep adds to the output what an earlier run made of the document.
func (r *Run) Keep(docID string) error { return r.item(item{DocID: docID}) }

// Add adds the record, or error record, of an article that was read: a line of JSON with its line end. Entry says what
// it is; its place and hash are filled in.
func (r *Run) Add(e Entry, line []byte) error {
	e.Offset, e.Length, e.Hash = r.log.size, int64(len(line)), hashOf(line)
	entry, err := encodeLine(e)
	if err != nil {
		return err
	}
	if err := r.log.write(line); err != nil {
		return err
	}
	if err := r.journal.write(entry); err != nil {
		return err
	}
	if err := r.item(item{DocID: *e.DocID}); err != nil {
		return err
	}
	switch {
	case time.Since(r.synced) > syncEvery:
		return r.sync()
	case r.log.size-r.flushed >= flushEvery:
		return r.flush()
	}
	return nil
}

// Unread adds the error record of an input that could not be read. It is not kept: a run that is resumed tries again.
func (r *Run) Unread(e Entry, line []byte) error {
	e.Length, e.Hash = int64(len(line)), hashOf(line)
	return r.item(item{Entry: &e, Line: bytes.TrimSuffix(line, []byte("\n"))})
}

// flush hands to the system what was added, the records before their entries.
func (r *Run) flush() error {
	if err := r.log.flush(); err != nil {
		return err
	}
	r.flushed = r.log.size
	return r.journal.flush()
}

// sync makes what was added last.
func (r *Run) sync() error {
	if err := r.log.flush(); err != nil {
		return err
	}
	if err := r.log.file.Sync(); err != nil {
		return err
	}
	if err := r.journal.flush(); err != nil {
		return err
	}
	if err := r.journal.file.Sync(); err != nil {
		return err
	}
	r.synced = time.Now()
	return nil
}

// Suspend ends a run that was interrupted, so that it can be resumed.
func (r *Run) Suspend() error { return errors.Join(r.sync(), r.Close()) }

// Close gives up the lock and the files. After Finish or Suspend it does nothing. Without them it leaves the folder as
// a kill would.
func (r *Run) Close() error {
	var errs []error
	for _, a := range []*appender{r.log, r.journal, r.items} {
		if a != nil {
			errs = append(errs, a.file.Close())
		}
	}
	r.log, r.journal, r.items = nil, nil, nil
	if r.lock != nil {
		r.lock.release()
		r.lock = nil
	}
	return errors.Join(errs...)
}

// moveDone moves the output to its place, if it is whole.
func (r *Run) moveDone() error {
	done := filepath.Join(r.partial, doneName)
	if _, err := r.sys.Stat(done); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for _, name := range outputs {
		err := r.sys.Rename(filepath.Join(done, name), filepath.Join(r.dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // one that is not there has been moved before
			return err
		}
	}
	syncFolder(r.sys, r.dir)
	// The journal goes first: a log without one is empty, and is not taken for work that is to be gone on with.
	for _, name := range []string{manifestName, JournalName} {
		if err := r.sys.RemoveAll(filepath.Join(r.partial, name)); err != nil {
			return err
		}
	}
	return r.sys.RemoveAll(r.partial)
}

func (r *Run) appendTo(name string) (*appender, error) {
	f, err := r.sys.OpenFile(filepath.Join(r.partial, name), os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	return &appender{file: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

// An appender writes at the end of a file.
type appender struct {
	file file
	w    *bufio.Writer
	size int64 // with what is still in w
}

func (a *appender) write(b []byte) error {
	n, err := a.w.Write(b)
	a.size += int64(n)
	return err
}

func (a *appender) flush() error { return a.w.Flush() }

// cut shortens the file and goes on after its end.
func (a *appender) cut(size int64) error {
	if err := a.file.Truncate(size); err != nil {
		return err
	}
	a.size = size
	_, err := a.file.Seek(size, io.SeekStart)
	return err
}
