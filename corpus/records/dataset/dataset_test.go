package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

var update = flag.Bool("update", false, "write the golden files and the tables in docs/dataset.md")

// golden returns two records: one with something in every layer, and a copy of it whose input said odd things.
func golden(t testing.TB) []*output.Record {
	f, err := os.Open("../../../pipeline/output/testdata/codepoint.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first, err := output.NewReader(f).Read()
	if err != nil {
		t.Fatal(err)
	}
	second := clone(t, []*output.Record{first})[0]
	second.DocID, second.DuplicateOf = "d_00000000000000aa", &first.DocID
	second.Source.Member, second.Source.Repairs = new("a/b.txt"), nil
	second.Meta = output.Meta{Title: new("a\ttab, a \"quote\"\nand a line"), Date: new("2023-12-31T08:00:00Z")}
	second.Quotes = second.Quotes[:0]
	second.Warnings = nil
	return []*output.Record{first, second}
}

// clone returns records that share nothing with the given ones.
func clone(t testing.TB, records []*output.Record) []*output.Record {
	var out []*output.Record
	for _, r := range records {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, new(output.Record))
		if err := json.Unmarshal(data, out[len(out)-1]); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func about(t testing.TB) *About {
	f, err := os.Open("testdata/about.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, err := ReadAbout(f, "about.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func failure(code string) *output.Error {
	return output.NewError(output.Source{Path: "broken.json"}, code, "not JSON; correct it", "read")
}

// TestGolden compares the files that people read. Hashes and sizes of the others are those of the machine's compressor.
func TestGolden(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	b, err := Create(dir, Options{Formats: []Format{CSVFiles, TSVFiles, SQLScript}, About: about(t), ToolVersion: "devel", ErrorsKnown: true, Created: "2026-01-31T00:00:00Z"})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	for _, r := range golden(t) {
		if err := b.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	for _, code := range []string{"bad_json", "too_large", "bad_json"} {
		if err := b.WriteError(failure(code)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	var archive txtar.Archive
	files := listing(t, dir)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".tsv") && name != "quotes.tsv" && name != "documents.tsv" {
			continue
		}
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(files[name])})
	}
	got := txtar.Format(&archive)
	const file = "testdata/golden.txtar"
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Error(diff)
	}
}

// The descriptor fits the profile of Data Package, its references lead somewhere, and its hashes are those of the files.
func TestDataPackage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	write(t, dir, Options{Formats: allFormats, About: about(t), Created: "2026-01-31T00:00:00Z"}, golden(t)...)
	checkPackage(t, dir)
	bare := filepath.Join(t.TempDir(), "bare")
	write(t, bare, Options{Formats: []Format{SQLiteDatabase}})
	checkPackage(t, bare)
}

func checkPackage(t *testing.T, dir string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, packageFile))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/profile.json")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(plain); err != nil {
		t.Fatal(err)
	}
	var p struct{ Resources []resource }
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	fields := map[string][]string{}
	for _, r := range p.Resources {
		if _, ok := fields[r.Name]; ok {
			t.Errorf("two resources %s", r.Name)
		}
		fields[r.Name] = []string{}
		size, sum, err := hashFile(filepath.Join(dir, r.Path))
		if err != nil || size != r.Bytes || "sha256:"+sum != r.Hash {
			t.Errorf("%s: %v, %d bytes, %s", r.Path, err, size, sum)
		}
		if r.Schema != nil {
			for _, f := range r.Schema.Fields {
				fields[r.Name] = append(fields[r.Name], f.Name)
			}
		}
	}
	for _, r := range p.Resources {
		if r.Schema == nil {
			continue
		}
		for _, k := range r.Schema.ForeignKeys {
			other := k.Reference.Resource
			if other == "" {
				other = r.Name
			}
			for i, f := range k.Fields {
				if !slices.Contains(fields[r.Name], f) || !slices.Contains(fields[other], k.Reference.Fields[i]) {
					t.Errorf("%s.%s refers to %s.%s", r.Name, f, other, k.Reference.Fields[i])
				}
			}
		}
		for _, f := range r.Schema.PrimaryKey {
			if !slices.Contains(fields[r.Name], f) {
				t.Errorf("%s has no %s", r.Name, f)
			}
		}
	}
}

// Every id that croissant.json refers to is one that it defines, and there is none where too little is known.
func TestCroissant(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	write(t, dir, Options{Formats: []Format{ParquetFiles}, About: about(t)}, golden(t)...)
	data, err := os.ReadFile(filepath.Join(dir, croissant))
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	defined, referred := map[string]int{}, map[string]bool{}
	walk(doc.(map[string]any)["distribution"], defined, referred)
	walk(doc.(map[string]any)["recordSet"], defined, referred)
	for id := range referred {
		if defined[id] != 1 {
			t.Errorf("%s is defined %d times", id, defined[id])
		}
	}
	if len(referred) < 20 {
		t.Errorf("only %d references", len(referred))
	}
	a := about(t)
	a.URL, a.Published = "", ""
	if diff := cmp.Diff([]string{"url", "published"}, a.MissingForCroissant()); diff != "" {
		t.Error(diff)
	}
	dir = filepath.Join(t.TempDir(), "less")
	write(t, dir, Options{About: a}, golden(t)...)
	if _, err := os.Stat(filepath.Join(dir, croissant)); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// walk collects the ids: an object with an @type defines its @id, one without refers to it.
func walk(v any, defined map[string]int, referred map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, defined, referred)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok {
			if v["@type"] != nil {
				defined[id]++
			} else {
				referred[id] = true
			}
		}
		for _, e := range v {
			walk(e, defined, referred)
		}
	}
}

// A data set without texts has none of them anywhere, but offsets, hashes and names.
func TestTextNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	records := golden(t)
	records[0].Meta.Extra = map[string]any{"html": "<p>a second copy</p>"}
	write(t, dir, Options{Formats: []Format{CSVFiles, TSVFiles, SQLScript}, Text: output.TextNone}, records...)
	for name, data := range listing(t, dir) {
		for _, words := range []string{"a second copy", "sails on Friday", "Bring a coat", "so-called", "one of the Almgrens"} {
			if strings.Contains(data, words) {
				t.Errorf("%s holds %q", name, words)
			}
		}
	}
	quotes := readCSV(t, filepath.Join(dir, "quotes.csv"))
	row := map[string]string{}
	for i, c := range tableOf("quotes").Columns {
		row[c.Name] = quotes[1][i]
	}
	for column, want := range map[string]string{"text": "", "cue": "", "cue_start": "47", "speaker_mention_end": "64", "speaker_name": "Zoe\u0301 Almgren", "start": "22", "sentence_id": "d_a64ab3f81700c536_s2"} {
		if row[column] != want {
			t.Errorf("%s: want %q, got %q", column, want, row[column])
		}
	}
}

func TestOffsets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	unit := output.Byte
	write(t, dir, Options{Offsets: &unit}, golden(t)...)
	text := *golden(t)[0].Text
	for _, row := range readCSV(t, filepath.Join(dir, "quote_parts.csv")) {
		var at [2]int
		for i := range at {
			if err := json.Unmarshal([]byte(row[4+i]), &at[i]); err != nil {
				t.Fatal(err)
			}
		}
		if got := text[at[0]:at[1]]; got != row[6] {
			t.Errorf("want %q, got %q", row[6], got)
		}
	}
	// Without the text there is nothing to convert by.
	r := golden(t)[0]
	strip(r)
	b, err := Create(filepath.Join(t.TempDir(), "none"), Options{Offsets: &unit})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	wantFault(t, b.Write(r), "record d_a64ab3f81700c536: the record has no text, so that its offsets cannot be converted")
}

func wantFault(t *testing.T, err error, want string) {
	t.Helper()
	if fault := (*RecordError)(nil); !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
		t.Errorf("want %q, got %v", want, err)
	}
}

// A record at fault ends the data set, and leaves nothing behind.
func TestRecordFaults(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func([]*output.Record)
		want  string
	}{
		"id":    {func(r []*output.Record) { r[1].DocID = "2024-01-05" }, "record 2024-01-05: doc_id is to be d_ and 16 hexadecimal digits"},
		"twice": {func(r []*output.Record) { r[1].DocID = r[0].DocID }, "there are two with this doc_id; a data set takes each article once"},
		"span":  {func(r []*output.Record) { r[1].Sentences[0].End = 9999 }, "the record is not sound: sentence s1"},
		"units": {func(r []*output.Record) { r[1].Offsets = "word" }, `no unit of offsets "word"`},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			b, err := Create(filepath.Join(parent, "set"), Options{Formats: allFormats})
			if err != nil {
				t.Fatal(err)
			}
			records := golden(t)
			c.spoil(records)
			if err := b.Write(records[0]); err != nil {
				t.Fatal(err)
			}
			wantFault(t, b.Write(records[1]), c.want)
			wantFault(t, b.Close(), c.want)
			b.Discard()
			if left := listing(t, parent); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

func TestFolder(t *testing.T) {
	parent := t.TempDir()
	at := func(name string) string { return filepath.Join(parent, name) }
	write(t, at("new/set"), Options{}, golden(t)...)
	mustWrite(t, at("file"), "x")
	if err := errors.Join(os.Mkdir(at("empty"), 0o777), os.Mkdir(at("home"), 0o777), os.Symlink("empty", at("link"))); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, at("home/diary.txt"), "x")
	mustWrite(t, at("home/quotes.csv"), "x")
	for _, c := range []struct {
		dir   string
		force bool
		want  string
	}{
		{"new/set", false, "set exists"},
		{"home", true, "home holds diary.txt, which is no part of a data set; name another folder"},
		{"file", true, "file is no folder; name another place"},
		{"link", true, "link is no folder; name another place"},
	} {
		_, err := Create(at(c.dir), Options{Force: c.force})
		if exists := (*ExistsError)(nil); !errors.As(err, &exists) || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: %v", c.dir, err)
		}
	}
	if _, err := Create(".", Options{Force: true}); err == nil {
		t.Error("the working folder may be replaced")
	}
	write(t, at("empty"), Options{}, golden(t)...)
	// Replacing takes the old files away.
	write(t, at("new/set"), Options{Force: true, Formats: []Format{SQLScript}}, golden(t)[0])
	if diff := cmp.Diff([]string{cardFile, packageFile, scriptFile}, slices.Sorted(maps.Keys(listing(t, at("new/set"))))); diff != "" {
		t.Error(diff)
	}
	for _, dir := range []string{parent, at("new")} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s is left", e.Name())
			}
		}
	}
}

func mustWrite(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A disk that is full after n bytes, for many n: the old data set stays as it is, and nothing else is left.
func TestWriteErrors(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "set")
	write(t, dir, Options{}, golden(t)...)
	before := listing(t, dir)
	for _, formats := range [][]Format{{CSVFiles}, {TSVFiles}, {ParquetFiles}, {ParquetNested}, {SQLScript}} {
		failed, n := 0, 0
		for ; ; n += 1 + n/effort.Pick(1, 4) {
			left := &limitedWriter{n}
			opt := Options{Formats: formats, Force: true}
			opt.create = func(folder, name string) (io.WriteCloser, error) {
				f, err := os.Create(filepath.Join(folder, name))
				return &limitedFile{f, left}, err
			}
			err := build(dir, opt, golden(t))
			if err == nil {
				break
			}
			failed++
			if !errors.Is(err, errFull) {
				t.Fatalf("%v, %d bytes: %v", formats, n, err)
			}
			if diff := cmp.Diff(before, listing(t, dir)); diff != "" {
				t.Fatalf("%v, %d bytes: %s", formats, n, diff)
			}
			if entries, _ := os.ReadDir(parent); len(entries) != 1 {
				t.Fatalf("%v, %d bytes: left %v", formats, n, entries)
			}
		}
		if failed < effort.Pick(10, 20) {
			t.Errorf("%v: only %d failures up to %d bytes", formats, failed, n)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		write(t, dir, Options{}, golden(t)...)
	}
}

// A limitedFile passes on what its budget allows, which it shares with others.
type limitedFile struct {
	*os.File
	left *limitedWriter
}

func (f *limitedFile) Write(p []byte) (int, error) {
	if n, err := f.left.Write(p); err != nil {
		return n, err
	}
	return f.File.Write(p)
}

func build(dir string, opt Options, records []*output.Record) error {
	b, err := Create(dir, opt)
	if err != nil {
		return err
	}
	defer b.Discard()
	for _, r := range records {
		if err := b.Write(r); err != nil {
			return err
		}
	}
	return b.Close()
}

// The documentation has the tables as they are.
func TestDocs(t *testing.T) {
	const file = "../../../docs/dataset.md"
	const begin, end = "<!-- tables: written by go test ./corpus/records/dataset -run TestDocs -update -->\n", "<!-- end of tables -->\n"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), begin)
	got, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the tables between %q and %q", file, begin, end)
	}
	want := "\n" + string(columnTables("###"))
	if *update {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is said of columns holds together.
func TestTables(t *testing.T) {
	snake := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	seen := map[string]*Table{}
	for i := range tables() {
		table := &tables()[i]
		columns := columnNames(table)
		for j, c := range table.Columns {
			if !snake.MatchString(c.Name) || c.Name == "id" || c.Type == NoType || !strings.HasSuffix(c.Description, ".") || slices.Contains(columns[:j], c.Name) {
				t.Errorf("%s.%s: %+v", table.Name, c.Name, c)
			}
		}
		seen[table.Name] = table
		for _, k := range table.Foreign {
			other := seen[k.Table]
			if other == nil || !slices.Equal(other.Key, k.References) {
				t.Errorf("%s: %+v does not lead to the key of an earlier table", table.Name, k)
			}
		}
		for _, c := range table.Key {
			if j := slices.Index(columns, c); j < 0 || !table.Columns[j].Required {
				t.Errorf("%s: key %s", table.Name, c)
			}
		}
	}
}

// The card and the descriptors cannot be made to say what the articles want.
func TestCardInjection(t *testing.T) {
	r := golden(t)[0]
	r.Quotes[1].Speaker.Name = new("a|b<script>[x](y)\n# c `d`")
	dir := filepath.Join(t.TempDir(), "set")
	write(t, dir, Options{}, r)
	card := listing(t, dir)[cardFile]
	if want := "| a\\|b&lt;script&gt;\\[x\\](y) # c \\`d\\` | person | 1 |"; !strings.Contains(card, want) {
		t.Errorf("no %q in %s", want, card)
	}
}
