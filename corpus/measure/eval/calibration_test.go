package eval

import (
	"math"
	"strings"
	"testing"
)

func decisions(confidence float64, right, wrong int) (list []decision) {
	for i := range right + wrong {
		list = append(list, decision{confidence, verdict{right: i < right, named: i < right/2}})
	}
	return list
}

func TestCalibrate(t *testing.T) {
	if calibrate(nil) != nil {
		t.Error("no decisions have a calibration")
	}
	c := calibrate(append(decisions(0.75, 3, 1), decisions(0.95, 8, 2)...))
	// The first four are as right as they say; of the ten others 0.80 are, of 0.95.
	if want := 0.15 * 10 / 14; math.Abs(c.Error-want) > 1e-9 {
		t.Errorf("calibration error %v, want %v", c.Error, want)
	}
	if len(c.Bins) != 2 || c.Bins[0].Quotes != 4 || c.Bins[0].Right != 3 || c.Bins[1].From != 0.95 || c.Bins[1].Named != 4 {
		t.Errorf("bins %+v", c.Bins)
	}
	if first := c.Thresholds[0]; first.Quotes != 14 || first.Right != 11 {
		t.Errorf("all quotes: %+v", first)
	}
	if last := c.Thresholds[len(c.Thresholds)-1]; last.From != 0.95 || last.Quotes != 10 {
		t.Errorf("the last threshold that leaves quotes: %+v", last)
	}
	if one := calibrate(decisions(1, 1, 0)); len(one.Bins) != 1 || one.Bins[0].Quotes != 1 || one.Error != 0 {
		t.Errorf("a certain decision: %+v", one)
	}
}

func TestCalibrationText(t *testing.T) {
	var b strings.Builder
	calibrate(append(decisions(0.75, 3, 1), decisions(0.95, 8, 2)...)).text(&b)
	for _, want := range []string{
		"0.70–0.80        4   28.6  75.0     75.0     25.0\n", "0.95–0.98       10   71.4  95.0     80.0     40.0\n",
		"expected calibration error: 0.536 for names, 0.107 for mentions of speakers", "0.95          10   71.4  95.0     80.0     40.0\n", "1.00 |", "0.00 |.",
	} {
		if !strings.Contains(strings.Join(strings.Fields(b.String()), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
