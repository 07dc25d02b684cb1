package dataset

import (
	"reflect"
	"strings"
	"sync"

	"github.com/parquet-go/parquet-go"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// nested is the sink of one Parquet file with one row per article. Its columns are the keys of the record: what is a
// list there is a list, what is an object is a struct. So nothing has to be added here when the record gets a key.
type nested struct {
	out  *outFile
	w    *parquet.GenericWriter[any]
	size int
}

// nestedMeta is what a record's meta becomes: the keys that vary from input to input are one string of JSON.
type nestedMeta struct {
	ID      *string  `json:"id"`
	Title   *string  `json:"title"`
	Date    *string  `json:"date"`
	URL     *string  `json:"url"`
	Authors []string `json:"authors"`
	Extra   *string  `json:"extra"`
}

// nestedType is the struct that a record becomes.
var nestedType = sync.OnceValue(func() reflect.Type { return parquetType(reflect.TypeFor[output.Record]()) })

// parquetType returns a type that package parquet understands as t is written in JSON.
func parquetType(t reflect.Type) reflect.Type {
	switch {
	case t == reflect.TypeFor[output.Meta]():
		return parquetType(reflect.TypeFor[nestedMeta]())
	case t.Kind() == reflect.Pointer:
		return reflect.PointerTo(parquetType(t.Elem()))
	case t.Kind() == reflect.Slice:
		return reflect.SliceOf(parquetType(t.Elem()))
	case t.Kind() == reflect.Int:
		return reflect.TypeFor[int64]()
	case t.Kind() != reflect.Struct:
		return t
	}
	var fields []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Type.Kind() == reflect.Slice {
			tag += ",list"
		}
		fields = append(fields, reflect.StructField{Name: f.Name, Type: parquetType(f.Type), Tag: reflect.StructTag(`parquet:"` + tag + `"`)})
	}
	return reflect.StructOf(fields)
}

// fill sets to, whose type is parquetType of from's, and returns about how many bytes it holds.
func fill(to, from reflect.Value) int {
	if m, ok := from.Interface().(output.Meta); ok {
		flat := nestedMeta{ID: m.ID, Title: m.Title, Date: m.Date, URL: m.URL, Authors: m.Authors}
		if s, ok := extra(m).(string); ok {
			flat.Extra = &s
		}
		from = reflect.ValueOf(flat)
	}
	size := 0
	switch from.Kind() {
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(to.Type().Elem()))
			size = fill(to.Elem(), from.Elem())
		}
	case reflect.Slice:
		to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			size += fill(to.Index(i), from.Index(i))
		}
	case reflect.Struct:
		for i := range to.NumField() { // fields that are not exported come last or not at all
			size += fill(to.Field(i), from.FieldByName(to.Type().Field(i).Name))
		}
	case reflect.String:
		s := clean(from.String()).(string)
		to.SetString(s)
		size = len(s)
	case reflect.Int, reflect.Int64:
		to.SetInt(from.Int())
		size = 8
	default:
		to.Set(from)
		size = 8
	}
	return size
}

func newNested(create createFunc, opt *Options) (sink, error) {
	out, err := newOutFile(create, nestedFile)
	if err != nil {
		return nil, err
	}
	schema := parquet.SchemaOf(reflect.New(nestedType()).Interface())
	return &nested{out: out, w: newParquetWriter(out, schema, opt.ToolVersion)}, nil
}

func (n *nested) record(a *article) error {
	value := reflect.New(nestedType())
	n.size += fill(value.Elem(), reflect.ValueOf(a.Record).Elem())
	if _, err := n.w.WriteRows([]parquet.Row{n.w.Schema().Deconstruct(nil, value.Interface())}); err != nil {
		return err
	}
	if n.size < rowGroupBytes {
		return nil
	}
	n.size = 0
	return n.w.Flush()
}

func (n *nested) row(int, []any) error { return nil }

func (n *nested) close() error {
	err := n.w.Close()
	if err == nil {
		err = n.out.Flush()
	}
	if closeErr := n.out.close(); err == nil {
		err = closeErr
	}
	return err
}

func (n *nested) abort() { n.out.close() }
