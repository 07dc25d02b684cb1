//go:build unix

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// nastyNames are names, titles and ids that some program takes for something else.
var nastyNames = []string{
	"y", "n", "on", "off", "no", "No", "yes", "true", "null", "NULL", "~", "NA", "N/A", "NaN", "nan", "inf", "None", "-", "#N/A", "#",
	"007", "1e3", "0x1F", "1.10", "1,000", "12:30", "2024-01-05", "2024-01-05T10:00:00Z", "12345678901234567890", "9007199254740993",
	"=1+1", "+1", "-1", "@SUM(A1)", "'quoted'", `"quoted"`, `a "" b`, `"`, `a"b`, "a, b", "a;b", "a|b", "a; b", "a\nb", "a\r\nb", "a\tb", `a\nb`, `a\tb`, `\`, `\\`, `a\`,
	"$a", "{a}", "[a]", "<b>&amp;</b>", "%s", "--", "/*", "';--", "- a", "? a", ": a", "a: b", "a #b", "!!str a", "&a", "*a",
	"a\u2028b", "a\u2029b", "a\u0085b", "a\u00a0b", "a\u200bb", "a\ufeffb", "🚢", "👩‍👩‍👧", "e\u0301", "é", "שלום", "مرحبا", "a\u202eb", "𝒜da", "ı", "ß",
	"a\n/\nb", "a\ngo\nb", "a;\n.quit\nb", "a\rb", "a\x00b", "a\x07b", "a\x1bb", "a\x7fb",
}

// A collection is a run over the gold articles and articles made of nastyNames, in the folder of a toolbox, and what its
// JSON Lines say.
type collection struct {
	*toolbox
	counts map[string]any // see countKeys
	quotes []any          // a row a quote, see quoteKeys
	some   []any          // those of nasty.jsonl and some articles only
}

var (
	countKeys = []string{"documents", "sentences", "entities", "mentions", "quotes", "parts", "right"}
	quoteKeys = []string{"quote_id", "speaker_name", "title", "text", "start", "end"}
)

func newCollection(t *testing.T) *collection {
	c := &collection{toolbox: newToolbox(t)}
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(c.dir, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	articles, err := gold.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(c.dir, "gold"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		write("gold/"+a.Name+".txt", []byte(a.Text))
	}
	var lines, names bytes.Buffer
	list := csv.NewWriter(&names)
	enc := json.NewEncoder(&lines)
	for i, name := range nastyNames {
		person := fmt.Sprintf("Ann %c%cmoor", 'B'+i/10, "aeiouhlrwy"[i%10])
		text := fmt.Sprintf("%s 🚢 e\u0301 \u202eשלום\u202c\x00 %s\n\n“It’s %s, 𝒜, \u2028 é or שלום,\tI say 👩‍👩‍👧,” said %s. “So\nit\r\nis.”\n", name, name, strings.ReplaceAll(name, "\n", " "), person)
		if err := enc.Encode(map[string]any{"id": name, "title": name, "date": name, "url": name, "authors": []string{name, "b"}, "also": map[string]any{name: name}, "text": text}); err != nil {
			t.Fatal(err)
		}
		list.Write([]string{person, "PER", strings.ReplaceAll(name, "\x00", "")})
	}
	list.Flush()
	write("nasty.jsonl", lines.Bytes())
	write("names.csv", append([]byte("name,type,canonical\n"), names.Bytes()...))
	c.run(t, `
		quoth extract --quiet --validate --gazetteer names.csv --out run nasty.jsonl gold
		for f in jsonl csv tsv; do quoth extract --quiet --gazetteer names.csv --flat quotes -o quotes.$f nasty.jsonl gold/b1*.txt; done
		quoth extract --quiet --gazetteer names.csv -o some.yaml nasty.jsonl gold/b1*.txt
		quoth extract --quiet --gazetteer names.csv -o some.jsonl nasty.jsonl gold/b1*.txt
		quoth dataset --quiet --format csv,tsv,parquet,parquet-nested,sqlite,sql -o set run
		quoth dataset --quiet --excel -o sheets run`)
	c.counts, c.quotes = c.read(t, "run/documents.jsonl")
	_, c.some = c.read(t, "some.jsonl")
	return c
}

// read takes the counts and the quotes from JSON Lines and checks the spans.
func (c *collection) read(t *testing.T, file string) (all map[string]any, quotes []any) {
	raw, err := os.ReadFile(filepath.Join(c.dir, file))
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for line := range bytes.Lines(raw) {
		var r output.Record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		runes := []rune(*r.Text)
		span := func(start, end int, text *string) {
			if got := string(runes[start:end]); got != *text {
				t.Errorf("%s: text of %d to %d is %q, want %q", r.DocID, start, end, got, *text)
			}
			counts["right"]++
		}
		counts["documents"]++
		counts["sentences"] += len(r.Sentences)
		counts["entities"] += len(r.Entities)
		counts["quotes"] += len(r.Quotes)
		for _, e := range r.Entities {
			counts["mentions"] += len(e.Mentions)
			for _, m := range e.Mentions {
				span(m.Start, m.End, m.Text)
			}
		}
		for _, q := range r.Quotes {
			counts["parts"] += len(q.Parts)
			for _, p := range q.Parts {
				span(p.Start, p.End, p.Text)
			}
			var name any
			if q.Speaker != nil && q.Speaker.Name != nil {
				name = *q.Speaker.Name
			}
			var title any
			if r.Meta.Title != nil {
				title = *r.Meta.Title
			}
			quotes = append(quotes, map[string]any{
				"quote_id": r.DocID + "_" + q.QuoteID, "speaker_name": name, "title": title, "text": *q.Text,
				"start": float64(q.Parts[0].Start), "end": float64(q.Parts[len(q.Parts)-1].End),
			})
		}
	}
	all = map[string]any{}
	for _, key := range countKeys {
		all[key] = float64(counts[key])
	}
	return all, quotes
}

// rawControl escapes the control characters of nastyNames, which Miller 6.6 writes into JSON as they are.
var rawControl = strings.NewReplacer("\a", `\u0007`, "\x1b", `\u001b`)

// rows reads JSON, an object after the other or arrays of them.
func rows(t *testing.T, out string) []any {
	t.Helper()
	var list []any
	for d := json.NewDecoder(strings.NewReader(rawControl.Replace(out))); d.More(); {
		var v any
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%v in %.300s", err, out)
		}
		if array, ok := v.([]any); ok {
			list = append(list, array...)
		} else {
			list = append(list, v)
		}
	}
	return list
}

// How a format writes a row of a quote. A row of texts has no numbers and no null.
func same(v any) any { return v }

// inSet has U+FFFD for a NUL of meta, as it stands in the tables.
func inSet(v any) any {
	if s, ok := v.(string); ok {
		return strings.ReplaceAll(s, "\x00", "\ufffd")
	}
	return v
}

func asTexts(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return fmt.Sprint(int(v))
	}
	return inSet(v)
}

func asTSV(v any) any {
	if s, ok := inSet(v).(string); ok {
		return strings.NewReplacer("\r\n", " ", "\t", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return v
}

func asTSVTexts(v any) any { return asTSV(asTexts(v)) }

// asMiller: Miller reads CRLF in a cell of CSV as LF.
func asMiller(v any) any { return strings.ReplaceAll(asTexts(v).(string), "\r\n", "\n") }

func asMillerExcel(v any) any { return strings.ReplaceAll(asExcelTexts(v).(string), "\r\n", "\n") }

// asMillerTSV: Miller takes a backslash in TSV for the beginning of an escape.
func asMillerTSV(v any) any {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(asTSVTexts(v).(string))
}

// asCsvkit: csvkit reads every line ending in a cell as LF.
func asCsvkit(v any) any {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(asTexts(v).(string))
}

func asExcel(v any) any {
	if s, ok := inSet(v).(string); ok && s != "" && strings.Contains("=+-@\t\r", s[:1]) {
		return "'" + s
	}
	return inSet(v)
}

func asExcelTexts(v any) any {
	if s, ok := v.(string); ok {
		return asExcel(s)
	}
	return asTexts(v)
}

const (
	// quoteSQL and countSQL are for all who read SQL. In all of them substr counts code points.
	quoteSQL = `SELECT quote_id, speaker_name, title, quotes.text AS text, start, "end" FROM quotes JOIN documents ON quotes.doc_id = documents.doc_id`
	countSQL = `SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM sentences) AS sentences, (SELECT count(*) FROM entities) AS entities,
		(SELECT count(*) FROM mentions) AS mentions, (SELECT count(*) FROM quotes) AS quotes, (SELECT count(*) FROM quote_parts) AS parts,
		(SELECT count(*) FROM quote_parts p JOIN documents d ON p.doc_id = d.doc_id WHERE substr(d.text, p.start + 1, p."end" - p.start) = p.text) +
		(SELECT count(*) FROM mentions p JOIN documents d ON p.doc_id = d.doc_id WHERE substr(d.text, p.start + 1, p."end" - p.start) = p.text) AS "right"`

	jqQuotes = `jq -c '.doc_id as $d | .meta.title as $t | .quotes[] | {quote_id: "\($d)_\(.quote_id)", speaker_name: .speaker.name, title: $t, text, start: .parts[0].start, end: .parts[-1].end}' run/documents.jsonl`
	jqCounts = `jq -nc 'reduce inputs as $r ({}; .documents += 1 | .sentences += ($r.sentences | length) | .entities += ($r.entities | length)
		| .mentions += ([$r.entities[].mentions[]] | length) | .quotes += ($r.quotes | length) | .parts += ([$r.quotes[].parts[]] | length)
		| .right += ([$r.entities[].mentions[], $r.quotes[].parts[] | select($r.text[.start:.end] == .text)] | length))' run/documents.jsonl`

	pythonQuotes = `python3 -c '
import json
for line in open("run/documents.jsonl", encoding="utf-8"):
    r = json.loads(line)
    for q in r["quotes"]:
        print(json.dumps(dict(quote_id=r["doc_id"] + "_" + q["quote_id"], speaker_name=(q["speaker"] or {}).get("name"), title=r["meta"]["title"],
                              text=q["text"], start=q["parts"][0]["start"], end=q["parts"][-1]["end"])))'`
	pythonCounts = `python3 -c '
import json
from collections import Counter
c = Counter()
for line in open("run/documents.jsonl", encoding="utf-8"):
    r = json.loads(line)
    mentions = [m for e in r["entities"] for m in e["mentions"]]
    parts = [p for q in r["quotes"] for p in q["parts"]]
    c.update(documents=1, sentences=len(r["sentences"]), entities=len(r["entities"]), mentions=len(mentions), quotes=len(r["quotes"]), parts=len(parts),
             right=sum(r["text"][s["start"]:s["end"]] == s["text"] for s in mentions + parts))
print(json.dumps(c))'`
	pythonCSV = `python3 -c '
import csv, json, sys
csv.field_size_limit(1 << 30)
def table(name):
    return csv.DictReader(open(sys.argv[1] + "/" + name + ".csv", encoding=sys.argv[2], newline=""), strict=True)
titles = {d["doc_id"]: d["title"] for d in table("documents")}
for q in table("quotes"):
    print(json.dumps(dict({k: q[k] for k in ("quote_id", "speaker_name", "text", "start", "end")}, title=titles[q["doc_id"]])))' `

	// Miller joins, slices and counts.
	mlrJoin   = `mlr -S %s --ojsonl join -j doc_id --lp d_ -f %s/documents.%s then rename d_title,title then cut -o -f quote_id,speaker_name,title,text,start,end %[2]s/quotes.%[3]s`
	mlrCounts = `
		for t in documents sentences entities mentions quotes quote_parts; do mlr --icsv --ojson count -o $t then rename quote_parts,parts set/$t.csv; done | jq -c '.[]?' | jq -sc add > counts
		for t in mentions quote_parts; do mlr --icsv --ojsonl join -j doc_id --lp d_ -f set/documents.csv then filter '$d_text[$start + 1:$end] == $text' then count set/$t.csv; done |
			jq -sc --slurpfile c counts '$c[0] + {right: map(.count) | add}'`
)

// duckdb returns a call of DuckDB with a query on views.
func duckdb(views, query string) string {
	return "duckdb -json -c '" + strings.ReplaceAll(views+query, "'", `'\''`) + "'"
}

// duckViews makes views of the tables: format is what reads a table, with %s for its name.
func duckViews(format string) string {
	var b strings.Builder
	for _, table := range []string{"documents", "sentences", "entities", "mentions", "quotes", "quote_parts"} {
		fmt.Fprintf(&b, "CREATE VIEW %s AS FROM "+format+";\n", table, table)
	}
	return b.String()
}

// duckNested makes the same views of records.
func duckNested(records, title string) string {
	return `CREATE TABLE records AS FROM ` + records + `;
		CREATE VIEW documents AS SELECT doc_id, text, ` + title + ` AS title FROM records;
		CREATE VIEW sentences AS SELECT unnest(sentences) FROM records;
		CREATE VIEW entities AS SELECT doc_id, text AS article, unnest(entities, max_depth := 2) FROM records;
		CREATE VIEW mentions AS SELECT doc_id, m.start, m.end, m.text FROM (SELECT doc_id, unnest(mentions) AS m FROM entities);
		CREATE VIEW q AS SELECT doc_id, unnest(quotes) AS q FROM records;
		CREATE VIEW quotes AS SELECT doc_id, doc_id || '_' || q.quote_id AS quote_id, q.speaker.name AS speaker_name, q.text AS text, q.parts[1].start AS start, q.parts[-1].end AS "end" FROM q;
		CREATE VIEW quote_parts AS SELECT doc_id, p.start, p.end, p.text FROM (SELECT doc_id, unnest(q.parts) AS p FROM q);
	`
}

// The real programs read the same quotes, names and numbers from every format as from the JSON Lines, and the spans
// that they cut out of the texts are the texts that stand beside them.
func TestConsumers(t *testing.T) {
	effort.Slow(t)
	t.Parallel()
	c := newCollection(t)
	if len(c.quotes) < 500 || c.counts["mentions"].(float64) < 1000 {
		t.Errorf("only %d quotes and %v mentions were found", len(c.quotes), c.counts["mentions"])
	}
	const csvkitTables = "set/documents.csv set/sentences.csv set/entities.csv set/mentions.csv set/quotes.csv set/quote_parts.csv"
	untitled := `SELECT quote_id, speaker_name, text, start, "end" FROM `
	for _, test := range []struct {
		program, format string
		quotes          string        // a script that writes the rows of the quotes as JSON
		as              func(any) any // how the format writes a value
		counts          string        // a script that writes an object of counts, or ""
	}{
		{"jq", "jsonl", jqQuotes, same, jqCounts},
		{"jq", "flat jsonl", `jq -c '{quote_id, speaker_name, text, start, "end": .end}' quotes.jsonl`, same, ""},
		{"python3", "jsonl", pythonQuotes, same, pythonCounts},
		{"python3", "csv", pythonCSV + "set utf-8", asTexts, ""},
		{"python3", "excel", pythonCSV + "sheets utf-8-sig", asExcelTexts, ""},
		{"mlr", "csv", fmt.Sprintf(mlrJoin, "--icsv", "set", "csv"), asMiller, mlrCounts},
		{"mlr", "excel", fmt.Sprintf(mlrJoin, "--icsv", "sheets", "csv"), asMillerExcel, ""},
		{"mlr", "tsv", fmt.Sprintf(mlrJoin, "--itsv", "set", "tsv"), asMillerTSV, ""},
		{"mlr", "flat jsonl", `mlr --ijsonl --ojsonl cut -o -f quote_id,speaker_name,text,start,end quotes.jsonl`, same, ""},
		{"csvcut", "csv", `csvcut -c quote_id,speaker_name,text,start,end set/quotes.csv | csvjson -I --blanks`, asTexts, ""},
		{"csvcut", "excel", `csvcut -e utf-8-sig -c quote_id,speaker_name,text,start,end sheets/quotes.csv | csvjson -I --blanks`, asExcelTexts, ""},
		{"csvcut", "tsv", `csvcut -t -u 3 -c quote_id,speaker_name,text,start,end set/quotes.tsv | csvjson -I --blanks`, asTSVTexts, ""},
		{"csvcut", "flat csv", `csvcut -c quote_id,speaker_name,text,start,end quotes.csv | csvjson -I --blanks`, asTexts, ""},
		{"csvcut", "flat tsv", `csvcut -t -u 3 -c quote_id,speaker_name,text,start,end quotes.tsv | csvjson -I --blanks`, asTSVTexts, ""},
		{"csvsql", "csv", fmt.Sprintf("csvsql -I --blanks --query '%s' %s | csvjson -I --blanks", quoteSQL, csvkitTables), asCsvkit,
			fmt.Sprintf("csvsql -I --blanks --query '%s' %s | csvjson", countSQL, csvkitTables)},
		{"sqlite3", "sqlite", fmt.Sprintf("sqlite3 -json set/quoth.db '%s'", quoteSQL), inSet, fmt.Sprintf("sqlite3 -json set/quoth.db '%s'", countSQL)},
		{"sqlite3", "sql", fmt.Sprintf("sqlite3 -bail made.db < set/quoth.sql; sqlite3 -json made.db '%s'", quoteSQL), inSet, fmt.Sprintf("sqlite3 -json made.db '%s'", countSQL)},
		{"duckdb", "parquet", duckdb(duckViews("'set/%s.parquet'"), quoteSQL), inSet, duckdb(duckViews("'set/%s.parquet'"), countSQL)},
		{"duckdb", "parquet-nested", duckdb(duckNested("'set/records.parquet'", "meta.title"), quoteSQL), inSet, duckdb(duckNested("'set/records.parquet'", "meta.title"), countSQL)},
		{"duckdb", "jsonl", duckdb(duckNested("'run/documents.jsonl'", "meta.title"), quoteSQL), same, duckdb(duckNested("'run/documents.jsonl'", "meta.title"), countSQL)},
		{"duckdb", "flat jsonl", duckdb("", untitled+"'quotes.jsonl'"), same, ""},
		{"duckdb", "csv", duckdb(duckViews("'set/%s.csv'"), quoteSQL), inSet, duckdb(duckViews("'set/%s.csv'"), countSQL)},
		{"duckdb", "excel", duckdb(duckViews("'sheets/%s.csv'"), quoteSQL), asExcel, ""},
		{"duckdb", "tsv", duckdb(duckViews(`read_csv('set/%s.tsv', delim = '\t', quote = '', escape = '')`), quoteSQL), asTSV, ""},
	} {
		t.Run(test.program+"/"+test.format, func(t *testing.T) {
			c.need(t, test.program, "jq")
			quotes := c.quotes
			if strings.HasPrefix(test.format, "flat") {
				quotes = c.some
			}
			got := map[any]any{}
			for _, row := range rows(t, c.run(t, test.quotes)) {
				got[row.(map[string]any)["quote_id"]] = row
			}
			if len(got) != len(quotes) {
				t.Errorf("%d quotes, want %d", len(got), len(quotes))
			}
			bad := 0
			for _, quote := range quotes {
				quote := quote.(map[string]any)
				row, ok := got[quote["quote_id"]].(map[string]any)
				if !ok {
					t.Fatalf("no quote %s", quote["quote_id"])
				}
				want := map[string]any{}
				for _, key := range quoteKeys {
					if _, ok := row[key]; ok || key != "title" {
						want[key] = test.as(quote[key])
					}
				}
				if diff := cmp.Diff(want, row); diff != "" {
					if bad++; bad <= 3 {
						t.Errorf("want -, got +:\n%s", diff)
					}
				}
			}
			if bad > 3 {
				t.Errorf("%d quotes differ", bad)
			}
			if test.counts != "" {
				if diff := cmp.Diff([]any{c.counts}, rows(t, c.run(t, test.counts))); diff != "" {
					t.Errorf("counts, want -, got +:\n%s", diff)
				}
			}
		})
	}
	t.Run("python3/yaml", c.yaml)
	t.Run("sqlite3/checks", c.sqliteChecks)
	t.Run("duckdb/types", c.duckdbTypes)
	t.Run("jq/export", c.exports)
	t.Run("xmllint/labelstudio", c.labelStudio)
}

// Readers of YAML 1.1 take a bare no for a truth value and a bare date for a date: the YAML must hold what the JSON Lines do.
func (c *collection) yaml(t *testing.T) {
	c.need(t, "python3", "python3:yaml")
	got := rows(t, c.run(t, `python3 -c '
import json, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for record in yaml.load_all(open("some.yaml", encoding="utf-8"), loader):
    print(json.dumps(record))'`))
	raw, err := os.ReadFile(filepath.Join(c.dir, "some.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows(t, string(raw)), got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// phrase is what a search for words can be made of.
var phrase = regexp.MustCompile(`(?:^|[^\pL\pM\pN_])(\p{Ll}{2,}(?: \p{Ll}{2,})+)(?:$|[^\pL\pM\pN_])`)

// The databases are sound, and the search finds each quote by words of it.
func (c *collection) sqliteChecks(t *testing.T) {
	c.need(t, "sqlite3")
	c.run(t, "rm -f made.db; sqlite3 -bail made.db < set/quoth.sql")
	var search strings.Builder
	want := 0
	for _, quote := range c.quotes {
		quote := quote.(map[string]any)
		if words := phrase.FindStringSubmatch(quote["text"].(string)); words != nil {
			fmt.Fprintf(&search, "SELECT count(*) FROM quotes_fts JOIN quotes ON quotes.rowid = quotes_fts.rowid WHERE quotes_fts MATCH 'text: \"%s\"' AND quote_id = '%s';\n", words[1], quote["quote_id"])
			want++
		}
	}
	if want < 300 {
		t.Errorf("only %d quotes to search for", want)
	}
	if err := os.WriteFile(filepath.Join(c.dir, "search.sql"), []byte(search.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, db := range []string{"set/quoth.db", "made.db"} {
		if got := c.run(t, fmt.Sprintf("sqlite3 %s 'PRAGMA integrity_check; PRAGMA foreign_key_check'", db)); got != "ok\n" {
			t.Errorf("%s: %s", db, got)
		}
		if got := strings.Count(c.run(t, fmt.Sprintf("sqlite3 %s < search.sql", db)), "1\n"); got != want {
			t.Errorf("%s: %d of %d quotes found", db, got, want)
		}
	}
	if diff := cmp.Diff(c.run(t, `sqlite3 set/quoth.db "SELECT * FROM speakers"`), c.run(t, `sqlite3 made.db "SELECT * FROM speakers"`)); diff != "" {
		t.Errorf("speakers of the database -, of the script +:\n%s", diff)
	}
}

// Where DuckDB guesses the types of columns, ids stay texts and offsets numbers, even if there is one row only.
func (c *collection) duckdbTypes(t *testing.T) {
	c.need(t, "duckdb")
	c.run(t, `printf '%s\n' '“No,” said Ann Lee.' | quoth extract --quiet --out one - && quoth dataset --quiet --format csv,parquet -o oneset one`)
	for _, dir := range []string{"set", "oneset"} {
		for _, ending := range []string{"csv", "parquet"} {
			got := c.run(t, duckdb("", fmt.Sprintf(`SELECT DISTINCT typeof(q.doc_id) AS doc, typeof(q.quote_id) AS quote, typeof(m.mention_id) AS mention, typeof(m.entity_id) AS entity,
				typeof(m.sentence_id) AS sentence, typeof(m.start) IN ('BIGINT', 'INTEGER') AS start, typeof(q.confidence) AS confidence, typeof(q.text) AS text
				FROM '%[1]s/quotes.%[2]s' q JOIN '%[1]s/mentions.%[2]s' m USING (doc_id)`, dir, ending)))
			want := `[{"doc":"VARCHAR","quote":"VARCHAR","mention":"VARCHAR","entity":"VARCHAR","sentence":"VARCHAR","start":true,"confidence":"DOUBLE","text":"VARCHAR"}]` + "\n"
			if got != want {
				t.Errorf("%s/*.%s: %s", dir, ending, got)
			}
		}
	}
}

// Spans in the files for annotation tools that count code points slice to their texts.
func (c *collection) exports(t *testing.T) {
	c.need(t, "jq")
	for _, test := range []struct{ format, spans string }{
		{"labelstudio", `.[] | .data.text as $text | .predictions[].result[] | select(.value) | .value | $text[.start:.end] == .text`},
		{"prodigy", `.text as $text | .tokens[] | $text[.start:.end] == .text`},
		{"webannotation", `select(.target.selector) | .target.selector | (.[] | select(.type == "TextPositionSelector")) as $p | .[] | select(.type == "TextQuoteSelector") | .exact | length == $p.end - $p.start`},
	} {
		out := c.run(t, fmt.Sprintf("quoth export --format %s -o spans.%[1]s run; jq '%s' spans.%[1]s | sort | uniq -c", test.format, test.spans))
		n := 0
		if _, err := fmt.Sscanf(out, "%d true\n", &n); err != nil || n < len(c.quotes) || strings.Contains(out, "false") {
			t.Errorf("%s: %s", test.format, out)
		}
	}
}

// Label Studio's set-up is XML, and has the labels of the tasks.
func (c *collection) labelStudio(t *testing.T) {
	c.need(t, "xmllint", "jq")
	out := c.run(t, `
		quoth export --format labelstudio --config setup -o tasks.json run
		xmllint --noout setup/*.xml
		xmllint --xpath '//Label/@value' setup/*.xml | grep -o '"[^"]*"' | sort > have
		jq '.[].predictions[].result[] | .value.labels[]?' tasks.json | sort -u > need
		test -s need
		comm -13 have need`)
	if out != "" {
		t.Errorf("labels that the set-up does not have: %s", out)
	}
}
