package gold

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// No file makes Parse panic, and what it accepts lies within the text.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("../../gold/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(sample))
	f.Add([]byte("-- --\n-- text --\nx\n")) // go-internal's txtar panics on this one
	f.Add([]byte("-- text --\nx {PER:\n-- quotes --\n- parts: ['', '@1', 'x@0']\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Parse("fuzz", data)
		if err != nil {
			return
		}
		last := 0
		for _, m := range a.Mentions {
			if m.Start < last || m.End <= m.Start || m.End > len(a.Text) {
				t.Fatalf("mention %v is out of order or out of the text", m)
			}
			last = m.End
		}
		for _, q := range a.Quotes {
			for _, s := range append([]annot.Span{q.Speaker.Mention, q.Cue}, q.Parts...) {
				if s.Start < 0 || s.End < s.Start || s.End > len(a.Text) {
					t.Fatalf("span %v is out of the text", s)
				}
			}
		}
	})
}
