package dataset

import "testing"

func TestKeyTerms(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The bridge is closed. The bridge’s owner said that the bridge would open, and that the owner wasn’t sure.", "bridge; owner"},
		{"Zoë and Zoë met Ava; Ava left. It is 2024, and 2024 is odd.", "ava; zoë"},
		{"Nothing comes twice here.", ""},
		{"“” -- '' 's 's 's a a a", ""},
	} {
		got, _ := keyTerms(&test.text).(string)
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
	if keyTerms(nil) != nil {
		t.Error("no text has key terms")
	}
}
