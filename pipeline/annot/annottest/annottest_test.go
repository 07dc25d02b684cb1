package annottest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/annot/annottest"
)

func TestRun(t *testing.T) {
	ran := 0
	annottest.Run(t, "testdata", func(d *annot.Document) string {
		ran++
		return fmt.Sprintf("%d bytes\n", len(d.Text))
	})
	if ran != 2 {
		t.Errorf("%d golden files were run, want 2", ran)
	}
}

func TestInput(t *testing.T) {
	want := []string{"They left.", "a\r\n\u00a0b"}
	if got := annottest.Input(t, "testdata"); !slices.Equal(got, want) {
		t.Errorf("want %q, got %q", want, got)
	}
}
