package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// ManifestSchema is the first key of a manifest.
const ManifestSchema = "quoth/run/1"

// A Manifest says what made a run. Two runs with the same Tool and Options make the same records of the same articles.
// It holds no times: the same input and version give the same bytes.
type Manifest struct {
	Schema string `json:"schema"`
	// Complete is false until all articles are done.
	Complete bool `json:"complete"`
	// Tool is what made the records.
	Tool output.Tool `json:"tool"`
	// Options are the choices that records depend on, as name and value.
	Options map[string]string `json:"options"`
	// Counts are null until the run is complete.
	Counts *Counts `json:"counts"`
}

// Counts are the totals of a run.
type Counts struct {
	// Documents is the number of records, Empty of those without text, Duplicates of those with duplicate_of.
	Documents  int `json:"documents"`
	Empty      int `json:"empty"`
	Duplicates int `json:"duplicates"`
	// Errors is the number of error records, Failed the same by code.
	Errors int            `json:"errors"`
	Failed map[string]int `json:"failed"`
	Stats
}

// Stats are the totals of one record, or of many.
type Stats struct {
	Bytes int64 `json:"bytes"`
	Words int   `json:"words"`
	output.Totals
}

func (s *Stats) add(o Stats) {
	s.Bytes += o.Bytes
	s.Words += o.Words
	s.Totals.Add(o.Totals)
}

// differences lists what keeps the records of two runs from being put together, as "rules_sha256: a, now b".
func (m *Manifest) differences(now *Manifest) []string {
	var list []string
	compare := func(name, before, after string) {
		if before != after {
			list = append(list, fmt.Sprintf("%s: %s, now %s", name, shown(before), shown(after)))
		}
	}
	compare("version", m.Tool.Name+" "+m.Tool.Version, now.Tool.Name+" "+now.Tool.Version)
	compare("rules_sha256", deref(m.Tool.RulesSHA256), deref(now.Tool.RulesSHA256))
	compare("model", deref(m.Tool.Model), deref(now.Tool.Model))
	var names []string
	for name := range m.Options {
		names = append(names, name)
	}
	for name := range now.Options {
		if _, ok := m.Options[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		compare(name, m.Options[name], now.Options[name])
	}
	return list
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func shown(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func (m *Manifest) encode() []byte {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil { // strings and numbers only
		panic("internal error: " + err.Error())
	}
	return append(b, '\n')
}

// readManifest returns the manifest of the folder, or nil if there is none.
func readManifest(sys system, dir string) (*Manifest, error) {
	name := filepath.Join(dir, manifestName)
	data, err := readFile(sys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("%s: %w; is it the file of another program?", name, err)
	}
	if m.Schema != ManifestSchema {
		return nil, fmt.Errorf("%s: its schema is %q, not %s; is it the file of another program?", name, m.Schema, ManifestSchema)
	}
	return m, nil
}

// ErrMixed is the cause of the error when a run is to be resumed by another version, or with other options.
var ErrMixed = errors.New("made by another version or with other options")

func mixed(dir string, differences []string) error {
	return &FolderError{dir, fmt.Errorf("%w (%s)", ErrMixed, strings.Join(differences, "; "))}
}
