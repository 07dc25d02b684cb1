package pipeline_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// said is what the properties compare of a quote: its words and its speaker, wherever they are and however they are
// marked.
type said struct {
	Kind, Status, Words, Mention, Name, Cue, Flags string
}

// unmark takes the quotation marks off the ends of a part and makes the single marks alike.
func unmark(s string) string {
	return strings.NewReplacer("’", "'", "‘", "'").Replace(strings.Trim(s, "“”«»\"'`‘’"))
}

func saidIn(d *annot.Document) []said {
	var list []said
	for _, q := range d.Quotes {
		var parts []string
		for _, p := range q.Parts {
			parts = append(parts, unmark(d.Slice(p)))
		}
		list = append(list, said{
			Kind: q.Kind.String(), Status: q.Status.String(), Words: strings.Join(parts, " | "), Mention: unmark(d.Slice(q.Speaker.Mention)),
			Name: unmark(q.Speaker.Name), Cue: d.Slice(q.Cue), Flags: strings.Join(q.Flags.Names(), " "),
		})
	}
	return list
}

var (
	people   = []string{"Ann Cole", "Robert Tull", "Mary Baird", "Mayor Helen Marsh", "Dr. Anika Rao", "Peter Lindqvist, the mayor of Velmont", "Brian O’Rourke"}
	subjects = []string{"Ann Cole", "Tull", "Mary Baird", "the mayor", "Rao", "Peter Lindqvist", "she", "he", "O’Rourke", "a spokesman for Kestrel Rail"}
	words    = []string{
		"we are closing the road", "it’s not safe", "nobody asked us", "the farmers’ union won’t pay for it", "I’d drive my children through it",
		"they left in the ’90s and didn’t come back", "the bridge was built in 1901, and nobody has looked at it since",
	}
	templates = []string{
		"“%Q,” said %P.", "“%Q,” %S said.", "“%Q,” %S said. “%Q.”", "“%Q,” %S added, “and %q.”", "%P said: “%Q.”", "%P told reporters, “%Q.”",
		"“%Q.”", "%P walked down to the river on Monday.", "%P said the road was “a death trap” and that it would be closed.",
		"“Who will pay for it?” asked %P.", "According to %P, %q.", "The road is “a death trap”, according to %P.",
		"“%Q.\n\n“%Q,” said %P.", "%P called the plan “silly” and “expensive”.", "It rained all week in the valley, and the fields were under water.",
		"The so-called “experts” left on Monday.", "“My neighbour told me, ‘Get out of the house,’ and we ran,” said %P.", "%P did not call it “a joke”.",
	}
)

// articles makes articles of paragraphs such as news has them.
func articles() *rapid.Generator[string] { return articlesOf(templates) }

// articlesOf makes articles of paragraphs of the given templates.
func articlesOf(templates []string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		n := rapid.IntRange(1, 8).Draw(t, "paragraphs")
		var paragraphs []string
		for range n {
			s := rapid.SampledFrom(templates).Draw(t, "paragraph")
			for {
				i := strings.IndexByte(s, '%')
				if i < 0 {
					break
				}
				var by string
				switch s[i+1] {
				case 'P':
					by = rapid.SampledFrom(people).Draw(t, "person")
				case 'S':
					by = rapid.SampledFrom(subjects).Draw(t, "subject")
				default:
					if by = rapid.SampledFrom(words).Draw(t, "words"); s[i+1] == 'Q' {
						by = strings.ToUpper(by[:1]) + by[1:]
					}
				}
				s = s[:i] + by + s[i+2:]
			}
			paragraphs = append(paragraphs, s)
		}
		return strings.Join(paragraphs, "\n\n") + "\n"
	})
}

// ownArticle is a news article of real length.
func ownArticle(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func defaultPipeline(tb testing.TB) *pipeline.Pipeline {
	tb.Helper()
	p, err := pipeline.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// before is a paragraph about something else. With it in front no other paragraph is taken for a headline.
const before = "It rained all week in the valley, and the fields were under water by the time the sun came out again.\n\n"

// A paragraph about something else in front of the article moves the quotes and changes none of them.
func TestTranslation(t *testing.T) {
	p := defaultPipeline(t)
	rapid.Check(t, func(t *rapid.T) {
		text := before + articles().Draw(t, "article")
		d, moved := annot.New("", text), annot.New("", before+text)
		for _, d := range []*annot.Document{d, moved} {
			if err := p.Process(d); err != nil {
				t.Fatal(err)
			}
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(shifted(d, len(before)), shifted(moved, 0)); diff != "" {
			t.Fatalf("the paragraph in front changes the quotes (-without +with):\n%s\nof\n%s", diff, text)
		}
	})
}

// shifted returns the quotes of d with their offsets moved by n, without the IDs of entities.
func shifted(d *annot.Document, n int) []annot.Quote {
	move := func(s annot.Span) annot.Span {
		if s.IsZero() {
			return s
		}
		return annot.Span{Start: s.Start + n, End: s.End + n}
	}
	var list []annot.Quote
	for _, q := range d.Quotes {
		parts := make([]annot.Span, len(q.Parts))
		for i, p := range q.Parts {
			parts[i] = move(p)
		}
		q.Parts, q.Cue, q.Speaker.Mention = parts, move(q.Cue), move(q.Speaker.Mention)
		list = append(list, q)
	}
	return list
}

// restyle writes the marks of text in another style.
var restyle = map[string]*strings.Replacer{
	"straight":                    strings.NewReplacer("“", `"`, "”", `"`),
	"straight, with apostrophes":  strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'"),
	"two apostrophes":             strings.NewReplacer("“", "''", "”", "''"),
	"TeX":                         strings.NewReplacer("“", "``", "”", "''"),
	"guillemets":                  strings.NewReplacer("“", "«", "”", "»"),
	"curly, straight apostrophes": strings.NewReplacer("’", "'"),
}

// The style of the marks changes neither the quotes nor their speakers.
func TestQuoteStyle(t *testing.T) {
	p := defaultPipeline(t)
	check := func(t rapid.TB, text string) {
		want := saidIn(must(t, p, text))
		for name, r := range restyle {
			if diff := cmp.Diff(want, saidIn(must(t, p, r.Replace(text)))); diff != "" {
				t.Errorf("%s (-curly +%s):\n%s\nof\n%s", name, name, diff, r.Replace(text))
			}
		}
	}
	t.Run("article", func(t *testing.T) { check(t, ownArticle(t)) })
	t.Run("random", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) { check(t, before+articles().Draw(t, "article")) })
	})
}

func must(t rapid.TB, p *pipeline.Pipeline, text string) *annot.Document {
	t.Helper()
	d := annot.New("", text)
	if err := p.Process(d); err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	return d
}

// Line endings of other systems are the caller's to change, but they break nothing, and the words said are the same.
func TestLineEndings(t *testing.T) {
	p := defaultPipeline(t)
	rapid.Check(t, func(t *rapid.T) {
		text := before + articles().Draw(t, "article")
		want := saidIn(must(t, p, text))
		crlf := must(t, p, strings.ReplaceAll(text, "\n", "\r\n"))
		if diff := cmp.Diff(want, saidIn(crlf)); diff != "" {
			t.Errorf("(-LF +CRLF):\n%s\nof\n%s", diff, text)
		}
		must(t, p, strings.ReplaceAll(text, "\n", "\r"))
		must(t, p, strings.ReplaceAll(text, " ", " \r\n"))
	})
}

// The same text gives the same document, in twenty runs one after the other and in eight at once.
func TestDeterminism(t *testing.T) {
	p := defaultPipeline(t)
	for i, text := range append(goldenTexts(t), ownArticle(t)) {
		want := processed(t, p, text)
		runs := 2
		if i%10 == 0 || len(text) > 3000 {
			runs = 20
		}
		for range runs {
			if diff := cmp.Diff(want, processed(t, p, text)); diff != "" {
				t.Fatalf("another result (-first +later):\n%s", diff)
			}
		}
	}
}

func TestDeterminismConcurrent(t *testing.T) {
	p := defaultPipeline(t)
	texts := append(goldenTexts(t), ownArticle(t))
	want := make([]*annot.Document, len(texts))
	for i, text := range texts {
		want[i] = processed(t, p, text)
	}
	var work sync.WaitGroup
	for g := range 8 {
		work.Go(func() {
			for i := range texts {
				i = (i + g*len(texts)/8) % len(texts)
				d := annot.New("", texts[i])
				if err := p.Process(d); err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff(want[i], d); diff != "" {
					t.Errorf("another result beside others (-alone +beside others):\n%s", diff)
				}
			}
		})
	}
	work.Wait()
}

// hostileNews is text that punishes the stages after the first: units as in hostile, between commas and the like within
// one paragraph and in many.
var hostileNews = map[string]string{
	"openers":             "“",
	"double marks":        `"`,
	"single marks":        "'",
	"open quotes":         "“a” said ",
	"two speakers":        `"A," B said. `,
	"names and":           "A B and ",
	"full names and":      "Ann Cole and ",
	"commas":              ", ",
	"who said":            "who said ",
	"colons":              ": ",
	"said":                "Smith said “x”. ",
	"said paragraphs":     "Smith said “x”.\n\n",
	"pronoun paragraphs":  "“We go on,” she said.\n\n",
	"quote paragraphs":    "“We go on.”\n\n",
	"lead-in paragraphs":  "Ann Cole wrote:\n\n“We go on.”\n\n",
	"other persons":       "Ann %s said “we go on”. ",
	"other persons alone": "Mr. %s left. ",
	"one surname":         "%s Cole said “we go on”. ",
	"one surname, short":  "%s Cole left. Cole said “we go on”. ",
	"one surname, many":   "%s Cole and Cole and Cole and Cole. ",
	"one first name":      "Ann %s left. Ann said “we go on”. ",
	"one name":            "Ann Cole said “we go on”. ",
	"acronyms":            "%S said “we go on”. ",
	"explained acronyms":  "the Harbor Safety Authority (%S) closed. ",
	"bodies":              "%s Energy Ltd. closed, %s said. ",
	"roles":               "The mayor, Ann %s, left. “We go on,” the mayor said. ",
	"turns":               "COLE: We go on.\n\n",
	"other turns":         "%S: We go on.\n\n",
	"brackets":            "Ann Cole (",
	"relative":            "Ann Cole, who ",
	"of":                  "Bank of ",
	"particles":           "van de ",
	"by":                  "was told by ",
	"not":                 "not ",
	"titles":              "Mayor ",
	"dashes":              "“We go on.” — Ann Cole\n\n",
	"mixed":               "“a”, ",
	"lists":               "Ann Cole, ",
	"mojibake":            "â€œ",
	"lost marks":          "?a, ",
	"lost pairs":          "?a,? ",
	"pull quotes":         "“We go on until the end of the year,” she said.\n\nWe go on until the end of the year\n\n",
}

// another returns the n-th of many made-up names.
func another(n int) string {
	const syllables = "barodelimosatukenivogu"
	s := ""
	for range 4 {
		k := n % 11 * 2
		s += syllables[k : k+2]
		n /= 11
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// news repeats unit up to size bytes, with a new name for every %s and a new acronym for every %S.
func news(unit string, size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		s := strings.ReplaceAll(unit, "%s", another(n))
		b.WriteString(strings.ReplaceAll(s, "%S", strings.ToUpper(another(n)[:7])))
	}
	return b.String()
}

// Time is linear in every stage that looks at names, quotes and speakers.
func TestLinearTimeOfNews(t *testing.T) {
	p := defaultPipeline(t)
	for name, unit := range hostileNews {
		t.Run(name, func(t *testing.T) { linear(t, p, func(size int) string { return news(unit, size) }) })
	}
}

func ExampleDefault_speaker() {
	p, err := pipeline.Default()
	if err != nil {
		panic(err)
	}
	d := annot.New("", "Ann Cole walked down to the river on Monday.\n\n“We are closing the road,” she said.\n")
	if err := p.Process(d); err != nil {
		panic(err)
	}
	q := d.Quotes[0]
	fmt.Println(d.Slice(q.Speaker.Mention), "is", q.Speaker.Name)
	// Output: she is Ann Cole
}
