package export

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// maxID is how long an id may become before its hash stands for it.
const maxID = 120

// fileName returns the name of the record's files, without ending: words of the path for people, then _ and the doc_id.
// Different doc_ids have different names, on every file system: names have no letters but a to z, no dots and are short.
// Other bytes of an id are written as - and two hexadecimal digits; a long id is written as -h and its SHA-256.
func fileName(r *output.Record) string {
	return slug(r.Source) + "_" + escapeID(r.DocID)
}

func escapeID(id string) string {
	var b strings.Builder
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '_':
			b.WriteByte(c)
		default:
			b.WriteString("-" + hex.EncodeToString([]byte{c}))
		}
		if b.Len() > maxID {
			sum := sha256.Sum256([]byte(id))
			return "-h" + hex.EncodeToString(sum[:])
		}
	}
	return b.String()
}

// slug returns up to 40 letters, digits and hyphens of the source's name. It never has an underscore, so that the first
// one of a file name is where the id begins.
func slug(s output.Source) string {
	name := s.Path
	if s.Member != nil {
		name = *s.Member
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }) {
		if b.Len()+1+len(word) > 40 {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(word)
	}
	if b.Len() == 0 {
		return "article"
	}
	return b.String()
}
