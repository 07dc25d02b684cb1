package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

const (
	maxHeadline = 200 // bytes
	maxSentence = 120 // bytes of a headline that ends with a full stop
)

// headline gives the first paragraph the zone headline if it is one. Only what precedes it may be boilerplate.
func (z *zoner) headline(text string, paras []annot.Paragraph) {
	first := 0
	for first < len(paras) && first < 3 && paras[first].Zone != annot.Body {
		if paras[first].Zone == annot.Headline || paras[first].Zone == annot.Dateline {
			return
		}
		first++
	}
	if first == len(paras) || paras[first].Zone != annot.Body || !z.isHeadline(text, paras, first) {
		return
	}
	paras[first].Zone = annot.Headline
	// Some pages give the title twice.
	title := strings.TrimRight(even(text[paras[first].Start:paras[first].End], maxLine), ".")
	for i := first + 1; i < len(paras) && i < first+3; i++ {
		if s := even(text[paras[i].Start:paras[i].End], maxLine); strings.EqualFold(strings.TrimRight(s, "."), title) {
			paras[i].Zone = annot.Headline
		}
	}
}

// isHeadline reports whether paragraph i reads as a title. When in doubt it does not: the quotes of a headline are
// counted apart from those of the body.
func (z *zoner) isHeadline(text string, paras []annot.Paragraph, i int) bool {
	p := paras[i]
	s := even(text[p.Start:p.End], maxHeadline+1)
	if len(s) > maxHeadline || z.firstTurn(text, paras[i:]) {
		return false
	}
	after := following(text, paras[i+1:])
	w := z.count(s)
	switch last := lastRune(text, p.Span); {
	case w.unfinished(last) || after.lower():
		return false
	case after.first == "":
		return w.titleAlone(last)
	case last == '?' || last == '!':
		return len(s) <= maxSentence && (w.titleCase() || !w.quotes() && after.count >= 2)
	case last == '.' || last == '…':
		return w.titleCase() || len(s) <= maxSentence && w.sentenceScore(after.first, after.dated) >= 4
	}
	return !w.said || !w.doubleMarks || len(after.first) > len(s)
}

// firstTurn reports whether the first of paras opens a transcript: it begins with a label, and so do two of the four after it.
func (z *zoner) firstTurn(text string, paras []annot.Paragraph) bool {
	const after, labelled = 4, 3
	n := 0
	for _, p := range paras[:min(len(paras), 1+after)] {
		if _, ok := ReadLabel(text[p.Start:p.End], z.set); ok {
			n++
		} else if n == 0 {
			return false
		}
	}
	return n >= labelled
}

// followers is what comes after a paragraph.
type followers struct {
	first string // the first paragraph of the body, a little more than maxLine bytes at most
	count int    // how many paragraphs of the body there are, three at most
	dated bool   // a dateline comes before them
}

// following looks at the paragraphs after a possible title.
func following(text string, paras []annot.Paragraph) (f followers) {
	for _, p := range paras {
		switch p.Zone {
		case annot.Dateline:
			f.dated = f.dated || f.first == ""
		case annot.Body:
			if f.count++; f.first == "" {
				f.first = even(text[p.Start:p.End], maxLine+1)
			}
			if f.count == 3 {
				return f
			}
		}
	}
	return f
}

// lower reports whether what follows begins in lower case and so goes on with a sentence.
func (f followers) lower() bool {
	r, _ := utf8.DecodeRuneInString(f.first)
	return unicode.IsLower(r)
}

// unfinished reports whether a paragraph that ends with the rune last is no whole title: Asked about the bridge,
func (w words) unfinished(last rune) bool {
	switch last {
	case ',', ':', '—', '-', '–':
		return true
	case ';':
		return w.all > 14 || w.doubleMarks
	}
	return false
}

// titleAlone reports whether a paragraph that no body follows is a title.
func (w words) titleAlone(last rune) bool {
	return w.all >= 3 && w.all <= 16 && !strings.ContainsRune(".!?…", last) && !w.quotes()
}

// quotes reports whether the words quote somebody, or may.
func (w words) quotes() bool { return w.doubleMarks || w.said }

// words is what the words of a paragraph say about its being a title.
type words struct {
	text         string
	all          int
	capitals     int // capitalised words
	plain        int // words in lower case that a title would capitalise
	articles     int // determiners and auxiliaries, which headlines do without
	days         int
	said         bool // a reporting verb that is not in the present
	says         bool // one that is
	doubleMarks  bool
	singleMarks  bool
	pronounFirst bool
}

func (z *zoner) count(s string) words {
	w := words{text: s}
	w.doubleMarks = hasDouble(s) || strings.Contains(s, "''")
	w.singleMarks = !w.doubleMarks && (strings.Contains(s, "‘") || strings.Contains(s, " '"))
	for field := range strings.FieldsSeq(s) {
		word := strings.Trim(field, ".,:;!?…'‘’“”\"()[]")
		if word == "" {
			continue
		}
		w.all++
		class := z.set.Classes(word)
		if w.all == 1 {
			const pronouns = rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst | rules.PronounImpersonal
			w.pronounFirst = class&(pronouns|rules.Conjunction) != 0
		}
		if class&(rules.Determiner|rules.Auxiliary) != 0 {
			w.articles++
		}
		if class&rules.Weekday != 0 {
			w.days++
		}
		if c := z.set.Cue(word); c != nil && c.Class != rules.Noun {
			if strings.HasSuffix(word, "s") {
				w.says = true
			} else {
				w.said = true
			}
		}
		switch r, _ := utf8.DecodeRuneInString(word); {
		case unicode.IsUpper(r):
			w.capitals++
		case unicode.IsLower(r):
			const small = rules.Determiner | rules.Preposition | rules.Conjunction | rules.Subordinator
			if class&small == 0 && word != "vs" && word != "to" {
				w.plain++
			}
		}
	}
	return w
}

// titleCase reports whether all words but the small ones are capitalised.
func (w words) titleCase() bool {
	return w.capitals >= 3 && w.capitals*2 >= w.all && (w.plain == 0 || w.plain == 1 && w.all > 10)
}

// sentenceScore weighs what speaks for and against a title that is written like a sentence, with a full stop: “Bill Clinton
// calls law ‘crazy system’ during campaign stop.”
func (w words) sentenceScore(next string, dated bool) int {
	if w.all < 4 || len(next) < len(w.text) {
		return 0
	}
	score := 0
	add := func(yes bool, n int) {
		if yes {
			score += n
		}
	}
	add(w.articles == 0, 2)
	add(w.articles > 1, -1)
	add(dated, 2)
	add(w.singleMarks && strings.ContainsAny(next, "“\""), 2)
	add(2*len(next) >= 3*len(w.text), 1)
	add(w.says, 1)
	add(w.said, -1)
	add(w.days > 0, -2)
	add(w.doubleMarks, -3)
	add(w.pronounFirst, -3)
	shared, content := overlap(w.text, next)
	add(10*shared >= 3*content && shared >= 2, 1)
	add(10*shared >= 5*content && shared >= 3, 1)
	return score
}

// overlap returns how many of the longer words of title begin like a word of next, and how many there are.
func overlap(title, next string) (shared, content int) {
	next = next[:min(len(next), maxLine)]
	for field := range strings.FieldsSeq(title) {
		word := strings.Trim(field, ".,:;!?…'‘’“”\"()[]")
		if len(word) < 4 {
			continue
		}
		content++
		if strings.Contains(next, word[:min(len(word), 6)]) {
			shared++
		}
	}
	return shared, content
}
