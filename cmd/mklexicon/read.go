package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// readTSV calls row for every line of a file, compressed if its name ends in .gz, but the first if header is set and
// those that start with "#". Missing columns at the end are empty.
func readTSV(fsys fs.FS, name string, columns int, header bool, row func(c []string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		defer z.Close()
		r = z
	}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if n == 1 && header || lines.Text() == "" || lines.Text()[0] == '#' {
			continue
		}
		c := strings.Split(lines.Text(), "\t")
		for len(c) < columns {
			c = append(c, "")
		}
		if err := row(c); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// number returns the number in a column; an empty column is 0.
func number(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return n, nil
}

// numbers returns the numbers in several columns.
func numbers(c []string) ([]int, error) {
	ns := make([]int, len(c))
	for i := range c {
		n, err := number(c[i])
		if err != nil {
			return nil, err
		}
		ns[i] = n
	}
	return ns, nil
}
