package output_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Whatever a file holds that is read as a record: Check does not panic, and what is written of it is the same in JSON and
// YAML and when it is read again.
func FuzzRecord(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no golden files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"meta":{"":[[],[[1e5]],{"a":{}}],"~":"a\n\u0085","no":"x\n y","k":null}}`))
	f.Add([]byte(`{"offsets":"utf16","text":"\ud83d\ude00","warnings":[{"start":1}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r output.Record
		if json.Unmarshal(text, &r) != nil {
			return
		}
		r.Schema = output.DocumentSchema
		_ = output.Check(&r)
		var b bytes.Buffer
		if err := output.NewWriter(&b, output.JSONL).Write(&r); err != nil {
			t.Fatal(err)
		}
		sameAgain(t, b.Bytes())
		var v any
		if json.Unmarshal(b.Bytes(), &v) != nil {
			return // a number of the input's that no float holds, as 1e999
		}
		sameYAML(t, &r, b.Bytes())
	})
}

// Whatever a file holds: nothing panics, and what is read of it is the same when it is written and read again, in every
// format.
func FuzzReader(f *testing.F) {
	files, err := filepath.Glob("testdata/codepoint*")
	if err != nil || len(files) != 3 {
		f.Fatal("not one golden file of each format", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(append(text, text...))
	}
	f.Add([]byte(`[{"schema":"quoth/document/1"},{"schema":"quoth/document/1","meta":{"a":1E5}}]`))
	f.Add([]byte("schema: quoth/document/1\nmeta: {a: [1e5, 0x1F, no, ~, 2024-01-05]}\n--- !!str\n..."))
	f.Fuzz(func(t *testing.T, text []byte) {
		in := output.NewReader(bytes.NewReader(text))
		for {
			r, err := in.Read()
			if err != nil {
				return
			}
			_ = output.Check(r)
			for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
				want := written(t, format, r)
				again, err := output.NewReader(bytes.NewReader(want)).Read()
				if err != nil {
					t.Fatalf("%v: %v\n%s", format, err, want)
				}
				if got := written(t, format, again); !bytes.Equal(want, got) {
					t.Fatalf("%v: want %s, got %s", format, want, got)
				}
			}
		}
	})
}
