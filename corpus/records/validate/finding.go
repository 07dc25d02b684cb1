package validate

import (
	"encoding/json"
	"fmt"
)

// FindingSchema is the first key of the JSON of a Finding.
const FindingSchema = "quoth/finding/1"

// The codes of findings.
const (
	CodeBytes     = "bytes"     // not UTF-8, a byte order mark, CR, or no line end at the end
	CodeSyntax    = "syntax"    // no JSON or YAML, or cut off
	CodeVersion   = "version"   // a schema that this version does not know
	CodeSchema    = "schema"    // not what the schema says
	CodeRecord    = "record"    // spans, texts, hashes or references within a record do not agree
	CodeOrder     = "order"     // not in the order that is promised
	CodeID        = "doc_id"    // an id that is not that of its source, or that is there twice
	CodeDuplicate = "duplicate" // duplicate_of leads nowhere
	CodeRun       = "run"       // the files of a run do not agree
	CodeDataset   = "dataset"   // the files of a data set do not agree
)

// A Finding is one fault of a file.
type Finding struct {
	// Path is the file as the caller named it.
	Path string
	// Line is where the record or row starts, counted from 1, or 0 if the fault is that of the whole file.
	Line int
	// DocID is the article's, or empty.
	DocID   string
	Code    string
	Message string
}

// String returns the finding as a line: path, line, doc_id, message.
func (f Finding) String() string {
	s := f.Path + ":"
	if f.Line > 0 {
		s += fmt.Sprintf("%d:", f.Line)
	}
	if f.DocID != "" {
		s += " " + f.DocID + ":"
	}
	return s + " " + f.Message
}

// MarshalJSON writes all keys; what is not known is null.
func (f Finding) MarshalJSON() ([]byte, error) {
	w := struct {
		Schema  string  `json:"schema"`
		Path    string  `json:"path"`
		Line    *int    `json:"line"`
		DocID   *string `json:"doc_id"`
		Code    string  `json:"code"`
		Message string  `json:"message"`
	}{Schema: FindingSchema, Path: f.Path, Code: f.Code, Message: f.Message}
	if f.Line > 0 {
		w.Line = &f.Line
	}
	if f.DocID != "" {
		w.DocID = &f.DocID
	}
	return json.Marshal(w)
}
