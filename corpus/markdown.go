package corpus

import (
	"bytes"
	"io"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"gopkg.in/yaml.v3"

	"github.com/quoth-nlp/quoth/corpus/html"
)

// markdown reads a Markdown file: what it says of itself before the text, and the text by way of HTML.
func (r *reader) markdown(in io.Reader) bool {
	raw, ok, more := r.readWhole(in)
	if !ok {
		return more
	}
	a := &Article{Path: r.path, Bytes: int64(len(raw)), SHA256: hash(raw)}
	source := ""
	source, a.Encoding, a.Repairs = r.opt.decode(raw)
	front, source := cutFrontMatter(source)
	a.Meta = frontMatter(front)
	if tangled(source) {
		a.Text = source
		a.Repairs = append(a.Repairs, Repair{Kind: RepairMarkup, Count: 1})
		return r.yield(Item{Article: a})
	}
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithRendererOptions(renderer.WithUnsafe())).
		Convert([]byte(breakSources(source)), &b); err != nil {
		return r.fail(0, 0, CodeUnreadable, "not understood as Markdown: "+err.Error()+"; name a text file .txt")
	}
	a.readHTML(b.String(), true)
	return r.yield(Item{Article: a})
}

// What a paragraph and a line may hold: the time that the parser takes grows with the square of these.
const (
	maxBrackets = 300
	maxMarkers  = 32
	maxCells    = 1_000_000 // lines of tables by their columns: short lines are filled up
)

// tangled reports whether the source has a paragraph with very many brackets, a line that opens very many lists and block
// quotations, or a very large table. No Markdown that people write has.
func tangled(source string) bool {
	brackets, rows, columns := 0, 0, 0
	for line := range strings.Lines(source) {
		rest, markers := line, 0
		for {
			rest = strings.TrimLeft(rest, " \t")
			n := markerLen(rest)
			if n == 0 {
				break
			}
			rest = rest[n:]
			if markers++; markers > maxMarkers {
				return true
			}
		}
		if strings.TrimSpace(rest) == "" || markers > 0 && line[0] != '>' || line[0] == '#' {
			brackets = 0
		}
		if n := strings.Count(rest, "|"); n > 0 {
			rows, columns = rows+1, max(columns, n+1)
		}
		if brackets += strings.Count(rest, "["); brackets > maxBrackets || rows*columns > maxCells {
			return true
		}
	}
	return false
}

// markerLen returns the length of the marker of a block quotation or list that begins s, or 0.
func markerLen(s string) int {
	n := 0
	for n < len(s) && n < 9 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	switch {
	case n < len(s) && n > 0 && (s[n] == '.' || s[n] == ')'), n == 0 && s != "" && strings.IndexByte("-*+", s[0]) >= 0:
		if n+1 < len(s) && (s[n+1] == ' ' || s[n+1] == '\t') {
			return n + 2
		}
	case strings.HasPrefix(s, ">"):
		return 1
	}
	return 0
}

// maxFrontMatter is the size in bytes of the largest front matter that is read.
const maxFrontMatter = 1 << 16

// cutFrontMatter splits off YAML between two lines of ---.
func cutFrontMatter(source string) (front, text string) {
	rest, ok := strings.CutPrefix(source, "---\n")
	if !ok {
		return "", source
	}
	head := rest[:min(len(rest), maxFrontMatter)]
	for _, end := range []string{"\n---\n", "\n...\n"} {
		if i := strings.Index(head, end); i >= 0 {
			return rest[:i+1], rest[i+len(end):]
		}
	}
	return "", source
}

// frontMatter reads the fields of the front matter that hold text, numbers or lists of these. What is no YAML says nothing.
func frontMatter(front string) (m Meta) {
	var nodes map[string]yaml.Node
	if yaml.Unmarshal([]byte(front), &nodes) != nil {
		return m
	}
	o := map[string]any{}
	for name, node := range nodes {
		if v := nodeValue(&node); v != nil {
			o[strings.ToLower(name)] = v
		}
	}
	take := func(names []string) *string {
		for _, name := range names {
			if s, ok := o[strings.ToLower(name)].(string); ok {
				delete(o, strings.ToLower(name))
				return &s
			}
		}
		return nil
	}
	m.ID, m.Title, m.Date, m.URL = take(fields.id), take(fields.title), take(fields.date), take(fields.url)
	for _, name := range fields.authors {
		if m.Authors = html.AuthorNames(o[name]); len(m.Authors) > 0 {
			delete(o, name)
			break
		}
	}
	if len(o) > 0 {
		m.Extra = o
	}
	return m
}

// nodeValue returns the text of a scalar as it is written, a list of them, or the object that names an author; nil for all
// else.
func nodeValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			return n.Value
		}
	case yaml.SequenceNode:
		list := []any{}
		for _, element := range n.Content {
			if element.Kind == yaml.ScalarNode || element.Kind == yaml.MappingNode {
				if v := nodeValue(element); v != nil {
					list = append(list, v)
				}
			}
		}
		return list
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i+1].Kind == yaml.ScalarNode {
				object[n.Content[i].Value] = n.Content[i+1].Value
			}
		}
		return object
	}
	return nil
}

// breakSources ends the paragraph before a line that names the source of a block quotation, which Markdown would join:
//
//	> We reject the offer.
//	> — Lia Marsh
func breakSources(source string) string {
	var b strings.Builder
	for line := range strings.Lines(source) {
		rest := strings.TrimLeft(line, " ")
		if strings.HasPrefix(rest, ">") && html.BeginsSource(strings.TrimLeft(rest, " >")) {
			// A line of its own between two others is a paragraph's end, and changes nothing where one ends already.
			b.WriteString(rest[:len(rest)-len(strings.TrimLeft(rest, " >"))] + "\n")
		}
		b.WriteString(line)
	}
	return b.String()
}
