package naming

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/names"
	"github.com/quoth-nlp/quoth/rules"
)

// A document is a place of the article where a report, letter or other artifact is named, with those who are evidently
// its authors.
type document struct {
	head    int // the token of the noun
	kind    string
	the     bool // the report, not a report: it takes up another one
	signed  bool // the authors signed it
	authors []author
	// issuer are the words for its author where they are no name: the company, she. They are resolved when the document speaks.
	issuer clause.Source
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
		if kind, ok := r.writes(i); ok {
			d := document{head: i, kind: kind}
			if src, ok := r.speakerOf(i, r.Units[r.UnitOf[i]].End); ok {
				d.issuer = src
			}
			r.topics.documents = append(r.topics.documents, d)
			continue
		}
		if !r.Is(i, rules.ArtifactNoun) || r.Quoted(i) || r.MentionOf[i] >= 0 || r.Is(i, clause.People|rules.CommonVerb) {
			continue
		}
		first := r.phraseStart(i)
		if !strings.HasSuffix(r.Word(i), "s") && !r.Is(first, rules.Determiner|rules.Possessive|rules.NumberWord) && r.MentionOf[first] < 0 {
			continue // companies report profits
		}
		d := document{
			head: i, kind: strings.TrimSuffix(strings.ToLower(r.Word(i)), "s"),
			the: segment.EqualFold(r.Word(first), "the") || segment.EqualFold(r.Word(first), "this") || segment.EqualFold(r.Word(first), "that"),
		}
		for k := first; k < i; k++ {
			d.the = d.the && (r.MentionOf[k] < 0 || r.D.Mentions[r.MentionOf[k]].Type != annot.PER) // the Cole ad takes up no other
		}
		r.readAuthors(&d, first)
		r.topics.documents = append(r.topics.documents, d)
	}
}

// phraseStart returns the first token of the noun phrase of the artifact at token i, a date in it included: a Friday | report.
func (r documentReader) phraseStart(i int) int {
	first := r.NounStart(i)
	k := first - 1
	for k > r.Units[r.UnitOf[i]].First && first-k < 4 && !r.Quoted(k) && (r.Is(k, rules.Weekday|rules.Month|rules.TimeWord) || clause.DigitFirst(r.Word(k))) {
		k--
	}
	if k < first-1 && !r.Quoted(k) && r.Is(k, rules.Determiner|rules.Possessive) {
		return k
	}
	return first
}

// writes returns the artifact that the verb at token i makes: emailed, an email; tweeted, a tweet.
func (r documentReader) writes(i int) (string, bool) {
	verb := r.Word(i)
	if len(verb) < 4 || !strings.HasSuffix(verb, "ed") || r.Quoted(i) || r.MentionOf[i] >= 0 || i == r.Units[r.UnitOf[i]].First {
		return "", false
	}
	kind := verb[:len(verb)-len("ed")]
	kin := r.set.Word(kind).Kin
	return kind, slices.Contains(kin, "message") && !r.Is(i-1, rules.Determiner|rules.Be) && r.Is(i, rules.Authoring)
}

// readAuthors finds the authors of an artifact, whose noun phrase begins at token first, or the words for them.
func (r documentReader) readAuthors(d *document, first int) {
	if d.authors = r.signers(first); len(d.authors) > 0 {
		d.signed = true
		return
	}
	if a, ok := r.owner(first, d.head); ok {
		d.authors = []author{a}
		return
	}
	if r.madeBy(first) {
		if d.authors = r.namedAuthors(first, d.head); len(d.authors) > 0 {
			return
		}
	}
	if d.authors = r.authorsAfter(d.head); len(d.authors) > 0 {
		return
	}
	if d.authors = r.issuer(first, d.head); len(d.authors) > 0 {
		return
	}
	if src, ok := r.issuerWords(first, d.head); ok {
		if d.authors = r.authorsIn(src); len(d.authors) == 0 {
			d.issuer = src
			d.the = d.the && !(src.First == first && r.isBody(src.Head)) // the school’s post takes up no other
		}
		r.behindSpokesman(d)
	}
}

// signers finds the authors who signed the artifact at token first: signed by Ann Cole and Ray Dunn, | the letter asks.
func (r documentReader) signers(first int) (list []author) {
	i := r.Units[r.UnitOf[first]].First
	if first-i < 4 || first-i > clause.MaxLook || r.Word(first-1) != "," || r.Word(i+1) != "by" || !r.Is(i, rules.Authoring) {
		return nil
	}
	for i += 2; i < first; i++ {
		if m := int(r.MentionOf[i]); m >= 0 && r.FirstToken[m] == i && r.D.Mentions[m].Type == annot.PER && r.D.Mentions[m].Entity > 0 {
			list = append(list, author{entity: r.D.Mentions[m].Entity})
		}
	}
	return list
}

// issuerWords finds the words for the author of an artifact that is what somebody speaks with: the company said in | a
// statement; in | a letter to Cole, the group asked; in its | letter the group asked; the company’s | report.
func (r documentReader) issuerWords(first, head int) (clause.Source, bool) {
	if src, ok := r.ownerWords(first, head); ok {
		return src, true
	}
	if i := head - 1; i > first && r.MentionOf[i] < 0 && r.Is(i, rules.GroupNoun) && !r.Is(i, rules.ArtifactNoun) {
		return clause.Source{Form: clause.Nominal, Tokens: clause.Range(i, head), Head: i, Affiliation: -1}, true // a board | report
	}
	if src, ok := r.fronted(first, head); ok {
		return src, true
	}
	if src, ok := r.saidIn(first); ok {
		return src, true
	}
	if r.Is(first, rules.Possessive) && !r.Is(first, rules.FirstPerson) { // her statement
		return clause.Source{Form: clause.Pronoun, Tokens: clause.Range(first, first+1), Head: first, Affiliation: -1}, true
	}
	if i := first - 1; i > r.Units[r.UnitOf[first]].First && !r.Quoted(i) && r.Is(i, rules.Authoring) && !r.Is(i-1, rules.Determiner) {
		return r.EndingAt(i-1, max(r.Units[r.UnitOf[first]].First, i-clause.MaxLook))
	}
	return clause.Source{}, false
}

// ownerWords finds the description in the genitive before an artifact: the company’s | report.
func (r documentReader) ownerWords(first, head int) (clause.Source, bool) {
	for j := head - 1; j > first+1; j-- {
		if r.PossessiveMark(j) && r.MentionOf[j] < 0 {
			src, _, ok := r.BasePhrase(first, j)
			return src, ok && src.Form == clause.Nominal
		}
	}
	return clause.Source{}, false
}

// fronted finds the subject after an artifact that opens its sentence.
func (r documentReader) fronted(first, head int) (clause.Source, bool) {
	unit := r.Units[r.UnitOf[first]]
	if first-1 != unit.First || !r.Is(unit.First, rules.Preposition) || r.Quoted(first) {
		return clause.Source{}, false
	}
	i := head + 1
	for stop := min(unit.End, head+reach); i < stop && r.Word(i) != ","; i++ {
		if r.Quoted(i) {
			return clause.Source{}, false
		}
		if i == head+1 && r.Is(first, rules.Possessive) && r.Is(i, rules.Determiner) {
			i-- // in its letter | the group asked
			break
		}
	}
	if i+1 >= unit.End || r.Quoted(i+1) {
		return clause.Source{}, false
	}
	src, _, ok := r.NounPhrase(i+1, unit.End)
	return src, ok
}

// saidIn finds the subject of the verb of speech that an artifact goes with.
func (r documentReader) saidIn(first int) (clause.Source, bool) {
	unit := r.Units[r.UnitOf[first]]
	i := first - 1
	if i <= unit.First || r.Quoted(i) || r.Word(i) != "in" && r.Word(i) != "via" && r.Word(i) != "through" {
		return clause.Source{}, false
	}
	for k := i - 1; k > max(unit.First, i-maxBetween) && !r.Quoted(k); k-- {
		if r.VerbCue(k) {
			return r.speakerOf(k, i)
		}
		if r.MentionOf[k] < 0 && (r.Verb(k) || r.Word(k) == "," || r.Is(k, rules.Subordinator|rules.Conjunction)) {
			break
		}
	}
	return clause.Source{}, false
}

// maxBetween bounds the tokens between a verb of speech and what somebody speaks with.
const maxBetween = 9

// speakerOf returns the subject of the cue at token k, before it or, within end, after it.
func (r documentReader) speakerOf(k, end int) (clause.Source, bool) {
	if r.Quoted(k-1) || r.Word(k-1) == "," {
		if src, _, ok := r.NounPhrase(r.CueEnd(k), end); ok {
			return src, true
		}
	}
	src, _, ok := r.SubjectBefore(k, r.Around(k).First, 0)
	return src, ok
}

// owner finds the author before an artifact: Cole’s | brief, the Harbour Board | report, the Trump campaign’s | website. A
// place is one only in the genitive, and so is a person but before nouns for what people write themselves: the Cole | memo, but
// a Cole biography is by somebody else.
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
		if t == annot.ORG || genitive || e == head && r.In(head, rules.PersonalText) {
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
			src, next = r.Apposed(src, next, end)                                                              // signed by the board’s lawyer, Ann Cole
			if word != "from" || src.Form != clause.Named || r.D.Mentions[src.Mentions[0]].Type != annot.LOC { // a letter from Lund
				list = append(list, r.authorsIn(src)...)
			}
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
	if c := r.referents(src.First, 0); len(c) > 0 && c[0].entity > 0 {
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
			if text := names.Clean(r.Text(clause.Range(r.FirstToken[k], end))); len(text) > len(r.topics.bodies[key]) {
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
	list := documentReader{r}.authors(k)
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

// authors returns the authors of artifact k: those that its own words tell, or else those of the one that it takes up. A
// letter that is signed anywhere is that of its signers.
func (r documentReader) authors(k int) []author {
	docs := r.topics.documents
	d := &docs[k]
	if list := r.signersOf(k); len(list) > 0 {
		return list
	}
	if !d.the {
		r.askIssuer(d)
	}
	if len(d.authors) > 0 {
		return d.authors
	}
	if d.the {
		if list := r.takenUp(docs[:k], docs[k]); len(list) > 0 {
			return list
		}
		r.askIssuer(d)
	}
	return d.authors
}

// signersOf returns the signers of the artifact that k is, or takes up, or that takes k up.
func (r documentReader) signersOf(k int) []author {
	docs := r.topics.documents
	for n := max(0, k-maxDocuments); n < min(len(docs), k+maxDocuments); n++ {
		if docs[n].signed && docs[n].kind == docs[k].kind && (n == k || docs[max(n, k)].the) && r.sameSection(docs[n].head, docs[k].head) {
			return docs[n].authors
		}
	}
	return nil
}

func (r *Resolver) sameSection(i, k int) bool {
	return r.topics.section[r.UnitOf[i]] == r.topics.section[r.UnitOf[k]]
}

// maxAsking bounds how many artifacts one asks after another for the author: the letter in the memo in the report.
const maxAsking = 8

// askIssuer resolves the words for the author of d, once. They may be those of another artifact, which asks for its own.
func (r documentReader) askIssuer(d *document) {
	src := d.issuer
	if src.Form == clause.NoForm || len(d.authors) > 0 || r.topics.asking == maxAsking {
		return
	}
	d.issuer = clause.Source{}
	r.topics.asking++
	sp := r.speakerFor(src)
	r.topics.asking--
	switch {
	case len(sp.Entities) == 1 && r.addressed(d, src, sp.Entities[0]):
	case len(sp.Entities) > 0:
		for _, id := range sp.Entities {
			d.authors = append(d.authors, author{entity: id})
		}
	case sp.Name != "" && sp.Type == annot.Organization:
		d.authors = []author{{name: sp.Name}}
	case src.Affiliation >= 0 && r.Is(src.Head, clause.People):
		if m := r.D.Mentions[src.Affiliation]; m.Type == annot.ORG && m.Entity > 0 {
			d.authors = []author{{entity: m.Entity}} // analysts at the bank wrote in | a report
		}
	}
	r.behindSpokesman(d)
}

// addressed reports whether entity id is named as the one whom artifact d goes to, between it and the words src: in an email to
// Kestrel, the group asked; or cannot be meant because several wrote it: in their letter.
func (r documentReader) addressed(d *document, src clause.Source, id int) bool {
	first := r.phraseStart(d.head)
	if segment.EqualFold(r.Word(first), "their") && r.D.Entities[id-1].Type == annot.PER {
		return true
	}
	for i := d.head + 1; i < src.First && i < d.head+reach; i++ {
		if m := int(r.MentionOf[i]); m >= 0 && r.D.Mentions[m].Entity == id && r.afterPreposition(r.FirstToken[m]) {
			return true
		}
	}
	return false
}

// behindSpokesman makes the body the author of what its spokesman issued.
func (r documentReader) behindSpokesman(d *document) {
	if len(d.authors) != 1 || d.authors[0].entity == 0 || r.D.Entities[d.authors[0].entity-1].Type != annot.PER {
		return
	}
	if body := r.spokenFor(d.authors[0].entity); body > 0 {
		d.authors = []author{{entity: body}}
	}
}

// spokenFor returns the body that person id is a spokesman for, or 0: what Ann Cole, a spokesman for the bank, says in a
// statement is the bank’s.
func (r documentReader) spokenFor(id int) (body int) {
	list := r.D.Entities[id-1].Mentions
	for _, k := range list[:min(len(list), maxNamesakes)] {
		spokes := false
		r.describing(k, func(i int) {
			spokes = spokes || r.Is(i, rules.SpokesNoun)
			if m := int(r.MentionOf[i]); m >= 0 && r.D.Mentions[m].Type == annot.ORG && body == 0 {
				body = r.D.Mentions[m].Entity
			}
		})
		if spokes && body > 0 {
			return body
		}
		body = 0
	}
	return 0
}

// speakerFor resolves the words src: as those of the quote whose speaker they are, or else by themselves.
func (r documentReader) speakerFor(src clause.Source) (sp annot.Speaker) {
	u := r.UnitOf[src.First]
	for k := int(r.topics.speaks[u]); k >= 0 && k < len(r.said) && r.said[k].End > r.said[k].First && r.UnitOf[r.said[k].First] == u; k++ {
		if r.said[k].First <= src.First && src.First < r.said[k].End && r.D.Quotes[k].Speaker.Name != "" {
			return r.D.Quotes[k].Speaker
		}
	}
	switch {
	case src.Form == clause.Nominal && src.First == src.Head:
		if a, ok := r.bodyCalled(src); ok {
			r.nameBody(&sp, a, "")
		}
	case !r.Is(src.First, rules.Possessive) || src.Form != clause.Pronoun:
		q := annot.Quote{}
		r.resolveForm(&q, src)
		return q.Speaker
	case segment.EqualFold(r.Word(src.First), "its"):
		r.resolveIt(&sp, src.First)
	case segment.EqualFold(r.Word(src.First), "their"):
		r.resolveThey(&sp, src.First)
	default:
		known := r.referents(src.First, r.last)
		switch {
		case len(known) == 0 || len(known) > 1 && r.tied(known[0], known[1]):
		case known[0].entity < 0: // a survivor, her | statement
			sp.Type = annot.Anonymous
		default:
			r.name(&sp, known[0].entity, "")
		}
	}
	return sp
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
	for range maxHops {
		for n := len(docs) - 1; n >= max(0, len(docs)-maxDocuments) && r.sameSection(docs[n].head, of.head); n-- {
			if !r.sameKind(docs[n], of) {
				continue
			}
			if r.askIssuer(&docs[n]); len(docs[n].authors) > 0 || !docs[n].the {
				return docs[n].authors
			}
		}
		n := len(docs) - 1
		if n < 0 || r.UnitOf[of.head]-r.UnitOf[docs[n].head] > near || !r.sameSection(docs[n].head, of.head) || !r.mayTakeUp(of, docs[n]) {
			return nil
		}
		if r.askIssuer(&docs[n]); len(docs[n].authors) > 0 || !docs[n].the || r.sameKind(docs[n], of) {
			return docs[n].authors
		}
		of, docs = docs[n], docs[:n]
	}
	return nil
}

// mayTakeUp reports whether the noun of one artifact may take up that of another kind: a clip, the recording; but an email is no
// proposal.
func (r documentReader) mayTakeUp(a, b document) bool {
	return len(r.set.Word(a.kind).Kin) == 0 || len(r.set.Word(b.kind).Kin) > 0
}

// sameKind reports whether the noun of one artifact may take up the other: the same noun, another one for the kind, as the
// lawsuit and the complaint, or both for writing that is published, as the memoir and the book.
func (r documentReader) sameKind(a, b document) bool {
	return a.kind == b.kind || r.Is(a.head, rules.WorkNoun) && r.Is(b.head, rules.WorkNoun) || slices.Contains(r.set.Word(a.kind).Kin, b.kind)
}
