package corpus

import (
	"io"
	"path"
	"path/filepath"
	"strings"
)

// A format is a kind of file and how its articles are read.
type format struct {
	// name is what Collection.Plan calls the format.
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
		{"csv", []string{".csv"}, (*reader).csv},
		{"tsv", []string{".tsv"}, (*reader).tsv},
		{"feed", []string{".rss", ".atom", ".xml"}, (*reader).feed},
		{"warc", []string{".warc", ".wet"}, (*reader).warc},
		{"docx", []string{".docx"}, (*reader).docx},
		{"rtf", []string{".rtf"}, (*reader).unsupported},
		{"xlsx", []string{".xlsx", ".xls", ".ods"}, (*reader).unsupported},
		{"doc", []string{".doc"}, (*reader).unsupported},
		{"markdown", []string{".md", ".markdown"}, (*reader).markdown},
	}
}

// formatOf returns the format of a file by the ending of its name, of which what compresses it was taken off.
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

// uncompressed returns the name that a file has when it is unpacked, and what it is compressed with; "" if it is not.
func uncompressed(name string) (inner, kind string) {
	ext := path.Ext(name)
	without := ""
	switch strings.ToLower(ext) {
	case ".gz":
		kind = "gzip"
	case ".zst":
		kind = "zstd"
	case ".bz2":
		kind = "bzip2"
	case ".tgz":
		kind, without = "gzip", ".tar"
	case ".tzst":
		kind, without = "zstd", ".tar"
	case ".tbz", ".tbz2":
		kind, without = "bzip2", ".tar"
	default:
		return name, ""
	}
	return strings.TrimSuffix(name, ext) + without, kind
}

// archiveOf returns the kind of archive that the name says it is: zip, tar, or "" if it is none. What compresses it was
// taken off.
func archiveOf(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip":
		return "zip"
	case ".tar":
		return "tar"
	}
	return ""
}

// isArchive reports whether the name is that of an archive, compressed or not.
func isArchive(name string) bool {
	inner, _ := uncompressed(name)
	return archiveOf(inner) != ""
}
