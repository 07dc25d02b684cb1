package export

import (
	"slices"
)

type prodigyTask struct {
	Text      string            `json:"text"`
	Tokens    []prodigyToken    `json:"tokens"`
	Spans     []prodigySpan     `json:"spans"`
	Relations []prodigyRelation `json:"relations"`
	Meta      origin            `json:"meta"`
}

type prodigyToken struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	ID    int    `json:"id"`
	// WS says that one space follows, which belongs to no token.
	WS bool `json:"ws"`
}

type prodigySpan struct {
	Start      int    `json:"start"`
	End        int    `json:"end"`
	TokenStart int    `json:"token_start"`
	TokenEnd   int    `json:"token_end"` // the last token, and not the one after it
	Label      string `json:"label"`
	Note       string `json:"note,omitempty"`
}

// A prodigyRelation names spans by their last tokens, and repeats them since spans may share those.
type prodigyRelation struct {
	Head      int         `json:"head"`
	Child     int         `json:"child"`
	HeadSpan  prodigySpan `json:"head_span"`
	ChildSpan prodigySpan `json:"child_span"`
	Label     string      `json:"label"`
}

// prodigy returns a line with a task. Its tokens and the spaces between them are the whole text, as in spaCy, and every
// span starts and ends with a token.
func prodigy(a *article) (encoded, error) {
	tokens, err := a.tokens()
	if err != nil {
		return encoded{}, err
	}
	pieces := a.pieces(tokens)
	task := prodigyTask{Text: a.text, Tokens: make([]prodigyToken, len(pieces)), Spans: make([]prodigySpan, len(a.marks)),
		Relations: make([]prodigyRelation, len(a.links)), Meta: a.origin()}
	starts, ends := make(map[int]int, len(pieces)), make(map[int]int, len(pieces))
	for i, p := range pieces {
		starts[p.start], ends[p.end] = i, i
		task.Tokens[i] = prodigyToken{a.text[p.start:p.end], a.at(p.start), a.at(p.end), i, p.space}
	}
	for i, m := range a.marks {
		task.Spans[i] = prodigySpan{a.at(m.start), a.at(m.end), starts[m.start], ends[m.end], m.label, note(m.fields())}
	}
	for i, l := range a.links {
		head, child := task.Spans[l.from], task.Spans[l.to]
		head.Note, child.Note = "", ""
		task.Relations[i] = prodigyRelation{head.TokenEnd, child.TokenEnd, head, child, l.label}
	}
	return jsonLine(task)
}

// A piece is a token of spaCy: a word or white space. One space after it belongs to it without being part of it.
type piece struct {
	start, end int
	space      bool
}

// pieces cuts the text at the borders of tokens and of marks. A space between two words is a mark on the first of them;
// other white space is a piece, as in spaCy.
func (a *article) pieces(tokens [][2]int) []piece {
	cuts := make([]int, 0, 2*len(tokens)+2*len(a.marks)+2)
	cuts = append(cuts, 0, len(a.text))
	opens, closes := map[int]bool{}, map[int]bool{}
	for _, tok := range tokens {
		cuts = append(cuts, tok[0], tok[1])
	}
	for _, m := range a.marks {
		opens[m.start], closes[m.end] = true, true
		cuts = append(cuts, m.start, m.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	pieces := make([]piece, 0, len(cuts))
	for i := 1; i < len(cuts); i++ {
		start, end := cuts[i-1], cuts[i]
		if n := len(pieces); a.text[start] == ' ' && n > 0 && !pieces[n-1].space && !opens[start] && !closes[start+1] {
			pieces[n-1].space = true
			start++
		}
		if start < end {
			pieces = append(pieces, piece{start, end, false})
		}
	}
	return pieces
}
