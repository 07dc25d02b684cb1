package output_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

var formats = []output.Format{output.JSON, output.JSONL, output.YAML}

func small(name string) *output.Record {
	r := output.New(annot.New("", "a\nb 🎉"), output.Input{Source: output.Source{Path: name}}, output.Options{Tool: tool})
	return r
}

func TestJSONIsObjectOrArray(t *testing.T) {
	for n := range 4 {
		records := []*output.Record{}
		for i := range n {
			records = append(records, small(fmt.Sprint("file", i)))
		}
		text := written(t, output.JSON, records...)
		var want []byte
		var err error
		if n == 1 {
			want, err = json.MarshalIndent(records[0], "", "  ")
		} else {
			want, err = json.MarshalIndent(records, "", "  ")
		}
		if err != nil {
			t.Fatal(err)
		}
		if string(want)+"\n" != string(text) {
			t.Errorf("%d records: want\n%s\ngot\n%s", n, want, text)
		}
	}
}

// A failing writer fails at its byte number limit, as a disk does.
type failing struct {
	limit int
	short bool
	bytes.Buffer
}

var errDisk = errors.New("disk full")

func (f *failing) Write(b []byte) (int, error) {
	if f.Len()+len(b) <= f.limit {
		return f.Buffer.Write(b)
	}
	n, _ := f.Buffer.Write(b[:f.limit-f.Len()])
	if f.short {
		return n, nil
	}
	return n, errDisk
}

// Wherever the output breaks off, some call says so, every later call says the same, and nothing more is written.
func TestFailingWriter(t *testing.T) {
	for _, f := range formats {
		whole := written(t, f, small("one"), small("two"))
		for limit := range whole {
			for _, short := range []bool{false, true} {
				w := &failing{limit: limit, short: short}
				want := errDisk
				if short {
					want = io.ErrShortWrite
				}
				out := output.NewWriter(w, f)
				errs := []error{out.Write(small("one")), out.Write(small("two")), out.Close(), out.Close(), out.Write(small("three"))}
				failed := false
				for i, err := range errs {
					failed = failed || err != nil
					if failed && !errors.Is(err, want) || !failed && i >= 2 {
						t.Fatalf("%s, byte %d: got %v", f, limit, errs)
					}
				}
				if !bytes.Equal(whole[:limit], w.Bytes()) {
					t.Fatalf("%s, byte %d: wrote %q", f, limit, w.Bytes())
				}
			}
		}
		w := &failing{limit: len(whole)}
		out := output.NewWriter(w, f)
		if err := errors.Join(out.Write(small("one")), out.Write(small("two")), out.Close(), out.Close()); err != nil {
			t.Error(err)
		}
		if !bytes.Equal(whole, w.Bytes()) {
			t.Errorf("%s: a second Close wrote something", f)
		}
	}
	for limit := range 60 {
		if err := output.WriteError(&failing{limit: limit}, output.NewError(output.Source{}, "a", "b", "c")); !errors.Is(err, errDisk) {
			t.Errorf("byte %d: got %v", limit, err)
		}
	}
}

// A record that cannot be encoded is refused whole; those before and after it are written.
func TestUnencodable(t *testing.T) {
	for _, f := range formats {
		bad := small("bad")
		bad.Meta.Extra = map[string]any{"a": "b", "n": json.Number("1.")}
		var b bytes.Buffer
		w := output.NewWriter(&b, f)
		if err := w.Write(bad); err == nil || !strings.Contains(err.Error(), bad.DocID) {
			t.Errorf("%s: got %v", f, err)
		}
		for _, r := range []*output.Record{small("one"), small("two")} {
			if err := errors.Join(w.Write(r)); err != nil {
				t.Error(err)
			}
			if err := w.Write(bad); err == nil {
				t.Errorf("%s: accepted", f)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if want := written(t, f, small("one"), small("two")); !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%s: want\n%s\ngot\n%s", f, want, &b)
		}
	}
}

func TestNoFormat(t *testing.T) {
	w := output.NewWriter(io.Discard, output.NoFormat)
	if w.Write(small("one")) == nil || w.Close() == nil {
		t.Error("accepted")
	}
	for _, f := range formats {
		if got, ok := output.ParseFormat(f.String()); !ok || got != f {
			t.Errorf("%s is parsed as %s", f, got)
		}
	}
	if _, ok := output.ParseFormat(""); ok {
		t.Error("a format without a name")
	}
}

// Strings that are not UTF-8, as a file name may be, still give valid output.
func TestInvalidUTF8(t *testing.T) {
	for _, f := range formats {
		text := string(written(t, f, small("caf\xe9.txt")))
		if strings.ToValidUTF8(text, "") != text {
			t.Errorf("%s: %q", f, text)
		}
	}
}

// long returns a document of about 6 kB with the density of annotations of a news article: four times the short one,
// and ten plain sentences with two mentions each after every one.
func long(t testing.TB) *annot.Document {
	const plain = "The harbour board of Velmont has met nine times since spring, and Zoé Almgren, who has been its captain for years, took the floor."
	d := annot.New("long", "")
	for n := range 4 {
		one := annotated(t)
		by, tokens, paragraphs, mentions, entities := len(d.Text), len(d.Tokens), len(d.Paragraphs), len(d.Mentions), len(d.Entities)
		move := func(s *annot.Span) {
			if !s.IsZero() {
				s.Start, s.End = s.Start+by, s.End+by
			}
		}
		d.Text += one.Text
		for _, p := range one.Paragraphs {
			move(&p.Span)
			d.Paragraphs = append(d.Paragraphs, p)
		}
		for _, tok := range one.Tokens {
			move(&tok.Span)
			d.Tokens = append(d.Tokens, tok)
		}
		for _, s := range one.Sentences {
			move(&s.Span)
			s.Paragraph, s.FirstToken, s.EndToken = s.Paragraph+paragraphs, s.FirstToken+tokens, s.EndToken+tokens
			d.Sentences = append(d.Sentences, s)
		}
		for _, m := range one.Mentions {
			move(&m.Span)
			m.Entity += entities
			d.Mentions = append(d.Mentions, m)
		}
		for _, e := range one.Entities {
			e.ID += entities
			e.Mentions[0] += mentions
			d.Entities = append(d.Entities, e)
		}
		for _, q := range one.Quotes {
			q.ID, q.Parent = q.ID+n*len(one.Quotes), 0
			for i := range q.Parts {
				move(&q.Parts[i])
			}
			move(&q.Cue)
			move(&q.Speaker.Mention)
			d.Quotes = append(d.Quotes, q)
		}
		for range 10 {
			d.Text += "\n\n"
			start, first := len(d.Text), len(d.Tokens)
			d.Text += plain
			for at, word := start, ""; at < len(d.Text); at += len(word) + 1 {
				word, _, _ = strings.Cut(d.Text[at:], " ")
				d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: at, End: at + len(word)}})
			}
			s := annot.Span{Start: start, End: len(d.Text)}
			d.Sentences = append(d.Sentences, annot.Sentence{Span: s, Paragraph: len(d.Paragraphs), FirstToken: first, EndToken: len(d.Tokens)})
			d.Paragraphs = append(d.Paragraphs, annot.Paragraph{Span: s, Zone: annot.Body})
			for i, name := range []string{"Velmont", "Zoé Almgren"} {
				entity := entities + 4 - 3*i
				at := start + strings.Index(plain, name)
				d.Entities[entity-1].Mentions = append(d.Entities[entity-1].Mentions, len(d.Mentions))
				d.Mentions = append(d.Mentions, annot.Mention{Span: annot.Span{Start: at, End: at + len(name)}, Type: d.Entities[entity-1].Type,
					Entity: entity, By: "model/crf", Confidence: 0.97})
			}
		}
		d.Text += "\n\n"
	}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	return d
}

func BenchmarkNew(b *testing.B) {
	d, in := long(b), input()
	for _, unit := range []output.Unit{output.Byte, output.Codepoint, output.UTF16} {
		b.Run(unit.String(), func(b *testing.B) {
			b.SetBytes(int64(len(d.Text)))
			b.ReportAllocs()
			for b.Loop() {
				output.New(d, in, output.Options{Offsets: unit})
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	d := long(b)
	r := output.New(d, input(), output.Options{Tool: tool})
	for _, f := range formats {
		b.Run(f.String(), func(b *testing.B) {
			w := output.NewWriter(io.Discard, f)
			b.SetBytes(int64(len(d.Text)))
			b.ReportAllocs()
			for b.Loop() {
				if err := w.Write(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	d := long(b)
	r := output.New(d, input(), output.Options{})
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := output.Check(r); err != nil {
			b.Fatal(err)
		}
	}
}
