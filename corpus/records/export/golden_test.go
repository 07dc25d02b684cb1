package export_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the results into the golden files")

// Each golden file holds what one format makes of the made article, and the reason why it looks like that.
func TestGolden(t *testing.T) {
	tests := map[string]struct {
		format export.Format
		opt    export.Options
	}{"conll-columns": {export.CoNLL, export.Options{Tokenize: tokenize, Columns: true, Tab: true, DocStart: true}}}
	for _, f := range export.Formats() {
		tests[f.String()] = struct {
			format export.Format
			opt    export.Options
		}{f, options}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+".txtar")
			files := exported(t, ferryRecord(output.Codepoint), test.format, test.opt)
			for _, f := range export.Config(test.format, test.opt) {
				if files[f.Name] == nil {
					files[f.Name] = bytes.NewBuffer(f.Data)
				}
			}
			got := &txtar.Archive{}
			for file, data := range files {
				if file == "" {
					file = "stdout"
				}
				got.Files = append(got.Files, txtar.File{Name: file, Data: data.Bytes()})
			}
			slices.SortFunc(got.Files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
			for i, f := range got.Files { // a text need not end with the end of a line
				if !bytes.HasSuffix(f.Data, []byte("\n")) {
					got.Files[i].Data = append(bytes.Clone(f.Data), "[no end of line]\n"...)
				}
			}
			want, err := txtar.ParseFile(path)
			if *update {
				if err == nil {
					got.Comment = want.Comment
				}
				if err := os.WriteFile(path, txtar.Format(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err != nil {
				t.Fatalf("%v; run go test -update and read what it writes", err)
			}
			if len(bytes.TrimSpace(want.Comment)) == 0 {
				t.Error("the file gives no reason")
			}
			got.Comment = want.Comment
			if diff := cmp.Diff(string(txtar.Format(want)), string(txtar.Format(got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
