package dataset

import "slices"

// A Type is the type of a column's values.
type Type uint8

// The types.
const (
	NoType  Type = iota
	String       // text; missing and empty are the same in CSV and TSV
	Integer      // a whole number
	Number       // a number between 0 and 1 with at most two decimals
)

// String returns the type's name in Data Package and in the documentation.
func (t Type) String() string {
	switch t {
	case String:
		return "string"
	case Integer:
		return "integer"
	case Number:
		return "number"
	}
	return "none"
}

// A Column describes a column of a table.
type Column struct {
	Name        string
	Type        Type
	Description string
	// Required says that no row lacks a value.
	Required bool
	// Enum lists the values of a column that has but a few; later versions may add some.
	Enum []string
	// Min is the smallest value of an integer that has one: 0 or 1; -1 if there is none.
	Min int
}

// A ForeignKey says that the values of some columns are found in the columns References of Table.
type ForeignKey struct {
	Columns    []string
	Table      string
	References []string
}

// A Table describes a table. Its rows come in the order of the articles, and within an article in that of the record.
type Table struct {
	Name        string
	Description string
	Columns     []Column
	Key         []string // the primary key, one column or several
	Foreign     []ForeignKey

	// rows calls emit with each row of an article. The row is good until emit returns.
	rows func(a *article, row []any, emit func([]any) error) error
}

// Tables returns the tables of a data set in an order in which each one refers only to itself and to earlier ones. The
// caller owns the slice, but not what is in it.
func Tables() []Table { return slices.Clone(tables()) }

// FlatTables returns the names of the tables that NewFlat writes.
func FlatTables() []string {
	var names []string
	for _, t := range tables() {
		if t.rows != nil {
			names = append(names, t.Name)
		}
	}
	return names
}

// A field is a column and how its value is taken from an item: a string, an int, a float64, or nil if it is missing.
type field[T any] struct {
	Column
	of func(T) any
}

func column[T any](name string, typ Type, description string, of func(T) any) field[T] {
	return field[T]{Column{Name: name, Type: typ, Description: description, Min: -1}, of}
}

// text is a column of strings.
func text[T any](name, description string, of func(T) any) field[T] {
	return column(name, String, description, of)
}

// count is a column of integers from 0 on, offset one of places in the text.
func count[T any](name, description string, of func(T) any) field[T] {
	f := column(name, Integer, description, of)
	f.Min = 0
	return f
}

// number is a column of confidences.
func number[T any](name, description string, of func(T) any) field[T] {
	return column(name, Number, description, of)
}

func (f field[T]) required() field[T]         { f.Required = true; return f }
func (f field[T]) enum(v []string) field[T]   { f.Enum = v; return f }
func (f field[T]) from(smallest int) field[T] { f.Min = smallest; return f }

// define completes a table whose rows are the items of an article. A table of no articles has no items.
func define[T any](t Table, items func(*article, func(T) error) error, fields ...field[T]) Table {
	for _, f := range fields {
		t.Columns = append(t.Columns, f.Column)
	}
	if items == nil {
		return t
	}
	t.rows = func(a *article, row []any, emit func([]any) error) error {
		return items(a, func(item T) error {
			row = appendRow(row[:0], fields, item)
			return emit(row)
		})
	}
	return t
}

// appendRow appends the values of an item to row.
func appendRow[T any](row []any, fields []field[T], item T) []any {
	for i := range fields {
		row = append(row, clean(fields[i].of(item)))
	}
	return row
}

// refer returns the foreign key of one column, which has the same name in the other table.
func refer(column, table string) ForeignKey {
	return ForeignKey{[]string{column}, table, []string{column}}
}
