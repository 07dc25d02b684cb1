package corpus

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// MapFields returns the names of the fields that Options.Map may set.
func MapFields() []string { return []string{"text", "title", "date", "url", "authors", "id"} }

// CheckMap returns what is wrong with a value of Options.Map, or nil.
func CheckMap(m map[string]string) error {
	_, err := parseMapping(m)
	return err
}

// A mapping says where the input has a field, by the field's name.
type mapping map[string]fieldPath

// A fieldPath is a column or the name of a JSON member (text), and a path into a JSON object (steps).
type fieldPath struct {
	text  string
	steps []step
}

// A step leads into a member of an object, or into an element of a list if name is "" and index is not negative.
type step struct {
	name  string
	index int
}

func (s step) isIndex() bool { return s.index >= 0 }

func parseMapping(m map[string]string) (mapping, error) {
	if len(m) == 0 {
		return nil, nil
	}
	parsed := mapping{}
	for _, field := range MapFields() {
		path, ok := m[field]
		if !ok {
			continue
		}
		p, err := parseFieldPath(path)
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", field, path, err)
		}
		parsed[field] = p
	}
	if len(parsed) == len(m) {
		return parsed, nil
	}
	var unknown []string
	for field := range m {
		if !slices.Contains(MapFields(), field) {
			unknown = append(unknown, strconv.Quote(field))
		}
	}
	slices.Sort(unknown)
	return nil, fmt.Errorf("no field %s; take one of %s", strings.Join(unknown, ", "), strings.Join(MapFields(), ", "))
}

// parseFieldPath reads .story.body, items[0].text, .a["b.c"] or the name of a column.
func parseFieldPath(path string) (fieldPath, error) {
	p := fieldPath{text: path}
	if strings.TrimSpace(path) == "" {
		return p, fmt.Errorf("the path is empty; give a column's name or a path such as .story.body")
	}
	steps, err := parseSteps(path)
	switch {
	case err == nil:
		p.steps = steps
	case strings.HasPrefix(path, "."): // no name of a column
		return p, err
	}
	return p, nil
}

func parseSteps(path string) ([]step, error) {
	var steps []step
	rest := path
	for first := true; rest != ""; first = false {
		if rest[0] == '[' {
			s, after, err := parseBracket(rest)
			if err != nil {
				return nil, err
			}
			steps, rest = append(steps, s), after
			continue
		}
		if rest[0] == '.' {
			rest = rest[1:]
		} else if !first {
			return nil, fmt.Errorf("a dot is missing before %q", rest)
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			return nil, fmt.Errorf("a name is missing; write a path as .story.body or .items[0].text")
		}
		steps, rest = append(steps, step{rest[:end], -1}), rest[end:]
	}
	return steps, nil
}

// parseBracket reads [0] or ["name"] at the start of rest.
func parseBracket(rest string) (s step, after string, err error) {
	if strings.HasPrefix(rest, `["`) {
		d := json.NewDecoder(strings.NewReader(rest[1:]))
		var name string
		if err := d.Decode(&name); err == nil && name != "" {
			if after, ok := strings.CutPrefix(rest[1+d.InputOffset():], "]"); ok {
				return step{name, -1}, after, nil
			}
		}
	}
	inside, after, ok := strings.Cut(rest[1:], "]")
	n, err := strconv.Atoi(inside)
	if !ok || err != nil || n < 0 {
		return s, "", fmt.Errorf("%s: not an index; write [0], or [\"name\"] for a name with a dot in it", rest)
	}
	return step{"", n}, after, nil
}

// member is the name that the path has as a member of o itself, or "".
func (p fieldPath) member(o *object) string {
	switch {
	case o.find(p.text) >= 0:
		return p.text
	case len(p.steps) == 1 && !p.steps[0].isIndex() && o.find(p.steps[0].name) >= 0:
		return p.steps[0].name
	}
	return ""
}

// last is the name of the member that the path ends at.
func (p fieldPath) last() string {
	for i := len(p.steps) - 1; i >= 0; i-- {
		if !p.steps[i].isIndex() {
			return p.steps[i].name
		}
	}
	return p.text
}

// find returns the value at the path; without one, missing says what is there instead. It adds warnings to o.
func (p fieldPath) find(o *object) (found json.RawMessage, missing string) {
	if name := p.member(o); name != "" {
		return o.values[o.find(name)], ""
	}
	here, at := o, ""
	for i, s := range p.steps {
		if i > 0 || s.isIndex() {
			if s.isIndex() {
				var list []json.RawMessage
				if found == nil || found[0] != '[' || json.Unmarshal(found, &list) != nil {
					return nil, fmt.Sprintf("%s is no list", orWhole(at))
				}
				at += "[" + strconv.Itoa(s.index) + "]"
				if s.index >= len(list) {
					return nil, fmt.Sprintf("no element %s; the list has %d", at, len(list))
				}
				found = list[s.index]
				continue
			}
			if found[0] != '{' {
				return nil, fmt.Sprintf("%s is no object", at)
			}
			inner, err := parseObject(found)
			if err != nil {
				return nil, fmt.Sprintf("%s is no object", at)
			}
			here = inner
			o.warnings = append(o.warnings, inner.warnings...)
		}
		j := here.find(s.name)
		if j < 0 {
			return nil, fmt.Sprintf("no field %s; %s has %s", at+"."+s.name, orWhole(at), nameList(here.names))
		}
		at += "." + s.name
		found = here.values[j]
	}
	if found == nil {
		return nil, fmt.Sprintf("no field %s; the object has %s", p.text, nameList(o.names))
	}
	return found, ""
}

func orWhole(at string) string {
	if at == "" {
		return "the object"
	}
	return at
}

// nameList shows names, and not too many of them.
func nameList(names []string) string {
	const most = 20
	if len(names) == 0 {
		return "none"
	}
	var shown []string
	for _, name := range names[:min(len(names), most)] {
		if len(name) > 60 {
			name = strings.ToValidUTF8(name[:60], "") + "…"
		}
		shown = append(shown, name)
	}
	if len(names) > most {
		shown = append(shown, fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(shown, ", ")
}

// removeAt takes the value at the steps out of the extra fields, so that an article's text is not repeated there.
func removeAt(v any, steps []step) {
	for i, s := range steps {
		last := i == len(steps)-1
		switch inner := v.(type) {
		case map[string]any:
			if s.isIndex() {
				return
			}
			if last {
				delete(inner, s.name)
				return
			}
			v = inner[s.name]
		case []any:
			if !s.isIndex() || s.index >= len(inner) {
				return
			}
			if last {
				inner[s.index] = nil
				return
			}
			v = inner[s.index]
		default:
			return
		}
	}
}

// warn makes a warning about the article as a whole.
func warn(code, format string, values ...any) annot.Warning {
	return annot.Warning{Code: code, Message: fmt.Sprintf(format, values...), Start: -1}
}
