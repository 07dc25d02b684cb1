package corpus

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/cespare/xxhash/v2"
)

// A Shard is one of Count parts of a collection, counted from 1. An article belongs to a part by a hash of its path,
// member and index, so that the parts, taken together, are the collection, whatever else is in it and in whatever order.
// Errors are divided in the same way. The zero value is the whole collection.
type Shard struct {
	Index, Count int
}

// ParseShard reads a shard as in 2/8.
func ParseShard(text string) (Shard, error) {
	index, count, _ := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(count)
	if err1 != nil || err2 != nil || i < 1 || i > n {
		return Shard{}, errors.New("not a shard; write i/n with i from 1 to n, as in 2/8")
	}
	return Shard{i, n}, nil
}

func (s Shard) has(path, member string, index int) bool {
	if s.Count <= 1 {
		return true
	}
	sum := xxhash.Sum64String(path + "\x00" + member + "\x00" + strconv.Itoa(index))
	return sum%uint64(s.Count) == uint64(s.Index-1)
}

// inShard reports whether the article of that index belongs to the shard. A text or document belongs to one as a whole:
// only who has read it knows whether a layout finds several articles in it.
func (r *reader) inShard(index int) bool {
	if wholeFormat(r.format) {
		index = 0
	}
	return r.opt.Shard.has(r.path, r.name, index)
}

// wholeFormat reports whether files of the format are one article, unless a layout finds more in them.
func wholeFormat(name string) bool {
	return name == "text" || name == "docx" || name == "html" || name == "markdown"
}

// place is the path as globs see it: with the member after that of the archive.
func (r *reader) place() string {
	if r.name == "" {
		return r.path
	}
	return r.path + "/" + r.name
}

// wanted reports whether the name has one of the extensions, before that of what compresses it if need be, or is that of
// an archive, which is like a folder. Case does not matter.
func (o *Options) wanted(name string) bool {
	inner, _ := uncompressed(name)
	if archiveOf(inner) != "" {
		return true
	}
	for _, ext := range o.Extensions {
		for _, name := range []string{name, inner} {
			if n := len(name) - len(ext); n > 0 && strings.EqualFold(name[n:], ext) {
				return true
			}
		}
	}
	return false
}

// chosen reports whether the globs let a file pass. A folder or archive is entered even if no glob includes it itself.
func (o *Options) chosen(place string, container bool) bool {
	if o.excluded(place) {
		return false
	}
	return container || len(o.Include) == 0 || matchesAny(o.Include, place)
}

// excluded reports whether a glob excludes the path or a folder or archive above it.
func (o *Options) excluded(place string) bool {
	if len(o.Exclude) == 0 {
		return false
	}
	for i := 1; i < len(place); i++ {
		if place[i] == '/' && matchesAny(o.Exclude, place[:i]) {
			return true
		}
	}
	return matchesAny(o.Exclude, place)
}

// matchesAny matches a glob without a slash with the last part of the path.
func matchesAny(globs []string, place string) bool {
	for _, glob := range globs {
		name := place
		if !strings.Contains(glob, "/") {
			name = path.Base(place)
		}
		if doublestar.MatchUnvalidated(glob, name) {
			return true
		}
	}
	return false
}

// check returns what is wrong with the options.
func (o *Options) check() error {
	var faults []error
	for _, glob := range append(append([]string{}, o.Include...), o.Exclude...) {
		if !doublestar.ValidatePattern(glob) {
			faults = append(faults, fmt.Errorf("%s: not a well-formed glob; close its brackets", glob))
		}
	}
	if _, err := ParseEncoding(o.Encoding); o.Encoding != "" && err != nil {
		faults = append(faults, err)
	}
	if s := o.Shard; s != (Shard{}) && (s.Index < 1 || s.Index > s.Count) {
		faults = append(faults, fmt.Errorf("shard %d/%d: take one from 1 to %d", s.Index, s.Count, s.Count))
	}
	return errors.Join(faults...)
}
