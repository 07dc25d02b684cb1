package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Label is what a line begins with to say who speaks the rest: LENA FOX, HOST (voice-over): Good evening. Offsets count bytes of
// the line.
type Label struct {
	// Name is the span in the line of the name alone, without time code, description and remarks.
	Name annot.Span
	// Words is where the words begin that the label is for; the length of the line if the label is all of it.
	Words int
	Form  LabelForm
	// Timed says that a time code stands beside the name, Remark that a remark in brackets does: (voice-over), (D-OHIO).
	Timed, Remark bool
	// Described says that a description follows the name after a comma.
	Described bool
	// Dash says that a dash and no colon ends the label.
	Dash bool
}

// A LabelForm tells how the name of a Label is written.
type LabelForm uint8

// The forms of labels.
const (
	NoLabel        LabelForm = iota
	LetterLabel              // Q: A.
	CapitalLabel             // FOX: McCANN: SEN. PAT COLE (D-OHIO):
	MixedLabel               // Lena Fox:
	BracketedLabel           // ((Lena Fox)) [Lena Fox]:
)

const (
	maxLabel     = 140 // bytes of a label, description and remarks included
	maxName      = 60  // bytes of its name
	maxNameWords = 7
	maxRemark    = 50 // bytes of a remark in brackets
)

// ReadLabel reads the label that line begins with, and reports whether there is one. Runs of white space and of signs
// for emphasis aside, it looks at a bounded number of bytes.
func ReadLabel(line string, set *rules.Set) (Label, bool) {
	r := labelReader{line: line, set: set}
	if !r.read() {
		return Label{}, false
	}
	return r.label, true
}

// BeforeLabel reports whether a label may begin within a sentence right after the token word: You mean— COLE: Never.
func BeforeLabel(word string) bool {
	switch word {
	case "—", "–", "--", ")", "]", "...", "…":
		return true
	}
	return false
}

// A labelReader reads a label from its line, of which it has read the first i bytes.
type labelReader struct {
	line  string
	i     int
	set   *rules.Set
	label Label
}

func (r *labelReader) read() bool {
	r.emphasis()
	r.timeCode()
	r.emphasis()
	if !r.name() || !r.additions() || r.i > maxLabel || !r.separator() {
		return false
	}
	r.emphasis()
	r.blanks()
	r.timeCode()
	r.emphasis()
	r.aside()
	r.label.Words = r.i
	return true
}

// separator reads the colon that ends the label, or what may stand for it.
func (r *labelReader) separator() bool {
	bold := r.emphasis()
	r.blanks()
	rest := r.line[r.i:]
	switch l := &r.label; {
	case strings.HasPrefix(rest, ":"):
		r.i++
		return r.emphasis() || bold || r.atBlank()
	case rest == "":
		return l.Timed // Lena Fox 00:12
	case l.Form == BracketedLabel && strings.HasPrefix(r.line[l.Name.Start-1:], "("), bold && l.Form == LetterLabel:
		return true
	case l.Form == LetterLabel && rest[0] == '.':
		r.i++
		return r.atBlank()
	case l.Form == MixedLabel || l.Form == BracketedLabel:
		return false
	}
	n := dashLength(rest)
	r.i += n
	r.label.Dash = n > 0
	return n > 0 && r.atBlank()
}

// dashLength returns the length of the dash that s begins with, or 0.
func dashLength(s string) int {
	for _, dash := range [...]string{"—", "–", "--", "-"} {
		if strings.HasPrefix(s, dash) {
			return len(dash)
		}
	}
	return 0
}

// atBlank reports whether white space follows, or the end of the line.
func (r *labelReader) atBlank() bool {
	c, _ := utf8.DecodeRuneInString(r.line[r.i:])
	return r.i == len(r.line) || unicode.IsSpace(c)
}

func (r *labelReader) blanks() {
	r.i = len(r.line) - len(strings.TrimLeftFunc(r.line[r.i:], unicode.IsSpace))
}

// emphasis reads what marks bold and italics, or a new speaker, and reports whether there is any: **FOX:** >> FOX:
func (r *labelReader) emphasis() bool {
	rest := strings.TrimLeft(r.line[r.i:], "*_>»¶")
	if len(rest) == len(r.line)-r.i {
		return false
	}
	if r.i == 0 {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	}
	r.i = len(r.line) - len(rest)
	return true
}

// timeCode reads a time code, in brackets or without: [00:01:15] 12:30 (0:42).
func (r *labelReader) timeCode() {
	n := timeCodeLength(r.line[r.i:])
	if n == 0 {
		return
	}
	r.i += n
	r.label.Timed = true
	r.blanks()
	if n := dashLength(r.line[r.i:]); n > 0 {
		r.i += n
		r.blanks()
	}
}

// timeCodeLength returns the length of the time code that s begins with, or 0.
func timeCodeLength(s string) int {
	i, closing := 0, byte(0)
	if s != "" && (s[0] == '[' || s[0] == '(') {
		i, closing = 1, map[byte]byte{'[': ']', '(': ')'}[s[0]]
	}
	first, colons := i, 0
	for i < len(s) && i-first < 14 && (isDigit(s[i]) || s[i] == ':' || s[i] == '.' || s[i] == ',') {
		if s[i] == ':' {
			colons++
		}
		i++
	}
	switch {
	case i == first || colons == 0 || colons > 3 || !isDigit(s[first]) || !isDigit(s[i-1]):
		return 0
	case closing != 0 && (i == len(s) || s[i] != closing):
		return 0
	case closing != 0:
		return i + 1
	}
	if after, _ := utf8.DecodeRuneInString(s[i:]); i < len(s) && !unicode.IsSpace(after) {
		return 0
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// name reads the name.
func (r *labelReader) name() bool {
	l := &r.label
	if open := r.brackets(); open != "" {
		closing := strings.Repeat(map[byte]string{'(': ")", '[': "]"}[open[0]], len(open))
		end := strings.Index(r.line[r.i:min(len(r.line), r.i+maxName)], closing)
		if end < 0 || r.form(r.line[r.i:r.i+end]) == NoLabel {
			return false
		}
		l.Form, l.Name = BracketedLabel, annot.Span{Start: r.i, End: r.i + end}
		r.i += end + len(closing)
		r.blanks()
		return true
	}
	window := r.line[r.i:min(len(r.line), r.i+maxName)]
	end := strings.IndexAny(window, ":,([*_—–")
	if end < 0 {
		end = len(window)
	}
	if k := strings.IndexByte(window[:end], '-'); k > 0 && unicode.IsSpace(rune(window[k-1])) {
		end = k // FOX - FOX --
	}
	if k := strings.IndexAny(window[:end], "0123456789"); k > 0 && timeCodeLength(r.line[r.i+k:]) > 0 {
		end = k
	}
	if k := strings.IndexAny(window[:end], ".-"); k == 1 { // Q. Q-
		end = k
	}
	name := strings.TrimRightFunc(window[:end], unicode.IsSpace)
	l.Form = r.form(name)
	l.Name = annot.Span{Start: r.i, End: r.i + len(name)}
	r.i = l.Name.End
	return l.Form != NoLabel
}

// brackets reads the brackets that open before a name, one square or two round ones.
func (r *labelReader) brackets() string {
	for _, open := range [...]string{"((", "["} {
		if strings.HasPrefix(r.line[r.i:], open) {
			r.i += len(open)
			return open
		}
	}
	return ""
}

// additions reads what may stand between the name and its colon: remarks in brackets, a description after a comma, a time.
func (r *labelReader) additions() bool {
	for range 4 {
		r.blanks()
		rest := r.line[r.i:]
		switch {
		case rest == "":
			return true
		case timeCodeLength(rest) > 0:
			r.timeCode()
		case rest[0] == '(' || rest[0] == '[':
			n := strings.IndexAny(rest[:min(len(rest), maxRemark)], ")]")
			if n < 0 {
				return false
			}
			r.i += n + 1
			r.label.Remark = true
		case rest[0] == ',' && r.label.Form >= CapitalLabel && !r.label.Described:
			n := strings.IndexAny(rest[:min(len(rest), maxLabel)], ":([*?!")
			if n < 0 || !strings.ContainsRune(":([*", rune(rest[n])) || !r.describes(rest[:n]) {
				return false
			}
			r.i += n
			r.label.Described = true
		default:
			return true
		}
	}
	return true
}

// describes reports whether s may say who the name before it is: one clause, or all in capitals.
func (r *labelReader) describes(s string) bool {
	name := r.line[r.label.Name.Start:r.label.Name.End]
	ended := false // a word with a full stop, before another
	for word := range strings.FieldsSeq(s) {
		if ended && s != strings.ToUpper(s) {
			return false
		}
		ended = strings.HasSuffix(word, ".")
	}
	return r.label.Form != MixedLabel || len(strings.Fields(name)) > 1
}

// aside reads a remark on the manner of what is said: FOX: (voice-over) The ice melts.
func (r *labelReader) aside() {
	rest := r.line[r.i:]
	if !strings.HasPrefix(rest, "(") {
		return
	}
	n := strings.IndexByte(rest[:min(len(rest), maxRemark)], ')')
	if n < 0 || len(strings.Fields(rest[:n])) > 4 {
		return
	}
	if after, _ := utf8.DecodeRuneInString(rest[n+1:]); !unicode.IsSpace(after) {
		return
	}
	r.i += n + 1
	r.label.Remark = true
	r.blanks()
}

// form tells how name is written, NoLabel if it cannot be one.
func (r *labelReader) form(name string) LabelForm {
	if first, n := utf8.DecodeRuneInString(name); n == len(name) && unicode.IsUpper(first) {
		return LetterLabel
	}
	words, capital, small := 0, 0, 0
	for word := range strings.FieldsSeq(name) {
		words++
		switch {
		case inCapitals(word):
			capital++
		case words > 1 && isNumber(word):
		case words > 1 && r.joins(word):
			small++
		case !beginsName(word):
			return NoLabel
		}
	}
	switch {
	case words == 0 || words > maxNameWords || words == small || strings.ContainsAny(name[len(name)-1:], "'’-&"):
		return NoLabel
	case capital > 0 && r.allCapital(name):
		return CapitalLabel
	case words == 1 && r.set.Classes(name)&noName != 0, words > 5:
		return NoLabel
	}
	return MixedLabel
}

// noName are the classes of words that are no name by themselves, however they are written.
const noName = rules.Determiner | rules.Possessive | rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst |
	rules.PronounImpersonal | rules.PronounRelative | rules.Preposition | rules.Conjunction | rules.Subordinator | rules.Negation |
	rules.SentenceAdverb | rules.QuestionWord | rules.Weekday

// allCapital reports whether the words of name are in capitals, particles and numbers aside.
func (r *labelReader) allCapital(name string) bool {
	for word := range strings.FieldsSeq(name) {
		if !inCapitals(word) && !isNumber(word) && !r.joins(word) {
			return false
		}
	}
	return true
}

// joins reports whether word, in small letters, may stand within a name or a role: de la, of, the.
func (r *labelReader) joins(word string) bool {
	c, _ := utf8.DecodeRuneInString(word)
	return word == "&" || unicode.IsLower(c) && r.set.Classes(word)&(rules.NameParticle|rules.Determiner|rules.Attaching|rules.PlacePreposition) != 0
}

// isNumber reports whether word counts speakers: 2, #1.
func isNumber(word string) bool {
	word = strings.TrimPrefix(word, "#")
	for i := 0; i < len(word); i++ {
		if !isDigit(word[i]) {
			return false
		}
	}
	return word != "" && len(word) <= 3
}

// inCapitals reports whether word is in capitals but for a prefix of a surname: FOX, O’HARA, McCANN, DeVRIES, J.B.
func inCapitals(word string) bool {
	const prefix = 4 // letters, as of Fitz
	upper, lower := 0, 0
	for _, c := range word {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c) && upper == 1 && lower < prefix:
			lower++
		case unicode.IsLower(c) || !strings.ContainsRune(".'’-/", c):
			return false
		}
	}
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(c) && (lower == 0 || upper >= 3)
}

// beginsName reports whether word may be a part of a name in small letters with a capital: Fox, O’Hara, Adler-Bell, Mr.
func beginsName(word string) bool {
	for _, c := range word {
		if !unicode.IsLetter(c) && !strings.ContainsRune(".'’-/", c) {
			return false
		}
	}
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(c)
}
