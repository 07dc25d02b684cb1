package corpus

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/quoth-nlp/quoth/corpus/strictyaml"
)

// Layouts tell how the articles of a file are laid out that has several in one text, as library databases export
// them. They are immutable.
type Layouts struct{ list []layout }

// A layout is one file of a folder of layouts; docs/inputs-formats.md describes the keys.
type layout struct {
	// Name tells layouts apart: one of a user takes the place of ours of the same name.
	Name string `yaml:"name"`
	// Detect are words of which the file must have one; without it the layout is not tried.
	Detect []string `yaml:"detect"`
	// Wrapped says that lines between blank lines belong together.
	Wrapped bool `yaml:"wrapped"`
	// Start and End are the lines before and after an article, Body the line before its text, Tail the first line after it.
	Start  []pattern  `yaml:"start"`
	End    []pattern  `yaml:"end"`
	Body   []pattern  `yaml:"body"`
	Tail   []pattern  `yaml:"tail"`
	Head   []headLine `yaml:"head"`
	Ignore []pattern  `yaml:"ignore"`
	Meta   []label    `yaml:"meta"`
}

// A headLine is a line before the body without a label.
type headLine struct {
	Field fieldName `yaml:"field"`
	Like  *pattern  `yaml:"like"`
}

// A label begins a line that holds a field.
type label struct {
	Label string    `yaml:"label"`
	Field fieldName `yaml:"field"`
}

// A fieldName is one of title, date, url, authors and id, or else the name of an extra field.
type fieldName string

func (f *fieldName) UnmarshalYAML(node *yaml.Node) error {
	*f = fieldName(node.Value)
	if node.Kind != yaml.ScalarNode || node.Value == "" || node.Value == "text" {
		return strictyaml.At(node.Line, "bad field %q; take title, date, url, authors, id or a name of your own, as in section", node.Value)
	}
	return nil
}

// A pattern is a regular expression that must match a whole line.
type pattern struct{ *regexp.Regexp }

func (p *pattern) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || strings.TrimSpace(node.Value) == "" || len(node.Value) > maxPattern {
		return strictyaml.At(node.Line, "a pattern must be a text of 1 to %d characters", maxPattern)
	}
	re, err := regexp.Compile(`^(?:` + node.Value + `)$`)
	if err != nil {
		return strictyaml.At(node.Line, "bad pattern %s: %s; put a backslash before . ( ) [ ] * + ? that mean themselves",
			node.Value, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	p.Regexp = re
	return nil
}

// The limits of a file of layouts.
const (
	maxLayoutFile = 1 << 20
	maxPattern    = 500
	maxPatterns   = 200
)

//go:embed layouts/*.yaml
var layoutFiles embed.FS

// DefaultLayouts returns those that are built in: Nexis Uni, and LexisNexis as it was.
func DefaultLayouts() *Layouts { return defaultLayouts() }

var defaultLayouts = sync.OnceValue(func() *Layouts {
	folder, err := fs.Sub(layoutFiles, "layouts")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	l, err := (&Layouts{}).With(folder)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return l
})

// Names returns the names of the layouts, in the order in which they are tried.
func (l *Layouts) Names() []string {
	var names []string
	for _, one := range l.list {
		names = append(names, one.Name)
	}
	return names
}

// With returns new Layouts with those of the *.yaml files at the top of fsys before the older ones; a layout takes the
// place of an older one of the same name. All faults of all files are reported together, each with file and line. An
// unknown key, an alias, and a file of more than 1 MiB are faults.
func (l *Layouts) With(fsys fs.FS) (*Layouts, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	var list []layout
	var faults []error
	files := 0
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case entry.IsDir():
			continue
		case path.Ext(name) == ".yml":
			faults = append(faults, fmt.Errorf("%s:1: the name ends in .yml and the file would not be read; rename it to %s.yaml",
				name, strings.TrimSuffix(name, ".yml")))
			continue
		case path.Ext(name) != ".yaml":
			continue
		}
		files++
		one, err := readLayout(fsys, name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if slices.ContainsFunc(list, func(other layout) bool { return other.Name == one.Name }) {
			faults = append(faults, fmt.Errorf("%s:1: another file has the name %q already; choose another one", name, one.Name))
		}
		list = append(list, one)
	}
	if files == 0 && faults == nil {
		return nil, errors.New("no layouts in the folder; put at least one *.yaml file there")
	}
	if faults != nil {
		return nil, errors.Join(faults...)
	}
	for _, older := range l.list {
		if !slices.ContainsFunc(list, func(newer layout) bool { return newer.Name == older.Name }) {
			list = append(list, older)
		}
	}
	return &Layouts{list}, nil
}

func readLayout(fsys fs.FS, name string) (layout, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return layout{}, fmt.Errorf("%s: %s", name, reason(err))
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxLayoutFile+1))
	switch {
	case err != nil:
		return layout{}, fmt.Errorf("%s: %s", name, reason(err))
	case len(raw) > maxLayoutFile:
		return layout{}, fmt.Errorf("%s:1: more than 1 MiB; a layout has a page", name)
	}
	one, err := parseLayout(raw)
	if faults := (strictyaml.Faults)(nil); errors.As(err, &faults) {
		err = faults.In(name)
	} else if err != nil {
		err = fmt.Errorf("%s:1: %w", name, err)
	}
	return one, err
}

// parseLayout reads one file. An error that is no Faults concerns the whole.
func parseLayout(raw []byte) (layout, error) {
	var one layout
	if err := strictyaml.Decode(raw, &one, "docs/inputs-formats.md"); err == io.EOF {
		return one, errors.New("empty; a layout has at least name, detect, body and start or end")
	} else if err != nil {
		return one, err
	}
	var missing []string
	for _, required := range []struct {
		key string
		has bool
	}{{"name", one.Name != ""}, {"detect", len(one.Detect) > 0 && !slices.Contains(one.Detect, "")}, {"body", len(one.Body) > 0}, {"start or end", len(one.Start)+len(one.End) > 0}} {
		if !required.has {
			missing = append(missing, required.key)
		}
	}
	if missing != nil {
		return one, fmt.Errorf("%s missing or empty", strings.Join(missing, ", "))
	}
	if n := len(one.Start) + len(one.End) + len(one.Body) + len(one.Tail) + len(one.Ignore) + len(one.Head) + len(one.Meta); n > maxPatterns {
		return one, fmt.Errorf("%d patterns; at most %d are allowed", n, maxPatterns)
	}
	for _, h := range one.Head {
		if h.Field == "" {
			return one, errors.New("an entry of head has no field")
		}
	}
	for _, m := range one.Meta {
		if m.Field == "" || m.Label == "" {
			return one, errors.New("an entry of meta lacks label or field")
		}
	}
	return one, nil
}
