package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"quoth": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
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
			"bytes":  bytesCommand,
			"repeat": repeatCommand,
			"pack":   packCommand,
			"cut":    cutCommand,
			"edit":   editCommand,
			"fifo":   fifoCommand, // where there are none, [unix] keeps scripts from calling it
		},
	})
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
