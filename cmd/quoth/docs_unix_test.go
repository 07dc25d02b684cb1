//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What README.md shows of quoth and other programs in a pipe is what they write.
func TestReadmePipes(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	box := newToolbox(t)
	box.need(t, "jq")
	box.dir = root
	pipes := 0
	for _, m := range call.FindAllSubmatch(page, -1) {
		line, want := string(m[1]), string(m[2])
		if !strings.Contains(line, "|") {
			continue
		}
		pipes++
		if missing := notShown(want, box.run(t, line)); missing != "" {
			t.Errorf("README.md shows of %s what it does not write:\n%s", line, missing)
		}
	}
	if pipes == 0 {
		t.Error("README.md shows no pipe")
	}
}
