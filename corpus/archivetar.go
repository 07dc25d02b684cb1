package corpus

import (
	"archive/tar"
	"errors"
	"io"
	"strings"
)

const tarWhat = "a tar archive"

// tar reads the members of a tar archive in their order. What comes after a damaged header is lost, since nothing tells
// where the next one is.
func (r *reader) tar(in io.Reader) bool {
	if r.layer == nil {
		read := &counter{r: in}
		r.meter.in, in = read.count, read
	}
	archive := tar.NewReader(in)
	seen := map[uint64]bool{}
	for {
		h, err := archive.Next()
		switch {
		case err == io.EOF:
			return true
		case r.ctx.Err() != nil:
			return false
		case err != nil && !errors.Is(err, tar.ErrInsecurePath): // names are judged one by one
			return r.refuse(err, tarWhat)
		}
		if r.meter.fault != nil {
			return r.report(r.meter.fault)
		}
		e := tarEntry(h)
		wanted, more := r.admit(&e, seen)
		if !more {
			return false
		}
		if !wanted {
			continue
		}
		m := r.member(e.name, e.size)
		l := &layer{r: archive, ctx: r.ctx, meter: r.meter, max: r.meter.limits.MemberBytes, what: tarWhat}
		m.layer = l
		if !m.contents(e.name, l) {
			return false
		}
		if f := l.fault(); f != nil && f.code == CodeBadArchive {
			return m.report(f)
		}
	}
}

func tarEntry(h *tar.Header) entry {
	e := entry{name: h.Name, size: h.Size}
	switch h.Typeflag {
	case tar.TypeDir, tar.TypeXGlobalHeader: // git archive writes one of the latter
		e.folder = true
	case tar.TypeReg:
		for name := range h.PAXRecords {
			if strings.HasPrefix(name, "GNU.sparse.") {
				e.refused = sparse()
			}
		}
	case tar.TypeGNUSparse:
		e.refused = sparse()
	case tar.TypeSymlink:
		e.special = "a symbolic link"
	case tar.TypeLink:
		e.special = "a hard link"
	default:
		e.special = "a " + kindOfTar(h.Typeflag)
	}
	return e
}

func kindOfTar(flag byte) string {
	switch flag {
	case tar.TypeChar, tar.TypeBlock:
		return "device"
	case tar.TypeFifo:
		return "named pipe"
	}
	return "special file"
}

// sparse files are refused: a few bytes could stand for any number of NULs.
func sparse() *fault {
	return &fault{code: CodeUnsupported, message: "a sparse file, which is not supported; pack it without tar --sparse"}
}
