package dataset

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/quoth-nlp/quoth/corpus/strictyaml"
)

// maxAbout is the size that a description may have.
const maxAbout = 1 << 20

// An About is what only people know of a data set. Every field may be empty; nothing is guessed in its place.
type About struct {
	// Name is the identifier of the data set: small letters, digits, ".", "_" and "-".
	Name        string `yaml:"name"`
	Title       string `yaml:"title"`
	Description string `yaml:"description"`
	Version     string `yaml:"version"`
	// URL is where the data set is published.
	URL string `yaml:"url"`
	// Published is the date of publication, as in 2026-01-31.
	Published string    `yaml:"published"`
	Citation  string    `yaml:"citation"`
	Keywords  []string  `yaml:"keywords"`
	Licenses  []License `yaml:"licenses"`
	Creators  []Creator `yaml:"creators"`
	Sources   []Origin  `yaml:"sources"`
}

// A License has a name, such as CC-BY-4.0, or a path, the address of its text, or both.
type License struct {
	Name  string `yaml:"name" json:"name,omitempty"`
	Path  string `yaml:"path" json:"path,omitempty"`
	Title string `yaml:"title" json:"title,omitempty"`
}

// A Creator is a person or an organization that made the data set.
type Creator struct {
	Name  string `yaml:"name"`
	Type  string `yaml:"type"` // person, which is the default, or organization
	Email string `yaml:"email"`
	Path  string `yaml:"path"` // address of a page
}

// An Origin is where the articles come from.
type Origin struct {
	Title string `yaml:"title" json:"title,omitempty"`
	Path  string `yaml:"path" json:"path,omitempty"` // address
}

// ReadAbout reads a description in YAML. Keys are strict, and the name stands for the file in errors.
func ReadAbout(r io.Reader, name string) (*About, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxAbout+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxAbout {
		return nil, fmt.Errorf("%s: larger than 1 MiB; keep to the description of the data set", name)
	}
	a := new(About)
	err = strictyaml.Decode(data, a, "docs/dataset.md")
	if faults := (strictyaml.Faults)(nil); errors.As(err, &faults) {
		return nil, faults.In(name)
	}
	if err := a.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

var (
	packageName = regexp.MustCompile(`^[a-z0-9._-]+$`)
	licenseName = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`)
	address     = regexp.MustCompile(`^https?://[^\s]+$`)
)

// check looks for what the formats would refuse.
func (a *About) check() error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	web := func(key, value string) {
		if value != "" && !address.MatchString(value) {
			fail("%s: %q is no address; begin it with https://", key, value)
		}
	}
	if a.Name != "" && !packageName.MatchString(a.Name) {
		fail("name: %q; take small letters, digits, '.', '_' and '-'", a.Name)
	}
	if _, err := time.Parse(time.DateOnly, a.Published); a.Published != "" && err != nil {
		fail("published: %q is no date; write it as 2026-01-31", a.Published)
	}
	web("url", a.URL)
	for _, l := range a.Licenses {
		switch {
		case l.Name == "" && l.Path == "":
			fail("licenses: one without name and path; give it a name such as CC-BY-4.0")
		case l.Name != "" && !licenseName.MatchString(l.Name):
			fail("licenses: name %q; take an identifier such as CC-BY-4.0, and title for words", l.Name)
		}
		web("licenses: path", l.Path)
	}
	for _, c := range a.Creators {
		if c.Name == "" {
			fail("creators: one without a name; name it")
		}
		if c.Type != "" && c.Type != "person" && c.Type != "organization" {
			fail("creators: type %q; take person or organization", c.Type)
		}
		if c.Email != "" && !strings.Contains(c.Email, "@") {
			fail("creators: email %q has no @; correct it", c.Email)
		}
		web("creators: path", c.Path)
	}
	for _, s := range a.Sources {
		if s.Title == "" && s.Path == "" {
			fail("sources: one without title and path; give it a title")
		}
		web("sources: path", s.Path)
	}
	return errors.Join(errs...)
}
