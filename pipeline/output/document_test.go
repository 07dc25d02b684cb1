package output_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// article has every length of code point in UTF-8, a surrogate pair before, within and after spans, and a combining accent.
const article = "Ferry “runs again” 🎉\n\n" +
	"“The 🚢 sails on Friday,” said Zoe\u0301 Almgren of Harbour 𝔊roup. “Bring a coat.\n\n" +
	"“And tea <hot & sweet>.”\n\n" +
	"“No,” one of the Almgrens said. The “so-called” pier in Velmont stood in the Grey Cup."

// annotated returns a document with something in each layer that the record has.
func annotated(t testing.TB) *annot.Document {
	d := annot.New("ferry", article)
	at := func(s string) annot.Span {
		i := strings.Index(article, s)
		if i < 0 || strings.Count(article, s) != 1 {
			t.Fatalf("%q is not once in the article", s)
		}
		return annot.Span{Start: i, End: i + len(s)}
	}
	end := 0
	for i, text := range strings.Split(article, "\n\n") {
		zone := annot.Body
		if i == 0 {
			zone = annot.Headline
		}
		d.Paragraphs = append(d.Paragraphs, annot.Paragraph{Span: annot.Span{Start: end, End: end + len(text)}, Zone: zone})
		end += len(text) + 2
	}
	for i, s := range []string{"Ferry “runs again” 🎉", "“The 🚢 sails on Friday,” said Zoe\u0301 Almgren of Harbour 𝔊roup.", "“Bring a coat.",
		"“And tea <hot & sweet>.”", "“No,” one of the Almgrens said.", "The “so-called” pier in Velmont stood in the Grey Cup."} {
		s := at(s)
		first := len(d.Tokens)
		start := s.Start
		for _, word := range strings.Fields(d.Slice(s)) {
			d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: start, End: start + len(word)}})
			start += len(word) + 1
		}
		d.Sentences = append(d.Sentences, annot.Sentence{Span: s, Paragraph: []int{0, 1, 1, 2, 3, 3}[i], FirstToken: first, EndToken: len(d.Tokens)})
	}
	d.Mentions = []annot.Mention{
		{Span: at("Zoe\u0301 Almgren"), Type: annot.PER, Entity: 1, By: "model/crf", Confidence: 0.98765},
		{Span: at("Harbour 𝔊roup"), Type: annot.ORG, Entity: 2, By: "rule/org-head", Confidence: 0.9},
		{Span: at("Velmont"), Type: annot.LOC, Entity: 4, By: "model/crf", Confidence: 1},
		{Span: at("Grey Cup"), Type: annot.MISC, Entity: 3, By: "model/crf", Confidence: 0.5},
	}
	d.Entities = []annot.Entity{
		{ID: 1, Type: annot.PER, Name: "Zoe\u0301 Almgren", Role: "captain", Gender: annot.Female, Aliases: []string{"Almgren"}, Mentions: []int{0}},
		{ID: 2, Type: annot.ORG, Name: "Harbour 𝔊roup", Mentions: []int{1}},
		{ID: 3, Type: annot.MISC, Name: "Grey Cup", Mentions: []int{3}},
		{ID: 4, Type: annot.LOC, Name: "Velmont", Mentions: []int{2}},
	}
	d.Quotes = []annot.Quote{
		{ID: 1, Kind: annot.Mixed, Zone: annot.Headline, Parts: []annot.Span{at("“runs again”")}, Flags: annot.InHeadline | annot.NoCue,
			Attribution: annot.Attribution{Status: annot.Unattributed, By: "headline/none", Confidence: 0.6}},
		{ID: 2, Kind: annot.Direct, Zone: annot.Body, Flags: annot.MultiParagraph,
			Parts: []annot.Span{at("“The 🚢 sails on Friday,”"), at("“Bring a coat."), at("“And tea <hot & sweet>.”")},
			Attribution: annot.Attribution{Status: annot.Attributed, Cue: annot.Span{Start: at("said Zoe").Start, End: at("said Zoe").Start + 4},
				Speaker: annot.Speaker{Type: annot.Person, Name: "Zoe\u0301 Almgren", Entities: []int{1, 3}, Role: "captain",
					Mention: at("Zoe\u0301 Almgren"), ResolvedBy: "name"}, By: "cue-before-speaker/say", Confidence: 0.976}},
		{ID: 3, Kind: annot.Direct, Zone: annot.Body, Parts: []annot.Span{at("“No,”")}, Parent: 2,
			Attribution: annot.Attribution{Status: annot.Ambiguous,
				Speaker: annot.Speaker{Type: annot.UnknownSpeaker, Mention: at("one of the Almgrens"),
					Candidates: []annot.Candidate{{Entity: 1, Name: "Zoe\u0301 Almgren", Score: 0.555}, {Entity: 3, Name: "Grey Cup", Score: 0.1}}},
				By: "cue-after/say", Confidence: 0.5}},
	}
	d.QuotedSpans = []annot.QuotedSpan{{Span: at("“so-called”"), Why: annot.Scare}}
	d.Warnings = []annot.Warning{{Code: "odd_text", Message: "a fraktur letter", Start: at("𝔊roup").Start}, {Code: "short", Message: "a short article", Start: -1}}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	return d
}

const hash = "0f343b0931126a20f133d67c2b018a3b5ba3e4c3c3d3d2d5f0d3d3d3d3d3d3d3"

// input has strings that YAML readers take for something else where they are not quoted.
func input() output.Input {
	return output.Input{
		Source: output.Source{Path: "news/ferry.txt", SHA256: new(hash), Bytes: new(int64(len(article) + 3)), Encoding: new("utf-8"),
			Repairs: []output.Repair{{Kind: "bom", Count: 1}, {Kind: "nul", Count: 2, First: strings.Index(article, "Velmont")}}},
		Meta: output.Meta{ID: new("1.10"), Title: new("no"), Date: new("2024-01-05"), Authors: []string{"~", "Ana \"Ash\" Roe"},
			Extra: map[string]any{"zone": "on", "y": json.Number("1e3"), "<b>": map[string]any{"null": nil, "0x1F": []any{true, json.Number("12345678901234567890")}}, "url": "ignored"}},
	}
}

var tool = output.Tool{Name: "quoth", Version: "v1.2.3", Model: new("crf-1")}
