package rules

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// maxFileSize bounds the memory that a rule file may take; the largest of ours is a twentieth of it.
const maxFileSize = 1 << 20

// Load reads every *.yaml file at the top of fsys, in the order of their names, as one set of rules. It is strict: an
// unknown key, a missing id, an empty list or a pattern that does not compile is an Error, and all of them are
// reported together. The Set shares nothing with fsys.
func Load(fsys fs.FS) (*Set, error) {
	return (&Set{}).With(fsys)
}

// With returns a new Set of the rules of s with those of the folder on top: a rule whose id is in s already takes its
// place, other rules are added, and what the folder lists under disable is left out. When a cue of the folder lists
// a form that an older cue has, the new one takes it. Faults are reported as by Load; s is not changed.
func (s *Set) With(fsys fs.FS) (*Set, error) {
	layer, faults, err := readLayer(fsys)
	if err != nil {
		return nil, err
	}
	kept, more := s.without(layer.disable)
	if faults = append(faults, more...); len(faults) > 0 {
		return nil, join(faults)
	}
	return compile(merge(kept, layer.rules)), nil
}

// A layer is the content of one folder of rule files.
type layer struct {
	rules   []rule
	disable []disabled
}

// A disabled is an entry of a disable list.
type disabled struct {
	id string
	at place
}

// readLayer reads all rule files of a folder. The error is one of reading; faults are those of the content.
func readLayer(fsys fs.FS) (layer, []*Error, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return layer{}, nil, fmt.Errorf("rules: %w", err)
	}
	dec := newDecoder()
	files := 0
	for _, entry := range entries {
		name := entry.Name()
		switch path.Ext(name) {
		case ".yaml":
		case ".yml":
			dec.start(name)
			dec.faultAt(place{name, 1, 1}, "the name ends in .yml and the file would not be read; rename it to %s.yaml",
				strings.TrimSuffix(name, ".yml"))
			continue
		default:
			continue
		}
		if entry.IsDir() {
			continue
		}
		files++
		data, err := readFile(fsys, name)
		if err != nil {
			return layer{}, nil, fmt.Errorf("rules: %w", err)
		}
		dec.file(name, data)
	}
	if files == 0 && len(dec.faults) == 0 {
		return layer{}, nil, fmt.Errorf("rules: no rule files in the folder; put at least one *.yaml file there")
	}
	return dec.layer, dec.faults, nil
}

// readFile reads at most one byte more than a rule file may have.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFileSize+1))
}

// without returns the rules of s that are not disabled, and a fault for each entry that disables nothing.
func (s *Set) without(list []disabled) ([]rule, []*Error) {
	if len(list) == 0 {
		return s.rules, nil
	}
	known := make([]string, len(s.rules))
	for i, r := range s.rules {
		known[i] = r.id
	}
	var faults []*Error
	off := map[string]bool{}
	for _, entry := range list {
		off[entry.id] = true
		if slices.Contains(known, entry.id) {
			continue
		}
		fix := "take it off the list"
		if near := nearest(entry.id, known); near != "" {
			fix = "did you mean " + near + "?"
		}
		faults = append(faults, &Error{entry.at.file, entry.at.line, entry.at.column, "",
			fmt.Sprintf("disable names no rule %q; %s", entry.id, fix)})
	}
	return slices.DeleteFunc(slices.Clone(s.rules), func(r rule) bool { return off[r.id] }), faults
}

// merge puts the rules of a layer on top of older ones: in the place of the rule with the same id, else at the end.
func merge(older, newer []rule) []rule {
	merged := slices.Clone(older)
	index := make(map[string]int, len(merged))
	for i, r := range merged {
		index[r.id] = i
	}
	taken, reported := map[string]bool{}, map[string]bool{} // forms of cues and of reports of the new layer
	for _, r := range newer {
		if r.cue != nil {
			for _, form := range r.cue.Forms {
				taken[form] = true
			}
		}
		if r.report != nil {
			for _, form := range r.report.Forms {
				reported[form] = true
			}
		}
	}
	for i, r := range merged {
		if r.cue != nil && slices.ContainsFunc(r.cue.Forms, func(form string) bool { return taken[form] }) {
			cue := *r.cue // the older Set keeps its own
			cue.Forms = slices.DeleteFunc(slices.Clone(cue.Forms), func(form string) bool { return taken[form] })
			merged[i].cue = &cue
		}
		if r.report != nil && slices.ContainsFunc(r.report.Forms, func(form string) bool { return reported[form] }) {
			report := *r.report
			report.Forms = slices.DeleteFunc(slices.Clone(report.Forms), func(form string) bool { return reported[form] })
			merged[i].report = &report
		}
	}
	for _, r := range newer {
		if i, ok := index[r.id]; ok {
			merged[i] = r
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}
