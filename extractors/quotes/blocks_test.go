package quotes_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

var tag = regexp.MustCompile(`</?(block|social|cite)>`)

// marked returns the document of a text with tags, which become its elements.
func marked(text string) *annot.Document {
	d := annot.New("", "")
	var open []int
	for {
		at := tag.FindStringIndex(text)
		if at == nil {
			d.Text += text
			return d
		}
		d.Text += text[:at[0]]
		name := text[at[0]:at[1]]
		text = text[at[1]:]
		if strings.HasPrefix(name, "</") {
			d.Elements[open[len(open)-1]].End = len(d.Text)
			open = open[:len(open)-1]
			continue
		}
		kind := map[string]annot.ElementKind{"<block>": annot.BlockQuoteElement, "<social>": annot.SocialElement, "<cite>": annot.CiteElement}[name]
		open = append(open, len(d.Elements))
		d.Elements = append(d.Elements, annot.Element{Span: annot.Span{Start: len(d.Text), End: len(d.Text)}, Kind: kind})
	}
}

// What becomes of a block quotation of the markup, in the article that the first paragraph and the last are.
func TestBlocks(t *testing.T) {
	process := stages()
	const long = "We rebuilt the old stone bridge with our own hands last year"
	for _, test := range []struct{ name, text, want string }{
		{"words", "<block>We went home.</block>", "block | We went home."},
		{"paragraphs", "<block>We went home.\n\nNobody stayed.</block>", "block multi_paragraph | We went home. | Nobody stayed."},
		{"source in an element", "<block>We went home. — <cite>Ada Moor</cite></block>", "block | We went home."},
		{"source first", "<block><cite>Ada Moor:</cite> We went home.</block>", "block | We went home."},
		{"source as a paragraph", "<block>We went home.\n\n<cite>Ada Moor</cite></block>", "block | We went home."},
		{"two sources", "<block>We went home. <cite>Ada Moor</cite>\n\nNobody stayed. <cite>Bo Lind</cite></block>",
			"block multi_paragraph | We went home. | Nobody stayed."},
		{"source within a source", "<block>We went home. <cite>Ada <cite>Moor</cite></cite></block>", "block | We went home."},
		{"dash", "<block>We went home.\n\n— Ada Moor</block>", "block | We went home."},
		{"en dash", "<block>We went home.\n\n– Ada Moor</block>", "block | We went home."},
		{"bar", "<block>We went home.\n\n― Ada Moor</block>", "block | We went home."},
		{"other dash", "<block>We went home.\n\n-- Ada Moor</block>", "block | We went home."},
		{"hyphen", "<block>We went home.\n\n- Ada Moor</block>", "block | We went home."},
		{"hyphen of a word", "<block>We went home.\n\n-ing is an ending</block>", "block multi_paragraph | We went home. | -ing is an ending"},
		{"dash first", "<block>— We went home.</block>", "block | — We went home."},
		{"dash before a long paragraph", "<block>We went home.\n\n— " + strings.Repeat("long ", 40) + "</block>",
			"block multi_paragraph | We went home. | — " + strings.TrimSpace(strings.Repeat("long ", 40))},
		{"only a source", "<block><cite>Ada Moor</cite></block>", "none"},
		{"in marks", "<block>“We went home.”</block>", "direct | “We went home.”"},
		{"partly in marks", "<block>We “all” went home.</block>", "block | We “all” went home.\nnot a quote: nested | “all”"},
		{"one of two in marks", "<block>“We went home.”\n\nNobody stayed.</block>",
			"block multi_paragraph | “We went home.” | Nobody stayed.\nnot a quote: nested | “We went home.”"},
		{"report", "<block>“We went home,” Ada Moor said.</block>", "direct | “We went home,”"},
		{"turn", "<block>MOOR: We went home.\n\nLIND: Who stayed there?</block>", "transcript | We went home.\ntranscript | Who stayed there?"},
		{"block in a block", "<block>We went home.\n\n<block>Nobody stayed.</block>\n\nIt rained.</block>",
			"block multi_paragraph | We went home. | It rained.\nblock | Nobody stayed."},
		{"pull quote", "<block>" + long + "</block>\n\n" + long + ".", "not a quote: pull_quote | " + long},
		{"ten words of twelve", "<block>" + long + "</block>\n\nWe rebuilt the old stone bridge with our own hands again.", "block | " + long},
		{"eleven words of twelve", "<block>" + long + "</block>\n\n" + long[:len(long)-len(" year")] + ".", "not a quote: pull_quote | " + long},
		{"post", "<social>We went home. — Ada Moor (@ada) May 3</social>", "none"},
		{"post with its source", "<social>We went home.\n\n— Ada Moor (@ada) May 3\n\nIt had many readers.</social>",
			"block social | We went home."},
		{"platform", "<social>View this post on Flip\n\nWe went home.</social>", "block social | We went home."},
		{"platform later", "<social>We went home.\n\nView this post on Flip</social>",
			"block multi_paragraph social | We went home. | View this post on Flip"},
		{"post of an article's words", "<social>" + long + "</social>\n\n" + long + ".",
			"block social | " + long + "\nnot a quote: pull_quote | " + long + "."},
		{"post with a report", "<social>“We went home,” Ada Moor said.</social>",
			"block social | “We went home,” Ada Moor said.\nnot a quote: nested | “We went home,”"},
		{"two blocks", "<block>We went home.</block>\n\n<block>Nobody stayed.</block>", "block | We went home.\nblock | Nobody stayed."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := marked("The council met on Monday to hear them.\n\n" + test.text + "\n\nThe council will meet again.")
			process(t, d)
			if err := d.Validate(); err != nil {
				t.Error(err)
			}
			if got := strings.TrimSuffix(describe(d), "\n"); got != test.want {
				t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
			}
			for _, q := range d.Quotes {
				if inner := strings.Contains(test.text, "<block>Nobody stayed.</block>\n\nIt") && len(q.Parts) == 1; inner != (q.Parent == 1) {
					t.Errorf("%s: the parent of quote %d is %d", test.text, q.ID, q.Parent)
				}
			}
		})
	}
	// An article that is indented as a whole quotes nobody, unless it says whom.
	for text, want := range map[string]string{
		"<block>We went home.\n\nNobody stayed.</block>":       "none",
		"<block>We went home. — <cite>Ada Moor</cite></block>": "block | We went home.",
		"<social>We went home.</social>":                       "block social | We went home.",
	} {
		d := marked(text)
		process(t, d)
		if got := strings.TrimSuffix(describe(d), "\n"); got != want {
			t.Errorf("%s\nwant %s\n got %s", text, want, got)
		}
	}
}
