package entities

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// byStoreName is the confidence of a mention whose name ends in ’s.
const byStoreName = 0.8

// storeNames gives companies whose names end in ’s that ending: Macy’s said. Known companies are in the rules; others are
// told by verbs after the ’s, where no possessive can be. ms are sorted and do not overlap; so is the result.
func storeNames(v *segment.View, set *rules.Set, table *gazetteer.Table, ms []annot.Mention) []annot.Mention {
	n := &storeNamer{v: v, set: set, table: table, seen: map[string]*storeUses{}}
	n.collect(ms)
	if len(n.found) == 0 {
		return ms
	}
	n.countBare(ms)
	var added []annot.Mention
	for _, x := range n.found {
		if !n.company(x) {
			continue
		}
		m := annot.Mention{Span: v.Span(x.first, x.end), Type: annot.ORG, By: "model/store-name", Confidence: byStoreName}
		if x.mention >= 0 {
			ms[x.mention] = m
		} else {
			added = append(added, m)
		}
	}
	return insert(ms, added)
}

// A storeNamer finds the companies of one article whose names end in ’s.
type storeNamer struct {
	v     *segment.View
	set   *rules.Set
	table *gazetteer.Table
	found []storeName
	seen  map[string]*storeUses // by the name without the ’s
}

// A storeName is a name with a ’s after it: tokens first to end, the last of which is the ’s.
type storeName struct {
	first, end int
	mention    int // its index, or -1 if no mention covers it
	name       string
	after      afterName
}

// storeUses counts how a name is used in the article.
type storeUses struct {
	known  bool // as a company, by the rules
	barred bool // no company that nobody knows: a word, a country
	verbs  int  // with ’s before a verb of speech or a modal verb
	alone  int  // with ’s and no noun after it
	bare   int  // without ’s
}

// afterName says what follows a name with ’s.
type afterName int

const (
	noun  afterName = iota // or anything else that may be possessed
	alone                  // no noun: a mark, a preposition, a verb
	verb                   // a verb that no possessive comes before: said, will
)

// collect finds the names with ’s.
func (n *storeNamer) collect(ms []annot.Mention) {
	v := n.v
	k := 0
	for i := 1; i < len(v.D.Tokens); i++ {
		if !segment.Possessive(v.Word(i)) || !v.Upper(i-1) || v.D.Tokens[i-1].End != v.D.Tokens[i].Start {
			continue
		}
		for k < len(ms) && ms[k].End < v.D.Tokens[i-1].End {
			k++
		}
		x := storeName{first: i - 1, end: i + 1, mention: -1}
		if k < len(ms) && ms[k].Start < v.D.Tokens[i].Start {
			if ms[k].End > v.D.Tokens[i].End || ms[k].By == byUser {
				continue // Dov’s Sporting Goods
			}
			for x.mention = k; v.D.Tokens[x.first].Start > ms[k].Start; x.first-- {
			}
		}
		x.name, x.after = v.D.Slice(v.Span(x.first, i)), n.after(i+1)
		n.note(x, ms)
		n.found = append(n.found, x)
	}
}

// note counts a name with ’s.
func (n *storeNamer) note(x storeName, ms []annot.Mention) {
	u := n.seen[x.name]
	if u == nil {
		u = &storeUses{known: n.known(x), barred: n.barred(x)}
		n.seen[x.name] = u
	}
	if x.mention >= 0 {
		t := ms[x.mention].Type
		u.barred = u.barred || t == annot.LOC || t == annot.PER && x.end-x.first > 2 // St. John’s, Ann Boyd’s
	}
	if x.first > 0 && n.v.Word(x.first-1) == "of" {
		return // a friend of Ann’s
	}
	switch x.after {
	case verb:
		if n.v.Outer[x.first] < 0 { // “Boyd’s said so”: Boyd has said so
			u.verbs++
		}
	case alone:
		u.alone++
	}
}

// after tells what begins at token i, after ’s.
func (n *storeNamer) after(i int) afterName {
	v := n.v
	for i < len(v.D.Tokens) && v.Class[i] == rules.Adverb {
		i++
	}
	const noNoun = rules.Preposition | rules.Conjunction | rules.Auxiliary | rules.PronounRelative | rules.Subordinator
	switch {
	case i == len(v.D.Tokens):
		return alone
	case v.Is(i, rules.Modal) && !v.Upper(i) || v.In(i, rules.SecondCue):
		return verb
	case v.Is(i, noNoun) && !v.Upper(i) || v.Class[i] == rules.CommonVerb && !v.Upper(i):
		return alone
	case !v.Letter(i) && strings.Contains(".,;:!?)”\"", v.Word(i)):
		return alone
	}
	return noun
}

// countBare counts where the names of the article stand without ’s, alone or as a part of the name of a person.
func (n *storeNamer) countBare(ms []annot.Mention) {
	v := n.v
	for i := range v.D.Tokens {
		if i+1 < len(v.D.Tokens) && segment.Possessive(v.Word(i+1)) {
			continue
		}
		if u := n.seen[v.Word(i)]; u != nil {
			u.bare++
		}
	}
	for _, m := range ms {
		text := v.D.Slice(m.Span)
		if k := lastWord(text); k > 0 && m.Type == annot.PER {
			if u := n.seen[text[k:]]; u != nil {
				u.bare++ // Ann Boyd’s
			}
		}
	}
}

// company reports whether the name with ’s is that of a company.
func (n *storeNamer) company(x storeName) bool {
	u := n.seen[x.name]
	switch {
	case u.known:
		return u.bare == 0 || x.after == verb && n.v.Outer[x.first] < 0
	case u.barred || u.bare > 0:
		return false
	}
	return 2*u.verbs+u.alone >= 2
}

// known reports whether the rules or the gazetteer have the name with ’s.
func (n *storeNamer) known(x storeName) bool {
	if e, ok := n.table.Phrase(hash(n.v, x.first, x.end)); ok && e.Best == annot.ORG {
		return true
	}
	if x.end-x.first == 2 {
		return n.v.In(x.first, rules.StoreName)
	}
	words := strings.Fields(strings.ToLower(x.name))
	return slices.ContainsFunc(n.set.Phrases(words[0]), func(p rules.ClassPhrase) bool {
		return p.StageClass.Has(rules.StoreName) && slices.Equal(p.Words, words)
	})
}

// barred reports whether the name without ’s is a word, a first name, a place, a body or a person in the news by itself:
// today’s, China’s.
func (n *storeNamer) barred(x storeName) bool {
	h := hash(n.v, x.first, x.end-1)
	if e, ok := n.table.Phrase(h); ok && e.Best != annot.PER && e.Weight > 3 {
		return true
	}
	if seq, ok := n.table.CapSeq(h); ok && seq.N >= 4 && seq.SayAfter > 0.03 {
		return true
	}
	if f, ok := n.table.FirstName(x.name); ok && f.Common > 12 {
		return true
	}
	ratio, known := n.table.Case(n.v.Word(x.end - 2))
	return known && ratio > 0.3 || n.v.Class[x.end-2]&(function|rules.Month|rules.Weekday|rules.TimeWord|rules.Demonym|rules.RoleNoun|rules.OrgHead) != 0
}
