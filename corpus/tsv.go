package corpus

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// tsv reads a table with tabs. There are two customs, which the files themselves must tell apart: spreadsheets and
// pandas put cells in quotes as in CSV, and IANA's text/tab-separated-values, which Miller writes, has one row per
// line and the escapes \t, \n, \r and \\. A cell counts as a quoted one if a mark opens it and the mark that closes it
// comes before a tab or the end of a line; any other cell is literal but for its escapes, so that an article that
// begins with a quotation mark stays whole. A quoted cell may run over several lines, unless one of them is a
// whole row by its tabs: then the mark was a literal one, and from there on each line is a row.
func (r *reader) tsv(in io.Reader) bool {
	return r.table(in, func(b *bufio.Reader, _ []byte) rowReader {
		return &tabRows{b: b, max: r.max, encoding: r.opt.Encoding}
	})
}

// tabRows reads the rows of a file with tabs.
type tabRows struct {
	b        *bufio.Reader
	max      int64
	encoding string // of the options
	columns  int    // of the header; 0 while it is not read
	literal  bool   // each line is a row
	line     int
	ahead    []tabLine // lines that were read but not returned
}

type tabLine struct {
	text []byte
	long bool
	err  error
}

func (s *tabRows) read() tabLine {
	if len(s.ahead) > 0 {
		l := s.ahead[0]
		s.ahead = s.ahead[1:]
		return l
	}
	text, long, err := readLine(s.b, s.max)
	return tabLine{text, long, err}
}

// next returns the next row without its end, and its first line; see rowReader.
func (s *tabRows) next() (row []byte, line int, long bool, err error) {
	first := s.read()
	s.line++
	line = s.line
	row, long, err = bytes.TrimSuffix(first.text, []byte("\r")), first.long, first.err
	if s.columns == 0 || s.literal || long || err != nil {
		return row, line, long, err
	}
	if open, _ := rowState(string(row), false); !open {
		return row, line, false, nil
	}
	joined, size := first.text, int64(len(first.text))
	var taken []tabLine
	for {
		l := s.read()
		taken = append(taken, l)
		size += int64(len(l.text)) + 1
		wholeRow := s.columns > 1 && bytes.Count(l.text, []byte("\t")) == s.columns-1
		if l.long || size > s.max || l.err != nil && l.err != io.EOF || wholeRow {
			break
		}
		joined = append(append(joined, '\n'), l.text...)
		open, quoted := rowState(string(l.text), true)
		if quoted && !open {
			s.line += len(taken)
			return bytes.TrimSuffix(joined, []byte("\r")), line, false, l.err
		}
		if !quoted || l.err != nil {
			break
		}
	}
	s.literal = true // which also keeps the time linear: no line is looked at three times
	s.ahead = append(taken, s.ahead...)
	return row, line, long, err
}

// rowState looks at a line that begins a row, or goes on within a quoted cell. open reports whether it ends within a
// quoted cell, quoted whether the cell that it began in was a quoted one.
func rowState(line string, inside bool) (open, quoted bool) {
	rest := strings.TrimSuffix(line, "\r")
	if inside {
		_, after, closed := quotedCell(`"` + rest)
		if !closed {
			return after == "", after == ""
		}
		rest = after
	}
	for {
		if strings.HasPrefix(rest, `"`) {
			_, after, closed := quotedCell(rest)
			if !closed && after == "" {
				return true, true
			}
			if closed {
				rest = after
			}
		}
		_, after, more := strings.Cut(rest, "\t")
		if !more {
			return false, true
		}
		rest = after
	}
}

// quotedCell returns the content of the quoted cell that rest starts with, and what follows: a tab or nothing. Without
// closed it is no quoted cell, or, if after is empty, it does not end.
func quotedCell(rest string) (inside, after string, closed bool) {
	end := 1
	for {
		i := strings.IndexByte(rest[end:], '"')
		if i < 0 {
			return "", "", false
		}
		end += i + 1
		switch tail := rest[end:]; {
		case strings.HasPrefix(tail, `"`):
			end++
		case tail == "" || tail[0] == '\t':
			return strings.ReplaceAll(rest[1:end-1], `""`, `"`), tail, true
		default:
			return "", tail, false
		}
	}
}

func (s *tabRows) header(row []byte, _ int) (names []string, err error) {
	text, _ := utf8Row(row, s.encoding)
	names = tabCells(string(text), false)
	s.columns = len(names)
	return names, nil
}

// cells returns the cells of a row, literal ones if the others do not fit the header.
func (s *tabRows) cells(row []byte, _ *table, _ int) (cells []string, encoding string, err error) {
	row, encoding = utf8Row(row, s.encoding)
	text := strings.TrimSuffix(string(row), "\r")
	if !s.literal {
		cells = tabCells(text, false)
		if len(cells) == s.columns || strings.Count(text, "\t")+1 != s.columns {
			return cells, encoding, nil
		}
	}
	return tabCells(text, true), encoding, nil
}

// tabCells returns the cells of a row. In a literal one quotation marks mean themselves.
func tabCells(row string, literal bool) []string {
	var cells []string
	for {
		if !literal && strings.HasPrefix(row, `"`) {
			if inside, after, closed := quotedCell(row); closed {
				cells = append(cells, inside)
				if after == "" {
					return cells
				}
				row = after[1:]
				continue
			}
		}
		cell, after, more := strings.Cut(row, "\t")
		cells = append(cells, tabEscapes.Replace(cell))
		if !more {
			return cells
		}
		row = after
	}
}

// tabEscapes are those of IANA's text/tab-separated-values as Miller writes them.
var tabEscapes = strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\r`, "\r", `\\`, `\`)
