package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
)

var update = flag.Bool("update", false, "write the examples in docs/explain.md and docs/recipes.md anew")

// example is a call with what it shows, in the documentation.
var example = regexp.MustCompile("(?ms)^```console\n\\$ quoth (explain [^\n]*)\n(.*?)^```$")

// What docs/explain.md shows is what explain writes about the gold articles, to the letter. After a change of the rules or
// the models run make golden and read what the text around the examples says of them.
func TestExplainDocs(t *testing.T) {
	file, err := filepath.Abs("../../docs/explain.md")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	articles, err := gold.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, a := range articles {
		if err := os.WriteFile(a.Name+".txt", []byte(a.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	used := map[string]bool{}
	fresh := example.ReplaceAllFunc(doc, func(block []byte) []byte {
		args := strings.Fields(string(example.FindSubmatch(block)[1]))
		used[args[1]] = true
		return []byte("```console\n$ quoth " + strings.Join(args, " ") + "\n" + outputOf(t, args) + "```")
	})
	if len(used) < 3 {
		t.Errorf("the examples are about %d articles, want at least 3", len(used))
	}
	if *update {
		if err := os.WriteFile(file, fresh, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(doc), string(fresh)); diff != "" {
		t.Errorf("docs/explain.md shows (-) other than what explain writes (+); run make golden:\n%s", diff)
	}
}

// outputOf returns what the command writes.
func outputOf(t *testing.T, args []string) string {
	t.Helper()
	text, faults, code := inProcess(t, false, args...)
	if code != exitOK {
		t.Fatalf("quoth %s: exit code %d: %s", strings.Join(args, " "), code, faults)
	}
	return text
}

// Every key that explain adds to those of extract is in the documentation.
func TestExplainKeysAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/explain.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || typ.PkgPath() != reflect.TypeFor[explanationRecord]().PkgPath() {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			if key := f.Tag.Get("json"); key != "" && !bytes.Contains(doc, []byte("`"+key+"`")) {
				t.Errorf("docs/explain.md does not explain the key `%s`", key)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[explanationRecord]())
	if len(seen) < 8 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}
