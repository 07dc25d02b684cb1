package segment

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Words that markup quotes are a stretch unless they cross one between marks, or are the same one.
func TestInlineQuotes(t *testing.T) {
	const text = "He said it is “a slow flood” today."
	s := New(rules.MustEnglish())
	for words, want := range map[string]string{
		"said it":                "said it; “a slow flood”",
		"it is “a slow flood” t": "it is “a slow flood” t; “a slow flood”",
		"“a slow flood”":         "“a slow flood”",
		"a slow flood":           "“a slow flood”",
		"slow":                   "“a slow flood”; slow",
		"it is “a slow":          "“a slow flood”",
		"flood” today":           "“a slow flood”",
	} {
		d := annot.New("", text)
		start := strings.Index(text, words)
		d.Elements = []annot.Element{{Span: annot.Span{Start: start, End: start + len(words)}, Kind: annot.InlineQuote}}
		if err := s.Process(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Validate(); err != nil {
			t.Errorf("%s: %v", words, err)
		}
		var got []string
		for _, m := range d.Marked {
			got = append(got, d.Slice(m.Span))
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s:\nwant %s\n got %s", words, want, got)
		}
	}
}
