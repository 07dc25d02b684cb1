package output_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func TestReader(t *testing.T) {
	for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
		for _, n := range []int{1, 2, 5} {
			var written []*output.Record
			var b bytes.Buffer
			w := output.NewWriter(&b, format)
			for i := range n {
				sum, size, encoding := "00", int64(5), "utf-8"
				in := output.Input{Source: output.Source{Path: "a.txt", Index: i, SHA256: &sum, Bytes: &size, Encoding: &encoding}}
				r := output.New(annot.New("", "Hello"), in, output.Options{})
				written = append(written, r)
				if err := w.Write(r); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			var read []*output.Record
			in := output.NewReader(&b)
			for {
				r, err := in.Read()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				read = append(read, r)
			}
			if diff := cmp.Diff(written, read, cmpopts.IgnoreUnexported(output.Record{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%v, %d records: written and read differ:\n%s", format, n, diff)
			}
		}
	}
}

func TestReaderFaults(t *testing.T) {
	for _, text := range []string{"{", "x", `{"schema": "other/1"}`, "[{", "[", "[{}", "{\n", "---\n", "---\n- a\n", "--- &a [*a]\n", "schema: 0x1F\n", "? [a]\n: b\n", "{}\n...\na: b\n", "[1] 2", "---\n\t"} {
		in := output.NewReader(strings.NewReader(text))
		_, err := in.Read()
		if _, again := in.Read(); err == nil || errors.Is(err, io.EOF) || again != err {
			t.Errorf("%s: %v, then %v", text, err, again)
		}
	}
}

// Every frame says where it is, in whatever format.
func TestScanner(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"blank", " \n\n", nil},
		{"lines", "{\"a\":1}\n\n {\"b\":2}\nx\n{\"c\"", []string{`1 0 {"a":1}`, `3 10 {"b":2}`, "4 18 x", `5 20 {"c"`}},
		{"mark", "\ufeff{\"a\":1}\r\n", []string{`1 3 {"a":1}`}},
		{"object", "\n{\n \"a\": 1\n}\n", []string{"2 1 {\n \"a\": 1\n}"}},
		{"objects", "{\n}\n{\n}\n", []string{"1 0 {\n}", "3 4 {\n}"}},
		{"array", "[\n  {},\n  {\n  }\n]\n", []string{"2 4 {}", "3 10 {\n  }"}},
		{"no items", "[]\n", nil},
		{"documents", "---\na: |\n  b\n  ---\n\n--- \nc: d\n---\n", []string{"1 0 ---\na: |\n  b\n  ---\n\n", "6 20 --- \nc: d\n", "8 30 ---\n"}},
		{"one document", "\na: b\n", []string{"2 1 a: b\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			s := output.NewScanner(iotest.OneByteReader(strings.NewReader(test.text)))
			for {
				f, err := s.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if at := test.text[f.Offset:]; !strings.HasPrefix(at, string(f.Data)) {
					t.Errorf("at %d is %q, not %q", f.Offset, at, f.Data)
				}
				got = append(got, fmt.Sprintf("%d %d %s", f.Line, f.Offset, f.Data))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
