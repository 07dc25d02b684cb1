package corpus

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// Decode turns the bytes of a text file into text, names the encoding that it took them for and lists what it changed;
// see Article.Text. It accepts any bytes and takes linear time.
//
// A byte order mark decides. Without one the bytes are UTF-16 if every second one is mostly NUL, and otherwise UTF-8 if
// they are valid or have more good sequences than bad bytes. The rest is Windows-1252, the usual encoding of English
// text that is not UTF-8, unless so many bytes are outside ASCII that the text cannot be English.
func Decode(raw []byte) (text, encoding string, repairs []Repair) {
	encoding = guess(raw)
	if encoding == "utf-8" && clean(raw) {
		return string(raw), encoding, nil
	}
	b := newBuilder(len(raw))
	b.decode(raw, encoding)
	text, repairs = b.finish(encoding)
	return text, encoding, repairs
}

// clean reports whether raw is UTF-8 that needs no repair.
func clean(raw []byte) bool {
	return bytes.IndexByte(raw, '\r') < 0 && bytes.IndexByte(raw, 0) < 0 && !bytes.HasPrefix(raw, bomUTF8) && utf8.Valid(raw)
}

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
	bomUTF32LE = []byte{0xFF, 0xFE, 0, 0}
	bomUTF32BE = []byte{0, 0, 0xFE, 0xFF}
)

// fallback is what English bytes are if they are not UTF-8. Latin-1 is a subset of it but for control characters.
const fallback = "windows-1252"

// guess names the encoding of raw.
func guess(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, bomUTF8):
		return "utf-8"
	case bytes.HasPrefix(raw, bomUTF32LE) && len(raw)%4 == 0: // before UTF-16, whose mark it starts with
		return "utf-32le"
	case bytes.HasPrefix(raw, bomUTF32BE):
		return "utf-32be"
	case bytes.HasPrefix(raw, bomUTF16LE):
		return "utf-16le"
	case bytes.HasPrefix(raw, bomUTF16BE):
		return "utf-16be"
	}
	if name := guessUTF16(raw[:min(len(raw), 4096)]); name != "" {
		return name
	}
	good, bad, high := 0, 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(raw[i:])
		if size == 1 {
			bad++
		} else {
			good++
		}
		high += size
		i += size
	}
	switch {
	case bad <= good: // also 0 and 0
		return "utf-8"
	case high*10 < len(raw)*3: // English has a few per cent of curly marks and accents, Russian or Chinese more than half
		return fallback
	}
	return detect(raw)
}

// guessUTF16 finds UTF-16 without a byte order mark: in English text half of the bytes, all on one side, are NUL.
func guessUTF16(sample []byte) string {
	var nul [2]int
	for i, c := range sample {
		if c == 0 {
			nul[i%2]++
		}
	}
	units := len(sample) / 2
	switch {
	case units < 2 || units < 8 && len(sample)%2 != 0: // a few letters and NULs say nothing
		return ""
	case nul[1]*2 > units && nul[0]*20 <= units:
		return "utf-16le"
	case nul[0]*2 > units && nul[1]*20 <= units:
		return "utf-16be"
	}
	return ""
}

// detect asks the detector about text that is not English, or not text.
func detect(raw []byte) string {
	found := chardet.Detect(raw[:min(len(raw), 1<<16)])
	if found.Confidence < 0.8 {
		return fallback
	}
	charset := found.Charset
	if charset == "x-mac-cyrillic" { // shares its small letters with Windows-1251, and is no longer written
		charset = "windows-1251"
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return fallback
	}
	name, err := htmlindex.Name(enc)
	if err != nil || strings.HasPrefix(name, "utf-") || name == "replacement" {
		return fallback
	}
	return name
}

// A builder collects text and makes and counts the repairs.
type builder struct {
	strings.Builder
	cr                         int // offset in the text of the CR just before, or -1
	bom, crlf, crs, nul, wrong Repair
}

func newBuilder(size int) *builder {
	b := &builder{cr: -1}
	b.Grow(size)
	return b
}

// add appends r; bad says that it stands for something that could not be decoded.
func (b *builder) add(r rune, bad bool) {
	if b.cr >= 0 && r == '\n' && !bad {
		b.crlf.mark(b.cr)
		b.cr = -1
		return // the CR has become the LF
	}
	b.flushCR()
	switch {
	case bad:
		b.wrong.mark(b.Len())
		r = utf8.RuneError
	case r == 0:
		b.nul.mark(b.Len())
		r = utf8.RuneError
	case r == '\r':
		b.cr = b.Len()
		r = '\n'
	case r == '\uFEFF' && b.Len() == 0 && b.bom.Count == 0:
		b.bom.mark(0)
		return
	}
	b.WriteRune(r)
}

// flushCR counts a CR that no LF followed.
func (b *builder) flushCR() {
	if b.cr >= 0 {
		b.crs.mark(b.cr)
		b.cr = -1
	}
}

func (r *Repair) mark(at int) {
	if r.Count == 0 {
		r.First = at
	}
	r.Count++
}

// finish returns the text and the list of repairs.
func (b *builder) finish(encoding string) (string, []Repair) {
	b.flushCR()
	var repairs []Repair
	if encoding != "utf-8" {
		repairs = append(repairs, Repair{Kind: RepairEncoding, Count: 1})
	}
	for _, r := range []struct {
		kind string
		Repair
	}{{RepairBOM, b.bom}, {RepairCRLF, b.crlf}, {RepairCR, b.crs}, {RepairNUL, b.nul}, {RepairInvalid, b.wrong}} {
		if r.Count > 0 {
			repairs = append(repairs, Repair{r.kind, r.Count, r.First})
		}
	}
	return b.String(), repairs
}

// decode appends raw, taken for the named encoding.
func (b *builder) decode(raw []byte, name string) {
	switch name {
	case "utf-8":
		b.decodeUTF8(raw)
	case "utf-16le":
		b.decodeUTF16(raw, binary.LittleEndian)
	case "utf-16be":
		b.decodeUTF16(raw, binary.BigEndian)
	case "utf-32le":
		b.decodeUTF32(raw, binary.LittleEndian)
	case "utf-32be":
		b.decodeUTF32(raw, binary.BigEndian)
	case fallback:
		b.decodeWindows1252(raw)
	default:
		b.decodeOther(raw, name)
	}
}

func (b *builder) decodeUTF8(raw []byte) {
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		b.add(r, r == utf8.RuneError && size == 1)
		raw = raw[size:]
	}
}

func (b *builder) decodeUTF16(raw []byte, order binary.ByteOrder) {
	for ; len(raw) >= 2; raw = raw[2:] {
		r := rune(order.Uint16(raw))
		if !utf16.IsSurrogate(r) {
			b.add(r, false)
			continue
		}
		pair := utf8.RuneError
		if len(raw) >= 4 {
			pair = utf16.DecodeRune(r, rune(order.Uint16(raw[2:])))
		}
		b.add(pair, pair == utf8.RuneError)
		if pair != utf8.RuneError {
			raw = raw[2:]
		}
	}
	if len(raw) > 0 {
		b.add(0, true)
	}
}

func (b *builder) decodeUTF32(raw []byte, order binary.ByteOrder) {
	for ; len(raw) >= 4; raw = raw[4:] {
		u := order.Uint32(raw)
		b.add(rune(u), u > utf8.MaxRune || !utf8.ValidRune(rune(u)))
	}
	if len(raw) > 0 {
		b.add(0, true)
	}
}

func (b *builder) decodeWindows1252(raw []byte) {
	for _, c := range raw {
		r := charmap.Windows1252.DecodeByte(c)
		b.add(r, r == utf8.RuneError || r >= 0x80 && r < 0xA0) // Windows leaves five bytes undefined
	}
}

func (b *builder) decodeOther(raw []byte, name string) {
	enc, err := htmlindex.Get(name)
	if err != nil {
		b.decodeWindows1252(raw)
		return
	}
	decoded, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		b.decodeWindows1252(raw)
		return
	}
	// These encodings cannot hold U+FFFD (but for GB 18030, where nobody writes it), so it marks what was not decoded.
	for _, r := range string(decoded) {
		b.add(r, r == utf8.RuneError)
	}
}

const controlReason = "not text: too many control characters; name only text files, or choose them with Options.Extensions"

// binaryReason says why raw is no text that could be decoded, or "".
func binaryReason(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("%PDF-")):
		return "a PDF file, not text; convert it with pdftotext -layout first"
	case bytes.HasPrefix(raw, []byte(`{\rtf`)):
		return "an RTF file, not text; convert it with soffice --headless --convert-to docx FILE first"
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return "a ZIP archive or office document, not text; give an archive the ending .zip, convert a document first"
	case bytes.HasPrefix(raw, []byte{0x1F, 0x8B}):
		return "a gzip file, not text; give it the ending .gz"
	}
	sample := raw[:min(len(raw), 8192)]
	if strings.HasPrefix(guess(sample), "utf-16") || strings.HasPrefix(guess(sample), "utf-32") {
		return ""
	}
	control := 0
	for _, c := range sample {
		if c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B {
			control++
		}
	}
	if len(sample) >= 32 && control*10 > len(sample)*3 {
		return controlReason
	}
	return ""
}
