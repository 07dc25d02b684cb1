package diff

import (
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Totals sum up a comparison. Quotes and entities are those of articles that are in both files.
type Totals struct {
	// Documents are the articles that both files have, TextChanged those of them whose text differs, Changed those with
	// any change; Lost and Added are the articles that only the first or the second file has.
	Documents struct {
		Both        int `json:"both"`
		Changed     int `json:"changed"`
		TextChanged int `json:"text_changed"`
		Lost        int `json:"lost"`
		Added       int `json:"added"`
	} `json:"documents"`
	Quotes   Tally `json:"quotes"`
	Entities Tally `json:"entities"`
	// ToolsA and ToolsB are what made the records of each file, the first few if there are many.
	ToolsA []output.Tool `json:"tools_a"`
	ToolsB []output.Tool `json:"tools_b"`
}

// A Tally counts quotes or entities. Fields counts for each field the changed ones that differ in it.
type Tally struct {
	Same    int            `json:"same"`
	Lost    int            `json:"lost"`
	Added   int            `json:"added"`
	Changed int            `json:"changed"`
	Fields  map[string]int `json:"fields"`
}

// NewTotals returns totals of nothing.
func NewTotals() *Totals {
	return &Totals{Quotes: Tally{Fields: map[string]int{}}, Entities: Tally{Fields: map[string]int{}}, ToolsA: []output.Tool{}, ToolsB: []output.Tool{}}
}

// Add adds an article: d is nil if only one of the records is there.
func (t *Totals) Add(a, b *output.Record, d *Document) {
	if a != nil {
		t.ToolsA = withTool(t.ToolsA, a.Tool)
	}
	if b != nil {
		t.ToolsB = withTool(t.ToolsB, b.Tool)
	}
	switch {
	case b == nil:
		t.Documents.Lost++
	case a == nil:
		t.Documents.Added++
	default:
		t.Documents.Both++
		if d.TextChanged {
			t.Documents.TextChanged++
		}
		if !d.Same() {
			t.Documents.Changed++
		}
		t.Quotes.Same += d.SameQuotes
		for i := range d.Quotes {
			t.Quotes.add(d.Quotes[i].Kind, d.Quotes[i].Fields)
		}
		t.Entities.Same += d.SameEntities
		for i := range d.Entities {
			t.Entities.add(d.Entities[i].Kind, d.Entities[i].Fields)
		}
	}
}

// Same reports whether no article differs.
func (t *Totals) Same() bool {
	return t.Documents.Lost+t.Documents.Added+t.Documents.Changed == 0
}

func (t *Tally) add(kind Kind, fields []string) {
	switch kind {
	case Lost:
		t.Lost++
	case Added:
		t.Added++
	case Changed:
		t.Changed++
		for _, f := range fields {
			t.Fields[f]++
		}
	}
}

// mostTools bounds the list of tools, which a file made of many runs could make long.
const mostTools = 8

func withTool(list []output.Tool, tool output.Tool) []output.Tool {
	if len(list) == mostTools || slices.ContainsFunc(list, func(t output.Tool) bool {
		return t.Name == tool.Name && t.Version == tool.Version && deref(t.RulesSHA256) == deref(tool.RulesSHA256) && deref(t.Model) == deref(tool.Model)
	}) {
		return list
	}
	return append(list, tool)
}
