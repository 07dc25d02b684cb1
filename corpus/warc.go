package corpus

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// warc reads a web archive: each page of HTML that a server sent (a response, or a resource) is an article, and so is
// each text of a WET file (conversion). Other records, and pages that are no HTML or that tell of an error, are
// skipped. The index counts records. A bad record is an error, and the next line that begins a record is looked for.
func (r *reader) warc(in io.Reader) bool {
	b := bufio.NewReaderSize(in, 1<<16)
	head, _ := b.Peek(1 << 10)
	if why := binaryReason(head); why != "" && why != controlReason {
		return r.fail(0, 0, CodeBinary, why)
	}
	w := &warcReader{b: b, max: r.max}
	for index := 0; ; index++ {
		rec, err := w.next()
		switch {
		case err == io.EOF:
			if index == 0 {
				return r.fail(0, 0, CodeBadWARC, "no record; a WARC file starts with WARC/1.0 or WARC/1.1")
			}
			return true
		case errors.Is(err, errLimit):
			if !r.tooLarge(index, 0) {
				return false
			}
		case err != nil:
			if bad := (*warcError)(nil); !errors.As(err, &bad) { // the disk, or what the file is compressed with
				return r.fail(index, 0, code(err), reason(err))
			}
			if !r.fail(index, 0, CodeBadWARC, err.Error()) {
				return false
			}
		default:
			a, fault := rec.article(r.max)
			switch {
			case fault != nil:
				if !r.fail(index, 0, fault.Code, fault.Message) {
					return false
				}
			case a != nil:
				a.Path, a.Index = r.path, index
				if !r.yield(Item{Article: a}) {
					return false
				}
			}
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
}

// A warcError is a fault of one record.
type warcError struct{ message string }

func (e *warcError) Error() string { return e.message }

// A record is one record of a web archive.
type record struct {
	header map[string]string // by names in small letters; of two with one name the first
	block  []byte
}

// The limits of a record's header.
const (
	maxWARCLine   = 1 << 16
	maxWARCFields = 1000
)

type warcReader struct {
	b     *bufio.Reader
	max   int64
	found string // a line that begins a record and was read already
}

var warcVersion = regexp.MustCompile(`^WARC/1\.\d+[ \t]*$`)

// next returns the next record. After a warcError or errLimit the reader goes on at the next record.
func (w *warcReader) next() (*record, error) {
	if err := w.version(); err != nil {
		return nil, err
	}
	header, err := w.header()
	if err != nil {
		return nil, err
	}
	size, err := strconv.ParseInt(header["content-length"], 10, 64)
	if err != nil || size < 0 {
		return nil, w.resync(&warcError{fmt.Sprintf("bad Content-Length %q", shorten(header["content-length"]))})
	}
	if size > w.max {
		if !wanted(header) {
			return &record{header: header}, w.skip(size)
		}
		return nil, w.resync(errLimit)
	}
	if !wanted(header) {
		return &record{header: header}, w.skip(size)
	}
	var block bytes.Buffer
	n, err := io.CopyN(&block, w.b, size)
	if err == io.EOF {
		return nil, &warcError{fmt.Sprintf("the record is cut off: %d of %d bytes", n, size)}
	}
	return &record{header, block.Bytes()}, err
}

// version reads the line that begins a record.
func (w *warcReader) version() error {
	if w.found != "" {
		w.found = ""
		return nil
	}
	for {
		line, long, err := w.line()
		switch {
		case err != nil:
			return err
		case warcVersion.MatchString(line) && !long:
			return nil
		case line != "" || long:
			return w.resync(&warcError{"not the start of a record: a record before has the wrong length, or this is no WARC file"})
		}
	}
}

// line returns the next line without its end; io.EOF only if there is none.
func (w *warcReader) line() (text string, long bool, err error) {
	raw, long, err := readLine(w.b, maxWARCLine)
	if err == io.EOF && (len(raw) > 0 || long) {
		err = nil
	}
	return string(bytes.TrimSuffix(raw, []byte("\r"))), long, err
}

func (w *warcReader) header() (map[string]string, error) {
	header := map[string]string{}
	last := ""
	for fields := 0; ; fields++ {
		line, long, err := w.line()
		switch {
		case err == io.EOF:
			return nil, &warcError{"the record's header is cut off"}
		case err != nil:
			return nil, err
		case line == "" && !long:
			return header, nil
		case warcVersion.MatchString(line):
			w.found = line
			return nil, &warcError{"the record's header does not end"}
		case long || fields > maxWARCFields:
			return nil, w.resync(&warcError{"the record's header is too long"})
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" { // goes on
			if len(header[last]) < maxWARCLine {
				header[last] = strings.TrimSpace(header[last] + " " + strings.TrimSpace(line))
			}
			continue
		}
		name, text, ok := strings.Cut(line, ":")
		if !ok {
			return nil, w.resync(&warcError{fmt.Sprintf("bad header line %q", shorten(line))})
		}
		last = strings.ToLower(strings.TrimSpace(name))
		if _, twice := header[last]; !twice {
			header[last] = strings.TrimSpace(text)
		}
	}
}

// resync goes to the line that begins the next record, and returns fault.
func (w *warcReader) resync(fault error) error {
	for {
		line, long, err := w.line()
		switch {
		case err == io.EOF:
			return fault
		case err != nil:
			return err
		case warcVersion.MatchString(line) && !long:
			w.found = line
			return fault
		}
	}
}

func (w *warcReader) skip(size int64) error {
	_, err := io.CopyN(io.Discard, w.b, size)
	if err == io.EOF {
		return &warcError{"the record is cut off"}
	}
	return err
}

// wanted reports whether a record may hold an article.
func wanted(header map[string]string) bool {
	kind := strings.ToLower(header["warc-type"])
	return kind == "response" || kind == "conversion" || kind == "resource"
}

// article makes an article of the record; it is nil if the record holds none.
func (rec *record) article(max int64) (*Article, *Error) {
	if rec.block == nil {
		return nil, nil
	}
	mediaType, _, _ := mime.ParseMediaType(rec.header["content-type"])
	var a *Article
	var fault *Error
	switch kind := strings.ToLower(rec.header["warc-type"]); {
	case kind == "response" && mediaType == "application/http":
		a, fault = rec.response(max)
	case kind == "resource" && isHTML(mediaType):
		a, fault = pageArticle(rec.block, rec.header["content-type"])
	case kind == "conversion" && mediaType == "text/plain":
		a = &Article{Bytes: int64(len(rec.block)), SHA256: hash(rec.block)}
		a.Text, a.Encoding, a.Repairs = Decode(rec.block)
	}
	if a == nil || fault != nil {
		return nil, fault
	}
	if rec.header["warc-truncated"] != "" {
		why := cleanCell(shorten(rec.header["warc-truncated"]))
		a.Warnings = append(a.Warnings, warn(WarnCutOff, "the archive holds only a part of the page (WARC-Truncated: %s)", why))
	}
	rec.meta(a)
	return a, nil
}

// meta adds what the archive says of the page. Its date is that of the visit, and counts only if the page has none.
func (rec *record) meta(a *Article) {
	field := func(name string) *string {
		text := strings.TrimSuffix(strings.TrimPrefix(cleanCell(rec.header[name]), "<"), ">")
		if text == "" {
			return nil
		}
		return &text
	}
	if url := field("warc-target-uri"); url != nil {
		a.Meta.URL = url
	}
	if a.Meta.ID == nil {
		a.Meta.ID = field("warc-record-id")
	}
	date := field("warc-date")
	if date != nil {
		if a.Meta.Extra == nil {
			a.Meta.Extra = map[string]any{}
		}
		a.Meta.Extra["warc_date"] = *date
	}
	if a.Meta.Date == nil {
		a.Meta.Date = date
	}
}

// response makes an article of what a server sent.
func (rec *record) response(max int64) (*Article, *Error) {
	bad := func(format string, values ...any) (*Article, *Error) {
		return nil, &Error{Code: CodeBadWARC, Message: fmt.Sprintf(format, values...)}
	}
	b := bufio.NewReader(bytes.NewReader(rec.block))
	resp, err := http.ReadResponse(b, nil)
	if err != nil {
		return bad("bad HTTP response: %s", shorten(cleanCell(err.Error())))
	}
	defer resp.Body.Close()
	contentType := resp.Header.Get("Content-Type")
	mediaType, _, _ := mime.ParseMediaType(contentType)
	if resp.StatusCode < 200 || resp.StatusCode > 299 || !isHTML(mediaType) {
		return nil, nil
	}
	chunked := len(resp.TransferEncoding) > 0
	var body []byte
	cut := false
	if chunked {
		body, cut, err = readBody(resp.Body, max)
		if err != nil && len(body) == 0 && !errors.Is(err, errLimit) { // crawlers undo the chunks and keep the header
			_, body, _ = bytes.Cut(rec.block, []byte("\r\n\r\n"))
			err = nil
		}
	} else { // all that is there: Content-Length may be that of a body that the crawler has unpacked since
		body, _, err = readBody(b, max)
		cut = int64(len(body)) < resp.ContentLength
	}
	if err == nil {
		body, cut, err = decompress(body, resp.Header.Get("Content-Encoding"), cut, max)
	}
	switch {
	case errors.Is(err, errLimit):
		return nil, &Error{Code: CodeTooLarge, Message: fmt.Sprintf("longer than %d bytes; raise Options.MaxBytes to read it", max)}
	case err != nil:
		return bad("bad HTTP body: %s", shorten(cleanCell(err.Error())))
	}
	a, fault := pageArticle(body, contentType)
	if fault == nil && cut {
		a.Warnings = append(a.Warnings, warn(WarnCutOff, "the page is cut off"))
	}
	return a, fault
}

// readBody reads a body of at most max bytes; cut says that it ends too early.
func readBody(in io.Reader, max int64) (body []byte, cut bool, err error) {
	body, err = io.ReadAll(io.LimitReader(in, max+1))
	switch {
	case int64(len(body)) > max:
		return nil, false, errLimit
	case errors.Is(err, io.ErrUnexpectedEOF) && len(body) > 0:
		return body, true, nil
	}
	return body, false, err
}

// decompress undoes a content encoding. Crawlers may have undone it already, which the first bytes tell.
func decompress(body []byte, encoding string, cut bool, max int64) ([]byte, bool, error) {
	var z io.Reader
	var err error
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte{0x1F, 0x8B}) {
			return body, cut, nil
		}
		z, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		if len(body) < 2 || body[0]&0x0F != 8 || (int(body[0])<<8|int(body[1]))%31 != 0 {
			return body, cut, nil
		}
		z, err = zlib.NewReader(bytes.NewReader(body))
	case "", "identity":
		return body, cut, nil
	default: // br, zstd
		if looksLikeHTML.Match(body[:min(len(body), 1<<10)]) {
			return body, cut, nil
		}
		return nil, false, fmt.Errorf("unknown Content-Encoding %s", encoding)
	}
	if err != nil {
		return nil, false, err
	}
	plain, cutHere, err := readBody(z, max)
	return plain, cut || cutHere, err
}

var looksLikeHTML = regexp.MustCompile(`(?i)<(?:!doctype|html|head|body|p|div)\b`)

func isHTML(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml"
}

// shorten cuts a text that a message quotes.
func shorten(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
