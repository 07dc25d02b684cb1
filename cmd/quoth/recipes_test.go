//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

var (
	// recipe is an example of docs/recipes.md: a block of code and the block of its output, if it has one.
	recipe = regexp.MustCompile("(?ms)^```(sh|python|r)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?")
	word   = regexp.MustCompile(`[\w.-]+`)
	// padding is at the ends of lines of tables.
	padding = regexp.MustCompile(` +\n`)
)

// programs are what recipes may need besides the programs that every system has.
var programs = map[string]bool{
	"jq": true, "duckdb": true, "sqlite3": true, "mlr": true, "csvcut": true, "csvstat": true, "csvsql": true, "csvlook": true,
	"xmllint": true, "parallel": true,
}

// What docs/recipes.md shows is what the programs write, to the letter. The examples run one after the other in one
// folder, as those of somebody who follows them.
func TestRecipes(t *testing.T) {
	file, err := filepath.Abs("../../docs/recipes.md")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !*update {
		effort.Slow(t)
	}
	t.Parallel()
	box := newToolbox(t)
	if err := os.CopyFS(filepath.Join(box.dir, "news"), os.DirFS(filepath.Join(packageFolder, "..", "..", "corpus", "news"))); err != nil {
		t.Fatal(err)
	}
	help := box.run(t, "quoth extract --help")
	var fresh strings.Builder
	done, run, all := 0, 0, 0
	for _, at := range recipe.FindAllSubmatchIndex(doc, -1) {
		kind, code := string(doc[at[2]:at[3]]), string(doc[at[4]:at[5]])
		all++
		t.Run(heading(doc[:at[0]]), func(t *testing.T) {
			if strings.Contains(code, "--shard") && !strings.Contains(help, "--shard") {
				t.Skip("quoth extract has no --shard yet")
			}
			box.need(t, needs(kind, code)...)
			run++
			var got string
			switch kind {
			case "sh":
				got = box.run(t, code)
			case "python":
				got = box.output(t, box.command("python3", "-c", code))
			case "r":
				got = box.output(t, box.command("Rscript", "--vanilla", "-e", code))
			}
			got = padding.ReplaceAllString(got, "\n")
			if at[6] < 0 {
				if got != "" {
					t.Errorf("writes %q; show that in a block of text below", got)
				}
				return
			}
			want := string(doc[at[6]:at[7]])
			if *update {
				fresh.Write(doc[done:at[6]])
				fresh.WriteString(got)
				done = at[7]
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("docs/recipes.md shows (-) other than what is written (+) by\n%s\n%s", code, diff)
			}
		})
	}
	t.Logf("%d of %d examples were run", run, all)
	if all < 30 {
		t.Errorf("only %d examples were found", all)
	}
	if *update && !t.Failed() {
		fresh.Write(doc[done:])
		if err := os.WriteFile(file, []byte(fresh.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// heading returns the last heading of a text in Markdown.
func heading(doc []byte) string {
	_, rest, _ := strings.Cut("\n"+string(doc[strings.LastIndex("\n"+string(doc), "\n#"):]), "# ")
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// needs returns the programs that an example calls.
func needs(kind, code string) []string {
	switch {
	case kind == "r":
		return []string{"Rscript"}
	case kind == "python" && strings.Contains(code, "import pandas"):
		return []string{"python3", "python3:pandas"}
	case kind == "python":
		return []string{"python3"}
	}
	var names []string
	for _, name := range word.FindAllString(code, -1) {
		if programs[name] {
			names = append(names, name)
		}
	}
	return names
}
