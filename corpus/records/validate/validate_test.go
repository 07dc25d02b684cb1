package validate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/cespare/xxhash/v2"

	"github.com/quoth-nlp/quoth/corpus/records/validate"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// ferry returns the record of an article with one quote.
func ferry(index int) *output.Record {
	d := annot.New("", "“The ferry is late 🚢,” said Mara Ellison.")
	at := func(s string) annot.Span {
		i := strings.Index(d.Text, s)
		return annot.Span{Start: i, End: i + len(s)}
	}
	d.Paragraphs = []annot.Paragraph{{Span: at(d.Text), Zone: annot.Body}}
	d.Mentions = []annot.Mention{{Span: at("Mara Ellison"), Type: annot.PER, Entity: 1, By: "model/crf", Confidence: 0.99}}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "Mara Ellison", Mentions: []int{0}}}
	d.Quotes = []annot.Quote{{ID: 1, Parts: []annot.Span{at("“The ferry is late 🚢,”")}, Kind: annot.Direct, Zone: annot.Body,
		Attribution: annot.Attribution{Status: annot.Attributed, Cue: at("said"), By: "quote-cue/say", Confidence: 0.98,
			Speaker: annot.Speaker{Type: annot.Person, Name: "Mara Ellison", Entities: []int{1}, Mention: at("Mara Ellison"), ResolvedBy: "name"}}}}
	sum, size, encoding := strings.Repeat("0", 64), int64(len(d.Text)), "utf-8"
	in := output.Input{Source: output.Source{Path: "ferry.jsonl", Index: index, SHA256: &sum, Bytes: &size, Encoding: &encoding}}
	return output.New(d, in, output.Options{Tool: output.Tool{Name: "quoth", Version: "v1"}})
}

func written(t testing.TB, f output.Format, records ...*output.Record) string {
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
	return b.String()
}

// findings checks a file as quoth validate does, in one goroutine.
func findings(t testing.TB, text string) (list []validate.Finding, counts validate.Counts) {
	t.Helper()
	f := validate.NewFile("f")
	s := output.NewScanner(f.Reader(iotest.HalfReader(strings.NewReader(text))))
	for {
		frame, err := s.Next()
		if err != nil {
			more, fault := f.End(err)
			if fault != nil {
				t.Fatal(fault)
			}
			return append(list, more...), f.Counts()
		}
		list = append(list, f.Add(validate.Record(frame))...)
	}
}

func TestSound(t *testing.T) {
	for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
		for n := range 4 {
			var records []*output.Record
			for i := range n {
				records = append(records, ferry(i))
			}
			list, counts := findings(t, written(t, format, records...))
			if len(list) > 0 || counts.Documents != n || counts.Quotes != n || counts.Named != n || counts.Entities != n {
				t.Errorf("%v, %d records: %v, %+v", format, n, list, counts)
			}
		}
	}
}

func TestErrorRecords(t *testing.T) {
	var b bytes.Buffer
	for range 2 {
		if err := output.WriteError(&b, output.NewError(output.Source{Path: "a.doc"}, "binary", "not text", "read")); err != nil {
			t.Fatal(err)
		}
	}
	list, counts := findings(t, b.String())
	if len(list) > 0 || counts.Errors != 2 || counts.Failed["binary"] != 2 {
		t.Errorf("%v, %+v", list, counts)
	}
	if list, _ := findings(t, strings.ReplaceAll(b.String(), `"code":"binary"`, `"code":"Not a code"`)); len(list) != 2 || list[0].Code != validate.CodeSchema {
		t.Errorf("%v", list)
	}
}

// Each fault of a file is found, in each format, and told once.
func TestFaults(t *testing.T) {
	id := ferry(0).DocID
	tests := []struct {
		name   string
		damage func([]*output.Record)
		want   string
	}{
		{"span", func(r []*output.Record) { r[0].Quotes[0].Cue.Start++ }, `record: cue of quote q1: text is "said", but [24,27) is "aid"`},
		{"span outside", func(r []*output.Record) { r[1].Entities[0].Mentions[0].End = 99 }, `record: mention of e1: [28,99) is not in the text or cuts a character`},
		{"hash", func(r []*output.Record) { r[2].TextSHA256 = strings.Repeat("0", 64) }, `record: text_sha256 is not the hash of the text`},
		{"entity", func(r []*output.Record) { r[0].Quotes[0].Speaker.EntityIDs[0] = "e9" }, `record: quote q1: no entity e9`},
		{"id", func(r []*output.Record) { r[0].DocID = "d_0000000000000000" }, "doc_id: doc_id is not that of its source, which is " + id},
		{"schema", func(r []*output.Record) { r[0].Quotes[0].Kind = "loud" }, `schema: /quotes/0/kind: value must be one of 'direct', 'mixed', 'transcript', 'block', 'indirect'`},
		{"version", func(r []*output.Record) { r[0].Schema = "quoth/document/2" }, `version: its schema is "quoth/document/2"; this version of quoth knows quoth/document/1 and quoth/error/1`},
		{"duplicate", func(r []*output.Record) { r[0].DuplicateOf = &r[2].DocID }, `duplicate: duplicate_of is ` + ferry(2).DocID + `, but no earlier record of the file has that doc_id`},
		{"order", func(r []*output.Record) {
			r[0].Paragraphs = append(r[0].Paragraphs, output.Paragraph{Start: 0, End: 1, Zone: "body"}, output.Paragraph{Start: 9, End: 9, Zone: "body"}, output.Paragraph{Start: 2, End: 3, Zone: "body"})
		},
			`order: paragraphs are not in the order of the text`},
		{"articles", func(r []*output.Record) { r[1], r[2] = r[2], r[1] }, `order: article 1 of ferry.jsonl comes after article 2`},
		{"none", func(r []*output.Record) { r[2].DuplicateOf = &r[0].DocID }, ``},
	}
	for _, test := range tests {
		for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
			t.Run(test.name+"/"+format.String(), func(t *testing.T) {
				records := []*output.Record{ferry(0), ferry(1), ferry(2)}
				test.damage(records)
				list, _ := findings(t, written(t, format, records...))
				got := ""
				for _, f := range list {
					got += f.Code + ": " + f.Message + "\n"
					if f.Line < 1 || f.Path != "f" {
						t.Errorf("no place: %v", f)
					}
				}
				if strings.TrimSpace(got) != test.want {
					t.Errorf("want %s\ngot %s", test.want, got)
				}
			})
		}
	}
}

func TestTwice(t *testing.T) {
	list, _ := findings(t, written(t, output.JSONL, ferry(0), ferry(1))+written(t, output.JSONL, ferry(0)))
	if len(list) != 2 || list[0].Line != 3 || list[0].DocID != ferry(0).DocID || list[0].Message != "the record at line 1 has the same doc_id" || list[1].Code != validate.CodeOrder {
		t.Errorf("got %v", list)
	}
}

// What is wrong with the bytes is reported even if it hides in a record that is sound otherwise.
func TestBytes(t *testing.T) {
	good := written(t, output.JSONL, ferry(0), ferry(1))
	second := strings.Index(good, "\n") + 1
	array := written(t, output.JSON, ferry(0), ferry(1))
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"mark", "\ufeff" + good, "f:1: a byte order mark; many programs do not read JSON with one\n"},
		{"no end", strings.TrimSuffix(good, "\n"), "f:2: the last line has no end; the file may be cut off\n"},
		{"cut", good[:len(good)-20], "f:2: the record is cut off\nf:2: the last line has no end; the file may be cut off\n"},
		{"CRLF", strings.ReplaceAll(good, "\n", "\r\n"), "f:1: 2 carriage returns, here the first; lines end with LF alone\n"},
		{"invalid", good[:second] + strings.Replace(good[second:], `"v1"`, "\"v\xe9\"", 1), "f:2: not UTF-8: 1 bytes that belong to no character, here the first\n"},
		{"not JSON", "{\"a\":1,}\n" + good, "f:1: no JSON at byte 8 of the record: invalid character '}' looking for beginning of object key string\n"},
		{"no object", good + "[]\n", "f:3: no record: not an object\n"},
		{"cut array", strings.TrimSuffix(array, "]\n"), "f:" + fmt.Sprint(strings.Count(array, "\n")) + ": the file is cut off\n"},
		{"YAML", "---\nschema: [\n---\n- a\n--- *a\n", "f:1: yaml: line 2: did not find expected node content\nf:3: no record: not an object\nf:5: yaml: unknown anchor 'a' referenced\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list, _ := findings(t, test.text)
			got := ""
			for _, f := range list {
				f.DocID = ""
				got += f.String() + "\n"
			}
			if got != test.want {
				t.Errorf("want %sgot %s", test.want, got)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	f := validate.NewFile("f")
	_, err := output.NewScanner(f.Reader(iotest.ErrReader(errors.New("no disk")))).Next()
	if _, err = f.End(err); err == nil || err.Error() != "no disk" {
		t.Errorf("got %v", err)
	}
}

// run returns the folder of a run with two records and an error record.
func run(t testing.TB) fstest.MapFS {
	var e bytes.Buffer
	if err := output.WriteError(&e, output.NewError(output.Source{Path: "a.doc"}, "binary", "not text", "read")); err != nil {
		t.Fatal(err)
	}
	documents := written(t, output.JSONL, ferry(0), ferry(1))
	journal, at := "", 0
	for line := range strings.Lines(documents) {
		journal += fmt.Sprintf(`{"doc_id":"d_","status":"ok","offset":%d,"length":%d,"hash":"%x"}`+"\n", at, len(line), xxhash.Sum64String(line))
		at += len(line)
	}
	journal += fmt.Sprintf(`{"doc_id":null,"status":"failed","offset":0,"length":%d,"hash":"%x"}`+"\n", e.Len(), xxhash.Sum64(e.Bytes()))
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"documents.jsonl": file(documents), "errors.jsonl": file(e.String()), "journal.jsonl": file(journal),
		"run.json": file(`{"schema":"quoth/run/1","complete":true,"counts":{"documents":2,"duplicates":0,"errors":1,"failed":{"binary":1},"quotes":2,"named":2,"words":14}}` + "\n"),
	}
}

func TestRun(t *testing.T) {
	found := validate.Counts{Documents: 2, Errors: 1, Totals: output.Totals{Quotes: 2, Named: 2}, Failed: map[string]int{"binary": 1}}
	edit := func(folder fstest.MapFS, name, old, now string) {
		text := string(folder[name].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("no %s in %s", old, text)
		}
		folder[name].Data = []byte(strings.Replace(text, old, now, 1))
	}
	tests := []struct {
		name   string
		damage func(fstest.MapFS)
		want   string
	}{
		{"sound", func(fstest.MapFS) {}, ""},
		{"no journal", func(f fstest.MapFS) { delete(f, "journal.jsonl") }, ""},
		{"count", func(f fstest.MapFS) { edit(f, "run.json", `"quotes":2`, `"quotes":3`) }, "run.json: counts.quotes is 3, but the records have 2"},
		{"code", func(f fstest.MapFS) { edit(f, "run.json", `"binary":1`, `"too_large":1`) },
			"run.json: counts.failed.binary is 0, but the error records have 1\nrun.json: counts.failed.too_large is 1, but the error records have 0"},
		{"version", func(f fstest.MapFS) { edit(f, "run.json", "run/1", "run/2") }, `run.json: its schema is "quoth/run/2"; this version of quoth knows quoth/run/1`},
		{"incomplete", func(f fstest.MapFS) { edit(f, "run.json", "true", "false") }, "run.json: the run is not complete; resume it"},
		{"partial", func(f fstest.MapFS) { f["partial/done/run.json"] = &fstest.MapFile{} }, "run.json: a later run was stopped while its files were moved here; resume it"},
		{"no JSON", func(f fstest.MapFS) { f["run.json"].Data = []byte("{") }, "run.json: no manifest of a run: unexpected end of JSON input"},
		{"changed", func(f fstest.MapFS) { edit(f, "documents.jsonl", "Mara", "Nora") }, "is not the one that was noted: its hash is "},
		{"missing", func(f fstest.MapFS) { f["errors.jsonl"].Data = nil }, "journal.jsonl:3: errors.jsonl has no "},
		{"no file", func(f fstest.MapFS) { delete(f, "errors.jsonl") }, "journal.jsonl:3: errors.jsonl has no "},
		{"more", func(f fstest.MapFS) { f["errors.jsonl"].Data = append(f["errors.jsonl"].Data, "{}\n"...) }, "journal.jsonl: errors.jsonl goes on at byte "},
		{"gap", func(f fstest.MapFS) { edit(f, "journal.jsonl", `"offset":0`, `"offset":7`) }, "journal.jsonl:1: d_: its record is said to be at byte 7 of documents.jsonl, but the one before it ends at 0"},
		{"cut", func(f fstest.MapFS) {
			f["journal.jsonl"].Data = f["journal.jsonl"].Data[:len(f["journal.jsonl"].Data)-9]
		},
			"journal.jsonl:3: no entry of a journal: the record is cut off\njournal.jsonl:3: the last line has no end; the file may be cut off"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := run(t)
			test.damage(folder)
			list, err := validate.Run(folder, found)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range list {
				got = append(got, f.String())
			}
			if text := strings.Join(got, "\n"); !strings.Contains(text, test.want) || test.want == "" && text != "" {
				t.Errorf("want %s\ngot %s", test.want, text)
			}
		})
	}
}

func TestFindingJSON(t *testing.T) {
	b, err := json.Marshal([]validate.Finding{{Path: "a", Code: "b", Message: "c"}, {Path: "a", Line: 1, DocID: "d_", Code: "b", Message: "c"}})
	want := `[{"schema":"quoth/finding/1","path":"a","line":null,"doc_id":null,"code":"b","message":"c"},{"schema":"quoth/finding/1","path":"a","line":1,"doc_id":"d_","code":"b","message":"c"}]`
	if err != nil || string(b) != want {
		t.Errorf("want %s, got %s, %v", want, b, err)
	}
}

// Whatever a file holds, nothing panics, and a file without findings is read by a Reader.
func FuzzFile(f *testing.F) {
	for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
		f.Add([]byte(written(f, format, ferry(0), ferry(1))))
	}
	f.Add([]byte("\ufeff{}\r\n\xe2\x80"))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, counts := findings(t, string(text))
		if len(list) > 0 || counts.Errors > 0 {
			return
		}
		in := output.NewReader(bytes.NewReader(text))
		for n := 0; ; n++ {
			r, err := in.Read()
			if err == io.EOF {
				if n != counts.Documents {
					t.Fatalf("%d records, %d counted", n, counts.Documents)
				}
				return
			}
			if err != nil {
				t.Fatalf("without findings, but: %v", err)
			}
			if err := output.Check(r); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkRecord(b *testing.B) {
	text := written(b, output.JSONL, ferry(0))
	f, err := output.NewScanner(strings.NewReader(text)).Next()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if r := validate.Record(f); len(r.Findings) > 0 {
			b.Fatal(r.Findings)
		}
	}
}
