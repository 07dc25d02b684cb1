package output

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// A yamlWriter writes each record as a YAML document after a line ---: the data of its JSON, keys in the same order.
// What yaml.v3 does not write as it is, as all characters beyond U+FFFF, becomes an escape such as \U0001F389 between
// quotation marks; a reader gets the same text.
type yamlWriter struct{ *sink }

func (w *yamlWriter) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	line, err := w.encode(r)
	if err != nil {
		return err
	}
	document, err := yamlDocument(line)
	if err != nil {
		return recordError(r, err)
	}
	return w.write(document)
}

func (w *yamlWriter) Close() error { return w.err }

// yamlDocument returns a YAML document of the same data as the JSON text of a record.
func yamlDocument(text []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	root, err := (&yamlReader{dec: dec}).value()
	if err != nil {
		return nil, err
	}
	b := bytes.NewBufferString("---\n")
	enc := yaml.NewEncoder(b)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return nil, err
	}
	err = enc.Close()
	return b.Bytes(), err
}

// A yamlReader makes YAML nodes of JSON tokens, which keep the order of keys and the digits of numbers.
type yamlReader struct {
	dec   *json.Decoder
	depth int
	meta  bool // within meta, where keys are the input's
}

func (y *yamlReader) value() (*yaml.Node, error) {
	tok, err := y.dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok := tok.(type) {
	case json.Delim:
		if tok == '{' {
			return y.items(yaml.MappingNode)
		}
		return y.items(yaml.SequenceNode)
	case string:
		return yamlString(tok), nil
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: yamlNumber(tok.String())}, nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: strconv.FormatBool(tok)}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: "null"}, nil
}

// items reads an object or an array to its end.
func (y *yamlReader) items(kind yaml.Kind) (*yaml.Node, error) {
	node := &yaml.Node{Kind: kind}
	y.depth++
	for y.dec.More() {
		outer := y.meta
		if kind == yaml.MappingNode {
			tok, err := y.dec.Token()
			if err != nil {
				return nil, err
			}
			name := tok.(string) // the decoder lets nothing else be a key
			node.Content = append(node.Content, y.key(name))
			y.meta = outer || y.depth == 1 && name == "meta"
		}
		value, err := y.value()
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, value)
		y.meta = outer
	}
	y.depth--
	_, err := y.dec.Token() // the closing bracket
	return node, err
}

// key leaves the keys of the record without quotation marks; those of the input may be anything.
func (y *yamlReader) key(name string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}
	if y.meta && !metaKey(name) {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

// yamlString gives every string quotation marks: readers of YAML 1.1 and 1.2 differ on what no, 1.10, 1e3, 0x1F, 12:30,
// = and on are without them. A text of several lines is written as a block where no reader can disagree about it.
func yamlString(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle}
	if block(s) {
		node.Style = yaml.LiteralStyle
	}
	return node
}

// block reports whether s has several lines and can be a block: no white space at the ends of the text or of a line,
// which editors and readers strip, but for the end of the last line, and no character that must be escaped or that some
// reader takes for the end of a line.
func block(s string) bool {
	s = strings.TrimSuffix(s, "\n")
	if !strings.Contains(s, "\n") || s != strings.Trim(s, "\n") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line != strings.TrimSpace(line) {
			return false
		}
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsGraphic(r) })
}

// yamlNumber writes a JSON number so that YAML 1.1 takes it for one too, which wants a point and a sign in 1.0e+21.
func yamlNumber(s string) string {
	mantissa, exponent, found := strings.Cut(strings.ToLower(s), "e")
	if !found {
		return s
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if exponent[0] != '-' && exponent[0] != '+' {
		exponent = "+" + exponent
	}
	return mantissa + "e" + exponent
}
