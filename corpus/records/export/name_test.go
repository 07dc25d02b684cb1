package export

import (
	"regexp"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// portable are names that every file system keeps as they are.
var portable = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*_[a-z0-9_-]*$`)

// tricky are ids and paths that make trouble as names of files.
var tricky = []string{"", ".", "..", "../../etc/x", `..\..\x`, "CON", "con", "nul.txt", "a/b", "a.", "a ", "A", "a", "Å", "A\u030a", "\u212b", "-", "-41", "-h", "_", "__", "d_0123456789abcdef",
	"a\x00b", "a\nb", "\xff", "\xfe", strings.Repeat("x", 300), strings.Repeat("x", 301), strings.Repeat("é", 100), "-h" + strings.Repeat("0", 64), "aux", "🚢"}

func checkName(t *testing.T, id, path string) string {
	t.Helper()
	name := fileName(&output.Record{DocID: id, Source: output.Source{Path: path}})
	if !portable.MatchString(name) || len(name) > 200-len(".json") {
		t.Fatalf("id %q and path %q have the name %q", id, path, name)
	}
	return name
}

func TestFileName(t *testing.T) {
	tests := []struct{ id, path, want string }{
		{"d_3f9c0a1234567890", "articles/rubio.txt", "rubio_d_3f9c0a1234567890"},
		{"d_1", "Ferry Árticle (2).TXT", "ferry-rticle-2_d_1"},
		{"d_1", "", "article_d_1"},
		{"d_1", "CON", "con_d_1"},
		{"d_1", `C:\news\a.txt`, "a_d_1"},
		{"d_1", "a-very-long-name-of-an-article-that-goes-on-and-on.html", "a-very-long-name-of-an-article-that-goes_d_1"},
		{"../x", "a", "a_-2e-2e-2fx"},
		{"Å", "a", "a_-c3-85"},
	}
	for _, test := range tests {
		if got := checkName(t, test.id, test.path); got != test.want {
			t.Errorf("id %q and path %q: got %s, want %s", test.id, test.path, got, test.want)
		}
	}
}

// Different ids have different names, whatever the paths are.
func TestFileNamesDiffer(t *testing.T) {
	names := map[string]string{}
	for _, id := range tricky {
		for _, path := range tricky {
			name := checkName(t, id, path)
			if other, ok := names[name]; ok && other != id {
				t.Errorf("ids %q and %q have the name %q", id, other, name)
			}
			names[name] = id
		}
	}
}

func FuzzFileName(f *testing.F) {
	for i, id := range tricky {
		f.Add(id, "a.txt", tricky[(i+1)%len(tricky)], id)
	}
	f.Fuzz(func(t *testing.T, a, pathA, b, pathB string) {
		same := checkName(t, a, pathA) == checkName(t, b, pathB)
		if same && a != b {
			t.Fatalf("ids %q and %q have one name", a, b)
		}
	})
}
