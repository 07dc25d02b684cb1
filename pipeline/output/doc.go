// Package output is the wire format of quoth: the records quoth/document/1 and quoth/error/1, the JSON Schema that
// describes them and the writers for JSON, JSON Lines and YAML.
//
// New makes a Record of an annotated document. It is the only place where the byte offsets of package annot become
// code points or UTF-16 code units. A Record is plain data: what encoding/json writes of it is the format, every other
// format is derived from those bytes, and reading them back gives the same Record.
//
// Within quoth/document/1 keys and enum values may be added, but none is renamed, removed or given another type.
package output
