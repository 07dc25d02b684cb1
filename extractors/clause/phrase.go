package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Form is the kind of words that stand for a speaker.
type Form uint8

// The forms.
const (
	NoForm     Form = iota // no words stand for a speaker
	Named                  // one name or several: Ann Cole; Lopez and Chen
	Pronoun                // she, they, I
	Nominal                // a description: the mayor, a spokesman for Kestrel
	Relative               // who
	Possessive             // her, as in "her verdict:"
	Handle                 // @kiki
	Label                  // SMITH:
	Impersonal             // it, there
	Account                // Transit Desk (@transitdesk), and other names that the recognizer does not know
)

// A Source is the words that stand for a speaker. The zero Source is none.
type Source struct {
	Form Form
	Tokens
	// Mentions are the names among the words that are speakers, as indices in the mentions of the document.
	Mentions []int
	// Head is the token of a description's head noun, of the pronoun, or of the noun that a relative pronoun refers to, if it is known.
	Head int
	// Affiliation is the mention of the body or person that a description belongs to, or -1.
	Affiliation int
	// Antecedent are the mentions that a relative pronoun refers to, Referent the noun phrase.
	Antecedent []int
	Referent   Tokens
	// Generic says that the source is anybody: every child.
	Generic bool
}

// Words returns the words that a reader would call the speaker: for a relative pronoun the noun phrase that it refers to.
func (s *Source) Words() Tokens {
	if s.Form == Relative && s.Referent.End > s.Referent.First {
		return Tokens{s.Referent.First, s.End}
	}
	return s.Tokens
}

const (
	// Personal are the classes of the personal pronouns.
	Personal = rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst
	// Breaks are the classes of words that end a noun phrase.
	Breaks = rules.Preposition | rules.Conjunction | rules.Subordinator | rules.Auxiliary | rules.Modal | rules.Negation | rules.PronounRelative |
		rules.TimeWord | rules.Weekday | rules.QuestionWord
	// People are the classes of nouns for people, Bodies those of nouns for all that can speak: people, bodies and texts.
	People = rules.RoleNoun | rules.RolePlural | rules.SpokesNoun | rules.HumanPlural | rules.Kinship | rules.PronounIndefinite
	Bodies = People | rules.GroupNoun | rules.ArtifactNoun
)

// Verb reports whether token i reads as a verb where no noun is due.
func (r *Reader) Verb(i int) bool {
	c := r.Class[i]
	if c&(People|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord) != 0 && c&rules.CommonVerb == 0 {
		return false
	}
	if r.MentionOf[i] >= 0 || r.Upper(i) && !r.Title[r.UnitOf[i]] {
		return false
	}
	return c&rules.CommonVerb != 0 || r.Cue[i] != nil && r.Cue[i].Class != rules.Noun && r.Cue[i].Class != rules.Phrase
}

// PossessiveMark reports whether token i is 's or the apostrophe of a plural.
func (r *Reader) PossessiveMark(i int) bool {
	word := r.Word(i)
	return segment.Possessive(word) || segment.Apostrophe(word)
}

// NounPhrase reads the noun phrase that begins at token i, within end, and returns the speaker that it would be and the
// token after it. It reads each token once.
func (r *Reader) NounPhrase(i, end int) (Source, int, bool) {
	base, j, ok := r.BasePhrase(i, end)
	if !ok {
		return Source{}, 0, false
	}
	if base.Form == Named {
		base, j = r.coordinate(base, j, end)
		base, j = r.withCompany(base, j, end)
		return base, r.afterName(j, end), true
	}
	if base.Form == Pronoun {
		base, j = r.withCompany(base, j, end)
	}
	if name, k, ok := r.titledName(base, j, end); ok {
		return name, k, true
	}
	// a spokesman for Kestrel, the director of the institute, people close to the talks
	for n := 0; base.Form == Nominal && n < 3 && j+1 < end && !r.Quoted(j) && r.Is(base.Head, Bodies); n++ {
		familiar := r.afterPeople(j, end) && base.End == j
		if familiar {
			j++
		}
		if !r.Is(j, rules.Preposition) {
			break
		}
		// a spokesman for, or of an artifact its author: a survey by
		if !familiar && !r.Is(j, rules.Attaching) && !(r.Word(j) == "by" && r.Is(base.Head, rules.ArtifactNoun)) {
			return base, j, true
		}
		next, k, ok := r.BasePhrase(j+1, end)
		if !ok || next.Form == Pronoun {
			break
		}
		if next.Form == Named && next.First > j+1 && r.HasPerson(next) && r.Upper(base.Head) && r.Is(base.Head, rules.TitleWord|rules.RoleNoun) {
			return next, k, true // Secretary for Fisheries | Nora Quill
		}
		if base.Affiliation < 0 && len(next.Mentions) > 0 {
			base.Affiliation = next.Mentions[0]
		} else if base.Affiliation < 0 {
			base.Affiliation = next.Affiliation
		}
		base.End, j = k, k
	}
	if base.Form == Nominal && j+1 < end && r.isPercent(base.Head) && r.Word(j) == "of" { // 44 percent of voters
		if next, k, ok := r.BasePhrase(j+1, end); ok && next.Form == Nominal {
			base.End, j = k, k
		}
	}
	// the former first lady and senator
	if base.Form == Nominal && j+1 < end && r.Is(base.Head, People) && !r.Quoted(j) && r.Word(j) == "and" &&
		!r.Is(j+1, rules.Determiner|rules.Possessive) {
		if next, k, ok := r.BasePhrase(j+1, end); ok && next.Form == Nominal && r.Is(next.Head, People) && !r.Is(next.Head, rules.RolePlural) {
			base.End, j = k, k
		}
	}
	return base, j, true
}

// isPercent reports whether token i is a sign or word for a hundredth.
func (r *Reader) isPercent(i int) bool {
	switch r.Word(i) {
	case "%", "percent", "cent":
		return true
	}
	return false
}

// afterPeople reports whether an adjective with its preposition follows people at token j: people | familiar with.
func (r *Reader) afterPeople(j, end int) bool {
	return j+1 < end && j > 0 && r.Is(j-1, People) && r.Class[j] == 0 && r.Cue[j] == nil && r.MentionOf[j] < 0 && r.Letter(j) && !r.Upper(j) &&
		r.Is(j+1, rules.Preposition) && !r.Quoted(j+1)
}

// afterName goes over what says where the bearer of a name belongs: Mr. Morgan | of the Sierra Club.
func (r *Reader) afterName(j, end int) int {
	if j+1 >= end || r.Quoted(j) || !r.In(j, rules.Belonging) || r.Upper(j) {
		return j
	}
	next, k, ok := r.BasePhrase(j+1, end)
	if ok && (next.Form == Named || next.Affiliation >= 0 || r.Is(next.Head, rules.GroupNoun)) {
		return k
	}
	return j
}

// titledName reads the name that a list of titles leads to: President and CEO | Ann Cole, Secretary for Culture, Sports and
// Tourism | Ann Cole. Titles have capitals and no determiner.
func (r *Reader) titledName(base Source, j, end int) (Source, int, bool) {
	if base.Form != Nominal || !r.Upper(base.Head) || !r.Is(base.Head, rules.TitleWord|rules.RoleNoun) || r.Is(base.First, rules.Determiner|rules.Possessive) {
		return Source{}, 0, false
	}
	joined := false // by "and"
	for k := j; k < min(end, j+8) && !r.Quoted(k); k++ {
		m := int(r.MentionOf[k])
		switch {
		case m >= 0 && r.D.Mentions[m].Type == annot.PER:
			return r.NamedSource(m), r.EndToken[m], joined && r.EndToken[m] <= end && !r.possessiveAt(r.EndToken[m], end)
		case m >= 0, r.Upper(k), r.Word(k) == ",", r.Is(k, rules.Preposition):
		case r.Word(k) == "and", r.Word(k) == "&":
			joined = true
		default:
			return Source{}, 0, false
		}
	}
	return Source{}, 0, false
}

func (r *Reader) possessiveAt(i, end int) bool { return i < end && r.PossessiveMark(i) }

// withCompany adds the people around somebody: Lopez | and his colleagues.
func (r *Reader) withCompany(base Source, j, end int) (Source, int) {
	if j+2 >= end || r.Quoted(j) || r.Word(j) != "and" || !r.Is(j+1, rules.Possessive) || r.MentionOf[j+1] >= 0 {
		return base, j
	}
	if next, k, ok := r.BasePhrase(j+1, end); ok && next.Form == Nominal && next.End == k && r.Is(next.Head, rules.RolePlural|rules.HumanPlural) {
		base.End, j = k, k
	}
	return base, j
}

// coordinate adds further names to the name base: Lopez and Chen.
func (r *Reader) coordinate(base Source, j, end int) (Source, int) {
	for n := 0; n < 4 && j+1 < end && !r.Quoted(j); n++ {
		k := j
		if r.Word(k) == "," {
			k++
		}
		if k < end && !r.Quoted(k) && (r.Word(k) == "and" || r.Word(k) == "&") {
			k++
		} else if k == j || !r.listGoesOn(k, end) {
			break
		}
		if k >= end {
			break
		}
		next, e, ok := r.BasePhrase(k, end)
		if !ok || next.Form != Named {
			break
		}
		base.Mentions = append(base.Mentions, next.Mentions...)
		base.End, j = next.End, e
	}
	return base, j
}

// listGoesOn reports whether a name and "and" follow at token k, so that a comma before it joins a list.
func (r *Reader) listGoesOn(k, end int) bool {
	for i := k; i < min(end, k+8); i++ {
		if r.Word(i) == "and" {
			return i > k
		}
		if r.MentionOf[i] < 0 && !r.Upper(i) && r.Word(i) != "," {
			return false
		}
	}
	return false
}

// Modifies reports whether the noun at token j is headed by a name before it: Clinton | spokesman, the Trump | campaign.
func (r *Reader) Modifies(j int) bool {
	if j+1 < len(r.MentionOf) && r.Cue[j] != nil && r.Cue[j].Class != rules.Noun && (strings.HasSuffix(r.Word(j), "ed") ||
		r.Is(j+1, rules.Determiner|rules.Possessive)) {
		return false // Cole | accused, the union | advocates a
	}
	return !r.Quoted(j) && (r.Is(j, People|rules.GroupNoun|rules.ArtifactNoun|rules.TitleWord|rules.OrgHead) && !r.Is(j, Breaks) &&
		!(r.Cue[j] != nil && r.Cue[j].Class != rules.Noun && !r.Is(j, People|rules.GroupNoun)))
}

// Noun reports whether token j may be a noun or an adjective of a noun phrase.
func (r *Reader) Noun(j int) bool {
	v := r.View
	if r.Quoted(j) || !v.Letter(j) && !DigitFirst(v.Word(j)) {
		return false
	}
	if r.MentionOf[j] >= 0 {
		return true
	}
	c := v.Class[j]
	if c&(People|rules.GroupNoun|rules.ArtifactNoun) != 0 && c&(rules.CommonVerb|Breaks|rules.Determiner) == 0 {
		return true
	}
	if c&(Breaks|rules.Determiner|rules.Possessive|Personal|rules.PronounImpersonal|rules.Adverb) != 0 &&
		!(v.Upper(j) && c&(rules.TitleWord|rules.RoleNoun) != 0) {
		return false
	}
	return !r.Verb(j)
}

// DigitFirst reports whether the word, which is not empty, begins with a digit.
func DigitFirst(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// adjectival reports whether the verb form at token j stands as an adjective before a noun: the elected officials.
func (r *Reader) adjectival(j, start, end int) bool {
	return r.Verb(j) && j+1 < end && (j > start && r.Is(j-1, rules.Determiner|rules.Possessive|rules.NumberWord)) && r.Noun(j+1)
}

// participle reports whether the verb form at token j begins a noun phrase as an adjective: retired general Lloyd Newton.
func (r *Reader) participle(j, start, end int) bool {
	if j != start || r.Quoted(j) || !r.Verb(j) || r.Cue[j] != nil || j+1 >= end || !strings.HasSuffix(r.Word(j), "ed") {
		return false
	}
	for k := j + 1; k < min(end, j+6) && r.Noun(k); k++ {
		if r.Is(k, People|rules.TitleWord) {
			return true
		}
	}
	return false
}

// NounStart returns the first token of the noun phrase whose head is token i: the determiner, or its first noun.
func (r *Reader) NounStart(i int) int {
	first := r.Units[r.UnitOf[i]].First
	for j := i; j > first && i-j < 10; j-- {
		switch {
		case r.Quoted(j - 1):
			return j
		case r.MentionOf[j-1] >= 0, r.PossessiveMark(j - 1), r.Noun(j - 1):
		case r.Is(j-1, rules.Determiner|rules.Possessive):
			return j - 1
		default:
			return j
		}
	}
	return max(first, i-10)
}

// DefinitePerson reports whether a description is that of one certain person: the mayor, her lawyer.
func (r *Reader) DefinitePerson(src Source) bool {
	return r.Is(src.First, rules.Determiner|rules.Possessive) && !strings.EqualFold(r.Word(src.First), "a") &&
		!strings.EqualFold(r.Word(src.First), "an") &&
		r.Is(src.Head, People) && !r.Is(src.Head, rules.RolePlural|rules.HumanPlural|rules.SpokesNoun)
}

// Epithet reports whether the noun at token i describes a person without being a role: the grandmother-of-nine, the Turk.
func (r *Reader) Epithet(i int) bool {
	return strings.ContainsRune(r.Word(i), '-') || r.Is(i, rules.Demonym)
}

// Tells reports whether a description says something that holds for a certain person of the article: a place, a party,
// a people, an age, what somebody was before.
func (r *Reader) Tells(src Source) bool {
	if r.Epithet(src.Head) {
		return true
	}
	for i := src.First; i < src.End; i++ {
		switch {
		case r.Is(i, rules.Telling|rules.PartyWord|rules.Demonym):
			return true
		case r.MentionOf[i] >= 0 && i < src.Head && r.D.Mentions[r.MentionOf[i]].Type == annot.LOC && !r.PossessiveMark(r.EndToken[r.MentionOf[i]]):
			return true
		case strings.HasSuffix(r.Word(i), "-old"), i > src.Head && r.Is(i, rules.NumberWord) && r.Word(i-1) == "of":
			return true
		}
	}
	return false
}

// PhraseEnd returns the token after the noun phrase at token i, or 0 if none is there.
func (r *Reader) PhraseEnd(i, end int) int {
	if _, k, ok := r.BasePhrase(i, end); ok {
		return k
	}
	return 0
}

// Apposed replaces a description by the name after it, if there is one: his lawyer, | John Smith, | said. It returns
// the token after both.
func (r *Reader) Apposed(src Source, j, end int) (Source, int) {
	if src.Form != Nominal || !r.Is(src.Head, People) || j+1 >= end || r.Quoted(j) || r.Word(j) != "," {
		return src, j
	}
	name, k, ok := r.NounPhrase(j+1, end)
	if !ok || name.Form != Named || !r.HasPerson(name) || len(name.Mentions) > 1 || k < end && r.Word(k) != "," && r.Word(k) != "." &&
		r.Word(k) != "(" && !r.Quoted(k) {
		return src, j
	}
	return name, k
}

// HasPerson reports whether one of the names of src is that of a person.
func (r *Reader) HasPerson(src Source) bool {
	for _, m := range src.Mentions {
		if r.D.Mentions[m].Type == annot.PER {
			return true
		}
	}
	return false
}
