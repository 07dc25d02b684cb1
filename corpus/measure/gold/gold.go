// Package gold loads the hand-annotated articles that quoth is measured with, and the cases of the taxonomy of
// quotation. The files are those of the folder corpus/gold, whose README.md says how they are written.
package gold

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	data "github.com/quoth-nlp/quoth/corpus/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// An Article is an annotated article. All spans are byte ranges of Text.
type Article struct {
	// Name is the file's name without its extension.
	Name string
	// Comment is the text before the file's first section.
	Comment string
	// Text is the article without mark-up.
	Text string
	// Mentions are sorted and do not overlap.
	Mentions []Mention
	// Quotes are in the order of the file, which is that of the text. Parts, Kind, Flags and the Attribution's Status,
	// Speaker.Type, Speaker.Name, Speaker.Mention and Cue are filled; IDs, zones and decisions are not.
	Quotes []annot.Quote
	// Spans are the stretches that must not be extracted as quotes. Files of quotes have them in part or not at all.
	Spans []Span
	// Zones are the places where a paragraph, or a part of one, starts that is not plain body text.
	Zones []Zone
	// Discard are regions in which no prediction is judged.
	Discard []annot.Span
	// Sampled says that of the stretches in marks none but Quotes and Spans are annotated: others may be quotes or not.
	Sampled bool
	// QuotesOnly says that nothing but the quotes and Spans is annotated.
	QuotesOnly bool
}

// Slice returns the text of s.
func (a *Article) Slice(s annot.Span) string { return a.Text[s.Start:s.End] }

// A Mention is a stretch of text that names an entity, and the entity's canonical name.
type Mention struct {
	annot.Span
	Type      annot.Type
	Canonical string
}

// A Span is text that nobody is quoted as saying. Why is one of the reasons of annot, one of those that only say that no quote is
// to be extracted (dateline, byline, credit, contribution, feed_footer, indirect_off) or whatever a file of quotes says.
type Span struct {
	annot.Span
	Why string
}

// A Zone says that the text from Start on, up to the end of its line, is of that zone. End is that of the words given
// in the file.
type Zone struct {
	annot.Span
	Zone annot.Zone
}

var embedded = sync.OnceValues(func() ([]Article, error) { return Load(data.Files) })

// Embedded returns the articles that are built in. They are shared: callers must not change them.
func Embedded() ([]Article, error) { return embedded() }

// Load reads all *.txtar files in the top folder of fsys, in order of their names. The error joins all faults of all
// files; the articles without a fault are returned even so.
func Load(fsys fs.FS) ([]Article, error) {
	names, err := fs.Glob(fsys, "*.txtar")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no gold articles; the folder needs *.txtar files")
	}
	var articles []Article
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		a, err := Parse(strings.TrimSuffix(path.Base(name), ".txtar"), data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		articles = append(articles, a)
	}
	return articles, errors.Join(errs...)
}

// A faults collects what is wrong with one file.
type faults struct {
	name string
	errs []error
}

func (f *faults) add(format string, args ...any) {
	f.errs = append(f.errs, fmt.Errorf("%s.txtar: %s", f.name, fmt.Sprintf(format, args...)))
}
