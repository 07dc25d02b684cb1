package indirect

import (
	"bufio"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Model says how likely a report is an indirect quote with the right source: a logistic regression over its
// features. It is immutable and safe for concurrent use.
type Model struct {
	weights   map[string]float64
	threshold float64
	id        string
}

//go:embed indirect.tsv
var embedded []byte

var defaultModel = sync.OnceValues(func() (*Model, error) { return Open(embedded) })

// Default returns the embedded model, always the same one. It is read on the first call.
func Default() (*Model, error) { return defaultModel() }

// thresholdName is the line of the file that holds the least confidence of an indirect quote.
const thresholdName = "threshold"

// Open reads a model that Write has written; it keeps nothing of data. It returns an error that names the line at fault.
func Open(data []byte) (*Model, error) {
	m := &Model{weights: map[string]float64{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		name, value, ok := strings.Cut(lines.Text(), "\t")
		weight, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil || math.IsNaN(weight) || math.IsInf(weight, 0) {
			return nil, fmt.Errorf("weights of indirect quotes, line %d: give a name, a tab and a number", n)
		}
		if name == thresholdName {
			m.threshold = weight
		} else {
			m.weights[name] = weight
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	m.id = fmt.Sprintf("reports-%08x", crc32.ChecksumIEEE(data))
	if m.threshold <= 0 || m.threshold >= 1 {
		return nil, errors.New("weights of indirect quotes: no threshold between 0 and 1")
	}
	return m, nil
}

// ID names the model by a hash of its weights: reports-1f2e3d4c.
func (m *Model) ID() string { return m.id }

// Write writes the model as lines of name and weight, sorted.
func (m *Model) Write(w io.Writer) error {
	lines := []string{fmt.Sprintf("%s\t%.2f", thresholdName, m.threshold)}
	for name, weight := range m.weights {
		if s := fmt.Sprintf("%.2f", weight); s != "0.00" && s != "-0.00" {
			lines = append(lines, name+"\t"+s)
		}
	}
	slices.Sort(lines)
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// Confidence returns the probability, between 0 and 1, that a report with these features is right.
func (m *Model) Confidence(features []string) float64 {
	sum := 0.0
	for _, name := range features {
		sum += m.weights[name]
	}
	return math.Round(1000/(1+math.Exp(-sum))) / 1000
}
