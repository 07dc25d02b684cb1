package export_test

import (
	"os"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/records/export"
)

// The page about exports names every format, file of configuration and label.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../docs/exports.md")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"PER", "LOC", "ORG", "MISC", "Content", "Source", "Cue", "SpokenBy", "CuedBy", "Continues", "Within"}
	for _, f := range export.Formats() {
		words = append(words, f.String())
	}
	for _, word := range words {
		if !strings.Contains(string(page), "`"+word+"`") && !strings.Contains(string(page), "--format "+word+" ") {
			t.Errorf("docs/exports.md lacks %s", word)
		}
	}
	for _, f := range export.Formats() {
		for _, file := range export.Config(f, export.Options{}) {
			if !strings.Contains(string(page), file.Name) && !strings.HasPrefix(file.Name, "prodigy-rel") {
				t.Errorf("docs/exports.md lacks %s", file.Name)
			}
		}
	}
}
