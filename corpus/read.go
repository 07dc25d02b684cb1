package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Items returns the articles and errors in order. It reads as it goes: at any time one article, or one line, is in
// memory. The sequence ends early when ctx is cancelled; it may be ranged over again, but standard input is read once.
func (c *Collection) Items(ctx context.Context) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, s := range c.sources {
			if ctx.Err() != nil || !newReader(ctx, s, &c.opt, yield).read() {
				return
			}
		}
	}
}

// A reader turns one source, or one member of an archive, into items. Its methods report whether to go on.
type reader struct {
	source
	ctx context.Context
	opt *Options
	max int64
	// yield takes an item from a format, which need not know about archives, shards and Options.Strict.
	yield func(Item) bool

	name   string // of the member, with the archives that it is nested in, or ""
	format string // its name, once it is known
	depth  int64  // of archives around
	packed bool   // a compression was taken off
	meter  *meter
	layer  *layer // what the contents come through; nil for a file of its own
	out    func(Item) bool
	plan   func(Planned) bool // set if nothing is to be read
}

func newReader(ctx context.Context, s source, opt *Options, out func(Item) bool) *reader {
	r := &reader{source: s, ctx: ctx, opt: opt, max: opt.MaxBytes, out: out}
	r.meter = &meter{limits: opt.Limits.filled(), in: func() int64 { return 0 }}
	r.yield = r.emit
	return r
}

// emit passes an item on, if it belongs to the shard.
func (r *reader) emit(item Item) bool {
	if r.ctx.Err() != nil {
		return false
	}
	if a := item.Article; a != nil {
		a.Member = r.name
		a.leaveOut()
		if !r.inShard(a.Index) {
			return true
		}
		if r.opt.Strict {
			if err := r.strict(a); err != nil {
				return r.out(Item{Err: err})
			}
		}
		return r.out(item)
	}
	item.Err.Member = r.name
	if f := r.layer.fault(); f != nil && f.message == item.Err.Message {
		f.reported = true
	}
	if !r.inShard(item.Err.Index) {
		return true
	}
	return r.out(item)
}

// strict refuses an article that is not what its author wrote.
func (r *reader) strict(a *Article) *Error {
	for _, repair := range a.Repairs {
		what := ""
		switch repair.Kind {
		case RepairInvalid:
			what = "bytes that " + a.Encoding + " does not allow"
		case RepairNUL:
			what = "NUL characters"
		default:
			continue
		}
		e := &Error{Path: a.Path, Member: a.Member, Index: a.Index, Code: CodeEncodingInvalid, Phase: "read",
			Message: fmt.Sprintf("%s, the first of %d at byte %d; name the encoding with Options.Encoding, or read without Options.Strict",
				what, repair.Count, repair.First)}
		if r.format == "jsonl" {
			e.Line = a.Index + 1
		}
		return e
	}
	return nil
}

func (r *reader) fail(index, line int, code, message string) bool {
	return r.yield(Item{Err: &Error{Path: r.path, Index: index, Line: line, Code: code, Message: strings.ToValidUTF8(message, "\uFFFD"), Phase: "read"}})
}

func (r *reader) tooLarge(index, line int) bool {
	return r.fail(index, line, CodeTooLarge, fmt.Sprintf("longer than %d bytes; raise Options.MaxBytes to read it", r.max))
}

func (r *reader) read() bool {
	if r.err != nil {
		err := *r.err // the collection may be read again
		return r.yield(Item{Err: &err})
	}
	if r.file == stdin {
		if r.opt.Stdin == nil {
			return r.fail(0, 0, CodeUnreadable, "no standard input")
		}
		return r.unnamed(r.opt.Stdin)
	}
	if r.whole() && r.plan == nil && !r.inShard(0) {
		return true
	}
	f, err := r.opt.system.Open(r.file)
	if err != nil {
		return r.fail(0, 0, code(err), reason(err))
	}
	defer f.Close()
	return r.contents(r.file, f)
}

// whole reports whether the file is one article, which need not be opened if it belongs to another shard.
func (r *reader) whole() bool {
	inner, _ := uncompressed(r.file)
	return archiveOf(inner) == "" && wholeFormat(formatOf(inner).name)
}

// text reads a file that is one article.
func (r *reader) text(in io.Reader) bool {
	if !r.inShard(0) {
		return true
	}
	raw, ok, more := r.readWhole(in)
	if !ok {
		return more
	}
	a := &Article{Path: r.path, Bytes: int64(len(raw)), SHA256: hash(raw)}
	a.Text, a.Encoding, a.Repairs = r.opt.decode(raw)
	if done, more := r.byLayout(a); done {
		return more
	}
	return r.yield(Item{Article: a})
}

// readWhole reads a file that is one article. If it is not ok, it has been reported, and more says whether to go on.
func (r *reader) readWhole(in io.Reader) (raw []byte, ok, more bool) {
	raw, err := io.ReadAll(io.LimitReader(in, r.max+1))
	switch {
	case err != nil:
		return nil, false, r.fail(0, 0, code(err), reason(err))
	case int64(len(raw)) > r.max:
		return nil, false, r.tooLarge(0, 0)
	}
	if why := binaryReason(raw); why != "" && !(r.opt.Encoding != "" && why == controlReason) {
		return nil, false, r.fail(0, 0, CodeBinary, why)
	}
	return raw, true, true
}

// lines reads JSON Lines. A bad line is an error, and the next line is read.
func (r *reader) lines(in io.Reader) bool {
	b := bufio.NewReaderSize(utf8Reader(in), 1<<16)
	for number := 1; ; number++ {
		line, long, err := readLine(b, r.max)
		if err != nil && err != io.EOF {
			return r.fail(number-1, number, code(err), reason(err))
		}
		line = bytes.TrimSpace(line)
		switch {
		case long:
			if !r.tooLarge(number-1, number) {
				return false
			}
		case len(line) > 0:
			if !r.object(line, number-1, number) {
				return false
			}
		}
		if err == io.EOF {
			return true
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
}

// object reads one article from its JSON object.
func (r *reader) object(raw []byte, index, line int) bool {
	if line == 0 && isJSONFeed(raw) {
		return r.jsonFeed(raw, index)
	}
	if !r.inShard(index) {
		return true
	}
	a, err := parseArticle(raw, r.path, index, r.opt.mapping)
	if err != nil {
		return r.fail(index, line, err.Code, err.Message)
	}
	return r.yield(Item{Article: a})
}

// readLine returns the next line without its end. It never holds more than max bytes: a longer line is read to its end
// and thrown away, which long tells.
func readLine(b *bufio.Reader, max int64) (line []byte, long bool, err error) {
	for {
		part, err := b.ReadSlice('\n')
		content := bytes.TrimSuffix(part, []byte{'\n'})
		if !long && int64(len(line)+len(content)) > max {
			line, long = nil, true
		}
		if !long {
			line = append(line, content...)
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// values reads a JSON file: one object, an array of them, or several after each other. A fault in the syntax ends the
// file, since nothing tells where the next value starts.
func (r *reader) values(in io.Reader) bool {
	limited := &limitedReader{r: utf8Reader(in), left: r.max}
	b := bufio.NewReader(limited)
	first, err := skipSpace(b)
	switch {
	case err == io.EOF:
		return r.fail(0, 0, CodeBadJSON, "empty; a JSON file holds an object or an array of objects")
	case err != nil:
		return r.stop(0, 0, err)
	case first != '{' && first != '[':
		return r.fail(0, 0, CodeBadJSON, "not a JSON object or an array of objects; name a text file .txt")
	}
	d := json.NewDecoder(b)
	if first == '[' {
		d.Token()
	}
	for index := 0; ; index++ {
		// What the two buffers have read ahead is at most as much again as the value itself.
		limited.left = 2*r.max + int64(b.Size())
		if first == '[' && !d.More() {
			if _, err := d.Token(); err != nil {
				return r.stop(index, d.InputOffset(), err)
			}
			return true
		}
		var raw json.RawMessage
		err := d.Decode(&raw)
		switch {
		case err == io.EOF && first == '{':
			return true
		case err != nil:
			return r.stop(index, d.InputOffset(), err)
		case int64(len(raw)) > r.max:
			if !r.tooLarge(index, 0) {
				return false
			}
		case !r.object(raw, index, 0):
			return false
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
}

// skipSpace returns the first byte that is not white space, without reading it.
func skipSpace(b *bufio.Reader) (byte, error) {
	for {
		c, err := b.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c, b.UnreadByte()
		}
	}
}

// stop reports a fault after the given byte, after which the rest of the file cannot be read.
func (r *reader) stop(index int, after int64, err error) bool {
	var system *fs.PathError
	var f *fault
	switch {
	case errors.Is(err, errLimit):
		return r.tooLarge(index, 0)
	case errors.As(err, &system), errors.As(err, &f):
		return r.fail(index, 0, code(err), reason(err))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the file does not end; is it cut off?")
	}
	return r.fail(index, 0, CodeBadJSON, fmt.Sprintf("bad JSON after byte %d: %s; nothing after it is read", after, err))
}

var errLimit = errors.New("value too large")

// A limitedReader fails after left bytes; its user raises left with every value.
type limitedReader struct {
	r    io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLimit
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// utf8Reader removes the byte order mark and turns UTF-16 with a mark, as PowerShell writes it, into UTF-8.
func utf8Reader(in io.Reader) io.Reader {
	b := bufio.NewReader(in)
	head, _ := b.Peek(3)
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		b.Discard(len(bomUTF8))
	case bytes.HasPrefix(head, bomUTF16LE), bytes.HasPrefix(head, bomUTF16BE):
		return transform.NewReader(b, xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM).NewDecoder())
	}
	return b
}
