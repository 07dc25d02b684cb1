package run

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// An article is what these tests read: a text, or "!" for an input that cannot be read and "?" for one that cannot be
// processed.
type article struct{ path, text, input string }

func (a article) id() string {
	sum := sha256.Sum256([]byte(a.text))
	return output.DocID(output.Source{Path: a.path, SHA256: new(hex.EncodeToString(sum[:]))})
}

func (a article) line() []byte {
	return fmt.Appendf(nil, `{"schema":"quoth/document/1","doc_id":%q,"source":{"path":%q},"meta":{"duplicate_of":null},"duplicate_of":null,"text":%q}`+"\n", a.id(), a.path, a.text)
}

func (a article) entry() Entry {
	return Entry{DocID: new(a.id()), Path: a.path, Status: StatusOK, Input: a.input, Fingerprint: new(a.text), Stats: Stats{Words: len(a.text), Totals: output.Totals{Quotes: 1}}}
}

// exact finds copies with equal fingerprints.
type exact map[string]string

func (x exact) Add(id, fingerprint string) (string, error) {
	if of, ok := x[fingerprint]; ok {
		return of, nil
	}
	x[fingerprint] = id
	return "", nil
}

func (x exact) Close() error { return nil }

func settings() Manifest {
	return Manifest{Tool: output.Tool{Name: "quoth", Version: "1"}, Options: map[string]string{"offsets": "codepoint"}}
}

var articles = []article{
	{"a.txt", "“Yes,” she said.", "1"}, {"b.txt", "!", "1"}, {"c.txt", "“No,” he said.", "1"}, {"d.txt", "“Yes,” she said.", "1"}, {"e.txt", "?", "1"}, {"f.txt", "Last.", "1"},
}

// write makes a run of the articles; stop is the number after which it ends as by a kill, or is interrupted if suspend
// is set. It returns the number of articles that were processed.
func write(dir string, list []article, opt Options, m Manifest, stop int, suspend bool) (processed int, err error) {
	opt.Copies = func(string) (Copies, error) { return exact{}, nil }
	r, err := Open(dir, m, opt)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for i, a := range list {
		if i == stop {
			if suspend {
				return processed, r.Suspend()
			}
			return processed, errors.Join(r.flush(), errKilled)
		}
		switch {
		case a.text == "!":
			err = r.Unread(Entry{Path: a.path, Status: StatusFailed, Code: new("not_found")}, fmt.Appendf(nil, `{"schema":"quoth/error/1","path":%q}`+"\n", a.path))
		case r.Has(a.id(), a.input):
			err = r.Keep(a.id())
		case a.text == "?":
			processed++
			e := a.entry()
			e.Status, e.Code, e.Fingerprint, e.Stats = StatusFailed, new("timeout"), nil, Stats{}
			err = r.Add(e, fmt.Appendf(nil, `{"schema":"quoth/error/1","path":%q}`+"\n", a.path))
		default:
			processed++
			err = r.Add(a.entry(), a.line())
		}
		if err != nil {
			return processed, err
		}
	}
	_, err = r.Finish()
	return processed, err
}

var errKilled = errors.New("killed")

// contents returns the files of the folder and below, by name.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && path == dir {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if entry.IsDir() {
			files[name+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// expected is what an undisturbed run of the articles leaves.
func expected(t *testing.T, list []article) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if _, err := write(dir, list, Options{}, settings(), -1, false); err != nil {
		t.Fatal(err)
	}
	return contents(t, dir)
}

func TestRun(t *testing.T) {
	got := expected(t, articles)
	line := func(i int) string { return string(articles[i].line()) }
	copied := strings.Replace(line(3), `"meta":{"duplicate_of":null},"duplicate_of":null`, fmt.Sprintf(`"meta":{"duplicate_of":null},"duplicate_of":%q`, articles[0].id()), 1)
	want := map[string]string{
		DocumentsName: line(0) + line(2) + copied + line(5),
		ErrorsName:    `{"schema":"quoth/error/1","path":"b.txt"}` + "\n" + `{"schema":"quoth/error/1","path":"e.txt"}` + "\n",
		JournalName:   got[JournalName],
		manifestName: `{
  "schema": "quoth/run/1",
  "complete": true,
  "tool": {
    "name": "quoth",
    "version": "1",
    "rules_sha256": null,
    "model": null
  },
  "options": {
    "offsets": "codepoint"
  },
  "counts": {
    "documents": 4,
    "empty": 0,
    "duplicates": 1,
    "errors": 2,
    "failed": {
      "not_found": 1,
      "timeout": 1
    },
    "bytes": 0,
    "words": 63,
    "sentences": 0,
    "entities": 0,
    "quotes": 4,
    "attributed": 0,
    "named": 0
  }
}
`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// Each entry finds its record.
	n := 0
	_, err := scan(strings.NewReader(got[JournalName]), func(e *Entry, _ int64) (bool, error) {
		file := got[DocumentsName]
		if e.Status == StatusFailed {
			file = got[ErrorsName]
		}
		record, err := recordAt(strings.NewReader(file), e)
		if err != nil || !bytes.Contains(record, []byte(e.Path)) {
			t.Errorf("entry %d: %s: %s, %v", n, e.Path, record, err)
		}
		n++
		return true, nil
	})
	if err != nil || n != len(articles) {
		t.Errorf("%d entries, %v", n, err)
	}
}

// A run that ends anywhere, in whatever way, and is resumed gives the same bytes as one that did not end.
func TestResume(t *testing.T) {
	want := expected(t, articles)
	for _, suspend := range []bool{false, true} {
		for stop := range articles {
			dir := t.TempDir()
			if _, err := write(dir, articles, Options{}, settings(), stop, suspend); err != nil && !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			processed, err := write(dir, articles, Options{Resume: true}, settings(), -1, false)
			if err != nil {
				t.Fatal(err)
			}
			done := 0
			for _, a := range articles[:stop] {
				if a.text != "!" {
					done++
				}
			}
			if processed != 5-done {
				t.Errorf("stopped after %d: %d processed, again or for the first time, want %d", stop, processed, 5-done)
			}
			if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
				t.Errorf("stopped after %d: want -, got +:\n%s", stop, diff)
			}
		}
	}
}

// Articles that come, go and move between two runs: the output is that of a new run, and only the new ones are processed.
func TestResumeFinished(t *testing.T) {
	a := articles
	tests := []struct {
		name      string
		list      []article
		processed int
	}{
		{"same", a, 0},
		{"added in front", append([]article{{"A.txt", "“No,” he said.", "1"}}, a...), 1},
		{"removed", a[2:], 0},
		{"moved", []article{a[5], a[3], a[2], a[0]}, 0},
		{"changed", []article{a[0], {"c.txt", "Changed.", "1"}, a[3]}, 1},
		{"all gone", nil, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := write(dir, a, Options{}, settings(), -1, false); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				processed, err := write(dir, test.list, Options{Resume: true}, settings(), -1, false)
				if err != nil || processed != test.processed {
					t.Fatalf("%d processed, want %d; %v", processed, test.processed, err)
				}
				if diff := cmp.Diff(expected(t, test.list), contents(t, dir)); diff != "" {
					t.Errorf("want -, got +:\n%s", diff)
				}
				test.processed = 0
			}
		})
	}
}

func TestRetryFailed(t *testing.T) {
	dir := t.TempDir()
	if _, err := write(dir, articles, Options{}, settings(), -1, false); err != nil {
		t.Fatal(err)
	}
	if processed, err := write(dir, articles, Options{Resume: true, RetryFailed: true}, settings(), -1, false); err != nil || processed != 1 {
		t.Errorf("%d processed, %v; want the one that failed", processed, err)
	}
	if diff := cmp.Diff(expected(t, articles), contents(t, dir)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestRefusals(t *testing.T) {
	finished := func(dir string) { write(dir, articles, Options{}, settings(), -1, false) }
	interrupted := func(dir string) { write(dir, articles, Options{}, settings(), 2, true) }
	other := settings()
	other.Tool.Version = "2"
	other.Options = map[string]string{"offsets": "byte"}
	tests := []struct {
		name   string
		before func(dir string)
		opt    Options
		m      Manifest
		cause  error
		text   string
	}{
		{"finished", finished, Options{}, settings(), ErrExists, "a finished run"},
		{"interrupted", interrupted, Options{}, settings(), ErrExists, "a run that was interrupted"},
		{"foreign", func(dir string) { os.WriteFile(filepath.Join(dir, "thesis.txt"), nil, 0o666) }, Options{Force: true}, settings(), ErrExists, "thesis.txt"},
		{"foreign lock", func(dir string) { os.WriteFile(filepath.Join(dir, "lock"), []byte("mine"), 0o666) }, Options{}, settings(), ErrExists, "lock"},
		{"foreign partial", func(dir string) {
			os.Mkdir(filepath.Join(dir, partialName), 0o777)
			os.WriteFile(filepath.Join(dir, partialName, "thesis.txt"), nil, 0o666)
		}, Options{}, settings(), ErrExists, "thesis.txt"},
		{"other version", finished, Options{Resume: true}, other, ErrMixed, "offsets: codepoint, now byte"},
		{"other version, interrupted", interrupted, Options{Resume: true}, other, ErrMixed, "version: quoth 1, now quoth 2"},
		{"foreign manifest", func(dir string) { os.WriteFile(filepath.Join(dir, "run.json"), []byte("{}"), 0o666) }, Options{Force: true}, settings(), nil, "another program"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			test.before(dir)
			before := contents(t, dir)
			_, err := write(dir, articles, test.opt, test.m, -1, false)
			if err == nil || test.cause != nil && !errors.Is(err, test.cause) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("error %v, want one with %q", err, test.text)
			}
			if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
				t.Errorf("the folder changed:\n%s", diff)
			}
		})
	}
}

func TestForce(t *testing.T) {
	dir := t.TempDir()
	if _, err := write(dir, articles, Options{}, settings(), -1, false); err != nil {
		t.Fatal(err)
	}
	before := contents(t, dir)
	write(dir, articles[:3], Options{Force: true}, settings(), 2, true)
	for name, content := range before {
		if now := contents(t, dir)[name]; now != content {
			t.Errorf("%s changed before the new run was done", name)
		}
	}
	// What was forced is not drawn from the old run, not even after an interruption.
	if processed, err := write(dir, articles[:3], Options{Resume: true}, settings(), -1, false); err != nil || processed != 1 {
		t.Errorf("%d processed, %v; want the one that was not done", processed, err)
	}
	if diff := cmp.Diff(expected(t, articles[:3]), contents(t, dir)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestLocked(t *testing.T) {
	dir := t.TempDir()
	r, err := Open(dir, settings(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, settings(), Options{Resume: true}); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("a second run: %v; want the owner named", err)
	}
	if err := r.Suspend(); err != nil {
		t.Fatal(err)
	}
	if _, err := write(dir, articles, Options{Resume: true}, settings(), -1, false); err != nil {
		t.Errorf("after the first one ended: %v", err)
	}
}

// A record that was changed on the disk, or is gone, is made again.
func TestChangedRecord(t *testing.T) {
	change := func(name, from, to string) func(string) {
		return func(dir string) {
			name := filepath.Join(dir, name)
			data, _ := os.ReadFile(name)
			os.WriteFile(name, bytes.Replace(data, []byte(from), []byte(to), 1), 0o666)
		}
	}
	remove := func(name string) func(string) { return func(dir string) { os.Remove(filepath.Join(dir, name)) } }
	for name, test := range map[string]struct {
		damage    func(dir string)
		processed int
	}{
		"changed":      {change(DocumentsName, "she said", "SHE SAID"), 1},
		"shorter":      {change(DocumentsName, "she said", "said"), 4}, // no record after it is where the journal says
		"empty":        {change(DocumentsName, "", ""), 0},
		"error":        {change(ErrorsName, "e.txt", "E.txt"), 1},
		"no documents": {remove(DocumentsName), 5},
		"no journal":   {remove(JournalName), 5},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := write(dir, articles, Options{}, settings(), -1, false); err != nil {
				t.Fatal(err)
			}
			test.damage(dir)
			processed, err := write(dir, articles, Options{Resume: true}, settings(), -1, false)
			if err != nil || processed != test.processed {
				t.Errorf("%d processed, want %d; %v", processed, test.processed, err)
			}
			if diff := cmp.Diff(expected(t, articles), contents(t, dir)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// An article of the same bytes and another title is another article for a run.
func TestResumeOtherInput(t *testing.T) {
	dir := t.TempDir()
	write(dir, articles, Options{}, settings(), -1, false)
	list := append([]article{}, articles...)
	list[2].input = "2"
	for _, want := range []int{1, 0} {
		if processed, err := write(dir, list, Options{Resume: true}, settings(), -1, false); err != nil || processed != want {
			t.Errorf("%d processed, want %d; %v", processed, want, err)
		}
		if diff := cmp.Diff(expected(t, list), contents(t, dir)); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	}
}

// Whatever the log and its journal hold after a crash, a resumed run gives the same bytes.
func FuzzDamage(f *testing.F) {
	f.Add(uint16(0), []byte("x"), true)
	f.Add(uint16(10), []byte("\x00\x00"), false)
	f.Add(uint16(60000), []byte("{\"doc_id\":null}\n"), false)
	f.Fuzz(func(t *testing.T, at uint16, damage []byte, journal bool) {
		want := expected(t, articles)
		dir := t.TempDir()
		write(dir, articles, Options{sys: noSync{}}, settings(), 5, true)
		name := filepath.Join(dir, partialName, logName)
		if journal {
			name = filepath.Join(dir, partialName, JournalName)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		i := int(at) % (len(data) + 1)
		data = append(data[:i:i], damage...)
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := write(dir, articles, Options{Resume: true, sys: noSync{}}, settings(), -1, false); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
	})
}
