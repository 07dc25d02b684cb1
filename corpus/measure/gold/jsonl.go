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
}

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
		Q    int    `json:"q"`
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"quotes"`
}

// ReadJSONL reads quotes in the form of a data set: one article per line with id, text, quotes (start, end, kind,
// speaker and cue with start and end, and group, which the parts of one indirect quote share) and discard, regions in which no prediction is judged; offsets count code points. The
// names, which may be nil, hold one line per article with id and quotes (q, name, type), q counting its direct and
// mixed quotes from 0. The articles are QuotesOnly.
func ReadJSONL(r, names io.Reader) ([]Article, error) {
	canon := map[string]map[int]annot.Speaker{}
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

func readNames(line []byte, canon map[string]map[int]annot.Speaker) error {
	var e jsonNames
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	canon[e.ID] = map[int]annot.Speaker{}
	for _, q := range e.Quotes {
		t, ok := annot.ParseSpeakerType(q.Type)
		if !ok {
			return fmt.Errorf("article %q, quote %d: unknown speaker type %q", e.ID, q.Q, q.Type)
		}
		canon[e.ID][q.Q] = annot.Speaker{Type: t, Name: q.Name}
	}
	return nil
}

func (e jsonArticle) resolve(canon map[int]annot.Speaker) (Article, error) {
	a := Article{Name: e.ID, Text: e.Text, QuotesOnly: true}
	var offsets []int
	for i := range e.Text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(e.Text))
	span := func(start, end int) (annot.Span, error) {
		if start < 0 || end <= start || end >= len(offsets) {
			return annot.Span{}, fmt.Errorf("span [%d,%d) is empty or out of the text; offsets count code points", start, end)
		}
		return annot.Span{Start: offsets[start], End: offsets[end]}, nil
	}
	marked := 0
	groups := map[string]int{} // of indirect quotes, to their places in a.Quotes
	for _, entry := range e.Quotes {
		s, err := span(entry.Start, entry.End)
		if err != nil {
			return a, err
		}
		q := annot.Quote{Parts: []annot.Span{s}}
		var ok bool
		if q.Kind, ok = annot.ParseKind(entry.Kind); !ok {
			return a, fmt.Errorf("unknown kind %q", entry.Kind)
		}
		if at, ok := groups[entry.Group]; ok && q.Kind == annot.Indirect {
			parts := append(a.Quotes[at].Parts, s)
			slices.SortFunc(parts, func(a, b annot.Span) int { return cmp.Compare(a.Start, b.Start) })
			a.Quotes[at].Parts = parts
			continue
		}
		if q.Kind == annot.Indirect && entry.Group != "" {
			groups[entry.Group] = len(a.Quotes)
		}
		if q.Kind == annot.Direct || q.Kind == annot.Mixed {
			q.Speaker = canon[marked]
			marked++
		}
		if sp := entry.Speaker; sp != nil && sp.Start != nil && sp.End != nil {
			if q.Speaker.Mention, err = span(*sp.Start, *sp.End); err != nil {
				return a, fmt.Errorf("speaker: %w", err)
			}
		}
		if cue := entry.Cue; cue != nil && cue.Start != nil && cue.End != nil {
			if q.Cue, err = span(*cue.Start, *cue.End); err != nil {
				return a, fmt.Errorf("cue: %w", err)
			}
		}
		a.Quotes = append(a.Quotes, q)
	}
	for _, raw := range e.Discard {
		var pair []int
		if err := json.Unmarshal(raw, &pair); err != nil || len(pair) < 2 {
			var object struct{ Start, End int }
			if err := json.Unmarshal(raw, &object); err != nil {
				return a, fmt.Errorf("discard %s: give [start, end] or an object with both", raw)
			}
			pair = []int{object.Start, object.End}
		}
		s, err := span(pair[0], pair[1])
		if err != nil {
			return a, fmt.Errorf("discard: %w", err)
		}
		a.Discard = append(a.Discard, s)
	}
	return a, nil
}
