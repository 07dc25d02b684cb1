package segment

import "testing"

func TestEqualFold(t *testing.T) {
	for _, test := range []struct {
		word, lower string
		want        bool
	}{
		{"AZaz", "azaz", true},
		{"", "", true},
		{"a", "", false},
		{"ab", "ac", false},
		{"@", "`", false},
		{"[", "{", false},
		{"É", "é", false}, // only ASCII letters
		{"É", "É", true},
	} {
		if got := EqualFold(test.word, test.lower); got != test.want {
			t.Errorf("%q, %q: %v, want %v", test.word, test.lower, got, test.want)
		}
	}
}
