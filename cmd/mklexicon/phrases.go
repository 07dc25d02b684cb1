package main

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A phrase is a name with its weight for each type; -1 is none.
type phrase struct {
	name      string
	weight    [5]int
	news      int
	best      annot.Type // only for rows of world.tsv: it decides
	ambiguous bool
	drop      bool
}

// build returns the file of tables.
func build(lexicons, pkg fs.FS, stderr io.Writer) ([]byte, error) {
	b := &gazetteer.Builder{}
	notice, err := fs.ReadFile(pkg, "NOTICE.md")
	if err != nil {
		return nil, err
	}
	b.Notice = string(notice)
	words, err := readWords(lexicons, b)
	if err != nil {
		return nil, err
	}
	if err := words.readNames(pkg, b); err != nil {
		return nil, err
	}
	phrases, err := readBulk(lexicons)
	if err != nil {
		return nil, err
	}
	if err := readWorld(pkg, phrases); err != nil {
		return nil, err
	}
	addPhrases(b, words, phrases)
	data := b.Bytes()
	return data, report(stderr, data)
}

func newPhrase(name string) *phrase { return &phrase{name: name, weight: [5]int{-1, -1, -1, -1, -1}} }

func readBulk(fsys fs.FS) (map[string]*phrase, error) {
	phrases := map[string]*phrase{}
	err := readTSV(fsys, "gazetteer_permissive.tsv", 6, true, func(c []string) error {
		news, err := number(c[5])
		if err != nil {
			return err
		}
		t, w := weigh(c[1], c[2], c[3], c[4], len(strings.Fields(c[0])))
		if w < 0 || strings.ContainsAny(c[0], "()/\"$`=+") {
			return nil
		}
		for _, name := range variants(c[0], t) {
			p := phrases[name]
			if p == nil {
				p = newPhrase(name)
				phrases[name] = p
			}
			p.weight[t] = max(p.weight[t], w)
			p.news = max(p.news, news)
		}
		return nil
	})
	return phrases, err
}

// variants returns the ways in which news writes a listed name: without accents, with the full stop of "Inc.", without
// the article of "The Washington Post".
func variants(name string, t annot.Type) []string {
	names := []string{name}
	if t == annot.ORG {
		for _, end := range []string{" Inc", " Corp", " Co", " Ltd", " N.V", " S.A", " S.p.A"} {
			if strings.HasSuffix(name, end) {
				names = append(names, name+".")
			}
		}
		if rest, ok := strings.CutPrefix(name, "The "); ok && strings.Contains(rest, " ") {
			names = append(names, rest)
		}
	}
	for _, n := range names {
		if a := unaccent(n); a != n {
			names = append(names, a)
		}
	}
	return names
}

var letters = strings.NewReplacer("ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ß", "ss", "æ", "ae", "Æ", "Ae",
	"œ", "oe", "Œ", "Oe", "ı", "i", "‘", "", "ʻ", "", "ə", "a", "Ə", "A", "þ", "th", "Þ", "Th", "ð", "d")

// unaccent returns name in the letters of English.
func unaccent(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(letters.Replace(name)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// readWorld reads the hand-written list, which replaces what the bulk says of a name.
func readWorld(fsys fs.FS, phrases map[string]*phrase) error {
	seen := map[string]bool{}
	return readTSV(fsys, "world.tsv", 4, true, func(c []string) error {
		if seen[c[0]] {
			return fmt.Errorf("%q is listed twice; remove one", c[0])
		}
		seen[c[0]] = true
		w, err := number(c[2])
		if err != nil || w < 0 || w > 7 {
			return fmt.Errorf("weight %q is not 0 to 7", c[2])
		}
		names := []string{c[0]}
		if a := unaccent(c[0]); a != c[0] && !seen[a] {
			names = append(names, a)
		}
		for _, name := range names {
			p := newPhrase(name)
			p.drop = c[1] == "NONE"
			p.ambiguous = c[3] == "ambiguous"
			if old := phrases[name]; old != nil {
				p.news = old.news
			}
			for _, s := range strings.Split(c[1], ",") {
				if p.drop {
					break
				}
				t, ok := annot.ParseType(s)
				if !ok {
					return fmt.Errorf("type %q is not PER, LOC, ORG, MISC or NONE", s)
				}
				if p.best == annot.NoType {
					p.best = t
				}
				p.weight[t] = w
			}
			phrases[name] = p
		}
		return nil
	})
}

// addPhrases adds what is fit to be listed, the most trusted first so that a collision of hashes costs the lesser one.
func addPhrases(b *gazetteer.Builder, words *Words, phrases map[string]*phrase) {
	type listed struct {
		name   string
		tokens []string
		gazetteer.Entry
	}
	var all []listed
	for _, name := range slices.Sorted(maps.Keys(phrases)) {
		tokens := gazetteer.Split(name)
		if e, ok := judge(words, phrases[name], tokens); ok {
			all = append(all, listed{name, tokens, e})
		}
	}
	slices.SortStableFunc(all, func(x, y listed) int { return cmp.Compare(y.Weight, x.Weight) })
	for _, p := range all {
		// In capital letters “TARGET” is a word rather than a shop.
		plain := len(p.tokens) == 1 && words.lower[strings.ToLower(p.name)] >= 0.05
		b.AddPhrase(p.tokens, p.Entry, p.Weight >= foldWeight && !plain)
	}
}

// foldWeight is the least weight of what is listed for text in capital letters too.
const foldWeight = 3

// capitalised reports whether some letter is a capital: al-Qaeda, eBay.
func capitalised(name string) bool { return strings.ContainsFunc(name, unicode.IsUpper) }
