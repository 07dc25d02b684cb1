package eval

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
)

// A Slice is the direct and mixed quotes that have something in common, so that a weakness in one part does not hide in the
// mean.
type Slice struct {
	// By is what is compared: source, year, marks or mention. Value is what these quotes have.
	By    string `json:"by"`
	Value string `json:"value"`
	// Found, Speaker and Name are the quotes found, those with the right mention of the speaker and with the right name.
	Found   Figure `json:"found"`
	Speaker Figure `json:"speaker"`
	Name    Figure `json:"name"`
}

// slicesBy counts by dimension and value.
type slicesBy map[[2]string]*Slice

var (
	sourceOf = regexp.MustCompile(`^([^_]+)_|^([a-z]+)\d`)
	yearOf   = regexp.MustCompile(`_((?:19|20)\d\d)-`)
)

// count adds the quote want of article a, which the document d has as got, or has not if that is nil.
func (s slicesBy) count(a *gold.Article, d *annot.Document, want, got *annot.Quote) {
	if want.Kind != annot.Direct && want.Kind != annot.Mixed {
		return
	}
	values := map[string]string{"marks": marks(d.Text[want.Parts[0].Start:]), "mention": mentionForm(a, d, want)}
	if m := sourceOf.FindStringSubmatch(a.Name); m != nil {
		values["source"] = m[1] + m[2]
	}
	if m := yearOf.FindStringSubmatch(a.Name); m != nil {
		values["year"] = m[1]
	}
	for by, value := range values {
		key := [2]string{by, value}
		x := s[key]
		if x == nil {
			x = &Slice{By: by, Value: value}
			s[key] = x
		}
		add := func(f *Figure, right bool) {
			f.Of++
			if right {
				f.Right++
			}
		}
		add(&x.Found, got != nil)
		if w := want.Speaker.Mention; !w.IsZero() {
			add(&x.Speaker, got != nil && got.Speaker.Mention.Overlaps(w))
		}
		if want.Speaker.Name != "" {
			add(&x.Name, got != nil && names.Equal(got.Speaker.Name, want.Speaker.Name))
		}
	}
}

// marks names the kind of mark that text begins with.
func marks(text string) string {
	for _, m := range []struct{ mark, name string }{{"“", "curly"}, {"”", "curly"}, {"‘", "single curly"}, {"’", "single curly"}, {"\"", "straight"}, {"''", "two single straight"}, {"``", "two backticks"}, {"'", "single straight"}, {"«", "guillemets"}} {
		if strings.HasPrefix(text, m.mark) {
			return m.name
		}
	}
	return "other"
}

// pronouns are the measure's own, not those of the rules: the slices of two versions must be cut alike, whatever the rules
// of either say.
var pronouns = strings.Fields("he she it they i we who which that his her its their him them me us you one another others some both")

// mentionForm names what the gold's words for the speaker are.
func mentionForm(a *gold.Article, d *annot.Document, want *annot.Quote) string {
	m := want.Speaker.Mention
	if m.IsZero() {
		return "none"
	}
	if slices.Contains(pronouns, strings.ToLower(d.Slice(m))) {
		return "pronoun"
	}
	form := "description"
	for _, x := range d.Mentions {
		if x.Type == annot.MISC || x.Type == annot.LOC || !x.Overlaps(m) {
			continue
		}
		if strings.ContainsRune(d.Slice(x.Span), ' ') {
			return "name"
		}
		form = "short name"
	}
	return form
}

func (s slicesBy) list() []Slice {
	list := []Slice{}
	for _, x := range s {
		list = append(list, *x)
	}
	slices.SortFunc(list, func(a, b Slice) int { return cmp.Or(strings.Compare(a.By, b.By), strings.Compare(a.Value, b.Value)) })
	return list
}

func slicesText(b *strings.Builder, list []Slice) {
	by := ""
	var rows [][]string
	for _, x := range list {
		if x.By != by {
			if by = x.By; rows == nil {
				rows = append(rows, []string{"by " + by, "quotes", "found %", "speaker %", "±", "name %", "±"})
			} else {
				rows = append(rows, nil, []string{"by " + by, "", "", "", "", "", ""})
			}
		}
		figure := func(f Figure) (string, string) {
			if f.Of == 0 {
				return "-", "-"
			}
			return percent(f.Right, f.Of), fmt.Sprintf("%.1f", f.Margin())
		}
		speaker, speakerMargin := figure(x.Speaker)
		name, nameMargin := figure(x.Name)
		rows = append(rows, []string{"  " + x.Value, fmt.Sprint(x.Found.Of), percent(x.Found.Right, x.Found.Of), speaker, speakerMargin, name, nameMargin})
	}
	if rows != nil {
		b.WriteByte('\n')
		table(b, rows)
	}
}
