package link

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

const said = "“The bridge will be closed until the spring of next year.”"

// record returns a record with one quote, which may be changed.
func record(n int, text string, change func(q *output.Quote)) *output.Record {
	q := output.Quote{QuoteID: "q1", Kind: "direct", Status: "unattributed", Zone: "body", Parts: []output.Part{{Start: 0, End: len([]rune(text)), Text: &text}},
		Text: &text, Fingerprint: output.Fingerprint(text), By: new("no-source/none"), Confidence: 0.5, Flags: []string{}}
	if change != nil {
		change(&q)
	}
	return &output.Record{Schema: output.DocumentSchema, DocID: fmt.Sprintf("d_%016x", n), Offsets: "codepoint", Quotes: []output.Quote{q}}
}

// by makes a quote that person or body said.
func by(name, kind string, confidence float64) func(q *output.Quote) {
	return func(q *output.Quote) {
		q.Status, q.By, q.Confidence = "attributed", new("quote-cue/say"), confidence
		q.Speaker = &output.Speaker{Name: output.Optional(name), Type: kind, EntityIDs: []string{}, Mention: &output.Span{}, ResolvedBy: new("name"), Candidates: []output.Candidate{}}
	}
}

// anonymous makes a quote of an unnamed speaker.
func anonymous(affiliation string, confidence float64) func(q *output.Quote) {
	return func(q *output.Quote) {
		by("", "anonymous", confidence)(q)
		q.Speaker.Affiliation, q.Flags = output.Optional(affiliation), []string{"anonymous"}
	}
}

func linked(t testing.TB, records ...*output.Record) Summary {
	t.Helper()
	l, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, r := range records {
		if err := l.Collect(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Decide(); err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		before, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		changed := l.Fill(r)
		after, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if changed == (string(before) == string(after)) {
			t.Errorf("changed is %t\n%s\n%s", changed, before, after)
		}
	}
	return l.Summary()
}

// What the second of two articles is given.
func TestFill(t *testing.T) {
	resolved := func(how string, change func(*output.Quote)) func(*output.Quote) {
		return func(q *output.Quote) { change(q); q.Speaker.ResolvedBy = &how }
	}
	flagged := func(flag string, change func(*output.Quote)) func(*output.Quote) {
		return func(q *output.Quote) { change(q); q.Flags = append(q.Flags, flag) }
	}
	ruiz, low := by("Ana Ruiz", "person", 0.99), by("Tom Roe", "person", 0.6)
	port := by("Port of Velmont", "organization", 0.99)
	tests := []struct {
		name       string
		from, to   func(*output.Quote)
		want       string // the name afterwards
		redundancy bool
	}{
		{"unattributed", ruiz, nil, "Ana Ruiz", true},
		{"anonymous", ruiz, anonymous("", 0.99), "Ana Ruiz", true},
		{"doubtful", ruiz, low, "Ana Ruiz", true},
		{"less doubtful", ruiz, by("Tom Roe", "person", 0.8), "Tom Roe", false},
		{"sure", ruiz, by("Tom Roe", "person", 0.95), "Tom Roe", false},
		{"confirmed", ruiz, by("Ruiz", "person", 0.6), "Ruiz", true},
		{"not sure enough", by("Ana Ruiz", "person", 0.95), nil, "", false},
		{"nobody sure", low, nil, "", false},
		{"spokesman of another", port, anonymous("Kestrel", 0.99), "", false},
		{"spokesman of the same", port, anonymous("Port of Velmont", 0.99), "Port of Velmont", true},
		{"spokesman named", ruiz, anonymous("Port of Velmont", 0.99), "Ana Ruiz", true},
		{"her spokesman", ruiz, anonymous("Ana Ruiz", 0.99), "", false},
		{"body by name", port, nil, "Port of Velmont", true},
		{"body by pronoun", resolved("pronoun", port), nil, "", false},
		{"person by pronoun", resolved("pronoun", ruiz), nil, "Ana Ruiz", true},
		{"document", resolved("document", ruiz), nil, "", false},
		{"denied", flagged("negated", ruiz), nil, "", false},
		{"not yet said", ruiz, flagged("hypothetical", anonymous("", 0.99)), "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			to := record(2, said, test.to)
			linked(t, record(1, said, test.from), to)
			q := to.Quotes[0]
			name := ""
			if q.Speaker != nil && q.Speaker.Name != nil {
				name = *q.Speaker.Name
			}
			if flag := slices.Contains(q.Flags, "by_redundancy"); name != test.want || flag != test.redundancy {
				t.Errorf("want %q %t, got %q %t", test.want, test.redundancy, name, flag)
			}
			if test.redundancy && (q.Status != "attributed" || q.Confidence != Once || slices.Contains(q.Flags, "anonymous")) {
				t.Errorf("got %+v", q)
			}
		})
	}
}

func TestGroups(t *testing.T) {
	ruiz := by("Ana Ruiz", "person", 0.99)
	full := func(q *output.Quote) { by("Ana María Ruiz", "person", 0.99)(q); q.Speaker.Role = new("Mayor") }
	const short = "“Everything is on the table.”"
	tests := []struct {
		name    string
		records []*output.Record
		want    Summary
	}{
		{"one article", []*output.Record{record(1, said, ruiz)}, Summary{}},
		{"two", []*output.Record{record(1, said, ruiz), record(2, said, nil)}, Summary{Groups: 1, Filled: 1}},
		{"later", []*output.Record{record(1, said, nil), record(2, said, ruiz)}, Summary{Groups: 1, Filled: 1}},
		{"other marks", []*output.Record{record(1, said, ruiz), record(2, strings.Trim(said, "“”"), nil)}, Summary{Groups: 1, Filled: 1}},
		{"short", []*output.Record{record(1, short, ruiz), record(2, short, nil)}, Summary{}},
		{"contradiction", []*output.Record{record(1, said, ruiz), record(2, said, nil), record(3, said, by("Tom Roe", "person", 0.91))}, Summary{Groups: 1, Conflicts: 1}},
		{"agreement", []*output.Record{record(1, said, ruiz), record(2, said, nil), record(3, said, full), record(4, said, by("Ruiz", "person", 0.7))}, Summary{Groups: 1, Filled: 1, Confirmed: 1}},
		{"doubtful but kept", []*output.Record{record(1, said, ruiz), record(2, said, by("Tom Roe", "person", 0.8))}, Summary{Groups: 1, Kept: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := linked(t, test.records...); got != test.want {
				t.Errorf("want %+v, got %+v", test.want, got)
			}
		})
	}
}

// Of the names that agree the one of most articles is taken, full names first; two articles make it surer.
func TestBestName(t *testing.T) {
	to := record(9, said, anonymous("Port of Velmont", 0.5))
	to.Entities = []output.Entity{{EntityID: "e1", Type: "ORG", Name: "Ruiz"}, {EntityID: "e2", Type: "PER", Name: "Ruiz"}}
	linked(t, record(1, said, by("Ruiz", "person", 0.99)), record(2, said, by("Ruiz", "person", 0.99)),
		record(3, said, by("Ana M. Ruiz", "person", 0.92)), record(4, said, by("Ana Ruiz", "person", 0.92)),
		record(5, said, func(q *output.Quote) { by("Ana Ruiz", "person", 0.92)(q); q.Speaker.Role = new("Mayor") }), to)
	q := to.Quotes[0]
	s := q.Speaker
	if *s.Name != "Ana Ruiz" || *s.Role != "Mayor" || s.Type != "person" || *s.ResolvedBy != "redundancy" || *q.By != "link/fingerprint" || q.Confidence != Twice {
		t.Errorf("got %+v of %+v", s, q)
	}
	if !slices.Equal(s.EntityIDs, []string{"e2"}) || s.Mention == nil || *s.Affiliation != "Port of Velmont" {
		t.Errorf("what the article tells was lost: %+v", s)
	}
}

// A repeated quote of one article is one article.
func TestTwiceInOneArticle(t *testing.T) {
	r := record(1, said, by("Ana Ruiz", "person", 0.99))
	r.Quotes = append(r.Quotes, record(2, said, nil).Quotes[0])
	if got := linked(t, r); got != (Summary{}) {
		t.Errorf("got %+v", got)
	}
}

// More than a batch of quotes, in many groups, and a phrase that everybody says.
func TestMany(t *testing.T) {
	l, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const n = batch + 1000
	text := func(i int) string {
		return fmt.Sprintf("“The bridge %d will be closed until the spring of next year.”", i/2)
	}
	of := func(i int) *output.Record {
		r := record(i, text(i), nil)
		if i%2 == 0 {
			by(fmt.Sprintf("Ana Ruiz %d", i/2), "person", 0.99)(&r.Quotes[0])
		}
		r.Quotes = append(r.Quotes, record(i, said, by(fmt.Sprint("Speaker ", i), "person", 0.99)).Quotes...)
		return r
	}
	for i := range n {
		if err := l.Collect(of(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Decide(); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		r := of(i)
		l.Fill(r)
		if got, want := *r.Quotes[0].Speaker.Name, fmt.Sprintf("Ana Ruiz %d", i/2); got != want {
			t.Fatalf("%d: want %s, got %s", i, want, got)
		}
	}
	if want := (Summary{Groups: n/2 + 1, Conflicts: 1, Filled: n / 2}); l.Summary() != want {
		t.Errorf("want %+v, got %+v", want, l.Summary())
	}
}

func TestAgreeWithoutAccents(t *testing.T) {
	for _, pair := range [][2]string{{"Peña Nieto", "Enrique Pena Nieto"}, {"EDRF", "Électricité Distribution Réseau France"}} {
		if !agree(pair[0], pair[1]) || !agree(pair[1], pair[0]) {
			t.Errorf("%s and %s do not agree", pair[0], pair[1])
		}
	}
	if agree("Ana Peña", "Ana Pons") {
		t.Error("Peña and Pons agree")
	}
}
