package validate_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/validate"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func BenchmarkX(b *testing.B) {
	text, _ := os.ReadFile("/tmp/w/checks_tmp/a.jsonl")
	s := output.NewScanner(bytes.NewReader(text))
	var fs []output.Frame
	n := 0
	for range 200 {
		f, err := s.Next()
		if err != nil {
			b.Fatal(err)
		}
		n += len(f.Data)
		fs = append(fs, f)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, f := range fs {
			validate.Record(f)
		}
	}
}
