package output_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"
)

// names lists what an enum's values from 1 on are called, up to the first that has only a number.
func names[T ~uint8](stringer func(T) string) []string {
	out := []string{}
	for i := T(1); ; i++ {
		name := stringer(i)
		if _, err := strconv.Atoi(name); err == nil {
			return out
		}
		out = append(out, name)
	}
}

func zones() []string        { return names(annot.Zone.String) }
func kinds() []string        { return names(annot.Kind.String) }
func statuses() []string     { return names(annot.Status.String) }
func speakerTypes() []string { return names(annot.SpeakerType.String) }
func whys() []string         { return names(annot.Why.String) }
func types() []string        { return names(annot.Type.String) }
func flags() []string        { return annot.Flags(1<<32 - 1).Names() }

// traps are words that formats, or their readers, get wrong.
var traps = []string{"no", "y", "on", "null", "~", "1.10", "0x1F", "1e3", "2024-01-05", "12:30", "-", "- a", "a: b", "a #b", "<<", "=", "[", "{}", "'", `"`, `\`,
	"", " ", " a", "a ", "\ta", "a\nb", "\na", "a\n", "a\n\n", "a\n b", "a \nb", "a\r\nb", "\u00a0", "\u0085", "\u2028", "\u2029", "\ufeff", "\u200b", "\x00", "\x07", "\x1b", "\x7f",
	"\ufffd", "\ufffe", "<b>&amp;", "🎉", "e\u0301", "a\n🎉", "---", "...", "a\n---\nb", "%", "@", "`", "!!str", "*a", "&a", "|", ">", "?", "NaN", ".inf"}

func anyString() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(traps), rapid.String(), rapid.Map(rapid.SliceOfN(rapid.SampledFrom(traps), 0, 4), func(s []string) string { return strings.Join(s, "") }))
}

// words have no white space, gaps nothing else.
var words = []string{"the", "“ferry”", "é", "e\u0301", "🎉", "👩‍👩‍👧", "𝔊", "<b>", "&", "\"", "\x07", "\u200b", "\ufeff", "\x7f", "\ufffd", "no:", "#", "---", "\\u0041", "—"}
var gaps = []string{" ", "  ", "\t", "\u00a0", "\u2028", "\u0085", "\n", " \n "}

// document draws a sound document with something in every layer that a record shows.
func document(t *rapid.T) *annot.Document {
	var text strings.Builder
	d := annot.New("random", "")
	for p := range rapid.IntRange(0, 4).Draw(t, "paragraphs") {
		if p > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		for s := range rapid.IntRange(1, 4).Draw(t, "sentences") {
			if s > 0 {
				text.WriteString(rapid.SampledFrom(gaps).Draw(t, "gap"))
			}
			sentence := annot.Sentence{Paragraph: p, FirstToken: len(d.Tokens)}
			for w := range rapid.IntRange(1, 8).Draw(t, "words") {
				if w > 0 {
					text.WriteString(rapid.SampledFrom(gaps).Draw(t, "gap"))
				}
				from := text.Len()
				text.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
				d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: from, End: text.Len()}})
			}
			sentence.EndToken = len(d.Tokens)
			sentence.Span = annot.Span{Start: d.Tokens[sentence.FirstToken].Start, End: text.Len()}
			d.Sentences = append(d.Sentences, sentence)
		}
		d.Paragraphs = append(d.Paragraphs, annot.Paragraph{Span: annot.Span{Start: start, End: text.Len()}, Zone: pick[annot.Zone](t, "zone", zones())})
	}
	d.Text = text.String()
	if len(d.Tokens) > 0 {
		annotate(t, d)
	}
	if err := d.Validate(); err != nil {
		t.Fatalf("the test's own document: %v", err)
	}
	return d
}

func pick[T ~uint8](t *rapid.T, label string, names []string) T {
	return T(rapid.IntRange(1, len(names)).Draw(t, label))
}

// spans draws ranges of tokens that do not overlap, in order, each within one paragraph.
func spans(t *rapid.T, d *annot.Document, label string) []annot.Span {
	out := []annot.Span{}
	for i := rapid.IntRange(0, 3).Draw(t, label); i < len(d.Tokens); {
		j := min(i+rapid.IntRange(0, 5).Draw(t, label), lastToken(d, i))
		out = append(out, annot.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End})
		i = j + 1 + rapid.IntRange(0, 6).Draw(t, label)
	}
	return out
}

// lastToken returns the last token of the paragraph that token i is in.
func lastToken(d *annot.Document, i int) int {
	p := slices.IndexFunc(d.Paragraphs, func(p annot.Paragraph) bool { return d.Tokens[i].End <= p.End })
	for i+1 < len(d.Tokens) && d.Tokens[i+1].End <= d.Paragraphs[p].End {
		i++
	}
	return i
}

func annotate(t *rapid.T, d *annot.Document) {
	confidence := rapid.Float64Range(0, 1)
	named := rapid.StringN(1, 10, -1)
	for i, s := range spans(t, d, "mentions") {
		id := i + 1
		m := annot.Mention{Span: s, Type: pick[annot.Type](t, "type", types()), By: "random/rule", Confidence: confidence.Draw(t, "confidence")}
		if n := len(d.Entities); n > 0 && rapid.Bool().Draw(t, "known") {
			m.Entity = rapid.IntRange(1, n).Draw(t, "entity")
			d.Entities[m.Entity-1].Mentions = append(d.Entities[m.Entity-1].Mentions, i)
		} else {
			m.Entity = n + 1
			d.Entities = append(d.Entities, annot.Entity{ID: m.Entity, Type: m.Type, Name: named.Draw(t, "name"), Role: anyString().Draw(t, "role"),
				Gender: annot.Gender(id % 3), Mentions: []int{i}})
		}
		d.Mentions = append(d.Mentions, m)
	}
	for i, s := range spans(t, d, "quotes") {
		q := annot.Quote{ID: i + 1, Parts: []annot.Span{s}, Kind: pick[annot.Kind](t, "kind", kinds()), Zone: pick[annot.Zone](t, "zone", zones()),
			Parent: i, Flags: annot.Flags(rapid.Uint32().Draw(t, "flags"))}
		q.Attribution = attribution(t, d, s)
		d.Quotes = append(d.Quotes, q)
	}
	for _, s := range spans(t, d, "quoted spans") {
		d.QuotedSpans = append(d.QuotedSpans, annot.QuotedSpan{Span: s, Why: pick[annot.Why](t, "why", whys())})
		d.Warnings = append(d.Warnings, annot.Warning{Code: "code", Message: anyString().Draw(t, "message"), Start: rapid.SampledFrom([]int{-1, s.Start, len(d.Text)}).Draw(t, "start")})
	}
}

func attribution(t *rapid.T, d *annot.Document, s annot.Span) annot.Attribution {
	a := annot.Attribution{Status: annot.Status(rapid.IntRange(0, 3).Draw(t, "status")), By: "random/rule", Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")}
	if a.Status == annot.Ambiguous && len(d.Entities) == 0 { // candidates are entities
		a.Status = annot.Unattributed
	}
	sp := &a.Speaker
	if rapid.Bool().Draw(t, "cue") {
		a.Cue = s
	}
	switch a.Status {
	case annot.Attributed:
		*sp = annot.Speaker{Type: pick[annot.SpeakerType](t, "speaker", speakerTypes()), Mention: s, Name: anyString().Draw(t, "name"), ResolvedBy: "name"}
	case annot.Ambiguous:
		sp.Mention = s
		for i := range 2 {
			sp.Candidates = append(sp.Candidates, annot.Candidate{Entity: min(i+1, len(d.Entities)), Name: "a", Score: 0.5})
		}
	}
	for e := range d.Entities {
		if a.Status == annot.Attributed && e%2 == 0 {
			sp.Entities = append(sp.Entities, e+1)
		}
	}
	return a
}

func anyMeta(t *rapid.T) output.Meta {
	optional := rapid.Ptr(anyString(), true)
	m := output.Meta{ID: optional.Draw(t, "id"), Title: optional.Draw(t, "title"), Date: optional.Draw(t, "date"), URL: optional.Draw(t, "url"),
		Authors: rapid.SliceOfN(anyString(), 0, 3).Draw(t, "authors")}
	value := rapid.OneOf(rapid.Map(anyString(), func(s string) any { return s }), rapid.Just[any](nil), rapid.Just[any](true),
		rapid.Map(rapid.Float64(), func(f float64) any { return f }), rapid.SampledFrom([]any{json.Number("1.10"), json.Number("0"), json.Number("12345678901234567890"), json.Number("1E5"), json.Number("-0.0e-7")}),
		rapid.Map(rapid.MapOfN(anyString(), anyString(), 0, 3), func(m map[string]string) any {
			out := map[string]any{}
			for k, v := range m {
				out[k] = []any{v, map[string]any{}}
			}
			return out
		}))
	// A key may be too long to be one of YAML's simple keys.
	key := rapid.OneOf(anyString(), rapid.Map(anyString(), func(s string) string { return strings.Repeat(s+"k", 300) }))
	m.Extra = rapid.MapOfN(key, value, 0, 4).Draw(t, "extra")
	return m
}

func TestRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := document(t)
		in := output.Input{Meta: anyMeta(t), DuplicateOf: rapid.Ptr(rapid.Just("d_0123456789abcdef"), true).Draw(t, "duplicate"),
			Source: output.Source{Path: anyString().Draw(t, "path"), Member: rapid.Ptr(anyString(), true).Draw(t, "member"), SHA256: new(hash), Bytes: new(int64(1)), Encoding: new("utf-8")}}
		opt := output.Options{Text: rapid.SampledFrom([]output.TextMode{output.TextFull, output.TextNone}).Draw(t, "text"), Misc: rapid.Bool().Draw(t, "misc"), Tool: tool}
		for _, opt.Offsets = range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
			r := output.New(d, in, opt)
			if err := output.Check(r); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := output.NewWriter(&b, output.JSONL).Write(r); err != nil {
				t.Fatal(err)
			}
			line := b.Bytes()
			if n := bytes.Count(line, []byte("\n")); n != 1 || bytes.ContainsAny(line, "\u2028\u2029") {
				t.Fatalf("not one line: %q", line)
			}
			s, err := compiled()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(plain(t, line)); err != nil {
				t.Fatal(err)
			}
			sameAgain(t, line)
			sameYAML(t, r, line)
		}
	})
}

// sameAgain checks that a line, read and written again, is the same line.
func sameAgain(t rapid.TB, line []byte) {
	var r output.Record
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := output.NewWriter(&b, output.JSONL).Write(&r); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(line), b.String()); diff != "" {
		t.Fatal(diff)
	}
}

// sameYAML checks that the YAML of a record holds the data of its JSON.
func sameYAML(t rapid.TB, r *output.Record, line []byte) {
	var b bytes.Buffer
	if err := output.NewWriter(&b, output.YAML).Write(r); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("---\nschema: \"quoth/document/1\"\n")) {
		t.Fatalf("starts with %.60q", b.String())
	}
	var got any
	if err := yaml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	var want any
	if err := json.Unmarshal(line, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, floats(got)); diff != "" {
		t.Fatalf("%s\n%s", diff, &b)
	}
}

func plain(t rapid.TB, line []byte) any {
	var v any
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// floats gives the numbers of YAML the one type that encoding/json has for them.
func floats(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = floats(e)
		}
	case []any:
		for i, e := range v {
			v[i] = floats(e)
		}
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case map[any]any:
		panic(fmt.Sprintf("a key that is no string: %v", v))
	}
	return v
}
