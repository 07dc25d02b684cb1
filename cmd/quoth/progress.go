package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// progress shows how far an extraction is, if somebody is there to see it.
type progress struct {
	bar      *progressbar.ProgressBar // nil if nobody is
	started  time.Time
	file     string // the file that the bar counts at the moment
	articles int
}

// newProgress starts the bar, unless the records run through the terminal.
func newProgress(e *extraction) *progress {
	p := &progress{started: time.Now()}
	f, ok := e.std.err.(*os.File)
	records := e.outPath == "" && e.folder == nil && term.IsTerminal(int(e.std.out.Fd()))
	if e.quiet || !ok || !term.IsTerminal(int(f.Fd())) || records {
		return p
	}
	p.bar = progressbar.NewOptions(e.articles.Len(), progressbar.OptionSetWriter(io.Writer(f)), progressbar.OptionSetDescription("quoth"),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("files"), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	return p
}

// done counts an article, and its file with the first one of it: a file may hold many.
func (p *progress) done(file string) {
	if p.bar == nil {
		return
	}
	if p.articles++; p.articles%50 == 0 {
		p.bar.Describe(fmt.Sprintf("quoth: %d articles", p.articles))
	}
	if file != p.file {
		p.file = file
		p.bar.Add(1)
	}
}

func (p *progress) clear() {
	if p.bar != nil {
		p.bar.Clear()
	}
}

// summary tells of failures, of a run that found nothing to read, and what a folder holds now.
func (e *extraction) summary() error {
	documents, errors, failed := e.counts.Records, e.counts.Errors, e.counts.Failed
	if e.folder != nil {
		c := &e.folder.counts
		documents, errors, failed = c.Documents, c.Errors, c.Failed
		if !e.quiet {
			e.tell()
		}
	}
	switch {
	case errors == 0 && documents == 0 && !e.quiet:
		fmt.Fprintln(e.std.err, "quoth: no articles found; choose other files with --ext")
	case errors > 0:
		exit := &exitError{code: exitPartial}
		if !e.quiet && e.folder == nil {
			exit.err = fmt.Errorf("%d ok, %d failed: %s", documents, errors, byCode(failed))
		}
		return exit
	}
	return nil
}

// tell writes what the folder of a run holds.
func (e *extraction) tell() {
	c := &e.folder.counts
	text := message.NewPrinter(language.English)
	line := func(format string, args ...any) { fmt.Fprintln(e.std.err, "quoth: "+text.Sprintf(format, args...)) }
	line("%d ok (%d empty, %d copies), %d failed%s", c.Documents, c.Empty, c.Duplicates, c.Errors, codes(c.Failed))
	line("%d quotes, %d with a speaker, %d with a name; %d words", c.Quotes, c.Attributed, c.Named, c.Words)
	seconds := time.Since(e.progress.started).Seconds()
	if e.counts.Done > 0 {
		line("%d kept from before, %d done now in %.1f s", e.counts.Done, e.counts.Records+e.counts.Errors, seconds)
	} else if seconds > 0 {
		line("%.1f s, %.0f words/s", seconds, float64(e.counts.Words)/seconds)
	}
	line("written to %s", e.folder.dir)
}

func codes(failed map[string]int) string {
	if len(failed) == 0 {
		return ""
	}
	return ": " + byCode(failed)
}

// byCode lists the failures as "2 bad_json, 1 too_large".
func byCode(failed map[string]int) string {
	var parts []string
	for _, code := range slices.Sorted(maps.Keys(failed)) {
		parts = append(parts, fmt.Sprintf("%d %s", failed[code], code))
	}
	return strings.Join(parts, ", ")
}
