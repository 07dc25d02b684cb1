package dataset

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// FuzzFlat writes the rows of any record, sound or not: it is written or refused, and JSON stays JSON.
func FuzzFlat(f *testing.F) {
	for _, file := range []string{"codepoint.jsonl", "no-text.json", "utf16.json"} {
		data, err := os.ReadFile("../../../pipeline/output/testdata/" + file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"offsets":"byte","text":"é","sentences":[{"start":1,"end":-5},{"start":9,"end":3}],"quotes":[{"speaker":{},"cue":{}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r output.Record
		if json.Unmarshal(data, &r) != nil {
			return
		}
		for _, table := range FlatTables() {
			var b bytes.Buffer
			for _, format := range []FlatFormat{JSONL, CSV, TSV, Excel} {
				b.Reset()
				w, err := NewFlat(&b, table, format)
				if err != nil {
					t.Fatal(err)
				}
				if w.Write(&r) != nil || w.Close() != nil {
					return
				}
				columns := len(tableOf(table).Columns)
				for line := range bytes.Lines(b.Bytes()) {
					switch format {
					case JSONL:
						var row map[string]any
						if err := json.Unmarshal(line, &row); err != nil || len(row) != columns {
							t.Fatalf("%v: %s", err, line)
						}
					case TSV:
						if n := bytes.Count(line, []byte("\t")) + 1; n != columns {
							t.Fatalf("%d cells: %q", n, line)
						}
					}
				}
			}
		}
		for _, unit := range []output.Unit{output.Byte, output.UTF16, output.Codepoint} {
			if output.Check(&r) == nil && convert(&r, unit) == nil {
				if err := output.Check(&r); err != nil {
					t.Fatalf("converted to %s: %v", unit, err)
				}
			}
		}
	})
}

// FuzzAbout reads any description; one that is taken makes a descriptor and a card.
func FuzzAbout(f *testing.F) {
	data, err := os.ReadFile("testdata/about.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("title: a\nlicenses: [{name: x}]\n"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ReadAbout(bytes.NewReader(data), "x.yaml")
		if err != nil {
			return
		}
		b := &Builder{opt: Options{About: a}, stats: newStats()}
		descriptor, err := b.dataPackage(nil)
		if err != nil || !json.Valid(descriptor) {
			t.Fatalf("%v: %s", err, descriptor)
		}
		if _, err := b.card(nil); err != nil {
			t.Fatal(err)
		}
	})
}

// many returns the golden records n times, each with an id of its own, and their size as JSON Lines.
func many(b *testing.B, n int) (records []*output.Record, size int64) {
	for i := range n {
		for j, r := range golden(b) {
			r.DocID = "d_" + hex16(uint64(2*i+j)*0x9e3779b97f4a7c15)
			records = append(records, r)
			data, err := json.Marshal(r)
			if err != nil {
				b.Fatal(err)
			}
			size += int64(len(data)) + 1
		}
	}
	return records, size
}

func hex16(v uint64) string {
	const digits = "0123456789abcdef"
	var out [16]byte
	for i := range out {
		out[i] = digits[v>>(60-4*i)&15]
	}
	return string(out[:])
}

// BenchmarkBuilder writes a data set of 200 small articles in each format.
func BenchmarkBuilder(b *testing.B) {
	for _, f := range allFormats {
		b.Run(f.String(), func(b *testing.B) {
			records, size := many(b, 100)
			b.SetBytes(size)
			b.ReportAllocs()
			dir := b.TempDir() + "/set"
			for b.Loop() {
				write(b, dir, Options{Formats: []Format{f}, Force: true}, records...)
			}
		})
	}
}

// BenchmarkFlat writes the rows of the quotes.
func BenchmarkFlat(b *testing.B) {
	records, size := many(b, 100)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		w, err := NewFlat(io.Discard, "quotes", JSONL)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range records {
			if err := w.Write(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
