package main

import (
	"encoding/json"
	"io"

	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// diffSchema is the first key of each line of the comparison.
const diffSchema = "quoth/diff/1"

// diffJSON writes the comparison as JSON Lines.
type diffJSON struct{ w io.Writer }

// A diffLine is one change, or with Summary the last line. Every key is always there.
type diffLine struct {
	Schema    string        `json:"schema"`
	What      string        `json:"what"`       // document, quote, entity or summary
	Change    *diff.Kind    `json:"change"`     // null in the summary
	MatchedBy *string       `json:"matched_by"` // null if only one file has the article
	DocumentA *diffDocument `json:"document_a"`
	DocumentB *diffDocument `json:"document_b"`
	Fields    []string      `json:"fields"`
	A         any           `json:"a"` // the quote or entity
	B         any           `json:"b"`
	Summary   *diff.Totals  `json:"summary"`
}

type diffDocument struct {
	DocID  string  `json:"doc_id"`
	Path   string  `json:"path"`
	Member *string `json:"member"`
	Index  int     `json:"index"`
}

type diffEntity struct {
	EntityID string `json:"entity_id"`
	Type     string `json:"type"`
	Name     string `json:"name"`
}

func (j *diffJSON) write(l *diffLine) error {
	l.Schema = diffSchema
	if l.Fields == nil {
		l.Fields = []string{}
	}
	e := json.NewEncoder(j.w)
	e.SetEscapeHTML(false)
	return e.Encode(l)
}

func (j *diffJSON) article(p *compared, entities bool) error {
	line := func(what string, change diff.Kind) *diffLine {
		return &diffLine{What: what, Change: &change, MatchedBy: output.Optional(p.By), DocumentA: documentOf(p.A), DocumentB: documentOf(p.B)}
	}
	switch {
	case p.b == nil:
		return j.write(line("document", diff.Lost))
	case p.a == nil:
		return j.write(line("document", diff.Added))
	}
	if p.d.TextChanged {
		l := line("document", diff.Changed)
		l.Fields = []string{"text"}
		if err := j.write(l); err != nil {
			return err
		}
	}
	for _, c := range p.d.Quotes {
		l := line("quote", c.Kind)
		l.Fields = c.Fields
		l.A, l.B = nullable(c.A), nullable(c.B)
		if err := j.write(l); err != nil {
			return err
		}
	}
	for _, c := range p.d.Entities {
		if !entities {
			break
		}
		l := line("entity", c.Kind)
		l.Fields = c.Fields
		l.A, l.B = nullable(entityOf(c.A)), nullable(entityOf(c.B))
		if err := j.write(l); err != nil {
			return err
		}
	}
	return nil
}

func (j *diffJSON) summary(d *differ) error {
	return j.write(&diffLine{What: "summary", Summary: d.totals})
}

func documentOf(e *diff.Entry) *diffDocument {
	if e == nil {
		return nil
	}
	return &diffDocument{e.DocID, e.Source.Path, e.Source.Member, e.Source.Index}
}

func entityOf(e *output.Entity) *diffEntity {
	if e == nil {
		return nil
	}
	return &diffEntity{e.EntityID, e.Type, e.Name}
}

// nullable returns p as a value that is written as null if p is nil.
func nullable[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}
