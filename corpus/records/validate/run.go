package validate

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// The files of a run.
const (
	ManifestName  = "run.json"
	DocumentsName = "documents.jsonl"
	ErrorsName    = "errors.jsonl"
	JournalName   = "journal.jsonl"
)

// runSchema is the first key of run.json.
const runSchema = "quoth/run/1"

// Run checks what goes beyond the files of records in the folder of a run: the manifest with its counts, which are to be
// those that were found in the records, and the journal, each entry of which is to lead to the record that it notes.
// Files that are not there are passed over, but for the manifest. Paths of findings are those within the folder.
func Run(folder fs.FS, found Counts) ([]Finding, error) {
	list, err := manifest(folder, found)
	if err != nil {
		return nil, err
	}
	more, err := journal(folder)
	return append(list, more...), err
}

func manifest(folder fs.FS, found Counts) ([]Finding, error) {
	data, err := fs.ReadFile(folder, ManifestName)
	if err != nil {
		return nil, err
	}
	var list []Finding
	add := func(format string, args ...any) {
		list = append(list, Finding{Path: ManifestName, Code: CodeRun, Message: fmt.Sprintf(format, args...)})
	}
	var m struct {
		Schema   string
		Complete *bool
		Counts   map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &m); err != nil {
		add("no manifest of a run: %v", err)
		return list, nil
	}
	if m.Schema != runSchema {
		add("its schema is %q; this version of quoth knows %s", m.Schema, runSchema)
		return list, nil
	}
	if m.Complete != nil && !*m.Complete {
		add("the run is not complete; resume it")
		return list, nil
	}
	// A newer run beside this one leaves it readable, unless it was stopped while its files were moved here.
	if _, err := fs.Stat(folder, "partial/done"); err == nil {
		add("a later run was stopped while its files were moved here; resume it")
	}
	for _, c := range []struct {
		name  string
		found int
	}{{"documents", found.Documents}, {"duplicates", found.Duplicates}, {"errors", found.Errors}, {"sentences", found.Sentences},
		{"entities", found.Entities}, {"quotes", found.Quotes}, {"attributed", found.Attributed}, {"named", found.Named}} {
		var n int
		if raw, ok := m.Counts[c.name]; ok && (json.Unmarshal(raw, &n) != nil || n != c.found) {
			add("counts.%s is %s, but the records have %d", c.name, raw, c.found)
		}
	}
	var failed map[string]int
	if raw, ok := m.Counts["failed"]; ok {
		if err := json.Unmarshal(raw, &failed); err != nil {
			add("counts.failed: %v", err)
			return list, nil
		}
		for _, code := range keys(failed, found.Failed) {
			if failed[code] != found.Failed[code] {
				add("counts.failed.%s is %d, but the error records have %d", code, failed[code], found.Failed[code])
			}
		}
	}
	return list, nil
}

// keys returns the keys of both maps, sorted.
func keys(a, b map[string]int) []string {
	var list []string
	for _, m := range []map[string]int{a, b} {
		for k := range m {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// An entry is what is checked of a line of the journal.
type entry struct {
	DocID  *string `json:"doc_id"`
	Status string  `json:"status"`
	Offset int64   `json:"offset"`
	Length int64   `json:"length"`
	Hash   string  `json:"hash"`
}

// mostEntries is how many faults of the journal are reported.
const mostEntries = 100

func journal(folder fs.FS) ([]Finding, error) {
	f, err := folder.Open(JournalName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	j := &journalCheck{documents: follower{folder: folder, name: DocumentsName}, errors: follower{folder: folder, name: ErrorsName}}
	defer j.documents.close()
	defer j.errors.close()
	check := &byteCheck{r: f}
	in := bufio.NewReaderSize(check, 1<<16)
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if len(text) > 0 {
			if err := j.entry(line, text); err != nil {
				return nil, err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if err := j.ends(); err != nil {
		return nil, err
	}
	list := append(j.list, check.end()...)
	for i := range list {
		list[i].Path = JournalName
	}
	return list, nil
}

type journalCheck struct {
	documents, errors follower
	list              []Finding
	n                 int
}

func (j *journalCheck) add(line int, id *string, format string, args ...any) {
	switch j.n++; {
	case j.n == mostEntries+1:
		j.list = append(j.list, Finding{Code: CodeRun, Message: "more faults than are reported here"})
	case j.n <= mostEntries:
		f := Finding{Line: line, Code: CodeRun, Message: fmt.Sprintf(format, args...)}
		if id != nil {
			f.DocID = *id
		}
		j.list = append(j.list, f)
	}
}

// entry checks one line. The error is one of reading.
func (j *journalCheck) entry(line int, text []byte) error {
	var e entry
	if err := json.Unmarshal(text, &e); err != nil {
		j.add(line, nil, "no entry of a journal: %s", syntax(err))
		return nil
	}
	records := &j.documents
	if e.Status == "failed" {
		records = &j.errors
	}
	if e.Offset != records.at || e.Length < 1 {
		j.add(line, e.DocID, "its record is said to be at byte %d of %s, but the one before it ends at %d", e.Offset, records.name, records.at)
		return nil
	}
	sum, err := records.hash(e.Length)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, fs.ErrNotExist):
		j.add(line, e.DocID, "%s has no %d bytes at %d", records.name, e.Length, e.Offset)
	case err != nil:
		return err
	case sum != e.Hash:
		j.add(line, e.DocID, "the record at byte %d of %s is not the one that was noted: its hash is %s, not %s", e.Offset, records.name, sum, e.Hash)
	}
	return nil
}

// ends checks that the journal notes all records. After faults that is not known.
func (j *journalCheck) ends() error {
	for _, records := range []*follower{&j.documents, &j.errors} {
		if j.n > 0 {
			return nil
		}
		_, err := records.hash(1)
		switch {
		case err == nil:
			j.add(0, nil, "%s goes on at byte %d, where the journal ends", records.name, records.at-1)
		case !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	return nil
}

// A follower reads a file piece by piece.
type follower struct {
	folder fs.FS
	name   string
	file   fs.File
	in     *bufio.Reader
	at     int64
	digest *xxhash.Digest
}

// hash reads the next n bytes and returns their XXH64 in hexadecimal, or io.ErrUnexpectedEOF if there are not so many.
func (f *follower) hash(n int64) (string, error) {
	if f.file == nil {
		file, err := f.folder.Open(f.name)
		if err != nil {
			return "", err
		}
		f.file, f.in, f.digest = file, bufio.NewReaderSize(file, 1<<18), xxhash.New()
	}
	f.digest.Reset()
	read, err := io.CopyN(f.digest, f.in, n)
	f.at += read
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Sprintf("%x", f.digest.Sum64()), err
}

func (f *follower) close() {
	if f.file != nil {
		f.file.Close()
	}
}
