package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// yamlToJSON returns the JSON of a YAML document: keys in their order, numbers with their digits. It takes what a
// record can be: no aliases, no numbers that JSON has not, no keys but strings. What is plain and nothing else is text.
func yamlToJSON(text []byte) ([]byte, error) {
	var root, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	switch err := dec.Decode(&root); {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the YAML document is empty")
	case err != nil:
		return nil, err
	case !errors.Is(dec.Decode(&more), io.EOF):
		return nil, errors.New("something follows the end of the YAML document without a line --- before it")
	}
	j := &jsonMaker{}
	j.enc = json.NewEncoder(&j.out)
	j.enc.SetEscapeHTML(false)
	if err := j.value(root.Content[0], 0); err != nil {
		return nil, err
	}
	return j.out.Bytes(), nil
}

// maxDepth is how deep encoding/json reads.
const maxDepth = 10000

type jsonMaker struct {
	out bytes.Buffer
	enc *json.Encoder
}

func (j *jsonMaker) value(n *yaml.Node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("line %d: nested too deep", n.Line)
	}
	switch n.Kind {
	case yaml.MappingNode:
		j.out.WriteByte('{')
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" {
				return fmt.Errorf("line %d: a key that is no string", key.Line)
			}
			j.comma(i)
			if err := j.string(key.Value); err != nil {
				return err
			}
			j.out.WriteByte(':')
			if err := j.value(n.Content[i+1], depth+1); err != nil {
				return err
			}
		}
		j.out.WriteByte('}')
	case yaml.SequenceNode:
		j.out.WriteByte('[')
		for i, item := range n.Content {
			j.comma(i)
			if err := j.value(item, depth+1); err != nil {
				return err
			}
		}
		j.out.WriteByte(']')
	case yaml.ScalarNode:
		return j.scalar(n)
	default:
		return fmt.Errorf("line %d: an alias; records have none", n.Line)
	}
	return nil
}

func (j *jsonMaker) scalar(n *yaml.Node) error {
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle | yaml.TaggedStyle
	switch tag := n.ShortTag(); {
	case n.Style&quoted == 0 && number(n.Value): // before the tag: yaml.v3 takes a number that no float holds for text
		j.out.WriteString(n.Value)
	case tag == "!!null":
		j.out.WriteString("null")
	case tag == "!!bool" && (n.Value == "true" || n.Value == "false"):
		j.out.WriteString(n.Value)
	case tag == "!!str", tag == "!!timestamp":
		return j.string(n.Value)
	default:
		return fmt.Errorf("line %d: %q is nothing that JSON has (%s)", n.Line, n.Value, tag)
	}
	return nil
}

// number reports whether text is a number as JSON writes it.
func number(text string) bool {
	return text != "" && (text[0] == '-' || '0' <= text[0] && text[0] <= '9') && json.Valid([]byte(text))
}

func (j *jsonMaker) comma(i int) {
	if i > 0 {
		j.out.WriteByte(',')
	}
}

func (j *jsonMaker) string(s string) error {
	err := j.enc.Encode(s)
	j.out.Truncate(j.out.Len() - 1) // the line end
	return err
}
