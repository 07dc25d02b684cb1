package crf

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Dataset is annotated text.
type Dataset struct {
	// Name is used in reports.
	Name string
	// Docs are the documents in order.
	Docs []Sample
	// NoMISC says that names of type MISC are not annotated: a token without a label may be part of one.
	NoMISC bool
	// Weight says how much a sentence counts in training beside those of other sets; 0 is 1.
	Weight float64
}

// A Sample is a document with the label of each token.
type Sample struct {
	Doc
	Labels []Label
	// Odds, if there are any, tell of each token how likely its tags are; Labels are then the likeliest ones.
	Odds []Odds
}

// docStart opens a document.
const docStart = "-DOCSTART-"

// ReadCoNLL reads lines of a token, a tab and a tag (B-PER, I-PER, O, …; IOB1 and IOB2 are both understood, ? is Unlabelled, and B-ORG=0.6,O=0.4 gives Odds), with a blank
// line between sentences and a line that starts with -DOCSTART- before each document. Of lines with more columns the
// first and the last count; columns may also be set apart by spaces. An error names the data set and the line.
func ReadCoNLL(r io.Reader, name string) (Dataset, error) {
	set := Dataset{Name: name}
	var doc Sample
	var tags []tag // of the sentence
	odds := false  // some token of the document has them
	endSentence := func() {
		if len(tags) > 0 {
			doc.Labels = appendLabels(doc.Labels, tags)
			doc.Sentences = append(doc.Sentences, len(doc.Tokens))
		}
		tags = tags[:0]
	}
	endDoc := func() {
		endSentence()
		if !odds {
			doc.Odds = nil
		}
		if len(doc.Tokens) > 0 {
			set.Docs = append(set.Docs, doc)
		}
		doc, odds = Sample{}, false
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimRight(lines.Text(), " \t\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if line == "" {
			endSentence()
			continue
		}
		if strings.HasPrefix(line, docStart) {
			endDoc()
			continue
		}
		word, last, ok := strings.Cut(line, "\t")
		if !ok {
			word, last, ok = strings.Cut(line, " ")
		}
		if !ok || word == "" {
			return Dataset{}, fmt.Errorf("%s:%d: no tag in %q; write the token, a tab and the tag", name, n, clip(line))
		}
		if i := strings.LastIndexAny(last, "\t "); i >= 0 {
			last = last[i+1:]
		}
		t, ok := parseTag(last)
		o := t.odds()
		if strings.Contains(last, "=") {
			var err error
			if o, err = parseOdds(last); err != nil {
				return Dataset{}, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			t, ok, odds = o.likeliest(), true, true
		}
		if !ok {
			return Dataset{}, fmt.Errorf("%s:%d: unknown tag %q; use O, ?, or B- or I- before PER, LOC, ORG or MISC", name, n, clip(last))
		}
		doc.Tokens = append(doc.Tokens, strings.Clone(word))
		doc.Odds = append(doc.Odds, o)
		tags = append(tags, t)
	}
	if err := lines.Err(); err != nil {
		return Dataset{}, fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	endDoc()
	if len(set.Docs) == 0 {
		return Dataset{}, fmt.Errorf("%s: no tokens; write one token a line with its tag", name)
	}
	return set, nil
}

// clip keeps what is shown of a bad line short.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// A tag is one of the second column: begin is set for B-, unlabelled for ?.
type tag struct {
	begin, unlabelled bool
	typ               annot.Type
}

func parseTag(s string) (tag, bool) {
	switch s {
	case "O":
		return tag{}, true
	case "?":
		return tag{unlabelled: true}, true
	}
	if len(s) < 3 || s[1] != '-' || s[0] != 'B' && s[0] != 'I' {
		return tag{}, false
	}
	t, ok := annot.ParseType(s[2:])
	return tag{begin: s[0] == 'B', typ: t}, ok
}

// appendLabels appends the labels of a sentence. A mention goes on while the type stays the same and no B- comes, which
// reads IOB1 and IOB2 alike.
func appendLabels(dst []Label, tags []tag) []Label {
	for i := 0; i < len(tags); {
		t := tags[i].typ
		if t == annot.NoType {
			l := O
			if tags[i].unlabelled {
				l = Unlabelled
			}
			dst = append(dst, l)
			i++
			continue
		}
		end := i + 1
		for end < len(tags) && tags[end].typ == t && !tags[end].begin {
			end++
		}
		dst = appendMention(dst, end-i, t)
		i = end
	}
	return dst
}

func appendMention(dst []Label, n int, t annot.Type) []Label {
	if n == 1 {
		return append(dst, Make(Unit, t))
	}
	dst = append(dst, Make(Begin, t))
	for range n - 2 {
		dst = append(dst, Make(Inside, t))
	}
	return append(dst, Make(Last, t))
}

// Split returns the data set with every document of more than n sentences cut into documents of one sentence each, for
// collections of unrelated sentences.
func (set Dataset) Split(n int) Dataset {
	docs := set.Docs
	set.Docs = nil
	for _, d := range docs {
		if len(d.Sentences) <= n {
			set.Docs = append(set.Docs, d)
			continue
		}
		from := 0
		for _, end := range d.Sentences {
			set.Docs = append(set.Docs, Sample{
				Doc:    Doc{Tokens: d.Tokens[from:end:end], Sentences: []int{end - from}},
				Labels: d.Labels[from:end:end],
				Odds:   d.oddsOf(from, end),
			})
			from = end
		}
	}
	return set
}

// oddsOf returns the odds of the tokens [from, end), if there are any.
func (d *Sample) oddsOf(from, end int) []Odds {
	if d.Odds == nil {
		return nil
	}
	return d.Odds[from:end:end]
}
