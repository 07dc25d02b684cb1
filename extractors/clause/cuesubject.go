package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// SubjectBefore finds the subject of the cue at token i in the clause before it, not before token first, and what the words between
// say of the speech. Where the clause names none, it asks the cue before; depth is how many cues have done so already, 0 for the
// first, and two are the most.
func (r *Reader) SubjectBefore(i, first, depth int) (src Source, flags annot.Flags, ok bool) {
	s := subject{Reader: r, cue: i, first: max(first, i-MaxLook), depth: depth}
	s.participle = strings.HasSuffix(r.Word(r.CueEnd(i)-1), "ing") || strings.HasSuffix(r.Word(i), "ing")
	s.last, s.flags, s.passive = r.VerbGroup(i, s.first)
	if s.last < s.first {
		return Source{}, s.flags, false
	}
	if s.passive && !s.participle {
		if src, ok := r.agent(i); ok {
			return src, s.flags, true
		}
		switch r.Cue[i].Class {
		case rules.Say, rules.Tell, rules.Ask, rules.Write:
			return Source{Form: Impersonal}, s.flags, true
		case rules.Call, rules.Think:
			return Source{}, s.flags, false // jobs that are considered “inherently governmental”
		}
	}
	return s.find()
}

// subject is the search for the subject of a cue.
type subject struct {
	*Reader
	// cue is the token of the cue, first the token where the clause may begin, last the one before the verb group of the cue.
	cue, first, last int
	depth            int
	flags            annot.Flags
	// participle says that the cue is one, as saying; passive that its verb is.
	participle, passive bool
}

// find goes by the word before the verb group.
func (s *subject) find() (Source, annot.Flags, bool) {
	if s.Quoted(s.last) {
		return s.elsewhere()
	}
	switch word := s.Word(s.last); {
	case word == "," && s.participle:
		return s.elsewhere()
	case word == ")" || word == "]":
		src, ok := s.EndingAt(s.beforeBracket()-1, s.first)
		return s.orElsewhere(src, ok)
	case word == "," || isDash(word):
		src, ok := s.beforeParenthesis(s.first, s.last)
		return s.orElsewhere(src, ok)
	case word == "as" && s.participle:
		return s.quotedAs(s.last, s.first, s.flags)
	case word == "to" || s.Is(s.last, rules.Conjunction):
		return s.elsewhere()
	case s.relativePronoun():
		return s.relative(), s.flags, true
	}
	src, ok := s.EndingAt(s.last, s.first)
	if !ok {
		return s.elsewhere()
	}
	return s.settle(src)
}

// isDash reports whether the word is a dash of any kind but the horizontal bar.
func isDash(word string) bool {
	switch word {
	case "—", "–", "--", "-":
		return true
	}
	return false
}

// elsewhere finds the subject where the clause of the cue names none.
func (s *subject) elsewhere() (Source, annot.Flags, bool) {
	return s.fallback(s.cue, s.first, s.depth, s.flags)
}

func (s *subject) orElsewhere(src Source, ok bool) (Source, annot.Flags, bool) {
	if ok {
		return src, s.flags, true
	}
	return s.elsewhere()
}

// beforeBracket returns the token that opens the brackets which close at the last token.
func (s *subject) beforeBracket() int {
	k := s.last - 1
	for k > s.first && s.Word(k) != "(" && s.Word(k) != "[" {
		k--
	}
	return k
}

// relativePronoun reports whether the last token is who, which or, after a noun, that.
func (s *subject) relativePronoun() bool {
	if s.Word(s.last) == "that" {
		return s.last > s.first && s.Noun(s.last-1)
	}
	return s.Is(s.last, rules.PronounRelative)
}

// relative reads the relative pronoun at the last token with what it refers to.
func (s *subject) relative() Source {
	src := Source{Form: Relative, Tokens: Tokens{s.last, s.last + 1}, Affiliation: -1, Head: s.last}
	k := s.last - 1
	if k >= s.first && s.Word(k) == "," {
		k--
	}
	if a, ok := s.antecedent(k); ok {
		src.Antecedent, src.Referent = a.Mentions, a.Tokens
		if a.Form == Nominal {
			src.Affiliation, src.Head = a.Affiliation, a.Head
		}
	}
	if len(src.Antecedent) == 0 && !s.people(src) { // Amara Nwosu, who studies fungi and who calls herself
		if a, ok := s.MainSubject(s.first, s.last); ok && a.Form == Named && s.HasPerson(a) {
			src.Antecedent = a.Mentions
		}
	}
	return src
}

// people reports whether a relative pronoun refers to a description of people.
func (s *subject) people(src Source) bool {
	return src.Referent.End > src.Referent.First && src.Head < src.First && s.Is(src.Head, People)
}

// antecedent reads the noun that ends at token k, which a relative pronoun refers to: Ann Cole in May, | who said.
func (s *subject) antecedent(k int) (Source, bool) {
	a, ok := s.EndingAt(k, s.first)
	if !ok || s.Word(s.last) != "who" || a.Form != Nominal || !s.cannotSpeak(a) {
		return a, ok
	}
	for k := a.First - 1; k > s.first && k > a.First-4 && !s.clauseMark(k); k-- {
		if s.Is(k, rules.Preposition) {
			if head, ok := s.EndingAt(k-1, s.first); ok && !s.cannotSpeak(head) {
				return head, true
			}
		}
	}
	return a, true
}

// settle takes the noun phrase right before the verb group for the subject, unless another one is likelier.
func (s *subject) settle(src Source) (Source, annot.Flags, bool) {
	switch {
	case s.participle && src.Form == Nominal:
		// issued a statement saying “…”: the issuer says it
		if other, f, ok := s.elsewhere(); ok && (other.Form != Nominal ||
			(s.Is(src.Head, rules.ArtifactNoun) || s.Is(other.Head, People)) && other.End <= src.First) {
			return other, f, true
		}
	case !s.participle && s.isObject(src):
		if other, ok := s.governor(src); ok {
			return other, s.flags, true
		}
	case src.Form == Nominal && s.Is(src.Head, People):
		if name, ok := s.namedBefore(src); ok {
			return name, s.flags, true
		}
	case s.cannotSpeak(src) && s.inRelative(src):
		if other, ok := s.MainSubject(s.first, s.cue); ok && other.End <= src.First {
			return other, s.flags, true
		}
	case s.cannotSpeak(src) && s.inParticiple(src.First, s.first):
		// another source speaking to Fox News said
		if other, ok := s.MainSubject(s.first, s.cue); ok && other.End <= src.First {
			return other, s.flags, true
		}
	case s.isPlaceOf(src):
		// The company that was to build a plant near Aqaba said
		if other, ok := s.MainSubject(s.first, s.cue); ok && other.End <= src.First && !s.isPlace(other) {
			return other, s.flags, true
		}
	case src.Form == Impersonal && segment.EqualFold(s.Word(src.First), "it") && !s.passive:
		src.Form = Pronoun // It continued: the body that spoke last
	case src.Form == Nominal && !s.Is(src.Head, Bodies) && s.Verb(max(s.last-1, s.first)):
		return s.elsewhere()
	}
	return src, s.flags, true
}

// isObject reports whether a preposition, or a verb after a relative pronoun, governs src, so that it is the subject of
// nothing: {a nurse} from | the clinic | said; {a nurse} who runs | the clinic | said.
func (s *subject) isObject(src Source) bool {
	k := s.beforeTitles(src)
	if k <= s.first || s.MentionOf[k] >= 0 || s.Is(src.First, rules.NumberWord) || DigitFirst(s.Word(src.First)) {
		return false
	}
	if s.Is(k, rules.Preposition) {
		return s.Word(k) != "of" && s.Word(k) != "than" && !s.Is(k, rules.Subordinator)
	}
	return (s.Verb(k) || s.Is(k, rules.Be)) && s.relativeBefore(k) > s.first
}

// beforeTitles returns the token before src, with its titles and determiner.
func (s *subject) beforeTitles(src Source) int {
	k := src.First - 1
	const before = rules.Determiner | rules.TitleWord | rules.RoleNoun | rules.Possessive
	for src.Form == Named && k > s.first && s.MentionOf[k] < 0 && s.Is(k, before) && !s.Is(k, rules.QuestionWord|rules.PronounRelative) {
		k--
	}
	return k
}

// relativeBefore returns the who or which of the clause that token i is in, or -1.
func (s *subject) relativeBefore(i int) int {
	for k := i - 1; k > s.first && i-k < 12 && !s.Quoted(k) && !s.clauseMark(k); k-- {
		if s.Is(k, rules.PronounRelative) && s.Word(k) != "that" {
			return k
		}
	}
	return -1
}

// inRelative reports whether src ends a relative clause about the subject of the sentence: residents of a home that provides
// health | services | said.
func (s *subject) inRelative(src Source) bool {
	head, ok := s.MainSubject(s.first, src.First)
	return ok && head.End < src.First && s.Is(head.End, rules.PronounRelative) && !s.cannotSpeak(head)
}

// governor finds the subject whose phrase or relative clause src, which is an object, ends: the noun before the relative
// pronoun or the preposition, or else the subject of the sentence.
func (s *subject) governor(src Source) (Source, bool) {
	k := s.relativeBefore(src.First)
	if k < 0 {
		k = s.beforeTitles(src)
	} else if s.clauseMark(k - 1) {
		k--
	}
	if head, ok := s.EndingAt(k-1, s.first); ok && !s.cannotSpeak(head) && !s.isObject(head) {
		return head, true
	}
	head, ok := s.MainSubject(s.first, s.cue)
	return head, ok && head.End <= src.First
}

// namedBefore finds the person whom the description src follows as an apposition that no comma closes: {Ann Cole}, the
// mayor of Lund | said. The name must begin its clause, unlike that in: After a talk with {Ann Cole}, the mayor | said.
func (s *subject) namedBefore(src Source) (Source, bool) {
	comma, after := src.First-1, s.CueEnd(s.cue)
	if comma <= s.first || s.Word(comma) != "," || s.Is(src.Head, rules.RolePlural|rules.HumanPlural) ||
		after < len(s.MentionOf) && s.Word(after) == "," { // {Ann Cole}, the mayor said, is
		return Source{}, false
	}
	name, ok := s.EndingAt(comma-1, s.first)
	if !ok || name.Form != Named || len(name.Mentions) > 1 || !s.HasPerson(name) || name.End != comma {
		return Source{}, false
	}
	k := s.beforeTitles(name)
	return name, k < s.first || k == s.first && s.Is(k, rules.TitleWord|rules.RoleNoun) || s.Quoted(k) || s.Is(k, rules.Conjunction) || s.Word(k) == "that"
}

// cannotSpeak reports whether src is neither a person nor a description of people, bodies or texts.
func (s *subject) cannotSpeak(src Source) bool {
	return src.Form == Named && !s.HasPerson(src) || src.Form == Nominal && !s.Is(src.Head, Bodies)
}

// isPlaceOf reports whether src is a place where something is, or whose something is: a plant near | Aqaba.
func (s *subject) isPlaceOf(src Source) bool {
	k := src.First - 1
	return s.isPlace(src) && k >= s.first && (s.Is(k, rules.PlacePreposition) || s.Word(k) == "of")
}

// isPlace reports whether src begins with the name of a place.
func (r *Reader) isPlace(src Source) bool {
	return src.Form == Named && r.D.Mentions[src.Mentions[0]].Type == annot.LOC
}
