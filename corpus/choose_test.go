package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestGlobs(t *testing.T) {
	system := newFaulty("n/a.txt", "", "n/2025/b.txt", "", "n/2025/c.jsonl", `{"text":""}`, "n/2026/b.txt", "", "n/z.zip", zipped("a.txt", "", "d/b.txt", "", "in.zip", zipped("b.txt", "")))
	all := []string{"n/2025/b.txt", "n/2025/c.jsonl", "n/2026/b.txt", "n/a.txt", "n/z.zip/a.txt", "n/z.zip/d/b.txt", "n/z.zip/in.zip/b.txt"}
	tests := []struct {
		include, exclude string
		want             []string
	}{
		{"", "", all},
		{"b.txt", "", []string{"n/2025/b.txt", "n/2026/b.txt", "n/z.zip/d/b.txt", "n/z.zip/in.zip/b.txt"}},
		{"n/*/b.txt", "", []string{"n/2025/b.txt", "n/2026/b.txt"}},
		{"n/{2025,z.zip}/*.txt", "", []string{"n/2025/b.txt", "n/z.zip/a.txt"}},
		{"**/2025/** a.txt", "", []string{"n/2025/b.txt", "n/2025/c.jsonl", "n/a.txt", "n/z.zip/a.txt"}},
		{"", "*.zip", []string{"n/2025/b.txt", "n/2025/c.jsonl", "n/2026/b.txt", "n/a.txt"}},
		{"", "n/20*", []string{"n/a.txt", "n/z.zip/a.txt", "n/z.zip/d/b.txt", "n/z.zip/in.zip/b.txt"}},
		{"", "2025 d in.zip", []string{"n/2026/b.txt", "n/a.txt", "n/z.zip/a.txt"}},
		{"", "n", nil},
		{"b.txt", "2025 **/in.zip/**", []string{"n/2026/b.txt", "n/z.zip/d/b.txt"}}, // exclude wins
		{"*.md", "", nil},
	}
	for _, test := range tests {
		t.Run(test.include+"-"+test.exclude, func(t *testing.T) {
			c, err := Open(t.Context(), []string{"n"}, Options{system: system, Include: strings.Fields(test.include), Exclude: strings.Fields(test.exclude)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for item := range c.Items(t.Context()) {
				place := item.Article.Path
				if item.Article.Member != "" {
					place += "/" + item.Article.Member
				}
				got = append(got, place)
			}
			equal(t, test.want, got)
		})
	}
	// A fault in a file that nobody wants to read is none; that of a folder may hide anything.
	system.deny["n/a.txt"] = errDirectory
	system.deny["n/2025"] = errDirectory
	equal(t, []string{"n/2025||0 !unreadable", "n/2025/b.txt||0 ", "n/2026/b.txt||0 "}, show(t, Options{system: system, Include: []string{"n/*/b.txt"}}, "n"))
	equal(t, []string{"n/2026/b.txt||0 ", "n/a.txt||0 !unreadable"}, show(t, Options{system: system, Include: []string{"*.txt"}, Exclude: []string{"2025", "*.zip"}}, "n"))
}

func TestBadOptions(t *testing.T) {
	_, err := Open(t.Context(), []string{"-"}, Options{Include: []string{"[a"}, Exclude: []string{"ok", "{b"}, Encoding: "martian", Shard: Shard{3, 2}})
	want := []string{"[a: not a well-formed glob; close its brackets", "{b: not a well-formed glob; close its brackets", "martian: no such encoding; take utf-8, ", "shard 3/2: take one from 1 to 2"}
	if err == nil {
		t.Fatal("want an error")
	}
	got := strings.Split(err.Error(), "\n")
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("want %s, got %s", want[i], got[i])
		}
	}
}

func TestParseShard(t *testing.T) {
	for text, want := range map[string]Shard{"1/1": {1, 1}, "2/8": {2, 8}, "8/8": {8, 8}, "0/8": {}, "9/8": {}, "1/0": {}, "1": {}, "": {}, "a/b": {}, "1/2/3": {}, "-1/2": {}} {
		got, err := ParseShard(text)
		if got != want || (err == nil) != (want != Shard{}) {
			t.Errorf("%s: want %v, got %v, %v", text, want, got, err)
		}
	}
}

// Shards divide the articles and the errors, whatever else is in the collection and in whatever order.
func TestShards(t *testing.T) {
	var files []string
	for i := range 60 {
		files = append(files, fmt.Sprintf("n/%02d.txt", i), fmt.Sprint(i))
	}
	var lines, members []string
	for i := range 60 {
		lines = append(lines, fmt.Sprintf(`{"text":"line %d"}`, i))
		members = append(members, fmt.Sprintf("%02d.txt", i), "member")
	}
	lines[7], lines[8] = "no", "no"
	files = append(files, "n/a.jsonl", strings.Join(lines, "\n"), "n/b.zip", zipped(members...), "n/c.zip", "no", "n/d.txt", "%PDF-")
	system := newFaulty(files...)
	system.deny["n/e.txt"] = errDirectory
	system.MapFS["n/e.txt"] = system.MapFS["n/d.txt"]
	all := show(t, Options{system: system}, "n")
	if len(all) != 60+60+60+3 {
		t.Fatalf("got %d", len(all))
	}
	for _, n := range []int{1, 2, 3, 8} {
		var parts []string
		for i := 1; i <= n; i++ {
			part := show(t, Options{system: system, Shard: Shard{i, n}}, "n")
			if len(part) < len(all)/n/2 || len(part) > 2*len(all)/n {
				t.Errorf("shard %d/%d has %d of %d", i, n, len(part), len(all))
			}
			parts = append(parts, part...)
		}
		slices.Sort(parts)
		equal(t, slices.Sorted(slices.Values(all)), parts)
	}
	part := show(t, Options{system: system, Shard: Shard{2, 3}}, "n")
	alone := show(t, Options{system: system, Shard: Shard{2, 3}}, "n/b.zip", "n/05.txt")
	for _, line := range alone {
		if !slices.Contains(part, line) {
			t.Errorf("%s is of another shard alone", line)
		}
	}
}

// Formats need not know about shards and members.
func TestEmit(t *testing.T) {
	opt := Options{Shard: Shard{1, 2}}
	var got []int
	r := newReader(t.Context(), source{path: "a.csv"}, &opt, func(item Item) bool {
		if item.Article.Member != "in.zip/a.csv" {
			t.Errorf("got member %q", item.Article.Member)
		}
		got = append(got, item.Article.Index)
		return true
	})
	r.name = "in.zip/a.csv"
	var want []int
	for i := range 50 {
		r.yield(Item{Article: &Article{Path: "a.csv", Index: i}})
		if opt.Shard.has("a.csv", r.name, i) {
			want = append(want, i)
		}
	}
	if !slices.Equal(want, got) || len(got) < 10 || len(got) > 40 {
		t.Errorf("want %v, got %v", want, got)
	}
}

func TestEncodingOption(t *testing.T) {
	for name, want := range map[string]string{"UTF-8": "utf-8", "latin1": "windows-1252", "cp1252": "windows-1252", "Shift_JIS": "shift_jis", " koi8-r ": "koi8-r", "utf-16": "utf-16",
		"utf-16be": "utf-16be", "UTF-32LE": "utf-32le", "": "", "martian": "", "replacement": "", "iso-2022-kr": "", "x-user-defined": ""} {
		got, err := ParseEncoding(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: want %q, got %q, %v", name, want, got, err)
		}
	}
	tests := []struct{ name, raw, text, encoding string }{
		{"utf-8", "caf\xE9", "caf\uFFFD", "utf-8"},
		{"utf-8", "café", "café", "utf-8"},
		{"windows-1252", "café", "cafÃ©", "windows-1252"}, // against what it looks like
		{"iso-8859-15", "\xA4 5", "€ 5", "iso-8859-15"},
		{"macintosh", "\xD2Yes\xD3", "“Yes”", "macintosh"},
		{"shift_jis", "\x83A", "ア", "shift_jis"},
		{"utf-16", "\xFE\xFF\x00H\x00i", "Hi", "utf-16be"},
		{"utf-16", "\xFF\xFEH\x00i\x00", "Hi", "utf-16le"},
		{"utf-16be", "\x00H\x00i", "Hi", "utf-16be"},
		{"utf-32", "H\x00\x00\x00i\x00\x00\x00", "Hi", "utf-32le"},
		{"utf-32be", strings.Repeat("\x00\x00\x00H", 20), strings.Repeat("H", 20), "utf-32be"}, // would be taken for no text
	}
	for _, test := range tests {
		c, err := Open(t.Context(), []string{"a.txt"}, Options{system: newFaulty("a.txt", test.raw), Encoding: test.name})
		if err != nil {
			t.Fatal(err)
		}
		for item := range c.Items(t.Context()) {
			if a := item.Article; a == nil || a.Text != test.text || a.Encoding != test.encoding {
				t.Errorf("%s: got %+v %v", test.name, item.Article, item.Err)
			}
		}
	}
}

// With Strict an article that had to be repaired is an error; what changes nothing of its words is none.
func TestStrict(t *testing.T) {
	system := newFaulty("a.txt", "\uFEFFfine\r\n", "b.txt", "“ok” \xFF\xFE", "c.txt", "a\x00b", "d.txt", "\x93caf\xE9\x94",
		"e.jsonl", `{"text":"x"}`+"\n"+`{"text":"\ud83d"}`+"\n"+`{"text":"y"}`, "f.zip", zipped("a.txt", "\x00", "b.txt", "z"))
	equal(t, []string{"a.txt||0 fine\n", "b.txt||0 !encoding_invalid", "c.txt||0 !encoding_invalid", "d.txt||0 “café”", "e.jsonl||0 x", "e.jsonl||1 !encoding_invalid", "e.jsonl||2 y",
		"f.zip|a.txt|0 !encoding_invalid", "f.zip|b.txt|0 z"}, show(t, Options{system: system, Strict: true}, "a.txt", "b.txt", "c.txt", "d.txt", "e.jsonl", "f.zip"))
	equal(t, []string{
		"b.txt#0 read encoding_invalid b.txt: bytes that utf-8 does not allow, the first of 2 at byte 9; name the encoding with Options.Encoding, or read without Options.Strict",
		"e.jsonl#1 read encoding_invalid e.jsonl:2: bytes that utf-8 does not allow, the first of 1 at byte 0; name the encoding with Options.Encoding, or read without Options.Strict",
	}, slices.DeleteFunc(list(t, Options{system: system, Strict: true}, "b.txt", "e.jsonl"), func(line string) bool { return !strings.Contains(line, "encoding_invalid") }))
}

// Links to folders are followed last, so that files have their own paths where they have one in the collection. Every
// folder is read once.
func TestFollow(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "news/a.txt", "1")
	write(t, "news/sub/b.txt", "2")
	write(t, "elsewhere/c.txt", "3")
	write(t, "elsewhere/deep/d.txt", "4")
	link(t, "../elsewhere", "news/0link")
	link(t, "../elsewhere", "news/9link")
	link(t, "sub", "news/1sub")
	link(t, "../../news", "elsewhere/deep/back")
	link(t, ".", "news/self")
	link(t, "nowhere", "news/lost")
	link(t, "nowhere", "news/lost.txt")
	link(t, "q", "news/q")
	want := []string{"news/0link/c.txt||0 3", "news/0link/deep/back||0 !symlink_loop", "news/0link/deep/d.txt||0 4", "news/a.txt||0 1", "news/lost.txt||0 !broken_symlink", "news/self||0 !symlink_loop", "news/sub/b.txt||0 2"}
	equal(t, want, show(t, Options{Follow: true}, "news"))
	equal(t, []string{"news/a.txt||0 1", "news/lost.txt||0 !broken_symlink", "news/sub/b.txt||0 2"}, show(t, Options{}, "news"))
	equal(t, []string{"news/a.txt||0 1", "news/lost.txt||0 !broken_symlink", "news/self||0 !symlink_loop", "news/sub/b.txt||0 2"}, show(t, Options{Follow: true, Exclude: []string{"*link", "q"}}, "news"))
	// A folder that is also named itself has that name.
	equal(t, []string{"elsewhere/c.txt||0 3", "elsewhere/deep/d.txt||0 4", "elsewhere/deep/back/a.txt||0 1", "elsewhere/deep/back/lost.txt||0 !broken_symlink", "elsewhere/deep/back/self||0 !symlink_loop", "elsewhere/deep/back/sub/b.txt||0 2"},
		sortedLike(show(t, Options{Follow: true}, "elsewhere", "news"), "c.txt", "d.txt", "a.txt", "lost.txt", "self", "b.txt"))
}

// sortedLike keeps the lines that have one of the names, in the order of the names.
func sortedLike(lines []string, names ...string) (sorted []string) {
	for _, name := range names {
		for _, line := range lines {
			if path, _, _ := strings.Cut(line, "|"); strings.HasSuffix(path, "/"+name) {
				sorted = append(sorted, line)
			}
		}
	}
	return sorted
}
