package validate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// PackageName is the file that describes a data set.
const PackageName = "datapackage.json"

// A dataset is a folder with a data package: what is read of the description.
type dataset struct {
	folder fs.FS
	report func(Finding) error
	rows   int

	Resources []*resource `json:"resources"`
}

type resource struct {
	Name    string `json:"name"`
	Path    string `json:"path"`
	Format  string `json:"format"`
	Bytes   *int64 `json:"bytes"`
	Hash    string `json:"hash"`
	Dialect struct {
		LineTerminator string `json:"lineTerminator"`
	} `json:"dialect"`
	Schema *tableSchema `json:"schema"`

	rows  int
	whole bool           // all rows were read
	keys  []*keySet      // of the columns that others refer to
	sums  map[string]int // of the columns that count rows of other tables
}

type tableSchema struct {
	Fields []struct {
		Name        string `json:"name"`
		Constraints struct {
			Required bool `json:"required"`
		} `json:"constraints"`
	} `json:"fields"`
	PrimaryKey  columns `json:"primaryKey"`
	ForeignKeys []struct {
		Fields    columns `json:"fields"`
		Reference struct {
			Resource string  `json:"resource"`
			Fields   columns `json:"fields"`
		} `json:"reference"`
	} `json:"foreignKeys"`
}

// columns are names; a single one may be a string.
type columns []string

func (c *columns) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*c = columns{one}
		return nil
	}
	var list []string
	err := json.Unmarshal(data, &list)
	*c = list
	return err
}

// Dataset checks the folder of a data set against its description: size and hash of every file, and of CSV tables the
// header, required cells, that keys are there once and references lead to a row, the number of rows where another table
// says it, and that spans are the texts of their articles. It reports findings as they come and returns the number of
// rows. The error is report's, or that of reading.
//
// Memory is 16 bytes per row of the longest table, and 8 bytes per row of those that others refer to.
func Dataset(folder fs.FS, report func(Finding) error) (rows int, err error) {
	d := &dataset{folder: folder, report: report}
	data, err := fs.ReadFile(folder, PackageName)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(data, d); err != nil {
		return 0, d.add(PackageName, 0, "no data package: %s", syntax(err))
	}
	if len(d.Resources) == 0 {
		return 0, d.add(PackageName, 0, "the data package lists no files")
	}
	d.Resources = d.usable()
	d.referred()
	var tables []*table
	for _, r := range d.Resources {
		t, err := d.resource(r)
		if err != nil {
			return d.rows, err
		}
		if t != nil {
			tables = append(tables, t)
		}
	}
	for _, t := range tables {
		if err := d.references(t); err != nil {
			return d.rows, err
		}
		if err := d.spans(t); err != nil {
			return d.rows, err
		}
	}
	return d.rows, d.totals()
}

func (d *dataset) add(path string, line int, format string, args ...any) error {
	return d.report(Finding{Path: path, Line: line, Code: CodeDataset, Message: fmt.Sprintf(format, args...)})
}

// usable drops resources of null.
func (d *dataset) usable() (list []*resource) {
	for _, r := range d.Resources {
		if r != nil {
			list = append(list, r)
		}
	}
	return list
}

// table returns the resource of the name.
func (d *dataset) table(name string) *resource {
	for _, r := range d.Resources {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// referred notes which columns others refer to.
func (d *dataset) referred() {
	for _, r := range d.Resources {
		if r.Schema == nil {
			continue
		}
		for _, k := range r.Schema.ForeignKeys {
			to := r
			if k.Reference.Resource != "" {
				to = d.table(k.Reference.Resource)
			}
			if to == nil {
				continue
			}
			if to.key(k.Reference.Fields) == nil {
				to.keys = append(to.keys, &keySet{columns: k.Reference.Fields})
			}
		}
	}
}

// key returns the keys of those columns, if others refer to them.
func (r *resource) key(c columns) *keySet {
	for _, k := range r.keys {
		if slices.Equal(k.columns, c) {
			return k
		}
	}
	return nil
}

func (c columns) joined() string { return strings.Join(c, ",") }

// resource checks one file by itself. It returns the table, if it is one that can be looked into.
func (d *dataset) resource(r *resource) (*table, error) {
	if !fs.ValidPath(r.Path) {
		return nil, d.add(PackageName, 0, "resource %s: path %q does not lead to a file of the folder", r.Name, r.Path)
	}
	f, err := d.folder.Open(r.Path)
	if err != nil {
		return nil, d.add(r.Path, 0, "%v", pathCause(err))
	}
	defer f.Close()
	digest, n := sha256.New(), counter(0)
	in := io.TeeReader(f, io.MultiWriter(digest, &n))
	var t *table
	if r.Format == "csv" && r.Schema != nil {
		if t, err = d.read(r, in); err != nil {
			return nil, err
		}
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return nil, err
	}
	if r.Bytes != nil && *r.Bytes != int64(n) {
		if err := d.add(r.Path, 0, "%d bytes, but %s says %d", n, PackageName, *r.Bytes); err != nil {
			return nil, err
		}
	}
	if want, ok := strings.CutPrefix(r.Hash, "sha256:"); ok && hex.EncodeToString(digest.Sum(nil)) != want {
		if err := d.add(r.Path, 0, "its SHA-256 is not the one of %s", PackageName); err != nil {
			return nil, err
		}
	}
	return t, nil
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// counted are the columns that say how many rows of another table belong to a row.
var counted = []struct{ table, column, rows string }{
	{"documents", "n_sentences", "sentences"},
	{"documents", "n_entities", "entities"},
	{"documents", "n_quotes", "quotes"},
	{"entities", "n_mentions", "mentions"},
	{"quotes", "n_parts", "quote_parts"},
}

// totals compares the counts of rows.
func (d *dataset) totals() error {
	byPath := map[string]*resource{}
	for _, r := range d.Resources {
		byPath[r.Path] = r
	}
	for _, c := range counted {
		from, to := byPath[c.table+".csv"], byPath[c.rows+".csv"]
		if from == nil || to == nil || !from.whole || !to.whole {
			continue
		}
		if sum, ok := from.sums[c.column]; ok && sum != to.rows {
			if err := d.add(to.Path, 0, "%d rows, but the column %s of %s adds up to %d", to.rows, c.column, from.Path, sum); err != nil {
				return err
			}
		}
	}
	return nil
}
