package attribution

import (
	"bufio"
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

// A ReportModel says how likely a report is an indirect quote with the right source: a logistic regression over its
// features. It is immutable and safe for concurrent use.
type ReportModel struct {
	weights   map[string]float64
	threshold float64
	id        string
}

//go:embed indirect.tsv
var reportWeights string

var reportModel = sync.OnceValues(func() (*ReportModel, error) { return ReadReportModel(strings.NewReader(reportWeights)) })

// DefaultReportModel returns the embedded model, always the same one.
func DefaultReportModel() (*ReportModel, error) { return reportModel() }

// thresholdName is the line of the file that holds the least confidence of an indirect quote.
const thresholdName = "threshold"

// ReadReportModel reads a model as Write writes it.
func ReadReportModel(r io.Reader) (*ReportModel, error) {
	m := &ReportModel{weights: map[string]float64{}}
	sum := crc32.NewIEEE()
	lines := bufio.NewScanner(io.TeeReader(r, sum))
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
	m.id = fmt.Sprintf("reports-%08x", sum.Sum32())
	if m.threshold <= 0 || m.threshold >= 1 {
		return nil, errors.New("weights of indirect quotes: no threshold between 0 and 1")
	}
	return m, nil
}

// ID names the model by a hash of its weights: reports-1f2e3d4c.
func (m *ReportModel) ID() string { return m.id }

// Write writes the model as lines of name and weight, sorted.
func (m *ReportModel) Write(w io.Writer) error {
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

// Confidence returns the probability that a report with these features is right.
func (m *ReportModel) Confidence(features []string) float64 {
	sum := 0.0
	for _, name := range features {
		sum += m.weights[name]
	}
	return math.Round(1000/(1+math.Exp(-sum))) / 1000
}
