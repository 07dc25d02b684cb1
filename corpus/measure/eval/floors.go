package eval

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// A Floor is the least value in percent that a figure must have.
type Floor struct {
	Name string
	Min  float64
}

// ReadFloors reads a YAML mapping of figure names to values in percent, and keeps its order.
func ReadFloors(data []byte) ([]Floor, error) {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&doc); err != nil {
		if err == io.EOF {
			return nil, nil
		}
		return nil, err
	}
	m := doc.Content[0]
	if m.Kind == yaml.ScalarNode && m.Tag == "!!null" {
		return nil, nil
	}
	if m.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: not a mapping; write one line for each figure, as in quotes.precision: 90", m.Line)
	}
	var floors []Floor
	var errs []error
	seen := map[string]bool{}
	for i := 0; i+1 < len(m.Content); i += 2 {
		key, value := m.Content[i], m.Content[i+1]
		f := Floor{Name: key.Value}
		switch err := value.Decode(&f.Min); {
		case err != nil || !(f.Min >= 0 && f.Min <= 100):
			errs = append(errs, fmt.Errorf("line %d: %s: %q is no value in percent; give a number from 0 to 100", value.Line, key.Value, value.Value))
		case seen[f.Name]:
			errs = append(errs, fmt.Errorf("line %d: %s is there twice; keep one", key.Line, key.Value))
		default:
			floors = append(floors, f)
		}
		seen[f.Name] = true
	}
	return floors, errors.Join(errs...)
}

// Below returns, as messages, the figures of r that are below their floors. The error names the floors whose figure is
// not in the report or had nothing to count.
func (r *Report) Below(floors []Floor) (below []string, err error) {
	var errs []error
	for _, floor := range floors {
		f, ok := r.Figure(floor.Name)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("no figure %q in this report; correct the name, or measure what it belongs to", floor.Name))
		case f.Of == 0:
			errs = append(errs, fmt.Errorf("figure %q counted nothing; the gold has nothing that it measures", floor.Name))
		case f.Value() < floor.Min:
			below = append(below, fmt.Sprintf("%s is %.2f (%d of %d), below its floor of %g", f.Name, f.Value(), f.Right, f.Of, floor.Min))
		}
	}
	return below, errors.Join(errs...)
}
