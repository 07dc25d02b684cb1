package export

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// conll returns a line for each token, with its tag in IOB2, and a blank line after each sentence.
func conll(a *article) (encoded, error) {
	tokens, err := a.tokens()
	if err != nil {
		return encoded{}, err
	}
	columns := [][]string{a.tags(tokens, entityTypes)}
	if a.opt.Columns {
		columns = append(columns, a.tags(tokens, quoteLabels))
	}
	between := " "
	if a.opt.Tab {
		between = "\t"
	}
	var b bytes.Buffer
	if a.opt.DocStart {
		b.WriteString("-DOCSTART-" + strings.Repeat(between+"O", len(columns)) + "\n\n")
	}
	sentences := a.sentences(tokens)
	for i, tok := range tokens {
		first := i == 0 || sentences[i] != sentences[i-1]
		if first && i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(word(a.text[tok[0]:tok[1]]))
		for _, column := range columns {
			tag := column[i]
			if rest, ok := strings.CutPrefix(tag, "I-"); ok && first {
				tag = "B-" + rest // no tag goes on from one sentence to the next
			}
			b.WriteString(between + tag)
		}
		b.WriteByte('\n')
	}
	if len(tokens) > 0 {
		b.WriteByte('\n')
	}
	return encoded{b.Bytes(), 1}, nil
}

// tags returns the tag of each token for the marks with one of the labels. A token that a mark cuts belongs to it. Where
// marks overlap, the one that starts first has the tokens, which also keeps the time linear.
func (a *article) tags(tokens [][2]int, of []string) []string {
	tags := make([]string, len(tokens))
	for i := range tags {
		tags[i] = "O"
	}
	free := 0 // the first token that no mark has
	for _, m := range a.marks {
		if !slices.Contains(of, m.label) {
			continue
		}
		before := "B-"
		for i := max(free, firstAfter(tokens, m.start)); i < len(tokens) && tokens[i][0] < m.end; i++ {
			tags[i], before, free = before+m.label, "I-", i+1
		}
	}
	return tags
}

// word returns the token without what would end its column: some readers split at any white space.
func word(token string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, token)
}
