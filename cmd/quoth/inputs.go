package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
)

// inputFlags are the options that say what is read and how it is understood.
func inputFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringSliceFlag{Name: "ext", Usage: "read files with this `ENDING` in folders, instead of " + strings.Join(corpus.DefaultExtensions(), ", ") + "; several with commas"},
		&cli.Int64Flag{Name: "max-doc-bytes", Value: corpus.DefaultMaxBytes, Usage: "refuse articles of more than `N` bytes"},
	}, mapFlags()...)
}

// inputOptions checks the options of inputFlags.
func inputOptions(c *cli.Context, std streams) (corpus.Options, error) {
	opt := corpus.Options{Extensions: extensions(c.StringSlice("ext")), MaxBytes: c.Int64("max-doc-bytes"), Stdin: std.in}
	if opt.MaxBytes < 1 {
		return opt, usage("--max-doc-bytes %d: take at least 1", opt.MaxBytes)
	}
	return opt, mapOptions(c, &opt)
}

// extensions gives the endings their dot.
func extensions(list []string) []string {
	var dotted []string
	for _, ext := range list {
		if ext = strings.TrimSpace(ext); ext != "" {
			dotted = append(dotted, "."+strings.TrimPrefix(ext, "."))
		}
	}
	return dotted
}
