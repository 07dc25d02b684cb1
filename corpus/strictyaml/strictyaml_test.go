package strictyaml_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/quoth-nlp/quoth/corpus/strictyaml"
)

// even is a number that its own method checks.
type even int

func (e *even) UnmarshalYAML(n *yaml.Node) error {
	if n.Decode((*int)(e)) != nil || *e%2 != 0 {
		return strictyaml.At(n.Line, "%q is odd; take an even number", n.Value)
	}
	return nil
}

type settings struct {
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"`
	Even  even     `yaml:"even"`
	On    bool     `yaml:"on"`
}

func TestDecode(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"good", "name: a\nwords: [b, c]\neven: 2\n", ""},
		{"unknown key", "name: a\nname2: b\n", `line 2: unknown key "name2"; see keys.md for the keys`},
		{"all faults", "name: [a]\nwords: {b: c}\neven: 3\nx: 1\n",
			"line 1: a list does not belong here; see keys.md for the keys\n" +
				"line 2: a mapping does not belong here; see keys.md for the keys\n" +
				"line 3: \"3\" is odd; take an even number\n" +
				"line 4: unknown key \"x\"; see keys.md for the keys"},
		{"scalar", "on: perhaps\n", "line 1: a text `perhaps` does not belong here; see keys.md for the keys"},
		{"timestamp", "on: 2026-01-31\n", "line 1: a value of the kind timestamp `2026-01-31` does not belong here; see keys.md for the keys"},
		{"key twice", "name: a\nname: b\n", `line 2: mapping key "name" already defined at line 1`},
		{"anchor", "name: a\nwords: [&b c]\n", "line 2: an anchor or alias; write the value out"},
		{"alias", "name: &b c\nwords: [*b]\n", "line 1: an anchor or alias; write the value out"},
		{"second document", "name: a\n---\nname: b\n", "line 2: more than one document; put each into a file of its own"},
		{"broken second document", "name: a\n---\nname: [\n", "line 1: more than one document; put each into a file of its own"},
		{"no mapping", "[1]\n", "line 1: a list does not belong here; see keys.md for the keys"},
		{"syntax", "name: a\nwords: [\n", "line 2: did not find expected node content"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			if err := strictyaml.Decode([]byte(test.in), new(settings), "keys.md"); err != nil {
				got = err.Error()
				if f := (strictyaml.Faults)(nil); !errors.As(err, &f) || len(f) == 0 {
					t.Errorf("no Faults: %#v", err)
				}
			}
			if got != test.want {
				t.Errorf("want\n%s\ngot\n%s", test.want, got)
			}
		})
	}
	for _, empty := range []string{"", "# nothing\n"} {
		if err := strictyaml.Decode([]byte(empty), new(settings), "keys.md"); err != io.EOF {
			t.Errorf("%q: want io.EOF, got %v", empty, err)
		}
	}
}

// A small file of aliases does not become a large document.
func TestAliasBomb(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	if err := strictyaml.Decode([]byte(bomb), new(map[string]any), "keys.md"); err == nil {
		t.Error("no fault")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("name: a\nwords: [b]\n"))
	f.Add([]byte("name: &a b\nx: *a\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := strictyaml.Decode(data, new(settings), "keys.md")
		if err == nil || err == io.EOF {
			return
		}
		faults := (strictyaml.Faults)(nil)
		if !errors.As(err, &faults) {
			t.Fatalf("%#v", err)
		}
		for _, x := range faults {
			if x.Line < 1 || x.Msg == "" {
				t.Errorf("%+v", x)
			}
		}
	})
}

func ExampleFaults_In() {
	var s settings
	err := strictyaml.Decode([]byte("nmae: a\n"), &s, "docs/settings.md")
	if faults := (strictyaml.Faults)(nil); errors.As(err, &faults) {
		fmt.Println(faults.In("my.yaml"))
	}
	// Output: my.yaml:1: unknown key "nmae"; see docs/settings.md for the keys
}
