package dataset

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadAbout(t *testing.T) {
	a := about(t)
	if a.Published != "2026-01-31" || a.Version != "1.0" || len(a.Creators) != 2 || a.Creators[1].Type != "organization" {
		t.Errorf("%+v", a)
	}
	for name, c := range map[string]struct{ in, want string }{
		"empty":       {"", ""},
		"unknown key": {"title: a\nlicence: b\n", `x.yaml:2: unknown key "licence"; see docs/dataset.md for the keys`},
		"inner key":   {"creators:\n  - nom: a\n", `x.yaml:2: unknown key "nom"; see docs/dataset.md for the keys`},
		"list":        {"title: [a]\n", "x.yaml:1: a list does not belong here; see docs/dataset.md for the keys"},
		"syntax":      {"title: a: b\n", "x.yaml:1: mapping values are not allowed in this context"},
		"alias":       {"title: &a x\ndescription: *a\n", "x.yaml:1: an anchor or alias; write the value out"},
		"two":         {"title: a\n---\ntitle: b\n", "x.yaml:2: more than one document; put each into a file of its own"},
		"large":       {strings.Repeat("#", maxAbout+1), "x.yaml: larger than 1 MiB; keep to the description of the data set"},
		"values": {"name: My Set\nurl: example.org\npublished: yesterday\nlicenses: [{title: free}, {name: do what you want}]\ncreators: [{type: robot, email: a, path: b}]\nsources: [{}]\n",
			`x.yaml: name: "My Set"; take small letters, digits, '.', '_' and '-'
published: "yesterday" is no date; write it as 2026-01-31
url: "example.org" is no address; begin it with https://
licenses: one without name and path; give it a name such as CC-BY-4.0
licenses: name "do what you want"; take an identifier such as CC-BY-4.0, and title for words
creators: one without a name; name it
creators: type "robot"; take person or organization
creators: email "a" has no @; correct it
creators: path: "b" is no address; begin it with https://
sources: one without title and path; give it a title`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadAbout(strings.NewReader(c.in), "x.yaml")
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A bomb of aliases is refused before it is blown up.
func TestAliasBomb(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'i'; c++ {
		previous := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+previous+",", 9), ",") + "]\n"
	}
	if _, err := ReadAbout(strings.NewReader(bomb), "x.yaml"); err == nil || !strings.Contains(err.Error(), "alias") {
		t.Error(err)
	}
}
