// Package gold holds the hand-annotated articles that quoth is measured with, and the cases of the taxonomy of quotation,
// as files. README.md says how they are written; package corpus/measure/gold reads them.
package gold

import "embed"

// Files holds the articles (*.txtar) and taxonomy.jsonl.
//
//go:embed *.txtar taxonomy.jsonl
var Files embed.FS
