package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A place is a position in a rule file; line and column count from 1.
type place struct {
	file         string
	line, column int
}

// A rule is any rule of a file; exactly one of words, cue, report, kind and boilerplate is set.
type rule struct {
	id          string
	at          place
	words       *words
	cue         *Cue
	report      *Report
	kind        *kind
	boilerplate *BoilerplateRule
}

// words is a list of words or phrases, each of which gets the classes.
type words struct {
	classes
	forms    []string
	examples Examples
}

// classes are those that one word list fills, of both types.
type classes struct {
	general Class
	stage   StageClass
}

func (c classes) or(other classes) classes {
	return classes{c.general | other.general, c.stage | other.stage}
}

// A decoder turns files into rules and collects the faults. It walks yaml.Node instead of decoding into structs,
// because only nodes know their line and column.
type decoder struct {
	layer    layer
	faults   []*Error
	ids      map[string]place  // of this layer: an id twice is a fault
	cueForms map[string]string // form to id of the cue that has it: a form of two cues would be decided by chance
	reported map[string]string // the same for reports

	// classNames are the names of the general classes, then those of the classes of one stage.
	classNames []string

	name string // file being read
	rule string // id of the rule being read
}

func newDecoder() *decoder {
	return &decoder{
		ids: map[string]place{}, cueForms: map[string]string{}, reported: map[string]string{},
		classNames: slices.Concat(classNames[:], stageClassNames[:]),
	}
}

func (dec *decoder) start(name string) { dec.name, dec.rule = name, "" }

func (dec *decoder) at(n *yaml.Node) place { return place{dec.name, max(n.Line, 1), max(n.Column, 1)} }

func (dec *decoder) faultAt(at place, format string, args ...any) {
	dec.faults = append(dec.faults, &Error{at.file, at.line, at.column, dec.rule, fmt.Sprintf(format, args...)})
}

func (dec *decoder) fault(n *yaml.Node, format string, args ...any) {
	dec.faultAt(dec.at(n), format, args...)
}

// file decodes one file.
func (dec *decoder) file(name string, data []byte) {
	dec.start(name)
	top := place{name, 1, 1}
	if len(data) > maxFileSize {
		dec.faultAt(top, "file is larger than 1 MiB; split it into several files")
		return
	}
	if at, bad := invalidUTF8(name, data); bad {
		dec.faultAt(at, "text is not valid UTF-8; save the file as UTF-8")
		return
	}
	parser := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := parser.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return // nothing but comments
	case err != nil:
		dec.syntax(err)
		return
	}
	switch err := parser.Decode(&second); {
	case err == nil:
		dec.fault(&second, "a second document starts here; put it into its own file")
		return
	case !errors.Is(err, io.EOF):
		dec.syntax(err)
		return
	}
	if !dec.plain(&doc) || len(doc.Content) == 0 {
		return
	}
	root := doc.Content[0]
	if isNull(root) {
		return
	}
	for _, f := range dec.fields(root, "words", "cues", "reports", "kinds", "boilerplate", "disable") {
		dec.rule = ""
		switch f.key.Value {
		case "words":
			dec.each(f, dec.words)
		case "cues":
			dec.each(f, dec.cue)
		case "reports":
			dec.each(f, dec.report)
		case "kinds":
			dec.each(f, dec.kind)
		case "boilerplate":
			dec.each(f, dec.boilerplate)
		case "disable":
			for _, n := range dec.texts(f, "disable: [some-id]") {
				dec.layer.disable = append(dec.layer.disable, disabled{n.Value, dec.at(n)})
			}
		}
	}
	dec.rule = ""
}

// invalidUTF8 returns the place of the first byte that is no UTF-8.
func invalidUTF8(name string, data []byte) (place, bool) {
	if utf8.Valid(data) {
		return place{}, false
	}
	at := place{name, 1, 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			return at, true
		case r == '\n':
			at.line, at.column = at.line+1, 1
		default:
			at.column++
		}
		data = data[size:]
	}
	return at, true
}

var yamlLine = regexp.MustCompile(`line (\d+): `)

// syntax reports an error of the YAML parser, which names the line in its text only.
func (dec *decoder) syntax(err error) {
	at := place{dec.name, 1, 1}
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatchIndex(msg); m != nil {
		if line, err := strconv.Atoi(msg[m[2]:m[3]]); err == nil && line > 0 {
			at.line = line
		}
		msg = msg[:m[0]] + msg[m[1]:]
	}
	dec.faultAt(at, "not valid YAML: %s; correct it there or in the line before", msg)
}

// plain reports whether the tree under n is free of anchors, aliases and tags, and reports those that it has.
func (dec *decoder) plain(n *yaml.Node) bool {
	ok := true
	if n.Kind == yaml.AliasNode {
		dec.fault(n, "alias *%s; write the value out, aliases are not allowed", n.Value)
		return false // what it points to is reported at its anchor
	}
	if n.Anchor != "" {
		dec.fault(n, "anchor &%s; take it off, anchors are not allowed", n.Anchor)
		ok = false
	}
	if n.Style&yaml.TaggedStyle != 0 {
		dec.fault(n, "tag %s; take it off, tags are not allowed", n.Tag)
		ok = false
	}
	for _, child := range n.Content {
		ok = dec.plain(child) && ok
	}
	return ok
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// A field is one key of a mapping with its value.
type field struct{ key, value *yaml.Node }

// fields returns the known fields of a mapping in the order of the file; it reports unknown and repeated keys.
func (dec *decoder) fields(n *yaml.Node, known ...string) []field {
	if n.Kind != yaml.MappingNode {
		dec.fault(n, "not a mapping; write keys with values, as in %s: …", known[0])
		return nil
	}
	var fields []field
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode || !slices.Contains(known, key.Value):
			dec.fault(key, "unknown key %q; %s", key.Value, advice(key.Value, known))
		case slices.ContainsFunc(fields, func(f field) bool { return f.key.Value == key.Value }):
			dec.fault(key, "key %q appears twice; join the two", key.Value)
		default:
			fields = append(fields, field{key, n.Content[i+1]})
		}
	}
	return fields
}

// each calls decode for every rule of a list, when the rule has an id that is new in this layer.
func (dec *decoder) each(f field, decode func(n *yaml.Node)) {
	if isNull(f.value) {
		dec.fault(f.key, "%s is empty; list rules under it or take the key off", f.key.Value)
		return
	}
	if f.value.Kind != yaml.SequenceNode {
		dec.fault(f.value, "%s is not a list; start each rule with a dash, as in - id: some-name", f.key.Value)
		return
	}
	for _, n := range f.value.Content {
		dec.rule = ""
		if id := idNode(n); id != nil {
			dec.rule = id.Value
		}
		decode(n)
	}
}

// idNode returns the value of the key id in a rule, nil when there is none.
func idNode(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "id" && n.Content[i+1].Kind == yaml.ScalarNode {
			return n.Content[i+1]
		}
	}
	return nil
}

var validID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// add keeps a rule if nothing in it was at fault and its id is good. before is the number of faults before the rule.
func (dec *decoder) add(n *yaml.Node, r rule, before int) {
	id := idNode(n)
	if id == nil || isNull(id) || id.Value == "" {
		dec.rule = ""
		if n.Kind == yaml.MappingNode {
			dec.fault(n, "no id; give the rule a name of its own, as in id: some-name")
		}
		return
	}
	if !validID.MatchString(id.Value) {
		dec.fault(id, "id is not a plain name; use lower-case letters, digits and single hyphens, as in some-name")
		return
	}
	if first, twice := dec.ids[id.Value]; twice {
		dec.fault(id, "id is used already at %s:%d:%d; choose another", first.file, first.line, first.column)
		return
	}
	r.id, r.at = id.Value, dec.at(n)
	dec.ids[r.id] = dec.at(id)
	if len(dec.faults) == before {
		dec.layer.rules = append(dec.layer.rules, r)
	}
}

func (dec *decoder) words(n *yaml.Node) {
	before := len(dec.faults)
	w := &words{}
	has := map[string]bool{}
	for _, f := range dec.fields(n, "id", "class", "forms", "examples") {
		has[f.key.Value] = true
		switch f.key.Value {
		case "class":
			w.classes = dec.classes(f)
		case "forms":
			w.forms = dec.forms(f)
		case "examples":
			w.examples = dec.examples(f.value)
		}
	}
	dec.need(n, has, "class", "name one or a list, as in class: adverb")
	dec.need(n, has, "forms", "list at least one, as in forms: [say, says]")
	dec.add(n, rule{words: w}, before)
}

func (dec *decoder) cue(n *yaml.Node) {
	before := len(dec.faults)
	c := &Cue{}
	has := map[string]bool{}
	for _, f := range dec.fields(n, "id", "forms", "class", "weight", "written", "social", "examples") {
		has[f.key.Value] = true
		switch f.key.Value {
		case "forms":
			c.Forms = dec.formsOfOne(f, dec.cueForms)
		case "class":
			c.Class = CueClass(max(dec.choice(f, "class", cueClassNames[:]), 0))
		case "weight":
			c.Weight = dec.weight(f.value)
		case "written":
			c.Written = dec.flag(f)
		case "social":
			c.Social = dec.flag(f)
		case "examples":
			c.Examples = dec.examples(f.value)
		}
	}
	dec.need(n, has, "forms", "list at least one, as in forms: [say, says]")
	dec.need(n, has, "class", "name one, as in class: say")
	dec.need(n, has, "weight", "say how sure the cue is, 0 to 1, as in weight: 0.9")
	c.ID = dec.rule
	dec.add(n, rule{cue: c}, before)
}

func (dec *decoder) boilerplate(n *yaml.Node) {
	before := len(dec.faults)
	b := &BoilerplateRule{}
	has := map[string]bool{}
	for _, f := range dec.fields(n, "id", "pattern", "zone", "examples") {
		has[f.key.Value] = true
		switch f.key.Value {
		case "pattern":
			b.Pattern = f.value.Value
			b.Regexp = dec.pattern(f.value)
		case "zone":
			if i := dec.choice(f, "zone", zoneNames[:]); i >= 0 {
				b.Zone = zoneNames[i]
			}
		case "examples":
			b.Examples = dec.examples(f.value)
		}
	}
	dec.need(n, has, "pattern", `write one, as in pattern: '^Advertisement$'`)
	dec.need(n, has, "zone", "name one, as in zone: boilerplate")
	b.ID = dec.rule
	dec.add(n, rule{boilerplate: b}, before)
}

// need reports a key that the rule lacks.
func (dec *decoder) need(n *yaml.Node, has map[string]bool, key, fix string) {
	if n.Kind == yaml.MappingNode && !has[key] {
		dec.fault(n, "no %s; %s", key, fix)
	}
}

// texts returns the entries of a list of texts; it reports a list that is empty or holds something else.
func (dec *decoder) texts(f field, example string) []*yaml.Node {
	n := f.value
	if isNull(n) {
		n = &yaml.Node{Kind: yaml.SequenceNode, Line: f.key.Line, Column: f.key.Column}
	}
	if n.Kind != yaml.SequenceNode {
		dec.fault(n, "%s is not a list; put it in brackets, as in %s", f.key.Value, example)
		return nil
	}
	if len(n.Content) == 0 {
		dec.fault(n, "no %s; list at least one, as in %s", f.key.Value, example)
		return nil
	}
	var texts []*yaml.Node
	for _, entry := range n.Content {
		if entry.Kind != yaml.ScalarNode || strings.TrimSpace(entry.Value) == "" {
			dec.fault(entry, "an entry of %s is not a text; write each as a word or in quotes, as in %s",
				f.key.Value, example)
			continue
		}
		texts = append(texts, entry)
	}
	return texts
}

// forms returns the folded forms of a list, each with single spaces.
func (dec *decoder) forms(f field) []string {
	var forms []string
	seen := map[string]bool{}
	for _, n := range dec.texts(f, "forms: [say, says]") {
		form := strings.Join(strings.Fields(slowFold(n.Value)), " ")
		if seen[form] {
			dec.fault(n, "form %q is listed twice; take one off", form)
			continue
		}
		seen[form] = true
		forms = append(forms, form)
	}
	return forms
}

// formsOfOne returns the forms of a rule and reports those that another rule of its kind in this layer has.
func (dec *decoder) formsOfOne(f field, taken map[string]string) []string {
	forms := dec.forms(f)
	for _, form := range forms {
		if other, twice := taken[form]; twice {
			dec.fault(f.key, "form %q is also one of rule %q; leave it in one of them", form, other)
			continue
		}
		taken[form] = dec.rule
	}
	return forms
}

// classes reads the class of a word list: one name or a list of names.
func (dec *decoder) classes(f field) classes {
	if f.value.Kind == yaml.ScalarNode {
		return dec.class(f)
	}
	var all classes
	for _, n := range dec.texts(f, "class: [role_noun, role_male]") {
		all = all.or(dec.class(field{f.key, n}))
	}
	return all
}

// class reads the name of one class, of either type.
func (dec *decoder) class(f field) classes {
	switch i := dec.choice(f, "class", dec.classNames); {
	case i < 0:
		return classes{}
	case i < len(classNames):
		return classes{general: 1 << i}
	default:
		return classes{stage: 1 << (i - len(classNames))}
	}
}

// choice returns the place of a value among names, or -1 with a fault.
func (dec *decoder) choice(f field, what string, names []string) int {
	i := -1
	if f.value.Kind == yaml.ScalarNode && f.value.Value != "" {
		i = indexOf(names, f.value.Value)
	}
	if i < 0 {
		dec.fault(f.value, "unknown %s %q; %s", what, f.value.Value, advice(f.value.Value, names))
	}
	return i
}

func (dec *decoder) weight(n *yaml.Node) float64 {
	weight, err := strconv.ParseFloat(n.Value, 64)
	if n.Kind != yaml.ScalarNode || err != nil || math.IsNaN(weight) || weight < 0 || weight > 1 {
		dec.fault(n, "weight %q is not between 0 and 1; write a number, as in weight: 0.9", n.Value)
		return 0
	}
	return weight
}

func (dec *decoder) flag(f field) bool {
	if f.value.Kind != yaml.ScalarNode || f.value.Value != "true" && f.value.Value != "false" {
		dec.fault(f.value, "%s is neither true nor false; write one of them", f.key.Value)
	}
	return f.value.Value == "true"
}

// pattern compiles a regular expression. One that matches the empty text would match every line.
func (dec *decoder) pattern(n *yaml.Node) *regexp.Regexp {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		dec.fault(n, "no pattern; write one in single quotes, as in pattern: '^Advertisement$'")
		return nil
	}
	re, err := regexp.Compile(n.Value)
	if err != nil {
		dec.fault(n, "pattern does not compile: %s; correct it, the syntax is RE2 and single quotes keep backslashes",
			strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return nil
	}
	if re.MatchString("") {
		dec.fault(n, "pattern matches the empty text and so every line; anchor it or ask for at least one letter")
		return nil
	}
	return re
}

func (dec *decoder) examples(n *yaml.Node) Examples {
	var examples Examples
	for _, f := range dec.fields(n, "match", "miss") {
		var texts []string
		for _, entry := range dec.texts(f, f.key.Value+`: ["a sentence"]`) {
			texts = append(texts, entry.Value)
		}
		if f.key.Value == "match" {
			examples.Match = texts
		} else {
			examples.Miss = texts
		}
	}
	return examples
}
