package dataset

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

var allFormats = []Format{CSVFiles, TSVFiles, ParquetFiles, ParquetNested, SQLiteDatabase, SQLScript}

// rowsOf returns the rows of all tables as they are before any format.
func rowsOf(t rapid.TB, records []*output.Record) [][][]any {
	out := make([][][]any, len(tables()))
	for _, r := range records {
		a, err := newArticle(r)
		if err != nil {
			t.Fatal(err)
		}
		for i, table := range tables() {
			if table.rows == nil {
				continue
			}
			err := table.rows(a, nil, func(row []any) error {
				out[i] = append(out[i], append([]any{}, row...))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

// write makes a data set of the records, which stay as they are.
func write(t rapid.TB, dir string, opt Options, records ...*output.Record) {
	b, err := Create(dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	for _, r := range records {
		if err := b.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// cells gives rows the form that CSV has them in.
func cells(rows [][]any, change func(any) string) [][]string {
	var out [][]string
	for _, row := range rows {
		var line []string
		for _, v := range row {
			line = append(line, change(v))
		}
		out = append(out, line)
	}
	return out
}

func readCSV(t rapid.TB, path string) [][]string {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func readSQL(t rapid.TB, db *sql.DB, table *Table) [][]any {
	rows, err := db.Query("SELECT * FROM " + name(table.Name) + " ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		values, to := make([]any, len(table.Columns)), make([]any, len(table.Columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if n, ok := v.(int64); ok {
				values[i] = int(n)
			}
		}
		out = append(out, values)
	}
	return out
}

func readParquet(t rapid.TB, path string, table *Table) [][]any {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := parquet.NewGenericReader[any](f)
	defer r.Close()
	var out [][]any
	for {
		rows := make([]parquet.Row, 1)
		n, err := r.ReadRows(rows)
		if n == 1 {
			var values []any
			for i, v := range rows[0] {
				switch {
				case v.IsNull():
					values = append(values, nil)
				case table.Columns[i].Type == Integer:
					values = append(values, int(v.Int64()))
				case table.Columns[i].Type == Number:
					values = append(values, v.Double())
				default:
					values = append(values, string(v.ByteArray()))
				}
			}
			out = append(out, values)
		}
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// newline is what encoding/csv makes of CRLF within a cell when it reads.
var newline = strings.NewReplacer("\r\n", "\n")

// Whatever the values are, each format gives them back.
func TestRoundTrip(t *testing.T) {
	// Databases take long to make, so that there are few of them, with many records.
	sets := rapid.Custom(func(t *rapid.T) []*output.Record {
		var records []*output.Record
		for i := range rapid.IntRange(0, 30).Draw(t, "records") {
			records = append(records, anyRecord(t, i))
		}
		return records
	})
	for seed := range effort.Pick(3, 8) {
		t.Run(fmt.Sprint("seed", seed), func(rt *testing.T) {
			records := sets.Example(seed)
			dir := filepath.Join(t.TempDir(), "set")
			write(rt, dir, Options{Formats: allFormats}, records...)
			want := rowsOf(rt, records)
			db, err := sql.Open("sqlite", filepath.Join(dir, sqliteFile))
			if err != nil {
				rt.Fatal(err)
			}
			defer db.Close()
			script, err := os.ReadFile(filepath.Join(dir, scriptFile))
			if err != nil {
				rt.Fatal(err)
			}
			made, err := sql.Open("sqlite", ":memory:")
			if err != nil {
				rt.Fatal(err)
			}
			defer made.Close()
			made.SetMaxOpenConns(1)
			if _, err := made.Exec(string(script)); err != nil {
				rt.Fatalf("the script: %v\n%s", err, script)
			}
			for i := range tables() {
				table := &tables()[i]
				same := func(format string, want, got any) {
					if diff := cmp.Diff(want, got); diff != "" {
						rt.Fatalf("%s as %s: %s", table.Name, format, diff)
					}
				}
				same("csv", cells(want[i], func(v any) string { return newline.Replace(cell(v)) }), nilIfEmpty(readCSV(rt, filepath.Join(dir, CSVFiles.file(table)))))
				same("tsv", cells(want[i], func(v any) string { return unbroken(cell(v)) }), readTSV(rt, filepath.Join(dir, TSVFiles.file(table))))
				same("sqlite", want[i], readSQL(rt, db, table))
				same("sql", want[i], readSQL(rt, made, table))
				same("parquet", want[i], readParquet(rt, filepath.Join(dir, ParquetFiles.file(table)), table))
			}
			for _, db := range []*sql.DB{db, made} {
				for _, pragma := range []string{"PRAGMA foreign_key_check", "PRAGMA integrity_check"} {
					if got := fault(rt, db, pragma); got != "" && got != "ok" {
						rt.Fatalf("%s: %s", pragma, got)
					}
				}
				if _, err := db.Exec(`INSERT INTO "quotes_fts" ("quotes_fts") VALUES ('integrity-check')`); err != nil {
					rt.Fatalf("full-text search: %v", err)
				}
			}
			sameNested(rt, filepath.Join(dir, nestedFile), records)
		})
	}
}

func nilIfEmpty(rows [][]string) [][]string {
	if len(rows) == 0 {
		return nil
	}
	return rows
}

func readTSV(t rapid.TB, path string) [][]string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		out = append(out, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return nilIfEmpty(out[1:])
}

func fault(t rapid.TB, db *sql.DB, pragma string) string {
	rows, err := db.Query(pragma)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		return ""
	}
	names, _ := rows.Columns()
	to := make([]any, len(names))
	for i := range to {
		to[i] = new(sql.NullString)
	}
	if err := rows.Scan(to...); err != nil {
		t.Fatal(err)
	}
	return to[0].(*sql.NullString).String
}

// sameNested reads the nested file and compares it with the JSON of the records.
func sameNested(t rapid.TB, path string, records []*output.Record) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := parquet.NewGenericReader[any](f)
	defer r.Close()
	for _, record := range records {
		rows := make([]parquet.Row, 1)
		if n, err := r.ReadRows(rows); n != 1 {
			t.Fatalf("no row of %s: %v", record.DocID, err)
		}
		want, got := reflect.New(nestedType()), reflect.New(nestedType())
		fill(want.Elem(), reflect.ValueOf(record).Elem())
		if err := parquet.SchemaOf(got.Interface()).Reconstruct(got.Interface(), rows[0]); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(want.Interface())
		b, _ := json.Marshal(got.Interface())
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Fatal(diff)
		}
	}
	if n, err := r.ReadRows(make([]parquet.Row, 1)); n != 0 || err != io.EOF {
		t.Fatalf("more rows than records: %d, %v", n, err)
	}
}

// Two data sets of the same records are the same bytes, file by file.
func TestSameBytes(t *testing.T) {
	records := golden(t)
	var listings [2]map[string]string
	for i := range listings {
		dir := filepath.Join(t.TempDir(), "set")
		write(t, dir, Options{Formats: allFormats, About: about(t), ToolVersion: "devel"}, clone(t, records)...)
		listings[i] = listing(t, dir)
	}
	if len(listings[0]) != 3*len(tables())+6 {
		t.Errorf("%d files", len(listings[0]))
	}
	for file, data := range listings[0] {
		if listings[1][file] != data {
			t.Errorf("%s differs", file)
		}
	}
}

// listing returns the files of a folder.
func listing(t testing.TB, dir string) map[string]string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

func TestExcel(t *testing.T) {
	r := golden(t)[0]
	r.Meta.Title, r.Meta.Date, r.Meta.URL, r.Meta.ID = new("=1+1"), new("-1"), new("a\r\nb\nc"), new("007")
	dir := filepath.Join(t.TempDir(), "set")
	write(t, dir, Options{Excel: true}, r)
	data, err := os.ReadFile(filepath.Join(dir, "documents.csv"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.HasPrefix(text, "\ufeffdoc_id,title,date,url,") || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("begins with %.40q, ends with %q", text, text[len(text)-4:])
	}
	if want := ",'=1+1,'-1,\"a\r\nb\nc\","; !strings.Contains(text, want) {
		t.Errorf("no %q in %q", want, text)
	}
	var p struct{ Resources []resource }
	data, err = os.ReadFile(filepath.Join(dir, packageFile))
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil || p.Resources[0].Dialect.LineTerminator != "\r\n" {
		t.Errorf("%v, %+v", err, p.Resources[0].Dialect)
	}
}

// The names of formats lead back to them.
func TestParseFormats(t *testing.T) {
	got, err := ParseFormats(FormatNames())
	if diff := cmp.Diff(allFormats, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	got, err = ParseFormats([]string{"sql", " csv", "sql"})
	if diff := cmp.Diff([]Format{CSVFiles, SQLScript}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if _, err = ParseFormats([]string{"xlsx"}); err == nil || !strings.Contains(err.Error(), `no such format "xlsx"; take some of csv, tsv`) {
		t.Error(err)
	}
}

// A failing writer fails a flat writer at each byte, and it says so again at every later call.
func TestFlatWriteErrors(t *testing.T) {
	records := golden(t)
	for _, format := range []FlatFormat{JSONL, CSV, TSV, Excel} {
		for n := range 400 {
			w, err := NewFlat(&limitedWriter{n}, "quotes", format)
			if err != nil {
				t.Fatal(err)
			}
			err = w.Write(records[0])
			if !errors.Is(err, errFull) || !errors.Is(w.Write(records[0]), errFull) || !errors.Is(w.Close(), errFull) {
				t.Fatalf("format %d, %d bytes: %v", format, n, err)
			}
		}
	}
}

var errFull = errors.New("no space left")

// A limitedWriter takes n bytes.
type limitedWriter struct{ n int }

func (w *limitedWriter) Write(b []byte) (int, error) {
	if len(b) > w.n {
		n := w.n
		w.n = 0
		return n, errFull
	}
	w.n -= len(b)
	return len(b), nil
}

func (w *limitedWriter) Close() error { return nil }

func TestNewFlatFaults(t *testing.T) {
	for _, c := range []struct {
		table  string
		format FlatFormat
		want   string
	}{
		{"words", JSONL, "no table words; take one of documents, authors"},
		{"errors", JSONL, "no table errors; take one of"},
		{"quotes", NoFlatFormat, "no format 0 of rows; take jsonl, csv or tsv"},
	} {
		_, err := NewFlat(io.Discard, c.table, c.format)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.table, err)
		}
	}
}

// The database has what Datasette looks for, and the views answer.
func TestDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a set?#%")
	records := golden(t)
	write(t, dir, Options{Formats: []Format{SQLiteDatabase}}, records...)
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", " ", "%20").Replace(filepath.Join(dir, sqliteFile))+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for query, want := range map[string]int{
		`SELECT count(*) FROM sqlite_master WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content="quotes"%'`:               1,
		`SELECT count(*) FROM quotes_fts JOIN quotes ON quotes.rowid = quotes_fts.rowid WHERE quotes_fts MATCH 'ferry OR boat OR coat'`: 1,
		`SELECT sum(n_quotes) FROM speakers`:       1,
		`SELECT count(*) FROM quotes_in_context`:   len(records[0].Quotes),
		`SELECT page_size FROM pragma_page_size()`: 4096,
	} {
		var got int
		if err := conn.QueryRowContext(context.Background(), query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: want %d, got %d, %v", query, want, got, err)
		}
	}
}

// The shell of SQLite reads a script line by line and drops a CR at the end of each.
func TestScriptHasNoCR(t *testing.T) {
	for text, want := range map[string]string{
		"it's\na line": "'it''s\na line'",
		"a\r\nb":       "CAST(x'610d0a62' AS TEXT)",
		"é\r":          "CAST(x'c3a90d' AS TEXT)",
		"":             "''",
	} {
		if got := literal(text); got != want {
			t.Errorf("%q: want %s, got %s", text, want, got)
		}
	}
}
