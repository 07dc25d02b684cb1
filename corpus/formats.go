package corpus

import (
	"io"
	"path/filepath"
	"strings"
)

// A format is a kind of file and how its articles are read.
type format struct {
	// name is what --dry-run calls the format.
	name string
	// extensions are the endings of its files, in small letters.
	extensions []string
	// read turns a file into items, and reports whether to go on.
	read func(r *reader, in io.Reader) bool
}

// formats lists the formats. The first one is what a file of any other ending is taken for.
func formats() []format {
	return []format{
		{"text", []string{".txt", ".text"}, (*reader).text},
		{"jsonl", []string{".jsonl", ".ndjson"}, (*reader).lines},
		{"json", []string{".json"}, (*reader).values},
		{"html", []string{".html", ".htm", ".xhtml"}, (*reader).html},
		{"markdown", []string{".md", ".markdown"}, (*reader).markdown},
	}
}

// formatOf returns the format of a file by the ending of its name.
func formatOf(name string) format {
	ext := strings.ToLower(filepath.Ext(name))
	all := formats()
	for _, f := range all {
		for _, e := range f.extensions {
			if e == ext {
				return f
			}
		}
	}
	return all[0]
}
