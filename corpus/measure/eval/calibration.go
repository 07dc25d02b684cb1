package eval

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A decision is one quote that was attributed to somebody, and whether the gold agrees.
type decision struct {
	confidence float64
	verdict
}

// A Calibration tells how far the confidences of attributed quotes are what they say.
type Calibration struct {
	// NameError is the expected calibration error (Guo et al. 2017) over ten bins of equal width, as a share: the mean
	// difference, weighted by the number of quotes, between confidence and the share of right names, which is what
	// confidences are of. Error is the same for right mentions of the speaker.
	Error     float64 `json:"error"`
	NameError float64 `json:"name_error"`
	// Bins are those of the reliability table that hold quotes.
	Bins []Bin `json:"bins"`
	// Thresholds tell what is left, and how much of it is right, if less confident attributions are withheld.
	Thresholds []Bin `json:"thresholds"`
}

// A Bin is the quotes with a confidence from From up to To: To itself belongs to the next one, but for 1.
type Bin struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	// Quotes is their number, Mean their mean confidence, Right and Named the numbers of right speakers and names.
	Quotes int     `json:"quotes"`
	Mean   float64 `json:"mean"`
	Right  int     `json:"right"`
	Named  int     `json:"named"`
}

// binEdges are finer where most quotes are.
var binEdges = []float64{0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1}

// thresholds are what a user may ask for.
var thresholds = []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99}

func calibrate(list []decision) *Calibration {
	if len(list) == 0 {
		return nil
	}
	c := &Calibration{}
	for i := range 10 {
		b := collect(list, float64(i)/10, float64(i+1)/10)
		n := float64(len(list))
		c.Error += math.Abs(b.Mean*float64(b.Quotes)-float64(b.Right)) / n
		c.NameError += math.Abs(b.Mean*float64(b.Quotes)-float64(b.Named)) / n
	}
	for i := 1; i < len(binEdges); i++ {
		if b := collect(list, binEdges[i-1], binEdges[i]); b.Quotes > 0 {
			c.Bins = append(c.Bins, b)
		}
	}
	for _, t := range thresholds {
		if b := collect(list, t, 1); b.Quotes > 0 {
			c.Thresholds = append(c.Thresholds, b)
		}
	}
	return c
}

func collect(list []decision, from, to float64) Bin {
	b := Bin{From: from, To: to}
	for _, d := range list {
		if d.confidence < from || d.confidence >= to && to < 1 {
			continue
		}
		b.Quotes++
		b.Mean += d.confidence
		if d.right {
			b.Right++
		}
		if d.named {
			b.Named++
		}
	}
	if b.Quotes > 0 {
		b.Mean /= float64(b.Quotes)
	}
	return b
}

// text writes the tables, and the reliability as a plot of characters.
func (c *Calibration) text(b *strings.Builder) {
	row := func(first string, x Bin, all int) []string {
		return []string{first, fmt.Sprint(x.Quotes), percent(x.Quotes, all), fmt.Sprintf("%.1f", 100*x.Mean), percent(x.Right, x.Quotes), percent(x.Named, x.Quotes)}
	}
	all := c.Thresholds[0].Quotes
	rows := [][]string{{"confidence", "quotes", "%", "mean", "right %", "named %"}}
	for _, x := range c.Bins {
		rows = append(rows, row(fmt.Sprintf("%.2f–%.2f", x.From, x.To), x, all))
	}
	b.WriteByte('\n')
	table(b, rows)
	fmt.Fprintf(b, "expected calibration error: %.3f for names, %.3f for mentions of speakers\n\n", c.NameError, c.Error)
	rows = [][]string{{"at least", "quotes", "%", "mean", "right %", "named %"}}
	for _, x := range c.Thresholds {
		rows = append(rows, row(fmt.Sprintf("%.2f", x.From), x, all))
	}
	table(b, rows)
	c.plot(b)
}

// plot draws the share of right names (o) over the mean confidence of each bin; the dots are where both are equal.
func (c *Calibration) plot(b *strings.Builder) {
	const width, height = 61, 13
	var grid [height][]byte
	for y := range grid {
		grid[y] = slices.Repeat([]byte{' '}, width)
	}
	at := func(x, y float64, mark byte) {
		grid[height-1-int(math.Round(y*(height-1)))][int(math.Round(x*(width-1)))] = mark
	}
	for i := range width {
		x := float64(i) / (width - 1)
		at(x, x, '.')
	}
	for _, x := range c.Bins {
		at(x.Mean, float64(x.Named)/float64(x.Quotes), 'o')
	}
	b.WriteString("\nnamed\n")
	for y := range grid {
		fmt.Fprintf(b, "%4.2f |%s\n", float64(height-1-y)/(height-1), strings.TrimRight(string(grid[y]), " "))
	}
	b.WriteString("     +" + strings.Repeat("-", width) + "\n      0" + strings.Repeat(" ", width-13) + "confidence 1\n")
}
