package pipeline_test

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/extract"
)

// A rewriting makes another text of a text.
type rewriting func(text string) string

// A morph rewrites an article so that the same quotes, speakers and names are to be found in it.
type morph struct {
	name    string
	rewrite rewriting
	// of makes the rewriting of an article where it is not the same for all.
	of func(*gold.Article) rewriting
	// ending is that of the file which holds the rewritten article; "" if nothing is read from a file.
	ending string
	// words says that words change, and with them those of what is found.
	words bool
	// loose says that one quote in a hundred may change, and any name: other words are read otherwise.
	loose bool
}

// space are the morphs that change what lies between the words.
var space = []morph{
	{name: "no-break spaces", rewrite: blanks(1, "\u00A0")},
	{name: "some no-break spaces", rewrite: blanks(3, "\u00A0")},
	{name: "narrow no-break spaces", rewrite: blanks(3, "\u202F")},
	{name: "thin spaces", rewrite: blanks(1, "\u2009")},
	{name: "double spaces", rewrite: blanks(1, "  ")},
	{name: "some double spaces", rewrite: blanks(3, "  ")},
	{name: "four spaces", rewrite: blanks(2, "    ")},
	{name: "tabs", rewrite: blanks(3, "\t")},
	{name: "double spaces after sentences", rewrite: sentenceGaps},
	{name: "trailing spaces", rewrite: eachLine("", "  ")},
	{name: "trailing no-break spaces", rewrite: eachLine("", "\u00A0")},
	{name: "indented", rewrite: func(text string) string { return eachLine("    ", "")(wrapAt(endless)(text)) }},
	{name: "more blank lines", rewrite: func(text string) string { return "\n\n" + strings.ReplaceAll(text, "\n\n", "\n \n\n\n") + "\n\n" }},
	{name: "lines of 36", rewrite: wrapAt(36)},
	{name: "lines of 45", rewrite: wrapAt(45)},
	{name: "lines of 60", rewrite: wrapAt(60)},
	{name: "lines of 65", rewrite: wrapAt(65)},
	{name: "lines of 72", rewrite: wrapAt(72)},
	{name: "lines of 80", rewrite: wrapAt(80)},
	{name: "lines of 100", rewrite: wrapAt(100)},
	{name: "lines of 120", rewrite: wrapAt(120)},
	{name: "not wrapped", rewrite: wrapAt(endless)},
	{name: "a paragraph a line", rewrite: func(text string) string { return strings.ReplaceAll(wrapAt(endless)(text), "\n\n", "\n") }},
}

// glyphs are the morphs that type marks and apostrophes in another style.
var glyphs = []morph{
	{name: "straight marks", rewrite: restyle["straight"].Replace},
	{name: "straight marks and apostrophes", rewrite: restyle["straight, with apostrophes"].Replace},
	{name: "curly marks", rewrite: curlyMarks},
	{name: "two apostrophes", rewrite: restyle["two apostrophes"].Replace},
	{name: "TeX", rewrite: restyle["TeX"].Replace},
	{name: "guillemets", rewrite: restyle["guillemets"].Replace},
	{name: "low marks", rewrite: strings.NewReplacer("“", "„", "”", "“").Replace},
	{name: "straight apostrophes", rewrite: apostrophes("'")},
	{name: "curly apostrophes", rewrite: apostrophes("’")},
	{name: "letters for apostrophes", rewrite: apostrophes("ʼ")},
}

// files are the morphs that put the article into a file of another form.
var files = []morph{
	{name: "text", rewrite: strings.TrimSpace, ending: ".txt"},
	{name: "CRLF", rewrite: func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }, ending: ".txt"},
	{name: "CR", rewrite: func(text string) string { return strings.ReplaceAll(text, "\n", "\r") }, ending: ".txt"},
	{name: "byte order mark", rewrite: func(text string) string { return "\uFEFF" + text }, ending: ".txt"},
	{name: "HTML", rewrite: page, ending: ".html"},
	{name: "JSON Lines", rewrite: jsonLine, ending: ".jsonl"},
}

// content are the morphs that change what the article says.
var content = []morph{
	{name: "said, says", rewrite: wordwise(map[string]string{"said": "says"}), words: true, loose: true},
	{name: "other surnames", of: otherSurnames, words: true, loose: true},
	{name: "another paragraph", rewrite: appended(elsewhere + "Henrik Solvay had sold all of his cider to a shop in Bruges."), loose: true},
	{name: "another quote", rewrite: appended(elsewhere + "“We have never had so many pears,” Henrik Solvay said."), loose: true},
}

// elsewhere begins a paragraph that has to do with no article.
const elsewhere = "In the next valley the apple harvest was over by the first week of October. "

// endless is a width that no line has.
const endless = 1 << 30

// blanks puts other in the place of every nth blank.
func blanks(nth int, other string) rewriting {
	return func(text string) string {
		var b strings.Builder
		n := 0
		for _, r := range text {
			if r == ' ' {
				if n++; n%nth == 0 {
					b.WriteString(other)
					continue
				}
			}
			b.WriteRune(r)
		}
		return b.String()
	}
}

var sentenceEnd = regexp.MustCompile(`([.?!]['"’”)]*) `)

// sentenceGaps puts two blanks after the marks that end sentences, as typists did.
func sentenceGaps(text string) string { return sentenceEnd.ReplaceAllString(text, "$1  ") }

// eachLine puts before and after around every line that is not empty.
func eachLine(before, after string) rewriting {
	return func(text string) string {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			if l != "" {
				lines[i] = before + l + after
			}
		}
		return strings.Join(lines, "\n")
	}
}

// paragraphsOf returns the paragraphs of a gold article, which blank lines part.
func paragraphsOf(text string) []string { return strings.Split(strings.TrimSpace(text), "\n\n") }

// wrapAt breaks the lines of every paragraph at a width in code points.
func wrapAt(width int) rewriting {
	return func(text string) string {
		var all []string
		for _, p := range paragraphsOf(text) {
			var b strings.Builder
			n := 0
			for _, word := range strings.Fields(p) {
				size := utf8.RuneCountInString(word)
				switch {
				case n == 0:
				case n+1+size > width:
					b.WriteByte('\n')
					n = 0
				default:
					b.WriteByte(' ')
					n++
				}
				b.WriteString(word)
				n += size
			}
			all = append(all, b.String())
		}
		return strings.Join(all, "\n\n") + "\n"
	}
}

var opening = regexp.MustCompile(`(^|[\s(\[—–-])"(\S)`)

// curlyMarks turns straight double marks the way they open.
func curlyMarks(text string) string {
	return strings.ReplaceAll(opening.ReplaceAllString(text, "$1“$2"), `"`, "”")
}

var apostrophe = regexp.MustCompile(`(\pL)[’'](\pL)`)

// apostrophes types the apostrophes between letters with another glyph.
func apostrophes(glyph string) rewriting {
	return func(text string) string { return apostrophe.ReplaceAllString(text, "${1}"+glyph+"$2") }
}

// page is an HTML page with an element for each paragraph.
func page(text string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><title>News</title></head>\n<body><article>\n")
	for _, p := range paragraphsOf(text) {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>\n")
	}
	b.WriteString("</article></body></html>\n")
	return b.String()
}

// jsonLine is a line of JSON Lines.
func jsonLine(text string) string {
	line, _ := json.Marshal(map[string]string{"text": text}) // text always encodes
	return string(line) + "\n"
}

var wholeWord = regexp.MustCompile(`[\pL\pM-]+`)

// wordwise replaces whole words.
func wordwise(other map[string]string) rewriting {
	return func(text string) string {
		return wholeWord.ReplaceAllStringFunc(text, func(w string) string {
			if o, ok := other[w]; ok {
				return o
			}
			return w
		})
	}
}

// invented are surnames that no list has.
var invented = []string{
	"Quellbrock", "Tarnovesk", "Odukwele", "Brimsward", "Faltenby", "Zorrimond", "Haskevold", "Pellantine", "Urquidero", "Wendlemoor", "Castravet", "Yolandro",
	"Mbekarro", "Siltworthy", "Drovanich", "Ellerquist", "Kandivara", "Lothbrand", "Nakashiro", "Ravendahl", "Jorvinski", "Obanketti", "Gristwold", "Vantongo",
}

// otherSurnames gives every person of the article who has a first name another surname, in capitals too.
func otherSurnames(a *gold.Article) rewriting {
	other := map[string]string{}
	n := 0
	for _, m := range a.Mentions {
		words := strings.Fields(m.Canonical)
		last := words[len(words)-1]
		if m.Type != annot.PER || len(words) == 1 || other[last] != "" {
			continue
		}
		name := invented[n%len(invented)]
		n++
		other[last], other[strings.ToUpper(last)] = name, strings.ToUpper(name)
		if unicode.IsLower(rune(last[0])) {
			other[strings.ToUpper(last[:1])+last[1:]] = name // Al-Khatib, al-Khatib
		}
	}
	return wordwise(other)
}

// appended puts a paragraph after the article.
func appended(paragraph string) rewriting {
	return func(text string) string { return strings.TrimSpace(text) + "\n\n" + paragraph + "\n" }
}

// document returns the rewritten article, and the rewriting.
func (m morph) document(tb testing.TB, a *gold.Article) (*annot.Document, rewriting) {
	tb.Helper()
	rewrite := m.rewrite
	if m.of != nil {
		rewrite = m.of(a)
	}
	text := rewrite(a.Text)
	if m.ending == "" {
		return annot.New("", text), rewrite
	}
	file := filepath.Join(tb.TempDir(), "article"+m.ending)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
	c, err := corpus.Open(tb.Context(), []string{file}, corpus.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	for item := range c.Items(tb.Context()) {
		if item.Err != nil {
			tb.Fatal(item.Err)
		}
		return extract.Document(item.Article), rewrite
	}
	tb.Fatal("no article in the file")
	return nil, nil
}
