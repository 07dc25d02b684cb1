package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// A Format is a form in which a data set is written.
type Format uint8

// The formats, in the order in which a data set lists them.
const (
	NoFormat       Format = iota
	CSVFiles              // a file of CSV for each table
	TSVFiles              // a file of TSV for each table
	ParquetFiles          // a file of Parquet for each table
	ParquetNested         // one Parquet file with one row per article, which holds lists and structs as the record does
	SQLiteDatabase        // one database with all tables and full-text search on quotes
	SQLScript             // a script of SQL that makes the same database
)

var formatNames = [...]string{"", "csv", "tsv", "parquet", "parquet-nested", "sqlite", "sql"}

// String returns the format's name.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("format %d", uint8(f))
}

// FormatNames returns the names of the formats.
func FormatNames() []string { return slices.Clone(formatNames[1:]) }

// ParseFormats returns the formats of the names, in the order of the constants and each once.
func ParseFormats(names []string) ([]Format, error) {
	var out []Format
	for _, name := range names {
		i := slices.Index(formatNames[:], strings.TrimSpace(name))
		if i < 1 {
			return nil, fmt.Errorf("no such format %q; take some of %s", name, strings.Join(FormatNames(), ", "))
		}
		if !slices.Contains(out, Format(i)) {
			out = append(out, Format(i))
		}
	}
	slices.Sort(out)
	return out, nil
}

// The names of the files that hold more than one table.
const (
	nestedFile  = "records.parquet"
	sqliteFile  = "quoth.db"
	scriptFile  = "quoth.sql"
	packageFile = "datapackage.json"
	cardFile    = "README.md"
	croissant   = "croissant.json"
)

// file returns the name of the file that holds the table in a format with one file per table.
func (f Format) file(t *Table) string { return t.Name + "." + f.String() }

// perTable reports whether the format has a file for each table.
func (f Format) perTable() bool { return f == CSVFiles || f == TSVFiles || f == ParquetFiles }
