package gold

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	data "github.com/quoth-nlp/quoth/corpus/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Case is one short text of the taxonomy of quotation and what is to be extracted from it.
type Case struct {
	ID, Group, Phenomenon string
	// HTML says that the case starts from a page rather than from Text; Input is then that page.
	HTML  bool
	Input string
	Text  string
	// Quotes are filled as those of an Article, with the flags left out.
	Quotes []annot.Quote
	// Spans are what must not be extracted.
	Spans []Span
	Note  string
}

type caseEntry struct {
	ID          string      `json:"id"`
	Group       string      `json:"group"`
	Phenomenon  string      `json:"phenomenon"`
	Input       string      `json:"input"`
	InputFormat string      `json:"input_format"`
	Text        string      `json:"text"`
	Note        string      `json:"note"`
	Quotes      []caseQuote `json:"quotes"`
	NotQuotes   []caseSpan  `json:"not_quotes"`
}

type caseQuote struct {
	Kind        string     `json:"kind"`
	Status      string     `json:"status"`
	Parts       []caseSpan `json:"parts"`
	Speaker     *caseSpan  `json:"speaker"`
	SpeakerName string     `json:"speaker_name"`
	Cue         *caseSpan  `json:"cue"`
}

type caseSpan struct {
	Start *int   `json:"byte_start"`
	End   *int   `json:"byte_end"`
	Text  string `json:"text"`
	Why   string `json:"why"`
}

var taxonomy = sync.OnceValues(func() ([]Case, error) {
	raw, err := data.Files.ReadFile("taxonomy.jsonl")
	if err != nil {
		return nil, err
	}
	return parseCases(raw)
})

// Taxonomy returns the cases that are built in. They are shared: callers must not change them.
func Taxonomy() ([]Case, error) { return taxonomy() }

func parseCases(jsonl []byte) ([]Case, error) {
	var cases []Case
	lines := bufio.NewScanner(bytes.NewReader(jsonl))
	lines.Buffer(nil, 1<<20)
	for line := 1; lines.Scan(); line++ {
		var e caseEntry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("taxonomy.jsonl:%d: %w", line, err)
		}
		c, err := e.resolve()
		if err != nil {
			return nil, fmt.Errorf("taxonomy.jsonl:%d: case %s: %w", line, e.ID, err)
		}
		cases = append(cases, c)
	}
	return cases, lines.Err()
}

func (e caseEntry) resolve() (Case, error) {
	c := Case{ID: e.ID, Group: e.Group, Phenomenon: e.Phenomenon, HTML: e.InputFormat == "html", Input: e.Input, Text: e.Text, Note: e.Note}
	for _, entry := range e.Quotes {
		q, err := entry.resolve(c.Text)
		if err != nil {
			return c, err
		}
		c.Quotes = append(c.Quotes, q)
	}
	for _, entry := range e.NotQuotes {
		s, err := entry.resolve(c.Text)
		if err != nil {
			return c, err
		}
		c.Spans = append(c.Spans, Span{s, entry.Why})
	}
	return c, nil
}

func (e caseQuote) resolve(text string) (q annot.Quote, err error) {
	var ok bool
	if q.Kind, ok = annot.ParseKind(e.Kind); !ok {
		return q, fmt.Errorf("unknown kind %q", e.Kind)
	}
	if q.Status, ok = annot.ParseStatus(e.Status); !ok {
		return q, fmt.Errorf("unknown status %q", e.Status)
	}
	for _, p := range e.Parts {
		s, err := p.resolve(text)
		if err != nil {
			return q, err
		}
		q.Parts = append(q.Parts, s)
	}
	q.Speaker.Name = e.SpeakerName
	if q.Speaker.Mention, err = e.Speaker.resolve(text); err != nil {
		return q, err
	}
	q.Cue, err = e.Cue.resolve(text)
	return q, err
}

// resolve returns the zero span for a missing one, and for one that only gives a description in place of offsets.
func (e *caseSpan) resolve(text string) (annot.Span, error) {
	if e == nil || e.Start == nil || e.End == nil {
		return annot.Span{}, nil
	}
	s := annot.Span{Start: *e.Start, End: *e.End}
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End || text[s.Start:s.End] != e.Text {
		return s, fmt.Errorf("span [%d,%d) is not %q", s.Start, s.End, e.Text)
	}
	return s, nil
}
