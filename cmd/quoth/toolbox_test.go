//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// A toolbox runs the programs that read what quoth writes. Where one is missing its tests skip, but fail if
// QUOTH_CONSUMERS is required, as .ci/run says.
type toolbox struct {
	dir  string // where the programs run
	path string
	seen map[string]bool
}

// newToolbox returns a toolbox that works in a fresh folder. Its duckdb is a script beside DuckDB's package for Node.js.
func newToolbox(t *testing.T) *toolbox {
	t.Helper()
	if effort.Race {
		t.Skip("runs other programs")
	}
	bin := t.TempDir()
	script := filepath.Join(packageFolder, "testdata", "consumers", "duckdb.mjs")
	if _, err := os.Stat(filepath.Join(filepath.Dir(script), "node_modules", "@duckdb", "node-api")); err == nil {
		shim := fmt.Sprintf("#!/bin/sh\nexec node '%s' \"$@\"\n", strings.ReplaceAll(script, "'", `'\''`))
		if err := os.WriteFile(filepath.Join(bin, "duckdb"), []byte(shim), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	b := &toolbox{dir: t.TempDir(), path: bin + ":" + os.Getenv("PATH"), seen: map[string]bool{}}
	b.need(t, "bash")
	return b
}

// command returns a program with its arguments, to be run in the folder of the toolbox.
func (b *toolbox) command(name string, args ...string) *exec.Cmd {
	c := exec.Command("env", append([]string{name}, args...)...) // env looks for name along the PATH below
	c.Dir = b.dir
	c.Env = append(os.Environ(), "PATH="+b.path, "LC_ALL=C.UTF-8", "TZ=UTC", "PYTHONUTF8=1", "MLRRC=__none__", "PARALLEL_HOME="+b.dir)
	return c
}

// has says whether a program is there, or, with python3:NAME, a module of Python.
func (b *toolbox) has(name string) bool {
	there, ok := b.seen[name]
	if !ok {
		there = b.look(name)
		b.seen[name] = there
	}
	return there
}

func (b *toolbox) look(name string) bool {
	switch program, module, _ := strings.Cut(name, ":"); {
	case module != "":
		return b.command(program, "-c", "import "+module).Run() == nil
	case program == "duckdb" && !b.has("node"):
		return false
	default:
		return b.command("sh", "-c", "command -v "+program).Run() == nil
	}
}

// need skips the test, or lets it fail where the programs are required, if one is missing.
func (b *toolbox) need(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		switch {
		case b.has(name):
		case os.Getenv("QUOTH_CONSUMERS") == "required" && !optional[name]:
			t.Fatalf("%s is not there, and QUOTH_CONSUMERS is required; .ci/run installs it", name)
		default:
			t.Skipf("%s is not there", name)
		}
	}
}

// optional are the programs and modules that .ci/run does not install.
var optional = map[string]bool{"Rscript": true, "python3:pandas": true, "python3:yaml": true}

// run returns what a script of bash writes. A command that fails ends the script and the test.
func (b *toolbox) run(t *testing.T, script string) string {
	t.Helper()
	return b.output(t, b.command("bash", "-euc", script))
}

// output returns what a command writes.
func (b *toolbox) output(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, stderr.Bytes(), out)
	}
	return string(out)
}
