package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"pgregory.net/rapid"
)

// ferry has what exports get wrong: emoji and accents, names and quotes that go over the end of a line, a quote in pieces
// and one of two paragraphs, a quote within a quote, an ambiguous speaker, one that nobody names and a cue that two share.
const ferry = "Ferry 🚢 is “back by Friday”, Zoë Ångström says\n\n" +
	"“The boat sails at dawn 🌊,” said Captain Zoë Ångström of Harbour\nGroup. “Bring a coat.”\n\n" +
	"“We tried everything, and the pier held.\n\n“My crew said, ‘It is a miracle,’ and wept,” Ångström told reporters in the Velmont Cup tent.\n\n" +
	"José Ruiz and Pedro Ruiz disagreed. Ruiz called the plan “a gift to\ngulls” and “a <farce> & a \\ waste”.\n\nA sign read “Closed\ttoday”."

// A made document is built by naming its words.
type made struct {
	*annot.Document
	from int // where the next words are sought
}

// at returns the place of the first s after the last one.
func (m *made) at(s string) annot.Span {
	i := strings.Index(m.Text[m.from:], s)
	if i < 0 {
		panic(fmt.Sprintf("no %q after byte %d", s, m.from))
	}
	m.from += i
	return annot.Span{Start: m.from, End: m.from + len(s)}
}

func (m *made) back() *made { m.from = 0; return m }

func ferryDocument() *annot.Document {
	m := &made{Document: annot.New("ferry", ferry)}
	for i, block := range strings.Split(ferry, "\n\n") {
		zone := annot.Body
		if i == 0 {
			zone = annot.Headline
		}
		m.Paragraphs = append(m.Paragraphs, annot.Paragraph{Span: m.at(block), Zone: zone})
	}
	m.Tokens = segment.Tokenize(ferry, nil)
	first := 0
	for p, block := range m.Paragraphs {
		end := first
		for end < len(m.Tokens) && m.Tokens[end].End <= block.End {
			end++
		}
		m.Sentences = append(m.Sentences, annot.Sentence{Span: annot.Span{Start: m.Tokens[first].Start, End: m.Tokens[end-1].End}, Paragraph: p, FirstToken: first, EndToken: end})
		first = end
	}
	m.back()
	name := func(e int, typ annot.Type, s string) {
		if len(m.Entities) < e {
			m.Entities = append(m.Entities, annot.Entity{ID: e, Type: typ, Name: strings.ReplaceAll(s, "\n", " ")})
		}
		m.Entities[e-1].Mentions = append(m.Entities[e-1].Mentions, len(m.Mentions))
		m.Mentions = append(m.Mentions, annot.Mention{Span: m.at(s), Type: typ, Entity: e, By: "model/crf", Confidence: 0.99})
		m.from += len(s)
	}
	name(1, annot.PER, "Zoë Ångström")
	name(1, annot.PER, "Zoë Ångström")
	name(2, annot.ORG, "Harbour\nGroup")
	name(1, annot.PER, "Ångström")
	name(3, annot.LOC, "Velmont")
	name(4, annot.PER, "José Ruiz")
	name(5, annot.PER, "Pedro Ruiz")
	m.Entities[0].Role = "Captain"

	zoe := func(mention annot.Span, by string) annot.Speaker {
		return annot.Speaker{Type: annot.Person, Name: "Zoë Ångström", Entities: []int{1}, Role: "Captain", Mention: mention, ResolvedBy: by}
	}
	quote := func(kind annot.Kind, a annot.Attribution, parts ...annot.Span) {
		a.By, a.Confidence = "quote-cue/say", 0.98
		m.Quotes = append(m.Quotes, annot.Quote{ID: len(m.Quotes) + 1, Parts: parts, Kind: kind, Zone: annot.Body, Attribution: a})
	}
	m.back()
	one := m.at("“back by Friday”")
	speaker := m.at("Zoë Ångström")
	quote(annot.Mixed, annot.Attribution{Status: annot.Attributed, Speaker: zoe(speaker, "name"), Cue: m.at("says")}, one)
	one = m.at("“The boat sails at dawn 🌊,”")
	said := m.at("said")
	speaker = m.at("Zoë Ångström")
	quote(annot.Direct, annot.Attribution{Status: annot.Attributed, Speaker: zoe(speaker, "name"), Cue: said}, one, m.at("“Bring a coat.”"))
	one = m.at("“We tried everything, and the pier held.")
	two := m.at("“My crew said, ‘It is a miracle,’ and wept,”")
	crew, says, nested := m.at("My crew"), m.at("said"), m.at("‘It is a miracle,’")
	speaker = m.at("Ångström")
	quote(annot.Direct, annot.Attribution{Status: annot.Attributed, Speaker: zoe(speaker, "surname"), Cue: m.at("told")}, one, two)
	quote(annot.Direct, annot.Attribution{Status: annot.Attributed, Speaker: annot.Speaker{Type: annot.Anonymous, Mention: crew, ResolvedBy: "description"}, Cue: says}, nested)
	m.Quotes[3].Parent = 3
	m.from = strings.Index(ferry, "Ruiz called")
	speaker, cue := m.at("Ruiz"), m.at("called")
	either := annot.Speaker{Mention: speaker, Candidates: []annot.Candidate{{Entity: 4, Name: "José Ruiz", Score: 0.5}, {Entity: 5, Name: "Pedro Ruiz", Score: 0.5}}}
	quote(annot.Mixed, annot.Attribution{Status: annot.Ambiguous, Speaker: either, Cue: cue}, m.at("“a gift to\ngulls”"))
	quote(annot.Mixed, annot.Attribution{Status: annot.Ambiguous, Speaker: either, Cue: cue}, m.at("“a <farce> & a \\ waste”"))
	quote(annot.Mixed, annot.Attribution{Status: annot.Unattributed}, m.at("“Closed\ttoday”"))
	return m.Document
}

var ferryInput = output.Input{Source: output.Source{Path: "news/Ferry Árticle.txt"},
	Meta: output.Meta{Title: output.Optional("Ferry back"), URL: output.Optional("https://example.org/ferry?a=1")}}

var madeTool = output.Tool{Name: "quoth", Version: "v1.2.3"}

func ferryRecord(unit output.Unit) *output.Record {
	return output.New(ferryDocument(), ferryInput, output.Options{Offsets: unit, Tool: madeTool})
}

func TestFerryIsSound(t *testing.T) {
	if err := ferryDocument().Validate(); err != nil {
		t.Fatal(err)
	}
}

// tokenize is the tokenizer that the command gives.
func tokenize(text string) [][2]int {
	var out [][2]int
	for _, tok := range segment.Tokenize(text, nil) {
		out = append(out, [2]int{tok.Start, tok.End})
	}
	return out
}

var options = export.Options{Tokenize: tokenize}

var (
	words = []string{"the", "“ferry”", "é", "e\u0301", "🎉", "👩‍👩‍👧", "𝔊", "<b>", "&", "\"", "\x07", "\u200b", "\ufeff", "\x7f", "\ufffd", "no:", "#", "---", "-DOCSTART-", "\\u0041", "—", "Mara", "a;b", "1.5", "a\x1cb"}
	gaps  = []string{" ", "  ", "\t", "\u00a0", "\u2028", "\u0085", "\n", " \n ", "\v"}
	named = rapid.OneOf(rapid.StringN(1, 10, -1), rapid.SampledFrom([]string{"a\nb", "a\tb", "x; y=z", "\u2028"}))
)

// randomRecord draws a record of a sound document with offsets in any unit.
func randomRecord(t *rapid.T) *output.Record {
	d := annot.New("random", "")
	var text strings.Builder
	for i := range rapid.IntRange(0, 30).Draw(t, "words") {
		if i > 0 {
			text.WriteString(rapid.SampledFrom(gaps).Draw(t, "gap"))
		}
		start := text.Len()
		text.WriteString(rapid.SampledFrom(words).Draw(t, "word"))
		d.Tokens = append(d.Tokens, annot.Token{Span: annot.Span{Start: start, End: text.Len()}})
	}
	d.Text = text.String()
	if n := len(d.Tokens); n > 0 {
		all := annot.Span{Start: d.Tokens[0].Start, End: d.Tokens[n-1].End}
		d.Paragraphs = []annot.Paragraph{{Span: all, Zone: annot.Body}}
		half := rapid.IntRange(1, n).Draw(t, "half")
		for _, s := range [][2]int{{0, half}, {half, n}} {
			if s[0] < s[1] {
				d.Sentences = append(d.Sentences, annot.Sentence{Span: annot.Span{Start: d.Tokens[s[0]].Start, End: d.Tokens[s[1]-1].End}, FirstToken: s[0], EndToken: s[1]})
			}
		}
		randomMarks(t, d)
	}
	if err := d.Validate(); err != nil {
		t.Fatalf("the test's own document: %v", err)
	}
	return output.New(d, output.Input{Source: output.Source{Path: rapid.String().Draw(t, "path")}},
		output.Options{Misc: true, Offsets: rapid.SampledFrom([]output.Unit{output.Codepoint, output.Byte, output.UTF16}).Draw(t, "unit"), Tool: madeTool})
}

func randomMarks(t *rapid.T, d *annot.Document) {
	for i, s := range randomSpans(t, d, "mention") {
		typ := annot.Type(rapid.IntRange(1, 4).Draw(t, "type"))
		d.Mentions = append(d.Mentions, annot.Mention{Span: s, Type: typ, Entity: i + 1, By: "random", Confidence: 0.5})
		d.Entities = append(d.Entities, annot.Entity{ID: i + 1, Type: typ, Name: named.Draw(t, "name"), Mentions: []int{i}})
	}
	parts := randomSpans(t, d, "part")
	anywhere := randomSpans(t, d, "anywhere")
	for len(parts) > 0 {
		n := rapid.IntRange(1, len(parts)).Draw(t, "parts")
		q := annot.Quote{ID: len(d.Quotes) + 1, Parent: len(d.Quotes), Parts: parts[:n], Kind: annot.Direct, Zone: annot.Body}
		q.Attribution = annot.Attribution{Status: annot.Attributed, By: "random", Speaker: annot.Speaker{Type: annot.Person, Name: named.Draw(t, "speaker")}}
		q.Speaker.Mention, q.Cue = q.Parts[0], q.Parts[0]
		if len(anywhere) > 0 {
			q.Speaker.Mention, q.Cue = rapid.SampledFrom(anywhere).Draw(t, "source"), rapid.SampledFrom(anywhere).Draw(t, "cue")
		}
		d.Quotes, parts = append(d.Quotes, q), parts[n:]
	}
}

// randomSpans draws ranges of tokens in order that do not overlap.
func randomSpans(t *rapid.T, d *annot.Document, label string) []annot.Span {
	var out []annot.Span
	for i := rapid.IntRange(0, 3).Draw(t, label); i < len(d.Tokens); {
		j := min(i+rapid.IntRange(0, 5).Draw(t, label), len(d.Tokens)-1)
		out = append(out, annot.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End})
		i = j + 1 + rapid.IntRange(0, 6).Draw(t, label)
	}
	return out
}
