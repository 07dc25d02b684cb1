package export_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"pgregory.net/rapid"
)

func TestParsePer(t *testing.T) {
	for s, want := range map[string]export.Per{"document": export.Document, "paragraph": export.Paragraph, "sentence": export.Sentence} {
		if got, ok := export.ParsePer(s); !ok || got != want {
			t.Errorf("%q: %v, %v", s, got, ok)
		}
	}
	if _, ok := export.ParsePer("word"); ok {
		t.Error("word is taken")
	}
	for _, f := range []export.Format{export.Brat, export.CoNLL, export.WebAnnotation} {
		if err := write(f, export.Options{Tokenize: tokenize, Per: export.Sentence}); err == nil || !strings.Contains(err.Error(), "exports whole records only") {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// inParts exports the record and parses each task; the spans are led back to places in the record.
func inParts(t rapid.TB, r *output.Record, f export.Format, per export.Per) (spans []span, links map[string]int) {
	opt := options
	opt.Per = per
	data := exported(t, r, f, opt)[""].Bytes()
	var tasks [][]byte
	if f == export.LabelStudio {
		var list []rawJSON
		decode(t, data, &list)
		for _, task := range list {
			tasks = append(tasks, []byte("["+string(task)+"]"))
		}
	} else {
		tasks = slices.Collect(bytes.Lines(data))
	}
	links = map[string]int{}
	for _, task := range tasks {
		p := parsers(*r.Text)[f](t, memory{"": bytes.NewBuffer(task)})
		var origin struct {
			Start int
			Meta  struct{ Start int }
		}
		if f == export.LabelStudio {
			var list []struct{ Data struct{ Start int } }
			decode(t, task, &list)
			origin.Start = list[0].Data.Start
		} else {
			decode(t, task, &origin)
		}
		for _, s := range p.spans {
			start := origin.Start + origin.Meta.Start
			spans = append(spans, span{s.label, s.start + start, s.end + start})
		}
		for label, n := range p.links {
			links[label] += n
		}
	}
	return spans, links
}

type rawJSON []byte

func (r *rawJSON) UnmarshalJSON(b []byte) error { *r = bytes.Clone(b); return nil }

var taskFormats = []export.Format{export.Prodigy, export.LabelStudio, export.Doccano, export.DoccanoSequence}

// Parts of a quote are paragraphs, so that no mark of the article is cut by paragraphs; sentences cut the second quote.
func TestPer(t *testing.T) {
	r := ferryRecord(output.Codepoint)
	want := expected(t, r, export.Prodigy)
	slices.SortFunc(want.spans, order)
	for _, f := range taskFormats {
		for _, per := range []export.Per{export.Paragraph, export.Sentence} {
			got, links := inParts(t, r, f, per)
			slices.SortFunc(got, order)
			if !slices.Equal(got, want.spans) {
				t.Errorf("%s: %v, want %v", f, got, want.spans)
			}
			// One quote continues in another paragraph, where its speaker is named.
			if f != export.DoccanoSequence && fmt.Sprint(links) != "map[Continues:1 CuedBy:5 SpokenBy:5]" {
				t.Errorf("%s: links %v", f, links)
			}
		}
	}
}

// Every code point of a mark that lies in a sentence is in a task, and nothing else is.
func TestPerRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := randomRecord(t)
		points, err := output.Convert(r, output.Codepoint)
		if err != nil {
			t.Fatal(err)
		}
		var want []span
		for _, s := range expected(t, r, export.Prodigy).spans {
			for _, sentence := range points.Sentences {
				if start, end := max(s.start, sentence.Start), min(s.end, sentence.End); start < end {
					want = append(want, span{s.label, start, end})
				}
			}
		}
		slices.SortFunc(want, order)
		for _, f := range taskFormats {
			got, _ := inParts(t, r, f, export.Sentence)
			slices.SortFunc(got, order)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %v, want %v", f, got, want)
			}
		}
	})
}
