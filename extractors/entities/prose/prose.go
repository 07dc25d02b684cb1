// Package prose finds names with the library prose: the baseline that the other recognizers are measured against. It is
// a package of its own because the library's models take 8 MB of every program that imports it.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/ner"
	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/token"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Recognizer proposes what the entity recognizer of the library prose finds. It is an entities.Recognizer, immutable
// and safe for concurrent use.
//
// The library gets our tokens, sentence by sentence, and not the text: its own tokens find neither more nor less, but
// their spans may cut ours and leave the sentence.
type Recognizer struct {
	tagger    *tag.Tagger
	extracter *ner.Extracter
}

// New returns the recognizer. The first call loads the library's models, which all recognizers share.
func New() (*Recognizer, error) {
	tagger, err := tag.New()
	if err != nil {
		return nil, err
	}
	extracter, err := ner.New()
	if err != nil {
		return nil, err
	}
	return &Recognizer{tagger, extracter}, nil
}

// Name returns "prose".
func (r *Recognizer) Name() string { return "prose" }

// Recognize proposes the names of d, in order. Each lies within one sentence, starts and ends with a token, and does not
// overlap another. By is prose/ and the library's label in lower case.
func (r *Recognizer) Recognize(d *annot.Document) []annot.Mention {
	var found []annot.Mention
	var words []token.Token
	for _, s := range d.Sentences {
		words = words[:0]
		for _, tok := range d.Tokens[s.FirstToken:s.EndToken] {
			words = append(words, token.Token{Text: d.Slice(tok.Span), Start: tok.Start})
		}
		r.tagger.TagTokens(words)
		r.extracter.Label(words)
		// Chunk ends a name at the first word outside of it and loses one that ends the sentence, as in a headline.
		words = append(words, token.Token{Label: "O", Start: s.End})
		i := s.FirstToken
		for _, e := range r.extracter.Chunk(d.Text, words) {
			t, confidence := typeOf(e.Label)
			if t == annot.NoType {
				continue
			}
			for d.Tokens[i].Start < e.Start {
				i++
			}
			first := i
			for i < s.EndToken && d.Tokens[i].End <= e.End() {
				i++
			}
			if span, ok := trim(d, first, i); ok {
				found = append(found, annot.Mention{Span: span, Type: t, By: "prose/" + strings.ToLower(e.Label), Confidence: confidence})
			}
		}
	}
	return found
}

// typeOf returns the type that stands for a label of prose, and the share of its mentions that were right on the gold
// articles; the model gives no probabilities. GSP is a place as an actor.
func typeOf(label string) (t annot.Type, confidence float64) {
	switch label {
	case "PERSON":
		return annot.PER, 0.55
	case "GPE", "GSP":
		return annot.LOC, 0.4
	case "LOCATION", "FACILITY":
		return annot.LOC, 0.25
	case "ORGANIZATION":
		return annot.ORG, 0.4
	}
	return annot.NoType, 0
}

// trim returns the span of the tokens [first, end) without those at both ends that are no words of a name: marks and ’s.
func trim(d *annot.Document, first, end int) (annot.Span, bool) {
	word := func(i int) bool {
		r, _ := utf8.DecodeRuneInString(d.Slice(d.Tokens[i].Span))
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	for first < end && !word(first) {
		first++
	}
	for first < end && !word(end-1) {
		end--
	}
	if first == end {
		return annot.Span{}, false
	}
	return annot.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}, true
}
