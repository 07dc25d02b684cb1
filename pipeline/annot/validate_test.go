package annot_test

import (
	"math"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

const text = "Ann Cole spoke.\n\n“It is ‘odd’,” said Bob Dunn.\n"

type document = annot.Document

// find returns the span of the first s in the text.
func find(s string) annot.Span {
	i := strings.Index(text, s)
	return annot.Span{Start: i, End: i + len(s)}
}

// sound returns a document with something in every layer and nothing wrong. The second quote lies within the first.
func sound() *annot.Document {
	d := annot.New("", text)
	first, second, outer, inner := find("Ann Cole spoke."), find("“It is ‘odd’,” said Bob Dunn."), find("“It is ‘odd’,”"), find("‘odd’")
	d.Elements = []annot.Element{
		{Span: first, Kind: annot.BlockElement},
		{Span: second, Kind: annot.BlockQuoteElement},
		{Span: outer, Kind: annot.InlineQuote},
	}
	d.Paragraphs = []annot.Paragraph{{Span: first, Zone: annot.Body}, {Span: second, Zone: annot.Body}}
	d.Marked = []annot.Marked{
		{Span: outer, Open: 3, Close: 3, Style: annot.CurlyDouble, Parent: -1, Paragraph: 1},
		{Span: inner, Open: 3, Close: 3, Style: annot.CurlySingle, Parent: 0, Paragraph: 1},
	}
	end := 0
	for _, word := range strings.Fields("Ann Cole spoke . “ It is ‘ odd ’ , ” said Bob Dunn .") {
		start := end + strings.Index(text[end:], word)
		end = start + len(word)
		d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: start, End: end}})
	}
	d.Sentences = []annot.Sentence{
		{Span: first, Paragraph: 0, FirstToken: 0, EndToken: 4},
		{Span: second, Paragraph: 1, FirstToken: 4, EndToken: 16},
	}
	d.Mentions = []annot.Mention{
		{Span: find("Ann Cole"), Type: annot.PER, Entity: 1, By: "rules/first-name", Confidence: 1},
		{Span: find("Bob Dunn"), Type: annot.PER, Entity: 2, By: "rules/first-name", Confidence: 0},
	}
	d.Entities = []annot.Entity{
		{ID: 1, Type: annot.PER, Name: "Ann Cole", Aliases: []string{"Ann", "Cole"}, Mentions: []int{0}},
		{ID: 2, Type: annot.PER, Name: "Bob Dunn", Mentions: []int{1}},
	}
	d.Quotes = []annot.Quote{
		{ID: 1, Parts: []annot.Span{find("“It is "), find("‘odd’,”")}, Kind: annot.Direct, Zone: annot.Body, Attribution: annot.Attribution{
			Status: annot.Attributed, Cue: find("said"), By: "quote-cue/say", Confidence: 0.9,
			Speaker: annot.Speaker{Type: annot.Person, Name: "Bob Dunn", Entities: []int{2}, Mention: find("Bob Dunn")},
		}},
		{ID: 2, Parts: []annot.Span{inner}, Kind: annot.Direct, Zone: annot.Body, Parent: 1, Attribution: annot.Attribution{
			Status: annot.Ambiguous, By: "no-source/none", Confidence: 0.5,
			Speaker: annot.Speaker{Candidates: []annot.Candidate{{Entity: 1, Name: "Ann Cole"}, {Entity: 2, Name: "Bob Dunn"}}},
		}},
	}
	d.QuotedSpans = []annot.QuotedSpan{{Span: inner, Why: annot.Scare}, {Span: inner, Why: annot.Title}}
	d.Warnings = []annot.Warning{{Code: "odd", Start: -1}, {Code: "odd", Start: len(text)}}
	return d
}

func TestValidateSound(t *testing.T) {
	byMarkup := sound()
	byMarkup.Marked[1].Open, byMarkup.Marked[1].Close, byMarkup.Marked[1].Style = 0, 0, annot.NoStyle
	for _, d := range []*annot.Document{sound(), byMarkup, annot.New("", ""), annot.New("", text)} {
		if err := d.Validate(); err != nil {
			t.Errorf("%q: %v", d.Text, err)
		}
	}
}

// Each row breaks one promise of one field of the sound document; the fault says which, and where.
func TestValidateFaults(t *testing.T) {
	cut := func(s *annot.Span) { s.Start++ } // into a mark of three bytes
	for _, test := range []struct {
		name   string
		change func(d *document)
		want   string
	}{
		{"text", func(d *document) { d.Text = "\xff" + d.Text[1:] }, "text is not valid UTF-8"},

		{"span before the text", func(d *document) { d.Elements[0].Start = -1 }, "element 0: span [-1,15) is not within the text"},
		{"span after the text", func(d *document) { d.Elements[1].End = 99 }, "element 1: span [17,99) is not within the text"},
		{"empty span", func(d *document) { d.Elements[0].End = 0 }, "element 0: span [0,0) is empty"},
		{"span turned round", func(d *document) { d.Elements[0].Span = annot.Span{Start: 3, End: 2} }, "element 0: span [3,2) is empty"},
		{"span that starts in a character", func(d *document) { d.Elements[1].Start++ }, "element 1: span [18,54) cuts a code point"},
		{"span that ends in a character", func(d *document) { d.Elements[0].End = 18 }, "element 0: span [0,18) cuts a code point"},
		{"spans before the text", func(d *document) { d.Elements[0].Start, d.Elements[1].Start = -5, -3 },
			"element 1: span [-3,54) is not within the text"},

		{"elements out of order", func(d *document) { d.Elements[0], d.Elements[1] = d.Elements[1], d.Elements[0] },
			"element 1: span [0,15) is out of order: it starts before 17"},
		{"no kind of element", func(d *document) { d.Elements[2].Kind = 0 }, "element 2: no kind"},
		{"unknown kind of element", func(d *document) { d.Elements[2].Kind = 99 }, "element 2: unknown kind 99"},
		{"elements cross", func(d *document) { d.Elements[0].End = 24 }, "element 1: crosses the one around it"},
		{"inner element first", func(d *document) { d.Elements[1], d.Elements[2] = d.Elements[2], d.Elements[1] },
			"element 2: crosses the one around it"},

		{"paragraphs overlap", func(d *document) { d.Paragraphs[1].Start = 14 }, "paragraph 1: span [14,54) is out of order: it starts before 15"},
		{"no zone", func(d *document) { d.Paragraphs[1].Zone = 0 }, "paragraph 1: no zone"},
		{"unknown zone", func(d *document) { d.Paragraphs[1].Zone = 99 }, "paragraph 1: unknown zone 99"},

		{"marked out of order", func(d *document) { d.Marked[0], d.Marked[1] = d.Marked[1], d.Marked[0] },
			"marked 1: span [17,39) is out of order: it starts before 26"},
		{"marked cuts a character", func(d *document) { cut(&d.Marked[1].Span) }, "marked 1: span [27,35) cuts a code point"},
		{"marked in another paragraph", func(d *document) { d.Marked[0].Paragraph = 0 }, "marked 0: does not lie in paragraph 0"},
		{"marked without paragraph", func(d *document) { d.Marked[0].Paragraph = -1 }, "marked 0: does not lie in paragraph -1"},
		{"marked in no paragraph", func(d *document) { d.Marked[0].Paragraph = 2 }, "marked 0: does not lie in paragraph 2"},
		{"marked across paragraphs", func(d *document) { d.Marked[0].Span = annot.Span{Start: 0, End: 39} },
			"marked 0: does not lie in paragraph 1"},
		{"no parent", func(d *document) { d.Marked[1].Parent = -1 }, "marked 1: parent -1, but the innermost around it is 0"},
		{"parent of itself", func(d *document) { d.Marked[1].Parent = 1 }, "marked 1: parent 1, but the innermost around it is 0"},
		{"parent too many", func(d *document) { d.Marked[0].Parent = 0 }, "marked 0: parent 0, but the innermost around it is -1"},
		{"marked cross", func(d *document) { d.Marked[1].End += 5 }, "marked 1: crosses the one around it"},
		{"marks too long", func(d *document) { d.Marked[1].Open = 7 }, "marked 1: marks of 7 and 3 bytes do not fit into the span"},
		{"opening mark too short", func(d *document) { d.Marked[1].Open = -1 }, "marked 1: marks of -1 and 3 bytes do not fit into the span"},
		{"closing mark too short", func(d *document) { d.Marked[1].Close = -1 }, "marked 1: marks of 3 and -1 bytes do not fit into the span"},
		{"no style", func(d *document) { d.Marked[1].Style = 0 }, "marked 1: no style"},
		{"unknown style", func(d *document) { d.Marked[1].Style = 99 }, "marked 1: unknown style 99"},

		{"tokens overlap", func(d *document) { d.Tokens[3].Start-- }, "token 3: span [13,15) is out of order: it starts before 14"},
		{"white space in a token", func(d *document) { d.Tokens[1].End++ }, "token 1: holds white space"},
		{"text before the first token", func(d *document) { d.Tokens[0].Start++ }, "text [0,1) is in no token"},
		{"text between tokens", func(d *document) { d.Tokens[2].End-- }, "text [13,14) is in no token"},
		{"text after the last token", func(d *document) { d.Tokens = d.Tokens[:15] }, "text [53,55) is in no token"},

		{"sentences overlap", func(d *document) { d.Sentences[1].Start = 14 }, "sentence 1: span [14,54) is out of order: it starts before 15"},
		{"sentence in another paragraph", func(d *document) { d.Sentences[1].Paragraph = 0 }, "sentence 1: does not lie in paragraph 0"},
		{"sentence without paragraph", func(d *document) { d.Sentences[1].Paragraph = -1 }, "sentence 1: does not lie in paragraph -1"},
		{"token between sentences", func(d *document) { d.Sentences[1].FirstToken = 5 }, "sentence 1: first token 5, want 4"},
		{"token in two sentences", func(d *document) { d.Sentences[1].FirstToken = 3 }, "sentence 1: first token 3, want 4"},
		{"sentence without tokens", func(d *document) { d.Sentences[1].EndToken = 4 }, "sentence 1: tokens [4,4) are none, or more than there are"},
		{"sentence with too many tokens", func(d *document) { d.Sentences[1].EndToken = 17 },
			"sentence 1: tokens [4,17) are none, or more than there are"},
		{"sentence starts before its tokens", func(d *document) { d.Sentences[1].Start = 16 },
			"sentence 1: does not start and end with its tokens"},
		{"sentence ends before its tokens", func(d *document) { d.Sentences[0].End-- }, "sentence 0: does not start and end with its tokens"},
		{"last sentence missing", func(d *document) { d.Sentences = d.Sentences[:1] }, "tokens from 4 on are in no sentence"},

		{"mentions overlap", func(d *document) { d.Mentions[1].Start = 4 }, "mention 1: span [4,53) is out of order: it starts before 8"},
		{"no type of mention", func(d *document) { d.Mentions[1].Type = 0 }, "mention 1: no type"},
		{"unknown type of mention", func(d *document) { d.Mentions[1].Type = 99 }, "mention 1: unknown type 99"},
		{"mention of no entity", func(d *document) { d.Mentions[1].Entity = 3 }, "mention 1: no entity 3"},
		{"mention of a negative entity", func(d *document) { d.Mentions[1].Entity = -1 }, "mention 1: no entity -1"},
		{"mention that its entity does not list", func(d *document) { d.Mentions[1].Entity = 1 }, "mention 1: entity 1 does not list it"},
		{"mention decided by nothing", func(d *document) { d.Mentions[1].By = "" }, "mention 1: decided by nothing"},
		{"confidence above 1", func(d *document) { d.Mentions[1].Confidence = 1.01 }, "mention 1: confidence 1.01 is not between 0 and 1"},
		{"confidence below 0", func(d *document) { d.Mentions[1].Confidence = -0.01 }, "mention 1: confidence -0.01 is not between 0 and 1"},
		{"confidence that is no number", func(d *document) { d.Mentions[1].Confidence = math.NaN() },
			"mention 1: confidence NaN is not between 0 and 1"},

		{"ID of an entity", func(d *document) { d.Entities[1].ID = 3 }, "entity 1: ID 3, want 2"},
		{"no type of entity", func(d *document) { d.Entities[1].Type = 0 }, "entity 1: no type"},
		{"unknown type of entity", func(d *document) { d.Entities[1].Type = 99 }, "entity 1: unknown type 99"},
		{"no name", func(d *document) { d.Entities[1].Name = "" }, "entity 1: no name"},
		{"no mention", func(d *document) { d.Entities[1].Mentions = nil }, "entity 1: no mention"},
		{"aliases", func(d *document) { d.Entities[0].Aliases[0] = "Mrs. Cole" }, "entity 0: aliases are not sorted"},
		{"mention twice", func(d *document) { d.Entities[0].Mentions = []int{0, 0} }, "entity 0: mention 0 is out of order or of another entity"},
		{"negative mention", func(d *document) { d.Entities[0].Mentions = []int{-1} }, "entity 0: mention -1 is out of order or of another entity"},
		{"mention that is none", func(d *document) { d.Entities[0].Mentions = []int{0, 2} },
			"entity 0: mention 2 is out of order or of another entity"},
		{"mention of another", func(d *document) { d.Entities[0].Mentions = []int{0, 1} },
			"entity 0: mention 1 is out of order or of another entity"},

		{"ID of a quote", func(d *document) { d.Quotes[1].ID = 1 }, "quote 1: ID 1, want 2"},
		{"no part", func(d *document) { d.Quotes[1].Parts = nil }, "quote 1: no part"},
		{"no kind of quote", func(d *document) { d.Quotes[1].Kind = 0 }, "quote 1: no kind"},
		{"unknown kind of quote", func(d *document) { d.Quotes[1].Kind = 99 }, "quote 1: unknown kind 99"},
		{"no zone of quote", func(d *document) { d.Quotes[1].Zone = 0 }, "quote 1: no zone"},
		{"unknown zone of quote", func(d *document) { d.Quotes[1].Zone = 99 }, "quote 1: unknown zone 99"},
		{"quotes out of order", func(d *document) { d.Quotes[1].Parts[0].Start = 15 },
			"part of quote 1: span [15,35) is out of order: it starts before 17"},
		{"parts overlap", func(d *document) { d.Quotes[0].Parts[1].Start = 23 },
			"part of quote 0: span [23,39) is out of order: it starts before 26"},
		{"part cuts a character", func(d *document) { cut(&d.Quotes[1].Parts[0]) }, "part of quote 1: span [27,35) cuts a code point"},
		{"part before the paragraphs", func(d *document) { d.Paragraphs[0].Start, d.Quotes[0].Parts[0].Start = 4, 0 },
			"part of quote 0: span [0,26) does not lie in one paragraph"},
		{"part across paragraphs", func(d *document) { d.Quotes[0].Parts[0].Start = 9 },
			"part of quote 0: span [9,26) does not lie in one paragraph"},
		{"quote without parent", func(d *document) { d.Quotes[1].Parent = 3 }, "quote 1: no parent 3"},
		{"quote with a negative parent", func(d *document) { d.Quotes[1].Parent = -1 }, "quote 1: no parent -1"},
		{"quote in itself", func(d *document) { d.Quotes[1].Parent = 2 }, "quote 1: is its own parent"},

		{"unknown status", func(d *document) { d.Quotes[0].Status = 99 }, "attribution of quote 0: unknown status 99"},
		{"attribution decided by nothing", func(d *document) { d.Quotes[0].By = "" }, "attribution of quote 0: decided by nothing"},
		{"confidence of an attribution", func(d *document) { d.Quotes[0].Confidence = 2 },
			"attribution of quote 0: confidence 2 is not between 0 and 1"},
		{"cue", func(d *document) { d.Quotes[0].Cue.End = 99 }, "cue of quote 0: span [40,99) is not within the text"},
		{"speaker's mention", func(d *document) { d.Quotes[0].Speaker.Mention.Start = 53 }, "speaker mention of quote 0: span [53,53) is empty"},
		{"attributed to no type", func(d *document) { d.Quotes[0].Speaker.Type = 0 }, "speaker of quote 0: no type"},
		{"attributed to an unknown type", func(d *document) { d.Quotes[0].Speaker.Type = 99 }, "speaker of quote 0: unknown type 99"},
		{"attributed without mention", func(d *document) { d.Quotes[0].Speaker.Mention = annot.Span{} }, "speaker of quote 0: no mention"},
		{"ambiguous with a name", func(d *document) { d.Quotes[1].Speaker.Name = "Ann Cole" },
			`speaker of quote 1: ambiguous, with the name "Ann Cole"`},
		{"ambiguous with one candidate", func(d *document) { d.Quotes[1].Speaker.Candidates = d.Quotes[1].Speaker.Candidates[:1] },
			"speaker of quote 1: ambiguous, with 1 candidates"},
		{"speaker that is no entity", func(d *document) { d.Quotes[0].Speaker.Entities = []int{3} }, "speaker of quote 0: no entity 3"},
		{"speaker that is entity 0", func(d *document) { d.Quotes[0].Speaker.Entities = []int{0} }, "speaker of quote 0: no entity 0"},
		{"candidate that is no entity", func(d *document) { d.Quotes[1].Speaker.Candidates[1].Entity = 3 }, "candidate of quote 1: no entity 3"},

		{"quoted spans out of order", func(d *document) { d.QuotedSpans[1].Span = find("It") },
			"quoted span 1: span [20,22) is out of order: it starts before 26"},
		{"quoted span cuts a character", func(d *document) { cut(&d.QuotedSpans[1].Span) }, "quoted span 1: span [27,35) cuts a code point"},
		{"no reason", func(d *document) { d.QuotedSpans[1].Why = 0 }, "quoted span 1: no reason"},
		{"unknown reason", func(d *document) { d.QuotedSpans[1].Why = 99 }, "quoted span 1: unknown reason 99"},

		{"warning without code", func(d *document) { d.Warnings[1].Code = "" }, "warning 1: no code"},
		{"warning before the text", func(d *document) { d.Warnings[1].Start = -2 }, "warning 1: offset -2 is not within the text"},
		{"warning after the text", func(d *document) { d.Warnings[1].Start = len(text) + 1 }, "warning 1: offset 56 is not within the text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := sound()
			test.change(d)
			err := d.Validate()
			if err == nil || !strings.Contains("\n"+err.Error()+"\n", "\n"+test.want+"\n") {
				t.Errorf("want the fault\n%s\ngot\n%v", test.want, err)
			}
		})
	}
}

// A document with a fault in every token does not fill the screen.
func TestValidateManyFaults(t *testing.T) {
	d := annot.New("", text)
	for range 150 {
		d.Warnings = append(d.Warnings, annot.Warning{})
	}
	if n := strings.Count(d.Validate().Error(), "\n") + 1; n != 100 {
		t.Errorf("%d faults, want the first 100", n)
	}
}
