package output

import (
	"bytes"
	_ "embed"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (2020-12) of one record, of an article or of an error. The caller owns the bytes.
func Schema() []byte { return bytes.Clone(schema) }
