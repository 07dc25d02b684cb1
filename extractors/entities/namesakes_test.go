package entities_test

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// word proposes each occurrence of itself as a person.
type word string

func (w word) Name() string { return "word" }

func (w word) Recognize(d *annot.Document) (all []annot.Mention) {
	for _, tok := range d.Tokens {
		if d.Slice(tok.Span) == string(w) {
			all = append(all, annot.Mention{Span: tok.Span, Type: annot.PER, By: "word/x", Confidence: 1})
		}
	}
	return all
}

// A surname of persons whom the article never names in full, since a user's list knows them by other words, is the
// first one's.
func TestNamesakesNeverNamedInFull(t *testing.T) {
	process := listed(t, userList(t, "own.tsv", "AC\tPER\tAnn Cole\nMC\tPER\tMary Cole\n"), word("Cole"))
	d := annot.New("", "AC left early. It was late. MC left too. Cole said so.")
	process(t, d)
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	var got []string
	for _, e := range d.Entities {
		got = append(got, e.Name+": "+strings.Join(e.Aliases, ", "))
	}
	if want, got := "Ann Cole: AC, Cole; Mary Cole: MC", strings.Join(got, "; "); got != want {
		t.Errorf("want %s\n got %s", want, got)
	}
}
