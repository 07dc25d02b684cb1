package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the binary of the tests the program quoth where it is called by this name.
func TestMain(m *testing.M) {
	if strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") == "quoth" {
		main()
	}
	os.Exit(withProgram(m.Run))
}

// withProgram calls run while the first folder of the PATH holds the program quoth.
func withProgram(run func() int) int {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	bin, err := os.MkdirTemp("", "quoth")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(bin)
	link := filepath.Join(bin, "quoth")
	if runtime.GOOS == "windows" {
		link += ".exe"
	}
	if err := os.Symlink(self, link); err != nil {
		if err := os.Link(self, link); err != nil {
			panic(err)
		}
	}
	os.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	return run()
}

// packageFolder is the folder of this package. Tests that run in parallel with the scripts must not rely on the folder
// that the process works in: quothCommand changes it.
var packageFolder = func() string {
	folder, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return folder
}()

// In the scripts "quoth" runs the command within the process of the tests, which takes no time to start and to load the
// models, and reads no standard input; "exec quoth" runs it as a process of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(packageFolder, "testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil
			case "devfull":
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			}
			return false, fmt.Errorf("no condition %s", name)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"quoth":  quothCommand,
			"bytes":  bytesCommand,
			"repeat": repeatCommand,
			"pack":   packCommand,
			"cut":    cutCommand,
			"edit":   editCommand,
			"fifo":   fifoCommand, // where there are none, [unix] keeps scripts from calling it
		},
	})
}

// workFolder guards the folder that the process works in.
var workFolder sync.Mutex

// quothCommand runs the program: quoth COMMAND [options] [PATH...].
func quothCommand(ts *testscript.TestScript, neg bool, args []string) {
	workFolder.Lock()
	defer workFolder.Unlock()
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer os.Chdir(packageFolder)
	stdout, code, err := runInProcess(args, false, ts.Stderr())
	ts.Check(err)
	ts.Stdout().Write(stdout)
	if failed := code != exitOK; failed != neg {
		ts.Fatalf("exit code %d", code)
	}
}

// runInProcess runs quoth within the process of the tests, with nothing on standard input, and returns what it wrote to
// standard output and its exit code. If broken is set, nothing can be written to standard output.
func runInProcess(args []string, broken bool, stderr io.Writer) (stdout []byte, code int, err error) {
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		return nil, 0, err
	}
	defer stdin.Close()
	args = append([]string{"quoth"}, args...)
	if broken {
		readOnly := stdin
		return nil, runCommand(context.Background(), args, streams{stdin, readOnly, stderr}), nil
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, 0, err
	}
	defer reader.Close()
	var written bytes.Buffer
	done := make(chan error)
	go func() {
		_, err := io.Copy(&written, reader)
		done <- err
	}()
	code = runCommand(context.Background(), args, streams{stdin, writer, stderr})
	writer.Close()
	err = <-done
	return written.Bytes(), code, err
}

// bytesCommand writes a file of bytes that a script cannot hold: bytes FILE 'a\x00b'.
func bytesCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: bytes FILE TEXT")
	}
	var raw []byte
	for rest := args[1]; rest != ""; {
		var c byte
		if n, _ := fmt.Sscanf(rest, `\x%02x`, &c); n == 1 {
			raw, rest = append(raw, c), rest[len(`\x00`):]
			continue
		}
		raw, rest = append(raw, rest[0]), rest[1:]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o666))
}

// repeatCommand writes a file of a text repeated: repeat FILE N TEXT.
func repeatCommand(ts *testscript.TestScript, neg bool, args []string) {
	var n int
	if len(args) == 3 {
		fmt.Sscan(args[1], &n)
	}
	if neg || n == 0 {
		ts.Fatalf("usage: repeat FILE N TEXT")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o666))
}
