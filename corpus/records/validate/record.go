package validate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A Result is what Record found out about one record.
type Result struct {
	// Findings have no path yet.
	Findings []Finding

	line    int
	record  *output.Record // without what only Record needs; nil if there is none
	failure *output.Error
	counts  Counts
}

// compiled is the one schema for all records. It is safe for concurrent use.
var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(output.Schema()))
	if err != nil {
		return nil, err
	}
	const url = "urn:quoth:schema:1"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(url, doc); err != nil {
		return nil, err
	}
	return c.Compile(url)
})

// Record checks one record by itself: syntax, schema, and what output.Check looks at. It is safe for concurrent use.
func Record(f output.Frame) *Result {
	r := &Result{line: f.Line}
	text, err := f.JSON()
	if err == nil {
		err = r.check(text)
	}
	if err != nil {
		r.add(CodeSyntax, "%s", syntax(err))
	}
	return r
}

func (r *Result) add(code, format string, args ...any) {
	f := Finding{Line: r.line, Code: code, Message: fmt.Sprintf(format, args...)}
	if r.record != nil {
		f.DocID = r.record.DocID
	}
	r.Findings = append(r.Findings, f)
}

// syntax says what is wrong with the text of a record.
func syntax(err error) string {
	var fault *json.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), err.Error() == "unexpected end of JSON input":
		return "the record is cut off"
	case errors.As(err, &fault):
		return fmt.Sprintf("no JSON at byte %d of the record: %v", fault.Offset, err)
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

func (r *Result) check(text []byte) error {
	// Floats are checked several times as fast as json.Number, but do not hold all numbers that an input may have.
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(text)); err != nil {
			return err
		}
	}
	object, ok := value.(map[string]any)
	if !ok {
		return errors.New("no record: not an object")
	}
	name, _ := object["schema"].(string)
	var decoded any
	switch name {
	case output.DocumentSchema:
		r.record = new(output.Record)
		decoded = r.record
	case output.ErrorSchema:
		r.failure = new(output.Error)
		decoded = r.failure
	default:
		r.add(CodeVersion, "its schema is %q; this version of quoth knows %s and %s", name, output.DocumentSchema, output.ErrorSchema)
		return nil
	}
	if r.record != nil {
		r.record.DocID, _ = object["doc_id"].(string) // for the findings of the schema
	}
	if !r.schema(value) {
		r.record, r.failure = nil, nil
		return nil
	}
	if err := json.Unmarshal(text, decoded); err != nil {
		r.add(CodeSchema, "%v", err)
		r.record, r.failure = nil, nil
		return nil
	}
	if r.record != nil {
		r.document()
	} else {
		r.counts.failed(r.failure)
	}
	return nil
}

// mostFaults is how many faults of the schema are reported of one record.
const mostFaults = 10

// schema reports whether the value is what the schema says.
func (r *Result) schema(value any) bool {
	s, err := compiled()
	if err != nil { // a test compiles it
		r.add(CodeSchema, "internal error: %v", err)
		return false
	}
	err = s.Validate(value)
	var fault *jsonschema.ValidationError
	switch {
	case err == nil:
		return true
	case !errors.As(err, &fault):
		r.add(CodeSchema, "%v", err)
		return false
	}
	var messages []string
	leaves(fault, message.NewPrinter(language.English), &messages)
	for i, m := range messages {
		if i == mostFaults {
			r.add(CodeSchema, "and %d more faults by the schema", len(messages)-i)
			break
		}
		r.add(CodeSchema, "%s", m)
	}
	return false
}

// leaves lists the causes of a fault that have no causes themselves.
func leaves(e *jsonschema.ValidationError, p *message.Printer, list *[]string) {
	for _, cause := range e.Causes {
		leaves(cause, p, list)
	}
	if len(e.Causes) == 0 {
		*list = append(*list, "/"+strings.Join(e.InstanceLocation, "/")+": "+e.ErrorKind.LocalizedString(p))
	}
}

func (r *Result) document() {
	d := r.record
	if err := output.Check(d); err != nil {
		for line := range strings.Lines(err.Error()) {
			r.add(CodeRecord, "%s", strings.TrimSuffix(line, "\n"))
		}
	}
	if want := output.DocID(d.Source); d.DocID != want {
		r.add(CodeID, "doc_id is not that of its source, which is %s", want)
	}
	r.order()
	r.counts.document(d)
	r.record = &output.Record{DocID: d.DocID, Source: d.Source, DuplicateOf: d.DuplicateOf}
}

// order checks what is promised to be in the order of the text.
func (r *Result) order() {
	d := r.record
	inOrder(r, "paragraphs", d.Paragraphs, func(p output.Paragraph) int { return p.Start })
	inOrder(r, "sentences", d.Sentences, func(s output.Sentence) int { return s.Start })
	inOrder(r, "quotes", d.Quotes, func(q output.Quote) int { return q.Parts[0].Start })
	for _, e := range d.Entities {
		inOrder(r, "mentions of "+e.EntityID, e.Mentions, func(m output.Mention) int { return m.Start })
	}
	for _, q := range d.Quotes {
		inOrder(r, "parts of "+q.QuoteID, q.Parts, func(p output.Part) int { return p.Start })
	}
}

func inOrder[T any](r *Result, what string, list []T, start func(T) int) {
	if !slices.IsSortedFunc(list, func(a, b T) int { return start(a) - start(b) }) {
		r.add(CodeOrder, "%s are not in the order of the text", what)
	}
}
