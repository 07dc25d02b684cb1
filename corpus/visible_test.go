package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for _, test := range [][2]string{
		{"", ""}, {"news/é.txt", "news/é.txt"}, {"caf\xe9.txt", `caf\xe9.txt`}, {"\xff\xfe", `\xff\xfe`}, {"\uFFFD", "\uFFFD"},
		{`caf\xe9.txt`, `caf\x5cxe9.txt`}, {`a\x5c`, `a\x5cx5c`}, {`a\x41\xZZ\x`, `a\x41\xZZ\x`}, {"a\\\xff", `a\\xff`},
	} {
		if got := visible(test[0]); got != test[1] {
			t.Errorf("%q: want %q, got %q", test[0], test[1], got)
		}
	}
}

// hidden undoes visible.
func hidden(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '\\' && looksEscaped(name[i:]) {
			const hex = "0123456789abcdef"
			b.WriteByte(byte(strings.IndexByte(hex, name[i+2])<<4 | strings.IndexByte(hex, name[i+3])))
			i += 3
			continue
		}
		b.WriteByte(name[i])
	}
	return b.String()
}

// What is shown is UTF-8, and no two names are shown alike.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"news/a.txt", "caf\xe9.txt", `caf\xe9.txt`, `\x5cxff`, "\\\xff", `\\xff`, `\x5`, `\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		shown := visible(name)
		if !utf8.ValidString(shown) {
			t.Errorf("%q is not UTF-8", shown)
		}
		if got := hidden(shown); got != name {
			t.Errorf("%q is shown as %q, which stands for %q", name, shown, got)
		}
	})
}

// A file is opened by its own name and shown by a visible one; so are members of archives, and errors.
func TestNamesNotUTF8(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "n/t.tar", tarred("caf\xe9.txt", "member", "\xff.txt", "%PDF-"))
	if os.WriteFile("n/caf\xe9.txt", []byte("file"), 0o666) != nil || os.WriteFile("n/caf\xe8.txt", []byte("%PDF-"), 0o666) != nil {
		t.Skip("no such names here")
	}
	want := []string{`n/caf\xe8.txt`, `n/caf\xe9.txt`, `n/t.tar|caf\xe9.txt`, `n/t.tar|\xff.txt`}
	c, err := Open(t.Context(), []string{"n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got, texts []string
	for item := range c.Items(t.Context()) {
		path, member := "", ""
		if item.Err != nil {
			path, member = item.Err.Path, item.Err.Member
		} else {
			path, member = item.Article.Path, item.Article.Member
			texts = append(texts, item.Article.Text)
		}
		if member != "" {
			path += "|" + member
		}
		got = append(got, path)
	}
	equal(t, want, got)
	equal(t, []string{"file", "member"}, texts)
}

// Absolute paths are shown relative to their folder, so that one may be shown as another that is relative.
func TestMixedPaths(t *testing.T) {
	here, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	write(t, "a.txt", "1")
	write(t, "sub/a.txt", "2")
	write(t, "sub/b.txt", "3")
	abs := func(name string) string { return filepath.Join(here, filepath.FromSlash(name)) }

	for _, test := range []struct{ paths, clash []string }{
		{[]string{abs("sub/a.txt"), "a.txt"}, []string{abs("sub/a.txt"), "a.txt"}},
		{[]string{"a.txt", abs("sub/*.txt")}, []string{"a.txt", abs("sub/a.txt")}},
		{[]string{".", abs("sub") + "/a.txt"}, []string{"a.txt", abs("sub/a.txt")}},
	} {
		_, err := Open(t.Context(), test.paths, Options{})
		want := test.clash[0] + " and " + test.clash[1] + " would both be a.txt in the output; name both in the same way, all relative or all absolute"
		if err == nil || err.Error() != want {
			t.Errorf("%q: want %s, got %v", test.paths, want, err)
		}
	}
	for _, test := range []struct{ paths, want []string }{
		{[]string{abs("sub/a.txt"), abs("a.txt")}, []string{`sub/a.txt#0 "2"`, `a.txt#0 "1"`}},
		{[]string{"sub/a.txt", "a.txt"}, []string{`sub/a.txt#0 "2"`, `a.txt#0 "1"`}},
		{[]string{abs("a.txt"), "sub/b.txt"}, []string{`a.txt#0 "1"`, `sub/b.txt#0 "3"`}},
		{[]string{abs("a.txt"), "a.txt", "./sub/../a.txt"}, []string{`a.txt#0 "1"`}}, // one file, read once
		{[]string{abs("a.txt"), "-"}, []string{`a.txt#0 "1"`, `-#0 "in"`}},
	} {
		got := list(t, Options{Stdin: strings.NewReader("in")}, test.paths...)
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: want %q, got %q", test.paths, test.want, got)
		}
	}
}
