package gold

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

type jsonArticle struct {
	ID      string            `json:"id"`
	Text    string            `json:"text"`
	Quotes  []jsonQuote       `json:"quotes"`
	Discard []json.RawMessage `json:"discard"`
	jsonNotQuotes
}

// jsonNotQuotes are stretches in marks that nobody is quoted as saying, and why.
type jsonNotQuotes struct {
	NotQuotes []json.RawMessage `json:"not_quotes"`
}

// eitherWay are reasons for which words may be taken for a quote or not: both readings are right.
var eitherWay = []string{"generic", "sign"}

type jsonQuote struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Kind    string `json:"kind"`
	Group   string `json:"group"`
	Speaker *struct {
		Start *int `json:"start"`
		End   *int `json:"end"`
	} `json:"speaker"`
	Cue *struct {
		Start *int `json:"start"`
		End   *int `json:"end"`
	} `json:"cue"`
}

type jsonNames struct {
	ID     string `json:"id"`
	Quotes []struct {
		Q     int    `json:"q"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Name  string `json:"name"`
		Type  string `json:"type"`
	} `json:"quotes"`
	jsonNotQuotes
}

// named is what a file of names says of an article: the speakers of its quotes and, where it has them, the quotes themselves.
type named struct {
	speakers map[int]annot.Speaker
	quotes   []jsonQuote
	jsonNotQuotes
}

// samples reports whether n annotates stretches in marks. All of them may be none that is a quote.
func (n *named) samples() bool { return len(n.quotes) > 0 || len(n.NotQuotes) > 0 }

// ReadJSONL reads quotes in the form of a data set: one article per line with id, text, quotes (start, end, kind,
// speaker and cue with start and end, and group, which the parts of one indirect quote share) and discard, regions in
// which no prediction is judged; offsets count code points. The names, which may be nil, hold one line per article with
// id and quotes (q, name, type), q counting its direct and mixed quotes from 0; where it has start and end instead of q, these are
// the quotes of an article that has none itself, which is Sampled. Both files may have not_quotes with start, end and why; those
// that are generic or a sign are discarded. The articles are QuotesOnly.
func ReadJSONL(r, names io.Reader) ([]Article, error) {
	canon := map[string]named{}
	if names != nil {
		err := eachLine(names, "names", func(line []byte) error { return readNames(line, canon) })
		if err != nil {
			return nil, err
		}
	}
	var articles []Article
	err := eachLine(r, "gold", func(line []byte) error {
		var e jsonArticle
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		a, err := e.resolve(canon[e.ID])
		if err != nil {
			return fmt.Errorf("article %q: %w", e.ID, err)
		}
		articles = append(articles, a)
		return nil
	})
	return articles, err
}

func eachLine(r io.Reader, what string, do func([]byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("%s, line %d: %w", what, n, err)
		}
	}
	return lines.Err()
}

func readNames(line []byte, canon map[string]named) error {
	var e jsonNames
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	n := named{speakers: map[int]annot.Speaker{}, jsonNotQuotes: e.jsonNotQuotes}
	for i, q := range e.Quotes {
		t, ok := annot.ParseSpeakerType(q.Type)
		if !ok {
			return fmt.Errorf("article %q, quote %d: unknown speaker type %q", e.ID, i, q.Type)
		}
		k := q.Q
		if q.End > 0 {
			k = i
			n.quotes = append(n.quotes, jsonQuote{Start: q.Start, End: q.End, Kind: annot.Direct.String()})
		}
		n.speakers[k] = annot.Speaker{Type: t, Name: q.Name}
	}
	canon[e.ID] = n
	return nil
}

func (e jsonArticle) resolve(canon named) (Article, error) {
	a := Article{Name: e.ID, Text: e.Text, QuotesOnly: true}
	if len(e.Quotes) == 0 && canon.samples() {
		e.Quotes, e.NotQuotes, a.Sampled = canon.quotes, canon.NotQuotes, true
	}
	offsets := codePoints(e.Text)
	marked := 0
	groups := map[string]int{} // of indirect quotes, to their places in a.Quotes
	for i := range e.Quotes {
		entry := &e.Quotes[i]
		q, err := entry.quote(offsets)
		if err != nil {
			return a, err
		}
		if at, ok := groups[entry.Group]; ok && q.Kind == annot.Indirect {
			parts := append(a.Quotes[at].Parts, q.Parts...)
			slices.SortFunc(parts, func(a, b annot.Span) int { return cmp.Compare(a.Start, b.Start) })
			a.Quotes[at].Parts = parts
			continue
		}
		if q.Kind == annot.Indirect && entry.Group != "" {
			groups[entry.Group] = len(a.Quotes)
		}
		if q.Kind == annot.Direct || q.Kind == annot.Mixed {
			mention := q.Speaker.Mention
			q.Speaker = canon.speakers[marked]
			q.Speaker.Mention = mention
			marked++
		}
		a.Quotes = append(a.Quotes, q)
	}
	for _, raw := range e.NotQuotes {
		s, why, err := region(raw, offsets)
		if err != nil {
			return a, fmt.Errorf("not_quotes: %w", err)
		}
		if slices.Contains(eitherWay, why) {
			a.Discard = append(a.Discard, s)
		} else {
			a.Spans = append(a.Spans, Span{s, why})
		}
	}
	for _, raw := range e.Discard {
		s, _, err := region(raw, offsets)
		if err != nil {
			return a, fmt.Errorf("discard: %w", err)
		}
		a.Discard = append(a.Discard, s)
	}
	return a, nil
}

// A codePointTable holds the byte offset of each code point of a text, and that of its end.
type codePointTable []int

func codePoints(text string) codePointTable {
	var offsets codePointTable
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}

// span converts a span of code points.
func (t codePointTable) span(start, end int) (annot.Span, error) {
	if start < 0 || end <= start || end >= len(t) {
		return annot.Span{}, fmt.Errorf("span [%d,%d) is empty or out of the text; offsets count code points", start, end)
	}
	return annot.Span{Start: t[start], End: t[end]}, nil
}

// quote returns the quote with its one part; of the speaker it has the mention only.
func (e *jsonQuote) quote(offsets codePointTable) (q annot.Quote, err error) {
	part, err := offsets.span(e.Start, e.End)
	if err != nil {
		return q, err
	}
	q.Parts = []annot.Span{part}
	var ok bool
	if q.Kind, ok = annot.ParseKind(e.Kind); !ok {
		return q, fmt.Errorf("unknown kind %q", e.Kind)
	}
	if sp := e.Speaker; sp != nil && sp.Start != nil && sp.End != nil {
		if q.Speaker.Mention, err = offsets.span(*sp.Start, *sp.End); err != nil {
			return q, fmt.Errorf("speaker: %w", err)
		}
	}
	if cue := e.Cue; cue != nil && cue.Start != nil && cue.End != nil {
		if q.Cue, err = offsets.span(*cue.Start, *cue.End); err != nil {
			return q, fmt.Errorf("cue: %w", err)
		}
	}
	return q, nil
}

// region reads a region, which is written as [start, end] or as an object with both and a reason.
func region(raw json.RawMessage, offsets codePointTable) (s annot.Span, why string, err error) {
	var pair []int
	if err := json.Unmarshal(raw, &pair); err != nil || len(pair) < 2 {
		var object struct {
			Start, End int
			Why        string
		}
		if err := json.Unmarshal(raw, &object); err != nil {
			return s, "", fmt.Errorf("%s: give [start, end] or an object with both", raw)
		}
		pair, why = []int{object.Start, object.End}, object.Why
	}
	s, err = offsets.span(pair[0], pair[1])
	return s, why, err
}
