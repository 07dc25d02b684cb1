package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const source = `package p

const limit = 3

func f(a, b int) (n int) {
	for i := 0; i < a; i++ {
		if a == b || i >= limit {
			continue
		}
		n += 2
	}
	switch {
	case n > 1 && b != 0:
		g("no")
	}
	x := 0.5
	return n + int(x)
}
`

func TestSites(t *testing.T) {
	sites, err := sitesIn("p/p.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sites {
		got = append(got, s.String())
	}
	slices.Sort(got)
	want := []string{
		"p/p.go:10: changed constant: 2 → 3",
		"p/p.go:10: dropped statement: n += 2 → nothing",
		"p/p.go:13: boundary of a comparison: > → >=",
		"p/p.go:13: changed constant: 0 → 1",
		"p/p.go:13: changed constant: 1 → 2",
		"p/p.go:13: negated condition: n > 1 && b != 0 → !(n > 1 && b != 0)",
		"p/p.go:13: other connective: && → ||",
		"p/p.go:14: dropped statement: g(\"no\") → nothing",
		"p/p.go:16: changed constant: 0.5 → 0.65",
		"p/p.go:6: boundary of a comparison: < → <=",
		"p/p.go:6: changed constant: 0 → 1",
		"p/p.go:7: boundary of a comparison: >= → >",
		"p/p.go:7: negated condition: a == b || i >= limit → !(a == b || i >= limit)",
		"p/p.go:7: other connective: || → &&",
		"p/p.go:8: dropped statement: continue → nothing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestApply(t *testing.T) {
	s := site{start: 2, end: 4, is: "xyz"}
	if got := string(s.apply([]byte("abcdef"))); got != "abxyzef" {
		t.Errorf("want abxyzef, got %s", got)
	}
}

// module writes a module of one package into a folder of its own.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// The same seed draws the same sites, each once, and another seed another order; packages and kinds take turns.
func TestDraw(t *testing.T) {
	root := module(t, map[string]string{"p/p.go": source, "p/p_test.go": source, "p/p_windows.go": source, "q/q.go": source})
	m := machine{root: root}
	draw := func(seed uint64) (list []string) {
		next, err := m.draw([]string{"p", "q"}, seed)
		if err != nil {
			t.Fatal(err)
		}
		of := map[string][]kind{}
		for s, ok := next(); ok; s, ok = next() {
			if want := []string{"p/p.go", "q/q.go"}[len(list)%2]; s.file != want {
				t.Errorf("site %d is in %s, want %s", len(list), s.file, want)
			}
			of[s.file] = append(of[s.file], s.kind)
			list = append(list, s.String())
		}
		for file, got := range of {
			first := slices.Clone(got[:len(kinds)])
			slices.Sort(first)
			if len(slices.Compact(first)) != len(kinds) {
				t.Errorf("%s: the kinds do not take turns: %q", file, got)
			}
		}
		return list
	}
	one := draw(1)
	if diff := cmp.Diff(one, draw(1)); diff != "" {
		t.Errorf("another order for the same seed:\n%s", diff)
	}
	if slices.Equal(one, draw(2)) {
		t.Error("the same order for another seed")
	}
	slices.Sort(one)
	if len(one) != 30 || len(slices.Compact(one)) != 30 {
		t.Errorf("%d sites, want 30 that differ", len(one))
	}
}

// Each outcome is reported, what does not compile does not count, and the source is as it was.
func TestMeasure(t *testing.T) {
	root := module(t, map[string]string{"p/p.go": "package p\n\nfunc f(a int) bool {\n\treturn a < 3 && a > 1\n}\n"})
	tested := map[string]int{}
	m := machine{root: root, readers: []string{"./..."}, test: func(_ context.Context, _, overlay string, pkgs ...string) (outcome, error) {
		tested[strings.Join(pkgs, " ")]++
		changed, err := os.ReadFile(filepath.Join(filepath.Dir(overlay), "mutant.go"))
		if err != nil {
			return 0, err
		}
		switch text, own := string(changed), pkgs[0] == "./p"; {
		case strings.Contains(text, "a < 4"):
			return invalid, nil
		case strings.Contains(text, "a <= 3") && own, strings.Contains(text, "a > 2") && !own:
			return killed, nil
		}
		return survived, nil
	}}
	var out bytes.Buffer
	err := m.measure(t.Context(), []string{"p"}, 9, 1, &out)
	if !errors.Is(err, errSurvivors) {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{
		"killed    p/p.go:4: boundary of a comparison: < → <=\n",
		"killed    p/p.go:4: changed constant: 1 → 2, by ./...\n",
		"survived  p/p.go:4: other connective: && → ||\n\t-\treturn a < 3 && a > 1\n\t+\treturn a < 3 || a > 1\n",
		"4 mutants: 1 killed by the tests of their package, 1 by others, 2 survived\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("want %q in\n%s", want, out.String())
		}
	}
	if want := map[string]int{"./p": 5, "./...": 3}; !cmp.Equal(want, tested) {
		t.Errorf("tests ran %v, want %v", tested, want)
	}
	if text, err := os.ReadFile(filepath.Join(root, "p/p.go")); err != nil || !strings.Contains(string(text), "a < 3 && a > 1") {
		t.Errorf("the source is %s, %v", text, err)
	}
}

// What go test says of a mutant that a test notices, of one that none does and of one that does not compile.
func TestGoTest(t *testing.T) {
	root := module(t, map[string]string{
		"go.mod":      "module example.com/m\n\ngo 1.24\n",
		"p/p.go":      "package p\n\nfunc big(a int) bool { return a > 3 }\n",
		"p/p_test.go": "package p\n\nimport \"testing\"\n\nfunc TestBig(t *testing.T) {\n\tif big(3) {\n\t\tt.Error(\"3 is big\")\n\t}\n}\n",
	})
	m := machine{root: root, test: goTest(time.Minute)}
	for is, want := range map[string]outcome{">=": killed, "<": survived, "+": invalid} {
		at := strings.Index("package p\n\nfunc big(a int) bool { return a > 3 }\n", ">")
		got, _, err := m.try(t.Context(), site{file: "p/p.go", start: at, end: at + 1, is: is})
		if err != nil || got != want {
			t.Errorf("%s: outcome %d, %v; want %d", is, got, err, want)
		}
	}
}

func TestRunFaults(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"mutants", "-root", t.TempDir(), "nowhere"}, &stdout, &stderr); code != 2 {
		t.Errorf("a package that is none: exit code %d, want 2; %s", code, stderr.String())
	}
}
