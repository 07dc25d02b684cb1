// Command mutants measures the tests: it breaks the program in one place at a time and sees whether a test fails. A
// mutant that no test notices has survived: either a test is missing, or the change makes no difference.
//
//	go run ./cmd/mutants -n 60 -seed 1
//	go run ./cmd/mutants -n 10 extractors/quotes
//
// The source files stay as they are: go test gets the changed one as an overlay. The same seed on the same source makes
// the same mutants. The tests of the mutant's package run first, then those of its readers.
//
// Exit codes: 0 no mutant survived, 1 some did, be it that they make no difference, 2 anything else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/urfave/cli/v2"
)

// packages are where the mutants are made if none is named: what finds quotes and speakers and writes them down.
var packages = []string{
	"extractors/segment", "extractors/quotes", "extractors/entities",
	"extractors/clause", "extractors/naming", "extractors/attribution", "extractors/indirect",
	"pipeline", "pipeline/output", "corpus/records/run",
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args, os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var n int
	var seed uint64
	var limit time.Duration
	m := machine{}
	app := &cli.App{
		Name:      "mutants",
		Usage:     "break the program and see whether a test fails",
		ArgsUsage: "[PACKAGE...]",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "n", Usage: "`number` of mutants", Value: 60, Destination: &n},
			&cli.Uint64Flag{Name: "seed", Usage: "`number` that chooses them", Value: 1, Destination: &seed},
			&cli.StringFlag{Name: "root", Usage: "`folder` of the module", Value: ".", Destination: &m.root},
			&cli.DurationFlag{Name: "timeout", Usage: "`time` after which a mutant that does not end is killed", Value: 3 * time.Minute, Destination: &limit},
			&cli.StringSliceFlag{Name: "readers", Usage: "`packages` whose tests run when those of the mutant's package pass; \"\" for none",
				Value: cli.NewStringSlice("./extractors/...", "./pipeline/...")},
		},
		HideHelpCommand: true,
		Writer:          stdout,
		ErrWriter:       stderr,
		ExitErrHandler:  func(*cli.Context, error) {},
		Action: func(c *cli.Context) error {
			m.readers = slices.DeleteFunc(c.StringSlice("readers"), func(pattern string) bool { return pattern == "" })
			m.test = goTest(limit)
			chosen := c.Args().Slice()
			if len(chosen) == 0 {
				chosen = packages
			}
			return m.measure(c.Context, chosen, n, seed, stdout)
		},
	}
	err := app.RunContext(ctx, args)
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "mutants:", err)
	if errors.Is(err, errSurvivors) {
		return 1
	}
	return 2
}

var errSurvivors = errors.New("a mutant survived; write the test that notices it, or say why there is none")
