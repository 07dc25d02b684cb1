package crf

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteChances writes a document with what an ensemble makes of it, for ReadChances: a line for each token, of the token
// and the labels with their probabilities in thousandths, set apart by tabs.
func (en Ensemble) WriteChances(w io.Writer, d Doc) error {
	lines := make([]string, len(d.Tokens))
	var b strings.Builder
	_, err := en.Tag(d, nil, func(i int, list []Chance) {
		b.Reset()
		b.WriteString(d.Tokens[i])
		for _, c := range list {
			fmt.Fprintf(&b, "\t%s %d", c.Label, int(c.P*1000+0.5))
		}
		lines[i] = b.String()
	})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	out.WriteString(docStart + "\tO\n\n")
	d.sentences(func(first, end int) {
		for _, l := range lines[first:end] {
			out.WriteString(l + "\n")
		}
		out.WriteByte('\n')
	})
	return out.Flush()
}

// ReadChances reads what WriteChances wrote. An error names the data set and the line.
func ReadChances(r io.Reader, name string) (Dataset, error) {
	set := Dataset{Name: name}
	var doc Sample
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	endDoc := func() {
		if len(doc.Tokens) > 0 {
			doc.Labels = make([]Label, len(doc.Tokens))
			set.Docs = append(set.Docs, doc)
		}
		doc = Sample{}
	}
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" {
			if k := len(doc.Tokens); k > 0 && (len(doc.Sentences) == 0 || doc.Sentences[len(doc.Sentences)-1] < k) {
				doc.Sentences = append(doc.Sentences, k)
			}
			continue
		}
		cols := strings.Split(line, "\t")
		if cols[0] == docStart {
			endDoc()
			continue
		}
		var list []Chance
		for _, c := range cols[1:] {
			l, p, _ := strings.Cut(c, " ")
			label, ok := parseLabel(l)
			v, err := strconv.Atoi(p)
			if !ok || err != nil || v < 0 || v > 1000 {
				return Dataset{}, fmt.Errorf("%s:%d: no label and probability in %q; write the file with WriteChances", name, n, clip(c))
			}
			list = append(list, Chance{label, float32(v) / 1000})
		}
		if len(list) == 0 {
			return Dataset{}, fmt.Errorf("%s:%d: no label in %q; write the file with WriteChances", name, n, clip(line))
		}
		doc.Tokens = append(doc.Tokens, strings.Clone(cols[0]))
		doc.Chances = append(doc.Chances, list)
	}
	if err := lines.Err(); err != nil {
		return Dataset{}, fmt.Errorf("%s: %w", name, err)
	}
	endDoc()
	return set, nil
}

// parseLabel reads what Label.String writes.
func parseLabel(s string) (Label, bool) {
	for l := range Label(labels) {
		if l.String() == s {
			return l, true
		}
	}
	return O, false
}
