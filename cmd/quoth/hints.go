package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/records/dataset"
	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/corpus/records/run"
	"github.com/quoth-nlp/quoth/corpus/records/validate"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// The libraries know nothing of the command's options. Their errors say what is wrong, and this file says which option
// helps: nothing else in the command does for an error of a library.

// inputFixes are the fixes that package corpus names in its messages, by the field of its Options or Limits, and the same
// with the command's options.
var inputFixes = []string{
	"raise Options.MaxBytes", "raise --max-doc-bytes",
	"raise Limits.ArchiveBytes", "raise --limit archive-bytes=N",
	"raise Limits.MemberBytes", "raise --limit member-bytes=N",
	"raise Limits.Members", "raise --limit members=N",
	"raise Limits.Ratio", "raise --limit ratio=N",
	"raise Limits.Depth", "raise --limit depth=N",
	"set Options.Map to a column", "say --text-col NAME",
	"set Options.Map to a field", "say --map text=PATH",
	"set Options.Map if", "say --map text=PATH if",
	"choose them with Options.Extensions", "choose them with --ext",
	"leave it out with Options.Exclude", "leave it out with --exclude",
	"name the encoding with Options.Encoding", "name the encoding with --encoding",
	"read without Options.Strict", "read without --strict",
}

var fixes = strings.NewReplacer(inputFixes...)

// adviseInput returns the message of package corpus with the command's options.
func adviseInput(message string) string { return fixes.Replace(message) }

// advised returns the error with the option that helps, if there is one.
func advised(err error) error {
	if input := (*corpus.Error)(nil); errors.As(err, &input) {
		return &advisedError{err, adviseInput(err.Error())}
	}
	if hint := hintOf(err); hint != "" {
		return &advisedError{err, err.Error() + "; " + hint}
	}
	return err
}

// An advisedError is an error of a library with the option that helps.
type advisedError struct {
	error
	message string
}

func (e *advisedError) Error() string { return e.message }
func (e *advisedError) Unwrap() error { return e.error }

// hintOf returns which option helps against an error of a library, or "".
func hintOf(err error) string {
	if hint := runHint(err); hint != "" {
		return hint
	}
	exists := (*dataset.ExistsError)(nil)
	switch {
	case errors.As(err, &exists) && exists.Replaceable:
		return "add --force to replace it, or name another folder"
	case errors.Is(err, dataset.ErrNoText):
		return "leave --offsets out, or extract again with texts"
	case errors.Is(err, output.ErrNoText):
		return "extract with --text full"
	case errors.Is(err, diff.ErrUnits):
		return "make both with the same --offsets, or with their texts"
	}
	return ""
}

// runHint returns which option helps against an error of a run's folder, or "".
func runHint(err error) string {
	folder := (*run.FolderError)(nil)
	if !errors.As(err, &folder) {
		return ""
	}
	switch {
	case errors.Is(err, run.ErrExists):
		return "add --resume to keep it and do what is left or new, --force to replace it, or name another folder"
	case errors.Is(err, run.ErrMixed):
		return "use those again, add --force to start again, or name another folder"
	case errors.Is(err, run.ErrUnfinished):
		return fmt.Sprintf("go on with quoth extract --out %s --resume and the same call otherwise", folder.Dir)
	case errors.Is(err, run.ErrDamaged):
		return fmt.Sprintf("make it again with quoth extract --out %s --force", folder.Dir)
	}
	return ""
}

// adviseRecord does for the message of an error record what advised does for an error.
func adviseRecord(r *extract.Result) {
	switch {
	case r.Err == nil:
	case r.Item.Err != nil:
		r.Err.Message = adviseInput(r.Err.Message)
	case r.Err.Code == extract.CodeTimeout:
		r.Err.Message += "; raise --timeout, or report the article"
	}
}

// adviseFinding does for the message of a finding what advised does for an error.
func adviseFinding(f *validate.Finding) {
	if f.Code == validate.CodeRun && strings.HasSuffix(f.Message, "; resume it") {
		f.Message = strings.TrimSuffix(f.Message, "resume it") + "go on with it with quoth extract --resume"
	}
}
