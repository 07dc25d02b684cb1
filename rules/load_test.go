package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// folder makes a folder of rule files from pairs of name and content.
func folder(pairs ...string) fs.FS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// load makes a Set of one file that must be good.
func load(t *testing.T, content string) *Set {
	t.Helper()
	set, err := Load(folder("a.yaml", content))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestLoadFaults(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"unknown top key", "cuse: []\n",
			`a.yaml:1:1: unknown key "cuse"; did you mean cues?`},
		{"unknown rule key", "words:\n  - id: x\n    class: adverb\n    form: [a]\n    forms: [b]\n",
			`a.yaml:4:5: rule "x": unknown key "form"; did you mean forms?`},
		{"unknown key without a near one", "zzzzzzzz: 1\n",
			`a.yaml:1:1: unknown key "zzzzzzzz"; use one of words, cues, reports, kinds, boilerplate, disable`},
		{"key twice", "words:\n  - id: x\n    class: adverb\n    class: modal\n    forms: [b]\n",
			`a.yaml:4:5: rule "x": key "class" appears twice; join the two`},
		{"no id", "words:\n  - class: adverb\n    forms: [b]\n",
			`a.yaml:2:5: no id; give the rule a name of its own, as in id: some-name`},
		{"bad id", "words:\n  - id: Some Name\n    class: adverb\n    forms: [b]\n",
			`a.yaml:2:9: rule "Some Name": id is not a plain name; use lower-case letters, digits and single hyphens, as in some-name`},
		{"duplicate id", "words:\n  - id: x\n    class: adverb\n    forms: [b]\n  - id: x\n    class: modal\n    forms: [c]\n",
			`a.yaml:5:9: rule "x": id is used already at a.yaml:2:9; choose another`},
		{"empty forms", "cues:\n  - id: x\n    class: say\n    weight: 1\n    forms: []\n",
			`a.yaml:5:12: rule "x": no forms; list at least one, as in forms: [say, says]`},
		{"null forms", "cues:\n  - id: x\n    class: say\n    weight: 1\n    forms:\n",
			`a.yaml:5:5: rule "x": no forms; list at least one, as in forms: [say, says]`},
		{"missing forms", "words:\n  - id: x\n    class: adverb\n",
			`a.yaml:2:5: rule "x": no forms; list at least one, as in forms: [say, says]`},
		{"forms no list", "words:\n  - id: x\n    class: adverb\n    forms: later\n",
			`a.yaml:4:12: rule "x": forms is not a list; put it in brackets, as in forms: [say, says]`},
		{"blank form", "words:\n  - id: x\n    class: adverb\n    forms: [a, \" \"]\n",
			`a.yaml:4:16: rule "x": an entry of forms is not a text; write each as a word or in quotes, as in forms: [say, says]`},
		{"form twice", "words:\n  - id: x\n    class: adverb\n    forms: [a, A]\n",
			`a.yaml:4:16: rule "x": form "a" is listed twice; take one off`},
		{"form of two cues", "cues:\n  - {id: x, class: say, weight: 1, forms: [says]}\n  - {id: y, class: ask, weight: 1, forms: [says]}\n",
			`a.yaml:3:36: rule "y": form "says" is also one of rule "x"; leave it in one of them`},
		{"unknown class", "words:\n  - id: x\n    class: adverv\n    forms: [a]\n",
			`a.yaml:3:12: rule "x": unknown class "adverv"; did you mean adverb?`},
		{"unknown class in a list", "words:\n  - id: x\n    class: [adverb, adverv]\n    forms: [a]\n",
			`a.yaml:3:21: rule "x": unknown class "adverv"; did you mean adverb?`},
		{"no cue class", "cues:\n  - id: x\n    class: \"\"\n    weight: 1\n    forms: [a]\n",
			`a.yaml:3:12: rule "x": unknown class ""; use one of say, tell, ask, write, call, manner, think, read_out, noun, phrase`},
		{"missing class", "words:\n  - id: x\n    forms: [a]\n",
			`a.yaml:2:5: rule "x": no class; name one or a list, as in class: adverb`},
		{"weight above one", "cues:\n  - {id: x, class: say, weight: 1.5, forms: [a]}\n",
			`a.yaml:2:33: rule "x": weight "1.5" is not between 0 and 1; write a number, as in weight: 0.9`},
		{"weight not a number", "cues:\n  - {id: x, class: say, weight: .nan, forms: [a]}\n",
			`a.yaml:2:33: rule "x": weight ".nan" is not between 0 and 1; write a number, as in weight: 0.9`},
		{"missing weight", "cues:\n  - {id: x, class: say, forms: [a]}\n",
			`a.yaml:2:5: rule "x": no weight; say how sure the cue is, 0 to 1, as in weight: 0.9`},
		{"flag", "cues:\n  - {id: x, class: say, weight: 1, forms: [a], social: maybe}\n",
			`a.yaml:2:56: rule "x": social is neither true nor false; write one of them`},
		{"bad pattern", "boilerplate:\n  - id: x\n    zone: byline\n    pattern: '^(By'\n",
			"a.yaml:4:14: rule \"x\": pattern does not compile: missing closing ): `^(By`; correct it, the syntax is RE2 and single quotes keep backslashes"},
		{"pattern of everything", "boilerplate:\n  - id: x\n    zone: byline\n    pattern: 'a*'\n",
			`a.yaml:4:14: rule "x": pattern matches the empty text and so every line; anchor it or ask for at least one letter`},
		{"missing pattern", "boilerplate:\n  - id: x\n    zone: byline\n",
			`a.yaml:2:5: rule "x": no pattern; write one, as in pattern: '^Advertisement$'`},
		{"unknown zone", "boilerplate:\n  - id: x\n    zone: bylane\n    pattern: '^By'\n",
			`a.yaml:3:11: rule "x": unknown zone "bylane"; did you mean byline?`},
		{"missing zone", "boilerplate:\n  - id: x\n    pattern: '^By'\n",
			`a.yaml:2:5: rule "x": no zone; name one, as in zone: boilerplate`},
		{"unknown key of examples", "words:\n  - id: x\n    class: adverb\n    forms: [a]\n    examples: {mach: [b]}\n",
			`a.yaml:5:16: rule "x": unknown key "mach"; did you mean match?`},
		{"anchor", "words:\n  - id: x\n    class: adverb\n    forms: &f [a]\n",
			`a.yaml:4:12: anchor &f; take it off, anchors are not allowed`},
		{"alias", "words: &w []\ncues: *w\n",
			"a.yaml:1:8: anchor &w; take it off, anchors are not allowed\na.yaml:2:7: alias *w; write the value out, aliases are not allowed"},
		{"tag", "words: !!map\n", `a.yaml:1:8: tag !!map; take it off, tags are not allowed`},
		{"second document", "words:\n  - {id: x, class: adverb, forms: [a]}\n---\nwords: []\n",
			`a.yaml:3:1: a second document starts here; put it into its own file`},
		{"no mapping", "- a\n", `a.yaml:1:1: not a mapping; write keys with values, as in words: …`},
		{"rule no mapping", "words:\n  - later\n", `a.yaml:2:5: not a mapping; write keys with values, as in id: …`},
		{"section empty", "words:\n", `a.yaml:1:1: words is empty; list rules under it or take the key off`},
		{"section no list", "words: {id: x}\n", `a.yaml:1:8: words is not a list; start each rule with a dash, as in - id: some-name`},
		{"disable unknown", "disable: [sai]\n", `a.yaml:1:11: disable names no rule "sai"; take it off the list`},
		{"not UTF-8", "words:\n  - id: \xff\n", `a.yaml:2:9: text is not valid UTF-8; save the file as UTF-8`},
		{"too large", "#" + strings.Repeat("x", maxFileSize), `a.yaml:1:1: file is larger than 1 MiB; split it into several files`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(folder("a.yaml", test.content))
			if err == nil {
				t.Fatalf("no error; want\n%s", test.want)
			}
			if err.Error() != test.want {
				t.Errorf("error\nwant %s\ngot  %s", test.want, err)
			}
			var fault *Error
			if !errors.As(err, &fault) {
				t.Errorf("%T holds no *Error", err)
			}
		})
	}
}

// The parser counts the line that it was in before the tab.
func TestLoadSyntax(t *testing.T) {
	_, err := Load(folder("a.yaml", "words:\n  - id: x\n\tclass: adverb\n"))
	var fault *Error
	if !errors.As(err, &fault) || fault.Line != 2 || !strings.Contains(fault.Msg, "not valid YAML") {
		t.Errorf("want a fault of YAML in line 2, got %v", err)
	}
}

func TestLoadReportsAllFiles(t *testing.T) {
	_, err := Load(folder(
		"b.yaml", "words:\n  - {id: x, class: nope, forms: []}\n",
		"a.yaml", "words:\n  - {id: x, class: adverb, forms: [a], note: b}\n",
		"c.yml", "words: []\n"))
	want := []string{
		`a.yaml:2:40: rule "x": unknown key "note"`,
		`b.yaml:2:10: rule "x": id is used already at a.yaml:2:10`,
		`b.yaml:2:20: rule "x": unknown class "nope"`,
		`b.yaml:2:33: rule "x": no forms`,
		`c.yml:1:1: the name ends in .yml`,
	}
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("want %d faults, got\n%s", len(want), err)
	}
	for i, prefix := range want {
		if !strings.HasPrefix(lines[i], prefix) {
			t.Errorf("fault %d: want %s…, got %s", i, prefix, lines[i])
		}
	}
}

func TestLoadNothing(t *testing.T) {
	if _, err := Load(folder("readme.txt", "no rules")); err == nil || !strings.Contains(err.Error(), "no rule files") {
		t.Errorf("want an error about no rule files, got %v", err)
	}
	if _, err := Load(folder("a.yaml", "# only a comment\n")); err != nil {
		t.Errorf("a file of comments is good, got %v", err)
	}
}

func TestWith(t *testing.T) {
	base := load(t, `
cues:
  - {id: say, class: say, weight: 1, forms: [say, says]}
  - {id: add, class: say, weight: 1, forms: [add, adds]}
words:
  - {id: adverb, class: adverb, forms: [later]}
  - {id: month, class: month, forms: [May]}
`)
	sum := base.SHA256()
	top, err := base.With(folder("user.yaml", `
disable: [month]
words:
  - {id: adverb, class: adverb, forms: [soon]}
cues:
  - {id: claim, class: say, weight: 0.3, forms: [claims, adds]}
`))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]Class{"later": 0, "soon": Adverb, "may": 0} {
		if got := top.Classes(word); got != want {
			t.Errorf("Classes(%q): want %v, got %v", word, want, got)
		}
	}
	for word, want := range map[string]string{"says": "say", "add": "add", "adds": "claim", "claims": "claim"} {
		if cue := top.Cue(word); cue == nil || cue.ID != want {
			t.Errorf("Cue(%q): want %s, got %v", word, want, cue)
		}
	}
	if base.SHA256() != sum || base.Cue("adds").ID != "add" || base.Classes("may") != Month {
		t.Error("With changed the older set")
	}
	if top.SHA256() == sum {
		t.Error("other rules, but the same hash")
	}
	_, err = base.With(folder("user.yaml", "disable: [monht]\n"))
	if want := `user.yaml:1:11: disable names no rule "monht"; did you mean month?`; err == nil || err.Error() != want {
		t.Errorf("want %s, got %v", want, err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("words:\n  - {id: x, class: adverb, forms: [a]}\n"))
	f.Add([]byte("cues:\n  - {id: x, class: say, weight: 0.5, forms: [a b], written: true}\n"))
	f.Add([]byte("boilerplate:\n  - {id: x, zone: byline, pattern: '^By'}\ndisable: [y]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("---\n---\n? [x]\n: !!binary y\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Load(folder("fuzz.yaml", string(data)))
		if err == nil {
			set.Classes("a")
			return
		}
		joined, ok := err.(interface{ Unwrap() []error })
		if !ok {
			t.Fatalf("error is not joined: %v", err)
		}
		for _, each := range joined.Unwrap() {
			var fault *Error
			if !errors.As(each, &fault) {
				t.Fatalf("%T is no *Error", each)
			}
			if fault.File != "fuzz.yaml" || fault.Line < 1 || fault.Column < 1 || fault.Msg == "" {
				t.Fatalf("fault without a place or a message: %#v", fault)
			}
			breaks := 0 // YAML has more line breaks than one
			for _, r := range string(data) {
				if strings.ContainsRune("\n\r\u0085\u2028\u2029", r) {
					breaks++
				}
			}
			if fault.Line > breaks+2 {
				t.Fatalf("line %d of a file of %d line breaks: %v", fault.Line, breaks, fault)
			}
		}
	})
}

func ExampleLoad() {
	set, err := Load(fstest.MapFS{"mine.yaml": {Data: []byte(`
cues:
  - id: croak
    forms: [croak, croaks, croaked]
    class: say
    weight: 0.7
`)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	cue := set.Cue("Croaked")
	fmt.Println(cue.ID, cue.Class, cue.Weight)

	_, err = Load(fstest.MapFS{"mine.yaml": {Data: []byte("words:\n  - id: soon\n    clas: adverb\n    class: adverb\n    forms: [soon]\n")}})
	fmt.Println(err)
	// Output:
	// croak say 0.7
	// mine.yaml:3:5: rule "soon": unknown key "clas"; did you mean class?
}
