package run

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/cespare/xxhash/v2"
)

// The statuses of an Entry.
const (
	StatusOK     = "ok"
	StatusEmpty  = "empty"  // a record of an article without text
	StatusFailed = "failed" // an error record
)

// An Entry is a line of the journal: what became of one article, or of an input that could not be read.
type Entry struct {
	// DocID is null where nothing could be read.
	DocID  *string `json:"doc_id"`
	Path   string  `json:"path"`
	Member *string `json:"member"`
	Index  int     `json:"index"`
	SHA256 *string `json:"sha256"`
	Status string  `json:"status"`
	// Code is the code of the error record, or null.
	Code *string `json:"code"`
	// Offset and Length say where the record is in documents.jsonl, or the error record in errors.jsonl, its line
	// end included. Hash is its XXH64 in hexadecimal.
	Offset int64  `json:"offset"`
	Length int64  `json:"length"`
	Hash   string `json:"hash"`
	// Input is a hash of all that the record was made of. The document's id stands for the article's own bytes; what is
	// around them, as the header of a table, counts too.
	Input string `json:"input"`
	// Fingerprint is what copies are found by, or null.
	Fingerprint *string `json:"fingerprint"`
	DuplicateOf *string `json:"duplicate_of"`
	Stats
}

func hashOf(line []byte) string { return strconv.FormatUint(xxhash.Sum64(line), 16) }

func encodeLine(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// scan calls do with every entry of a journal and the offset of its line. A line that was cut off, or is no entry,
// ends the journal; whole is the length up to there.
func scan(in io.Reader, do func(e *Entry, at int64) (bool, error)) (whole int64, err error) {
	b := bufio.NewReaderSize(in, 1<<16)
	for {
		line, err := b.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return whole, nil
		}
		if err != nil {
			return whole, err
		}
		e := &Entry{}
		if json.Unmarshal(line, e) != nil || e.Length <= 0 {
			return whole, nil
		}
		ok, err := do(e, whole)
		if err != nil || !ok {
			return whole, err
		}
		whole += int64(len(line))
	}
}

// entryAt reads the entry whose line starts at the offset.
func entryAt(f io.ReaderAt, at int64) (*Entry, error) {
	line, err := bufio.NewReader(io.NewSectionReader(f, at, 1<<30)).ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	e := &Entry{}
	if err := json.Unmarshal(line, e); err != nil {
		return nil, err
	}
	return e, nil
}

// recordAt reads the record of an entry and tells whether it is what the entry noted.
func recordAt(f io.ReaderAt, e *Entry) ([]byte, error) {
	line := make([]byte, e.Length)
	if _, err := f.ReadAt(line, e.Offset); err != nil {
		return nil, fmt.Errorf("record of %s at byte %d: %w", e.Path, e.Offset, err)
	}
	if hashOf(line) != e.Hash {
		return nil, fmt.Errorf("record of %s at byte %d: not what the journal says; was the file changed?", e.Path, e.Offset)
	}
	return line, nil
}

// verify returns how much of the journal and of the log is sound: it compares every record with its entry.
func verify(journal, log io.Reader) (journalEnd, logEnd int64, err error) {
	b := bufio.NewReaderSize(log, 1<<18)
	var line []byte
	journalEnd, err = scan(journal, func(e *Entry, _ int64) (bool, error) {
		if e.Offset != logEnd || e.Length > maxLine {
			return false, nil
		}
		if int64(cap(line)) < e.Length {
			line = make([]byte, e.Length)
		}
		line = line[:e.Length]
		switch _, err := io.ReadFull(b, line); {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return false, nil
		case err != nil:
			return false, err
		case hashOf(line) != e.Hash:
			return false, nil
		}
		logEnd += e.Length
		return true, nil
	})
	return journalEnd, logEnd, err
}

// maxLine is longer than any record: a length beyond it is a fault of the journal.
const maxLine = 1 << 36
