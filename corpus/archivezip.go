package corpus

import (
	"archive/zip"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
)

const zipWhat = "a ZIP archive"

// zip reads the members of a ZIP archive sorted by the bytes of their names.
func (r *reader) zip(in io.Reader) bool {
	archive, done, err := r.openZip(in)
	defer done()
	if err != nil {
		return r.refuse(err, zipWhat)
	}
	for _, f := range archive.File {
		f.Name = zipName(f)
	}
	slices.SortStableFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	seen := map[uint64]bool{}
	for _, f := range archive.File {
		if r.ctx.Err() != nil {
			return false
		}
		if r.meter.fault != nil {
			return r.report(r.meter.fault)
		}
		e := zipEntry(f)
		wanted, more := r.admit(&e, seen)
		if !more {
			return false
		}
		if wanted && !r.zipMember(f, e) {
			return false
		}
	}
	return true
}

// openZip reads the list of an archive, or of a document that is one. An error may be for reader.refuse; done is to be
// called in any case.
func (r *reader) openZip(in io.Reader) (archive *zip.Reader, done func(), err error) {
	at, size, done, err := r.randomAccess(in)
	if err != nil {
		return nil, done, err
	}
	if r.layer == nil {
		r.meter.in = func() int64 { return size }
	}
	directory := &directoryReader{ReaderAt: at, left: r.meter.limits.Members*directoryEntry + directorySlack}
	archive, err = zip.NewReader(directory, size)
	switch {
	case errors.Is(err, errDirectory):
		return nil, done, r.meter.stop(CodeTooMany, "a list of more than %d entries; raise Limits.Members to read more", r.meter.limits.Members)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are judged one by one
		return nil, done, err
	}
	directory.left = -1
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader)
	archive.RegisterDecompressor(zipBzip2, func(in io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(in)) })
	archive.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)))
	return archive, done, nil
}

// zipLayer puts a member that was opened under the limits.
func (r *reader) zipLayer(f *zip.File, in io.Reader) *layer {
	packed := int64(min(f.CompressedSize64, 1<<62))
	return &layer{r: in, ctx: r.ctx, meter: r.meter, packed: func() int64 { return packed }, max: r.meter.limits.MemberBytes,
		what: "a member of " + zipWhat}
}

func (r *reader) zipMember(f *zip.File, e entry) bool {
	m := r.member(e.name, e.size)
	in, err := f.Open()
	if err != nil {
		return m.refuse(err, zipWhat)
	}
	defer in.Close()
	m.layer = m.zipLayer(f, in)
	return m.contents(e.name, m.layer)
}

// zipBzip2 is the number of the method bzip2 in ZIP archives.
const zipBzip2 = 12

func zipEntry(f *zip.File) entry {
	e := entry{name: f.Name, size: int64(min(f.UncompressedSize64, 1<<62)), folder: strings.HasSuffix(f.Name, "/")}
	switch mode := f.Mode(); {
	case e.folder:
	case mode&fs.ModeSymlink != 0:
		e.special = "a symbolic link"
	case !mode.IsRegular():
		e.special = kind(mode)
	}
	switch {
	case f.Flags&1 != 0:
		e.refused = &fault{code: CodeEncrypted, message: "encrypted; decrypt it first"}
	case !slices.Contains([]uint16{zip.Store, zip.Deflate, zipBzip2, zstd.ZipMethodWinZip}, f.Method):
		e.refused = &fault{code: CodeUnsupported, message: fmt.Sprintf("compressed with method %d, which is not supported; pack it with deflate", f.Method)}
	}
	return e
}

// zipUTF8 is the flag that says that a name is UTF-8.
const zipUTF8 = 0x800

// zipName returns the name of a member. Old programs wrote code page 437 and may give the name in UTF-8 besides.
func zipName(f *zip.File) string {
	name := f.Name
	if f.Flags&zipUTF8 == 0 {
		if better := unicodePath(f.Extra, name); better != "" {
			name = better
		} else if !utf8.ValidString(name) {
			name, _ = charmap.CodePage437.NewDecoder().String(name)
		}
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// unicodePath finds the Info-ZIP Unicode Path extra field: a version, the CRC of the name that it stands for, the name.
func unicodePath(extra []byte, name string) string {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return ""
		}
		field := extra[:size]
		if id == 0x7075 && size > 5 && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(name)) && utf8.Valid(field[5:]) {
			return string(field[5:])
		}
		extra = extra[size:]
	}
	return ""
}

// randomAccess returns the archive as it can be read at any place; done gives back what that took.
func (r *reader) randomAccess(in io.Reader) (at io.ReaderAt, size int64, done func(), err error) {
	file, ok := in.(interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	})
	if !ok {
		return spool(in, r.meter.limits.ArchiveBytes)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, func() {}, err
	}
	return file, info.Size(), func() {}, nil
}

// directoryEntry is how many bytes an entry of the directory may have on average, beside directorySlack for finding it.
// The directory is held in memory, and no field that could be trusted tells its length.
const (
	directoryEntry = 128
	directorySlack = 256 << 10
)

var errDirectory = errors.New("directory too large")

// A directoryReader gives out no more than left bytes; a negative number is no limit.
type directoryReader struct {
	io.ReaderAt
	left int64
}

func (d *directoryReader) ReadAt(p []byte, at int64) (int, error) {
	if d.left < 0 {
		return d.ReaderAt.ReadAt(p, at)
	}
	if int64(len(p)) > d.left {
		return 0, errDirectory
	}
	n, err := d.ReaderAt.ReadAt(p, at)
	d.left -= int64(n)
	return n, err
}
