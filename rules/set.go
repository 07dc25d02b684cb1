package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Set is a compiled set of rules. It is immutable and safe for concurrent use; what its methods return is shared
// and must not be changed. A word is looked up as it is written in the text: case does not matter, and ’ equals '.
type Set struct {
	rules []rule

	words       map[string]*Word
	boilerplate []BoilerplateRule
	sum         func() string
}

// A Word is all that the rules say of a word.
type Word struct {
	// Report is the word of reporting that has the word among its forms, or nil.
	Report *Report
	// Classes are its general lexical classes, StageClasses those that only one stage asks for.
	Classes      Class
	StageClasses StageClass
	// Cue is the cue that has the word among its forms, or nil.
	Cue *Cue
	// Kin are other nouns for the role that the word names: a lawyer may be called an attorney.
	Kin []string
	// CuePhrases are the forms of cues, and Phrases the entries of word lists, that have several words and begin with
	// this one, those with the most words first.
	CuePhrases []CuePhrase
	Phrases    []ClassPhrase
}

// A CuePhrase is a form of a cue that has several words.
type CuePhrase struct {
	// Words are the words in order, at least two, lower case.
	Words []string
	Cue   *Cue
}

// A ClassPhrase is a form of a word list that has several words.
type ClassPhrase struct {
	// Words are the words in order, at least two, lower case.
	Words []string
	// Class and StageClass are the classes of the whole form.
	Class      Class
	StageClass StageClass
}

// A BoilerplateRule is a Boilerplate with its pattern compiled.
type BoilerplateRule struct {
	Boilerplate
	// Regexp is the compiled Pattern.
	Regexp *regexp.Regexp
}

// Match reports whether text, one line or paragraph, is of the rule's zone. The zone covers text[:end]: a dateline ends
// where the story starts, every other zone takes the whole text. place is the part of a dateline that names the place,
// empty if there is none.
func (b *BoilerplateRule) Match(text string) (end int, place string, ok bool) {
	if b.Zone != datelineZone {
		return len(text), "", b.Regexp.MatchString(text)
	}
	m := b.Regexp.FindStringSubmatchIndex(text)
	if m == nil {
		return 0, "", false
	}
	if len(m) > 2 && m[2] >= 0 {
		place = text[m[2]:m[3]]
	}
	return m[1], place, true
}

// Word returns what the rules say of a word, never nil. It does not allocate for ASCII words.
func (s *Set) Word(word string) *Word {
	var buf [foldBuffer]byte
	folded, ok := fold(&buf, word)
	if !ok {
		folded = []byte(slowFold(word))
	}
	if w := s.words[string(folded)]; w != nil { // the compiler makes no string for a map index
		return w
	}
	return &unknown
}

var unknown Word

// Classes returns the general classes of a word, 0 if no list gives it any.
func (s *Set) Classes(word string) Class { return s.Word(word).Classes }

// StageClasses returns the classes of a word that only one stage asks for, 0 if no list gives it any.
func (s *Set) StageClasses(word string) StageClass { return s.Word(word).StageClasses }

// Cue returns the cue that has word among its forms, nil if none has.
func (s *Set) Cue(word string) *Cue { return s.Word(word).Cue }

// CuePhrases returns the forms of several words that begin with first, those with the most words first.
func (s *Set) CuePhrases(first string) []CuePhrase { return s.Word(first).CuePhrases }

// Report returns the word of reporting that has word among its forms, nil if none has.
func (s *Set) Report(word string) *Report { return s.Word(word).Report }

// Phrases returns the entries of word lists that have several words and begin with first, those with the most words
// first.
func (s *Set) Phrases(first string) []ClassPhrase { return s.Word(first).Phrases }

// Boilerplates returns the rules for lines of boilerplate in the order of their files.
func (s *Set) Boilerplates() []BoilerplateRule { return s.boilerplate }

// SHA256 returns the hash of what the rules say, in hexadecimal. It does not depend on the examples, on the order of
// words and cues, or on how the rules are spread over files. It is worked out on the first call.
func (s *Set) SHA256() string { return s.sum() }

// compile makes the lookups of a Set. The rules are good: decode has checked them.
func compile(rules []rule) *Set {
	s := &Set{
		rules: rules,
		words: map[string]*Word{},
	}
	entry := func(form string) *Word {
		w := s.words[form]
		if w == nil {
			w = &Word{}
			s.words[form] = w
		}
		return w
	}
	several := map[string]classes{} // forms of several words; one may be in several lists
	for _, r := range rules {
		switch {
		case r.words != nil:
			for _, form := range r.words.forms {
				if strings.Contains(form, " ") {
					several[form] = several[form].or(r.words.classes)
					continue
				}
				w := entry(form)
				w.Classes |= r.words.general
				w.StageClasses |= r.words.stage
			}
		case r.cue != nil:
			for _, form := range r.cue.Forms {
				if words := strings.Split(form, " "); len(words) > 1 {
					w := entry(words[0])
					w.CuePhrases = append(w.CuePhrases, CuePhrase{words, r.cue})
				} else {
					entry(form).Cue = r.cue
				}
			}
		case r.kind != nil:
			r.kind.note(entry)
		case r.report != nil:
			for _, form := range r.report.Forms {
				entry(form).Report = r.report
			}
		case r.boilerplate != nil:
			s.boilerplate = append(s.boilerplate, *r.boilerplate)
		}
	}
	for form, c := range several {
		words := strings.Split(form, " ")
		w := entry(words[0])
		w.Phrases = append(w.Phrases, ClassPhrase{words, c.general, c.stage})
	}
	for _, w := range s.words {
		slices.SortFunc(w.Phrases, func(a, b ClassPhrase) int { return longestFirst(a.Words, b.Words) })
		slices.SortFunc(w.CuePhrases, func(a, b CuePhrase) int { return longestFirst(a.Words, b.Words) })
	}
	s.sum = sync.OnceValue(func() string { return checksum(rules) })
	return s
}

func longestFirst(a, b []string) int {
	return cmp.Or(cmp.Compare(len(b), len(a)), slices.Compare(a, b))
}

// checksum hashes the content of rules. Word lists and cues are sorted, as their order decides nothing; that of the
// boilerplate rules does, since callers take the first that matches.
func checksum(rules []rule) string {
	var sorted, ordered []string
	for _, r := range rules {
		switch {
		case r.words != nil:
			sorted = append(sorted, fmt.Sprintf("words %s %d %d %q\n", r.id, r.words.general, r.words.stage, slices.Sorted(slices.Values(r.words.forms))))
		case r.cue != nil:
			c := r.cue
			sorted = append(sorted, fmt.Sprintf("cue %s %d %g %t %t %q\n", r.id, c.Class, c.Weight, c.Written, c.Social,
				slices.Sorted(slices.Values(c.Forms))))
		case r.kind != nil:
			sorted = append(sorted, fmt.Sprintf("kind %s %q\n", r.id, slices.Sorted(slices.Values(r.kind.forms))))
		case r.report != nil:
			sorted = append(sorted, fmt.Sprintf("report %s %t %q\n", r.id, r.report.Noun, slices.Sorted(slices.Values(r.report.Forms))))
		case r.boilerplate != nil:
			b := r.boilerplate
			ordered = append(ordered, fmt.Sprintf("boilerplate %s %q %s\n", r.id, b.Pattern, b.Zone))
		}
	}
	slices.Sort(sorted)
	hash := sha256.New()
	for _, line := range slices.Concat(sorted, ordered) {
		hash.Write([]byte(line))
	}
	return hex.EncodeToString(hash.Sum(nil))
}
