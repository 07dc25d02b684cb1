package corpus

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the input says of an article is in Meta, or a warning tells that it is not.
func TestLeaveOut(t *testing.T) {
	tests := []struct {
		name, file, content string
		m                   map[string]string
		meta                Meta
		warnings            []string
	}{
		{"wrong kinds", "a.jsonl", `{"text":"x","title":{"a":1},"url":[1],"date":{},"id":null,"authors":5,"more":{"b":[2]}}`, nil,
			Meta{Extra: map[string]any{"more": map[string]any{"b": []any{num("2")}}}},
			[]string{"the field title is an object, which does not fit; it is left out", "the field url is a list, which does not fit; it is left out",
				"the field authors is a number, which does not fit; it is left out"}},
		{"kept under another name", "a.jsonl", `{"text":"x","headline":{"a":1},"authors":[],"byline":"Ann"}`, nil,
			Meta{Authors: []string{"Ann"}, Extra: map[string]any{"headline": map[string]any{"a": num("1")}}}, nil},
		{"another one fits", "a.jsonl", `{"text":"x","title":{"a":1},"headline":"H"}`, nil, Meta{Title: new("H")},
			[]string{"the field title is an object, which does not fit; it is left out"}},
		{"mapped", "a.jsonl", `{"text":"x","head":{"a":1},"title":"T","by":{"who":"Ann"}}`, map[string]string{"title": ".head", "authors": "by"}, Meta{},
			[]string{"title: .head is an object, which does not fit; it is left out", "authors: by is an object, which does not fit; it is left out",
				"the field title is a text, but title is mapped to another; it is left out"}},
		{"table", "a.csv", "title,Head,text\nT,H,x\n", map[string]string{"title": "Head"}, Meta{Title: new("H")},
			[]string{"the field title is a text, but title is mapped to another; it is left out"}},
		{"front matter", "a.md", "---\ntitle: [a, b]\nurl: {a: b}\ndate: 2026-01-02\nheadline:\n  - c\n---\nx\n", nil,
			Meta{Date: new("2026-01-02"), Extra: map[string]any{"headline": []any{"c"}}},
			[]string{"the field title is a list, which does not fit; it is left out", "the field url is an object, which does not fit; it is left out"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := articlesOf(t, Options{Map: test.m}, test.file, test.content)[0]
			if diff := cmp.Diff(test.meta, a.Meta); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			var warnings []string
			for _, w := range a.Warnings {
				if w.Code != WarnLeftOut || w.Start != -1 {
					t.Errorf("%+v", w)
				}
				warnings = append(warnings, w.Message)
			}
			equal(t, test.warnings, warnings)
		})
	}
}

// The warnings of a table are those of each of its rows, and not of those before.
func TestLeaveOutRows(t *testing.T) {
	for _, a := range articlesOf(t, Options{Map: map[string]string{"title": "head"}}, "a.csv", "title,head,text,n,n\nT,H,x,1,2\nT,H,x,1,2\nT,H,x,1,2\n") {
		if len(a.Warnings) != 2 || a.Warnings[0].Code != WarnDuplicateKey || a.Warnings[1].Code != WarnLeftOut {
			t.Errorf("%+v", a.Warnings)
		}
	}
}

func TestTextOfWrongKind(t *testing.T) {
	for content, want := range map[string]string{
		`{"text":null}`:                "the field text is null",
		`{"id":1,"body":{"a":"b"}}`:    "the field body is an object",
		`{"text":[]}`:                  "the field text is an empty list",
		`{"text":[1,"x"]}`:             "the field text is a list",
		`{"text":7}`:                   "the field text is a number",
		`{"html":false,"title":"T"}`:   "the field html is false",
		`{"content":null,"text":null}`: "the field text is null",
	} {
		names := map[string]string{`{"id":1,"body":{"a":"b"}}`: "id, body", `{"html":false,"title":"T"}`: "html, title", `{"content":null,"text":null}`: "content, text"}[content]
		if names == "" {
			names = "text"
		}
		equal(t, []string{"a.jsonl#0 read no_text a.jsonl:1: " + want + ", neither a string nor a list of strings; set Options.Map if another holds the article; the fields are " + names},
			list(t, Options{system: newFaulty("a.jsonl", content)}, "a.jsonl"))
	}
}
