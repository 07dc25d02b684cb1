// Package naming leads from the words that stand for a speaker to a name: a person or body of the article for a pronoun, a role
// or a description, the author for “the report”, the name of an account or of a label. attribution and indirect, which find
// the words, ask it quote by quote in the order of the article.
package naming

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Resolver leads from the words that stand for a speaker to a name, for the quotes of one document. It remembers who spoke
// and whom the narrative is about; it is not safe for concurrent use.
type Resolver struct {
	*clause.Reader
	set  *rules.Set
	last int // the entity that spoke last, or a stranger, who has a number below 0; or 0
	// said holds for each quote the words that stand for its speaker.
	said []clause.Source
	// byName maps the names of persons, in capitals and without their first words, to entities; byRoleWord maps the
	// words of persons' roles to their mentions, ascending.
	byName, byRoleWord map[string][]int
	// byWholeName maps the names of persons and bodies, in capitals, to entities; nil until the source of a block is looked up.
	byWholeName map[string]int
	// labels maps the ends and the initials of full names, in capitals, to the names; nil until a label is looked up.
	labels map[string][]fullName
	// labelled holds the names of all labels, in capitals.
	labelled map[string]bool
	// spelt maps the letters of the names of persons and bodies, and speltSurname those of surnames, to the entity or to several; nil
	// until a handle is looked up.
	spelt, speltSurname map[string]int
	// asks and answersTo are the entities that Q and A stand for in an interview, or 0; interviewed says that they were
	// looked for.
	interviewed     bool
	asks, answersTo int
	authors         authorFinder
	// evidence is that of the quote at hand.
	evidence Evidence
	// topics follows whom the narrative is about.
	topics topics
	// strangers are the places in the narrative that describe unnamed persons, in order.
	strangers []stranger
	// strangerGender holds the gender that the nouns for each unnamed person tell.
	strangerGender []annot.Gender
	// meant is the stranger whom the pronoun at token meantAt means.
	meant, meantAt int
}

// New returns the resolver of what r reads. Until Start is called it can tell no more than what Fits does.
func New(r *clause.Reader, set *rules.Set) *Resolver {
	return &Resolver{Reader: r, set: set, authors: authorFinder{Reader: r}}
}
