package corpus

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// ParseEncoding returns the canonical name of an encoding, as in Article.Encoding. It knows the labels of the WHATWG
// encoding standard, which names ISO 8859-1 windows-1252, and utf-32le and utf-32be.
func ParseEncoding(name string) (string, error) {
	lower := strings.ToLower(strings.TrimSpace(name))
	switch lower {
	case "utf-16", "utf-32": // the mark tells the order of the bytes
		return lower, nil
	case "utf-32le", "utf-32be":
		return lower, nil
	}
	enc, err := htmlindex.Get(lower)
	if err == nil {
		lower, err = htmlindex.Name(enc)
	}
	if err != nil || lower == "replacement" || lower == "x-user-defined" {
		return "", fmt.Errorf("%s: no such encoding; take utf-8, utf-16, utf-16le, utf-16be, windows-1252, iso-8859-15, "+
			"macintosh, koi8-r, shift_jis, gb18030 or another label of https://encoding.spec.whatwg.org", name)
	}
	return lower, nil
}

// decode decodes a text file, from Options.Encoding if it is set.
func (o *Options) decode(raw []byte) (text, encoding string, repairs []Repair) {
	if o.Encoding == "" {
		return Decode(raw)
	}
	encoding, err := ParseEncoding(o.Encoding)
	if err != nil {
		return Decode(raw)
	}
	encoding = byteOrder(encoding, raw)
	if encoding == "utf-8" && clean(raw) {
		return string(raw), encoding, nil
	}
	b := newBuilder(len(raw))
	b.decode(raw, encoding)
	text, repairs = b.finish(encoding)
	return text, encoding, repairs
}

// byteOrder completes the names utf-16 and utf-32.
func byteOrder(encoding string, raw []byte) string {
	switch {
	case encoding == "utf-16" && bytes.HasPrefix(raw, bomUTF16BE), encoding == "utf-32" && bytes.HasPrefix(raw, bomUTF32BE):
		return encoding + "be"
	case encoding == "utf-16", encoding == "utf-32":
		return encoding + "le"
	}
	return encoding
}
