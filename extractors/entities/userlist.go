package entities

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// byUser is what decided on the mentions of a UserList.
const byUser = "user/gazetteer"

// A UserList is a list of names that somebody made for their articles; Stage.WithList puts it to use. A name stands for
// the same words in one sentence of an article, the longest at each place: capitals count, and the kind of apostrophe
// and a full stop after a word do not. Its mentions have the By user/gazetteer and the confidence 1. A UserList is
// immutable and safe for concurrent use.
type UserList struct{ root userNode }

// A userNode is a place in the tree of names: their tokens lead to it.
type userNode struct {
	next map[string]*userNode
	name *userName // nil if no name ends here
}

type userName struct {
	typ       annot.Type
	canonical string
	line      int
}

// maxListFaults is the number of faults of one list that are reported.
const maxListFaults = 20

// LoadUserList reads a list of names, one a line: the name, its type (PER, LOC, ORG or MISC) and, if it is to be known
// by another name, that canonical name. If the file's name ends in .csv, commas separate the columns and quotation
// marks may enclose each, else tabs do. Empty lines, lines that start with #, and a first line whose second column
// is type are left out. The error names the file and the line of every fault, up to a limit.
func LoadUserList(r io.Reader, name string) (*UserList, error) {
	l := &UserList{}
	var errs []error
	add := func(line int, columns []string) {
		if err := l.add(line, columns); err != nil && len(errs) < maxListFaults {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, line, err))
		}
	}
	read := readTSV
	if strings.EqualFold(path.Ext(name), ".csv") {
		read = readCSV
	}
	if err := read(r, add); err != nil {
		if at := (*csv.ParseError)(nil); errors.As(err, &at) {
			err = fmt.Errorf("%s:%d: %w; double a quotation mark within quotation marks", name, at.StartLine, at.Err)
		} else {
			err = fmt.Errorf("%s: %w", name, err)
		}
		errs = append(errs, err)
	}
	if len(errs) == 0 && l.root.next == nil {
		errs = append(errs, fmt.Errorf("%s: no names; write a name and its type on each line", name))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return l, nil
}

func readTSV(r io.Reader, add func(line int, columns []string)) error {
	in := bufio.NewReader(r)
	for line := 1; ; line++ {
		text, err := in.ReadString('\n')
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if text = strings.TrimRight(text, "\r\n"); strings.TrimSpace(text) != "" && text[0] != '#' {
			add(line, strings.Split(text, "\t"))
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func readCSV(r io.Reader, add func(line int, columns []string)) error {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		in.Discard(3)
	}
	records := csv.NewReader(in)
	records.FieldsPerRecord, records.Comment, records.TrimLeadingSpace = -1, '#', true
	for {
		columns, err := records.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := records.FieldPos(0)
		add(line, columns)
	}
}

// add adds the name of a line to the tree.
func (l *UserList) add(line int, columns []string) error {
	for i := range columns {
		if !utf8.ValidString(columns[i]) {
			return errors.New("not UTF-8; save the file as UTF-8")
		}
		columns[i] = strings.TrimSpace(columns[i])
	}
	if len(columns) > 1 && l.root.next == nil && strings.EqualFold(columns[1], "type") {
		return nil // the names of the columns
	}
	switch {
	case len(columns) < 2:
		return fmt.Errorf("no type after %q; write PER, LOC, ORG or MISC in the second column", columns[0])
	case len(columns) > 3:
		return fmt.Errorf("%d columns; write name, type and, if you want, the canonical name", len(columns))
	case columns[0] == "":
		return errors.New("no name; write it in the first column")
	}
	t, ok := annot.ParseType(columns[1])
	if !ok {
		return fmt.Errorf("unknown type %q; use PER, LOC, ORG or MISC", columns[1])
	}
	x := &userName{typ: t, line: line}
	if len(columns) == 3 {
		x.canonical = columns[2]
	}
	node := &l.root
	for _, tok := range segment.Tokenize(columns[0], nil) {
		if node.next == nil {
			node.next = map[string]*userNode{}
		}
		word := bare(columns[0][tok.Start:tok.End])
		child := node.next[word]
		if child == nil {
			child = &userNode{}
			node.next[word] = child
		}
		node = child
	}
	if old := node.name; old != nil && (old.typ != x.typ || old.canonical != x.canonical) {
		return fmt.Errorf("%q has another type or canonical name in line %d; keep one", columns[0], old.line)
	}
	if node.name == nil {
		node.name = x
	}
	return nil
}

// straightApostrophes makes apostrophes straight.
var straightApostrophes = strings.NewReplacer("’", "'", "ʼ", "'")

// bare makes a curly apostrophe straight and drops a full stop after a word, since articles do either: Inc, Inc.
func bare(word string) string {
	if n := len(word) - 1; n > 0 && word[n] == '.' {
		word = word[:n]
	}
	return straightApostrophes.Replace(word)
}

// find returns the names of the list in d, the longest at each place. They are made of whole tokens of one sentence;
// capitals count, and the kind of apostrophe and a full stop after a word do not.
func (l *UserList) find(d *annot.Document) []annot.Mention {
	var found []annot.Mention
	for _, s := range d.Sentences {
		for i := s.FirstToken; i < s.EndToken; {
			x, end := l.longest(d, i, s.EndToken)
			if x == nil {
				i++
				continue
			}
			found = append(found, annot.Mention{
				Span: annot.Span{Start: d.Tokens[i].Start, End: d.Tokens[end-1].End},
				Type: x.typ, By: byUser, Confidence: 1,
			})
			i = end
		}
	}
	return found
}

// longest returns the longest name at token i and the token after it. It reads no more tokens than the longest name of
// the list has, so the whole stays linear in the article.
func (l *UserList) longest(d *annot.Document, i, limit int) (x *userName, end int) {
	node := &l.root
	for k := i; k < limit; k++ {
		if node = node.next[bare(d.Slice(d.Tokens[k].Span))]; node == nil {
			break
		}
		if node.name != nil {
			x, end = node.name, k+1
		}
	}
	return x, end
}

// canonical returns the canonical name that the list gives to the tokens [first, end) of d, or "".
func (l *UserList) canonical(d *annot.Document, first, end int) string {
	if x, n := l.longest(d, first, end); x != nil && n == end {
		return x.canonical
	}
	return ""
}
