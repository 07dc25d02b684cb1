package output_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func TestReader(t *testing.T) {
	for _, format := range []output.Format{output.JSON, output.JSONL} {
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
	for _, text := range []string{"{", "x", `{"schema": "other/1"}`, "[{"} {
		in := output.NewReader(strings.NewReader(text))
		_, err := in.Read()
		if _, again := in.Read(); err == nil || errors.Is(err, io.EOF) || again != err {
			t.Errorf("%s: %v, then %v", text, err, again)
		}
	}
}
