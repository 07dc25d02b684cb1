package eval

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
)

// A Slice is the direct and mixed quotes that have something in common, so that a weakness in one part does not hide in the
// mean.
type Slice struct {
	// By is what is compared: source, year, marks, mention (its form) or speaker (its type). Value is what these quotes have.
	By    string `json:"by"`
	Value string `json:"value"`
	// Found, Speaker and Name are the quotes found, those with the right mention of the speaker and with the right name. Of
	// speakers whom the gold gives no name, which only slices by speaker count, the right name is none.
	Found   Share `json:"found"`
	Speaker Share `json:"speaker"`
	Name    Share `json:"name"`
}

// A Share is a figure with its 95 % interval, in percent, by drawing articles: quotes of one article are not independent.
type Share struct {
	Right int     `json:"right"`
	Of    int     `json:"of"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// slicesBy counts by dimension and value.
type slicesBy map[[2]string]*counts

// counts are those of found, speaker and name.
type counts struct{ found, speaker, name articleCounts }

// articleCounts holds the counts of one figure for each article that it has quotes of.
type articleCounts struct {
	last      *gold.Article
	right, of []int
}

func (c *articleCounts) add(a *gold.Article, right bool) {
	if c.last != a {
		c.last, c.right, c.of = a, append(c.right, 0), append(c.of, 0)
	}
	n := len(c.of) - 1
	c.of[n]++
	if right {
		c.right[n]++
	}
}

func (c *articleCounts) share() (s Share) {
	for i := range c.of {
		s.Right += c.right[i]
		s.Of += c.of[i]
	}
	s.Low, s.High = interval(c.right, c.of)
	return s
}

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
	if t := want.Speaker.Type; t != annot.NoSpeaker {
		values["speaker"] = t.String()
		if t == annot.Group && want.Speaker.Name == "" {
			values["speaker"] = "group, no name"
		}
	}
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
			x = &counts{}
			s[key] = x
		}
		x.found.add(a, got != nil)
		if w := want.Speaker.Mention; !w.IsZero() {
			x.speaker.add(a, got != nil && got.Speaker.Mention.Overlaps(w))
		}
		switch {
		case want.Speaker.Name != "":
			x.name.add(a, got != nil && names.Equal(got.Speaker.Name, want.Speaker.Name))
		case by == "speaker" && (want.Speaker.Type == annot.Anonymous || want.Speaker.Type == annot.Group):
			x.name.add(a, got != nil && got.Speaker.Name == "")
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

// documents are words for what speaks for its author.
var documents = strings.Fields("ad advertisement affidavit article blog book brief complaint document e-mail editorial email filing lawsuit " +
	"letter memo message note notice paper post release report statement study suit survey tweet website")

func notLetter(r rune) bool { return !unicode.IsLetter(r) && r != '-' }

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
	for word := range strings.FieldsFuncSeq(strings.ToLower(d.Slice(m)), notLetter) {
		if slices.Contains(documents, strings.TrimSuffix(word, "s")) {
			form = "document"
		}
	}
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
	for key, x := range s {
		list = append(list, Slice{key[0], key[1], x.found.share(), x.speaker.share(), x.name.share()})
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
				rows = append(rows, []string{"by " + by, "quotes", "found %", "speaker %", "of", "95 %", "name %", "of", "95 %"})
			} else {
				rows = append(rows, nil, []string{"by " + by, "", "", "", "", "", "", "", ""})
			}
		}
		rows = append(rows, slices.Concat([]string{"  " + x.Value, fmt.Sprint(x.Found.Of), percent(x.Found.Right, x.Found.Of)}, x.Speaker.cells(), x.Name.cells()))
	}
	if rows != nil {
		b.WriteByte('\n')
		table(b, rows)
	}
}

func (s Share) cells() []string {
	if s.Of == 0 {
		return []string{"-", "", ""}
	}
	return []string{percent(s.Right, s.Of), fmt.Sprint(s.Of), fmt.Sprintf("%.0f–%.0f", s.Low, s.High)}
}
