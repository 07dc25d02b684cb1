package quotes

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/rules"
)

// A wordSort is what kind of word a token is, as the features tell it. Sorts that are alike stand together.
type wordSort uint8

const (
	noWord wordSort = iota
	quotedWords
	commaMark
	colonMark
	semicolonMark
	dashMark
	bracketMark
	otherMark
	coordinator
	articleA
	articleThe
	otherDeterminer
	possessor
	apostropheS
	wordOf
	wordAs
	wordTo
	preposition
	subordinator
	formOfBe
	auxiliary
	negation
	callCue
	thinkCue
	sayCue
	commonVerb
	scareTrigger
	termNoun
	speechNoun
	workNoun
	namedNoun
	artifactNoun
	roleNoun
	groupNoun
	pronoun
	relative
	adverb
	number
	capital
	endsIng
	endsEd
	otherWord
)

// sortOf returns the sort of item i, noWord beyond the ends.
func (f *finder) sortOf(items []segment.Item, i int) wordSort {
	switch {
	case i < 0 || i >= len(items):
		return noWord
	case items[i].Quoted():
		return quotedWords
	}
	return f.sort(items[i].First)
}

// classSorts leads from lexical classes to sorts; the first that fits decides.
var classSorts = [...]struct {
	class rules.Class
	sort  wordSort
}{
	{rules.ScareTrigger, scareTrigger}, {rules.TermNoun, termNoun}, {rules.Be, formOfBe}, {rules.Auxiliary | rules.Modal, auxiliary},
	{rules.Negation, negation}, {rules.Conjunction, coordinator}, {rules.Possessive, possessor},
	{rules.Determiner, otherDeterminer}, {rules.Preposition, preposition}, {rules.Subordinator, subordinator},
	{rules.PronounRelative, relative}, {rules.PronounMale | rules.PronounFemale | rules.PronounPlural | rules.PronounFirst | rules.PronounImpersonal, pronoun},
	{rules.NounOfSpeech, speechNoun}, {rules.WorkNoun, workNoun}, {rules.ArtifactNoun, artifactNoun}, {rules.NamedNoun, namedNoun},
	{rules.CommonVerb, commonVerb},
	{rules.RoleNoun | rules.TitleWord | rules.Kinship | rules.HumanPlural, roleNoun}, {rules.GroupNoun, groupNoun},
	{rules.Adverb | rules.SentenceAdverb, adverb}, {rules.NumberWord, number},
}

// sort returns the sort of token i.
func (f *finder) sort(i int) wordSort {
	w := f.v.Word(i)
	r, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.IsDigit(r):
		return number
	case !unicode.IsLetter(r):
		return mark(w)
	case segment.EqualFold(w, "a"), segment.EqualFold(w, "an"):
		return articleA
	case segment.EqualFold(w, "the"):
		return articleThe
	case segment.EqualFold(w, "of"):
		return wordOf
	case segment.EqualFold(w, "as"):
		return wordAs
	case segment.EqualFold(w, "to"):
		return wordTo
	}
	class := f.v.Class[i]
	if class&(rules.ScareTrigger|rules.TermNoun|rules.Auxiliary) == 0 {
		if cue := f.set.Cue(w); cue != nil {
			switch cue.Class {
			case rules.Noun:
				return speechNoun
			case rules.Call:
				return callCue
			case rules.Think, rules.Manner:
				return thinkCue
			case rules.Phrase:
			default:
				return sayCue
			}
		}
	}
	if class != 0 {
		for _, c := range classSorts {
			if class&c.class != 0 {
				return c.sort
			}
		}
	}
	switch {
	case unicode.IsUpper(r):
		return capital
	case suffix(w) == 1:
		return endsIng
	case suffix(w) == 2:
		return endsEd
	}
	return otherWord
}

// mark returns the sort of a token that begins with neither a letter nor a digit.
func mark(w string) wordSort {
	switch w {
	case ",":
		return commaMark
	case ":":
		return colonMark
	case ";":
		return semicolonMark
	case "—", "–", "-", "--":
		return dashMark
	case "(", "[", ")", "]":
		return bracketMark
	}
	if segment.Possessive(w) || segment.Apostrophe(w) {
		return apostropheS
	}
	return otherMark
}
