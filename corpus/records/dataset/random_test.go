package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// traps are values that formats, or their readers, take for something else.
var traps = []string{"y", "n", "no", "on", "off", "yes", "null", "NULL", "NA", "NaN", "~", "007", "1.10", "1e3", "0x1F", "2024-01-05", "12:30", "=1+1", "+1", "-1", "@a", "\ta", "\ra",
	`"`, `""`, `"a"`, "'", "''", `\`, `\n`, `\N`, `\.`, ",", ";", "a; b", "a\nb", "a\r\nb", "a\tb", "\n", " ", " a", "a ", "", "é", "e\u0301", "🎉", "𝔊", "\u2028", "\u0085", "\ufeff", "\u200b",
	"--", "-- a --", "/", "go", ".quit", ";;", "');DROP TABLE quotes;--", "a\n.quit\n;\nb", "<b>&amp;", "|", "`a`", "\x00", "a\x00b", "\x07"}

func anyText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(traps), rapid.String(), rapid.Map(rapid.SliceOfN(rapid.SampledFrom(traps), 0, 4), func(s []string) string { return strings.Join(s, "") }))
}

// anyRecord draws a sound record with code points for offsets. Its number makes the doc_id.
func anyRecord(t *rapid.T, number int) *output.Record {
	g := &generator{t: t}
	g.text = []rune(strings.ReplaceAll(strings.Join(rapid.SliceOfN(anyText(), 0, 12).Draw(t, "text"), " "), "\x00", ""))
	text := string(g.text)
	sum := sha256.Sum256([]byte(text))
	r := &output.Record{Schema: output.DocumentSchema, DocID: fmt.Sprintf("d_%016x", uint64(number)*0x9e3779b97f4a7c15), Offsets: "codepoint", Text: &text, TextSHA256: hex.EncodeToString(sum[:])}
	r.Source = output.Source{Path: anyText().Draw(t, "path"), Member: g.optional(), Index: number, SHA256: g.optional(), Bytes: new(int64(len(text))), Encoding: g.optional(), Repairs: []output.Repair{}}
	for range g.upTo(2) {
		r.Source.Repairs = append(r.Source.Repairs, output.Repair{Kind: "nul", Count: g.upTo(9), First: g.upTo(len(g.text))})
	}
	r.Meta = output.Meta{ID: g.optional(), Title: g.optional(), Date: g.optional(), URL: g.optional(), Authors: rapid.SliceOfN(anyText(), 0, 3).Draw(t, "authors")}
	if rapid.Bool().Draw(t, "extra") {
		r.Meta.Extra = map[string]any{"section": "a\nb", "n": json.Number("12345678901234567890"), "Title": []any{"x", nil}}
	}
	if rapid.Bool().Draw(t, "copy") {
		r.DuplicateOf = new("d_0123456789abcdef")
	}
	g.structure(r)
	g.entities(r)
	g.quotes(r)
	for range g.upTo(2) {
		s := g.span()
		r.QuotedSpans = append(r.QuotedSpans, output.QuotedSpan{Start: s.Start, End: s.End, Text: s.Text, Why: rapid.SampledFrom(whys()).Draw(t, "why")})
		w := output.Warning{Code: "odd", Message: anyText().Draw(t, "message")}
		if rapid.Bool().Draw(t, "place") {
			w.Start = new(s.Start)
		}
		r.Warnings = append(r.Warnings, w)
	}
	r.Tool = output.Tool{Name: "quoth", Version: "devel", RulesSHA256: g.optional(), Model: g.optional()}
	return r
}

type generator struct {
	t    *rapid.T
	text []rune
}

func (g *generator) upTo(n int) int { return rapid.IntRange(0, n).Draw(g.t, "n") }

func (g *generator) optional() *string { return rapid.Ptr(anyText(), true).Draw(g.t, "optional") }

func (g *generator) pick(list []string) string { return rapid.SampledFrom(list).Draw(g.t, "pick") }

func (g *generator) confidence() float64 { return float64(g.upTo(100)) / 100 }

func (g *generator) span() output.Span {
	start := g.upTo(len(g.text))
	end := rapid.IntRange(start, len(g.text)).Draw(g.t, "end")
	return output.Span{Start: start, End: end, Text: new(string(g.text[start:end]))}
}

func (g *generator) optionalSpan() *output.Span {
	if rapid.Bool().Draw(g.t, "span") {
		return new(g.span())
	}
	return nil
}

// structure cuts the text into paragraphs of one or two sentences.
func (g *generator) structure(r *output.Record) {
	for at := 0; at < len(g.text); {
		end := rapid.IntRange(at+1, len(g.text)).Draw(g.t, "paragraph")
		zone := g.pick(zones())
		r.Paragraphs = append(r.Paragraphs, output.Paragraph{Start: at, End: end, Zone: zone})
		middle := rapid.IntRange(at, end).Draw(g.t, "sentence")
		for _, s := range [][2]int{{at, middle}, {middle, end}} {
			if s[0] < s[1] {
				r.Sentences = append(r.Sentences, output.Sentence{SentenceID: fmt.Sprintf("s%d", len(r.Sentences)+1), Start: s[0], End: s[1], Paragraph: len(r.Paragraphs) - 1, Zone: zone})
			}
		}
		at = end
	}
}

func (g *generator) entities(r *output.Record) {
	for i := range g.upTo(3) {
		e := output.Entity{EntityID: fmt.Sprintf("e%d", 2*i+1), Type: g.pick(entityTypes()), Name: anyText().Draw(g.t, "name"), Role: g.optional(), Aliases: rapid.SliceOfN(anyText(), 0, 2).Draw(g.t, "aliases")}
		if rapid.Bool().Draw(g.t, "gender") {
			e.Gender = new(g.pick(genders()))
		}
		for range g.upTo(3) {
			s := g.span()
			e.Mentions = append(e.Mentions, output.Mention{Start: s.Start, End: s.End, Text: s.Text, Zone: g.pick(zones()), By: "rules/x", Confidence: g.confidence()})
		}
		r.Entities = append(r.Entities, e)
	}
}

func (g *generator) quotes(r *output.Record) {
	for i := range g.upTo(4) {
		q := output.Quote{QuoteID: fmt.Sprintf("q%d", i+1), Kind: g.pick(kinds()), Status: g.pick(statuses()), Zone: g.pick(zones()), Speaker: g.speaker(r), Cue: g.optionalSpan(),
			By: g.optional(), Confidence: g.confidence(), Flags: rapid.SliceOfN(rapid.SampledFrom([]string{"social", "negated"}), 0, 2).Draw(g.t, "flags")}
		if i > 0 && rapid.Bool().Draw(g.t, "parent") {
			q.ParentID = new("q1")
		}
		var texts []string
		for range g.upTo(3) {
			p := g.span()
			q.Parts = append(q.Parts, p)
			texts = append(texts, *p.Text)
		}
		q.Text, q.Fingerprint = new(strings.Join(texts, " ")), output.Fingerprint(texts...)
		r.Quotes = append(r.Quotes, q)
	}
}

func (g *generator) speaker(r *output.Record) *output.Speaker {
	if rapid.Bool().Draw(g.t, "none") {
		return nil
	}
	s := &output.Speaker{Name: g.optional(), Type: g.pick(speakerTypes()), Role: g.optional(), Affiliation: g.optional(), Mention: g.optionalSpan(), ResolvedBy: g.optional()}
	for _, e := range r.Entities {
		if rapid.Bool().Draw(g.t, "speaks") {
			s.EntityIDs = append(s.EntityIDs, e.EntityID)
		}
		if rapid.Bool().Draw(g.t, "fits") {
			s.Candidates = append(s.Candidates, output.Candidate{EntityID: new(e.EntityID), Name: e.Name, Score: g.confidence()}, output.Candidate{Name: "x"})
		}
	}
	return s
}
