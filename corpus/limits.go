package corpus

import (
	"compress/bzip2"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Limits bound what an archive or compressed file may unpack to, so that a small hostile file cannot fill the memory or
// keep a run busy for ever. A field that is 0 has its default. Options.MaxBytes bounds each article besides.
type Limits struct {
	// ArchiveBytes is how much one file may unpack to with all that is nested in it; by default 64 GiB.
	ArchiveBytes int64
	// MemberBytes is how much one member, or one compressed file, may unpack to; by default 16 GiB.
	MemberBytes int64
	// Ratio is how many bytes may come out for each byte of compressed input; by default 100. The first MiB of a member
	// and the first 16 MiB of a file are free.
	Ratio int64
	// Depth is how many archives may be in each other; by default 4.
	Depth int64
	// Members is how many entries one file may have with all that is nested in it; by default 1,000,000.
	Members int64
}

// DefaultLimits returns what the zero value of Limits stands for.
func DefaultLimits() Limits {
	return Limits{ArchiveBytes: 64 << 30, MemberBytes: 16 << 30, Ratio: 100, Depth: 4, Members: 1_000_000}
}

// filled returns the limits with the defaults in their places. What is negative lets nothing pass.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	if l.ArchiveBytes != 0 {
		d.ArchiveBytes = l.ArchiveBytes
	}
	if l.MemberBytes != 0 {
		d.MemberBytes = l.MemberBytes
	}
	if l.Ratio != 0 {
		d.Ratio = max(l.Ratio, 1)
	}
	if l.Depth != 0 {
		d.Depth = l.Depth
	}
	if l.Members != 0 {
		d.Members = l.Members
	}
	return d
}

// These may come out of anything, however small it is: of a member, and of a file with all members, so that one bomb
// does not keep the members after it from being read.
const (
	freeBytes     = 1 << 20
	freeFileBytes = 16 << 20
)

// A fault is why an input, or the rest of it, cannot be read. It is reported once.
type fault struct {
	code, message string
	reported      bool
}

func (f *fault) Error() string { return f.message }

// A meter counts what comes out of one file of the system, whatever is nested in it.
type meter struct {
	limits  Limits
	in      func() int64 // bytes of the file that were read, or its size
	out     int64        // bytes that its decompressors gave
	members int64
	fault   *fault // the limit that was passed: nothing more is read of the file
}

// stop ends the reading of the file.
func (m *meter) stop(code, format string, args ...any) *fault {
	if m.fault == nil {
		m.fault = &fault{code: code, message: fmt.Sprintf(format, args...)}
	}
	return m.fault
}

// count counts an entry of an archive and returns a fault if there are too many.
func (m *meter) count() *fault {
	if m.members++; m.members > m.limits.Members {
		return m.stop(CodeTooMany, "more than %d entries; raise Limits.Members to read more", m.limits.Members)
	}
	return m.fault
}

// A layer is what a decompressor, or an archive, gives out: within the limits, and with its errors as faults, so that
// whoever reads from it need not know what lies below.
type layer struct {
	r      io.Reader
	ctx    context.Context
	meter  *meter
	packed func() int64 // bytes that went in; nil where nothing is decompressed
	max    int64        // bytes that may come out
	what   string       // what is damaged if it is
	out    int64
	err    error
}

func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	if l.err = l.ctx.Err(); l.err != nil {
		return 0, l.err
	}
	n, err := l.r.Read(p)
	l.out += int64(n)
	if l.packed != nil {
		l.meter.out += int64(n)
	}
	switch over := l.over(); {
	case over != nil:
		n, l.err = 0, over
	case err != nil:
		l.err = damaged(err, l.what)
	}
	return n, l.err
}

// over returns the limit that was passed. That of the member comes first, since the other members can still be read.
func (l *layer) over() *fault {
	m, lim := l.meter, l.meter.limits
	if l.out > l.max {
		return &fault{code: CodeTooLarge, message: fmt.Sprintf("unpacks to more than %d bytes; raise Limits.MemberBytes to read it", l.max)}
	}
	if l.packed == nil {
		return m.fault
	}
	const bomb = "unpacks to more than %d times its size; raise Limits.Ratio if it is no bomb"
	switch {
	case l.out > freeBytes && l.out/lim.Ratio > l.packed():
		return &fault{code: CodeBomb, message: fmt.Sprintf(bomb, lim.Ratio)}
	case m.out > freeFileBytes && m.out/lim.Ratio > m.in():
		return m.stop(CodeBomb, "the whole file "+bomb, lim.Ratio)
	case m.out > lim.ArchiveBytes:
		return m.stop(CodeTooLarge, "the whole file unpacks to more than %d bytes; raise Limits.ArchiveBytes to read it", lim.ArchiveBytes)
	}
	return m.fault
}

// fault returns why the layer broke off, or nil.
func (l *layer) fault() *fault {
	var f *fault
	if l != nil {
		errors.As(l.err, &f)
	}
	return f
}

// damaged turns the error of a decompressor or archive into a fault. Errors of the system and faults stay what they are.
func damaged(err error, what string) error {
	var f *fault
	var path *fs.PathError
	var syntax bzip2.StructuralError
	switch {
	case err == io.EOF, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &f), errors.As(err, &path):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &fault{code: CodeBadArchive, message: what + " that is cut off; fetch it again"}
	case errors.As(err, &syntax):
		err = errors.New(string(syntax))
	}
	return &fault{code: CodeBadArchive, message: fmt.Sprintf("%s that is damaged (%s); fetch it again", what, err)}
}

// A counter counts the bytes that are read through it.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) count() int64 { return c.n }
