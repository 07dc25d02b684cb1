package rules

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed en/*.yaml
var embedded embed.FS

var english = sync.OnceValues(loadEnglish)

func loadEnglish() (*Set, error) {
	fsys, err := fs.Sub(embedded, "en")
	if err != nil {
		return nil, err
	}
	return Load(fsys)
}

// English returns the embedded rules for English. The files are read on the first call; later calls return the same
// Set.
func English() (*Set, error) { return english() }

// MustEnglish is English for tests and examples: it panics when the embedded rules are at fault.
func MustEnglish() *Set {
	set, err := English()
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return set
}
