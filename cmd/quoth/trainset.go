package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// unrelatedSentences is the number of sentences from which on a document is no document, but a list of sentences that
// have nothing to do with each other.
const unrelatedSentences = 400

// readNameSets reads annotated files. noMISC are those of them in which names of type MISC are not annotated, loose those
// in which names that do not fit quoth's tokens are left unlabelled.
func readNameSets(set *rules.Set, files, noMISC, loose []string) ([]crf.Dataset, error) {
	errs := []error{amongFiles("no-misc", noMISC, files), amongFiles("loose", loose, files)}
	stage := segment.New(set)
	var sets []crf.Dataset
	for _, file := range files {
		names, err := readNameSet(stage, file, slices.Contains(loose, file))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		names.Name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		names.NoMISC = slices.Contains(noMISC, file)
		sets = append(sets, names.Split(unrelatedSentences))
	}
	return sets, errors.Join(errs...)
}

// amongFiles reports the named files that are not among those to be read.
func amongFiles(flag string, named, files []string) error {
	var errs []error
	for _, file := range named {
		if !slices.Contains(files, file) {
			errs = append(errs, fmt.Errorf("--%s %s: not one of the files to be read; name it as it is named there", flag, file))
		}
	}
	return errors.Join(errs...)
}

func readNameSet(stage *segment.Stage, file string, loose bool) (crf.Dataset, error) {
	f, err := os.Open(file)
	if err != nil {
		return crf.Dataset{}, err
	}
	defer f.Close()
	switch strings.ToLower(filepath.Ext(file)) {
	case ".jsonl", ".ndjson":
		return readNamesJSONL(stage, f, file, loose)
	}
	return crf.ReadCoNLL(f, file)
}

// maxFaults is the number of faults of one file that are reported.
const maxFaults = 20

// readNamesJSONL reads a document from each line. The error names all bad lines, up to a limit.
func readNamesJSONL(stage *segment.Stage, r io.Reader, name string, loose bool) (crf.Dataset, error) {
	names := crf.Dataset{Name: name}
	in := bufio.NewReader(r)
	var faults []error
	for line := 1; ; line++ {
		data, err := in.ReadBytes('\n')
		if line == 1 {
			data = bytes.TrimPrefix(data, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(data)) > 0 {
			sample, fault := nameSample(stage, data, loose)
			if fault != nil {
				faults = append(faults, fmt.Errorf("%s:%d: %w", name, line, fault))
			} else if len(sample.Tokens) > 0 {
				names.Docs = append(names.Docs, sample)
			}
		}
		if err != nil && err != io.EOF {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, line, err))
		}
		if err != nil || len(faults) == maxFaults {
			break
		}
	}
	if len(names.Docs) == 0 && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("%s: no tokens; write an object with tokens and tags, or text and entities, on each line", name))
	}
	return names, errors.Join(faults...)
}

// A nameLine is a line of annotated text in JSON.
type nameLine struct {
	Tokens []string `json:"tokens"`
	Tags   []string `json:"tags"`

	Text     *string    `json:"text"`
	Entities []nameSpan `json:"entities"`
}

// A nameSpan is a name; Start and End count code points.
type nameSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

func nameSample(stage *segment.Stage, data []byte, loose bool) (crf.Sample, error) {
	var line nameLine
	if err := json.Unmarshal(data, &line); err != nil {
		return crf.Sample{}, fmt.Errorf("not JSON of this kind: %w; write an object with tokens and tags, or text and entities", err)
	}
	switch {
	case line.Tokens != nil && line.Text != nil:
		return crf.Sample{}, errors.New("both tokens and text; keep one")
	case line.Tokens != nil:
		return taggedSample(line.Tokens, line.Tags)
	case line.Text != nil:
		return textSample(stage, *line.Text, line.Entities, loose)
	}
	return crf.Sample{}, errors.New("neither tokens nor text; write tokens with tags, or text with entities")
}

// taggedSample lets the reader of CoNLL understand the tags, so that both forms mean the same.
func taggedSample(tokens, tags []string) (crf.Sample, error) {
	if len(tokens) != len(tags) {
		return crf.Sample{}, fmt.Errorf("%d tokens and %d tags; give each token one", len(tokens), len(tags))
	}
	var lines strings.Builder
	for i, token := range tokens {
		if strings.TrimSpace(token) == "" || strings.ContainsAny(token, "\t\r\n") || strings.HasPrefix(token, docStart) {
			return crf.Sample{}, fmt.Errorf("token %d is %q; leave out what is empty and what holds a tab or a line ending", i+1, token)
		}
		if tags[i] == "" || strings.ContainsAny(tags[i], " \t\r\n") {
			return crf.Sample{}, fmt.Errorf("unknown tag %q of token %d; use O, ?, or B- or I- before PER, LOC, ORG or MISC", tags[i], i+1)
		}
		lines.WriteString(token + "\t" + tags[i] + "\n")
	}
	if len(tokens) == 0 {
		return crf.Sample{}, nil
	}
	names, err := crf.ReadCoNLL(strings.NewReader(lines.String()), "token")
	if err != nil {
		return crf.Sample{}, err
	}
	return names.Docs[0], nil
}

// textSample splits the text into tokens and labels those of the names. If loose, the tokens of a name that does not fit
// them are left unlabelled.
func textSample(stage *segment.Stage, text string, names []nameSpan, loose bool) (crf.Sample, error) {
	d := annot.New("", text)
	if err := stage.Process(d); err != nil {
		return crf.Sample{}, err
	}
	sample := crf.Sample{Doc: tokensOf(d), Labels: make([]crf.Label, len(d.Tokens))}
	offsets := runeOffsets(text)
	for i, x := range names {
		if x.Start < 0 || x.End <= x.Start || x.End >= len(offsets) {
			return crf.Sample{}, fmt.Errorf("entity %d: [%d,%d) is no part of the text, which has %d code points", i+1, x.Start, x.End, len(offsets)-1)
		}
		t, ok := annot.ParseType(x.Type)
		if !ok {
			return crf.Sample{}, fmt.Errorf("entity %d: unknown type %q; use PER, LOC, ORG or MISC", i+1, x.Type)
		}
		span := annot.Span{Start: offsets[x.Start], End: offsets[x.End]}
		first, end := tokensOver(d, span)
		err := fits(d, span, first, end, sample)
		if err != nil && !loose {
			return crf.Sample{}, fmt.Errorf("entity %d: %q %w", i+1, d.Slice(span), err)
		}
		for k := first; k < end; k++ {
			sample.Labels[k] = crf.Make(part(k, first, end), t)
			if err != nil {
				sample.Labels[k] = crf.Unlabelled
			}
		}
	}
	return sample, nil
}

// tokensOver returns the tokens [first, end) that overlap the span.
func tokensOver(d *annot.Document, span annot.Span) (first, end int) {
	first, _ = slices.BinarySearchFunc(d.Tokens, span.Start, func(t annot.Token, at int) int { return cmp.Compare(t.End, at+1) })
	end, _ = slices.BinarySearchFunc(d.Tokens, span.End, func(t annot.Token, at int) int { return cmp.Compare(t.Start, at) })
	return first, max(first, end)
}

// fits says why the name at the tokens [first, end) cannot be labelled.
func fits(d *annot.Document, span annot.Span, first, end int, sample crf.Sample) error {
	switch {
	case first == end || d.Tokens[first].Start != span.Start:
		return errors.New("does not start where a token does; correct start")
	case d.Tokens[end-1].End != span.End:
		return errors.New("does not end where a token does; correct end")
	case slices.ContainsFunc(sample.Sentences, func(s int) bool { return first < s && s < end }):
		return errors.New("leaves its sentence; split it")
	case slices.ContainsFunc(sample.Labels[first:end], func(l crf.Label) bool { return l != crf.O }):
		return errors.New("overlaps another; keep one")
	}
	return nil
}

// part returns the part that token k is of a name of the tokens [first, end).
func part(k, first, end int) crf.Part {
	switch {
	case end-first == 1:
		return crf.Unit
	case k == first:
		return crf.Begin
	case k == end-1:
		return crf.Last
	}
	return crf.Inside
}

// runeOffsets returns the byte offset of each code point of text, and that of its end.
func runeOffsets(text string) []int {
	offsets := make([]int, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}
