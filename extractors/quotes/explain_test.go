package quotes_test

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// Words in marks that are no quote have their reason and what shows it; a quote has its signs.
func TestExplainer(t *testing.T) {
	process := stages()
	for _, test := range []struct{ text, words, want string }{
		{"The so-called “rescue plan” failed.", "“rescue plan”", "scare: a few words set apart, and nobody is said to have used them | 2 words; after “The so-called”; before “failed”"},
		{"The film “The Last Ferry” opened.", "“The Last Ferry”", "title: the name of a work, column or programme, and not somebody’s words | 3 words; every word but the small ones begins with a capital; after “The film”; before “opened”"},
		{"Leonard “Rocky” Dace won.", "“Rocky”", "nickname: it stands within a person’s name | 1 word; begins with a capital; after “Leonard”; before “Dace”"},
		{"“He told me ‘never again’ twice,” said Ann Cole.", "‘never again’", "nested: it stands within other words in marks, whose speaker repeats it | within “He told me ‘never again’ twice,”"},
		{"“We are closing the road,” said Ann Cole.", "“We are closing the road,”", "quote | 5 words; begins with a capital; ends with a comma; a verb of speech follows it"},
		{"Ann Cole said: “We are closing the road.”", "“We are closing the road.”", "quote | 5 words; begins with a capital; ends like a sentence; a colon stands before it; a verb of speech stands right before it"},
		{"SMITH: Did she say “we saw the memo”?\n\nLEE: I did.\n\nSMITH: Why did you?", "“we saw the memo”", "nested: it stands within other words in marks, whose speaker repeats it | within the words of a labelled turn"},
	} {
		d := annot.New("", test.text+"\n")
		process(t, d)
		x := quotes.NewExplainer(d, rules.MustEnglish())
		start := strings.Index(d.Text, test.words)
		span := annot.Span{Start: start, End: start + len(test.words)}
		got := "not found"
		for _, q := range d.Quotes {
			if q.Parts[0] == span {
				got = "quote | " + strings.Join(x.Signs(span), "; ")
			}
		}
		for _, s := range d.QuotedSpans {
			if s.Span == span {
				reason, signs := x.NoQuote(s)
				got = reason + " | " + strings.Join(signs, "; ")
			}
		}
		if got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

// Every reason that the output knows is put into words, which begin with its name.
func TestEveryWhyHasItsReason(t *testing.T) {
	d := annot.New("", "Nothing.\n")
	stages()(t, d)
	x := quotes.NewExplainer(d, rules.MustEnglish())
	for why := annot.NoWhy + 1; why <= annot.OtherWhy; why++ {
		reason, _ := x.NoQuote(annot.QuotedSpan{Why: why})
		if !strings.HasPrefix(reason, why.String()+": ") || strings.HasSuffix(reason, "not somebody’s words") && why != annot.Title {
			t.Errorf("%s: %s", why, reason)
		}
	}
}
