// Command mklexicon builds the tables of package gazetteer from the lexicon files. The same files give the same bytes.
//
//	go run ./cmd/mklexicon -lexicons DIR -o extractors/entities/gazetteer
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
)

func main() { os.Exit(run(os.Args, os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	var lexicons, out string
	app := &cli.App{
		Name:  "mklexicon",
		Usage: "build the tables of package gazetteer",
		Description: "Reads gazetteer_permissive.tsv, first_names.tsv, surnames.tsv, case_stats.tsv.gz and capseq_counts.tsv.gz " +
			"from the folder -lexicons, and world.tsv, names.tsv and NOTICE.md from the folder -o, and writes gazetteer.bin to -o.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "lexicons", Usage: "`folder` of the lexicon files", Destination: &lexicons, Required: true},
			&cli.StringFlag{Name: "o", Usage: "`folder` of the package", Value: "extractors/entities/gazetteer", Destination: &out},
		},
		HideHelpCommand: true,
		Writer:          stdout,
		ErrWriter:       stderr,
		ExitErrHandler:  func(*cli.Context, error) {},
		Action: func(*cli.Context) error {
			data, err := build(os.DirFS(lexicons), os.DirFS(out), stderr)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(out, "gazetteer.bin"), data, 0o644); err != nil {
				return errors.Join(errWrite, err)
			}
			return nil
		},
	}
	err := app.Run(args)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errWrite):
		fmt.Fprintln(stderr, "mklexicon:", err)
		return 4
	}
	fmt.Fprintln(stderr, "mklexicon:", err)
	return 2
}

var errWrite = errors.New("cannot write the tables; check -o")

// report tells what a table holds.
func report(w io.Writer, data []byte) error {
	t, err := gazetteer.Open(data)
	if err != nil {
		return err
	}
	phrases, first, last, words, seqs := t.Len()
	_, err = fmt.Fprintf(w, "%d bytes: %d hashes of phrases, %d first names, %d surnames, %d words, %d capitalised phrases\n",
		len(data), phrases, first, last, words, seqs)
	return err
}
