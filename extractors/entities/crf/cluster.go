package crf

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// levels is the number of sizes of cluster that a word has in one clustering, from coarse to fine.
const levels = 4

// maxClusterings is the greatest number of clusterings of a model.
const maxClusterings = 4

// A Clustering groups words by the company that they keep, at four sizes of group. It is part of a model.
type Clustering struct {
	// Fold says that the words are in lower case.
	Fold bool
	// Words are the words and Leaf the finest group of each, an index into Groups.
	Words []string
	Leaf  []uint16
	// Groups are the names of the groups that a finest group lies in, coarse to fine; 0 is none.
	Groups [][levels]uint16
}

// ReadPaths reads lines of a bit path, a tab and a word, and makes groups of the first 4, 6 and 8 bits and of the whole
// path. An error names the list and the line.
func ReadPaths(r io.Reader, name string, fold bool) (Clustering, error) {
	c := Clustering{Fold: fold}
	leaves := map[string]uint16{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		path, word, ok := strings.Cut(lines.Text(), "\t")
		if !ok || path == "" || strings.Trim(path, "01") != "" {
			return c, fmt.Errorf("%s:%d: no bit path; write a path of 0 and 1, a tab and the word", name, n)
		}
		leaf, ok := leaves[path]
		if !ok {
			if len(leaves) == 1<<16-2 {
				return c, fmt.Errorf("%s:%d: too many clusters; give at most %d", name, n, 1<<16-2)
			}
			leaf = uint16(len(leaves))
			leaves[path] = leaf
			c.Groups = append(c.Groups, [levels]uint16{prefix(path, 4), prefix(path, 6), prefix(path, 8), leaf + 1})
		}
		c.Words = append(c.Words, word)
		c.Leaf = append(c.Leaf, leaf)
	}
	return c, lines.Err()
}

// prefix returns the first n bits after a leading 1.
func prefix(path string, n int) uint16 {
	v := uint16(1)
	for i := 0; i < min(n, len(path)); i++ {
		v = v<<1 | uint16(path[i]-'0')
	}
	return v
}

// ReadVectors reads a list of words, one a line, and as many vectors of dim signed bytes.
func ReadVectors(words, vectors io.Reader, dim int) ([]string, []int8, error) {
	var list []string
	lines := bufio.NewScanner(words)
	for lines.Scan() {
		list = append(list, lines.Text())
	}
	if err := lines.Err(); err != nil {
		return nil, nil, err
	}
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(vectors); err != nil {
		return nil, nil, err
	}
	if buf.Len() != len(list)*dim {
		return nil, nil, fmt.Errorf("%d bytes of vectors for %d words; give %d bytes a word", buf.Len(), len(list), dim)
	}
	vec := make([]int8, buf.Len())
	for i, b := range buf.Bytes() {
		vec[i] = int8(b)
	}
	return list, vec, nil
}

// append appends the clustering as a section of the model file.
func (c *Clustering) append(dst []byte) []byte {
	fold := uint32(0)
	if c.Fold {
		fold = 1
	}
	dst = binary.LittleEndian.AppendUint32(dst, fold)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(c.Groups)))
	for _, g := range c.Groups {
		for _, v := range g {
			dst = binary.LittleEndian.AppendUint16(dst, v)
		}
	}
	records := make([]record, len(c.Words))
	for i, w := range c.Words {
		f := foldWord(w)
		records[i].hash = f.exact
		if c.Fold {
			records[i].hash = f.lower
		}
		records[i].value = binary.LittleEndian.AppendUint16(nil, c.Leaf[i])
	}
	return appendTable(dst, records, 2)
}

// A clusters is a Clustering in the model file.
type clusters struct {
	fold   bool
	groups []byte
	words  table
}

// openClusters opens the clustering at the front of data and returns the rest.
func openClusters(data []byte) (clusters, []byte, error) {
	if len(data) < 8 {
		return clusters{}, nil, errDamaged
	}
	fold, n := binary.LittleEndian.Uint32(data), int(binary.LittleEndian.Uint32(data[4:]))
	data = data[8:]
	if fold > 1 || n > 1<<16 || n*levels*2 > len(data) {
		return clusters{}, nil, errDamaged
	}
	c := clusters{fold: fold == 1, groups: data[:n*levels*2]}
	var err error
	c.words, data, err = openTable(data[n*levels*2:], 2)
	return c, data, err
}

// find returns the groups of a word by its hash; all 0 if it is not listed.
func (c *clusters) find(h uint64) (g [levels]uint16) {
	v := c.words.find(h)
	if v == nil {
		return g
	}
	at := int(binary.LittleEndian.Uint16(v)) * levels * 2
	if at+levels*2 > len(c.groups) {
		return g
	}
	for i := range g {
		g[i] = binary.LittleEndian.Uint16(c.groups[at+2*i:])
	}
	return g
}
