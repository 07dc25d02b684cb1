package main

import (
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// weigh returns the type and the weight that a row has by its source, or a weight of -1 for a row of no use.
func weigh(class, subtype, source, weight string, tokens int) (annot.Type, int) {
	t, ok := annot.ParseType(class)
	if class == "DEMONYM" {
		return annot.MISC, 5
	}
	if !ok {
		return annot.NoType, -1
	}
	kind, _, _ := strings.Cut(subtype, "_")
	if kind == "wn" {
		return t, wordnet(t, strings.TrimPrefix(subtype, "wn_"), tokens)
	}
	switch kind {
	case "city", "metro":
		if kind == "metro" { // Los Angeles-Long Beach-Anaheim, CA
			return t, -1
		}
		return t, population(weight, source)
	case "mp":
		return t, onlyFull(2, tokens)
	case "author", "scientist", "businessperson", "actor":
		return t, onlyFull(2, tokens)
	case "company":
		return t, company(subtype, weight)
	}
	w, ok := weights[subtype]
	if !ok {
		if w, ok = weights[kind]; !ok {
			return t, -1
		}
	}
	return t, w
}

// weights by subtype or by its first part. What is absent here and in weigh is not listed.
var weights = map[string]int{
	"country": 7, "country_former": 3, "capital": 6, "admin1_US": 7, "admin1": 3, "admin2": 1, "admin2_GB": 2, "admin2_US": 2, "admin": 3, "county": 1,
	"water": 4, "neighborhood": 2, "facility": 4, "igo": 4, "legislature": 4, "agency": 4, "committee": 4, "university": 4,
	"newspaper": 5, "ngo": 4, "militant": 4, "team": 4, "club": 3, "club_alias": 2, "party": 3, "party_native": 2, "party_abbr": 2,
	"us_executive": 5, "us_legislator": 4, "leader": 3, "celebrity": 4,
}

// onlyFull refuses what is only a surname: the list of surnames knows those.
func onlyFull(w, tokens int) int {
	if tokens < 2 {
		return -1
	}
	return w
}

func population(weight, source string) int {
	if source != "geonames" {
		return 3
	}
	n, err := number(weight)
	switch {
	case err != nil || n < 2000:
		return 0
	case n < 30_000:
		return 1
	case n < 100_000:
		return 2
	case n < 300_000:
		return 3
	case n < 1_000_000:
		return 4
	}
	return 5
}

func company(subtype, weight string) int {
	switch {
	case subtype == "company_sp500":
		return 5
	case subtype == "company" && weight == "":
		return 3
	case weight == "":
		return 2
	}
	n, err := number(weight)
	if err != nil {
		return 2
	}
	return min(n, 5)
}

// wordnet weighs the instances in WordNet: places are well known ones, people are of the past; gods and stars are no
// entities of news.
func wordnet(t annot.Type, class string, tokens int) int {
	for _, no := range []string{"deity", "mythical", "imaginary", "fictional", "constellation", "star", "zodiac", "planet", "asteri", "crater",
		"supergiant", "satellite", "spiritual", "giant", "Muse", "Titan", "soil", "galaxy", "nova", "meridian", "historic", "conference",
		"Inquisition", "God", "hypostasis", "section", "satyr", "monster", "creature", "boundary", "pole", "dragon", "spirit"} {
		if strings.Contains(class, no) {
			return -1
		}
	}
	switch {
	case t == annot.PER && class == "President_of_the_United_States":
		return onlyFull(5, tokens)
	case t == annot.PER:
		return onlyFull(2, tokens)
	case strings.Contains(class, "country"), class == "continent", class == "ocean", class == "American_state":
		return 6
	case strings.Contains(class, "capital"), class == "sea", class == "geographical_area":
		return 5
	case class == "river", class == "town":
		return 3
	}
	return 4
}

// judge decides what is said of a phrase, and whether it is fit to be listed.
func judge(words *Words, p *phrase, tokens []string) (gazetteer.Entry, bool) {
	if p.drop || len(tokens) == 0 || p.best == annot.NoType && !capitalised(p.name) {
		return gazetteer.Entry{}, false
	}
	seq := words.seqs[p.name]
	if p.best != annot.NoType {
		return entry(p, p.ambiguous || len(tokens) == 1 && worldAmbiguous(words, p, seq)), true
	}
	if len(tokens) == 1 {
		return judgeWord(words, p, seq)
	}
	// News names Guangdong and adds what it is: “Guangdong province”; “President Clinton” is a title and a name.
	if p.weight[annot.ORG] < 0 && (!capitalised(tokens[len(tokens)-1]) || tokens[0] == "President") {
		return gazetteer.Entry{}, false
	}
	boost(p, seq)
	return entry(p, looksPlain(words, p, tokens) || looksPersonal(words, p, tokens)), true
}

// worldAmbiguous reports whether a name of one token in world.tsv is ambiguous though the list does not say so. Of
// acronyms the list says so.
func worldAmbiguous(words *Words, p *phrase, seq seq) bool {
	if p.best == annot.MISC || p.name == strings.ToUpper(p.name) {
		return false
	}
	return words.lower[strings.ToLower(p.name)] >= 0.05 || seq.LocPrepBefore < 0.1 && likePerson(words, p.name, seq)
}

// judgeWord judges a name of one token, which may as well be a word or a person.
func judgeWord(words *Words, p *phrase, seq seq) (gazetteer.Entry, bool) {
	key := strings.ToLower(p.name)
	lower := words.lower[key]
	top := maxWeight(p)
	length := utf8.RuneCountInString(p.name)
	if length < 2 || length == 2 && top < 6 || lower >= 0.5 && top < 4 || lower >= 0.9 && top < 6 {
		return gazetteer.Entry{}, false
	}
	if length == 2 { // postal abbreviations, of which some are words in capital letters: IN, OR, ME
		return entry(p, true), lower < 0.3
	}
	// “Obama said”, “President Obama”: a person's name, whatever town bears it as well.
	after := words.last[key] - 1
	personal := seq.n >= 20 && seq.LocPrepBefore < 0.12 && (seq.TitleBefore >= 0.03 || seq.SayAfter >= 0.06 || 4*after >= seq.n) ||
		seq.n < 20 && after >= 20
	if personal && top < 7 {
		for t := range p.weight {
			p.weight[t] = min(p.weight[t], 0)
		}
		return entry(p, true), true
	}
	boost(p, seq)
	rare := maxWeight(p) <= 3 && words.last[key] > 0 && !place(seq)
	return entry(p, lower >= 0.05 || rare || likePerson(words, p.name, seq)), true
}

// place reports whether news names a place: “in Washington”.
func place(seq seq) bool { return seq.n >= 20 && seq.LocPrepBefore >= 0.2 && seq.TitleBefore < 0.02 }

// likePerson reports whether people in the news are called by the one word: Jordan, Holland, Chelsea.
func likePerson(words *Words, name string, seq seq) bool {
	key := strings.ToLower(name)
	return !place(seq) && (words.first[key] >= 2000 || words.last[key] > 50)
}

// boost raises the weight of what is often named in news as what it is listed for.
func boost(p *phrase, seq seq) {
	up := 0
	for _, n := range []int{10, 100, 1000} {
		if p.news >= n {
			up++
		}
	}
	if up == 0 {
		return
	}
	known := seq.n > 0
	for t, w := range p.weight {
		if w < 0 {
			continue
		}
		switch annot.Type(t) {
		case annot.LOC:
			if known && seq.LocPrepBefore < 0.15 || w < 3 && known && seq.LocPrepBefore < 0.2 {
				continue
			}
		case annot.ORG:
			if known && (seq.LocPrepBefore >= 0.3 || seq.TitleBefore >= 0.03) {
				continue
			}
		case annot.PER:
			if known && seq.TheBefore >= 0.2 {
				continue
			}
		default:
			continue
		}
		p.weight[t] = max(w, min(w+up, 6))
	}
}

// looksPlain reports whether every word of p is an ordinary one, as in the title of an article: “New Home”.
func looksPlain(words *Words, p *phrase, tokens []string) bool {
	if p.news >= 10 || maxWeight(p) >= 4 {
		return false
	}
	for _, tok := range tokens {
		if words.lower[strings.ToLower(tok)] < 0.5 {
			return false
		}
	}
	return true
}

// looksPersonal reports whether a place or body is called like a person: George West, Jim Thorpe.
func looksPersonal(words *Words, p *phrase, tokens []string) bool {
	last := tokens[len(tokens)-1]
	return p.weight[annot.PER] < 0 && maxWeight(p) < 4 && len(tokens) == 2 && words.first[strings.ToLower(tokens[0])] >= 5000 &&
		words.last[strings.ToLower(last)] > 1 && words.lower[strings.ToLower(last)] < 0.3
}

func maxWeight(p *phrase) int {
	top := -1
	for _, w := range p.weight {
		top = max(top, w)
	}
	return top
}

// entry packs p. Of types with the same weight places come before bodies, bodies before people.
func entry(p *phrase, ambiguous bool) gazetteer.Entry {
	e := gazetteer.Entry{Ambiguous: ambiguous, Best: p.best}
	top := maxWeight(p)
	for _, t := range []annot.Type{annot.MISC, annot.LOC, annot.ORG, annot.PER} {
		if p.weight[t] < 0 {
			continue
		}
		e.Types |= gazetteer.Types(t)
		if e.Best == annot.NoType && p.weight[t] == top {
			e.Best = t
		}
	}
	e.Weight = uint8(max(0, top))
	return e
}
