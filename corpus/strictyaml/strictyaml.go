// Package strictyaml reads the small YAML files that people write by hand: layouts, descriptions of data sets, annotated
// articles. It is strict, since an unknown key is most often a misspelt one, and an alias can make a large document of a
// small file. Package rules has a reader of its own, which walks the nodes, since its faults name columns and rules.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Fault is something in a file that does not belong there.
type Fault struct {
	// Line counts from 1.
	Line int
	// Msg says the cause and then the fix.
	Msg string
}

// Faults are all faults that were found in a file, in the order of their lines as far as the parser goes on after one.
type Faults []Fault

// Error returns a line "line 3: message" for each fault.
func (f Faults) Error() string {
	return f.join(func(x Fault) string { return fmt.Sprintf("line %d: %s", x.Line, x.Msg) })
}

// In returns the faults as an error with a line "name:3: message" for each.
func (f Faults) In(name string) error {
	return errors.New(f.join(func(x Fault) string { return fmt.Sprintf("%s:%d: %s", name, x.Line, x.Msg) }))
}

func (f Faults) join(text func(Fault) string) string {
	var lines []string
	for _, x := range f {
		lines = append(lines, text(x))
	}
	return strings.Join(lines, "\n")
}

// At returns an error for the method UnmarshalYAML of a type; Decode returns it among its Faults.
func At(line int, format string, args ...any) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: ", line) + fmt.Sprintf(format, args...)}}
}

// Decode reads the one YAML document of data into v. It returns Faults if data is not YAML, or has an anchor, an alias, a
// key twice, a key or value that v has no place for, or a second document; keys names the page that lists the keys. It
// returns io.EOF if data has no document. v is then not to be used.
func Decode(data []byte, v any, keys string) error {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil { // which does not follow aliases yet
		return faults(err, keys)
	}
	if line := anchorLine(&root); line > 0 {
		return Faults{{line, "an anchor or alias; write the value out"}}
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(v); err == io.EOF {
		return err
	} else if err != nil {
		return faults(err, keys)
	}
	var second yaml.Node
	if err := d.Decode(&second); err != io.EOF {
		return Faults{{max(second.Line, 1), "more than one document; put each into a file of its own"}}
	}
	return nil
}

// anchorLine returns the line of the first anchor or alias, or 0.
func anchorLine(n *yaml.Node) int {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return max(n.Line, 1)
	}
	for _, child := range n.Content {
		if line := anchorLine(child); line > 0 {
			return line
		}
	}
	return 0
}

var (
	atLine     = regexp.MustCompile(`^line (\d+): `)
	unknownKey = regexp.MustCompile(`^field (.+) not found in type \S+$`)
	wrongKind  = regexp.MustCompile("^cannot unmarshal !!(\\w+)( `.*`)? into \\S+$")
)

// kinds are the names of what YAML calls by tags.
var kinds = map[string]string{"seq": "a list", "map": "a mapping", "str": "a text", "int": "a number", "float": "a number"}

// faults takes what is Go's out of an error of package yaml.
func faults(err error, keys string) Faults {
	messages := []string{strings.TrimPrefix(err.Error(), "yaml: ")}
	if typed := (*yaml.TypeError)(nil); errors.As(err, &typed) {
		messages = typed.Errors
	}
	var all Faults
	for _, msg := range messages {
		line := 1
		if m := atLine.FindStringSubmatch(msg); m != nil {
			line, _ = strconv.Atoi(m[1])
			msg = msg[len(m[0]):]
		}
		all = append(all, Fault{line, plain(msg, keys)})
	}
	return all
}

// plain says in other words what concerns types of Go.
func plain(msg, keys string) string {
	if m := unknownKey.FindStringSubmatch(msg); m != nil {
		return fmt.Sprintf("unknown key %q; see %s for the keys", m[1], keys)
	}
	if m := wrongKind.FindStringSubmatch(msg); m != nil {
		kind, ok := kinds[m[1]]
		if !ok {
			kind = "a value of the kind " + m[1]
		}
		return fmt.Sprintf("%s%s does not belong here; see %s for the keys", kind, m[2], keys)
	}
	return msg
}
