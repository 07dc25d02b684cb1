package eval

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func smallReport() *Report {
	return &Report{
		Articles: 2, Cases: 10, Skipped: 1,
		Figures:      []Figure{{"quotes.recall.direct", 9, 10}, {"quotes.recall.block", 0, 0}, {"quotes.precision", 200, 200}, {"zones", 1, 3}},
		Confusion:    Confusion{Exact: 12, Missed: 3},
		Attributions: []Rule{{"cue/say", 11, 10, 9, 8}, {"near/any", 1, 0, 0, 0}},
		Recognizers:  []Rule{},
		Errors: []Errors{{Kind: "name", Count: 3, First: []Error{{"a01", "“Yes”", "Ada Moor", "", "cue/say"}}},
			{Kind: "quotes.missed", Count: 1, First: []Error{{Article: "a02", Text: "direct “<No>”"}}}, {Kind: "zones", Count: 2, First: []Error{}}},
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := smallReport().Text(&b, Parts{Rules: true, Slices: true, Calibration: true}); err != nil {
		t.Fatal(err)
	}
	want := `articles 2, taxonomy cases 10 (HTML cases skipped 1)

figure                    %     ±  right   of

quotes.recall.direct   90.0  18.6      9   10
quotes.precision      100.0   0.0    200  200

zones                  33.3  53.3      1    3

mentions         n
exact           12
wrong type       0
wrong boundary   0
both wrong       0
missed           3
spurious         0

attribution  fired  judged  right     %  named     %
cue/say         11      10      9  90.0      8  80.0
near/any         1       0      0     -      0     -

name: 3
  a01: “Yes”: want Ada Moor, got none by cue/say

quotes.missed: 1
  a02: direct “<No>”
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	if err := smallReport().Text(&b, Parts{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "cue/say  ") {
		t.Error("rules are shown without being asked for")
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	r := smallReport()
	r.Errors = r.Errors[1:2]
	r.Figures = r.Figures[1:]
	r.Attributions = nil
	if err := r.JSON(&b); err != nil {
		t.Fatal(err)
	}
	want := `{"articles":2,"cases":10,"cases_skipped":1,"figures":[` +
		`{"name":"quotes.recall.block","value":null,"right":0,"of":0},{"name":"quotes.precision","value":100,"right":200,"of":200},` +
		`{"name":"zones","value":33.33,"right":1,"of":3}],` +
		`"confusion":{"exact":12,"type":0,"boundary":0,"both":0,"missed":3,"spurious":0},"attributions":[],"recognizers":[],"slices":[],"calibration":null,` +
		`"errors":[{"kind":"quotes.missed","count":1,"first":[{"article":"a02","text":"direct “<No>”","want":"","got":"","by":""}]}]}`
	// Only the indentation is taken out: no string of the report holds two spaces or a line break.
	got := strings.NewReplacer("\n", "", "  ", "", `": `, `":`).Replace(b.String())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFloors(t *testing.T) {
	floors, err := ReadFloors([]byte("# comment\nquotes.recall.direct: 90\nquotes.precision: 100.0\nzones: 33.34\n"))
	if err != nil {
		t.Fatal(err)
	}
	below, err := smallReport().Below(floors)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"zones is 33.33 (1 of 3), below its floor of 33.34"}
	if diff := cmp.Diff(want, below); diff != "" {
		t.Errorf("below (-want +got):\n%s", diff)
	}
	below, err = smallReport().Below([]Floor{{"quotes.precison", 1}, {"quotes.recall.block", 1}, {"zones", 50}})
	if len(below) != 1 || err == nil || !strings.Contains(err.Error(), `no figure "quotes.precison"`) || !strings.Contains(err.Error(), `"quotes.recall.block" counted nothing`) {
		t.Errorf("below %v, error %v; want zones below, and both faults of names", below, err)
	}
}

func TestFloorFaults(t *testing.T) {
	for _, test := range []struct{ data, want string }{
		{"- zones", "line 1: not a mapping; write"},
		{"zones: high", `line 1: zones: "high" is no value in percent; give`},
		{"zones: 101", `line 1: zones: "101" is no value`},
		{"zones: .nan", "is no value"},
		{"zones: 1\nzones: 2", "line 2: zones is there twice; keep one"},
		{"zones: [", "yaml: "},
	} {
		if _, err := ReadFloors([]byte(test.data)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error is %v, want %q", test.data, err, test.want)
		}
	}
	for _, data := range []string{"", "# only a comment\n", "~\n"} {
		if floors, err := ReadFloors([]byte(data)); err != nil || len(floors) > 0 {
			t.Errorf("%q: %v, %v; want no floors and no error", data, floors, err)
		}
	}
}

// The project's own floors must be of figures that exist, so that a misspelt one does not guard nothing.
func TestOwnFloors(t *testing.T) {
	data, err := os.ReadFile("../../floors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	floors, err := ReadFloors(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range floors {
		if !slices.Contains(figureNames, f.Name) && !strings.HasPrefix(f.Name, "taxonomy.") {
			t.Errorf("no figure is named %s", f.Name)
		}
	}
}
