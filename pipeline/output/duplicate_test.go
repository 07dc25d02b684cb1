package output_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// The line of a record with another value of duplicate_of is the line that the record with that value has, whatever the
// input said besides.
func TestSetDuplicateOf(t *testing.T) {
	sum, size, encoding := "00", int64(5), "utf-8"
	for _, extra := range []map[string]any{
		nil,
		{"duplicate_of": nil},
		{"a": map[string]any{"duplicate_of": "x"}, "duplicate_of": "y"},
		{"a": []any{"}", "\"duplicate_of\":null", "\\", "{"}},
	} {
		in := output.Input{Source: output.Source{Path: `p"},"duplicate_of":null`, SHA256: &sum, Bytes: &size, Encoding: &encoding}, Meta: output.Meta{Extra: extra}}
		line := func(of string) string {
			in.DuplicateOf = output.Optional(of)
			b, err := output.New(annot.New("", `“Hello”, "duplicate_of":null`), in, output.Options{}).Line()
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		for _, from := range []string{"", "d_0123456789abcdef"} {
			for _, to := range []string{"", "d_fedcba9876543210"} {
				got, err := output.SetDuplicateOf([]byte(line(from)), output.Optional(to))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(line(to), string(got)); diff != "" {
					t.Errorf("%v: from %q to %q: want -, got +:\n%s", extra, from, to, diff)
				}
			}
		}
	}
	for _, bad := range []string{"", "{", `{"duplicate_of`, `{"a":{"duplicate_of":null}}`, `{"duplicate_of":{"x":1}}`, `{"a":"`} {
		if got, err := output.SetDuplicateOf([]byte(bad), nil); err == nil && !json.Valid(got) {
			t.Errorf("%q: %q and no error", bad, got)
		}
	}
}
