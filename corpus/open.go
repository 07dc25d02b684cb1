package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/bmatcuk/doublestar/v4"
)

// DefaultMaxBytes is the size of the largest article that is read by default: 16 MiB.
const DefaultMaxBytes = 16 << 20

// DefaultExtensions returns the endings of the files that are read in folders by default.
func DefaultExtensions() []string {
	var all []string
	for _, f := range formats() {
		all = append(all, f.extensions...)
	}
	return all
}

// Options say what to read. The zero value reads with the defaults.
type Options struct {
	// Extensions are the endings of the files that are read in folders; nil means DefaultExtensions. They do not apply
	// to files that are named themselves or match a glob.
	Extensions []string
	// MaxBytes is the size of the largest article; 0 means DefaultMaxBytes.
	MaxBytes int64
	// Stdin is what the path "-" reads.
	Stdin io.Reader
	// Map says where JSON, JSON Lines, CSV and TSV have a field of MapFields: a path such as .story.body or
	// .items[0].text, or the name of a column. Fields that it does not name are found by their usual names.
	Map map[string]string
	// Layouts are those of Nexis files and the like; nil means DefaultLayouts.
	Layouts *Layouts

	system  system
	mapping mapping
}

// system is what is read of the operating system; tests put faults into it.
type system interface {
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Open(name string) (io.ReadCloser, error)
}

type realSystem struct{}

func (realSystem) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (realSystem) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (realSystem) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (realSystem) Open(name string) (io.ReadCloser, error)    { return os.Open(name) }

// A Collection is a list of files that hold articles.
type Collection struct {
	sources []source
	opt     Options
}

// A source is a file to be read, or the error that stands in its place.
type source struct {
	file string // as the system knows it
	path string // as the output shows it
	err  *Error
}

// Open lists what the paths name, in the order given: a file, a folder (all files below it with one of the
// extensions, sorted by path, hidden ones left out), "-" for standard input, or a glob such as news/**/*.txt, which is
// tried if no file has that very name. A file that is named twice is read once. Symbolic links to regular files are
// followed, those to folders only if they are named themselves.
//
// An error means that a path does not exist, that a glob matches nothing or is malformed, or that ctx was cancelled.
// Whatever else is wrong becomes an Error among the items.
//
// The output must not depend on where a collection lies, so absolute paths are shown relative to the deepest folder
// that holds all that were given.
func Open(ctx context.Context, paths []string, opt Options) (*Collection, error) {
	if opt.Extensions == nil {
		opt.Extensions = DefaultExtensions()
	}
	if opt.MaxBytes <= 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	if opt.system == nil {
		opt.system = realSystem{}
	}
	var err error
	if opt.mapping, err = parseMapping(opt.Map); err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	if opt.Layouts == nil {
		opt.Layouts = DefaultLayouts()
	}
	l := lister{ctx: ctx, opt: opt, seen: map[string]bool{}, base: commonFolder(paths)}
	var faults []error
	for _, path := range paths {
		if err := l.add(path); err != nil {
			faults = append(faults, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return &Collection{l.sources, opt}, nil
}

// Len returns the number of files, standard input among them.
func (c *Collection) Len() int { return len(c.sources) }

// Has reports whether the file is one of those to be read.
func (c *Collection) Has(file string) bool {
	path, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(c.sources, func(s source) bool {
		other, err := filepath.Abs(s.file)
		return err == nil && s.file != "-" && other == path
	})
}

// commonFolder returns the deepest folder that holds all of the absolute paths.
func commonFolder(paths []string) string {
	common := ""
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			continue
		}
		folder := filepath.Dir(filepath.Clean(literalPart(path)))
		if common == "" {
			common = folder
		}
		for !within(common, folder) {
			common = filepath.Dir(common)
		}
	}
	return common
}

// literalPart cuts a glob before its first special folder.
func literalPart(path string) string {
	if i := strings.IndexAny(path, globCharacters); i >= 0 {
		return path[:strings.LastIndexByte(path[:i], filepath.Separator)+1] + "x"
	}
	return path
}

const globCharacters = "*?[{"

func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

type lister struct {
	ctx     context.Context
	opt     Options
	base    string
	seen    map[string]bool
	sources []source
}

// shown is the path as the output shows it.
func (l *lister) shown(file string) string {
	if l.base != "" && filepath.IsAbs(file) {
		if rel, err := filepath.Rel(l.base, file); err == nil {
			file = rel
		}
	}
	return filepath.ToSlash(file)
}

func (l *lister) add(path string) error {
	if path == "-" {
		l.append(source{file: "-", path: "-"})
		return nil
	}
	if path == "" {
		return errors.New("a path is empty; name a file or folder")
	}
	path = filepath.Clean(path)
	_, err := l.opt.system.Lstat(path)
	switch {
	case err == nil:
		l.sorted(l.named(path))
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		l.append(l.fault(path, err))
		return nil
	case !strings.ContainsAny(path, globCharacters):
		return fmt.Errorf("%s: no such file or folder; check the spelling", path)
	}
	matches, err := doublestar.FilepathGlob(path, doublestar.WithNoHidden())
	switch {
	case errors.Is(err, doublestar.ErrBadPattern):
		return fmt.Errorf("%s: no such file, and not a well-formed glob; close its brackets", path)
	case err != nil:
		return fmt.Errorf("%s: %s", path, reason(err))
	case len(matches) == 0:
		return fmt.Errorf("%s: no file matches; check the spelling", path)
	}
	var sources []source
	for _, match := range matches {
		sources = append(sources, l.named(match)...)
	}
	l.sorted(sources)
	return nil
}

// sorted appends the sources in the order of their bytes.
func (l *lister) sorted(sources []source) {
	slices.SortStableFunc(sources, func(a, b source) int { return strings.Compare(a.path, b.path) })
	for _, s := range sources {
		l.append(s)
	}
}

func (l *lister) append(s source) {
	if !l.seen[s.file] {
		l.seen[s.file] = true
		l.sources = append(l.sources, s)
	}
}

func (l *lister) fault(file string, err error) source {
	return source{file: file, path: l.shown(file), err: &Error{Path: l.shown(file), Code: code(err), Message: reason(err), Phase: "list"}}
}

// named lists a path that the user named: a folder is walked, anything else is read whatever its ending.
func (l *lister) named(path string) []source {
	info, err := l.opt.system.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []source{l.broken(path)}
	case err != nil:
		return []source{l.fault(path, err)}
	case info.IsDir():
		return l.walk(path, nil)
	}
	return []source{l.regular(path, info)}
}

// walk lists the folder and what is below it.
func (l *lister) walk(folder string, sources []source) []source {
	entries, err := l.opt.system.ReadDir(folder)
	if err != nil { // entries holds what could be read
		sources = append(sources, l.fault(folder, err))
	}
	for _, entry := range entries {
		if l.ctx.Err() != nil {
			return sources
		}
		path := filepath.Join(folder, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."):
		case entry.IsDir():
			sources = l.walk(path, sources)
		case l.wanted(entry.Name()):
			info, err := l.opt.system.Stat(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				sources = append(sources, l.broken(path))
			case err != nil:
				sources = append(sources, l.fault(path, err))
			case !info.IsDir():
				sources = append(sources, l.regular(path, info))
			}
		}
	}
	return sources
}

// wanted reports whether the name has one of the extensions; case does not matter.
func (l *lister) wanted(name string) bool {
	for _, ext := range l.opt.Extensions {
		if n := len(name) - len(ext); n > 0 && strings.EqualFold(name[n:], ext) {
			return true
		}
	}
	return false
}

func (l *lister) broken(path string) source {
	return source{file: path, path: l.shown(path), err: &Error{Path: l.shown(path), Code: CodeBrokenSymlink,
		Message: "symbolic link to a file that does not exist; remove it or restore the file", Phase: "list"}}
}

// regular refuses what is not a regular file before it is opened: a pipe without a writer would wait for ever, and a
// device such as /dev/zero has no end.
func (l *lister) regular(path string, info fs.FileInfo) source {
	s := source{file: path, path: l.shown(path)}
	if !info.Mode().IsRegular() {
		s.err = &Error{Path: s.path, Code: CodeNotRegular, Message: kind(info.Mode()) + ", not a regular file; use - and standard input instead", Phase: "list"}
	}
	return s
}

func kind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

// code returns the code of an error of the system.
func code(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return CodeNotFound
	}
	return CodeUnreadable
}

// reason returns the message of an error of the system without the path, which the Error has already and which may be
// absolute.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return strings.TrimRightFunc(err.Error(), unicode.IsSpace)
}
