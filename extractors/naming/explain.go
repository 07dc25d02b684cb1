package naming

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// An Explanation tells how the words that stand for a speaker led to a name.
type Explanation struct {
	// Reason is a sentence without its full stop; "" where no words stand for a speaker.
	Reason string
	// Persons are those whom a pronoun, a description or a name that several share may stand for: those who fit first, by
	// falling score. It is empty for other words.
	Persons []Person
}

// A Person is a person whom the words for a speaker may mean.
type Person struct {
	Entity int // 0 for a person who is described and not named: then Name is the description
	Name   string
	// Score compares the persons of one quote; it is no probability.
	Score float64
	// Fits says that gender does not speak against the person.
	Fits bool
	// Signs are what the score is made of, in words.
	Signs []string
}

// Reason says in English how the words src led to the name of q’s speaker, or why they did not. q is as the stage leaves it.
func (r *Resolver) Reason(q *annot.Quote, src clause.Source) string {
	sp := &q.Speaker
	text := r.Cite(src.Tokens)
	switch {
	case q.Status == annot.Unattributed:
		return text + " is no certain speaker: what is said is hypothetical, generic or nobody’s"
	case q.Status == annot.Ambiguous && src.Form == clause.Named:
		return text + " is the name of several persons of the article"
	case q.Status == annot.Ambiguous:
		return text + " fits two persons equally well"
	}
	if reason, ok := byResolution[sp.ResolvedBy]; ok && sp.Name != "" {
		return text + " " + strings.ReplaceAll(reason, "NAME", sp.Name)
	}
	switch {
	case sp.Name != "":
		return text + " led to " + sp.Name
	case sp.Type == annot.Group:
		return text + " stands for several people, and no name"
	case sp.Type == annot.Anonymous && sp.Affiliation != "":
		return text + " describes the speaker without a name, as one of " + sp.Affiliation
	case sp.Type == annot.Anonymous:
		return text + " describes the speaker without a name, and nobody in the article is known to be meant"
	case src.Form == clause.Pronoun && r.Is(src.First, rules.PronounFirst):
		return text + " is the author, whom no byline names"
	}
	return text + " fits nobody named before"
}

// byResolution says for each value of annot.Speaker.ResolvedBy how the words led to the NAME.
var byResolution = map[string]string{
	"name":        "names the speaker",
	"surname":     "is part of the name NAME, which the article gives in full",
	"alias":       "is another form of NAME",
	"acronym":     "is the short form of NAME",
	"pronoun":     "is a pronoun, and fits NAME best of those named before",
	"repetition":  "stands in a headline; the quote of the body that it repeats is by NAME",
	"role":        "describes NAME, to whom the article gives that role",
	"description": "describes the person whom the sentences before are about, NAME",
	"relative":    "is a relative pronoun, and refers to NAME",
	"document":    "is a text whose evident author is NAME",
	"handle":      "is the speaker’s handle",
	"label":       "is the label of a turn, and stands for NAME",
	"interview":   "is the label of a turn, which the introduction binds to NAME",
	"byline":      "is the author, whom the byline names: NAME",
}

// personsMeant returns those whom the pronoun or description src may stand for.
func (r *Resolver) personsMeant(src clause.Source) []Person {
	third := src.Form == clause.Pronoun && r.Is(src.First, rules.PronounMale|rules.PronounFemale)
	if !third && !(src.Form == clause.Nominal && r.Is(src.Head, clause.People|rules.TitleWord) &&
		!r.Is(src.Head, rules.SpokesNoun|rules.RolePlural|rules.HumanPlural)) {
		return nil
	}
	var list []Person
	for _, c := range r.candidates(src.First, r.last) {
		p := Person{Entity: max(0, c.entity), Score: c.score, Fits: true, Signs: r.personSigns(c, src.First)}
		if c.entity > 0 {
			p.Name = r.D.Entities[c.entity-1].Name
		} else {
			p.Name = r.strangerWords(-c.entity, src.First)
		}
		if third {
			gender := r.gender(c.entity)
			p.Fits = fits(gender, r.pronounGender(src.First))
			if gender != annot.UnknownGender {
				p.Signs = append(p.Signs, gender.String())
				if p.Fits {
					p.Score += weights()[sameGender]
				}
			}
		}
		list = append(list, p)
	}
	slices.SortStableFunc(list, func(a, b Person) int {
		if a.Fits != b.Fits {
			if a.Fits {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Score, a.Score)
	})
	return list
}

// personSigns says in words what speaks for a candidate to be meant at token i, or against it.
func (r *Resolver) personSigns(c candidate, i int) []string {
	here := int(r.UnitOf[i])
	signs := []string{"last named in this sentence"}
	if n := here - c.unit; n > 0 {
		signs[0] = "last named " + plural(n, "sentence") + " before"
	}
	add := func(on bool, sign string) {
		if on {
			signs = append(signs, sign)
		}
	}
	subject, owner := r.lastNamed(c, i)
	add(r.Units[c.unit].Paragraph == r.Units[here].Paragraph && c.unit < here, "in this paragraph")
	add(subject, "as the subject")
	add(owner, "in the possessive")
	add(c.spoke, "the last to speak before")
	add(c.count > 1, fmt.Sprintf("named %d times before", c.count))
	return signs
}

// lastNamed says of the sentence that names the candidate last before token i whether it is a subject of it, and whether
// its last mention stands in the possessive.
func (r *Resolver) lastNamed(c candidate, i int) (subject, owner bool) {
	if c.entity < 0 {
		return c.seen[asSubject] > 0, false
	}
	list := r.D.Entities[c.entity-1].Mentions
	k := sort.Search(len(list), func(k int) bool { return r.FirstToken[list[k]] >= i }) - 1
	for last := k; k >= 0 && int(r.UnitOf[r.FirstToken[list[k]]]) == c.unit; k-- {
		subject = subject || r.IsSubject(list[k])
		if e := r.EndToken[list[k]]; k == last && e < len(r.MentionOf) {
			owner = r.PossessiveMark(e)
		}
	}
	return subject, owner
}

// Sharers returns the persons who share an ambiguous name: the candidates of a speaker.
func Sharers(candidates []annot.Candidate) (list []Person) {
	for _, c := range candidates {
		list = append(list, Person{Entity: c.Entity, Name: c.Name, Score: c.Score, Fits: true, Signs: []string{"has this name"}})
	}
	return list
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
