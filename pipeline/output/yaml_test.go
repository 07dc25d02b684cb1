package output_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Every trap, and every two of them joined, comes back from YAML as it was: as a key, a value and an item of a list.
func TestYAMLTraps(t *testing.T) {
	r := small("traps")
	r.Meta.Extra = map[string]any{}
	for _, a := range traps {
		for _, b := range traps {
			r.Meta.Extra[a+b] = []any{a + b, map[string]any{"k": b + "\n" + a}}
		}
	}
	sameYAML(t, r, written(t, output.JSONL, r))
}

// A text of several lines is a block where that is safe, and nothing else is.
func TestYAMLStyle(t *testing.T) {
	tests := []struct{ text, want string }{
		{"no", ` "no"`},
		{"a\n\nb \"c\" \\ é\u00a0d", " |-\n    a\n\n    b \"c\" \\ é\u00a0d"},
		{"a\nb 🎉", ` "a\nb \U0001F389"`},
		{"- a\n# b\n---\n: c", " |-\n    - a\n    # b\n    ---\n    : c"},
		{"a\n\nb\n", " |\n    a\n\n    b"},
		{"a\nb\n\n", ` "a\nb\n\n"`},
		{" a\nb", ` " a\nb"`},
		{"\na", ` "\na"`},
		{"a\n", ` "a\n"`},
		{"a\nb ", ` "a\nb "`},
		{"a \nb", ` "a \nb"`},
		{"a\n b", ` "a\n b"`},
		{"a\n\tb", ` "a\n\tb"`},
		{"a\nb\u0085", ` "a\nb\N"`},
		{"\U000E0001", ` "\U000E0001"`},
	}
	for _, test := range tests {
		r := small("style")
		r.Meta.Title = &test.text
		_, got, _ := strings.Cut(string(written(t, output.YAML, r)), "\n  title:")
		got, _, _ = strings.Cut(got, "\n  date:")
		if test.want != got {
			t.Errorf("%q: want %s, got %s", test.text, test.want, got)
		}
	}
}

// A stream of records is a stream of documents.
func TestYAMLStream(t *testing.T) {
	text := written(t, output.YAML, small("one"), small("two"))
	docs := bytes.Split(text, []byte("---\n"))
	if len(docs) != 3 || len(docs[0]) != 0 {
		t.Fatalf("got %s", text)
	}
	for i, r := range []*output.Record{small("one"), small("two")} {
		if want := bytes.TrimPrefix(written(t, output.YAML, r), []byte("---\n")); !bytes.Equal(want, docs[i+1]) {
			t.Errorf("want %s, got %s", want, docs[i+1])
		}
	}
}
