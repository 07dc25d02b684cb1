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
	"syscall"
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
	// Limits bound what archives and compressed files may unpack to.
	Limits Limits
	// Include and Exclude are globs such as news/**/*.txt, matched with the path as the output shows it, for members of
	// archives with archive/member. A glob without a slash is matched with the last part. Only what matches one of
	// Include is read, if there is one, and nothing that matches, or lies below what matches, one of Exclude. Standard
	// input is always read.
	Include, Exclude []string
	// Follow follows symbolic links to folders. A folder is read once, however many links lead to it.
	Follow bool
	// Encoding is what text files are decoded from, instead of what they look like; see ParseEncoding.
	Encoding string
	// Shard is the part of the collection that is read.
	Shard Shard
	// Strict makes an article an error if bytes of it, or NUL, had to be replaced.
	Strict bool
	// Stdin is what the path "-" reads.
	Stdin io.Reader
	// Map says where JSON, JSON Lines, CSV and TSV have a field of MapFields: a path such as .story.body or
	// .items[0].text, or the name of a column. Fields that it does not name are found by their usual names.
	Map map[string]string
	// Layouts are those of Nexis files and the like; nil means DefaultLayouts.
	Layouts *Layouts
	// SkipFolder tells which folders are passed over with all that is in them, because they hold output; nil means none.
	SkipFolder func(folder string) bool

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

// Open refuses what is not a regular file any more: without O_NONBLOCK a pipe would wait for somebody who writes to it.
func (realSystem) Open(name string) (io.ReadCloser, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fault{code: CodeNotRegular, message: kind(info.Mode()) + " in the place of the file that was listed"}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// A Collection is a list of files that hold articles.
type Collection struct {
	sources []source
	paths   []string
	opt     Options
}

// A source is a file to be read, or the error in its place.
type source struct {
	file    string // as the system knows it
	path    string // as the output shows it
	size    int64  // of the file; -1 if it is not known
	err     *Error
	skipped string // why it is not read; for Collection.Plan only
}

// Open lists what the paths name, in the order given: a file, a folder (all files below it with one of the
// extensions, sorted by path, hidden ones left out), "-" for standard input, or a glob such as news/**/*.txt, which is
// tried if no file has that very name. A file that is named twice is read once. Symbolic links to regular files are
// followed, those to folders only if they are named themselves or with Options.Follow.
//
// A file whose name ends in .zip or .tar is an archive, which is read as a folder is: its members with one of the
// extensions, hidden ones left out, those of a ZIP archive sorted by name and those of a tar archive in their order.
// What ends in .gz, .zst or .bz2 is read as what it is without that; .tgz, .tbz2 and .tzst are short for .tar.gz and so
// on. On standard input the first bytes tell.
//
// An error means that a path does not exist, that a glob matches nothing or is malformed, that an option is at fault,
// that two files would be shown by one path, or that ctx was cancelled. Whatever else is wrong becomes an Error among the
// items.
//
// The output must not depend on where a collection lies, so absolute paths are shown relative to the deepest folder
// that holds all that were given. Bytes of names that are not UTF-8 are shown as in \xff.
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
	if err := opt.check(); err != nil {
		return nil, err
	}
	var err error
	if opt.mapping, err = parseMapping(opt.Map); err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	if opt.Layouts == nil {
		opt.Layouts = DefaultLayouts()
	}
	l := newLister(ctx, paths, opt)
	var faults []error
	for _, path := range paths {
		if err := l.add(path); err != nil {
			faults = append(faults, err)
		}
	}
	if l.clash != nil {
		faults = append(faults, l.clash)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return &Collection{l.sources, paths, opt}, nil
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
	mixed   bool            // some paths are absolute and some are not
	seen    map[string]bool // files, by key
	sources []source
	showing map[string]string // if mixed, the file that has the shown path
	clash   error             // of the first two files with one shown path
	keep    bool              // what is passed over, too

	folders map[string]bool // with Options.Follow, those that were walked, by identity
	links   []listed        // to folders, which are walked last: their own names come first
}

func newLister(ctx context.Context, paths []string, opt Options) *lister {
	l := &lister{ctx: ctx, opt: opt, seen: map[string]bool{}, base: commonFolder(paths), folders: map[string]bool{}}
	if l.base != "" && slices.ContainsFunc(paths, func(path string) bool { return !filepath.IsAbs(path) }) {
		l.mixed, l.showing = true, map[string]string{}
	}
	return l
}

// key is what tells files apart, whichever way they are named.
func (l *lister) key(file string) string {
	if l.mixed && file != stdin {
		if path, err := filepath.Abs(file); err == nil {
			return path
		}
	}
	return file
}

// claim notes that the file is shown by the path, which has to be its own: ids of records are made of it. Paths that are
// all absolute, or all relative, cannot clash.
func (l *lister) claim(path, file string) {
	if !l.mixed || l.clash != nil {
		return
	}
	other, taken := l.showing[path]
	switch {
	case !taken:
		l.showing[path] = file
	case l.key(other) != l.key(file):
		l.clash = fmt.Errorf("%s and %s would both be %s in the output; name both in the same way, all relative or all absolute", other, file, path)
	}
}

// shown is the path as the output shows it.
func (l *lister) shown(file string) string {
	if l.base != "" && filepath.IsAbs(file) {
		if rel, err := filepath.Rel(l.base, file); err == nil {
			file = rel
		}
	}
	return visible(filepath.ToSlash(file))
}

func (l *lister) add(path string) error {
	if path == stdin {
		l.append(source{file: stdin, path: stdin, size: -1})
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
	key := l.key(s.file)
	if s.skipped == "" {
		l.claim(s.path, s.file)
	}
	switch {
	case !l.seen[key] || s.skipped != "":
		l.seen[key] = l.seen[key] || s.skipped == ""
		l.sources = append(l.sources, s)
	case l.keep:
		s.skipped = SkippedSeen
		l.sources = append(l.sources, s)
	}
}

func (l *lister) fault(file string, err error) source {
	return l.broken(file, code(err), reason(err))
}

// broken is what takes the place of a file that cannot be read.
func (l *lister) broken(file, code, message string) source {
	return source{file: file, path: l.shown(file), size: -1, err: &Error{Path: l.shown(file), Code: code, Message: message, Phase: "list"}}
}

// skip tells why a file is not read, if somebody wants to know.
func (l *lister) skip(sources []source, file, why string) []source {
	if !l.keep {
		return sources
	}
	return append(sources, source{file: file, path: l.shown(file), size: -1, skipped: why})
}

// named lists a path that the user named: a folder is walked, anything else is read whatever its ending.
func (l *lister) named(path string) []source {
	info, err := l.opt.system.Stat(path)
	if err == nil && info.IsDir() {
		sources := l.walk(listed{path: path}, nil)
		for len(l.links) > 0 {
			next := l.links[0]
			l.links = l.links[1:]
			sources = l.walk(next, sources)
		}
		return sources
	}
	return l.file(path, info, err, nil)
}

// A listed is a folder and the identities of those around it, as far as they were walked.
type listed struct {
	path   string
	around *around
}

type around struct {
	identity string
	next     *around
}

func (a *around) has(identity string) bool {
	for ; a != nil; a = a.next {
		if a.identity == identity {
			return true
		}
	}
	return false
}

// enter reports whether a folder is to be walked: with Options.Follow it may have been already.
func (l *lister) enter(p *listed, sources []source) ([]source, bool) {
	if l.opt.excluded(l.shown(p.path)) {
		return l.skip(sources, p.path, SkippedExcluded), false
	}
	if !l.opt.Follow {
		return sources, true
	}
	info, err := l.opt.system.Stat(p.path)
	if err != nil {
		return append(sources, l.fault(p.path, err)), false
	}
	id := identity(p.path, info)
	switch {
	case p.around.has(id):
		const message = "a link to a folder around it; remove the link, or leave it out with Options.Exclude"
		return append(sources, l.broken(p.path, CodeSymlinkLoop, message)), false
	case l.folders[id]:
		return l.skip(sources, p.path, SkippedSeen), false
	}
	l.folders[id] = true
	p.around = &around{id, p.around}
	return sources, true
}

// walk lists the folder and what is below it.
func (l *lister) walk(p listed, sources []source) []source {
	sources, ok := l.enter(&p, sources)
	if !ok {
		return sources
	}
	if l.opt.SkipFolder != nil && l.opt.SkipFolder(p.path) {
		return l.skip(sources, p.path, SkippedFolder)
	}
	entries, err := l.opt.system.ReadDir(p.path)
	if err != nil { // entries holds what could be read
		sources = append(sources, l.fault(p.path, err))
	}
	for _, entry := range entries {
		if l.ctx.Err() != nil {
			return sources
		}
		path := filepath.Join(p.path, entry.Name())
		link := entry.Type()&fs.ModeSymlink != 0
		switch {
		case strings.HasPrefix(entry.Name(), "."):
			sources = l.skip(sources, path, SkippedHidden)
		case entry.IsDir():
			sources = l.walk(listed{path, p.around}, sources)
		case link && (l.opt.Follow || l.keep) || l.opt.wanted(entry.Name()):
			info, err := l.opt.system.Stat(path)
			switch {
			case err == nil && info.IsDir() && l.opt.Follow:
				l.links = append(l.links, listed{path, p.around})
			case err == nil && info.IsDir():
				sources = l.skip(sources, path, SkippedLink)
			case !l.opt.wanted(entry.Name()):
				sources = l.skip(sources, path, SkippedEnding)
			default:
				sources = l.file(path, info, err, sources)
			}
		default:
			sources = l.skip(sources, path, SkippedEnding)
		}
	}
	return sources
}

// file lists a file. What is no regular file is refused before it is opened: a pipe without a writer would wait for
// ever, and a device such as /dev/zero has no end.
func (l *lister) file(path string, info fs.FileInfo, err error, sources []source) []source {
	switch {
	case !l.opt.chosen(l.shown(path), isArchive(path)):
		return l.skip(sources, path, SkippedExcluded)
	case errors.Is(err, fs.ErrNotExist):
		if _, err := l.opt.system.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return append(sources, l.fault(path, err)) // it was there a moment ago
		}
		return append(sources, l.broken(path, CodeBrokenSymlink, "symbolic link to a file that does not exist; remove it or restore the file"))
	case err != nil:
		return append(sources, l.fault(path, err))
	case !info.Mode().IsRegular():
		return append(sources, l.broken(path, CodeNotRegular, kind(info.Mode())+", not a regular file; use - and standard input instead"))
	}
	return append(sources, source{file: path, path: l.shown(path), size: info.Size()})
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
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
	var f *fault
	if errors.As(err, &f) {
		return f.code
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return CodeNotFound
	case errors.Is(err, syscall.ELOOP):
		return CodeSymlinkLoop
	}
	return CodeUnreadable
}

// reason returns the message of an error of the system without the path, which the Error has already and which may be
// absolute.
func reason(err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.message
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return strings.TrimRightFunc(err.Error(), unicode.IsSpace)
}
