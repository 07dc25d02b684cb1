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
	if a, ok := s.EndingAt(k, s.first); ok {
		src.Antecedent = a.Mentions
		if a.Form == Nominal {
			src.Affiliation, src.Head = a.Affiliation, a.Head
		}
	}
	if len(src.Antecedent) == 0 { // Amara Nwosu, who studies fungi and who calls herself
		if a, ok := s.MainSubject(s.first, s.last); ok && a.Form == Named && s.HasPerson(a) {
			src.Antecedent = a.Mentions
		}
	}
	return src
}

// settle takes the noun phrase right before the verb group for the subject, unless another one is likelier.
func (s *subject) settle(src Source) (Source, annot.Flags, bool) {
	switch {
	case s.participle && src.Form == Nominal:
		// issued a statement saying “…”: the issuer says it
		if other, f, ok := s.elsewhere(); ok && (other.Form != Nominal || s.Is(src.Head, rules.ArtifactNoun) && other.End <= src.First) {
			return other, f, true
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
