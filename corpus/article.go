// Package corpus reads collections of articles: files, folders, globs, JSON Lines and standard input become a stream of
// articles in a fixed order. What cannot be read becomes an error in the same stream, and the rest goes on.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// An Article is one text and where it came from.
type Article struct {
	// Path is the file that the article was read from, as given on the command line and with forward slashes; "-" is
	// standard input. See Open about absolute paths. It is UTF-8, with other bytes as in \xff.
	Path string
	// Member is the name within an archive, or ""; within nested ones as in inner.zip/a.txt. It is UTF-8, as Path is.
	Member string
	// Index is the article's place in its file or member, from 0: the line in JSON Lines, the element in a JSON array.
	Index int
	// Text is valid UTF-8: the decoded input without its byte order mark, with LF as its only line ending, and with
	// U+FFFD for NUL and for every byte that could not be decoded.
	Text string
	// Bytes and SHA256 (in hexadecimal) are the size and the hash of the raw input: the file or member without what
	// compresses it, or the line or element.
	Bytes  int64
	SHA256 string
	// Encoding is the encoding that the input was decoded from, as in utf-8, utf-16le, windows-1252.
	Encoding string
	// Repairs are the kinds of change that set Text apart from the decoded input, in the order of the constants.
	Repairs []Repair
	// Elements is the structure that the input gave, as annot.Document.Elements.
	Elements []annot.Element
	// Warnings tell of what was odd in the input, as annot.Document.Warnings.
	Warnings []annot.Warning
	Meta     Meta
}

// Blank reports whether the article has no text but white space.
func (a *Article) Blank() bool { return strings.TrimSpace(a.Text) == "" }

// The kinds of repair.
const (
	RepairEncoding = "encoding"     // the input was not UTF-8 and was converted as a whole
	RepairBOM      = "bom"          // a byte order mark was removed
	RepairCRLF     = "crlf"         // CR LF became LF
	RepairCR       = "cr"           // CR became LF
	RepairNUL      = "nul"          // NUL became U+FFFD
	RepairInvalid  = "invalid_utf8" // a byte, or a lone surrogate, that its encoding does not allow became U+FFFD
	RepairMarkup   = "markup"       // HTML or Markdown was too tangled to be understood: its tags were taken off, or it was read as text
)

// A Repair is one kind of change that was made to the input.
type Repair struct {
	Kind string
	// Count is the number of places, First the byte offset in Article.Text at which the first of them is, or was.
	Count, First int
}

// Meta is what the input says of an article besides its text. A nil string was not given.
type Meta struct {
	ID, Title, Date, URL *string
	Authors              []string
	// Extra holds the other fields, none of them named id, title, date, url or authors. A value is what encoding/json
	// makes of it with UseNumber: nil, bool, string, json.Number, []any or map[string]any.
	Extra map[string]any
}

// merge adds what o says and m does not.
func (m *Meta) merge(o Meta) {
	for _, field := range []struct{ to, from **string }{{&m.ID, &o.ID}, {&m.Title, &o.Title}, {&m.Date, &o.Date}, {&m.URL, &o.URL}} {
		if *field.to == nil {
			*field.to = *field.from
		}
	}
	if len(m.Authors) == 0 {
		m.Authors = o.Authors
	}
	for name, value := range o.Extra {
		if _, has := m.Extra[name]; !has {
			if m.Extra == nil {
				m.Extra = map[string]any{}
			}
			m.Extra[name] = value
		}
	}
}

// The codes of the warnings that readers give.
const (
	WarnDuplicateKey = "duplicate_key" // a field is given more than once; the last one counts
	WarnNoField      = "no_field"      // a field that Options.Map names is not in this article
	WarnCutOff       = "cut_off"       // the article may be incomplete
	WarnLeftOut      = "left_out"      // a field is not in Meta: its value does not fit, or another one has its name there
)

// The codes of errors.
const (
	CodeUnreadable    = "unreadable"     // no permission, or the system reports a fault
	CodeNotFound      = "not_found"      // the file vanished after it was listed
	CodeBrokenSymlink = "broken_symlink" // a symbolic link leads nowhere
	CodeNotRegular    = "not_regular"    // a pipe, socket or device
	CodeSymlinkLoop   = "symlink_loop"   // a symbolic link leads to a folder around it
	CodeTooLarge      = "too_large"      // longer than Options.MaxBytes or than the limits allow
	CodeBinary        = "binary"         // not text
	CodeBadJSON       = "bad_json"       // a line or file that is not a JSON object
	CodeNoText        = "no_text"        // an object, table or file without what would hold the article
	CodeBadTable      = "bad_table"      // a row of a CSV or TSV file that does not fit its header
	CodeBadFeed       = "bad_feed"       // an RSS, Atom or JSON feed that does not parse
	CodeBadWARC       = "bad_warc"       // a WARC record that is malformed or cut off
	CodeBadDOCX       = "bad_docx"       // a DOCX file that does not open

	CodeEncodingInvalid = "encoding_invalid" // bytes that the encoding does not allow, or NUL, with Options.Strict

	CodeBomb        = "bomb"        // unpacks to more than Limits.Ratio times its size
	CodeTooDeep     = "too_deep"    // more archives in each other than Limits.Depth
	CodeTooMany     = "too_many"    // an archive with more than Limits.Members entries
	CodeEncrypted   = "encrypted"   // a member that needs a password
	CodeUnsafeName  = "unsafe_name" // a member whose name leads out of the archive
	CodeBadArchive  = "bad_archive" // an archive or compressed file that is damaged
	CodeUnsupported = "unsupported" // a kind of file, or of packing, that quoth does not read; the message says what to do
)

// An Error is one input that could not be read. The others are not affected by it.
type Error struct {
	Path, Member string
	Index        int
	// Line is the line of a JSON Lines file, from 1; 0 where lines have no part in it.
	Line    int
	Code    string
	Message string
	// Phase is list or read.
	Phase string
}

// Error gives the place and the message.
func (e *Error) Error() string {
	place := e.Path
	if e.Member != "" {
		place += "/" + e.Member
	}
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", place, e.Line, e.Message)
	}
	return place + ": " + e.Message
}

// An Item of a collection is an article or an error; the other is nil.
type Item struct {
	Article *Article
	Err     *Error
}

func hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
