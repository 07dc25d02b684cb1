package dataset

import (
	"io"
	"reflect"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"
)

// rowGroupBytes is how much of a file of Parquet is collected before it is written: readers skip whole groups, and a
// writer holds one in memory.
const rowGroupBytes = 8 << 20

// A parquetRows writes a table as Parquet, compressed with zstd.
type parquetRows struct {
	w       *parquet.GenericWriter[any]
	columns []Column
	rows    []parquet.Row
	size    int
}

func newParquetRows(w io.Writer, t *Table, version string) *parquetRows {
	return &parquetRows{w: newParquetWriter(w, parquet.SchemaOf(reflect.New(rowType(t)).Interface()), version), columns: t.Columns,
		rows: []parquet.Row{make(parquet.Row, len(t.Columns))}}
}

// newParquetWriter returns a writer whose bytes depend on what is written, the version of quoth and nothing else.
func newParquetWriter(w io.Writer, schema *parquet.Schema, version string) *parquet.GenericWriter[any] {
	return parquet.NewGenericWriter[any](w, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("quoth", version, ""),
		parquet.PageBufferSize(64<<10))
}

// rowType makes the struct that a row would be: package parquet keeps the order of columns for structs only.
func rowType(t *Table) reflect.Type {
	var fields []reflect.StructField
	for _, c := range t.Columns {
		tag := c.Name
		if !c.Required {
			tag += ",optional"
		}
		if c.Enum != nil || c.Name == "doc_id" { // the same few values again and again
			tag += ",dict"
		}
		fields = append(fields, reflect.StructField{Name: "F_" + strings.ToUpper(c.Name), Type: c.goType(),
			Tag: reflect.StructTag(`parquet:"` + tag + `"`)})
	}
	return reflect.StructOf(fields)
}

func (c *Column) goType() reflect.Type {
	switch c.Type {
	case Integer:
		return reflect.TypeFor[int64]()
	case Number:
		return reflect.TypeFor[float64]()
	}
	return reflect.TypeFor[string]()
}

func (p *parquetRows) write(row []any) error {
	for i, v := range row {
		defined := 1
		if p.columns[i].Required {
			defined = 0
		}
		var value parquet.Value
		switch v := v.(type) {
		case nil:
			defined = 0
			value = parquet.NullValue()
		case string:
			value = parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(v), len(v))) // the writer copies it
			p.size += len(v)
		case int:
			value = parquet.Int64Value(int64(v))
		case float64:
			value = parquet.DoubleValue(v)
		}
		p.rows[0][i] = value.Level(0, defined, i)
		p.size += 8
	}
	if _, err := p.w.WriteRows(p.rows); err != nil {
		return err
	}
	if p.size < rowGroupBytes {
		return nil
	}
	p.size = 0
	return p.w.Flush()
}

func (p *parquetRows) close() error { return p.w.Close() }
