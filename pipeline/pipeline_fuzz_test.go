package pipeline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
)

// goldenDirs are the folders whose golden files seed the fuzz test.
var goldenDirs = []string{
	"../extractors/segment/testdata", "../extractors/segment/testdata/marks", "../extractors/quotes/testdata",
	"../extractors/entities/testdata", "../extractors/attribution/testdata",
}

// goldenTexts returns the articles of the stages' golden files.
func goldenTexts(tb testing.TB) []string {
	tb.Helper()
	var texts []string
	for _, dir := range goldenDirs {
		found := annottest.Input(tb, dir)
		if len(found) == 0 {
			tb.Fatalf("%s holds no golden file", dir)
		}
		texts = append(texts, found...)
	}
	return texts
}

// FuzzPipeline starts from the golden files. It checks more than that nothing breaks: the document is sound, every quote
// has a status, and a second document of the same text comes out the same.
func FuzzPipeline(f *testing.F) {
	for _, text := range goldenTexts(f) {
		f.Add(text)
	}
	p, err := pipeline.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := processed(t, p, text)
		for _, q := range d.Quotes {
			if q.Status == annot.NoStatus {
				t.Errorf("quote %d, %q, has no status", q.ID, d.Slice(q.Span()))
			}
		}
		if diff := cmp.Diff(d, processed(t, p, text)); diff != "" {
			t.Errorf("another result the second time (-first +second):\n%s", diff)
		}
	})
}

// processed returns the annotated document of text, which it has found to be sound.
func processed(tb testing.TB, p *pipeline.Pipeline, text string) *annot.Document {
	tb.Helper()
	d := annot.New("", text)
	if err := p.Process(d); err != nil {
		tb.Fatal(err)
	}
	if err := d.Validate(); err != nil {
		tb.Fatal(err)
	}
	return d
}
