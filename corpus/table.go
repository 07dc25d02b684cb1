package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A rowReader cuts a table into rows, and rows into cells.
type rowReader interface {
	// next returns the next row without its end, and its first line. It never holds more than the limit of bytes: a longer
	// row is read to its end and thrown away, which long tells. With the last row, or after it, err is io.EOF.
	next() (row []byte, line int, long bool, err error)
	// header returns the names of the columns; none if the row is not the header yet.
	header(row []byte, line int) (names []string, err error)
	// cells returns the cells of a row after the header, and the encoding of the row. An error is one of this row only.
	cells(row []byte, t *table, line int) (cells []string, encoding string, err error)
}

// table reads the articles of a table: the rows after the header, each of which has its index, even if it is too long or
// not sound. open gets the start of the input too.
func (r *reader) table(in io.Reader, open func(b *bufio.Reader, head []byte) rowReader) bool {
	b := bufio.NewReaderSize(utf8Reader(in), 1<<16)
	head, _ := b.Peek(1 << 16)
	if why := binaryReason(head); why != "" {
		return r.fail(0, 0, CodeBinary, why)
	}
	rows := open(b, head)
	t, line, err := readHeader(r.ctx, rows, r.opt.mapping)
	switch {
	case r.ctx.Err() != nil:
		return false
	case errors.Is(err, errLimit):
		return r.tooLarge(0, line)
	case err != nil:
		return r.fail(0, line, code(err), reason(err))
	}
	for index := 0; ; {
		row, line, long, err := rows.next()
		if err != nil && err != io.EOF {
			return r.fail(index, line, code(err), reason(err))
		}
		if long || len(row) > 0 {
			if !r.row(rows, t, row, long, index, line) {
				return false
			}
			index++
		}
		if err == io.EOF {
			return true
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
}

// readHeader reads up to the header and returns it, or the line of a fault. errLimit says that the header is too long.
func readHeader(ctx context.Context, rows rowReader, m mapping) (t *table, line int, err error) {
	for ctx.Err() == nil {
		row, line, long, err := rows.next()
		if err != nil && err != io.EOF {
			return nil, line, err
		}
		if long {
			return nil, line, errLimit
		}
		if len(row) > 0 {
			names, failed := rows.header(row, line)
			if failed != nil {
				return nil, line, &fault{code: CodeBadTable, message: failed.Error()}
			}
			if names != nil {
				if t, failed = newTable(names, m); failed != nil {
					return nil, line, &fault{code: CodeNoText, message: failed.Error()}
				}
				return t, line, nil
			}
		}
		if err == io.EOF {
			return nil, 0, &fault{code: CodeBadTable, message: "empty; a table starts with a row of column names"}
		}
	}
	return nil, 0, ctx.Err()
}

// row yields the article of one row, or an error if the row is too long or does not fit the header.
func (r *reader) row(rows rowReader, t *table, row []byte, long bool, index, line int) bool {
	if long {
		return r.tooLarge(index, line)
	}
	cells, encoding, err := rows.cells(row, t, line)
	if err != nil {
		return r.fail(index, line, CodeBadTable, err.Error())
	}
	if len(cells) != len(t.names) {
		const message = "the row has %d cells, the header %d; put cells in quotes that hold a delimiter or a line ending"
		return r.fail(index, line, CodeBadTable, fmt.Sprintf(message, len(cells), len(t.names)))
	}
	a := t.article(cells, encoding)
	a.Path, a.Index, a.Bytes, a.SHA256 = r.path, index, int64(len(row)), hash(row)
	return r.yield(Item{Article: a})
}

// A table is the header of a CSV or TSV file, with the columns that hold the fields of an article; -1 is no column.
type table struct {
	names                              []string
	text, id, title, date, url, author int
	warnings                           []annot.Warning
}

// newTable finds the columns: those of m, which must be there, and others by the names that JSON fields have, in which
// case does not matter. An error says what is missing.
func newTable(names []string, m mapping) (*table, error) {
	for i, name := range names {
		names[i] = cleanCell(name)
	}
	t := &table{names: names, warnings: duplicates(names)}
	for i, name := range names {
		if name = strings.TrimSpace(name); name == "" { // pandas names its index so
			name = fmt.Sprintf("column_%d", i+1)
		}
		names[i] = name
	}
	for _, f := range []struct {
		column *int
		field  string
		usual  []string
	}{
		{&t.text, "text", fields.text}, {&t.id, "id", fields.id}, {&t.title, "title", fields.title}, {&t.date, "date", fields.date},
		{&t.url, "url", fields.url}, {&t.author, "authors", fields.authors},
	} {
		if p, ok := m[f.field]; ok {
			if *f.column = t.column(p.text); *f.column < 0 && len(p.steps) == 1 {
				*f.column = t.column(p.steps[0].name)
			}
			if *f.column < 0 {
				return nil, fmt.Errorf("no column %s for %s; the columns are %s", p.text, f.field, nameList(names))
			}
			continue
		}
		*f.column = -1
		for _, name := range f.usual {
			if *f.column = t.column(name); *f.column >= 0 {
				break
			}
		}
	}
	if t.text < 0 {
		return nil, fmt.Errorf("no column holds the article; name it %s, or set Options.Map to a column; the columns are %s",
			strings.Join(fields.text, ", "), nameList(names))
	}
	return t, nil
}

// column returns the last column of the name, or else of the name in other letters, or -1.
func (t *table) column(name string) int {
	found := -1
	for i, n := range t.names {
		if n == name {
			found = i
		}
	}
	for i, n := range t.names {
		if found < 0 && strings.EqualFold(n, name) {
			found = i
		}
	}
	return found
}

// article makes an article of a row. Its cells are UTF-8 but for bad bytes, and their line endings are as they were.
func (t *table) article(cells []string, encoding string) *Article {
	a := &Article{Encoding: encoding, Warnings: t.warnings}
	b := newBuilder(len(cells[t.text]))
	b.decodeUTF8([]byte(cells[t.text]))
	a.Text, a.Repairs = b.finish(encoding)
	take := func(column int) *string {
		if column < 0 || cells[column] == "" { // a table cannot tell an empty text from a missing one
			return nil
		}
		text := cleanCell(cells[column])
		return &text
	}
	a.Meta = Meta{ID: take(t.id), Title: take(t.title), Date: take(t.date), URL: take(t.url)}
	if names := take(t.author); names != nil {
		for name := range strings.SplitSeq(*names, ";") {
			if name = strings.TrimSpace(name); name != "" {
				a.Meta.Authors = append(a.Meta.Authors, name)
			}
		}
	}
	for i, name := range t.names {
		switch i {
		case t.text, t.id, t.title, t.date, t.url, t.author:
			continue
		}
		if a.Meta.Extra == nil {
			a.Meta.Extra = map[string]any{}
		}
		if value := take(i); value != nil {
			a.Meta.Extra[name] = *value
		} else {
			a.Meta.Extra[name] = nil
		}
	}
	return a
}

func cleanCell(cell string) string {
	if clean([]byte(cell)) {
		return cell
	}
	b := newBuilder(len(cell))
	b.decodeUTF8([]byte(cell))
	text, _ := b.finish("utf-8")
	return text
}

// utf8Row turns a row of another encoding into UTF-8 and names the encoding: the one that is given, or else that which
// the bytes look like. A row that is UTF-8 but for some bad bytes stays as it is.
func utf8Row(row []byte, given string) ([]byte, string) {
	if utf8.Valid(row) {
		return row, "utf-8"
	}
	encoding := given
	if encoding == "" {
		encoding = guess(row)
	}
	if encoding == "utf-8" {
		return row, encoding
	}
	b := newBuilder(len(row))
	b.decode(row, encoding)
	return []byte(b.String()), encoding
}
