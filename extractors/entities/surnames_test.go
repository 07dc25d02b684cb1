package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A surname that is a word or part of the calendar is found where the words around it fit a person.
func TestSurnames(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"month before a verb of speech", "Ina May left. “It is over,” May said.", "May"},
		{"month after a verb of speech", "Ina June left. “It is over,” said June.", "June"},
		{"month after an honorific", "Ina April left. The club thanked Ms April, 41, for her work.", "April"},
		{"month as object", "Ina May left. Few were unhappy with May.", "May"},
		{"possessive month", "Ina March left. The paper printed March’s letter.", "March"},
		{"month after in", "Ina May left. The bridge opened in May.", ""},
		{"month after an adjective of time", "Ina May left. The bridge opened last May.", ""},
		{"month before a day", "Ina May left. The bridge opened May 5.", ""},
		{"month before a year", "Ina May left. It was, May, 2019, a hard winter.", ""},
		{"month beside a month", "Ina May left. The bridge closes May to June.", ""},
		{"week of a month", "Ina May left. The first week of May was wet.", ""},
		{"open words where dates are common", "Ina May left. In May it rained. Nobody likes May.", ""},
		{"open words where the person speaks", "Ina May left. In May it rained. “Oh,” May said. Nobody likes May.", "May May"},
		{"wish", "Ina May left. May the best side win.", ""},
		{"weekday before a verb of speech", "Ina Friday left. “It is over,” Friday told the paper.", "Friday"},
		{"weekday after the speaker", "Ina Friday left. The mayor said Friday that she knew.", ""},
		{"weekday at the end", "Ina Friday left. The match is Friday.", ""},
		{"season", "Ina Winter left. In Winter the bridge closes. “It is over,” Winter said.", "Winter"},
		{"word", "Ina Price left. The club praised Price for her work.", "Price"},
		{"word after a determiner", "Ina Price left. They fought over the Price.", ""},
		{"word that begins a sentence", "Ina Hope left. Hope is a word.", "Hope"},
		{"word that begins a sentence without a verb", "Ina Price left. Price of corn rose.", ""},
		{"question", "George Will left. Will he come back?", ""},
		{"longer name", "Ina Rose left. The Rose Garden and Red Rose opened.", ""},
		{"suffix", "Ian March Jr. left. “It is over,” March said.", "March"},
		{"name of one word", "May left. “It is over,” May said.", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, table := view(t, test.text)
			end := strings.Index(test.text, " left")
			full := annot.Mention{Span: annot.Span{End: end}, Type: annot.PER, Confidence: 0.9}
			got := bySurnames(v, table, []annot.Mention{full})
			if s := texts(v, got[1:]); s != test.want {
				t.Errorf("want %q, got %q", test.want, s)
			}
		})
	}
}

// The name of a people is a surname of the article where it acts as a person.
func TestPeoplesAsSurnames(t *testing.T) {
	for text, want := range map[string]annot.Type{
		"Ina English left. “It is over,” English said.":         annot.PER,
		"Ina English left. “It is over,” said English.":         annot.PER,
		"Ina English left. The club thanked Ms English.":        annot.PER,
		"Ina English left. The book is in English.":             annot.MISC,
		"Ina English left. The English side won.":               annot.MISC,
		"Ina Moss left. “It is over,” English said in a shout.": annot.MISC,
	} {
		v, table := view(t, text)
		full := annot.Mention{Span: annot.Span{End: strings.Index(text, " left")}, Type: annot.PER, Confidence: 0.9}
		k := strings.LastIndex(text, "English")
		people := annot.Mention{Span: annot.Span{Start: k, End: k + len("English")}, Type: annot.MISC, Confidence: 0.9}
		got := bySurnames(v, table, []annot.Mention{full, people})
		if len(got) != 2 || got[1].Type != want {
			t.Errorf("%s: want %s, got %v", text, want, got)
		}
	}
}

// view returns a segmented text and the tables.
func view(t *testing.T, text string) (*segment.View, *gazetteer.Table) {
	t.Helper()
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	set := rules.MustEnglish()
	d := annot.New("", text)
	if err := segment.New(set).Process(d); err != nil {
		t.Fatal(err)
	}
	return segment.NewView(d, set, nil), table
}

// texts returns the texts of mentions, joined by spaces.
func texts(v *segment.View, ms []annot.Mention) string {
	var all []string
	for _, m := range ms {
		all = append(all, v.D.Slice(m.Span))
	}
	return strings.Join(all, " ")
}
