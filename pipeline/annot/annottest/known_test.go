package annottest

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A result is compared with want, or with got where there is one, and one that has become right is a fault too.
func TestCompare(t *testing.T) {
	for _, test := range []struct{ archive, result, want string }{
		{"-- want --\na\n", "a\n", ""},
		{"-- want --\na\n", "b\n", "(-want +got)"},
		{"-- input --\na\n", "b\n", "no section want"},
		{"-- want --\na\n-- got --\nb\n", "b\n", ""},
		{"-- want --\na\n-- got --\nb\n", "a\n", "now what is wanted"},
		{"-- want --\na\n-- got --\nb\n", "c\n", "has changed"},
		{"-- got --\nb\n", "b\n", "no section want"},
	} {
		fault := compare(txtar.Parse([]byte(test.archive)), test.result)
		if test.want == "" && fault != "" || !strings.Contains(fault, test.want) {
			t.Errorf("%q with the result %q: want %q, got %q", test.archive, test.result, test.want, fault)
		}
	}
}

// The result goes into want, or into got where there is one, which goes once it is what is wanted.
func TestWrite(t *testing.T) {
	for _, test := range []struct{ archive, result, want string }{
		{"why\n-- input --\nx\n", "a\n", "why\n-- input --\nx\n-- want --\na\n"},
		{"-- want --\na\n", "b\n", "-- want --\nb\n"},
		{"-- want --\na\n-- got --\nb\n", "c\n", "-- want --\na\n-- got --\nc\n"},
		{"-- want --\na\n-- got --\nb\n", "a\n", "-- want --\na\n"},
		{"-- got --\nb\n", "a\n", "-- got --\na\n"},
	} {
		a := txtar.Parse([]byte(test.archive))
		write(a, test.result)
		if got := string(txtar.Format(a)); got != test.want {
			t.Errorf("%q with the result %q: want %q, got %q", test.archive, test.result, test.want, got)
		}
	}
}
