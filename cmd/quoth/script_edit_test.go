package main

import (
	"os"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// editCommand changes the first match of a regular expression in a file, which must have one: edit FILE REGEXP TEXT.
func editCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE REGEXP TEXT")
	}
	re, err := regexp.Compile("(?s)" + args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	at := re.FindStringIndex(text)
	if at == nil {
		ts.Fatalf("%s: nothing matches %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:at[0]]+args[2]+text[at[1]:]), 0o666))
}
