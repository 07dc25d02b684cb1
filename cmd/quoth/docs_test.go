package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	// call is a block of the documentation with one call of quoth and what it writes.
	call = regexp.MustCompile("(?ms)^```console\n\\$ (?:go run \\./cmd/)?(quoth [^\n]*)\n(.*?)^```$")
	// leftOut stands for anything.
	leftOut = regexp.MustCompile(` ?\[…\]`)
	// shownFile is a block with the content of a file that the page calls by name.
	shownFile = regexp.MustCompile("(?ms)^```console\n\\$ cat ([^\n]*)\n(.*?)^```$")
)

// What README.md shows is what quoth writes, but for what […] leaves out. Calls with a pipe are in TestReadmePipes.
func TestReadmeCalls(t *testing.T) {
	t.Chdir("../..")
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, m := range call.FindAllSubmatch(page, -1) {
		line, want := string(m[1]), string(m[2])
		if strings.Contains(line, "|") {
			continue
		}
		calls++
		if missing := notShown(want, outputOf(t, strings.Fields(line)[1:])); missing != "" {
			t.Errorf("README.md shows of %s what it does not write:\n%s", line, missing)
		}
	}
	if calls < 2 {
		t.Errorf("README.md shows %d calls", calls)
	}
}

// notShown returns the first piece of shown, which […] takes apart, that output does not have after the pieces before it,
// or "". Where no […] begins or ends shown, output begins or ends there as well.
func notShown(shown, output string) string {
	pieces := leftOut.Split(shown, -1)
	for i, piece := range pieces {
		piece = strings.TrimPrefix(piece, "\n")
		at := strings.Index(output, piece)
		if at < 0 || i == 0 && at > 0 || i == len(pieces)-1 && piece != "" && !strings.HasSuffix(output, piece) {
			return piece
		}
		output = output[at+len(piece):]
	}
	return ""
}

func TestNotShown(t *testing.T) {
	for _, test := range []struct{ shown, output, want string }{
		{"a\nb\n", "a\nb\n", ""},
		{"a\n", "a\nb\n", "a\n"},
		{"[…]\nb\n", "a\nb\n", ""},
		{"[…]\nb\n[…]\n", "a\nb\nc\n", ""},
		{"a […]\nb […]\n", "a 1\nb 2\n", ""},
		{"b\n[…]\n", "a\nb\n", "b\n"},
		{"a\n[…]\nd\n", "a\nb\nc\n", "d\n"},
		{"[…]\nb\n[…]\na\n", "a\nb\n", "a\n"},
	} {
		if got := notShown(test.shown, test.output); got != test.want {
			t.Errorf("%q of %q: want %q, got %q", test.shown, test.output, test.want, got)
		}
	}
}

// The record in docs/output.md is what quoth makes of the article before it. What the tool says of its version and of the
// rules may differ.
func TestOutputDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/output.md")
	if err != nil {
		t.Fatal(err)
	}
	input := shownFile.FindSubmatch(page)
	_, rest, _ := strings.Cut(string(page), "```json\n")
	shown, _, found := strings.Cut(rest, "```\n")
	if input == nil || !found {
		t.Fatal("docs/output.md shows no article, or no record")
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("articles", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(string(input[1]), input[2], 0o666); err != nil {
		t.Fatal(err)
	}
	want, got := decoded(t, shown), decoded(t, outputOf(t, []string{"extract", "--format", "json", string(input[1])}))
	want["tool"], got["tool"] = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/output.md shows (-) other than what quoth writes (+):\n%s", diff)
	}
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		t.Fatal(err)
	}
	return object
}
