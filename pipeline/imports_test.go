package pipeline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/quoth-nlp/quoth"

// A row says which packages of ours a package may import. A pattern may end in /..., which stands for the packages below.
type row struct {
	pkg string
	may []string
}

// imports is the table of imports; the first row that fits a package decides. Tests are exempt: they may use the stages
// before the one they test.
var imports = []row{
	{"cmd/...", []string{"pipeline", "pipeline/...", "extractors/...", "rules", "corpus", "corpus/..."}},
	{"pipeline", []string{
		"extractors/attribution", "extractors/entities", "extractors/entities/crf", "extractors/indirect", "extractors/quotes", "extractors/segment", "rules", "pipeline/annot",
	}},
	{"pipeline/extract", []string{"pipeline", "pipeline/output", "pipeline/annot", "corpus", "corpus/records/duplicates"}},
	{"pipeline/output", []string{"pipeline/annot"}},
	{"pipeline/annot", nil},
	{"pipeline/names", nil},
	{"pipeline/annot/annottest", []string{"pipeline/annot"}},
	{"internal/effort", nil}, // for tests
	{"internal/strictyaml", nil},
	{"extractors/entities", []string{
		"extractors/entities/crf", "extractors/entities/gazetteer", "extractors/segment", "rules", "pipeline/annot", "pipeline/names",
	}},
	{"extractors/entities/crf", []string{"extractors/entities/gazetteer", "pipeline/annot"}},
	{"extractors/entities/gazetteer", []string{"pipeline/annot"}},
	{"extractors/entities/prose", []string{"pipeline/annot"}},
	{"extractors/boost", nil},
	{"extractors/clause", []string{"extractors/segment", "rules", "pipeline/annot"}},
	{"extractors/naming", []string{"extractors/clause", "extractors/segment", "rules", "pipeline/annot"}},
	{"extractors/indirect", []string{"extractors/clause", "extractors/naming", "extractors/segment", "rules", "pipeline/annot"}},
	{"extractors/attribution", []string{"extractors/boost", "extractors/clause", "extractors/naming", "extractors/segment", "rules", "pipeline/annot"}},
	{"extractors/...", []string{"extractors/boost", "extractors/segment", "rules", "pipeline/annot"}},
	{"corpus", []string{"corpus/html", "internal/strictyaml", "pipeline/annot"}},
	{"corpus/html", []string{"pipeline/annot"}}, // for Element, the structure of a text
	{"corpus/gold", nil},
	{"corpus/measure/gold", []string{"corpus/gold", "internal/strictyaml", "pipeline/annot"}},
	{"corpus/measure/eval", []string{"corpus/measure/gold", "pipeline/annot", "pipeline/names"}},
	{"corpus/records/atomic", nil},
	{"corpus/records/dataset", []string{"corpus/records/atomic", "internal/strictyaml", "pipeline/output", "pipeline/annot"}},
	{"corpus/records/diff", []string{"pipeline/output"}},
	{"corpus/records/duplicates", []string{"corpus/records/scratch"}},
	{"corpus/records/export", []string{"pipeline/output"}},
	{"corpus/records/link", []string{"corpus/records/scratch", "pipeline/output", "pipeline/names"}},
	{"corpus/records/run", []string{"pipeline/output"}},
	{"corpus/records/scratch", nil},
	{"corpus/records/validate", []string{"pipeline/output"}},
	{"rules", nil},
}

// standardOnly lists the packages that import nothing but the standard library.
var standardOnly = []string{"pipeline/annot", "pipeline/names"}

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
	case local != pkg && slices.ContainsFunc(r.may, func(pattern string) bool { return fits(pattern, local) }):
		return ""
	case len(r.may) == 0:
		return "the package may import nothing of ours"
	}
	return "of ours it may import " + strings.Join(r.may, ", ")
}

func rowOf(pkg string) (row, bool) {
	i := slices.IndexFunc(imports, func(r row) bool { return fits(r.pkg, pkg) })
	if i < 0 {
		return row{}, false
	}
	return imports[i], true
}

func fits(pattern, pkg string) bool {
	if parent, ok := strings.CutSuffix(pattern, "/..."); ok {
		return strings.HasPrefix(pkg, parent+"/")
	}
	return pattern == pkg
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

// Imports go one way, as docs/architecture.md draws it. All files count, whatever system they are for.
func TestImports(t *testing.T) {
	used := map[string]bool{}
	sources(t, "..", func(pkg, file string) {
		used[pkg] = true
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
		}
	})
	for _, r := range imports {
		if !strings.HasSuffix(r.pkg, "/...") && !used[r.pkg] {
			t.Errorf("the table of imports names %s, which is no package; take the row off", r.pkg)
		}
	}
}

func TestImportFault(t *testing.T) {
	tests := []struct {
		pkg, imported string
		good          bool
	}{
		{"cmd/quoth", module + "/pipeline", true},
		{"cmd/quoth", module + "/extractors/entities/gazetteer", true},
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
