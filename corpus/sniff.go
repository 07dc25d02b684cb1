package corpus

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/html"
)

// stdin stands for the name of what has none.
const stdin = "-"

// unnamed reads standard input, or what came out of it: the first bytes tell what it is. JSON is what starts with a
// brace: JSON Lines, or an indented object if the brace is alone on its line.
func (r *reader) unnamed(in io.Reader) bool {
	b := bufio.NewReader(in)
	if r.packed {
		b.Peek(512) // a header of tar
	} else {
		b.Peek(1) // waits for the first bytes, and no longer than that
	}
	head, _ := b.Peek(b.Buffered())
	text, _, _ := Decode(head)
	text = strings.TrimSpace(text)
	switch kind := sniff(head); {
	case kind == "zip", kind == "tar":
		return r.contents(stdin+"."+kind, b)
	case kind != "":
		return r.unpack(stdin, kind, b)
	case html.BeginsPage(text):
		return r.leaf(formatOf(".html"), b)
	case strings.HasPrefix(text, "{\n"):
		return r.leaf(formatOf(".json"), b)
	case strings.HasPrefix(text, "{"):
		return r.leaf(formatOf(".jsonl"), b)
	}
	return r.leaf(formatOf(".txt"), b)
}

// sniff names the container that starts with head: gzip, zstd, bzip2, zip or tar, or "".
func sniff(head []byte) string {
	const ustarAt = 257
	switch {
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		return "gzip"
	case bytes.HasPrefix(head, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		return "zstd"
	case len(head) > 10 && bytes.HasPrefix(head, []byte("BZh")) && bytes.HasPrefix(head[4:], []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}):
		return "bzip2"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "zip"
	case len(head) > ustarAt && bytes.HasPrefix(head[ustarAt:], []byte("ustar")):
		return "tar"
	}
	return ""
}
