package output_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

var update = flag.Bool("update", false, "write the golden files")

func written(t testing.TB, f output.Format, records ...*output.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := output.NewWriter(&b, f)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	tests := []struct {
		file string
		opt  output.Options
	}{
		{"codepoint.json", output.Options{}},
		{"codepoint.jsonl", output.Options{}},
		{"codepoint.yaml", output.Options{}},
		{"byte.json", output.Options{Offsets: output.Byte}},
		{"utf16.json", output.Options{Offsets: output.UTF16}},
		{"misc.json", output.Options{Misc: true}},
		{"no-text.json", output.Options{Text: output.TextNone}},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			test.opt.Tool = tool
			r := output.New(annotated(t), input(), test.opt)
			if err := output.Check(r); err != nil {
				t.Error(err)
			}
			f, _ := output.ParseFormat(strings.TrimPrefix(filepath.Ext(test.file), "."))
			got := written(t, f, r)
			if again := written(t, f, output.New(annotated(t), input(), test.opt)); !bytes.Equal(got, again) {
				t.Error("a second run differs")
			}
			file := filepath.Join("testdata", test.file)
			if *update {
				if err := os.WriteFile(file, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEmptyArticle(t *testing.T) {
	r := output.New(annot.New("", ""), output.Input{}, output.Options{})
	if err := output.Check(r); err != nil {
		t.Error(err)
	}
	line := string(written(t, output.JSONL, r))
	for _, want := range []string{`"repairs":[]`, `"authors":[]`, `"text":""`, `"paragraphs":[]`, `"sentences":[]`, `"entities":[]`, `"quotes":[]`,
		`"quoted_spans":[]`, `"warnings":[]`, `"duplicate_of":null`} {
		if !strings.Contains(line, want) {
			t.Errorf("want %s in %s", want, line)
		}
	}
}

// Every boundary of an article, converted by New, is where the standard library's own conversion puts it.
func TestUnits(t *testing.T) {
	texts := []string{"", "plain", strings.Repeat("x", 64), strings.Repeat("x", 63) + "é", strings.Repeat("x", 62) + "🎉" + strings.Repeat("é", 70),
		strings.Repeat("🎉e\u0301–x", 100), strings.Repeat("é", 32), article}
	for _, text := range texts {
		d := annot.New("", text)
		boundaries := []int{}
		for i := range text {
			boundaries = append(boundaries, i)
		}
		boundaries = append(boundaries, len(text))
		for _, i := range boundaries {
			d.Warnings = append(d.Warnings, annot.Warning{Code: "here", Start: i})
		}
		for unit, length := range map[output.Unit]func(string) int{
			output.Byte:      func(s string) int { return len(s) },
			output.Codepoint: utf8.RuneCountInString,
			output.UTF16:     func(s string) int { return len(utf16.Encode([]rune(s))) },
		} {
			r := output.New(d, output.Input{}, output.Options{Offsets: unit})
			if err := output.Check(r); err != nil {
				t.Errorf("%s: %v", unit, err)
			}
			for i, b := range boundaries {
				if want, got := length(text[:b]), *r.Warnings[i].Start; want != got {
					t.Fatalf("%.20q %s: byte %d: want %d, got %d", text, unit, b, want, got)
				}
			}
		}
	}
}

func TestDocID(t *testing.T) {
	some := output.Source{Path: "a", Member: new("b"), Index: 1, SHA256: new("c")}
	sources := []output.Source{some, {}, {Path: "a"}, {Path: "a", Member: new("")}, {Path: "ab", Index: 1, SHA256: new("c")},
		{Path: "a", Member: new("b"), Index: 2, SHA256: new("c")}, {Path: "a", Member: new("b"), Index: 1, SHA256: new("d")},
		{Path: "a", Member: new("b1:c"), SHA256: new("")}, {Path: "a\xff"}, {Path: "a\xfe"}}
	seen := map[string]int{}
	for i, s := range sources {
		id := output.DocID(s)
		if len(id) != 18 || !strings.HasPrefix(id, "d_") {
			t.Errorf("id %q", id)
		}
		if j, ok := seen[id]; ok {
			t.Errorf("sources %d and %d have one id", i, j)
		}
		seen[id] = i
	}
	// The id is part of the format: it must not change between versions.
	if want, got := "d_e8847c52b0263a9b", output.DocID(some); want != got {
		t.Errorf("want %s, got %s", want, got)
	}
	some.Bytes, some.Encoding, some.Repairs = new(int64(9)), new("utf-8"), []output.Repair{{}}
	if output.DocID(some) != output.DocID(sources[0]) {
		t.Error("the id depends on more than path, member, index and hash")
	}
}

// Only a quote whose speaker is certain counts as attributed, and as named only with a name.
func TestTotals(t *testing.T) {
	speaker := func(name *string) *output.Speaker { return &output.Speaker{Name: name} }
	quote := func(status annot.Status, s *output.Speaker) output.Quote {
		return output.Quote{Status: status.String(), Speaker: s}
	}
	r := &output.Record{
		Sentences: make([]output.Sentence, 3), Entities: make([]output.Entity, 2),
		Quotes: []output.Quote{
			quote(annot.Attributed, speaker(new("Ana Ruiz"))), quote(annot.Attributed, speaker(nil)), quote(annot.Attributed, nil),
			quote(annot.Ambiguous, speaker(new("Ana Ruiz"))),
		},
	}
	want := output.Totals{Sentences: 3, Entities: 2, Quotes: 4, Attributed: 3, Named: 1}
	if got := r.Totals(); got != want {
		t.Errorf("want %+v, got %+v", want, got)
	}
	sum := output.Totals{Sentences: 1, Entities: 1, Quotes: 1, Attributed: 1, Named: 1}
	sum.Add(want)
	if want := (output.Totals{Sentences: 4, Entities: 3, Quotes: 5, Attributed: 4, Named: 2}); sum != want {
		t.Errorf("want %+v, got %+v", want, sum)
	}
}

func TestSpeaker(t *testing.T) {
	mention := annot.Span{Start: 0, End: 5}
	tests := []struct {
		name    string
		speaker annot.Speaker
		want    string
	}{
		{"none", annot.Speaker{}, "null"},
		{"only a mention", annot.Speaker{Mention: mention}, `{"name":null,"type":"unknown","entity_ids":[],"role":null,"affiliation":null,"mention":{"start":0,"end":5,"text":"Ferry"},"resolved_by":null,"candidates":[]}`},
		{"anonymous", annot.Speaker{Type: annot.Anonymous, Affiliation: "Kestrel", Mention: mention}, `{"name":null,"type":"anonymous","entity_ids":[],"role":null,"affiliation":"Kestrel","mention":{"start":0,"end":5,"text":"Ferry"},"resolved_by":null,"candidates":[]}`},
		{"MISC left out", annot.Speaker{Type: annot.Group, Name: "A; B", Entities: []int{3, 2}}, `{"name":"A; B","type":"group","entity_ids":["e2"],"role":null,"affiliation":null,"mention":null,"resolved_by":null,"candidates":[]}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := annotated(t)
			d.Quotes[0].Speaker = test.speaker
			b, err := json.Marshal(output.New(d, input(), output.Options{}).Quotes[0].Speaker)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(b)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A dateline may touch the paragraph after it: “VELMONTThe” is not likely, but no blank need lie between the two.
func TestZoneOfMention(t *testing.T) {
	d := annot.New("", "OSLOAna said.")
	d.Paragraphs = []annot.Paragraph{{Span: annot.Span{Start: 0, End: 4}, Zone: annot.Dateline}, {Span: annot.Span{Start: 4, End: 13}, Zone: annot.Caption}}
	d.Mentions = []annot.Mention{{Span: annot.Span{Start: 0, End: 4}, Type: annot.LOC, Entity: 1, By: "a/b"}, {Span: annot.Span{Start: 4, End: 7}, Type: annot.PER, Entity: 2, By: "a/b"}}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.LOC, Name: "OSLO", Mentions: []int{0}}, {ID: 2, Type: annot.PER, Name: "Ana", Mentions: []int{1}}}
	r := output.New(d, output.Input{}, output.Options{})
	if a, b := r.Entities[0].Mentions[0].Zone, r.Entities[1].Mentions[0].Zone; a != "dateline" || b != "caption" {
		t.Errorf("got %s and %s", a, b)
	}
}

func TestNoAttribution(t *testing.T) {
	d := annotated(t)
	d.Quotes[0].Attribution = annot.Attribution{}
	r := output.New(d, input(), output.Options{Tool: tool})
	if q := r.Quotes[0]; q.Status != "unattributed" || q.By != nil || q.Speaker != nil || q.Cue != nil {
		t.Errorf("got %+v", q)
	}
	valid(t, r)
}

func TestConfidence(t *testing.T) {
	nan := 0.0
	nan /= nan
	for _, test := range []struct{ in, want float64 }{{0.98765, 0.99}, {0.004, 0}, {1, 1}, {-1, 0}, {2, 1}, {nan, 0}, {0.1 + 0.2, 0.3}} {
		d := annotated(t)
		d.Mentions[0].Confidence = test.in
		if got := output.New(d, input(), output.Options{}).Entities[0].Mentions[0].Confidence; test.want != got {
			t.Errorf("%v: want %v, got %v", test.in, test.want, got)
		}
	}
}

// Without texts no word of the article is left but names.
func TestNoText(t *testing.T) {
	line := written(t, output.JSONL, output.New(annotated(t), input(), output.Options{Text: output.TextNone}))
	for _, word := range []string{"again", "sails", "coat", "tea", "pier", "said", "one of", "so-called"} {
		if bytes.Contains(line, []byte(word)) {
			t.Errorf("%q is in %s", word, line)
		}
	}
	if !bytes.Contains(line, []byte("Harbour 𝔊roup")) {
		t.Error("names are to stay")
	}
}

// Fields of the input besides the fixed ones may hold the text under another name.
func TestNoTextMeta(t *testing.T) {
	in := input()
	in.Meta.Extra = map[string]any{"html": "<p>secret</p>"}
	in.Meta.URL = new("https://example.org")
	for mode, held := range map[output.TextMode]bool{output.TextFull: true, output.TextNone: false} {
		line := written(t, output.JSONL, output.New(annotated(t), in, output.Options{Text: mode}))
		if bytes.Contains(line, []byte("secret")) != held {
			t.Errorf("mode %d: want held %t in %s", mode, held, line)
		}
		if !bytes.Contains(line, []byte(`"meta":{"id":"1.10","title":"no","date":"2024-01-05","url":"https://example.org","authors":["~","Ana \"Ash\" Roe"]`)) {
			t.Errorf("mode %d: the fixed fields are to stay: %s", mode, line)
		}
	}
	if in.Meta.Extra["html"] == nil {
		t.Error("the caller's fields are changed")
	}
}

func TestCheckFinds(t *testing.T) {
	tests := []struct {
		want   string
		damage func(r *output.Record)
	}{
		{"text is", func(r *output.Record) { r.Quotes[1].Parts[0].Start++ }},
		{"text is", func(r *output.Record) { r.Quotes[1].Cue.End-- }},
		{"text is", func(r *output.Record) { r.Quotes[1].Speaker.Mention.Text = new("Zoë") }},
		{"text is", func(r *output.Record) { r.Entities[0].Mentions[0].End++ }},
		{"text is", func(r *output.Record) { r.QuotedSpans[0].Text = new("") }},
		{"out of order", func(r *output.Record) { r.QuotedSpans[0].Start = r.QuotedSpans[0].End + 1 }},
		{"out of order", func(r *output.Record) { r.Sentences[0].Start = -1 }},
		{"not in the text", func(r *output.Record) { r.Paragraphs[3].End = 1 << 40 }},
		{"not in the text", func(r *output.Record) { r.Offsets = "byte"; r.Paragraphs[0].End = len("Ferry “") - 1 }},
		{"not in the text", func(r *output.Record) { r.Offsets = "utf16"; r.Paragraphs[0].End = len("Ferry .runs again. ") + 1 }},
		{"not in the text", func(r *output.Record) { r.Warnings[0].Start = new(100000) }},
		{"everywhere or nowhere", func(r *output.Record) { r.Quotes[0].Text = nil }},
		{"everywhere or nowhere", func(r *output.Record) { r.Quotes[0].Parts[0].Text = nil }},
		{"everywhere or nowhere", func(r *output.Record) { r.Text = nil }},
		{"joined by a space", func(r *output.Record) { r.Quotes[0].Text = new("x") }},
		{"fingerprint is not", func(r *output.Record) { r.Quotes[1].Fingerprint = nil }},
		{"fingerprint is not", func(r *output.Record) { r.Quotes[1].Fingerprint = new("f_0123456789abcdef") }},
		{"fingerprint is not", func(r *output.Record) { r.Quotes[2].Fingerprint = new("f_0123456789abcdef") }},
		{"not the hash", func(r *output.Record) { r.TextSHA256 = hash }},
		{"no unit", func(r *output.Record) { r.Offsets = "runes" }},
		{"no paragraph 4", func(r *output.Record) { r.Sentences[5].Paragraph = 4 }},
		{"leaves its paragraph", func(r *output.Record) { r.Sentences[0].Paragraph = 1 }},
		{"no entity e3", func(r *output.Record) { r.Quotes[1].Speaker.EntityIDs = []string{"e3"} }},
		{"no entity e9", func(r *output.Record) { r.Quotes[2].Speaker.Candidates[0].EntityID = new("e9") }},
		{"no parent q4", func(r *output.Record) { r.Quotes[2].ParentID = new("q4") }},
		{"no parent q3", func(r *output.Record) { r.Quotes[2].ParentID = new("q3") }},
		{"two with the id q1", func(r *output.Record) { r.Quotes[1].QuoteID = "q1" }},
		{"two with the id e1", func(r *output.Record) { r.Entities[1].EntityID = "e1" }},
	}
	for i, test := range tests {
		t.Run(fmt.Sprint(i, " ", test.want), func(t *testing.T) {
			r := output.New(annotated(t), input(), output.Options{})
			test.damage(r)
			if err := output.Check(r); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("want %q, got %v", test.want, err)
			}
		})
	}
}

func TestMetaKeepsKeysApart(t *testing.T) {
	const text = `{"id":null,"title":"a","date":null,"url":null,"authors":[],"ID":7,"Title":"<b>","n":1.50}`
	var m output.Meta
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	if m.ID != nil || *m.Title != "a" {
		t.Errorf("got %+v", m)
	}
	b, err := m.MarshalJSON()
	if diff := cmp.Diff(text, string(b)); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if err := json.Unmarshal([]byte(`{"id":7}`), &m); err == nil || !strings.Contains(err.Error(), "meta id") {
		t.Errorf("an id that is a number: got %v", err)
	}
}
