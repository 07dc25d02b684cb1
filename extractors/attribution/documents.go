package attribution

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A document is a place of the article where a report, letter or other artifact is named, with those who are evidently
// its authors.
type document struct {
	head    int // the token of the noun
	kind    string
	the     bool // the report, not a report: it takes up another one
	authors []author
}

// author is a person or body: an entity, or a body named after one, as the Trump campaign.
type author struct {
	entity int
	name   string // of a body that is no entity
}

// reach is how many tokens to the right of an artifact its author is looked for.
const reach = 14

// findDocuments collects the artifacts that the narrative names, once for the article.
func (w *work) findDocuments() {
	for i := range w.d.Tokens {
		if !w.v.Is(i, rules.ArtifactNoun) || w.quoted(i) || w.mention[i] >= 0 || w.v.Is(i, people|rules.CommonVerb) || w.unit[i] < 0 {
			continue
		}
		first := w.nounStart(i)
		if !strings.HasSuffix(w.v.Word(i), "s") && !w.v.Is(first, rules.Determiner|rules.Possessive|rules.NumberWord) && w.mention[first] < 0 {
			continue // companies report profits
		}
		w.topics.documents = append(w.topics.documents, document{
			head: i, kind: strings.TrimSuffix(strings.ToLower(w.v.Word(i)), "s"),
			the:     segment.EqualFold(w.v.Word(first), "the") || segment.EqualFold(w.v.Word(first), "this") || segment.EqualFold(w.v.Word(first), "that"),
			authors: w.authorsOf(first, i),
		})
	}
}

// nounStart returns the first token of the noun phrase whose head is token i: the determiner, or its first noun.
func (w *work) nounStart(i int) int {
	first := w.v.Units[w.unit[i]].First
	for j := i; j > first && i-j < 10; j-- {
		switch {
		case w.quoted(j - 1):
			return j
		case w.mention[j-1] >= 0, w.possessiveMark(j - 1), w.noun(j - 1):
		case w.v.Is(j-1, rules.Determiner|rules.Possessive):
			return j - 1
		default:
			return j
		}
	}
	return max(first, i-10)
}

// authorsOf finds the authors of the artifact at token head, whose noun phrase begins at token first.
func (w *work) authorsOf(first, head int) []author {
	if a, ok := w.owner(first, head); ok {
		return []author{a}
	}
	if w.madeBy(first) {
		if list := w.namedAuthors(first, head); len(list) > 0 {
			return list
		}
	}
	if list := w.authorsBehind(head); len(list) > 0 {
		return list
	}
	return w.issuer(first, head)
}

// owner finds the author before an artifact: Cole’s | brief, the Harbour Board | report, the Trump campaign’s | website. A
// place is one only in the genitive, and so is a person: a Trump biography is by somebody else.
func (w *work) owner(first, head int) (author, bool) {
	for j := head - 1; j >= first; j-- {
		m := int(w.mention[j])
		if m < 0 || w.v.Is(j, rules.Social) {
			continue // Cole’s | Facebook post
		}
		e := w.endTok[m]
		genitive := e < head && w.possessiveMark(e)
		t := w.d.Mentions[m].Type
		if body, end, ok := w.bodyOf(m, head); ok && end <= head && (t == annot.PER || genitive) {
			return author{name: body}, true
		}
		if !genitive && w.v.Is(first, rules.Possessive) {
			break // its Ledger summary
		}
		if t == annot.ORG || genitive {
			return author{entity: w.d.Mentions[m].Entity}, w.d.Mentions[m].Entity > 0
		}
		return author{}, false
	}
	return author{}, false
}

// madeBy reports whether the noun phrase at token first ends "authors of the report".
func (w *work) madeBy(first int) bool {
	i := first - 2
	return i >= int(w.v.Units[w.unit[first]].First) && w.v.Word(first-1) == "of" && strings.Contains(strings.ToLower(w.v.Word(i)), "author") && !w.quoted(i)
}

// namedAuthors finds those who are named as the authors of an artifact: the authors of the report, which include Ann Cole
// and Ray Dunn; Ann Cole, an author of the report.
func (w *work) namedAuthors(first, head int) []author {
	v := w.v
	unit := v.Units[w.unit[head]]
	i := head + 1
	for n := 0; i < unit.End && n < 3 && !w.quoted(i) && w.mention[i] < 0 && (v.Word(i) == "," || v.Is(i, rules.PronounRelative) || v.Is(i-1, rules.PronounRelative)); n++ {
		i++
	}
	if i > head+1 && i < unit.End {
		if src, _, ok := w.nounPhrase(i, unit.End); ok {
			if list := w.authorsIn(src); len(list) > 0 {
				return list
			}
		}
	}
	i = w.nounStart(first-2) - 1
	if i <= unit.First || v.Word(i) != "," || w.mention[i-1] < 0 {
		return nil
	}
	return w.authorsIn(source{form: named, mentions: []int{int(w.mention[i-1])}})
}

// authorsBehind finds the authors behind an artifact: a suit filed last year by the firm and a brief by Ann Cole, a letter
// from the bank, a page on the bank’s website.
func (w *work) authorsBehind(head int) (list []author) {
	v := w.v
	end := w.v.Units[w.unit[head]].End
	stop := min(end, head+reach)
	authored := true // nothing but words of making and of time so far
	for i := head + 1; i < stop && !w.quoted(i); i++ {
		word := v.Word(i)
		switch {
		case authored && (word == "by" || word == "from" && i == head+1), (word == "on" || word == "at") && i == head+1:
			src, next, ok := w.nounPhrase(i+1, end)
			if !ok {
				return list
			}
			if word == "on" || word == "at" { // the bank’s website
				if src.form == nominal && v.Is(src.head, rules.ArtifactNoun) && src.end == src.head+1 {
					if a, ok := w.owner(src.first, src.head); ok {
						return []author{a}
					}
				}
				return nil
			}
			list = append(list, w.authorsIn(src)...)
			if len(list) == 0 || next+1 >= end || w.quoted(next) || v.Word(next) != "and" {
				return list
			}
			if src, _, ok = w.baseNP(next+1, end); !ok || src.form != nominal || !v.Is(src.head, rules.ArtifactNoun) {
				return list
			}
			i, stop, authored = src.head, min(end, src.head+reach), true
		case v.Is(i, rules.Authoring|rules.TimeWord|rules.Adverb|rules.Be|rules.Weekday|rules.Month|rules.NumberWord), digitFirst(word) || word == "last" || word == "in" || word == "on":
		default:
			authored = false
		}
	}
	return list
}

// authorsIn returns the authors that a noun phrase names.
func (w *work) authorsIn(src source) (list []author) {
	if src.form == nominal && src.affiliation >= 0 && w.v.Is(src.head, rules.GroupNoun) {
		if body, _, ok := w.bodyOf(src.affiliation, src.end); ok {
			return []author{{name: body}}
		}
	}
	if src.form == nominal && w.v.Is(src.head, rules.GroupNoun) && src.end-src.first == 2 {
		if name := w.ownBody(src); name != "" {
			return []author{{name: name}} // his campaign released an ad
		}
	}
	mentions := src.mentions
	if m := src.affiliation; src.form == nominal && m >= 0 && !w.v.Is(src.head, bodies) && !w.possessiveMark(min(w.endTok[m], len(w.mention)-1)) {
		mentions = []int{m} // a video by the Harbour Board | shows
	}
	for _, m := range mentions {
		if id := w.d.Mentions[m].Entity; id > 0 {
			list = append(list, author{entity: id})
		}
	}
	return list
}

// issuer finds the author who is the subject of the verb before an artifact: the bank published | a report; Cole writes in
// her | memoir.
func (w *work) issuer(first, head int) []author {
	unit := w.v.Units[w.unit[head]]
	own := w.v.Is(first, rules.Possessive) && !w.v.Is(first, rules.FirstPerson)
	i := first - 1
	if i <= unit.First || w.quoted(i) || !own && (!w.v.Is(i, rules.Authoring) || w.v.Is(i-1, rules.Determiner)) { // a written | statement
		return nil
	}
	src, ok := w.mainSubject(max(unit.First, i-maxLook), i)
	if !ok || own && (src.form != named || len(src.mentions) > 1 || w.hasPerson(src) != w.v.Is(first, rules.PronounMale|rules.PronounFemale) || !w.fits(w.d.Entities[max(0, w.d.Mentions[src.mentions[0]].Entity-1)], first)) {
		return nil
	}
	return w.authorsIn(src)
}

// bodyOf returns the name of the body that the noun behind mention m makes of it, in its longest form in the article, and
// the token behind the noun: the Trump | campaign, Clinton’s | campaign.
func (w *work) bodyOf(m, end int) (string, int, bool) {
	e := w.endTok[m]
	if e < end && w.possessiveMark(e) {
		e++
	}
	if e >= end || w.quoted(e) || !w.v.Is(e, rules.GroupNoun) || w.mention[e] >= 0 {
		return "", 0, false
	}
	if name := w.topics.bodies[bodyKey{w.d.Mentions[m].Entity, w.v.Word(e)}]; name != "" && w.d.Mentions[m].Type == annot.PER {
		return name, e + 1, true
	}
	return w.text(tokens{w.firstTok[m], e + 1}), e + 1, true
}

// bodyKey is a body by the entity and the noun that name it.
type bodyKey struct {
	entity int
	noun   string
}

// ownBody returns the name of a person's body whose owner is a pronoun, if the article names it elsewhere: his | campaign.
func (w *work) ownBody(src source) string {
	if !w.v.Is(src.first, rules.Possessive) || !segment.EqualFold(w.v.Word(src.first), "his") && !segment.EqualFold(w.v.Word(src.first), "her") {
		return ""
	}
	if c := w.referents(src.first, 0); len(c) > 0 {
		return w.topics.bodies[bodyKey{c[0].entity, w.v.Word(src.head)}]
	}
	return ""
}

// findBodies collects the longest names of the bodies that are named after persons.
func (w *work) findBodies() {
	w.topics.bodies = map[bodyKey]string{}
	for k, m := range w.d.Mentions {
		if m.Type != annot.PER || m.Entity == 0 {
			continue
		}
		if _, end, ok := w.bodyOf(k, len(w.mention)); ok {
			key := bodyKey{m.Entity, w.v.Word(end - 1)}
			if text := w.text(tokens{w.firstTok[k], end}); len(text) > len(w.topics.bodies[key]) {
				w.topics.bodies[key] = text
			}
		}
	}
}

// resolveDocument names the authors of the artifact at token head as the speaker, if they are evident: by its own words, or
// by those of the one that it takes up.
func (w *work) resolveDocument(q *annot.Quote, head int) bool {
	docs := w.topics.documents
	k, ok := slices.BinarySearchFunc(docs, head, func(d document, head int) int { return d.head - head })
	if !ok {
		return false
	}
	list := docs[k].authors
	if len(list) == 0 && docs[k].the {
		list = w.takenUp(docs[:k], docs[k])
	}
	if len(list) == 0 {
		return false
	}
	sp := &q.Speaker
	var names []string
	for _, a := range list {
		if a.entity > 0 && slices.Contains(sp.Entities, a.entity) {
			continue
		}
		name := a.name
		if a.entity > 0 {
			name = w.d.Entities[a.entity-1].Name
			sp.Entities = append(sp.Entities, a.entity)
		}
		names = append(names, name)
	}
	switch {
	case len(names) > 1:
		sp.Type = annot.Group
	case len(sp.Entities) == 1:
		w.name(sp, sp.Entities[0], "")
	default:
		sp.Type = annot.Organization
	}
	sp.Name, sp.ResolvedBy, sp.Affiliation = strings.Join(names, "; "), "document", ""
	return true
}

const (
	// maxDocuments is how many artifacts before one are asked for its author.
	maxDocuments = 40
	// maxHops is how many artifacts may take up each other.
	maxHops = 4
)

// takenUp returns the authors of the artifact that the definite one of takes up: the last of the same noun, unless one
// without an author came between; else the last one of another noun, if it is near: a video … the clip.
func (w *work) takenUp(docs []document, of document) []author {
	section := w.topics.section[w.unit[of.head]]
	for range maxHops {
		for n := len(docs) - 1; n >= max(0, len(docs)-maxDocuments) && w.topics.section[w.unit[docs[n].head]] == section; n-- {
			if w.sameKind(docs[n], of) && (len(docs[n].authors) > 0 || !docs[n].the) {
				return docs[n].authors
			}
		}
		n := len(docs) - 1
		if n < 0 || w.unit[of.head]-w.unit[docs[n].head] > near || w.topics.section[w.unit[docs[n].head]] != section {
			return nil
		}
		if len(docs[n].authors) > 0 || !docs[n].the || w.sameKind(docs[n], of) {
			return docs[n].authors
		}
		of, docs = docs[n], docs[:n]
	}
	return nil
}

// sameKind reports whether the noun of one artifact may take up the other: the same noun, or both for writing that is
// published, as the memoir and the book.
func (w *work) sameKind(a, b document) bool {
	return a.kind == b.kind || w.v.Is(a.head, rules.WorkNoun) && w.v.Is(b.head, rules.WorkNoun)
}
