package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
)

// tokenDocs returns all documents of text.
func tokenDocs(text string) (docs []tokenDoc, err error) {
	err = readTokenDocs(strings.NewReader(text), "test", func(d tokenDoc) bool {
		docs = append(docs, d)
		return true
	})
	return docs, err
}

func TestReadTokenDocs(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"documents", "-DOCSTART-\tO\n\nAnn\tB-PER\nLee\tI-PER\n\nleft\tO\n\n-DOCSTART-\tO\n\nNo\tO\n", "[Ann Lee left] [2 3]; [No] []"},
		{"no mark", "Ann\n\n\nleft", "[Ann left] [1]"},
		{"tabs before spaces", "1 1/2\tO\nAnn B-PER x\n", "[1 1/2 Ann] []"},
		{"other white space is part of a token", "a\u00a0b\tO\n\u00a0\n", "[a\u00a0b \u00a0] []"},
		{"mark only", "\ufeff-DOCSTART- -X- O O", "[] []"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs, err := tokenDocs(test.in)
			var got []string
			for _, d := range docs {
				got = append(got, fmt.Sprint(d.Tokens, " ", d.Sentences))
			}
			if err != nil || strings.Join(got, "; ") != test.want {
				t.Errorf("want %s, got %s, %v", test.want, strings.Join(got, "; "), err)
			}
		})
	}
}

// Input without marks of documents is cut, so that no input fills the memory.
func TestReadTokenDocsIsBounded(t *testing.T) {
	for _, test := range []struct {
		name, in string
		docs     int
	}{
		{"sentences", strings.Repeat("a\n\n", 3*maxDocSentences), 3},
		{"long sentences", strings.Repeat(strings.Repeat("a\n", 300)+"\n", 100), 2},
		{"one sentence", strings.Repeat("a\n", 2*maxCutTokens), 2},
		{"blank lines", strings.Repeat("\n", 2*maxCutTokens), 2},
		{"long tokens", strings.Repeat(strings.Repeat("a", maxCutBytes)+"\n", 2), 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs, err := tokenDocs(test.in)
			if err != nil || len(docs) != test.docs {
				t.Errorf("want %d documents, got %d, %v", test.docs, len(docs), err)
			}
			lines := 0
			for _, d := range docs {
				lines += len(d.lines)
			}
			if want := strings.Count(test.in, "\n"); lines != want {
				t.Errorf("want %d lines, got %d", want, lines)
			}
		})
	}
}

func TestReadTokenDocsStops(t *testing.T) {
	n := 0
	err := readTokenDocs(strings.NewReader("-DOCSTART-\na\n-DOCSTART-\nb\n-DOCSTART-\nc\n"), "test", func(tokenDoc) bool { n++; return false })
	if err != errStopped || n != 1 {
		t.Errorf("want one document and to stop, got %d, %v", n, err)
	}
}

func TestIOB2(t *testing.T) {
	var got []string
	for l := crf.O; int(l) < len(tags); l++ {
		got = append(got, strings.TrimSpace(tags[l]))
	}
	want := strings.Fields("O B-PER I-PER I-PER B-PER B-LOC I-LOC I-LOC B-LOC B-ORG I-ORG I-ORG B-ORG B-MISC I-MISC I-MISC B-MISC")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzTag checks that every line of the input comes back with its token and a legal tag.
func FuzzTag(f *testing.F) {
	f.Add("-DOCSTART-\tO\n\nAnn\tB-PER\nLee\tI-PER\n\n")
	f.Add("\ufeffa O\r\n\xff\tI-MISC\n \n\tx\n")
	f.Add("-DOCSTART--DOCSTART-\nA.\nB.\nC\u00a0D")
	m, err := crf.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in string) {
		tagger := &tagRun{model: m}
		var out []byte
		err := readTokenDocs(strings.NewReader(in), "fuzz", func(d tokenDoc) bool {
			out = append(out, tagger.tag(d)...)
			return true
		})
		before := strings.SplitAfter(strings.TrimPrefix(in, "\ufeff"), "\n")
		if last := len(before) - 1; before[last] == "" {
			before = before[:last]
		}
		after := strings.SplitAfter(string(out), "\n")
		after = after[:len(after)-1]
		if err == nil && len(before) != len(after) {
			t.Fatalf("%d lines of %d", len(after), len(before))
		}
		inside := ""
		for i, line := range after {
			line = strings.TrimSuffix(line, "\n")
			if line == "" {
				if strings.Trim(before[i], " \t\r\n") != "" {
					t.Fatalf("line %d: %q became empty", i+1, before[i])
				}
				inside = ""
				continue
			}
			k := strings.LastIndexByte(line, '\t')
			token, tag := line[:k], line[k+1:]
			if !strings.HasPrefix(before[i], token) {
				t.Fatalf("line %d: %q became %q", i+1, before[i], line)
			}
			part, typ, _ := strings.Cut(tag, "-")
			switch {
			case tag == "O":
				typ = ""
			case part == "I" && typ != inside && len(after) < maxDocSentences, part != "I" && part != "B":
				t.Fatalf("line %d: tag %s behind %q", i+1, tag, inside)
			}
			inside = typ
		}
	})
}
