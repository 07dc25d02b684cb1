package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// libraryFiles calls do with every Go file of the libraries that is no test.
func libraryFiles(t *testing.T, do func(file string)) {
	t.Helper()
	for _, root := range []string{"pipeline", "extractors", "corpus", "rules"} {
		err := filepath.WalkDir(filepath.Join(packageFolder, "..", "..", root), func(file string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
				do(file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// otherPrograms are options of programs that messages tell the user to call, and a line of the data card, which says how
// the card itself is made.
var otherPrograms = regexp.MustCompile("soffice --headless --convert-to docx|tar --sparse|`quoth dataset --about FILE`")

// Libraries do not name options of the command.
func TestLibrariesNameNoOptions(t *testing.T) {
	option := regexp.MustCompile(`(^|[^-\w])--[a-z]`)
	read := 0
	libraryFiles(t, func(file string) {
		read++
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING && option.MatchString(otherPrograms.ReplaceAllString(lit.Value, "")) {
				t.Errorf("%s: %s names an option of the command; let the command do so in hints.go", file, lit.Value)
			}
			return true
		})
	})
	if read < 100 {
		t.Errorf("only %d files were read", read)
	}
}

// Each fix that the command translates is one that package corpus names, and the other way round.
func TestInputFixes(t *testing.T) {
	var source strings.Builder
	libraryFiles(t, func(file string) {
		if filepath.Base(filepath.Dir(file)) != "corpus" {
			return
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(data)
	})
	for i := 0; i < len(inputFixes); i += 2 {
		if !strings.Contains(source.String(), inputFixes[i]) {
			t.Errorf("no message of package corpus says %q", inputFixes[i])
		}
	}
	for _, literal := range regexp.MustCompile(`"[^"\n]*; [^"\n]*\b(Options|Limits)\.[A-Z][^"\n]*"`).FindAllString(source.String(), -1) {
		if advised := adviseInput(literal); strings.Contains(advised, "Options.") || strings.Contains(advised, "Limits.") {
			t.Errorf("%s names a field that hints.go does not translate: %s", literal, advised)
		}
	}
}
