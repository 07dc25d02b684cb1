package naming

import (
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A bodyCandidate is a body that a description or “it” may mean: the company, the ministry.
type bodyCandidate struct {
	author
	words map[string]bool // of its name and its descriptions, in small letters
	at    int             // the token of its last mention before
	score float64
}

// What speaks for a body to be meant; set by hand.
const (
	bodyNamed      = 3     // the noun is a word of its name, or the article describes it by the noun
	bodyKin        = 1.5   // another noun for the kind is
	bodyOther      = -3    // only nouns for other kinds are
	bodyModifier   = 1     // each word of the description beside the noun that is
	bodyUnknown    = -0.3  // … that is not
	bodySubject    = 1     // it is the subject of its sentence
	bodyOwner      = 0.5   // it owns the subject
	bodyObject     = -0.8  // a preposition stands before it, or it is in the possessive
	perBodyUnit    = -0.25 // each sentence since it was named, up to eight
	bodyInUnit     = 1     // it was named in this sentence
	bodyParagraph  = 0.5   // it was named in this paragraph
	perBodyMention = 0.2   // each mention in the article, up to six
	bodyTopic      = 1.5   // the sentence before was about it
	bodyTopicOnce  = 0.7   // those before were
	leastBody      = -1.0  // what the best one needs
	leastForIt     = 0.0   // … where no noun tells of it
	bodyMargin     = 0.3   // by how much the best must be ahead
)

// bodyWindow is how many mentions before a description are candidates, maxBodies how many bodies.
const (
	bodyWindow = 80
	maxBodies  = 16
)

// isBody reports whether the noun at token i calls a body by its kind.
func (r *Resolver) isBody(i int) bool {
	return r.Is(i, rules.GroupNoun) || r.set.StageClasses(r.Word(i)).Has(rules.OpenBody)
}

// bodyMeant finds the body that a description stands for: the company, the global health body. It is one whose name or
// description fits the noun; one of which the article tells nothing fits only a noun such as company.
func (r *Resolver) bodyMeant(src clause.Source) (author, bool) {
	if !segment.EqualFold(r.Word(src.First), "the") && !segment.EqualFold(r.Word(src.First), "this") || src.End != src.Head+1 {
		return author{}, false
	}
	if a, ok := r.likeliestBody(src.First, &src); ok {
		return a, true
	}
	return r.bodyCalled(src)
}

// bodyCalled returns the only body of the article whose name, or description, holds the noun, named before or after.
func (r *Resolver) bodyCalled(src clause.Source) (author, bool) {
	ids := r.topics.byBodyWord[strings.ToLower(r.Word(src.Head))]
	if len(ids) != 1 || r.Is(src.Head, rules.Demonym) {
		return author{}, false
	}
	return author{entity: ids[0]}, true
}

// likeliestBody returns the body named before token i that the description src, or “it” where src is nil, means, unless two fit
// equally well.
func (r *Resolver) likeliestBody(i int, src *clause.Source) (author, bool) {
	list := r.bodiesBefore(i)
	other, least := -1, leastForIt
	if src != nil {
		other, least = r.otherBefore(src.Head), leastBody
	}
	best, second := -1, -1
	for k := range list {
		if list[k].at < other {
			break // they are sorted by place
		}
		if src != nil && !r.fitsBody(&list[k], src) || list[k].score < least {
			continue
		}
		switch {
		case best < 0 || list[k].score > list[best].score:
			best, second = k, best
		case second < 0 || list[k].score > list[second].score:
			second = k
		}
	}
	r.evidence = Evidence{}
	if second >= 0 {
		r.evidence = Evidence{Rivals: 1, Lead: list[best].score - list[second].score}
	}
	if best < 0 || second >= 0 && r.evidence.Lead < bodyMargin {
		return author{}, false
	}
	return list[best].author, true
}

// otherBefore returns the last token before i where the article brings up a body without a name by the noun at token i, as in
// “a state commission”, or -1.
func (r *Resolver) otherBefore(i int) int {
	list := r.topics.unnamed[strings.ToLower(r.Word(i))]
	k, _ := slices.BinarySearch(list, i)
	if k == 0 || !r.sameSection(list[k-1], i) {
		return -1
	}
	return list[k-1]
}

// bringsUp reports whether the noun at token i brings up a body without a name: a state commission, but not: Kestrel, an
// advocacy group; Kestrel is a bank; a charity, Kestrel.
func (r *Resolver) bringsUp(i int) bool {
	if r.MentionOf[i] >= 0 || r.Upper(i) || r.Quoted(i) || !r.isBody(i) || i+1 < len(r.MentionOf) && (r.MentionOf[i+1] >= 0 || r.Is(i+1, clause.Bodies) || r.PossessiveMark(i+1)) {
		return false
	}
	first := r.NounStart(i)
	if word := r.Word(first); !segment.EqualFold(word, "a") && !segment.EqualFold(word, "an") && !segment.EqualFold(word, "another") {
		return false
	}
	unit := r.Units[r.UnitOf[i]]
	if first > unit.First && (r.Is(first-1, rules.Be) || r.Word(first-1) == "as" || r.Word(first-1) == ",") {
		return false
	}
	return !(i+2 < unit.End && (r.Word(i+1) == "," || r.Word(i+1) == "called" || r.Word(i+1) == "named") && r.MentionOf[i+2] >= 0)
}

// fitsBody adds to the score of c what the words of a description say, and reports whether c may be meant at all.
func (r *Resolver) fitsBody(c *bodyCandidate, src *clause.Source) bool {
	noun := strings.ToLower(r.Word(src.Head))
	word := r.set.Word(noun)
	kin, other := false, false
	for _, k := range word.Kin {
		kin = kin || c.words[k]
	}
	if !kin && !c.words[noun] {
		for w := range c.words {
			other = other || r.set.Classes(w)&(rules.OrgHead|rules.GroupNoun) != 0
		}
	}
	switch {
	case c.words[noun]:
		c.score += bodyNamed
	case kin:
		c.score += bodyKin
	case !word.StageClasses.Has(rules.OpenBody):
		return false
	case other:
		c.score += bodyOther
	}
	unknown := 0
	for i := src.First + 1; i < src.Head; i++ {
		if m := int(r.MentionOf[i]); m >= 0 && c.entity > 0 && r.D.Mentions[m].Entity == c.entity {
			return false // the UN agency is not the UN
		} else if c.words[strings.ToLower(r.Word(i))] {
			c.score += bodyModifier
		} else if m < 0 && !r.Is(i, rules.Demonym) {
			c.score += bodyUnknown
			unknown++
		}
	}
	return unknown == 0 || c.words[noun] || word.StageClasses.Has(rules.OpenBody)
}

// bodiesBefore collects the bodies named before token i outside of quotes, with what their places speak for.
func (r *Resolver) bodiesBefore(i int) []bodyCandidate {
	d := r.D
	here := int(r.UnitOf[i])
	var out []bodyCandidate
	k := r.MentionsBefore(i)
	for n := 0; k > 0 && n < bodyWindow && len(out) < maxBodies; n++ {
		k--
		t := r.FirstToken[k]
		if !r.sameSection(t, i) {
			break
		}
		a, ok := r.bodyAt(k)
		if z := d.Paragraphs[r.Units[r.UnitOf[t]].Paragraph].Zone; !ok || r.Quoted(t) || z == annot.Byline || z == annot.Caption {
			continue
		}
		if !containsBody(out, a) {
			out = append(out, bodyCandidate{author: a, words: r.bodyWords(a), at: t, score: r.bodyPlace(k, here)})
		}
	}
	topic, since := r.bodyTopicBefore(here)
	for j := range out {
		if out[j].author == topic {
			if since == 0 {
				out[j].score += bodyTopic
			} else {
				out[j].score += bodyTopicOnce
			}
		}
	}
	return out
}

func containsBody(list []bodyCandidate, a author) bool {
	for i := range list {
		if list[i].author == a {
			return true
		}
	}
	return false
}

// bodyAt returns the body that mention k names, alone or with the noun after it: Kestrel, the Cole | campaign.
func (r *Resolver) bodyAt(k int) (author, bool) {
	m := r.D.Mentions[k]
	switch {
	case m.Entity == 0 || r.Inside(k) || r.isCredit(k):
	case m.Type == annot.PER:
		if name, _, ok := r.bodyOf(k, r.Units[r.UnitOf[r.FirstToken[k]]].End); ok {
			return author{name: name}, true
		}
	case m.Type == annot.ORG:
		return author{entity: m.Entity}, true
	}
	return author{}, false
}

// bodyPlace weighs the place of mention k, the last of its body before unit here.
func (r *Resolver) bodyPlace(k, here int) float64 {
	t, e := r.FirstToken[k], r.EndToken[k]
	u := int(r.UnitOf[t])
	score := perBodyUnit * float64(min(here-u, 8))
	if u == here {
		score += bodyInUnit
	}
	if r.Units[u].Paragraph == r.Units[here].Paragraph {
		score += bodyParagraph
	}
	score += perBodyMention * float64(min(len(r.D.Entities[r.D.Mentions[k].Entity-1].Mentions), 6))
	switch {
	case e < len(r.MentionOf) && r.Is(e, clause.People): // the Kestrel | miners
		score += bodyObject
	case r.IsSubject(k):
		score += bodySubject
	case r.ownsSubject(k):
		score += bodyOwner
	case e < len(r.MentionOf) && r.PossessiveMark(e), r.afterPreposition(t):
		score += bodyObject
	}
	return score
}

// ownsSubject reports whether mention k opens its sentence in the possessive: Kestrel’s | profits fell.
func (r *Resolver) ownsSubject(k int) bool {
	t, e := r.FirstToken[k], r.EndToken[k]
	first := r.Units[r.UnitOf[t]].First
	return e < len(r.MentionOf) && r.PossessiveMark(e) && (t == first || t == first+1 && r.Is(first, rules.Determiner))
}

// isCredit reports whether mention k stands alone in brackets or before the dash after which a paragraph begins, as the source of
// the news does.
func (r *Resolver) isCredit(k int) bool {
	t, e := r.FirstToken[k], r.EndToken[k]
	if e < len(r.MentionOf) && t > 0 && (r.Word(t-1) == "(" && r.Word(e) == ")" || r.Word(t-1) == "[" && r.Word(e) == "]") {
		return true
	}
	return r.FirstToken[k] == r.Units[r.UnitOf[r.FirstToken[k]]].First && e < len(r.MentionOf) && (r.Word(e) == "–" || r.Word(e) == "—" || r.Word(e) == "-")
}

// afterPreposition reports whether a preposition stands before token t, or before its determiner.
func (r *Resolver) afterPreposition(t int) bool {
	first := r.Units[r.UnitOf[t]].First
	if t > first && r.Is(t-1, rules.Determiner) {
		t--
	}
	return t > first && r.Is(t-1, rules.Preposition)
}

// nameBody makes body a the speaker.
func (r *Resolver) nameBody(sp *annot.Speaker, a author, by string) {
	if a.entity > 0 {
		r.name(sp, a.entity, by)
	} else {
		sp.Type, sp.Name, sp.ResolvedBy = annot.Organization, a.name, by
	}
	sp.Affiliation = ""
}

// bodyWords returns the words by which body a is known.
func (r *Resolver) bodyWords(a author) map[string]bool {
	if a.entity > 0 {
		return r.topics.bodyWords[a.entity]
	}
	return map[string]bool{strings.ToLower(a.name[strings.LastIndexByte(a.name, ' ')+1:]): true}
}

// indexBodies collects the words of the bodies’ names, and the nouns that the article describes them by.
func (r *Resolver) indexBodies() {
	r.topics.bodyWords = make([]map[string]bool, len(r.D.Entities)+1)
	for k, m := range r.D.Mentions {
		if m.Type != annot.ORG || m.Entity == 0 {
			continue
		}
		words := r.topics.bodyWords[m.Entity]
		if words == nil {
			words = map[string]bool{}
			r.topics.bodyWords[m.Entity] = words
		}
		add := func(i int) {
			if len(words) < maxRoleWords {
				words[strings.ToLower(r.Word(i))] = true
			}
		}
		for i := r.FirstToken[k]; i < r.EndToken[k]; i++ {
			add(i)
		}
		r.describingBody(k, add)
	}
	r.topics.unnamed = map[string][]int{}
	for i := range r.D.Tokens {
		if r.bringsUp(i) {
			noun := strings.ToLower(r.Word(i))
			r.topics.unnamed[noun] = append(r.topics.unnamed[noun], i)
		}
	}
	r.topics.byBodyWord = map[string][]int{}
	for id, words := range r.topics.bodyWords {
		for word := range words {
			r.topics.byBodyWord[word] = append(r.topics.byBodyWord[word], id)
		}
	}
}

// describingBody calls use with the tokens that describe the body of mention k: the daily | Kestrel; Kestrel, | a daily; a
// daily, | Kestrel. It reads a bounded number of tokens around each mention.
func (r *Resolver) describingBody(k int, use func(int)) {
	t, e := r.FirstToken[k], r.EndToken[k]
	unit := r.Units[r.UnitOf[t]]
	if i := t - 1; i > unit.First && r.MentionOf[i] < 0 && r.isBody(i) && !r.Quoted(i) {
		for first := r.NounStart(i); i >= first && i > t-6; i-- {
			use(i)
		}
	} else if i > unit.First+1 && r.Word(i) == "," && r.isBody(i-1) && e < unit.End && r.Word(e) == "," {
		for first := r.NounStart(i - 1); i > first && i > t-6; i-- {
			use(i - 1)
		}
	}
	if e+2 >= unit.End || r.Word(e) != "," || !r.Is(e+1, rules.Determiner) || r.Quoted(e+1) {
		return
	}
	i := e + 2
	for i < min(e+9, unit.End) && !r.Quoted(i) && r.Noun(i) {
		i++
	}
	if i == unit.End || r.Word(i) == "," || r.Word(i) == "." || r.Is(i, rules.Preposition|rules.PronounRelative) {
		for i--; i > e+1; i-- {
			use(i)
		}
	}
}

// bodyTopicBefore returns the body that the narrative is about before unit u in its section, and for how many units it was
// not the subject.
func (r *Resolver) bodyTopicBefore(u int) (author, int) {
	if u == 0 || r.topics.section[u-1] != r.topics.section[u] {
		return author{}, 0
	}
	return r.topics.body[u-1], int(r.topics.bodySince[u-1])
}

// readBody reads the body that the narrative is about after unit u, whose subject is src.
func (r *Resolver) readBody(u int, src clause.Source, ok bool) {
	topic, since := r.bodyTopicBefore(u)
	since++
	if last, ends := r.trailingSubject(u); ends {
		src, ok = last, true
	}
	if ok {
		if a, is := r.bodyIn(src); is {
			topic, since = a, 0
		}
	}
	if since > fades {
		topic = author{}
	}
	r.topics.body[u], r.topics.bodySince[u] = topic, int32(since)
}

// bodyIn returns the body that the words src name or describe.
func (r *Resolver) bodyIn(src clause.Source) (author, bool) {
	switch {
	case src.Form == clause.Named && len(src.Mentions) == 1:
		return r.bodyAt(src.Mentions[0])
	case src.Form != clause.Nominal:
	case src.Affiliation >= 0 && r.isBody(src.Head) && src.End == src.Head+1 && r.EndToken[src.Affiliation] >= src.Head-1:
		return r.bodyAt(src.Affiliation)
	case src.Affiliation < 0 && r.isBody(src.Head):
		return r.bodyMeant(src)
	}
	return author{}, false
}

// trailingSubject returns who says the sentence of unit u at its end: …, the paper said.
func (r *Resolver) trailingSubject(u int) (clause.Source, bool) {
	unit := r.Units[u]
	for i := unit.End - 1; i > unit.First+2 && i > unit.End-6; i-- {
		if r.VerbCue(i) {
			src, ok := r.EndingAt(i-1, max(unit.First, i-12))
			return src, ok && src.First > unit.First && r.Word(src.First-1) == ","
		}
	}
	return clause.Source{}, false
}
