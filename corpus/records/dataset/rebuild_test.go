package dataset

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A flatRow is a row of a table as JSON has it.
type flatRow map[string]any

func (r flatRow) text(key string) string { return r[key].(string) }
func (r flatRow) int(key string) int     { return int(r[key].(float64)) }

func (r flatRow) optional(key string) *string {
	if r[key] == nil {
		return nil
	}
	return new(r.text(key))
}

// local is the id within the record.
func (r flatRow) local(key string) string {
	return strings.TrimPrefix(r.text(key), r.text("doc_id")+"_")
}

func (r flatRow) span(prefix string) *output.Span {
	if r[prefix+"_start"] == nil {
		return nil
	}
	return &output.Span{Start: r.int(prefix + "_start"), End: r.int(prefix + "_end"), Text: r.optional(prefix)}
}

// flatRows returns the rows of all tables of a record, and fails unless each line is an object with just the columns.
func flatRows(t rapid.TB, r *output.Record) map[string][]flatRow {
	out := map[string][]flatRow{}
	for _, name := range FlatTables() {
		var b bytes.Buffer
		w, err := NewFlat(&b, name, JSONL)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b.Bytes()) {
			var row flatRow
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatalf("%s: %v in %s", name, err, line)
			}
			for _, c := range tableOf(name).Columns {
				v, ok := row[c.Name]
				if !ok || v == nil && c.Required {
					t.Fatalf("%s: no %s in %s", name, c.Name, line)
				}
			}
			if len(row) != len(tableOf(name).Columns) {
				t.Fatalf("%s: other columns in %s", name, line)
			}
			out[name] = append(out[name], row)
		}
	}
	return out
}

func tableOf(name string) *Table {
	for i := range tables() {
		if tables()[i].Name == name {
			return &tables()[i]
		}
	}
	panic(name)
}

// rebuild makes the record again out of its rows.
func rebuild(rows map[string][]flatRow) *output.Record {
	d := rows["documents"][0]
	r := &output.Record{Schema: output.DocumentSchema, DocID: d.text("doc_id"), Offsets: d.text("offsets"), Text: d.optional("text"), TextSHA256: d.text("text_sha256"), DuplicateOf: d.optional("duplicate_of"),
		Source: output.Source{Path: d.text("source_path"), Member: d.optional("source_member"), Index: d.int("source_index"), SHA256: d.optional("source_sha256"), Encoding: d.optional("source_encoding")},
		Meta:   output.Meta{ID: d.optional("meta_id"), Title: d.optional("title"), Date: d.optional("date"), URL: d.optional("url")},
		Tool:   output.Tool{Name: d.text("tool_name"), Version: d.text("tool_version"), RulesSHA256: d.optional("rules_sha256"), Model: d.optional("model")}}
	if d["source_bytes"] != nil {
		r.Source.Bytes = new(int64(d.int("source_bytes")))
	}
	if extra := d.optional("meta_extra"); extra != nil {
		dec := json.NewDecoder(strings.NewReader(*extra))
		dec.UseNumber()
		if err := dec.Decode(&r.Meta.Extra); err != nil {
			panic(err)
		}
	}
	for _, row := range rows["authors"] {
		r.Meta.Authors = append(r.Meta.Authors, row.text("name"))
	}
	for _, row := range rows["repairs"] {
		r.Source.Repairs = append(r.Source.Repairs, output.Repair{Kind: row.text("kind"), Count: row.int("count"), First: row.int("first")})
	}
	for _, row := range rows["warnings"] {
		w := output.Warning{Code: row.text("code"), Message: row.text("message")}
		if row["start"] != nil {
			w.Start = new(row.int("start"))
		}
		r.Warnings = append(r.Warnings, w)
	}
	for _, row := range rows["paragraphs"] {
		r.Paragraphs = append(r.Paragraphs, output.Paragraph{Start: row.int("start"), End: row.int("end"), Zone: row.text("zone")})
	}
	for _, row := range rows["sentences"] {
		r.Sentences = append(r.Sentences, output.Sentence{SentenceID: row.local("sentence_id"), Start: row.int("start"), End: row.int("end"), Paragraph: row.int("paragraph"), Zone: row.text("zone")})
	}
	for _, row := range rows["quoted_spans"] {
		r.QuotedSpans = append(r.QuotedSpans, output.QuotedSpan{Start: row.int("start"), End: row.int("end"), Text: row.optional("text"), Why: row.text("why")})
	}
	rebuildEntities(r, rows)
	rebuildQuotes(r, rows)
	return r
}

func rebuildEntities(r *output.Record, rows map[string][]flatRow) {
	at := map[string]int{}
	for i, row := range rows["entities"] {
		at[row.text("entity_id")] = i
		r.Entities = append(r.Entities, output.Entity{EntityID: row.local("entity_id"), Type: row.text("type"), Name: row.text("name"), Role: row.optional("role"), Gender: row.optional("gender")})
	}
	for _, row := range rows["entity_aliases"] {
		e := &r.Entities[at[row.text("entity_id")]]
		e.Aliases = append(e.Aliases, row.text("alias"))
	}
	for _, row := range rows["mentions"] {
		e := &r.Entities[at[row.text("entity_id")]]
		e.Mentions = append(e.Mentions, output.Mention{Start: row.int("start"), End: row.int("end"), Text: row.optional("text"), Zone: row.text("zone"), By: row.text("by"), Confidence: row["confidence"].(float64)})
	}
}

func rebuildQuotes(r *output.Record, rows map[string][]flatRow) {
	at := map[string]int{}
	for i, row := range rows["quotes"] {
		at[row.text("quote_id")] = i
		q := output.Quote{QuoteID: row.local("quote_id"), Kind: row.text("kind"), Status: row.text("status"), Zone: row.text("zone"), Text: row.optional("text"), Cue: row.span("cue"), By: row.optional("by"), Fingerprint: row.optional("fingerprint"),
			Confidence: row["confidence"].(float64)}
		if row["parent_id"] != nil {
			q.ParentID = new(row.local("parent_id"))
		}
		if flags := row.optional("flags"); flags != nil {
			q.Flags = strings.Split(*flags, separator)
		}
		if row["speaker_type"] != nil {
			q.Speaker = &output.Speaker{Name: row.optional("speaker_name"), Type: row.text("speaker_type"), Role: row.optional("speaker_role"), Affiliation: row.optional("speaker_affiliation"),
				Mention: row.span("speaker_mention"), ResolvedBy: row.optional("resolved_by")}
		}
		r.Quotes = append(r.Quotes, q)
	}
	for _, row := range rows["quote_parts"] {
		q := &r.Quotes[at[row.text("quote_id")]]
		q.Parts = append(q.Parts, output.Part{Start: row.int("start"), End: row.int("end"), Text: row.optional("text")})
	}
	for _, row := range rows["quote_speakers"] {
		s := r.Quotes[at[row.text("quote_id")]].Speaker
		s.EntityIDs = append(s.EntityIDs, row.local("entity_id"))
	}
	for _, row := range rows["quote_candidates"] {
		c := output.Candidate{Name: row.text("name"), Score: row["score"].(float64)}
		if row["entity_id"] != nil {
			c.EntityID = new(row.local("entity_id"))
		}
		s := r.Quotes[at[row.text("quote_id")]].Speaker
		s.Candidates = append(s.Candidates, c)
	}
}

// cleaned is the record without what tables cannot hold.
func cleaned(t rapid.TB, r *output.Record) *output.Record {
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	out := new(output.Record)
	if err := json.Unmarshal(bytes.ReplaceAll(data, []byte(`\u0000`), []byte("\ufffd")), out); err != nil {
		t.Fatal(err)
	}
	return out
}

// The tables lose nothing: the record can be made again out of their rows.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t, 1)
		if err := output.Check(r); err != nil {
			t.Fatalf("the test's own record: %v", err)
		}
		if rapid.Bool().Draw(t, "strip") {
			strip(r)
			if err := output.Check(r); err != nil {
				t.Fatal(err)
			}
		}
		want, got := cleaned(t, r), rebuild(flatRows(t, r))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(output.Record{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Every span of every table is the text beside it, in each unit.
func TestSpans(t *testing.T) {
	slices := func(unit output.Unit, text string, start, end int) string {
		o := output.NewOffsets(text, unit)
		i, ok := o.Byte(start)
		j, ok2 := o.Byte(end)
		if !ok || !ok2 {
			return "no such place"
		}
		return text[i:j]
	}
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t, 1)
		unit := rapid.SampledFrom([]output.Unit{output.Codepoint, output.Byte, output.UTF16}).Draw(t, "unit")
		if err := convert(r, unit); err != nil {
			t.Fatal(err)
		}
		if err := output.Check(r); err != nil {
			t.Fatalf("converted: %v", err)
		}
		text := *r.Text
		for table, rows := range flatRows(t, r) {
			for _, row := range rows {
				for _, c := range []struct{ start, end, text string }{{"start", "end", "text"}, {"cue_start", "cue_end", "cue"}, {"speaker_mention_start", "speaker_mention_end", "speaker_mention"}} {
					if row[c.start] == nil || row[c.text] == nil || row[c.end] == nil || row["n_parts"] != nil && row.int("n_parts") != 1 && c.start == "start" {
						continue
					}
					if want, got := slices(unit, text, row.int(c.start), row.int(c.end)), row.text(c.text); want != got {
						t.Fatalf("%s: %s is %q, but the text there is %q", table, c.text, got, want)
					}
				}
			}
		}
		for _, row := range flatRows(t, r)["sentences"] {
			if row["text"] == nil {
				t.Fatal("a sentence without its text")
			}
		}
		if err := convert(r, output.Codepoint); err != nil {
			t.Fatal(err)
		}
		if err := output.Check(r); err != nil {
			t.Fatalf("converted back: %v", err)
		}
	})
}
