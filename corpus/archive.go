package corpus

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// contents reads a file by its name: what compresses it is taken off, an archive is gone through, and anything else is
// read by its format.
func (r *reader) contents(name string, in io.Reader) bool {
	if name == stdin {
		return r.unnamed(in)
	}
	inner, kind := uncompressed(name)
	if kind != "" {
		return r.unpack(inner, kind, in)
	}
	switch archiveOf(name) {
	case "zip":
		return r.archive(in, (*reader).zip)
	case "tar":
		return r.archive(in, (*reader).tar)
	}
	return r.leaf(formatOf(name), in)
}

// leaf reads what is no container.
func (r *reader) leaf(f format, in io.Reader) bool {
	r.format = f.name
	if r.plan != nil {
		return r.planLeaf(f, in)
	}
	if !f.read(r, in) {
		return false
	}
	return r.report(r.layer.fault()) // which the format may have taken for the end
}

// report yields a fault that was not reported yet.
func (r *reader) report(f *fault) bool {
	if f == nil || f.reported {
		return true
	}
	ok := r.fail(0, 0, f.code, f.message)
	f.reported = true
	return ok
}

// refuse reports an error that keeps a container from being read further.
func (r *reader) refuse(err error, what string) bool {
	var f *fault
	if err = damaged(err, what); errors.As(err, &f) {
		return r.report(f)
	}
	return r.fail(0, 0, code(err), reason(err))
}

// maxWindow bounds the memory of a zstd decoder; it is what the program zstd accepts without being asked for more.
const maxWindow = 128 << 20

// unpack reads a compressed file, whose name without that is inner.
func (r *reader) unpack(inner, kind string, in io.Reader) bool {
	if r.packed { // x.gz.gz: each turn after the first counts as an archive does
		if r.depth++; r.depth > r.meter.limits.Depth {
			return r.tooDeep()
		}
	}
	r.packed = true
	what := "a " + kind + " file"
	packed := &counter{r: bufio.NewReader(in)}
	l := &layer{ctx: r.ctx, meter: r.meter, packed: packed.count, max: r.meter.limits.MemberBytes, what: what}
	if archiveOf(inner) != "" {
		l.max = r.meter.limits.ArchiveBytes
	}
	if r.layer == nil {
		r.meter.in = packed.count
	}
	switch kind {
	case "gzip":
		z, err := gzip.NewReader(packed)
		if err != nil {
			return r.notPacked(err, what)
		}
		l.r = z
	case "zstd":
		z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return r.notPacked(err, what)
		}
		defer z.Close()
		l.r = z
	case "bzip2":
		l.r = bzip2.NewReader(packed)
	}
	r.layer, r.size = l, -1
	return r.contents(inner, l)
}

// notPacked reports an error at the very start of a compressed file.
func (r *reader) notPacked(err error, what string) bool {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return r.refuse(err, what)
}

func (r *reader) tooDeep() bool {
	return r.fail(0, 0, CodeTooDeep, fmt.Sprintf("more than %d archives in each other; unpack it, or raise Limits.Depth", r.meter.limits.Depth))
}

// archive goes through an archive, unless it is in too many others.
func (r *reader) archive(in io.Reader, read func(*reader, io.Reader) bool) bool {
	if r.depth++; r.depth > r.meter.limits.Depth {
		return r.tooDeep()
	}
	r.packed = false
	return read(r, in)
}

// An entry is what an archive says of a member.
type entry struct {
	name    string
	size    int64
	folder  bool
	special string // what it is if it is not a file
	refused *fault // why it cannot be read, or nil
}

// admit decides about a member before it is opened: whether it is read, and whether to go on to the next. Its name has become clean.
func (r *reader) admit(e *entry, seen map[uint64]bool) (wanted, more bool) {
	if f := r.meter.count(); f != nil {
		return false, r.report(f)
	}
	raw := e.name
	e.name = cleanName(raw)
	m := r.member(e.name, e.size)
	why := ""
	switch {
	case e.folder:
		return false, true
	case !safeName(raw):
		return false, m.report(&fault{code: CodeUnsafeName, message: "a name that leads out of the archive; make the archive again without it"})
	case hiddenName(e.name):
		why = SkippedHidden
	case !r.opt.wanted(e.name):
		why = SkippedEnding
	case !r.opt.chosen(m.place(), isArchive(e.name)):
		why = SkippedExcluded
	}
	if why != "" {
		return false, m.skip(why)
	}
	if e.special != "" {
		return false, m.report(&fault{code: CodeNotRegular, message: e.special + " in an archive, which is not followed; put the file in its place"})
	}
	if e.refused != nil {
		return false, m.report(e.refused)
	}
	sum := xxhash.Sum64String(e.name)
	if seen[sum] {
		return false, m.report(&fault{code: CodeBadArchive, message: "another member of the same name; only the first is read"})
	}
	seen[sum] = true
	return true, true
}

// member returns a reader of one member of the archive that r reads.
func (r *reader) member(name string, size int64) *reader {
	m := &reader{source: r.source, ctx: r.ctx, opt: r.opt, max: r.max, name: name, depth: r.depth,
		meter: r.meter, layer: r.layer, out: r.out, plan: r.plan}
	if r.name != "" {
		m.name = r.name + "/" + name
	}
	m.size = size
	m.yield = m.emit
	return m
}

// cleanName returns the name of a member with forward slashes, without what changes nothing, and visible.
func cleanName(name string) string {
	return visible(path.Clean(strings.ReplaceAll(name, `\`, "/")))
}

// safeName reports whether a name stays within the folder that an archive is unpacked to, on any system.
func safeName(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" || name[0] == '/' || len(name) > 1 && name[1] == ':' || strings.ContainsRune(name, 0) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return false
		}
	}
	return true
}

// hiddenName reports whether a file or one of its folders is hidden, or holds what macOS adds to archives.
func hiddenName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." || part == "__MACOSX" {
			return true
		}
	}
	return false
}

// spoolMemory is how much of a ZIP archive without a file of its own is held in memory.
const spoolMemory = 4 << 20

// spool makes what can only be read once readable at any place: small things in memory, others in a temporary file.
func spool(in io.Reader, most int64) (at io.ReaderAt, size int64, done func(), err error) {
	var head bytes.Buffer
	done = func() {}
	if _, err = io.CopyN(&head, in, spoolMemory); err == io.EOF {
		return bytes.NewReader(head.Bytes()), int64(head.Len()), done, nil
	} else if err != nil {
		return nil, 0, done, err
	}
	f, err := os.CreateTemp("", "quoth-*.zip")
	if err != nil {
		return nil, 0, done, err
	}
	done = func() { f.Close(); os.Remove(f.Name()) }
	size, err = io.Copy(f, io.LimitReader(io.MultiReader(&head, in), most+1))
	if err == nil && size > most {
		err = &fault{code: CodeTooLarge, message: fmt.Sprintf("longer than %d bytes; raise Limits.ArchiveBytes to read it", most)}
	}
	return f, size, done, err
}
