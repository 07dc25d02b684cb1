package pipeline_test

import (
	"flag"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	_ "github.com/quoth-nlp/quoth/pipeline/annot/annottest" // for its option -update
)

const module = "github.com/quoth-nlp/quoth"

// A row is a package with all the packages of ours that it imports.
type row struct {
	pkg     string
	imports []string
}

// imports is the table of imports. Tests are exempt: they may use the stages before the one they test.
var imports = []row{
	{"cmd/mklexicon", []string{"extractors/entities/gazetteer", "pipeline/annot"}},
	{"cmd/mutants", nil},
	{"cmd/quoth", []string{
		"corpus", "corpus/measure/eval", "corpus/measure/gold", "corpus/records/atomic", "corpus/records/dataset",
		"corpus/records/diff", "corpus/records/duplicates", "corpus/records/export", "corpus/records/link", "corpus/records/run",
		"corpus/records/validate",
		"extractors/attribution", "extractors/boost", "extractors/entities", "extractors/entities/crf", "extractors/entities/prose",
		"extractors/indirect", "extractors/naming", "extractors/quotes", "extractors/segment",
		"pipeline", "pipeline/annot", "pipeline/extract", "pipeline/output",
		"rules",
	}},
	{"pipeline", []string{
		"extractors/attribution", "extractors/entities", "extractors/entities/crf", "extractors/indirect", "extractors/quotes",
		"extractors/segment",
		"pipeline/annot",
		"rules",
	}},
	{"pipeline/annot", nil},
	{"pipeline/annot/annottest", []string{"pipeline/annot"}},
	{"pipeline/effort", nil},
	{"pipeline/extract", []string{"corpus", "corpus/records/duplicates", "pipeline", "pipeline/annot", "pipeline/output"}},
	{"pipeline/names", nil},
	{"pipeline/output", []string{"pipeline/annot"}},
	{"extractors/attribution", []string{
		"extractors/boost", "extractors/clause", "extractors/naming", "extractors/segment",
		"pipeline/annot", "pipeline/names",
		"rules",
	}},
	{"extractors/boost", nil},
	{"extractors/clause", []string{"extractors/segment", "pipeline/annot", "rules"}},
	{"extractors/entities", []string{
		"extractors/entities/crf", "extractors/entities/gazetteer", "extractors/segment",
		"pipeline/annot", "pipeline/names",
		"rules",
	}},
	{"extractors/entities/crf", []string{"extractors/entities/gazetteer", "pipeline/annot"}},
	{"extractors/entities/gazetteer", []string{"pipeline/annot"}},
	{"extractors/entities/prose", []string{"pipeline/annot"}},
	{"extractors/indirect", []string{"extractors/clause", "extractors/naming", "extractors/segment", "pipeline/annot", "rules"}},
	{"extractors/naming", []string{"extractors/clause", "extractors/segment", "pipeline/annot", "pipeline/names", "rules"}},
	{"extractors/quotes", []string{"extractors/boost", "extractors/segment", "pipeline/annot", "rules"}},
	{"extractors/segment", []string{"extractors/entities/gazetteer", "pipeline/annot", "rules"}},
	{"rules", nil},
	{"corpus", []string{"corpus/html", "corpus/strictyaml", "pipeline/annot"}},
	{"corpus/gold", nil},
	{"corpus/html", []string{"pipeline/annot"}},
	{"corpus/measure/eval", []string{"corpus/measure/gold", "pipeline/annot", "pipeline/names"}},
	{"corpus/measure/gold", []string{"corpus/gold", "corpus/strictyaml", "pipeline/annot"}},
	{"corpus/records/atomic", nil},
	{"corpus/records/dataset", []string{"corpus/records/atomic", "corpus/strictyaml", "pipeline/annot", "pipeline/output"}},
	{"corpus/records/diff", []string{"pipeline/output"}},
	{"corpus/records/duplicates", []string{"corpus/records/scratch"}},
	{"corpus/records/export", []string{"pipeline/output"}},
	{"corpus/records/link", []string{"corpus/records/scratch", "pipeline/names", "pipeline/output"}},
	{"corpus/records/run", []string{"pipeline/output"}},
	{"corpus/records/scratch", nil},
	{"corpus/records/validate", []string{"pipeline/output"}},
	{"corpus/strictyaml", nil},
}

// standardOnly lists the packages that import nothing but the standard library.
var standardOnly = []string{"pipeline/annot"}

// importFault returns what is wrong with package pkg (a folder of the repository) importing imported, or "".
func importFault(pkg, imported string) string {
	if imported == "C" {
		return "cgo; quoth is built without a C compiler"
	}
	local, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		first, _, _ := strings.Cut(imported, "/")
		if strings.Contains(first, ".") && slices.Contains(standardOnly, pkg) {
			return "not the standard library"
		}
		return ""
	}
	r, ok := rowOf(pkg)
	switch {
	case !ok:
		return "the package has no row in the table of imports"
	case slices.Contains(r.imports, local):
		return ""
	case len(r.imports) == 0:
		return "the package may import nothing of ours"
	}
	return "of ours it may import " + strings.Join(r.imports, ", ")
}

func rowOf(pkg string) (row, bool) {
	i := slices.IndexFunc(imports, func(r row) bool { return r.pkg == pkg })
	if i < 0 {
		return row{}, false
	}
	return imports[i], true
}

// sources calls do with the folder and the path of every Go file of the module that is no test.
func sources(t *testing.T, root string, do func(pkg, file string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if file == root {
				return nil
			}
			_, other := os.Stat(filepath.Join(file, "go.mod"))
			if strings.HasPrefix(name, ".") || name == "testdata" || other == nil {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		do(path.Dir(filepath.ToSlash(rel)), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Imports go one way, as docs/architecture.md says. All files count, whatever system they are for. What a row allows is used.
func TestImports(t *testing.T) {
	used := map[string]map[string]bool{}
	sources(t, "..", func(pkg, file string) {
		if used[pkg] == nil {
			used[pkg] = map[string]bool{}
		}
		if _, ok := rowOf(pkg); !ok {
			t.Errorf("%s: the package has no row in the table of imports", file)
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			return
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Error(err)
				continue
			}
			if fault := importFault(pkg, imported); fault != "" {
				t.Errorf("%s imports %s: %s", file, imported, fault)
			}
			used[pkg][strings.TrimPrefix(imported, module+"/")] = true
		}
	})
	for _, r := range imports {
		if used[r.pkg] == nil {
			t.Errorf("the table of imports names %s, which is no package; take the row off", r.pkg)
			continue
		}
		for _, imported := range r.imports {
			if !used[r.pkg][imported] {
				t.Errorf("%s may import %s and does not; take it out of the row", r.pkg, imported)
			}
		}
	}
}

// docs/architecture.md shows the table of imports.
func TestImportsDocs(t *testing.T) {
	const file, begin, end = "../docs/architecture.md", "-run TestImports -update -->\n", "<!-- end of imports -->"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(page), begin)
	shown, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no place for the table of imports", file)
	}
	var b strings.Builder
	b.WriteString("\n| package | imports of ours |\n|---|---|\n")
	for _, r := range imports {
		list := "nothing"
		switch {
		case len(r.imports) > 0:
			list = "`" + strings.Join(r.imports, "`, `") + "`"
		case slices.Contains(standardOnly, r.pkg):
			list = "nothing, and nothing but the standard library"
		}
		b.WriteString("| `" + r.pkg + "` | " + list + " |\n")
	}
	b.WriteString("\n")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, []byte(before+begin+b.String()+end+after), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(shown, b.String()); diff != "" {
		t.Errorf("%s shows (-) other than the table of imports (+); run make golden:\n%s", file, diff)
	}
}

var required = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)

// Every module that go.mod requires, but for what others require, has its reason in a decision.
func TestDependenciesDocs(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/decisions/0002-dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := required.FindAllSubmatch(mod, -1)
	if len(direct) < 10 {
		t.Fatalf("%d modules", len(direct))
	}
	for _, m := range direct {
		if !strings.Contains(string(page), "`"+string(m[1])) {
			t.Errorf("0002-dependencies.md has no line for %s", m[1])
		}
	}
}

var (
	walk    = regexp.MustCompile(`(?m)^\*\*[^*\n]+\?\*\*.*\n\n((?:\d\. .*\n)+)`)
	station = regexp.MustCompile("`([a-z/]+(?:/|\\.go))`")
)

// The walks of docs/architecture.md lead along files that are there, seven at most.
func TestWalks(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	walks := walk.FindAllSubmatch(page, -1)
	if len(walks) != 3 {
		t.Fatalf("%d walks", len(walks))
	}
	for _, w := range walks {
		stations := station.FindAllSubmatch(w[1], -1)
		if len(stations) < 3 || len(stations) > 7 {
			t.Errorf("%d files on the walk\n%s", len(stations), w[0])
		}
		for _, s := range stations {
			if _, err := os.Stat(filepath.Join("..", string(s[1]))); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestImportFault(t *testing.T) {
	tests := []struct {
		pkg, imported string
		good          bool
	}{
		{"cmd/quoth", module + "/pipeline", true},
		{"cmd/mklexicon", module + "/extractors/entities/gazetteer", true},
		{"cmd/quoth", module + "/cmd/mklexicon", false},
		{"pipeline", module + "/extractors/quotes", true},
		{"pipeline", module + "/extractors/entities/prose", false},
		{"pipeline", module + "/pipeline/output", false},
		{"pipeline", module + "/corpus", false},
		{"pipeline/output", module + "/rules", false},
		{"pipeline/annot", "strings", true},
		{"pipeline/annot", "golang.org/x/text/width", false},
		{"pipeline/annot", module + "/rules", false},
		{"extractors/quotes", module + "/extractors/segment", true},
		{"extractors/quotes", module + "/extractors/entities", false},
		{"extractors/quotes", module + "/extractors/entities/gazetteer", false},
		{"extractors/attribution", module + "/extractors/quotes", false},
		{"extractors/attribution", module + "/pipeline", false},
		{"extractors/attribution", module + "/corpus", false},
		{"extractors/segment", module + "/extractors/quotes", false},
		{"extractors/entities", module + "/extractors/entities/crf", true},
		{"extractors/entities/crf", module + "/extractors/entities/gazetteer", true},
		{"extractors/entities/crf", module + "/extractors/quotes", false},
		{"corpus", module + "/pipeline/annot", true},
		{"corpus", module + "/pipeline", false},
		{"corpus/measure/eval", module + "/pipeline", false},
		{"rules", module + "/pipeline/annot", false},
		{"rules", "gopkg.in/yaml.v3", true},
		{"rules", "C", false},
		{"elsewhere", module + "/rules", false},
	}
	for _, test := range tests {
		if got := importFault(test.pkg, test.imported); (got == "") != test.good {
			t.Errorf("%s imports %s: %q", test.pkg, test.imported, got)
		}
	}
}
