package export_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func TestFormats(t *testing.T) {
	for _, f := range export.Formats() {
		if got, ok := export.ParseFormat(f.String()); !ok || got != f {
			t.Errorf("ParseFormat(%q) is %v, %v", f, got, ok)
		}
		if !strings.Contains(export.Names(), f.String()) {
			t.Errorf("Names lacks %s", f)
		}
	}
	for _, s := range []string{"", "Brat", "0", "10"} {
		if f, ok := export.ParseFormat(s); ok {
			t.Errorf("ParseFormat(%q) is %v", s, f)
		}
	}
	if got := export.Format(99).String(); got != "99" {
		t.Errorf("got %q", got)
	}
}

func TestParseLayers(t *testing.T) {
	for s, want := range map[string]export.Layers{"entities": export.Entities, "quotes": export.Quotes, "quotes, entities": export.Entities | export.Quotes} {
		if got, ok := export.ParseLayers(s); !ok || got != want {
			t.Errorf("%q: %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "all", "entities,", "entities;quotes"} {
		if _, ok := export.ParseLayers(s); ok {
			t.Errorf("%q is taken", s)
		}
	}
}

// write exports records to nowhere and returns the first error.
func write(f export.Format, opt export.Options, records ...*output.Record) error {
	var w output.Writer
	if f.Folder() {
		w = export.NewFolder(memory{}.create, f, opt)
	} else {
		w = export.NewWriter(io.Discard, f, opt)
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return w.Close()
}

func TestNoText(t *testing.T) {
	for _, unit := range []output.Unit{output.Codepoint, output.Byte} {
		r := output.New(ferryDocument(), ferryInput, output.Options{Text: output.TextNone, Offsets: unit, Tool: madeTool})
		for _, f := range export.Formats() {
			err := write(f, options, r)
			positions := (f == export.WebAnnotation || f == export.AnnotationCollection) && unit == output.Codepoint
			switch {
			case positions && err != nil:
				t.Errorf("%s: positions alone will do: %v", f, err)
			case !positions && !errors.Is(err, output.ErrNoText):
				t.Errorf("%s with %s: got %v, want ErrNoText", f, unit, err)
			case !positions && !strings.Contains(err.Error(), r.DocID):
				t.Errorf("%s: %v does not name the record", f, err)
			}
		}
	}
}

// Without text, a Web Annotation holds positions and no words of the article.
func TestWebAnnotationWithoutText(t *testing.T) {
	r := output.New(ferryDocument(), ferryInput, output.Options{Text: output.TextNone, Tool: madeTool})
	got := exported(t, r, export.WebAnnotation, options)[""].String()
	if strings.Contains(got, "TextQuoteSelector") || strings.Contains(got, "boat") || !strings.Contains(got, `"selector":[{"type":"TextPositionSelector","start":48,"end":75}]`) {
		t.Error(got)
	}
}

func TestFaultyRecords(t *testing.T) {
	tests := []struct {
		name   string
		change func(r *output.Record)
		want   string
	}{
		{"a span elsewhere", func(r *output.Record) { r.Entities[0].Mentions[0].Start++ }, "mention of e1"},
		{"after the end", func(r *output.Record) { r.Quotes[0].Cue.End = 9999 }, "not in the text"},
		{"an empty part", func(r *output.Record) {
			q := &r.Quotes[0]
			q.Parts = []output.Part{{Start: 3, End: 3, Text: new("")}}
			q.Text = new("")
		}, "Content at 3 is empty"},
		{"a carriage return", func(r *output.Record) {
			*r = *output.New(annot.New("", "a\r\nb"), output.Input{}, output.Options{})
		}, "carriage return"},
		{"another type", func(r *output.Record) { r.Entities[0].Type = "a b" }, `no label "a b"`},
		{"another unit", func(r *output.Record) { r.Offsets = "lines" }, `no unit of offsets "lines"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := ferryRecord(output.Codepoint)
			test.change(r)
			for _, f := range export.Formats() {
				err := write(f, options, r)
				if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "record d_") {
					t.Errorf("%s: got %v, want an error of the record with %q", f, err, test.want)
				}
			}
		})
	}
}

// A record at fault leaves no trace, and those around it are exported.
func TestFaultyRecordIsLeftOut(t *testing.T) {
	bad := ferryRecord(output.Codepoint)
	bad.Entities[0].Mentions[0].Start++
	for _, f := range []export.Format{export.LabelStudio, export.Prodigy, export.AnnotationCollection} {
		var with, without bytes.Buffer
		w, w2 := export.NewWriter(&with, f, options), export.NewWriter(&without, f, options)
		for i, r := range []*output.Record{bad, ferryRecord(output.Codepoint), bad, ferryRecord(output.UTF16)} {
			if err := w.Write(r); (err != nil) != (r == bad) {
				t.Fatalf("%s: record %d: %v", f, i, err)
			}
			if r != bad {
				if err := w2.Write(r); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := errors.Join(w.Close(), w.Close(), w2.Close()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(with.Bytes(), without.Bytes()) {
			t.Errorf("%s:\n%s\nwant\n%s", f, &with, &without)
		}
	}
}

func TestNoRecords(t *testing.T) {
	want := map[export.Format]string{export.LabelStudio: "[\n]\n", export.Prodigy: "", export.CoNLL: ""}
	for f, want := range want {
		var b bytes.Buffer
		if err := export.NewWriter(&b, f, options).Close(); err != nil || b.String() != want {
			t.Errorf("%s: %q, %v; want %q", f, b.String(), err, want)
		}
	}
	var b bytes.Buffer
	if err := export.NewWriter(&b, export.AnnotationCollection, options).Close(); err != nil {
		t.Fatal(err)
	}
	parseCollection("")(t, memory{"": &b})
}

func TestOptions(t *testing.T) {
	tests := []struct {
		name string
		f    export.Format
		opt  export.Options
		want string
	}{
		{"no tokens", export.Prodigy, export.Options{}, "format prodigy needs tokens"},
		{"quotes in no column", export.CoNLL, export.Options{Tokenize: tokenize, Layers: export.Quotes}, "format conll has quotes only"},
		{"no format", export.NoFormat, options, "is no stream"},
		{"tokens out of order", export.CoNLL, export.Options{Tokenize: func(string) [][2]int { return [][2]int{{2, 3}, {0, 1}} }}, "tokenizer returned"},
		{"tokens outside", export.CoNLL, export.Options{Tokenize: func(s string) [][2]int { return [][2]int{{0, len(s) + 1}} }}, "tokenizer returned"},
		{"too few tokens", export.CoNLL, export.Options{Tokenize: func(string) [][2]int { return nil }}, "tokenizer left words"},
		{"half characters", export.CoNLL, export.Options{Tokenize: func(s string) [][2]int { return [][2]int{{0, 7}, {7, len(s)}} }}, "cuts a character"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := write(test.f, test.opt, ferryRecord(output.Codepoint)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	if err := export.NewFolder(memory{}.create, export.CoNLL, options).Close(); err == nil || !strings.Contains(err.Error(), "is no folder") {
		t.Errorf("got %v", err)
	}
}

// Whatever a mark begins and ends with, be it white space or half a word, tokens begin and end there.
func TestMarksOffTokens(t *testing.T) {
	const text = "ab  c\n d e"
	for start := range len(text) {
		for end := start + 1; end <= len(text); end++ {
			d := annot.New("", text)
			d.Mentions = []annot.Mention{{Span: annot.Span{Start: start, End: end}, Type: annot.PER, Entity: 1, By: "x"}}
			d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "x", Mentions: []int{0}}}
			r := output.New(d, output.Input{}, output.Options{})
			if p := parseProdigy(t, exported(t, r, export.Prodigy, options)); p.spans[0] != (span{"PER", start, end}) {
				t.Errorf("[%d,%d) became %v", start, end, p.spans[0])
			}
			if strings.TrimSpace(text[start:end]) == "" {
				if err := write(export.Brat, options, r); err == nil || !strings.Contains(err.Error(), "is white space") {
					t.Errorf("[%d,%d): %v", start, end, err)
				}
			}
		}
	}
}

// INCEpTION writes XML, which knows no control characters; they are one code unit long and stay so.
func TestInceptionXML(t *testing.T) {
	d := annot.New("", "a\x07\ufffe🚢 Mara")
	d.Mentions = []annot.Mention{{Span: annot.Span{Start: 10, End: 14}, Type: annot.PER, Entity: 1, By: "x"}}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "Mara", Mentions: []int{0}}}
	files := exported(t, output.New(d, output.Input{}, output.Options{}), export.INCEpTION, options)
	if p := parseInception(t, files); len(p.spans) != 1 || p.spans[0] != (span{"PER", 6, 10}) {
		t.Errorf("got %v", p.spans)
	}
	for name, b := range files {
		if strings.HasSuffix(name, ".json") && !strings.Contains(b.String(), `"sofaString":"a��🚢 Mara"`) {
			t.Error(b)
		}
	}
}

// Layers leave out marks, links and what configures them.
func TestLayers(t *testing.T) {
	r := ferryRecord(output.Codepoint)
	for f, parse := range parsers(*r.Text) {
		opt := options
		opt.Layers = export.Entities
		p := parse(t, exported(t, r, f, opt))
		if len(p.spans) != 7 || len(p.links) != 0 {
			t.Errorf("%s: %d entities, links %v", f, len(p.spans), p.links)
		}
		opt.Layers = export.Quotes
		for _, s := range parse(t, exported(t, r, f, opt)).spans {
			if !slices.Contains([]string{"Content", "Source", "Cue"}, s.label) {
				t.Errorf("%s: %v is no quote", f, s)
			}
		}
		for _, file := range export.Config(f, opt) {
			if f != export.INCEpTION && bytes.Contains(file.Data, []byte("PER")) {
				t.Errorf("%s: %s knows of entities", f, file.Name)
			}
		}
	}
}

func TestConfig(t *testing.T) {
	for _, f := range export.Formats() {
		for _, file := range export.Config(f, export.Options{}) {
			switch {
			case strings.HasSuffix(file.Name, ".xml"):
				var v struct{ XMLName xml.Name }
				if err := xml.Unmarshal(file.Data, &v); err != nil {
					t.Errorf("%s: %v", file.Name, err)
				}
			case strings.HasSuffix(file.Name, ".json"):
				var v []struct {
					Text            string
					BackgroundColor string `json:"background_color"`
				}
				if err := json.Unmarshal(file.Data, &v); err != nil {
					t.Errorf("%s: %v", file.Name, err)
				}
				for _, label := range v {
					if label.Text == "" || len(label.BackgroundColor) != 7 {
						t.Errorf("%s: label %+v", file.Name, label)
					}
				}
			case file.Name == "annotation.conf":
				for _, section := range []string{"[entities]", "[relations]", "[events]", "[attributes]"} {
					if !bytes.Contains(file.Data, []byte(section+"\n")) {
						t.Errorf("no section %s", section)
					}
				}
			}
		}
	}
}

// A failing writer takes the first bytes and then no more.
type failing struct{ left int }

var errFull = errors.New("no space left")

func (f *failing) Write(b []byte) (int, error) {
	n := min(len(b), f.left)
	f.left -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

func (f *failing) Close() error {
	if f.left == 0 {
		return errFull
	}
	return nil
}

// Whatever byte the disk is full at, it is an error, and every later call says so.
func TestWriteErrors(t *testing.T) {
	r := ferryRecord(output.Codepoint)
	for _, f := range export.Formats() {
		size := 0
		for _, b := range exported(t, r, f, options) {
			size += b.Len()
		}
		for n := 0; n < size; n += 1 + size/300 {
			full := &failing{left: n}
			var w output.Writer
			if f.Folder() {
				w = export.NewFolder(func(string) (io.WriteCloser, error) { return full, nil }, f, options)
			} else {
				w = export.NewWriter(full, f, options)
			}
			first := w.Write(r)
			if closed := w.Close(); !errors.Is(closed, errFull) || first != nil && !errors.Is(first, errFull) {
				t.Fatalf("%s with %d of %d bytes: %v, then %v", f, n, size, first, closed)
			}
			if again := w.Write(r); !errors.Is(again, errFull) {
				t.Fatalf("%s with %d of %d bytes: %v after the error", f, n, size, again)
			}
		}
	}
}

func TestTwoOfOneID(t *testing.T) {
	r := ferryRecord(output.Codepoint)
	if err := write(export.Brat, options, r, r); err == nil || !strings.Contains(err.Error(), "was written before") {
		t.Errorf("got %v", err)
	}
}

// Two exports of a record are the same bytes.
func TestSameBytes(t *testing.T) {
	for _, f := range export.Formats() {
		a, b := exported(t, ferryRecord(output.Codepoint), f, options), exported(t, ferryRecord(output.UTF16), f, options)
		for name := range a {
			if !bytes.Equal(a[name].Bytes(), b[name].Bytes()) {
				t.Errorf("%s: %s differs", f, name)
			}
		}
	}
}

// depth is how many quotes of a crowd lie within each other.
const depth = 50

// crowded is a record with n names, and n quotes of the first of them, each within the one before up to the depth.
func crowded(n int) *output.Record {
	const sentence = "Mara 🚢 said. "
	d := annot.New("", strings.Repeat(sentence, n))
	for i := range n {
		start := i * len(sentence)
		d.Mentions = append(d.Mentions, annot.Mention{Span: annot.Span{Start: start, End: start + 4}, Type: annot.PER, Entity: 1, By: "x"})
		outermost := i - i%depth
		parent := 0
		if i > outermost {
			parent = i
		}
		end := min(outermost+depth, n) * len(sentence)
		d.Quotes = append(d.Quotes, annot.Quote{ID: i + 1, Parts: []annot.Span{{Start: start, End: end}}, Kind: annot.Direct, Parent: parent,
			Attribution: annot.Attribution{Status: annot.Attributed, Cue: annot.Span{Start: 10, End: 14}, Speaker: annot.Speaker{Name: "Mara", Type: annot.Person, Mention: annot.Span{End: 4}}}})
	}
	e := annot.Entity{ID: 1, Type: annot.PER, Name: "Mara"}
	for i := range n {
		e.Mentions = append(e.Mentions, i)
	}
	d.Entities = []annot.Entity{e}
	return output.New(d, output.Input{}, output.Options{})
}

// Formats that write no text beside a mark take time linear in the marks.
func TestLinearTime(t *testing.T) {
	opt := options
	opt.Columns = true
	for _, f := range []export.Format{export.CoNLL, export.Prodigy, export.DoccanoSequence, export.Doccano, export.INCEpTION} {
		t.Run(f.String(), func(t *testing.T) {
			effort.Linear(t, effort.Pick(100, 500), func(n int) func() {
				r := crowded(n)
				return func() {
					if err := write(f, opt, r); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkFormats(b *testing.B) {
	r := ferryRecord(output.Codepoint)
	for _, f := range export.Formats() {
		b.Run(f.String(), func(b *testing.B) {
			b.SetBytes(int64(len(ferry)))
			b.ReportAllocs()
			for b.Loop() {
				if err := write(f, options, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
