package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
)

// A resource is a file of the data set, as datapackage.json lists it.
type resource struct {
	Name        string       `json:"name"`
	Type        string       `json:"type,omitempty"`
	Path        string       `json:"path"`
	Description string       `json:"description"`
	Format      string       `json:"format"`
	MediaType   string       `json:"mediatype"`
	Encoding    string       `json:"encoding,omitempty"`
	Bytes       int64        `json:"bytes"`
	Hash        string       `json:"hash"`
	Dialect     *dialect     `json:"dialect,omitempty"`
	Schema      *tableSchema `json:"schema,omitempty"`

	table  *Table
	rows   int
	sha256 string
}

// A dialect says how a file of text is cut into cells.
type dialect struct {
	Header         bool   `json:"header"`
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
}

type tableSchema struct {
	Fields        []schemaField `json:"fields"`
	PrimaryKey    []string      `json:"primaryKey"`
	ForeignKeys   []foreignKey  `json:"foreignKeys,omitempty"`
	MissingValues []string      `json:"missingValues"`
}

type schemaField struct {
	Name        string       `json:"name"`
	Type        string       `json:"type"`
	Description string       `json:"description"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Minimum  *float64 `json:"minimum,omitempty"`
	Maximum  *float64 `json:"maximum,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

// A reference to a table; without a resource it is to the same table.
type reference struct {
	Resource string   `json:"resource,omitempty"`
	Fields   []string `json:"fields"`
}

var mediaTypes = map[Format]string{
	CSVFiles: "text/csv", TSVFiles: "text/tab-separated-values", ParquetFiles: "application/vnd.apache.parquet",
	ParquetNested:  "application/vnd.apache.parquet",
	SQLiteDatabase: "application/vnd.sqlite3", SQLScript: "application/sql",
}

// resources lists the files that are written, with their size and hash. The tables have their plain names in the first
// of the formats with a file for each table, and the format's name after it in the others.
func (b *Builder) resources() ([]resource, error) {
	var out []resource
	plain := true
	for _, f := range b.opt.Formats {
		switch {
		case f.perTable():
			for i := range tables() {
				t := &tables()[i]
				suffix := ""
				if !plain {
					suffix = "_" + f.String()
				}
				out = append(out, resource{Name: t.Name + suffix, Type: "table", Path: f.file(t), Description: t.Description, Format: f.String(), MediaType: mediaTypes[f],
					Dialect: b.opt.dialect(f), Schema: schemaOf(t, suffix), table: t, rows: b.stats.rows[i]})
			}
			plain = false
		case f == ParquetNested:
			out = append(out, resource{Name: "records", Path: nestedFile,
				Description: "One row per article, nested as the records of quoth are: lists are lists, objects are structs.",
				Format:      "parquet", MediaType: mediaTypes[f], rows: b.stats.documents})
		case f == SQLiteDatabase:
			out = append(out, resource{Name: "database", Path: sqliteFile,
				Description: "All tables in one SQLite database, with full-text search on quotes and views.",
				Format:      "sqlite", MediaType: mediaTypes[f]})
		case f == SQLScript:
			out = append(out, resource{Name: "script", Path: scriptFile, Description: "The SQL that makes the database: sqlite3 -bail quoth.db < quoth.sql.",
				Format: "sql", MediaType: mediaTypes[f]})
		}
	}
	for i := range out {
		r := &out[i]
		if r.Format == "csv" || r.Format == "tsv" || r.Format == "sql" {
			r.Encoding = "utf-8"
		}
		var err error
		if r.Bytes, r.sha256, err = hashFile(b.path(r.Path)); err != nil {
			return nil, err
		}
		r.Hash = "sha256:" + r.sha256
	}
	return out, nil
}

func (opt *Options) dialect(f Format) *dialect {
	switch {
	case f == CSVFiles && opt.Excel:
		return &dialect{true, ",", "\r\n", `"`, true}
	case f == CSVFiles:
		return &dialect{true, ",", "\n", `"`, true}
	case f == TSVFiles:
		// Without it readers take " for one. It must be a character, and NUL is in no cell.
		return &dialect{true, "\t", "\n", "\x00", false}
	}
	return nil
}

func schemaOf(t *Table, suffix string) *tableSchema {
	s := &tableSchema{PrimaryKey: t.Key, MissingValues: []string{""}}
	for _, c := range t.Columns {
		f := schemaField{Name: c.Name, Type: c.Type.String(), Description: c.Description}
		limits := constraints{Required: c.Required, Unique: len(t.Key) == 1 && t.Key[0] == c.Name, Enum: c.Enum}
		if c.Min >= 0 {
			limits.Minimum = new(float64(c.Min))
		}
		if c.Type == Number {
			limits.Minimum, limits.Maximum = new(0.0), new(1.0)
		}
		if limits.Required || limits.Minimum != nil || limits.Enum != nil {
			f.Constraints = &limits
		}
		s.Fields = append(s.Fields, f)
	}
	for _, k := range t.Foreign {
		resource := k.Table + suffix
		if k.Table == t.Name {
			resource = ""
		}
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{k.Columns, reference{resource, k.References}})
	}
	return s
}

// hashFile returns the size and the SHA-256 of a file.
func hashFile(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return 0, "", err
	}
	return n, hex.EncodeToString(h.Sum(nil)), nil
}

type contributor struct {
	Title string   `json:"title"`
	Path  string   `json:"path,omitempty"`
	Email string   `json:"email,omitempty"`
	Roles []string `json:"roles"`
}

// dataPackage returns datapackage.json.
func (b *Builder) dataPackage(resources []resource) ([]byte, error) {
	p := struct {
		Schema       string        `json:"$schema"`
		Name         string        `json:"name"`
		Title        string        `json:"title,omitempty"`
		Description  string        `json:"description,omitempty"`
		Version      string        `json:"version,omitempty"`
		Created      string        `json:"created,omitempty"`
		Homepage     string        `json:"homepage,omitempty"`
		Keywords     []string      `json:"keywords,omitempty"`
		Licenses     []License     `json:"licenses,omitempty"`
		Contributors []contributor `json:"contributors,omitempty"`
		Sources      []Origin      `json:"sources,omitempty"`
		Resources    []resource    `json:"resources"`
	}{Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "quoth-dataset", Created: b.opt.Created, Resources: resources}
	if a := b.opt.About; a != nil {
		p.Title, p.Description, p.Version, p.Homepage = a.Title, a.Description, a.Version, a.URL
		p.Keywords, p.Licenses, p.Sources = a.Keywords, a.Licenses, a.Sources
		if a.Name != "" {
			p.Name = a.Name
		}
		for _, c := range a.Creators {
			p.Contributors = append(p.Contributors, contributor{c.Name, c.Path, c.Email, []string{"creator"}})
		}
	}
	return indented(p)
}

// indented returns v as JSON for people, with a line ending.
func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("internal error: %w", err)
	}
	return b.Bytes(), nil
}

// firstTables returns the resources of the tables in the first format with a file for each.
func firstTables(resources []resource) []resource {
	i := slices.IndexFunc(resources, func(r resource) bool { return r.table != nil })
	if i < 0 {
		return nil
	}
	return resources[i : i+len(tables())]
}
