package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
)

// A Report is the result of a measurement. Its rendering depends on nothing but its content.
type Report struct {
	// Articles and Cases are how many gold articles and taxonomy cases were scored; Skipped cases start from HTML.
	Articles int `json:"articles"`
	Cases    int `json:"cases"`
	Skipped  int `json:"cases_skipped"`
	// Figures are in a fixed order; a figure that nothing was counted for has Of 0.
	Figures []Figure `json:"figures"`
	// Confusion counts the gold and found mentions by what is wrong with them.
	Confusion Confusion `json:"confusion"`
	// Attributions and Recognizers tell how each rule did, sorted by By.
	Attributions []Rule `json:"attributions"`
	Recognizers  []Rule `json:"recognizers"`
	// Indirect tells the same of indirect quotes, if they were scored.
	Indirect []Rule `json:"indirect,omitempty"`
	// Slices are the figures of parts of the quotes, sorted by what is compared and its value.
	Slices []Slice `json:"slices"`
	// KeptOut are the stretches that are no quotes, by reason.
	KeptOut []KeptOut `json:"kept_out,omitempty"`
	// Calibration is nil if no quote is attributed.
	Calibration *Calibration `json:"calibration"`
	// Errors are the first of each kind, the kinds in order of their names.
	Errors []Errors `json:"errors"`
}

// A Figure is a share in percent: Right of Of. An F1 is written as such a share too: twice the right ones of all in the
// gold and all found. Higher is better for all of them but speaker.unattributed.
type Figure struct {
	Name  string `json:"name"`
	Right int    `json:"right"`
	Of    int    `json:"of"`
}

// Value returns the figure in percent; 0 if nothing was counted.
func (f Figure) Value() float64 {
	if f.Of == 0 {
		return 0
	}
	return 100 * float64(f.Right) / float64(f.Of)
}

// Margin returns half the width of the 95 % interval in percentage points, by the normal approximation.
func (f Figure) Margin() float64 {
	if f.Of == 0 {
		return 0
	}
	p := float64(f.Right) / float64(f.Of)
	return 196 * math.Sqrt(p*(1-p)/float64(f.Of))
}

// MarshalJSON adds the value, null if nothing was counted.
func (f Figure) MarshalJSON() ([]byte, error) {
	var value any
	if f.Of > 0 {
		value = math.Round(f.Value()*100) / 100
	}
	return json.Marshal(struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
		Right int    `json:"right"`
		Of    int    `json:"of"`
	}{f.Name, value, f.Right, f.Of})
}

// Figure returns the figure of that name.
func (r *Report) Figure(name string) (Figure, bool) {
	for _, f := range r.Figures {
		if f.Name == name {
			return f, true
		}
	}
	return Figure{}, false
}

// A Rule tells how one rule did.
type Rule struct {
	By string `json:"by"`
	// Fired is how often the rule decided, Judged how many of its decisions the gold can judge.
	Fired  int `json:"fired"`
	Judged int `json:"judged"`
	// Right is how many of those are right: the speaker's mention overlaps that of the gold, or there is no speaker and
	// should be none; for mentions of entities, span and type are exact.
	Right int `json:"right"`
	// Named is how many of the right ones led to the right canonical name too, or to none where none is known.
	Named int `json:"named"`
}

// Errors are the errors of one kind: how many there are, and the first of them.
type Errors struct {
	Kind  string  `json:"kind"`
	Count int     `json:"count"`
	First []Error `json:"first"`
}

// An Error is one difference between gold and document.
type Error struct {
	Article string `json:"article"`
	Text    string `json:"text"`
	Want    string `json:"want"`
	Got     string `json:"got"`
	By      string `json:"by"`
}

// JSON writes the report as one indented JSON object. Lists are never null.
func (r *Report) JSON(w io.Writer) error {
	all := *r
	all.Figures = append([]Figure{}, r.Figures...)
	all.Attributions = append([]Rule{}, r.Attributions...)
	all.Slices = append([]Slice{}, r.Slices...)
	all.Recognizers = append([]Rule{}, r.Recognizers...)
	all.Errors = append([]Errors{}, r.Errors...)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(all)
}

// Parts are the tables of a report that are written on demand.
type Parts struct{ Rules, Slices, Calibration bool }

// Text writes the report as aligned tables; parts adds some. Figures that nothing was counted for are left out.
func (r *Report) Text(w io.Writer, parts Parts) error {
	var b strings.Builder
	fmt.Fprintf(&b, "articles %d, taxonomy cases %d", r.Articles, r.Cases)
	if r.Skipped > 0 {
		fmt.Fprintf(&b, " (HTML cases skipped %d)", r.Skipped)
	}
	b.WriteString("\n\n")
	rows := [][]string{{"figure", "%", "±", "right", "of"}}
	group := ""
	for _, f := range r.Figures {
		if f.Of > 0 {
			if head, _, _ := strings.Cut(f.Name, "."); head != group {
				rows, group = append(rows, nil), head
			}
			rows = append(rows, []string{f.Name, fmt.Sprintf("%.1f", f.Value()), fmt.Sprintf("%.1f", f.Margin()), fmt.Sprint(f.Right), fmt.Sprint(f.Of)})
		}
	}
	table(&b, rows)
	if r.Confusion != (Confusion{}) {
		b.WriteByte('\n')
		r.Confusion.table(&b)
	}
	if parts.Slices {
		slicesText(&b, r.Slices)
		keptOutText(&b, r.KeptOut)
	}
	if parts.Calibration && r.Calibration != nil {
		r.Calibration.text(&b)
	}
	if parts.Rules {
		rules(&b, "attribution", r.Attributions)
		rules(&b, "recognizer", r.Recognizers)
		rules(&b, "indirect", r.Indirect)
	}
	errorLists(&b, r.Errors)
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes the counts.
func (c Confusion) table(b *strings.Builder) {
	table(b, [][]string{{"mentions", "n"}, {"exact", fmt.Sprint(c.Exact)}, {"wrong type", fmt.Sprint(c.Type)}, {"wrong boundary", fmt.Sprint(c.Boundary)},
		{"both wrong", fmt.Sprint(c.Both)}, {"missed", fmt.Sprint(c.Missed)}, {"spurious", fmt.Sprint(c.Spurious)}})
}

// errorLists writes the first errors of each kind.
func errorLists(b *strings.Builder, list []Errors) {
	for _, e := range list {
		if len(e.First) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n%s: %d\n", e.Kind, e.Count)
		for _, x := range e.First {
			fmt.Fprintf(b, "  %s: %s", x.Article, x.Text)
			if x.Want != "" || x.Got != "" {
				fmt.Fprintf(b, ": want %s, got %s", orNone(x.Want), orNone(x.Got))
			}
			if x.By != "" {
				fmt.Fprintf(b, " by %s", x.By)
			}
			b.WriteByte('\n')
		}
	}
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func rules(b *strings.Builder, title string, list []Rule) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{title, "fired", "judged", "right", "%", "named", "%"}}
	for _, r := range list {
		rows = append(rows, []string{r.By, fmt.Sprint(r.Fired), fmt.Sprint(r.Judged), fmt.Sprint(r.Right), percent(r.Right, r.Judged), fmt.Sprint(r.Named), percent(r.Named, r.Judged)})
	}
	b.WriteByte('\n')
	table(b, rows)
}

func percent(right, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", Figure{Right: right, Of: of}.Value())
}

// table aligns the first column to the left and the others to the right. A row without cells is an empty line.
func table(b *strings.Builder, rows [][]string) {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-len([]rune(cell)))
			if i == 0 {
				b.WriteString(cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		b.WriteByte('\n')
	}
}
