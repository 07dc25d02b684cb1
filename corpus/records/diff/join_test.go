package diff

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/effort"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// file returns a file of records "path/text", and error records for "!".
func file(t testing.TB, f output.Format, names ...string) *File {
	t.Helper()
	var b bytes.Buffer
	w := output.NewWriter(&b, f)
	for _, name := range names {
		if name == "!" {
			if err := output.WriteError(&b, output.NewError(output.Source{Path: "x"}, "binary", "not text", "read")); err != nil {
				t.Fatal(err)
			}
			continue
		}
		path, text, _ := strings.Cut(name, "/")
		r := &output.Record{Schema: output.DocumentSchema, DocID: "d_" + name, Source: output.Source{Path: path}, TextSHA256: text, Offsets: "codepoint"}
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return NewFile("f", bytes.NewReader(b.Bytes()), int64(b.Len()))
}

func joined(t testing.TB, a, b *File, ahead int) (list []string) {
	t.Helper()
	dir := t.TempDir()
	name := func(f *File, e *Entry) string {
		if e == nil {
			return "-"
		}
		r, err := f.Record(e)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimPrefix(r.DocID, "d_")
	}
	for p, err := range join(a, b, dir, ahead) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.TrimSpace(name(a, p.A)+" "+name(b, p.B)+" "+p.By))
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	return list
}

func TestJoin(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       []string
	}{
		{"empty", "", "", nil},
		{"same", "a/1 b/2", "a/1 b/2", []string{"a/1 a/1 doc_id", "b/2 b/2 doc_id"}},
		{"inserted", "a/1 b/2", "x/9 a/1 b/2", []string{"a/1 a/1 doc_id", "b/2 b/2 doc_id", "- x/9"}},
		{"missing", "x/9 a/1 b/2", "a/1 b/2", []string{"a/1 a/1 doc_id", "b/2 b/2 doc_id", "x/9 -"}},
		{"changed", "a/1 b/2", "a/3 b/2", []string{"a/1 a/3 path", "b/2 b/2 doc_id"}},
		{"moved", "a/1 b/2", "c/1 b/2", []string{"b/2 b/2 doc_id", "a/1 c/1 text"}},
		{"copies", "a/1 b/1 c/1", "c/1 d/1", []string{"c/1 c/1 doc_id", "a/1 d/1 text", "b/1 -"}},
		{"twice", "a/1 a/1", "a/1 a/1", []string{"a/1 a/1 doc_id", "a/1 a/1 doc_id"}},
		{"twice once", "a/1 a/1", "a/1", []string{"a/1 a/1 doc_id", "a/1 -"}},
		{"reversed", "a/1 b/2 c/3", "c/3 b/2 a/1", []string{"b/2 b/2 doc_id", "a/1 a/1 doc_id", "c/3 c/3 doc_id"}},
		{"errors", "! a/1 !", "a/1", []string{"a/1 a/1 doc_id"}},
	}
	for _, test := range tests {
		for _, ahead := range []int{0, 1, 100} {
			t.Run(fmt.Sprint(test.name, ahead), func(t *testing.T) {
				got := joined(t, file(t, output.JSONL, strings.Fields(test.a)...), file(t, output.JSONL, strings.Fields(test.b)...), ahead)
				want := slices.Clone(test.want)
				slices.Sort(want) // of what comes first in turned orders, memory decides nothing
				slices.Sort(got)
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// However two files are shuffled, and whatever part of them waits on disk, the same records are found to belong together.
func TestJoinShuffled(t *testing.T) {
	var names []string
	n := effort.Pick(120, 600)
	for i := range n {
		names = append(names, fmt.Sprintf("p%d/%d", i, i%(n/3)))
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	t.Log("seed", seed)
	for _, format := range []output.Format{output.JSON, output.JSONL, output.YAML} {
		a, b := slices.Clone(names[:n-n/6]), slices.Clone(names[n/6:])
		random.Shuffle(len(a), func(i, j int) { a[i], a[j] = a[j], a[i] })
		random.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		var lists [2][]string
		for i, ahead := range []int{7, 10000} {
			lists[i] = joined(t, file(t, format, a...), file(t, format, b...), ahead)
			slices.Sort(lists[i])
			if found := strings.Count(strings.Join(lists[i], "\n"), ByID); found != n-2*(n/6) {
				t.Errorf("%v, %d ahead: %d found by doc_id", format, ahead, found)
			}
		}
		if diff := gocmp.Diff(lists[0], lists[1]); diff != "" {
			t.Error(diff)
		}
	}
}

func TestJoinFaults(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"{\"schema\":\"x/1\"}\n", `f:1: its schema is "x/1", not quoth/document/1; see quoth validate`},
		{"{\"schema\":\"quoth/error/1\"}\n{", "f:2: unexpected end of JSON input; see quoth validate"},
		{"[", "f: unexpected EOF; see quoth validate"},
	} {
		var err error
		for _, err = range Join(file(t, output.JSONL, "a/1", "b/1", "c/1"), NewFile("f", strings.NewReader(test.text), int64(len(test.text))), t.TempDir()) {
			if err != nil {
				break
			}
		}
		if err == nil || err.Error() != test.want {
			t.Errorf("want %s, got %v", test.want, err)
		}
	}
}
