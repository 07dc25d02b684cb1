package corpus_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/corpus"
)

func TestDecode(t *testing.T) {
	type repairs = []corpus.Repair
	whole := corpus.Repair{Kind: corpus.RepairEncoding, Count: 1}
	tests := []struct {
		name, raw, text, encoding string
		repairs                   repairs
	}{
		{"empty", "", "", "utf-8", nil},
		{"ascii", "“It is done,” he said.\n", "“It is done,” he said.\n", "utf-8", nil},
		{"bom", "\xEF\xBB\xBFHello", "Hello", "utf-8", repairs{{Kind: corpus.RepairBOM, Count: 1}}},
		{"two boms", "\xEF\xBB\xBF\xEF\xBB\xBFHello", "\uFEFFHello", "utf-8", repairs{{Kind: corpus.RepairBOM, Count: 1}}},
		{"bom inside", "a\uFEFFb", "a\uFEFFb", "utf-8", nil},
		{"crlf", "a\r\nb\r\n", "a\nb\n", "utf-8", repairs{{Kind: corpus.RepairCRLF, Count: 2, First: 1}}},
		{"cr", "a\rb\r", "a\nb\n", "utf-8", repairs{{Kind: corpus.RepairCR, Count: 2, First: 1}}},
		{"cr before crlf", "é\r\r\nb", "é\n\nb", "utf-8",
			repairs{{Kind: corpus.RepairCRLF, Count: 1, First: 3}, {Kind: corpus.RepairCR, Count: 1, First: 2}}},
		{"nul", "ab\x00c\x00", "ab\uFFFDc\uFFFD", "utf-8", repairs{{Kind: corpus.RepairNUL, Count: 2, First: 2}}},
		{"replacement is no repair", "a\uFFFDb", "a\uFFFDb", "utf-8", nil},
		{"bad byte among good ones", "“caf\xE9”", "“caf\uFFFD”", "utf-8", repairs{{Kind: corpus.RepairInvalid, Count: 1, First: 6}}},
		{"cut sequence", "“Yes” \xE2\x80", "“Yes” \uFFFD\uFFFD", "utf-8", repairs{{Kind: corpus.RepairInvalid, Count: 2, First: len("“Yes” ")}}},
		{"surrogate in utf-8", "““““ \xED\xA0\x80", "““““ \uFFFD\uFFFD\uFFFD", "utf-8", repairs{{Kind: corpus.RepairInvalid, Count: 3, First: 13}}},
		{"windows-1252", "\x93It cost \x80 5,\x94 she said at the caf\xE9.", "“It cost € 5,” she said at the café.", "windows-1252", repairs{whole}},
		{"windows-1252 undefined", "It\x92s \x81 odd, he said to us", "It’s \uFFFD odd, he said to us", "windows-1252",
			repairs{whole, {Kind: corpus.RepairInvalid, Count: 1, First: len("It’s ")}}},
		{"all kinds", "\xEF\xBB\xBFa\r\nb\rc\x00“\xFF", "a\nb\nc\uFFFD“\uFFFD", "utf-8", repairs{
			{Kind: corpus.RepairBOM, Count: 1}, {Kind: corpus.RepairCRLF, Count: 1, First: 1}, {Kind: corpus.RepairCR, Count: 1, First: 3},
			{Kind: corpus.RepairNUL, Count: 1, First: 5}, {Kind: corpus.RepairInvalid, Count: 1, First: 11}}},
		{"utf-16 cut", "\xFF\xFEH\x00i\x00!", "Hi\uFFFD", "utf-16le",
			repairs{whole, {Kind: corpus.RepairBOM, Count: 1}, {Kind: corpus.RepairInvalid, Count: 1, First: 2}}},
		{"utf-16 lone surrogate", "\xFE\xFF\x00H\xD8\x3D\x00i", "H\uFFFDi", "utf-16be",
			repairs{whole, {Kind: corpus.RepairBOM, Count: 1}, {Kind: corpus.RepairInvalid, Count: 1, First: 1}}},
		{"utf-32 out of range", "\x00\x00\xFE\xFF\x00\x00\x00H\x00\x11\x00\x00", "H\uFFFD", "utf-32be",
			repairs{whole, {Kind: corpus.RepairBOM, Count: 1}, {Kind: corpus.RepairInvalid, Count: 1, First: 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, encoding, repairs := corpus.Decode([]byte(test.raw))
			if text != test.text || encoding != test.encoding {
				t.Errorf("want %q (%s), got %q (%s)", test.text, test.encoding, text, encoding)
			}
			if diff := cmp.Diff(test.repairs, repairs); diff != "" {
				t.Errorf("repairs (-want +got):\n%s", diff)
			}
		})
	}
}

// The same article in each Unicode encoding is the same text.
func TestDecodeUnicode(t *testing.T) {
	const article = "“We’re ready 🙂,” said Zoë O’Neill.\nShe left.\n"
	little, big := binary.ByteOrder(binary.LittleEndian), binary.ByteOrder(binary.BigEndian)
	tests := []struct {
		encoding string
		raw      []byte
	}{
		{"utf-8", []byte(article)},
		{"utf-8", []byte("\uFEFF" + article)},
		{"utf-16le", utf16Bytes(little, "\uFEFF"+article)},
		{"utf-16be", utf16Bytes(big, "\uFEFF"+article)},
		{"utf-16le", utf16Bytes(little, article)},
		{"utf-16be", utf16Bytes(big, article)},
		{"utf-32le", utf32Bytes(little, "\uFEFF"+article)},
		{"utf-32be", utf32Bytes(big, "\uFEFF"+article)},
	}
	for i, test := range tests {
		text, encoding, _ := corpus.Decode(test.raw)
		if text != article || encoding != test.encoding {
			t.Errorf("%d: want %s, got %s and %q", i, test.encoding, encoding, text)
		}
	}
}

func utf16Bytes(order binary.ByteOrder, text string) []byte {
	var raw []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		raw = append(raw, 0, 0)
		order.PutUint16(raw[len(raw)-2:], unit)
	}
	return raw
}

func utf32Bytes(order binary.ByteOrder, text string) []byte {
	var raw []byte
	for _, r := range text {
		raw = append(raw, 0, 0, 0, 0)
		order.PutUint32(raw[len(raw)-4:], uint32(r))
	}
	return raw
}

// Every byte that is not ASCII, at the start, in the middle and at the end of an article without other such bytes and
// of one with curly marks.
func TestDecodeEveryByte(t *testing.T) {
	for c := 0x80; c <= 0xFF; c++ {
		for _, frame := range []string{"plain words of an article", "“Curly” words of ‘an’ article"} {
			for _, at := range []int{0, len("“"), len(frame)} {
				raw := frame[:at] + string([]byte{byte(c)}) + frame[at:]
				if utf8.ValidString(raw) {
					continue
				}
				text, _, repairs := corpus.Decode([]byte(raw))
				if !utf8.ValidString(text) || len(repairs) == 0 {
					t.Errorf("%#x in %q: got %q with repairs %v", c, frame, text, repairs)
				}
				if strings.Contains(frame, "“") && !strings.Contains(text, "\uFFFD") {
					t.Errorf("%#x in %q: got %q, want U+FFFD", c, frame, text)
				}
			}
		}
	}
}

// Russian in the encoding of Windows is not taken for Western European.
func TestDecodeOther(t *testing.T) {
	const article = "Президент сказал, что страна готова к переговорам. Он добавил, что встреча состоится в понедельник."
	var raw []byte
	for _, r := range article {
		if r >= 'А' && r <= 'я' {
			r = r - 'А' + 0xC0
		}
		raw = append(raw, byte(r))
	}
	if text, encoding, _ := corpus.Decode(raw); text != article {
		t.Errorf("got %s, %q", encoding, text)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"", "\xEF\xBB\xBFa\r\nb\rc\x00“\xFF", "\xFF\xFEH\x00i\x00!", "\x00\x00\xFE\xFF\x00\x00\x00H", "caf\xE9 \x93\x94", "H\x00i\x00 \x00y\x00", "\xC0\xE1\xE2\xE3\xE4\xE5"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		text, encoding, repairs := corpus.Decode(raw)
		if !bytes.Equal(raw, before) {
			t.Fatal("the input was changed")
		}
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			t.Fatalf("not clean: %q", text)
		}
		if len(repairs) == 0 && (text != string(raw) || encoding != "utf-8") {
			t.Fatalf("changed without a repair: %q to %q (%s)", raw, text, encoding)
		}
		for _, r := range repairs {
			if r.Count < 1 || r.First < 0 || r.First > len(text) {
				t.Fatalf("repair %v is out of %d bytes", r, len(text))
			}
		}
		again, _, more := corpus.Decode([]byte(text))
		if again != text && !strings.HasPrefix(text, "\uFEFF") {
			t.Fatalf("decoding the result changes it: %q to %q, %v", text, again, more)
		}
	})
}
