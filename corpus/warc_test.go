package corpus

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func warcRecord(kind, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://example.org/%s\r\nWARC-Date: 2026-01-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, kind, contentType, len(block), block)
}

func response(headers, body string) string {
	return warcRecord("response", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"+headers+"\r\n"+body)
}

func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

// pages is list without the line endings of texts: how a page ends is the business of the reader of HTML.
func pages(t *testing.T, opt Options, paths ...string) []string {
	t.Helper()
	lines := list(t, opt, paths...)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], `\n"`, `"`)
	}
	return lines
}

func TestWARC(t *testing.T) {
	info := warcRecord("warcinfo", "application/warc-fields", "software: none\r\n")
	page := response("", "One")
	const after = `a.warc#1 "One"`
	tests := []struct {
		name, content string
		want          []string
	}{
		{"kinds", info + warcRecord("request", "application/http", "GET / HTTP/1.1\r\n\r\n") + page + warcRecord("conversion", "text/plain", "Two\r\nlines") +
			warcRecord("resource", "text/html", "Three") + warcRecord("metadata", "text/plain", "x") + warcRecord("revisit", "application/http", "HTTP/1.1 200 OK\r\n\r\n") +
			warcRecord("response", "text/dns", "x"), []string{`a.warc#2 "One"`, `a.warc#3 "Two\nlines"`, `a.warc#4 "Three"`}},
		{"no page", strings.Replace(page, "200 OK", "404 No", 1) + strings.Replace(page, "text/html", "image/png", 1) + page, []string{`a.warc#2 "One"`}},
		{"chunked", response("Transfer-Encoding: chunked\r\n", "3\r\nOne\r\n4\r\n two\r\n0\r\n\r\n"), []string{`a.warc#0 "One two"`}},
		{"chunked no more", response("Transfer-Encoding: chunked\r\n", "One two"), []string{`a.warc#0 "One two"`}},
		{"gzip", response("Content-Encoding: gzip\r\n", gzipped("One two")), []string{`a.warc#0 "One two"`}},
		{"gzip no more", response("Content-Encoding: gzip\r\nContent-Length: 3\r\n", "One two"), []string{`a.warc#0 "One two"`}},
		{"gzip in chunks", response("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gzipped("One")), gzipped("One"))), []string{`a.warc#0 "One"`}},
		{"deflate", response("Content-Encoding: deflate\r\n", deflated("One two")), []string{`a.warc#0 "One two"`}},
		{"brotli no more", response("Content-Encoding: br\r\n", "<p>One"), []string{`a.warc#0 "One"`}},
		{"brotli", response("Content-Encoding: br\r\n", "\x8b\x01") + page, []string{`a.warc#0 read bad_warc a.warc: bad HTTP body: unknown Content-Encoding br`, after}},
		{"bad gzip", response("Content-Encoding: gzip\r\n", "\x1F\x8Bxxxxxxxxxxxxxxxxxxxx") + page, []string{`a.warc#0 read bad_warc a.warc: bad HTTP body: gzip: invalid header`, after}},
		{"bad http", warcRecord("response", "application/http", "HTP/1.1 200\r\n\r\n") + page, []string{`a.warc#0 read bad_warc a.warc: bad HTTP response: malformed HTTP version "HTP/1.1"`, after}},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n" + page, []string{`a.warc#0 read bad_warc a.warc: bad Content-Length ""`, after}},
		{"bad length", "WARC/1.1\nWARC-Type: response\nContent-Length: -3\n\nxxx\n\n" + page, []string{`a.warc#0 read bad_warc a.warc: bad Content-Length "-3"`, after}},
		{"length too small", "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\nxx\r\n\r\n" + page, []string{`a.warc#1 read bad_warc a.warc: not the start of a record: a record before has the wrong length, or this is no WARC file`, `a.warc#2 "One"`}},
		{"length too large", strings.Replace(page, "Length: 62", "Length: 80", 1) + page + page, []string{`a.warc#0 "One WARC/1.0 WARC"`,
			`a.warc#1 read bad_warc a.warc: not the start of a record: a record before has the wrong length, or this is no WARC file`, `a.warc#2 "One"`}},
		{"bad header line", "WARC/1.0\r\nnonsense\r\n\r\n" + page, []string{`a.warc#0 read bad_warc a.warc: bad header line "nonsense"`, after}},
		{"header without end", "WARC/1.0\r\nWARC-Type: response\r\n" + page, []string{`a.warc#0 read bad_warc a.warc: the record's header does not end`, after}},
		{"long header", "WARC/1.0\r\nX: " + strings.Repeat("x", 1<<17) + "\r\n\r\n" + page, []string{`a.warc#0 read bad_warc a.warc: the record's header is too long`, after}},
		{"folded header", strings.Replace(page, "WARC-Type: response", "WARC-Type:\r\n  response", 1), []string{`a.warc#0 "One"`}},
		{"cut off", page + page[:len(page)-9], []string{`a.warc#0 "One"`, `a.warc#1 read bad_warc a.warc: the record is cut off: 57 of 62 bytes`}},
		{"cut in the header", page + "WARC/1.0\r\nX: y", []string{`a.warc#0 "One"`, `a.warc#1 read bad_warc a.warc: the record's header is cut off`}},
		{"rubbish first", "xx\nyy\n" + page, []string{`a.warc#0 read bad_warc a.warc: not the start of a record: a record before has the wrong length, or this is no WARC file`, after}},
		{"no warc", "nothing", []string{`a.warc#0 read bad_warc a.warc: not the start of a record: a record before has the wrong length, or this is no WARC file`}},
		{"empty", "", []string{`a.warc#0 read bad_warc a.warc: no record; a WARC file starts with WARC/1.0 or WARC/1.1`}},
		{"binary page", response("", "%PDF-1.4") + page, []string{`a.warc#0 read binary a.warc: a PDF file, not text; convert it with pdftotext -layout first`, after}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.want, pages(t, Options{system: newFaulty("a.warc", test.content)}, "a.warc"))
		})
	}
}

// A member of gzip for each record, as crawlers write them, is read as one stream.
func TestWARCGzip(t *testing.T) {
	info, page := warcRecord("warcinfo", "application/warc-fields", "software: none\r\n"), response("", "One")
	system := newFaulty("a.warc.gz", gzipped(info)+gzipped(page)+gzipped(page), "b.warc.gz", gzipped(page)+"\x1F\x8Bxxxxxxxxxxxxxxxxx", "c.warc", gzipped(page))
	equal(t, []string{`a.warc.gz#1 "One"`, `a.warc.gz#2 "One"`, `b.warc.gz#0 "One"`,
		`b.warc.gz#1 read bad_archive b.warc.gz: a gzip file that is damaged (gzip: invalid header); fetch it again`,
		`c.warc#0 read binary c.warc: a gzip file, not text; give it the ending .gz`,
	}, pages(t, Options{system: system}, "a.warc.gz", "b.warc.gz", "c.warc"))
}

func TestWARCMeta(t *testing.T) {
	cut := strings.Replace(response("Content-Length: 99\r\n", "One"), "WARC-Date", "WARC-Truncated: length\r\nWARC-Date", 1)
	a := articlesOf(t, Options{}, "a.warc", cut)[0]
	want := Meta{ID: new("urn:uuid:1"), URL: new("https://example.org/response"), Date: new("2026-01-02T10:00:00Z"), Extra: map[string]any{"warc_date": "2026-01-02T10:00:00Z"}}
	if diff := cmp.Diff(want, a.Meta); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	warnings := []annot.Warning{{Code: WarnCutOff, Message: "the page is cut off", Start: -1}, {Code: WarnCutOff, Message: "the archive holds only a part of the page (WARC-Truncated: length)", Start: -1}}
	if diff := cmp.Diff(warnings, a.Warnings); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A record that is too long is skipped, packed or not, and the next one is read.
func TestWARCTooLarge(t *testing.T) {
	page, long := response("", "One"), strings.Repeat("x", 100000)
	for name, content := range map[string]string{"plain": response("", long), "bomb": response("Content-Encoding: gzip\r\n", gzipped(long)), "deflate": response("Content-Encoding: deflate\r\n", deflated(long)),
		"chunked": response("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gzipped(long)), gzipped(long))),
		"lying":   "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9223372036854775807\r\n\r\nxx\r\n\r\n"} {
		t.Run(name, func(t *testing.T) {
			equal(t, []string{`a.warc#0 read too_large a.warc: longer than 2000 bytes; raise Options.MaxBytes to read it`, `a.warc#1 "One"`},
				pages(t, Options{system: newFaulty("a.warc", content+page), MaxBytes: 2000}, "a.warc"))
		})
	}
	skipped := warcRecord("request", "application/http", long)
	equal(t, []string{`a.warc#1 "One"`}, pages(t, Options{system: newFaulty("a.warc", skipped+page), MaxBytes: 2000}, "a.warc"))
}

func FuzzWARC(f *testing.F) {
	page := response("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "3\r\nOne\r\n0\r\n\r\n")
	for _, seed := range []string{page, page + warcRecord("conversion", "text/plain", "a\r\n\x00\xFF"), gzipped(page) + gzipped(page), "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n" + page,
		"WARC/1.1\nWARC-Type: resource\n X: y\nContent-Type: text/html\nContent-Length: 9\n\n<p>&#13;a\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { fuzzFile(t, "a.warc", raw) })
}
