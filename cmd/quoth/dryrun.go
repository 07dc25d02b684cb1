package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// dryRun lists on standard output what would be read, one line for each file and member, and sums up on standard error.
// Nothing is written elsewhere. What could not be read makes the exit code that of a run in which something failed.
func dryRun(c *cli.Context, std streams, articles *corpus.Collection) error {
	if file := c.String("output"); file != "" && file != "-" {
		return usage("--output %s: --dry-run writes no records, and its list to standard output; leave --output out", file)
	}
	write := writePlanned
	switch format := c.String("format"); format {
	case "":
	case "jsonl":
		write = encodePlanned
	default:
		return usage("--format %s: --dry-run writes a table, or JSON Lines with --format jsonl", format)
	}
	out := bufio.NewWriter(std.out)
	if c.String("format") == "" {
		fmt.Fprintf(out, plannedLine, "FORMAT", "ENCODING", "BYTES", "PATH", "")
	}
	read, skipped, failed := 0, 0, 0
	for p := range articles.Plan(c.Context) {
		switch {
		case p.Err != nil:
			failed++
			advisedInput := *p.Err
			advisedInput.Message = adviseInput(p.Err.Message)
			p.Err = &advisedInput
		case p.Skipped != "":
			skipped++
		default:
			read++
		}
		if err := write(out, p); err != nil {
			return writeError("standard output", err)
		}
	}
	if err := out.Flush(); err != nil {
		return writeError("standard output", err)
	}
	if c.Context.Err() != nil {
		return interrupted(c.Context)
	}
	if !c.Bool("quiet") {
		fmt.Fprintf(std.err, "quoth: dry run: %d to read, %d skipped, %d at fault\n", read, skipped, failed)
	}
	if failed > 0 {
		return &exitError{code: exitPartial}
	}
	return nil
}

// plannedLine has the path last, since nothing bounds its length.
const plannedLine = "%-8s  %-12s  %10s  %s%s\n"

func writePlanned(w io.Writer, p corpus.Planned) error {
	place, note := p.Path, ""
	if p.Member != "" {
		place += "/" + p.Member
	}
	size := "?"
	if p.Bytes >= 0 {
		size = strconv.FormatInt(p.Bytes, 10)
	}
	format, encoding := p.Format, p.Encoding
	switch {
	case p.Err != nil:
		format, note = "error", p.Err.Code+": "+p.Err.Message
	case p.Skipped != "":
		format, note = "skipped", p.Skipped
	case format == "":
		format, note = "?", "told by its first bytes"
	case p.Fields != "":
		note = p.Fields
	}
	if encoding == "" {
		encoding = "-"
	}
	if note != "" {
		note = "  " + clean(note)
	}
	_, err := fmt.Fprintf(w, plannedLine, format, encoding, size, clean(place), note)
	return err
}

// plannedRecord is what --format jsonl writes for each file and member.
type plannedRecord struct {
	Path     string        `json:"path"`
	Member   *string       `json:"member"`
	Format   *string       `json:"format"`
	Encoding *string       `json:"encoding"`
	Fields   *string       `json:"fields"`
	Bytes    *int64        `json:"bytes"`
	Skipped  *string       `json:"skipped"`
	Error    *plannedError `json:"error"`
}

type plannedError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Phase   string `json:"phase"`
}

func encodePlanned(w io.Writer, p corpus.Planned) error {
	record := plannedRecord{Path: p.Path, Member: output.Optional(p.Member), Format: output.Optional(p.Format), Encoding: output.Optional(p.Encoding),
		Fields: output.Optional(p.Fields), Skipped: output.Optional(p.Skipped)}
	if p.Bytes >= 0 {
		record.Bytes = &p.Bytes
	}
	if e := p.Err; e != nil {
		record.Error = &plannedError{e.Code, e.Message, e.Phase}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(record)
}
