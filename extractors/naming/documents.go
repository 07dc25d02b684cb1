package naming

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
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

// documentReader reads the artifacts that the narrative names, and who their authors are.
type documentReader struct{ *Resolver }

// reach is how many tokens to the right of an artifact its author is looked for.
const reach = 14

// find collects the artifacts that the narrative names, once for the article.
func (r documentReader) find() {
	for i := range r.D.Tokens {
		if !r.Is(i, rules.ArtifactNoun) || r.Quoted(i) || r.MentionOf[i] >= 0 || r.Is(i, clause.People|rules.CommonVerb) {
			continue
		}
		first := r.NounStart(i)
		if !strings.HasSuffix(r.Word(i), "s") && !r.Is(first, rules.Determiner|rules.Possessive|rules.NumberWord) && r.MentionOf[first] < 0 {
			continue // companies report profits
		}
		r.topics.documents = append(r.topics.documents, document{
			head: i, kind: strings.TrimSuffix(strings.ToLower(r.Word(i)), "s"),
			the:     segment.EqualFold(r.Word(first), "the") || segment.EqualFold(r.Word(first), "this") || segment.EqualFold(r.Word(first), "that"),
			authors: r.authorsOf(first, i),
		})
	}
}

// authorsOf finds the authors of the artifact at token head, whose noun phrase begins at token first.
func (r documentReader) authorsOf(first, head int) []author {
	if a, ok := r.owner(first, head); ok {
		return []author{a}
	}
	if r.madeBy(first) {
		if list := r.namedAuthors(first, head); len(list) > 0 {
			return list
		}
	}
	if list := r.authorsAfter(head); len(list) > 0 {
		return list
	}
	return r.issuer(first, head)
}

// owner finds the author before an artifact: Cole’s | brief, the Harbour Board | report, the Trump campaign’s | website. A
// place is one only in the genitive, and so is a person: a Trump biography is by somebody else.
func (r documentReader) owner(first, head int) (author, bool) {
	for j := head - 1; j >= first; j-- {
		m := int(r.MentionOf[j])
		if m < 0 || r.Is(j, rules.Social) {
			continue // Cole’s | Facebook post
		}
		e := r.EndToken[m]
		genitive := e < head && r.PossessiveMark(e)
		t := r.D.Mentions[m].Type
		if body, end, ok := r.bodyOf(m, head); ok && end <= head && (t == annot.PER || genitive) {
			return author{name: body}, true
		}
		if !genitive && r.Is(first, rules.Possessive) {
			break // its Ledger summary
		}
		if t == annot.ORG || genitive {
			return author{entity: r.D.Mentions[m].Entity}, r.D.Mentions[m].Entity > 0
		}
		return author{}, false
	}
	return author{}, false
}

// madeBy reports whether the noun phrase at token first ends "authors of the report".
func (r documentReader) madeBy(first int) bool {
	i := first - 2
	return i >= r.Units[r.UnitOf[first]].First && r.Word(first-1) == "of" && strings.Contains(strings.ToLower(r.Word(i)), "author") && !r.Quoted(i)
}

// namedAuthors finds those who are named as the authors of an artifact: the authors of the report, which include Ann Cole
// and Ray Dunn; Ann Cole, an author of the report.
func (r documentReader) namedAuthors(first, head int) []author {
	v := r.View
	unit := v.Units[r.UnitOf[head]]
	i := head + 1
	for n := 0; i < unit.End && n < 3 && !r.Quoted(i) && r.MentionOf[i] < 0 && (v.Word(i) == "," || v.Is(i, rules.PronounRelative) ||
		v.Is(i-1, rules.PronounRelative)); n++ {
		i++
	}
	if i > head+1 && i < unit.End {
		if src, _, ok := r.NounPhrase(i, unit.End); ok {
			if list := r.authorsIn(src); len(list) > 0 {
				return list
			}
		}
	}
	i = r.NounStart(first-2) - 1
	if i <= unit.First || v.Word(i) != "," || r.MentionOf[i-1] < 0 {
		return nil
	}
	return r.authorsIn(r.NamedSource(int(r.MentionOf[i-1])))
}

// authorsAfter finds the authors after an artifact: a suit filed last year by the firm and a brief by Ann Cole, a letter
// from the bank, a page on the bank’s website.
func (r documentReader) authorsAfter(head int) (list []author) {
	v := r.View
	end := r.Units[r.UnitOf[head]].End
	stop := min(end, head+reach)
	authored := true // nothing but words of making and of time so far
	for i := head + 1; i < stop && !r.Quoted(i); i++ {
		word := v.Word(i)
		switch {
		case authored && (word == "by" || word == "from" && i == head+1), (word == "on" || word == "at") && i == head+1:
			src, next, ok := r.NounPhrase(i+1, end)
			if !ok {
				return list
			}
			if word == "on" || word == "at" { // the bank’s website
				if src.Form == clause.Nominal && v.Is(src.Head, rules.ArtifactNoun) && src.End == src.Head+1 {
					if a, ok := r.owner(src.First, src.Head); ok {
						return []author{a}
					}
				}
				return nil
			}
			list = append(list, r.authorsIn(src)...)
			if len(list) == 0 || next+1 >= end || r.Quoted(next) || v.Word(next) != "and" {
				return list
			}
			if src, _, ok = r.BasePhrase(next+1, end); !ok || src.Form != clause.Nominal || !v.Is(src.Head, rules.ArtifactNoun) {
				return list
			}
			i, stop, authored = src.Head, min(end, src.Head+reach), true
		case v.Is(i, rules.Authoring|rules.TimeWord|rules.Adverb|rules.Be|rules.Weekday|rules.Month|rules.NumberWord), clause.DigitFirst(word) ||
			word == "last" || word == "in" || word == "on":
		default:
			authored = false
		}
	}
	return list
}

// authorsIn returns the authors that a noun phrase names.
func (r documentReader) authorsIn(src clause.Source) (list []author) {
	if src.Form == clause.Nominal && src.Affiliation >= 0 && r.Is(src.Head, rules.GroupNoun) {
		if body, _, ok := r.bodyOf(src.Affiliation, src.End); ok {
			return []author{{name: body}}
		}
	}
	if src.Form == clause.Nominal && r.Is(src.Head, rules.GroupNoun) && src.End-src.First == 2 {
		if name := r.ownBody(src); name != "" {
			return []author{{name: name}} // his campaign released an ad
		}
	}
	mentions := src.Mentions
	if m := src.Affiliation; src.Form == clause.Nominal && m >= 0 && !r.Is(src.Head, clause.Bodies) &&
		!r.PossessiveMark(min(r.EndToken[m], len(r.MentionOf)-1)) {
		mentions = []int{m} // a video by the Harbour Board | shows
	}
	for _, m := range mentions {
		if id := r.D.Mentions[m].Entity; id > 0 {
			list = append(list, author{entity: id})
		}
	}
	return list
}

// issuer finds the author who is the subject of the verb before an artifact: the bank published | a report; Cole writes in
// her | memoir.
func (r documentReader) issuer(first, head int) []author {
	unit := r.Units[r.UnitOf[head]]
	own := r.Is(first, rules.Possessive) && !r.Is(first, rules.FirstPerson)
	i := first - 1
	if i <= unit.First || r.Quoted(i) || !own && (!r.Is(i, rules.Authoring) || r.Is(i-1, rules.Determiner)) { // a written | statement
		return nil
	}
	src, ok := r.MainSubject(max(unit.First, i-clause.MaxLook), i)
	if !ok || own && (src.Form != clause.Named || len(src.Mentions) > 1 ||
		r.HasPerson(src) != r.Is(first, rules.PronounMale|rules.PronounFemale) ||
		!r.Fits(r.D.Entities[max(0, r.D.Mentions[src.Mentions[0]].Entity-1)], first)) {
		return nil
	}
	return r.authorsIn(src)
}

// bodyOf returns the name of the body that the noun after mention m makes of it, in its longest form in the article, and
// the token after the noun: the Trump | campaign, Clinton’s | campaign.
func (r *Resolver) bodyOf(m, end int) (string, int, bool) {
	e := r.EndToken[m]
	if e < end && r.PossessiveMark(e) {
		e++
	}
	if e >= end || r.Quoted(e) || !r.Is(e, rules.GroupNoun) || r.MentionOf[e] >= 0 {
		return "", 0, false
	}
	if name := r.topics.bodies[bodyKey{r.D.Mentions[m].Entity, r.Word(e)}]; name != "" && r.D.Mentions[m].Type == annot.PER {
		return name, e + 1, true
	}
	return r.Text(clause.Range(r.FirstToken[m], e+1)), e + 1, true
}

// bodyKey is a body by the entity and the noun that name it.
type bodyKey struct {
	entity int
	noun   string
}

// ownBody returns the name of a person's body whose owner is a pronoun, if the article names it elsewhere: his | campaign.
func (r *Resolver) ownBody(src clause.Source) string {
	if !r.Is(src.First, rules.Possessive) || !segment.EqualFold(r.Word(src.First), "his") && !segment.EqualFold(r.Word(src.First), "her") {
		return ""
	}
	if c := r.referents(src.First, 0); len(c) > 0 {
		return r.topics.bodies[bodyKey{c[0].entity, r.Word(src.Head)}]
	}
	return ""
}

// findBodies collects the longest names of the bodies that are named after persons.
func (r *Resolver) findBodies() {
	r.topics.bodies = map[bodyKey]string{}
	for k, m := range r.D.Mentions {
		if m.Type != annot.PER || m.Entity == 0 {
			continue
		}
		if _, end, ok := r.bodyOf(k, len(r.MentionOf)); ok {
			key := bodyKey{m.Entity, r.Word(end - 1)}
			if text := r.Text(clause.Range(r.FirstToken[k], end)); len(text) > len(r.topics.bodies[key]) {
				r.topics.bodies[key] = text
			}
		}
	}
}

// resolveDocument names the authors of the artifact at token head as the speaker, if they are evident: by its own words, or
// by those of the one that it takes up.
func (r *Resolver) resolveDocument(q *annot.Quote, head int) bool {
	docs := r.topics.documents
	k, ok := slices.BinarySearchFunc(docs, head, func(d document, head int) int { return d.head - head })
	if !ok {
		return false
	}
	list := docs[k].authors
	if len(list) == 0 && docs[k].the {
		list = documentReader{r}.takenUp(docs[:k], docs[k])
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
			name = r.D.Entities[a.entity-1].Name
			sp.Entities = append(sp.Entities, a.entity)
		}
		names = append(names, name)
	}
	switch {
	case len(names) > 1:
		sp.Type = annot.Group
	case len(sp.Entities) == 1:
		r.name(sp, sp.Entities[0], "")
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
func (r documentReader) takenUp(docs []document, of document) []author {
	section := r.topics.section[r.UnitOf[of.head]]
	for range maxHops {
		for n := len(docs) - 1; n >= max(0, len(docs)-maxDocuments) && r.topics.section[r.UnitOf[docs[n].head]] == section; n-- {
			if r.sameKind(docs[n], of) && (len(docs[n].authors) > 0 || !docs[n].the) {
				return docs[n].authors
			}
		}
		n := len(docs) - 1
		if n < 0 || r.UnitOf[of.head]-r.UnitOf[docs[n].head] > near || r.topics.section[r.UnitOf[docs[n].head]] != section {
			return nil
		}
		if len(docs[n].authors) > 0 || !docs[n].the || r.sameKind(docs[n], of) {
			return docs[n].authors
		}
		of, docs = docs[n], docs[:n]
	}
	return nil
}

// sameKind reports whether the noun of one artifact may take up the other: the same noun, or both for writing that is
// published, as the memoir and the book.
func (r documentReader) sameKind(a, b document) bool {
	return a.kind == b.kind || r.Is(a.head, rules.WorkNoun) && r.Is(b.head, rules.WorkNoun)
}
