package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// A faulty system is an in-memory one with errors for some files.
type faulty struct {
	fstest.MapFS
	deny map[string]error
}

func (f faulty) fail(op, name string) error {
	if err := f.deny[name]; err != nil {
		return &fs.PathError{Op: op, Path: "/secret/" + name, Err: err}
	}
	return nil
}

func (f faulty) Stat(name string) (fs.FileInfo, error) {
	if err := f.fail("stat", name); err != nil {
		return nil, err
	}
	return f.MapFS.Stat(name)
}

func (f faulty) Lstat(name string) (fs.FileInfo, error) { return f.MapFS.Lstat(name) }

func (f faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.MapFS.ReadDir(name)
	if fault := f.fail("open", name); fault != nil {
		return entries[:len(entries)/2], fault
	}
	return entries, err
}

func (f faulty) Open(name string) (io.ReadCloser, error) {
	if err := f.fail("open", name); err != nil && errors.Is(err, fs.ErrPermission) {
		return nil, err
	}
	file, err := f.MapFS.Open(name)
	if err == nil && f.deny[name+" read"] != nil {
		return struct {
			io.Reader
			io.Closer
		}{io.MultiReader(io.LimitReader(file, 10), failingReader{f.fail("read", name+" read")}), file}, nil
	}
	return file, err
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

func newFaulty(files ...string) faulty {
	f := faulty{fstest.MapFS{}, map[string]error{}}
	for i := 0; i < len(files); i += 2 {
		f.MapFS[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return f
}

// list shows each item on a line.
func list(t *testing.T, opt Options, paths ...string) []string {
	t.Helper()
	c, err := Open(t.Context(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for item := range c.Items(t.Context()) {
		if a := item.Article; a != nil {
			lines = append(lines, fmt.Sprintf("%s#%d %q", a.Path, a.Index, a.Text))
		} else {
			lines = append(lines, fmt.Sprintf("%s#%d %s %s %s", item.Err.Path, item.Err.Index, item.Err.Phase, item.Err.Code, item.Err))
		}
	}
	return lines
}

func equal(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Folders are listed in the order of the bytes of the whole path, not name by name.
func TestOrder(t *testing.T) {
	system := newFaulty("news/b.txt", "1", "news/a/z.txt", "2", "news/a-b/x.TXT", "3", "news/a.txt", "4", "news/.hidden.txt", "no",
		"news/.git/x.txt", "no", "news/notes.log", "no", "news/x.text", "5", "news/.txt", "no")
	got := list(t, Options{system: system}, "news")
	equal(t, []string{`news/a-b/x.TXT#0 "3"`, `news/a.txt#0 "4"`, `news/a/z.txt#0 "2"`, `news/b.txt#0 "1"`, `news/x.text#0 "5"`}, got)

	got = list(t, Options{system: system, Extensions: []string{".log"}}, "news/b.txt", "news", "news/../news/notes.log", "news/.hidden.txt")
	equal(t, []string{`news/b.txt#0 "1"`, `news/notes.log#0 "no"`, `news/.hidden.txt#0 "no"`}, got)
}

// What cannot be listed or read is an error in its place, without the path of the system, and the rest goes on.
func TestFaults(t *testing.T) {
	system := newFaulty("news/a.txt", "1", "news/closed/x.txt", "no", "news/closed/y.txt", "no", "news/d.txt", "no", "news/e.txt", "0123456789more",
		"news/f.jsonl", `{"text":`+strings.Repeat(" ", 5000)+`"x"}`, "news/z.txt", "2")
	system.MapFS["news/c.txt"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	system.MapFS["news/dev.txt"] = &fstest.MapFile{Mode: fs.ModeDevice | fs.ModeCharDevice}
	system.deny["news/closed"] = fs.ErrPermission
	system.deny["news/d.txt"] = fs.ErrPermission
	system.deny["news/e.txt read"] = errors.New("input/output error")
	system.deny["news/f.jsonl read"] = errors.New("input/output error")
	equal(t, []string{
		`news/a.txt#0 "1"`,
		`news/c.txt#0 list not_regular news/c.txt: a named pipe, not a regular file; use - and standard input instead`,
		`news/closed#0 list unreadable news/closed: permission denied`,
		`news/closed/x.txt#0 "no"`, // listed before the fault
		`news/d.txt#0 list unreadable news/d.txt: permission denied`,
		`news/dev.txt#0 list not_regular news/dev.txt: a device, not a regular file; use - and standard input instead`,
		`news/e.txt#0 read unreadable news/e.txt: input/output error`,
		`news/f.jsonl#0 read unreadable news/f.jsonl:1: input/output error`,
		`news/z.txt#0 "2"`,
	}, list(t, Options{system: system}, "news"))
}

func TestLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "news/a.txt", "1")
	write(t, "elsewhere/b.txt", "2")
	link(t, "../elsewhere/b.txt", "news/b.txt")
	link(t, "../elsewhere", "news/folder.txt")
	link(t, "..", "news/loop")
	link(t, "nowhere", "news/c.txt")
	link(t, "nowhere", "news/c.log")
	link(t, "d.txt", "news/d.txt")
	got := list(t, Options{}, "news")
	if len(got) == 4 { // a link to itself: the wording differs between systems
		got[3], _, _ = strings.Cut(got[3], " news/d.txt:")
	}
	equal(t, []string{`news/a.txt#0 "1"`, `news/b.txt#0 "2"`,
		`news/c.txt#0 list broken_symlink news/c.txt: symbolic link to a file that does not exist; remove it or restore the file`,
		`news/d.txt#0 list symlink_loop`}, got)
	equal(t, []string{`news/folder.txt/b.txt#0 "2"`}, list(t, Options{}, "news/folder.txt"))
}

func TestGlob(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"n/2025/b.txt", "n/2025/a.txt", "n/2026/c.log", "n/x[1].txt", "n/.h.txt"} {
		write(t, name, name)
	}
	equal(t, []string{`n/2025/a.txt#0 "n/2025/a.txt"`, `n/2025/b.txt#0 "n/2025/b.txt"`, `n/x[1].txt#0 "n/x[1].txt"`}, list(t, Options{}, "n/**/*.txt"))
	equal(t, []string{`n/2026/c.log#0 "n/2026/c.log"`}, list(t, Options{}, "n/**/*.log"))
	equal(t, []string{`n/2025/a.txt#0 "n/2025/a.txt"`, `n/2025/b.txt#0 "n/2025/b.txt"`}, list(t, Options{}, "n/20*"))
	equal(t, []string{`n/x[1].txt#0 "n/x[1].txt"`}, list(t, Options{}, "n/x[1].txt")) // the file of that very name
}

func TestMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.txt", "1")
	_, err := Open(t.Context(), []string{"a.txt", "b.txt", "*.md", "[a", ""}, Options{})
	want := `b.txt: no such file or folder; check the spelling
*.md: no file matches; check the spelling
[a: no such file, and not a well-formed glob; close its brackets
a path is empty; name a file or folder`
	if err == nil || err.Error() != want {
		t.Errorf("want %s\ngot %v", want, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, []string{"a.txt"}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("want context.Canceled, got %v", err)
	}
}

// Where a collection lies is not part of what is in it.
func TestAbsolutePaths(t *testing.T) {
	root := t.TempDir()
	write(t, root+"/x/news/a.txt", "1")
	write(t, root+"/y/b.txt", "2")
	equal(t, []string{`a.txt#0 "1"`}, list(t, Options{}, root+"/x/news/a.txt"))
	equal(t, []string{`news/a.txt#0 "1"`}, list(t, Options{}, root+"/x/news/"))
	equal(t, []string{`y/b.txt#0 "2"`, `x/news/a.txt#0 "1"`}, list(t, Options{}, root+"/y/b.txt", root+"/x/news"))
	equal(t, []string{`y/b.txt#0 "2"`}, list(t, Options{}, root+"/*/b.txt"))
}

func TestJSONLines(t *testing.T) {
	lines := strings.Join([]string{
		`{"id": 7, "title": "T", "date": "2026-01-02", "url": "u", "author": "Ann Lee", "text": "One\r\n“two”", "section": "news", "n": 12345678901234567890}`,
		`not json`,
		``,
		`{"id": 7, "body": "Three"`,
		`{"headline": "no text"}`,
		`{"content": "", "article": "Four", "authors": [{"name": "A"}, "B"], "uid": null, "uuid": "x-1"}`,
		`{"text": ""}`,
		`["text"]`,
		`{"text": "a"} {"text": "b"}`,
		`{"text": "old", "text": "new\ud83d\u0000\ud83d\ude42"}`,
		`{"text": "last without an end of line"}`,
	}, "\n")
	system := newFaulty("a.jsonl", lines)
	equal(t, []string{
		`a.jsonl#0 "One\n“two”"`,
		`a.jsonl#1 read bad_json a.jsonl:2: bad JSON at byte 2: invalid character 'o' in literal null (expecting 'u')`,
		`a.jsonl#3 read bad_json a.jsonl:4: the JSON object does not end; is the file cut off?`,
		`a.jsonl#4 read no_text a.jsonl:5: no field holds the article; name it text, body, content, article, maintext, plaintext, articleBody, or set Options.Map to a field; the fields are headline`,
		`a.jsonl#5 "Four"`,
		`a.jsonl#6 ""`,
		`a.jsonl#7 read bad_json a.jsonl:8: not a JSON object; each article is one object, as in {"text": "…"}`,
		`a.jsonl#8 read bad_json a.jsonl:9: more text after the JSON object at byte 15; write one object per line`,
		"a.jsonl#9 \"new\uFFFD\uFFFD🙂\"",
		`a.jsonl#10 "last without an end of line"`,
	}, list(t, Options{system: system}, "a.jsonl"))

	var articles []*Article
	c, _ := Open(t.Context(), []string{"a.jsonl"}, Options{system: system})
	for item := range c.Items(t.Context()) {
		if item.Article != nil {
			articles = append(articles, item.Article)
		}
	}
	a, line := articles[0], []byte(lines[:strings.IndexByte(lines, '\n')])
	want := Article{Path: "a.jsonl", Text: "One\n“two”", Bytes: int64(len(line)), SHA256: hash(line), Encoding: "utf-8",
		Repairs: []Repair{{RepairCRLF, 1, 3}},
		Meta: Meta{ID: new("7"), Title: new("T"), Date: new("2026-01-02"), URL: new("u"), Authors: []string{"Ann Lee"},
			Extra: map[string]any{"section": "news", "n": json.Number("12345678901234567890")}}}
	if diff := cmp.Diff(want, *a); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	second := Meta{ID: new("x-1"), Authors: []string{"A", "B"}}
	if diff := cmp.Diff(second, articles[1].Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A line in another encoding, or with a bad byte, is repaired as a text file is.
func TestJSONLinesEncodings(t *testing.T) {
	utf16 := "\xFF\xFE"
	for _, c := range `{"text":"sixteen"}` + "\n" + `{"text":"bits"}` {
		utf16 += string([]byte{byte(c), 0})
	}
	system := newFaulty("bom.jsonl", "\uFEFF{\"text\":\"marked\"}\r\n", "latin.jsonl", "{\"text\":\"\x93caf\xE9\x94\"}", "bad.jsonl", "{\"text\":\"“ok” \xFF\"}", "wide.jsonl", utf16)
	equal(t, []string{`bom.jsonl#0 "marked"`, `latin.jsonl#0 "“café”"`, "bad.jsonl#0 \"“ok” \uFFFD\"", `wide.jsonl#0 "sixteen"`, `wide.jsonl#1 "bits"`},
		list(t, Options{system: system}, "bom.jsonl", "latin.jsonl", "bad.jsonl", "wide.jsonl"))
}

func TestJSONFiles(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"object", "{\n \"text\": \"one\"\n}\n", []string{`a.json#0 "one"`}},
		{"array", ` [{"text":"one"}, 5, {"text":"two"}] `, []string{`a.json#0 "one"`,
			`a.json#1 read bad_json a.json: not a JSON object; each article is one object, as in {"text": "…"}`, `a.json#2 "two"`}},
		{"empty array", `[]`, nil},
		{"stream", `{"text":"one"}{"text":"two"}`, []string{`a.json#0 "one"`, `a.json#1 "two"`}},
		{"empty", " \n", []string{`a.json#0 read bad_json a.json: empty; a JSON file holds an object or an array of objects`}},
		{"text", "“Yes”", []string{`a.json#0 read bad_json a.json: not a JSON object or an array of objects; name a text file .txt`}},
		{"cut", `[{"text":"one"},{"te`, []string{`a.json#0 "one"`,
			`a.json#1 read bad_json a.json: bad JSON after byte 16: the file does not end; is it cut off?; nothing after it is read`}},
		{"cut between", `[{"text":"one"}`, []string{`a.json#0 "one"`,
			`a.json#1 read bad_json a.json: bad JSON after byte 15: the file does not end; is it cut off?; nothing after it is read`}},
		{"deep", strings.Repeat("[", 20000), []string{`a.json#0 read bad_json a.json: bad JSON after byte 1: invalid character '[' exceeded max depth; nothing after it is read`}},
		{"large", `[{"text":"` + strings.Repeat("x", 100) + `"},{"text":"two"}]`, []string{`a.json#0 read too_large a.json: longer than 50 bytes; raise Options.MaxBytes to read it`, `a.json#1 "two"`}},
		{"huge", `[{"text":"` + strings.Repeat("x", 100000) + `"},{"text":"two"}]`, []string{`a.json#0 read too_large a.json: longer than 50 bytes; raise Options.MaxBytes to read it`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			max := int64(0)
			if test.name == "large" || test.name == "huge" {
				max = 50
			}
			equal(t, test.want, list(t, Options{system: newFaulty("a.json", test.data), MaxBytes: max}, "a.json"))
		})
	}
}

func TestStdin(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"text", "“Yes,” she said.\r\n", []string{`-#0 "“Yes,” she said.\n"`}},
		{"empty", "", []string{`-#0 ""`}},
		{"lines", "\n {\"text\":\"one\"}\n{\"text\":\"two\"}", []string{`-#1 "one"`, `-#2 "two"`}},
		{"bom", "\uFEFF{\"text\":\"one\"}", []string{`-#0 "one"`}},
		{"indented", "{\n  \"text\": \"one\"\n}\n", []string{`-#0 "one"`}},
		{"crlf indented", "{\r\n  \"text\": \"one\"\r\n}\r\n", []string{`-#0 "one"`}},
		{"bracket", "[Photo: a bridge]", []string{`-#0 "[Photo: a bridge]"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, list(t, Options{Stdin: strings.NewReader(test.data)}, "-"))
		})
	}
}

// The limit counts bytes of the input; the articles around one that is too large are read.
func TestMaxBytes(t *testing.T) {
	system := newFaulty("a.txt", "12345", "b.txt", "123456", "c.jsonl", `{"text":"`+strings.Repeat("x", 200000)+`"}`+"\n"+`{"text":"y"}`)
	equal(t, []string{`a.txt#0 "12345"`, `b.txt#0 read too_large b.txt: longer than 5 bytes; raise Options.MaxBytes to read it`},
		list(t, Options{system: system, MaxBytes: 5}, "a.txt", "b.txt"))
	equal(t, []string{`c.jsonl#0 read too_large c.jsonl:1: longer than 100000 bytes; raise Options.MaxBytes to read it`, `c.jsonl#1 "y"`},
		list(t, Options{system: system, MaxBytes: 100000}, "c.jsonl"))
}

func TestBinary(t *testing.T) {
	system := newFaulty("a.txt", "%PDF-1.7\n…", "b.txt", "PK\x03\x04", "c.txt", strings.Repeat("\x00", 500), "d.txt", "a\x00b", "e.txt", "\x1F\x8B\x08")
	got := list(t, Options{system: system}, "a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
	for i, want := range []string{"binary", "binary", "binary", "a\uFFFDb", "binary"} {
		if !strings.Contains(got[i], want) {
			t.Errorf("want %s, got %s", want, got[i])
		}
	}
}

func TestBlank(t *testing.T) {
	for text, want := range map[string]bool{"": true, " \n\t\u00A0\n": true, " x": false} {
		if got := (&Article{Text: text}).Blank(); got != want {
			t.Errorf("%q: want %v, got %v", text, want, got)
		}
	}
}

// Every line that is not blank gives one article or one error, whatever the bytes.
func FuzzJSONL(f *testing.F) {
	for _, seed := range []string{"", `{"text":"a"}`, "{\"text\":\"“\xFF\\ud83d\\u0000\"}\n\n{}", "\xFF\xFE{\x00}\x00", "{\"text\":\"a\",\"text\":\"\"}\r\n[1]\n{", `{"title":{"text":[[]]},"author":[{"name":["x",[["y"]]]}],"body":"\r"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		system := newFaulty("a.jsonl", string(raw))
		c, err := Open(t.Context(), []string{"a.jsonl"}, Options{system: system, MaxBytes: 1000})
		if err != nil {
			t.Fatal(err)
		}
		plain, _ := io.ReadAll(utf8Reader(bytes.NewReader(raw)))
		want := 0
		for line := range bytes.Lines(plain) {
			if len(bytes.TrimSpace(line)) > 0 || len(bytes.TrimSuffix(line, []byte("\n"))) > 1000 {
				want++
			}
		}
		got, last := 0, -1
		for item := range c.Items(t.Context()) {
			got++
			index := 0
			switch {
			case (item.Article == nil) == (item.Err == nil):
				t.Fatal("not either an article or an error")
			case item.Err != nil:
				index = item.Err.Index
				if item.Err.Code == "" || item.Err.Message == "" || item.Err.Line != index+1 {
					t.Fatalf("error without a part: %+v", item.Err)
				}
			default:
				index = item.Article.Index
				if text := item.Article.Text; !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
					t.Fatalf("not clean: %q", text)
				}
				if _, err := json.Marshal(item.Article.Meta); err != nil {
					t.Fatal(err)
				}
			}
			if index <= last {
				t.Fatalf("index %d after %d", index, last)
			}
			last = index
		}
		if got != want {
			t.Fatalf("want %d items, got %d", want, got)
		}
	})
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip("no symbolic links here:", err)
	}
}
