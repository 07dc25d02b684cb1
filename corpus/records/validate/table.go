package validate

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A table is a CSV file with the columns that the description says.
type table struct {
	*resource
	at map[string]int // the columns by name
}

// mostRows is how many faults of one kind are reported of a table.
const mostRows = 20

// A keySet holds the hashes of keys.
type keySet struct {
	columns columns
	hashes  []uint64
	sorted  bool
}

// keyOf returns the hash of some cells of a row; empty reports whether one of them is.
func keyOf(row []string, at []int) (hash uint64, empty bool) {
	h := xxhash.New()
	for _, i := range at {
		empty = empty || row[i] == ""
		h.WriteString(strconv.Itoa(len(row[i])))
		h.WriteString(":")
		h.WriteString(row[i])
	}
	return h.Sum64(), empty
}

func (k *keySet) has(hash uint64) bool {
	if !k.sorted {
		slices.Sort(k.hashes)
		k.sorted = true
	}
	_, ok := slices.BinarySearch(k.hashes, hash)
	return ok
}

// rowReader returns a reader of rows that may all have as many cells as the header.
func rowReader(in io.Reader) *csv.Reader {
	b := bufio.NewReaderSize(in, 1<<16)
	if head, _ := b.Peek(3); string(head) == "\ufeff" {
		b.Discard(3)
	}
	c := csv.NewReader(b)
	c.ReuseRecord = true
	return c
}

// read reads a table for the first time. It returns nil if the table cannot be looked into further.
func (d *dataset) read(r *resource, in io.Reader) (*table, error) {
	rows := rowReader(in)
	header, err := rows.Read()
	if err != nil {
		return nil, d.unread(r, err)
	}
	t, err := d.columns(r, header)
	if t == nil || err != nil {
		return nil, err
	}
	primary, _ := t.places(r.Schema.PrimaryKey)
	keys := make([][]int, len(r.keys)) // the columns of each
	for i, k := range r.keys {
		keys[i], _ = t.places(k.columns)
	}
	r.sums = map[string]int{}
	var seen []uint64
	faults := 0
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, d.unread(r, err)
		}
		r.rows++
		line, _ := rows.FieldPos(0)
		for i, f := range r.Schema.Fields {
			if f.Constraints.Required && row[i] == "" && faults < mostRows {
				faults++
				if err := d.add(r.Path, line, "%s is empty, but is required", f.Name); err != nil {
					return nil, err
				}
			}
		}
		if len(primary) > 0 {
			hash, _ := keyOf(row, primary)
			seen = append(seen, hash)
		}
		for i, k := range r.keys {
			hash, _ := keyOf(row, keys[i])
			k.hashes = append(k.hashes, hash)
		}
		t.count(row)
	}
	d.rows += r.rows
	r.whole = true
	return t, d.twice(r, seen)
}

// columns finds the columns of the table by its header. It returns nil if they are not those that the package describes.
func (d *dataset) columns(r *resource, header []string) (*table, error) {
	t := &table{r, map[string]int{}}
	var names []string
	for _, f := range r.Schema.Fields {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, header) {
		return nil, d.add(r.Path, 1, "the header is %s, but %s says %s", strings.Join(header, ","), PackageName, strings.Join(names, ","))
	}
	for i, name := range names {
		t.at[name] = i
	}
	if _, ok := t.places(r.Schema.PrimaryKey); !ok {
		return nil, d.add(PackageName, 0, "resource %s: the primary key names a column that is not there", r.Name)
	}
	for _, k := range r.keys {
		if _, ok := t.places(k.columns); !ok {
			return nil, d.add(PackageName, 0, "resource %s: another refers to its columns %s, which are not there", r.Name, k.columns.joined())
		}
	}
	return t, nil
}

// count adds up the columns that count rows of other tables.
func (t *table) count(row []string) {
	for _, c := range counted {
		if i, ok := t.at[c.column]; ok && t.Path == c.table+".csv" {
			n, _ := strconv.Atoi(row[i])
			t.sums[c.column] += n
		}
	}
}

// unread reports a table that cannot be read to its end: as CSV, or at all.
func (d *dataset) unread(r *resource, err error) error {
	var fault *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return d.add(r.Path, 0, "no header")
	case errors.As(err, &fault):
		return d.add(r.Path, fault.Line, "no CSV: %v", fault.Err)
	}
	return err
}

// places returns where columns are; false if one is not there.
func (t *table) places(names columns) ([]int, bool) {
	out := make([]int, len(names))
	for i, name := range names {
		var ok bool
		if out[i], ok = t.at[name]; !ok {
			return nil, false
		}
	}
	return out, true
}

// twice reports the rows whose key an earlier row has.
func (d *dataset) twice(r *resource, seen []uint64) error {
	sorted := slices.Sorted(slices.Values(seen))
	dup := map[uint64]bool{}
	for i := 1; i < len(sorted) && len(dup) < mostRows; i++ {
		if sorted[i] == sorted[i-1] {
			dup[sorted[i]] = false
		}
	}
	if len(dup) == 0 {
		return nil
	}
	told := 0
	for i, hash := range seen {
		before, ok := dup[hash]
		if !ok {
			continue
		}
		if dup[hash] = true; before && told < mostRows {
			told++
			if err := d.add(r.Path, 0, "row %d has the %s of an earlier row", i+1, r.Schema.PrimaryKey.joined()); err != nil {
				return err
			}
		}
	}
	return nil
}

// again reads the rows of a table once more, which was read to its end before.
func (d *dataset) again(path string, do func(line int, row []string) error) error {
	f, err := d.folder.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows := rowReader(f)
	if _, err := rows.Read(); err != nil {
		return err
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := rows.FieldPos(0)
		if err := do(line, row); err != nil {
			return err
		}
	}
}

// references checks that what a table refers to is there. A reference with an empty cell is none.
func (d *dataset) references(t *table) error {
	type reference struct {
		at   []int
		to   *resource
		keys *keySet
		n    int
	}
	var list []*reference
	for _, k := range t.Schema.ForeignKeys {
		ref := &reference{to: t.resource}
		if k.Reference.Resource != "" {
			ref.to = d.table(k.Reference.Resource)
		}
		var ok bool
		if ref.at, ok = t.places(k.Fields); !ok || ref.to == nil || len(k.Fields) != len(k.Reference.Fields) {
			if err := d.add(PackageName, 0, "resource %s: the foreign key %s leads to no columns of %s", t.Name, k.Fields.joined(), k.Reference.Resource); err != nil {
				return err
			}
			continue
		}
		if ref.keys = ref.to.key(k.Reference.Fields); ref.to.Format == "csv" {
			list = append(list, ref)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return d.again(t.Path, func(line int, row []string) error {
		for _, ref := range list {
			hash, empty := keyOf(row, ref.at)
			if empty || ref.keys.has(hash) || ref.n == mostRows {
				continue
			}
			ref.n++
			var cells []string
			for _, i := range ref.at {
				cells = append(cells, row[i])
			}
			if err := d.add(t.Path, line, "%s has no row with %s %s", ref.to.Path, ref.keys.columns.joined(), strings.Join(cells, ",")); err != nil {
				return err
			}
		}
		return nil
	})
}

// spans checks the texts of a table against those of the articles, which are in the same order. A spreadsheet's CSV is
// left out: its cells are not the texts.
func (d *dataset) spans(t *table) error {
	at, ok := t.places(columns{"doc_id", "start", "end", "text"})
	documents := d.documents()
	if !ok || documents == nil || t.Dialect.LineTerminator == "\r\n" {
		return nil
	}
	texts, err := d.open(documents)
	if err != nil {
		return err
	}
	defer texts.close()
	faults := 0
	parts, hasParts := t.at["n_parts"]
	err = d.again(t.Path, func(line int, row []string) error {
		if hasParts && row[parts] != "1" || row[at[3]] == "" {
			return nil
		}
		found, err := texts.find(row[at[0]])
		if err != nil {
			return err
		}
		if !found || texts.offsets == nil {
			return nil
		}
		start, _ := strconv.Atoi(row[at[1]])
		end, _ := strconv.Atoi(row[at[2]])
		i, ok1 := texts.offsets.Byte(start)
		j, ok2 := texts.offsets.Byte(end)
		if ok1 && ok2 && i <= j && texts.text[i:j] == row[at[3]] || faults == mostRows {
			return nil
		}
		faults++
		return d.report(Finding{Path: t.Path, Line: line, DocID: texts.id, Code: CodeDataset,
			Message: "the text is not that of its article from " + row[at[1]] + " to " + row[at[2]]})
	})
	if errors.Is(err, errOrder) {
		return d.add(t.Path, 0, "its rows are not in the order of %s; texts were not compared", documents.Path)
	}
	return err
}

func (d *dataset) documents() *resource {
	for _, r := range d.Resources {
		if r.Path == "documents.csv" && r.whole {
			return r
		}
	}
	return nil
}

var errOrder = errors.New("not in the order of the articles")

// articles walks through the texts of the articles.
type articles struct {
	file    fs.File
	rows    *csv.Reader
	at      [3]int
	id      string
	text    string
	offsets *output.Offsets // nil if there is no text
	known   *keySet
}

func (d *dataset) open(documents *resource) (*articles, error) {
	f, err := d.folder.Open(documents.Path)
	if err != nil {
		return nil, err
	}
	a := &articles{file: f, rows: rowReader(f), known: documents.key(columns{"doc_id"})}
	header, err := a.rows.Read()
	for i, name := range []string{"doc_id", "offsets", "text"} {
		a.at[i] = slices.Index(header, name)
	}
	return a, err
}

func (a *articles) close() { a.file.Close() }

// find goes on to the article of the id. It is false if there is none, which is reported elsewhere.
func (a *articles) find(id string) (bool, error) {
	if a.id == id {
		return true, nil
	}
	if hash, _ := keyOf([]string{id}, []int{0}); a.known == nil || !a.known.has(hash) || slices.Min(a.at[:]) < 0 {
		return false, nil
	}
	for {
		row, err := a.rows.Read()
		if errors.Is(err, io.EOF) {
			return false, errOrder
		}
		if err != nil {
			return false, err
		}
		if row[a.at[0]] != id {
			continue
		}
		a.id, a.text, a.offsets = strings.Clone(id), row[a.at[2]], nil
		if unit, ok := output.ParseUnit(row[a.at[1]]); ok && a.text != "" {
			a.text = strings.Clone(a.text)
			a.offsets = output.NewOffsets(a.text, unit)
		}
		return true, nil
	}
}

// pathCause returns the cause of an error that names a file.
func pathCause(err error) error {
	var fault *fs.PathError
	if errors.As(err, &fault) {
		return fault.Err
	}
	return err
}
