package quotes_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// phenomena are those that annotators of quotes are tested for, as far as news has them; docs/detection.md lists them all. ‖ stands
// between quotes, | between their parts.
var phenomena = []struct{ name, text, want string }{
	{"punctuation within", "“Impossible, Mr. Tull, impossible; how can you ask?” Boyd said.", "“Impossible, Mr. Tull, impossible; how can you ask?”"},
	{"line end within", "“It is quite impossible, Mr. Tull, as long as I am\nthe mayor of this town; how can you ask?” Boyd said.", "“It is quite impossible, Mr. Tull, as long as I am\nthe mayor of this town; how can you ask?”"},
	{"straight", "\"We won,\" he said, \"and they lost.\"", "\"We won,\" | \"and they lost.\""},
	{"curly", "“We won,” he said, “and they lost.”", "“We won,” | “and they lost.”"},
	{"single", "'We won,' he said, 'and they lost.'", "'We won,' | 'and they lost.'"},
	{"single of TeX", "`We won,' he said, ``and they lost.''", "`We won,' | ``and they lost.''"},
	{"grave for an apostrophe", "Tull`s wife said, ``We won the case.''", "``We won the case.''"},
	{"nested of TeX", "``She shouted ``we won the case'' and left,'' Boyd said.", "``She shouted ``we won the case'' and left,''"},
	{"nested, ends together", "“She told us, ‘We have won the case.’” Boyd smiled.", "“She told us, ‘We have won the case.’”"},
	{"three levels", "“He told us, ‘She said “we won” and left,’ and it is true,” Boyd said.", "“He told us, ‘She said “we won” and left,’ and it is true,”"},
	{"guillemets within", "“He told us «she said we won» and left,” Boyd said.", "“He told us «she said we won» and left,”"},
	{"double in single", "‘She said “we won the case” and left,’ Boyd said.", "‘She said “we won the case” and left,’"},
	{"single in double", "“‘We won,’ she told us, ‘and they lost,’” Boyd said.", "“‘We won,’ she told us, ‘and they lost,’”"},
	{"stray low mark", "“We won,” he said, “they‚ lost it‘ all.”", "“We won,” | “they‚ lost it‘ all.”"},
	{"turned apostrophe", "“We won,” he said, “in the dog‘s name.”", "“We won,” | “in the dog‘s name.”"},
	{"last one not closed", "“We won,” he said, “and they lost", "“We won,” | “and they lost"},
	{"quotes follow each other", "“Where is he?”\n\n“I don’t see ’im!”\n\n“Behind the truck!” the driver said.", "“Where is he?” ‖ “I don’t see ’im!” ‖ “Behind the truck!”"},
	{"three paragraphs", "Boyd said: “We won the case.\n\n“They lost it.\n\n“That is all.” He left.", "“We won the case. | “They lost it. | “That is all.”"},
	{"three paragraphs, single", "Boyd said: ‘We won the case.\n\n‘They lost it.\n\n‘That is all.’ He left.", "‘We won the case. | ‘They lost it. | ‘That is all.’"},
	{"elision first", "“’Tis a shame,” Boyd said.", "“’Tis a shame,”"},
	{"plural possessive within", "\"I say the Tulls' farm was better,\" Boyd said. \"It is the Tulls' farm that we bought.\"", "\"I say the Tulls' farm was better,\" | \"It is the Tulls' farm that we bought.\""},
	{"plural possessive within single", "‘The Tulls’ farm was better,’ Boyd said.", "‘The Tulls’ farm was better,’"},
	{"dash before the marks", "Boyd was clear--\"My farm is better than any one of the Tulls' barns!\"", "\"My farm is better than any one of the Tulls' barns!\""},
	{"brackets", "“We [the union] won,” Boyd said.", "“We [the union] won,”"},
	{"ellipsis", "“We won … and they lost,” Boyd said.", "“We won … and they lost,”"},
	{"no sentence", "The plan is “reckless,” Boyd said.", "“reckless,”"},
	{"title with !", "The novel is called “Guards! Guards!” and sold well.", ""},
	{"called by its title", "Her new film, called “Salt and Iron,” opens in May. An album called “The Mill” follows.", ""},
	{"called names", "Boyd was called “reckless and cruel” by Tull.", "“reckless and cruel”"},
}

func TestPhenomena(t *testing.T) {
	process := stages()
	for _, test := range phenomena {
		t.Run(test.name, func(t *testing.T) {
			d := annot.New("", test.text)
			process(t, d)
			var all []string
			for _, q := range d.Quotes {
				var parts []string
				for _, p := range q.Parts {
					parts = append(parts, d.Slice(p))
				}
				all = append(all, strings.Join(parts, " | "))
			}
			if diff := cmp.Diff(test.want, strings.Join(all, " ‖ ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
